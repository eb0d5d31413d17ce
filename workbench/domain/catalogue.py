"""The models of an AWS account: what can be called, through what, and since when.

A *foundation model* is what a provider made; a *route* is how a request reaches one:
directly, through an inference profile that may send it to other regions, or through
something the account made (deployment, provisioned throughput, router, import). Some
rows cannot be called as they are; they stay in the list and say why, so that nobody
looks for a model that the service lists and the program hides.
"""

import dataclasses
import datetime
import enum
import functools
import unicodedata
from collections.abc import Collection, Iterable, Sequence


class Route(enum.StrEnum):
    """How a request reaches the model."""

    ON_DEMAND = "on_demand"
    INFERENCE_PROFILE = "inference_profile"
    APPLICATION_PROFILE = "application_profile"
    CUSTOM_MODEL = "custom_model"
    CUSTOM_DEPLOYMENT = "custom_deployment"
    IMPORTED = "imported"
    PROVISIONED = "provisioned"
    PROMPT_ROUTER = "prompt_router"


class Hindrance(enum.StrEnum):
    """Why a row of the catalogue cannot be called as it is."""

    NONE = ""
    NEEDS_PROFILE = "needs_profile"
    NEEDS_PROVISIONED = "needs_provisioned"
    NEEDS_DEPLOYMENT = "needs_deployment"
    NOT_READY = "not_ready"


class LifecyclePhase(enum.StrEnum):
    """Where a model stands between its start and its end."""

    ACTIVE = "active"
    LEGACY = "legacy"
    EXTENDED = "extended"
    """Legacy, and past the date from which it costs more."""
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclasses.dataclass(frozen=True, slots=True)
class Lifecycle:
    """Dates of a foundation model, None where the service gives none.

    Attributes:
        status: as the service spells it, ``ACTIVE`` or ``LEGACY``; empty: unknown.
        legacy: no new customers and no new fine-tuning from here on.
        extended: the legacy phase with higher prices starts here.
        end: the model answers no more from here on.
    """

    status: str = ""
    start: datetime.date | None = None
    legacy: datetime.date | None = None
    extended: datetime.date | None = None
    end: datetime.date | None = None

    def phase(self, today: datetime.date) -> LifecyclePhase:
        """Return the phase on a day; dates that have passed win over the status."""
        if self.end and today >= self.end:
            return LifecyclePhase.ENDED
        if self.extended and today >= self.extended:
            return LifecyclePhase.EXTENDED
        if self.status == "LEGACY" or (self.legacy and today >= self.legacy):
            return LifecyclePhase.LEGACY
        return LifecyclePhase.ACTIVE if self.status == "ACTIVE" else _UNKNOWN_PHASE


_UNKNOWN_PHASE = LifecyclePhase.UNKNOWN


@dataclasses.dataclass(frozen=True, slots=True)
class RemoteModel:
    """One row of the catalogue.

    Attributes:
        id: what is sent as ``modelId``.
        base_id: the foundation model behind it; empty when unknown or several.
        arn: of what is called.
        target_arns: what it passes a request to: foundation models (one ARN for each
            region), profiles of a router, the custom model of a deployment.
        regions: those that may process a request, sorted; empty when unknown.
        everywhere: any commercial region may process it (a global profile).
        input_modalities: as the service spells them (``TEXT``); empty when unknown.
        output_modalities: the same for answers.
        streaming: None when unknown.
        inference_types: of a foundation model, as the service spells them; None when
            it does not say.
        status: of what the account made, as the service spells it.
        instruct_supported: of an imported model: whether Converse works with it.
        architecture: of an imported model.
        hindrance: why it cannot be called as it is.
        through: ids of the rows that reach the very same model and can be called.
    """

    id: str
    name: str
    route: Route
    provider: str = ""
    base_id: str = ""
    arn: str = ""
    target_arns: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    everywhere: bool = False
    input_modalities: tuple[str, ...] = ()
    output_modalities: tuple[str, ...] = ()
    streaming: bool | None = None
    inference_types: tuple[str, ...] | None = None
    lifecycle: Lifecycle = Lifecycle()
    status: str = ""
    instruct_supported: bool | None = None
    architecture: str = ""
    hindrance: Hindrance = Hindrance.NONE
    through: tuple[str, ...] = ()

    @property
    def callable(self) -> bool:
        """Whether a request with this id can reach a model at all."""
        return self.hindrance is Hindrance.NONE

    @property
    def answers_in_text(self) -> bool:
        """Whether it makes text; what is unknown gets the benefit of the doubt."""
        return not self.output_modalities or "TEXT" in self.output_modalities


@dataclasses.dataclass(frozen=True, slots=True)
class Unread:
    """A list of the account that could not be read, or not to its end.

    Attributes:
        action: the permission it takes, such as ``bedrock:ListCustomModels``.
        code: of the service's error, or the class of the client's own.
        message: verbatim.
        partial: the first pages were read and are in the catalogue.
    """

    action: str
    code: str
    message: str
    partial: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything an account lists in a region, and what could not be read."""

    models: tuple[RemoteModel, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Arn:
    """The parts of an ARN, ``arn:partition:service:region:account:resource``."""

    partition: str
    service: str
    region: str
    account: str
    resource: str

    @classmethod
    def parse(cls, text: str) -> "Arn | None":
        """Return the parts, None for a text that is no ARN."""
        parts = text.split(":", 5)
        return cls(*parts[1:]) if len(parts) == 6 and parts[0] == "arn" else None

    @property
    def kind(self) -> str:
        """What the resource is, such as ``foundation-model``."""
        return self.resource.partition("/")[0]

    @property
    def name(self) -> str:
        """The resource without its kind."""
        return self.resource.partition("/")[2]


FOUNDATION_MODEL = "foundation-model"
_PASSES_ON = frozenset(
    {Route.INFERENCE_PROFILE, Route.APPLICATION_PROFILE, Route.PROMPT_ROUTER}
)
_READY = frozenset({"", "ACTIVE", "Active", "AVAILABLE", "InService", "Updating"})


def base_id_of(arns: Iterable[str]) -> str:
    """Return the one foundation model these ARNs name, empty for none or several."""
    parsed = (Arn.parse(each) for each in arns)
    found = {arn.name for arn in parsed if arn and arn.kind == FOUNDATION_MODEL}
    return found.pop() if len(found) == 1 else ""


def regions_of(arns: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    """Return the regions of foundation-model ARNs, and whether one names no region.

    A global profile lists an ARN with an empty region: any commercial one.
    """
    parsed = [Arn.parse(each) for each in arns]
    models = [arn for arn in parsed if arn and arn.kind == FOUNDATION_MODEL]
    regions = {arn.region for arn in models}
    return tuple(sorted(regions - {""})), "" in regions


def merge(
    foundation: Sequence[RemoteModel], others: Sequence[RemoteModel]
) -> tuple[RemoteModel, ...]:
    """Put the lists of an account together.

    What is called through something else inherits provider, modalities, streaming and
    dates of its foundation model. A foundation model without on-demand throughput
    is marked with the reason and names the rows that reach it.

    Args:
        foundation: route `Route.ON_DEMAND`, with `RemoteModel.inference_types`.
        others: all other routes.
    """
    bases = {model.id: model for model in foundation}
    reached = [_with_status(_inherited(model, bases)) for model in others]
    ways: dict[str, list[str]] = {}
    for model in reached:
        if model.callable and model.base_id and _reaches_base(model):
            ways.setdefault(model.base_id, []).append(model.id)
    profiled = {
        model.base_id for model in reached if model.route is Route.INFERENCE_PROFILE
    }
    marked = [
        _marked(model, tuple(ways.get(model.id, ())), profiled=model.id in profiled)
        for model in foundation
    ]
    return (*marked, *_deployed(reached))


def _inherited(model: RemoteModel, bases: dict[str, RemoteModel]) -> RemoteModel:
    base = bases.get(model.base_id)
    if base is None:
        return model
    return dataclasses.replace(
        model,
        provider=model.provider or base.provider,
        input_modalities=model.input_modalities or base.input_modalities,
        output_modalities=model.output_modalities or base.output_modalities,
        streaming=base.streaming if model.streaming is None else model.streaming,
        lifecycle=base.lifecycle,
    )


def _reaches_base(model: RemoteModel) -> bool:
    """Whether the foundation model itself answers, and not one tuned from it."""
    if model.route in _PASSES_ON:
        return True
    arns = (Arn.parse(each) for each in model.target_arns)
    return any(arn is not None and arn.kind == FOUNDATION_MODEL for arn in arns)


def _with_status(model: RemoteModel) -> RemoteModel:
    if model.status in _READY:
        return model
    return dataclasses.replace(model, hindrance=Hindrance.NOT_READY)


def _marked(
    model: RemoteModel, through: tuple[str, ...], *, profiled: bool
) -> RemoteModel:
    if model.inference_types is None or "ON_DEMAND" in model.inference_types:
        return dataclasses.replace(model, through=through)
    only_provisioned = "PROVISIONED" in model.inference_types and not profiled
    hindrance = (
        Hindrance.NEEDS_PROVISIONED if only_provisioned else Hindrance.NEEDS_PROFILE
    )
    return dataclasses.replace(model, hindrance=hindrance, through=through)


def _deployed(models: Sequence[RemoteModel]) -> list[RemoteModel]:
    """Mark custom models: only a deployment or provisioned throughput answers."""
    ways: dict[str, list[str]] = {}
    for model in models:
        if model.callable and model.route is not Route.CUSTOM_MODEL:
            for arn in model.target_arns:
                ways.setdefault(arn, []).append(model.id)
    return [
        model
        if model.route is not Route.CUSTOM_MODEL or not model.callable
        else dataclasses.replace(
            model,
            hindrance=Hindrance.NEEDS_DEPLOYMENT,
            through=tuple(ways.get(model.arn, ())),
        )
        for model in models
    ]


# Marks that make another letter in Japanese (か and が); all others are accents.
_VOICED = frozenset("\u3099\u309a")
_SEPARATORS = str.maketrans(dict.fromkeys("-_.:/", " "))


@functools.lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return text for searching: without case, accents and differences of width."""
    # Compatible forms first: some, such as a script capital, have a case of their own.
    apart = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", text).casefold()
    )
    kept = (
        each for each in apart if each in _VOICED or not unicodedata.combining(each)
    )
    return unicodedata.normalize("NFKC", "".join(kept))


def search(
    models: Iterable[RemoteModel], text: str, favourites: Collection[str] = ()
) -> list[RemoteModel]:
    """Return the rows that have every word of a text, favourites first.

    Words are looked for in name, provider and ids, with the separators of ids taken
    as spaces too (``haiku 4.5`` finds ``claude-haiku-4-5``). The order is kept.

    Args:
        models: the rows.
        text: what was typed; empty finds all.
        favourites: ids.
    """
    words = [(word, word.translate(_SEPARATORS)) for word in folded(text).split()]
    found = [model for model in models if _has(_haystack(model), words)]
    return sorted(found, key=lambda model: model.id not in favourites)


def _haystack(model: RemoteModel) -> str:
    parts = (model.name, model.provider, model.id, model.base_id, model.architecture)
    plain = folded("\n".join(parts))
    return f"{plain}\n{plain.translate(_SEPARATORS)}"


def _has(haystack: str, words: Iterable[tuple[str, str]]) -> bool:
    return all(word in haystack or spaced in haystack for word, spaced in words)
