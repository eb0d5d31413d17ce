"""The models a prompt can be run with, and whether this computer can run any."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.errors import WorkbenchError
from workbench.domain.models import BUILTIN_MODEL, ModelRef
from workbench.ui.shell.context import Context


class ModelChoice(QObject):
    """Holds the list of models and the chosen one."""

    changed = Signal()
    problem_changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        """Start with the built-in model; `load` looks for others."""
        super().__init__(parent)
        self._context = context
        self.models: tuple[ModelRef, ...] = (BUILTIN_MODEL,)
        self.chosen = BUILTIN_MODEL
        self.problem: WorkbenchError | None = None
        self._wanted_adapter = ""

    @property
    def is_awaited(self) -> bool:
        """Whether a tuned model was asked for that is still being looked for."""
        return bool(self._wanted_adapter)

    def load(self) -> None:
        """Look for models, and for what keeps them from answering."""
        models = self._context.services.models
        self._context.bridge.call(models.choices, done=self._on_choices)
        self._context.bridge.call(models.worker_problem, done=self._on_problem)

    def refresh(self, changes: ChangeSet) -> None:
        """Look again when an adapter was registered."""
        if changes.touches(Kind.ADAPTER):
            self.load()

    def choose(self, index: int) -> None:
        """Take the model at this place of the list."""
        if 0 <= index < len(self.models) and self.models[index] != self.chosen:
            self.chosen = self.models[index]
            self.changed.emit()

    def choose_adapter(self, ulid: str) -> None:
        """Take the model with this adapter, as soon as it is in the list."""
        self._wanted_adapter = ulid
        self._take_wanted()
        if self._wanted_adapter:
            models = self._context.services.models
            self._context.bridge.call(models.choices, done=self._on_looked)
            self.changed.emit()

    def _on_choices(self, models: Sequence[ModelRef]) -> None:
        self.models = tuple(models)
        keys = {model.key: model for model in self.models}
        if self.models:
            self.chosen = keys.get(self.chosen.key, self.models[0])
        self._take_wanted()
        self.changed.emit()

    def _on_looked(self, models: Sequence[ModelRef]) -> None:
        """Take the list that was asked for after the wish: what lacks here is gone."""
        self._on_choices(models)
        if self._wanted_adapter:
            self._wanted_adapter = ""
            self.changed.emit()

    def _take_wanted(self) -> None:
        for model in self.models:
            if self._wanted_adapter and model.adapter_ulid == self._wanted_adapter:
                self.chosen, self._wanted_adapter = model, ""
                self.changed.emit()
                return

    def _on_problem(self, problem: WorkbenchError | None) -> None:
        self.problem = problem
        self.problem_changed.emit()
