"""What a matrix is made of: inputs, versions, models, repeats; and what it costs."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.errors import WorkbenchError
from workbench.domain.models import ModelRef
from workbench.domain.prompts import PromptSpec
from workbench.domain.trials import PromptVersion
from workbench.services.catalogue import ModelList
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP
from workbench.ui.matrix import words
from workbench.ui.matrix.choice_list import ChoiceList
from workbench.ui.matrix.inputs_panel import InputsPanel
from workbench.ui.matrix.wish import Planned, Wish, first_shots, plan_wish
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_error, phrase_model
from workbench.ui.widgets.buttons import primary_button
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label

_PLAN_MS = 250
_MOST_REPEATS = 20


class MatrixSetup(Panel):
    """Everything to choose on one page; the button says what it will do."""

    start_wanted = Signal(object)
    """A `Planned`."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Start with nothing chosen."""
        super().__init__(parent)
        self._context = context
        self._spec = PromptSpec()
        self._by_shots = False
        self._known: Sequence[PromptVersion] = ()
        self._models: tuple[ModelRef, ...] = ()
        self._planned: Planned | None = None
        self._error: WorkbenchError | None = None
        self.inputs = InputsPanel(context, self)
        self._versions_title = label("", "section", self)
        self.versions = ChoiceList(self)
        self._models_title = label("", "section", self)
        self.models = ChoiceList(self)
        self._repeats_title = label("", "section", self)
        self.repeats = QSpinBox(self)
        self.repeats.setRange(1, _MOST_REPEATS)
        self._repeats_title.setBuddy(self.repeats)
        self.again = QCheckBox(self)
        self._notice = Notice("warning", "", self)
        self.button = primary_button("", self)
        self.button.clicked.connect(self._on_start)
        self._timer = QTimer(self, interval=_PLAN_MS, singleShot=True)
        self._timer.timeout.connect(self._plan)
        self._lay_out()
        for changed in (
            self.inputs.changed,
            self.versions.changed,
            self.models.changed,
            self.repeats.valueChanged,
            self.again.toggled,
        ):
            changed.connect(self._on_edited)
        self.built()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self._versions_title)
        right.addWidget(self.versions, 1)
        right.addSpacing(GAP)
        right.addWidget(self._models_title)
        right.addWidget(self.models, 1)
        right.addSpacing(GAP)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._repeats_title)
        row.addWidget(self.repeats)
        row.addStretch(1)
        right.addLayout(row)
        right.addWidget(self.again)
        both = QHBoxLayout()
        both.setSpacing(2 * GAP)
        both.addWidget(self.inputs, 3)
        both.addLayout(right, 2)
        foot = QHBoxLayout()
        foot.setSpacing(2 * GAP)
        foot.addWidget(self._notice, 1)
        foot.addStretch(0)
        foot.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addLayout(both, 1)
        layout.addLayout(foot)

    # ------------------------------------------------------------ filling

    def begin(
        self, spec: PromptSpec, models: tuple[ModelRef, ...], *, by_shots: bool
    ) -> None:
        """Take over what stands in the Lab.

        Args:
            spec: the draft.
            models: those that are chosen beside it.
            by_shots: take the draft with its first 0, 1, 2, 4 and 8 examples.
        """
        self._spec, self._by_shots = spec, by_shots
        self._models = tuple(dict.fromkeys(models))
        self.inputs.set_names(spec.placeholders)
        self.inputs.load()
        services = self._context.services
        self._context.bridge.call(services.lab.versions, done=self._on_versions)
        self._context.bridge.call(services.catalogue.models, done=self._on_models)

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self._versions_title.setText(self.tr("Versions of the prompt"))
        self.versions.setAccessibleName(self.tr("Versions to run"))
        self._models_title.setText(self.tr("Models"))
        self.models.setAccessibleName(self.tr("Models to ask"))
        self._repeats_title.setText(self.tr("Ask each how often"))
        self.repeats.setAccessibleName(self.tr("Repeats"))
        self.again.setText(self.tr("Ask again what was answered before"))
        self._show()

    def _on_versions(self, versions: Sequence[PromptVersion]) -> None:
        self._known = versions
        if self._by_shots:
            self.versions.show_choices(
                [
                    (self._first(count), spec, True)
                    for count, spec in first_shots(self._spec)
                ]
            )
            return
        draft = (self.tr("What stands in the Lab"), self._spec, True)
        self.versions.show_choices([draft, *map(self._line, self._known)])

    def _first(self, count: int) -> str:
        if not count:
            return self.tr("no example")
        return self.tr("first %n example(s)", "", count)

    def _line(self, version: PromptVersion) -> tuple[str, object, bool]:
        name = self.tr("v{number}").format(number=version.number)
        return f"{name}  {version.name}".strip(), version.id, False

    def _on_models(self, found: ModelList) -> None:
        usable = [entry.model for entry in found.entries if entry.usable]
        chosen = {model.key for model in self._models}
        rest = [model for model in usable if model.key not in chosen]
        self.models.show_choices(
            [(phrase_model(model), model, True) for model in self._models]
            + [(phrase_model(model), model, False) for model in rest]
        )

    # ------------------------------------------------------------ planning

    def wish(self) -> Wish:
        """Return what is chosen."""
        versions = self.versions.chosen()
        models = self.models.chosen()
        return Wish(
            tuple(v for v in versions if isinstance(v, PromptSpec | int)),
            self.inputs.model.inputs,
            tuple(m for m in models if isinstance(m, ModelRef)),
            self.repeats.value(),
            self.again.isChecked(),
        )

    def _on_edited(self) -> None:
        self._planned = None
        self._timer.start()
        self._show()

    def _plan(self) -> None:
        self._error = None
        wish = self.wish()
        if not (wish.versions and wish.inputs and wish.models):
            self._show()
            return
        self._context.bridge.call(
            plan_wish,
            self._context.services,
            wish,
            done=self._on_planned,
            failed=self._on_failed,
        )

    def _on_planned(self, planned: Planned) -> None:
        if planned.wish == self.wish():
            self._planned, self._error = planned, None
            self._show()

    def _on_failed(self, error: WorkbenchError) -> None:
        self._planned, self._error = None, error
        self._show()

    def show_error(self, error: WorkbenchError) -> None:
        """Say why it could not begin."""
        self._on_failed(error)

    def _show(self) -> None:
        planned = self._planned
        text = words.plan(planned.plan) if planned else self.tr("Run all inputs")
        self.button.setText(text)
        self.button.setAccessibleName(self.tr("Start the calls"))
        self.button.setAccessibleDescription(text)
        self.button.setEnabled(planned is not None)
        self._notice.set_notice(*self._remark())

    def _remark(self) -> tuple[str, str]:
        if self._error is not None:
            return "error", phrase_error(self._error)
        wish = self.wish()
        if not self._spec.placeholders and not self._by_shots:
            text = self.tr(
                "The message has no part that varies yet, so every input would ask the "
                "same. Mark the words in the Lab and press “Make this vary”."
            )
            return "warning", text
        if not wish.inputs:
            return "info", self.tr(
                "Add inputs: paste cells, choose a file, or records."
            )
        if not wish.versions or not wish.models:
            return "info", self.tr("Tick at least one version and one model.")
        if self._planned is not None and self._planned.limit is not None:
            return "warning", words.limit(self._planned.limit)
        return "info", ""

    def _on_start(self) -> None:
        if self._planned is not None:
            self.start_wanted.emit(self._planned)
