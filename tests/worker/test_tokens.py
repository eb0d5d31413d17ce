"""Decoding without broken characters, in one go and token by token."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.worker.helpers import JAPANESE, save_model
from workbench.worker.errors import WorkerError
from workbench.worker.tokens import (
    Decoder,
    decode_all,
    load_tokenizer,
    render_ids,
    spans,
    stop_ids,
)

if TYPE_CHECKING:
    from workbench.worker.protocol import ChatMessage


def test_no_piece_of_a_japanese_answer_is_broken(model: Path) -> None:
    tokenizer = load_tokenizer(model)
    ids = tokenizer(JAPANESE)["input_ids"]
    decoder = Decoder(tokenizer, keep_special=False)
    pieces = [decoder.push(one) for one in ids]

    assert len(ids) > len(JAPANESE)  # several tokens per character
    assert not any("\ufffd" in piece for piece in pieces)
    assert "".join(pieces) + decoder.finish() == JAPANESE


def test_an_answer_cut_inside_a_character_ends_before_it(model: Path) -> None:
    tokenizer = load_tokenizer(model)
    ids = tokenizer("請求")["input_ids"]

    assert decode_all(tokenizer, ids[:-1]) == "請"


def test_bytes_that_are_no_text_are_not_waited_for_for_ever(model: Path) -> None:
    tokenizer = load_tokenizer(model)
    broken = tokenizer("請")["input_ids"][0]
    decoder = Decoder(tokenizer, keep_special=False)

    assert any(decoder.push(broken) for _ in range(20))


def test_spans_are_whole_and_keep_every_token(model: Path) -> None:
    tokenizer = load_tokenizer(model)
    turns: list[ChatMessage] = [
        {"role": "user", "content": JAPANESE},
        {"role": "assistant", "content": "経理"},
    ]
    ids = render_ids(tokenizer, turns, {}, open_turn=False)
    first = len(render_ids(tokenizer, turns[:1], {}, open_turn=True))
    found = spans(tokenizer, ids, [place >= first for place in range(len(ids))])

    assert [span["trained"] for span in found] == [False, True]
    assert [span["text"] for span in found] == [
        f"<|user|>{JAPANESE}<|assistant|>",
        "経理<|end|>",
    ]
    assert sum(span["tokens"] for span in found) == len(ids)


def test_stop_ids_come_from_all_configurations(model: Path) -> None:
    assert stop_ids(load_tokenizer(model), model) == (1,)


def test_a_model_without_template_is_refused(tmp_path: Path) -> None:
    folder = save_model(tmp_path / "bare", template=None)

    with pytest.raises(WorkerError) as caught:
        load_tokenizer(folder)

    assert caught.value.body["error_class"] == "TEMPLATE"
    assert caught.value.body["next_action"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkerError, match="no model folder") as caught:
        load_tokenizer(tmp_path / "gone")

    assert caught.value.body["error_class"] == "MODEL_ACCESS"
