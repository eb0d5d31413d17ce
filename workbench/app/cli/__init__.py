"""The command line: the same services as the window, without any Qt.

Exit codes: 0 done, 1 the command failed, 2 it was called wrongly, 3 stopped by Ctrl+C.
With ``--json`` the last line of standard output is one JSON object.
"""

from collections.abc import Sequence

COMMANDS = ("new", "import", "export", "train", "compare", "sandbox", "doctor")


def is_command(arguments: Sequence[str]) -> bool:
    """Tell whether the arguments ask for a command rather than for the window."""
    flags = {"--version", "--help", "-h"}
    return bool(arguments) and (arguments[0] in COMMANDS or arguments[0] in flags)


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code."""
    from workbench.app.cli.parser import main

    return main(arguments)
