"""Exactly what will be sent: as text, as a request, how long, and what to look at."""

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.prompts import Message, Role
from workbench.services.preview import Preview, SentPart
from workbench.ui.lab.draft import DraftPresenter
from workbench.ui.lab.hint_phrases import phrase_findings, phrase_hint
from workbench.ui.lab.lookout import Lookout
from workbench.ui.lab.model_choice import ModelChoice
from workbench.ui.lab.parts import GAP, MARGIN
from workbench.ui.lab.token_bar import TokenBar
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_error
from workbench.ui.widgets.buttons import plain_button
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label


class PreviewSheet(QDialog):
    """Shows what a run of the draft would send to the chosen model."""

    def __init__(
        self,
        context: Context,
        draft: DraftPresenter,
        models: ModelChoice,
        lookout: Lookout,
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog; `start` reads and shows it."""
        super().__init__(parent)
        self._context, self._draft = context, draft
        self._models, self._lookout = models, lookout
        self._hints = Notice("warning", "", self)
        self.data = Notice("warning", "", self)
        self.text, self.request = self._page(), self._page()
        self.request.setFont(
            QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        )
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self.text, "")
        self.tabs.addTab(self.request, "")
        self._bar = TokenBar(self)
        self._length = label("", "secondary", self, wrap=True)
        self._copy, self._close = plain_button("", self), plain_button("", self)
        self._lay_out()
        self.data.activated.connect(self._on_mask)
        self._copy.clicked.connect(self._on_copy)
        self._close.clicked.connect(self.close)
        lookout.changed.connect(self._show_hints)
        self.resize(860, 720)

    def _page(self) -> QPlainTextEdit:
        page = QPlainTextEdit(self)
        page.setReadOnly(True)
        page.setTabChangesFocus(True)
        return page

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self._length, 1)
        foot.addWidget(self._copy)
        foot.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self._hints)
        layout.addWidget(self.data)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self._bar)
        layout.addLayout(foot)

    def start(self) -> None:
        """Read what would be sent now and show the dialog."""
        self._retranslate()
        self._read()
        self._lookout.look()
        self.open()
        self.text.setFocus()

    def _retranslate(self) -> None:
        title = self.tr("What is sent to {model}")
        self.setWindowTitle(title.format(model=self._models.chosen.label))
        self.tabs.setTabText(0, self.tr("Text"))
        self.tabs.setTabText(1, self.tr("Request (JSON)"))
        self.tabs.setAccessibleName(self.tr("Forms of the preview"))
        self.text.setAccessibleName(self.tr("Text that is sent"))
        self.request.setAccessibleName(self.tr("Request that is sent"))
        self._copy.setText(self.tr("Copy"))
        self._close.setText(self.tr("Close"))
        self._show_hints()

    def _read(self) -> None:
        """Show a guess at once; the request and the count come when they are made."""
        preview = self._context.services.preview
        spec, values = self._draft.spec, dict(self._draft.variables)
        guess = preview.guess(spec, values)
        self.text.setPlainText(self._written(guess.messages))
        self.request.setPlainText(self.tr("The request is being made …"))
        self._show_length(guess)
        self._context.bridge.follow(
            preview.look(spec, values, self._models.chosen), done=self._on_preview
        )

    # ------------------------------------------------------------ showing

    def _on_preview(self, preview: Preview) -> None:
        if preview.problem is not None:
            self.request.setPlainText(phrase_error(preview.problem))
        else:
            self.request.setPlainText(preview.request)
        self._show_length(preview)

    def _written(self, messages: tuple[Message, ...]) -> str:
        heads = {
            Role.SYSTEM: self.tr("Role and rules"),
            Role.USER: self.tr("User"),
            Role.ASSISTANT: self.tr("Assistant"),
        }
        pieces = []
        for message in messages:
            files = "".join(f"[{part.name}]\n" for part in message.files)
            pieces.append(f"— {heads[message.role]} —\n{files}{message.text}")
        return "\n\n".join(pieces)

    def _show_length(self, preview: Preview) -> None:
        names = {
            SentPart.RULES: self.tr("rules {count}"),
            SentPart.EXAMPLES: self.tr("examples {count}"),
            SentPart.FILES: self.tr("files {count}"),
            SentPart.MESSAGE: self.tr("message {count}"),
            SentPart.THREAD: self.tr("follow-up {count}"),
        }
        parts = [names[part].format(count=f"{n:,}") for part, n in preview.tokens]
        whole = self.tr("%n token(s)", "", preview.total)
        if preview.is_estimate:
            whole = f"≈ {whole}"
        self._length.setText(f"{whole}: {' · '.join(parts)}")
        order = [part for part, _ in preview.tokens]
        is_there = SentPart.MESSAGE in order
        place = order.index(SentPart.MESSAGE) if is_there else -1
        self._bar.set_counts([count for _, count in preview.tokens], place)

    def _show_hints(self) -> None:
        seen = self._lookout.seen
        hints = "\n".join(map(phrase_hint, seen.hints))
        self._hints.set_notice("warning", hints)
        link = self.tr("Mask it") if seen.masked else ""
        self.data.set_notice("warning", phrase_findings(seen.findings), link)

    def _on_mask(self) -> None:
        self._lookout.mask()
        self._read()

    def _on_copy(self) -> None:
        page = self.tabs.currentWidget()
        if isinstance(page, QPlainTextEdit):
            QGuiApplication.clipboard().setText(page.toPlainText())
