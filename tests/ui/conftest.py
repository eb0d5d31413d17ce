"""What tests with Qt share: one application, and nothing left behind.

A widget, thread or timer that outlives its test crashes or slows a later one, far from
the cause; here the test that left it fails, with its name.
"""

import gc
import os
import threading
from collections.abc import Iterator

# Before the first import of Qt: it reads the platform's name when it starts.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget

USES_QT = frozenset({"qapp", "qtbot", "qtlog"})
SECONDS_TO_END = 2.0
MILLISECONDS_TO_END = 2000


def flush() -> None:
    """Deliver what `deleteLater` asked for, which `processEvents` does not."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()


def close_all_windows() -> list[str]:
    """Close and delete every top-level widget; name those that stayed."""
    for widget in QApplication.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    flush()
    gc.collect()
    flush()
    return [describe(widget) for widget in QApplication.topLevelWidgets()]


def describe(thing: QObject) -> str:
    """Name an object so that its owner can be found."""
    parent = thing.parent()
    owner = f" of {type(parent).__name__}" if parent else ""
    text = f"{type(thing).__name__} {thing.objectName()!r}{owner}"
    if isinstance(thing, QWidget) and thing.windowTitle():
        text += f" titled {thing.windowTitle()!r}"
    return text


def active_timers() -> list[str]:
    """Name the timers that still run, wherever they hang."""
    return [
        f"{describe(timer)} every {timer.interval()} ms"
        for timer in gc.get_objects()
        # By type, as asking some lazy objects for their class wakes them.
        if issubclass(type(timer), QTimer) and is_alive(timer) and timer.isActive()
    ]


def is_alive(thing: QObject) -> bool:
    """Tell whether the C++ half of an object still exists."""
    import shiboken6

    return bool(shiboken6.isValid(thing))


def wait_for_threads(known: set[threading.Thread]) -> list[str]:
    """Give new threads a moment to end; name those that do not."""
    for thread in set(threading.enumerate()) - known:
        thread.join(SECONDS_TO_END)
    return [
        thread.name
        for thread in set(threading.enumerate()) - known
        # Qt's own threads show up as dummies once they called into Python.
        if not isinstance(thread, threading._DummyThread)
    ]


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close all windows after a test with Qt, and fail it for what it left."""
    if not USES_QT & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("qapp")
    threads = set(threading.enumerate())
    yield
    left = {
        "windows": close_all_windows(),
        "timers": active_timers(),
        "threads": wait_for_threads(threads),
    }
    if not QThreadPool.globalInstance().waitForDone(MILLISECONDS_TO_END):
        left["pool"] = ["the global QThreadPool still works"]
    left = {kind: names for kind, names in left.items() if names}
    assert not left, f"left behind: {left}"
