import hashlib
from pathlib import Path

import pytest

from workbench.domain.errors import EnvironmentFault
from workbench.domain.ports import ProjectFiles, ProjectStore


def folder(project: ProjectStore) -> Path:
    return project.meta.files / "attachments"


def test_the_same_bytes_are_kept_once(project: ProjectStore) -> None:
    digest = project.blobs.put(b"abc")
    assert digest == "sha256:" + hashlib.sha256(b"abc").hexdigest()
    assert project.blobs.put(b"abc") == digest
    assert [path.name for path in folder(project).iterdir()] == [digest[7:]]
    assert project.blobs.get(digest) == b"abc"
    assert project.blobs.has(digest)
    assert project.sizes()["attachments"] == 3


def test_what_is_damaged_is_mended_by_the_same_file(project: ProjectStore) -> None:
    digest = project.blobs.put(b"abc")
    (folder(project) / digest[7:]).write_bytes(b"ab")
    project.blobs.put(b"abc")
    assert project.blobs.get(digest) == b"abc"


@pytest.mark.parametrize(
    "name", ["sha256:" + "0" * 64, "", "../p.workbench", "sha256:../" + "0" * 61]
)
def test_what_is_not_there(project: ProjectStore, name: str) -> None:
    assert not project.blobs.has(name)
    with pytest.raises(EnvironmentFault) as caught:
        project.blobs.get(name)
    assert caught.value.code == "files.gone"


def test_what_was_changed_is_not_sent(project: ProjectStore) -> None:
    digest = project.blobs.put(b"abc")
    (folder(project) / digest[7:]).write_bytes(b"xyz")
    with pytest.raises(EnvironmentFault, match="changed"):
        project.blobs.get(digest)


def test_a_copy_takes_files_along(
    project: ProjectStore, files: ProjectFiles, tmp_path: Path
) -> None:
    digest = project.blobs.put(b"abc")
    copy = files.open(project.save_copy(tmp_path / "elsewhere" / "copy.workbench"))
    try:
        assert copy.blobs.get(digest) == b"abc"
    finally:
        copy.close()
