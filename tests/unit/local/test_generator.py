"""The client of the generating worker, over a worker without torch."""

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.unit.local.fakes import FakeFinder, wait_until
from workbench.domain.errors import (
    CancelledError,
    EnvironmentFault,
    InputError,
    RemoteError,
)
from workbench.domain.generation import Generation, GenerationRequest, StopSignal
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message, Role
from workbench.local import generator as generator_module
from workbench.local.generator import LocalGenerator
from workbench.local.worker_process import WorkerProcess

TUNED = ModelRef(adapter_ulid="01A", adapter_name="a")


@pytest.fixture
def generator(tmp_path: Path) -> Iterator[LocalGenerator]:
    made = LocalGenerator(
        FakeFinder(), tmp_path / "model", lambda _: tmp_path, tmp_path / "w" / "log.txt"
    )
    yield made
    made.close()


def _request(text: str, model: ModelRef = TUNED) -> GenerationRequest:
    return GenerationRequest(model, (Message(Role.USER, text),), GenerationParameters())


def _ignore(_: str) -> None:
    pass


def test_an_answer_is_streamed(generator: LocalGenerator) -> None:
    shown: list[str] = []
    found = generator.generate(_request("echo 答え🙂"), shown.append, StopSignal())

    assert found.text == "".join(shown) == "答え🙂"
    assert found.adapter_on
    assert found.versions == (("torch", "0"),)


def test_ten_megabytes_on_standard_error_hang_nobody(
    generator: LocalGenerator, tmp_path: Path
) -> None:
    assert generator.generate(_request("noise"), _ignore, StopSignal()).text == "noise"
    assert (tmp_path / "w" / "log.txt").stat().st_size > 10_000_000


def test_stop_keeps_what_had_arrived(generator: LocalGenerator) -> None:
    stop = StopSignal()
    found = generator.generate(_request("slow"), lambda _: stop.set(), stop)

    assert (found.text, found.stop_reason) == ("one ", "cancelled")


def test_a_worker_that_does_not_listen_is_not_waited_for(
    generator: LocalGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generator_module, "_CANCEL_SECONDS", 0.05)
    generator.warm_up(ModelRef())
    stop = StopSignal()
    timer = threading.Timer(0.2, stop.set)
    timer.start()
    found = generator.generate(_request("deaf"), _ignore, stop)
    timer.join()

    assert found.stop_reason == "cancelled"


def test_a_stop_before_the_start_starts_nothing(generator: LocalGenerator) -> None:
    stop = StopSignal()
    stop.set()

    assert generator.generate(_request("echo x"), _ignore, stop).text == ""
    assert generator._process is None


def test_a_crash_is_told_and_the_next_request_gets_a_new_worker(
    generator: LocalGenerator,
) -> None:
    with pytest.raises(RemoteError) as caught:
        generator.generate(_request("crash"), _ignore, StopSignal())

    assert caught.value.code == "CRASH"
    assert generator.generate(_request("echo on"), _ignore, StopSignal()).text == "on"


def test_a_killed_worker_is_replaced(generator: LocalGenerator) -> None:
    generator.warm_up(ModelRef())
    assert generator._process
    process = psutil.Process(generator._process.pid)
    process.kill()
    wait_until(lambda: generator._process and not generator._process.is_alive)

    assert generator.generate(_request("echo on"), _ignore, StopSignal()).text == "on"


def test_errors_carry_their_class_and_the_next_action(
    generator: LocalGenerator,
) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        generator.generate(_request("oom"), _ignore, StopSignal())

    assert caught.value.code == "OOM"
    assert caught.value.sentence == "No memory. Buy some."


def test_a_model_that_cannot_be_loaded_answers_nothing(
    generator: LocalGenerator, tmp_path: Path
) -> None:
    model = ModelRef(ModelKind.LOCAL, "gone", str(tmp_path / "gone"))

    with pytest.raises(InputError) as caught:
        generator.generate(_request("echo x", model), _ignore, StopSignal())
    assert caught.value.code == "MODEL_ACCESS"


def test_a_batch_is_cut_by_model_and_size(generator: LocalGenerator) -> None:
    models = [ModelRef()] * 20 + [TUNED] * 3
    requests = [_request(f"{n}", model) for n, model in enumerate(models)]
    found: dict[int, Generation] = {}
    generator.generate_batch(requests, found.__setitem__, StopSignal())

    assert [found[n].text for n in range(23)] == [str(n) for n in range(23)]
    chunks = generator_module._chunks(requests)
    assert [len(chunk) for chunk in chunks] == [16, 4, 3]


def test_one_failing_item_does_not_fail_the_batch(generator: LocalGenerator) -> None:
    found: dict[int, Generation] = {}
    requests = [_request("a"), _request("oom"), _request("c")]
    generator.generate_batch(requests, found.__setitem__, StopSignal())

    assert [found[n].error_code for n in range(3)] == ["", "OOM", ""]
    assert found[1].error_text == "No memory. Buy some."


def test_a_stopped_batch_asks_no_more(generator: LocalGenerator) -> None:
    stop = StopSignal()
    seen: list[int] = []

    def keep(index: int, _: Generation) -> None:
        seen.append(index)
        stop.set()

    generator.generate_batch([_request(str(n)) for n in range(40)], keep, stop)
    assert len(seen) <= 16


def test_answers_find_their_own_request(generator: LocalGenerator) -> None:
    found: dict[int, str] = {}

    def ask(number: int) -> None:
        text = f"echo {number}"
        found[number] = generator.generate(_request(text), _ignore, StopSignal()).text

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert found == {n: str(n) for n in range(6)}


def test_tokens_are_counted_and_adapters_proved(generator: LocalGenerator) -> None:
    assert generator.count_tokens(ModelRef(), ["ab", ""]) == [2, 0]
    proof = generator.prove_adapter(TUNED, [(Message(Role.USER, "x"),)] * 2)
    assert (proof.off_equals_base, proof.on_differs, proof.prompts) == (True, True, 2)
    with pytest.raises(InputError):
        generator.prove_adapter(ModelRef(), [])


def test_close_ends_the_process_and_its_thread(generator: LocalGenerator) -> None:
    generator.warm_up(ModelRef())
    assert generator._process
    pid = generator._process.pid
    generator.close()

    assert not psutil.pid_exists(pid)
    names = {thread.name for thread in threading.enumerate()}
    assert "generating-worker" not in names
    with pytest.raises(RemoteError):
        generator.generate(_request("echo x"), _ignore, StopSignal())


def test_a_process_that_is_not_ours_any_more_is_left_alone(
    generator: LocalGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    generator.warm_up(ModelRef())
    process = generator._process
    assert process
    monkeypatch.setattr(process, "_created", 1.0)

    assert not process._is_ours()


def test_cancelled_while_loading(
    generator: LocalGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generator_module, "_CANCEL_SECONDS", -1.0)
    generator.warm_up(ModelRef())
    busy = threading.Thread(
        target=lambda: generator.generate(_request("slow"), _ignore, StopSignal())
    )
    busy.start()
    wait_until(lambda: generator._process and generator._process._mailboxes)
    stop = StopSignal()
    timer = threading.Timer(0.2, stop.set)
    timer.start()
    with pytest.raises(CancelledError):
        generator.generate(_request("echo x"), _ignore, stop)
    timer.join()
    busy.join(20)


def test_nothing_is_left_on_the_wish_to_stop(generator: LocalGenerator) -> None:
    stop = StopSignal()
    generator.generate(_request("echo a"), _ignore, stop)
    answers: dict[int, Generation] = {}
    generator.generate_batch([_request("echo b")] * 40, answers.__setitem__, stop)
    assert len(answers) == 40
    assert stop._callbacks == []


def test_a_worker_that_reads_no_more_is_closed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import threading; threading.Event().wait()"]
    process = WorkerProcess(command, tmp_path / "log.txt")
    large = {"op": "count_tokens", "texts": ["x" * 5_000_000]}
    writer = threading.Thread(target=process.send, args=(large,))
    writer.start()
    wait_until(process._write_lock.locked)
    started = time.monotonic()
    process.close()
    writer.join(5)
    assert not writer.is_alive()
    assert not psutil.pid_exists(process.pid)
    assert time.monotonic() - started < 5
