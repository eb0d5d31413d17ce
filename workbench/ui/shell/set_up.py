"""Set-up files of the engineer: shown, then set when the person says so."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.services.setup_file import SUFFIX, SetUp
from workbench.ui.shell.context import Context

__all__ = ["SUFFIX", "SetUpActions"]


class SetUpActions(QObject):
    """Reads a set-up file off the window's thread, and asks before it sets anything."""

    def __init__(self, window: QWidget, context: Context) -> None:
        """Have read nothing yet."""
        super().__init__(window)
        self._context = context
        self._read = SetUp()

    def open(self, path: Path) -> None:
        """Show what a file would set; the error bar says why one cannot be used."""
        setup = self._context.services.setup
        self._context.bridge.call(setup.read, path, done=self._ask)

    def _ask(self, read: SetUp) -> None:
        self._read = read
        name = read.name or self.tr("this computer")
        self._context.ask(
            self.tr("Set up Workbench for {name}?").format(name=name),
            accept=self.tr("Set this up"),
            accepted=self._on_accepted,
            explanation="\n".join(self._lines(read)),
        )

    def _lines(self, read: SetUp) -> list[str]:
        """Say everything that would be set, and what stays as it is."""
        cap = f"${read.daily_cap}" if read.daily_cap is not None else ""
        is_open = self._context.services.projects.is_open
        task = ""
        if read.task is not None:
            there = self.tr("replaces that of the open project")
            later = self.tr("left out: no project is open")
            task = there if is_open else later
        values = (
            (self.tr("AWS profile"), read.profile),
            (self.tr("Region"), read.region),
            (self.tr("Favourite models"), ", ".join(read.models)),
            (self.tr("Most that may be spent a day"), cap),
            (self.tr("Task of the project"), task),
        )
        lines = [f"{name}: {value}" for name, value in values if value]
        return [*lines, self.tr("The file holds no key; your own sign-in is used.")]

    def _on_accepted(self) -> None:
        self._context.bridge.call(
            self._context.services.setup.set, self._read, done=self._on_set
        )

    def _on_set(self, job: object) -> None:
        del job
        self._context.notify(self.tr("Workbench is set up."))
