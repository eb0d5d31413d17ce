"""The chosen interpreter acts at once: on the finder, and on a worker that runs."""

import dataclasses
import sys
from pathlib import Path

import psutil
import pytest

from tests.unit.local.fakes import FakeInterpreter
from workbench.domain.errors import EnvironmentFault
from workbench.domain.models import ModelRef
from workbench.local.generator import LocalGenerator
from workbench.local.interpreter import Interpreter, InterpreterFinder, Source


@dataclasses.dataclass(frozen=True, slots=True)
class ChoosingFinder(InterpreterFinder):
    """Finds the fake worker under the name of what was chosen."""

    def find(self) -> Interpreter:
        chosen = self.chosen()
        if chosen is None:
            raise EnvironmentFault("worker.missing", "None.")
        return Named(chosen, Source.SETTING)


class Named(FakeInterpreter):
    """Takes a last argument that tells two interpreters apart."""

    def command(self, entry: str, *arguments: str) -> list[str]:
        # Not super(): it is another class once slots are added.
        command = FakeInterpreter.command(self, entry, *arguments)
        return [*command, str(self.executable)]


def _pid(generator: LocalGenerator) -> int:
    generator.warm_up(ModelRef())
    assert generator._process
    return generator._process.pid


def test_a_function_is_asked_for_the_choice_each_time(tmp_path: Path) -> None:
    choice: list[Path | None] = [tmp_path / "gone"]
    finder = InterpreterFinder(lambda: choice[0], tmp_path, {}, own=False)

    with pytest.raises(EnvironmentFault) as caught:
        finder.find()
    assert caught.value.code == "worker.wrong_path"
    choice[0] = Path(sys.executable)
    assert finder.find() == Interpreter(Path(sys.executable), Source.SETTING)
    choice[0] = None
    assert not finder.is_available()


def test_a_worker_of_another_interpreter_is_closed(tmp_path: Path) -> None:
    choice: list[Path | None] = [Path("one")]
    finder = ChoosingFinder(lambda: choice[0])
    generator = LocalGenerator(finder, tmp_path, lambda _: tmp_path, tmp_path / "log")
    try:
        first = _pid(generator)
        generator.follow_setting()
        assert _pid(generator) == first

        choice[0] = Path("two")
        generator.follow_setting()
        assert not psutil.pid_exists(first)
        assert not generator.is_running
        second = _pid(generator)

        choice[0] = Path("three")  # nobody told: the next request notices
        assert _pid(generator) != second
        assert not psutil.pid_exists(second)

        choice[0] = None
        generator.follow_setting()
        assert not generator.is_running
    finally:
        generator.close()
