"""One answer of a model: the request, the stream, the result."""

import contextlib
import dataclasses
import threading
from collections.abc import Callable

from workbench.domain.errors import CancelledError
from workbench.domain.models import ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message

OnToken = Callable[[str], None]


@dataclasses.dataclass(frozen=True, slots=True)
class GenerationRequest:
    """What is asked of a model."""

    model: ModelRef
    messages: tuple[Message, ...]
    parameters: GenerationParameters


@dataclasses.dataclass(frozen=True, slots=True)
class Generation:
    """What came back.

    Attributes:
        stop_reason: ``stop``, ``length`` or ``cancelled``.
        error_code: class of the error of one item in a batch, or empty.
        adapter_on: whether the adapter was switched on for this answer.
        versions: library versions and device.
        reasoning: what the model thought aloud, never part of `text`.
        reasoning_tokens: part of `output_tokens` spent on reasoning; estimated where
            the provider does not say it, and `versions` then says so.
        cache_read_tokens: tokens of the prompt that came from the provider's cache;
            like `cache_write_tokens` not in `input_tokens`.
        cache_write_tokens: tokens of the prompt that were put into it.
        request_id: what the provider's support asks for, or empty.
        attempts: calls that were made for this answer.
    """

    text: str
    stop_reason: str
    input_tokens: int
    output_tokens: int
    prompt_hash: str
    seconds: float
    first_token_seconds: float
    adapter_on: bool
    versions: tuple[tuple[str, str], ...] = ()
    error_code: str = ""
    error_text: str = ""
    reasoning: str = ""
    reasoning_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0
    request_id: str = ""
    attempts: int = 1


class StopSignal:
    """A wish to stop that any thread can make and any thread can see."""

    def __init__(self) -> None:
        """Start without a wish."""
        self._event = threading.Event()
        self._callbacks: list[Callable[[], None]] = []
        # Guards the moment between "already set?" and "remember the callback".
        self._lock = threading.Lock()

    def set(self) -> None:
        """Ask to stop; callbacks run on this thread."""
        with self._lock:
            self._event.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def is_set(self) -> bool:
        """Tell whether somebody asked to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `CancelledError` when somebody asked to stop."""
        if self._event.is_set():
            raise CancelledError

    def wait(self, seconds: float) -> bool:
        """Wait this long at most; True when somebody asked to stop."""
        return self._event.wait(seconds)

    def on_set(self, callback: Callable[[], None]) -> None:
        """Call back when somebody asks to stop, at once when that has happened."""
        with self._lock:
            if not self._event.is_set():
                self._callbacks.append(callback)
                return
        callback()

    def forget(self, callback: Callable[[], None]) -> None:
        """Call this one back no more: what it would have stopped has ended."""
        with self._lock, contextlib.suppress(ValueError):
            self._callbacks.remove(callback)
