"""Bar 2: from the start of the process to a window that can be used.

Usable: the first paint with the sample project's data, and a key that was answered.
Warm: two starts before the first that counts. Every start is a process of its own.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.harness import ROOT, Bench, at_most, largest, median, say
from tests.e2e.processes import environment
from tests.e2e.projects import services_in

DRIVER = ROOT / "tests" / "bench" / "start_driver.py"
_WARM_UP = 2
_BAR = 0.8
_MOST_SECONDS = 60


def main() -> int:
    """Start so often and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=11)
    chosen = parser.parse_args()
    bench = Bench("start")
    with tempfile.TemporaryDirectory(prefix="workbench-start-") as folder:
        home = Path(folder)
        text = prompt_of_sample(home)
        for number in range(_WARM_UP + chosen.starts):
            reason = "warm-up: fills the file cache" if number < _WARM_UP else None
            seen = start(home, text)
            for what, seconds in seen["times"].items():
                bench.record(what, seconds, unit="s", excluded=reason)
            say(f"{seen['times']['usable']:.3f} s, also loaded: {seen['heavy']}")
    goal = at_most(_BAR)
    bench.figure("start_to_usable_s", of="usable", at=median, unit="s", goal=goal)
    bench.figure("start_to_usable_max_s", of="usable", at=largest, unit="s", goal=goal)
    for what in ("imported", "built", "painted"):
        bench.figure(f"start_to_{what}_s", of=what, at=median, unit="s")
    return bench.finish()


def prompt_of_sample(home: Path) -> str:
    """Make the person's copy of the sample project, and return its prompt."""
    services = services_in(home)
    try:
        services.projects.open_sample()
        return services.lab.draft().spec.system
    finally:
        services.close()


def start(home: Path, text: str) -> dict[str, Any]:
    """Start the window once; it leaves by itself."""
    result = subprocess.run(
        [sys.executable, str(DRIVER), str(time.monotonic()), text, "--sample"],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_MOST_SECONDS,
        check=False,
    )
    if result.returncode != 0 or not result.stdout.strip():
        raise RuntimeError(f"the window did not start: {result.stderr}")
    value: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return value


if __name__ == "__main__":
    sys.exit(main())
