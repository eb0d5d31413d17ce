"""Two kills out of the campaign of `tests/bench/bench_matrix.py`."""

from pathlib import Path

from tests.bench.matrix_campaign import Campaign

CALLS, KILLS, SEED = 60, 2, 20


def test_a_killed_matrix_asks_only_for_what_is_missing(tmp_path: Path) -> None:
    said: list[str] = []
    # Slow enough that a kill always finds calls in flight.
    outcome = Campaign(tmp_path, CALLS, SEED, said.append).run(KILLS, latency=0.3)
    assert outcome.troubles == []
    assert outcome.lost == []
    assert outcome.repeated == 0
    assert (outcome.calls, outcome.kills) == (CALLS, KILLS), said
    assert outcome.requests == CALLS + outcome.again
