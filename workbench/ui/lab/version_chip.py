"""Which version of the prompt stands in the editors, and the ways to look closer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.ui.lab.draft import DraftPresenter
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, set_words
from workbench.ui.widgets.buttons import quiet_button
from workbench.ui.widgets.section_label import badge


class VersionChip(Panel):
    """Says "v7", "v7 · changed" or "not run yet"; offers versions and preview."""

    versions_wanted = Signal()
    preview_wanted = Signal()

    def __init__(self, draft: DraftPresenter, parent: QWidget | None = None) -> None:
        """Follow this draft."""
        super().__init__(parent)
        self._draft = draft
        self._badge = badge("", self)
        self.versions_button = quiet_button("", self)
        self.versions_button.clicked.connect(self.versions_wanted)
        self.preview_button = quiet_button("", self)
        self.preview_button.clicked.connect(self.preview_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self._badge)
        layout.addWidget(self.versions_button)
        layout.addWidget(self.preview_button)
        draft.edited.connect(self.retranslate)
        draft.version_changed.connect(self.retranslate)
        self.built()

    def text(self) -> str:
        """Return what the chip says."""
        return self._badge.text()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        number, changed = self._draft.version()
        if not number:
            text = self.tr("not run yet")
        elif changed:
            text = self.tr("v{number} · changed")
        else:
            text = self.tr("v{number}")
        self._badge.setText(text.format(number=number))
        self._badge.setToolTip(
            self.tr(
                "A prompt becomes a version when it is first run; versions never "
                "change."
            )
        )
        set_words(
            self.versions_button,
            self.tr("Versions"),
            self.tr("Names, notes, results and changes (Ctrl+Shift+V)"),
        )
        set_words(
            self.preview_button,
            self.tr("Preview"),
            self.tr("Exactly what will be sent (Ctrl+Shift+P)"),
        )
