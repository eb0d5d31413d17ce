"""Writing a frozen dataset as the files trainers accept, each with a manifest."""

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

from workbench.domain.datasets import Snapshot, SnapshotRow, Split
from workbench.domain.errors import EnvironmentFault, from_os
from workbench.domain.files import text_alone
from workbench.domain.prompts import PromptSpec, Role, render
from workbench.domain.threads import completion
from workbench.formats.conversation import Turn
from workbench.formats.export import (
    MANIFEST,
    Export,
    ExportExample,
    ExportProblem,
    Provenance,
    build_export,
    write_export,
)
from workbench.formats.targets import NOVA_1, TRL, Target

# Bedrock trains and validates only; a TRL user may want to test by hand.
_PARTS: Mapping[str, tuple[Target, tuple[Split, ...]]] = {
    "bedrock": (NOVA_1, (Split.TRAIN, Split.VALIDATION)),
    "trl": (TRL, (Split.TRAIN, Split.VALIDATION, Split.TEST)),
}


@dataclasses.dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written.

    Attributes:
        folder: the folder of this snapshot.
        files: (path relative to the folder, rows) pairs.
        manifests: one per dialect.
        sha256: the snapshot's hash, as the manifests name it.
        problems: (dialect, problem) pairs; rows that were left out, and what would make
            the trainer refuse the whole.
    """

    folder: Path
    files: tuple[tuple[str, int], ...]
    manifests: tuple[Path, ...]
    sha256: str
    problems: tuple[tuple[str, ExportProblem], ...]


def write_dataset(
    folder: Path, snapshot: Snapshot, rows: Sequence[SnapshotRow], spec: PromptSpec
) -> ExportReport:
    """Write Bedrock conversation and TRL prompt-completion JSONL of a snapshot.

    Raises:
        EnvironmentFault: ``file.unwritable``.
    """
    target = folder / f"{_file_name(snapshot.dataset_name)}-{snapshot.number}"
    provenance = Provenance(snapshot.ulid, snapshot.sha256, snapshot.dataset_name)
    exports = {
        dialect: build_export(_splits(rows, spec, parts), trainer, provenance)
        for dialect, (trainer, parts) in _PARTS.items()
    }
    try:
        for dialect, export in exports.items():
            write_export(target / dialect, export)
    except OSError as error:
        raise unwritable(target, error) from error
    return _report(target, snapshot, exports)


def unwritable(path: Path, error: OSError) -> EnvironmentFault:
    """Return the error of a place that cannot be written to."""
    return from_os(error, path)


def _report(
    folder: Path, snapshot: Snapshot, exports: Mapping[str, Export]
) -> ExportReport:
    files = tuple(
        (f"{dialect}/{split}.jsonl", rows)
        for dialect, export in exports.items()
        for split, rows in export.written.items()
    )
    problems = tuple(
        (dialect, problem)
        for dialect, export in exports.items()
        for problem in export.problems
    )
    manifests = tuple(folder / dialect / MANIFEST for dialect in exports)
    return ExportReport(folder, files, manifests, snapshot.sha256, problems)


def _splits(
    rows: Sequence[SnapshotRow], spec: PromptSpec, parts: Sequence[Split]
) -> dict[str, list[ExportExample]]:
    return {
        part.value: [_example(spec, row) for row in rows if row.split is part]
        for part in parts
    }


def _example(spec: PromptSpec, row: SnapshotRow) -> ExportExample:
    messages = render(spec, dict(row.variables))
    system = "".join(m.text for m in messages if m.role is Role.SYSTEM)
    turns = tuple(
        Turn(m.role.value, text_alone(m)) for m in messages if m.role is not Role.SYSTEM
    )
    return ExportExample(row.example_ulid, system, turns, completion(spec, row.answer))


def _file_name(name: str) -> str:
    """Leave letters, digits and a few marks: a name must not become a path."""
    kept = "".join(c if c.isalnum() or c in "-_ " else "_" for c in name).strip()
    return kept.replace(" ", "-") or "dataset"
