"""Files are checked before anything is kept, and kept once."""

import dataclasses
from pathlib import Path

import pytest

from tests.fakes import Bench
from tests.unit.formats.office import docx, paragraph, pdf, png
from workbench.domain import files
from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.domain.errors import EnvironmentFault, InputError
from workbench.domain.files import FileLimits, check_files, text_alone
from workbench.domain.prompts import Message, Role
from workbench.services.attachments import AttachmentService


@pytest.fixture
def service(bench: Bench) -> AttachmentService:
    return AttachmentService(bench.services.projects)


def nothing_kept(bench: Bench) -> bool:
    return not (bench.services.projects.store.meta.files / "attachments").exists()


def test_a_document_is_kept_with_its_text(
    bench: Bench, service: AttachmentService, tmp_path: Path
) -> None:
    path = tmp_path / "規約.PDF"
    path.write_bytes(pdf("Terms"))
    part = service.add(path)
    assert (part.kind, part.format, part.text) == (FileKind.DOCUMENT, "pdf", "Terms")
    assert (part.name, part.send_as) == ("規約.PDF", SendAs.BLOCK)
    assert service.read(part.content_hash) == path.read_bytes()
    again = service.add_bytes("other.pdf", path.read_bytes(), SendAs.TEXT)
    assert again.content_hash == part.content_hash


def test_an_image_is_what_its_content_says(service: AttachmentService) -> None:
    part = service.add_bytes("photo.jpg", png(2, 2))
    assert (part.kind, part.format, part.text) == (FileKind.IMAGE, "png", "")


def test_a_block_may_go_without_a_text_of_ours(service: AttachmentService) -> None:
    part = service.add_bytes("a.docx", b"PK strange")
    assert part.text == ""
    with pytest.raises(InputError, match="No text") as caught:
        service.sent_as(part, SendAs.TEXT)
    assert caught.value.code == "files.no_text"


def test_sent_otherwise(service: AttachmentService) -> None:
    part = service.add_bytes("a.docx", docx(paragraph("x")))
    as_text = service.sent_as(part, SendAs.TEXT)
    assert service.sent_as(as_text, SendAs.BLOCK) == part


@pytest.mark.parametrize(
    ("name", "content", "send_as", "code"),
    [
        ("a.exe", b"x", SendAs.BLOCK, "files.format"),
        ("noname", b"x", SendAs.BLOCK, "files.format"),
        ("a.txt", b"", SendAs.BLOCK, "files.empty"),
        ("a.txt", b"x" * 4_500_001, SendAs.BLOCK, "files.too_large"),
        ("a.png", b"x" * 3_750_001, SendAs.BLOCK, "files.too_large"),
        ("a.png", b"x", SendAs.BLOCK, "files.not_an_image"),
        ("a.png", png(8001, 1), SendAs.BLOCK, "files.too_many_pixels"),
        ("a.png", png(), SendAs.TEXT, "files.no_text"),
        ("a.pdf", b"x", SendAs.TEXT, "files.damaged"),
        ("a.txt", b" \n", SendAs.TEXT, "files.no_text"),
        ("a.docx", b"\xd0\xcf\x11\xe0", SendAs.BLOCK, "files.protected"),
    ],
)
def test_refused_before_anything_is_kept(
    bench: Bench,
    service: AttachmentService,
    name: str,
    content: bytes,
    send_as: SendAs,
    code: str,
) -> None:
    with pytest.raises(InputError) as caught:
        service.add_bytes(name, content, send_as)
    assert caught.value.code == code
    assert nothing_kept(bench)


def test_a_large_document_can_go_as_its_text(service: AttachmentService) -> None:
    content = b"x" * 1000 + b"\n" * 4_500_000
    assert service.add_bytes("a.txt", content, SendAs.TEXT).text == "x" * 1000


def test_a_large_file_is_not_even_read(
    bench: Bench,
    service: AttachmentService,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "film.txt"
    path.write_bytes(b"12345")
    monkeypatch.setattr(files, "LARGEST_FILE", 4)
    monkeypatch.setattr(Path, "read_bytes", None)
    with pytest.raises(InputError) as caught:
        service.add(path, SendAs.TEXT)
    assert caught.value.details == {"name": "film.txt", "size": 5, "most": 4}


def test_a_file_that_is_gone(service: AttachmentService, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        service.add(tmp_path / "none.txt")
    assert caught.value.code == "file.unreadable"


def part(kind: FileKind, **fields: object) -> FilePart:
    made = FilePart("sha256:0", kind, "pdf", 10, "text", name="n")
    return dataclasses.replace(made, **fields)  # type: ignore[arg-type]


DOCUMENT, IMAGE = part(FileKind.DOCUMENT), part(FileKind.IMAGE)


def said(*parts: FilePart, text: str = "What is it?") -> Message:
    return Message(Role.USER, text, parts)


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([said(*[DOCUMENT] * 3), said(*[DOCUMENT] * 3)], "files.too_many"),
        ([said(*[IMAGE] * 21)], "files.too_many"),
        ([said(part(FileKind.DOCUMENT, size=4_500_001))], "files.too_large"),
        ([said(part(FileKind.IMAGE, send_as=SendAs.TEXT, text=" "))], "files.no_text"),
        ([said(DOCUMENT, text=" ")], "files.no_question"),
    ],
)
def test_requests_the_service_would_refuse(messages: list[Message], code: str) -> None:
    with pytest.raises(InputError) as caught:
        check_files(messages)
    assert caught.value.code == code


def test_requests_within_the_limits() -> None:
    as_text = part(FileKind.DOCUMENT, send_as=SendAs.TEXT, size=9_000_000)
    check_files([said(*[DOCUMENT] * 5, *[IMAGE] * 20, *[as_text] * 7)])
    check_files([said(IMAGE, as_text, text="")])
    with pytest.raises(InputError, match="1 at most"):
        check_files([said(IMAGE, IMAGE)], FileLimits(images=1))


def test_a_model_that_takes_only_text_gets_the_documents_text() -> None:
    message = said(DOCUMENT, part(FileKind.IMAGE, send_as=SendAs.TEXT, text="read off"))
    assert text_alone(message) == (
        '<document name="document-1">\ntext\n</document>\n\n'
        '<document name="image-2">\nread off\n</document>\n\nWhat is it?'
    )
    assert text_alone(said()) == "What is it?"
    for refused, code in (
        (IMAGE, "files.format"),
        (part(FileKind.DOCUMENT, text=" "), "files.no_text"),
    ):
        with pytest.raises(InputError) as caught:
            text_alone(said(refused))
        assert caught.value.code == code
