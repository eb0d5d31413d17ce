"""Make the sample project's tickets and prompts from held-out words."""

from __future__ import annotations

import argparse
import csv
import json
import logging
import random
import re
from pathlib import Path

from grammar import Ticket, make_ticket
from heldout import LEXICON
from house import CODES, RULES, SEPARATOR, SYSTEM_FORMAT, SYSTEM_PLAIN, house_answer

log = logging.getLogger("make_data")

MOST_ALIKE = 0.45


def shingles(text: str) -> frozenset[str]:
    """Runs of five characters, with digits made equal."""
    plain = re.sub(r"\d", "0", text.lower())
    return frozenset(plain[i : i + 5] for i in range(len(plain) - 4))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard similarity of two sets of shingles."""
    return len(one & other) / len(one | other)


def distinct_tickets(seed: int, count: int) -> list[Ticket]:
    """Draw tickets, none of them a near-duplicate of another."""
    rng = random.Random(seed)
    tickets: list[Ticket] = []
    seen: list[frozenset[str]] = []
    orders: set[str] = set()
    while len(tickets) < count:
        ticket = make_ticket(rng, LEXICON)
        mine = shingles(ticket.text)
        if ticket.order in orders or any(alike(mine, s) > MOST_ALIKE for s in seen):
            continue
        tickets.append(ticket)
        seen.append(mine)
        orders.add(ticket.order)
    return tickets


def write_csv(path: Path, tickets: list[Ticket]) -> None:
    """Write tickets with their right answers."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("ticket", "answer"))
        writer.writerows((t.text, house_answer(t)) for t in tickets)
    log.info("%s: %d tickets", path, len(tickets))


def prompts() -> dict[str, object]:
    """The sample project's prompts, and its codes and rules in words."""
    return {
        "system_plain": SYSTEM_PLAIN,
        "system_format": SYSTEM_FORMAT,
        "template": "{{ticket}}",
        "task_card": {
            "kind": "extract",
            "fields": ["category", "urgency", "order"],
            "separator": SEPARATOR,
            "longest_answer": 96,
            "description": "Turn a ticket into the house's line: CODE | urgency | "
            "order number.",
        },
        "codes": {
            "categories": CODES,
            "urgencies": {
                "low": "The customer says that it can wait.",
                "normal": "The customer names no deadline, or one in some days.",
                "high": "The customer needs help today or cannot go on.",
            },
            "rules": list(RULES),
        },
    }


def main() -> None:
    """Write both CSV files and the prompts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=2026)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    tickets = distinct_tickets(args.seed, 460)
    args.out.mkdir(parents=True, exist_ok=True)
    write_csv(args.out / "tickets_400.csv", tickets[:400])
    write_csv(args.out / "tickets_60.csv", tickets[400:])
    text = json.dumps(prompts(), indent=2, ensure_ascii=False)
    (args.out / "prompts.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
