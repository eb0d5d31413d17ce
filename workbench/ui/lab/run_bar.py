"""The foot of the left side: Run, which is Stop while an answer streams."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.ui.lab.answer import Phase
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parameters_panel import ParametersPanel
from workbench.ui.lab.parts import GAP, MARGIN, set_words
from workbench.ui.widgets.buttons import primary_button, quiet_button
from workbench.ui.widgets.lines import horizontal_line
from workbench.ui.widgets.section_label import label


class RunBar(Panel):
    """The page's primary button, and the parameters folded beside it."""

    run_wanted = Signal()
    stop_wanted = Signal()
    matrix_wanted = Signal()
    shot_counts_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start ready to run."""
        super().__init__(parent)
        self._phase = Phase.IDLE
        self._can_run = True
        self._reason = ""
        self._estimate = ""
        self.parameters = ParametersPanel(self)
        self.parameters.hide()
        self.button = primary_button("", self)
        self.button.clicked.connect(self._on_clicked)
        self._keys = label("", "secondary", self)
        self._fold = quiet_button("", self)
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self.parameters.setVisible)
        self._all = quiet_button("", self)
        self._all.clicked.connect(self.matrix_wanted)
        self._counts = quiet_button("0 / 1 / 2 / 4 / 8 …", self)
        self._counts.clicked.connect(self.shot_counts_wanted)
        more = QHBoxLayout()
        more.setSpacing(0)
        more.addWidget(self._all)
        more.addWidget(self._counts)
        more.addStretch(1)
        more.addWidget(self._fold)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.button)
        row.addWidget(self._keys)
        row.addStretch(1)
        inner = QVBoxLayout()
        inner.setContentsMargins(MARGIN, GAP, MARGIN, 12)
        inner.addWidget(self.parameters)
        inner.addLayout(row)
        inner.addLayout(more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(horizontal_line(self))
        layout.addLayout(inner)
        self.built()

    def show_phase(self, phase: Phase) -> None:
        """Be Run, or Stop while something is going on."""
        self._phase = phase
        self._show()

    def show_readiness(self, can_run: bool, reason: str) -> None:
        """Say why nothing can be run, if so."""
        self._can_run, self._reason = can_run, reason
        self._show()

    def show_estimate(self, text: str) -> None:
        """Say on the button what will be asked and what it will cost."""
        if text != self._estimate:
            self._estimate = text
            self._show()

    def show_draft(self, *, is_loaded: bool, shots: int) -> None:
        """Offer many inputs of a prompt that is there, and numbers of its examples."""
        self._all.setEnabled(is_loaded)
        self._counts.setEnabled(is_loaded and bool(shots))

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        set_words(
            self._all,
            self.tr("Run all inputs…"),
            self.tr("Many inputs, versions and models, with what it will cost"),
        )
        set_words(
            self._counts,
            "0 / 1 / 2 / 4 / 8 …",
            self.tr("How many examples in the prompt are worth their tokens?"),
            self.tr("Try numbers of examples"),
        )
        set_words(
            self._fold,
            self.tr("Parameters"),
            self.tr("Temperature, longest answer, seed …"),
        )
        self._show()

    def _show(self) -> None:
        if self._phase.is_busy:
            set_words(self.button, self.tr("Stop"), self.tr("What arrived is kept"))
            self.button.setEnabled(self._phase is not Phase.STOPPING)
            self._keys.setText(self.tr("Esc"))
            return
        run, text = self.tr("Run"), self.tr("Run – {estimate}")
        if self._estimate:
            words = text.format(estimate=self._estimate)
            set_words(self.button, words, self._reason, run)
            self.button.setAccessibleDescription(self._estimate)
        else:
            set_words(self.button, run, self._reason)
        self.button.setEnabled(self._can_run)
        self._keys.setText(self.tr("Ctrl+Enter") if self._can_run else self._reason)

    def _on_clicked(self) -> None:
        if self._phase.is_busy:
            self.stop_wanted.emit()
        else:
            self.run_wanted.emit()
