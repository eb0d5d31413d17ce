"""Files of the prompt: added, refused with the reason, sent one way or the other."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from tests.ui.lab.stage import Desk, wait
from tests.ui.shell import audit
from tests.ui.tune.stage import find, has, press, texts
from workbench.domain.content import FilePart, SendAs
from workbench.domain.prompts import PromptSpec
from workbench.ui.lab.page import LabPage

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000a49444154789c63000100000500010d0a2db40000000049454e44ae426082"
)


def lab(desk: Desk) -> LabPage:
    desk.services.lab.save_draft(PromptSpec("Rules.", "{{ticket}}"), {"ticket": "x"})
    page = desk.open_page(LabPage)
    wait(lambda: page.draft.is_loaded)
    wait(page.run_bar.button.isEnabled)
    return page


def written(folder: Path, name: str, content: bytes = b"Lamps: two years.") -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def kept(desk: Desk) -> tuple[FilePart, ...]:
    return desk.services.lab.draft().spec.files


def test_a_dropped_file_goes_along_and_is_sent(desk: Desk, tmp_path: Path) -> None:
    page = lab(desk)
    assert page.files_dropped((written(tmp_path, "terms.txt"),))
    wait(lambda: len(kept(desk)) == 1)
    assert kept(desk)[0].text == "Lamps: two years."
    assert "17 bytes" in texts(page)
    press(page, "Run")
    wait(lambda: page.answer.trial is not None)
    assert desk.bench.generator.requests[-1].messages[-1].files == kept(desk)
    assert desk.services.attachments.read(kept(desk)[0].content_hash)


def test_how_a_document_is_sent_is_a_visible_choice(desk: Desk, tmp_path: Path) -> None:
    page = lab(desk)
    page.files_dropped((written(tmp_path, "terms.txt"),))
    wait(lambda: has(page, "How “terms.txt” is sent: as a file"))
    press(page, "How “terms.txt” is sent: as a file")
    wait(lambda: has(page, "How “terms.txt” is sent: as its text"))
    wait(lambda: kept(desk)[0].send_as is SendAs.TEXT)
    assert not audit.nameless(page)


def test_a_picture_goes_as_it_is(desk: Desk, tmp_path: Path) -> None:
    page = lab(desk)
    page.files_dropped((written(tmp_path, "lamp.png", PNG),))
    wait(lambda: len(kept(desk)) == 1)
    assert "as a picture" in texts(page)


def test_what_cannot_go_along_is_said_at_once(desk: Desk, tmp_path: Path) -> None:
    page = lab(desk)
    assert not page.files_dropped((written(tmp_path, "a.zip"),)), "others may want it"
    page.files_dropped((written(tmp_path, "no.png"),))
    wait(lambda: page.prompt.files._problem.isVisible())
    assert "no.png" in page.prompt.files._problem.text()
    page.files_dropped((written(tmp_path, "terms.txt"),))
    wait(lambda: len(kept(desk)) == 1)
    assert not page.prompt.files._problem.isVisible()


def test_more_documents_than_a_request_takes_are_refused(
    desk: Desk, tmp_path: Path
) -> None:
    page = lab(desk)
    paths = [written(tmp_path, f"{n}.txt", f"{n}".encode()) for n in range(6)]
    page.files_dropped(tuple(paths))
    wait(lambda: page.prompt.files._problem.isVisible())
    wait(lambda: len(kept(desk)) == 5)


def test_a_file_is_kept_once_and_removed(desk: Desk, tmp_path: Path) -> None:
    page = lab(desk)
    path = written(tmp_path, "terms.txt")
    page.files_dropped((path,))
    wait(lambda: len(kept(desk)) == 1)
    page.files_dropped((path, written(tmp_path, "more.txt", b"x")))
    wait(lambda: len(kept(desk)) == 2)
    press(page, "Remove “more.txt”")
    wait(lambda: len(kept(desk)) == 1)
    find(page, "Remove “terms.txt”", QPushButton).setFocus()
    press(page, "Remove “terms.txt”")
    wait(lambda: not kept(desk))
    wait(lambda: not has(page, "Remove “terms.txt”"))
