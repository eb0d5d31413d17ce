"""The configuration is read strictly; ids are hashed the same everywhere."""

from pathlib import Path
from typing import Any

import pytest

from tests.worker.helpers import make_run, settings
from workbench.worker.protocol import RunConfig, hash_ids


def test_a_configuration_survives_the_round_trip(tmp_path: Path) -> None:
    value = make_run(tmp_path, tmp_path, [])

    assert RunConfig.from_json(value).to_json() == value


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": 99}, "newer"),
        ({"extra": 1}, "unknown: extra"),
        ({"run_id": 5}, "run_id"),
        ({"settings": settings(rank="16")}, "rank"),
        ({"settings": {}}, "settings: missing"),
        ({"data": None}, "data: expected"),
    ],
)
def test_a_wrong_configuration_is_refused(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    value = make_run(tmp_path, tmp_path, []) | change

    with pytest.raises(ValueError, match=message):
        RunConfig.from_json(value)


def test_ids_are_hashed_as_32_bit_numbers() -> None:
    assert hash_ids([1, 256]) == hash_ids(iter([1, 256]))
    assert hash_ids([1]) == (
        "67abdd721024f0ff4e0b3f4c2fc13bc5bad42d0b7851d456d88d203d15aaa450"
    )
