"""Models a person can choose from: the built-in one, folders, each with adapters."""

from collections.abc import Callable, Sequence
from pathlib import Path

from workbench.domain.errors import WorkbenchError
from workbench.domain.models import ModelRef
from workbench.domain.ports import ModelLibrary, TextGenerator
from workbench.domain.tuning import Adapter
from workbench.services.preferences import PreferencesService
from workbench.services.projects import ProjectService


class ModelService:
    """Finds models and counts tokens with their own tokenizers."""

    def __init__(
        self,
        library: ModelLibrary,
        generator: TextGenerator,
        find_problem: Callable[[], WorkbenchError | None],
        projects: ProjectService,
        preferences: PreferencesService,
    ) -> None:
        """Keep the adapters.

        Args:
            library: model folders on this computer.
            generator: answers and counts tokens.
            find_problem: says why no worker can be started, or None.
            projects: the open project, for its adapters.
            preferences: the person's model folders.
        """
        self._library = library
        self._generator = generator
        self._find_problem = find_problem
        self._projects = projects
        self._preferences = preferences

    def choices(self) -> tuple[ModelRef, ...]:
        """Return every model, each followed by its adapters: ours, then others."""
        bases = [self._library.builtin(), *self._library.scan(self._folders())]
        adapters = self._adapters()
        found: list[ModelRef] = []
        for base in bases:
            found.append(base)
            found.extend(a.model for a in adapters if a.base.key == base.key)
            found.extend(self._library.adapters(base))
        return tuple(found)

    def add_folder(self, path: Path) -> ModelRef:
        """Remember a model folder.

        Raises:
            InputError: ``model.not_one`` when there is no model in it.
        """
        model = self._library.inspect(path)
        folders = self._preferences.current.model_folders
        if str(path) not in folders:
            self._preferences.change(model_folders=(*folders, str(path)))
        return model

    def remove_folder(self, path: Path) -> None:
        """Forget a model folder; nothing is deleted."""
        kept = [f for f in self._preferences.current.model_folders if f != str(path)]
        self._preferences.change(model_folders=tuple(kept))

    def worker_problem(self) -> WorkbenchError | None:
        """Return why they are not, with the mend, or None."""
        return self._find_problem()

    def token_counts(self, model: ModelRef, texts: Sequence[str]) -> tuple[int, ...]:
        """Count tokens with the model's own tokenizer."""
        return tuple(self._generator.count_tokens(model, texts))

    def _folders(self) -> list[Path]:
        return [Path(text) for text in self._preferences.current.model_folders]

    def _adapters(self) -> Sequence[Adapter]:
        return self._projects.store.runs.adapters() if self._projects.is_open else ()
