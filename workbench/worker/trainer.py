"""Builds, probes and runs TRL's trainer on rows that are tokens already.

The recipe is that of training.md 5.6: model and tokenizer are loaded here, the rows
come with ids and labels, preparation is skipped, and arguments that the installed trl
does not know are left out and reported.
"""

import dataclasses
import inspect
import math
import random
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from workbench.worker.errors import classify
from workbench.worker.models import load_network
from workbench.worker.protocol import (
    CHECKPOINTS_FOLDER,
    ErrorClass,
    EventType,
    PreparedLine,
    RunConfig,
    Settings,
)
from workbench.worker.rows import TRAIN
from workbench.worker.run_dir import RunState
from workbench.worker.system import choose_dtype

if TYPE_CHECKING:
    from peft import PeftModel
    from transformers import PreTrainedTokenizerBase
    from trl import SFTTrainer

_LOGGED_POINTS = 150
"""Points of the loss curve; more cannot be told apart on the chart."""


@dataclasses.dataclass(frozen=True, slots=True)
class Batch:
    """How the records of one update are cut: `micro` at once, `parts` times."""

    micro: int
    parts: int

    @property
    def halved(self) -> "Batch":
        """The same update in pieces of half the size."""
        return Batch(max(1, self.micro // 2), self.parts * 2)


@dataclasses.dataclass(frozen=True, slots=True)
class ProbeResult:
    """What one step on the longest batch took."""

    seconds: float
    tokens: int
    peak_bytes: int | None


def add_lora(config: RunConfig, device: torch.device) -> "PeftModel":
    """Load the base and put a fresh LoRA adapter on all its linear layers."""
    from peft import LoraConfig, get_peft_model
    from transformers import set_seed

    settings = config.settings
    network = load_network(Path(config.model_path), device, choose_dtype(device))
    network.config.use_cache = False
    set_seed(settings.seed)  # the adapter's weights start at random
    lora = LoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha,
        lora_dropout=settings.dropout,
        use_rslora=settings.rs_lora,
        target_modules="all-linear",
        bias="none",  # or an adapter switched off would not be the base
        task_type="CAUSAL_LM",
    )
    return get_peft_model(network, lora)


def build(
    model: "PeftModel",
    tokenizer: "PreTrainedTokenizerBase",
    lines: Sequence[PreparedLine],
    config: RunConfig,
    run: Path,
    batch: Batch,
    steps: int,
    callbacks: Sequence[Any],
    changed: Mapping[str, Any] | None = None,
) -> tuple["SFTTrainer", list[str]]:
    """Return the trainer and the names of arguments this trl does not know.

    Args:
        model: with its adapter.
        tokenizer: pads.
        lines: rows of both parts.
        config: of the run.
        run: its directory.
        batch: how the records of one update are cut.
        steps: updates.
        callbacks: for the trainer.
        changed: arguments of the trainer that differ from those of a run.
    """
    from trl import SFTConfig, SFTTrainer

    train = [line for line in lines if line["split"] == TRAIN]
    validation = [line for line in lines if line["split"] != TRAIN]
    wanted = _arguments(config.settings, run, batch, steps, bool(validation))
    wanted |= _device_arguments(model) | dict(changed or {})
    known = inspect.signature(SFTConfig).parameters
    arguments = {name: value for name, value in wanted.items() if name in known}
    trainer = SFTTrainer(
        model=model,
        args=SFTConfig(**arguments),
        train_dataset=dataset(train),
        eval_dataset=dataset(validation) if validation else None,
        processing_class=tokenizer,
        callbacks=list(callbacks),
    )
    _silence(trainer)
    return trainer, sorted(set(wanted) - set(known))


def dataset(lines: Sequence[PreparedLine]) -> Any:
    """Return rows as the trainer takes them."""
    from datasets import Dataset

    return Dataset.from_list([_columns(line) for line in lines])


def _columns(line: PreparedLine) -> dict[str, Any]:
    """Return the columns the trainer reads."""
    return {
        "input_ids": line["input_ids"],
        "labels": line["labels"],
        "length": len(line["input_ids"]),
    }


def _arguments(
    settings: Settings, run: Path, batch: Batch, steps: int, validated: bool
) -> dict[str, Any]:
    """Return what is wanted of `SFTConfig`, for the newest version known."""
    every = max(1, math.ceil(steps / max(1, settings.evaluations)))
    warmup = min(steps // 2, max(5, math.ceil(settings.warmup_ratio * steps)))
    return {
        "output_dir": str(run / CHECKPOINTS_FOLDER),
        "max_steps": steps,
        "per_device_train_batch_size": batch.micro,
        "gradient_accumulation_steps": batch.parts,
        "per_device_eval_batch_size": batch.micro,
        "learning_rate": settings.learning_rate,
        "lr_scheduler_type": "cosine",
        "warmup_steps": warmup,
        "weight_decay": settings.weight_decay,
        "max_grad_norm": settings.max_grad_norm,
        "optim": "adamw_torch_fused",
        "logging_steps": max(1, steps // _LOGGED_POINTS),
        "logging_first_step": True,
        "logging_nan_inf_filter": False,
        "eval_strategy": "steps" if validated else "no",
        "eval_steps": every,
        "save_strategy": "steps",
        "save_steps": every,
        "save_total_limit": settings.keep_checkpoints,
        "load_best_model_at_end": validated,
        "metric_for_best_model": "eval_loss" if validated else None,
        "greater_is_better": False if validated else None,
        "seed": settings.seed,
        "data_seed": settings.seed,
        "max_length": None,
        "dataset_kwargs": {"skip_prepare_dataset": True},
        "padding_free": False,
        "train_sampling_strategy": "group_by_length",
        "length_column_name": "length",
        "remove_unused_columns": False,
        "gradient_checkpointing": False,
        "dataloader_num_workers": 0,
        "dataset_num_proc": None,
        "disable_tqdm": True,
        "report_to": "none",
    }


def _device_arguments(model: "PeftModel") -> dict[str, Any]:
    """Return precision and device; on the CPU float32 throughout."""
    on_gpu = model.device.type == "cuda"
    half = on_gpu and choose_dtype(model.device) is torch.bfloat16
    return {"bf16": half, "fp16": False, "use_cpu": not on_gpu}


def _silence(trainer: "SFTTrainer") -> None:
    """Events replace what the trainer prints."""
    from transformers import PrinterCallback

    trainer.remove_callback(PrinterCallback)


def probe(
    trainer: "SFTTrainer", lines: Sequence[PreparedLine], batch: Batch
) -> ProbeResult:
    """Do one step on the longest rows and one evaluation, changing nothing (REQ-M2).

    Raises:
        Exception: what torch raises when memory is short.
    """
    longest = sorted(lines, key=lambda line: len(line["input_ids"]), reverse=True)
    rows = [_columns(line) for line in longest[: batch.micro]]
    kept = random.getstate(), torch.get_rng_state()
    model = trainer.model
    if model.device.type == "cuda":
        torch.cuda.reset_peak_memory_stats()
    started = time.monotonic()
    try:
        tokens = _one_step(trainer, rows)
    finally:
        model.zero_grad(set_to_none=True)
        random.setstate(kept[0])
        torch.set_rng_state(kept[1])
    peak = torch.cuda.max_memory_allocated() if model.device.type == "cuda" else None
    return ProbeResult(time.monotonic() - started, tokens, peak)


def _one_step(trainer: "SFTTrainer", rows: list[dict[str, Any]]) -> int:
    """Run forward, backward and an evaluating forward; return the tokens."""
    model = trainer.model
    metrics = getattr(trainer, "_metrics", None)
    inputs = trainer._prepare_inputs(trainer.data_collator(rows))
    model.train()
    with trainer.compute_loss_context_manager():
        trainer.compute_loss(model, dict(inputs)).backward()
    model.eval()
    with torch.no_grad(), trainer.compute_loss_context_manager():
        trainer.compute_loss(model, dict(inputs))
    if metrics is not None:  # trl's running means must not see the probe
        for kind in metrics.values():
            kind.clear()
        trainer._total_train_tokens = 0
    return int(inputs["attention_mask"].sum())


def fitting_batch(
    make: Any, lines: Sequence[PreparedLine], wanted: Batch, state: RunState
) -> tuple["SFTTrainer", ProbeResult, Batch]:
    """Build and probe, halving the pieces while memory is short (REQ-M3, announced).

    Args:
        make: builds a trainer for a `Batch`.
        lines: rows to take the longest of.
        wanted: the batch to begin with.
        state: is told about every halving.

    Raises:
        Exception: memory is short even for one record at a time.
    """
    batch = wanted
    while True:
        state.check()
        trainer = make(batch)
        try:
            return trainer, probe(trainer, lines, batch), batch
        except Exception as error:
            if classify(error) is not ErrorClass.OOM or batch.micro == 1:
                raise
        batch = batch.halved
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        state.events.write(
            EventType.WARNING,
            code="batch_halved",
            sentence=f"Memory is short: {batch.micro} records at a time.",
            micro_batch=batch.micro,
            accumulation=batch.parts,
        )
