"""Servers that usually run on this computer, found by asking their usual ports.

Only this computer is asked, once each, all at the same time and with short patience; a
port that answers in another language is passed over.
"""

import dataclasses
import threading
from collections.abc import Mapping

from workbench.domain.errors import CancelledError
from workbench.domain.generation import StopSignal
from workbench.domain.remote import FailureKind, RemoteFailure
from workbench.openai_api.endpoint import Endpoint, make_endpoint
from workbench.openai_api.faults import SERVER_PORTS, VLLM
from workbench.openai_api.models import ServedModel, list_models
from workbench.openai_api.wire import Timeouts

QUICK = Timeouts(connect=0.5, answer=1.0, silence=1.0)
_WANTS_KEY = {FailureKind.SIGNED_OUT, FailureKind.DENIED}


@dataclasses.dataclass(frozen=True, slots=True)
class FoundServer:
    """A server that answers; its endpoint is new and not kept anywhere yet."""

    endpoint: Endpoint
    models: tuple[ServedModel, ...]


def discover(
    stop: StopSignal,
    ports: Mapping[int, str] = SERVER_PORTS,
    timeouts: Timeouts = QUICK,
) -> tuple[FoundServer, ...]:
    """Return the servers of this computer in the order of `ports`.

    Args:
        stop: ends the search; what was found by then is returned.
        ports: usual port to name of the program.
        timeouts: how long each is waited for.
    """
    found: dict[int, FoundServer] = {}

    def look(port: int, name: str) -> None:
        server = _look(port, name, stop, timeouts)
        if server is not None:
            found[port] = server

    threads = [
        threading.Thread(
            target=look, args=(port, name), name=f"endpoint-find-{port}", daemon=True
        )
        for port, name in ports.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tuple(found[port] for port in ports if port in found)


def _look(
    port: int, name: str, stop: StopSignal, timeouts: Timeouts
) -> FoundServer | None:
    """Ask one port; None when nobody answers there who can be used."""
    # Not "localhost": that is tried under two addresses, and a firewall that swallows
    # one of them would cost the whole patience.
    endpoint = make_endpoint(name, f"http://127.0.0.1:{port}")
    try:
        models = list_models(endpoint, "", stop, timeouts)
    except CancelledError:
        return None
    except RemoteFailure as failure:
        if failure.kind not in _WANTS_KEY:
            return None
        return FoundServer(dataclasses.replace(endpoint, wants_key=True), ())
    if name == VLLM and not any(model.owner == "vllm" for model in models):
        # Many programs listen at port 8000.
        endpoint = dataclasses.replace(endpoint, name=f"127.0.0.1:{port}")
    return FoundServer(endpoint, models)
