"""The pure parts of the project's tooling; setting up for real is done by using it."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

import checks
import doctor
import environments
import qt_libraries
import requirement_groups
from checks import Counts
from environments import WINDOW, WORKER, Environment, SetupError

LDD = """
\tlibEGL.so.1 => not found
\tlibGL.so.1 => /lib/x86_64-linux-gnu/libGL.so.1 (0x00007f)
\tlibQt6Core.so.6 => not found
\tlibxcb-cursor.so.0 => not found
\tlibstrange.so.7 => not found
"""
JUNIT = """<testsuites><testsuite name="pytest" tests="9" failures="1" errors="2"
skipped="3"/></testsuites>"""


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """An environment of its own with a lock, and pip and venv replaced."""
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1\n", encoding="utf-8")
    return Environment("window", tmp_path / ".venv", (lock,), "a test")


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record what making an environment does instead of doing it."""
    done: list[str] = []

    def create(each: Environment) -> None:
        each.python.parent.mkdir(parents=True)
        each.python.touch()
        done.append("create")

    def install(each: Environment, *, quiet: bool) -> None:
        assert each.unfinished.exists()
        assert not each.stamp.exists()
        done.append("renew" if quiet else "install")

    monkeypatch.setattr(environments, "create", create)
    monkeypatch.setattr(environments, "install", install)
    monkeypatch.setattr(environments, "has_pip", lambda each: each.python.exists())
    return done


def test_making_an_environment_ends_with_its_stamp(
    environment: Environment, steps: list[str]
) -> None:
    assert not environment.is_ready()
    environments.make(environment)
    assert environment.is_ready()
    assert not environment.unfinished.exists()
    assert steps == ["create", "install"]


def test_one_made_by_hand_is_adopted(
    environment: Environment, steps: list[str]
) -> None:
    environments.create(environment)
    environments.make(environment)
    assert environment.is_ready()
    assert steps == ["create", "renew"]


def test_an_interrupted_one_is_made_anew(
    environment: Environment, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(each: Environment, *, quiet: bool) -> None:
        (each.folder / "half").touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environments, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environments.make(environment)
    assert not environment.is_ready()
    environments.make(environment)
    assert environment.is_ready()
    assert not (environment.folder / "half").exists()
    assert steps == ["create", "create", "install"]


def test_a_new_lock_renews(environment: Environment, steps: list[str]) -> None:
    environments.make(environment)
    environment.locks[0].write_text("a==2\n", encoding="utf-8")
    assert not environment.is_ready()
    environments.make(environment)
    assert environment.is_ready()
    assert steps == ["create", "install", "renew"]


def test_a_moved_checkout_needs_new_environments(environment: Environment) -> None:
    moved = replace(environment, folder=environment.folder.parent / "elsewhere")
    assert moved.digest() != environment.digest()


@pytest.mark.parametrize(
    ("version", "kept"), [("[3, 10]", False), ("[3, 12]", True), ("[3, 14]", False)]
)
def test_another_supported_python_inside_is_kept(
    version: str, kept: bool, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = SimpleNamespace(returncode=0, stdout=version)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    assert environments.has_pip(environment) is kept


def test_an_environment_whose_python_is_gone_is_made_anew(
    environment: Environment,
) -> None:
    assert not environments.has_pip(environment)


def test_sizes_are_said_before_and_a_full_disk_is_refused(
    environment: Environment,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    free = SimpleNamespace(free=100 * environments.MB)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: free)
    with pytest.raises(SetupError, match="100 MB are free"):
        environments.announce([environment])
    assert "MB to fetch" in capsys.readouterr().out


@pytest.mark.parametrize("version", [(3, 10), (3, 14)])
def test_other_pythons_are_refused_with_the_remedy(
    version: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (*version, 0))
    with pytest.raises(SetupError, match=r"needs Python 3.11, 3.12 or 3.13"):
        environments.check_python()


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
@pytest.mark.parametrize("which", [WINDOW, WORKER], ids=lambda each: each.name)
def test_every_platform_has_sizes(
    which: Environment, platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    size = environments.size_of(which)
    assert 0 < size.fetched < size.disk
    assert ("CUDA" in str(size)) == (which is WORKER and platform == "linux")


def test_the_locks_belong_to_pyproject() -> None:
    assert doctor.stale_locks() == []


def test_locks_are_exact_and_hold_for_every_computer() -> None:
    for lock in requirement_groups.LOCKS:
        lines = lock.read_text(encoding="utf-8").splitlines()
        pins = [line for line in lines if not line.startswith("#")]
        assert pins
        assert all(line.count("==") == 1 and "+" not in line for line in pins)


def test_the_window_knows_no_torch_and_the_worker_no_qt() -> None:
    window, worker = (lock.read_text(encoding="utf-8") for lock in window_and_worker())
    assert "torch" not in window
    assert "pyside6-essentials==6.11.3\n" in window
    assert "pyside6" not in worker


def window_and_worker() -> tuple[Path, Path]:
    return WINDOW.locks[0], WORKER.locks[0]


def test_missing_libraries_are_named_with_their_packages() -> None:
    failed = "ImportError: libGL.so.1: cannot open shared object file: No such file"
    missing = qt_libraries.unresolved(LDD + failed)
    assert missing == [
        "libEGL.so.1",
        "libGL.so.1",
        "libstrange.so.7",
        "libxcb-cursor.so.0",
    ]
    assert qt_libraries.packages_for(missing) == ["libegl1", "libgl1", "libxcb-cursor0"]
    advice = qt_libraries.advice(missing)
    assert "libstrange.so.7" in advice
    assert "apt-get install -y libegl1 libgl1 libxcb-cursor0" in advice


def test_pytest_arguments_are_divided_by_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    for name in ("tests/unit", "tests/worker"):
        (tmp_path / name).mkdir(parents=True)
    assert checks.split(
        ["-k", "word", "tests/unit", "./tests/worker", "tests/unit::test_x"]
    ) == (["-k", "word"], ["tests/unit", "tests/unit::test_x"], ["./tests/worker"])
    both = checks.pytest_steps(["-x"], fast=False)
    assert [step.name for step in both] == ["tests (window)", "tests (worker)"]
    (only,) = checks.pytest_steps(["tests/worker"], fast=False)
    assert only.command[0] == str(WORKER.python)
    (fast,) = checks.pytest_steps([], fast=True)
    assert fast.command[-1] == "tests/unit"


def test_counts_are_read_from_the_report(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(JUNIT, encoding="utf-8")
    assert checks.count(report, 1) == Counts(passed=3, failed=3, skipped=3)


def test_a_run_that_died_counts_as_a_failure(tmp_path: Path) -> None:
    assert checks.count(tmp_path / "none.xml", -11) == Counts(failed=1)
    assert checks.count(tmp_path / "none.xml", 5) == Counts()


def test_the_last_line_sums_the_runs() -> None:
    assert str(Counts(2, 1) + Counts(3, 0)) == "5 passed, 1 failed"
    assert str(Counts(2, 0, 4)) == "2 passed, 0 failed, 4 skipped"


def test_help_needs_nothing_but_the_standard_library(checkout: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-S", "-E", str(checkout / "packaging" / "dev.py"), "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert "bench [NAME]" in answer.stdout


def test_the_tours_result_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import dev

    (tmp_path / "lab.png").touch()
    (tmp_path / "tour.json").write_text(
        json.dumps({"ok": True, "seconds": {"total": 201.5}}), encoding="utf-8"
    )
    dev.print_tour(tmp_path)
    shown = capsys.readouterr().out
    assert "ok: true" in shown
    assert f"1 pictures in {tmp_path}" in shown
