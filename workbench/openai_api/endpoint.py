"""Endpoints that speak OpenAI's protocol: their address, checked before it is used.

An address is kept in one spelling, ending in its version (``/v1``), so that the same
server typed in two ways is one endpoint. It never holds a secret: keys live in the
system's keyring (`keys.py`) and are looked up by `Endpoint.ulid`.
"""

import dataclasses
import ipaddress
import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from workbench.domain.errors import InputError
from workbench.domain.ids import new_ulid

_VERSION = re.compile(r"v\d+\w*")
_HOST = re.compile(r"[^\s/?#@\\%\x00-\x1f]+")
_CALLS = ("/chat/completions", "/completions", "/models", "/embeddings")
_LOCAL_NAMES = (".localhost", ".local", ".lan", ".internal", ".home.arpa")
_PORTS = {"http": 80, "https": 443}


@dataclasses.dataclass(frozen=True, slots=True)
class Endpoint:
    """One server, as preferences keep it; made by `make_endpoint`.

    Attributes:
        name: what the window shows.
        url: base address ending in its version, e.g. ``http://127.0.0.1:11434/v1``.
        ulid: identity, also of its key in the keyring.
        wants_key: whether a key is sent with every call.
    """

    name: str
    url: str
    ulid: str = dataclasses.field(default_factory=new_ulid)
    wants_key: bool = False

    @property
    def root(self) -> str:
        """The address without its version, for what a server offers besides."""
        head, _, last = self.url.rpartition("/")
        return head if _VERSION.fullmatch(last) else self.url

    @property
    def port(self) -> int:
        """The port that is called."""
        parts = urlsplit(self.url)
        return parts.port or _PORTS[parts.scheme]

    @property
    def is_local(self) -> bool:
        """True for this computer and its own network."""
        return is_local_host(urlsplit(self.url).hostname or "")


def make_endpoint(
    name: str,
    url: str,
    *,
    wants_key: bool = False,
    allow_plain: bool = False,
    ulid: str = "",
) -> Endpoint:
    """Return an endpoint with a checked name and address.

    Args:
        name: what the window shows; the host when blank.
        url: address as it was typed, with or without ``/v1``.
        wants_key: whether a key is sent with every call.
        allow_plain: allow ``http`` to a public host, where anybody can read along.
        ulid: identity of an endpoint that is being changed.

    Raises:
        InputError: ``endpoint.scheme``, ``.host``, ``.port``, ``.credentials``,
            ``.query`` or ``.plain``.
    """
    address = normalise_url(url, allow_plain=allow_plain)
    shown = " ".join(name.split()) or urlsplit(address).netloc
    return Endpoint(shown, address, ulid or new_ulid(), wants_key)


def normalise_url(url: str, *, allow_plain: bool = False) -> str:
    """Return the one spelling of an address.

    Raises:
        InputError: as `make_endpoint`; the address is never quoted, as it may hold a
            secret.
    """
    parts = _split(url.strip())
    host = _host(parts)
    if parts.scheme == "http" and not (allow_plain or is_local_host(host)):
        raise InputError(
            "endpoint.plain",
            "Over http anybody on the way can read key and texts. Write https.",
            {"host": host},
        )
    return urlunsplit((parts.scheme, _place(parts, host), _path(parts.path), "", ""))


def is_local_host(host: str) -> bool:
    """Tell whether a host is this computer or lies in its own network."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        name = host.lower().rstrip(".")
        # A name without a dot is only known inside a network.
        return "." not in name or name.endswith(_LOCAL_NAMES)
    return address.is_loopback or address.is_private or address.is_link_local


def _split(text: str) -> SplitResult:
    """Divide an address, its scheme guessed when none was typed."""
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host = parts.hostname or ""
    except ValueError as error:
        raise _bad_host() from error
    if not parts.scheme:
        parts = parts._replace(scheme="http" if is_local_host(host) else "https")
    if parts.scheme not in _PORTS:
        raise InputError("endpoint.scheme", "Begin the address with http or https.")
    if "@" in parts.netloc:
        raise InputError(
            "endpoint.credentials",
            "Leave name and password out of the address; give the key below it.",
        )
    if parts.query or parts.fragment:
        raise InputError(
            "endpoint.query", "Leave out everything from the ? or # on in the address."
        )
    return parts


def _host(parts: SplitResult) -> str:
    """Return the host that is to be called."""
    host = parts.hostname or ""
    if not _HOST.fullmatch(host):
        raise _bad_host()
    # Servers print the address they listen on; that one cannot be called everywhere.
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)


def _place(parts: SplitResult, host: str) -> str:
    """Return host and port, the port left out when it is the usual one."""
    try:
        port = parts.port
    except ValueError as error:
        raise InputError(
            "endpoint.port", "The port is a number from 1 to 65535."
        ) from error
    if port == 0:
        raise InputError("endpoint.port", "The port is a number from 1 to 65535.")
    shown = f"[{host}]" if ":" in host else host
    usual = port is None or port == _PORTS[parts.scheme]
    return shown if usual else f"{shown}:{port}"


def _path(path: str) -> str:
    """Return the path up to its version; a missing version is ``/v1``."""
    kept = re.sub(r"/{2,}", "/", path).rstrip("/")
    for call in _CALLS:
        kept = kept.removesuffix(call)
    has_version = any(_VERSION.fullmatch(part) for part in kept.split("/"))
    return kept if has_version else f"{kept}/v1"


def _bad_host() -> InputError:
    return InputError(
        "endpoint.host", "This is no address of a server, such as localhost:11434."
    )
