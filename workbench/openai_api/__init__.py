"""OpenAI-compatible endpoints: Ollama, vLLM, LM Studio and their like."""
