import sys

import pytest

from workbench.__main__ import main
from workbench.app.cli.doctor import _aws, qt_problem
from workbench.app.places import user_places
from workbench.services.preferences import PreferencesService


def test_a_missing_system_library_is_named() -> None:
    words = "ImportError: libEGL.so.1: cannot open shared object file: No such file"
    assert "libEGL.so.1 is missing" in qt_problem(words)
    assert "not installed" in qt_problem("No module named 'PySide6'")
    assert qt_problem("odd") == "does not start: odd"


def test_without_qt_one_sentence_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["workbench"])
    monkeypatch.delitem(sys.modules, "workbench.app.window", raising=False)
    monkeypatch.setitem(sys.modules, "PySide6", None)
    monkeypatch.setitem(sys.modules, "PySide6.QtCore", None)
    assert main() == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "doctor" in said


def test_aws_is_told_without_asking_when_nobody_chose_it() -> None:
    found = _aws()
    assert found.ok
    assert "not connected" in found.text


def test_practice_is_told_as_what_it_is() -> None:
    keep(practice="on", aws="on", aws_profile="support")
    assert "SANDBOX" in _aws().text


def test_a_profile_that_is_not_there_is_told_with_its_mend() -> None:
    keep(aws="on", aws_profile="support")
    found = _aws()
    assert not found.ok
    assert "profile support: incomplete" in found.text
    assert "aws configure --profile support" in found.text


def keep(**fields: str) -> None:
    path = user_places().config / "preferences.json"
    PreferencesService(path).change(**fields)
