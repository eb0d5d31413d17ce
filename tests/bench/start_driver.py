"""Starts the real window and prints how long it took until it could be used.

    start_driver.py BORN TEXT [WINDOW ARGUMENTS…]

BORN is the moment before this process was made, by the monotonic clock that all
processes share; TEXT is what the project's prompt says. Usable means: the editor with
that text has been painted, and a key pressed in it has been painted too.
"""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from workbench.app.window import Program

_LOOK_MS = 2
_HEAVY = ("torch", "transformers", "scipy", "numpy", "boto3", "sqlite_utils")
_MARK = "~"


class Probe(QObject):
    """Looks for the text, then watches the paint events of its editor only."""

    def __init__(self, program: Program, born: float, text: str) -> None:
        super().__init__()
        self._program = program
        self._born = born
        self._text = text
        self._editor: QPlainTextEdit | None = None
        self._is_typed = False
        self.times: dict[str, float] = {}
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        for editor in self._program.window.findChildren(QPlainTextEdit):
            if editor.isVisible() and editor.toPlainText() == self._text:
                self._timer.stop()
                self._editor = editor
                editor.viewport().installEventFilter(self)
                # It may have been painted already: ask for one that is surely seen.
                editor.viewport().update()
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            # Zero: as soon as this paint, and what was queued before it, is done.
            QTimer.singleShot(0, self._on_painted)
        return super().eventFilter(watched, event)

    def _on_painted(self) -> None:
        editor = self._editor
        if editor is None or "usable" in self.times:
            return
        if not self._is_typed:
            self._note("painted")
            self._is_typed = True
            _press(editor, Qt.Key.Key_AsciiTilde, _MARK)
        elif _MARK in editor.toPlainText():
            self._note("usable")
            # The prompt is as it was: the next start finds the same text.
            _press(editor, Qt.Key.Key_Backspace, "\b")
            QTimer.singleShot(0, self._program.window.close)

    def _note(self, what: str) -> None:
        self.times[what] = time.monotonic() - self._born


def _press(editor: QPlainTextEdit, key: Qt.Key, text: str) -> None:
    none = Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(editor, QKeyEvent(kind, key, none, text))


def main() -> int:
    born, text = float(sys.argv[1]), sys.argv[2]
    started = time.monotonic() - born
    program = Program(sys.argv[3:])
    probe = Probe(program, born, text)
    probe.times |= {"imported": started, "built": time.monotonic() - born}
    code = program.run()
    heavy = [name for name in _HEAVY if name in sys.modules]
    print(json.dumps({"times": probe.times, "heavy": heavy}), flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
