"""Bars 1 and 3: the tour in time, convincing, and with a window that always answers.

    bench_tour.py [--out DIR] [--seed 20] [--repeat]

--repeat drives a second tour with the same seed and compares all answers of both.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.harness import ROOT, Bench, Goal, at_least, at_most, largest, say
from tests.e2e.projects import services_in
from workbench.domain.trials import TrialFilter

_MOST_SECONDS = 1800
_ABOVE_ZERO = Goal("> 0", lambda value: value > 0)
_FIGURES: tuple[tuple[str, str, str, Goal | None], ...] = (
    ("seconds", "seconds.total", "s", at_most(360)),
    ("ok", "ok", "1", at_least(1)),
    ("test_records", "records.test", "1", at_least(160)),
    ("exact_match_base", "exact_match.base", "1", None),
    ("exact_match_few_shot", "exact_match.few_shot", "1", None),
    ("exact_match_tuned", "exact_match.tuned", "1", None),
    ("exact_match_difference", "exact_match.difference", "1", None),
    ("exact_match_interval_low", "exact_match.low", "1", _ABOVE_ZERO),
    ("output_tokens_change", "output_tokens.change", "1", at_most(-0.30)),
    ("event_loop_p999_ms", "event_loop.p999_ms", "ms", at_most(33)),
    ("event_loop_max_ms", "event_loop.max_ms", "ms", at_most(100)),
)


def main() -> int:
    """Drive one tour or two and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench" / "tour")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--repeat", action="store_true")
    chosen = parser.parse_args()
    bench = Bench("tour")
    first = chosen.out / "first"
    report = drive(first, chosen.seed)
    for stage, seconds in (report.get("seconds") or {}).items():
        say(f"{stage:>10}: {seconds} s")
    for name, path, unit, goal in _FIGURES:
        value = find(report, path)
        if value is not None:
            bench.record(name, value, unit=unit)
        bench.figure(name, of=name, at=largest, unit=unit, goal=goal)
    if chosen.repeat:
        second = chosen.out / "second"
        drive(second, chosen.seed)
        for name, value in compared(answers(first), answers(second)).items():
            bench.record(name, value, unit="1")
        goal = at_most(0)
        bench.figure("answers_compared", of="answers", at=largest, unit="1")
        bench.figure(
            "answers_that_differ", of="different", at=largest, unit="1", goal=goal
        )
    return bench.finish()


def drive(out: Path, seed: int) -> dict[str, Any]:
    """Run the tour as a person would, and return what it wrote."""
    out.mkdir(parents=True, exist_ok=True)
    # The result of an earlier tour must not pass for this one's.
    result = out / "tour.json"
    result.unlink(missing_ok=True)
    command = [sys.executable, "-m", "workbench", "tour"]
    code = subprocess.run(
        [*command, "--out", str(out), "--seed", str(seed)],
        cwd=ROOT,
        stdout=sys.stderr,
        timeout=_MOST_SECONDS,
        check=False,
    ).returncode
    say(f"the tour ended with code {code}")
    if not result.exists():
        return {}
    value: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    if "error" in value:
        say(f"it failed: {value['error']}")
    return value


def find(report: dict[str, Any], path: str) -> float | None:
    """Return a number of the report by its dotted path, None when there is none."""
    value: Any = report
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return None if value is None else float(value)


def answers(out: Path) -> list[tuple[str, str, str]]:
    """Return every trial of a tour's project: input, model, answer; oldest first."""
    home = out / "home"
    services = services_in(home)
    try:
        services.projects.open(services.projects.sample_path())
        ids = services.data.trial_ids(TrialFilter(purpose=None, order="oldest"))
        return [
            (trial.input_text, _model(trial.model.adapter_ulid), trial.outcome.output)
            for trial in services.data.trials(ids)
        ]
    finally:
        services.close()


def _model(adapter_ulid: str) -> str:
    """Name a model without the adapter's identity, which is new in each tour."""
    return "tuned" if adapter_ulid else "base"


def compared(
    first: list[tuple[str, str, str]], second: list[tuple[str, str, str]]
) -> dict[str, float]:
    """Count the answers of both tours, and those that are not the same.

    By what was asked, as the order of a comparison's cells is nobody's promise.
    """
    one, two = sorted(first), sorted(second)
    different = sum(a != b for a, b in zip(one, two, strict=False))
    different += abs(len(one) - len(two))
    return {"answers": max(len(one), len(two)), "different": different}


if __name__ == "__main__":
    sys.exit(main())
