import errno
import json
import shutil
from pathlib import Path

import pytest

from tests.fakes import Bench, make_bench
from tests.unit.services.conftest import CARD, SPEC, Recorder
from workbench.domain.errors import CancelledError, EnvironmentFault, InputError
from workbench.domain.jobs import JobState
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.trials import TrialStatus
from workbench.services.events import Event, JobChanged, ProjectClosed, ProjectOpened
from workbench.services.preferences import PreferencesService


def test_a_new_project_is_open_and_recent(bench: Bench, tmp_path: Path) -> None:
    projects = bench.services.projects
    assert projects.path() == tmp_path / "project.workbench"
    assert (projects.name(), projects.card()) == ("Tickets", CARD)
    assert [recent.path for recent in projects.recent()] == [projects.path()]


def test_an_existing_file_is_never_overwritten(bench: Bench) -> None:
    with pytest.raises(EnvironmentFault):
        bench.services.projects.create(bench.services.projects.path(), "Other", CARD)
    assert bench.services.projects.name() == "Tickets"


def test_a_failed_opening_leaves_the_open_project(bench: Bench, tmp_path: Path) -> None:
    stranger = tmp_path / "photo.workbench"
    stranger.write_bytes(b"not a database at all" * 100)
    with pytest.raises(InputError):
        bench.services.projects.open(stranger)
    assert bench.services.projects.name() == "Tickets"


def test_trials_of_a_dead_process_are_interrupted(bench: Bench) -> None:
    bench.generator.gate.clear()
    started = bench.services.lab.run(SPEC, {"ticket": "x"}, BUILTIN_MODEL)
    bench.generator.started.wait(5)
    store = bench.services.projects.store
    store.trials.interrupt_running()
    trial = bench.services.lab.trial(started.trial_id)
    assert trial.outcome.status is TrialStatus.INTERRUPTED


def test_the_sample_is_copied_once_and_then_the_persons(tmp_path: Path) -> None:
    bench = make_bench(tmp_path)
    shipped = tmp_path / "resources" / "sample" / "en"
    shipped.mkdir(parents=True)
    projects = bench.services.projects
    projects.create(shipped / "sample", "Sample", CARD)
    projects.close()
    heard: list[object] = []
    bench.services.events.subscribe(heard.append)
    projects.open_sample()
    projects.rename("Mine")
    projects.close()
    projects.open_sample()
    assert projects.is_sample()
    assert projects.name() == "Mine"
    kinds = [type(event) for event in heard]
    assert kinds.count(ProjectOpened) == 2
    assert ProjectClosed in kinds
    bench.services.close()


def test_the_sample_speaks_the_language_asked_for(tmp_path: Path) -> None:
    bench = make_bench(tmp_path)
    projects = bench.services.projects
    for language, name in (("en", "Tickets"), ("ja", "問い合わせ")):
        shipped = tmp_path / "resources" / "sample" / language
        shipped.mkdir(parents=True)
        projects.create(shipped / "sample", name, CARD)
    projects.open_sample("ja")
    assert (projects.name(), projects.is_sample()) == ("問い合わせ", True)
    projects.open_sample("fr")
    assert (projects.name(), projects.is_sample()) == ("Tickets", True)
    assert projects.sample_path("ja").exists()
    bench.services.close()


def test_a_missing_sample_is_said(tmp_path: Path) -> None:
    bench = make_bench(tmp_path)
    with pytest.raises(EnvironmentFault, match="sample"):
        bench.services.projects.open_sample()
    bench.services.close()


def test_a_sample_that_cannot_be_copied_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = make_bench(tmp_path)
    shipped = tmp_path / "resources" / "sample" / "en" / "sample.workbench"
    shipped.parent.mkdir(parents=True)
    shipped.write_bytes(b"whatever")

    def full(_source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(EnvironmentFault) as caught:
        bench.services.projects.open_sample()
    assert caught.value.code == "disk.full"
    assert not list(bench.services.projects.sample_path().parent.glob("*.part"))
    bench.services.close()


def test_a_copy_that_is_stopped_leaves_no_file(
    bench: Bench, tmp_path: Path, heard: Recorder
) -> None:
    services, target = bench.services, tmp_path / "copy.workbench"

    def stop(event: Event) -> None:
        if isinstance(event, JobChanged) and event.job.state is JobState.RUNNING:
            services.jobs.cancel(event.job.ulid)

    services.events.subscribe(stop)
    with pytest.raises(CancelledError):
        services.projects.save_copy(target).future.result(9)
    assert not list(tmp_path.glob("copy*"))
    assert heard.of(JobChanged)[-1].job.state is JobState.CANCELLED


def test_a_project_that_fails_while_opening_is_not_locked(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    projects, path = bench.services.projects, bench.services.projects.path()
    projects.create(tmp_path / "other", "Other", CARD)

    def fail(_: object) -> None:
        raise EnvironmentFault("disk.full", "The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(type(projects.store.trials), "interrupt_running", fail)
        with pytest.raises(EnvironmentFault, match="full"):
            projects.open(path)
    assert projects.name() == "Other"
    projects.open(path)
    assert projects.name() == "Tickets"


def test_a_copy_opens_elsewhere(bench: Bench, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "copy.workbench"
    target.parent.mkdir()
    bench.services.projects.save_copy(target).future.result(9)
    bench.services.projects.open(target)
    assert bench.services.projects.card() == CARD


def test_without_a_project_services_say_so(tmp_path: Path) -> None:
    bench = make_bench(tmp_path)
    with pytest.raises(InputError, match="No project"):
        bench.services.lab.draft()
    assert bench.services.undo.state().undo_label == ""
    bench.services.close()


def test_preferences_survive_and_broken_files_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "config" / "preferences.json"
    PreferencesService(path).change(language="ja", model_folders=("/a", "/日本"))
    again = PreferencesService(path).current
    assert (again.language, again.model_folders) == ("ja", ("/a", "/日本"))
    path.write_text("{broken", encoding="utf-8")
    assert PreferencesService(path).current.language == "system"
    path.write_text(json.dumps({"language": 3, "other": 1}), encoding="utf-8")
    assert PreferencesService(path).current.language == "system"


def test_another_project_ends_an_answer_and_keeps_what_had_arrived(
    bench: Bench, tmp_path: Path
) -> None:
    projects = bench.services.projects
    path = projects.path()
    bench.generator.gate.clear()
    started = bench.services.lab.run(SPEC, {"ticket": "x"}, BUILTIN_MODEL)
    bench.generator.started.wait(5)
    projects.create(tmp_path / "other", "Other", CARD)
    assert started.job.future.exception(5) is not None
    projects.open(path)
    outcome = bench.services.lab.trial(started.trial_id).outcome
    assert (outcome.status, outcome.output) == (TrialStatus.CANCELLED, "The")
