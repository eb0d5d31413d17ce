"""A script in a JSON file: answers, faults and pace for a sandbox that serves others.

    {"answers": [{"text": "Hello"},
                 {"blocks": [{"reasoning": "Hm.", "signature": "s"}, {"text": "Yes"},
                             {"tool": "look_up", "input": {"id": 1}}],
                  "stop_reason": "tool_use", "input_tokens": 5, "output_tokens": 9}],
     "faults": [{"fault": "throttle", "operation": "Converse", "first": 2, "count": 1},
                {"fault": "cut", "frames": 3, "within": true}],
     "pace": {"latency": 0.2, "tokens_per_second": 50}}

Answers come in turn, the last one ever after. A fault's further members are the fields
of its class in `faults`.
"""

import dataclasses
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from workbench.domain.errors import InputError
from workbench.sandbox import faults
from workbench.sandbox.answers import (
    Answer,
    Block,
    Reasoning,
    Script,
    Text,
    ToolUse,
    Usage,
    echo,
    in_turn,
)
from workbench.sandbox.faults import Fault, Rule
from workbench.sandbox.pace import Pace
from workbench.sandbox.prompt import objects

FAULTS: Mapping[str, Fault | Callable[..., Fault]] = {
    "throttle": faults.THROTTLE,
    "internal": faults.INTERNAL,
    "unavailable": faults.UNAVAILABLE,
    "not_ready": faults.NOT_READY,
    "denied": faults.DENIED,
    "expired": faults.EXPIRED,
    "validation": faults.VALIDATION,
    "missing": faults.MISSING,
    "model_timeout": faults.MODEL_TIMEOUT,
    "model_error": faults.MODEL_ERROR,
    "refuse": faults.Refuse,
    "not_aws": faults.NotAws,
    "slow_first_byte": faults.SlowFirstByte,
    "big_answer": faults.BigAnswer,
    "cut": faults.Cut,
    "clean_end": faults.CleanEnd,
    "silence": faults.Silence,
    "bad_crc": faults.BadCrc,
    "truncated_json": faults.TruncatedJson,
    "stream_exception": faults.StreamException,
    "stream_error": faults.StreamError,
}
"""The faults by the names that a script uses."""

T = TypeVar("T")
_RULE = {"operation", "model", "first", "count"}


@dataclasses.dataclass(frozen=True, slots=True)
class Scripted:
    """What a script says."""

    script: Script
    rules: tuple[Rule, ...]
    pace: Pace


def load(path: Path) -> Scripted:
    """Read a script.

    Raises:
        InputError: ``sandbox.script`` with what is wrong, also when the file is not
            to be read.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _wrong(f"{path.name}: {error}") from error
    return parse(found)


def parse(found: object) -> Scripted:
    """Read a script that is JSON already.

    Raises:
        InputError: ``sandbox.script`` with what is wrong.
    """
    if not isinstance(found, dict) or set(found) - {"answers", "faults", "pace"}:
        raise _wrong("expected an object with answers, faults and pace")
    answers = [_answer(each) for each in objects(found.get("answers"))]
    rules = tuple(_rule(each) for each in objects(found.get("faults")))
    pace = _made(Pace, found.get("pace", {}))
    return Scripted(in_turn(answers) if answers else echo, rules, pace)


def _wrong(why: str) -> InputError:
    return InputError("sandbox.script", f"The script is wrong: {why}", {"reason": why})


def _made(kind: Callable[..., T], fields: object) -> T:
    if not isinstance(fields, Mapping):
        raise _wrong("expected an object")
    try:
        return kind(**fields)
    except TypeError as error:
        raise _wrong(str(error)) from error


def _answer(found: Mapping[str, object]) -> Answer:
    blocks = [_block(each) for each in objects(found.get("blocks"))]
    if "text" in found:
        blocks.append(Text(str(found["text"])))
    if not blocks:
        raise _wrong("an answer needs text or blocks")
    names = ("input_tokens", "output_tokens")
    counts = {name: found[name] for name in names if name in found}
    return Answer(
        tuple(blocks),
        str(found.get("stop_reason", "end_turn")),
        _made(Usage, counts) if counts else None,
        _object(found.get("fields", {})),
    )


def _block(found: Mapping[str, object]) -> Block:
    if "reasoning" in found:
        signature = str(found.get("signature", ""))
        return Reasoning(str(found["reasoning"]), signature)
    if "tool" in found:
        name = str(found.get("id", "tooluse_sandbox"))
        return ToolUse(str(found["tool"]), _object(found.get("input", {})), name)
    return Text(str(found.get("text", "")))


def _object(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise _wrong("expected an object")
    return value


def _rule(found: Mapping[str, object]) -> Rule:
    name = str(found.get("fault"))
    if name not in FAULTS:
        raise _wrong(f"there is no fault {name}")
    kind = FAULTS[name]
    further = {k: v for k, v in found.items() if k not in {*_RULE, "fault"}}
    if isinstance(kind, Fault):
        if further:
            raise _wrong(f"{name} takes no {', '.join(further)}")
        fault = kind
    else:
        fault = _made(kind, further)
    where = {k: v for k, v in found.items() if k in _RULE}
    return _made(Rule, {"fault": fault, **where})
