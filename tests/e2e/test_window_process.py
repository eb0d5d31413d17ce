"""The window as a process of its own: start, refusal, restart, what is missing."""

import json
import signal
import sys
from pathlib import Path

import psutil
import pytest

from tests.e2e.processes import in_window, started, wait_for, workbench
from workbench.local.interpreter import VARIABLE


def lock_holder(project: Path) -> int:
    """Return the process that says it has a project open, or 0."""
    lock = project.with_suffix(".files") / "lock"
    text = lock.read_text(encoding="ascii") if lock.exists() else ""
    return int(text) if text.strip().isdigit() else 0


def settings(home: Path) -> dict[str, object]:
    file = home / "config" / "preferences.json"
    value = json.loads(file.read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return value


def test_the_program_opens_the_sample_and_keeps_quiet(home: Path) -> None:
    sample = home / "data" / "Sample tickets.workbench"
    with started(home, "-m", "workbench", "--sample") as process:
        wait_for("the open sample", lambda: lock_holder(sample) == process.pid)
        mapped = {Path(m.path).name for m in psutil.Process(process.pid).memory_maps()}
        assert not [name for name in mapped if "torch" in name]
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
    assert "Traceback" not in said
    assert not (home / "data" / "errors.txt").exists()


def test_the_window_loads_no_model_library(home: Path) -> None:
    seen = in_window(home, "look", "--sample")
    assert seen["torch"] == []
    assert seen["title"].startswith("Sample tickets")


def test_the_sample_follows_the_language_of_the_window(home: Path) -> None:
    file = home / "config" / "preferences.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"language": "ja"}), encoding="utf-8")
    sample = home / "data" / "お問い合わせの見本.workbench"
    with started(home, "-m", "workbench", "--sample") as process:
        wait_for("the open sample", lambda: lock_holder(sample) == process.pid)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
    assert "Traceback" not in said


def test_a_second_window_on_a_project_is_refused_politely(
    home: Path, project: Path
) -> None:
    with started(home, "-m", "workbench", project) as first:
        wait_for("the first window", lambda: lock_holder(project) == first.pid)
        seen = in_window(home, "be_refused", project)
        assert any("Please use that one" in text for text in seen["texts"])
        assert "New project…" in seen["texts"]
        assert first.poll() is None
        assert lock_holder(project) == first.pid
        first.kill()
        first.communicate()
    # The lock dies with its process, however that ends.
    assert in_window(home, "look", project)["title"].startswith("Tickets of the test")


def test_a_restart_shows_the_project_and_page_of_before(
    home: Path, project: Path
) -> None:
    in_window(home, "go_to_data", project)
    assert settings(home)["last_page"] == "data"
    again = in_window(home, "look_at_data")
    assert again["title"].startswith("Tickets of the test")
    assert not (home / "data" / "errors.txt").exists()


@pytest.mark.parametrize("kind", ["no file", "no torch"])
def test_without_a_worker_the_window_opens_and_says_what_is_missing(
    home: Path, project: Path, kind: str, tmp_path: Path
) -> None:
    named = str(tmp_path / "python") if kind == "no file" else sys.executable
    script = "miss_worker" if kind == "no file" else "run_and_fail"
    seen = in_window(home, script, project, variables={VARIABLE: named})
    assert seen["title"].startswith("Tickets of the test")
    assert not (home / "data" / "errors.txt").exists()
    words = "another one in Settings" if kind == "no file" else "library that models"
    assert any(words in text for text in seen["texts"]), seen["texts"]
    if kind == "no file":
        assert not seen["can_run"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have a display")
def test_without_a_display_one_sentence_says_so(home: Path) -> None:
    result = workbench(home, QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert result.returncode == 1
    assert "no display" in result.stderr
    assert "Traceback" not in result.stderr
