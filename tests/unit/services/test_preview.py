"""What would be sent: by part, with the request of the adapter where it tells one."""

import json
from pathlib import Path

import pytest

from tests.fakes import FakeGenerator, make_bench
from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.domain.errors import InputError
from workbench.domain.generation import GenerationRequest
from workbench.domain.models import BUILTIN_MODEL, ModelKind, ModelRef
from workbench.domain.prompts import Message, PromptSpec, Role, Shot
from workbench.services.generators import Place, RoutedGenerator
from workbench.services.preview import SentPart

SPEC = PromptSpec(
    "one two",
    "say {{x}}",
    (Shot((("x", "a"),), "b"),),
    files=(
        FilePart("h", FileKind.DOCUMENT, "txt", 5, "read me", SendAs.TEXT, "a.txt"),
    ),
    conversation=(Message(Role.ASSISTANT, "no"), Message(Role.USER, "be polite")),
)
ON_BEDROCK = ModelRef(ModelKind.BEDROCK, "Claude", "anthropic.claude")


class Telling(FakeGenerator):
    def preview(self, request: GenerationRequest) -> str:
        return f"as {request.model.path} gets it"


def test_each_part_is_counted_apart(tmp_path: Path) -> None:
    services = make_bench(tmp_path).services
    seen = services.preview.look(SPEC, {"x": "y"}, BUILTIN_MODEL).future.result(10)
    assert dict(seen.tokens) == {
        SentPart.RULES: 2,
        SentPart.EXAMPLES: 3,
        SentPart.FILES: 2,
        SentPart.MESSAGE: 2,
        SentPart.THREAD: 3,
    }
    assert seen.total == 12
    assert not seen.is_estimate
    sent = json.loads(seen.request)["messages"]
    assert "read me" in sent[-3]["content"]
    services.close()


def test_the_very_input_is_left_out_of_the_examples(tmp_path: Path) -> None:
    services = make_bench(tmp_path).services
    seen = services.preview.guess(SPEC, {"x": "a"})
    assert SentPart.EXAMPLES not in dict(seen.tokens)
    assert seen.is_estimate
    services.close()


def test_what_cannot_be_sent_says_why(tmp_path: Path) -> None:
    services = make_bench(tmp_path).services
    image = FilePart("h", FileKind.IMAGE, "png", 5, name="a.png")
    spec = PromptSpec("", "look", files=(image,))
    seen = services.preview.look(spec, {}, BUILTIN_MODEL).future.result(10)
    assert seen.request == ""
    assert seen.problem is not None
    assert seen.problem.code == "files.format"
    services.close()


def test_an_adapter_that_tells_its_request_is_asked() -> None:
    routed = RoutedGenerator({Place.BEDROCK: Telling, Place.COMPUTER: FakeGenerator})
    message = (Message(Role.USER, "hello"),)
    asked = GenerationRequest(ON_BEDROCK, message, SPEC.parameters)
    assert routed.preview(asked) == "as anthropic.claude gets it"
    local = GenerationRequest(BUILTIN_MODEL, message, SPEC.parameters)
    assert json.loads(routed.preview(local))["messages"] == [
        {"role": "user", "content": "hello"}
    ]
    elsewhere = ModelRef(ModelKind.OPENAI, "m", "m", region="e")
    refused = GenerationRequest(elsewhere, message, SPEC.parameters)
    with pytest.raises(InputError, match="set up"):
        routed.preview(refused)
