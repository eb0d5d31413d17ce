"""Answers of a model behind the generation port, and serving others."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import EventStreamError

from tests.fakes import FakeGenerator
from tests.sandbox.clients import (
    HAIKU,
    NOVA,
    ask,
    client_of,
    members,
    read,
    refused,
    stream,
    text_of,
    user,
)
from tests.sandbox.conftest import Start
from workbench.domain.errors import EnvironmentFault, RemoteError
from workbench.domain.generation import (
    Generation,
    GenerationRequest,
    OnToken,
    StopSignal,
)
from workbench.domain.models import BUILTIN_MODEL, ModelRef
from workbench.sandbox import Sandbox, environment, load, serve
from workbench.sandbox.catalogue import DEPLOYMENT_ID, owned_arn

TUNED = ModelRef(adapter_ulid="01A", adapter_name="tuned")


@pytest.fixture
def generator() -> FakeGenerator:
    return FakeGenerator(lambda request: "The answer is forty two")


def test_a_model_answers_whole_and_streamed(
    start: Start, generator: FakeGenerator
) -> None:
    config = {"temperature": 0.25, "maxTokens": 7, "stopSequences": ["."]}
    with client_of(start(generator=generator)) as client:
        whole = ask(client, inferenceConfig=config, system=[{"text": "Be brief."}])
        events = read(stream(client, inferenceConfig=config))
        counted = client.count_tokens(
            modelId=NOVA, input={"converse": {"messages": user()}}
        )
    assert whole["output"]["message"]["content"] == [
        {"text": "The answer is forty two"}
    ]
    assert text_of(events) == "The answer is forty two"
    assert members(events).count("contentBlockDelta") == 5
    usage = events[-1]["metadata"]["usage"]
    assert usage["inputTokens"] == counted["inputTokens"] == 2
    assert whole["usage"]["inputTokens"] == 4
    assert usage["outputTokens"] == whole["usage"]["outputTokens"] == 5
    [first, _second] = generator.requests
    assert first.model == BUILTIN_MODEL
    assert [message.text for message in first.messages] == ["Be brief.", "Hello there"]
    assert first.parameters.temperature == 0.25
    assert first.parameters.max_output_tokens == 7
    assert not generator.closed


def test_a_model_id_may_stand_for_an_adapter(
    start: Start, generator: FakeGenerator
) -> None:
    arn = owned_arn("us-east-1", f"custom-model-deployment/{DEPLOYMENT_ID}")
    with client_of(start(generator=generator, models={arn: TUNED})) as client:
        ask(client, modelId=arn)
        ask(client)
    assert [request.model for request in generator.requests] == [TUNED, BUILTIN_MODEL]


def test_reasoning_is_marked_as_the_sandboxs(
    start: Start, generator: FakeGenerator
) -> None:
    fields = {"thinking": {"type": "adaptive"}}
    with client_of(start(generator=generator)) as client:
        options: dict[str, Any] = {
            "modelId": HAIKU,
            "additionalModelRequestFields": fields,
        }
        content = ask(client, **options)["output"]["message"]["content"]
        events = read(stream(client, **options))
    assert "SANDBOX" in content[0]["reasoningContent"]["reasoningText"]["text"]
    assert content[1] == {"text": "The answer is forty two"}
    assert text_of(events) == "The answer is forty two"
    assert members(events).count("contentBlockStop") == 2


def test_an_answer_without_a_word(start: Start) -> None:
    class Mute(FakeGenerator):
        def generate(
            self, request: GenerationRequest, on_token: OnToken, stop: StopSignal
        ) -> Generation:
            return Generation("", "length", 1, 0, "", 0.0, 0.0, False)

    with client_of(start(generator=Mute())) as client:
        events = read(stream(client))
    assert text_of(events) == ""
    assert events[-2]["messageStop"]["stopReason"] == "max_tokens"


def test_a_model_that_fails_first_is_an_error_of_the_reply(
    start: Start, generator: FakeGenerator
) -> None:
    generator.failure = EnvironmentFault("worker.missing", "There is no torch.")
    with client_of(start(generator=generator)) as client:
        with refused("ModelErrorException", 424, "There is no torch."):
            ask(client)
        with refused("ModelErrorException", 424, "There is no torch."):
            stream(client)


def test_a_model_that_fails_half_way_is_an_error_of_the_stream(start: Start) -> None:
    class Fragile(FakeGenerator):
        def generate(
            self, request: GenerationRequest, on_token: OnToken, stop: StopSignal
        ) -> Generation:
            on_token("One")
            raise RemoteError("CRASH", "The worker ended.")

    with client_of(start(generator=Fragile())) as client:
        events = stream(client)
        with contextlib.closing(events), pytest.raises(EventStreamError) as caught:
            list(events)
    error = caught.value.response["Error"]
    assert error["Code"] == "modelStreamErrorException"
    assert "The worker ended." in error["Message"]


def test_a_client_that_leaves_stops_the_model(
    start: Start, generator: FakeGenerator
) -> None:
    generator.gate.clear()
    sandbox = start(generator=generator)
    with client_of(sandbox) as client:
        events = stream(client)
        with contextlib.closing(events):
            assert members([next(iter(events))]) == ["messageStart"]
    assert sandbox.recorder.wait_for_end(1).outcome == "client aborted"
    # The gate stays shut: only the stop signal lets the model's thread end.
    sandbox.close()


def test_closing_stops_the_model(start: Start, generator: FakeGenerator) -> None:
    generator.gate.clear()
    sandbox = start(generator=generator)
    with client_of(sandbox) as client:
        events = stream(client)
        with contextlib.closing(events):
            next(iter(events))
            sandbox.close()
    assert sandbox.recorder.calls[0].outcome == "sandbox closed"


def test_serving_lasts_until_asked_to_stop() -> None:
    sandbox, stop = Sandbox(), StopSignal()
    variables: list[Mapping[str, str]] = []
    ready = threading.Event()

    def on_ready(found: Mapping[str, str]) -> None:
        variables.append(found)
        ready.set()

    thread = threading.Thread(target=serve, args=(sandbox, on_ready, stop))
    thread.start()
    assert ready.wait(10)
    with client_of(sandbox) as client:
        ask(client)
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert variables[0]["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] == sandbox.endpoint
    sandbox.close()


SCRIPT = """
import boto3
print(boto3.client("sts").get_caller_identity()["Arn"])
print(boto3.client("bedrock").list_imported_models()["modelSummaries"][0]["modelName"])
"""


def test_the_variables_lead_another_process_here(sandbox: Sandbox) -> None:
    made = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, **environment(sandbox)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert made.returncode == 0, made.stderr
    assert "user/SANDBOX" in made.stdout
    assert "SANDBOX-imported-llama" in made.stdout


def test_a_script_file_makes_a_sandbox(start: Start, tmp_path: Path) -> None:
    written = {
        "answers": [{"text": "As written", "stop_reason": "max_tokens"}],
        "faults": [{"fault": "throttle"}],
    }
    path = tmp_path / "script.json"
    path.write_text(json.dumps(written), encoding="utf-8")
    found = load(path)
    sandbox = start(script=found.script, faults=found.rules, pace=found.pace)
    with client_of(sandbox) as client:
        with refused("ThrottlingException", 429):
            ask(client)
        assert text_of(read(stream(client))) == "As written"


def test_a_port_that_is_taken_is_said(sandbox: Sandbox) -> None:
    port = int(sandbox.endpoint.rpartition(":")[2])
    with pytest.raises(EnvironmentFault) as caught:
        Sandbox(port=port).start()
    assert caught.value.code == "sandbox.port"


def test_it_listens_on_loopback_only_and_has_new_secrets(start: Start) -> None:
    one, two = start(), start()
    assert one.endpoint.startswith("http://127.0.0.1:")
    assert one.endpoint != two.endpoint
    assert one.credentials != two.credentials
    with pytest.raises(RuntimeError):
        _ = Sandbox().endpoint


def test_many_streams_at_once(start: Start) -> None:
    sandbox = start()
    texts: list[str] = []

    def talk(client: Any) -> None:
        texts.append(text_of(read(stream(client, "word " * 40))))

    with client_of(sandbox) as client:
        threads = [threading.Thread(target=talk, args=(client,)) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert texts == ["word " * 40] * 10
