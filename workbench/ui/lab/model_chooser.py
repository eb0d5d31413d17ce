"""The list of models above the answer: groups, search by typing, and why not."""

import html
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.access import AccessReason
from workbench.domain.costs import Price
from workbench.domain.models import ModelKind, ModelRef
from workbench.services.catalogue import Group, ModelEntry
from workbench.ui.lab.model_choice import ModelChoice
from workbench.ui.lab.model_items import PLACE, Heads, ModelItems
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.phrases import numbered
from workbench.ui.shell.phrases import phrase_error, phrase_model
from workbench.ui.shell.remote_phrases import phrase_access, phrase_request
from workbench.ui.widgets.buttons import link_button, quiet_button
from workbench.ui.widgets.section_label import badge, label

_WIDTH, _LENGTH = 220, 34


class ModelChooser(Panel):
    """Chooses a model and says what it is."""

    def __init__(self, choice: ModelChoice, parent: QWidget | None = None) -> None:
        """Show and change this choice."""
        super().__init__(parent)
        self._choice = choice
        self._refused: ModelEntry | None = None
        self._number = 1
        self._is_narrow = False
        self._items = ModelItems(self)
        self.completer = QCompleter(self._items, self)
        self.combo = self._make_combo()
        self._sandbox = badge("SANDBOX", self)
        self._star = quiet_button("", self)
        self._star.setCheckable(True)
        self._star.clicked.connect(self._on_star)
        self._note = label("", "secondary", self, wrap=True)
        self._ask = link_button("", self)
        self._ask.clicked.connect(choice.ask_availability)
        self._copy = link_button("", self)
        self._copy.clicked.connect(self._on_copy)
        self._lay_out()
        choice.changed.connect(self._on_changed)
        self.built()

    def open_list(self) -> None:
        """Open the list of models."""
        self.combo.showPopup()

    def set_place(self, number: int, *, narrow: bool) -> None:
        """Say which of the models side by side it chooses, counted from 1.

        Args:
            number: its place.
            narrow: explain the model in the tooltip only, to leave room for answers.
        """
        self._number, self._is_narrow = number, narrow
        self.combo.setMinimumContentsLength(6 if narrow else _LENGTH)
        self.combo.setMinimumWidth(110 if narrow else _WIDTH)
        self._row.setStretch(0, 1 if narrow else 0)
        self._row.setStretch(self._row.count() - 1, 0 if narrow else 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        number = self._number
        self.combo.setAccessibleName(numbered(self.tr("Model"), number))
        line = self.combo.lineEdit()
        if line is not None:
            line.setAccessibleName(numbered(self.tr("Find a model"), number))
        self._ask.setText(self.tr("Can I use this one?"))
        self._copy.setText(self.tr("Copy a request to my administrator"))
        self._show()

    def restyle(self) -> None:
        """Show the list in the colours of the theme."""
        self._items.restyle()
        self._show()

    def _make_combo(self) -> QComboBox:
        combo = QComboBox(self)
        combo.setEditable(True)
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.setModel(self._items)
        combo.setMinimumWidth(_WIDTH)
        combo.setMaxVisibleItems(20)
        combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        combo.setMinimumContentsLength(_LENGTH)
        combo.activated.connect(self._on_activated)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        combo.setCompleter(self.completer)
        line = combo.lineEdit()
        if line is not None:
            # Queued: what was found by typing is told after the end of the typing.
            line.editingFinished.connect(
                self._show_chosen, Qt.ConnectionType.QueuedConnection
            )
        return combo

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self.combo, self._sandbox, self._star):
            row.addWidget(part)
        row.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._note, 1)
        below.addWidget(self._ask, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addLayout(below)

    def _on_activated(self, row: int) -> None:
        place = self._items.item(row).data(PLACE)
        if not isinstance(place, int):
            self._show_chosen()
            return
        entry = self._choice.list.entries[place]
        self._refused = None if entry.usable else entry
        if entry.usable:
            self._choice.choose(place)
        self._show()

    def _on_changed(self) -> None:
        self._refused = None
        self._show()

    def _on_star(self, on: bool) -> None:
        self._choice.set_favourite(on=on)

    def _on_copy(self) -> None:
        entry = self._refused or self._choice.entry
        request = self._choice.request_for(entry)
        if request is not None:
            QGuiApplication.clipboard().setText(phrase_request(request))
            self._copy.setText(self.tr("Copied"))

    def _show(self) -> None:
        heads: Heads = {
            None: self.tr("Favourites"),
            Group.BUILTIN: self.tr("Built in"),
            Group.COMPUTER: self.tr("On this computer"),
            Group.BEDROCK: self.tr("Amazon Bedrock"),
            Group.ENDPOINT: self.tr("Other servers"),
        }
        if self._items.show_entries(self._choice.list.entries, heads):
            view = self.combo.view()
            view.setMinimumWidth(min(640, view.sizeHintForColumn(0) + 40))
        self._show_chosen()
        self._show_note()

    def _show_chosen(self) -> None:
        models = self._choice.models
        if self._choice.chosen in models:
            row = self._items.row_of(models.index(self._choice.chosen))
            self.combo.setCurrentIndex(row)
        self.combo.setEditText(phrase_model(self._choice.chosen))
        line = self.combo.lineEdit()
        if line is not None:
            # A name that is too long shows its beginning.
            line.setCursorPosition(0)

    def _show_note(self) -> None:
        entry = self._choice.entry
        self._sandbox.setVisible(entry.model.is_practice)
        self._star.setText("★" if entry.favourite else "☆")
        self._star.setChecked(entry.favourite)
        name = self.tr("Keep among the favourites")
        self._star.setAccessibleName(numbered(name, self._number))
        self._star.setToolTip(name)
        refused = self._refused
        is_remote = entry.remote is not None and not entry.model.is_practice
        unknown = entry.availability.reason is AccessReason.UNKNOWN
        self._ask.setVisible(refused is None and is_remote and unknown)
        self._copy.setVisible(refused is not None or not entry.usable)
        self._copy.setText(self.tr("Copy a request to my administrator"))
        if refused is not None:
            text = self.tr("{model} cannot be used: {reason}").format(
                model=phrase_model(refused.model),
                reason=phrase_access(refused.availability),
            )
        else:
            text = " ".join((self._explain(entry), *self._missing()))
        self._note.setText(text)
        hidden = self._is_narrow and refused is None and entry.usable
        self._note.setVisible(not hidden)
        self._star.setVisible(not self._is_narrow)
        self.combo.setToolTip(html.escape(text) if hidden else "")

    def _missing(self) -> list[str]:
        """Say what lacks in the list, never left out silently."""
        found = self._choice.list
        lines = [
            self.tr("{name} is not listed: {reason}").format(
                name=name, reason=phrase_error(error)
            )
            for name, error in found.failures
        ]
        if found.unread:
            actions = ", ".join(dict.fromkeys(each.action for each in found.unread))
            text = self.tr(
                "Some models of your account are not listed. What could not be read: "
                "{actions}."
            )
            lines.append(text.format(actions=actions))
        return lines

    def _explain(self, entry: ModelEntry) -> str:
        model = entry.model
        match model.kind:
            case ModelKind.BUILTIN:
                text = self.tr("A toy made for practice: real, tiny, and often wrong.")
            case ModelKind.LOCAL:
                text = self.tr("On this computer, folder {folder}.").format(
                    folder=Path(model.path).name
                )
            case ModelKind.BEDROCK:
                text = self._explain_bedrock(entry)
            case ModelKind.OPENAI:
                text = self.tr("Answered by {server}.").format(server=entry.where)
            case _:
                assert_never(model.kind)
        if model.adapter_ulid:
            more = self.tr("Tuned: the adapter is on.")
            return f"{text} {more}"
        return text

    def _explain_bedrock(self, entry: ModelEntry) -> str:
        if entry.model.is_practice:
            return self.tr(
                "Practice: SANDBOX on this computer answers with the built-in toy, "
                "under this model's name."
            )
        parts = [self._place(entry.model), self._price(entry.price)]
        if not entry.usable:
            parts.insert(0, phrase_access(entry.availability))
        if entry.remote is not None and entry.remote.lifecycle.end is not None:
            ends = entry.remote.lifecycle.end.isoformat()
            parts.append(self.tr("Retires on {day}.").format(day=ends))
        return " ".join(parts)

    def _place(self, model: ModelRef) -> str:
        return self.tr("Amazon Bedrock, {region}.").format(region=model.region)

    def _price(self, price: Price | None) -> str:
        if price is None:
            return self.tr("Price unknown.")
        return self.tr(
            "${input} in, ${output} out for a million tokens (list price, {day})."
        ).format(input=price.input, output=price.output, day=price.as_of)
