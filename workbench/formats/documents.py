"""The text of a document, for models that take no documents, and for search.

What is read is what a reader sees, in order: no layout, no pictures. The readers of
foreign formats are imported when they are needed.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from workbench.domain.errors import InputError
from workbench.formats.text import decode

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_CHARACTERS = 2_000_000
_MOST_UNPACKED = 200_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document_text(content: bytes, format: str) -> str:  # noqa: A002 - AWS's word
    """Return the text of a document.

    Args:
        content: the file.
        format: txt, md, csv, html, docx, xlsx or pdf.

    Raises:
        InputError: ``files.damaged`` when it cannot be read, ``files.protected`` when
            it wants a password, ``files.too_much_text``.
    """
    read = _READERS[format]
    try:
        text = _tidied(read(content))
    except InputError:
        raise
    except Exception as error:  # readers fail on foreign files in any way
        raise InputError(
            "files.damaged",
            f"The file cannot be read as {format}: {error}",
            {"format": format, "reason": str(error)},
        ) from error
    if len(text) > MOST_CHARACTERS:
        raise InputError(
            "files.too_much_text",
            f"The file has {len(text):,} characters: {MOST_CHARACTERS:,} at most.",
            {"count": len(text), "most": MOST_CHARACTERS},
        )
    return text


def _tidied(text: str) -> str:
    """Return text with one kind of line end and no runs of empty lines."""
    lines = (line.rstrip() for line in text.replace("\0", "").splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _plain(content: bytes) -> str:
    return decode(content).text


# ------------------------------------------------------------------ html

_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt"),
        *("fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table"),
        *("tr", "ul", "title"),
    }
)
_UNSEEN = frozenset({"script", "style", "template", "noscript"})


class _Html(HTMLParser):
    """Collects what is seen, a line for each block and a tab between cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0
        self._kept_as_is = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self._kept_as_is += tag == "pre"
        if tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag in {"td", "th"}:
            self.pieces.append("\t")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        self._kept_as_is = max(0, self._kept_as_is - (tag == "pre"))
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            text = data if self._kept_as_is else re.sub(r"[^\S\u3000]+", " ", data)
            self.pieces.append(text)


def _html(content: bytes) -> str:
    head = content[:2048].decode("ascii", "replace")
    named = re.search(r"""charset\s*=\s*["']?([\w-]+)""", head, re.IGNORECASE)
    try:
        text = decode(content, named[1] if named else None).text
    except LookupError:
        text = decode(content).text
    parser = _Html()
    parser.feed(text)
    parser.close()
    lines = "".join(parser.pieces).split("\n")
    return "\n".join(line.strip(" \t") for line in lines)


# ------------------------------------------------------------------ office


def _checked_zip(content: bytes) -> zipfile.ZipFile:
    """Open an archive that does not unpack to more than memory can take."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    size = sum(item.file_size for item in archive.infolist())
    if size > _MOST_UNPACKED:
        raise InputError(
            "files.too_much_text",
            f"The file unpacks to {size:,} bytes: {_MOST_UNPACKED:,} at most.",
            {"count": size, "most": _MOST_UNPACKED},
        )
    return archive


def _docx(content: bytes) -> str:
    from defusedxml.ElementTree import fromstring

    _refuse_protected(content)
    with _checked_zip(content) as archive:
        body = fromstring(archive.read("word/document.xml")).find(f"{_W}body")
    return "" if body is None else "\n".join(_blocks(body))


def _blocks(parent: "Element") -> Iterator[str]:
    """Yield paragraphs, and a line for each row of a table."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield _paragraph(child)
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                cells = (" ".join(_blocks(cell)) for cell in row.iter(f"{_W}tc"))
                yield "\t".join(cells)
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent"}:
            yield from _blocks(child)


def _paragraph(paragraph: "Element") -> str:
    pieces = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
    return "".join(
        (node.text or "") if node.tag == f"{_W}t" else pieces.get(node.tag, "")
        for node in paragraph.iter()
    )


def _xlsx(content: bytes) -> str:
    import openpyxl

    _refuse_protected(content)
    _checked_zip(content).close()
    # Formulas give the value they had when the file was saved.
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheets = []
        for sheet in book.worksheets:
            rows = (map(_cell, row) for row in sheet.iter_rows(values_only=True))
            lines = ("\t".join(row).rstrip("\t") for row in rows)
            sheets.append("\n".join((f"# {sheet.title}", *lines)))
        return "\n\n".join(sheets)
    finally:
        book.close()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return text.replace("\t", " ").replace("\n", " ")


def _refuse_protected(content: bytes) -> None:
    # Office files with a password are OLE containers, not archives.
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _protected()


# ------------------------------------------------------------------ pdf


def _pdf(content: bytes) -> str:
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise _protected()
    return "\n\n".join(page.extract_text() for page in reader.pages)


def _protected() -> InputError:
    return InputError("files.protected", "The file is protected by a password.")


_READERS: dict[str, Callable[[bytes], str]] = {
    "txt": _plain,
    "md": _plain,
    "csv": _plain,
    "html": _html,
    "docx": _docx,
    "xlsx": _xlsx,
    "pdf": _pdf,
}
