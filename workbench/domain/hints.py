"""Hints before a prompt is sent: what a colleague would ask about, as codes and values.

Hints are guesses from the words of the prompt; none of them stops anybody. Rules of
length are read in English and Japanese.
"""

import dataclasses
import enum
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from workbench.domain.chains import unreachable_answers
from workbench.domain.content import SendAs
from workbench.domain.prompts import (
    PlaceholderIssue,
    PromptSpec,
    names_in,
    placeholder_issues,
)
from workbench.domain.thinking import ThinkingStyle
from workbench.domain.threads import is_open

CheckAnswer = Callable[[str], Sequence[str]]
"""Gives the codes of what is wrong with an answer's form."""

_ROOM_TO_THINK = 256


class HintCode(enum.StrEnum):
    """What there is to look at, with the values that come with it."""

    UNFILLED = "unfilled"
    """A placeholder without a value: ``name``."""
    UNUSED = "unused"
    """A value without a placeholder: ``name``."""
    LENGTHS_CONTRADICT = "lengths_contradict"
    """Two rules of length that no answer keeps: ``first``, ``second``."""
    LENGTH_ABOVE_LIMIT = "length_above_limit"
    """More is asked for than the limit allows: ``rule``, ``tokens``, ``limit``."""
    EXAMPLE_LACKS = "example_lacks"
    """An example without a value: ``example`` (from 1), ``name``."""
    EXAMPLE_EMPTY = "example_empty"
    """An example without an answer: ``example``."""
    EXAMPLE_FORMAT = "example_format"
    """An example that breaks its own format: ``example``, ``problem``."""
    EXAMPLE_LENGTH = "example_length"
    """An example that breaks a rule of length: ``example``, ``rule``, ``count``."""
    NO_ROOM_TO_THINK = "no_room_to_think"
    """Thinking is asked for and the answer is cut early: ``limit``."""
    THINKING_AND_SCHEMA = "thinking_and_schema"
    """Thinking aloud is asked for, and an answer that is JSON and nothing else."""
    REASONING_UNSET = "reasoning_unset"
    """The model's own reasoning is wanted, with neither effort nor budget."""
    FILE_WITHOUT_TEXT = "file_without_text"
    """A file is to be sent as its text and has none: ``name``."""
    ANSWER_NOT_YET = "answer_not_yet"
    """A step uses an answer that is not there yet: ``step``, ``name``."""
    THREAD_ORDER = "thread_order"
    """Answers and follow-ups do not take turns, or the last word is an answer."""


@dataclasses.dataclass(frozen=True, slots=True)
class Hint:
    """One thing to look at; `values` as the code says."""

    code: HintCode
    values: tuple[tuple[str, str], ...] = ()


class LengthUnit(enum.StrEnum):
    """What a rule of length counts."""

    WORD = "word"
    CHARACTER = "character"
    SENTENCE = "sentence"


@dataclasses.dataclass(frozen=True, slots=True)
class LengthRule:
    """A rule of length as it stands in a prompt: least and most, both inclusive."""

    unit: LengthUnit
    least: int | None
    most: int | None
    text: str

    def allows(self, count: int) -> bool:
        """Tell whether so many are within the rule."""
        return (self.least or 0) <= count and (self.most is None or count <= self.most)


def hints(
    spec: PromptSpec,
    variables: Mapping[str, str],
    check: CheckAnswer | None = None,
) -> tuple[Hint, ...]:
    """Return what to look at before a prompt is sent.

    Args:
        spec: the prompt.
        variables: what it would be run with.
        check: checks the form of an example's answer by the task card.
    """
    found = (
        *_placeholders(spec, variables),
        *_lengths(spec),
        *_examples(spec, check),
        *_thinking(spec),
        *_parts(spec),
    )
    return tuple(dict.fromkeys(found))


def _hint(code: HintCode, **values: object) -> Hint:
    return Hint(code, tuple((name, str(value)) for name, value in values.items()))


def _placeholders(spec: PromptSpec, variables: Mapping[str, str]) -> Iterator[Hint]:
    for issue, name in placeholder_issues(spec, variables):
        is_unused = issue is PlaceholderIssue.UNUSED
        # A later step may be what uses it.
        if is_unused and any(name in step.spec.placeholders for step in spec.chain):
            continue
        yield _hint(HintCode.UNUSED if is_unused else HintCode.UNFILLED, name=name)


def _examples(spec: PromptSpec, check: CheckAnswer | None) -> Iterator[Hint]:
    rules = length_rules(f"{spec.system}\n{spec.template}")
    needed = names_in(spec.template)
    for number, shot in enumerate(spec.shots, start=1):
        if not shot.enabled:
            continue
        if not shot.answer.strip():
            yield _hint(HintCode.EXAMPLE_EMPTY, example=number)
            continue
        lacking = () if shot.output_only else needed
        for name in lacking:
            if not shot.values.get(name, "").strip():
                yield _hint(HintCode.EXAMPLE_LACKS, example=number, name=name)
        for problem in check(shot.answer) if check else ():
            yield _hint(HintCode.EXAMPLE_FORMAT, example=number, problem=problem)
        for rule in rules:
            count = counted(shot.answer, rule.unit)
            if not rule.allows(count):
                yield _hint(
                    HintCode.EXAMPLE_LENGTH, example=number, rule=rule.text, count=count
                )


def _thinking(spec: PromptSpec) -> Iterator[Hint]:
    parameters, thinking = spec.parameters, spec.thinking
    if thinking.is_prompted:
        if parameters.max_output_tokens < _ROOM_TO_THINK:
            limit = parameters.max_output_tokens
            yield _hint(HintCode.NO_ROOM_TO_THINK, limit=limit)
        if parameters.json_schema:
            yield _hint(HintCode.THINKING_AND_SCHEMA)
    is_asked = parameters.reasoning_effort or parameters.reasoning_budget
    if thinking.style is ThinkingStyle.NATIVE and not is_asked:
        yield _hint(HintCode.REASONING_UNSET)


def _parts(spec: PromptSpec) -> Iterator[Hint]:
    for part in spec.files:
        if part.send_as is SendAs.TEXT and not part.text.strip():
            yield _hint(HintCode.FILE_WITHOUT_TEXT, name=part.name)
    for step, name in unreachable_answers(spec):
        yield _hint(HintCode.ANSWER_NOT_YET, step=step, name=name)
    if not is_open(spec):
        yield _hint(HintCode.THREAD_ORDER)


# ------------------------------------------------------------------ lengths

_NUMBERS = {
    **{"one": 1, "a single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10},
    **{"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "十": 10},
}
_UNITS = {
    **{"word": LengthUnit.WORD, "character": LengthUnit.CHARACTER},
    **{"sentence": LengthUnit.SENTENCE, "語": LengthUnit.WORD},
    **{"文字": LengthUnit.CHARACTER, "字": LengthUnit.CHARACTER},
    **{"文": LengthUnit.SENTENCE},
}
_NUMBER = r"(\d[\d,]*|one|a single|two|three|four|five|ten)"
_UNIT = r"(word|character|sentence)s?"
_MOST = "at most|no more than|not more than|up to|a maximum of|maximum of|max"
_LEAST = "at least|no fewer than|no less than|not less than|a minimum of|minimum of"
_ENGLISH = re.compile(
    rf"\b(?:(?P<most>{_MOST})|(?P<least>{_LEAST})|(?P<below>fewer than|less than|under)"
    rf"|(?P<above>more than|over)|(?P<exact>exactly|in|within|use|using|write))"
    rf"\s+{_NUMBER}[\s-]+{_UNIT}\b(?P<behind>\s+or\s+(?:less|fewer|more))?",
    re.IGNORECASE,
)
_JAPANESE = re.compile(
    r"([0-9０-９][0-9０-９,]*|[一二三四五十])\s*(文字|字|語|文)"
    r"\s*(以内|以下|まで|未満|以上|を超え|ちょうど|で(?!は)|にまとめ)"
)
_JAPANESE_BOUNDS = {
    **{"以内": "most", "以下": "most", "まで": "most", "未満": "below"},
    **{"以上": "least", "を超え": "above"},
}


def length_rules(text: str) -> tuple[LengthRule, ...]:
    """Return the rules of length in a text, in English and Japanese."""
    english = (_english(match) for match in _ENGLISH.finditer(text))
    japanese = (_japanese(match) for match in _JAPANESE.finditer(text))
    return (*english, *japanese)


def _english(match: re.Match[str]) -> LengthRule:
    named = ("most", "least", "below", "above", "exact")
    bound = next(name for name in named if match[name])
    if behind := (match["behind"] or "").lower().split():
        bound = "least" if behind[-1] == "more" else "most"
    if bound == "exact" and match["exact"].lower() == "within":
        bound = "most"
    number, unit = match[6].lower(), match[7].lower()
    return _rule(bound, _number(number), _UNITS[unit], match[0])


def _japanese(match: re.Match[str]) -> LengthRule:
    bound = _JAPANESE_BOUNDS.get(match[3], "exact")
    return _rule(bound, _number(match[1]), _UNITS[match[2]], match[0])


def _number(text: str) -> int:
    return _NUMBERS.get(text) or int(text.replace(",", ""))


def _rule(bound: str, count: int, unit: LengthUnit, text: str) -> LengthRule:
    least, most = {
        "most": (None, count),
        "below": (None, count - 1),
        "least": (count, None),
        "above": (count + 1, None),
    }.get(bound, (count, count))
    return LengthRule(unit, least, most, " ".join(text.split()))


def counted(text: str, unit: LengthUnit) -> int:
    """Count words, characters without white space, or sentences."""
    match unit:
        case LengthUnit.WORD:
            return len(text.split())
        case LengthUnit.CHARACTER:
            return len("".join(text.split()))
        case LengthUnit.SENTENCE:
            parts = re.split(r"[.!?](?:\s|$)|[。！？\n]", text)
            return sum(1 for part in parts if part.strip())


def _lengths(spec: PromptSpec) -> Iterator[Hint]:
    rules = length_rules(f"{spec.system}\n{spec.template}")
    for i, first in enumerate(rules):
        for second in rules[i + 1 :]:
            if first.unit is second.unit and not _agree(first, second):
                yield _hint(
                    HintCode.LENGTHS_CONTRADICT, first=first.text, second=second.text
                )
    limit = spec.parameters.max_output_tokens
    for rule in rules:
        tokens = _fewest_tokens(rule)
        if tokens > limit:
            yield _hint(
                HintCode.LENGTH_ABOVE_LIMIT, rule=rule.text, tokens=tokens, limit=limit
            )


def _agree(first: LengthRule, second: LengthRule) -> bool:
    least = max(first.least or 0, second.least or 0)
    mosts = [rule.most for rule in (first, second) if rule.most is not None]
    return all(least <= most for most in mosts)


def _fewest_tokens(rule: LengthRule) -> int:
    """Return tokens that even the shortest allowed answer takes, a cautious guess."""
    per = {LengthUnit.WORD: 1.0, LengthUnit.CHARACTER: 0.2, LengthUnit.SENTENCE: 3.0}
    return int((rule.least or 0) * per[rule.unit])
