"""Answering: one loop for single answers and for batches.

Rows of a batch are padded on the left, so that all of them continue at the same place;
finished rows leave the batch when half of it is done. Greedy answers of a batch equal
those given alone in float32 (a test compares them); in bfloat16 rounding may differ.
"""

import dataclasses
import inspect
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from workbench.worker.protocol import StopReason
from workbench.worker.tokens import Decoder

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedTokenizerBase

OnText = Callable[[str], None]


class Answerer(Protocol):
    """What answering needs of a model: `LoadedModel`, or one in training."""

    network: Any
    tokenizer: "PreTrainedTokenizerBase"
    stops: tuple[int, ...]
    device: "torch.device"


@dataclasses.dataclass(frozen=True, slots=True)
class Options:
    """How an answer is decoded; temperature 0 is greedy."""

    max_new_tokens: int
    temperature: float = 0.0
    top_p: float = 1.0
    seed: int = 0
    stop: tuple[str, ...] = ()


class RowAnswer:
    """The answer to one prompt while it grows.

    Attributes:
        text: what may be shown; never taken back.
        tokens: tokens of the answer, the stop token left out.
        reason: why it ended, None while it grows.
        seconds: from the start to the last token.
        first_seconds: from the start to the first token.
    """

    def __init__(
        self, loaded: Answerer, prompt: Sequence[int], options: Options, on_text: OnText
    ) -> None:
        """Start before the first token."""
        self.prompt = list(prompt)
        self.options = options
        self.text = ""
        self.tokens = 0
        self.reason: StopReason | None = None
        self.seconds = 0.0
        self.first_seconds: float | None = None
        self._started = time.monotonic()
        self._decoder = Decoder(loaded.tokenizer, keep_special=False)
        self._stops = frozenset(loaded.stops)
        self._on_text = on_text
        self._held = ""  # may turn out to be the beginning of a stop text
        self._generator: torch.Generator | None = None

    def take(self, logits: "torch.Tensor") -> int:
        """Choose the next token from one row of logits and take it in."""
        token = self._choose(logits)
        self.seconds = time.monotonic() - self._started
        if self.first_seconds is None:
            self.first_seconds = self.seconds
        if token in self._stops:
            self.end(StopReason.STOP)
            return token
        self.tokens += 1
        self._show(self._decoder.push(token))
        if self.reason is None and self.tokens >= self.options.max_new_tokens:
            self.end(StopReason.LENGTH)
        return token

    def end(self, reason: StopReason) -> None:
        """End the answer and show what was held back."""
        self._show(self._decoder.finish())
        if self.reason is None:
            self._emit(self._held)
            self.reason = reason
        self._held = ""

    def _show(self, piece: str) -> None:
        """Pass text on, but for what might begin a stop text."""
        if self.reason is not None:
            return
        text = self._held + piece
        ends = [
            at for stop in self.options.stop if stop and (at := text.find(stop)) >= 0
        ]
        if ends:
            self._emit(text[: min(ends)])
            self.reason = StopReason.STOP
            return
        hold = _overlap(text, self.options.stop)
        self._held = text[len(text) - hold :]
        self._emit(text[: len(text) - hold])

    def _emit(self, text: str) -> None:
        if text:
            self.text += text
            self._on_text(text)

    def _choose(self, logits: "torch.Tensor") -> int:
        """Return the most likely token, or a sampled one with the row's own seed."""
        import torch

        if self.options.temperature <= 0:
            return int(logits.argmax())
        if self._generator is None:
            self._generator = torch.Generator().manual_seed(self.options.seed)
        scaled = logits.float().cpu() / self.options.temperature
        chances, order = scaled.softmax(-1).sort(descending=True)
        before = chances.cumsum(-1) - chances
        chances = chances.masked_fill(before >= self.options.top_p, 0.0)
        chances[0] = chances[0].clamp_min(1e-9)  # top_p of 0 still leaves the likeliest
        drawn = torch.multinomial(chances, 1, generator=self._generator)
        return int(order[drawn])


def _overlap(text: str, stops: Sequence[str]) -> int:
    """Return how many last characters of a text may begin one of the stop texts."""
    lengths = (
        size
        for stop in stops
        for size in range(min(len(stop) - 1, len(text)), 0, -1)
        if text.endswith(stop[:size])
    )
    return max(lengths, default=0)


def answer(
    loaded: Answerer, rows: Sequence[RowAnswer], cancelled: Callable[[], bool]
) -> None:
    """Let all rows grow together until each has ended.

    Args:
        loaded: the model, with the adapter of these rows switched on or off.
        rows: their prompts may differ in length.
        cancelled: asked before each token.
    """
    import torch

    with torch.inference_mode():
        batch = _Batch(loaded, rows)
        while batch.rows:
            if cancelled():
                for row in batch.rows:
                    row.end(StopReason.CANCELLED)
                return
            batch.step()


class _Batch:
    """The rows that still grow, with their keys and values."""

    def __init__(self, loaded: Answerer, rows: Sequence[RowAnswer]) -> None:
        import torch
        from transformers import DynamicCache

        self._network = loaded.network
        self._device = loaded.device
        self.rows = list(rows)
        self._cache: Any = DynamicCache(config=loaded.network.config)
        longest = max(len(row.prompt) for row in rows)
        pads = [longest - len(row.prompt) for row in rows]
        ids = [[0] * pad + row.prompt for pad, row in zip(pads, rows, strict=True)]
        mask = [[0] * pad + [1] * (longest - pad) for pad in pads]
        self._ids = torch.tensor(ids, device=self._device)
        self._mask = torch.tensor(mask, device=self._device)
        self._places = (self._mask.cumsum(-1) - 1).clamp_min(0)
        self._extra = _keep_last(self._network)

    def step(self) -> None:
        """Append one token to every row."""
        import torch

        logits = self._network(
            input_ids=self._ids,
            attention_mask=self._mask,
            position_ids=self._places,
            past_key_values=self._cache,
            use_cache=True,
            **self._extra,
        ).logits[:, -1]
        chosen = [
            row.take(one) if row.reason is None else 0
            for row, one in zip(self.rows, logits, strict=True)
        ]
        self._ids = torch.tensor(chosen, device=self._device).unsqueeze(1)
        self._mask = torch.cat([self._mask, self._mask.new_ones(len(chosen), 1)], dim=1)
        self._places = self._places[:, -1:] + 1
        self._leave_ended()

    def _leave_ended(self) -> None:
        """Drop ended rows once they are half of the batch; copying the cache costs."""
        import torch

        alive = [at for at, row in enumerate(self.rows) if row.reason is None]
        if alive and len(alive) * 2 > len(self.rows):
            return
        self.rows = [self.rows[at] for at in alive]
        if alive:
            kept = torch.tensor(alive, device=self._device)
            self._ids, self._mask = self._ids[kept], self._mask[kept]
            self._places = self._places[kept]
            self._cache.batch_select_indices(kept)


def _keep_last(network: Any) -> dict[str, int]:
    """Compute the logits of the last place only, where the architecture can."""
    known = inspect.signature(network.forward).parameters
    return {"logits_to_keep": 1} if "logits_to_keep" in known else {}
