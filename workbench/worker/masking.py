"""Token ids and labels of one row: what is trained, and where it ends."""

import dataclasses
import math
from typing import TYPE_CHECKING, Any

from workbench.worker.errors import WorkerError
from workbench.worker.protocol import ChatMessage, DropReason, ErrorClass, OverLimit
from workbench.worker.rows import Row
from workbench.worker.tokens import render_ids

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

_TAIL = 12
_STEP = 64


class Drop(Exception):
    """A row that cannot be trained."""

    def __init__(self, reason: DropReason, detail: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = detail


@dataclasses.dataclass(slots=True)
class RowIds:
    """Tokens of a row: prompt, then `trained` of the completion, then the rest."""

    prompt: list[int]
    completion: list[int]
    trained: int

    @property
    def length(self) -> int:
        """Tokens of the whole row."""
        return len(self.prompt) + len(self.completion)


class RowTokeniser:
    """Makes ids and labels of single rows with one tokenizer."""

    def __init__(
        self,
        tokenizer: "PreTrainedTokenizerBase",
        stops: tuple[int, ...],
        arguments: dict[str, Any],
    ) -> None:
        """Keep the tokenizer, the ids that end an answer, the template's arguments."""
        self._tokenizer = tokenizer
        self._stops = frozenset(stops)
        self._arguments = arguments
        self._special = tuple(tokenizer.all_special_tokens)

    def ids(self, row: Row) -> RowIds:
        """Tokenise a row and find what is trained.

        Raises:
            Drop: the row has nothing to train, or would be misread.
            WorkerError: TEMPLATE when the prompt is no prefix of the whole.
        """
        if row.bad is not None:
            raise Drop(row.bad)
        self._refuse_special(row)
        prompt = self._render(row.prompt, open_turn=True)
        whole = self._render([*row.prompt, *row.completion], open_turn=False)
        if whole[: len(prompt)] != prompt:
            raise self._mismatch(row, prompt, whole)
        completion = whole[len(prompt) :]
        for place, token in enumerate(completion):
            if token in self._stops:
                return RowIds(prompt, completion, place + 1)
        raise Drop(DropReason.NO_STOP_TOKEN)

    def _render(self, turns: list[ChatMessage], *, open_turn: bool) -> list[int]:
        return render_ids(self._tokenizer, turns, self._arguments, open_turn=open_turn)

    def _refuse_special(self, row: Row) -> None:
        """Text that reads like a special token would end an answer or change a role."""
        for turn in (*row.prompt, *row.completion):
            for special in self._special:
                if special in turn["content"]:
                    raise Drop(DropReason.SPECIAL_TOKEN_IN_TEXT, special)

    def _mismatch(self, row: Row, prompt: list[int], whole: list[int]) -> WorkerError:
        """REQ-L5: say where the two part, with both tails."""
        at = next(
            (
                i
                for i, pair in enumerate(zip(prompt, whole, strict=False))
                if len({*pair}) > 1
            ),
            min(len(prompt), len(whole)),
        )
        tails = [
            self._tokenizer.decode(ids[max(0, at - _TAIL) : at + _TAIL])
            for ids in (prompt, whole)
        ]
        return WorkerError(
            ErrorClass.TEMPLATE,
            f"Row {row.id}: with this template the prompt does not continue into the "
            f"answer. Asked: …{tails[0]!r}; trained: …{tails[1]!r}",
            "Set the template's arguments (enable_thinking …) so that both agree.",
            row=row.id,
            prompt_tail=tails[0],
            whole_tail=tails[1],
        )


def choose_limit(lengths: list[int], asked: int) -> int:
    """Return the limit in tokens: what was asked, else enough for the longest row.

    The next multiple of 64 above the longest (REQ-S2); the 99.5th percentile would drop
    rows of a small data set without need.
    """
    if asked > 0:
        return asked
    return max(_STEP, math.ceil(max(lengths, default=1) / _STEP) * _STEP)


def fit(ids: RowIds, limit: int, policy: OverLimit) -> RowIds:
    """Apply the policy to a row over the limit.

    Raises:
        Drop: the row is over the limit and may not, or cannot, be cut.
    """
    excess = ids.length - limit
    if excess <= 0:
        return ids
    if policy is OverLimit.CUT_PROMPT and excess < len(ids.prompt):
        return RowIds(ids.prompt[excess:], ids.completion, ids.trained)
    if policy is OverLimit.CUT_COMPLETION and excess < len(ids.completion):
        kept = ids.completion[:-excess]
        return RowIds(ids.prompt, kept, min(ids.trained, len(kept)))
    raise Drop(DropReason.TOO_LONG, f"{ids.length} > {limit}")
