"""Parameters of one call of a model, with the defaults of the whole product."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class GenerationParameters:
    """How an answer is decoded.

    Attributes:
        temperature: 0, the default, is greedy decoding: same prompt, same answer.
        top_p: nucleus of probability that is sampled from; unused when greedy.
        max_output_tokens: the answer is cut after this many tokens.
        seed: seed of sampling; recorded also when greedy.
        stop_sequences: texts that end the answer.
    """

    temperature: float = 0.0
    top_p: float = 1.0
    max_output_tokens: int = 128
    seed: int = 0
    stop_sequences: tuple[str, ...] = ()
