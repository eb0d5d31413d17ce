"""Asking a model once: what comes back, what it did cost, what the trial keeps.

Single runs and matrices go through here, so that both keep the same of an answer, of a
failure and of a stop.
"""

import dataclasses

from workbench.domain.errors import CancelledError, WorkbenchError
from workbench.domain.generation import (
    Generation,
    GenerationRequest,
    OnToken,
    StopSignal,
)
from workbench.domain.ports import ProjectStore, TextGenerator
from workbench.domain.remote import RemoteFailure
from workbench.domain.spending import Reservation
from workbench.domain.trials import TrialOutcome, TrialStatus
from workbench.services.spending import SpendingService

STOPPED = "cancelled"
_UNCOUNTED = -1


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """How one call ended.

    Attributes:
        outcome: what its trial keeps, with the cost.
        failure: what was raised, if anything was.
    """

    outcome: TrialOutcome
    failure: Exception | None = None


def ask(
    generator: TextGenerator,
    request: GenerationRequest,
    on_token: OnToken,
    stop: StopSignal,
) -> tuple[Generation, Exception | None]:
    """Make one call; a failure is returned, with what had arrived before it."""
    arrived: list[str] = []

    def collect(text: str) -> None:
        arrived.append(text)
        on_token(text)

    try:
        return generator.generate(request, collect, stop), None
    except CancelledError as error:
        return _blank("".join(arrived), stop_reason=STOPPED), error
    except RemoteFailure as error:
        made = error.generation
        if error.partial is None:
            made = _nothing_counted(made)
        return dataclasses.replace(made, text=made.text or "".join(arrived)), error
    except Exception as error:  # noqa: BLE001 - kept with the trial, then raised on
        return failed(error, "".join(arrived)), error


def settled(
    spending: SpendingService,
    store: ProjectStore,
    reservation: Reservation | None,
    answer: Generation,
    failure: Exception | None = None,
) -> Asked:
    """Settle the cost of a call and return what its trial keeps."""
    billable = is_billable(answer, failure)
    charge = spending.settle(store, reservation, answer, billable=billable)
    outcome = dataclasses.replace(
        outcome_of(answer, failure),
        cost=charge.cost,
        cost_basis=charge.basis,
        price_date=charge.price_date,
        price_source=charge.price_source,
    )
    return Asked(outcome, failure)


def is_billable(answer: Generation, failure: Exception | None = None) -> bool:
    """Tell whether a call may be on the bill.

    A call that was stopped may be: nobody knows how far the service had got. So may one
    that failed in a way that nobody foresaw.
    """
    if isinstance(failure, RemoteFailure):
        return failure.billable
    if failure is None and answer.error_code:
        # One item of a batch: the kind of failure is gone, what arrived is not.
        return bool(answer.text or answer.reasoning or answer.output_tokens)
    return not isinstance(failure, WorkbenchError) or isinstance(
        failure, CancelledError
    )


def failed(error: Exception, output: str = "") -> Generation:
    """Return what had arrived before a failure."""
    code = error.code if isinstance(error, WorkbenchError) else "bug"
    return dataclasses.replace(_blank(output), error_code=code, error_text=str(error))


def failed_outcome(error: Exception, output: str = "") -> TrialOutcome:
    """Return what a trial keeps of a failure, with what had arrived before it."""
    return outcome_of(failed(error, output), error)


def _blank(text: str, stop_reason: str = "") -> Generation:
    return _nothing_counted(Generation(text, stop_reason, 0, 0, "", 0.0, 0.0, False))


def _nothing_counted(answer: Generation) -> Generation:
    """Mark that no number is known: it must not be taken for nothing."""
    return dataclasses.replace(answer, input_tokens=_UNCOUNTED)


def outcome_of(answer: Generation, failure: Exception | None = None) -> TrialOutcome:
    """Return what a trial keeps of an answer, its cost left out."""
    status = TrialStatus.SUCCEEDED
    if answer.stop_reason == STOPPED:
        status = TrialStatus.CANCELLED
    elif answer.error_code or failure is not None:
        status = TrialStatus.FAILED
    outcome = TrialOutcome(
        status=status,
        output=answer.text,
        stop_reason=answer.stop_reason,
        prompt_hash=answer.prompt_hash,
        error_code=answer.error_code,
        error_text=answer.error_text,
        reasoning=answer.reasoning,
        request_id=answer.request_id,
        attempts=answer.attempts,
    )
    if answer.input_tokens == _UNCOUNTED:
        # Nothing is known of a call that gave nothing back: no numbers, not zeros.
        return outcome
    return dataclasses.replace(
        outcome,
        input_tokens=answer.input_tokens,
        output_tokens=answer.output_tokens,
        seconds=answer.seconds,
        first_token_seconds=answer.first_token_seconds,
        versions=(*answer.versions, ("adapter_on", str(answer.adapter_on).lower())),
        reasoning_tokens=answer.reasoning_tokens,
        cache_read_tokens=answer.cache_read_tokens,
        cache_write_tokens=answer.cache_write_tokens,
    )
