import dataclasses
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from workbench.domain.errors import InputError
from workbench.domain.jobs import JobKind, JobState
from workbench.domain.models import BUILTIN_MODEL, ModelKind, ModelRef
from workbench.ui.shell import phrases
from workbench.worker.protocol import ErrorClass

PACKAGE = Path(phrases.__file__).parents[2]
CODE = re.compile(r"""["']([a-z]+\.[a-z_]+)["']""")
FILES = {"exe", "json", "jsonl", "log", "pt", "py"}


class Marks(QTranslator):
    """Translates every text into itself between brackets."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return f"<{source}>"


def raised_codes() -> set[str]:
    """Return every dotted name in quotes below the window; file names left out."""
    folders = ("domain", "services", "storage", "local")
    texts = (
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in (PACKAGE / folder).rglob("*.py")
    )
    found = {code for text in texts for code in CODE.findall(text)}
    # Letters are no failures: `remote_phrases.phrase_request` writes them.
    codes = {code for code in found if not code.startswith("administrator.")}
    return {code for code in codes if code.partition(".")[2] not in FILES}


def test_every_code_that_is_raised_has_a_phrase(qapp: QApplication) -> None:
    codes = raised_codes()
    assert {"project.newer", "split.leak", "worker.missing"} <= codes
    assert sorted(code for code in codes if phrases.phrase_code(code) == code) == []


def test_every_kind_of_failure_of_a_worker_has_a_phrase(qapp: QApplication) -> None:
    codes = {kind.value for kind in ErrorClass}
    assert sorted(code for code in codes if phrases.phrase_code(code) == code) == []


def test_known_code_is_phrased(qapp: QApplication) -> None:
    error = InputError("project.newer", "newer")
    assert "newer version of Workbench" in phrases.phrase_error(error)


def test_unknown_code_keeps_its_sentence(qapp: QApplication) -> None:
    assert phrases.phrase_error(InputError("a.b", "So it is.")) == "So it is."


def test_worker_codes_are_known_in_both_spellings(qapp: QApplication) -> None:
    assert phrases.phrase_code("oom") == phrases.phrase_code("OOM") != "OOM"


def test_every_state_and_kind_has_words(qapp: QApplication) -> None:
    assert all(phrases.phrase_state(state) for state in JobState)
    assert all("x" in phrases.phrase_job(kind, "x") for kind in JobKind)


def test_the_models_name_is_a_phrase_and_its_adapters_is_not(
    qapp: QApplication,
) -> None:
    tuned = dataclasses.replace(BUILTIN_MODEL, adapter_ulid="1", adapter_name="tickets")
    local = ModelRef(ModelKind.LOCAL, "mine", "/somewhere")
    marks = Marks(qapp)
    qapp.installTranslator(marks)
    try:
        names = [phrases.phrase_model(model) for model in (tuned, local)]
    finally:
        qapp.removeTranslator(marks)
    assert names == ["<<Built-in toy> + tickets>", "mine"]


def test_undo_step_says_how_many(qapp: QApplication) -> None:
    assert phrases.phrase_undo("rate", 1) == "rating"
    assert phrases.phrase_undo("rate", 12) == "rating (12)"
    assert phrases.phrase_undo("unheard_of") == "unheard_of"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, ""),
        (0.2, "1 s"),
        (7, "7 s"),
        (42, "40 s"),
        (125, "2 min"),
        (5000, "83 min"),
        (7300, "2 h"),
    ],
)
def test_times_are_rough(qapp: QApplication, seconds: float | None, text: str) -> None:
    assert phrases.phrase_seconds(seconds) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 KB"),
        (1400, "1 KB"),
        (2_500_000, "2.5 MB"),
        (250_000_000, "250 MB"),
        (3_200_000_000, "3.2 GB"),
    ],
)
def test_sizes_are_short(size: int, text: str) -> None:
    assert phrases.phrase_bytes(size) == text
