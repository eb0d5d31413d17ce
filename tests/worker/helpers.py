"""A random tiny Llama with a byte-level tokenizer, and helpers to run the worker."""

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import pytest
import torch
from peft import LoraConfig, get_peft_model
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = (
    "{%- for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}"
    "{%- if m['role'] == 'assistant' %}<|end|>{% endif %}{% endfor %}"
    "{%- if add_generation_prompt %}<|assistant|>{% endif %}"
)
SPECIAL = ["<|pad|>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>"]
JAPANESE = "請求書の金額が違います。確認してください🙏"


def save_tokenizer(folder: Path, template: str | None, pad: str = "<|pad|>") -> None:
    """Train a small byte-level BPE, mostly on English so that Japanese stays bytes."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(["ticket about billing and shipping"] * 9, trainer)
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<|end|>", pad_token=pad
    )
    fast.add_special_tokens({"additional_special_tokens": SPECIAL[2:]})
    fast.chat_template = template
    fast.save_pretrained(str(folder))


def save_model(folder: Path, template: str | None = TEMPLATE, **tokenizer: str) -> Path:
    """Write a random model folder in bfloat16."""
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=400,
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=1,
        pad_token_id=0,
        initializer_range=0.2,
    )
    LlamaForCausalLM(config).to(torch.bfloat16).save_pretrained(str(folder))
    save_tokenizer(folder, template, **tokenizer)
    return folder


def wait_until(condition: Callable[[], Any], seconds: float = 60.0) -> Any:
    """Return the first true value of a condition; fail after a deadline."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.02)  # lint: ok between two looks at another process
    pytest.fail(f"nothing happened within {seconds} s")


def worker_command(name: str, *arguments: str) -> list[str]:
    """Return the command that starts an entry point by path."""
    entry = ROOT / "workbench" / "worker" / "__main__.py"
    return [sys.executable, str(entry), name, *arguments]


def read_events(run: Path) -> list[dict[str, Any]]:
    """Return the complete lines of a run's events."""
    path = run / "events.jsonl"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return [json.loads(line) for line in text.split("\n")[:-1]]


def settings(**changed: Any) -> dict[str, Any]:
    """Return settings of a tiny run."""
    return {
        "rank": 4,
        "alpha": 8,
        "rs_lora": False,
        "dropout": 0.0,
        "learning_rate": 5e-3,
        "epochs": 1,
        "minimum_steps": 6,
        "batch_size": 4,
        "warmup_ratio": 0.05,
        "weight_decay": 0.0,
        "max_grad_norm": 1.0,
        "max_length": 0,
        "over_limit": "refuse",
        "max_lost": 0.5,
        "evaluations": 3,
        "patience": 0,
        "keep_checkpoints": 3,
        "samples": 1,
        "sample_tokens": 8,
        "seed": 7,
        "threads": 1,
        **changed,
    }


def row(number: int, answer: str = "ABC | 1", **changed: Any) -> dict[str, Any]:
    """Return one data row."""
    return {
        "id": f"r{number}",
        "split": "train",
        "prompt": [{"role": "user", "content": f"ticket {number} {JAPANESE}"}],
        "completion": [{"role": "assistant", "content": answer}],
        **changed,
    }


def make_run(
    folder: Path, model: Path, lines: list[Any], **changed: Any
) -> dict[str, Any]:
    """Write data, config.json and prepare.json; return the configuration."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(
        (one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)) + "\n"
        for one in lines
    )
    data = folder / "data.jsonl"
    data.write_text(text, encoding="utf-8")
    config = {
        "schema": 1,
        "run_id": "01RUN",
        "model_path": str(model),
        "model_revision": "",
        "data": {
            "path": "data.jsonl",
            "sha256": hashlib.sha256(data.read_bytes()).hexdigest(),
        },
        "template_arguments": {},
        "settings": settings(),
        "prepared_sha256": "",
        "resume_from": "",
        "device": "cpu",
        **changed,
    }
    for name in ("config.json", "prepare.json"):
        (folder / name).write_text(json.dumps(config), encoding="utf-8")
    return config


def make_lora(folder: Path, model: Path, seed: int = 0) -> Path:
    """Write a random adapter that changes the answers."""
    torch.manual_seed(seed)
    base = LlamaForCausalLM.from_pretrained(str(model), dtype=torch.float32)
    lora = LoraConfig(r=4, target_modules="all-linear", init_lora_weights=False)
    get_peft_model(base, lora).save_pretrained(str(folder))
    return folder
