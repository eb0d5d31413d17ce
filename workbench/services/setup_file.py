"""Set-up files: what an engineer prepares, so that the expert only double-clicks.

    {"workbench_setup": 1, "name": "Support team", "profile": "support",
     "region": "ap-northeast-1", "models": ["jp.anthropic.claude-haiku-4-5-…"],
     "daily_cap_usd": "5.00",
     "task": {"kind": "label", "labels": ["ACC", "BIL"], "description": "…"}}

Every member but the first is optional. A file never holds a secret, and one that holds
something that looks like a key is refused: keys belong into the AWS configuration, and
a file with a key in it must not be passed on. Reading sets nothing; `SetUpService.set`
does, after a person has seen what it would set.
"""

import contextlib
import dataclasses
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path

from workbench.domain import tables
from workbench.domain.connections import Identity
from workbench.domain.errors import InputError
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.tables import Fields
from workbench.domain.task import TaskCard, TaskKind
from workbench.services.catalogue import favourite_key
from workbench.services.connections import ConnectionService
from workbench.services.events import Event, EventBus, ProjectOpened
from workbench.services.jobs import Job
from workbench.services.preferences import PreferencesService
from workbench.services.projects import ProjectService
from workbench.services.spending import SpendingService

SUFFIX = ".workbench-setup"
_FORMAT = 1
_MOST_BYTES = 64 * 1024
_SECRET_NAMES = re.compile(
    r"\"[^\"]*(?:secret|passw|token|api_?key|access_?key|credential|bearer)[^\"]*\"\s*:",
    re.IGNORECASE,
)
_SECRETS = re.compile(
    r"\b(?:AKIA|ASIA|ABSK)[A-Z0-9]{12,}"
    r"|\b(?:sk|pk|hf|ghp|xox[bp])[-_][\w-]{16,}"
    r"|\beyJ[\w-]{10,}\.[\w-]{10,}"
    r"|\bbearer\s+\S{8,}"
    r"|-----BEGIN "
    r"|://[^/\s\"@]+:[^/\s\"@]+@"
    r"|(?<![\w/+=.:-])[A-Za-z0-9/+]{40,}={0,2}(?![\w/+=.:-])",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\x00-\x1f]{0,128}")
_REGION = re.compile(r"[a-z]{2,3}(?:-[a-z]+){1,3}-\d{1,2}")
_MODEL = re.compile(r"[\w.:/-]{1,2048}")


@dataclasses.dataclass(frozen=True, slots=True)
class SetUp:
    """What a set-up file would set; empty and None leave things as they are.

    Attributes:
        name: what the engineer calls it.
        models: ids or ARNs on Bedrock, which become favourites.
        daily_cap: US dollars a day, for every project that has no cap of its own.
        task: for the open project.
    """

    name: str = ""
    profile: str = ""
    region: str = ""
    models: tuple[str, ...] = ()
    daily_cap: Decimal | None = None
    task: TaskCard | None = None


def read_set_up(path: Path) -> SetUp:
    """Read a set-up file; sets nothing.

    Raises:
        InputError: ``setup.secret`` when something in it looks like a key,
            ``setup.not_one`` when it is no set-up file, ``setup.newer``,
            ``setup.invalid`` with the place of the mistake.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _not_one() from error
    if len(raw) > _MOST_BYTES:
        raise _not_one()
    return parse_set_up(text, path.name)


def parse_set_up(text: str, name: str) -> SetUp:
    """Read the text of a set-up file; see `read_set_up`."""
    if _SECRET_NAMES.search(text) or _SECRETS.search(text):
        raise InputError(
            "setup.secret",
            "This set-up file holds something that looks like a key or password, so "
            "nothing was taken from it. Ask for one without, and change that key.",
        )
    try:
        table = tables.parse(text, name)
        number = table.integer("workbench_setup")
        if number is None:
            raise _not_one()
        if number > _FORMAT:
            raise InputError(
                "setup.newer", "This set-up file was made for a newer Workbench."
            )
        return _set_up(table)
    except InputError as error:
        if error.code != "table.invalid":
            raise
        raise InputError(
            "setup.invalid",
            f"The set-up file cannot be used: {error.sentence}",
            {"reason": error.sentence},
        ) from error


def _set_up(table: Fields) -> SetUp:
    read = SetUp(
        name=_fitting(table, "name", _NAME),
        profile=_fitting(table, "profile", _NAME),
        region=_fitting(table, "region", _REGION),
        models=table.texts("models"),
        daily_cap=table.decimal("daily_cap_usd"),
        task=_task(table.fields("task")) if "task" in table.names() else None,
    )
    if not all(_MODEL.fullmatch(model) for model in read.models):
        table.fail("models", "not the id of a model")
    if read.daily_cap is not None and read.daily_cap < 0:
        table.fail("daily_cap_usd", "below 0")
    table.done()
    return read


def _fitting(table: Fields, name: str, pattern: re.Pattern[str]) -> str:
    text = table.text(name, "").strip()
    if text and not pattern.fullmatch(text):
        table.fail(name, "not a name that AWS takes")
    return text


def _task(row: Fields) -> TaskCard:
    kind = row.text("kind", TaskKind.FREE.value)
    if kind not in set(TaskKind):
        row.fail("kind", f"none of {', '.join(TaskKind)}")
    longest = row.integer("longest_answer")
    card = TaskCard(
        kind=TaskKind(kind),
        labels=row.texts("labels"),
        fields=row.texts("fields"),
        separator=row.text("separator", ""),
        longest_answer=TaskCard().longest_answer if longest is None else longest,
        description=row.text("description", ""),
    )
    if card.longest_answer < 1:
        row.fail("longest_answer", "below 1")
    row.done()
    return card


def _not_one() -> InputError:
    return InputError("setup.not_one", "This is no set-up file of Workbench.")


class SetUpService:
    """Sets what a set-up file says."""

    def __init__(
        self,
        preferences: PreferencesService,
        connections: ConnectionService,
        projects: ProjectService,
        spending: SpendingService,
        events: EventBus,
    ) -> None:
        """Keep where the values go; see to the cap of every project that opens."""
        self._preferences = preferences
        self._connections = connections
        self._projects = projects
        self._spending = spending
        events.subscribe(self._on_event)

    def read(self, path: Path) -> SetUp:
        """Read a file; see `read_set_up`."""
        return read_set_up(path)

    def set(self, wanted: SetUp) -> Job[Identity | None] | None:
        """Set everything the file says.

        Returns:
            The look at who is signed in, None when the file names neither profile nor
            region.
        """
        current = self._preferences.current
        keys = [
            favourite_key(ModelRef(ModelKind.BEDROCK, model, model))
            for model in wanted.models
        ]
        favourites = tuple(dict.fromkeys((*current.favourite_models, *keys)))
        self._preferences.change(favourite_models=favourites)
        if wanted.daily_cap is not None:
            self._preferences.change(daily_cap=str(wanted.daily_cap))
            self._cap_day(wanted.daily_cap)
        if wanted.task is not None and self._projects.is_open:
            self._projects.save_card(wanted.task)
        if not (wanted.profile or wanted.region):
            return None
        return self._connections.choose(
            wanted.profile or current.aws_profile, wanted.region or current.aws_region
        )

    def _on_event(self, event: Event) -> None:
        """Give a project the daily cap of this computer when it has none of its own."""
        wanted = self._preferences.current.daily_cap
        if isinstance(event, ProjectOpened) and wanted:
            with contextlib.suppress(InvalidOperation):
                if self._spending.caps().day is None:
                    self._cap_day(Decimal(wanted))

    def _cap_day(self, amount: Decimal) -> None:
        if self._projects.is_open:
            caps = self._spending.caps()
            self._spending.set_caps(dataclasses.replace(caps, day=amount))
