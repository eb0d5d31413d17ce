import io
import struct
import zipfile

import pypdf
import pytest

from tests.unit.formats.office import docx, paragraph, pdf, png, xlsx
from workbench.domain.errors import InputError
from workbench.formats import documents
from workbench.formats.documents import document_text
from workbench.formats.images import ImageInfo, image_info


def refused(content: bytes, form: str) -> str:
    with pytest.raises(InputError) as caught:
        document_text(content, form)
    return caught.value.code


@pytest.mark.parametrize("form", ["txt", "md", "csv"])
def test_plain_text_in_any_encoding(form: str) -> None:
    for encoding in ("utf-8-sig", "cp932", "utf-16"):
        content = "見出し,値\r\n\r\n\r\n\r\nりんご,1\r\n".encode(encoding)
        assert document_text(content, form) == "見出し,値\n\nりんご,1"


def test_html_is_read_as_it_is_seen() -> None:
    page = """<html><head><title>T</title><style>p {}</style></head><body>
    <h1>Head&amp;line</h1><p>One   <b>two</b>
    three<br>four</p><script>var x = "no";</script>
    <table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>
    <pre>x  y</pre></body></html>"""
    lines = [line for line in document_text(page.encode(), "html").split("\n") if line]
    wanted = ["T", "Head&line", "One two three", "four", "a\tb", "1\t2", "x  y"]
    assert lines == wanted


def test_html_says_its_own_encoding() -> None:
    page = '<meta charset="euc-jp"><p>日本語</p>'.encode("euc-jp")
    assert "日本語" in document_text(page, "html")
    strange = b'<meta charset="none-such"><p>text</p>'
    assert "text" in document_text(strange, "html")


def test_docx_paragraphs_and_tables() -> None:
    cell = "<w:tc>{}</w:tc>".format
    row = f"<w:tr>{cell(paragraph('a'))}{cell(paragraph('b'))}</w:tr>"
    inner = paragraph("held")
    body = (
        paragraph("一行目")
        + "<w:p><w:r><w:t>x</w:t><w:tab/><w:t>y</w:t><w:br/><w:t>z</w:t></w:r></w:p>"
        + f"<w:tbl>{row}</w:tbl>"
        + f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )
    assert document_text(docx(body), "docx") == "一行目\nx\ty\nz\na\tb\nheld"


def test_docx_with_entities_is_refused() -> None:
    """A bomb of entities would unfold to all the memory there is."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        text = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        archive.writestr("word/document.xml", text)
    assert refused(data.getvalue(), "docx") == "files.damaged"


def test_xlsx_sheets_rows_and_cells() -> None:
    content = xlsx({"一": [["a", None, 1], ["two\nlines", 2.5]], "二": [["x"]]})
    text = "# 一\na\t\t1\ntwo lines\t2.5\n\n# 二\nx"
    assert document_text(content, "xlsx") == text


def test_pdf_pages() -> None:
    assert document_text(pdf("First page", "Second"), "pdf") == "First page\n\nSecond"


@pytest.mark.parametrize("form", ["docx", "xlsx", "pdf"])
def test_damage_is_named(form: str) -> None:
    assert refused(b"nothing of the sort", form) == "files.damaged"
    assert refused(docx(paragraph("x"))[:40], form) == "files.damaged"


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_password_is_named(form: str) -> None:
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", form) == "files.protected"


def test_a_locked_pdf_is_named() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("secret")))
    writer.encrypt("word", algorithm="RC4-128")
    data = io.BytesIO()
    writer.write(data)
    assert refused(data.getvalue(), "pdf") == "files.protected"


def test_too_much_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_CHARACTERS", 3)
    assert refused(b"four", "txt") == "files.too_much_text"
    monkeypatch.setattr(documents, "_MOST_UNPACKED", 3)
    assert refused(docx(paragraph("x")), "docx") == "files.too_much_text"


JPEG = (
    b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc4\x00\x02"
    b"\xff\xc2\x00\x0b\x08\x00\x02\x00\x03\x01\x01\x11\x00"
)


@pytest.mark.parametrize(
    ("data", "info"),
    [
        (png(3, 2), ImageInfo("png", 3, 2)),
        (b"GIF89a" + struct.pack("<HH", 3, 2), ImageInfo("gif", 3, 2)),
        (JPEG, ImageInfo("jpeg", 3, 2)),
        (
            b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x02\0\0\x01\0\0",
            ImageInfo("webp", 3, 2),
        ),
        (
            b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x02\x40\0\0\0\0\0\0\0",
            ImageInfo("webp", 3, 2),
        ),
        (
            b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x03\0\x02\0",
            ImageInfo("webp", 3, 2),
        ),
        (b"", None),
        (b"%PDF-1.4", None),
        (png()[:20], None),
        (JPEG[:14], None),
        (b"\xff\xd8\x00\x00", None),
        (b"RIFF\0\0\0\0WEBPELSE", None),
    ],
)
def test_what_an_image_says_of_itself(data: bytes, info: ImageInfo | None) -> None:
    assert image_info(data) == info
