"""The generating worker: JSON lines in, JSON lines out, one loaded base model.

A thread reads standard input, so that `cancel` is seen while an answer grows; the main
thread does one request after the other. Standard output belongs to the protocol alone:
whatever a library prints goes to standard error, which the starter sends to a log file.
The process ends when its standard input is closed, so it never outlives the window.
"""

import contextlib
import gc
import json
import os
import queue
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from workbench.worker.decode import Options, RowAnswer, answer
from workbench.worker.errors import WorkerError, describe
from workbench.worker.files import to_json
from workbench.worker.models import LoadedModel
from workbench.worker.protocol import (
    SCHEMA,
    Answer,
    ErrorClass,
    Reply,
    Request,
    StopReason,
    hash_ids,
)
from workbench.worker.system import cpu_threads, lower_priority, versions
from workbench.worker.tokens import render_ids
from workbench.worker.verify import prove

_FLUSH_SECONDS = 0.03
"""Text of an answer is sent at most this often; the window draws no faster."""

_Message = dict[str, Any]


class Channel:
    """The two ends of the protocol, kept away from the libraries."""

    def __init__(self, reader: BinaryIO, writer: BinaryIO) -> None:
        """Speak over these two binary streams."""
        self._reader = reader
        self._writer = writer
        self._lock = threading.Lock()

    @classmethod
    def take_standard(cls) -> "Channel":
        """Take over standard input and output and leave harmless ones behind.

        On Windows a thread that waits on handle 0 blocks everyone who merely asks what
        kind of file it is, which imports do: hence the copies.
        """
        reader, writer = os.dup(0), os.dup(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        return cls(os.fdopen(reader, "rb"), os.fdopen(writer, "wb"))

    def send(self, request: str, reply: Reply, **body: Any) -> None:
        """Write one event; a window that is gone is noticed by the reader instead."""
        message = {"v": SCHEMA, "id": request, "type": reply.value, **body}
        line = (to_json(message) + "\n").encode("utf-8", errors="replace")
        with self._lock, contextlib.suppress(BrokenPipeError, OSError):
            self._writer.write(line)
            self._writer.flush()

    def receive(self) -> _Message | None:
        """Return the next request, None at the end of the input."""
        for line in self._reader:
            with contextlib.suppress(ValueError):
                message = json.loads(line)
                if isinstance(message, dict):
                    return message
        return None


class Server:
    """Does the requests of one channel."""

    def __init__(self, channel: Channel) -> None:
        """Start with nothing loaded."""
        self._channel = channel
        self._queue: queue.SimpleQueue[_Message | None] = queue.SimpleQueue()
        self._cancelled: set[str] = set()
        self._waiting: set[str] = set()
        # Guards both sets between the thread that reads and the one that answers.
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._loaded: LoadedModel | None = None

    def serve(self) -> None:
        """Answer requests until the input ends or `shutdown` comes."""
        threading.Thread(target=self._read, name="requests", daemon=True).start()
        self._channel.send("", Reply.READY, pid=os.getpid(), versions=versions())
        while (message := self._queue.get()) is not None:
            if self._closing.is_set() or message.get("op") == Request.SHUTDOWN:
                return
            self._handle(message)

    def _read(self) -> None:
        """Queue requests; `cancel` and the end of the input take effect at once."""
        while (message := self._channel.receive()) is not None:
            request = str(message.get("id", ""))
            with self._lock:
                if message.get("op") != Request.CANCEL:
                    self._waiting.add(request)
                    self._queue.put(message)
                elif request in self._waiting:
                    # One that has ended would never be taken out again.
                    self._cancelled.add(request)
        self._closing.set()
        self._queue.put(None)

    def _handle(self, message: _Message) -> None:
        """Do one request; every failure becomes an event with a cause."""
        request = str(message.get("id", ""))
        doers = {
            Request.LOAD: self._load,
            Request.GENERATE: self._generate,
            Request.GENERATE_BATCH: self._generate_batch,
            Request.COUNT_TOKENS: self._count_tokens,
            Request.PROVE_ADAPTER: self._prove,
            Request.UNLOAD: self._unload,
        }
        try:
            doer = doers.get(message.get("op"))  # type: ignore[arg-type]
            if doer is None:
                raise WorkerError(
                    ErrorClass.UNKNOWN,
                    f"This worker does not know how to {message.get('op')!r}.",
                    "Update the worker environment.",
                )
            doer(request, message)
        except Exception as error:  # noqa: BLE001 - or the window waits for ever
            sys.stderr.write(traceback.format_exc())
            sys.stderr.flush()
            self._channel.send(request, Reply.ERROR, **describe(error))
        with self._lock:
            self._waiting.discard(request)
            self._cancelled.discard(request)

    def _load(self, request: str, message: _Message) -> None:
        """Load a base (once) and attach the adapters named."""
        path = Path(message["model_path"])
        started = time.monotonic()
        if self._loaded is None or self._loaded.path != path:
            self._drop()
            import torch

            torch.set_num_threads(cpu_threads(int(message.get("threads") or 0), path))
            self._loaded = LoadedModel(path, str(message.get("device") or "auto"))
        loaded = self._loaded
        for adapter, folder in (message.get("adapters") or {}).items():
            loaded.attach(adapter, Path(folder))
        self._channel.send(
            request,
            Reply.LOADED,
            model_path=str(path),
            parameters=loaded.parameters,
            seconds=time.monotonic() - started,
            versions=loaded.versions,
        )

    def _generate(self, request: str, message: _Message) -> None:
        """Answer one conversation, streaming."""
        loaded = self._need()
        outlet = _Outlet(self._channel, request)
        row = _row(loaded, message, outlet)
        adapter = message.get("adapter")
        with loaded.using(adapter):
            answer(loaded, [row], lambda: self._is_cancelled(request))
        outlet.flush()
        self._channel.send(request, Reply.DONE, **_body(loaded, row, adapter, 1))

    def _generate_batch(self, request: str, message: _Message) -> None:
        """Answer many conversations with one adapter; each ends in an `item`."""
        loaded = self._need()
        items = message["items"]
        adapters = {item.get("adapter") for item in items}
        if len(adapters) > 1:
            raise WorkerError(
                ErrorClass.DATA, "The items of a batch must share one adapter."
            )
        adapter = next(iter(adapters), None)
        rows: dict[int, RowAnswer] = {}
        for index, item in enumerate(items):
            try:
                rows[index] = _row(loaded, item, lambda _: None)
            except WorkerError as error:  # one conversation the template refuses
                self._channel.send(request, Reply.ITEM, index=index, **error.body)
        if rows:
            growing = list(rows.values())
            with loaded.using(adapter):
                answer(loaded, growing, lambda: self._is_cancelled(request))
        for index, row in rows.items():
            body = _body(loaded, row, adapter, len(rows))
            self._channel.send(request, Reply.ITEM, index=index, **body)
        self._channel.send(request, Reply.DONE, items=len(items))

    def _count_tokens(self, request: str, message: _Message) -> None:
        """Count tokens of plain texts, or of whole conversations."""
        loaded = self._need()
        counts = [
            len(loaded.tokenizer(text, add_special_tokens=False)["input_ids"])
            for text in message.get("texts") or ()
        ]
        counts += [
            len(_prompt(loaded, {"messages": messages}))
            for messages in message.get("conversations") or ()
        ]
        self._channel.send(request, Reply.COUNTED, counts=counts)

    def _prove(self, request: str, message: _Message) -> None:
        """Prove that the adapter is off and on where it is said to be."""
        loaded = self._need()
        prompts = [_prompt(loaded, {"messages": one}) for one in message["prompts"]]
        proof = prove(loaded, str(message["adapter"]), prompts)
        self._channel.send(request, Reply.PROOF, **proof)

    def _unload(self, request: str, _message: _Message) -> None:
        """Give the memory of the model back."""
        self._drop()
        self._channel.send(request, Reply.UNLOADED)

    def _drop(self) -> None:
        self._loaded = None
        gc.collect()

    def _need(self) -> LoadedModel:
        """Return the loaded model; WorkerError MODEL_ACCESS when there is none."""
        if self._loaded is None:
            raise WorkerError(ErrorClass.MODEL_ACCESS, "No model is loaded.")
        return self._loaded

    def _is_cancelled(self, request: str) -> bool:
        return self._closing.is_set() or request in self._cancelled


class _Outlet:
    """Sends the text of a growing answer, the first piece at once, then bundled."""

    def __init__(self, channel: Channel, request: str) -> None:
        self._channel = channel
        self._request = request
        self._text = ""
        self._sent = 0.0

    def __call__(self, text: str) -> None:
        self._text += text
        if time.monotonic() - self._sent >= _FLUSH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Send what has gathered."""
        if self._text:
            self._channel.send(self._request, Reply.TOKEN, text=self._text)
            self._text, self._sent = "", time.monotonic()


def _prompt(loaded: LoadedModel, item: Mapping[str, Any]) -> list[int]:
    """Return the token ids of the conversation, up to where the answer begins."""
    arguments = item.get("template_arguments") or {}
    return render_ids(loaded.tokenizer, item["messages"], arguments, open_turn=True)


def _row(loaded: LoadedModel, item: Mapping[str, Any], on_text: Any) -> RowAnswer:
    """Make the growing answer of one item."""
    options = Options(
        max_new_tokens=int(item["max_new_tokens"]),
        temperature=float(item.get("temperature") or 0.0),
        top_p=1.0 if item.get("top_p") is None else float(item["top_p"]),
        seed=int(item.get("seed") or 0),
        stop=tuple(item.get("stop") or ()),
    )
    return RowAnswer(loaded, _prompt(loaded, item), options, on_text)


def _body(
    loaded: LoadedModel, row: RowAnswer, adapter: str | None, size: int
) -> Answer:
    """Return what is told about a finished answer."""
    return {
        "text": row.text,
        "stop_reason": (row.reason or StopReason.CANCELLED).value,
        "input_tokens": len(row.prompt),
        "output_tokens": row.tokens,
        "prompt_hash": hash_ids(row.prompt),
        "seconds": row.seconds,
        "first_token_seconds": row.first_seconds,
        "batch_size": size,
        "adapter_on": adapter is not None,
        "adapter": adapter,
        "versions": loaded.versions,
    }


def main(_arguments: list[str]) -> int:
    """Serve standard input until it is closed."""
    channel = Channel.take_standard()
    lower_priority()
    Server(channel).serve()
    sys.stderr.flush()
    # Threads of libraries may still be running; the protocol is over.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
