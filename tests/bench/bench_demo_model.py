"""The built-in model against the table of what is wanted of it.

Runs the recipe's own evaluation on the shipped weights: in each language the prompts,
2, 4 and 8 examples and LoRA on 16 to 200 records, three seeds each, on phrasings, names
and products that pretraining never saw; the probe with codes it never saw; and whether
a batch changes an answer. The whole takes about half an hour on one core.

Goals: every wanted property, and no score more than 3 points from the shipped card.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.harness import ROOT, Bench, at_least, at_most, largest, mean, say
from workbench.local.interpreter import InterpreterFinder

RECIPE = ROOT / "resources" / "recipe"
MODEL = ROOT / "resources" / "model"
SAMPLE = ROOT / "resources" / "sample"
_POINTS = 100


def main() -> int:
    """Measure the shipped model, or the one in another folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--seeds", type=int, default=3)
    chosen = parser.parse_args()
    bench = Bench("demo-model")
    found = evaluate(chosen.model, chosen.seeds, bench.path.with_suffix(".json"))
    languages = [code for code in found if code != "lora"]
    for code in languages:
        measured(bench, code, found[code])
    compare_with_card(bench, found, languages)
    return bench.finish()


def evaluate(model: Path, seeds: int, out: Path) -> dict[str, Any]:
    """Run the recipe's evaluation in the worker's environment."""
    python = InterpreterFinder().find().executable
    command = [str(python), str(RECIPE / "evaluate.py"), "--model", str(model)]
    command += ["--sample", str(SAMPLE), "--out", str(out), "--seeds", str(seeds)]
    subprocess.run(command, check=True, stdout=sys.stderr)
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def measured(bench: Bench, code: str, found: dict[str, Any]) -> None:
    """Print the scores, and each wanted property with whether it is met."""
    for line in found["scores"]:
        name = f"{code}: {line['name']}"
        for share in line["by_seed"]:
            bench.record(name, _POINTS * share, unit="%")
        bench.figure(name, of=name, at=mean, unit="%")
    for row in found["wanted"]:
        name = f"{code}: {row['name']}, wanted {row['wanted']}"
        say(f"{name}: {row['measured']}")
        bench.record(name, float(row["met"]), unit="met")
        bench.figure(name, of=name, at=mean, unit="met", goal=at_least(1))
    probe = found["probe"]
    name = f"{code}: codes never seen, right (chance {probe['chance']:.0%})"
    bench.record(name, _POINTS * probe["right"], unit="%")
    bench.figure(name, of=name, at=mean, unit="%")
    for size, changed in found["changed_by_batch"].items():
        name = f"{code}: answers changed by a batch of {size}"
        bench.record(name, changed, unit="answers")
        bench.figure(name, of=name, at=largest, unit="answers")


def compare_with_card(
    bench: Bench, found: dict[str, Any], languages: list[str]
) -> None:
    """Print how far the scores lie from those that the model ships with."""
    card = json.loads((MODEL / "model_card.json").read_text(encoding="utf-8"))
    for code in languages:
        shipped = {line["name"]: line for line in card["measured"][code]["scores"]}
        for line in found[code]["scores"]:
            away = abs(line["exact"] - shipped[line["name"]]["exact"])
            bench.record("points from the card", _POINTS * away, unit="points")
    name = "largest distance from the card"
    goal = at_most(3)
    bench.figure(name, of="points from the card", at=largest, unit="points", goal=goal)


if __name__ == "__main__":
    raise SystemExit(main())
