"""Put a trained model and its measured figures where the product finds them.

The shipped folder is assembled beside the old one and then renamed, so that nobody
ever loads half a model. No figure is typed: the card and the README's table come
from the evaluation's JSON file.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import shutil
from pathlib import Path
from typing import Any

log = logging.getLogger("publish")

VERSION = "2"
NAME = "Workbench toy"
DESCRIPTION = (
    "A toy, trained from scratch by this recipe on made-up English and Japanese "
    "support tickets: it answers in sentences, recognises formats it knows from "
    "examples, learns new house rules by LoRA, and is of no use for anything else."
)
LANGUAGES = {"en": "English", "ja": "Japanese"}
SHIPPED = (
    "config.json",
    "generation_config.json",
    "model.safetensors",
    "tokenizer.json",
    "tokenizer_config.json",
    "chat_template.jinja",
)
TABLE = re.compile(r"(<!-- table -->\n).*?(<!-- /table -->)", re.DOTALL)
SUMMARY = re.compile(r"(<!-- toy -->\n).*?(<!-- /toy -->)", re.DOTALL)
SUMMARISED = {
    "plain": "asked plainly, no examples",
    "format": "the format spelled out, no examples",
    "4 shots": "asked plainly, 4 examples",
    "8 shots": "asked plainly, 8 examples",
    "LoRA 16": "tuned on 16 records, asked plainly",
    "LoRA 64": "tuned on 64 records",
    "LoRA 200": "tuned on 200 records",
}


def parameters(weights: Path) -> int:
    """Count parameters from the safetensors header."""
    with weights.open("rb") as stream:
        size = int.from_bytes(stream.read(8), "little")
        header: dict[str, Any] = json.loads(stream.read(size))
    header.pop("__metadata__", None)
    total = 0
    for entry in header.values():
        count = 1
        for side in entry["shape"]:
            count *= side
        total += count
    return total


def make_card(weights: Path, figures: dict[str, Any], run: str) -> dict[str, Any]:
    """The model card: identity and what was measured."""
    return {
        "name": NAME,
        "description": DESCRIPTION,
        "recipe_version": VERSION,
        "run": run,
        "parameters": parameters(weights),
        "bytes": weights.stat().st_size,
        "measured": {key: _without_samples(part) for key, part in figures.items()},
    }


def _without_samples(part: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != "samples"}


def complete_tokenizer(folder: Path) -> None:
    """Write the chat template into the config too, where older readers look."""
    path = folder / "tokenizer_config.json"
    config: dict[str, Any] = json.loads(path.read_text("utf-8"))
    config["tokenizer_class"] = "PreTrainedTokenizerFast"
    config["chat_template"] = (folder / "chat_template.jinja").read_text("utf-8")
    path.write_text(
        json.dumps(config, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )


def replace_folder(fresh: Path, target: Path) -> None:
    """Swap a finished folder in."""
    old = target.with_name(target.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def tables(figures: dict[str, Any]) -> str:
    """The measured figures as Markdown: scores, wanted beside measured, the probe."""
    parts = [
        part
        for code, name in LANGUAGES.items()
        if code in figures
        for part in (f"### {name}", *_tables_of(figures[code]))
    ]
    return "\n\n".join(parts) + "\n"


def summary(figures: dict[str, Any]) -> str:
    """The scores in short, every language in a column, for the product's README."""
    codes = [code for code in LANGUAGES if code in figures]
    heads = (f"{LANGUAGES[code]}: right, % (95 %) | tokens" for code in codes)
    lines = ["| 160 test tickets | " + " | ".join(heads) + " |"]
    lines.append("|---" * (1 + 2 * len(codes)) + "|")
    found = {
        code: {row["name"]: row for row in figures[code]["scores"]} for code in codes
    }
    for name, words in SUMMARISED.items():
        cells = [_short(found[code][name]) for code in codes]
        lines.append(f"| {words} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _short(row: dict[str, Any]) -> str:
    exact, low, high = (100 * row[key] for key in ("exact", "low", "high"))
    return f"{exact:.1f} ({low:.0f} to {high:.0f}) | {row['tokens']:.1f}"


def fill_in(path: Path, pattern: re.Pattern[str], text: str) -> None:
    """Put generated text between the two marks of a Markdown file."""
    before = path.read_text("utf-8")
    after = pattern.sub(lambda match: match.group(1) + text + match.group(2), before)
    path.write_text(after, encoding="utf-8")


def _tables_of(found: dict[str, Any]) -> list[str]:
    head = "| exact match (95 %) | category | urgency | order | tokens | seeds |"
    scores = ["| prompt or training " + head, "|---" * 7 + "|"]
    scores += [_score_line(row) for row in found["scores"]]
    wanted = ["| property | wanted | measured | met |", "|---" * 4 + "|"]
    for row in found["wanted"]:
        met = "yes" if row["met"] else "**no**"
        cells = (row["name"], row["wanted"], row["measured"], met)
        wanted.append("| " + " | ".join(cells) + " |")
    return ["\n".join(scores), "\n".join(wanted), _probe(found), _stability(found)]


def _score_line(row: dict[str, Any]) -> str:
    exact, low, high = (100 * row[key] for key in ("exact", "low", "high"))
    parts = [f"{100 * row[key]:.1f}" for key in ("category", "urgency", "order")]
    cells = [row["name"], f"{exact:.1f} ({low:.1f} to {high:.1f})", *parts]
    cells += [f"{row['tokens']:.1f}", str(row["seeds"])]
    return "| " + " | ".join(cells) + " |"


def _probe(found: dict[str, Any]) -> str:
    probe = found["probe"]
    right, low, high = (100 * probe[key] for key in ("right", "low", "high"))
    verdict = (
        "so it does learn from examples alone"
        if probe["learns"]
        else "so what examples do here is recognition, not in-context learning"
    )
    return (
        f"Codes that pretraining never showed, eight examples of four topics: "
        f"{right:.1f} % right ({low:.1f} to {high:.1f}; chance "
        f"{100 * probe['chance']:.0f} %), {verdict}."
    )


def _stability(found: dict[str, Any]) -> str:
    changed = ", ".join(
        f"{count} in batches of {size}"
        for size, count in found["changed_by_batch"].items()
    )
    return f"Greedy answers, of 320, that differ from a batch of one: {changed}."


def main() -> None:
    """Publish a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="pretraining's folder")
    parser.add_argument("--figures", type=Path, required=True)
    parser.add_argument("--target", type=Path, required=True)
    parser.add_argument("--readme", type=Path, help="the recipe's, for all figures")
    parser.add_argument("--summary", type=Path, help="the product's, for a few")
    parser.add_argument("--label", default="full", help="smoke or full")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    figures: dict[str, Any] = json.loads(args.figures.read_text("utf-8"))
    fresh: Path = args.target.with_name(args.target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in SHIPPED:
        shutil.copyfile(args.run / name, fresh / name)
    complete_tokenizer(fresh)
    card = make_card(fresh / "model.safetensors", figures, args.label)
    text = json.dumps(card, indent=2, ensure_ascii=False)
    (fresh / "model_card.json").write_text(text + "\n", encoding="utf-8")
    replace_folder(fresh, args.target)
    if args.readme:
        fill_in(args.readme, TABLE, tables(figures))
    if args.summary:
        fill_in(args.summary, SUMMARY, summary(figures))
    log.info("published %s", args.target)


if __name__ == "__main__":
    main()
