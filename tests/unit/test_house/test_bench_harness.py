import json
from pathlib import Path

import pytest

from tests.bench.harness import (
    Bench,
    at_least,
    at_most,
    largest,
    mean,
    median,
    quantile,
)

KEYS = ["bench", "figure", "value", "unit", "n", "goal", "holds"]


def recorded(folder: Path, *values: float) -> Bench:
    bench = Bench("start", folder)
    for value in values:
        bench.record("paint", value, unit="s")
    return bench


def test_a_figure_is_one_line_computed_from_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = recorded(tmp_path, 0.5, 0.7, 0.6)
    bench.figure("paint_median", of="paint", at=median, unit="s", goal=at_most(0.8))
    line = json.loads(capsys.readouterr().out)
    assert list(line) == KEYS
    assert line == {
        "bench": "start",
        "figure": "paint_median",
        "value": 0.6,
        "unit": "s",
        "n": 3,
        "goal": "<= 0.8",
        "holds": True,
    }
    raw = (tmp_path / "start.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["value"] for line in raw] == [0.5, 0.7, 0.6]
    assert bench.finish() == 0


def test_a_missing_input_holds_nothing_and_fails(tmp_path: Path) -> None:
    bench = Bench("start", tmp_path)
    figure = bench.figure("p", of="paint", at=mean, unit="s", goal=at_most(1))
    assert (figure.value, figure.holds, figure.n) == (None, None, 0)
    assert bench.finish() == 1


def test_a_missed_goal_fails(tmp_path: Path) -> None:
    bench = recorded(tmp_path, 1.0, 3.0)
    assert bench.figure("m", of="paint", at=mean, unit="s", goal=at_least(2)).holds
    assert not bench.figure(
        "m", of="paint", at=largest, unit="s", goal=at_most(2)
    ).holds
    assert bench.finish() == 1


def test_a_figure_without_a_goal_does_not_judge(tmp_path: Path) -> None:
    bench = recorded(tmp_path, 1.0)
    assert bench.figure("m", of="paint", at=mean, unit="s").holds is None
    assert bench.finish() == 0


def test_what_is_excluded_is_named_and_stays_in_the_file(tmp_path: Path) -> None:
    bench = recorded(tmp_path, 1.0)
    bench.record("paint", 9.0, unit="s", excluded="a picture was being saved")
    assert bench.figure("m", of="paint", at=largest, unit="s").value == 1.0
    assert "a picture was being saved" in bench.path.read_text(encoding="utf-8")


def test_units_are_not_mixed(tmp_path: Path) -> None:
    bench = recorded(tmp_path, 1.0)
    with pytest.raises(ValueError, match="not in ms"):
        bench.figure("m", of="paint", at=mean, unit="ms")


@pytest.mark.parametrize(
    ("part", "value"), [(0.5, 50), (0.95, 95), (0.999, 100), (1.0, 100), (0.0, 1)]
)
def test_a_quantile_is_a_value_that_was_measured(part: float, value: float) -> None:
    assert quantile(part)([float(n) for n in range(100, 0, -1)]) == value
