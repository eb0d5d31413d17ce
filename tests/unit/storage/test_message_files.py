"""Messages with files: kept with all that is known of a file but its bytes."""

import json

from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message, PromptSpec, Role
from workbench.storage import codec

PART = FilePart(
    "sha256:1", FileKind.DOCUMENT, "pdf", 9, "text", SendAs.TEXT, "Plan.pdf"
)


def test_files_are_read_as_they_were_written() -> None:
    messages = (Message(Role.SYSTEM, "s"), Message(Role.USER, "\u65e5", (PART,)))
    assert codec.messages(codec.load(codec.dump_messages(messages))) == messages


def test_messages_without_files_are_written_as_before() -> None:
    text = codec.dump_messages((Message(Role.USER, "x"),))
    assert json.loads(text) == [{"role": "user", "text": "x"}]
    assert codec.messages(codec.load(text)) == (Message(Role.USER, "x"),)


def test_parameters_of_an_older_project_have_the_defaults() -> None:
    text = '{"parameters": {"temperature": 0.5, "stop_sequences": ["END"]}}'
    spec = codec.load_spec(text)
    assert spec.parameters == GenerationParameters(0.5, stop_sequences=("END",))
    later = PromptSpec(parameters=GenerationParameters(reasoning_budget=9))
    assert codec.load_spec(codec.dump_value(later)).parameters == later.parameters
