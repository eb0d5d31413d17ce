"""Statistics of a comparison: difference, interval, p-value, power, proportions.

The choices (which interval and which test for which data) and the simulations behind
them are in the project's evaluation notes, sections 4.1 to 4.6; the choice itself is
made in ``paired``. Results carry codes where a number would mislead.
"""

from workbench.evaluation.statistics.intervals import (
    Interval,
    IntervalMethod,
    bootstrap_interval,
    cluster_se,
    cluster_t_interval,
    t_interval,
)
from workbench.evaluation.statistics.paired import (
    Note,
    PairedResult,
    RatioResult,
    compare_paired,
    compare_ratio,
)
from workbench.evaluation.statistics.power import (
    detectable_difference,
    detectable_range,
    records_needed,
    records_needed_graded,
)
from workbench.evaluation.statistics.proportions import wilson
from workbench.evaluation.statistics.pvalues import (
    McNemar,
    PMethod,
    holm,
    mcnemar,
    sign_flip_p,
)

__all__ = [
    "Interval",
    "IntervalMethod",
    "McNemar",
    "Note",
    "PMethod",
    "PairedResult",
    "RatioResult",
    "bootstrap_interval",
    "cluster_se",
    "cluster_t_interval",
    "compare_paired",
    "compare_ratio",
    "detectable_difference",
    "detectable_range",
    "holm",
    "mcnemar",
    "records_needed",
    "records_needed_graded",
    "sign_flip_p",
    "t_interval",
    "wilson",
]
