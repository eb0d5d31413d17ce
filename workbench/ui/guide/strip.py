"""The card of the guided path: where one is, what to do and why, and the way out."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workbench.domain.guide import Moment, Spot, Step
from workbench.services.guide import GuideView
from workbench.ui.guide import words
from workbench.ui.guide.dots import Dots
from workbench.ui.widgets.buttons import plain_button, quiet_button
from workbench.ui.widgets.icon_button import IconButton
from workbench.ui.widgets.lines import horizontal_line
from workbench.ui.widgets.section_label import label

_STEPS = tuple(Step)


class GuideStrip(QFrame):
    """Stands below the page, so that it never covers the control it speaks of."""

    show_clicked = Signal()
    next_clicked = Signal()
    back_clicked = Signal()
    leave_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setProperty("panel", "surface")
        self._view = GuideView()
        self._done: Step | None = None
        self._dots = Dots(len(_STEPS), self)
        self._place = label("", "secondary", self)
        self._title = label("", "strong", self)
        self._word = label("", "better", self)
        self._sentence = label("", parent=self, wrap=True)
        self._back = quiet_button("", self)
        self._back.clicked.connect(self.back_clicked)
        self._show_button = plain_button("", self)
        self._show_button.clicked.connect(self.show_clicked)
        self._next = quiet_button("", self)
        self._next.clicked.connect(self.next_clicked)
        self._leave = IconButton("close", parent=self)
        self._leave.clicked.connect(self.leave_clicked)
        self._lay_out()
        self._retranslate()
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._dots)
        head.addWidget(self._place)
        head.addWidget(self._title)
        head.addSpacing(16)
        head.addWidget(self._word)
        head.addStretch(1)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addLayout(head)
        text.addWidget(self._sentence)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(8)
        row.addLayout(text, 1)
        row.addSpacing(16)
        # The way back stands first: coming and going it moves no other button.
        for button in (self._back, self._show_button, self._next, self._leave):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(horizontal_line(self))
        column.addLayout(row)

    @property
    def moment(self) -> Moment | None:
        """What the strip speaks of now."""
        return self._view.moment

    def show_view(self, view: GuideView) -> None:
        """Show where the path stands; nothing hides the strip."""
        before = self._view.moment
        if view.just_done is not None:
            self._done = view.just_done
        elif _step(view.moment) is not _step(before):
            # Passed over or begun anew: nothing has been done for that.
            self._done = None
        self._view = view
        self._retranslate()
        self.setVisible(view.moment is not None or view.finished)
        if view.moment != before and not self.isHidden():
            self._announce()

    def _announce(self) -> None:
        """Read out what is new: the strip never takes the focus to be noticed."""
        if not QAccessible.isActive():
            return
        shown = (self._word, self._place, self._title, self._sentence)
        text = " ".join(part.text() for part in shown if not part.isHidden())
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_leave"):
            self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Guided tour"))
        view, moment = self._view, self._view.moment
        done = frozenset(i for i, step in enumerate(_STEPS) if step in view.done)
        self._dots.show_steps(done, moment.number - 1 if moment else -1)
        word = words.done(self._done, moment)
        self._word.setText("✓ " + word if word else "")
        self._word.setVisible(bool(word))
        self._leave.set_name(self.tr("Leave the guided tour"), self._leave_tip())
        is_last = moment is not None and moment.spot is Spot.OWN
        self._show_button.setText(
            self.tr("Bring my examples…") if is_last else self.tr("Show me")
        )
        is_read = moment is not None and moment.spot is Spot.ADVICE
        self._next.setText(self._next_text(is_read=is_read, is_last=is_last))
        self._back.setText(self.tr("Back"))
        self._back.setToolTip(self.tr("To the step that was skipped last"))
        self._back.setVisible(bool(view.passed))
        for button in (self._show_button, self._next):
            button.setVisible(moment is not None)
        self._show_moment(moment)

    def _next_text(self, *, is_read: bool, is_last: bool) -> str:
        if is_read:
            return self.tr("Next")
        return self.tr("Finish") if is_last else self.tr("Skip this step")

    def _leave_tip(self) -> str:
        return self.tr("Leave; the project menu has the way back")

    def _show_moment(self, moment: Moment | None) -> None:
        self._place.setVisible(moment is not None)
        if moment is None:
            self._title.setText(self.tr("That was the whole way"))
            self._sentence.setText(self._parting())
            return
        place = self.tr("Step {number} of {count}")
        self._place.setText(place.format(number=moment.number, count=len(_STEPS)))
        self._title.setText(words.title(moment.step))
        self._sentence.setText(words.sentence(moment))
        self._show_button.setAccessibleDescription(words.sentence(moment))

    def _parting(self) -> str:
        if Step.OWN in self._view.passed:
            return self.tr(
                "Start with your own examples whenever you like: the menu at the "
                "project’s name has it, and this tour too."
            )
        return self.tr(
            "Your examples stand under Data, the first input in the Lab. The built-in "
            "toy knows the sample’s tickets only: add another model in Settings. Then "
            "try, judge, collect more – and tune when Advise says so."
        )


def _step(moment: Moment | None) -> Step | None:
    return moment.step if moment is not None else None
