import sys

import pytest

from workbench.__main__ import main
from workbench.app.cli.doctor import qt_problem


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
