"""Small values and shortcuts for the tests of the project file."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from workbench.domain.datasets import NewExample, Split
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.parameters import GenerationParameters
from workbench.domain.ports import ProjectStore
from workbench.domain.prompts import PromptSpec, Shot, render
from workbench.domain.task import TaskCard, TaskKind
from workbench.domain.trials import (
    NewTrial,
    Purpose,
    TrialOutcome,
    TrialStatus,
)
from workbench.domain.tuning import TrainingSettings

CARD = TaskCard(TaskKind.LABEL, labels=("返金", "配送"), longest_answer=8)
EMPTY = PromptSpec(parameters=GenerationParameters(max_output_tokens=8))
"""The draft of a new project: nothing typed, answers as long as the card says."""
SPEC = PromptSpec(system="分類してください。", template="{{ticket}}")


def spec_with_shots(*inputs: str) -> PromptSpec:
    shots = tuple(Shot((("ticket", text),), "返金") for text in inputs)
    return PromptSpec(template="{{ticket}}", shots=shots)


def new_trial(
    project: ProjectStore,
    text: str = "荷物が届かない",
    *,
    purpose: Purpose = Purpose.LAB,
    example_id: int | None = None,
) -> NewTrial:
    return NewTrial(
        prompt_version_id=project.prompts.ensure_version(SPEC).id,
        model=BUILTIN_MODEL,
        variables=(("ticket", text),),
        messages=render(SPEC, {"ticket": text}),
        parameters=SPEC.parameters,
        purpose=purpose,
        example_id=example_id,
    )


def done(output: str = "配送", **fields: object) -> TrialOutcome:
    values = {"status": TrialStatus.SUCCEEDED, "output_tokens": 2} | fields
    return TrialOutcome(output=output, **values)  # type: ignore[arg-type]


def add_trial(
    project: ProjectStore,
    text: str = "荷物が届かない",
    output: str = "配送",
    *,
    purpose: Purpose = Purpose.LAB,
    example_id: int | None = None,
    status: TrialStatus = TrialStatus.SUCCEEDED,
) -> int:
    trial = new_trial(project, text, purpose=purpose, example_id=example_id)
    trial_id = project.trials.start(trial)
    project.trials.finish(trial_id, done(output, status=status))
    return trial_id


def example(text: str, answer: str = "返金", group: str = "") -> NewExample:
    return NewExample((("ticket", text),), answer, group)


def add_examples(
    project: ProjectStore, count: int, *, splits: Sequence[Split] = ()
) -> tuple[int, tuple[int, ...]]:
    dataset_id = project.datasets.ensure("tickets")
    ids = project.datasets.add(
        dataset_id, [example(f"入力 {number}") for number in range(count)]
    )
    if splits:
        project.datasets.assign(dataset_id, dict(zip(ids, splits, strict=True)))
    return dataset_id, ids


def add_run(project: ProjectStore, snapshot_id: int, ulid: str = "RUN") -> int:
    return project.runs.add(
        ulid=ulid,
        name="first",
        snapshot_id=snapshot_id,
        prompt_version_id=project.prompts.ensure_version(SPEC).id,
        base=BUILTIN_MODEL,
        settings=TrainingSettings(epochs=5),
        directory=f"runs/{ulid}",
    )


def raw(path: Path) -> sqlite3.Connection:
    """A connection as any other program would have it: nothing of ours but fold()."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.create_function("fold", 1, str, deterministic=True)
    return connection
