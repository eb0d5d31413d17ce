"""The tour from start to end: a fresh home, the real window, every stage, a report."""

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from workbench.app.cli.output import Output

Say = Callable[[str], None]


def run_tour_command(arguments: Sequence[str]) -> int:
    """Run ``workbench tour`` or ``workbench shots`` and return the exit code."""
    parsed = _parser().parse_args(list(arguments))
    output = Output(as_json=parsed.json)
    choose_platform()
    out = parsed.out.absolute()
    if parsed.command == "shots":
        from workbench.app.tour.shots import take_shots

        source = parsed.source.absolute() if parsed.source else None
        pictures = take_shots(out, source, output.progress)
        names = [str(path) for path in pictures]
        output.result({"pictures": names}, f"{len(names)} pictures in {out}.")
        return 0
    report = run_tour(out, parsed.seed, output.progress)
    verdict = (
        "ok" if report["ok"] else f"FAILED: {report.get('error', 'see tour.json')}"
    )
    output.result(report, f"Tour {verdict}. Result and pictures: {out}")
    return 0 if report["ok"] else 1


def run_tour(out: Path, seed: int, say: Say) -> dict[str, object]:
    """Drive the window through the whole loop and write ``tour.json``."""
    home = fresh_home(out)
    os.environ["WORKBENCH_HOME"] = str(home)
    # Only now: the window's folders are chosen when its modules are first used.
    from workbench.app.tour import report
    from workbench.app.tour.driver import TourError
    from workbench.app.tour.stages import Tour
    from workbench.app.window import Program

    program = Program([])
    tour = Tour(program, out, seed)
    seconds: dict[str, float] = {}
    error = name = ""
    began = time.monotonic()
    try:
        for name, stage in tour.stages():
            start = time.monotonic()
            say(f"tour: {name}")
            stage()
            seconds[name] = round(time.monotonic() - start, 2)
    except TourError as caught:
        error = f"{name}: {caught}"
        tour.driver.picture("failed", program.window)
    seconds["total"] = round(time.monotonic() - began, 2)
    result = report.make(program.services, tour, seconds, error)
    tour.leave()
    text = json.dumps(result, ensure_ascii=False, indent=2)
    (out / "tour.json").write_text(text + "\n", encoding="utf-8")
    return result


def fresh_home(out: Path) -> Path:
    """Return an empty home for the tour; what an earlier tour left here goes."""
    home = out / "home"
    for folder in (home, out / "export"):
        shutil.rmtree(folder, ignore_errors=True)
    home.mkdir(parents=True)
    # A table that is there already would make the file dialog ask a question.
    for old in (*out.glob("*.png"), out / "compare.csv", out / "tour.json"):
        old.unlink(missing_ok=True)
    preferences = home / "config" / "preferences.json"
    preferences.parent.mkdir()
    # The tour finds widgets by their English names.
    chosen = {"language": "en", "theme": "light"}
    preferences.write_text(json.dumps(chosen, ensure_ascii=False), encoding="utf-8")
    return home


def choose_platform() -> None:
    """Draw offscreen where there is no display."""
    has_display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform == "linux" and not has_display:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="workbench", description="Drive the window itself, or picture every page."
    )
    parser.add_argument("command", choices=("tour", "shots"))
    parser.add_argument("--out", type=Path, required=True, help="folder for results")
    parser.add_argument("--seed", type=int, default=20, help="seed of the split")
    parser.add_argument(
        "--from", type=Path, dest="source", help="folder of a tour to picture"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser
