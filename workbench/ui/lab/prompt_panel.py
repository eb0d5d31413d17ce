"""The left side of the Lab: texts, values, examples, and what to look at first."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from workbench.ui.lab.draft import DraftPresenter
from workbench.ui.lab.files_panel import FilesPanel
from workbench.ui.lab.hint_phrases import phrase_findings
from workbench.ui.lab.issues import Issue, phrase_issue
from workbench.ui.lab.lookout import Lookout
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, MARGIN, set_words
from workbench.ui.lab.shots_panel import ShotsPanel
from workbench.ui.lab.thinking_panel import ThinkingPanel
from workbench.ui.lab.variables_panel import VariablesPanel
from workbench.ui.widgets.buttons import quiet_button
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.prompt_editor import PromptEditor
from workbench.ui.widgets.section_label import label

_MOST_ISSUES = 3


class PromptPanel(Panel):
    """Edits the draft of the presenter."""

    records_wanted = Signal()
    proposal_wanted = Signal()

    def __init__(self, draft: DraftPresenter, parent: QWidget | None = None) -> None:
        """Show and edit this draft."""
        super().__init__(parent)
        self._draft = draft
        self._body = QWidget(self)
        self._system_title = label("", "section", self._body)
        self._system_vary = quiet_button("", self._body)
        self.system = self._editor(lines=3)
        self._message_title = label("", "section", self._body)
        self._message_vary = quiet_button("", self._body)
        self.message = self._editor(lines=1)
        self.variables = VariablesPanel(self._body)
        self._tabs: list[QWidget] = []
        self._issues = Notice("warning", "", self._body)
        self._personal = Notice("warning", "", self._body)
        self._personal.hide()
        self._lookout: Lookout | None = None
        self.shots = ShotsPanel(self._body)
        self.files = FilesPanel(self._body)
        self.thinking = ThinkingPanel(self._body)
        self._lay_out()
        self._connect()
        self.built()

    def _editor(self, lines: int) -> PromptEditor:
        editor = PromptEditor(self._body, lines=lines, most_lines=14)
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return editor

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._body)
        column.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
        column.setSpacing(4)
        column.addLayout(_head(self._system_title, self._system_vary))
        column.addWidget(self.system)
        column.addSpacing(GAP)
        column.addLayout(_head(self._message_title, self._message_vary))
        column.addWidget(self.message)
        column.addSpacing(GAP)
        column.addWidget(self.variables)
        column.addWidget(self._issues)
        column.addWidget(self._personal)
        column.addSpacing(GAP)
        column.addWidget(self.shots)
        column.addSpacing(GAP)
        column.addWidget(self.files)
        column.addSpacing(GAP)
        column.addWidget(self.thinking)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(self._body)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _connect(self) -> None:
        draft = self._draft
        self.system.textChanged.connect(self._on_system)
        self.message.textChanged.connect(self._on_message)
        self.system.vary_requested.connect(self._on_vary_system)
        self.message.vary_requested.connect(self._on_vary_message)
        for editor, button in self._varying():
            editor.vary_action.changed.connect(self._show_vary)
            button.clicked.connect(editor.vary_action.trigger)
        self.variables.edited.connect(draft.set_variable)
        self.variables.dropped.connect(draft.drop_variable)
        self.shots.changed_to.connect(draft.set_shots)
        self.thinking.changed_to.connect(draft.set_thinking)
        self.shots.records_wanted.connect(self.records_wanted)
        self.shots.proposal_wanted.connect(self.proposal_wanted)
        draft.loaded.connect(self._show)
        draft.edited.connect(self._show_rest)
        self._show_vary()

    def _varying(self) -> tuple[tuple[PromptEditor, QPushButton], ...]:
        return ((self.system, self._system_vary), (self.message, self._message_vary))

    def follow(self, lookout: Lookout) -> None:
        """Say what this finds before anything is sent."""
        self._lookout = lookout
        lookout.changed.connect(self._show_personal)
        self._personal.activated.connect(lookout.mask)

    def finish_editing(self) -> None:
        """Take over what stands in an open editor."""
        self.shots.finish_editing()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self._system_title.setText(self.tr("Role and rules"))
        self._system_title.setToolTip(self.tr("System prompt; not sent when empty"))
        self.system.setAccessibleName(self.tr("Role and rules"))
        self.system.setPlaceholderText(
            self.tr("Who answers, and by which rules – for every input the same")
        )
        self._message_title.setText(self.tr("Message"))
        self._message_title.setToolTip(self.tr("Template of the user's turn"))
        self.message.setAccessibleName(self.tr("Message"))
        self.message.setPlaceholderText(
            self.tr("Paste an input, select what changes, and make it vary")
        )
        tip = self.tr("Turn the selected words into a value that changes. {keys}")
        keys = self.message.vary_action.shortcut().toString()
        for (_, button), name in zip(
            self._varying(),
            (self.tr("Make rules vary"), self.tr("Make this vary")),
            strict=True,
        ):
            set_words(button, self.tr("Make this vary"), tip.format(keys=keys), name)
        self._show_issues()
        self._show_personal()

    # ------------------------------------------------------------ events

    def _on_system(self) -> None:
        self._draft.set_system(self.system.toPlainText())

    def _on_message(self) -> None:
        self._draft.set_template(self.message.toPlainText())

    def _on_vary_system(self, words: str) -> None:
        self.system.make_variable(self._draft.new_variable(words))

    def _on_vary_message(self, words: str) -> None:
        self.message.make_variable(self._draft.new_variable(words))

    # ------------------------------------------------------------ showing

    def _show(self) -> None:
        spec = self._draft.spec
        for editor, text in ((self.system, spec.system), (self.message, spec.template)):
            editor.blockSignals(True)
            editor.set_text(text)
            editor.blockSignals(False)
            editor.updateGeometry()
        self._show_rest()

    def _show_rest(self) -> None:
        """Show everything but the texts, which are being typed."""
        draft = self._draft
        spec = draft.spec
        self.variables.show_variables(
            spec.placeholders, draft.unused(), draft.variables
        )
        self._order_tabs()
        self.shots.show_shots(spec.shots, spec.placeholders)
        self.files.show_files(spec.files)
        self.thinking.show_thinking(spec.thinking, spec.parameters)
        self._show_issues()

    def _order_tabs(self) -> None:
        """Fields of values come late, but stand between the message and the rest."""
        editors = self.variables.editors()
        if editors != self._tabs:
            self._tabs = editors
            for before, after in pairwise((self.message, *editors)):
                QWidget.setTabOrder(before, after)

    def _show_issues(self) -> None:
        issues = self._draft.issues() if self._draft.is_loaded else ()
        self._issues.set_notice("warning", _sentences(issues))

    def _show_personal(self) -> None:
        if self._lookout is not None:
            seen = self._lookout.seen
            link = self.tr("Mask it") if seen.masked else ""
            self._personal.set_notice("warning", phrase_findings(seen.findings), link)

    def _show_vary(self) -> None:
        for editor, button in self._varying():
            button.setEnabled(editor.vary_action.isEnabled())


def _head(title: QLabel, button: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(title, 1)
    row.addWidget(button)
    return row


def _sentences(issues: tuple[Issue, ...]) -> str:
    return " ".join(phrase_issue(issue) for issue in issues[:_MOST_ISSUES])
