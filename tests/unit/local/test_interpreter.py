"""Which interpreter is taken, and what a worker's environment holds."""

import sys
from pathlib import Path

import pytest

from workbench.domain.errors import EnvironmentFault
from workbench.local import interpreter
from workbench.local.interpreter import InterpreterFinder, Source, child_environment


def _environment(folder: Path, *, torch: bool) -> Path:
    python = interpreter.python_of(folder)
    python.parent.mkdir(parents=True)
    python.touch()
    library = folder / "lib" / "python3.11" / "site-packages"
    library.mkdir(parents=True)
    if torch:
        (library / "torch").mkdir()
        (library / "torch" / "version.py").touch()
    return python


def test_the_order_is_variable_setting_checkout(tmp_path: Path) -> None:
    named = _environment(tmp_path / "名前 one", torch=True)
    chosen = _environment(tmp_path / "two", torch=True)
    beside = _environment(tmp_path / ".venv-worker", torch=True)

    def find(setting: Path | None, **environ: str) -> tuple[Path, Source]:
        found = InterpreterFinder(setting, tmp_path, environ, own=False).find()
        return found.executable, found.source

    variable = {interpreter.VARIABLE: str(named)}
    assert find(chosen, **variable) == (named, Source.VARIABLE)
    assert find(chosen) == (chosen, Source.SETTING)
    assert find(None) == (beside, Source.CHECKOUT)


def test_an_environment_without_torch_is_passed_over(tmp_path: Path) -> None:
    _environment(tmp_path / ".venv-worker", torch=False)
    finder = InterpreterFinder(None, tmp_path, {}, own=False)

    assert not finder.is_available()
    with pytest.raises(EnvironmentFault) as caught:
        finder.find()
    assert caught.value.code == "worker.missing"
    assert ".venv-worker" in str(caught.value.details["looked_at"])


def test_a_named_one_that_is_gone_is_an_error_not_a_fallback(tmp_path: Path) -> None:
    _environment(tmp_path / ".venv-worker", torch=True)

    with pytest.raises(EnvironmentFault) as caught:
        InterpreterFinder(tmp_path / "gone", tmp_path, {}).find()
    assert caught.value.code == "worker.wrong_path"


def test_a_frozen_program_is_no_interpreter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert not InterpreterFinder(None, tmp_path, {}).is_available()


def test_commands_name_the_worker_by_path(tmp_path: Path) -> None:
    python = _environment(tmp_path / ".venv-worker", torch=True)
    found = InterpreterFinder(None, tmp_path, {}, own=False).find()
    command = found.command("train", "--run-dir", "a b")

    assert command[0] == str(python)
    assert Path(command[1]).name == "__main__.py"
    assert Path(command[1]).is_file()
    assert command[2:] == ["train", "--run-dir", "a b"]


def test_a_worker_sees_one_gpu_and_nothing_of_this_python(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/here")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "2,3")
    found = child_environment()

    assert "PYTHONPATH" not in found
    assert found["CUDA_VISIBLE_DEVICES"] == "2"
    assert found["PYTHONUTF8"] == "1"
    assert found["HF_HUB_OFFLINE"] == "1"
