"""Three kills out of the campaign of `tests/bench/bench_kill.py`."""

from pathlib import Path

import pytest

from tests.bench.kill_campaign import Campaign
from tests.bench.kill_journal import Journal

KILLS, SEED = 3, 20


@pytest.mark.usefixtures("worker")
def test_what_was_shown_as_saved_survives_three_kills(tmp_path: Path) -> None:
    said: list[str] = []
    campaign = Campaign(tmp_path, SEED, said.append, life=(0, 0.5), lines=(8, 13))
    outcome = campaign.run(KILLS)
    assert outcome.losses == []
    assert outcome.troubles == []
    assert outcome.kills == KILLS
    assert outcome.promised > 3 * KILLS, said
    assert outcome.runs > 0
    assert outcome.found_again > 0
    assert outcome.succeeded == outcome.runs


def test_half_a_line_of_the_journal_promises_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    journal = Journal(path)
    journal.show("rating", "a", value=1)
    journal.intend("rating", "a", value=0)
    with path.open("ab") as file:
        file.write(b'{"show": ["rating", "a"], "val')
    (promise,) = journal.promises().values()
    assert promise.is_shown
    assert [promise.allows(value) for value in (1, 0, -1)] == [True, True, False]
