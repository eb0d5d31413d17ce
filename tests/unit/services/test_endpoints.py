"""Endpoints are kept by name and address; their keys only in the keyring."""

import pytest

from tests.fakes import Bench
from workbench.domain.errors import InputError, WorkbenchError
from workbench.domain.remote_ports import EndpointSettings, FoundServer, ServedModel
from workbench.services.endpoints import EndpointService

URL = "http://127.0.0.1:11434/v1"
QWEN = ServedModel("qwen3:4b", 40_960, "4B Q4_K_M")
KEY = "sk-not-a-real-one"


@pytest.fixture
def endpoints(bench: Bench) -> EndpointService:
    bench.endpoints.served[URL] = (QWEN,)
    return bench.services.endpoints


def test_an_endpoint_that_answers_is_kept(
    bench: Bench, endpoints: EndpointService
) -> None:
    assert endpoints.add("Ollama", URL).future.result(5) == (QWEN,)

    kept = endpoints.all()
    assert [(each.name, each.url, each.wants_key) for each in kept] == [
        ("Ollama", URL, False)
    ]
    assert endpoints.find(kept[0].ulid) == kept[0]
    assert endpoints.test(kept[0].ulid).future.result(5) == (QWEN,)
    assert not bench.endpoints.keys


def test_a_key_stands_in_the_keyring_and_nowhere_else(
    bench: Bench, endpoints: EndpointService
) -> None:
    endpoints.add("vLLM", URL, f" {KEY} ").future.result(5)
    kept = endpoints.all()[0]

    assert bench.endpoints.keys == {kept.ulid: KEY}
    assert kept.wants_key
    assert KEY not in repr(bench.services.preferences.current)
    endpoints.remove(kept.ulid).future.result(5)
    assert not bench.endpoints.keys
    assert not endpoints.all()


def test_an_endpoint_that_is_silent_leaves_nothing_behind(
    bench: Bench, endpoints: EndpointService
) -> None:
    with pytest.raises(WorkbenchError, match="silent"):
        endpoints.add("Down", "http://127.0.0.1:1/v1", KEY).future.result(5)

    assert not endpoints.all()
    assert not bench.endpoints.keys


def test_a_wrong_address_is_refused_at_once(endpoints: EndpointService) -> None:
    with pytest.raises(InputError) as refused:
        endpoints.add("", "no address")
    assert refused.value.code == "endpoint.scheme"


def test_the_same_address_is_kept_once(endpoints: EndpointService) -> None:
    endpoints.add("Ollama", URL).future.result(5)
    with pytest.raises(InputError) as refused:
        endpoints.add("Another name", URL)
    assert refused.value.code == "endpoint.twice"


def test_servers_of_this_computer_are_found_and_taken(
    bench: Bench, endpoints: EndpointService
) -> None:
    here = EndpointSettings("01FOUND", "Ollama", URL)
    bench.endpoints.running = (FoundServer(here, (QWEN,)),)
    found = endpoints.discover().future.result(5)
    endpoints.take(found[0])

    assert endpoints.all() == (here,)
    assert endpoints.discover().future.result(5) == ()


def test_an_endpoint_that_is_gone_has_a_name(endpoints: EndpointService) -> None:
    with pytest.raises(InputError) as refused:
        endpoints.find("01GONE")
    assert refused.value.code == "endpoint.missing"


def test_a_broken_line_costs_one_endpoint_only(
    bench: Bench, endpoints: EndpointService
) -> None:
    endpoints.add("Ollama", URL).future.result(5)
    good = bench.services.preferences.current.endpoints
    bench.services.preferences.change(endpoints=("{", "[]", *good))

    assert [each.name for each in endpoints.all()] == ["Ollama"]
