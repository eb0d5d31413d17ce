"""Many requests, some at a time; every result is told on the thread that asked."""

import dataclasses
import queue
import threading
from collections.abc import Callable, Sequence

from workbench.domain.errors import InputError
from workbench.domain.generation import (
    Generation,
    GenerationRequest,
    OnToken,
    StopSignal,
)
from workbench.domain.remote import FailureKind, RemoteFailure

_Generate = Callable[[GenerationRequest, OnToken, StopSignal], Generation]


@dataclasses.dataclass(frozen=True, slots=True)
class _Told:
    """What a worker has to tell: an answer, an exception, or that it has ended."""

    index: int
    answer: Generation | None = None
    error: BaseException | None = None


def answer_all(
    requests: Sequence[GenerationRequest],
    generate: _Generate,
    on_result: Callable[[int, Generation], None],
    stop: StopSignal,
    at_once: int,
) -> None:
    """Answer all requests; `on_result` gets the index and answer of each.

    A failure that every further call would meet too ends the batch: what is under way
    is still handed over, nothing new is begun, then it is raised.

    Raises:
        WorkbenchError: all further answers would fail.
    """
    todo: queue.SimpleQueue[int] = queue.SimpleQueue()
    told: queue.SimpleQueue[_Told] = queue.SimpleQueue()
    halt = threading.Event()
    for index in range(len(requests)):
        todo.put(index)

    def work() -> None:
        try:
            while not (stop.is_set() or halt.is_set()):
                index = todo.get_nowait()
                one = _answer(index, requests[index], generate, stop)
                if one.error is not None:
                    halt.set()
                told.put(one)
        except queue.Empty:
            pass
        finally:
            told.put(_Told(-1))

    workers = [
        threading.Thread(target=work, name=f"endpoint-batch-{number}", daemon=True)
        for number in range(min(max(1, at_once), len(requests)))
    ]
    for worker in workers:
        worker.start()
    try:
        error = _hand_over(told, len(workers), on_result)
    except BaseException:
        # The one who asked is gone: nothing may go on being asked for.
        stop.set()
        raise
    finally:
        halt.set()
        for worker in workers:
            worker.join()
    if error is not None:
        raise error


def _answer(
    index: int, request: GenerationRequest, generate: _Generate, stop: StopSignal
) -> _Told:
    """Answer one request; a failure of its own is an answer too."""
    try:
        return _Told(index, generate(request, _unwatched, stop))
    except RemoteFailure as failure:
        if failure.kind.is_for_all:
            return _Told(index, error=failure)
        return _Told(index, failure.generation)
    except InputError as error:
        failed = RemoteFailure(
            FailureKind.INVALID, error.sentence, error.details, code=error.code
        )
        return _Told(index, failed.generation)
    except Exception as error:  # noqa: BLE001 - raised again on the thread that asked
        return _Told(index, error=error)


def _hand_over(
    told: "queue.SimpleQueue[_Told]",
    workers: int,
    on_result: Callable[[int, Generation], None],
) -> BaseException | None:
    """Hand results over until every worker has ended; return the first error."""
    first: BaseException | None = None
    while workers:
        one = told.get()
        if one.answer is not None:
            on_result(one.index, one.answer)
        elif one.error is not None:
            first = first or one.error
        else:
            workers -= 1
    return first


def _unwatched(_text: str) -> None:
    """Take a token of an answer that nobody watches."""
