"""Kills a matrix again and again, and looks each time what was lost or asked twice.

The sandbox outlives the kills and has counted every request, so that what was asked and
what is stored can be compared. Stored answers are read in a copy (the file and its
write-ahead log, as the kill left them); the next life does the recovery by itself.
"""

import collections
import dataclasses
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.kill_campaign import damages
from tests.e2e.processes import ROOT, environment
from workbench.domain.matrices import CellState
from workbench.domain.ports import ProjectStore
from workbench.domain.spending import CostBasis
from workbench.domain.task import TaskCard, TaskKind
from workbench.domain.trials import Trial, TrialFilter, TrialStatus
from workbench.sandbox import Pace, Sandbox
from workbench.storage import SqliteProjectFiles

DRIVE = ROOT / "tests" / "bench" / "matrix_drive.py"
_LOOK_SECONDS = 0.005
_LONGEST_LIFE = 400.0
Asked = tuple[str, str, str]
"""Model, system text and input: what tells the calls of the drive apart."""


@dataclasses.dataclass
class Outcome:
    """What a campaign found.

    Attributes:
        calls: cells of the matrix.
        kills: lives that were ended by force.
        requests: that reached the sandbox.
        repeated: requests for a call whose answer was stored before.
        lost: requests without a trial, in words.
        again: requests for a call that was in flight when a life ended.
        troubles: whatever else was wrong, in words.
        megabytes: growth of the memory in lives that ended by themselves.
        seconds: length of these lives.
    """

    calls: int = 0
    kills: int = 0
    requests: int = 0
    repeated: int = 0
    lost: list[str] = dataclasses.field(default_factory=list)
    again: int = 0
    troubles: list[str] = dataclasses.field(default_factory=list)
    megabytes: list[float] = dataclasses.field(default_factory=list)
    seconds: list[float] = dataclasses.field(default_factory=list)


class Campaign:
    """One matrix, many lives."""

    def __init__(
        self, folder: Path, calls: int, seed: int, say: Callable[[str], object]
    ) -> None:
        """Make the project.

        Args:
            folder: for everything that is written.
            calls: of the matrix, about.
            seed: of the moments of the kills.
            say: told after each life how it stands.
        """
        self._folder = folder
        self._project = folder / "matrix.workbench"
        self._calls = calls
        self._random = random.Random(seed)
        self._say = say
        card = TaskCard(TaskKind.FREE)
        SqliteProjectFiles().create(self._project, "kill", card).close()

    def run(self, kills: int, latency: float = 0.05) -> Outcome:
        """Kill so often, then let the matrix come to its end, and look."""
        outcome = Outcome()
        with Sandbox(pace=Pace(latency=latency)) as sandbox:
            stored: set[Asked] = set()
            for number in range(kills):
                share = self._calls / (kills + 1)
                after = int(share * self._random.uniform(0.2, 1.4))
                first = sandbox.recorder.count
                self._live(sandbox, outcome, until=first + max(1, after))
                stored = self._look(sandbox, outcome, first, stored)
                done = f"{len(stored)} stored, {outcome.requests} requests"
                self._say(f"kill {number + 1}: {done}")
            first = sandbox.recorder.count
            self._live(sandbox, outcome, until=None)
            stored = self._look(sandbox, outcome, first, stored)
            self._look_at_the_end(outcome, stored)
        return outcome

    def _live(self, sandbox: Sandbox, outcome: Outcome, until: int | None) -> None:
        """Live until so many requests were seen and a moment more, or to the end."""
        keys = sandbox.credentials
        rest = self._random.uniform(0.0, 0.08)
        process = subprocess.Popen(
            [
                *(sys.executable, str(DRIVE), str(self._project), sandbox.endpoint),
                *(keys.access_key_id, keys.secret_access_key, str(self._calls)),
            ],
            cwd=ROOT,
            env=environment(self._folder / "home"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        try:
            if until is not None and self._reaches(process, sandbox, until, rest):
                outcome.kills += 1
            else:
                said, error = process.communicate(timeout=_LONGEST_LIFE)
                self._ended(outcome, process.returncode, said, error)
        finally:
            process.kill()
            process.communicate()

    def _reaches(
        self,
        process: subprocess.Popen[bytes],
        sandbox: Sandbox,
        until: int,
        rest: float,
    ) -> bool:
        """Wait for the moment of the kill; False when it ended before."""
        waits = [_LOOK_SECONDS] * int(_LONGEST_LIFE / _LOOK_SECONDS)
        for seconds in waits:
            if sandbox.recorder.count >= until:
                return not _has_ended(process, rest)
            if _has_ended(process, seconds):
                return False
        return True

    def _ended(self, outcome: Outcome, code: int, said: bytes, error: bytes) -> None:
        if code != 0:
            outcome.troubles.append(error.decode("utf-8")[-2000:])
            return
        told = json.loads(said.decode("utf-8").splitlines()[-1])
        outcome.megabytes.append(told["megabytes"])
        outcome.seconds.append(told["seconds"])

    # ------------------------------------------------------------ looking

    def _look(
        self, sandbox: Sandbox, outcome: Outcome, first: int, stored: set[Asked]
    ) -> set[Asked]:
        """Compare the requests of a life with what was stored before and after."""
        requests = [
            asked_of(call.model, json.loads(call.body))
            for call in sandbox.recorder.calls
            if call.operation == "ConverseStream"
        ]
        outcome.requests = len(requests)
        outcome.repeated += sum(asked in stored for asked in requests[first:])
        copy = self._folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for suffix in ("", "-wal"):
            source = self._project.with_name(self._project.name + suffix)
            if source.exists():
                shutil.copyfile(source, copy / source.name)
        outcome.troubles += damages(copy / self._project.name)
        store = SqliteProjectFiles().open(copy / self._project.name)
        try:
            store.trials.interrupt_running()
            kept = _trials(store)
            outcome.troubles += _money(store)
        finally:
            store.close()
        seen = collections.Counter(requests)
        made = collections.Counter(asked_in(trial) for trial in kept)
        outcome.lost += [
            f"{asked}: {count} requests, {made[asked]} trials"
            for asked, count in seen.items()
            if count > made[asked]
        ]
        outcome.again = sum(count - 1 for count in seen.values())
        return {
            asked_in(trial)
            for trial in kept
            if trial.outcome.status is TrialStatus.SUCCEEDED
        }

    def _look_at_the_end(self, outcome: Outcome, stored: set[Asked]) -> None:
        """Look into the project itself: every cell must be answered, and rightly."""
        store = SqliteProjectFiles().open(self._project)
        try:
            cells = store.matrices.cells(store.matrices.matrices()[0].id)
            outcome.calls = len(cells)
            open_cells = [c for c in cells if c.state is not CellState.ANSWERED]
            outcome.troubles += [f"not answered: {cell}" for cell in open_cells]
            outcome.troubles += [
                f"trial {trial.id} holds another's answer"
                for trial in _trials(store)
                if trial.outcome.status is TrialStatus.SUCCEEDED
                and trial.input_text not in trial.outcome.output
            ]
        finally:
            store.close()
        if len(stored) != outcome.calls:
            outcome.troubles.append(f"{len(stored)} answers, {outcome.calls} cells")


def _has_ended(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def asked_of(model: str, body: dict[str, Any]) -> Asked:
    """Return what a request asked."""
    text = body["messages"][-1]["content"][0]["text"]
    return model, body["system"][0]["text"], text


def asked_in(trial: Trial) -> Asked:
    """Return what a trial asked."""
    return trial.model.path, trial.messages[0].text, trial.messages[-1].text


def _trials(store: ProjectStore) -> list[Trial]:
    return list(store.trials.page(store.trials.ids(TrialFilter())))


def _money(store: ProjectStore) -> list[str]:
    """Return what is wrong with the ledger once all is reconciled."""
    entries = store.spending.entries()
    wrong = [f"still reserved: {entry}" for entry in entries if entry.basis is None]
    wrong += [
        f"not at the worst case: {entry}"
        for entry in entries
        if entry.basis is CostBasis.WORST_CASE and entry.settled != entry.reserved
    ]
    if len(entries) != len(_trials(store)):
        wrong.append(f"{len(entries)} entries for {len(_trials(store))} trials")
    return wrong
