"""What happens with our own bugs: recorded, shown once each, never sent.

An uncaught exception of any thread, and what Qt complains about, is written to a log in
the data folder; an exception is shown in a report dialog, once per place it came from.
A crash of the interpreter itself cannot show anything any more: `faulthandler` writes
it to a file, which is shown at the next start.
"""

import datetime
import faulthandler
import hashlib
import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

from workbench.ui.shell.redaction import redact

_FAULTS = "faults.txt"
_LOG = "errors.txt"
_LARGEST_LOG = 1_000_000
_log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashRecorder(QObject):
    """Owner of the hooks."""

    happened = Signal(str)  # the redacted report, on the main thread

    _recorded = Signal(str)

    def __init__(self, folder: Path) -> None:
        """Write into this folder; nothing is hooked before `install`."""
        super().__init__()
        self._folder = folder
        self._seen: set[str] = set()
        # Two threads may fail at the same moment; each report is told once.
        self._lock = threading.Lock()
        self._fault_file = (folder / _FAULTS).open("a", encoding="utf-8")
        self._old_hook = sys.excepthook
        self._old_thread_hook = threading.excepthook
        self._recorded.connect(self.happened, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Hook everything that ends in silence or in a crash otherwise."""
        faulthandler.enable(self._fault_file)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(_on_qt_message)

    def uninstall(self) -> None:
        """Unhook, as the window has closed in order."""
        qInstallMessageHandler(None)
        sys.excepthook = self._old_hook
        threading.excepthook = self._old_thread_hook
        faulthandler.disable()
        self._fault_file.close()

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._old_hook(kind, error, trace)
            return
        self.record("".join(traceback.format_exception(kind, error, trace)))

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)

    def record(self, report: str) -> None:
        """Write a traceback down, and tell it when it is a new one."""
        if sys.__stderr__ is not None:
            sys.__stderr__.write(report)
        safe = redact(report)
        place = "\n".join(line for line in safe.splitlines() if "File " in line)
        key = hashlib.sha256(place.encode("utf-8")).hexdigest()
        with self._lock:
            is_new = key not in self._seen
            self._seen.add(key)
        _append(self._folder / _LOG, safe)
        if is_new:
            self._recorded.emit(safe)


def take_last_fault(folder: Path) -> str:
    """Return what the crash before this start left, and put it away."""
    file = folder / _FAULTS
    try:
        text = file.read_text(encoding="utf-8", errors="replace").strip()
        if text:
            file.replace(folder / f"last-{_FAULTS}")
    except OSError:
        return ""
    return redact(text)


def _append(file: Path, report: str) -> None:
    """Add a report to the log, which starts anew when it has grown too large."""
    stamp = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    try:
        is_large = file.exists() and file.stat().st_size > _LARGEST_LOG
        with file.open("w" if is_large else "a", encoding="utf-8") as log:
            log.write(f"{stamp}\n{report}\n")
    except OSError:
        _log.warning("the error log cannot be written", exc_info=True)


def _on_qt_message(
    kind: QtMsgType, context: QMessageLogContext, message: str | None
) -> None:
    del context
    logging.getLogger("qt").log(_LEVELS[kind], "%s", message)
