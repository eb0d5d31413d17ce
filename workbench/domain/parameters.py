"""Parameters of one call of a model, with the defaults of the whole product."""

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class GenerationParameters:
    """How an answer is decoded.

    Attributes:
        temperature: 0, the default, is greedy decoding: same prompt, same answer.
        top_p: nucleus of probability that is sampled from; unused when greedy.
        max_output_tokens: the answer is cut after this many tokens.
        seed: seed of sampling; recorded also when greedy.
        stop_sequences: texts that end the answer.
        reasoning_effort: ``low``, ``medium``, ``high`` …, for models that take one;
            empty asks for no reasoning.
        reasoning_budget: tokens for reasoning, for models that take a number; they
            come on top of `max_output_tokens`.
        json_schema: JSON text of the schema the answer must keep to, or empty.
        prompt_caching: whether the provider should cache system text and examples.
    """

    temperature: float = 0.0
    top_p: float = 1.0
    max_output_tokens: int = 128
    seed: int = 0
    stop_sequences: tuple[str, ...] = ()
    reasoning_effort: str = ""
    reasoning_budget: int = 0
    json_schema: str = ""
    prompt_caching: bool = False

    def hashed(self) -> dict[str, Any]:
        """Return the fields that stand in a prompt's hash.

        Fields that came later are left out while they have their default, so that the
        versions of older projects keep their hashes.
        """
        fields = dataclasses.asdict(self)
        for field in dataclasses.fields(self):
            if field.name in _CAME_LATER and fields[field.name] == field.default:
                del fields[field.name]
        return fields


_CAME_LATER = frozenset(
    {"reasoning_effort", "reasoning_budget", "json_schema", "prompt_caching"}
)
