import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.evaluation.statistics import (
    detectable_difference,
    detectable_range,
    records_needed,
    records_needed_graded,
)


# The table of the project's evaluation notes, section 4.5, rounded there.
@pytest.mark.parametrize(
    ("gain", "discordant", "records"),
    [
        (0.10, 0.15, 115),
        (0.10, 0.25, 194),
        (0.05, 0.15, 469),
        (0.05, 0.25, 783),
        (0.03, 0.15, 1306),
        (0.02, 0.10, 1960),
    ],
)
def test_records_needed(gain: float, discordant: float, records: int) -> None:
    assert records_needed(gain, discordant) == pytest.approx(records, abs=1)


@pytest.mark.parametrize(
    ("n", "low", "high"),
    [
        (100, 10.7, 13.8),
        (200, 7.6, 9.8),
        (500, 4.8, 6.2),
        (1000, 3.4, 4.4),
        (2000, 2.4, 3.1),
    ],
)
def test_detectable_range(n: int, low: float, high: float) -> None:
    found = detectable_range(n)
    assert found.low is not None
    assert found.high is not None
    assert round(100 * found.low, 1) == low
    assert round(100 * found.high, 1) == high


def test_a_handful_of_records_shows_nothing() -> None:
    assert detectable_difference(10, 0.15) is None
    assert detectable_range(10).low is None


@given(st.integers(100, 5000), st.floats(0.1, 0.5))
def test_the_two_ways_round_agree(n: int, discordant: float) -> None:
    gain = detectable_difference(n, discordant)
    if gain is not None:
        assert records_needed(gain, discordant) == pytest.approx(n, abs=1)


@given(st.integers(100, 5000))
def test_more_records_show_smaller_differences(n: int) -> None:
    less, more = detectable_difference(n, 0.25), detectable_difference(2 * n, 0.25)
    assert less is not None
    assert more is not None
    assert more < less


def test_records_of_one_document_count_less() -> None:
    plain = records_needed(0.05, 0.25)
    grouped = records_needed(0.05, 0.25, records_per_group=4, icc=0.2)
    assert grouped == pytest.approx(1.6 * plain, abs=1)
    alone = detectable_difference(400, 0.25)
    together = detectable_difference(400, 0.25, records_per_group=4, icc=0.2)
    assert alone is not None
    assert together is not None
    assert together > alone


def test_graded_scores() -> None:
    assert records_needed_graded(0.05, 0.3) == 283
    assert records_needed_graded(0.05, 0.0) == 1


@pytest.mark.parametrize(("gain", "discordant"), [(0.0, 0.1), (0.2, 0.1), (0.5, 1.1)])
def test_refuses_impossible_gains(gain: float, discordant: float) -> None:
    with pytest.raises(ValueError, match="need 0 < gain"):
        records_needed(gain, discordant)


def test_refuses_impossible_sizes() -> None:
    with pytest.raises(ValueError, match="need n >= 1"):
        detectable_difference(0, 0.1)
    with pytest.raises(ValueError, match="need gain > 0"):
        records_needed_graded(0.0, 1.0)
