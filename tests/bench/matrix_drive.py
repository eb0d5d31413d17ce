"""One life of a matrix: begin it, or resume what is missing, until killed or done.

    matrix_drive.py PROJECT ENDPOINT KEY SECRET CALLS

Asks a sandbox through unmodified boto3. Prints one JSON object when the matrix is done:
how much the memory grew, in MB, and how long it took, in seconds.
"""

import dataclasses
import json
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import psutil

from workbench.aws.runtime import BedrockGenerator
from workbench.aws.session import Sessions
from workbench.domain import places
from workbench.domain.connections import AwsConnection, StaticCredentials
from workbench.domain.costs import Price, PriceTable
from workbench.domain.matrix import MatrixInput, MatrixRequest
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import PromptSpec
from workbench.services.events import EventBus
from workbench.services.jobs import JobService
from workbench.services.matrix import MatrixService
from workbench.services.preferences import PreferencesService
from workbench.services.projects import Places, ProjectService
from workbench.services.spending import SpendingService
from workbench.storage import SqliteProjectFiles

REGION = "us-east-1"
MODELS = tuple(
    ModelRef(ModelKind.BEDROCK, path, path, region=REGION)
    for path in ("amazon.nova-micro-v1:0", "amazon.nova-lite-v1:0")
)
SPECS = tuple(
    PromptSpec(system, "{{ticket}}", parameters=GenerationParameters())
    for system in ("Route the ticket.", "Name the ticket's category.")
)
_MEGABYTE = 1024 * 1024


class Table:
    """The prices that ship with the program."""

    def __init__(self) -> None:
        """Read them."""
        path = places.resources() / "aws" / "prices.json"
        self._table = PriceTable.from_json(path.read_text(encoding="utf-8"))

    def price(self, model: ModelRef) -> Price | None:
        """Return the price of a model."""
        return self._table.price(model.path, model.region)


def wanted(calls: int) -> MatrixRequest:
    """Return a matrix of about so many calls, each with a text of its own."""
    count = max(1, calls // (len(SPECS) * len(MODELS)))
    inputs = tuple(
        MatrixInput((("ticket", f"I cannot log in, order {1000 + number}"),))
        for number in range(count)
    )
    return MatrixRequest(SPECS, inputs, MODELS, name="kill")


@dataclasses.dataclass(frozen=True)
class Parts:
    """What it takes to run a matrix."""

    events: EventBus
    jobs: JobService
    projects: ProjectService
    generator: BedrockGenerator
    matrix: MatrixService

    @classmethod
    def made(cls, folder: Path, endpoint: str, keys: StaticCredentials) -> "Parts":
        """Put the services together over a sandbox."""
        events = EventBus()
        jobs = JobService(events)
        preferences = PreferencesService(folder / "preferences.json")
        where = Places(folder, folder)
        files = SqliteProjectFiles()
        projects = ProjectService(files, where, preferences, jobs, events)
        sessions = Sessions()
        sessions.use_practice(endpoint, keys)
        connection = AwsConnection(region=REGION, endpoint=endpoint)
        generator = BedrockGenerator(sessions, lambda: connection)
        spending = SpendingService(projects, Table())
        matrix = MatrixService(projects, generator, jobs, events, spending)
        return cls(events, jobs, projects, generator, matrix)

    def close(self) -> None:
        """End everything."""
        self.jobs.close()
        self.projects.close()
        self.generator.close()


def live(project: Path, endpoint: str, keys: StaticCredentials, calls: int) -> None:
    """Begin or resume the matrix and see it through."""
    process = psutil.Process()
    parts = Parts.made(project.parent, endpoint, keys)
    matrix = parts.matrix
    parts.projects.open(project)
    before, most = process.memory_info().rss, 0
    begun = time.monotonic()
    kept = matrix.matrices()
    started = matrix.resume(kept[0].id) if kept else matrix.start(wanted(calls))
    pause = threading.Event()
    while not started.job.future.done():
        most = max(most, process.memory_info().rss)
        pause.wait(0.05)
    started.job.future.result()
    most = max(most, process.memory_info().rss)
    seconds = time.monotonic() - begun
    parts.close()
    grown = (most - before) / _MEGABYTE
    print(json.dumps({"megabytes": grown, "seconds": seconds}), flush=True)


if __name__ == "__main__":
    _, path, url, key, secret, count = sys.argv
    live(Path(path), url, StaticCredentials(key, secret), int(count))
