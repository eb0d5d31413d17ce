"""The advise page: is it time to tune? An answer in two sentences and one chart."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.comparisons import CandidateRole
from workbench.domain.guide import Spot
from workbench.services.advise import Verdict
from workbench.ui.advise import phrasing
from workbench.ui.advise.reading import Reading, read_advice
from workbench.ui.compare import phrasing as compare_phrasing
from workbench.ui.shell.context import Context
from workbench.ui.shell.page import Page
from workbench.ui.tune.phrasing import sample_link
from workbench.ui.widgets.buttons import plain_button
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.score_chart import Score, ScoreChart
from workbench.ui.widgets.section_label import SectionLabel, label
from workbench.ui.widgets.skeleton import SkeletonRows

_WIDTH = 800


class AdvisePage(Page):
    """Shows the advice, or an invitation while there is nothing to go by."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._reading: Reading | None = None
        self._loading = SkeletonRows(5, self)
        self._invitation = EmptyState("advise", self.tr("Advise"), parent=self)
        self._invitation.activated.connect(self._on_invited)
        self._invitation.link_activated.connect(self._on_sample_wanted)
        self._question = label("", "section", self)
        self._answer = label("", "number", self, wrap=True)
        self._price = label("", "", self, wrap=True)
        self._chart_head = SectionLabel("", self)
        self._chart = ScoreChart(self)
        self._note = label("", "secondary", self, wrap=True)
        self._look = plain_button("", self)
        self._look.clicked.connect(self._on_look)
        for text in (self._answer, self._price):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._stack = QStackedWidget(self)
        for widget in (self._loading, self._invitation, self._advice()):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _advice(self) -> QWidget:
        inner = QWidget(self)
        inner.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._question, self._answer, self._price):
            column.addWidget(widget)
        column.addSpacing(24)
        column.addWidget(self._chart_head)
        column.addWidget(self._chart)
        column.addWidget(self._note)
        column.addSpacing(16)
        column.addWidget(self._look, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        result = QWidget(self)
        row = QHBoxLayout(result)
        row.setContentsMargins(32, 32, 32, 16)
        row.addWidget(inner, 1)
        row.addStretch(0)
        return result

    def title(self) -> str:
        """Return the page's name."""
        return self.tr("Advise")

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self._question.setText(self.tr("Is it time to tune?"))
        self._answer.setAccessibleName(self.tr("Advice"))
        self._price.setAccessibleName(self.tr("Tokens a call"))
        self._look.setText(self.tr("Look at the comparison"))
        self._show()

    def refresh(self, changes: ChangeSet | None) -> None:
        """Read again what changed."""
        if changes is None or changes.touches(Kind.COMPARISON, Kind.ADAPTER):
            services = self.context.services
            self.context.bridge.call(read_advice, services, done=self._on_reading)

    def guide_target(self, spot: Spot) -> QWidget | None:
        """Return the advice, once there is one."""
        return self._answer if spot is Spot.ADVICE else None

    def _on_reading(self, reading: Reading) -> None:
        self._reading = reading
        self._show()

    def _show(self) -> None:
        reading = self._reading
        self._chart_head.setText(phrasing.chart_head(reading))
        if reading is None:
            return
        if not reading.shares:
            self._invite(reading)
            self._stack.setCurrentWidget(self._invitation)
            return
        self._answer.setText(phrasing.answer(reading))
        self._price.setText(phrasing.price(reading))
        self._chart.set_scores([self._score(reading, r) for r in _roles(reading)])
        self._note.setText(
            self.tr(
                "Whiskers are 95 % intervals over {records} test records; tokens are "
                "the mean of prompt and answer together."
            ).format(records=reading.records)
        )
        self._stack.setCurrentIndex(2)

    def _score(self, reading: Reading, role: CandidateRole) -> Score:
        share = reading.shares[role]
        tokens = phrasing.tokens_a_call(reading.advice.tokens_a_call.get(role))
        return Score(
            role.value,
            self._name(reading, role),
            share.value * 100,
            None if share.low is None else share.low * 100,
            None if share.high is None else share.high * 100,
            f"{share.value * 100:.0f} · {tokens}" if tokens else "",
        )

    def _name(self, reading: Reading, role: CandidateRole) -> str:
        if role is CandidateRole.FEW_SHOT:
            return self.tr("base with {shots} examples").format(
                shots=reading.advice.shots
            )
        if role is CandidateRole.TUNED:
            return self.tr("tuned on {records} records").format(
                records=reading.advice.training_records
            )
        return compare_phrasing.role(role)

    def _invite(self, reading: Reading) -> None:
        if reading.advice.verdict is Verdict.INCOMPLETE:
            self._invitation.set_texts(
                self.tr(
                    "The comparison is not finished: the advice follows when every "
                    "answer is there."
                ),
                self.tr("Go on with the comparison"),
            )
        elif reading.has_adapter:
            self._invitation.set_texts(
                self.tr(
                    "Is it time to tune? Compare base, base with examples and tuned on "
                    "the test records, and the answer stands here."
                ),
                self.tr("Compare base and tuned"),
            )
        else:
            self._invitation.set_texts(
                self.tr(
                    "Is it time to tune? Tune once and compare: then this page says "
                    "what tuning gains over examples in the prompt, and what a call "
                    "takes."
                ),
                self.tr("Tune a model"),
                sample_link(self.context.services.projects),
            )

    def _on_invited(self) -> None:
        reading = self._reading
        nothing = reading is None or (
            reading.advice.verdict is Verdict.NO_COMPARISON and not reading.has_adapter
        )
        self.context.go("tune" if nothing else "compare")

    def _on_sample_wanted(self) -> None:
        self.context.host.command("sample")

    def _on_look(self) -> None:
        self.context.go("compare")


def _roles(reading: Reading) -> list[CandidateRole]:
    return [role for role in CandidateRole if role in reading.shares]
