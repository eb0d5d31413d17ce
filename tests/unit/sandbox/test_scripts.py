"""Rules of faults, and scripts in files."""

import json
from pathlib import Path
from typing import Any

import pytest

from workbench.domain.errors import InputError
from workbench.sandbox import Pace, Question, Reasoning, Text, ToolUse, Usage, faults
from workbench.sandbox.faults import NO_FAULT, FaultPlan, Rule
from workbench.sandbox.script_file import FAULTS, load, parse

ASKED: Any = None


def taken(plan: FaultPlan, count: int, operation: str = "Converse") -> list[str]:
    return [plan.take(operation, "m").name for _ in range(count)]


def test_a_rule_counts_the_requests_that_fit() -> None:
    plan = FaultPlan([Rule(faults.THROTTLE, operation="Converse", first=2, count=2)])
    assert taken(plan, 3, "ConverseStream") == ["Fault"] * 3
    throttled = "ThrottlingException"
    assert taken(plan, 4) == ["Fault", throttled, throttled, "Fault"]


def test_the_first_rule_that_is_due_wins_and_all_count() -> None:
    plan = FaultPlan([Rule(faults.THROTTLE), Rule(faults.INTERNAL, count=2)])
    assert taken(plan, 3) == [
        "ThrottlingException",
        "InternalServerException",
        "Fault",
    ]


def test_rules_may_come_and_go() -> None:
    plan = FaultPlan()
    assert plan.take("Converse", "m") is NO_FAULT
    plan.add(Rule(faults.DENIED, model="other", count=0))
    assert plan.take("Converse", "m") is NO_FAULT
    assert plan.take("Converse", "other") is faults.DENIED
    plan.clear()
    assert plan.take("Converse", "other") is NO_FAULT


def test_a_script_has_answers_faults_and_pace(tmp_path: Path) -> None:
    written = {
        "answers": [
            {"text": "Grüße"},
            {
                "blocks": [
                    {"reasoning": "Hm.", "signature": "s"},
                    {"text": "Yes"},
                    {"tool": "look_up", "input": {"id": 1}, "id": "t1"},
                ],
                "stop_reason": "tool_use",
                "output_tokens": 9,
                "fields": {"a": 1},
            },
        ],
        "faults": [
            {"fault": "throttle", "operation": "Converse", "first": 2, "count": 3},
            {"fault": "cut", "frames": 3, "within": True, "model": "m"},
            {"fault": "slow_first_byte", "seconds": 0.5},
        ],
        "pace": {"latency": 0.2, "tokens_per_second": 50},
    }
    path = tmp_path / "script.json"
    path.write_text(json.dumps(written), encoding="utf-8")
    found = load(path)
    question: Question = ASKED
    assert found.script(question).text == "Grüße"
    answer = found.script(question)
    assert answer.blocks == (
        Reasoning("Hm.", "s"),
        Text("Yes"),
        ToolUse("look_up", {"id": 1}, "t1"),
    )
    assert (answer.stop_reason, answer.usage) == ("tool_use", Usage(None, 9))
    assert answer.fields == {"a": 1}
    assert found.rules == (
        Rule(faults.THROTTLE, operation="Converse", first=2, count=3),
        Rule(faults.Cut(3, within=True), model="m"),
        Rule(faults.SlowFirstByte(0.5)),
    )
    assert found.pace == Pace(latency=0.2, tokens_per_second=50)


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_has_a_name_in_scripts(name: str) -> None:
    [rule] = parse({"faults": [{"fault": name}]}).rules
    assert rule.fault.name


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {"answer": []},
        {"answers": [{}]},
        {"answers": [{"text": "x", "fields": 1}]},
        {"faults": [{"fault": "gremlins"}]},
        {"faults": [{"fault": "throttle", "seconds": 1}]},
        {"faults": [{"fault": "cut", "depth": 1}]},
        {"pace": {"speed": 1}},
        {"pace": 3},
    ],
)
def test_a_wrong_script_is_the_persons_to_mend(wrong: Any) -> None:
    with pytest.raises(InputError) as caught:
        parse(wrong)
    assert caught.value.code == "sandbox.script"


def test_a_script_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        load(tmp_path / "none.json")
    path = tmp_path / "broken.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(InputError):
        load(path)
