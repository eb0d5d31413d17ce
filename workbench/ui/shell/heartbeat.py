"""How late the window's thread answers: a timer that should fire every 5 ms.

The lateness of a beat is how long something else held the event loop. Moments that are
known and named (saving a picture) are left out between `pause` and `resume`.
"""

import json
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

INTERVAL_MS = 5


class Heartbeat(QObject):
    """Records how late every beat came, in milliseconds."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start beating."""
        super().__init__(parent)
        self._late: list[float] = []
        self._paused = 0
        self._expected = 0.0
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._start()

    @property
    def late_ms(self) -> tuple[float, ...]:
        """The lateness of every beat so far."""
        return tuple(self._late)

    def pause(self) -> None:
        """Leave out what comes until `resume`; pauses nest."""
        if not self._paused:
            self._note_overdue()
            self._timer.stop()
        self._paused += 1

    def resume(self) -> None:
        """Beat again."""
        self._paused = max(0, self._paused - 1)
        if not self._paused:
            self._start()

    def stop(self) -> None:
        """Beat no more."""
        self._note_overdue()
        self._timer.stop()

    def write(self, file: Path) -> None:
        """Write all samples as JSON."""
        rounded = [round(late, 3) for late in self._late]
        text = json.dumps(
            {"interval_ms": INTERVAL_MS, "late_ms": rounded}, ensure_ascii=False
        )
        file.write_text(text, encoding="utf-8")

    def _start(self) -> None:
        self._expected = time.perf_counter() + INTERVAL_MS / 1000
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self._late.append(max(0.0, (now - self._expected) * 1000))
        self._expected = now + INTERVAL_MS / 1000

    def _note_overdue(self) -> None:
        """Count a beat that is due but has not come: it is late already."""
        if self._timer.isActive() and time.perf_counter() > self._expected:
            self._beat()
