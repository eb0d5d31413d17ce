"""Who the exported file is for, and what they refuse.

Limits from the Amazon Bedrock user guide ("Preparing data for fine-tuning" and the
quotas of each family) and AWS's samples, read in November 2026.
"""

from dataclasses import dataclass
from types import MappingProxyType

from workbench.formats.conversation import Dialect


@dataclass(frozen=True, slots=True)
class Target:
    """A trainer and its limits; None = none known.

    Attributes:
        name: stable code, stored in manifests.
        dialect: shape of its lines.
        most_tokens: prompt and answer of one record together.
        fewest_records: training records of one job.
        most_records: training and validation records together.
        most_validation: validation records.
        validation: whether the trainer accepts a validation file at all.
        forbidden: texts that must not stand in a prompt, or the job fails.
    """

    name: str
    dialect: Dialect
    most_tokens: int | None = None
    fewest_records: int | None = None
    most_records: int | None = None
    most_validation: int | None = None
    validation: bool = True
    forbidden: tuple[str, ...] = ()


_NOVA_FORBIDDEN = (
    "System:",
    "User:",
    "Bot:",
    "Assistant:",
    "<image>",
    "<video>",
    "[EOS]",
)

TRL = Target("trl", Dialect.TRL_PROMPT_COMPLETION)
NOVA_1 = Target(
    "bedrock_nova_1",
    Dialect.BEDROCK_CONVERSATION,
    most_tokens=32_000,
    fewest_records=8,
    most_records=20_000,
    forbidden=_NOVA_FORBIDDEN,
)
NOVA_2_LITE = Target(
    "bedrock_nova_2_lite",
    Dialect.BEDROCK_CONVERSATION,
    most_tokens=32_000,
    fewest_records=200,
    most_records=20_000,
    validation=False,
    forbidden=_NOVA_FORBIDDEN,
)
LLAMA_3 = Target(
    "bedrock_llama_3",
    Dialect.BEDROCK_CONVERSATION,
    most_tokens=16_000,
    fewest_records=100,
    most_records=10_000,
    most_validation=1_000,
)

TARGETS = MappingProxyType({t.name: t for t in (TRL, NOVA_1, NOVA_2_LITE, LLAMA_3)})
"""Every target by name."""


def estimated_tokens(text: str) -> int:
    """Guess the tokens of a text, give or take a quarter.

    Kana and CJK characters / 1.1 + other characters / 4: fitted on JSQuAD, Banking77,
    TAT-QA and SciTLDR; not verified for models that publish no tokenizer.
    """
    wide = sum("\u2e80" <= character <= "\u9fff" for character in text)
    return round(wide / 1.1 + (len(text) - wide) / 4)
