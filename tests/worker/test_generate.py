"""The generating worker as a process, over its real protocol."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.worker.helpers import JAPANESE, make_lora, save_model, worker_command
from workbench.worker.protocol import ChatMessage, hash_ids
from workbench.worker.tokens import load_tokenizer, render_ids

ASKED: list[ChatMessage] = [{"role": "user", "content": JAPANESE}]


class Client:
    """Sends requests and reads events, one line each."""

    def __init__(self, log: Path) -> None:
        with log.open("wb") as stderr:
            self.process = subprocess.Popen(
                worker_command("generate"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
            )
        self._number = 0
        assert self.read()["type"] == "ready"

    def send(self, op: str, **body: Any) -> str:
        self._number += 1
        request = str(body.pop("id", self._number))
        message = {"op": op, "id": request, **body}
        assert self.process.stdin
        text = json.dumps(message, ensure_ascii=False) + "\n"
        self.process.stdin.write(text.encode("utf-8"))
        self.process.stdin.flush()
        return request

    def read(self) -> dict[str, Any]:
        assert self.process.stdout
        event: dict[str, Any] = json.loads(self.process.stdout.readline())
        return event

    def ask(self, op: str, **body: Any) -> list[dict[str, Any]]:
        request = self.send(op, **body)
        events = [self.read()]
        while events[-1]["type"] in {"token", "item"}:
            events.append(self.read())
        assert {event["id"] for event in events} == {request}
        return events


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    made = Client(tmp_path_factory.mktemp("worker") / "log.txt")
    yield made
    assert made.process.stdin
    assert made.process.stdout
    made.process.stdin.close()
    assert made.process.wait(20) == 0  # ends when its input does
    made.process.stdout.close()


@pytest.fixture(autouse=True)
def _loaded(client: Client, model: Path, tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.getbasetemp() / "lora"
    if not folder.exists():
        make_lora(folder, model)
    (event,) = client.ask("load", model_path=str(model), adapters={"A": str(folder)})
    assert event["type"] == "loaded", event


def test_an_answer_is_streamed_and_described(client: Client, model: Path) -> None:
    *tokens, done = client.ask("generate", messages=ASKED, max_new_tokens=20)
    ids = render_ids(load_tokenizer(model), ASKED, {}, open_turn=True)

    assert "".join(event["text"] for event in tokens) == done["text"]
    assert done["prompt_hash"] == hash_ids(ids)
    assert done["input_tokens"] == len(ids)
    assert done["stop_reason"] in {"stop", "length"}
    assert 0 < done["first_token_seconds"] <= done["seconds"]
    assert done["versions"]["torch"]


def test_the_adapter_is_on_only_where_it_is_asked_for(client: Client) -> None:
    base = client.ask("generate", messages=ASKED, max_new_tokens=20)[-1]
    tuned = client.ask("generate", messages=ASKED, max_new_tokens=20, adapter="A")[-1]
    again = client.ask("generate", messages=ASKED, max_new_tokens=20)[-1]

    assert tuned["adapter_on"]
    assert not base["adapter_on"]
    assert base["text"] == again["text"] != tuned["text"]
    assert base["prompt_hash"] == tuned["prompt_hash"]


def test_a_batch_equals_single_answers(client: Client) -> None:
    items = [
        {"messages": [{"role": "user", "content": f"{n} {JAPANESE}"}]}
        | {"max_new_tokens": 16, "adapter": "A"}
        for n in range(5)
    ]
    *found, done = client.ask("generate_batch", items=items)
    single = [client.ask("generate", **item)[-1]["text"] for item in items]

    assert done["items"] == 5
    assert [event["text"] for event in found] == single
    assert [event["index"] for event in found] == list(range(5))


def test_cancel_is_heard_before_and_while_answering(client: Client) -> None:
    first = client.send("generate", messages=ASKED, max_new_tokens=100_000)
    client.send("cancel", id=first)
    event = client.read()
    while event["type"] == "token":
        event = client.read()

    assert (event["id"], event["stop_reason"]) == (first, "cancelled")


def test_tokens_are_counted(client: Client, model: Path) -> None:
    (event,) = client.ask("count_tokens", texts=[JAPANESE, ""])

    assert event["counts"] == [len(load_tokenizer(model)(JAPANESE)["input_ids"]), 0]


def test_the_proof_comes_from_a_fresh_copy(client: Client) -> None:
    (event,) = client.ask("prove_adapter", adapter="A", prompts=[ASKED, ASKED])

    assert event["off_equals_base"]
    assert event["on_differs"]
    assert event["prompts"] == 2


def test_failures_are_events_with_a_cause(client: Client, tmp_path: Path) -> None:
    (unknown,) = client.ask("dance")
    (missing,) = client.ask("load", model_path=str(tmp_path / "gone"))
    bare = save_model(tmp_path / "bare", template=None)
    (template,) = client.ask("load", model_path=str(bare))
    (nothing,) = client.ask("generate", messages=ASKED, max_new_tokens=2)

    classes = [e["error_class"] for e in (unknown, missing, template, nothing)]
    assert classes == ["UNKNOWN", "MODEL_ACCESS", "TEMPLATE", "MODEL_ACCESS"]
    assert all(e["next_action"] for e in (unknown, missing, template, nothing))
    assert "Traceback" not in json.dumps([unknown, missing, template, nothing])


def test_what_libraries_print_never_reaches_the_protocol(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from workbench.worker import generate\n"
        "channel = generate.Channel.take_standard()\n"
        "print('a library prints'); sys.stdout.flush()\n"
        "channel.send('', generate.Reply.READY)\n"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [*worker_command("")[:1], "-c", code, str(root)],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=True,
    )

    assert json.loads(done.stdout)["type"] == "ready"
    assert "a library prints" in done.stderr


def test_the_folder_alone_is_enough(tmp_path: Path) -> None:
    import shutil

    root = Path(__file__).resolve().parents[2]
    target = tmp_path / "elsewhere 別" / "workbench" / "worker"
    shutil.copytree(root / "workbench" / "worker", target)
    done = subprocess.run(
        [*worker_command("")[:1], str(target / "__main__.py"), "probe"],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=tmp_path,
    )

    found = json.loads(done.stdout)
    assert found["error"] is None
    assert found["versions"]["torch"]
