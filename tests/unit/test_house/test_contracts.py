import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGES = (
    "app",
    "app/cli",
    "ui",
    "services",
    "storage",
    "aws",
    "local",
    "evaluation",
    "formats",
    "domain",
    "worker",
)
# What is planted, and a word of the contract that must break.
VIOLATIONS = {
    ("domain/a.py", "import numpy"): "domain needs",
    ("domain/a.py", "from PySide6.QtCore import QObject"): "Qt lives",
    ("services/a.py", "import pyqtgraph"): "Qt lives",
    ("services/a.py", "import workbench.storage"): "Layers",
    ("services/a.py", "def f():\n    import sqlite3"): "Only storage",
    ("evaluation/a.py", "import workbench.services"): "Layers",
    ("ui/a.py", "import workbench.storage"): "only through services",
    ("ui/a.py", "import boto3"): "Only aws",
    ("aws/a.py", "import workbench.local"): "Layers",
    ("local/a.py", "import torch"): "Only the worker loads",
    ("local/a.py", "import workbench.worker.train"): "Only local knows",
    ("ui/a.py", "import workbench.worker.protocol"): "Only local knows",
    ("worker/a.py", "import workbench.domain"): "stands alone",
    ("app/compose.py", "import workbench.ui"): "without Qt",
    ("app/cli/a.py", "from PySide6 import QtCore"): "without Qt",
    ("app/compose.py", "import workbench.app.x"): "without Qt",
    ("stray/__init__.py", ""): "exhaustive",
}


def run(folder: Path, checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(checkout / "packaging" / "contracts.py")],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path, checkout: Path) -> Path:
    """A small house with every package and each allowed kind of import."""
    shutil.copy(checkout / "pyproject.toml", tmp_path)
    for name in ("", *PACKAGES):
        folder = tmp_path / "workbench" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "__init__.py").touch()
    for name, text in {
        "app/compose.py": "import workbench.services, workbench.storage",
        "app/x.py": "import PySide6",
        "ui/page.py": "import PySide6, workbench.services",
        "services/lab.py": "import workbench.domain, workbench.evaluation",
        "storage/db.py": "import sqlite3, workbench.domain",
        "local/start.py": "import workbench.worker.protocol",
        "worker/protocol.py": "import json",
        "worker/train.py": "import torch",
    }.items():
        (tmp_path / "workbench" / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_program_keeps_its_contracts(checkout: Path) -> None:
    answer = run(checkout, checkout)
    assert answer.returncode == 0, answer.stdout


def test_what_the_design_allows_is_allowed(house: Path, checkout: Path) -> None:
    answer = run(house, checkout)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize(("place", "word"), VIOLATIONS.items())
def test_a_planted_violation_is_found(
    place: tuple[str, str], word: str, house: Path, checkout: Path
) -> None:
    name, text = place
    path = house / "workbench" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    answer = run(house, checkout)
    assert answer.returncode == 1
    if word == "exhaustive":
        assert "stray" in answer.stdout
    else:
        broken = [line for line in answer.stdout.splitlines() if "BROKEN" in line]
        assert any(word in line for line in broken), answer.stdout
