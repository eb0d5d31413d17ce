"""The practice server for others: any client of AWS can be led to it.

It answers with the built-in model, or by a script, on this computer only, until Ctrl+C.
The key that it prints opens this one sandbox while it runs, and nothing else.
"""

import argparse
import contextlib
import dataclasses
import os
import shlex
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from workbench.app.cli.output import Output
from workbench.app.compose import compose
from workbench.domain.errors import InputError
from workbench.domain.generation import StopSignal

if TYPE_CHECKING:
    from workbench.sandbox import Pace, Sandbox


def sandbox(arguments: argparse.Namespace, output: Output) -> int:
    """Serve until Ctrl+C, which is how it is meant to end."""
    from workbench.sandbox import serve

    def on_ready(variables: Mapping[str, str]) -> None:
        endpoint = next(value for name, value in variables.items() if "URL" in name)
        output.result(
            {"endpoint": endpoint, "environment": dict(variables)},
            "\n".join((f"# SANDBOX at {endpoint}", *_settings(variables))),
        )
        output.progress("SANDBOX: no answer comes from AWS. Ctrl+C ends it.")

    with _sandbox(arguments) as server, contextlib.suppress(KeyboardInterrupt):
        serve(server, on_ready, StopSignal())
    return 0


@contextlib.contextmanager
def _sandbox(arguments: argparse.Namespace) -> Iterator["Sandbox"]:
    """Make the server, with a model behind it unless a script answers."""
    from workbench.sandbox import Pace, Sandbox, script_file

    if arguments.rate < 0 or arguments.latency < 0:
        raise InputError("sandbox.pace", "--rate and --latency are not below 0.")
    if arguments.script is not None:
        scripted = script_file.load(arguments.script)
        pace = _paced(scripted.pace, arguments)
        yield Sandbox(
            script=scripted.script,
            faults=scripted.rules,
            pace=pace,
            port=arguments.port,
        )
        return
    services = compose()
    try:
        yield Sandbox(
            generator=services.generator,
            pace=_paced(Pace(), arguments),
            port=arguments.port,
        )
    finally:
        services.close()


def _paced(pace: "Pace", arguments: argparse.Namespace) -> "Pace":
    """Return the pace of a script, with what was asked for in its place."""
    return dataclasses.replace(
        pace,
        latency=arguments.latency or pace.latency,
        tokens_per_second=arguments.rate or pace.tokens_per_second,
    )


def _settings(variables: Mapping[str, str]) -> Iterator[str]:
    """Say the variables as this system's shell sets them."""
    for name, value in variables.items():
        if os.name == "nt":
            yield f"set {name}={value}"
        else:
            yield f"export {name}={shlex.quote(value)}"
