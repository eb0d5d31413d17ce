"""Right or wrong beside the expected answer, in colour, sign and word."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from workbench.services.checks import Check
from workbench.ui.lab import phrases
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP
from workbench.ui.widgets.section_label import label, set_role


class VerdictLabel(Panel):
    """Shows what a `Check` says about the answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without a verdict."""
        super().__init__(parent)
        self._check: Check | None = None
        self._verdict: QLabel = label(parent=self)
        self._form = label("", "warning", self, wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self._verdict)
        layout.addWidget(self._form, 1)
        self.built()

    def show_check(self, check: Check | None) -> None:
        """Show this verdict, or none."""
        self._check = check
        self.retranslate()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        check = self._check
        matches = check.matches if check is not None else None
        right, wrong = self.tr("✓ as expected"), self.tr("✗ not as expected")
        self._verdict.setText("" if matches is None else right if matches else wrong)
        set_role(self._verdict, "better" if matches else "worse")
        self._verdict.setVisible(matches is not None)
        # What is right needs no remark about its form.
        found = check.problems if check is not None and not matches else ()
        self._form.setText(phrases.problems(found))
        self._form.setVisible(bool(found))
