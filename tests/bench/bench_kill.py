"""Bar 4: whatever the window showed as saved survives the window.

bench_kill.py [--kills 30] [--seed 20] [--shortest 1] [--longest 34]
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.harness import Bench, at_least, at_most, largest, say
from tests.bench.kill_campaign import Campaign, Outcome

_MOST_SECONDS = 1200


def main() -> int:
    """Run the campaign and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--shortest", type=float, default=1.0)
    parser.add_argument("--longest", type=float, default=34.0)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="workbench-kill-") as folder:
        life = (chosen.shortest, chosen.longest)
        campaign = Campaign(Path(folder), chosen.seed, say, life=life)
        outcome = campaign.run(chosen.kills)
    return tell(outcome, chosen.kills)


def tell(outcome: Outcome, kills: int) -> int:
    """Print the figures, and in words what went wrong."""
    for line in (*outcome.losses, *outcome.troubles):
        say(line)
    bench = Bench("kill")
    for seconds in outcome.life_seconds:
        bench.record("life", seconds, unit="s")
    unfinished = outcome.runs - outcome.succeeded
    for name, value, goal in (
        ("kills", outcome.kills, at_least(kills)),
        ("shown_as_saved", outcome.promised, None),
        ("losses", len(outcome.losses), at_most(0)),
        ("lives_that_ended_by_themselves", len(outcome.troubles), at_most(0)),
        ("kills_during_training", outcome.trained_on, None),
        ("runs_found_again", outcome.found_again, at_least(1)),
        ("runs", outcome.runs, None),
        ("runs_without_adapter", unfinished, at_most(0)),
    ):
        bench.record(name, value, unit="1")
        bench.figure(name, of=name, at=largest, unit="1", goal=goal)
    bench.record("seconds", outcome.seconds, unit="s")
    bench.figure(
        "seconds", of="seconds", at=largest, unit="s", goal=at_most(_MOST_SECONDS)
    )
    return bench.finish()


if __name__ == "__main__":
    sys.exit(main())
