import dataclasses

import pytest

from workbench.domain.comparisons import CandidateRole, CellAnswer, CompareRow
from workbench.evaluation.statistics import compare_paired
from workbench.services.advise import Advice, Verdict
from workbench.ui.advise import phrasing
from workbench.ui.advise.reading import Reading, share_of
from workbench.ui.compare.verdict import Outcome

pytestmark = pytest.mark.usefixtures("qapp")
BASE, FEW, TUNED = CandidateRole.BASE, CandidateRole.FEW_SHOT, CandidateRole.TUNED
PAIRED = compare_paired([0.0] * 30 + [1.0] * 30, [1.0] * 50 + [0.0] * 10)


def reading(
    outcome: Outcome,
    *,
    against_examples: bool = True,
    tokens: dict[CandidateRole, float] | None = None,
) -> Reading:
    return Reading(
        Advice(
            Verdict.TUNING_PAYS,
            difference=PAIRED,
            against_examples=against_examples,
            tokens_a_call=tokens or {},
            training_records=200,
            shots=8,
        ),
        outcome,
        records=160,
    )


@pytest.mark.parametrize(
    ("outcome", "against_examples", "start"),
    [
        (Outcome.BETTER, True, "Yes: trained on 200 records, tuned is right 33 points"),
        (Outcome.WORSE, True, "Not yet: with 8 examples in the prompt the base is"),
        (Outcome.NOT_SHOWN, True, "Not for better answers: on 160 test records no"),
        (Outcome.TOO_FEW_RECORDS, True, "Too few test records to tell: 160"),
        (Outcome.BETTER, False, "Tuning helps: trained on 200 records, tuned is right"),
        (Outcome.WORSE, False, "Not yet: the base is right 33 points more often"),
        (Outcome.NOT_SHOWN, False, "Not for better answers: on 160 test records no"),
        (Outcome.NO_RECORDS, False, "Too few test records to tell: 160"),
    ],
)
def test_every_outcome_has_its_sentence(
    outcome: Outcome, against_examples: bool, start: str
) -> None:
    text = phrasing.answer(reading(outcome, against_examples=against_examples))
    assert text.startswith(start)
    assert text.endswith(".")
    assert "{" not in text


def test_the_price_of_a_call() -> None:
    def price(**tokens: float) -> str:
        by_role = {CandidateRole(role): value for role, value in tokens.items()}
        return phrasing.price(reading(Outcome.BETTER, tokens=by_role))

    assert price(few_shot=300, tuned=60, base=80) == (
        "A call takes 60 tokens after tuning and 300 with the examples: 80 % fewer."
    )
    assert price(tuned=60, base=80) == (
        "A call takes 60 tokens after tuning and 80 before: 25 % fewer."
    )
    assert price(tuned=90, base=80) == (
        "A call takes 90 tokens after tuning and 80 before: tuning saves none."
    )
    assert price(tuned=90) == ""
    assert phrasing.tokens_a_call(None) == ""


def test_only_right_or_wrong_scores_have_an_interval() -> None:
    def rows(*scores: float) -> tuple[CompareRow, ...]:
        return tuple(
            CompareRow(i, i, "", "", "", ((TUNED, _cell(score)),))
            for i, score in enumerate(scores)
        )

    share = share_of(rows(1, 1, 0, 1), TUNED, "em", 0.75)
    assert share.low is not None
    assert share.high is not None
    assert 0 < share.low < 0.75 < share.high < 1
    assert share_of(rows(1, 0.5), TUNED, "em", 0.75).low is None
    assert share_of(rows(), TUNED, "em", 0.0).high is None
    failed = dataclasses.replace(_cell(1.0), failed=True)
    row = CompareRow(0, 0, "", "", "", ((TUNED, failed),))
    assert share_of((row,), TUNED, "em", 0.0).low is None


def _cell(score: float) -> CellAnswer:
    return CellAnswer(1, "", False, 1, 1, 0.1, (("em", float(score)),))
