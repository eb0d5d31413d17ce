"""The sample project's house format: a known code book with rules of its own.

Pretraining knows the book and the separator; the house departs from the book in
four of eight topics, once depending on what the customer writes and once in the
urgency. So examples in the prompt can only go part of the way. The rules are the same
in both languages; only the words for the urgency differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import heldout
import heldout_ja
from english import ENGLISH
from formats import CATEGORY_BOOKS
from japanese import JAPANESE
from lexicon import TOPICS, URGENCIES

if TYPE_CHECKING:
    from grammar import Ticket
    from language import Language
    from lexicon import Lexicon

BOOK = dict(zip(TOPICS, CATEGORY_BOOKS[1], strict=True))
SEPARATOR = " | "


@dataclass(frozen=True)
class House:
    """What the sample project of one language is made of.

    Attributes:
        language: the words of pretraining.
        lexicon: the words of the sample, which pretraining never saw.
        plain, format: the two system messages that a newcomer compares.
        variable: the placeholder of the message, and the column of the CSV files.
        answer: the other column.
        fields: what the answer's parts are called.
        description: the task in a sentence.
        codes, urgencies, rules: the house's own handbook.
    """

    language: Language
    lexicon: Lexicon
    plain: str
    format: str
    variable: str
    answer: str
    fields: tuple[str, ...]
    description: str
    codes: dict[str, str]
    urgencies: dict[str, str]
    rules: tuple[str, ...]


ENGLISH_HOUSE = House(
    language=ENGLISH,
    lexicon=heldout.LEXICON,
    plain="Read the ticket and give the category, the urgency and the order number.",
    format="Read the ticket. Answer only with category code | urgency | order number. "
    "Codes such as ACC, DMG.",
    variable="ticket",
    answer="answer",
    fields=("category", "urgency", "order"),
    description="Turn a ticket into the house's line: CODE | urgency | order number.",
    codes={
        "ACC": "Access to the account, changes of account data.",
        "BIL": "Invoices, amounts, failed payments.",
        "DEL": "Late, lost or wrong parcels.",
        "REF": "Returns and money back.",
        "DMG": "Items that are broken or scratched on arrival.",
        "TEC": "Devices and apps that do not work.",
    },
    urgencies={
        "low": "The customer says that it can wait.",
        "normal": "The customer names no deadline, or one in some days.",
        "high": "The customer needs help today or cannot go on.",
    },
    rules=(
        "A cancellation goes to the account desk: ACC.",
        "A warranty question goes to the repair shop, which also takes damage: DMG.",
        "A customer who was charged twice gets money back: REF. Other bills stay BIL.",
        "A delivery is never low: where the customer says it can wait, write normal.",
    ),
)
JAPANESE_HOUSE = House(
    language=JAPANESE,
    lexicon=heldout_ja.LEXICON,
    plain="問い合わせを読み、分類、緊急度、注文番号を答えてください。",
    format="問い合わせを読み、分類コード | 緊急度 | 注文番号 だけで答えてください。 "
    "コードは ACC, DMG などです。",
    variable="問い合わせ",
    answer="答え",
    fields=("分類", "緊急度", "注文番号"),
    description="問い合わせを社内の一行の形にする：コード | 緊急度 | 注文番号",
    codes={
        "ACC": "アカウントの利用、登録内容の変更。",
        "BIL": "請求書、金額、支払いの失敗。",
        "DEL": "荷物の遅れ、紛失、届け先の間違い。",
        "REF": "返品と返金。",
        "DMG": "届いたときに壊れていた、傷があった商品。",
        "TEC": "動かない機器やアプリ。",
    },
    urgencies={
        "低": "急がないと書いてある。",
        "中": "期限がない、または数日のうちでよい。",
        "高": "今日中に助けが必要、または先に進めない。",
    },
    rules=(
        "解約や取り消しはアカウント係が受ける：ACC。",
        "保証の質問は、破損も扱う修理係が受ける：DMG。",
        "二重に請求されたお客様には返金する：REF。ほかの請求は BIL のまま。",
        "配送に「低」はない：急がないと書いてあっても「中」にする。",
    ),
)
HOUSES = {house.language.code: house for house in (ENGLISH_HOUSE, JAPANESE_HOUSE)}


def house_category(ticket: Ticket) -> str:
    """The category code by the house's rules."""
    if ticket.topic == "billing" and ticket.variant == "double":
        return BOOK["refund"]
    moved = {"cancellation": "account", "warranty": "damage"}
    return BOOK[moved.get(ticket.topic, ticket.topic)]


def house_urgency(ticket: Ticket) -> str:
    """The urgency by the house's rules, as ``lexicon.URGENCIES`` calls it."""
    if ticket.topic == "delivery" and ticket.urgency == "low":
        return "normal"
    return ticket.urgency


def house_answer(house: House, ticket: Ticket) -> str:
    """The right answer to a ticket, as an expert of the house would write it."""
    level = URGENCIES.index(house_urgency(ticket))
    urgency = house.language.urgencies[level]
    return SEPARATOR.join((house_category(ticket), urgency, ticket.order))
