"""Makes the sample project by running the program on the recipe's tickets.

Every answer in it is the built-in model's own; the right answers come from the recipe.
Run it in the window's environment after the model or the project file's form changed:

    .venv/bin/python packaging/make_sample.py
"""

import csv
import json
import logging
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from workbench.app.compose import compose  # noqa: E402
from workbench.app.places import UserPlaces  # noqa: E402
from workbench.domain.parameters import GenerationParameters  # noqa: E402
from workbench.domain.prompts import PromptSpec  # noqa: E402
from workbench.domain.task import TaskCard, TaskKind  # noqa: E402
from workbench.domain.trials import Rating, TrialFilter  # noqa: E402
from workbench.services.application import Services  # noqa: E402
from workbench.services.lab import LabInput  # noqa: E402
from workbench.services.projects import SAMPLE_NAMES  # noqa: E402

SAMPLE = ROOT / "resources" / "sample"
DATASETS = {"en": "Tickets", "ja": "問い合わせ"}
_log = logging.getLogger("make_sample")


def main() -> None:
    """Build each language's project in a temporary folder, then put it in place."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    for language in SAMPLE_NAMES:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            services = compose(UserPlaces(home / "config", home / "data"))
            path = home / "sample.workbench"
            try:
                fill(services, path, language)
            finally:
                services.close()
            shutil.copyfile(path, SAMPLE / language / path.name)
        _log.info("wrote the project of %s", language)


def fill(services: Services, path: Path, language: str) -> None:
    """Run the prompt over the tickets, label every trial, make records of them."""
    folder = SAMPLE / language
    prompts = json.loads((folder / "prompts.json").read_text(encoding="utf-8"))
    card = task_card(prompts)
    services.projects.create(path, SAMPLE_NAMES[language], card)
    parameters = GenerationParameters(max_output_tokens=card.longest_answer)
    spec = PromptSpec(
        prompts["system_plain"], prompts["template"], parameters=parameters
    )
    rows = read_rows(folder / "tickets_200.csv")
    name, answer = prompts["input"], prompts["answer"]
    services.lab.save_draft(spec, {name: rows[0][name]})
    inputs = [LabInput({name: row[name]}, row[answer]) for row in rows]
    model = services.models.choices()[0]
    ids = services.lab.run_inputs(spec, inputs, model).future.result()
    for trial_id, row in zip(ids, rows, strict=True):
        label(services, trial_id, row[answer])
    dataset_id = services.data.ensure_dataset(DATASETS[language])
    report = services.data.add_from_trials(dataset_id, ids)
    _log.info("%d trials, %d records", len(ids), report.added)
    assert not services.data.trial_ids(TrialFilter(waiting=True))


def label(services: Services, trial_id: int, answer: str) -> None:
    """Rate a right answer, correct a wrong one."""
    check = services.lab.check(services.lab.trial(trial_id).outcome.output, answer)
    services.data.rate([trial_id], Rating.GOOD if check.matches else Rating.BAD)
    if not check.matches:
        services.data.correct(trial_id, answer)


def task_card(prompts: dict[str, Any]) -> TaskCard:
    """Return the task card of the sample project."""
    card = prompts["task_card"]
    return TaskCard(
        kind=TaskKind(card["kind"]),
        fields=tuple(card["fields"]),
        separator=card["separator"],
        longest_answer=card["longest_answer"],
        description=card["description"],
    )


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of one of the recipe's tables."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()
