"""Train one LoRA adapter in a run directory (see `protocol` for its files).

Phases: validating, tokenising, loading, probing, training (with evaluating, sampling,
saving), verifying. A wish to stop is heard in each of them. Nothing heavy is imported
before the configuration was read, so that bad input fails within a second.
"""

import argparse
import contextlib
import gc
import json
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.worker.checkpoints import resolve, step_of
from workbench.worker.errors import Stopped, WorkerError, describe
from workbench.worker.files import sha256_file, to_json, write_whole
from workbench.worker.prepare import prepare, updates
from workbench.worker.protocol import (
    ADAPTER_FOLDER,
    CONFIG_FILE,
    DISK_EXIT_CODE,
    PREPARATION_FILE,
    PREPARED_FILE,
    RESULT_FILE,
    Command,
    ErrorClass,
    EventType,
    Outcome,
    Phase,
    PreparationReport,
    PreparedLine,
    RunConfig,
)
from workbench.worker.results import (
    Trained,
    checkpoint_artefact,
    end,
    make_result,
    name_base,
)
from workbench.worker.rows import TRAIN, read_lines
from workbench.worker.run_dir import RunState, Watch
from workbench.worker.system import (
    choose_device,
    choose_dtype,
    cpu_threads,
    describe_device,
    lower_priority,
    versions,
)

if TYPE_CHECKING:
    import torch
    from peft import PeftModel
    from transformers import PreTrainedTokenizerBase
    from trl import SFTTrainer

_PROOF_PROMPTS = 3


def train(state: RunState, config: RunConfig) -> None:
    """Run all phases and write the last event.

    Raises:
        Stopped: the person asked to stop before there was anything to keep.
        Exception: anything that goes wrong; `main` turns it into events.
    """
    checkpoint = resolve(config.resume_from)
    state.enter(Phase.TOKENISING)
    report, lines = _prepared(state, config)
    _announce(state, report)
    state.enter(Phase.LOADING)
    trained = _train(state, config, lines, checkpoint)
    if trained is None:
        state.end_cancelled(checkpoint_artefact(state.directory))
        return
    _verify(state, config, report, lines, trained)


def _prepared(
    state: RunState, config: RunConfig
) -> tuple[PreparationReport, list[PreparedLine]]:
    """Return the rows that were shown, by their hash, or prepare them now."""
    path = state.directory / PREPARED_FILE
    if config.prepared_sha256:
        if not path.is_file() or sha256_file(path) != config.prepared_sha256:
            raise WorkerError(
                ErrorClass.DATA,
                "The prepared rows are not those that were shown.",
                "Prepare the run again.",
            )
        text = (state.directory / PREPARATION_FILE).read_text(encoding="utf-8")
        report: PreparationReport = json.loads(text)
    else:
        report = prepare(config, state.directory, state.check)
    if report["error"] is not None:
        error = WorkerError(ErrorClass(report["error"]["error_class"]), "")
        error.body = report["error"]
        raise error
    return report, read_lines(path)


def _announce(state: RunState, report: PreparationReport) -> None:
    """Tell the reconciled counts, and what is worth a warning."""
    counts = {
        key: report[key]
        for key in ("rows_in", "trained", "validation", "dropped", "limit", "steps")
    }
    tokens = report["trained_tokens"]
    state.events.write(
        EventType.PREFLIGHT, versions=versions(), trained_tokens=tokens, **counts
    )
    for code in report["warnings"]:
        if code in _WARNINGS:
            state.events.write(EventType.WARNING, code=code, sentence=_WARNINGS[code])


# Those of the preparation that are still of interest once the run has begun.
_WARNINGS = {
    "stop_token_cut": "Some answers were cut before their stop token.",
    "few_updates": "Fewer than 50 updates: adapter and base may hardly differ.",
}


def _train(
    state: RunState,
    config: RunConfig,
    lines: list[PreparedLine],
    checkpoint: Path | None,
) -> Trained | None:
    """Load, probe and train; None when stopped with nothing to keep but checkpoints."""
    import torch

    model_folder = Path(config.model_path)
    torch.set_num_threads(cpu_threads(config.settings.threads, model_folder))
    device = choose_device(config.device)
    state.check()
    from workbench.worker.reporting import Reporter
    from workbench.worker.sampling import PinnedRows
    from workbench.worker.tokens import load_tokenizer
    from workbench.worker.trainer import add_lora

    tokenizer = load_tokenizer(model_folder)
    model = add_lora(config, device)
    state.check()
    sampler = PinnedRows(state, config, model, tokenizer, lines)
    reporter = Reporter(state, sampler)
    trainer = _make_trainer(state, config, lines, model, tokenizer, reporter)
    _tell_resources(state, model, device)
    started = time.monotonic()
    state.enter(Phase.TRAINING)
    try:
        trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
    except Stopped:
        return None
    if state.stop is Command.STOP_NOW:
        return None
    return _keep(state, config, trainer, tokenizer, time.monotonic() - started)


def _make_trainer(
    state: RunState,
    config: RunConfig,
    lines: list[PreparedLine],
    model: "PeftModel",
    tokenizer: "PreTrainedTokenizerBase",
    reporter: Any,
) -> "SFTTrainer":
    """Build the trainer with the largest pieces that fit into memory."""
    from workbench.worker.trainer import Batch, build, fitting_batch

    settings = config.settings
    rows = sum(line["split"] == TRAIN for line in lines)
    steps = updates(rows, settings)[1]
    callbacks: list[Any] = [reporter]
    if settings.patience and rows < len(lines):
        from transformers import EarlyStoppingCallback

        callbacks.append(EarlyStoppingCallback(settings.patience))
    left_out: list[str] = []

    def make(batch: Batch) -> "SFTTrainer":
        trainer, left_out[:] = build(
            model, tokenizer, lines, config, state.directory, batch, steps, callbacks
        )
        return trainer

    state.enter(Phase.PROBING)
    trainer, probed, batch = fitting_batch(
        make, lines, Batch(min(settings.batch_size, rows), 1), state
    )
    state.events.write(
        EventType.RESOURCE,
        probe_seconds=probed.seconds,
        probe_tokens=probed.tokens,
        peak_bytes=probed.peak_bytes,
        micro_batch=batch.micro,
        accumulation=batch.parts,
        left_out=left_out,
    )
    return trainer


def _tell_resources(
    state: RunState, model: "PeftModel", device: "torch.device"
) -> None:
    """Say where and how exactly it is trained."""
    trained, total = model.get_nb_trainable_parameters()
    dtype = str(choose_dtype(device)).removeprefix("torch.")
    state.events.write(
        EventType.RESOURCE,
        device=describe_device(device),
        dtype=dtype,
        attention=str(model.config._attn_implementation),
        trained_parameters=trained,
        parameters=total - trained,
    )
    if dtype != "bfloat16":
        state.events.write(
            EventType.WARNING,
            code="float32",
            sentence="Trained in float32: this device has no fast bfloat16.",
        )


def _keep(
    state: RunState,
    config: RunConfig,
    trainer: "SFTTrainer",
    tokenizer: "PreTrainedTokenizerBase",
    seconds: float,
) -> Trained:
    """Save the adapter with its template; say which state it is."""
    state.enter(Phase.SAVING)
    folder = state.directory / ADAPTER_FOLDER
    trainer.model.save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))
    (folder / "README.md").unlink(missing_ok=True)  # an empty form
    name_base(folder, Path(config.model_path).name)
    progress = trainer.state
    best = progress.best_model_checkpoint
    return Trained(
        saved="best" if best else "last",
        step=step_of(Path(best)) if best else progress.global_step,
        steps=progress.global_step,
        seconds=seconds,
        best_loss=progress.best_metric if best else None,
        facts={"total_steps": progress.max_steps, "epochs": progress.epoch},
    )


def _verify(
    state: RunState,
    config: RunConfig,
    report: PreparationReport,
    lines: list[PreparedLine],
    trained: Trained,
) -> None:
    """Open the adapter again, prove that it is off and on, write the result."""
    from workbench.worker.models import LoadedModel
    from workbench.worker.verify import prove

    gc.collect()
    state.phase = Phase.VERIFYING  # a wish to stop and save waits for the result
    state.events.write(EventType.PHASE, phase=Phase.VERIFYING.value)
    folder = state.directory / ADAPTER_FOLDER
    loaded = LoadedModel(Path(config.model_path), config.device)
    loaded.attach("run", folder)
    prompts = [
        line["input_ids"][: line["prompt_tokens"]] for line in lines[:_PROOF_PROMPTS]
    ]
    proof = prove(loaded, "run", prompts)
    if not proof["off_equals_base"]:
        raise WorkerError(
            ErrorClass.CRASH, "With the adapter switched off the model is not the base."
        )
    if not proof["on_differs"]:
        state.events.write(
            EventType.WARNING,
            code="adapter_without_effect",
            sentence="The adapter changes nothing: train longer or at a higher rate.",
        )
    result = make_result(config, report, trained, folder, loaded.versions)
    write_whole(state.directory / RESULT_FILE, to_json(result | {"proof": proof}))
    end(state, trained)


def _fail(state: RunState, error: BaseException) -> int:
    """Write the cause, then the end; the traceback goes to the log."""
    with contextlib.suppress(OSError):  # the log may lie on the disk that is full
        sys.stderr.write("".join(traceback.format_exception(error)))
        sys.stderr.flush()
    try:
        _write_failure(state, error)
    except OSError:
        return DISK_EXIT_CODE
    return 1


def _write_failure(state: RunState, error: BaseException) -> None:
    """Write the cause and the end."""
    state.events.write(EventType.ERROR, **describe(error))
    state.events.write(
        EventType.END,
        outcome=Outcome.FAILED.value,
        artefact=checkpoint_artefact(state.directory),
    )


def _read_config(path: Path, run_id: str) -> RunConfig:
    """Read and check the configuration.

    Raises:
        WorkerError: DATA when it is missing, malformed or of another run.
    """
    try:
        config = RunConfig.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise WorkerError(
            ErrorClass.DATA,
            f"The run's configuration cannot be read: {error}",
            "Set the run up again.",
        ) from error
    if run_id and config.run_id != run_id:
        raise WorkerError(ErrorClass.DATA, "This directory belongs to another run.")
    return config


def main(arguments: list[str]) -> int:
    """Train in the run directory given; 0 when the run ended as it should."""
    parser = argparse.ArgumentParser(prog="train")
    parser.add_argument("--run-dir", type=Path, required=True)
    parser.add_argument("--run-id", default="", help="lets the window recognise us")
    parsed = parser.parse_args(arguments)
    lower_priority()
    state = RunState(parsed.run_dir)
    with Watch(state):
        try:
            state.enter(Phase.VALIDATING)
            train(state, _read_config(parsed.run_dir / CONFIG_FILE, parsed.run_id))
        except Stopped:
            state.end_cancelled(checkpoint_artefact(parsed.run_dir))
        except Exception as error:  # noqa: BLE001 - told through the events
            return _fail(state, error)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
