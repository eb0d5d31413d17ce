"""The stage of the other pages, with a project that can be closed and opened again."""

import gc
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from tests.fakes import make_bench
from tests.ui.tune.stage import Stage, find
from workbench.domain.generation import GenerationRequest
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.trials import Trial, TrialFilter
from workbench.ui.shell.bridge import Bridge
from workbench.ui.shell.context import Context
from workbench.ui.shell.page import Page

if TYPE_CHECKING:
    import weakref

P = TypeVar("P", bound=Page)
CONTROL = Qt.KeyboardModifier.ControlModifier


class Desk(Stage):
    """A stage on which somebody types."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._folder = folder

    def reopen(self) -> None:
        """End the program and start it again on the same project."""
        path = self.services.projects.path()
        self.bench.generator.gate.set()
        self.bridge.close()
        self.services.close()
        self.bench = make_bench(self._folder)
        self.services = self.bench.services
        self.services.projects.open(path)
        self.bridge = Bridge(self.services)
        self.bridge.failed.connect(self.host.show_error)
        self.context = Context(self.services, self.bridge, self.theme, self.host)

    def answers(self, *texts: str) -> None:
        """Let the model give these answers, the last one again and again."""
        left = list(texts)

        def answer(_: GenerationRequest) -> str:
            return left.pop(0) if len(left) > 1 else left[0]

        self.bench.generator.answer = answer

    def tried(self, *tickets: str) -> list[int]:
        """Run tickets without a window; return the trials."""
        spec = self.services.lab.draft().spec
        made = [
            self.services.lab.run(spec, {"ticket": text}, BUILTIN_MODEL)
            for text in tickets
        ]
        for started in made:
            started.job.future.result(10)
        return [started.trial_id for started in made]

    def trials(self) -> list[Trial]:
        """Return the trials as they are kept, oldest first."""
        data = self.services.data
        return list(data.trials(data.trial_ids(TrialFilter(order="oldest"))))

    def open_page(self, kind: type[P]) -> P:
        """Show a page and give it the keyboard."""
        page = self.show(kind)
        page.activateWindow()
        QTest.qWaitForWindowActive(page)
        return page


def desks(folder: Path) -> Iterator[Desk]:
    """Give a desk and close it; the body of a fixture."""
    made = Desk(folder)
    yield made
    made.close()


def wait(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        QTest.qWait(10)


def key(code: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press a key where the keyboard is."""
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the keyboard"
    QTest.keyClick(target, code, modifier or Qt.KeyboardModifier.NoModifier)


def type_into(root: QWidget, name: str, text: str) -> QPlainTextEdit:
    """Replace the text of a field as a person would."""
    field = find(root, name, QPlainTextEdit)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, CONTROL)
    QTest.keyClicks(field, text)
    return field


def gone(root: "weakref.ref[P]") -> bool:
    """Tell whether nothing holds a closed page any more."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    return root() is None
