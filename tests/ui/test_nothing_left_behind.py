"""The guard itself: what a careless test leaves is found and named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CARELESS = {
    "timers": """
def test_it(qtbot):
    global kept
    kept = QTimer(objectName="heartbeat")
    kept.start(500)
""",
    "threads": """
def test_it(qapp):
    threading.Thread(target=threading.Event().wait, name="poller", daemon=True).start()
""",
    "pool": """
def test_it(qapp):
    QThreadPool.globalInstance().start(functools.partial(threading.Event().wait, 4))
""",
}
CAREFUL = """
def test_windows_are_closed(qapp):
    window = QMainWindow()
    timer = QTimer(window)
    timer.start(500)
    window.show()

def test_nothing_remains(qapp):
    assert QApplication.topLevelWidgets() == []

def test_without_qt():
    assert QApplication.instance() is not None
"""
HEAD = """
import functools, threading
from PySide6.QtCore import QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
"""
NAMES = {"timers": "'heartbeat'", "threads": "poller", "pool": "QThreadPool"}


def run(folder: Path, checkout: Path, test: str) -> subprocess.CompletedProcess[str]:
    conftest = checkout / "tests" / "ui" / "conftest.py"
    (folder / "conftest.py").write_text(
        conftest.read_text(encoding="utf-8"), encoding="utf-8"
    )
    (folder / "test_it.py").write_text(HEAD + test, encoding="utf-8")
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:randomly",
            "-p",
            "no:cacheprovider",
        ],
        cwd=folder,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(("kind", "test"), CARELESS.items())
def test_what_is_left_fails_the_test_with_its_name(
    kind: str, test: str, tmp_path: Path, checkout: Path
) -> None:
    answer = run(tmp_path, checkout, test)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "left behind" in answer.stdout
    assert NAMES[kind] in answer.stdout


def test_windows_are_closed_for_whoever_forgot(tmp_path: Path, checkout: Path) -> None:
    answer = run(tmp_path, checkout, CAREFUL)
    assert answer.returncode == 0, answer.stdout + answer.stderr
