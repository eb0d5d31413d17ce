"""Serving others: a sandbox that runs until asked to stop, and how to reach it."""

import threading
from collections.abc import Callable, Mapping

from workbench.domain.generation import StopSignal
from workbench.sandbox.routes import OFFERED
from workbench.sandbox.server import REGION, Sandbox


def environment(sandbox: Sandbox) -> Mapping[str, str]:
    """Return the variables that lead unmodified clients of AWS to a sandbox.

    Only the services it offers are led there: others keep their real address, which
    the sandbox's key does not open.
    """
    endpoints = {
        f"AWS_ENDPOINT_URL_{service.upper().replace('-', '_')}": sandbox.endpoint
        for service in OFFERED
    }
    return {
        **endpoints,
        "AWS_ACCESS_KEY_ID": sandbox.credentials.access_key_id,
        "AWS_SECRET_ACCESS_KEY": sandbox.credentials.secret_access_key,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
    }


def serve(
    sandbox: Sandbox, on_ready: Callable[[Mapping[str, str]], None], stop: StopSignal
) -> None:
    """Serve until `stop` is set; blocks the calling thread.

    Args:
        sandbox: not started yet.
        on_ready: gets the variables of `environment` once requests are taken.
        stop: ends it; the sandbox is closed then, also when `on_ready` raises.

    Raises:
        EnvironmentFault: ``sandbox.port`` when the port is not to be had.
    """
    asked = threading.Event()
    with sandbox:
        on_ready(environment(sandbox))
        stop.on_set(asked.set)
        asked.wait()
