"""English around the tickets: instructions and sentences."""

from __future__ import annotations

from language import Instructions, Language, Wordy
from lexicon import LEXICON, TOPICS, URGENCIES

ENGLISH = Language(
    code="en",
    lexicon=LEXICON,
    topics=TOPICS,
    urgencies=URGENCIES,
    fields={
        "category": ("category", "topic", "category code", "type"),
        "urgency": ("urgency", "priority", "urgency level"),
        "order": ("order number", "order", "order ID"),
    },
    instructions=Instructions(
        roles=(
            "",
            "You {handle|read|sort} {support|customer} tickets. ",
            "You work {in|for} {customer service|support}. ",
            "You are a {support|service} assistant. ",
        ),
        plain=(
            "{Read the ticket and|Please} {give|name|state|tell us} the {list}.",
            "What {is|are} the {list}?",
            "{Find|Report|Note} the {list}{| of the ticket| of each ticket}.",
            "{For each ticket|From the ticket}, {give|name|report} the {list}.",
        ),
        named=(
            "{Answer|Reply} {only |}{with|as} {pattern}.",
            "{Use|Write} the format {pattern}{| and nothing else}.",
            "The {answer|output} {has the form|looks like} {pattern}.",
            "Read the ticket. {Answer|Reply} {only |}{with|as} {pattern}.",
        ),
        hints=(
            "Codes such as {codes}.",
            "{Use|Write} codes like {codes}.",
            "Codes: {codes}.",
        ),
        levels="Urgency is {levels} or {last}.",
        between=", the ",
        before_last=" and the ",
        json="JSON with ",
        xml="XML tags for ",
        new_line=" and, on a new line, ",
    ),
    wordy=Wordy(
        category=(
            "Thank you. This ticket is about {topic}.",
            "Thank you. The customer writes about {topic}.",
        ),
        no_category="Thank you. This ticket is about an order.",
        order=" The order number is {order}.",
        urgency=" The urgency is {urgency}, because {reason}.",
        end=(
            " I would pass it on to the right team.",
            " I would give it to the right team to answer.",
        ),
        topics={
            "account": "access to the customer account",
            "billing": "a bill or a payment",
            "delivery": "the delivery of a parcel",
            "refund": "a refund or a return",
            "damage": "a damaged item",
            "technical": "a technical problem",
            "cancellation": "a cancellation",
            "warranty": "the warranty",
        },
        reasons={
            "low": "the customer says that it can wait",
            "normal": "the customer names no special deadline",
            "high": "the customer needs help right away",
        },
    ),
    questions=(
        ("What is the order number?", "The order number is {order}."),
        (
            "{Summarise|Summarize} the ticket in one {line|sentence}.",
            "A {topic} request, order {order}, urgency {urgency}.",
        ),
        (
            "Write a {short |}reply to the customer.",
            "Dear customer, thank you for your message about order {order}. "
            "Our {topic} team will answer you soon.",
        ),
    ),
)
