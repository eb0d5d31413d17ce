"""What a call may cost at most, what it did cost, and caps that hold."""

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.domain.costs import Price
from workbench.domain.generation import Generation, GenerationRequest
from workbench.domain.models import BUILTIN_MODEL, PRACTICE, ModelKind, ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message, Role
from workbench.domain.remote import estimate_tokens
from workbench.domain.spending import (
    CapReached,
    Caps,
    CapScope,
    CostBasis,
    Entry,
    Ledger,
    Reservation,
    Spent,
    charge_of,
    is_free,
    likely_of,
    most_input_tokens,
    worst_of,
)

MODEL = ModelRef(ModelKind.BEDROCK, "Nova", "nova", region="us-east-1")
PRICE = Price("nova", Decimal(3), Decimal(15), "2026-11", "test")
DAY, RUN = "2026-11-20", "matrix:1"


def reserved(worst: str | None, run: str = RUN, day: str = DAY) -> Reservation:
    return Reservation(None if worst is None else Decimal(worst), day, run, PRICE)


def request(text: str = "word " * 100, **parameters: object) -> GenerationRequest:
    made = GenerationParameters(**parameters)  # type: ignore[arg-type]
    return GenerationRequest(MODEL, (Message(Role.USER, text),), made)


def answer(**fields: object) -> Generation:
    made = Generation("text", "stop", 1000, 100, "", 1.0, 0.1, False)
    return dataclasses.replace(made, **fields)  # type: ignore[arg-type]


def test_the_call_that_would_pass_a_cap_is_refused_and_nothing_changes() -> None:
    ledger, caps = Ledger(), Caps(run=Decimal("1.00"))
    ledger.reserve(reserved("0.60"), caps)
    with pytest.raises(CapReached) as caught:
        ledger.reserve(reserved("0.41"), caps)
    assert caught.value.code == "cap.run"
    assert caught.value.details["spent"] == Decimal("0.60")
    assert ledger.spent(CapScope.RUN, RUN) == Spent(Decimal("0.60"))
    ledger.reserve(reserved("0.40"), caps)


def test_settling_makes_room_again() -> None:
    ledger, caps = Ledger(), Caps(day=Decimal(1))
    first = reserved("0.90")
    ledger.reserve(first, caps)
    ledger.settle(first, Decimal("0.10"))
    ledger.reserve(reserved("0.90", run="other"), caps)
    assert ledger.spent(CapScope.DAY, DAY).amount == Decimal("1.00")
    assert ledger.spent(CapScope.RUN, RUN).amount == Decimal("0.10")


def test_each_scope_counts_its_own() -> None:
    ledger = Ledger()
    ledger.reserve(reserved("1"), Caps())
    ledger.reserve(reserved("2", run="other"), Caps())
    ledger.reserve(reserved("4", day="2026-11-21"), Caps())
    assert ledger.spent(CapScope.RUN, RUN).amount == 5
    assert ledger.spent(CapScope.DAY, DAY).amount == 3
    assert ledger.spent(CapScope.PROJECT).amount == 7


@pytest.mark.parametrize("scope", list(CapScope))
def test_an_unknown_price_is_counted_and_refused_under_a_cap(scope: CapScope) -> None:
    ledger = Ledger()
    ledger.reserve(reserved(None), Caps())
    assert ledger.spent(CapScope.PROJECT) == Spent(Decimal(0), 1)
    with pytest.raises(CapReached) as caught:
        ledger.reserve(reserved(None), Caps(**{scope.value: Decimal(1000)}))
    assert caught.value.code == "cap.unknown"


def test_a_ledger_goes_on_where_it_was_left() -> None:
    ledger = Ledger(
        [
            Entry(RUN, DAY, Decimal(5), Decimal(2), CostBasis.MEASURED),
            Entry(RUN, DAY, Decimal(5)),
            Entry(RUN, DAY, None, None, CostBasis.UNKNOWN),
            Entry(RUN, DAY, Decimal(5), Decimal(0), CostBasis.NOT_BILLED),
        ]
    )
    assert ledger.spent(CapScope.RUN, RUN) == Spent(Decimal(7), 1)


amounts = st.decimals(min_value=0, max_value=10, places=4)


@settings(deadline=None)
@given(st.lists(st.tuples(amounts, st.floats(0, 1)), max_size=40), amounts)
def test_no_order_of_calls_passes_a_cap(
    calls: list[tuple[Decimal, float]], cap: Decimal
) -> None:
    ledger, caps, open_calls = Ledger(), Caps(project=cap), []
    for worst, part in calls:
        made = Reservation(worst, DAY, RUN)
        try:
            ledger.reserve(made, caps)
        except CapReached:
            continue
        open_calls.append((made, worst * Decimal(part)))
        assert ledger.spent(CapScope.PROJECT).amount <= cap
        if len(open_calls) > 3:
            ledger.settle(*open_calls.pop(0))
    for made, cost in open_calls:
        ledger.settle(made, cost)
    assert ledger.spent(CapScope.PROJECT).amount <= cap


def test_the_worst_case_holds_for_twice_the_estimate_and_all_that_may_be_said() -> None:
    text = "言葉" * 50 + "word " * 50
    call = request(text, max_output_tokens=200, reasoning_budget=1000)
    worst = worst_of(call, PRICE)
    assert worst is not None
    least = (2 * estimate_tokens(text) * 3 + 1200 * 15) / Decimal(1_000_000)
    assert least <= worst < least * 2
    assert worst_of(call, None) is None


def test_the_likely_cost_goes_by_earlier_answers() -> None:
    call = request("x" * 400, max_output_tokens=1000)
    assert likely_of(call, PRICE, 10) == Decimal("0.00045")
    assert likely_of(call, PRICE, None) == Decimal("0.0153")
    assert likely_of(call, None, 10) is None


def test_writing_to_the_cache_is_part_of_the_worst_case() -> None:
    dear = dataclasses.replace(PRICE, cache_write=Decimal(100))
    plain = worst_of(request(), dear)
    cached = worst_of(request(prompt_caching=True), dear)
    assert plain is not None
    assert cached is not None
    assert cached > plain
    assert worst_of(request(prompt_caching=True), PRICE) is None


def test_files_are_not_free() -> None:
    image = FilePart("a", FileKind.IMAGE, "png", 10)
    scan = FilePart("b", FileKind.DOCUMENT, "pdf", 400_000)
    text = FilePart("c", FileKind.DOCUMENT, "txt", 9, "word " * 8, SendAs.TEXT)
    bare = most_input_tokens([Message(Role.USER, "hi")])
    counts = [
        most_input_tokens([Message(Role.USER, "hi", (part,))]) - bare
        for part in (image, scan, text)
    ]
    assert counts[0] >= 5_000
    assert counts[1] >= 100_000
    assert 20 <= counts[2] < 100


def test_what_runs_here_costs_nothing() -> None:
    practice = dataclasses.replace(MODEL, region=PRACTICE)
    assert is_free(BUILTIN_MODEL)
    assert is_free(practice)
    assert not is_free(MODEL)
    assert not is_free(ModelRef(ModelKind.OPENAI, "x", "x"))
    free = GenerationRequest(BUILTIN_MODEL, request().messages, GenerationParameters())
    assert worst_of(free, None) == 0


def test_a_counted_answer_is_charged_by_its_tokens() -> None:
    charge = charge_of(answer(), reserved("1"), billable=True)
    assert charge.cost == Decimal("0.0045")
    assert charge.basis is CostBasis.MEASURED
    assert (charge.price_date, charge.price_source) == ("2026-11", "test")


@pytest.mark.parametrize(
    "made",
    [
        None,
        answer(input_tokens=0, output_tokens=5),
        answer(versions=(("usage", "missing"),)),
        answer(cache_read_tokens=10),
    ],
)
def test_what_nobody_counted_is_charged_at_the_worst_case(
    made: Generation | None,
) -> None:
    charge = charge_of(made, reserved("1"), billable=True)
    assert (charge.cost, charge.basis) == (Decimal(1), CostBasis.WORST_CASE)
    unknown = charge_of(made, reserved(None), billable=True)
    assert (unknown.cost, unknown.basis) == (None, CostBasis.UNKNOWN)


def test_what_cannot_be_billed_costs_nothing() -> None:
    for charge in (
        charge_of(None, reserved("1"), billable=False),
        charge_of(answer(), None, billable=True),
    ):
        assert (charge.cost, charge.basis) == (Decimal(0), CostBasis.NOT_BILLED)
