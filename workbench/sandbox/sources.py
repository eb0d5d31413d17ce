"""Where answers come from: a script, or a model behind the generation port."""

import asyncio
import concurrent.futures
import contextlib
import functools
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from workbench.domain.errors import WorkbenchError
from workbench.domain.generation import Generation, GenerationRequest, StopSignal
from workbench.domain.models import BUILTIN_MODEL, ModelRef
from workbench.domain.ports import TextGenerator
from workbench.sandbox.answers import (
    Answer,
    Block,
    Question,
    Reasoning,
    Script,
    Text,
    Usage,
    count_tokens,
)
from workbench.sandbox.errors import AwsError

T = TypeVar("T")
Piece = str | Block | Answer
"""A piece of the first text, a whole block before it, or the answer itself."""

_STOP_REASONS = {"stop": "end_turn", "length": "max_tokens"}
_REASONING = Reasoning(
    "SANDBOX: the model behind this answer does not reason.", "SANDBOX"
)
WORKERS = 4
"""Threads that wait for the model; the worker behind the port answers one by one."""


class Source(Protocol):
    """Gives answers, and counts tokens in the same way for all operations."""

    async def count(self, question: Question, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each text as this model would."""

    def pieces(self, question: Question) -> AsyncGenerator[Piece, None]:
        """Give what is made as it is made, last of all the answer.

        The answer repeats what came before it; a script gives the answer alone.
        """

    def close(self) -> None:
        """Let go of threads; called after the last answer was cancelled."""


class ScriptSource:
    """Answers from a script, with the sandbox's own counter."""

    def __init__(self, script: Script) -> None:
        """Ask this script."""
        self._script = script

    async def count(self, question: Question, texts: Sequence[str]) -> list[int]:
        """Count with `answers.count_tokens`."""
        return [count_tokens(text) for text in texts]

    async def pieces(self, question: Question) -> AsyncGenerator[Piece, None]:
        """Ask the script."""
        yield self._script(question)

    def close(self) -> None:
        """Nothing to let go of."""


class PortSource:
    """Answers of a model behind the generation port.

    Only texts reach the model: images and tools are accepted and left out.
    """

    def __init__(
        self, generator: TextGenerator, models: Mapping[str, ModelRef] | None = None
    ) -> None:
        """Ask this generator.

        Args:
            generator: stays the caller's; it is not closed here.
            models: which model answers for which ``modelId``; the built-in one
                answers for all others.
        """
        self._generator = generator
        self._models = dict(models or {})
        self._threads = concurrent.futures.ThreadPoolExecutor(
            WORKERS, thread_name_prefix="sandbox-model"
        )

    def _model(self, question: Question) -> ModelRef:
        found = self._models.get(question.model) or self._models.get(question.base)
        return found or BUILTIN_MODEL

    async def count(self, question: Question, texts: Sequence[str]) -> list[int]:
        """Count with the model's own tokenizer."""
        return list(
            await self._call(
                functools.partial(
                    self._generator.count_tokens, self._model(question), list(texts)
                )
            )
        )

    async def pieces(self, question: Question) -> AsyncGenerator[Piece, None]:
        """Stream from the model; stops it when nobody reads on."""
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        stop = StopSignal()

        def on_token(text: str) -> None:
            # The sandbox may close while the model is still at its last word.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(queue.put_nowait, text)

        request = GenerationRequest(
            self._model(question), question.messages, question.parameters
        )
        task = asyncio.ensure_future(
            self._call(
                functools.partial(self._generator.generate, request, on_token, stop)
            )
        )
        task.add_done_callback(lambda _task: queue.put_nowait(None))
        try:
            if question.thinking:
                yield _REASONING
            while (piece := await queue.get()) is not None:
                yield piece
            yield _answer(await task, question)
        finally:
            stop.set()
            # Its thread ends by the stop signal; what it still says is dropped.
            task.cancel()

    async def _call(self, function: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, function)
        except WorkbenchError as error:
            raise AwsError(
                "ModelErrorException",
                f"SANDBOX: {error.sentence}",
                extra={"originalStatusCode": 500, "resourceName": error.code},
            ) from error

    def close(self) -> None:
        """Wait for the threads; the stop signals have been given."""
        self._threads.shutdown(wait=True, cancel_futures=True)


def _answer(made: Generation, question: Question) -> Answer:
    text = Text(made.text)
    return Answer(
        (_REASONING, text) if question.thinking else (text,),
        _STOP_REASONS.get(made.stop_reason, "end_turn"),
        Usage(output_tokens=made.output_tokens),
    )
