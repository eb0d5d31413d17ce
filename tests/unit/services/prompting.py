"""Prompts, records and trials for the tests of what belongs to a prompt."""

from tests.fakes import Bench
from workbench.domain.datasets import NewExample, Split
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.prompts import PromptSpec
from workbench.domain.trials import Rating

ASK = PromptSpec("Sort.", "{{ticket}}")
TEST, OPEN = "tested ticket", "open ticket"


def run(bench: Bench, spec: PromptSpec, expected: str | None = None, **v: str) -> int:
    started = bench.services.lab.run(spec, v, BUILTIN_MODEL, expected)
    started.job.future.result(5)
    return started.trial_id


def records(bench: Bench) -> tuple[int, int]:
    """A record of the test and one for training; return their ids."""
    datasets = bench.services.projects.store.datasets
    dataset_id = datasets.ensure("tickets")
    tested, opened = datasets.add(
        dataset_id,
        [NewExample((("ticket", text),), "ACC | high | 1") for text in (TEST, OPEN)],
    )
    datasets.assign(dataset_id, {tested: Split.TEST, opened: Split.TRAIN})
    return tested, opened


def good_trial(bench: Bench, spec: PromptSpec = ASK, **values: str) -> int:
    trial_id = run(bench, spec, **(values or {"ticket": TEST}))
    bench.services.data.rate([trial_id], Rating.GOOD)
    return trial_id
