"""Requests for an answer, and answers put together from what arrives.

Servers differ in small things; what is accepted here is what Ollama, vLLM, LM Studio,
llama.cpp, OpenRouter and OpenAI send. Both forms of an answer, whole and streamed, end
in the same `Reply`.
"""

import base64
import dataclasses
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workbench.domain.content import FileBytes, FileKind, FilePart, SendAs
from workbench.domain.errors import InputError
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message, Role

DONE = "[DONE]"
_decoder = json.JSONDecoder()
_HALF = re.compile("[\ud800-\udfff]")
_FIRST_HALF = re.compile("[\ud800-\udbff]\\Z")


@dataclasses.dataclass(frozen=True, slots=True)
class Dialect:
    """What one server takes; learned when it refuses something.

    Attributes:
        asks_usage: ask for the numbers of tokens at the end of a stream.
        completion_limit: name the limit ``max_completion_tokens``, as reasoning models
            of OpenAI insist on, rather than ``max_tokens``, which all others know.
        sends_seed: send the seed of sampling.
    """

    asks_usage: bool = True
    completion_limit: bool = False
    sends_seed: bool = True

    def after(self, refusal: str, sent: Mapping[str, Any]) -> "Dialect | None":
        """Return what to try after a refusal; None when nothing else can be tried.

        Only spellings and extras are tried differently. What a person chose, such as
        the temperature, is never dropped: the refusal is theirs to read.
        """
        text = refusal.lower()
        if "stream_options" in sent and ("stream_options" in text or "usage" in text):
            return dataclasses.replace(self, asks_usage=False)
        if "max_tokens" in sent and "max_completion_tokens" in text:
            return dataclasses.replace(self, completion_limit=True)
        if "max_completion_tokens" in sent and "max_completion_tokens" in text:
            return dataclasses.replace(self, completion_limit=False)
        if "seed" in sent and "seed" in text:
            return dataclasses.replace(self, sends_seed=False)
        return None


@dataclasses.dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the server counted them."""

    input_tokens: int
    output_tokens: int
    reasoning_tokens: int = 0
    cache_read_tokens: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """What one chunk adds to the answer, and to the reasoning before it."""

    text: str = ""
    reasoning: str = ""


class StreamedError(Exception):
    """The server reported an error after it had answered 200."""

    def __init__(self, error: object) -> None:
        """Keep the error object of the stream."""
        super().__init__("error in the stream")
        self.error = error


class UnreadableError(Exception):
    """What came is not what the protocol promises."""


class Reply:
    """An answer while it arrives."""

    def __init__(self) -> None:
        """Start before the first chunk."""
        self._text = _Joined()
        self._reasoning = _Joined()
        self.finish_reason = ""
        self.usage: Usage | None = None
        self.model = ""
        self.fingerprint = ""
        self.request_id = ""
        self.is_done = False
        self.has_choice = False

    @property
    def text(self) -> str:
        """The answer so far."""
        return self._text.whole

    @property
    def reasoning(self) -> str:
        """The reasoning so far."""
        return self._reasoning.whole

    @property
    def is_complete(self) -> bool:
        """True when the server said that the answer has ended."""
        return self.is_done or bool(self.finish_reason)

    def feed(self, data: str) -> Iterator[Piece]:
        """Take the data of one event and yield what it adds.

        Raises:
            StreamedError: the server reported an error.
            UnreadableError: it is no JSON.
        """
        for document in documents(data):
            if document == DONE:
                self.is_done = True
                return
            yield self.take(document)

    def take(self, document: object) -> Piece:
        """Take one chunk, or a whole answer, and return what it adds.

        Raises:
            StreamedError: the server reported an error.
            UnreadableError: it is no JSON object.
        """
        if not isinstance(document, Mapping):
            raise UnreadableError
        if error := document.get("error"):
            raise StreamedError(error)
        self._take_facts(document)
        choice = _first(document.get("choices"))
        self.has_choice = self.has_choice or bool(choice)
        self.finish_reason = _text(choice.get("finish_reason")) or self.finish_reason
        part = choice.get("delta") or choice.get("message")
        piece = _piece(part if isinstance(part, Mapping) else {})
        return Piece(
            self._text.append(piece.text), self._reasoning.append(piece.reasoning)
        )

    def _take_facts(self, document: Mapping[str, Any]) -> None:
        self.model = _text(document.get("model")) or self.model
        self.request_id = _text(document.get("id")) or self.request_id
        fingerprint = _text(document.get("system_fingerprint"))
        self.fingerprint = fingerprint or self.fingerprint
        self.usage = _usage(document.get("usage")) or self.usage


class _Joined:
    """Pieces of a text; half a character waits for its other half.

    Servers that cut between tokens also cut inside of characters, and no file could be
    written with a half.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._half = ""

    @property
    def whole(self) -> str:
        """The text so far; a half whose other half never came is marked as such."""
        return "".join([*self._pieces, _mended(self._half)])

    def append(self, piece: str) -> str:
        """Keep a piece and return what can be shown of it."""
        text, self._half = self._half + piece, ""
        if _FIRST_HALF.search(text):
            text, self._half = text[:-1], text[-1]
        text = _mended(text)
        if text:
            self._pieces.append(text)
        return text


def _mended(text: str) -> str:
    """Join halves of characters; one that stays alone becomes a question mark."""
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def request_body(
    model: str,
    messages: Sequence[Mapping[str, Any]],
    parameters: GenerationParameters,
    dialect: Dialect,
    *,
    stream: bool,
) -> dict[str, Any]:
    """Return what is sent for one answer.

    A budget for reasoning has no field of its own here; servers count reasoning as part
    of the answer, so that it is added to the limit.

    Raises:
        InputError: ``endpoint.schema`` when the JSON schema is none.
    """
    limit = "max_completion_tokens" if dialect.completion_limit else "max_tokens"
    body: dict[str, Any] = {
        "model": model,
        "messages": messages,
        "temperature": parameters.temperature,
        limit: parameters.max_output_tokens + parameters.reasoning_budget,
        "stream": stream,
    }
    if parameters.temperature > 0:
        body["top_p"] = parameters.top_p
    if dialect.sends_seed:
        body["seed"] = parameters.seed
    if parameters.stop_sequences:
        body["stop"] = list(parameters.stop_sequences)
    if parameters.reasoning_effort:
        body["reasoning_effort"] = parameters.reasoning_effort
    if parameters.json_schema:
        body["response_format"] = _response_format(parameters.json_schema)
    if stream and dialect.asks_usage:
        body["stream_options"] = {"include_usage": True}
    return body


def sent_messages(
    messages: Sequence[Message], files: FileBytes | None = None
) -> list[dict[str, Any]]:
    """Return messages as they are sent, images as data URLs.

    Documents go as the text that was read from them: the protocol has no other form
    that these servers share.

    Raises:
        InputError: ``prompt.empty``, ``files.role``, ``endpoint.files`` when an image
            is to be sent and nobody gives its bytes.
        EnvironmentFault: a file is not there any more.
    """
    if not messages or not (messages[-1].text.strip() or messages[-1].files):
        raise InputError(
            "prompt.empty", "There is nothing to send: the input is empty."
        )
    return [{"role": one.role.value, "content": _sent(one, files)} for one in messages]


def _sent(message: Message, files: FileBytes | None) -> str | list[dict[str, Any]]:
    """Return the content of one message: a text, or blocks where images are in it."""
    if message.files and message.role is not Role.USER:
        raise InputError("files.role", "Files can only go along with a question.")
    images = [part for part in message.files if _is_image(part)]
    texts = [
        _document(part, number)
        for number, part in enumerate(message.files, start=1)
        if not _is_image(part)
    ]
    text = "\n\n".join(one for one in (*texts, message.text) if one)
    if not images:
        return text
    blocks: list[dict[str, Any]] = [_image(part, files) for part in images]
    return [*blocks, {"type": "text", "text": text}] if text else blocks


def _document(part: FilePart, number: int) -> str:
    """Return the text of a file as other providers are sent it too."""
    name = f"{part.kind.value}-{number}"
    return f'<document name="{name}">\n{part.text}\n</document>'


def _is_image(part: FilePart) -> bool:
    return part.kind is FileKind.IMAGE and part.send_as is SendAs.BLOCK


def _image(part: FilePart, files: FileBytes | None) -> dict[str, Any]:
    if files is None:
        raise InputError("endpoint.files", "Images cannot be sent from here.")
    kind = "jpeg" if part.format == "jpg" else part.format
    content = base64.b64encode(files(part.content_hash)).decode("ascii")
    url = f"data:image/{kind};base64,{content}"
    return {"type": "image_url", "image_url": {"url": url}}


def _response_format(schema: str) -> dict[str, Any]:
    try:
        value = json.loads(schema)
    except ValueError as error:
        raise InputError("endpoint.schema", "The JSON schema is no JSON.") from error
    named = {"name": "answer", "strict": True, "schema": value}
    return {"type": "json_schema", "json_schema": named}


def documents(data: str) -> Iterator[object]:
    """Yield the JSON values of one event, and `DONE` as it is.

    There is one as a rule; servers that leave out the empty line between events run
    several together.

    Raises:
        UnreadableError: it is no JSON.
    """
    rest = data.strip()
    while rest:
        if rest.startswith(DONE):
            yield DONE
            return
        try:
            value, end = _decoder.raw_decode(rest)
        except ValueError as error:
            raise UnreadableError from error
        yield value
        rest = rest[end:].lstrip()


def _piece(part: Mapping[str, Any]) -> Piece:
    """Return text and reasoning of a delta or a message."""
    reasoning = part.get("reasoning_content") or part.get("reasoning")
    return Piece(_content(part.get("content")), _text(reasoning))


def _content(content: object) -> str:
    """Return content that is a text, or a list of parts with texts."""
    if isinstance(content, list):
        texts = (part.get("text") for part in content if isinstance(part, Mapping))
        return "".join(_text(text) for text in texts)
    return _text(content)


def _usage(value: object) -> Usage | None:
    """Return the numbers of tokens, None when the server does not tell them."""
    if not isinstance(value, Mapping) or "prompt_tokens" not in value:
        return None
    output = _mapping(value.get("completion_tokens_details"))
    prompt = _mapping(value.get("prompt_tokens_details"))
    return Usage(
        input_tokens=_number(value.get("prompt_tokens")),
        output_tokens=_number(value.get("completion_tokens")),
        reasoning_tokens=_number(output.get("reasoning_tokens")),
        cache_read_tokens=_number(prompt.get("cached_tokens")),
    )


def _first(value: object) -> Mapping[str, Any]:
    """Return the first choice; the chunk with the usage has none."""
    return _mapping(value[0]) if isinstance(value, list) and value else {}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int:
    return int(value) if isinstance(value, (int, float)) else 0
