"""What belongs to a prompt version: what is sent, its hash, and what is left out."""

import dataclasses

import pytest

from workbench.domain.chains import (
    check_chain,
    step_variables,
    steps_of,
    unreachable_answers,
)
from workbench.domain.content import FileKind, FilePart
from workbench.domain.errors import InputError
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import (
    ChainStep,
    Message,
    PlaceholderIssue,
    PromptSpec,
    Role,
    Shot,
    answered,
    as_literal,
    fill,
    first_shots,
    for_input,
    names_in,
    placeholder_issues,
    render,
    without_inputs,
)
from workbench.domain.thinking import ThinkingStyle, joined, thinking_of
from workbench.domain.threads import (
    completion,
    follow_up,
    for_training,
    is_open,
    thread_shot,
    without_thread,
)

OLD = PromptSpec(
    system="役割",
    template="{{b}} {{a}}",
    shots=(
        Shot((("a", "1"), ("b", "2")), "はい", example_ulid="E", trial_ulid="T"),
        Shot((("a", "3"),), "いいえ", enabled=False),
    ),
    parameters=GenerationParameters(0.5, 0.9, 64, 7, ("\n", "。")),
)
TICKET = PromptSpec("Sort.", "{{ticket}}")
PDF = FilePart("sha256:00", FileKind.DOCUMENT, "pdf", 3, "text", name="a.pdf")


def shot(text: str, answer: str = "x", **fields: object) -> Shot:
    return Shot((("ticket", text),), answer, **fields)  # type: ignore[arg-type]


def test_hash_of_what_is_old_stays() -> None:
    """Versions of projects made by the first release are found again by these."""
    assert OLD.content_hash == (
        "sha256:1fb18014e78870b134de71219473db5c1145fe21e2f4c9ff4e10071de2e99e00"
    )
    assert PromptSpec().content_hash == (
        "sha256:26c403cefe672f9779720e729f23fa8d3737dc253ec0b65af8393065e604f90d"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"thinking": thinking_of(ThinkingStyle.STEP_BY_STEP)},
        {"thinking": thinking_of(ThinkingStyle.NATIVE)},
        {"files": (PDF,)},
        {"conversation": (Message(Role.ASSISTANT, "a"), Message(Role.USER, "b"))},
        {"chain": (ChainStep(TICKET),)},
        {"chain": (ChainStep(TICKET, ModelRef(ModelKind.BEDROCK, "m", "m")),)},
        {"shots": (shot("1", output_only=True),)},
        {"shots": (shot("1", thinking="why"),)},
        {"shots": (shot("1", turns=(Message(Role.USER, "b"),)),)},
    ],
)
def test_everything_that_is_sent_makes_a_version(change: dict[str, object]) -> None:
    plain = dataclasses.replace(TICKET, shots=(shot("1"),))
    changed = dataclasses.replace(plain, **change)  # type: ignore[arg-type]
    assert changed.content_hash != plain.content_hash


def test_a_name_makes_no_version() -> None:
    renamed = dataclasses.replace(PDF, name="b.pdf")
    one, other = (dataclasses.replace(TICKET, files=(f,)) for f in (PDF, renamed))
    assert one.content_hash == other.content_hash
    steps = (ChainStep(TICKET, name="sort"),), (ChainStep(TICKET, name="order"),)
    one, other = (dataclasses.replace(TICKET, chain=step) for step in steps)
    assert one.content_hash == other.content_hash


def test_placeholders_of_earlier_answers() -> None:
    text = "{{ step1.answer }} {{step12.answer}} {{step0.answer}} {{a.b}} {{a}}"
    assert names_in(text) == ("step1.answer", "step12.answer", "a")
    filled = fill(text, {"step1.answer": "A", "a": "B"})
    assert filled == "A {{step12.answer}} {{step0.answer}} {{a.b}} B"
    assert fill(as_literal(text), {"a": "B"}) == text


def test_issues_name_unknown_empty_and_unused() -> None:
    spec = PromptSpec("{{a}}", "{{b}} {{c}}")
    assert placeholder_issues(spec, {"b": "", "a": "1", "d": ""}) == (
        (PlaceholderIssue.UNKNOWN, "c"),
        (PlaceholderIssue.EMPTY, "b"),
        (PlaceholderIssue.UNUSED, "d"),
    )


def test_shots_are_turns_and_answers_alone_stand_in_the_system_text() -> None:
    turns = (Message(Role.USER, "politer"), Message(Role.ASSISTANT, "please"))
    shots = (
        shot("one", "1"),
        shot("off", "0", enabled=False),
        shot("two", "2", turns=turns),
        shot("hidden", "3", output_only=True),
        Shot((), "4\n5", output_only=True),
    )
    spec = PromptSpec("Sort {{ticket}}.", "T: {{ticket}}", shots, files=(PDF,))
    assert render(spec, {"ticket": "now"}) == (
        Message(
            Role.SYSTEM,
            "Sort now.\n\n<examples_of_answers>\n<example>\n3\n</example>\n"
            "<example>\n4\n5\n</example>\n</examples_of_answers>",
        ),
        Message(Role.USER, "T: one"),
        Message(Role.ASSISTANT, "1"),
        Message(Role.USER, "T: two"),
        Message(Role.ASSISTANT, "2"),
        *turns,
        Message(Role.USER, "T: now", (PDF,)),
    )


def test_thinking_is_asked_for_and_shown_by_the_examples() -> None:
    thinking = thinking_of(ThinkingStyle.GUIDED, ["Read.", " ", "Decide."])
    spec = PromptSpec("", "{{ticket}}", (shot("one", "1", thinking="It is."),))
    spec = dataclasses.replace(spec, thinking=thinking)
    system, _, example, _ = render(spec, {"ticket": "now"})
    assert system == Message(Role.SYSTEM, thinking.instruction)
    assert "1. Read.\n2. Decide.\n" in thinking.instruction
    assert example.text == "It is.\n\n<answer>\n1\n</answer>"


def test_the_models_own_reasoning_writes_nothing_into_the_prompt() -> None:
    native = dataclasses.replace(TICKET, thinking=thinking_of(ThinkingStyle.NATIVE))
    assert render(native, {"ticket": "a"}) == render(TICKET, {"ticket": "a"})


@pytest.mark.parametrize("own", ["now", " NOW ", "ｎｏｗ"])
def test_what_is_run_is_left_out(own: str) -> None:
    later = (Message(Role.USER, own), Message(Role.ASSISTANT, "x"))
    shots = (
        shot(own),
        shot("one", turns=later),
        shot("two", example_ulid="E"),
        shot("three"),
        Shot((), "4", output_only=True),
        Shot((("ticket", own), ("step1.answer", "?")), "x"),
    )
    kept = without_inputs(shots, {"ticket": "now"}, "E")
    assert [s.answer for s in kept] == ["x", "4"]
    assert kept[0] == shots[3]


def test_an_example_without_input_is_never_the_input() -> None:
    alone = Shot((), "4", output_only=True)
    assert without_inputs((alone,), {}) == (alone,)


def test_first_k_after_the_input_is_left_out() -> None:
    off = shot("off", enabled=False)
    shots = (shot("1"), off, shot("2"), shot("3"), shot("4"))
    spec = dataclasses.replace(TICKET, shots=shots)
    assert first_shots(spec, 2).shots == (shots[0], shots[2])
    assert for_input(spec, {"ticket": "1"}, k=2).shots == (shots[2], shots[3])
    assert for_input(spec, {"ticket": "9"}, k=0).shots == ()
    assert for_input(spec, {"ticket": "9"}).shots == shots


def test_a_thread_grows_and_becomes_one_example() -> None:
    once = follow_up(TICKET, "first", "politer")
    twice = follow_up(once, "second", "shorter")
    texts = [m.text for m in render(twice, {"ticket": "now"})]
    assert texts == ["Sort.", "now", "first", "politer", "second", "shorter"]
    assert is_open(twice)
    assert is_open(TICKET)
    assert answered(twice.conversation) == ("politer",)
    made = thread_shot(twice, (("ticket", "now"),), "third", "T")
    assert made.answer == "first"
    assert [t.text for t in made.turns] == ["politer", "second", "shorter", "third"]
    assert made.inputs == ("now", "politer", "shorter")
    assert without_thread(twice) == TICKET
    shown = dataclasses.replace(TICKET, shots=(made,))
    sent = [m.text for m in render(shown, {"ticket": "next"})]
    assert sent == ["Sort.", *texts[1:], "third", "next"]


def test_a_thread_with_thinking_keeps_its_marks() -> None:
    thinking = thinking_of(ThinkingStyle.STEP_BY_STEP)
    spec = dataclasses.replace(TICKET, thinking=thinking)
    asked = follow_up(spec, joined("hm", "first"), "politer")
    made = thread_shot(asked, (("ticket", "now"),), "last")
    assert (made.thinking, made.answer) == ("hm", "first")
    shown = dataclasses.replace(spec, shots=(made,))
    texts = [m.text for m in render(shown, {"ticket": "next"})]
    assert texts[2] == asked.conversation[0].text == "hm\n\n<answer>\nfirst\n</answer>"
    assert texts[4] == "<answer>\nlast\n</answer>"


def test_a_thread_out_of_order_is_not_open() -> None:
    for turns in (
        (Message(Role.ASSISTANT, "a"),),
        (Message(Role.USER, "a"), Message(Role.ASSISTANT, "b")),
    ):
        assert not is_open(dataclasses.replace(TICKET, conversation=turns))


def test_steps_use_earlier_answers() -> None:
    second = ChainStep(PromptSpec(template="{{ticket}}: {{step1.answer}}"))
    third = ChainStep(PromptSpec(template="{{step2.answer}}"))
    spec = dataclasses.replace(TICKET, chain=(second, third))
    check_chain(spec)
    assert [s.spec.template for s in steps_of(spec)] == [
        "{{ticket}}",
        "{{ticket}}: {{step1.answer}}",
        "{{step2.answer}}",
    ]
    variables = step_variables({"ticket": "now"}, ["A"])
    assert render(second.spec, variables)[-1].text == "now: A"
    # What a step was run with is no input of the next one.
    assert step_variables(variables, ["A", "B"]) == {
        "ticket": "now",
        "step1.answer": "A",
        "step2.answer": "B",
    }


def test_chains_that_cannot_be_run() -> None:
    early = dataclasses.replace(TICKET, template="{{step1.answer}}")
    assert unreachable_answers(early) == ((1, "step1.answer"),)
    check_chain(early)
    own = ChainStep(PromptSpec(template="{{step2.answer}}"))
    early = dataclasses.replace(TICKET, chain=(own,))
    nested = dataclasses.replace(TICKET, chain=(ChainStep(TICKET),))
    outer = dataclasses.replace(TICKET, chain=(ChainStep(nested),))
    for spec, code in ((early, "chain.later"), (outer, "chain.nested")):
        with pytest.raises(InputError) as caught:
            check_chain(spec)
        assert caught.value.code == code


def test_what_is_trained_has_the_form_that_is_asked_for() -> None:
    asked = follow_up(TICKET, "first", "politer")
    spec = dataclasses.replace(
        asked, shots=(shot("1"),), files=(PDF,), chain=(ChainStep(TICKET),)
    )
    assert for_training(spec) == dataclasses.replace(TICKET, files=(PDF,))
    assert completion(TICKET, "x") == "x"
    aloud = dataclasses.replace(
        TICKET, thinking=thinking_of(ThinkingStyle.STEP_BY_STEP)
    )
    assert completion(aloud, "x") == "<answer>\nx\n</answer>"
