"""What a run leaves behind: numbers, and what its last event says of the artefact."""

import dataclasses
import json
from pathlib import Path
from typing import Any

from workbench.worker.checkpoints import newest_complete, step_of
from workbench.worker.files import sha256_file, sha256_text, write_whole
from workbench.worker.protocol import (
    ADAPTER_FOLDER,
    CHECKPOINTS_FOLDER,
    SCHEMA,
    ArtefactKind,
    EventType,
    Outcome,
    PreparationReport,
    RunConfig,
)
from workbench.worker.run_dir import RunState


@dataclasses.dataclass(slots=True)
class Trained:
    """What came out of training, before it is verified."""

    saved: str
    step: int
    steps: int
    seconds: float
    best_loss: float | None
    facts: dict[str, Any]


def make_result(
    config: RunConfig,
    report: PreparationReport,
    trained: Trained,
    folder: Path,
    found: dict[str, str],
) -> dict[str, Any]:
    """Return the content of ``result.json``."""
    template = (folder / "chat_template.jinja").read_text(encoding="utf-8")
    return {
        "v": SCHEMA,
        "run_id": config.run_id,
        "model": Path(config.model_path).name,
        "adapter_sha256": sha256_file(folder / "adapter_model.safetensors"),
        "template_sha256": sha256_text(template),
        "template_arguments": config.template_arguments,
        "prepared_sha256": report["sha256"],
        "saved": trained.saved,
        "saved_step": trained.step,
        "steps": trained.steps,
        "best_eval_loss": trained.best_loss,
        "train_seconds": round(trained.seconds, 3),
        "rows_in": report["rows_in"],
        "trained_rows": report["trained"],
        "validation_rows": report["validation"],
        "dropped": report["dropped"],
        "seed": config.settings.seed,
        "versions": found,
        **trained.facts,
    }


def name_base(adapter: Path, name: str) -> None:
    """Name an adapter's base model instead of giving its folder on this computer.

    The adapter travels with its project, and whoever loads it says where the base is.
    """
    path = adapter / "adapter_config.json"
    value = json.loads(path.read_text(encoding="utf-8"))
    value["base_model_name_or_path"] = name
    write_whole(path, json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))


def end(state: RunState, trained: Trained) -> None:
    """Write the last event of a run with an adapter."""
    artefact = {
        "kind": ArtefactKind.ADAPTER.value,
        "step": trained.step,
        "saved": trained.saved,
        "path": ADAPTER_FOLDER,
    }
    finished = trained.steps >= trained.facts["total_steps"] or state.stop is None
    if not finished:
        state.end_cancelled(artefact)
        return
    outcome = Outcome.SUCCEEDED.value
    state.events.write(EventType.END, outcome=outcome, artefact=artefact)


def checkpoint_artefact(run: Path) -> dict[str, Any]:
    """Return what a run left behind that ended without an adapter."""
    found = newest_complete(run / CHECKPOINTS_FOLDER)
    if found is None:
        return {"kind": ArtefactKind.NONE.value}
    path = f"{CHECKPOINTS_FOLDER}/{found.name}"
    kind = ArtefactKind.CHECKPOINT.value
    return {"kind": kind, "step": step_of(found), "path": path}
