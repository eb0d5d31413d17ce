import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.evaluation.histogram import (
    Bins,
    counts,
    rows_in,
    shared_bins,
    summary,
)

SERIES = st.lists(st.lists(st.integers(0, 100_000), max_size=40), max_size=3)


@given(SERIES, st.integers(1, 50), st.booleans())
def test_every_value_is_in_one_bin(
    series: list[list[int]], max_bins: int, log2: bool
) -> None:
    bins = shared_bins(series, max_bins, log2=log2)
    assert list(bins.edges) == sorted(set(bins.edges))
    if not log2:
        assert len(bins) <= max_bins + 1
    for values in series:
        assert sum(counts(values, bins)) == len(values)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=60), st.data())
def test_dragging_over_bins_finds_their_rows(
    values: list[int], data: st.DataObject
) -> None:
    bins = shared_bins([values])
    first = data.draw(st.integers(0, len(bins) - 1))
    last = data.draw(st.integers(first, len(bins) - 1))
    rows = rows_in(values, bins, first, last)
    assert len(rows) == sum(counts(values, bins)[first : last + 1])
    low, high = bins.span(first, last)
    assert all(low <= values[i] <= high for i in rows)


def test_bins_have_round_widths() -> None:
    assert shared_bins([[3, 17], [28]], 30).edges == tuple(range(3, 30))
    assert shared_bins([[0, 100]], 30).edges == tuple(range(0, 106, 5))
    assert shared_bins([[103, 2100]], 10).edges == (0, 500, 1000, 1500, 2000, 2500)


def test_log2_bins_double() -> None:
    bins = shared_bins([[0, 1, 9]], log2=True)
    assert bins == Bins((0, 1, 2, 4, 8, 16), log2=True)
    assert counts([0, 1, 2, 3, 8, 15], bins) == (1, 1, 2, 0, 2)
    assert bins.span(2, 3) == (2, 7)


def test_no_values_still_give_a_bin() -> None:
    assert len(shared_bins([])) == 1
    assert len(shared_bins([[], []], log2=True)) == 1


def test_values_outside_and_missing_rows() -> None:
    bins = Bins((10, 20, 30))
    assert counts([9, 10, 29, 30], bins) == (1, 1)
    assert bins.index(9) is None
    assert rows_in([None, 12, 25, None], bins, 0, 0) == (1,)


def test_summary() -> None:
    found = summary([1, 2, 3, 4, 100])
    assert found is not None
    assert (found.n, found.total, found.mean) == (5, 110, 22.0)
    assert (found.p50, found.minimum, found.maximum) == (3.0, 1, 100)
    assert found.p95 == pytest.approx(80.8)
    assert summary([]) is None


def test_refuses_what_no_histogram_can_show() -> None:
    with pytest.raises(ValueError, match="negative"):
        shared_bins([[-1]])
    with pytest.raises(ValueError, match="max_bins"):
        shared_bins([[1]], 0)
