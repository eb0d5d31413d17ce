"""Models that an endpoint serves, with size and context where it tells them.

The protocol's list holds names only. Servers add fields of their own, and Ollama and LM
Studio have a list of theirs beside it, which is asked when the server is near.
"""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from workbench.domain.generation import StopSignal
from workbench.domain.remote import RemoteFailure
from workbench.openai_api import faults
from workbench.openai_api.call import headers
from workbench.openai_api.endpoint import Endpoint
from workbench.openai_api.faults import Asked
from workbench.openai_api.wire import Timeouts, WireError, exchange

LISTING = Timeouts(connect=5.0, answer=20.0, silence=10.0)
_OK = 200
# vLLM, OpenRouter, Groq and LM Studio, in this order.
_CONTEXT_FIELDS = (
    "max_model_len",
    "context_length",
    "context_window",
    "loaded_context_length",
    "max_context_length",
)


@dataclasses.dataclass(frozen=True, slots=True)
class ServedModel:
    """One model of an endpoint.

    Attributes:
        id: what is sent to ask it.
        owner: who the server says it belongs to; some name themselves here.
        context_tokens: how much it reads at once, None when not told.
        size_bytes: of its weights, None when not told.
        detail: parameters and quantisation as the server writes them, or empty.
        is_loaded: whether it is in memory, None when not told.
        answers: False for a model that only makes embeddings.
    """

    id: str
    owner: str = ""
    context_tokens: int | None = None
    size_bytes: int | None = None
    detail: str = ""
    is_loaded: bool | None = None
    answers: bool = True


def list_models(
    endpoint: Endpoint,
    key: str = "",
    stop: StopSignal | None = None,
    timeouts: Timeouts = LISTING,
) -> tuple[ServedModel, ...]:
    """Return what an endpoint serves, sorted by name.

    Raises:
        RemoteFailure: with its kind.
        CancelledError: somebody asked to stop.
    """
    signal = stop or StopSignal()
    asked = Asked(endpoint, key=key)
    found = _listed(_get(asked, f"{endpoint.url}/models", signal, timeouts), asked)
    if endpoint.is_local and not any(one.size_bytes for one in found.values()):
        found = _with_own_lists(asked, found, signal, timeouts)
    return tuple(sorted(found.values(), key=lambda one: one.id.casefold()))


def _listed(document: object, asked: Asked) -> dict[str, ServedModel]:
    """Read the protocol's list; some servers give it without the object around it."""
    rows = document.get("data") if isinstance(document, Mapping) else document
    # Ollama says null when it has no model at all.
    if rows is None and isinstance(document, Mapping) and "data" in document:
        rows = []
    if not isinstance(rows, list):
        raise faults.stranger(asked)
    models = (_model(row) for row in rows if isinstance(row, Mapping))
    return {one.id: one for one in models if one.id}


def _model(row: Mapping[str, Any]) -> ServedModel:
    """Read one row of the protocol's list, with what servers add to it."""
    meta = row.get("meta")
    meta = meta if isinstance(meta, Mapping) else {}
    contexts = (_number(row.get(name)) for name in _CONTEXT_FIELDS)
    return ServedModel(
        id=_text(row.get("id")),
        owner=_text(row.get("owned_by")),
        context_tokens=next(filter(None, contexts), _number(meta.get("n_ctx_train"))),
        size_bytes=_number(meta.get("size")),
        answers=row.get("type") not in {"embeddings", "embedding"},
    )


def _with_own_lists(
    asked: Asked, found: dict[str, ServedModel], stop: StopSignal, timeouts: Timeouts
) -> dict[str, ServedModel]:
    """Add what Ollama or LM Studio tell besides; their silence is no failure."""
    for path, rows_in, add in (
        ("/api/tags", "models", _ollama),
        ("/api/ps", "models", _ollama_loaded),
        ("/api/v0/models", "data", _lm_studio),
    ):
        try:
            document = _get(asked, asked.endpoint.root + path, stop, timeouts)
        except RemoteFailure:
            continue
        rows = document.get(rows_in) if isinstance(document, Mapping) else None
        for row in rows if isinstance(rows, list) else ():
            name = _text(row.get("id") or row.get("name")) if _is_row(row) else ""
            if name in found:
                found[name] = add(found[name], row)
    return found


def _ollama(model: ServedModel, row: Mapping[str, Any]) -> ServedModel:
    details = row.get("details")
    details = details if isinstance(details, Mapping) else {}
    parts = (details.get("parameter_size"), details.get("quantization_level"))
    return dataclasses.replace(
        model,
        size_bytes=_number(row.get("size")),
        detail=" ".join(_text(part) for part in parts if part),
        is_loaded=False,
    )


def _ollama_loaded(model: ServedModel, row: Mapping[str, Any]) -> ServedModel:
    context = _number(row.get("context_length")) or model.context_tokens
    return dataclasses.replace(model, context_tokens=context, is_loaded=True)


def _lm_studio(model: ServedModel, row: Mapping[str, Any]) -> ServedModel:
    read = _model(row)
    return dataclasses.replace(
        model,
        context_tokens=read.context_tokens or model.context_tokens,
        detail=_text(row.get("quantization")),
        is_loaded=row.get("state") == "loaded",
        answers=read.answers,
    )


def _get(asked: Asked, url: str, stop: StopSignal, timeouts: Timeouts) -> object:
    """Return a JSON document.

    Raises:
        RemoteFailure: with its kind.
        CancelledError: somebody asked to stop.
    """
    try:
        with exchange(
            "GET",
            url,
            headers=headers(asked.key),
            body=None,
            stop=stop,
            timeouts=timeouts,
        ) as answer:
            if answer.status != _OK:
                raise faults.of_status(asked, answer.status, answer.refusal())
            body = answer.body()
    except WireError as error:
        raise faults.of_wire(asked, error) from error
    try:
        document: object = json.loads(body)
    except ValueError as error:
        raise faults.stranger(asked) from error
    return document


def _is_row(value: object) -> bool:
    return isinstance(value, Mapping)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    return int(value) if isinstance(value, (int, float)) and value > 0 else None
