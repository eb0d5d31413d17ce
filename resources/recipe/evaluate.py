"""Measure the toy on the sample project: prompts, examples, LoRA.

Greedy, 32-bit weights, the file's last 160 tickets; examples and training records
come from its first 200. Intervals are Wilson's, at 95 %. The result is a JSON file,
from which ``publish.py`` fills the model card and the table of the README.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from answering import Record, Reply, answer_all, chat, read_records
from lora import Recipe, tune

if TYPE_CHECKING:
    from collections.abc import Callable

    from transformers import PreTrainedModel

log = logging.getLogger("evaluate")

TRAIN, TEST = slice(0, 200), slice(240, 400)


@dataclass(frozen=True)
class Score:
    """One line of the table, pooled over its seeds."""

    name: str
    seeds: int
    answers: int
    exact: float
    low: float
    high: float
    category: float
    urgency: float
    order: float
    tokens: float
    seconds: float


def wilson(share: float, count: int) -> tuple[float, float]:
    """Wilson's interval at 95 %."""
    z = 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    spread = math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    half = z * spread / (1 + z * z / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def share_right(replies: list[Reply], records: list[Record], field: int) -> float:
    """Share of answers whose given field is right."""

    def part(text: str) -> str:
        parts = text.split(" | ")
        return parts[field] if len(parts) == 3 else ""

    pairs = zip(replies, records, strict=True)
    return sum(part(r.text) == part(w.answer) for r, w in pairs) / len(records)


def score(
    name: str, seeds: int, replies: list[Reply], records: list[Record], seconds: float
) -> Score:
    """Score answers; ``records`` repeats the test tickets once per seed.

    The interval counts each test ticket once: seeds add no tickets.
    """
    pairs = list(zip(replies, records, strict=True))
    exact = sum(r.text.strip() == w.answer for r, w in pairs) / len(pairs)
    low, high = wilson(exact, len(pairs) // seeds)
    fields = [share_right(replies, records, i) for i in range(3)]
    tokens = sum(r.tokens for r in replies) / len(replies)
    result = Score(
        name=name,
        seeds=seeds,
        answers=len(pairs),
        exact=exact,
        low=low,
        high=high,
        category=fields[0],
        urgency=fields[1],
        order=fields[2],
        tokens=tokens,
        seconds=round(seconds, 1),
    )
    log.info(
        "%-14s EM %5.1f %% [%.1f, %.1f]  category %.1f  urgency %.1f  order %.1f  "
        "tokens %.1f  %.0f s",
        name,
        *(100 * value for value in (exact, low, high, *fields)),
        tokens,
        seconds,
    )
    return result


class Bench:
    """A model folder and the sample project's records."""

    def __init__(self, model: Path, sample: Path, limit: int) -> None:
        """Read everything once; the model is loaded afresh for each LoRA run."""
        self._folder = model
        self._tokenizer = AutoTokenizer.from_pretrained(model)
        records = read_records(sample / "tickets_400.csv")
        self._train, self._test = records[TRAIN], records[TEST][:limit]
        self._prompts = json.loads((sample / "prompts.json").read_text("utf-8"))
        self._base = self._load()

    def _load(self) -> PreTrainedModel:
        return AutoModelForCausalLM.from_pretrained(self._folder, dtype=torch.float32)

    def _measure(
        self, name: str, seeds: int, answer: Callable[[int], list[Reply]]
    ) -> Score:
        started = time.monotonic()
        replies = [reply for seed in range(seeds) for reply in answer(seed)]
        seconds = (time.monotonic() - started) / seeds
        return score(name, seeds, replies, self._test * seeds, seconds)

    def prompted(self, name: str, system: str, shots: int, seeds: int) -> Score:
        """The base with a prompt and some examples, drawn once per seed."""

        def answer(seed: int) -> list[Reply]:
            drawn = random.Random(seed).sample(self._train, shots)
            text = self._prompts[system]
            chats = [chat(text, drawn, r.ticket) for r in self._test]
            return answer_all(self._base, self._tokenizer, chats)

        return self._measure(name, seeds, answer)

    def tuned(self, name: str, count: int, seeds: int, rate: float) -> Score:
        """LoRA on some records with the plain prompt, then the plain prompt."""

        def answer(seed: int) -> list[Reply]:
            records = random.Random(seed).sample(self._train, count)
            text, recipe = self._prompts["system_plain"], Recipe(seed=seed, rate=rate)
            model = tune(self._load(), self._tokenizer, text, records, recipe)
            model.eval()
            chats = [chat(text, [], r.ticket) for r in self._test]
            return answer_all(model, self._tokenizer, chats)

        return self._measure(name, seeds, answer)

    def speed(self) -> float:
        """Tokens generated per second, one plain answer at a time."""
        text = self._prompts["system_plain"]
        chats = [chat(text, [], r.ticket) for r in self._test[:10]]
        started = time.monotonic()
        replies = answer_all(self._base, self._tokenizer, chats, batch=1)
        return sum(r.tokens for r in replies) / (time.monotonic() - started)

    def samples(self) -> list[dict[str, str]]:
        """A few of the base's own words, for the eye."""
        text = self._prompts["system_plain"]
        chats = [chat(text, [], r.ticket) for r in self._test[:3]]
        replies = answer_all(self._base, self._tokenizer, chats)
        pairs = zip(self._test, replies, strict=False)
        return [{"ticket": r.ticket, "base": a.text} for r, a in pairs]


def run(bench: Bench, sizes: list[int], seeds: int, rate: float) -> dict[str, object]:
    """All lines of the table."""
    scores = [
        bench.prompted("plain, 0 shots", "system_plain", 0, 1),
        bench.prompted("format, 0 shots", "system_format", 0, 1),
    ]
    for shots in (2, 4, 8):
        name = f"plain, {shots} shots"
        scores.append(bench.prompted(name, "system_plain", shots, seeds))
    speed = round(bench.speed())
    scores += [bench.tuned(f"LoRA, {n} records", n, seeds, rate) for n in sizes]
    return {
        "scores": [asdict(item) for item in scores],
        "tokens_per_second": speed,
        "lora_rate": rate,
        "samples": bench.samples(),
    }


def main() -> None:
    """Evaluate a model folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--sample", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="*", default=[16, 64, 200])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--rate", type=float, default=0.0015)
    parser.add_argument("--limit", type=int, default=160, help="test tickets")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(args.threads)
    bench = Bench(args.model, args.sample, args.limit)
    result = run(bench, args.sizes, args.seeds, args.rate)
    args.out.write_text(
        json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
