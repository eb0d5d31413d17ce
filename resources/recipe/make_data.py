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
from house import HOUSES, SEPARATOR, House, house_answer

log = logging.getLogger("make_data")

# A Japanese character says more than a letter, so shared runs mean more there.
MOST_ALIKE = {"en": 0.45, "ja": 0.6}


def shingles(text: str) -> frozenset[str]:
    """Runs of five characters, with digits made equal."""
    plain = re.sub(r"\d", "0", text.lower())
    return frozenset(plain[i : i + 5] for i in range(len(plain) - 4))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard similarity of two sets of shingles."""
    return len(one & other) / len(one | other)


def distinct_tickets(house: House, seed: int, count: int) -> list[Ticket]:
    """Draw tickets, none of them a near-duplicate of another."""
    rng = random.Random(seed)
    most_alike = MOST_ALIKE[house.language.code]
    tickets: list[Ticket] = []
    seen: list[frozenset[str]] = []
    orders: set[str] = set()
    while len(tickets) < count:
        ticket = make_ticket(rng, house.lexicon)
        mine = shingles(ticket.text)
        if ticket.order in orders or any(alike(mine, s) > most_alike for s in seen):
            continue
        tickets.append(ticket)
        seen.append(mine)
        orders.add(ticket.order)
    return tickets


def write_csv(path: Path, house: House, tickets: list[Ticket]) -> None:
    """Write tickets with their right answers."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow((house.variable, house.answer))
        writer.writerows((t.text, house_answer(house, t)) for t in tickets)
    log.info("%s: %d tickets", path, len(tickets))


def prompts(house: House) -> dict[str, object]:
    """The sample project's prompts, and its codes and rules in words."""
    return {
        "language": house.language.code,
        "input": house.variable,
        "answer": house.answer,
        "system_plain": house.plain,
        "system_format": house.format,
        "template": "{{" + house.variable + "}}",
        "task_card": {
            "kind": "extract",
            "fields": list(house.fields),
            "separator": SEPARATOR,
            "longest_answer": 96,
            "description": house.description,
        },
        "codes": {
            "categories": house.codes,
            "urgencies": house.urgencies,
            "rules": list(house.rules),
        },
    }


def write_sample(house: House, folder: Path, seed: int) -> None:
    """Write both CSV files and the prompts of one language."""
    tickets = distinct_tickets(house, seed, 600)
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(folder / "tickets_400.csv", house, tickets[:400])
    write_csv(folder / "tickets_200.csv", house, tickets[400:])
    text = json.dumps(prompts(house), indent=2, ensure_ascii=False)
    (folder / "prompts.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Write the sample of every language in a folder of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=2026)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    for code, house in HOUSES.items():
        write_sample(house, args.out / code, args.seed)


if __name__ == "__main__":
    main()
