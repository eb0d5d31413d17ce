"""The tokenizer, its chat template, its stop tokens, and decoding without broken text.

Bytes of one character may be spread over several tokens (always so in Japanese with
byte-level tokenizers), and some tokenizers drop a leading blank when a token is decoded
alone. `Decoder` therefore decodes a token behind its predecessors and waits until a
character is whole, as vLLM and TGI do.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.worker.errors import WorkerError
from workbench.worker.protocol import ChatMessage, ErrorClass, Span

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

_BROKEN = "\ufffd"
_LONGEST_CHARACTER = 12
"""Tokens after which waiting for a whole character ends: these bytes are no UTF-8."""


def load_tokenizer(path: Path) -> "PreTrainedTokenizerBase":
    """Load the tokenizer of a model folder.

    Raises:
        WorkerError: MODEL_ACCESS when it cannot be read, TEMPLATE without template.
    """
    from transformers import AutoTokenizer

    if not path.is_dir():
        raise WorkerError(
            ErrorClass.MODEL_ACCESS, f"There is no model folder at {path}."
        )
    try:
        tokenizer = AutoTokenizer.from_pretrained(str(path), local_files_only=True)
    except (OSError, ValueError, KeyError, json.JSONDecodeError) as error:
        raise WorkerError(
            ErrorClass.MODEL_ACCESS, f"The tokenizer in {path} cannot be read."
        ) from error
    if not tokenizer.chat_template:
        raise WorkerError(
            ErrorClass.TEMPLATE,
            "This model has no chat template, so nobody knows how it was asked.",
        )
    return tokenizer


def render_ids(
    tokenizer: "PreTrainedTokenizerBase",
    messages: Sequence[ChatMessage],
    arguments: Mapping[str, Any],
    *,
    open_turn: bool,
) -> list[int]:
    """Return the token ids of a conversation under the tokenizer's own template.

    Args:
        tokenizer: with a chat template.
        messages: the turns.
        arguments: of the template, such as ``enable_thinking``.
        open_turn: end where the assistant starts to answer.

    Raises:
        WorkerError: TEMPLATE when the template refuses these turns.
    """
    try:
        text = tokenizer.apply_chat_template(
            list(messages),
            tokenize=False,
            add_generation_prompt=open_turn,
            **arguments,
        )
    except Exception as error:  # Jinja runs the model's own program: anything may come
        raise WorkerError(
            ErrorClass.TEMPLATE,
            f"The model's chat template refused this conversation: {error}",
            "Leave out the system text or the turn it complains about.",
        ) from error
    ids: list[int] = tokenizer(text, add_special_tokens=False)["input_ids"]
    return ids


def stop_ids(tokenizer: "PreTrainedTokenizerBase", path: Path) -> tuple[int, ...]:
    """Return the ids that end an answer: generation config, model config, tokenizer."""
    found: list[int] = []
    for name in ("generation_config.json", "config.json"):
        if (path / name).is_file():
            value = json.loads((path / name).read_text(encoding="utf-8"))
            ids = value.get("eos_token_id")
            found += ids if isinstance(ids, list) else [] if ids is None else [ids]
    if tokenizer.eos_token_id is not None:
        found.append(tokenizer.eos_token_id)
    return tuple(dict.fromkeys(found))


class Decoder:
    """Decodes one token after the other; what it returned never changes again."""

    def __init__(
        self, tokenizer: "PreTrainedTokenizerBase", *, keep_special: bool
    ) -> None:
        """Start before the first token.

        Args:
            tokenizer: decodes.
            keep_special: write special tokens out instead of leaving them out.
        """
        self._tokenizer = tokenizer
        self._skip = not keep_special
        self._ids: list[int] = []
        self._start = 0  # tokens before it are out of sight
        self._read = 0  # tokens before it were returned

    def push(self, token: int) -> str:
        """Take a token, return the text that became whole with it."""
        self._ids.append(token)
        text = self._pending()
        waiting = len(self._ids) - self._read
        if text.endswith(_BROKEN) and waiting < _LONGEST_CHARACTER:
            return ""
        self._start, self._read = self._read, len(self._ids)
        return text

    def finish(self) -> str:
        """Return what is left, without a character cut off in the middle."""
        text = self._pending() if self._read < len(self._ids) else ""
        self._start, self._read = self._read, len(self._ids)
        return text.rstrip(_BROKEN)

    def _pending(self) -> str:
        """Text of the tokens not yet returned, decoded behind those before them."""
        before = self._decode(self._ids[self._start : self._read])
        return self._decode(self._ids[self._start :])[len(before) :]

    def _decode(self, ids: list[int]) -> str:
        text = self._tokenizer.decode(
            ids,
            skip_special_tokens=self._skip,
            clean_up_tokenization_spaces=False,
        )
        return text if isinstance(text, str) else "".join(text)


def decode_all(tokenizer: "PreTrainedTokenizerBase", ids: Sequence[int]) -> str:
    """Return the text of an answer exactly as streaming it would have built it."""
    decoder = Decoder(tokenizer, keep_special=False)
    return "".join([*(decoder.push(one) for one in ids), decoder.finish()])


def spans(
    tokenizer: "PreTrainedTokenizerBase", ids: Sequence[int], trained: Sequence[bool]
) -> list[Span]:
    """Return the row as runs of text, split where training begins or ends.

    Tokens are merged until their text is whole, so that no replacement character
    appears that is not in the data.
    """
    decoder = Decoder(tokenizer, keep_special=True)
    found: list[Span] = []
    text, tokens = "", 0
    for index, token in enumerate(ids):
        text += decoder.push(token)
        tokens += 1
        last = index + 1 == len(ids)
        if last or trained[index + 1] != trained[index]:
            text += decoder.finish()
            found.append({"text": text, "tokens": tokens, "trained": trained[index]})
            text, tokens = "", 0
    return found
