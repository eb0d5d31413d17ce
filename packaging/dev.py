"""The one door for whoever works on Workbench.

    python3 packaging/dev.py run [ARGUMENTS]     open the window on the sample project
    python3 packaging/dev.py test [--fast] [PYTEST ARGUMENTS]
    python3 packaging/dev.py bench [NAME]        measure; one JSON object a line
    python3 packaging/dev.py shots               pictures of every page into build/shots
    python3 packaging/dev.py doctor              state of this computer, with the mends
    python3 packaging/dev.py setup               make the two environments, nothing else
    python3 packaging/dev.py lock                renew the locked requirements
    python3 packaging/dev.py translate           take new texts into the translations
    python3 packaging/dev.py build               make the wheel in dist/

Standard library only: this file runs before anything is installed. Every command sets
up what it needs first, and may be interrupted and started again.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 (an older Python must be told so)
    sys.exit("Workbench needs Python 3.11, 3.12 or 3.13: python3.12 packaging/dev.py")

import checks
import doctor
import qt_libraries
from environments import (
    BOTH,
    ROOT,
    WINDOW,
    WORKER,
    Environment,
    SetupError,
    ensure,
    say,
)

HERE = Path(__file__).resolve().parent
BUILD = ROOT / "build"
BENCHES = ROOT / "tests" / "bench"


def set_up(*environments: Environment) -> None:
    """Make environments, Qt's system libraries and compiled translations ready."""
    ensure(environments or BOTH)
    if WINDOW in (environments or BOTH):
        advice = qt_libraries.ensure(WINDOW.python)
        if advice:
            raise SetupError(advice)
        in_window(str(HERE / "translations.py"), "release")


def in_window(*arguments: str, offscreen: bool = False) -> int:
    """Run the window's interpreter in the checkout and return its exit code."""
    variables = dict(os.environ)
    if offscreen:
        variables = qt_libraries.offscreen()
    return subprocess.run(
        [str(WINDOW.python), *arguments], cwd=ROOT, env=variables, check=False
    ).returncode


def run(arguments: list[str]) -> int:
    """Open the window; without a display, run the tour and show what it found."""
    set_up(WINDOW)
    try:
        ensure((WORKER,))
    except SetupError as problem:
        say(f"{problem}\nWithout it no model of this computer answers; the rest works.")
    if qt_libraries.has_display():
        return in_window("-m", "workbench", *(arguments or ["--sample"]))
    say("No display here (neither DISPLAY nor WAYLAND_DISPLAY is set).")
    say("The tour drives the window offscreen instead: some minutes.")
    out = BUILD / "tour"
    # A result of an earlier tour must not pass for this one's.
    (out / "tour.json").unlink(missing_ok=True)
    code = in_window("-m", "workbench", "tour", "--out", str(out), offscreen=True)
    print_tour(out)
    return code


def print_tour(out: Path) -> None:
    """Print what the tour found and where its pictures lie."""
    try:
        result = json.loads((out / "tour.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        say("The tour left no result.")
        return
    for name, value in result.items():
        say(f"{name:>14}: {json.dumps(value, ensure_ascii=False)}")
    pictures = sorted(out.rglob("*.png"))
    say(f"{len(pictures)} pictures in {out}")


def test(arguments: list[str]) -> int:
    """Run all checks and tests."""
    fast = "--fast" in arguments
    rest = [argument for argument in arguments if argument != "--fast"]
    set_up(*((WINDOW,) if fast else ()))
    return 0 if checks.run(rest, fast=fast) else 1


def bench(arguments: list[str]) -> int:
    """Run the benches, all or those named; what they print passes through."""
    found = {bench_name(path): path for path in benches()}
    unknown = [name for name in arguments if name not in found]
    if unknown:
        raise SetupError(
            f"No bench named {', '.join(unknown)}. There are: {', '.join(found)}"
        )
    # Standard output belongs to the benches: one JSON object a line.
    with to_standard_error():
        set_up()
    (BUILD / "bench").mkdir(parents=True, exist_ok=True)
    codes = [
        in_window(str(found[name]), offscreen=not qt_libraries.has_display())
        for name in arguments or found
    ]
    return max(codes, default=0)


@contextlib.contextmanager
def to_standard_error() -> Iterator[None]:
    """Send standard output there, that of child processes included."""
    kept = os.dup(1)
    sys.stdout.flush()
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)


def bench_name(script: Path) -> str:
    """Return what a bench script is called on the command line."""
    return script.stem.removeprefix("bench_").replace("_", "-")


def benches() -> list[Path]:
    """List the bench scripts."""
    return sorted(BENCHES.glob("bench_*.py"))


def shots(arguments: list[str]) -> int:
    """Take pictures of every page, in light and dark, English and Japanese."""
    set_up()
    out = BUILD / "shots"
    code = in_window(
        *("-m", "workbench", "shots", "--out", str(out), *arguments), offscreen=True
    )
    say(f"{len(list(out.rglob('*.png')))} pictures in {out}")
    return code


def diagnose(_: list[str]) -> int:
    """Tell the state of this computer; nothing is changed."""
    return doctor.report()


def setup(_: list[str]) -> int:
    """Make both environments ready."""
    set_up()
    say("Everything is set up.")
    return 0


def lock(_: list[str]) -> int:
    """Install what pyproject.toml asks for, then write down exactly what that was."""
    from requirement_groups import LOCKS, wanted

    ensure()
    for path, groups in LOCKS.items():
        environment = next(each for each in BOTH if path in each.locks)
        python = str(environment.python)
        subprocess.run([python, "-m", "pip", "install", *wanted(groups)], check=True)
        text = subprocess.run(
            [python, str(HERE / "lock.py"), *groups],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ).stdout
        path.write_text(text, encoding="utf-8")
        say(f"Wrote {path.relative_to(ROOT)}")
    ensure()
    return 0


def translate(_: list[str]) -> int:
    """Take new texts into the .ts files."""
    set_up(WINDOW)
    return in_window(str(HERE / "translations.py"), "update")


def build(_: list[str]) -> int:
    """Make the wheel, translations compiled."""
    set_up(WINDOW)
    return in_window("-m", "pip", "wheel", "--no-deps", "-w", "dist", ".")


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "bench": bench,
    "shots": shots,
    "doctor": diagnose,
    "setup": setup,
    "lock": lock,
    "translate": translate,
    "build": build,
}


def main() -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    chosen = parser.parse_args()
    try:
        return COMMANDS[chosen.command](chosen.arguments)
    except SetupError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nInterrupted; the same command goes on from here.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
