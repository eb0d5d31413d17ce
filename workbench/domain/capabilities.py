"""What a model can do and which parameters it takes, read from a table.

The table is ``resources/aws/capabilities.json``. Nothing here looks into the name of a
model: an entry says which ids it holds for, by whole id or by a beginning that stands
in the table. A model that no entry holds for gets `Capabilities()`, where everything
is unknown; unknown is offered with a warning, never taken for a yes or a no.
"""

import dataclasses
import enum
from collections.abc import Mapping
from typing import TypeVar

from workbench.domain import tables
from workbench.domain.catalogue import RemoteModel, Route
from workbench.domain.tables import Fields


class Support(enum.StrEnum):
    """Whether a model has an ability."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class ReasoningStyle(enum.StrEnum):
    """How reasoning is asked for."""

    NONE = "none"
    BUDGET = "budget"
    """A number of tokens: ``thinking {type: enabled, budget_tokens}``."""
    ADAPTIVE = "adaptive"
    """The model decides: ``thinking {type: adaptive}`` with ``outputConfig.effort``."""
    EFFORT = "effort"
    """``reasoningConfig {type: enabled, maxReasoningEffort}``."""
    ALWAYS = "always"
    """It always reasons and takes no setting."""
    UNKNOWN = "unknown"


@dataclasses.dataclass(frozen=True, slots=True)
class Reasoning:
    """Reasoning before the answer.

    Attributes:
        min_budget: smallest budget in tokens, None when unknown or not a budget.
        max_budget: largest budget in tokens; always below the maximum of the answer.
        efforts: accepted efforts, least first.
    """

    style: ReasoningStyle = ReasoningStyle.UNKNOWN
    min_budget: int | None = None
    max_budget: int | None = None
    efforts: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Caching:
    """Prompt caching at explicit cache points.

    Attributes:
        ttls: accepted lifetimes, such as ``5m``; empty: only the default.
        min_tokens: a shorter prompt is not cached, None when unknown.
        max_points: cache points in one request, None when unknown.
    """

    support: Support = Support.UNKNOWN
    ttls: tuple[str, ...] = ()
    min_tokens: int | None = None
    max_points: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Sampling:
    """One parameter of sampling and its range; Converse itself takes 0 to 1."""

    support: Support = Support.UNKNOWN
    minimum: float = 0.0
    maximum: float = 1.0


@dataclasses.dataclass(frozen=True, slots=True)
class Capabilities:
    """What a model can do.

    Attributes:
        key: id or beginning in the table that decided; empty: nothing is known.
        verified: the whole entry is documented; False: general knowledge.
        source: where the entry comes from.
        converse: served by Converse; NO means InvokeModel with a body of its own.
        both_sampling: temperature and top-p may be set together.
        max_output_tokens: largest accepted maximum, None when unknown.
        context_tokens: input and output together, None when unknown.
    """

    key: str = ""
    verified: bool = False
    source: str = ""
    converse: Support = Support.UNKNOWN
    system: Support = Support.UNKNOWN
    images: Support = Support.UNKNOWN
    documents: Support = Support.UNKNOWN
    tools: Support = Support.UNKNOWN
    structured_output: Support = Support.UNKNOWN
    count_tokens: Support = Support.UNKNOWN
    stop_sequences: Support = Support.UNKNOWN
    temperature: Sampling = Sampling()
    top_p: Sampling = Sampling()
    both_sampling: Support = Support.UNKNOWN
    max_output_tokens: int | None = None
    context_tokens: int | None = None
    reasoning: Reasoning = Reasoning()
    caching: Caching = Caching()

    @property
    def known(self) -> bool:
        """Whether the table has an entry for the model."""
        return bool(self.key)


@dataclasses.dataclass(frozen=True, slots=True)
class ConverseLimits:
    """Limits of Converse itself, for every model.

    Attributes:
        images: in one request.
        image_bytes: of one image.
        image_pixels: of an image's longer side.
        documents: in one request.
        document_bytes: of one document.
        stop_sequences: in one request.
        image_formats: as the service spells them.
        document_formats: as the service spells them.
    """

    images: int
    image_bytes: int
    image_pixels: int
    documents: int
    document_bytes: int
    stop_sequences: int
    image_formats: tuple[str, ...]
    document_formats: tuple[str, ...]


class CapabilityTable:
    """The entries of the table; the first one for an id or a beginning wins."""

    def __init__(
        self,
        ids: Mapping[str, Capabilities],
        prefixes: Mapping[str, Capabilities],
        limits: ConverseLimits,
        as_of: str,
    ) -> None:
        """Keep entries by whole id and by beginning, and the date (ISO 8601)."""
        self._ids = dict(ids)
        self._prefixes = dict(prefixes)
        self.limits = limits
        self.as_of = as_of

    @classmethod
    def from_json(cls, text: str, name: str = "capabilities.json") -> "CapabilityTable":
        """Read the table.

        Raises:
            InputError: ``table.invalid`` with the place of the mistake.
        """
        table = tables.parse(text, name)
        ids: dict[str, Capabilities] = {}
        prefixes: dict[str, Capabilities] = {}
        for row in table.each("models"):
            whole, beginnings = row.texts("ids"), row.texts("prefixes")
            if not whole and not beginnings:
                row.fail("ids", "neither ids nor prefixes")
            entry = _entry(row)
            for key in whole:
                ids.setdefault(key, dataclasses.replace(entry, key=key))
            for key in beginnings:
                prefixes.setdefault(key, dataclasses.replace(entry, key=key))
        limits, as_of = _limits(table.fields("converse")), table.text("as_of")
        table.done()
        return cls(ids, prefixes, limits, as_of)

    def lookup(self, model_id: str, base_id: str = "") -> Capabilities:
        """Return the entry for a model.

        Args:
            model_id: what is sent as ``modelId``.
            base_id: the foundation model behind it, empty when unknown.
        """
        for each in (model_id, base_id):
            if each in self._ids:
                return self._ids[each]
        for each in (model_id, base_id):
            fitting = [key for key in self._prefixes if each.startswith(key)]
            if fitting:
                return self._prefixes[max(fitting, key=len)]
        return Capabilities()

    def of(self, model: RemoteModel) -> Capabilities:
        """Return what a row of the catalogue can do.

        What the account's own lists say wins over the table: an imported model tells
        itself whether Converse serves it, the list tells which inputs it takes.
        """
        found = self.lookup(model.id, model.base_id)
        if model.route is Route.IMPORTED:
            found = dataclasses.replace(found, converse=said(model.instruct_supported))
        if model.input_modalities:
            images = said("IMAGE" in model.input_modalities)
            found = dataclasses.replace(found, images=images)
        return found


_E = TypeVar("_E", bound=enum.StrEnum)


def said(value: bool | None) -> Support:
    """Return the support that a yes, a no or None (unknown) stands for."""
    if value is None:
        return Support.UNKNOWN
    return Support.YES if value else Support.NO


def _choice(row: Fields, name: str, kind: type[_E], default: _E) -> _E:
    text = row.text(name, default.value)
    try:
        return kind(text)
    except ValueError:
        row.fail(name, f"none of {', '.join(kind)}")


def _support(row: Fields, name: str) -> Support:
    return _choice(row, name, Support, Support.UNKNOWN)


def _entry(row: Fields) -> Capabilities:
    entry = Capabilities(
        verified=row.flag("verified", default=False),
        source=row.text("source", ""),
        converse=_support(row, "converse"),
        system=_support(row, "system"),
        images=_support(row, "images"),
        documents=_support(row, "documents"),
        tools=_support(row, "tools"),
        structured_output=_support(row, "structured_output"),
        count_tokens=_support(row, "count_tokens"),
        stop_sequences=_support(row, "stop_sequences"),
        temperature=_sampling(row.fields("temperature")),
        top_p=_sampling(row.fields("top_p")),
        both_sampling=_support(row, "both_sampling"),
        max_output_tokens=row.integer("max_output_tokens"),
        context_tokens=row.integer("context_tokens"),
        reasoning=_reasoning(row.fields("reasoning")),
        caching=_caching(row.fields("caching")),
    )
    row.done()
    return entry


def _sampling(row: Fields) -> Sampling:
    low, high = row.decimal("minimum"), row.decimal("maximum")
    sampling = Sampling(
        support=_support(row, "support"),
        minimum=0.0 if low is None else float(low),
        maximum=1.0 if high is None else float(high),
    )
    row.done()
    return sampling


def _reasoning(row: Fields) -> Reasoning:
    reasoning = Reasoning(
        style=_choice(row, "style", ReasoningStyle, ReasoningStyle.UNKNOWN),
        min_budget=row.integer("min_budget"),
        max_budget=row.integer("max_budget"),
        efforts=row.texts("efforts"),
    )
    row.done()
    return reasoning


def _caching(row: Fields) -> Caching:
    caching = Caching(
        support=_support(row, "support"),
        ttls=row.texts("ttls"),
        min_tokens=row.integer("min_tokens"),
        max_points=row.integer("max_points"),
    )
    row.done()
    return caching


def _limits(row: Fields) -> ConverseLimits:
    def number(name: str) -> int:
        value = row.integer(name)
        if value is None:
            row.fail(name, "missing")
        return value

    limits = ConverseLimits(
        images=number("images"),
        image_bytes=number("image_bytes"),
        image_pixels=number("image_pixels"),
        documents=number("documents"),
        document_bytes=number("document_bytes"),
        stop_sequences=number("stop_sequences"),
        image_formats=row.texts("image_formats"),
        document_formats=row.texts("document_formats"),
    )
    row.done()
    return limits
