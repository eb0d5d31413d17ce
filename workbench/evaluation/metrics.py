"""Scores of one answer against its references, each between 0 and 1.

JSQuAD exact match and character F1 follow JGLUE: ``yahoojapan/JGLUE`` at 6f071c0,
``fine-tuning/patch/transformers-4.9.2_jglue-1.3.0.patch``, which is the definition as
there is no stand-alone scorer (Kurihara et al., LREC 2022, pp. 2957-2966). The score
of a record is the maximum over its references.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

Scorer = Callable[[str, Sequence[str]], float]


@dataclass(frozen=True, slots=True)
class Metric:
    """What a stored score means.

    Attributes:
        name: full name, as stored with every score.
        version: raised whenever our code may give another number.
        definition: what is computed, in one line for the methods section.
        source: where the definition comes from.
        score: per-record scorer ``(prediction, references) -> 0..1``, or None for a
            metric that exists only over a whole table (see ``classification``).
        binary: whether every record scores exactly 0 or 1.
    """

    name: str
    version: str
    definition: str
    source: str
    score: Scorer | None
    binary: bool

    @property
    def full_name(self) -> str:
        """Name and version, e.g. ``jsquad_em/1``: the key of a stored score."""
        return f"{self.name}/{self.version}"


def normalize(text: str) -> str:
    """Return ``text`` as JGLUE compares it.

    Lower case, trailing ``。`` off, white space squeezed. The order matters: a space
    after the last ``。`` protects it, as in the reference implementation.
    """
    return " ".join(text.lower().rstrip("。").split())


def jsquad_em(prediction: str, references: Sequence[str]) -> float:
    """JGLUE exact match, 1.0 or 0.0, maximum over ``references``."""
    answer = normalize(prediction)
    return float(any(answer == gold for gold in _usable(references)))


def jsquad_char_f1(prediction: str, references: Sequence[str]) -> float:
    """JGLUE character F1, 0..1, maximum over ``references``.

    F1 of the multisets of characters, spaces included: order plays no part.
    """
    answer = normalize(prediction)
    return max(_char_f1(answer, gold) for gold in _usable(references))


def _usable(references: Sequence[str]) -> list[str]:
    normalized = (normalize(reference) for reference in references)
    return [gold for gold in normalized if gold] or [""]


def _char_f1(answer: str, gold: str) -> float:
    if not answer or not gold:
        return float(answer == gold)
    common = (Counter(answer) & Counter(gold)).total()
    if not common:
        return 0.0
    precision, recall = common / len(answer), common / len(gold)
    return 2 * precision * recall / (precision + recall)


_JGLUE = "yahoojapan/JGLUE@6f071c0; Kurihara et al., LREC 2022"
_SKLEARN = "scikit-learn with labels= the known set and zero_division=0"

_ALL = (
    Metric(
        "jsquad_em",
        "1",
        "exact match after lower case, without trailing 。, spaces squeezed;"
        " maximum over references",
        _JGLUE,
        jsquad_em,
        binary=True,
    ),
    Metric(
        "jsquad_char_f1",
        "1",
        "F1 of the multisets of characters after the same normalisation;"
        " maximum over references",
        _JGLUE,
        jsquad_char_f1,
        binary=False,
    ),
    Metric(
        "accuracy",
        "1",
        "share of records whose answer names the right label; an answer without"
        " a known label counts as wrong",
        _SKLEARN,
        None,
        binary=True,
    ),
    Metric(
        "macro_f1",
        "1",
        "unweighted mean of the F1 of every known label",
        _SKLEARN,
        None,
        binary=False,
    ),
    Metric(
        "field_accuracy",
        "1",
        "share of the task card's fields whose value equals the reference after"
        " jsquad normalisation; an unreadable answer counts as wrong in all",
        "Workbench",
        None,
        binary=False,
    ),
)

METRICS: Mapping[str, Metric] = MappingProxyType({m.name: m for m in _ALL})
"""Every metric by name."""
