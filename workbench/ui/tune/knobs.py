"""Every setting a person may turn, with what it does said in a plain sentence."""

import dataclasses

from PySide6.QtCore import QCoreApplication


@dataclasses.dataclass(frozen=True, slots=True)
class Knob:
    """One setting: its field, its bounds, and how it is typed."""

    name: str
    low: float
    high: float
    step: float = 1
    decimals: int = 0


KNOBS = (
    Knob("rank", 1, 256),
    Knob("alpha", 1, 512),
    Knob("learning_rate", 0.00001, 0.01, 0.0001, 5),
    Knob("epochs", 1, 50),
    Knob("minimum_steps", 0, 100_000, 50),
    Knob("batch_size", 1, 128),
    Knob("max_length", 0, 131_072, 64),
    Knob("evaluations", 1, 100),
    Knob("seed", 0, 999_999),
)


def title(name: str) -> str:
    """Return the name of a knob with the term an engineer would use."""
    words = {
        "rank": QCoreApplication.translate("Tune", "Size of the adapter (rank)"),
        "alpha": QCoreApplication.translate("Tune", "Strength (alpha)"),
        "learning_rate": QCoreApplication.translate("Tune", "Learning rate"),
        "epochs": QCoreApplication.translate("Tune", "Passes over the data (epochs)"),
        "minimum_steps": QCoreApplication.translate("Tune", "At least so many updates"),
        "batch_size": QCoreApplication.translate("Tune", "Records per update (batch)"),
        "max_length": QCoreApplication.translate("Tune", "Length limit in tokens"),
        "evaluations": QCoreApplication.translate("Tune", "Looks at validation"),
        "seed": QCoreApplication.translate("Tune", "Seed"),
    }
    return words[name]


def consequence(name: str) -> str:
    """Return what turning a knob leads to."""
    words = {
        "rank": QCoreApplication.translate(
            "Tune", "Larger can hold more rules, and takes more memory and time."
        ),
        "alpha": QCoreApplication.translate(
            "Tune", "How loudly the adapter speaks: twice the rank is usual."
        ),
        "learning_rate": QCoreApplication.translate(
            "Tune", "Higher learns faster; too high and the loss jumps about."
        ),
        "epochs": QCoreApplication.translate(
            "Tune",
            "More passes fit closer, until records are learned by heart.",
        ),
        "minimum_steps": QCoreApplication.translate(
            "Tune", "With few records, passes are added until there are this many."
        ),
        "batch_size": QCoreApplication.translate(
            "Tune", "Larger is steadier, and means fewer updates and more memory."
        ),
        "max_length": QCoreApplication.translate(
            "Tune", "0 fits the longest record. Longer rows are refused, never cut."
        ),
        "evaluations": QCoreApplication.translate(
            "Tune", "The best state is kept by these; each one costs a little time."
        ),
        "seed": QCoreApplication.translate(
            "Tune", "The same seed and data give the same run."
        ),
    }
    return words[name]
