"""`workbench sandbox`: what it prints leads an unmodified boto3 to it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from workbench.app.cli import run

ROOT = Path(__file__).parents[3]
SCRIPT = {"answers": [{"text": "As scripted."}]}


@pytest.fixture
def said(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """Run the command with a script, give what it printed, end it by Ctrl+C."""
    script = tmp_path / "script.json"
    script.write_text(json.dumps(SCRIPT), encoding="utf-8")
    command = ("-m", "workbench", "sandbox", "--script", str(script), "--json")
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield json.loads(process.stdout.readline())
    process.send_signal(signal.SIGINT)
    _out, errors = process.communicate(timeout=20)
    assert process.returncode == 0, errors
    assert "SANDBOX" in errors


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C cannot be sent to a child there")
def test_its_variables_lead_boto3_to_it(
    said: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in said["environment"].items():
        monkeypatch.setenv(name, value)
    client = boto3.Session().client("bedrock-runtime")
    answer = client.converse(
        modelId="amazon.nova-lite-v1:0",
        messages=[{"role": "user", "content": [{"text": "Hello"}]}],
    )
    client.close()

    assert answer["output"]["message"]["content"][0]["text"] == "As scripted."
    assert said["endpoint"].startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    "wrong", [("--script", "missing.json"), ("--rate", "-1")], ids=["script", "rate"]
)
def test_what_is_wrong_is_said_in_a_sentence(
    wrong: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["sandbox", *wrong]) == 1
    assert capsys.readouterr().err.startswith("workbench: ")
