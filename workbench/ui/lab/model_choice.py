"""The models a prompt can be run with, and whether the chosen one can be asked."""

from PySide6.QtCore import QObject, Signal

from workbench.domain.access import AdministratorRequest, Availability
from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.errors import WorkbenchError
from workbench.domain.models import BUILTIN_MODEL, ModelKind, ModelRef
from workbench.services.catalogue import ModelEntry, ModelList
from workbench.ui.shell.context import Context

_ON_THIS_COMPUTER = frozenset({ModelKind.BUILTIN, ModelKind.LOCAL})


class ModelChoice(QObject):
    """Holds the list of models and the chosen one."""

    changed = Signal()
    problem_changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        """Start with the built-in model; `load` looks for others."""
        super().__init__(parent)
        self._context = context
        self.list = ModelList((ModelEntry(BUILTIN_MODEL),))
        self.chosen = BUILTIN_MODEL
        self._worker_problem: WorkbenchError | None = None
        self._wanted_adapter = ""
        self._wanted_key = BUILTIN_MODEL.key
        context.bridge.models_changed.connect(self._on_models_changed)

    @property
    def models(self) -> tuple[ModelRef, ...]:
        """The models of the list, usable or not."""
        return tuple(entry.model for entry in self.list.entries)

    @property
    def entry(self) -> ModelEntry:
        """What the list says of the chosen model."""
        for entry in self.list.entries:
            if entry.model.key == self.chosen.key:
                return entry
        return ModelEntry(self.chosen)

    @property
    def problem(self) -> WorkbenchError | None:
        """What keeps the chosen model from answering, as far as that is known."""
        here = self.chosen.kind in _ON_THIS_COMPUTER or self.chosen.is_practice
        return self._worker_problem if here else None

    @property
    def is_awaited(self) -> bool:
        """Whether a tuned model was asked for that is still being looked for."""
        return bool(self._wanted_adapter)

    def load(self) -> None:
        """Look for models, and for what keeps them from answering."""
        services = self._context.services
        self._context.bridge.call(services.catalogue.models, done=self._on_list)
        self._context.bridge.call(services.models.worker_problem, done=self._on_problem)

    def refresh(self, changes: ChangeSet) -> None:
        """Look again when an adapter was registered."""
        if changes.touches(Kind.ADAPTER):
            self.load()

    def choose(self, index: int) -> None:
        """Take the model at this place of the list."""
        models = self.models
        if 0 <= index < len(models) and models[index] != self.chosen:
            self._take(models[index])
            self._wanted_key = self.chosen.key
            self.changed.emit()

    def copy(self, other: "ModelChoice") -> None:
        """Take over the list and the choice of another one."""
        self.list = other.list
        self._worker_problem = other._worker_problem
        self._take(other.chosen)
        self._wanted_key = other.chosen.key
        self.changed.emit()

    def choose_adapter(self, ulid: str) -> None:
        """Take the model with this adapter, as soon as it is in the list."""
        self._wanted_adapter = ulid
        self._take_wanted()
        if self._wanted_adapter:
            catalogue = self._context.services.catalogue
            self._context.bridge.call(catalogue.models, done=self._on_looked)
            self.changed.emit()

    def set_favourite(self, *, on: bool) -> None:
        """Put the chosen model among the favourites or take it off."""
        self._context.services.catalogue.set_favourite(self.chosen, on=on)

    def ask_availability(self) -> None:
        """Ask AWS whether the chosen model can be used."""
        catalogue = self._context.services.catalogue
        job = catalogue.ask_availability(self.chosen)
        self._context.bridge.follow(job, self._on_asked)

    def request_for(self, entry: ModelEntry) -> AdministratorRequest | None:
        """Return what to send to the administrator, None when nothing is known."""
        return self._context.services.catalogue.administrator_request(
            entry.model, entry.availability.reason
        )

    def _on_models_changed(self) -> None:
        catalogue = self._context.services.catalogue
        self._context.bridge.call(catalogue.models, done=self._on_list)

    def _on_asked(self, availability: Availability) -> None:
        # The list itself says it: it is read again.
        del availability

    def _on_list(self, found: ModelList) -> None:
        self.list = found
        # A list that is being read anew may lack the model for a moment.
        keys = {model.key: model for model in self.models}
        if keys:
            first = next(iter(keys.values()))
            self._take(keys.get(self._wanted_key, first))
        self._take_wanted()
        self.changed.emit()

    def _on_looked(self, found: ModelList) -> None:
        """Take the list that was asked for after the wish: what lacks here is gone."""
        self._on_list(found)
        if self._wanted_adapter:
            self._wanted_adapter = ""
            self.changed.emit()

    def _take_wanted(self) -> None:
        for model in self.models:
            if self._wanted_adapter and model.adapter_ulid == self._wanted_adapter:
                self._take(model)
                self._wanted_adapter, self._wanted_key = "", model.key
                self.changed.emit()
                return

    def _take(self, model: ModelRef) -> None:
        before = self.problem
        self.chosen = model
        if self.problem is not before:
            self.problem_changed.emit()

    def _on_problem(self, problem: WorkbenchError | None) -> None:
        self._worker_problem = problem
        self.problem_changed.emit()
