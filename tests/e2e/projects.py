"""Projects for real processes: the sample's own tickets, ready to be trained on."""

import csv
import json
from pathlib import Path

from workbench.app.compose import compose
from workbench.app.places import UserPlaces
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import PromptSpec
from workbench.domain.task import TaskCard, TaskKind
from workbench.services.application import Services

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "en"
NAME = "Tickets of the test"
LONGEST = 32


def rows(count: int) -> list[dict[str, str]]:
    """Return the first tickets with their right answers."""
    with (SAMPLE / "tickets_400.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))[:count]


def services_in(home: Path) -> Services:
    """Return the real services, with all files in `home`; close them."""
    return compose(UserPlaces(home / "config", home / "data"))


def make(path: Path, home: Path, parts: tuple[int, int, int] = (24, 6, 12)) -> None:
    """Make a project with a prompt and a dataset that is split already."""
    from workbench.domain.datasets import Split

    services = services_in(home)
    try:
        services.projects.create(path, NAME, card())
        prompts = json.loads((SAMPLE / "prompts.json").read_text(encoding="utf-8"))
        spec = PromptSpec(
            prompts["system_plain"],
            "{{ticket}}",
            parameters=GenerationParameters(max_output_tokens=LONGEST),
        )
        services.lab.save_draft(spec, {"ticket": "Where is my parcel, order 1234?"})
        dataset = services.data.ensure_dataset("Tickets")
        for row in rows(sum(parts)):
            services.data.add_example(dataset, {"ticket": row["ticket"]}, row["answer"])
        names = (Split.TRAIN, Split.VALIDATION, Split.TEST)
        services.data.split(dataset, dict(zip(names, parts, strict=True)))
    finally:
        services.close()


def card() -> TaskCard:
    """Return the task card of the tickets."""
    return TaskCard(
        kind=TaskKind.EXTRACT,
        fields=("code", "urgency", "order"),
        separator=" | ",
        longest_answer=LONGEST,
    )
