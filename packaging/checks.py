"""What the test command runs: every step always, one summary at the end.

A step that fails does not stop the others: whoever reads the summary sees all there is
to mend, at once.
"""

import os
import subprocess
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from environments import ROOT, WINDOW, WORKER, Environment, say

HERE = Path(__file__).resolve().parent
REPORTS = ROOT / "build" / "test"
TYPED = ("workbench", "packaging", "tests", "resources/recipe")
WORKER_TESTS = "tests/worker"
FAST_TESTS = "tests/unit"
NO_TESTS_COLLECTED = 5


@dataclass(frozen=True)
class Counts:
    """What one or several runs of pytest counted."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Sum two runs."""
        return Counts(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
        )

    def __str__(self) -> str:
        """Say it as the last line of the test command does."""
        text = f"{self.passed} passed, {self.failed} failed"
        return f"{text}, {self.skipped} skipped" if self.skipped else text


@dataclass(frozen=True)
class Outcome:
    """How one step ended."""

    name: str
    ok: bool
    seconds: float
    counts: Counts | None = None


@dataclass(frozen=True)
class Step:
    """One command of the test run; `report` is where pytest writes its counts."""

    name: str
    command: tuple[str, ...]
    report: Path | None = None

    def run(self) -> Outcome:
        """Run it with its output passed through."""
        say(f"\n=== {self.name}")
        start = time.perf_counter()
        if self.report:
            self.report.unlink(missing_ok=True)
        code = subprocess.run(
            self.command, cwd=ROOT, check=False, env=environment_variables()
        ).returncode
        seconds = time.perf_counter() - start
        if self.report is None:
            return Outcome(self.name, code == 0, seconds)
        return Outcome(
            self.name,
            code in (0, NO_TESTS_COLLECTED),
            seconds,
            count(self.report, code),
        )


def environment_variables() -> dict[str, str]:
    """Run everything offscreen and with the data's path independent of the folder."""
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    data = variables.get("WORKBENCH_TEST_DATA")
    if data:
        variables["WORKBENCH_TEST_DATA"] = str((ROOT / data).resolve())
    return variables


def count(report: Path, code: int) -> Counts:
    """Read the counts from a JUnit file; a run that died before counts as a failure."""
    try:
        suites = ElementTree.parse(report).getroot().iter("testsuite")
        counts = sum((counts_of(suite) for suite in suites), Counts())
    except (OSError, ElementTree.ParseError):
        counts = Counts()
    if code not in (0, NO_TESTS_COLLECTED) and not counts.failed:
        return counts + Counts(failed=1)
    return counts


def counts_of(suite: ElementTree.Element) -> Counts:
    """Read one test suite's counts."""
    number = {
        key: int(suite.get(key, "0"))
        for key in ("tests", "failures", "errors", "skipped")
    }
    failed = number["failures"] + number["errors"]
    passed = number["tests"] - failed - number["skipped"]
    return Counts(max(passed, 0), failed, number["skipped"])


def static_steps() -> list[Step]:
    """Everything that reads the code without running it."""
    python = str(WINDOW.python)
    typed = [name for name in TYPED if (ROOT / name).exists()]
    return [
        Step("lint", (python, "-m", "ruff", "check", ".")),
        Step("format", (python, "-m", "ruff", "format", "--check", ".")),
        Step("own lint", (python, str(HERE / "lint.py"))),
        Step("types", (python, "-m", "mypy", *typed)),
        Step("import contracts", (python, str(HERE / "contracts.py"))),
        Step("translations", (python, str(HERE / "translations.py"), "check")),
    ]


def pytest_step(
    name: str, environment: Environment, config: Path, arguments: list[str]
) -> Step:
    """Run pytest in one environment, with its counts in a file of their own."""
    report = REPORTS / f"{environment.name}.xml"
    return Step(
        name,
        (
            *(str(environment.python), "-m", "pytest"),
            *("-c", str(config), "--rootdir", str(ROOT)),
            *("--confcutdir", str(ROOT), f"--junit-xml={report}"),
            *arguments,
        ),
        report,
    )


def split(arguments: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Divide pytest's arguments: options, the window's paths, the worker's paths."""
    options, window, worker = [], [], []
    for argument in arguments:
        path = argument.split("::")[0].replace(os.sep, "/").removeprefix("./")
        if argument.startswith("-") or not (ROOT / path).exists():
            options.append(argument)
        elif path.startswith(WORKER_TESTS):
            worker.append(argument)
        else:
            window.append(argument)
    return options, window, worker


def pytest_steps(arguments: list[str], *, fast: bool) -> list[Step]:
    """The window's tests and the worker's, each in its environment.

    Naming paths runs only those, in the environment they belong to.
    """
    options, window, worker = split(arguments)
    named = bool(window or worker)
    steps = []
    if window or not named:
        paths = window or [FAST_TESTS if fast else "tests"]
        left_out = f"--ignore={ROOT / WORKER_TESTS}"
        steps.append(
            pytest_step(
                "tests (window)",
                WINDOW,
                ROOT / "pyproject.toml",
                [left_out, *options, *paths],
            )
        )
    if worker or (not named and not fast and (ROOT / WORKER_TESTS).exists()):
        steps.append(
            pytest_step(
                "tests (worker)",
                WORKER,
                HERE / "pytest-worker.ini",
                [*options, *(worker or [WORKER_TESTS])],
            )
        )
    return steps


def run(arguments: list[str], *, fast: bool) -> bool:
    """Run every step, print the summary, and tell whether all went well."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    steps = [*static_steps(), *pytest_steps(arguments, fast=fast)]
    outcomes = [step.run() for step in steps]
    print_summary(outcomes)
    return all(outcome.ok for outcome in outcomes)


def print_summary(outcomes: list[Outcome]) -> None:
    """Print a line per step, and last of all what pytest counted."""
    say("\n=== summary")
    for outcome in outcomes:
        mark = "ok  " if outcome.ok else "FAIL"
        counts = f"  {outcome.counts}" if outcome.counts else ""
        say(f"{mark}  {outcome.seconds:6.1f} s  {outcome.name}{counts}")
    broken = [outcome.name for outcome in outcomes if not outcome.ok]
    say(f"Failed: {', '.join(broken)}" if broken else "All steps passed.")
    say(str(sum((outcome.counts for outcome in outcomes if outcome.counts), Counts())))
