"""Answers of local models through the generating worker; implements `TextGenerator`.

The worker is started with the first request and again after it has died. Every request
is sent together with the `load` it needs: the worker skips what it has loaded already,
so nothing has to be remembered here about a process that may be a new one.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from workbench.domain.comparisons import AdapterProof
from workbench.domain.errors import CancelledError, EnvironmentFault, InputError
from workbench.domain.files import text_alone
from workbench.domain.generation import (
    Generation,
    GenerationRequest,
    OnToken,
    StopSignal,
)
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.ports import AdapterLocator
from workbench.domain.prompts import Message
from workbench.local.faults import code_and_sentence, crashed, fault
from workbench.local.interpreter import InterpreterFinder
from workbench.local.worker_process import ENDED, Event, Mailbox, WorkerProcess
from workbench.worker.protocol import ChatMessage, Reply, Request, StopReason

BATCH = 16
"""Conversations answered together: beyond it the 2 cores of a laptop gain little."""

_CANCEL_SECONDS = 3.0
_LOOK_SECONDS = 0.05
_ENTRY = "generate"


class LocalGenerator:
    """Talks to one generating worker; may be used from any thread but the window's."""

    def __init__(
        self,
        finder: InterpreterFinder,
        builtin_folder: Path,
        adapters: AdapterLocator,
        log: Path,
        *,
        threads: int = 0,
        device: str = "auto",
    ) -> None:
        """Start nothing yet.

        Args:
            finder: of the interpreter with torch.
            builtin_folder: folder of the built-in model.
            adapters: finds the folder of an adapter by its ULID.
            log: file for what the worker and its libraries print.
            threads: CPU threads of the worker, 0 chooses by the model's size.
            device: ``auto``, ``cpu`` or ``cuda``.
        """
        self._finder = finder
        self._builtin = builtin_folder
        self._adapters = adapters
        self._log = log
        self._options = {"threads": threads, "device": device}
        self._process: WorkerProcess | None = None
        self._command: list[str] = []
        self._lock = threading.Lock()
        self._closed = False

    def is_available(self) -> bool:
        """Tell whether an interpreter with torch is there; starts nothing."""
        return self._finder.is_available()

    @property
    def is_running(self) -> bool:
        """True while there is a worker process."""
        with self._lock:
            return self._process is not None and self._process.is_alive

    def follow_setting(self) -> None:
        """End a worker whose interpreter is not the one to be used any more.

        An answer that is being written ends with it, as CRASH.
        """
        try:
            command = self._finder.find().command(_ENTRY)
        except EnvironmentFault:
            command = []
        with self._lock:
            if self._process is None or command == self._command:
                return
            process, self._process = self._process, None
        process.close()

    def warm_up(self, model: ModelRef) -> None:
        """Load a model ahead of its first question; blocks the calling thread.

        Raises:
            WorkbenchError: what `generate` raises.
        """
        self._ask(model, {"op": Request.COUNT_TOKENS.value, "texts": []})

    def generate(
        self, request: GenerationRequest, on_token: OnToken, stop: StopSignal
    ) -> Generation:
        """Answer one request, streaming; blocks the calling thread.

        Raises:
            InputError: DATA, TEMPLATE, MODEL_ACCESS.
            EnvironmentFault: ``worker.missing``, ``worker.start``, OOM, DISK, ….
            RemoteError: CRASH when the worker ended, UNKNOWN.
        """
        if stop.is_set():
            return _stopped("")
        message = {"op": Request.GENERATE.value, **_item(request)}
        process, box = self._send(request.model, message, stop)
        text = ""
        with _cancelled_by(stop, process, box):
            for event in _Events(process, box, stop):
                if event["type"] == Reply.TOKEN:
                    text += event["text"]
                    on_token(event["text"])
                elif event["type"] == Reply.DONE:
                    return _generation(event)
        return _stopped(text)

    def generate_batch(
        self,
        requests: Sequence[GenerationRequest],
        on_result: Callable[[int, Generation], None],
        stop: StopSignal,
    ) -> None:
        """Answer many requests; `on_result` gets the index and answer of each.

        Neighbours with one model are answered together. After a wish to stop, what had
        been begun is handed over as ``cancelled``; the rest is not.

        Raises:
            WorkbenchError: what `generate` raises, when all further answers fail.
        """
        for chunk in _chunks(requests):
            if stop.is_set():
                return
            self._answer_chunk(requests, chunk, on_result, stop)

    def _answer_chunk(
        self,
        requests: Sequence[GenerationRequest],
        chunk: Sequence[int],
        on_result: Callable[[int, Generation], None],
        stop: StopSignal,
    ) -> None:
        message = {
            "op": Request.GENERATE_BATCH.value,
            "items": [_item(requests[index]) for index in chunk],
        }
        process, box = self._send(requests[chunk[0]].model, message, stop)
        with _cancelled_by(stop, process, box):
            for event in _Events(process, box, stop):
                if event["type"] == Reply.ITEM:
                    on_result(chunk[event["index"]], _generation(event))
                elif event["type"] == Reply.DONE:
                    return

    def prove_adapter(
        self, model: ModelRef, prompts: Sequence[Sequence[Message]]
    ) -> AdapterProof:
        """Compare logits with the adapter off, on, and those of the bare base.

        Raises:
            InputError: ``adapter.none`` when the model has no adapter.
            WorkbenchError: what `generate` raises.
        """
        if not model.adapter_ulid:
            raise InputError("adapter.none", "This model has no adapter to prove.")
        event = self._ask(
            model,
            {
                "op": Request.PROVE_ADAPTER.value,
                "adapter": model.adapter_ulid,
                "prompts": [_messages(prompt) for prompt in prompts],
            },
        )
        return AdapterProof(
            off_equals_base=bool(event["off_equals_base"]),
            on_differs=bool(event["on_differs"]),
            prompts=int(event["prompts"]),
        )

    def count_tokens(self, model: ModelRef, texts: Sequence[str]) -> Sequence[int]:
        """Count tokens of plain texts with the model's own tokenizer.

        Raises:
            WorkbenchError: what `generate` raises.
        """
        message = {"op": Request.COUNT_TOKENS.value, "texts": list(texts)}
        counts: list[int] = self._ask(model, message)["counts"]
        return counts

    def unload(self) -> None:
        """Give the memory of the model back; the worker stays."""
        with self._lock:
            process = self._process
        if process is not None and process.is_alive:
            process.forget(*process.send({"op": Request.UNLOAD.value}))

    def close(self) -> None:
        """End the worker process; a later request raises CRASH."""
        with self._lock:
            self._closed = True
            process, self._process = self._process, None
        if process is not None:
            process.close()

    def _ask(self, model: ModelRef, message: Mapping[str, Any]) -> Event:
        """Send a request with a single answer and return that."""
        never = StopSignal()
        process, box = self._send(model, message, never)
        return next(_Events(process, box, never))

    def _send(
        self, model: ModelRef, message: Mapping[str, Any], stop: StopSignal
    ) -> tuple[WorkerProcess, Mailbox]:
        """Send `load` and a request together; a failing load answers for both.

        Raises:
            CancelledError: the person stopped waiting for a model to load.
            WorkbenchError: the model cannot be loaded.
        """
        load = {"op": Request.LOAD.value, **self._options, **self._where(model)}
        process = self._running()
        loading, box = process.send(load, message)
        try:
            if next(_Events(process, loading, stop), None) is None:
                raise CancelledError
        except BaseException:
            process.cancel(box.request)
            process.forget(box)
            raise
        return process, box

    def _running(self) -> WorkerProcess:
        """Return the worker, a new one after a death or another choice of Python."""
        with self._lock:
            if self._closed:
                raise crashed(self._log)
            command = self._finder.find().command(_ENTRY)
            if self._process is not None and not self._is_current(command):
                self._process.close()
                self._process = None
            if self._process is None:
                self._process = WorkerProcess(command, self._log)
                self._command = command
            return self._process

    def _is_current(self, command: list[str]) -> bool:
        alive = self._process is not None and self._process.is_alive
        return alive and command == self._command

    def _where(self, model: ModelRef) -> dict[str, Any]:
        """Return the folders of a model and of its adapter."""
        builtin = model.kind is ModelKind.BUILTIN
        folder = self._builtin if builtin else Path(model.path)
        adapters = {}
        if model.adapter_ulid:
            adapters[model.adapter_ulid] = str(self._adapters(model.adapter_ulid))
        return {"model_path": str(folder), "adapters": adapters}


class _Events:
    """The events of one request; ends early when a wish to stop gets no answer."""

    def __init__(self, process: WorkerProcess, box: Mailbox, stop: StopSignal) -> None:
        self._process = process
        self._box = box
        self._stop = stop
        self._stopped_at: float | None = None

    def __iter__(self) -> "_Events":
        return self

    def __next__(self) -> Event:
        """Return the next event.

        Raises:
            StopIteration: the person asked to stop and the worker is busy elsewhere.
            WorkbenchError: the worker told an error, or has ended.
        """
        event = None
        while event is None:
            event = self._box.get(_LOOK_SECONDS)
            if event is None and self._gave_up():
                self._process.forget(self._box)
                raise StopIteration
        if event is ENDED:
            raise crashed(self._process.log, self._process.exit_code)
        if event["type"] == Reply.ERROR:
            self._process.forget(self._box)
            raise fault(event)
        if event["type"] not in {Reply.TOKEN, Reply.ITEM}:
            self._process.forget(self._box)
        return event

    def _gave_up(self) -> bool:
        if not self._stop.is_set():
            return False
        now = time.monotonic()
        self._stopped_at = self._stopped_at or now
        return now - self._stopped_at > _CANCEL_SECONDS


@contextlib.contextmanager
def _cancelled_by(
    stop: StopSignal, process: WorkerProcess, box: Mailbox
) -> Iterator[None]:
    """Ask the worker to end an answer when the person asks, while it is written."""

    def cancel() -> None:
        with contextlib.suppress(OSError):
            process.cancel(box.request)

    stop.on_set(cancel)
    try:
        yield
    finally:
        stop.forget(cancel)


def _chunks(requests: Sequence[GenerationRequest]) -> list[list[int]]:
    """Return indices of neighbours with one model, at most `BATCH` together."""
    found: list[list[int]] = []
    for index, request in enumerate(requests):
        last = found[-1] if found else []
        same = bool(last) and requests[last[0]].model.key == request.model.key
        if same and len(last) < BATCH:
            last.append(index)
        else:
            found.append([index])
    return found


def _item(request: GenerationRequest) -> dict[str, Any]:
    """Return a request as the worker reads it."""
    parameters = request.parameters
    return {
        "messages": _messages(request.messages),
        "adapter": request.model.adapter_ulid or None,
        "max_new_tokens": parameters.max_output_tokens,
        "temperature": parameters.temperature,
        "top_p": parameters.top_p,
        "seed": parameters.seed,
        "stop": list(parameters.stop_sequences),
    }


def _messages(messages: Sequence[Message]) -> list[ChatMessage]:
    return [{"role": one.role.value, "content": text_alone(one)} for one in messages]


def _generation(event: Event) -> Generation:
    """Return a finished answer, or the failure of one item of a batch."""
    if "error_class" in event:
        code, sentence = code_and_sentence(event)
        return Generation("", "", 0, 0, "", 0.0, 0.0, False, (), code, sentence)
    return Generation(
        text=event["text"],
        stop_reason=event["stop_reason"],
        input_tokens=event["input_tokens"],
        output_tokens=event["output_tokens"],
        prompt_hash=event["prompt_hash"],
        seconds=event["seconds"],
        first_token_seconds=event["first_token_seconds"] or event["seconds"],
        adapter_on=event["adapter_on"],
        versions=tuple(sorted(event["versions"].items())),
    )


def _stopped(text: str) -> Generation:
    """Return what had arrived when the worker did not answer a wish to stop."""
    return Generation(text, StopReason.CANCELLED.value, 0, 0, "", 0.0, 0.0, False)
