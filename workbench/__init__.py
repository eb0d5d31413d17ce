"""Workbench: from prompts and examples to a tuned model, on an expert's own data."""

__version__ = "0.1.0"
