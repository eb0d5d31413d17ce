"""Many requests at once on threads, their answers handed over on one."""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence

from workbench.domain.errors import InputError
from workbench.domain.generation import (
    Generation,
    GenerationRequest,
    OnToken,
    StopSignal,
)
from workbench.domain.remote import FailureKind, RemoteFailure

Generate = Callable[[GenerationRequest, OnToken, StopSignal], Generation]
OnResult = Callable[[int, Generation], None]
_Done = tuple[int, Generation | Exception]


def run_batch(
    generate: Generate,
    requests: Sequence[GenerationRequest],
    on_result: OnResult,
    stop: StopSignal,
    most: int,
) -> None:
    """Answer requests with at most `most` threads; see `generate_batch`."""
    batch = _Batch(generate, requests)
    stop.on_set(batch.cancel)
    try:
        batch.run(on_result, min(most, len(requests)))
    finally:
        stop.forget(batch.cancel)


class _Batch:
    """The threads of one batch and what they have made."""

    def __init__(
        self, generate: Generate, requests: Sequence[GenerationRequest]
    ) -> None:
        self._generate = generate
        self._requests = requests
        self._left: Iterator[int] = iter(range(len(requests)))
        # An iterator may be asked by one thread at a time.
        self._lock = threading.Lock()
        self._done: queue.SimpleQueue[_Done | None] = queue.SimpleQueue()
        self._stop = StopSignal()
        self._failure: Exception | None = None

    def cancel(self) -> None:
        """End what is being answered, and begin nothing more."""
        self._stop.set()

    def run(self, on_result: OnResult, count: int) -> None:
        """Start threads and hand over what they make, until all have ended."""
        threads = [
            threading.Thread(target=self._work, name="aws-batch", daemon=True)
            for _ in range(count)
        ]
        for thread in threads:
            thread.start()
        try:
            self._hand_over(on_result, count)
        except BaseException:
            self.cancel()
            raise
        finally:
            for thread in threads:
                thread.join()
        if self._failure is not None:
            raise self._failure

    def _hand_over(self, on_result: OnResult, running: int) -> None:
        while running:
            done = self._done.get()
            if done is None:
                running -= 1
                continue
            index, made = done
            if isinstance(made, Generation):
                on_result(index, made)
            else:
                # The first one ends the batch; others of its kind say no more.
                self._failure = self._failure or made

    def _work(self) -> None:
        while (index := self._take()) is not None:
            self._done.put((index, self._answer(self._requests[index])))
        self._done.put(None)

    def _take(self) -> int | None:
        if self._stop.is_set() or self._failure is not None:
            return None
        with self._lock:
            return next(self._left, None)

    def _answer(self, request: GenerationRequest) -> Generation | Exception:
        try:
            return self._generate(request, _ignore, self._stop)
        except RemoteFailure as failure:
            return failure if failure.kind.is_for_all else failure.generation
        except InputError as error:
            return RemoteFailure(
                FailureKind.INVALID, error.sentence, error.details, code=error.code
            ).generation
        except Exception as error:  # noqa: BLE001 - raised again where it is handed over
            return error


def _ignore(_text: str) -> None:
    """Answers of a batch are not watched while they are written."""
