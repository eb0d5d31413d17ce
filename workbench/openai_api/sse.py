"""Server-sent events, read as servers really send them.

The standard (https://html.spec.whatwg.org/multipage/server-sent-events.html) allows
three line endings, comments, fields without a blank and data over several lines; reads
end anywhere, also inside a character. Beyond it, an event that is cut off by the end of
the stream is handed over all the same: some servers leave out the last empty line.
"""

import codecs
import io
from collections.abc import Iterable, Iterator


class EventParser:
    """Turns bytes into the data of events, however the bytes were divided."""

    def __init__(self) -> None:
        """Start before the first byte."""
        utf8 = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
        self._decoder = io.IncrementalNewlineDecoder(utf8, translate=True)
        self._rest = ""
        self._data: list[str] = []

    def feed(self, received: bytes) -> Iterator[str]:
        """Yield the data of every event that is complete now."""
        yield from self._read(self._decoder.decode(received))

    def close(self) -> Iterator[str]:
        """Yield the data of an event that the end of the stream cut off."""
        yield from self._read(self._decoder.decode(b"", final=True) + "\n\n")

    def _read(self, text: str) -> Iterator[str]:
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            if line:
                self._take(line)
            elif self._data:
                data, self._data = "\n".join(self._data), []
                yield data

    def _take(self, line: str) -> None:
        # A line that begins with a colon is a comment: its field has no name.
        field, _, value = line.partition(":")
        if field == "data":
            self._data.append(value.removeprefix(" "))


def events(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield the data of every event of a stream."""
    parser = EventParser()
    for chunk in chunks:
        yield from parser.feed(chunk)
    yield from parser.close()
