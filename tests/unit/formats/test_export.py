import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.formats.conversation import INPUT, Record, Turn
from workbench.formats.export import (
    MANIFEST,
    ExportCode,
    ExportExample,
    Provenance,
    bedrock_line,
    build_export,
    check_example,
    prompts_sha256,
    trl_line,
    verify_export,
    write_export,
)
from workbench.formats.jsonl_io import read_records
from workbench.formats.targets import (
    LLAMA_3,
    NOVA_1,
    NOVA_2_LITE,
    TARGETS,
    TRL,
    Target,
    estimated_tokens,
)

FROM = Provenance("01J", "ab" * 32, "tickets")
TEXTS = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters=":<["),
    max_size=12,
).map(lambda text: text + "x")


def turns(pairs: list[tuple[str, str]], question: str) -> tuple[Turn, ...]:
    shots = [
        Turn(role, t)
        for p in pairs
        for role, t in zip(("user", "assistant"), p, strict=True)
    ]
    return (*shots, Turn("user", question))


EXAMPLES = st.builds(
    ExportExample,
    id=st.uuids().map(str),
    system=st.just("") | TEXTS,
    turns=st.builds(turns, st.lists(st.tuples(TEXTS, TEXTS), max_size=2), TEXTS),
    answer=TEXTS,
)
LISTS = st.lists(EXAMPLES, max_size=6, unique_by=lambda example: example.id)


def example(
    number: int, answer: str = "HW-01", text: str = "It broke"
) -> ExportExample:
    user = Turn("user", f"{text} {number}")
    return ExportExample(f"e{number}", "Answer with a code.", (user,), answer)


def some(count: int) -> list[ExportExample]:
    return [example(number) for number in range(count)]


def test_bedrock_conversation() -> None:
    assert bedrock_line(example(1)) == (
        '{"schemaVersion":"bedrock-conversation-2024",'
        '"system":[{"text":"Answer with a code."}],'
        '"messages":[{"role":"user","content":[{"text":"It broke 1"}]},'
        '{"role":"assistant","content":[{"text":"HW-01"}]}]}'
    )


def test_trl_prompt_completion() -> None:
    assert json.loads(trl_line(example(1))) == {
        "prompt": [
            {"role": "system", "content": "Answer with a code."},
            {"role": "user", "content": "It broke 1"},
        ],
        "completion": [{"role": "assistant", "content": "HW-01"}],
    }


def test_no_system_text_no_system_key() -> None:
    bare = ExportExample("a", "", (Turn("user", "東京?"),), "x\u2028y")
    assert "system" not in bedrock_line(bare)
    assert "東京" in bedrock_line(bare)
    assert len(bedrock_line(bare).splitlines()) == 1
    assert len(json.loads(trl_line(bare))["prompt"]) == 1


@given(LISTS, st.sampled_from([TRL, LLAMA_3]))
def test_what_is_written_is_read(examples: list[ExportExample], target: Target) -> None:
    export = build_export({"train": examples}, target, FROM)
    assert not [problem for problem in export.problems if problem.id]
    expected = tuple(
        Record({INPUT: e.turns[-1].text}, e.answer, e.system, e.turns[:-1], row=i)
        for i, e in enumerate(examples, start=1)
    )
    assert read_records(export.files["train.jsonl"]).records == expected


@given(LISTS)
def test_same_examples_same_bytes(examples: list[ExportExample]) -> None:
    first, second = (build_export({"train": examples}, TRL, FROM) for _ in range(2))
    assert first.files == second.files
    assert first.prompts_sha256 == prompts_sha256(examples)


def test_prompts_hash_ignores_answers_and_sees_prompts() -> None:
    asked = [example(1)]
    assert prompts_sha256(asked) == prompts_sha256([example(1, answer="other")])
    assert prompts_sha256(asked) != prompts_sha256([example(1, text="It broke ")])
    assert prompts_sha256(some(2)) != prompts_sha256(some(2)[::-1])


def manifest(files: Any) -> Any:
    return json.loads(files[MANIFEST])


def test_manifest() -> None:
    splits = {"train": some(9), "validation": [example(10), example(11, answer=" ")]}
    export = build_export(splits, NOVA_1, FROM)
    assert list(export.files) == ["train.jsonl", "validation.jsonl", MANIFEST]
    value = manifest(export.files)
    assert value["format_version"] == 1
    assert value["dialect"] == "bedrock_conversation"
    assert value["target"] == "bedrock_nova_1"
    assert value["snapshot"] == {"id": "01J", "sha256": "ab" * 32, "dataset": "tickets"}
    assert value["rows"] == export.written == {"train": 9, "validation": 1}
    assert value["left_out"] == [
        {"id": "e11", "split": "validation", "code": "no_answer", "detail": ""}
    ]
    for entry in value["files"]:
        data = export.files[entry["name"]]
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
        assert entry["bytes"] == len(data)
        assert entry["rows"] == data.count(b"\n") == value["rows"][entry["split"]]
    assert b"\r" not in b"".join(export.files.values())


@pytest.mark.parametrize(
    ("bad", "target", "code", "detail"),
    [
        (example(1, answer=""), TRL, "no_answer", ""),
        (ExportExample("e", "", (), "a"), TRL, "no_input", ""),
        (ExportExample("e", "", (Turn("user", " "),), "a"), TRL, "empty_message", "1"),
        (ExportExample("e", "", (Turn("bot", "q"),), "a"), TRL, "no_input", ""),
        (
            ExportExample("e", "", (Turn("user", "q"), Turn("user", "q")), "a"),
            TRL,
            "roles_do_not_alternate",
            "2",
        ),
        (example(1, text="User: hi"), NOVA_1, "forbidden_text", "User:"),
        (example(1, answer="[EOS]"), NOVA_2_LITE, "forbidden_text", "[EOS]"),
        (example(1, answer="a\ud800"), TRL, "not_unicode", ""),
    ],
)
def test_examples_that_a_trainer_refuses(
    bad: ExportExample, target: Target, code: str, detail: str
) -> None:
    problem = check_example(bad, target)
    assert problem is not None
    assert (problem.code, problem.detail) == (code, detail)
    export = build_export({"train": [bad]}, target, FROM)
    assert export.files["train.jsonl"] == b""
    assert export.problems[0].split == "train"


def test_what_nova_forbids_others_allow() -> None:
    assert check_example(example(1, text="User: hi"), LLAMA_3) is None


def test_length_is_counted_or_estimated_and_says_which() -> None:
    long = example(1, text="word " * 40_000)
    guessed = check_example(long, NOVA_1)
    assert guessed is not None
    assert guessed.code is ExportCode.TOO_LONG
    assert guessed.estimated
    counted = check_example(long, NOVA_1, tokens=len)
    assert counted is not None
    assert not counted.estimated
    assert counted.detail.endswith("/32000")
    assert check_example(long, NOVA_1, tokens=lambda _: 1) is None


def test_estimate() -> None:
    assert estimated_tokens("東京" * 11) == 20
    assert estimated_tokens("a" * 40) == 10


@pytest.mark.parametrize(
    ("train", "validation", "target", "codes"),
    [
        (7, 0, NOVA_1, ["too_few_records"]),
        (8, 2, NOVA_1, []),
        (200, 1, NOVA_2_LITE, ["validation_not_accepted"]),
        (100, 1001, LLAMA_3, ["too_many_validation_records"]),
        (9999, 2, LLAMA_3, ["too_many_records"]),
        (1, 0, TRL, []),
    ],
)
def test_jobs_that_a_trainer_refuses(
    train: int, validation: int, target: Target, codes: list[str]
) -> None:
    records = some(train + validation)
    splits = {"train": records[:train], "validation": records[train:]}
    export = build_export(splits, target, FROM)
    assert [problem.code for problem in export.problems] == codes
    assert export.usable is not bool(codes)


@pytest.mark.parametrize("name", ["../train", "", ".hidden", "a b", "訓練"])
def test_split_names_must_be_file_names(name: str) -> None:
    with pytest.raises(ValueError, match="not a file name"):
        build_export({name: []}, TRL, FROM)


def test_an_example_is_in_one_split_only() -> None:
    with pytest.raises(ValueError, match="twice"):
        build_export({"train": some(1), "validation": some(1)}, TRL, FROM)


def test_written_files_are_verified(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    export = build_export({"train": some(3), "test": [example(9)]}, TRL, FROM)
    write_export(folder, export)
    assert verify_export(folder) == ()
    (folder / "train.jsonl").write_bytes(b"changed")
    (folder / "test.jsonl").unlink()
    assert verify_export(folder) == ("train.jsonl", "test.jsonl")
    write_export(folder, export)
    assert verify_export(folder) == ()
    (folder / MANIFEST).write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="not an export"):
        verify_export(folder)


def test_targets_by_name() -> None:
    assert all(TARGETS[name].name == name for name in TARGETS)
