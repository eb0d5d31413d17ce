"""Addresses: one spelling, nothing secret, nothing in the open by accident."""

import pytest

from workbench.domain.errors import InputError
from workbench.openai_api.endpoint import is_local_host, make_endpoint, normalise_url

SECRET = "hidden"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("http://localhost:11434", "http://localhost:11434/v1"),
        ("http://localhost:11434/", "http://localhost:11434/v1"),
        ("http://localhost:11434/v1", "http://localhost:11434/v1"),
        ("http://localhost:11434/v1//", "http://localhost:11434/v1"),
        ("localhost:1234", "http://localhost:1234/v1"),
        ("  127.0.0.1:8000/v1/models ", "http://127.0.0.1:8000/v1"),
        ("http://0.0.0.0:8000", "http://127.0.0.1:8000/v1"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1"),
        ("http://[::]:8000", "http://[::1]:8000/v1"),
        ("gpu-box:8000", "http://gpu-box:8000/v1"),
        ("http://192.168.1.7:8000", "http://192.168.1.7:8000/v1"),
        ("api.example.com", "https://api.example.com/v1"),
        ("https://API.Example.com:443", "https://api.example.com/v1"),
        ("https://example.com/api", "https://example.com/api/v1"),
        ("https://example.com/openai/v1/chat/completions", ""),
        ("https://example.com/v1beta/openai/", "https://example.com/v1beta/openai"),
    ],
)
def test_one_spelling(typed: str, kept: str) -> None:
    assert normalise_url(typed) == (kept or "https://example.com/openai/v1")
    assert normalise_url(normalise_url(typed)) == normalise_url(typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "endpoint.host"),
        ("http://", "endpoint.host"),
        ("http://[::1", "endpoint.host"),
        ("two words", "endpoint.host"),
        ("ftp://localhost", "endpoint.scheme"),
        ("http://localhost:99999", "endpoint.port"),
        ("http://localhost:0", "endpoint.port"),
        ("http://localhost:port", "endpoint.port"),
        ("https://hidden@example.com", "endpoint.credentials"),
        ("https://name:" + SECRET + "@example.com", "endpoint.credentials"),
        ("https://example.com/v1?api_key=hidden", "endpoint.query"),
        ("https://example.com/v1#hidden", "endpoint.query"),
        ("http://example.com/v1", "endpoint.plain"),
        ("http://8.8.8.8/v1", "endpoint.plain"),
    ],
)
def test_what_is_refused(typed: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        normalise_url(typed)
    assert caught.value.code == code
    assert "hidden" not in str(caught.value)
    assert "hidden" not in str(caught.value.details)


def test_plain_http_to_a_public_host_has_to_be_said() -> None:
    assert normalise_url("http://example.com", allow_plain=True).startswith("http://")


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("127.0.0.9", True),
        ("10.1.2.3", True),
        ("fe80::1", True),
        ("box", True),
        ("box.local", True),
        ("example.com", False),
        ("1.1.1.1", False),
    ],
)
def test_which_hosts_are_near(host: str, local: bool) -> None:
    assert is_local_host(host) is local


def test_an_endpoint_knows_its_root_and_its_port() -> None:
    endpoint = make_endpoint("", "https://example.com/api")
    assert endpoint.name == "example.com"
    assert endpoint.root == "https://example.com/api"
    assert endpoint.port == 443
    assert not endpoint.is_local
    other = make_endpoint("My  box", "http://localhost:8000", ulid="X", wants_key=True)
    assert (other.name, other.port, other.ulid) == ("My box", 8000, "X")
    assert other.is_local
    assert other.wants_key


def test_a_root_without_a_version_is_the_address() -> None:
    endpoint = make_endpoint("", "https://example.com/v1beta/openai")
    assert endpoint.root == endpoint.url
