"""The sample project's house format: a known code book with rules of its own.

Pretraining knows the book and the separator; the house departs from the book in
four of eight topics, once depending on what the customer writes and once in the
urgency. So examples in the prompt can only go part of the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from formats import CATEGORY_BOOKS
from lexicon import TOPICS

if TYPE_CHECKING:
    from grammar import Ticket

BOOK = dict(zip(TOPICS, CATEGORY_BOOKS[1], strict=True))
SEPARATOR = " | "

SYSTEM_PLAIN = (
    "Read the ticket and give the category, the urgency and the order number."
)
SYSTEM_FORMAT = (
    "Read the ticket. Answer only with category code | urgency | order number."
)
CODES = {
    "ACC": "Access to the account, changes of account data.",
    "BIL": "Invoices, amounts, failed payments.",
    "DEL": "Late, lost or wrong parcels.",
    "REF": "Returns and money back.",
    "DMG": "Items that are broken or scratched on arrival.",
    "TEC": "Devices and apps that do not work.",
}
RULES = (
    "A cancellation goes to the account desk: ACC.",
    "A warranty question goes to the repair shop, which also takes damage: DMG.",
    "A customer who was charged twice gets money back: REF. Other bills stay BIL.",
    "A delivery is never low: where the customer says it can wait, write normal.",
)


def house_category(ticket: Ticket) -> str:
    """The category code by the house's rules."""
    if ticket.topic == "billing" and ticket.variant == "double":
        return BOOK["refund"]
    moved = {"cancellation": "account", "warranty": "damage"}
    return BOOK[moved.get(ticket.topic, ticket.topic)]


def house_urgency(ticket: Ticket) -> str:
    """The urgency by the house's rules."""
    if ticket.topic == "delivery" and ticket.urgency == "low":
        return "normal"
    return ticket.urgency


def house_answer(ticket: Ticket) -> str:
    """The right answer to a ticket, as an expert of the house would write it."""
    parts = (house_category(ticket), house_urgency(ticket), ticket.order)
    return SEPARATOR.join(parts)
