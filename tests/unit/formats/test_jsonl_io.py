import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.formats.conversation import Dialect, Record, Turn
from workbench.formats.jsonl_io import detect_dialect, read_jsonl, read_records
from workbench.formats.problems import ProblemCode

BEDROCK = {
    "schemaVersion": "bedrock-conversation-2024",
    "system": [{"text": "Be brief."}],
    "messages": [
        {"role": "user", "content": [{"text": "A?"}]},
        {"role": "assistant", "content": [{"text": "a"}]},
        {"role": "user", "content": [{"text": "B?"}, {"text": "Really?"}]},
        {"role": "assistant", "content": [{"text": "b"}]},
    ],
}
OPENAI = {
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "A?"},
        {"role": "assistant", "content": "a"},
        {"role": "user", "content": [{"type": "text", "text": "B?"}]},
        {"role": "assistant", "content": "b"},
    ],
    "tags": ["easy", "first"],
}
CLAUDE = {
    "system": "Be brief.",
    "messages": [
        {"role": "user", "content": "B?"},
        {"role": "assistant", "content": "b"},
    ],
}
TRL = {
    "prompt": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "B?"},
    ],
    "completion": [{"role": "assistant", "content": "b"}],
}
QUESTION = {"role": "user", "content": "A?"}
ANSWER = {"role": "assistant", "content": "a"}
SHOTS = (Turn("user", "A?"), Turn("assistant", "a"))


def lines(*values: object) -> bytes:
    return "\n".join(json.dumps(v, ensure_ascii=False) for v in values).encode()


def only(value: object) -> Record:
    file = read_records(lines(value))
    assert file.problems == ()
    return file.records[0]


@pytest.mark.parametrize(
    ("value", "dialect"),
    [
        (BEDROCK, Dialect.BEDROCK_CONVERSATION),
        ({"messages": BEDROCK["messages"]}, Dialect.BEDROCK_CONVERSATION),
        (OPENAI, Dialect.OPENAI_CHAT),
        (CLAUDE, Dialect.OPENAI_CHAT),
        (TRL, Dialect.TRL_PROMPT_COMPLETION),
        ({"prompt": "A", "completion": "b"}, Dialect.TRL_PROMPT_COMPLETION),
        ({"question": "A", "label": "b"}, Dialect.PLAIN),
    ],
)
def test_dialects(value: dict[str, object], dialect: Dialect) -> None:
    assert detect_dialect(value) is dialect
    assert read_records(lines(value, value)).dialects == {dialect: 2}


def test_bedrock() -> None:
    record = only(BEDROCK)
    assert record == Record({"input": "B?\nReally?"}, "b", "Be brief.", SHOTS, row=1)


def test_openai_with_tags() -> None:
    record = only(OPENAI)
    assert (record.inputs, record.answer) == ({"input": "B?"}, "b")
    assert (record.system, record.turns) == ("Be brief.", SHOTS)
    assert record.tags == ("easy", "first")


@pytest.mark.parametrize("value", [CLAUDE, TRL])
def test_conversations_without_shots(value: object) -> None:
    assert only(value) == Record({"input": "B?"}, "b", "Be brief.", row=1)


def test_plain_texts() -> None:
    assert only({"prompt": "A", "completion": "b"}).inputs == {"prompt": "A"}
    record = only({"id": 7, "text": "A", "label": "b", "tags": "x, y", "group": "d"})
    assert record.inputs == {"id": "7", "text": "A"}
    assert (record.answer, record.tags, record.group) == ("b", ("x", "y"), "d")


def test_the_answer_key_can_be_chosen() -> None:
    file = read_records(lines({"q": "A", "gold": ["b", 1]}), answer_key="gold")
    assert file.records[0].answer == '["b", 1]'


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"messages": []}, ProblemCode.NO_INPUT),
        ({"messages": [{"role": "user", "content": "A"}]}, ProblemCode.NO_ANSWER),
        ({"messages": [{"role": "bot", "content": "A"}]}, ProblemCode.UNKNOWN_ROLE),
        ({"messages": ["A"]}, ProblemCode.NOT_AN_OBJECT),
        (
            {"messages": [ANSWER, QUESTION]},
            ProblemCode.NO_ANSWER,
        ),
        (
            {"messages": [ANSWER, QUESTION, ANSWER]},
            ProblemCode.ROLES_DO_NOT_ALTERNATE,
        ),
        (
            {
                "prompt": [{"role": "user", "content": " "}],
                "completion": TRL["completion"],
            },
            ProblemCode.EMPTY_MESSAGE,
        ),
        (
            {"messages": [{"role": "user", "content": [{"image": {}}]}]},
            ProblemCode.UNSUPPORTED_CONTENT,
        ),
        ({"answer": "b"}, ProblemCode.NO_INPUT),
    ],
)
def test_unusable_records_are_problems(value: object, code: ProblemCode) -> None:
    file = read_records(lines(CLAUDE, value, CLAUDE))
    assert [record.row for record in file.records] == [1, 3]
    (problem,) = file.problems
    assert (problem.row, problem.code, problem.rejected) == (2, code, True)
    assert json.loads(problem.cells[0]) == value


def test_bad_lines_blank_lines_and_a_mark() -> None:
    data = b'\xef\xbb\xbf{"q":"1"}\r\n\r\n{"q":\n[1]\n{"q":"2","q":"3"}\n{"q":"4"}'
    file = read_jsonl(data)
    assert file.encoding == "utf-8-sig"
    assert [(row.row, row.value) for row in file.rows] == [
        (1, {"q": "1"}),
        (6, {"q": "4"}),
    ]
    assert [(p.row, p.code) for p in file.problems] == [
        (3, ProblemCode.NOT_JSON),
        (4, ProblemCode.NOT_AN_OBJECT),
        (5, ProblemCode.REPEATED_KEY),
    ]


def test_a_damaged_line() -> None:
    file = read_jsonl('{"q":"東京都"}\n'.encode() + b'{"q":"\xe3\x81"}\n')
    assert len(file.rows) == 1
    assert [(p.row, p.code) for p in file.problems] == [(2, ProblemCode.UNDECODABLE)]


def test_half_a_surrogate_pair_is_refused() -> None:
    file = read_records(b'{"q":"\\ud83d\\ude00","answer":"x"}\n{"q":"\\ud83d"}\n')
    assert file.records[0].inputs == {"q": "😀"}
    assert [(p.row, p.code) for p in file.problems] == [(2, ProblemCode.UNDECODABLE)]


@pytest.mark.parametrize("depth", [500, 1000, 100_000])
def test_deep_nesting_is_a_problem_at_most(depth: int) -> None:
    file = read_records(b'{"q":' + b"[" * depth + b"]" * depth + b"}")
    assert len(file.records) + len(file.problems) == 1


def test_a_json_array() -> None:
    file = read_jsonl(b'[\n {"q": "1"},\n 2,\n {"q": "3"}\n]')
    assert [row.row for row in file.rows] == [1, 3]
    assert [(p.row, p.code) for p in file.problems] == [(2, ProblemCode.NOT_AN_OBJECT)]


def test_a_csv_named_json() -> None:
    file = read_jsonl(b"text,label\nhello,x\n")
    assert [p.code for p in file.problems] == [ProblemCode.LOOKS_LIKE_CSV]


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_an_empty_file(data: bytes) -> None:
    assert [p.code for p in read_jsonl(data).problems] == [ProblemCode.EMPTY_FILE]


def test_line_separators_inside_a_text_do_not_cut_it() -> None:
    assert only({"q": "a\u2028b\x85c"}).inputs == {"q": "a\u2028b\x85c"}


@given(st.binary(max_size=80))
def test_no_content_raises(data: bytes) -> None:
    read_records(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["messages", "role", "content", "text", "prompt"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=5))
def test_every_line_is_a_record_or_a_problem(values: list[object]) -> None:
    file = read_records(lines(*values))
    rows = [r.row for r in file.records] + [p.row for p in file.problems if p.row]
    whole = any(problem.row == 0 for problem in file.problems)
    if values and not whole and not isinstance(values[0], list):
        assert sorted(rows) == list(range(1, len(values) + 1))


@pytest.mark.parametrize(
    ("path", "answer_key", "count"),
    [
        ("jsquad/dev.jsonl", "answers", 500),
        ("tatqa/dev.jsonl", "answer", 600),
        ("dolly_ja_summarization/records.jsonl", "output", 800),
        ("ner_wikipedia_ja/records.jsonl", "entities", 800),
    ],
)
def test_real_files(shared_data: Path, path: str, answer_key: str, count: int) -> None:
    data = (shared_data / "data" / path).read_bytes()
    file = read_records(data, answer_key=answer_key)
    assert len(file.records) == count
    assert file.problems == ()
    assert all(record.answer for record in file.records)
