"""Bar 2: a matrix of 2,000 calls survives being killed, and asks nothing twice.

bench_matrix.py [--calls 2000] [--kills 10] [--seed 20]
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.harness import Bench, at_least, at_most, largest, say
from tests.bench.matrix_campaign import Campaign, Outcome

_MOST_MEGABYTES = 150


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
    return tell(*outcomes, kills=chosen.kills)


def tell(whole: Outcome, killed: Outcome, *, kills: int) -> int:
    """Print the figures, and in words what went wrong."""
    for line in (*whole.troubles, *killed.troubles, *whole.lost, *killed.lost):
        say(line)
    bench = Bench("matrix")
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
    return bench.finish()


if __name__ == "__main__":
    sys.exit(main())
