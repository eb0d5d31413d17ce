"""A server that does what a script says, over real HTTP on this computer.

Nothing here sleeps: a turn that hangs waits until the client closes its socket, and
says so by `Turn.left`.
"""

import dataclasses
import json
import socket
import ssl
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATIENCE = 10.0


class Hang:
    """Say nothing until the client has gone."""


class Drop:
    """Break the connection off, in the middle of whatever it is."""


Part = bytes | threading.Event | Hang | Drop


@dataclasses.dataclass
class Turn:
    """What one request is answered with.

    Attributes:
        silent: send no header either; only the parts.
        left: set when the client closed the connection while the turn hung.
        reached: set when the request had been read.
    """

    parts: list[Part] = dataclasses.field(default_factory=list)
    status: int = 200
    kind: str = "text/event-stream"
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    silent: bool = False
    chunked: bool = False
    left: threading.Event = dataclasses.field(default_factory=threading.Event)
    reached: threading.Event = dataclasses.field(default_factory=threading.Event)


@dataclasses.dataclass(frozen=True)
class Received:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


class _Server(ThreadingHTTPServer):
    # Threads are joined at the end, so that none outlives its test.
    daemon_threads = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up: many a test does just that."""
        if not isinstance(sys.exc_info()[1], (ssl.SSLError, ConnectionError)):
            super().handle_error(request, client_address)


class ScriptedServer:
    """Answers each path with its turns, the last of them again and again."""

    def __init__(self, secured_by: ssl.SSLContext | None = None) -> None:
        self.received: list[Received] = []
        self._turns: dict[str, list[Turn]] = {}
        self._lock = threading.Lock()
        handler = type("Handler", (_Handler,), {"script": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self._scheme = "https" if secured_by else "http"
        if secured_by:
            # The handshake is left to the handler's thread: a client that never makes
            # it would hold the server up.
            self._server.socket = secured_by.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), name="scripted-server"
        )
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self.port}/v1"

    @property
    def bodies(self) -> list[Any]:
        return [one.body for one in self.received]

    def on(self, path: str, *turns: Turn) -> Turn:
        """Script the turns of a path and return the first."""
        self._turns[path] = list(turns)
        return turns[0]

    def chat(self, *turns: Turn) -> Turn:
        return self.on("/v1/chat/completions", *turns)

    def next_turn(self, request: Received) -> Turn:
        with self._lock:
            self.received.append(request)
            turns = self._turns.get(request.path, [])
            if not turns:
                return json_turn({"error": "not here"}, 404)
            return turns.pop(0) if len(turns) > 1 else turns[0]

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join(PATIENCE)
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    script: ScriptedServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self._answer(json.loads(self.rfile.read(length)))

    def _answer(self, body: Any) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        turn = self.script.next_turn(Received(self.command, self.path, headers, body))
        self.close_connection = True
        turn.reached.set()
        try:
            if not turn.silent:
                self._send_head(turn)
            for part in turn.parts:
                if not self._send_part(turn, part):
                    return
            if turn.chunked:
                self.wfile.write(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            turn.left.set()

    def _send_head(self, turn: Turn) -> None:
        self.send_response(turn.status)
        self.send_header("Content-Type", turn.kind)
        for name, value in turn.headers.items():
            self.send_header(name, value)
        if turn.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.flush()

    def _send_part(self, turn: Turn, part: Part) -> bool:
        """Do one part; False when the connection is over."""
        if isinstance(part, bytes):
            framed = b"%x\r\n%b\r\n" % (len(part), part) if turn.chunked else part
            self.wfile.write(framed)
            self.wfile.flush()
            return True
        if isinstance(part, threading.Event):
            return part.wait(PATIENCE)
        if isinstance(part, Hang):
            self.connection.settimeout(PATIENCE)
            try:
                gone = self.connection.recv(1) == b""
            except ConnectionResetError:
                gone = True
            if gone:
                turn.left.set()
        self.connection.shutdown(socket.SHUT_RDWR)
        return False

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


def event(value: Any) -> bytes:
    """One event as servers send it."""
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


def delta(text: str = "", finish: str | None = None, **fields: str) -> bytes:
    """One chunk of a streamed answer."""
    part = ({"content": text} if text else {}) | fields
    choice = {"index": 0, "delta": part, "finish_reason": finish}
    return event({"id": "chat-1", "model": "served", "choices": [choice]})


def usage(prompt: int, completion: int, **details: Any) -> bytes:
    """The chunk with the numbers of tokens, which has no choice."""
    numbers = {"prompt_tokens": prompt, "completion_tokens": completion}
    return event({"choices": [], "usage": numbers | details})


DONE = b"data: [DONE]\n\n"


def stream(*parts: Part, **options: Any) -> Turn:
    """A streamed answer."""
    return Turn(list(parts), **options)


def json_turn(value: Any, status: int = 200, **headers: str) -> Turn:
    """An answer in one piece."""
    content = json.dumps(value, ensure_ascii=False).encode()
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Turn([content], status, "application/json", named)


def whole(text: str = "Good day", **fields: Any) -> Turn:
    """An answer that is not streamed."""
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return json_turn({"id": "chat-2", "model": "served", "choices": [choice], **fields})


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def in_thread(work: Callable[[], Any]) -> "Running":
    """Run something beside the test."""
    return Running(work)


class Running:
    """Work on a thread of its own, with its result or its exception."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work = work
        self._result: Any = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="test-work")
        self._thread.start()

    def _run(self) -> None:
        try:
            self._result = self._work()
        except BaseException as error:  # noqa: BLE001 - told to the test by result()
            self._error = error

    def result(self) -> Any:
        """Wait for the result; raises what the work raised."""
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        if self._error is not None:
            raise self._error
        return self._result
