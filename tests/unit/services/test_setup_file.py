"""Set-up files: what they set, and that none with a secret is taken."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.fakes import Bench
from tests.outside import US_HAIKU
from workbench.domain.errors import InputError
from workbench.domain.spending import Caps
from workbench.domain.task import TaskCard, TaskKind
from workbench.services.setup_file import SetUp, parse_set_up, read_set_up

WHOLE = {
    "workbench_setup": 1,
    "name": "Support team",
    "profile": "support",
    "region": "ap-northeast-1",
    "models": [US_HAIKU, "arn:aws:bedrock:us-east-1:123456789012:imported-model/a1b2"],
    "daily_cap_usd": "5.00",
    "task": {"kind": "label", "labels": ["ACC", "BIL"], "longest_answer": 16},
}


def written(folder: Path, fields: object) -> Path:
    path = folder / "team.workbench-setup"
    path.write_text(json.dumps(fields), encoding="utf-8")
    return path


def code_of(text: str) -> str:
    with pytest.raises(InputError) as refused:
        parse_set_up(text, "team.workbench-setup")
    return refused.value.code


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    read = read_set_up(written(tmp_path, WHOLE))

    assert (read.profile, read.region) == ("support", "ap-northeast-1")
    assert read.models[0] == US_HAIKU
    assert str(read.daily_cap) == "5.00"
    assert read.task is not None
    assert read.task.kind is TaskKind.LABEL
    assert read.task.labels == ("ACC", "BIL")


def test_reading_sets_nothing_and_setting_sets_all(
    bench: Bench, tmp_path: Path
) -> None:
    setup, preferences = bench.services.setup, bench.services.preferences
    before = preferences.current
    read = setup.read(written(tmp_path, WHOLE))
    assert preferences.current == before
    job = setup.set(read)
    assert job is not None
    identity = job.future.result(5)

    assert identity is not None
    assert identity.profile == "support"
    assert f"bedrock|{US_HAIKU}" in preferences.current.favourite_models
    assert bench.services.projects.card().labels == ("ACC", "BIL")
    assert bench.services.spending.caps().day == read.daily_cap


def test_the_cap_holds_for_projects_that_have_none_of_their_own(
    bench: Bench, tmp_path: Path
) -> None:
    services = bench.services
    services.setup.set(SetUp(daily_cap=Decimal("5.00")))
    services.spending.set_caps(Caps(day=Decimal(2)))
    first = services.projects.path()
    services.projects.create(tmp_path / "second", "Second", TaskCard())
    assert services.spending.caps().day == Decimal("5.00")

    services.projects.open(first)
    assert services.spending.caps().day == Decimal(2)


def test_a_file_without_a_profile_asks_nobody(bench: Bench) -> None:
    assert bench.services.setup.set(SetUp(models=(US_HAIKU,))) is None
    assert not bench.aws.probed


@pytest.mark.parametrize(
    "secret",
    [
        {"profile": "AKIA" + "IOSFODNN7EXAMPLE"},
        {"aws_secret_access_key": "x"},
        {"name": "sk-proj-" + "abcdefghijklmnopqrst"},
        {"name": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"},
        {"task": {"description": "Bearer abcdef0123456789"}},
        {"name": "https://mika" + ":hunter2@example.com"},
        {"apiKey": ""},
        {"Password": "x"},
    ],
    ids=str,
)
def test_what_looks_like_a_secret_is_refused_and_not_repeated(
    secret: dict[str, object],
) -> None:
    text = json.dumps({**WHOLE, **secret})
    with pytest.raises(InputError) as refused:
        parse_set_up(text, "team.workbench-setup")

    assert refused.value.code == "setup.secret"
    for value in secret.values():
        assert not value or str(value) not in refused.value.sentence


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "setup.not_one"),
        ({"workbench_setup": 2}, "setup.newer"),
        ({"workbench_setup": 1, "region": "Tokyo"}, "setup.invalid"),
        ({"workbench_setup": 1, "models": ["a b"]}, "setup.invalid"),
        ({"workbench_setup": 1, "daily_cap_usd": "-1"}, "setup.invalid"),
        ({"workbench_setup": 1, "task": {"kind": "poem"}}, "setup.invalid"),
        ({"workbench_setup": 1, "unheard_of": 1}, "setup.invalid"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(fields: dict[str, object], code: str) -> None:
    assert code_of(json.dumps(fields)) == code


def test_other_files_are_none(tmp_path: Path) -> None:
    path = tmp_path / "picture.workbench-setup"
    path.write_bytes(b"\x89PNG" + bytes(range(256)))
    with pytest.raises(InputError) as refused:
        read_set_up(path)
    assert refused.value.code == "setup.not_one"
    assert code_of("no JSON") == "setup.invalid"
