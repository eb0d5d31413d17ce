"""Trials as rows: every column in one place."""

import sqlite3
from collections.abc import Mapping

from workbench.domain.ids import new_ulid
from workbench.domain.prompts import shown_input
from workbench.domain.spending import CostBasis
from workbench.domain.trials import (
    Annotation,
    CallOrigin,
    NewTrial,
    Purpose,
    Rating,
    Trial,
    TrialOutcome,
    TrialStatus,
)
from workbench.storage import codec
from workbench.storage.codec import dump, dump_value
from workbench.storage.file_texts import dump_messages, load_messages


def of_new(connection: sqlite3.Connection, trial: NewTrial) -> Mapping[str, object]:
    """Return what a trial is inserted with."""
    input_text = shown_input(dict(trial.variables))
    return {
        "ulid": new_ulid(),
        "created": codec.now(),
        "prompt_version_id": trial.prompt_version_id,
        "model": dump_value(trial.model),
        "variables": dump(trial.variables),
        "input_text": input_text,
        "input_hash": codec.text_hash(input_text),
        "messages": dump_messages(connection, trial.messages),
        "parameters": dump_value(trial.parameters),
        "purpose": trial.purpose,
        "expected": trial.expected,
        "example_id": trial.example_id,
        "model_key": trial.model.key,
        "call_hash": trial.origin.call_hash,
        "repeat_number": trial.origin.repeat,
        "parent_id": trial.origin.parent_id,
        "matrix_id": trial.origin.matrix_id,
        "cell": trial.origin.cell,
    }


def of_outcome(outcome: TrialOutcome) -> Mapping[str, object]:
    """Return what a trial is completed with."""
    return {
        "status": outcome.status,
        "output": outcome.output,
        "stop_reason": outcome.stop_reason,
        "input_tokens": outcome.input_tokens,
        "output_tokens": outcome.output_tokens,
        "prompt_hash": outcome.prompt_hash,
        "seconds": outcome.seconds,
        "first_token_seconds": outcome.first_token_seconds,
        "error_code": outcome.error_code,
        "error_text": outcome.error_text,
        "versions": dump(outcome.versions),
        "reasoning": outcome.reasoning,
        "reasoning_tokens": outcome.reasoning_tokens,
        "cache_read_tokens": outcome.cache_read_tokens,
        "cache_write_tokens": outcome.cache_write_tokens,
        "request_id": outcome.request_id,
        "attempts": outcome.attempts,
        "cost": codec.dump_decimal(outcome.cost),
        "cost_basis": outcome.cost_basis,
        "price_date": outcome.price_date,
        "price_source": outcome.price_source,
    }


def trial(connection: sqlite3.Connection, row: sqlite3.Row) -> Trial:
    """Return a trial with its annotation and the number of its version."""
    return Trial(
        id=row["id"],
        ulid=row["ulid"],
        created=row["created"],
        prompt_version_id=row["prompt_version_id"],
        prompt_number=row["number"],
        model=codec.load_model(row["model"]),
        variables=codec.load_pairs(row["variables"]),
        input_text=row["input_text"],
        messages=load_messages(connection, row["messages"]),
        parameters=codec.parameters(codec.load(row["parameters"])),
        purpose=Purpose(row["purpose"]),
        expected=row["expected"],
        example_id=row["example_id"],
        outcome=_outcome(row),
        annotation=Annotation(
            rating=Rating(row["rating"]),
            correction=row["correction"],
            note=row["note"],
            tags=tuple(codec.load(row["tags"])),
        ),
        binned=bool(row["binned"]),
        origin=CallOrigin(
            row["call_hash"],
            row["repeat_number"],
            row["parent_id"],
            row["matrix_id"],
            row["cell"],
        ),
    )


def _outcome(row: sqlite3.Row) -> TrialOutcome:
    return TrialOutcome(
        status=TrialStatus(row["status"]),
        output=row["output"],
        stop_reason=row["stop_reason"],
        input_tokens=row["input_tokens"],
        output_tokens=row["output_tokens"],
        prompt_hash=row["prompt_hash"],
        seconds=row["seconds"],
        first_token_seconds=row["first_token_seconds"],
        error_code=row["error_code"],
        error_text=row["error_text"],
        versions=codec.load_pairs(row["versions"]),
        reasoning=row["reasoning"],
        reasoning_tokens=row["reasoning_tokens"],
        cache_read_tokens=row["cache_read_tokens"],
        cache_write_tokens=row["cache_write_tokens"],
        request_id=row["request_id"],
        attempts=row["attempts"],
        cost=codec.load_decimal(row["cost"]),
        cost_basis=CostBasis(row["cost_basis"]),
        price_date=row["price_date"],
        price_source=row["price_source"],
    )
