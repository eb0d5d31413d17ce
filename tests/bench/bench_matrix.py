"""Bars 2 and 4: a matrix of 2,000 calls that is killed, and one that is stopped.

bench_matrix.py [--calls 2000] [--kills 10] [--seed 20]
"""

import argparse
import contextlib
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.harness import Bench, at_least, at_most, largest, quantile, say
from tests.bench.matrix_campaign import Campaign, Outcome
from tests.bench.matrix_drive import Parts, wanted
from workbench.domain.connections import StaticCredentials
from workbench.domain.errors import CancelledError
from workbench.domain.jobs import JobState
from workbench.domain.task import TaskCard, TaskKind
from workbench.sandbox import Sandbox
from workbench.sandbox.faults import Rule, Silence
from workbench.services.events import Event, MatrixMoved

_MOST_MEGABYTES = 150
_MOST_TO_STOP = 0.1
_STOPS = 20
_IN_FLIGHT = 100


def main() -> int:
    """Run it once undisturbed and once with kills, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=20)
    chosen = parser.parse_args()
    outcomes = []
    for kills in (0, chosen.kills):
        with tempfile.TemporaryDirectory(prefix="workbench-matrix-") as folder:
            campaign = Campaign(Path(folder), chosen.calls, chosen.seed, say)
            outcomes.append(campaign.run(kills))
    bench = Bench("matrix")
    with tempfile.TemporaryDirectory(prefix="workbench-matrix-") as folder:
        stop_while_silent(Path(folder), bench)
    tell(bench, *outcomes, kills=chosen.kills)
    return bench.finish()


def stop_while_silent(folder: Path, bench: Bench) -> None:
    """Cut off a matrix with calls in flight that nothing comes back for."""
    silent = Rule(Silence(frames=4), "ConverseStream", count=0)
    with Sandbox(faults=[silent]) as sandbox:
        keys = sandbox.credentials
        secret = StaticCredentials(keys.access_key_id, keys.secret_access_key)
        parts = Parts.made(folder, sandbox.endpoint, secret)
        parts.projects.create(folder / "stop", "stop", TaskCard(TaskKind.FREE))
        try:
            for _ in range(_STOPS):
                _stop_once(parts, sandbox, bench)
        finally:
            parts.close()
    for name in ("stop_shown", "stop_ended"):
        bench.figure(
            f"{name}_p95",
            of=name,
            at=quantile(0.95),
            unit="s",
            goal=at_most(_MOST_TO_STOP) if name == "stop_shown" else None,
        )


def _stop_once(parts: Parts, sandbox: Sandbox, bench: Bench) -> None:
    shown = threading.Event()
    moments: list[float] = []

    def hear(event: Event) -> None:
        if isinstance(event, MatrixMoved) and event.state is not JobState.RUNNING:
            moments.append(time.perf_counter())
            shown.set()

    first = sandbox.recorder.count
    started = parts.matrix.start(wanted(_IN_FLIGHT))
    pause = threading.Event()
    while sandbox.recorder.count < first + _IN_FLIGHT:
        pause.wait(0.01)
    forget = parts.events.subscribe(hear)
    begun = time.perf_counter()
    parts.matrix.stop(started.matrix_id, now=True)
    shown.wait()
    with contextlib.suppress(CancelledError):
        started.job.future.result()
    bench.record("stop_ended", time.perf_counter() - begun, unit="s")
    bench.record("stop_shown", moments[0] - begun, unit="s")
    forget()


def tell(bench: Bench, whole: Outcome, killed: Outcome, *, kills: int) -> None:
    """Print the figures, and in words what went wrong."""
    for line in (*whole.troubles, *killed.troubles, *whole.lost, *killed.lost):
        say(line)
    for name, value, goal in (
        ("calls", killed.calls, None),
        ("kills", killed.kills, at_least(kills)),
        ("requests", killed.requests, None),
        ("repeated_whose_answer_was_stored", killed.repeated, at_most(0)),
        ("trials_lost", len(whole.lost) + len(killed.lost), at_most(0)),
        ("in_flight_asked_again", killed.again, None),
        ("troubles", len(whole.troubles) + len(killed.troubles), at_most(0)),
    ):
        bench.record(name, value, unit="1")
        bench.figure(name, of=name, at=largest, unit="1", goal=goal)
    for megabytes in whole.megabytes:
        bench.record("memory_growth", megabytes, unit="MB")
    for seconds in whole.seconds:
        bench.record("seconds", seconds, unit="s")
    bench.figure("seconds", of="seconds", at=largest, unit="s")
    bench.figure(
        "memory_growth",
        of="memory_growth",
        at=largest,
        unit="MB",
        goal=at_most(_MOST_MEGABYTES),
    )


if __name__ == "__main__":
    sys.exit(main())
