"""All services together, as the window and the command line get them."""

import dataclasses

from workbench.domain.ports import TextGenerator
from workbench.services.advise import AdviseService
from workbench.services.attachments import AttachmentService
from workbench.services.catalogue import CatalogueService
from workbench.services.compare import CompareService
from workbench.services.connections import ConnectionService
from workbench.services.data import DataService
from workbench.services.endpoints import EndpointService
from workbench.services.events import EventBus
from workbench.services.guide import GuideService
from workbench.services.jobs import JobService
from workbench.services.lab import LabService
from workbench.services.matrix import MatrixService
from workbench.services.models import ModelService
from workbench.services.preferences import PreferencesService
from workbench.services.preview import PreviewService
from workbench.services.projects import ProjectService
from workbench.services.prompts import PromptService
from workbench.services.setup_file import SetUpService
from workbench.services.spending import SpendingService
from workbench.services.starter import StarterService
from workbench.services.tune import TuneService
from workbench.services.undo import UndoService


@dataclasses.dataclass(frozen=True, slots=True)
class Services:
    """What a person can do, one attribute per page and a few for all of them."""

    events: EventBus
    jobs: JobService
    preferences: PreferencesService
    projects: ProjectService
    models: ModelService
    undo: UndoService
    lab: LabService
    prompts: PromptService
    attachments: AttachmentService
    preview: PreviewService
    data: DataService
    tune: TuneService
    compare: CompareService
    advise: AdviseService
    starter: StarterService
    guide: GuideService
    generator: TextGenerator
    connections: ConnectionService
    endpoints: EndpointService
    catalogue: CatalogueService
    setup: SetUpService
    spending: SpendingService
    matrix: MatrixService

    def close(self) -> None:
        """Let go of training, stop other work, end the worker, close the project."""
        self.tune.detach_all()
        # Asked to stop like other jobs, a matrix would finish what is in flight.
        self.matrix.stop_all_now()
        self.jobs.close()
        # Before the worker: practice answers with its model.
        self.connections.close()
        self.generator.close()
        self.projects.close()
