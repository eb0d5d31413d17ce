"""The left pane: token histogram, table of metrics, and what they can show."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.domain.comparisons import CandidateRole
from workbench.services.compare_result import SHARES, CompareResult, MetricTable
from workbench.ui.compare import figures, phrasing
from workbench.ui.compare.metric_grid import MetricGrid, MetricLine
from workbench.ui.compare.verdict import Verdict
from workbench.ui.widgets.buttons import plain_button
from workbench.ui.widgets.histogram import TokenHistogram
from workbench.ui.widgets.section_label import SectionLabel, label

_BAR = 12


class SummaryPanel(QWidget):
    """Shows the figures of a result; a range of tokens can be picked."""

    tokens_picked = Signal(float, float)  # ends included
    tokens_cleared = Signal()
    table_wanted = Signal()
    picture_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: CompareResult | None = None
        self._examples: Verdict | None = None
        self._shots = 0
        self._tokens_head = SectionLabel("", self)
        self._histogram = TokenHistogram(self)
        self._histogram.setMinimumHeight(200)
        self._histogram.setMaximumHeight(300)
        self._histogram.range_selected.connect(self._on_range_selected)
        self._histogram.cleared.connect(self.tokens_cleared)
        self._change = label("", "secondary", self, wrap=True)
        self._metrics = MetricGrid(self)
        self._against = label("", "", self, wrap=True)
        self._notes = label("", "secondary", self, wrap=True)
        self._table = plain_button("", self)
        self._table.clicked.connect(self.table_wanted)
        self._picture = plain_button("", self)
        self._picture.clicked.connect(self.picture_wanted)
        self._inner = QWidget(self)
        self._inner.installEventFilter(self)
        self._scroll = QScrollArea(self)
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 8, 16, 16)
        buttons.setSpacing(8)
        buttons.addWidget(self._table)
        buttons.addWidget(self._picture)
        buttons.addStretch(1)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        column.addWidget(self._tokens_head)
        column.addWidget(self._histogram, 1)
        column.addWidget(self._change)
        column.addSpacing(12)
        column.addWidget(self._metrics)
        column.addSpacing(12)
        column.addWidget(self._against)
        column.addWidget(self._notes)
        column.addStretch(1)
        self._scroll.setWidgetResizable(True)
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._scroll.setHorizontalScrollBarPolicy(never)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addLayout(buttons)

    def show_result(
        self, result: CompareResult, examples: Verdict | None, shots: int
    ) -> None:
        """Show a result; figures that would tell it early stay out until the end."""
        picked = self._histogram.selection()
        same = self._result is not None and self._result.bins == result.bins
        self._result, self._examples, self._shots = result, examples, shots
        self._show_bars(result)
        if picked and same:
            self._pick(result, picked)
        elif picked:
            self.tokens_cleared.emit()
        self._show_words()

    def _show_bars(self, result: CompareResult) -> None:
        means = result.tokens.output_means
        self._histogram.set_series(
            {role.value: counts for role, counts in result.counts.items()},
            result.bins.edges if means else (),
            {role.value: mean for role, mean in means.items()},
            {role.value: phrasing.role(role) for role in means},
        )

    def _pick(self, result: CompareResult, picked: tuple[float, float]) -> None:
        edges = list(result.bins.edges)
        first, last = edges.index(int(picked[0])), edges.index(int(picked[1])) - 1
        self._histogram.select(first, last)

    def clear_tokens(self) -> None:
        """Pick no range any more."""
        self._histogram.clear_selection()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self._tokens_head.setText(self.tr("Output tokens"))
        self._table.setText(self.tr("Save table …"))
        self._table.setAccessibleName(self.tr("Save the table as CSV"))
        self._picture.setText(self.tr("Save picture …"))
        self._picture.setAccessibleName(self.tr("Save the page as PNG"))
        self._against.setAccessibleName(self.tr("Tuned against examples"))
        self._notes.setAccessibleName(self.tr("What these records can show"))
        if self._result is not None:
            picked = self._histogram.selection()
            self._show_bars(self._result)
            if picked:
                self._pick(self._result, picked)
        self._show_words()

    def _show_words(self) -> None:
        result = self._result
        if result is None:
            return
        change = result.tokens.change
        told = result.complete and change.change is not None
        parts = [self.tr("Drag over the bars to filter the records.")]
        if told and change.change is not None:
            share = figures.signed_percent(change.change)
            ends = figures.percent_interval(change.low, change.high)
            parts.insert(
                0,
                self.tr("From base to tuned: {change}.").format(
                    change=f"{share} {ends}".strip()
                ),
            )
        self._change.setText(" ".join(parts))
        self._show_metrics(result)
        self._show_notes(result)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit anew when the figures ask for another width, e.g. in another language."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        # No figure may be cut off: the pane is as wide as the table of metrics.
        needed = self._inner.minimumSizeHint().width()
        self._scroll.setMinimumWidth(needed + _BAR)

    def _show_metrics(self, result: CompareResult) -> None:
        roles = [candidate.role for candidate in result.comparison.candidates]
        lines = [
            _metric_line(table, roles, told=result.complete) for table in result.metrics
        ]
        lines.append(self._tokens_line(result, roles))
        title = self.tr("{records} records").format(records=len(result.rows))
        self._metrics.show_lines(title, roles, lines)

    def _tokens_line(
        self, result: CompareResult, roles: list[CandidateRole]
    ) -> MetricLine:
        sent, answered = result.tokens.input_means, result.tokens.output_means
        both = {r: sent[r] + answered[r] for r in roles if r in sent and r in answered}
        base, tuned = both.get(CandidateRole.BASE), both.get(CandidateRole.TUNED)
        change = ""
        if result.complete and base and tuned is not None:
            change = figures.signed_percent(tuned / base - 1)
        return MetricLine(
            self.tr("Tokens a call"),
            tuple(figures.tokens(both.get(role)) for role in roles),
            change,
            hint=self.tr("Mean of prompt and answer together: what a call is paid by."),
        )

    def _show_notes(self, result: CompareResult) -> None:
        against = ""
        if self._examples is not None:
            against = phrasing.against_examples(self._examples, self._shots)
        self._against.setText(against)
        self._against.setVisible(bool(against))
        low, high = result.detectable or (None, None)
        paired = result.headline.tuned_minus_base
        sentences = (
            # What can be shown is known for right or wrong only.
            phrasing.power(len(result.rows), low, high)
            if result.headline.metric in SHARES
            else "",
            phrasing.looks(result.looks),
            phrasing.excluded(paired.excluded if result.complete else 0),
        )
        self._notes.setText(" ".join(text for text in sentences if text))

    def _on_range_selected(self, low: float, high: float) -> None:
        # Bins hold whole numbers: low <= value < high.
        self.tokens_picked.emit(low, high - 1)


def _metric_line(
    table: MetricTable, roles: list[CandidateRole], *, told: bool
) -> MetricLine:
    paired = table.tuned_minus_base
    difference = ""
    if told and paired.difference is not None:
        ends = figures.interval(paired.low, paired.high)
        difference = f"{figures.signed_points(paired.difference)} {ends}".strip()
    write = figures.share if table.metric in SHARES else figures.score
    values = tuple(write(table.mean(role)) if told else "" for role in roles)
    return MetricLine(
        phrasing.metric(table.metric),
        values,
        difference,
        figures.p_value(paired.p) if told else "",
        phrasing.metric_hint(table.metric),
    )
