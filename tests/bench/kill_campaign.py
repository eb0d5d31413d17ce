"""Kills a drive again and again, and looks each time for what it had shown as saved.

The project is looked at in a copy (the file and its write-ahead log, as the kill left
them), so that the next life of the window does all of the recovery itself.
"""

import dataclasses
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from tests.bench.kill_journal import Journal, Key, Promise, Value
from tests.e2e import projects
from tests.e2e.processes import ROOT, end, environment, is_alive, launched
from workbench.domain.datasets import ExampleFilter
from workbench.domain.jobs import JobState
from workbench.domain.trials import Trial, TrialFilter, TrialStatus
from workbench.services.application import Services

DRIVE = ROOT / "tests" / "bench" / "kill_drive.py"
_LOOK_SECONDS = 0.02
_LONGEST_LIFE = 240.0
_FINISH_SECONDS = 300.0


@dataclasses.dataclass
class Outcome:
    """What a campaign found.

    Attributes:
        kills: lives that were ended by force.
        promised: things the window had shown as saved, at the end.
        losses: what was not there when it should have been, in words.
        trained_on: kills after which a training worker went on.
        found_again: runs that a window found again, still training or ended since.
        runs: runs that were started; ``succeeded`` of them ended with an adapter.
        life_seconds: length of each life.
        troubles: lives that ended by themselves, with what they said.
    """

    kills: int = 0
    promised: int = 0
    losses: list[str] = dataclasses.field(default_factory=list)
    trained_on: int = 0
    found_again: int = 0
    runs: int = 0
    succeeded: int = 0
    seconds: float = 0.0
    life_seconds: list[float] = dataclasses.field(default_factory=list)
    troubles: list[str] = dataclasses.field(default_factory=list)


class _EndedEarly(Exception):
    """A drive ended before it was killed, or would not go on."""


class Campaign:
    """One project, one drive, many lives."""

    def __init__(
        self,
        folder: Path,
        seed: int,
        say: Callable[[str], None],
        *,
        life: tuple[float, float],
        lines: tuple[int, int] = (0, 0),
    ) -> None:
        """Make the project.

        Args:
            folder: for everything the campaign writes.
            seed: of all kills.
            say: told after each kill how it stands.
            life: bounds of the random time until the kill, in seconds; it counts from
                the start of a life, its start-up included,
            lines: or from the moment when so many lines were added to the journal, so
                that a slow computer gets as far as a fast one.
        """
        self.project = folder / "drive.workbench"
        self.journal = Journal(folder / "journal.jsonl")
        self._folder = folder
        self._home = folder / "home"
        self._random = random.Random(seed)
        self._life = life
        self._lines = lines
        self._say = say
        projects.make(self.project, folder / "maker")

    def run(self, kills: int) -> Outcome:
        """Kill so often, then let the drive end by itself and look once more."""
        outcome = Outcome()
        start = time.monotonic()
        try:
            for number in range(1, kills + 1):
                self._kill_once(outcome)
                self._look(outcome, f"after kill {number}")
                self._say(f"kill {number}: {self._summary(outcome)}")
            self._finish(outcome)
            self._look_at_the_end(outcome)
        finally:
            for launch in launched(self._files):
                end(launch)
        outcome.found_again = len(self.journal.notes("found again"))
        outcome.seconds = time.monotonic() - start
        return outcome

    # ------------------------------------------------------------ lives

    def _kill_once(self, outcome: Outcome) -> None:
        """Start a life and end it at a random moment."""
        wanted = self.journal.length() + self._random.randint(*self._lines)
        rest = self._random.uniform(*self._life)
        born = time.monotonic()
        with (self._folder / "drive.log").open("ab") as log:
            process = self._start(log)
            try:
                while self.journal.length() < wanted:
                    self._let_live(process, _LOOK_SECONDS, born)
                self._let_live(process, rest, born)
            except _EndedEarly:
                outcome.troubles.append(self._last_words())
                return
            finally:
                process.kill()
                process.wait()
        outcome.kills += 1
        outcome.life_seconds.append(time.monotonic() - born)
        outcome.trained_on += any(is_alive(one) for one in launched(self._files))

    def _let_live(
        self, process: subprocess.Popen[bytes], seconds: float, born: float
    ) -> None:
        """Wait so long; a drive must neither end by itself nor stand still."""
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            if time.monotonic() - born < _LONGEST_LIFE:
                return
        raise _EndedEarly

    def _finish(self, outcome: Outcome) -> None:
        with (self._folder / "drive.log").open("ab") as log:
            process = self._start(log, "--finish")
            try:
                code = process.wait(_FINISH_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                code = process.wait()
        if code != 0:
            outcome.troubles.append(self._last_words())

    def _start(self, log: IO[bytes], *more: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(DRIVE), str(self.project)]
        return subprocess.Popen(
            [*command, str(self._folder / "journal.jsonl"), *more],
            cwd=ROOT,
            env=environment(self._home),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )

    @property
    def _files(self) -> Path:
        return self.project.with_suffix(".files")

    def _last_words(self) -> str:
        text = (self._folder / "drive.log").read_text(encoding="utf-8")
        return text[-2000:]

    def _summary(self, outcome: Outcome) -> str:
        known = sum(p.is_shown for p in self.journal.promises().values())
        lost, troubles = len(outcome.losses), len(outcome.troubles)
        return f"{known} things shown as saved, {lost} lost, {troubles} troubles"

    # ------------------------------------------------------------ looking

    def _look(self, outcome: Outcome, when: str) -> None:
        """Look for everything in a copy."""
        copy = self._folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for suffix in ("", "-wal"):
            source = self.project.with_name(self.project.name + suffix)
            if source.exists():
                shutil.copyfile(source, copy / source.name)
        losses = self._losses(copy / self.project.name, copy / "home")
        outcome.losses += [f"{when}: {loss}" for loss in losses]

    def _look_at_the_end(self, outcome: Outcome) -> None:
        """Look into the project itself: every run must have come to its adapter."""
        losses = self._losses(self.project, self._home)
        outcome.losses += [f"at the end: {loss}" for loss in losses]
        promises = self.journal.promises()
        outcome.promised = sum(promise.is_shown for promise in promises.values())
        services = projects.services_in(self._home)
        try:
            services.projects.open(self.project)
            names = {key[1] for key, p in promises.items() if key[0] == "run"}
            runs = [run for run in services.tune.runs() if run.name in names]
            outcome.runs = len(names)
            outcome.succeeded = sum(
                run.state is JobState.SUCCEEDED
                and services.tune.adapter_folder(run.adapter_ulid).is_dir()
                for run in runs
            )
        finally:
            services.close()

    def _losses(self, project: Path, home: Path) -> list[str]:
        """Return in words what the project should hold and does not."""
        services = projects.services_in(home)
        try:
            services.projects.open(project)
            losses = compare(self.journal.promises(), held(services))
            losses += [
                f"trial {trial.id} is running for ever"
                for trial in trials(services)
                if trial.outcome.status is TrialStatus.RUNNING
            ]
        finally:
            services.close()
        return losses + damages(project)


def compare(promises: dict[Key, Promise], found: dict[Key, Value]) -> list[str]:
    """Return the promises that were broken."""
    return [
        f"{' / '.join(key)}: {found.get(key)!r} instead of {promise.shown!r}"
        for key, promise in promises.items()
        if promise.is_shown
        and not promise.allows(found.get(key))
        # A run that was shown while it trained may have ended since.
        and not (key[0] == "run" and found.get(key) == "done")
    ]


def held(services: Services) -> dict[Key, Value]:
    """Return what a project holds, in the journal's words."""
    found: dict[Key, Value] = {}
    for trial in trials(services):
        text, said = dict(trial.variables)["ticket"], trial.annotation
        if trial.outcome.status is TrialStatus.SUCCEEDED:
            found["trial", text] = trial.outcome.output
        found["rating", text] = int(said.rating)
        found["correction", text] = said.correction
        found["note", text] = said.note
        found |= {("tag", text, tag): True for tag in said.tags}
    for dataset in services.data.datasets():
        ids = services.data.example_ids(ExampleFilter(dataset.id))
        for example in services.data.examples(ids):
            found["record", dict(example.variables)["ticket"]] = example.answer
    for run in services.tune.runs():
        is_done = run.state is JobState.SUCCEEDED
        found["run", run.name] = "done" if is_done else "training"
    for comparison in services.compare.comparisons():
        if comparison.cells == comparison.total:
            tuned = comparison.candidates[-1].model.adapter_name
            found["comparison", tuned] = True
    return found


def trials(services: Services) -> list[Trial]:
    """Return all trials of the Lab, oldest first."""
    ids = services.data.trial_ids(TrialFilter(order="oldest"))
    return list(services.data.trials(ids))


def damages(project: Path) -> list[str]:
    """Return what SQLite itself finds wrong with a file."""
    connection = sqlite3.connect(project)
    try:
        integrity = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.close()
    return [line for line in integrity if line != "ok"] + [str(row) for row in broken]
