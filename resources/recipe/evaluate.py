"""Measure the toy on the sample project: prompts, examples, LoRA, and a probe.

Greedy, 32-bit weights, in each language the file's last 160 tickets; examples and
training records come from its first 200. Nothing in them but key words was seen by
pretraining. The result is a JSON file, from which ``publish.py`` fills the model card
and the table of the README, and a table of wanted and measured values.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from answering import Record, Reply, answer_all, chat, read_records
from house import HOUSES
from lora import Recipe, steps_for, tune
from probe import run_probe
from scoring import Score, score
from wanted import SHOTS, SIZES, Machine, as_text, judge, percent

if TYPE_CHECKING:
    from collections.abc import Callable

    from transformers import PreTrainedModel

log = logging.getLogger("evaluate")

TRAIN, TEST = slice(0, 200), slice(240, 400)
BATCHES = (1, 4, 16, 64)


class Bench:
    """A model folder and one language of the sample project."""

    def __init__(self, model: Path, sample: Path, limit: int) -> None:
        """Read everything once; the model is loaded afresh for each LoRA run."""
        self._folder = model
        self._tokenizer = AutoTokenizer.from_pretrained(model)
        self._prompts = json.loads((sample / "prompts.json").read_text("utf-8"))
        names = (self._prompts["input"], self._prompts["answer"])
        records = read_records(sample / "tickets_400.csv", *names)
        self._train, self._test = records[TRAIN], records[TEST][:limit]
        self._base = self._load()
        self._house = HOUSES[self._prompts["language"]]

    def _load(self) -> PreTrainedModel:
        return AutoModelForCausalLM.from_pretrained(self._folder, dtype=torch.float32)

    def _measure(
        self, name: str, seeds: int, answer: Callable[[int], list[Reply]]
    ) -> Score:
        started = time.monotonic()
        runs = [answer(seed) for seed in range(seeds)]
        line = score(name, runs, self._test, time.monotonic() - started)
        log.info(
            "%-10s EM %s  category %s  urgency %s  order %s  tokens %.1f  %.0f s",
            name,
            *map(percent, (line.exact, line.category, line.urgency, line.order)),
            line.tokens,
            line.seconds,
        )
        return line

    def _chats(self, system: str, shots: list[Record]) -> list[list[dict[str, str]]]:
        text = self._prompts[system]
        return [chat(text, shots, record.ticket) for record in self._test]

    def prompted(self, name: str, system: str, shots: int, seeds: int) -> Score:
        """The base with a prompt and some examples, drawn once per seed."""

        def answer(seed: int) -> list[Reply]:
            drawn = random.Random(seed).sample(self._train, shots)
            chats = self._chats(system, drawn)
            return answer_all(self._base, self._tokenizer, chats)

        return self._measure(name, seeds, answer)

    def tuned(self, count: int, seeds: int) -> Score:
        """LoRA on some records with the plain prompt, then the plain prompt."""

        def answer(seed: int) -> list[Reply]:
            records = random.Random(seed).sample(self._train, count)
            text = self._prompts["system_plain"]
            recipe = Recipe(steps=steps_for(count), seed=seed)
            model = tune(self._load(), self._tokenizer, text, records, recipe)
            model.eval()
            chats = self._chats("system_plain", [])
            return answer_all(model, self._tokenizer, chats)

        return self._measure(f"LoRA {count}", seeds, answer)

    def probe(self, episodes: int) -> dict[str, object]:
        """Codes that pretraining never showed: learned from examples, or not."""
        found = run_probe(self._house, self._base, self._tokenizer, episodes)
        log.info("probe: %s right, chance %s", *map(percent, (found.right, 0.25)))
        return {**asdict(found), "learns": found.learns}

    def speed(self) -> float:
        """Tokens generated per second, one plain answer at a time."""
        chats = self._chats("system_plain", [])[:10]
        started = time.monotonic()
        replies = answer_all(self._base, self._tokenizer, chats, batch=1)
        return sum(r.tokens for r in replies) / (time.monotonic() - started)

    def unstable(self) -> dict[str, int]:
        """How many answers a batch changes, by its size; four examples, greedy."""
        chats = self._chats("system_plain", self._train[:4])
        chats += self._chats("system_plain", [])
        runs = [
            [r.text for r in answer_all(self._base, self._tokenizer, chats, batch=size)]
            for size in BATCHES
        ]
        pairs = zip(BATCHES[1:], runs[1:], strict=True)
        return {
            str(size): sum(a != b for a, b in zip(run, runs[0], strict=True))
            for size, run in pairs
        }

    def samples(self, count: int = 5) -> list[dict[str, str]]:
        """A few plain answers to look at."""
        replies = answer_all(
            self._base, self._tokenizer, self._chats("system_plain", [])[:count]
        )
        pairs = zip(self._test, replies, strict=False)
        return [{"ticket": r.ticket, "base": a.text} for r, a in pairs]


def size_of(folder: Path) -> int:
    """Bytes of a folder's shipped files."""
    names = ("*.safetensors", "*.json", "*.jinja")
    return sum(path.stat().st_size for name in names for path in folder.glob(name))


def measure(bench: Bench, folder: Path, seeds: int) -> dict[str, object]:
    """The whole table of one language."""
    scores = [
        bench.prompted("plain", "system_plain", 0, 1),
        bench.prompted("format", "system_format", 0, 1),
    ]
    scores += [
        bench.prompted(f"{shots} shots", "system_plain", shots, seeds)
        for shots in SHOTS
    ]
    machine = Machine(size_of(folder), bench.speed(), 0.0)
    scores += [bench.tuned(size, seeds) for size in SIZES]
    machine = Machine(machine.size, machine.speed, scores[-1].seconds)
    rows = judge(scores, machine)
    log.info("%s", as_text(rows))
    return {
        "scores": [asdict(line) for line in scores],
        "wanted": [asdict(row) for row in rows],
        "probe": bench.probe(300),
        "changed_by_batch": bench.unstable(),
        "tokens_per_second": round(machine.speed),
        "samples": bench.samples(),
    }


def main() -> None:
    """Evaluate a model folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--sample", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--languages", nargs="*", default=list(HOUSES))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=160, help="test tickets")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(1)
    lora = {**asdict(Recipe()), "steps": {size: steps_for(size) for size in SIZES}}
    result: dict[str, object] = {"lora": lora}
    for code in args.languages:
        log.info("-- %s", code)
        bench = Bench(args.model, args.sample / code, args.limit)
        result[code] = measure(bench, args.model, args.seeds)
    text = json.dumps(result, ensure_ascii=False, indent=2)
    args.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
