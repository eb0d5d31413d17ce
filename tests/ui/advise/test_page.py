import gc
import weakref
from functools import partial

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import right_answer
from tests.ui.conftest import flush
from tests.ui.tune.stage import (
    Stage,
    doubles,
    find,
    has,
    nameless,
    press,
    shouting,
    untranslated,
)
from workbench.domain.errors import RemoteError
from workbench.domain.generation import GenerationRequest
from workbench.ui.advise.page import AdvisePage
from workbench.ui.widgets.score_chart import ScoreChart


def only_tuned_is_right(request: GenerationRequest) -> str:
    if request.model.adapter_ulid:
        return right_answer(request.messages[-1].text)
    return "a sentence with a good many words" if len(request.messages) < 4 else "BIL"


def compared(stage: Stage) -> None:
    stage.fill()
    stage.bench.generator.answer = only_tuned_is_right
    comparison = stage.services.compare.create(stage.trained().ulid)
    stage.services.compare.start(comparison.id).future.result(15)


def test_without_anything_the_invitation_is_to_tune(stage: Stage, qtbot: QtBot) -> None:
    page = stage.show(AdvisePage)
    qtbot.waitUntil(lambda: has(page, "Tune a model"))
    press(page, "Tune a model")
    assert stage.host.gone == [("tune", {})]


def test_with_a_tuned_model_the_invitation_is_to_compare(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.fill()
    stage.trained()
    page = stage.show(AdvisePage)
    qtbot.waitUntil(lambda: has(page, "Compare base and tuned"))
    press(page, "Compare base and tuned")
    assert stage.host.gone == [("compare", {})]


def test_an_unfinished_comparison_is_to_be_finished(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    comparison = stage.services.compare.create(stage.trained().ulid)
    stage.bench.generator.fail_batch_after = 5
    stage.bench.generator.failure = RemoteError("CRASH", "The worker ended.")
    page = stage.show(AdvisePage)
    job = stage.services.compare.start(comparison.id)
    assert job.future.exception(15) is not None
    qtbot.waitUntil(lambda: has(page, "Go on with the comparison"))
    press(page, "Go on with the comparison")
    assert stage.host.gone == [("compare", {})]


def test_the_advice_is_two_sentences_and_a_chart(stage: Stage, qtbot: QtBot) -> None:
    compared(stage)
    page = stage.show(AdvisePage)
    qtbot.waitUntil(lambda: has(page, "Advice", QLabel))
    advice = find(page, "Advice", QLabel).text()
    assert advice.startswith("Yes: trained on 20 records, tuned is right ")
    assert "points more often than the base with 4 examples" in advice
    price = find(page, "Tokens a call", QLabel).text()
    assert price.startswith("A call takes ")
    assert price.endswith("% fewer.")
    said = find(page, "Score chart", ScoreChart).accessibleDescription()
    assert "base: 0 · " in said
    assert "tuned on 20 records: 100 · " in said
    press(page, "Look at the comparison")
    assert stage.host.gone == [("compare", {})]
    assert nameless(page) == []
    assert doubles(page) == set()


def test_the_advice_comes_by_itself_when_a_comparison_ends(
    stage: Stage, qtbot: QtBot
) -> None:
    page = stage.show(AdvisePage)
    qtbot.waitUntil(lambda: has(page, "Tune a model"))
    compared(stage)
    qtbot.waitUntil(lambda: has(page, "Advice", QLabel), timeout=10000)
    assert not has(page, "Tune a model", QPushButton)


def test_the_page_dies_when_it_is_closed(stage: Stage, qtbot: QtBot) -> None:
    compared(stage)
    page = stage.show(AdvisePage)
    qtbot.waitUntil(partial(has, page, "Advice", QLabel))
    gone = weakref.ref(page)
    parts = [weakref.ref(part) for part in page.findChildren(QWidget)]
    page.close()
    page.deleteLater()
    del page
    flush()
    gc.collect()
    assert gone() is None
    assert not [part() for part in parts if part() is not None]


def test_another_language_reaches_every_word(
    stage: Stage, qtbot: QtBot, qapp: QApplication
) -> None:
    compared(stage)
    page = stage.show(AdvisePage)
    qtbot.waitUntil(lambda: has(page, "Advice", QLabel))
    with shouting(qapp):
        qtbot.waitUntil(lambda: has(page, "LOOK AT THE COMPARISON"))
        assert untranslated(page) == []
        said = find(page, "SCORE CHART", ScoreChart).accessibleDescription()
        assert said == said.upper()
