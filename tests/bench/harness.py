"""Record raw samples and print figures computed from them.

A bench is a script `tests/bench/bench_NAME.py`:

    bench = Bench("start")
    bench.record("first_paint", seconds, unit="s")          # once per repetition
    bench.figure("first_paint_p95", of="first_paint", at=quantile(0.95), unit="s",
                 goal=at_most(0.8))
    bench.finish()

Every sample goes to `build/bench/NAME.jsonl` as it is taken, and `figure` computes from
that file: a number nobody measured cannot be printed. Nothing is excluded unless
`record(..., excluded="why")` names the reason; excluded samples stay in the file. A
figure without samples is printed with value null and `"holds": null`.
"""

import json
import math
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "build" / "bench"

Statistic = Callable[[Sequence[float]], float]


@dataclass(frozen=True)
class Goal:
    """A bound a figure must keep; its text is what the output shows."""

    text: str
    keeps: Callable[[float], bool]


def at_most(bound: float) -> Goal:
    """A figure that must not be larger."""
    return Goal(f"<= {bound:g}", lambda value: value <= bound)


def at_least(bound: float) -> Goal:
    """A figure that must not be smaller."""
    return Goal(f">= {bound:g}", lambda value: value >= bound)


def quantile(part: float) -> Statistic:
    """The smallest sample that at least this part of all samples does not exceed.

    No interpolation: the figure is a value that was really measured.
    """

    def compute(samples: Sequence[float]) -> float:
        ordered = sorted(samples)
        return ordered[max(math.ceil(part * len(ordered)) - 1, 0)]

    return compute


median: Statistic = statistics.median
mean: Statistic = statistics.fmean
largest: Statistic = max


@dataclass(frozen=True)
class Sample:
    """One measurement as it lies in the file."""

    series: str
    value: float
    unit: str
    excluded: str | None = None


@dataclass(frozen=True)
class Figure:
    """One line of output."""

    bench: str
    figure: str
    value: float | None
    unit: str
    n: int
    goal: str | None
    holds: bool | None


class Bench:
    """The samples of one bench and the figures computed from them."""

    def __init__(self, name: str, folder: Path = FOLDER) -> None:
        self.name = name
        self.path = folder / f"{name}.jsonl"
        self.figures: list[Figure] = []
        folder.mkdir(parents=True, exist_ok=True)
        self.path.write_text("", encoding="utf-8")

    def record(
        self, series: str, value: float, *, unit: str, excluded: str | None = None
    ) -> None:
        """Append one raw sample to the file."""
        sample = Sample(series, value, unit, excluded)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(sample), ensure_ascii=False) + "\n")

    def samples(self, series: str, unit: str) -> list[float]:
        """Read the samples of a series back from the file.

        Raises:
            ValueError: when they were recorded in another unit.
        """
        lines = self.path.read_text(encoding="utf-8").splitlines()
        found = [Sample(**json.loads(line)) for line in lines]
        mine = [sample for sample in found if sample.series == series]
        others = {sample.unit for sample in mine} - {unit}
        if others:
            raise ValueError(f"{series} was recorded in {others}, not in {unit}")
        return [sample.value for sample in mine if sample.excluded is None]

    def figure(
        self,
        name: str,
        *,
        of: str,
        at: Statistic,
        unit: str,
        goal: Goal | None = None,
    ) -> Figure:
        """Compute one figure from the raw samples and print it."""
        samples = self.samples(of, unit)
        value = at(samples) if samples else None
        holds = goal.keeps(value) if goal and value is not None else None
        text = goal.text if goal else None
        figure = Figure(self.name, name, value, unit, len(samples), text, holds)
        print(json.dumps(asdict(figure), ensure_ascii=False), flush=True)
        self.figures.append(figure)
        return figure

    def finish(self) -> int:
        """Return the exit code: 1 when a goal is missed, or could not be checked."""
        return int(
            any(figure.goal is not None and not figure.holds for figure in self.figures)
        )


def say(text: str) -> None:
    """Print progress where it does not mix with the figures."""
    print(text, file=sys.stderr, flush=True)
