"""A page over real services and a real project; model and trainer are stand-ins."""

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, Qt, QTranslator
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tests.fakes import Bench, FakeHandle, make_bench, records
from workbench.domain.datasets import NewExample, Split
from workbench.domain.errors import WorkbenchError
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.prompts import PromptSpec
from workbench.domain.task import TaskCard, TaskKind
from workbench.domain.tuning import Adapter, Goal
from workbench.ui.shell import context
from workbench.ui.shell.bridge import Bridge
from workbench.ui.shell.context import Context
from workbench.ui.shell.page import Page
from workbench.ui.shell.theme import Theme

P = TypeVar("P", bound=Page)
W = TypeVar("W", bound=QWidget)
CARD = TaskCard(TaskKind.EXTRACT, fields=("code", "urgency", "order"), separator=" | ")
SPEC = PromptSpec("Give category, urgency and order.", "{{ticket}}")


class Host(context.Host):
    """Records what a page asks of the window, and says yes to every question."""

    def __init__(self) -> None:
        self.gone: list[tuple[str, dict[str, object]]] = []
        self.notes: list[str] = []
        self.errors: list[WorkbenchError] = []
        self.questions: list[str] = []
        self.commands: list[str] = []
        self.dirty: set[int] = set()

    def go(self, page: str, **target: object) -> None:
        self.gone.append((page, target))

    def notify(self, text: str) -> None:
        self.notes.append(text)

    def set_dirty(self, editor: QObject, dirty: bool) -> None:
        (self.dirty.add if dirty else self.dirty.discard)(id(editor))

    def show_error(self, error: WorkbenchError) -> None:
        self.errors.append(error)

    def command(self, name: str) -> None:
        self.commands.append(name)

    def set_language(self, language: str) -> None:
        raise NotImplementedError

    def set_theme(self, mode: str) -> None:
        raise NotImplementedError

    def open_project(self, path: Path) -> None:
        raise NotImplementedError

    def ask(
        self,
        question: str,
        *,
        accept: str,
        accepted: Callable[[], object],
        explanation: str = "",
    ) -> None:
        self.questions.append(question)
        accepted()


class Stage:
    """Services with an open project, and what a page needs around it."""

    def __init__(self, folder: Path) -> None:
        self.bench: Bench = make_bench(folder)
        self.services = self.bench.services
        self.services.projects.create(folder / "project", "Tickets", CARD)
        self.services.lab.save_draft(SPEC, {"ticket": ""})
        self.host = Host()
        self.bridge = Bridge(self.services)
        self.bridge.failed.connect(self.host.show_error)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.theme = Theme(application, "light")
        self.context = Context(self.services, self.bridge, self.theme, self.host)

    def close(self) -> None:
        self.bench.generator.gate.set()
        self.bridge.close()
        self.services.close()
        self.theme.deleteLater()

    def fill(self, train: int = 20, validation: int = 4, test: int = 40) -> int:
        """Make a divided dataset and return its id."""
        dataset_id = self.services.data.ensure_dataset("tickets")
        pairs = records(train + validation + test)
        examples = [NewExample(tuple(v.items()), answer) for v, answer in pairs]
        self.services.projects.store.datasets.add(dataset_id, examples)
        parts = {Split.TRAIN: train, Split.VALIDATION: validation, Split.TEST: test}
        self.services.data.split(dataset_id, parts, 3)
        return dataset_id

    def started(self, name: str = "") -> tuple[int, FakeHandle]:
        """Start a run and return it with its worker."""
        dataset_id = self.services.data.datasets()[0].id
        tune = self.services.tune
        prepared = tune.prepare(dataset_id, BUILTIN_MODEL, Goal.QUICK, name)
        run_id = prepared.future.result(5)
        tune.start(run_id)
        return run_id, self.bench.launcher.handles[tune.run(run_id).ulid]

    def trained(self) -> Adapter:
        """Train a run to its end and return its adapter."""
        run_id, handle = self.started()
        handle.step(10, 0.2)
        handle.finish()
        tune = self.services.tune
        while tune.run(run_id).state.is_active:
            QTest.qWait(10)
        return tune.adapters()[0]

    def show(self, kind: type[P]) -> P:
        """Show a page as the window would, at its size there."""
        page = kind(self.context)
        page.resize(1272, 800)
        page.show()
        return page


def staged(folder: Path) -> Iterator[Stage]:
    """Give a stage and close it; the body of a fixture."""
    made = Stage(folder)
    yield made
    made.close()


def find(root: QWidget, name: str, kind: type[W]) -> W:
    """Return the one visible widget with this accessible name."""
    found = [w for w in root.findChildren(kind) if w.isVisible() and named(w) == name]
    assert len(found) == 1, f"{name}: {len(found)} found"
    return found[0]


def has(root: QWidget, name: str, kind: type[QWidget] = QPushButton) -> bool:
    """Tell whether a widget with this name is visible."""
    found = root.findChildren(kind)
    return any(w.isVisible() and named(w) == name for w in found)


def named(widget: QWidget) -> str:
    """Return the name assistive technology and the tour hear."""
    # On Unix a combo box tells its value instead of its name.
    if name := widget.accessibleName():
        return name
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def press(root: QWidget, name: str, kind: type[QWidget] = QPushButton) -> None:
    """Click a button by its name."""
    widget = find(root, name, kind)
    assert widget.isEnabled(), f"{name} is off"
    middle = QPoint(widget.width() // 2, widget.height() // 2)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=middle)


def nameless(root: QWidget) -> list[str]:
    """Name the classes of controls that the keyboard reaches but nobody can name."""
    return [
        type(widget).__name__ for widget in reachable(root) if not named(widget).strip()
    ]


def doubles(root: QWidget) -> set[str]:
    """Return names that more than one reachable control has."""
    names = [named(widget) for widget in reachable(root)]
    return {name for name in names if names.count(name) > 1}


def reachable(root: QWidget) -> list[QWidget]:
    """Return the visible controls that can have the keyboard."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget, QLabel)
    ]


def texts(root: QWidget) -> str:
    """Return all visible words of labels and buttons."""
    labels = [w.text() for w in root.findChildren(QLabel) if w.isVisible()]
    buttons = [w.text() for w in root.findChildren(QPushButton) if w.isVisible()]
    return "\n".join([*labels, *buttons])


class Shouting(QTranslator):
    """Translates everything into capitals, so that what was forgotten stands out."""

    def translate(
        self,
        context: str,
        source: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        parts = re.split(r"(\{\w*\}|%n)", source)
        return "".join(p if i % 2 else p.upper() for i, p in enumerate(parts))

    def isEmpty(self) -> bool:
        return False


@contextlib.contextmanager
def shouting(application: QApplication) -> Iterator[None]:
    """Show the window in capitals for a while."""
    translator = Shouting()
    application.installTranslator(translator)
    try:
        yield
    finally:
        application.removeTranslator(translator)


def untranslated(root: QWidget, *data: str) -> list[str]:
    """Return visible words that no translation reached, but for these."""
    words = texts(root)
    for text in data:
        words = words.replace(text, "")
    return [line for line in words.splitlines() if line != line.upper()]
