"""`python -m workbench`: opens the window, or runs a command without any Qt.

The dispatch comes before every heavy import: a command must not pay for the window, and
the window not for the commands.
"""

import os
import sys


def main() -> int:
    """Run the program and return its exit code."""
    arguments = sys.argv[1:]
    from workbench.app.cli import is_command

    if is_command(arguments):
        from workbench.app.cli import run

        return run(arguments)
    if arguments and arguments[0] in {"tour", "shots"}:
        from workbench.app.tour.main import run_tour_command

        return run_tour_command(arguments)
    if not _has_display():
        sys.stderr.write(
            "The window cannot open: there is no display here (neither DISPLAY nor "
            "WAYLAND_DISPLAY is set). `workbench tour --out FOLDER` needs none.\n"
        )
        return 1
    try:
        from workbench.app.window import open_window
    except ImportError as error:
        if "PySide6" not in str(error) and ".so" not in str(error):
            raise
        from workbench.app.cli.doctor import qt_problem

        problem = qt_problem(str(error))
        sys.stderr.write(
            f"The window cannot open: {problem}. `workbench doctor` tells more.\n"
        )
        return 1
    return open_window(arguments)


def _has_display() -> bool:
    """Tell whether a window can be shown; Qt would abort with a text of its own."""
    if sys.platform != "linux":
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)


if __name__ == "__main__":
    sys.exit(main())
