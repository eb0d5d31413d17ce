"""Each request goes to whoever runs its model."""

import dataclasses

import pytest

from tests.fakes import Answer, FakeGenerator
from workbench.domain.errors import InputError, WorkbenchError
from workbench.domain.generation import Generation, GenerationRequest, StopSignal
from workbench.domain.models import BUILTIN_MODEL, PRACTICE, ModelKind, ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message, Role
from workbench.services.generators import (
    SANDBOX_MARK,
    Factory,
    Place,
    RoutedGenerator,
)

FOLDER = ModelRef(ModelKind.LOCAL, "A folder", "/models/a")
NOVA = ModelRef(ModelKind.BEDROCK, "Nova", "amazon.nova", region="us-east-1")
PRACTISED = dataclasses.replace(NOVA, region=PRACTICE)
SERVED = ModelRef(ModelKind.OPENAI, "Qwen", "qwen3", region="01ENDPOINT")


def asked(model: ModelRef) -> GenerationRequest:
    text = f"to {model.name}"
    return GenerationRequest(model, (Message(Role.USER, text),), GenerationParameters())


def quiet(_text: str) -> None:
    """Nobody watches."""


def saying(word: str) -> Answer:
    def answer(_request: GenerationRequest) -> str:
        return word

    return answer


class Adapters:
    """A stand-in for each place, and how often it was made."""

    def __init__(self) -> None:
        self.of = {place: FakeGenerator(saying(place)) for place in Place}
        self.made: list[Place] = []

    def factories(self) -> dict[Place, Factory]:
        return {place: self._factory(place) for place in Place}

    def _factory(self, place: Place) -> Factory:
        def make() -> FakeGenerator:
            self.made.append(place)
            return self.of[place]

        return make


@pytest.fixture
def adapters() -> Adapters:
    return Adapters()


@pytest.fixture
def routed(adapters: Adapters) -> RoutedGenerator:
    return RoutedGenerator(adapters.factories())


@pytest.mark.parametrize(
    ("model", "place"),
    [
        (BUILTIN_MODEL, Place.COMPUTER),
        (FOLDER, Place.COMPUTER),
        (NOVA, Place.BEDROCK),
        (PRACTISED, Place.PRACTICE),
        (SERVED, Place.ENDPOINT),
    ],
)
def test_a_request_goes_where_its_model_runs(
    adapters: Adapters, routed: RoutedGenerator, model: ModelRef, place: Place
) -> None:
    said = [routed.generate(asked(model), quiet, StopSignal()) for _ in range(2)]

    assert [answer.text for answer in said] == [place, place]
    assert adapters.made == [place]


def test_an_answer_of_practice_says_so_and_is_asked_without_its_mark(
    adapters: Adapters, routed: RoutedGenerator
) -> None:
    real = routed.generate(asked(NOVA), quiet, StopSignal())
    practised = routed.generate(asked(PRACTISED), quiet, StopSignal())

    assert SANDBOX_MARK in practised.versions
    assert SANDBOX_MARK not in real.versions
    assert adapters.of[Place.PRACTICE].requests[0].model.region == ""
    assert NOVA.key != PRACTISED.key


def test_a_batch_is_answered_place_by_place_under_its_own_numbers(
    adapters: Adapters, routed: RoutedGenerator
) -> None:
    models = [BUILTIN_MODEL, PRACTISED, FOLDER, SERVED, PRACTISED]
    answers: dict[int, Generation] = {}
    routed.generate_batch(
        [asked(model) for model in models], answers.__setitem__, StopSignal()
    )

    said = [answers[index].text for index in range(len(models))]
    assert said == ["computer", "practice", "computer", "endpoint", "practice"]
    assert SANDBOX_MARK in answers[4].versions
    assert adapters.made == [Place.COMPUTER, Place.PRACTICE, Place.ENDPOINT]


def test_one_place_that_fails_does_not_silence_the_others(
    adapters: Adapters, routed: RoutedGenerator
) -> None:
    broken = adapters.of[Place.BEDROCK]
    broken.failure = WorkbenchError("aws.signed_out", "You are not signed in.")
    broken.fail_batch_after = 0
    answers: dict[int, Generation] = {}
    with pytest.raises(WorkbenchError, match="not signed in"):
        routed.generate_batch(
            [asked(NOVA), asked(SERVED)], answers.__setitem__, StopSignal()
        )

    assert list(answers) == [1]


def test_what_is_not_set_up_is_named() -> None:
    routed = RoutedGenerator({Place.COMPUTER: FakeGenerator})
    with pytest.raises(InputError) as refused:
        routed.generate(asked(NOVA), quiet, StopSignal())

    assert refused.value.code == "model.no_adapter"
    assert refused.value.details == {"model": "Nova", "place": "bedrock"}


def test_what_is_not_permitted_reaches_no_adapter(adapters: Adapters) -> None:
    def permit(model: ModelRef) -> None:
        if model.kind is ModelKind.BEDROCK:
            raise InputError("practice.on", "Practice is on.")

    routed = RoutedGenerator(adapters.factories(), permit)
    with pytest.raises(InputError, match="Practice"):
        routed.generate(asked(NOVA), quiet, StopSignal())
    with pytest.raises(InputError, match="Practice"):
        routed.generate_batch([asked(NOVA)], lambda _i, _g: None, StopSignal())

    assert not adapters.made


def test_closing_closes_what_was_made_and_makes_nothing(
    adapters: Adapters, routed: RoutedGenerator
) -> None:
    routed.count_tokens(BUILTIN_MODEL, ["one two"])
    assert routed.is_available()
    routed.close()

    assert adapters.made == [Place.COMPUTER]
    assert adapters.of[Place.COMPUTER].closed
    assert not adapters.of[Place.ENDPOINT].closed
