"""What starting the window loads, seen from a fresh interpreter."""

import json
import subprocess
import sys

HEAVY = ("torch", "transformers", "peft", "trl", "datasets")
CODE = f"""
import json, sys
import workbench.app.window
print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))
"""


def test_the_windows_process_loads_no_model_library() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", CODE],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == []
