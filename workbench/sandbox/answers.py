"""What a model says in the sandbox: blocks, usage, and scripts that give them.

A `Script` is asked for every request and answers at once; it runs on the server's own
thread and must not block. What it gives is sent as it stands: neither ``maxTokens`` nor
stop sequences cut it, so that a test says exactly what comes back.
"""

import dataclasses
import itertools
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff66-\uff9f"
_TOKEN = re.compile(rf"\s*(?:[{_CJK}]|[^\W{_CJK}]{{1,6}}|[^\w\s])|\s+")


def split_tokens(text: str) -> list[str]:
    """Cut a text into the counter's tokens; joined, they are the text again.

    A token is one CJK character, up to six letters or digits of any other script, or
    one sign, with the white space before it.
    """
    return _TOKEN.findall(text)


def count_tokens(text: str) -> int:
    """Count the tokens of `split_tokens`: the stand-in for a model's tokenizer."""
    return sum(1 for _ in _TOKEN.finditer(text))


@dataclasses.dataclass(frozen=True, slots=True)
class Text:
    """A block of text.

    Attributes:
        text: the whole text; may be empty.
        pieces: the deltas of the stream; by default the counter's tokens.
    """

    text: str
    pieces: tuple[str, ...] = ()

    @property
    def content(self) -> dict[str, object]:
        """The block as Converse has it."""
        return {"text": self.text}

    @property
    def start(self) -> dict[str, object] | None:
        """None: blocks of text begin without a start event."""
        return None

    @property
    def deltas(self) -> Iterable[dict[str, object]]:
        """The deltas; an empty text has one empty delta."""
        for piece in self.pieces or split_tokens(self.text) or [""]:
            yield {"text": piece}

    @property
    def counted(self) -> str:
        """What the counter counts."""
        return self.text


@dataclasses.dataclass(frozen=True, slots=True)
class Reasoning:
    """A block of reasoning: a text with its signature, or redacted content."""

    text: str = ""
    signature: str = ""
    redacted: bytes = b""

    @property
    def content(self) -> dict[str, object]:
        """The block as Converse has it."""
        if self.redacted:
            return {"reasoningContent": {"redactedContent": self.redacted}}
        inner = {"text": self.text}
        if self.signature:
            inner["signature"] = self.signature
        return {"reasoningContent": {"reasoningText": inner}}

    @property
    def start(self) -> dict[str, object] | None:
        """None: blocks of reasoning begin without a start event."""
        return None

    @property
    def deltas(self) -> Iterable[dict[str, object]]:
        """The text's tokens, then the signature; or the redacted content."""
        if self.redacted:
            yield {"reasoningContent": {"redactedContent": self.redacted}}
            return
        for piece in split_tokens(self.text):
            yield {"reasoningContent": {"text": piece}}
        if self.signature:
            yield {"reasoningContent": {"signature": self.signature}}

    @property
    def counted(self) -> str:
        """What the counter counts."""
        return self.text


@dataclasses.dataclass(frozen=True, slots=True)
class ToolUse:
    """A wish of the model to use a tool.

    Attributes:
        name: of the tool.
        input: JSON object for the tool.
        tool_use_id: 1 to 64 of ``[a-zA-Z0-9_.:-]``.
    """

    name: str
    input: Mapping[str, object]
    tool_use_id: str = "tooluse_sandbox"

    @property
    def content(self) -> dict[str, object]:
        """The block as Converse has it."""
        return {"toolUse": {**self._who, "input": dict(self.input)}}

    @property
    def start(self) -> dict[str, object] | None:
        """The start event's content."""
        return {"toolUse": self._who}

    @property
    def deltas(self) -> Iterable[dict[str, object]]:
        """The input's JSON text in fragments."""
        for piece in split_tokens(self.counted):
            yield {"toolUse": {"input": piece}}

    @property
    def counted(self) -> str:
        """What the counter counts: the input as JSON."""
        return json.dumps(dict(self.input), ensure_ascii=False)

    @property
    def _who(self) -> dict[str, object]:
        return {"toolUseId": self.tool_use_id, "name": self.name}


Block = Text | Reasoning | ToolUse


@dataclasses.dataclass(frozen=True, slots=True)
class Usage:
    """Token counts that replace those of the counter; None leaves its count."""

    input_tokens: int | None = None
    output_tokens: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """One scripted answer.

    Attributes:
        blocks: in order.
        stop_reason: as Converse names it.
        usage: replaces what the counter would count.
        fields: ``additionalModelResponseFields`` that a request may ask for by JSON
            Pointer.
    """

    blocks: tuple[Block, ...]
    stop_reason: str = "end_turn"
    usage: Usage | None = None
    fields: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> "Answer":
        """Return the answer that is this one text."""
        return cls((Text(text),))

    @property
    def content(self) -> list[dict[str, object]]:
        """The blocks as Converse has them."""
        return [block.content for block in self.blocks]

    @property
    def text(self) -> str:
        """The blocks of text, joined."""
        return "".join(b.text for b in self.blocks if isinstance(b, Text))

    @property
    def output_tokens(self) -> int:
        """Tokens to be charged: those given, else those counted."""
        if self.usage is not None and self.usage.output_tokens is not None:
            return self.usage.output_tokens
        return sum(count_tokens(block.counted) for block in self.blocks)


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """One request as a script or a model sees it.

    Attributes:
        operation: such as ``ConverseStream``.
        model: as the client named it.
        base: foundation model behind it.
        messages: the texts, system text first.
        parameters: how the answer is decoded.
        thinking: whether the request asks for reasoning.
        tools: names of the tools on offer.
        body: the checked request in Converse's members.
    """

    operation: str
    model: str
    base: str
    messages: tuple[Message, ...]
    parameters: GenerationParameters
    thinking: bool
    tools: tuple[str, ...]
    body: Mapping[str, object]


Script = Callable[[Question], Answer]


def in_turn(answers: Sequence[Answer]) -> Script:
    """Return the script that gives these answers in order, the last one ever after.

    Raises:
        ValueError: when there are none.
    """
    if not answers:
        raise ValueError("a script needs an answer")
    turn = itertools.chain(answers, itertools.repeat(answers[-1]))
    return lambda _question: next(turn)


def echo(question: Question) -> Answer:
    """Answer with the last message, so that a new sandbox says something."""
    return Answer.of(question.messages[-1].text if question.messages else "")
