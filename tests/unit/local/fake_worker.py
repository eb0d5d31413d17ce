"""A worker without torch: speaks the protocol, does what the texts tell it.

Generating: the last user message decides (``echo …``, ``slow``, ``crash``, ``noise``,
``oom``). Training: ``behaviour.txt`` in the run directory decides.
"""

import json
import os
import struct
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psutil

ANSWER = {
    "stop_reason": "stop",
    "input_tokens": 3,
    "output_tokens": 2,
    "prompt_hash": "00",
    "seconds": 0.5,
    "first_token_seconds": 0.1,
    "batch_size": 1,
    "adapter_on": False,
    "adapter": None,
    "versions": {"torch": "0"},
}
ERROR = {"error_class": "OOM", "sentence": "No memory.", "next_action": "Buy some."}


class Generating:
    """The generating worker."""

    def __init__(self) -> None:
        self.cancelled = threading.Event()
        self.loads = 0

    def send(self, request: str, kind: str, **body: Any) -> None:
        line = json.dumps({"v": 1, "id": request, "type": kind, **body})
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def serve(self) -> None:
        self.send("", "ready", pid=os.getpid())
        messages: list[dict[str, Any]] = []
        more = threading.Condition()

        def read() -> None:
            for line in sys.stdin:
                message = json.loads(line)
                if message["op"] == "cancel":
                    self.cancelled.set()
                    continue
                with more:
                    messages.append(message)
                    more.notify()
            os._exit(0)

        threading.Thread(target=read, daemon=True).start()
        while True:
            with more:
                more.wait_for(lambda: messages)
                message = messages.pop(0)
            self.do(message)

    def do(self, message: dict[str, Any]) -> None:
        request, op = message["id"], message["op"]
        if op == "load":
            self.loads += 1
            if "gone" in message["model_path"]:
                body = {**ERROR, "error_class": "MODEL_ACCESS"}
                self.send(request, "error", **body)
            else:
                self.send(request, "loaded", model_path=message["model_path"])
        elif op == "generate":
            self.answer(request, message["messages"][-1]["content"], message)
        elif op == "generate_batch":
            for index, item in enumerate(message["items"]):
                text = item["messages"][-1]["content"]
                if text == "oom":
                    self.send(request, "item", index=index, **ERROR)
                else:
                    self.send(request, "item", index=index, text=text, **ANSWER)
            self.send(request, "done", items=len(message["items"]))
        elif op == "count_tokens":
            self.send(request, "counted", counts=[len(t) for t in message["texts"]])
        elif op == "prove_adapter":
            found = {"off_equals_base": True, "on_differs": True}
            self.send(request, "proof", prompts=len(message["prompts"]), **found)

    def answer(self, request: str, text: str, message: dict[str, Any]) -> None:
        if text == "crash":
            self.send(request, "token", text="par")
            os._exit(3)
        if text == "oom":
            self.send(request, "error", **ERROR)
            return
        if text == "noise":
            for _ in range(160):
                sys.stderr.write("x" * 65536 + "\n")
        if text == "deaf":
            threading.Event().wait()
        if text == "slow":
            self.send(request, "token", text="one ")
            self.cancelled.wait(30)
            body = {**ANSWER, "stop_reason": "cancelled"}
            self.send(request, "done", text="one ", **body)
            return
        said = text.removeprefix("echo ")
        for letter in said:
            self.send(request, "token", text=letter)
        on = message.get("adapter") is not None
        self.send(request, "done", text=said, **{**ANSWER, "adapter_on": on})


class Training:
    """The training worker: writes events and obeys, as its behaviour says."""

    def __init__(self, run: Path) -> None:
        self.run = run
        self.seq = 0

    def event(self, kind: str, **body: Any) -> None:
        self.seq += 1
        line = {"v": 1, "seq": self.seq, "t": time.time(), "type": kind, **body}
        with (self.run / "events.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def start(self) -> None:
        identity = {
            "pid": os.getpid(),
            "create_time": psutil.Process().create_time(),
            "argv": sys.argv,
        }
        (self.run / "worker.json").write_text(json.dumps(identity), encoding="utf-8")
        (self.run / "heartbeat").touch()
        self.event("phase", phase="training")
        self.event("metric", step=1, total_steps=4, loss=2.5, seconds_left=9.0)
        behaviour = (self.run / "behaviour.txt").read_text(encoding="utf-8")
        getattr(self, behaviour)()

    def succeed(self) -> None:
        self.event("metric", step=4, total_steps=4, eval_loss=1.5)
        write_adapter(self.run / "adapter")
        self.event("end", outcome="succeeded", artefact={"kind": "adapter"})

    def no_adapter(self) -> None:
        self.event("end", outcome="succeeded", artefact={"kind": "adapter"})

    def noise(self) -> None:
        for _ in range(160):
            sys.stderr.write("x" * 65536 + "\n")
        self.succeed()

    def fail(self) -> None:
        self.event("error", **ERROR)
        self.event("end", outcome="failed", artefact={"kind": "none"})
        sys.exit(1)

    def crash(self) -> None:
        os._exit(9)

    def full_disk(self) -> None:
        os._exit(74)

    def obey(self) -> None:
        control = self.run / "control.json"
        while not control.exists():
            time.sleep(0.01)  # lint: ok stands for a worker that polls
        command = json.loads(control.read_text(encoding="utf-8"))["command"]
        self.event("ack", command=command)
        self.event("end", outcome="cancelled", artefact={"kind": "none"})

    def deaf(self) -> None:
        import signal

        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        (self.run / "deaf").touch()
        threading.Event().wait()

    def wait(self) -> None:
        threading.Event().wait()


def write_adapter(folder: Path) -> None:
    """Write a tiny adapter that is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "adapter_config.json").write_text("{}", encoding="utf-8")
    tensor = {"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}
    header = json.dumps(tensor).encode("utf-8")
    data = struct.pack("<Q", len(header)) + header + b"\0\0\0\0"
    (folder / "adapter_model.safetensors").write_bytes(data)


def prepare(run: Path) -> int:
    """Pretend to have prepared the rows."""
    config = json.loads((run / "prepare.json").read_text(encoding="utf-8"))
    behaviour = run / "behaviour.txt"
    what = behaviour.read_text(encoding="utf-8") if behaviour.exists() else ""
    if what == "crash":
        return 9
    line = {
        "row": 1,
        "split": "train",
        "pieces": [
            {"text": "問い", "tokens": 4, "trained": False},
            {"text": "答え<|end|>", "tokens": 5, "trained": True},
        ],
        "prompt_tokens": 4,
        "trained_tokens": 5,
        "dropped": "",
    }
    text = json.dumps(line, ensure_ascii=False) + "\n"
    (run / "prepared.jsonl").write_text(text * 60, encoding="utf-8")
    refused = {**ERROR, "error_class": "DATA", "details": {"rows": ["r2"]}}
    report = {
        "v": 1,
        "sha256": "ab",
        "rows_in": 61,
        "trained": 60,
        "validation": 0,
        "dropped": {"too_long": 1},
        "dropped_rows": {"too_long": ["r2"]},
        "lengths": [9] * 60,
        "limit": config["settings"]["max_length"] or 64,
        "stop_token": "<|end|>",
        "stop_learned": True,
        "steps": 24,
        "run_seconds": 125.5,
        "error": refused if what == "refuse" else None,
    }
    (run / "preparation.json").write_text(json.dumps(report), encoding="utf-8")
    if what == "wait":  # as while the time is measured
        (run / "waiting").touch()
        threading.Event().wait()
    return 0


if __name__ == "__main__":
    if sys.argv[1] == "generate":
        Generating().serve()
    elif sys.argv[1] == "prepare":
        sys.exit(prepare(Path(sys.argv[3])))
    else:
        Training(Path(sys.argv[3])).start()
