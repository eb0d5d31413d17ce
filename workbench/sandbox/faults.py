"""Scripted faults: what goes wrong, and with which request.

A `Rule` counts the requests that fit its operation and model, and lets its fault happen
to some of them. A fault may refuse the request, delay it, replace the answer, or damage
what is sent; frames are counted from the first of the stream, ``messageStart``.
"""

import contextlib
import dataclasses
import enum
import threading
from collections.abc import AsyncGenerator, Iterable, Mapping
from typing import NamedTuple

from workbench.sandbox import frames
from workbench.sandbox.answers import Answer, Text, Usage
from workbench.sandbox.errors import AwsError
from workbench.sandbox.wire import dump


class Frame(NamedTuple):
    """Bytes to be sent, and the tokens they take of the pace."""

    data: bytes
    tokens: int = 0


class Signal(enum.Enum):
    """What happens to the connection instead of more bytes."""

    CUT = "cut"
    SILENCE = "silence"
    END = "end"


class Body(NamedTuple):
    """A reply in one piece.

    Attributes:
        length: what Content-Length says.
        then: what happens after the bytes.
        has_head: whether status line and headers are sent at all.
    """

    data: bytes
    length: int
    then: Signal = Signal.END
    has_head: bool = True


Frames = AsyncGenerator[Frame | Signal, None]


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """What may go wrong; by itself nothing does."""

    @property
    def name(self) -> str:
        """Name for the record."""
        return type(self).__name__

    @property
    def delay(self) -> float:
        """Seconds before the first byte."""
        return 0.0

    def refusal(self) -> AwsError | None:
        """Return the error that is sent instead of an answer."""
        return None

    def answer(self) -> Answer | None:
        """Return the answer that replaces the model's."""
        return None

    def body(self, data: bytes) -> Body:
        """Return what is sent of a reply in one piece."""
        return Body(data, len(data))

    async def stream(self, sent: Frames) -> Frames:
        """Give what is sent of a stream."""
        async with contextlib.aclosing(sent):
            async for item in sent:
                yield item


@dataclasses.dataclass(frozen=True, slots=True)
class Refuse(Fault):
    """AWS's error instead of an answer.

    Attributes:
        code: such as ``ThrottlingException``.
        message: AWS's sentence.
        status: HTTP status, 0 for the one of the service model.
        extra: further modelled members.
    """

    code: str = "InternalServerException"
    message: str = "SANDBOX: as scripted."
    status: int = 0
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name for the record: the code."""
        return self.code

    def refusal(self) -> AwsError | None:
        """Return the error."""
        return AwsError(self.code, self.message, self.status, self.extra)


THROTTLE = Refuse(
    "ThrottlingException", "Too many requests, please wait before trying again."
)
INTERNAL = Refuse(
    "InternalServerException", "The system encountered an unexpected error."
)
UNAVAILABLE = Refuse(
    "ServiceUnavailableException", "Bedrock is unable to process your request."
)
NOT_READY = Refuse(
    "ModelNotReadyException", "Model is not ready for inference. Wait and try again."
)
DENIED = Refuse(
    "AccessDeniedException",
    "User: arn:aws:iam::000000000000:user/SANDBOX is not authorized to perform: "
    "bedrock:InvokeModel",
)
EXPIRED = Refuse(
    "ExpiredTokenException", "The security token included in the request is expired"
)
VALIDATION = Refuse("ValidationException", "The provided request is not valid.")
MISSING = Refuse("ResourceNotFoundException", "The specified resource is not found.")
MODEL_TIMEOUT = Refuse(
    "ModelTimeoutException", "Model has timed out in processing the request."
)
MODEL_ERROR = Refuse(
    "ModelErrorException",
    "The model could not process the request.",
    extra={"originalStatusCode": 500, "resourceName": "SANDBOX"},
)


@dataclasses.dataclass(frozen=True, slots=True)
class NotAws(Fault):
    """A page of somebody else, such as a proxy, with its status."""

    status: int = 502

    def refusal(self) -> AwsError | None:
        """Return an error without a code: it is sent as HTML."""
        return AwsError("", "<html><body>SANDBOX proxy</body></html>", self.status)


@dataclasses.dataclass(frozen=True, slots=True)
class SlowFirstByte(Fault):
    """Nothing comes for `seconds`, then all is well."""

    seconds: float = 1.0

    @property
    def delay(self) -> float:
        """Seconds before the first byte."""
        return self.seconds


@dataclasses.dataclass(frozen=True, slots=True)
class BigAnswer(Fault):
    """An answer of `size` bytes, in pieces of `piece` bytes when streamed."""

    size: int = 20_000_000
    piece: int = 65_536

    def answer(self) -> Answer | None:
        """Return the big answer: lines of 16 bytes."""
        text = ("sandbox sandbox\n" * (self.size // 16 + 1))[: self.size]
        pieces = tuple(
            text[at : at + self.piece] for at in range(0, self.size, self.piece)
        )
        # Counted here: running the counter over it would hold up everybody else.
        return Answer((Text(text, pieces),), usage=Usage(output_tokens=self.size // 4))


@dataclasses.dataclass(frozen=True, slots=True)
class _After(Fault):
    """A fault of a stream after `frames` whole frames.

    Attributes:
        frames: sent before it happens.
    """

    frames: int = 2

    async def stream(self, sent: Frames) -> Frames:
        """Send some frames, then what `happens` to the next one."""
        count = 0
        async with contextlib.aclosing(sent):
            async for item in sent:
                if count != self.frames or isinstance(item, Signal):
                    yield item
                else:
                    for changed in self.happens(item):
                        yield changed
                    if self.is_last:
                        return
                count += 1

    @property
    def is_last(self) -> bool:
        """Whether nothing is sent after it."""
        return True

    def happens(self, frame: Frame) -> Iterable[Frame | Signal]:
        """Return what is sent in place of a frame."""
        return ()


@dataclasses.dataclass(frozen=True, slots=True)
class Cut(_After):
    """The connection is cut before or within a frame; of a reply, before or within it.

    Attributes:
        within: whether half of the next frame (of the body) is still sent.
    """

    within: bool = False

    def happens(self, frame: Frame) -> Iterable[Frame | Signal]:
        """Return half of the frame, or nothing, and the cut."""
        half = (Frame(frame.data[: len(frame.data) // 2]),) if self.within else ()
        return (*half, Signal.CUT)

    def body(self, data: bytes) -> Body:
        """Return half of the body, or not even a head, and the cut."""
        half = data[: len(data) // 2] if self.within else b""
        return Body(half, len(data), Signal.CUT, has_head=self.within)


@dataclasses.dataclass(frozen=True, slots=True)
class CleanEnd(_After):
    """The reply ends in order, but without ``messageStop``.

    Attributes:
        within: whether half of the next frame is still sent.
    """

    within: bool = False

    def happens(self, frame: Frame) -> Iterable[Frame | Signal]:
        """Return half of the frame, or nothing, and the end."""
        half = (Frame(frame.data[: len(frame.data) // 2]),) if self.within else ()
        return (*half, Signal.END)


@dataclasses.dataclass(frozen=True, slots=True)
class Silence(_After):
    """Nothing more comes until the client leaves or the sandbox closes."""

    def happens(self, frame: Frame) -> Iterable[Frame | Signal]:
        """Return the silence."""
        return (Signal.SILENCE,)

    def body(self, data: bytes) -> Body:
        """Return not even a head."""
        return Body(b"", len(data), Signal.SILENCE, has_head=False)


@dataclasses.dataclass(frozen=True, slots=True)
class BadCrc(_After):
    """One frame comes with a wrong checksum; the rest is sent as if nothing were."""

    @property
    def is_last(self) -> bool:
        """The stream goes on."""
        return False

    def happens(self, frame: Frame) -> Iterable[Frame | Signal]:
        """Return the damaged frame."""
        return (Frame(frames.with_bad_crc(frame.data)),)


@dataclasses.dataclass(frozen=True, slots=True)
class TruncatedJson(_After):
    """JSON that stops half-way: a whole reply, or the payload of one event."""

    @property
    def is_last(self) -> bool:
        """The stream goes on."""
        return False

    def happens(self, frame: Frame) -> Iterable[Frame | Signal]:
        """Return a sound frame with half a payload."""
        return (Frame(frames.with_half_payload(frame.data)),)

    def body(self, data: bytes) -> Body:
        """Return half of the body as if it were all."""
        half = data[: len(data) // 2]
        return Body(half, len(half))


@dataclasses.dataclass(frozen=True, slots=True)
class StreamException(_After):
    """A modelled exception in the stream.

    Attributes:
        member: of the stream's shape, such as ``throttlingException``; another name
            is what a reader does not know.
        message: AWS's sentence.
        extra: further modelled members.
    """

    member: str = "modelStreamErrorException"
    message: str = "SANDBOX: as scripted."
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def happens(self, frame: Frame) -> Iterable[Frame | Signal]:
        """Return the exception's frame and the end."""
        payload = dump({"message": self.message, **self.extra})
        return (Frame(frames.exception(self.member, payload)), Signal.END)


@dataclasses.dataclass(frozen=True, slots=True)
class StreamError(_After):
    """An error in the stream that the service model does not know."""

    code: str = "InternalFailure"
    message: str = "SANDBOX: as scripted."

    def happens(self, frame: Frame) -> Iterable[Frame | Signal]:
        """Return the error's frame and the end."""
        return (Frame(frames.error(self.code, self.message)), Signal.END)


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """Which requests a fault happens to.

    Attributes:
        operation: name of the operation, empty for all.
        model: as the client names it, empty for all.
        first: number, from 1, of the first request it happens to, among those that
            fit operation and model since the rule was added.
        count: how many requests it happens to, 0 for all that follow.
    """

    fault: Fault
    operation: str = ""
    model: str = ""
    first: int = 1
    count: int = 1

    def fits(self, operation: str, model: str) -> bool:
        """Tell whether the rule counts such a request."""
        return self.operation in {"", operation} and self.model in {"", model}

    def is_due(self, number: int) -> bool:
        """Tell whether the fault happens to the request with this number."""
        last = self.first + self.count if self.count else number + 1
        return self.first <= number < last


NO_FAULT = Fault()


class FaultPlan:
    """The rules in force; may be changed from any thread while the sandbox runs."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        """Start with these rules."""
        self._rules = list(rules)
        self._counts = [0] * len(self._rules)
        # Guards rules and counts, which must stay side by side.
        self._lock = threading.Lock()

    def add(self, *rules: Rule) -> None:
        """Put rules behind those there are; they count from now."""
        with self._lock:
            self._rules.extend(rules)
            self._counts.extend(0 for _ in rules)

    def clear(self) -> None:
        """Take all rules away."""
        with self._lock:
            self._rules.clear()
            self._counts.clear()

    def take(self, operation: str, model: str) -> Fault:
        """Count a request and return its fault: that of the first rule that is due."""
        found: Fault | None = None
        with self._lock:
            for index, rule in enumerate(self._rules):
                if rule.fits(operation, model):
                    self._counts[index] += 1
                    if found is None and rule.is_due(self._counts[index]):
                        found = rule.fault
        return found or NO_FAULT
