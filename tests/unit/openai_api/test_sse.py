"""Streams of events, however they were cut."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from workbench.openai_api.sse import events


def test_comments_other_fields_and_missing_blanks() -> None:
    content = b": ping\n\nevent: x\nid: 7\ndata:one\n\nretry: 3\ndata:  two\n\n"
    assert list(events([content])) == ["one", " two"]


def test_data_over_several_lines_is_one_event() -> None:
    assert list(events([b"data: a\ndata: b\ndata\ndata:\n\n"])) == ["a\nb\n\n"]


def test_all_line_endings() -> None:
    assert list(events([b"data: a\r\n\r\ndata: b\r\rdata: c\n\n"])) == ["a", "b", "c"]


def test_an_event_that_the_end_cut_off_is_kept() -> None:
    assert list(events([b"data: a\n\nda", b"ta: [DONE]"])) == ["a", "[DONE]"]


def test_a_byte_order_mark_and_broken_bytes() -> None:
    assert list(events([b"\xef\xbb\xbfdata: a\n\n", b"data: \xff\n\n"])) == ["a", "�"]


def test_an_event_is_there_as_soon_as_it_is_complete() -> None:
    chunks = iter([b"data: a\r\n\r\n"])
    assert next(events(chunks)) == "a"


@given(
    texts=st.lists(
        st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"])),
        min_size=1,
    ),
    ending=st.sampled_from(["\n", "\r\n"]),
    cuts=st.lists(st.integers(0, 400)),
)
def test_cuts_make_no_difference(
    texts: list[str], ending: str, cuts: list[int]
) -> None:
    content = "".join(f"data: {text}{ending}{ending}" for text in texts).encode()
    places = sorted({0, len(content), *(cut for cut in cuts if cut < len(content))})
    chunks = [content[a:b] for a, b in itertools.pairwise(places)]
    assert list(events(chunks)) == texts
