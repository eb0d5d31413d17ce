"""Thinking before answering: how it is asked for, and how the answer is told from it.

What is asked for stands word by word in the prompt version (`Thinking.instruction`), so
that a later wording of this program changes nothing that was sent before. The answer
stands between ``<answer>`` and ``</answer>``, read strictly: one of each, and nothing
behind the second. The second mark also tells that the answer was not cut off. Anything
else is not taken apart by guessing: the whole text is shown, and that it could not be
told apart is said.
"""

import dataclasses
import enum
from collections.abc import Sequence

OPEN, CLOSE = "<answer>", "</answer>"


class ThinkingStyle(enum.StrEnum):
    """How a model is asked to think."""

    OFF = "off"
    STEP_BY_STEP = "step_by_step"
    GUIDED = "guided"
    NATIVE = "native"


@dataclasses.dataclass(frozen=True, slots=True)
class Thinking:
    """The thinking a prompt asks for; `thinking_of` makes one.

    Attributes:
        style: ``NATIVE`` is the model's own reasoning, which effort and budget of
            `GenerationParameters` ask for; nothing is written into the prompt then.
        steps: what the expert wants to be considered, for ``GUIDED``.
        instruction: the words that are sent, at the end of the system text.
    """

    style: ThinkingStyle = ThinkingStyle.OFF
    steps: tuple[str, ...] = ()
    instruction: str = ""

    @property
    def is_prompted(self) -> bool:
        """Whether the answer is marked and has to be told from the thinking."""
        return self.style in {ThinkingStyle.STEP_BY_STEP, ThinkingStyle.GUIDED}


@dataclasses.dataclass(frozen=True, slots=True)
class Parted:
    """A text of a model, taken apart.

    Attributes:
        thinking: what stands before the answer.
        answer: the answer, or the whole text when `parsed` is False.
        parsed: False when the marks are not where they were asked for.
    """

    thinking: str
    answer: str
    parsed: bool = True


_STEP_BY_STEP = {
    "en": "Think step by step before you answer.",
    "ja": "答える前に、順を追って考えてください。",
}
_GUIDED = {
    "en": "Before you answer, think through these steps, one after the other:",
    "ja": "答える前に、次の手順に沿って順に考えてください。",
}
_MARKED = {
    "en": "Then write nothing but the answer between {open} and {close}.",
    "ja": "そのあと、答えだけを {open} と {close} の間に書いてください。",
}


def thinking_of(
    style: ThinkingStyle, steps: Sequence[str] = (), language: str = "en"
) -> Thinking:
    """Return thinking with the words that ask for it.

    Args:
        style: guided without any step is step by step.
        steps: blank ones are left out.
        language: two letters; English where there are no words in this one.
    """
    kept = tuple(step.strip() for step in steps if step.strip())
    if style is ThinkingStyle.GUIDED and not kept:
        style = ThinkingStyle.STEP_BY_STEP
    code = language if language in _MARKED else "en"
    marked = _MARKED[code].format(open=OPEN, close=CLOSE)
    match style:
        case ThinkingStyle.STEP_BY_STEP:
            return Thinking(style, (), f"{_STEP_BY_STEP[code]}\n{marked}")
        case ThinkingStyle.GUIDED:
            numbered = (f"{i}. {step}" for i, step in enumerate(kept, start=1))
            words = "\n".join((_GUIDED[code], *numbered, marked))
            return Thinking(style, kept, words)
        case ThinkingStyle.OFF | ThinkingStyle.NATIVE:
            return Thinking(style)


def part(text: str, thinking: Thinking) -> Parted:
    """Tell an answer from the thinking before it.

    A prompt that asks for no marks gives the whole text as the answer.
    """
    if not thinking.is_prompted:
        return Parted("", text)
    before, opened, rest = text.partition(OPEN)
    answer, closed, behind = rest.partition(CLOSE)
    whole = bool(opened and closed) and not behind.strip()
    if not whole or CLOSE in before or OPEN in answer:
        return Parted("", text, parsed=False)
    return Parted(before.strip(), answer.strip())


def so_far(text: str, thinking: Thinking) -> Parted:
    """Tell thinking from answer in a text that is still arriving.

    A mark of which only the beginning has arrived belongs to neither yet.
    """
    if not thinking.is_prompted:
        return Parted("", text)
    before, opened, rest = text.partition(OPEN)
    if not opened:
        return Parted(_without_start(text, OPEN), "")
    return Parted(before, _without_start(rest.partition(CLOSE)[0], CLOSE).lstrip())


def _without_start(text: str, mark: str) -> str:
    for length in range(len(mark) - 1, 0, -1):
        if text.endswith(mark[:length]):
            return text[:-length]
    return text


def joined(thinking: str, answer: str) -> str:
    """Write thinking and answer in the form that was asked for: `part` reversed."""
    marked = f"{OPEN}\n{answer}\n{CLOSE}"
    return f"{thinking}\n\n{marked}" if thinking else marked
