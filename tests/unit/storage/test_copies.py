"""The one file to mail."""

import contextlib
import errno
import threading
from pathlib import Path

import pytest

from tests.unit.storage.samples import CARD, add_trial, raw
from workbench.domain.errors import CancelledError, EnvironmentFault, InputError
from workbench.domain.ports import ProjectFiles, ProjectStore
from workbench.domain.trials import TrialFilter
from workbench.storage import copies

PATH_OF_A_MACHINE = b"".join((b"/home", b"/somebody", b"/model"))
WEIGHTS = bytes(range(256)) * 100


@pytest.fixture
def filled(project: ProjectStore) -> ProjectStore:
    add_trial(project, "日本語の入力")
    content = {
        "adapters/abc/adapter_model.safetensors": WEIGHTS,
        "adapters/abc/README 日本語.md": "説明".encode(),
        "runs/R/events.jsonl": b"{}",
        "runs/R/config.json": PATH_OF_A_MACHINE,
        "runs/R/worker.json": PATH_OF_A_MACHINE,
        "runs/R/worker.log": PATH_OF_A_MACHINE,
        "runs/R/empty.log": b"",
        "runs/R/checkpoints/checkpoint-10/optimizer.pt": b"left behind",
        "backups/old.workbench": b"left behind",
    }
    for name, data in content.items():
        path = project.meta.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return project


def files_in(folder: Path) -> set[str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in paths} - {"lock"}


@pytest.mark.parametrize("part_bytes", [1000, copies._PART_BYTES])
def test_a_copy_holds_everything(
    filled: ProjectStore,
    files: ProjectFiles,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    part_bytes: int,
) -> None:
    monkeypatch.setattr(copies, "_PART_BYTES", part_bytes)
    target = filled.save_copy(tmp_path / "mail" / "copy")
    assert [entry.name for entry in target.parent.iterdir()] == ["copy.workbench"]
    elsewhere = tmp_path / "elsewhere" / "renamed.workbench"
    elsewhere.parent.mkdir()
    target.rename(elsewhere)
    opened = files.open(elsewhere)
    assert opened.meta.ulid == filled.meta.ulid
    assert len(opened.trials.ids(TrialFilter(text="日本語"))) == 1
    assert files_in(opened.meta.files) == {
        "adapters/abc/adapter_model.safetensors",
        "adapters/abc/README 日本語.md",
        "runs/R/events.jsonl",
        "runs/R/empty.log",
    }
    weights = opened.meta.files / "adapters/abc/adapter_model.safetensors"
    assert weights.read_bytes() == WEIGHTS
    opened.close()
    with contextlib.closing(raw(elsewhere)) as connection:
        assert connection.execute("SELECT count(*) FROM attachment").fetchone() == (0,)
    # Unpacked once: what is deleted afterwards stays deleted.
    weights.unlink()
    files.open(elsewhere).close()
    assert not weights.exists()


def test_progress_ends_at_the_total(filled: ProjectStore, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    filled.save_copy(tmp_path / "c", lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]
    assert len({total for _, total in seen}) == 1


def test_stopped_copy_leaves_nothing(filled: ProjectStore, tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        raise CancelledError

    folder = tmp_path / "c"
    with pytest.raises(CancelledError):
        filled.save_copy(folder / "c.workbench", stop)
    assert list(folder.iterdir()) == []


def test_stopped_copy_keeps_the_old_one(filled: ProjectStore, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done == total:
            raise CancelledError

    target = tmp_path / "c" / "c.workbench"
    filled.save_copy(target)
    before = target.read_bytes()
    with pytest.raises(CancelledError):
        filled.save_copy(target, stop)
    assert target.read_bytes() == before


def test_copying_while_writing(
    filled: ProjectStore, files: ProjectFiles, tmp_path: Path
) -> None:
    ended = threading.Event()

    def write() -> None:
        while not ended.is_set():
            add_trial(filled)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        target = filled.save_copy(tmp_path / "c")
    finally:
        ended.set()
        writer.join()
    copy = files.open(target)
    ids = copy.trials.ids(TrialFilter(order="oldest"))
    assert ids == list(range(1, len(ids) + 1))
    copy.close()
    with contextlib.closing(raw(target)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_copying_while_a_run_writes_on(
    filled: ProjectStore,
    files: ProjectFiles,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(copies, "_PART_BYTES", 1000)
    run = filled.meta.files / "runs" / "R"
    (run / "events.jsonl").write_bytes(b"x" * 1500)
    (run / "z.part").write_bytes(b"gone before its turn")

    def go_on(_done: int, _total: int) -> None:
        (run / "z.part").unlink(missing_ok=True)
        with (run / "events.jsonl").open("ab") as events:
            events.write(b"y" * 10)

    target = filled.save_copy(tmp_path / "copied", go_on)
    files.open(target).close()
    unpacked = tmp_path / "copied.files" / "runs" / "R"
    assert (unpacked / "events.jsonl").read_bytes().startswith(b"x" * 1500 + b"y")
    assert not (unpacked / "z.part").exists()


def test_a_copy_onto_itself_is_refused(filled: ProjectStore) -> None:
    with pytest.raises(InputError) as caught:
        filled.save_copy(filled.meta.path)
    assert caught.value.code == "copy.same"


def test_a_place_that_cannot_be_written_is_named(
    filled: ProjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "touch", refuse)
        with pytest.raises(EnvironmentFault) as caught:
            filled.save_copy(tmp_path / "c")
    assert caught.value.code == "file.unwritable"
    assert str(tmp_path / "c") in caught.value.sentence
    assert not list(tmp_path.glob("*.part"))


def test_nothing_of_this_computer_travels(filled: ProjectStore, tmp_path: Path) -> None:
    assert b"somebody" not in filled.save_copy(tmp_path / "c").read_bytes()


def test_an_open_project_is_not_replaced(
    filled: ProjectStore, files: ProjectFiles, tmp_path: Path
) -> None:
    other = files.create(tmp_path / "other", "other", CARD)
    with pytest.raises(EnvironmentFault) as caught:
        filled.save_copy(other.meta.path)
    assert caught.value.code == "project.locked"
    other.close()
    filled.save_copy(other.meta.path)
    replaced = files.open(other.meta.path)
    assert replaced.meta.ulid == filled.meta.ulid
    replaced.close()


@pytest.mark.parametrize(
    "name", ["../evil", "/tmp/evil", "a/../../evil", "C:/evil", "a\\..\\evil", ""]
)
def test_an_attachment_stays_inside(
    filled: ProjectStore, files: ProjectFiles, tmp_path: Path, name: str
) -> None:
    target = filled.save_copy(tmp_path / "mail" / "c")
    with contextlib.closing(raw(target)) as connection:
        connection.execute(
            "UPDATE attachment SET path = ? WHERE path LIKE '%R/ev%'", (name,)
        )
    with pytest.raises(EnvironmentFault) as caught:
        files.open(target)
    assert caught.value.code == "project.unreadable"
    assert not list(tmp_path.rglob("*evil*"))


def test_a_damaged_attachment_is_refused(
    filled: ProjectStore, files: ProjectFiles, tmp_path: Path
) -> None:
    target = filled.save_copy(tmp_path / "mail" / "c")
    with contextlib.closing(raw(target)) as connection:
        connection.execute("UPDATE attachment SET content = x'00' WHERE part = 0")
    with pytest.raises(EnvironmentFault) as caught:
        files.open(target)
    assert caught.value.code == "project.unreadable"


def test_links_do_not_travel(filled: ProjectStore, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    try:
        (filled.meta.files / "runs" / "link").symlink_to(secret)
    except OSError:
        pytest.skip("links are not allowed here")
    assert b"secret" not in filled.save_copy(tmp_path / "c").read_bytes()
