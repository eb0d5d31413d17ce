"""A project of 100,000 trials: open, list, page, search, rate.

The trials are copies of one that the program itself kept, under the same triggers;
their texts are as long as tickets and answers are. The file is made once and kept in
build/bench, so that a second run measures only.
"""

import dataclasses
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.harness import FOLDER, Bench, Goal, at_most, median, quantile, say
from tests.e2e.projects import card
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.ports import ProjectStore
from workbench.domain.prompts import PromptSpec, render, sorted_items
from workbench.domain.trials import (
    NewTrial,
    Rating,
    TrialFilter,
    TrialOutcome,
    TrialStatus,
)
from workbench.storage import SqliteProjectFiles, schema
from workbench.storage.database import connect

SMALL, BIG = 10_000, 100_000
PAGE = 200
_WORDS = ("parcel", "invoice", "refund", "broken", "password", "order", "late", "twice")
_TICKET = 60
_P95 = quantile(0.95)


@dataclasses.dataclass(frozen=True, slots=True)
class Action:
    """Something a person does, and how quickly it must be done."""

    name: str
    work: Callable[[int], object]
    times: int
    goal: Goal | None = None


def main() -> int:
    """Make the projects when they are not there, and measure."""
    bench = Bench("storage")
    for count in (SMALL, BIG):
        path = ensure_project(count)
        measure_opening(bench, path, count)
        store = SqliteProjectFiles().open(path)
        try:
            for action in actions(store, count):
                measure(bench, action)
        finally:
            store.close()
    return bench.finish()


def measure_opening(bench: Bench, path: Path, count: int) -> None:
    """Open the project and read its first rows, as a window does."""
    name = f"open_first_rows_of_{count}"
    for _ in range(9):
        start = time.perf_counter()
        store = SqliteProjectFiles().open(path)
        rows = store.trials.page(store.trials.ids(TrialFilter())[:PAGE])
        seconds = time.perf_counter() - start
        store.close()
        assert len(rows) == PAGE
        bench.record(name, seconds * 1000, unit="ms")
    bench.figure(f"{name}_ms", of=name, at=_P95, unit="ms", goal=at_most(500))


def actions(store: ProjectStore, count: int) -> list[Action]:
    """Return what is measured; the goals for 10,000 rows are the reference page's."""
    trials = store.trials
    ids = list(trials.ids(TrialFilter()))
    assert len(ids) == count

    def listing(where: TrialFilter) -> object:
        return trials.page(trials.ids(where)[:PAGE])

    def page(number: int) -> object:
        first = number * 7919 % (count - PAGE)
        return trials.page(ids[first : first + PAGE])

    def search(number: int) -> object:
        word = _WORDS[number % len(_WORDS)]
        return listing(TrialFilter(text=f"{word} {number}", rating=Rating.GOOD))

    def rate(number: int) -> object:
        rating = Rating.BAD if number % 2 else Rating.GOOD
        return trials.annotate([ids[number * 7919 % count]], {"rating": rating}, "rate")

    is_small = count == SMALL
    return [
        Action(
            f"list_of_{count}",
            lambda _: listing(TrialFilter()),
            30,
            at_most(100) if is_small else None,
        ),
        Action(
            f"by_id_in_{count}",
            lambda number: trials.get(ids[number * 7919 % count]),
            300,
            at_most(5),
        ),
        Action(
            f"filter_and_search_in_{count}",
            search,
            30,
            at_most(50) if is_small else None,
        ),
        Action(f"page_of_200_in_{count}", page, 100),
        Action(
            f"waiting_in_{count}",
            lambda _: listing(TrialFilter(waiting=True)),
            30,
        ),
        Action(f"waiting_count_in_{count}", lambda _: trials.waiting_count(), 30),
        Action(f"rate_in_{count}", rate, 300, at_most(10)),
    ]


def measure(bench: Bench, action: Action) -> None:
    """Do one action again and again, each time with other rows."""
    for number in range(action.times):
        start = time.perf_counter()
        action.work(number)
        seconds = time.perf_counter() - start
        bench.record(action.name, seconds * 1000, unit="ms")
    of = action.name
    bench.figure(f"{of}_p95_ms", of=of, at=_P95, unit="ms", goal=action.goal)
    bench.figure(f"{of}_median_ms", of=of, at=median, unit="ms")


def ensure_project(count: int) -> Path:
    """Return the big project, made when this schema has none yet."""
    folder = FOLDER / f"storage-{schema.VERSION}-{count}"
    path = folder / "big.workbench"
    if path.exists():
        return path
    say(f"making {count} trials in {folder} …")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    part = folder / "part.workbench"
    store = SqliteProjectFiles().create(part, "Big", card())
    first = add_first(store)
    store.close()
    connection = connect(part)
    multiply(connection, first, count)
    connection.close()
    for rest in part.with_suffix(".files").rglob("*"):
        rest.unlink()
    part.with_suffix(".files").rmdir()
    part.rename(path)
    return path


def add_first(store: ProjectStore) -> int:
    """Keep one trial the way the program does."""
    spec = PromptSpec("Route the ticket.", "{{ticket}}")
    values = {"ticket": "The first ticket"}
    version = store.prompts.ensure_version(spec)
    trial = NewTrial(
        prompt_version_id=version.id,
        model=BUILTIN_MODEL,
        variables=sorted_items(values),
        messages=render(spec, values),
        parameters=spec.parameters,
    )
    trial_id = store.trials.start(trial)
    store.trials.finish(trial_id, TrialOutcome(TrialStatus.SUCCEEDED, "DEL | low | 1"))
    return trial_id


def multiply(connection: sqlite3.Connection, first: int, count: int) -> None:
    """Copy the first trial with other texts, under the project's own triggers."""
    columns = [row["name"] for row in connection.execute("PRAGMA table_info(trial)")]
    row = dict(
        connection.execute("SELECT * FROM trial WHERE id = ?", (first,)).fetchone()
    )
    marks = ", ".join("?" for _ in columns)
    insert = f"INSERT INTO trial ({', '.join(columns)}) VALUES ({marks})"
    connection.execute("BEGIN IMMEDIATE")
    for number in range(first + 1, count + 1):
        ticket = _text(number)
        row |= {
            "id": number,
            "ulid": f"{number:026d}",
            "input_text": ticket,
            "input_hash": f"{number:064d}",
            "status": "running",
            "output": "",
        }
        connection.execute(insert, [row[name] for name in columns])
    connection.execute(
        "UPDATE trial SET status = 'succeeded', output = input_text || ' answered',"
        " output_tokens = id % 97 WHERE status = 'running'"
    )
    connection.execute(
        "UPDATE annotation SET rating = 1 WHERE trial_id % 10 < 8 AND trial_id > 1"
    )
    connection.execute("COMMIT")


def _text(number: int) -> str:
    chosen = [_WORDS[(number * 31 + i * i) % len(_WORDS)] for i in range(_TICKET)]
    return f"{' '.join(chosen)} {number}"


if __name__ == "__main__":
    sys.exit(main())
