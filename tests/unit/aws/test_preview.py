"""What is shown before sending is what Converse gets."""

import json

from workbench.aws.runtime import BedrockGenerator, Options
from workbench.aws.session import Sessions
from workbench.domain.connections import AwsConnection
from workbench.domain.content import FileKind, FilePart
from workbench.domain.generation import GenerationRequest
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message, Role

MODEL = ModelRef(ModelKind.BEDROCK, "Nova", "amazon.nova-lite-v1:0")


def connection() -> AwsConnection:
    raise AssertionError("a preview asks nobody")


def test_the_request_is_shown_with_files_by_their_size() -> None:
    image = FilePart("h", FileKind.IMAGE, "png", 4, name="secret.png")
    messages = (
        Message(Role.SYSTEM, "Antworte kurz – 短く."),
        Message(Role.USER, "What is this?", (image,)),
    )
    request = GenerationRequest(MODEL, messages, GenerationParameters())
    options = Options(files=lambda _: b"1234")
    shown = BedrockGenerator(Sessions(), connection, options).preview(request)
    body = json.loads(shown)
    assert body["modelId"] == MODEL.path
    assert body["system"] == [{"text": "Antworte kurz – 短く."}]
    source = body["messages"][0]["content"][0]["image"]["source"]
    assert source == {"bytes": "<4 bytes>"}
    assert "短く" in shown
    assert "secret" not in shown
