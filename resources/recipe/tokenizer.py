"""Byte-level BPE, numbers in pieces of two digits, and the chat template."""

from __future__ import annotations

import argparse
import logging
import random
from pathlib import Path
from typing import TYPE_CHECKING

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from episodes import make_episode

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger("tokenizer")

SPECIALS = ("<|pad|>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>")
PAD_ID, SYSTEM_ID, USER_ID, ASSISTANT_ID, END_ID = range(5)
VOCABULARY = 3072
# Twelve bytes are four Japanese characters: longer pieces would be whole phrases,
# which no other sentence shares.
LONGEST = 12
# Japanese has no blanks: words are cut where the script changes.
SCRIPTS = r"\p{Han}+|\p{Hiragana}+|[\p{Katakana}ー]+"
CHAT_TEMPLATE = (
    "{%- for message in messages -%}"
    "{{- '<|' + message['role'] + '|>' + (message['content'] | trim) + '<|end|>' -}}"
    "{%- endfor -%}"
    "{%- if add_generation_prompt -%}{{- '<|assistant|>' -}}{%- endif -%}"
)


def corpus(seed: int, episodes: int) -> Iterator[str]:
    """Texts to learn merges from; every pair of digits occurs often."""
    rng = random.Random(seed)
    for _ in range(episodes):
        episode = make_episode(rng, 0)
        yield episode.system
        for turn in episode.turns:
            yield turn.user
            yield turn.answer.text
    for pair in range(100):
        yield from [f"{pair:02d}", f" {pair:02d}"] * 300


def new_bpe() -> Tokenizer:
    """An untrained byte-level BPE; a blank belongs to the two digits behind it.

    With " 2957" as blank, 29, 57 a model could not tell which pair comes first when
    it copied an order number (measured: right half of the time).
    """
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r" ?\p{N}{1,2}"), "isolated"),
            pre_tokenizers.Split(Regex(SCRIPTS), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    bpe.decoder = decoders.ByteLevel()
    return bpe


def train_tokenizer(seed: int = 1, episodes: int = 6000) -> PreTrainedTokenizerFast:
    """Train the tokenizer and dress it as a stock fast tokenizer."""
    bpe = new_bpe()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        max_token_length=LONGEST,
        special_tokens=list(SPECIALS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    bpe.train_from_iterator(corpus(seed, episodes), trainer)
    return dress(bpe)


def dress(bpe: Tokenizer) -> PreTrainedTokenizerFast:
    """Add the special tokens' roles and the chat template."""
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=bpe,
        pad_token=SPECIALS[PAD_ID],
        eos_token=SPECIALS[END_ID],
        additional_special_tokens=list(SPECIALS[SYSTEM_ID:END_ID]),
        padding_side="left",
        model_max_length=2048,
        clean_up_tokenization_spaces=False,
    )
    tokenizer.chat_template = CHAT_TEMPLATE
    return tokenizer


def main() -> None:
    """Train and save the tokenizer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    tokenizer = train_tokenizer(args.seed)
    tokenizer.save_pretrained(args.out)
    log.info("%d tokens in the vocabulary, saved to %s", len(tokenizer), args.out)


if __name__ == "__main__":
    main()
