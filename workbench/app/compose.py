"""Puts the services together with their adapters; imports no Qt."""

import threading
from pathlib import Path

from workbench.app.places import UserPlaces, user_places
from workbench.app.remote import EndpointDesk, LazyAws, LazyPractice
from workbench.app.warm_up import WarmUp
from workbench.domain import places
from workbench.domain.errors import EnvironmentFault, WorkbenchError
from workbench.local.generator import LocalGenerator
from workbench.local.interpreter import InterpreterFinder
from workbench.local.models import FolderLibrary
from workbench.local.training import LocalTrainer
from workbench.openai_api.keys import KeyringSecrets
from workbench.services.advise import AdviseService
from workbench.services.application import Services
from workbench.services.attachments import AttachmentService
from workbench.services.catalogue import CatalogueService
from workbench.services.compare import CompareService
from workbench.services.connections import ConnectionService
from workbench.services.data import DataService
from workbench.services.endpoints import EndpointService
from workbench.services.events import Event, EventBus, ProjectOpened
from workbench.services.generators import Place, RoutedGenerator
from workbench.services.guide import GuideService
from workbench.services.jobs import JobService
from workbench.services.lab import LabService
from workbench.services.matrix import MatrixService
from workbench.services.model_tables import ModelTables
from workbench.services.models import ModelService
from workbench.services.preferences import Preferences, PreferencesService
from workbench.services.preview import PreviewService
from workbench.services.projects import Places, ProjectService
from workbench.services.prompts import PromptService
from workbench.services.setup_file import SetUpService
from workbench.services.spending import SpendingService
from workbench.services.starter import StarterService
from workbench.services.tune import TuneService
from workbench.services.undo import UndoService
from workbench.storage import SqliteProjectFiles


def compose(user: UserPlaces | None = None, *, warm: bool = False) -> Services:
    """Return all services, with no project open.

    Args:
        user: the person's folders.
        warm: load the built-in model soon after a project was opened, for the window.
    """
    where = user or user_places()
    resources = places.resources()
    events = EventBus()
    jobs = JobService(events)
    preferences = PreferencesService(where.config / "preferences.json")

    def chosen() -> Path | None:
        path = preferences.current.worker_python
        return Path(path) if path else None

    finder = InterpreterFinder(setting=chosen)
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
    local = LocalGenerator(finder, model, tune.adapter_folder, log)
    aws, desk = LazyAws(), EndpointDesk(KeyringSecrets())
    connections = ConnectionService(preferences, jobs, events, aws, LazyPractice(local))
    endpoints = EndpointService(preferences, jobs, events, desk)

    def file_bytes(content_hash: str) -> bytes:
        # Of the project that is open when the file is sent.
        return projects.store.blobs.get(content_hash)

    generator = RoutedGenerator(
        {
            Place.COMPUTER: lambda: local,
            Place.BEDROCK: lambda: aws.generator(
                connections.connection, catalogue.style, file_bytes
            ),
            Place.PRACTICE: lambda: aws.generator(
                connections.practice_connection, catalogue.style, file_bytes
            ),
            Place.ENDPOINT: lambda: desk.generator(endpoints.find, file_bytes),
        },
        connections.permit,
    )
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

    def change_worker(before: Preferences, after: Preferences) -> None:
        # On a thread: a worker that is busy takes seconds to end.
        if before.worker_python != after.worker_python and local.is_running:
            threading.Thread(
                target=local.follow_setting, name="change-worker", daemon=True
            ).start()

    models = ModelService(library, generator, problem, projects, preferences)
    catalogue = CatalogueService(
        models,
        connections,
        endpoints,
        (aws, desk),
        preferences,
        jobs,
        events,
        ModelTables((where.config / "aws", resources / "aws")),
    )
    spending = SpendingService(projects, catalogue)
    events.subscribe(find_runs)
    preferences.on_change(change_worker)
    if warm:
        warm_up = WarmUp(local, library.builtin())
        events.subscribe(warm_up.on_event)
        projects.before_closing(warm_up.cancel)
    return Services(
        events=events,
        jobs=jobs,
        preferences=preferences,
        projects=projects,
        models=models,
        undo=UndoService(projects, events),
        lab=LabService(projects, generator, jobs, events, spending),
        prompts=PromptService(projects, events),
        attachments=AttachmentService(projects),
        preview=PreviewService(generator, jobs),
        data=DataService(projects, jobs, events),
        tune=tune,
        compare=compare,
        advise=AdviseService(projects, compare),
        starter=StarterService(projects),
        guide=GuideService(projects, tune, jobs, preferences),
        generator=generator,
        connections=connections,
        endpoints=endpoints,
        catalogue=catalogue,
        setup=SetUpService(preferences, connections, projects, spending, events),
        spending=spending,
        matrix=MatrixService(projects, generator, jobs, events, spending),
    )
