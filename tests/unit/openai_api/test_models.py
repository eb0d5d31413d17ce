"""Lists of models, token counts and the servers of this computer."""

import dataclasses
from typing import Any

import pytest

from tests.unit.openai_api.asking import Asking
from tests.unit.openai_api.server import (
    PATIENCE,
    Hang,
    ScriptedServer,
    free_port,
    in_thread,
    json_turn,
    stream,
)
from workbench.domain.errors import CancelledError
from workbench.domain.generation import StopSignal
from workbench.domain.remote import FailureKind, RemoteFailure, TokenCount
from workbench.openai_api.discovery import discover
from workbench.openai_api.endpoint import make_endpoint
from workbench.openai_api.models import ServedModel, list_models
from workbench.openai_api.wire import Timeouts

QUICK = Timeouts(2.0, 5.0, 5.0)


def serve(server: ScriptedServer, *rows: dict[str, Any]) -> None:
    server.on("/v1/models", json_turn({"object": "list", "data": list(rows)}))


def listed(server: ScriptedServer, key: str = "") -> tuple[ServedModel, ...]:
    return list_models(make_endpoint("Mine", server.url), key)


def test_ollama(server: ScriptedServer) -> None:
    serve(server, {"id": "qwen3:4b", "owned_by": "library"}, {"id": "Gemma:1b"})
    details = {"parameter_size": "4.0B", "quantization_level": "Q4_K_M"}
    tag = {"name": "qwen3:4b", "size": 2_600_000_000, "details": details}
    server.on("/api/tags", json_turn({"models": [tag, {"name": "other"}, 7]}))
    loaded = {"name": "qwen3:4b", "context_length": 4096}
    server.on("/api/ps", json_turn({"models": [loaded]}))
    assert listed(server) == (
        ServedModel("Gemma:1b"),
        ServedModel("qwen3:4b", "library", 4096, 2_600_000_000, "4.0B Q4_K_M", True),
    )


def test_vllm_llama_cpp_and_openrouter(server: ScriptedServer) -> None:
    serve(
        server,
        {"id": "a", "owned_by": "vllm", "max_model_len": 32768},
        {"id": "b", "meta": {"n_ctx_train": 8192, "size": 5_000}},
        {"id": "c", "context_length": 128000},
        {"id": "", "context_length": 1},
    )
    found = {one.id: (one.context_tokens, one.size_bytes) for one in listed(server)}
    assert found == {"a": (32768, None), "b": (8192, 5_000), "c": (128000, None)}


def test_lm_studio(server: ScriptedServer) -> None:
    serve(server, {"id": "gemma"}, {"id": "embed"})
    server.on("/api/tags", json_turn({"error": "Unexpected endpoint"}))
    row = {
        "id": "gemma",
        "type": "llm",
        "quantization": "4bit",
        "state": "not-loaded",
        "max_context_length": 32768,
    }
    other = {"id": "embed", "type": "embeddings", "state": "loaded"}
    server.on("/api/v0/models", json_turn({"data": [row, other]}))
    embed, gemma = listed(server)
    assert gemma == ServedModel("gemma", "", 32768, None, "4bit", False)
    assert (embed.answers, embed.is_loaded) == (False, True)


def test_a_server_without_models(server: ScriptedServer) -> None:
    server.on("/v1/models", json_turn({"object": "list", "data": None}))
    assert listed(server) == ()


def test_the_key_goes_along(server: ScriptedServer) -> None:
    serve(server)
    listed(server, "a-key")
    assert {one.headers["authorization"] for one in server.received} == {"Bearer a-key"}


@pytest.mark.parametrize(
    ("turn", "kind"),
    [
        (json_turn({"error": "x"}, 401), FailureKind.SIGNED_OUT),
        (json_turn({}, 404), FailureKind.NOT_FOUND),
        (json_turn({"hello": "world"}), FailureKind.STRANGER),
        (json_turn("text"), FailureKind.STRANGER),
        (stream(b"<html>"), FailureKind.STRANGER),
    ],
)
def test_servers_without_a_list(
    server: ScriptedServer, turn: Any, kind: FailureKind
) -> None:
    server.on("/v1/models", dataclasses.replace(turn))
    with pytest.raises(RemoteFailure) as caught:
        listed(server)
    assert caught.value.kind is kind


def test_a_list_can_be_stopped(server: ScriptedServer) -> None:
    turn = server.on("/v1/models", stream(Hang(), silent=True))
    stop = StopSignal()
    endpoint = make_endpoint("Mine", server.url)
    work = in_thread(lambda: list_models(endpoint, "", stop, QUICK))
    assert turn.reached.wait(PATIENCE)
    stop.set()
    with pytest.raises(CancelledError):
        work.result()


def test_tokens_that_the_server_counts(asking: Asking, server: ScriptedServer) -> None:
    server.on("/tokenize", json_turn({"count": 3, "tokens": [1, 2, 3]}))
    model = asking.request().model
    assert asking.generator.count_tokens(model, ["one", "two"]) == [3, 3]
    assert asking.generator.count(asking.request()) == TokenCount(6)
    assert server.bodies[0] == {
        "model": "m",
        "prompt": "one",
        "content": "one",
        "add_special_tokens": False,
    }


@pytest.mark.parametrize(
    "turn", [json_turn({}, 404), json_turn({"error": "no"}), stream(b"<html>")]
)
def test_tokens_that_it_does_not_count_are_estimates(
    asking: Asking, server: ScriptedServer, turn: Any
) -> None:
    server.on("/tokenize", turn)
    model = asking.request().model
    counts = asking.generator.measure_tokens(model, ["eight ch", "日本"])
    assert counts == (TokenCount(2, is_estimate=True), TokenCount(2, is_estimate=True))
    assert len(server.received) == 1, "asked again although it does not count"
    assert asking.generator.count(asking.request()).is_estimate
    with pytest.raises(RemoteFailure) as caught:
        asking.generator.count_tokens(model, ["eight ch"])
    assert caught.value.code == "endpoint.count_unsupported"


def test_servers_of_this_computer(server: ScriptedServer) -> None:
    serve(server, {"id": "m", "owned_by": "someone"})
    ports = {free_port(): "Ollama", server.port: "vLLM"}
    (found,) = discover(StopSignal(), ports)
    assert found.endpoint.name == f"127.0.0.1:{server.port}"
    assert found.endpoint.url == server.url
    assert [model.id for model in found.models] == ["m"]
    assert not found.endpoint.wants_key
    serve(server, {"id": "m", "owned_by": "vllm"})
    assert discover(StopSignal(), ports)[0].endpoint.name == "vLLM"


def test_a_server_that_wants_a_key_is_found(server: ScriptedServer) -> None:
    server.on("/v1/models", json_turn({}, 401))
    (found,) = discover(StopSignal(), {server.port: "LM Studio"})
    assert found.endpoint.wants_key
    assert found.models == ()


def test_other_programs_are_passed_over(server: ScriptedServer) -> None:
    server.on("/v1/models", stream(b"<html>", kind="text/html"))
    assert discover(StopSignal(), {server.port: "vLLM"}) == ()


def test_the_search_can_be_stopped(server: ScriptedServer) -> None:
    turn = server.on("/v1/models", stream(Hang(), silent=True))
    stop = StopSignal()
    work = in_thread(lambda: discover(stop, {server.port: "Ollama"}, QUICK))
    assert turn.reached.wait(PATIENCE)
    stop.set()
    assert work.result() == ()


def test_a_silent_server_does_not_hold_the_search_up(server: ScriptedServer) -> None:
    server.on("/v1/models", stream(Hang(), silent=True))
    assert (
        discover(StopSignal(), {server.port: "Ollama"}, Timeouts(0.1, 0.1, 0.1)) == ()
    )
