"""One of the models that answer side by side: who is asked, and what it says."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.ui.lab.answer import AnswerPresenter, Phase
from workbench.ui.lab.answer_panel import AnswerPanel
from workbench.ui.lab.model_choice import ModelChoice
from workbench.ui.lab.model_chooser import ModelChooser
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, set_words
from workbench.ui.shell import tokens
from workbench.ui.shell.context import Context
from workbench.ui.widgets.buttons import quiet_button

_MARK = 2


class Pane(Panel):
    """A column: the chooser of a model, its answer, its figures and its rating."""

    remove_wanted = Signal(object)
    add_wanted = Signal()
    picked = Signal(object)
    """Something in it was clicked or got the keyboard: keys mean this one."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, leads: bool = False
    ) -> None:
        """Ask nobody yet; the one that leads also knows the earlier answers."""
        super().__init__(parent)
        self.presenter = AnswerPresenter(context, self, lists_earlier=leads)
        self.models = ModelChoice(context, self)
        self.chooser = ModelChooser(self.models, self)
        self.answer = AnswerPanel(context, self.presenter, self)
        self._number = 1
        self._is_alone = True
        self._is_current = leads
        self._add = quiet_button("", self)
        self._add.clicked.connect(self.add_wanted)
        self._stop = quiet_button("", self)
        self._stop.clicked.connect(self.presenter.stop)
        self._remove = quiet_button("✕", self)
        self._remove.clicked.connect(self._on_remove)
        self.presenter.phase_changed.connect(self._show)
        self._lay_out()
        self._watch(self)
        self.built()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        for button in (self._add, self._remove):
            buttons.addWidget(button)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.chooser, 1)
        top = QVBoxLayout()
        top.addLayout(buttons)
        top.addStretch(1)
        head.addLayout(top)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(GAP)
        layout.addLayout(head)
        layout.addWidget(self.answer, 1)
        layout.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignLeft)

    def set_place(self, number: int, count: int, most: int) -> None:
        """Take a place among several, counted from 1."""
        self._number, self._is_alone = number, count == 1
        is_last = number == count
        self._add.setVisible(is_last and count < most)
        self._remove.setVisible(not self._is_alone)
        self.chooser.set_place(number, narrow=not self._is_alone)
        self.answer.set_place(number, alone=self._is_alone)
        self.retranslate()

    def set_current(self, *, on: bool) -> None:
        """Take or lose the mark of the column that keys rate and correct."""
        self._is_current = on
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark the column that keys mean, where there are several."""
        super().paintEvent(event)
        if self._is_current and not self._is_alone:
            painter = QPainter(self)
            ground = QRect(0, 0, self.width(), _MARK)
            painter.fillRect(ground, tokens.color("action"))

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        number = self._number
        set_words(
            self._add,
            self.tr("+ model") if self._is_alone else "+",
            self.tr("Ask one more model at the same time"),
            self.tr("Add a model"),
        )
        set_words(
            self._stop,
            self.tr("Stop"),
            self.tr("Stop this one; what arrived is kept"),
            self.tr("Stop model {number}").format(number=number),
        )
        set_words(
            self._remove,
            "✕",
            self.tr("Ask this model no more; its answers are kept"),
            self.tr("Remove model {number}").format(number=number),
        )
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice which column is worked in."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.MouseButtonPress):
            self.picked.emit(self)
        return super().eventFilter(watched, event)

    def _watch(self, root: QWidget) -> None:
        for part in (root, *root.findChildren(QWidget)):
            part.installEventFilter(self)

    def _show(self) -> None:
        phase = self.presenter.phase
        self._stop.setVisible(phase.is_busy and not self._is_alone)
        self._stop.setEnabled(phase is not Phase.STOPPING)
        # Removed while it answers, nobody would see what it costs.
        self._remove.setEnabled(not phase.is_busy)
        self._add.setEnabled(not phase.is_busy)

    def _on_remove(self) -> None:
        self.remove_wanted.emit(self)
