"""Puts the services together with their adapters; imports no Qt."""

from pathlib import Path

from workbench.app.places import UserPlaces, user_places
from workbench.domain import places
from workbench.domain.errors import EnvironmentFault, WorkbenchError
from workbench.local.generator import LocalGenerator
from workbench.local.interpreter import InterpreterFinder
from workbench.local.models import FolderLibrary
from workbench.local.training import LocalTrainer
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


def compose(user: UserPlaces | None = None) -> Services:
    """Return all services, with no project open."""
    where = user or user_places()
    resources = places.resources()
    events = EventBus()
    jobs = JobService(events)
    preferences = PreferencesService(where.config / "preferences.json")
    chosen = preferences.current.worker_python
    finder = InterpreterFinder(setting=Path(chosen) if chosen else None)
    model = resources / "model"
    library = FolderLibrary(model)
    projects = ProjectService(
        SqliteProjectFiles(),
        Places(resources / "sample", where.data),
        preferences,
        jobs,
        events,
    )
    tune = TuneService(projects, LocalTrainer(finder, model), jobs, events)
    log = where.data / "logs" / "answers.log"
    generator = LocalGenerator(finder, model, tune.adapter_folder, log)
    compare = CompareService(projects, generator, jobs, events)

    def problem() -> WorkbenchError | None:
        try:
            finder.find()
        except EnvironmentFault as error:
            return error
        return None

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
        models=ModelService(library, generator, problem, projects, preferences),
        undo=UndoService(projects, events),
        lab=LabService(projects, generator, jobs, events),
        data=DataService(projects, jobs, events),
        tune=tune,
        compare=compare,
        advise=AdviseService(projects, compare),
        generator=generator,
    )
