import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qWarning
from pytestqt.qtbot import QtBot

from workbench.app.crash import CrashRecorder, take_last_fault


@pytest.fixture
def recorder(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CrashRecorder]:
    # The test's own hooks come back when the recorder lets go.
    made = CrashRecorder(tmp_path)
    made.install()
    yield made
    made.uninstall()


def fail(text: str = " from Mrs ".join(("Order 2957", "Smith"))) -> None:
    raise ValueError(text)


@pytest.mark.qt_no_exception_capture
def test_failing_slot_is_recorded_and_told(
    recorder: CrashRecorder, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(recorder.happened) as caught:
        QTimer.singleShot(0, fail)
    assert "in fail" in caught.args[0]
    assert "Smith" not in caught.args[0]
    log = (tmp_path / "errors.txt").read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "Smith" not in log


@pytest.mark.qt_no_exception_capture
def test_failing_thread_is_told_on_the_main_thread(
    recorder: CrashRecorder, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(recorder.happened) as caught:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    assert "in fail" in caught.args[0]


@pytest.mark.qt_no_exception_capture
def test_same_place_is_told_once(recorder: CrashRecorder, qtbot: QtBot) -> None:
    told: list[str] = []
    recorder.happened.connect(told.append)
    for _ in range(3):
        QTimer.singleShot(0, fail)
    qtbot.wait(50)
    assert len(told) == 1


def test_words_of_qt_are_logged(
    recorder: CrashRecorder, caplog: pytest.LogCaptureFixture
) -> None:
    qWarning("something about layouts")
    assert "something about layouts" in caplog.text


def test_crash_is_found_at_the_next_start(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from PySide6.QtCore import "
        "QCoreApplication; from workbench.app.crash import CrashRecorder;"
        "app = QCoreApplication([]); r = CrashRecorder(Path(sys.argv[1])); r.install();"
        "import faulthandler; faulthandler._sigsegv()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=Path(__file__).parents[3],
        check=False,
        capture_output=True,
    )
    assert done.returncode != 0
    assert "Fatal Python error" in take_last_fault(tmp_path)
    assert take_last_fault(tmp_path) == ""


def test_nothing_happened_is_nothing(tmp_path: Path) -> None:
    assert take_last_fault(tmp_path) == ""
