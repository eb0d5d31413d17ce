"""The real program, started in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PROGRAM = """
import json, sys
from PySide6.QtCore import QTimer
from workbench.app.window import Program

program = Program(sys.argv[1:])

def look():
    window = program.window
    if not window.isVisible():
        return
    timer.stop()
    print(json.dumps({
        "title": [window.windowTitle()],
        "modules": sorted(name for name in sys.modules if "." not in name),
        "status": [label.text() for label in window.findChildren(QLabel)
                   if label.isVisible()],
    }))
    window.close()

from PySide6.QtWidgets import QLabel
timer = QTimer()
timer.setInterval(300)
timer.timeout.connect(look)
timer.start()
sys.exit(program.run())
"""


def start(home: Path, *arguments: str, **environment: str) -> dict[str, list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "WORKBENCH_HOME": str(home),
            **environment,
        },
        capture_output=True,
        timeout=60,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home with blank 日本語"


def test_first_start_welcomes_without_torch(home: Path) -> None:
    seen = start(home)
    assert seen["title"] == ["Workbench"]
    heavy = {"torch", "transformers", "boto3", "scipy", "numpy", "pyqtgraph"}
    assert heavy.isdisjoint(seen["modules"])


def test_window_opens_without_a_worker_and_says_so(home: Path, tmp_path: Path) -> None:
    nothing = str(tmp_path / "no python")
    seen = start(home, WORKBENCH_WORKER_PYTHON=nothing)
    assert "Models cannot run here yet: see Settings" in seen["status"]


def test_heartbeat_is_written(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "beats.json"
    start(home, "--heartbeat", str(file))
    beats = json.loads(file.read_text(encoding="utf-8"))
    assert len(beats["late_ms"]) > 20
