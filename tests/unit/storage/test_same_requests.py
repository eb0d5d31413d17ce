"""A version with fifty examples and five files, kept and loaded, sends the same bytes.

The request is the one that goes to Amazon Bedrock, made by the code that sends it.
"""

import dataclasses
import json
from pathlib import Path

import pytest

from tests.unit.formats.office import docx, paragraph, pdf, png, xlsx
from workbench.aws.blocks import converse_request, prompt_hash
from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.domain.generation import GenerationRequest
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.ports import ProjectFiles, ProjectStore
from workbench.domain.prompts import Message, PromptSpec, Role, Shot, render
from workbench.domain.remote import ReasoningStyle, RequestStyle
from workbench.domain.thinking import ThinkingStyle, thinking_of
from workbench.domain.threads import follow_up
from workbench.formats.documents import document_text

MODEL = ModelRef(ModelKind.BEDROCK, "m", "provider.model-v1:0")
INPUT = {"ticket": "荷物が\u3000届かない \U0001f62e"}
CONTENTS = {
    "pdf": pdf("Terms", "of use"),
    "docx": docx(paragraph("見出し") + paragraph("本文")),
    "xlsx": xlsx({"表": [["りんご", 1]]}),
    "csv": "名前,値\r\nりんご,1\r\n".encode("cp932"),
}


def everything(project: ProjectStore) -> PromptSpec:
    turns = (Message(Role.USER, "丁寧に"), Message(Role.ASSISTANT, "はい\n\n"))
    shots = tuple(
        Shot(
            (("ticket", f"例 {number} {{{{ticket}}}} é"),),
            f" 返金 {number}\r\n",
            thinking="理由" * (number % 3),
            turns=turns * (number % 2),
            output_only=number % 10 == 9,
            enabled=number != 7,
        )
        for number in range(51)
    )
    files = [
        FilePart(
            project.blobs.put(content),
            FileKind.DOCUMENT,
            form,
            len(content),
            document_text(content, form),
            SendAs.TEXT if form == "csv" else SendAs.BLOCK,
            f"内緒.{form}",
        )
        for form, content in CONTENTS.items()
    ]
    image = png(3, 2)
    digest = project.blobs.put(image)
    files.append(FilePart(digest, FileKind.IMAGE, "png", len(image), name="写真"))
    spec = PromptSpec(
        system="{{{{役割}}}}: {{ticket}} を分類",
        template="入力:\t{{ ticket }}\n",
        shots=shots,
        parameters=GenerationParameters(
            max_output_tokens=512,
            stop_sequences=("\n\n", "。"),
            reasoning_effort="low",
            json_schema='{"type": "object"}',
            prompt_caching=True,
        ),
        thinking=thinking_of(ThinkingStyle.GUIDED, ["読む", "決める"], "ja"),
        files=tuple(files),
    )
    return follow_up(spec, "はい", "もっと短く")


def sent(project: ProjectStore, spec: PromptSpec, style: RequestStyle) -> str:
    """The whole request as text, with the bytes of its files."""
    request = GenerationRequest(MODEL, render(spec, INPUT), spec.parameters)
    body = converse_request(request, style, project.blobs.get)
    whole = json.dumps(
        body, ensure_ascii=False, default=lambda content: bytes(content).hex()
    )
    return f"{prompt_hash(body)} {whole}"


STYLES = {
    "everything taken": RequestStyle(
        reasoning=ReasoningStyle.ANTHROPIC_ADAPTIVE,
        caching=True,
        json_schema=True,
        images=True,
        documents=True,
    ),
    "text for documents": RequestStyle(images=True, documents=False, system=False),
}


@pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))
def test_the_same_bytes_after_loading(
    project: ProjectStore, files: ProjectFiles, tmp_path: Path, style: RequestStyle
) -> None:
    spec = everything(project)
    before = sent(project, spec, style)
    assert len(spec.active_shots) == 50
    assert "内緒" not in before
    version = project.prompts.ensure_version(spec)
    project.prompts.save_draft(spec, INPUT)
    copy = files.open(project.save_copy(tmp_path / "elsewhere" / "copy.workbench"))
    try:
        loaded = copy.prompts.version(version.id)
        assert loaded == spec
        assert loaded.content_hash == spec.content_hash == version.content_hash
        assert sent(copy, loaded, style) == before
        assert sent(copy, copy.prompts.draft(), style) == before
    finally:
        copy.close()


def test_what_is_sent_tells_versions_apart(project: ProjectStore) -> None:
    spec = everything(project)
    style = STYLES["everything taken"]
    renamed = dataclasses.replace(
        spec, files=tuple(dataclasses.replace(f, name="x") for f in spec.files)
    )
    assert sent(project, renamed, style) == sent(project, spec, style)
    assert renamed.content_hash == spec.content_hash
    other = dataclasses.replace(spec, files=spec.files[1:])
    assert sent(project, other, style) != sent(project, spec, style)
    assert other.content_hash != spec.content_hash
