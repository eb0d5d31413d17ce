"""Puts the services together with their adapters; imports no Qt."""

from pathlib import Path

from workbench.app.places import UserPlaces, user_places
from workbench.domain import places
from workbench.domain.errors import EnvironmentFault, WorkbenchError
from workbench.local.generator import WorkerGenerator
from workbench.local.interpreter import InterpreterFinder
from workbench.local.models import FolderLibrary
from workbench.local.training import WorkerTrainingLauncher
from workbench.services.advise import AdviseService
from workbench.services.application import Services
from workbench.services.compare import CompareService
from workbench.services.data import DataService
from workbench.services.events import Event, EventBus, ProjectOpened
from workbench.services.jobs import JobService
from workbench.services.lab import LabService
from workbench.services.models import ModelService
from workbench.services.preferences import PreferencesService
from workbench.services.projects import Places, ProjectService
from workbench.services.tune import TuneService
from workbench.services.undo import UndoService
from workbench.storage import SqliteProjectFiles


class _Finder:
    """Looks for the worker's interpreter with the preferences of the moment."""

    def __init__(self, preferences: PreferencesService) -> None:
        self._preferences = preferences

    def finder(self) -> InterpreterFinder:
        chosen = self._preferences.current.worker_python
        return InterpreterFinder(setting=Path(chosen) if chosen else None)

    def problem(self) -> WorkbenchError | None:
        try:
            self.finder().find()
        except EnvironmentFault as error:
            return error
        return None


def compose(user: UserPlaces | None = None) -> Services:
    """Return all services, with no project open."""
    where = user or user_places()
    resources = places.resources()
    events = EventBus()
    jobs = JobService(events)
    preferences = PreferencesService(where.config / "preferences.json")
    finder = _Finder(preferences)
    library = FolderLibrary(resources / "model")
    projects = ProjectService(
        SqliteProjectFiles(),
        Places(resources / "sample", where.data),
        preferences,
        jobs,
        events,
    )
    training = WorkerTrainingLauncher(library, finder.finder)
    tune = TuneService(projects, training, jobs, events)
    generator = WorkerGenerator(
        library, tune.adapter_folder, finder.finder, where.data / "logs"
    )
    compare = CompareService(projects, generator, jobs, events)

    def find_runs(event: Event) -> None:
        # On the lane for short work: opening a project must not wait for the answers
        # of worker processes.
        if isinstance(event, ProjectOpened):
            jobs.call(tune.attach_all)

    events.subscribe(find_runs)
    return Services(
        events=events,
        jobs=jobs,
        preferences=preferences,
        projects=projects,
        models=ModelService(library, generator, finder.problem, projects, preferences),
        undo=UndoService(projects, events),
        lab=LabService(projects, generator, jobs, events),
        data=DataService(projects, jobs, events),
        tune=tune,
        compare=compare,
        advise=AdviseService(projects, compare),
        generator=generator,
    )
