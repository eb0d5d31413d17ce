"""One list of all models, and what is said about those that cannot be used."""

import json

import pytest

from tests.fakes import Bench
from tests.outside import HAIKU, NOVA, US_HAIKU
from workbench.domain.access import AccessReason, Availability
from workbench.domain.capabilities import Support
from workbench.domain.catalogue import Unread
from workbench.domain.errors import WorkbenchError
from workbench.domain.models import BUILTIN_MODEL, PRACTICE, ModelKind, ModelRef
from workbench.domain.remote import ReasoningStyle
from workbench.domain.remote_ports import ServedModel
from workbench.services.catalogue import (
    CatalogueService,
    Group,
    ModelEntry,
    ModelList,
    found_by,
)

URL = "http://127.0.0.1:11434/v1"


@pytest.fixture
def catalogue(bench: Bench) -> CatalogueService:
    bench.endpoints.served[URL] = (
        ServedModel("qwen3:4b"),
        ServedModel("embed", answers=False),
    )
    return bench.services.catalogue


def connect(bench: Bench, *, practice: bool = False) -> None:
    connections = bench.services.connections
    if practice:
        connections.set_practice(True).future.result(5)
    else:
        connections.choose("support", "us-east-1").future.result(5)
    bench.services.catalogue.refresh().future.result(5)


def of(models: ModelList, group: Group) -> list[ModelEntry]:
    return [entry for entry in models.entries if entry.group is group]


def test_without_connections_there_is_what_this_computer_has(
    bench: Bench, catalogue: CatalogueService
) -> None:
    models = catalogue.models()
    assert [entry.model for entry in models.entries] == [BUILTIN_MODEL]
    assert not bench.aws.read


def test_every_model_that_answers_in_text_is_listed_usable_ones_first(
    bench: Bench, catalogue: CatalogueService
) -> None:
    connect(bench)
    listed = of(catalogue.models(), Group.BEDROCK)

    assert [entry.model.path for entry in listed] == [NOVA, US_HAIKU, HAIKU]
    assert listed[0].model.region == "us-east-1"
    assert listed[0].where == "Amazon"
    assert listed[2].availability.reason is AccessReason.NEEDS_PROFILE
    assert not listed[2].usable


def test_endpoints_are_read_when_they_are_added(
    bench: Bench, catalogue: CatalogueService
) -> None:
    bench.services.endpoints.add("Ollama", URL).future.result(5)
    catalogue.refresh().future.result(5)
    (entry,) = of(catalogue.models(), Group.ENDPOINT)

    assert entry.where == "Ollama"
    assert entry.model.kind is ModelKind.OPENAI
    assert entry.model.region == bench.services.endpoints.all()[0].ulid


def test_what_could_not_be_read_is_named(
    bench: Bench, catalogue: CatalogueService
) -> None:
    unread = Unread("bedrock:ListCustomModels", "AccessDeniedException", "no")
    bench.aws.unread = (unread,)
    bench.services.endpoints.add("Ollama", URL).future.result(5)
    bench.endpoints.served.clear()
    connect(bench)
    models = catalogue.models()

    assert models.unread == (unread,)
    assert [name for name, _error in models.failures] == ["Ollama"]
    assert of(models, Group.BEDROCK)


def test_a_profile_that_cannot_be_asked_is_named(
    bench: Bench, catalogue: CatalogueService
) -> None:
    bench.aws.failure = WorkbenchError("aws.signed_out", "Not signed in.")
    connect(bench)
    models = catalogue.models()

    assert [(name, error.code) for name, error in models.failures] == [
        ("AWS", "aws.signed_out")
    ]


def test_practice_models_are_marked_and_of_another_kind(
    bench: Bench, catalogue: CatalogueService
) -> None:
    connect(bench, practice=True)
    listed = of(catalogue.models(), Group.BEDROCK)

    assert all(entry.model.is_practice for entry in listed)
    assert {entry.model.region for entry in listed} == {PRACTICE}
    assert listed[0].model.label == "Nova Lite (SANDBOX)"
    assert listed[0].price is None


def test_practice_off_takes_its_models_away(
    bench: Bench, catalogue: CatalogueService
) -> None:
    connect(bench, practice=True)
    bench.services.connections.set_practice(False).future.result(5)

    assert not of(catalogue.models(), Group.BEDROCK)


def test_favourites_stand_in_front_whatever_the_region(
    bench: Bench, catalogue: CatalogueService
) -> None:
    connect(bench)
    haiku = ModelRef(ModelKind.BEDROCK, "", US_HAIKU, region="eu-west-1")
    catalogue.set_favourite(haiku, on=True)
    found = found_by(catalogue.models().entries, "")

    assert found[0].model.path == US_HAIKU
    assert found[0].favourite
    catalogue.set_favourite(haiku, on=False)
    assert not any(entry.favourite for entry in catalogue.models().entries)


@pytest.mark.parametrize("typed", ["haiku 4.5", "HAIKU-4-5", "anthropic us"])
def test_models_are_found_by_their_words(
    bench: Bench, catalogue: CatalogueService, typed: str
) -> None:
    connect(bench)
    found = found_by(catalogue.models().entries, typed)
    assert US_HAIKU in [entry.model.path for entry in found]
    assert NOVA not in [entry.model.path for entry in found]


def test_the_style_of_a_request_comes_from_the_table(
    bench: Bench, catalogue: CatalogueService
) -> None:
    model = ModelRef(ModelKind.BEDROCK, "", US_HAIKU, region="us-east-1")
    before = catalogue.style(model)
    connect(bench)

    assert catalogue.style(model) == before
    assert before.reasoning is ReasoningStyle.ANTHROPIC_BUDGET
    assert not before.both_sampling
    assert catalogue.capabilities(BUILTIN_MODEL).images is Support.UNKNOWN


def test_a_price_is_of_the_very_id(bench: Bench, catalogue: CatalogueService) -> None:
    micro = ModelRef(
        ModelKind.BEDROCK, "", "amazon.nova-micro-v1:0", region="us-east-1"
    )
    price = catalogue.price(micro)
    assert price is not None
    assert str(price.input) == "0.035"
    assert catalogue.price(BUILTIN_MODEL) is None


def test_what_aws_says_of_a_model_is_kept(
    bench: Bench, catalogue: CatalogueService
) -> None:
    connect(bench)
    missing = Availability(AccessReason.AGREEMENT_MISSING, "Ask for it.")
    bench.aws.access[NOVA] = missing
    nova = of(catalogue.models(), Group.BEDROCK)[0].model
    assert catalogue.ask_availability(nova).future.result(5) == missing

    entry = next(e for e in catalogue.models().entries if e.model.path == NOVA)
    assert entry.availability == missing
    assert not entry.usable


def test_the_administrator_is_asked_for_the_model_that_can_be_called(
    bench: Bench, catalogue: CatalogueService
) -> None:
    connect(bench)
    model = ModelRef(ModelKind.BEDROCK, "", HAIKU, region="us-east-1")
    request = catalogue.administrator_request(model, AccessReason.DENIED)

    assert request is not None
    assert request.values["ids"] == US_HAIKU
    assert "assumed-role/Expert" in request.values["identity"]
    assert json.loads(request.policy)["Statement"]
    unknown = ModelRef(ModelKind.BEDROCK, "", "nobody.knows")
    assert catalogue.administrator_request(unknown, AccessReason.DENIED) is None
