import pytest

from workbench.evaluation.extraction import field_report, field_score

FIELDS = ("name", "date")


def test_fields_are_compared_after_jsquad_normalisation() -> None:
    score = field_score({"name": "ACME", "date": "4月1日。"}, {"name": "acme"}, FIELDS)
    assert score.correct == {"name": True, "date": False}
    assert score.accuracy == 0.5
    assert not score.all_correct


def test_a_field_that_neither_side_has_is_right() -> None:
    assert field_score({"name": "x"}, {"name": "x"}, FIELDS).all_correct


def test_an_unreadable_answer_is_wrong_everywhere() -> None:
    score = field_score({"name": "x"}, None, FIELDS)
    assert score.accuracy == 0.0
    assert not score.parsed


def test_a_table_of_answers() -> None:
    scores = [
        field_score({"name": "x", "date": "1"}, answer, FIELDS)
        for answer in ({"name": "x", "date": "1"}, {"name": "x", "date": "2"}, None)
    ]
    report = field_report(scores)
    assert report.n == 3
    assert report.parsed_rate == pytest.approx(2 / 3)
    assert report.accuracy == pytest.approx(0.5)
    assert report.all_correct_rate == pytest.approx(1 / 3)
    assert report.per_field == pytest.approx({"name": 2 / 3, "date": 1 / 3})


def test_refuses_what_has_no_score() -> None:
    with pytest.raises(ValueError, match="at least one field"):
        field_score({}, {}, ())
    with pytest.raises(ValueError, match="no scores"):
        field_report([])
