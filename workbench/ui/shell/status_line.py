"""The last line of the window: what is saved, what happened, what this computer is."""

import os

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from workbench.domain.connections import AwsState
from workbench.ui.shell import translation
from workbench.ui.shell.aws_label import AwsLabel
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.section_label import label

_NOTICE_MS = 6000


class StatusLine(QFrame):
    """Quiet facts; a notice stands among them for some seconds."""

    aws_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without project."""
        super().__init__(parent)
        self.setProperty("panel", "ground")
        self.setFixedHeight(28)
        self._is_open = False
        self._is_saving = False
        self._problem = ""
        self._saved = label(role="secondary", parent=self)
        self._aws = AwsLabel(self)
        self._aws.clicked.connect(self.aws_clicked)
        self._computer = label(role="secondary", parent=self)
        self._language = label(role="secondary", parent=self)
        self._worker = label(role="warning", parent=self)
        self._notice = ElidedLabel(parent=self)
        self._notice.setProperty("role", "secondary")
        self._timer = QTimer(self, interval=_NOTICE_MS, singleShot=True)
        self._timer.timeout.connect(self._clear_notice)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(24)
        parts = (self._saved, self._aws, self._computer, self._worker, self._language)
        for part in parts:
            row.addWidget(part)
        row.addWidget(self._notice, 1)
        self.retranslate()

    def set_project_open(self, is_open: bool) -> None:
        """Say that everything is saved, while there is something to save."""
        self._is_open = is_open
        self.retranslate()

    def set_saving(self, saving: bool) -> None:
        """Say whether something that was typed is still to be saved."""
        if saving != self._is_saving:
            self._is_saving = saving
            self.retranslate()

    def set_aws(self, state: AwsState) -> None:
        """Say who is asked on AWS, or that practice answers in its place."""
        self._aws.set_state(state)

    def set_worker_problem(self, problem: bool) -> None:
        """Say that models cannot run here."""
        self._problem = "missing" if problem else ""
        self.retranslate()

    def notify(self, text: str) -> None:
        """Show a sentence for some seconds."""
        self._notice.set_text(text)
        self._timer.start()

    def notice(self) -> str:
        """Return the sentence that is shown."""
        return self._notice.full_text()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_timer"):
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        saved = self.tr("Saving …") if self._is_saving else self.tr("Saved ✓")
        self._saved.setText(saved)
        self._saved.setVisible(self._is_open)
        self._computer.setText(self.tr("This computer: CPU, %n core(s)", "", _cores()))
        self._worker.setText(self.tr("Models cannot run here yet: see Settings"))
        self._worker.setVisible(bool(self._problem))
        self._language.setText(translation.LANGUAGE_NAMES[translation.shown()])

    def _clear_notice(self) -> None:
        self._notice.set_text("")


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
