import re

import pytest

from workbench.domain.comparisons import AdapterProof, CandidateRole
from workbench.evaluation.statistics import (
    Note,
    PairedResult,
    RatioResult,
    compare_paired,
    compare_ratio,
)
from workbench.ui.compare import figures, phrasing
from workbench.ui.compare.verdict import (
    Length,
    Outcome,
    Verdict,
    judge,
    length_of,
    outcome_of,
)

pytestmark = pytest.mark.usefixtures("qapp")


def paired(better: int, worse: int, same: int) -> PairedResult:
    base = [0.0] * better + [1.0] * worse + [0.0] * same
    tuned = [1.0] * better + [0.0] * worse + [0.0] * same
    return compare_paired(base, tuned)


def ratio(base: list[float], tuned: list[float]) -> RatioResult:
    return compare_ratio(base, tuned)


SHORTER = ratio([40.0, 30.0, 50.0] * 20, [14.0, 12.0, 15.0] * 20)
LONGER = ratio([10.0, 12.0, 9.0] * 20, [30.0, 25.0, 28.0] * 20)
UNCLEAR = ratio([10.0, 30.0] * 20, [30.0, 10.0] * 20)


def said(
    result: PairedResult,
    tokens: RatioResult = UNCLEAR,
    detectable: tuple[float | None, float | None] = (0.08, 0.11),
) -> str:
    verdict = judge(result, tokens, detectable=detectable, answered=9, total=9)
    return phrasing.plain(phrasing.headline(verdict, "#5B6370"))


def test_a_shown_gain_is_told_with_its_interval() -> None:
    text = said(paired(60, 10, 90), SHORTER)
    assert re.fullmatch(
        r"Tuned is right 31 points more often \[2\d, 4\d\]; "
        r"its answers are 66 % shorter\.",
        text,
    )


def test_a_gain_with_longer_answers_says_so() -> None:
    assert said(paired(60, 10, 90), LONGER).endswith("168 % longer.")


def test_a_gain_alone_says_nothing_of_length() -> None:
    assert re.fullmatch(
        r"Tuned is right 31 points more often \[\d\d, \d\d\]\.",
        said(paired(60, 10, 90)),
    )


@pytest.mark.parametrize(
    ("tokens", "end"), [(SHORTER, "shorter."), (LONGER, "longer."), (UNCLEAR, "].")]
)
def test_a_loss_is_told_as_plainly_as_a_gain(tokens: RatioResult, end: str) -> None:
    text = said(paired(10, 60, 90), tokens)
    assert text.startswith("Tuned is right 31 points less often [")
    assert text.endswith(end)


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (
            UNCLEAR,
            "No difference shown: n = 40 can show differences of about 20–24 points "
            "or more.",
        ),
        (
            SHORTER,
            "No difference shown in right answers: n = 40 can show about 20–24 points "
            "or more. Tuned answers are 66 % shorter.",
        ),
        (
            LONGER,
            "No difference shown in right answers: n = 40 can show about 20–24 points "
            "or more. Tuned answers are 168 % longer.",
        ),
    ],
)
def test_no_difference_is_a_result(tokens: RatioResult, text: str) -> None:
    assert said(paired(5, 6, 29), tokens, (0.198, 0.24)) == text


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (UNCLEAR, "No difference shown: n = 8 is too few to show one."),
        (
            SHORTER,
            "No difference shown: n = 8 is too few to show one. "
            "Tuned answers are 66 % shorter.",
        ),
        (
            LONGER,
            "No difference shown: n = 8 is too few to show one. "
            "Tuned answers are 168 % longer.",
        ),
    ],
)
def test_too_few_records_to_show_anything(tokens: RatioResult, text: str) -> None:
    assert said(paired(1, 1, 6), tokens, (None, None)) == text


def test_while_answers_are_missing_nothing_is_announced() -> None:
    verdict = judge(
        paired(60, 0, 0), SHORTER, detectable=(0.1, 0.2), answered=443, total=480
    )
    assert verdict.outcome is Outcome.INCOMPLETE
    text = phrasing.plain(phrasing.headline(verdict, "#000000"))
    assert text == "443 of 480 answers are there. The result is told when all are."


def test_one_record_is_too_few() -> None:
    assert said(paired(1, 0, 0)) == ("Too few records to tell: both answered only 1.")


def test_too_few_groups() -> None:
    result = compare_paired([0.0] * 12, [1.0] * 12, groups=[i // 4 for i in range(12)])
    assert outcome_of(result) is Outcome.TOO_FEW_DOCUMENTS
    assert said(result) == "Too few groups of records to tell a difference from chance."


def test_nothing_answered_by_both() -> None:
    result = compare_paired([None, 1.0], [1.0, None])
    assert outcome_of(result) is Outcome.NO_RECORDS
    assert said(result) == "No record was answered by both, so there is no result."


def test_the_same_gain_on_every_record_has_no_interval_but_is_shown() -> None:
    result = paired(40, 0, 0)
    assert result.low is None
    assert said(result) == "Tuned is right 100 points more often."


def test_the_same_answers_everywhere_show_nothing() -> None:
    assert outcome_of(paired(0, 0, 40)) is Outcome.NOT_SHOWN


def test_an_interval_is_not_enough_without_enough_disagreement() -> None:
    result = paired(5, 0, 95)
    assert result.low is not None
    assert result.low > 0
    assert Note.NOT_ENOUGH_DISAGREEMENT in result.notes
    assert outcome_of(result) is Outcome.NOT_SHOWN


def test_the_length_of_answers() -> None:
    assert length_of(SHORTER) is Length.SHORTER
    assert length_of(LONGER) is Length.LONGER
    assert length_of(UNCLEAR) is Length.NOT_SHOWN
    assert length_of(ratio([], [])) is Length.NOT_SHOWN
    # Every answer exactly half as long: nothing to resample, and yet shown.
    assert length_of(ratio([10.0] * 40, [5.0] * 40)) is Length.SHORTER


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        (Outcome.BETTER, "tuned is right 31 points more often [24, 38]."),
        (Outcome.WORSE, "tuned is right 31 points less often [24, 38]."),
        (Outcome.NOT_SHOWN, "no difference is shown."),
    ],
)
def test_against_the_base_with_examples(outcome: Outcome, text: str) -> None:
    verdict = Verdict(outcome, difference=0.31, low=0.24, high=0.38)
    whole = phrasing.against_examples(verdict, 8)
    assert whole == f"Against the base with 8 examples in the prompt, {text}"


def test_against_examples_without_a_result() -> None:
    assert phrasing.against_examples(Verdict(Outcome.NO_RECORDS), 8) == ""


def test_what_the_records_can_show() -> None:
    assert phrasing.power(160, 0.085, 0.109) == (
        "160 records can show differences of about 8–11 points or more."
    )
    assert phrasing.power(200, 0.2, 0.201) == (
        "200 records can show differences of about 20 points or more."
    )
    assert phrasing.power(5, None, None) == (
        "5 records can show large differences only."
    )
    assert phrasing.looks(1) == ""
    assert "3 times" in phrasing.looks(3)
    assert phrasing.excluded(0) == ""
    assert phrasing.excluded(2) == "Left out because an answer failed: 2."


def test_buttons_and_badges_say_what_they_mean() -> None:
    assert phrasing.start(160, 3) == (
        "Compare on 160 test records – 3 candidates, 480 answers"
    )
    assert phrasing.go_on(37) == "Go on: 37 answers missing"
    assert phrasing.proof(None) == "adapter not proven yet"
    good, bad = AdapterProof(True, True, 3), AdapterProof(False, True, 3)
    assert phrasing.proof(good) == "adapter proven on ✓ off ✓"
    assert phrasing.proof(bad) == "adapter proven on ✓ off ✗"


def test_candidates_differ_by_word_mark_and_name_of_colour() -> None:
    for words in (phrasing.role, phrasing.column, phrasing.mark, phrasing.token):
        assert len({words(role) for role in CandidateRole}) == 3
    assert phrasing.metric("jsquad_em") == "Exact match"
    assert phrasing.metric("other") == phrasing.metric_hint("other") == "other"
    assert "jsquad_char_f1" in phrasing.metric_hint("jsquad_char_f1")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.314, "+31"), (-0.06, "−6"), (0.0, "0"), (0.0071, "+0.7"), (-0.0001, "0")],
)
def test_signed_points(value: float, text: str) -> None:
    assert figures.signed_points(value) == text


def test_an_end_that_is_not_zero_is_not_written_as_zero() -> None:
    assert figures.interval(0.004, 0.12) == "[0.4, 12]"
    assert figures.interval(-0.123, 0.0) == "[−12, 0]"
    assert figures.interval(None, 0.1) == ""
    assert figures.percent_interval(-0.68, -0.63) == "[−68, −63]"
    assert figures.percent_interval(None, None) == ""


def test_other_figures() -> None:
    assert figures.p_value(None) == ""
    assert figures.p_value(0.0004) == "p < .001"
    assert figures.p_value(0.0321) == "p = .032"
    assert figures.p_value(1.0) == "p = 1.000"
    assert figures.score(None) == "–"
    assert figures.score(0.734) == "73"
    assert figures.tokens(7.25) == "7.2"
    assert figures.tokens(1234.5) == "1,234"
    assert figures.tokens(None) == "–"
    assert figures.signed_percent(-0.641) == "−64 %"
    assert figures.signed_percent(0.001) == "0 %"
    assert figures.detectable(None, None) == ""


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (paired(60, 10, 90), "Tuned scores 31 points higher in character F1 ["),
        (paired(10, 60, 90), "Tuned scores 31 points lower in character F1 ["),
        (paired(5, 6, 29), "No difference shown in character F1 on 40 records."),
    ],
)
@pytest.mark.parametrize(
    ("tokens", "length"), [(SHORTER, "shorter"), (LONGER, "longer"), (UNCLEAR, "")]
)
def test_a_score_of_characters_is_not_called_right_answers(
    result: PairedResult, text: str, tokens: RatioResult, length: str
) -> None:
    verdict = judge(
        result,
        tokens,
        detectable=(0.08, 0.11),
        answered=9,
        total=9,
        metric="jsquad_char_f1",
    )
    told = phrasing.plain(phrasing.headline(verdict, "#5B6370"))
    assert told.startswith(text)
    assert length in told
    assert "right" not in told
    against = phrasing.against_examples(verdict, 4)
    assert "right" not in against
