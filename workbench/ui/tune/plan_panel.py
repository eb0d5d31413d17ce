"""The next run: three choices, a check, and one button that says what it costs."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.tuning import TrainingSettings
from workbench.ui.shell import icons
from workbench.ui.shell.phrases import phrase_error
from workbench.ui.tune import phrasing
from workbench.ui.tune.details_panel import DetailsPanel
from workbench.ui.tune.overview import Overview
from workbench.ui.tune.preflight_panel import PreflightPanel
from workbench.ui.tune.presenter import Plan
from workbench.ui.tune.step_row import StepRow
from workbench.ui.widgets.buttons import plain_button, primary_button
from workbench.ui.widgets.lines import horizontal_line
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label

_WIDTH = 480


class PlanPanel(QWidget):
    """Shows the plan; its choices and buttons are told by signals."""

    check_pressed = Signal()
    stop_check_pressed = Signal()
    start_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = Plan()
        self._scroll = QScrollArea(self)
        inner = QWidget(self._scroll)
        self._scroll.setWidget(inner)
        self.steps = StepRow(inner)
        self.details = DetailsPanel(inner)
        self.details.hide()
        self.steps.details_toggled.connect(self.details.setVisible)
        self._head = label("", "title", inner)
        self._stack = QStackedWidget(inner)
        self._invitation = QWidget(self._stack)
        invited = QWidget(self._invitation)
        self._problem = Notice("error", "", invited)
        self._problem.hide()
        self._picture = label("", parent=invited)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._explanation = label("", parent=invited, wrap=True)
        self._explanation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._busy = QProgressBar(invited)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._preflight = PreflightPanel(self._stack)
        self.check_button = primary_button("", invited)
        self.check_button.clicked.connect(self.check_pressed)
        self._stop_check = plain_button("", invited)
        self._stop_check.clicked.connect(self.stop_check_pressed)
        self.start_button = primary_button("", self)
        self.start_button.clicked.connect(self.start_pressed)
        self._foot = self._make_foot()
        self._lay_out(inner)
        self._lay_out_invitation(invited)

    def _lay_out(self, inner: QWidget) -> None:
        self._stack.addWidget(self._invitation)
        self._stack.addWidget(self._preflight)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.steps)
        column.addWidget(self.details)
        column.addWidget(horizontal_line(inner))
        self._head.setContentsMargins(16, 16, 16, 4)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self._foot)

    def _lay_out_invitation(self, inner: QWidget) -> None:
        """Place what stands there before the check: what it does, and its button."""
        inner.setFixedWidth(_WIDTH)
        block = QVBoxLayout(inner)
        block.setContentsMargins(0, 0, 0, 0)
        block.setSpacing(16)
        middle = Qt.AlignmentFlag.AlignHCenter
        block.addWidget(self._picture)
        block.addWidget(self._explanation)
        block.addWidget(self._busy)
        block.addWidget(self._problem)
        block.addWidget(self.check_button, 0, middle)
        block.addWidget(self._stop_check, 0, middle)
        column = QVBoxLayout(self._invitation)
        column.setContentsMargins(16, 16, 16, 16)
        column.addStretch(2)
        column.addWidget(inner, 0, middle)
        column.addStretch(3)

    def _make_foot(self) -> QWidget:
        result = QWidget(self)
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 10)
        row.addStretch(1)
        row.addWidget(self.start_button)
        column = QVBoxLayout(result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(horizontal_line(result))
        column.addLayout(row)
        return result

    def show_plan(
        self, overview: Overview, plan: Plan, settings: TrainingSettings | None
    ) -> None:
        """Show choices, what the check found, and the button that fits."""
        self._plan = plan
        self.steps.show_plan(overview, plan)
        shown = plan.settings or settings
        if shown is not None:
            own = plan.settings is not None
            self.details.show_settings(shown, plan.name, own=own)
        self.details.setEnabled(not plan.is_checking)
        checked = plan.preparation is not None
        if plan.preparation is not None:
            self._preflight.show_preparation(plan.preparation)
        self._stack.setCurrentIndex(1 if checked else 0)
        self._busy.setVisible(plan.is_checking)
        self._stop_check.setVisible(plan.is_checking)
        self.check_button.setVisible(not plan.is_checking)
        self.check_button.setEnabled(plan.can_check)
        self._foot.setVisible(checked)
        self._head.setVisible(checked)
        problem = plan.problem or overview.problem
        self._problem.set_notice("error", phrase_error(problem) if problem else "")
        self._show_words()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.steps.retranslate()
        self.details.retranslate()
        self._preflight.retranslate()
        self.check_button.setText(self.tr("Check before start"))
        self.check_button.setToolTip(self.tr("Nothing is trained yet."))
        self._stop_check.setText(self.tr("Stop checking"))
        self._busy.setAccessibleName(self.tr("Check is running"))
        self.start_button.setAccessibleName(self.tr("Start training"))
        self._show_words()
        self.restyle()

    def restyle(self) -> None:
        """Follow the theme."""
        self.steps.restyle()
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(icons.pixmap("tune", 64, "reference", ratio))

    def _show_words(self) -> None:
        plan = self._plan
        self._head.setText(self.tr("Before we start"))
        found = plan.preparation
        self.start_button.setText(
            phrasing.start_label(found.seconds if found else None)
        )
        self.start_button.setEnabled(found is not None and found.stop_learned)
        if plan.is_checking:
            text = self.tr("The rows are being read the way the model will see them …")
        elif plan.dataset is not None and not plan.dataset.counts.train:
            text = self.tr(
                "This dataset is not divided into parts yet: divide it on the Data "
                "page, so that some records are set aside for the test."
            )
        else:
            text = self.tr(
                "The check reads every row the way the model will see it: how many are "
                "trained, what exactly is learned, whether answers will know where to "
                "end, and how long it takes. Nothing is trained yet."
            )
        self._explanation.setText(text)
        # A wrapping label's hint is a guess; its height is known for a fixed width.
        height = self._explanation.heightForWidth(_WIDTH)
        self._explanation.setFixedHeight(max(0, height))
