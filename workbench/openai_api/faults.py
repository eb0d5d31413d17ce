"""Failures of an endpoint by kind, each with the one thing that mends it.

The kind comes from the status and from the code a server gives; words are only looked
at where servers give no code (a prompt that is too long has none in common). What a
server says is quoted, cut and with the key taken out: some repeat it.
"""

import dataclasses
import json
import re
from collections.abc import Mapping
from typing import Any

from workbench.domain.generation import Generation
from workbench.domain.remote import FailureKind, RemoteFailure
from workbench.openai_api.endpoint import Endpoint
from workbench.openai_api.wire import Trouble, WireError

OLLAMA, LM_STUDIO, VLLM = "Ollama", "LM Studio", "vLLM"
SERVER_PORTS = {11434: OLLAMA, 1234: LM_STUDIO, 8000: VLLM}

_LONGEST_QUOTE = 300
_SECRET = re.compile(r"\b(?:sk|gsk|xai|hf)[-_][\w*.-]{4,}|(?i:bearer)\s+\S+")
_TOO_LONG = re.compile(
    r"context (?:length|window|size)|maximum context|too many tokens|"
    r"(?:prompt|input) is too long|longer than the (?:maximum|context)",
    re.IGNORECASE,
)
_BY_CODE = {
    "model_not_found": FailureKind.NOT_FOUND,
    "context_length_exceeded": FailureKind.TOO_LONG,
    "exceed_context_size_error": FailureKind.TOO_LONG,
    "content_filter": FailureKind.FILTERED,
    "content_policy_violation": FailureKind.FILTERED,
    "insufficient_quota": FailureKind.QUOTA,
    "invalid_api_key": FailureKind.SIGNED_OUT,
    "rate_limit_exceeded": FailureKind.THROTTLED,
}
_BY_STATUS = {
    400: FailureKind.INVALID,
    401: FailureKind.SIGNED_OUT,
    402: FailureKind.QUOTA,
    403: FailureKind.DENIED,
    404: FailureKind.NOT_FOUND,
    405: FailureKind.NOT_FOUND,
    408: FailureKind.INFRASTRUCTURE,
    409: FailureKind.CONFLICT,
    413: FailureKind.TOO_LONG,
    422: FailureKind.INVALID,
    429: FailureKind.THROTTLED,
}


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of whom: all that a sentence about its failure needs.

    Attributes:
        key: the key that was sent, to take it out of what the server says.
    """

    endpoint: Endpoint
    model: str = ""
    key: str = dataclasses.field(default="", repr=False)

    @property
    def server(self) -> str:
        """Name of the program that usually listens there, or empty."""
        if not self.endpoint.is_local:
            return ""
        return SERVER_PORTS.get(self.endpoint.port, "")


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """What a server said about a failure: its own code and its words."""

    code: str = ""
    text: str = ""


def of_wire(
    asked: Asked, error: WireError, partial: Generation | None = None
) -> RemoteFailure:
    """Return the failure of an exchange that was not completed."""
    timed_out = error.trouble is Trouble.TIMEOUT
    if error.answered or timed_out:
        return lost(asked, partial, timed_out=timed_out)
    if error.trouble is Trouble.FOREIGN:
        return stranger(asked)
    kind = _WIRE_KINDS.get(error.trouble, FailureKind.OFFLINE)
    return _failure(asked, kind, _wire_sentence(asked, error.trouble))


def of_status(
    asked: Asked,
    status: int,
    body: bytes,
    *,
    request_id: str = "",
    retry_after: str = "",
) -> RemoteFailure:
    """Return the failure behind a status that is no success; never billable."""
    said = read_error(body, asked.key)
    kind = _kind(status, said)
    sentence = _sentence(asked, kind, said, status)
    failure = _failure(
        asked, kind, sentence, said=said, status=status, request_id=request_id
    )
    if retry_after.isdecimal():
        failure.details["retry_after"] = float(retry_after)
    return failure


def of_stream(asked: Asked, error: object, partial: Generation) -> RemoteFailure:
    """Return the failure that a server reported after it had answered 200."""
    said = _said(error, asked.key)
    kind = _kind(int(said.code) if said.code.isdecimal() else 0, said)
    if kind is FailureKind.UNKNOWN:
        kind = FailureKind.MODEL
    sentence = _sentence(asked, kind, said, 200)
    return _failure(
        asked, kind, sentence, said=said, status=200, billable=True, partial=partial
    )


def lost(
    asked: Asked, partial: Generation | None, *, timed_out: bool = False
) -> RemoteFailure:
    """Return the failure of an answer whose end never came."""
    name = asked.endpoint.name
    sentence = f"The answer of {name} broke off. What had arrived is kept; run it again"
    if timed_out:
        sentence = f"{name} fell silent. Look whether it still works; then run it again"
    return _failure(
        asked, FailureKind.LOST, f"{sentence}.", billable=True, partial=partial
    )


def stranger(asked: Asked, *, billable: bool = False) -> RemoteFailure:
    """Return the failure of a server that speaks something else."""
    sentence = (
        f"What answers at {asked.endpoint.url} does not speak OpenAI's protocol. "
        "Check the address."
    )
    return _failure(asked, FailureKind.STRANGER, sentence, billable=billable)


def read_error(body: bytes, key: str = "") -> Said:
    """Return what the body of a failure says, in any of the usual shapes."""
    try:
        value = json.loads(body)
    except ValueError:
        # A page for browsers is of no use to anybody here.
        text = body.decode("utf-8", errors="replace").strip()
        return Said(text="" if text.startswith("<") else _quoted(text, key))
    return _said(value.get("error", value) if isinstance(value, dict) else value, key)


def _said(error: object, key: str) -> Said:
    """Read an error object, or an error that is just a text."""
    if not isinstance(error, Mapping):
        return Said(text=_quoted(str(error), key))
    code = error.get("code") or error.get("type") or ""
    text = error.get("message") or error.get("detail") or ""
    shown = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
    return Said(_quoted(str(code), key), _quoted(shown, key))


def _quoted(text: str, key: str) -> str:
    """Return words that may be shown: short, on one line, without any key."""
    clean = text.replace(key, "…") if key else text
    clean = " ".join(_SECRET.sub("…", clean).split())
    return clean if len(clean) <= _LONGEST_QUOTE else clean[:_LONGEST_QUOTE] + "…"


def _kind(status: int, said: Said) -> FailureKind:
    """Return the kind: by code, then by words for length, then by status."""
    if said.code in _BY_CODE:
        return _BY_CODE[said.code]
    if status in {0, 400, 413, 422, 500} and _TOO_LONG.search(said.text):
        return FailureKind.TOO_LONG
    if 300 <= status < 400:
        return FailureKind.STRANGER
    if status >= 500:
        return FailureKind.INFRASTRUCTURE
    return _BY_STATUS.get(status, FailureKind.UNKNOWN)


def _failure(
    asked: Asked,
    kind: FailureKind,
    sentence: str,
    *,
    said: Said = Said(),
    status: int = 0,
    request_id: str = "",
    billable: bool = False,
    partial: Generation | None = None,
) -> RemoteFailure:
    details: dict[str, Any] = {
        "endpoint": asked.endpoint.name,
        "url": asked.endpoint.url,
        "model": asked.model,
        "server": asked.server,
        "reason": said.text,
        "command": _command(asked, kind),
    }
    return RemoteFailure(
        kind,
        sentence,
        details,
        code=f"endpoint.{kind.value}",
        aws_code=said.code,
        status=status,
        request_id=request_id,
        billable=billable,
        partial=partial,
    )


def _command(asked: Asked, kind: FailureKind) -> str:
    """Return what to type into a terminal, or nothing."""
    if asked.server == OLLAMA and asked.model and kind is FailureKind.NOT_FOUND:
        return f"ollama pull {asked.model}"
    return ""


def _sentence(asked: Asked, kind: FailureKind, said: Said, status: int) -> str:
    """Return what happened and the one thing that mends it."""
    name = asked.endpoint.name
    known = {
        FailureKind.SIGNED_OUT: _key_sentence(asked),
        FailureKind.DENIED: f"The key may not use this at {name}. Ask its owner.",
        FailureKind.NOT_FOUND: _missing_sentence(asked),
        FailureKind.THROTTLED: f"{name} takes no more calls now. Wait a little.",
        FailureKind.QUOTA: f"The account at {name} has no credit left. Add some.",
        FailureKind.TOO_LONG: "The prompt is longer than the model reads. Shorten it, "
        "or let the server load the model with a larger context.",
        FailureKind.FILTERED: f"A filter of {name} refused it. Say it differently.",
        FailureKind.INFRASTRUCTURE: f"{name} failed (status {status}). Try again; if "
        "it stays so, look into its log.",
        FailureKind.STRANGER: f"{name} has moved. Check the address.",
        FailureKind.INVALID: f"{name} does not take this request. Change what it names",
        FailureKind.MODEL: f"The model at {name} failed while it answered",
    }
    sentence = known.get(kind, f"{name} answered with status {status}")
    if not sentence.endswith("."):
        sentence += f": {said.text}" if said.text else "."
    return sentence


def _key_sentence(asked: Asked) -> str:
    name = asked.endpoint.name
    if asked.key:
        return f"{name} does not know the key. Enter it again in the settings."
    return f"{name} wants a key. Enter it in the settings."


def _missing_sentence(asked: Asked) -> str:
    """Say how a model is brought there; without one, the address is wrong."""
    name, model = asked.endpoint.name, asked.model
    if not model:
        return f"Nothing is known at {asked.endpoint.url}. Check the address."
    ways = {
        OLLAMA: f"Pull it with: ollama pull {model}",
        LM_STUDIO: "Download and load it in LM Studio.",
        VLLM: f"Start vLLM with: vllm serve {model}",
    }
    way = ways.get(asked.server, "Choose one from its list.")
    return f"{name} has no model {model}. {way}"


def _wire_sentence(asked: Asked, trouble: Trouble) -> str:
    """Say how a server is reached that was not."""
    url, name = asked.endpoint.url, asked.endpoint.name
    start = f"Start {asked.server}" if asked.server else "Start the server"
    if asked.server == LM_STUDIO:
        start = "Start the server in LM Studio"
    return {
        Trouble.NAME: f"There is no computer of that name: {url}. Check the address.",
        Trouble.REFUSED: f"Nothing answers at {url}. {start}.",
        Trouble.TLS: f"No safe connection to {url}: its certificate is not trusted, or "
        "it speaks plain http. Check the address.",
        Trouble.BROKEN: f"{name} hung up before it answered. Try again; if it stays "
        "so, look into its log.",
    }.get(trouble, f"{url} cannot be reached. Check the network and the address.")


_WIRE_KINDS = {
    Trouble.TLS: FailureKind.STRANGER,
    Trouble.BROKEN: FailureKind.INFRASTRUCTURE,
}
