"""Stand-ins for models and trainers, and all services put together with them.

They keep to the ports and record what they were asked, so that tests read like the
conversation between services and the outside world.
"""

import dataclasses
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.outside import FakeAws, FakeEndpoints, FakePractice
from workbench.domain import places as own_places
from workbench.domain.comparisons import AdapterProof
from workbench.domain.datasets import NewExample
from workbench.domain.errors import CancelledError, WorkbenchError
from workbench.domain.generation import (
    Generation,
    GenerationRequest,
    OnToken,
    StopSignal,
)
from workbench.domain.jobs import JobState
from workbench.domain.models import BUILTIN_MODEL, ModelRef, folder_adapter
from workbench.domain.prompts import Message, PromptSpec, Role
from workbench.domain.task import TaskCard, TaskKind
from workbench.domain.trials import Rating
from workbench.domain.tuning import (
    Artefact,
    Preparation,
    PreparedRow,
    Progress,
    TrainingSettings,
)
from workbench.services.advise import AdviseService
from workbench.services.application import Services
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
from workbench.services.model_tables import ModelTables
from workbench.services.models import ModelService
from workbench.services.preferences import PreferencesService
from workbench.services.preview import PreviewService
from workbench.services.projects import Places, ProjectService
from workbench.services.prompts import PromptService
from workbench.services.setup_file import SetUpService
from workbench.services.spending import SpendingService
from workbench.services.starter import StarterService
from workbench.services.tune import TuneService
from workbench.services.undo import UndoService
from workbench.storage import SqliteProjectFiles

Answer = Callable[[GenerationRequest], str]


def wordy_or_short(request: GenerationRequest) -> str:
    """Answer in a sentence; in the house's form with examples or an adapter."""
    text = request.messages[-1].text
    has_examples = any(m.role is Role.ASSISTANT for m in request.messages)
    if request.model.adapter_ulid:
        return right_answer(text)
    if has_examples:
        return right_answer(text) if len(text) % 2 else "BIL | low | 0"
    return f"The customer writes that {text}"


def right_answer(text: str) -> str:
    """Return the right answer to a ticket of `records`."""
    number = text.split()[-1]
    return f"ACC | high | {number}"


class FakeGenerator:
    """Answers by a function, word by word; records every request.

    Attributes:
        answer: makes the text of an answer.
        failure: raised instead of answering, when set.
        gate: answers wait here after their first word while it is cleared.
    """

    def __init__(self, answer: Answer = wordy_or_short) -> None:
        self.answer = answer
        self.failure: WorkbenchError | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.started = threading.Event()
        self.requests: list[GenerationRequest] = []
        self.available = True
        self.closed = False
        self.fail_batch_after: int | None = None

    def generate(
        self, request: GenerationRequest, on_token: OnToken, stop: StopSignal
    ) -> Generation:
        self.requests.append(request)
        if self.failure is not None:
            raise self.failure
        words = self.answer(request).split(" ")
        said = ""
        for number, word in enumerate(words):
            piece = word if number == 0 else " " + word
            said += piece
            on_token(piece)
            self.started.set()
            while not self.gate.wait(0.01):
                if stop.is_set():
                    break
            if stop.is_set():
                return self._made(request, said, "cancelled")
        return self._made(request, said, "stop")

    def generate_batch(
        self,
        requests: Sequence[GenerationRequest],
        on_result: Callable[[int, Generation], None],
        stop: StopSignal,
    ) -> None:
        for index, request in enumerate(requests):
            while not self.gate.wait(0.01):
                stop.check()
            stop.check()
            if self.fail_batch_after is not None:
                if self.fail_batch_after == 0:
                    raise self.failure or WorkbenchError("CRASH", "The worker ended.")
                self.fail_batch_after -= 1
            self.requests.append(request)
            self.started.set()
            on_result(index, self._made(request, self.answer(request), "stop"))

    def prove_adapter(
        self, model: ModelRef, prompts: Sequence[Sequence[Message]]
    ) -> AdapterProof:
        return AdapterProof(True, bool(model.adapter_ulid), len(prompts))

    def count_tokens(self, model: ModelRef, texts: Sequence[str]) -> Sequence[int]:
        return [len(text.split()) for text in texts]

    def is_available(self) -> bool:
        return self.available

    def close(self) -> None:
        self.closed = True

    def _made(self, request: GenerationRequest, text: str, reason: str) -> Generation:
        sent = sum(len(message.text.split()) for message in request.messages)
        return Generation(
            text=text,
            stop_reason=reason,
            input_tokens=sent,
            output_tokens=len(text.split()),
            prompt_hash=str(hash(request.messages)),
            seconds=0.1,
            first_token_seconds=0.01,
            adapter_on=bool(request.model.adapter_ulid),
            versions=(("fake", "1"),),
        )


class FakeHandle:
    """A run whose every step is made by the test."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.state = JobState.RUNNING
        self.seen = Progress(phase="training", total_steps=10)
        self.asked: list[str] = []
        self.failure = ("", "")

    def step(self, step: int, loss: float) -> None:
        """Make one more training step."""
        losses = (*self.seen.train_loss, (step, loss))
        self.seen = dataclasses.replace(self.seen, step=step, train_loss=losses)

    def finish(self) -> None:
        """End well, with an adapter on disk."""
        folder = self.directory / "adapter"
        folder.mkdir(parents=True, exist_ok=True)
        weights = str(self.directory.name).encode()
        (folder / "adapter_model.safetensors").write_bytes(weights)
        (folder / "adapter_config.json").write_text("{}", encoding="utf-8")
        self.state = JobState.SUCCEEDED

    def poll(self) -> tuple[JobState, Progress]:
        return self.state, self.seen

    def stop(self, *, save: bool) -> None:
        self.asked.append("stop_save" if save else "stop_now")
        if save:
            self.finish()
        self.state = JobState.CANCELLED

    def force(self) -> None:
        self.asked.append("force")

    def error(self) -> tuple[str, str]:
        return self.failure

    def artefact(self) -> Artefact:
        done = (self.directory / "adapter" / "adapter_model.safetensors").exists()
        return Artefact.ADAPTER if done else Artefact.NONE

    def result(self) -> Mapping[str, str]:
        return {"steps": str(self.seen.step)}

    def log_tail(self, lines: int = 40) -> str:
        return "the end of the log"


class FakeLauncher:
    """Makes preparations and handles without any process."""

    def __init__(self) -> None:
        self.handles: dict[str, FakeHandle] = {}
        self.prepared: dict[Path, Preparation] = {}
        self.failure: WorkbenchError | None = None

    def prepare(
        self,
        directory: Path,
        *,
        run_ulid: str,
        base: ModelRef,
        data: Path,
        settings: TrainingSettings,
        stop: StopSignal,
    ) -> Preparation:
        if self.failure is not None:
            raise self.failure
        if stop.is_set():
            raise CancelledError
        lines = data.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        train = [row for row in rows if row["split"] == "train"]
        examples = tuple(
            PreparedRow(i, row["split"], _pieces(row), 12, 5)
            for i, row in enumerate(rows[:5])
        )
        preparation = Preparation(
            sha256="0" * 64,
            rows_in=len(rows),
            trained=len(train),
            validation=len(rows) - len(train),
            dropped=(),
            lengths=tuple(17 + i % 9 for i in range(len(rows))),
            limit=64,
            stop_token="<|end|>",
            stop_learned=True,
            steps=max(settings.minimum_steps, 10),
            examples=examples,
            seconds=90.0,
        )
        self.prepared[directory] = preparation
        return preparation

    def preparation(self, directory: Path) -> Preparation | None:
        return self.prepared.get(directory)

    def start(
        self,
        directory: Path,
        *,
        run_ulid: str,
        base: ModelRef,
        settings: TrainingSettings,
        preparation: Preparation,
    ) -> FakeHandle:
        if self.failure is not None:
            raise self.failure
        return self.attach(directory, run_ulid=run_ulid)

    def attach(self, directory: Path, *, run_ulid: str) -> FakeHandle:
        return self.handles.setdefault(run_ulid, FakeHandle(directory))


def _pieces(row: dict[str, list[dict[str, str]]]) -> tuple[tuple[str, bool], ...]:
    prompt = "".join(turn["content"] for turn in row["prompt"])
    return ((prompt, False), (row["completion"][0]["content"] + "<|end|>", True))


class FakeLibrary:
    """The built-in model, and folders that need only exist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def builtin(self) -> ModelRef:
        return BUILTIN_MODEL

    def builtin_folder(self) -> Path:
        return self.folder

    def scan(self, folders: Sequence[Path]) -> Sequence[ModelRef]:
        return [self.inspect(folder) for folder in folders]

    def adapters(self, model: ModelRef) -> Sequence[ModelRef]:
        folder = Path(model.path) / "lora"
        return [folder_adapter(model, str(folder))] if folder.is_dir() else []

    def inspect(self, folder: Path) -> ModelRef:
        from workbench.domain.errors import InputError
        from workbench.domain.models import ModelKind

        if not (folder / "config.json").exists():
            raise InputError("model.not_one", "There is no model in this folder.")
        return ModelRef(ModelKind.LOCAL, folder.name, str(folder))


@dataclasses.dataclass
class Bench:
    """All services over real project files, with stand-ins for the outside."""

    services: Services
    generator: FakeGenerator
    launcher: FakeLauncher
    aws: FakeAws
    practice: FakePractice
    endpoints: FakeEndpoints
    problem: WorkbenchError | None = None


def make_bench(folder: Path) -> Bench:
    """Return services whose files all lie in `folder`; close `bench.services`."""
    events = EventBus()
    jobs = JobService(events)
    preferences = PreferencesService(folder / "config" / "preferences.json")
    places = Places(folder / "resources" / "sample", folder / "data")
    projects = ProjectService(SqliteProjectFiles(), places, preferences, jobs, events)
    generator, launcher = FakeGenerator(), FakeLauncher()
    library = FakeLibrary(folder / "model")
    compare = CompareService(projects, generator, jobs, events)
    tune = TuneService(projects, launcher, jobs, events)
    aws, practice, outside = FakeAws(), FakePractice(), FakeEndpoints()
    connections = ConnectionService(preferences, jobs, events, aws, practice)
    endpoints = EndpointService(preferences, jobs, events, outside)
    bench: Bench

    def problem() -> WorkbenchError | None:
        return bench.problem

    models = ModelService(library, generator, problem, projects, preferences)
    catalogue = CatalogueService(
        models,
        connections,
        endpoints,
        (aws, outside),
        preferences,
        jobs,
        events,
        ModelTables((own_places.resources() / "aws",)),
    )
    spending = SpendingService(projects, catalogue)
    services = Services(
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
    bench = Bench(services, generator, launcher, aws, practice, outside)
    return bench


def records(count: int, start: int = 1000) -> list[tuple[dict[str, str], str]]:
    """Return tickets with their right answers, all different."""
    texts = [f"I cannot log in, order {start + i}" for i in range(count)]
    return [({"ticket": text}, right_answer(text)) for text in texts]


SAMPLE_CARD = TaskCard(
    TaskKind.EXTRACT, fields=("code", "urgency", "order"), separator=" | "
)
SAMPLE_SPEC = PromptSpec("Give category, urgency and order.", "{{ticket}}")
SAMPLE_INPUT = {"ticket": "I cannot log in, order 2000"}
"""Stands among the records too, as in the shipped sample."""


def open_sample(bench: Bench) -> None:
    """Open what counts as the person's copy of the sample project.

    Made at the first time, and like the shipped one: a trial that is judged already,
    and records in no part.
    """
    services, projects = bench.services, bench.services.projects
    path = projects.sample_path()
    if path.exists():
        projects.open(path)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    projects.create(path, "Sample", SAMPLE_CARD)
    # As the program does when a project is opened.
    services.tune.attach_all()
    services.lab.save_draft(SAMPLE_SPEC, SAMPLE_INPUT)
    started = services.lab.run(SAMPLE_SPEC, SAMPLE_INPUT, BUILTIN_MODEL)
    started.job.future.result(5)
    services.data.rate([started.trial_id], Rating.BAD)
    dataset_id = services.data.ensure_dataset("tickets")
    rows = [NewExample(tuple(v.items()), answer) for v, answer in records(24, 2000)]
    projects.store.datasets.add(dataset_id, rows)
