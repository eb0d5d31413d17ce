"""The figures of a tour, read from its project through the services."""

import platform
from collections.abc import Sequence
from typing import TYPE_CHECKING

import PySide6

import workbench
from workbench.domain.comparisons import CandidateRole
from workbench.domain.datasets import SplitCounts
from workbench.domain.trials import TrialFilter
from workbench.services.application import Services
from workbench.services.compare_result import (
    CHARACTER_F1,
    EXACT_MATCH,
    CompareResult,
)

if TYPE_CHECKING:
    from workbench.app.tour.stages import Tour

_BASE, _FEW, _TUNED = CandidateRole.BASE, CandidateRole.FEW_SHOT, CandidateRole.TUNED


def make(
    services: Services, tour: "Tour", seconds: dict[str, float], error: str
) -> dict[str, object]:
    """Return everything that ``tour.json`` holds."""
    comparisons = services.compare.comparisons() if services.projects.is_open else []
    result = services.compare.result(comparisons[0].id) if comparisons else None
    report: dict[str, object] = {
        "ok": not error and result is not None and _is_convincing(result),
        "seed": tour.seed,
        "seconds": seconds,
        "records": _records(services, result),
        "trials": _trials(services),
        "event_loop": _event_loop(tour.heartbeat.late_ms),
        "versions": _versions(services),
        "pictures": [path.name for path in tour.driver.pictures],
    }
    if error:
        report["error"] = error
    if result is not None:
        report["exact_match"] = _metric(result, EXACT_MATCH)
        report["char_f1"] = _metric(result, CHARACTER_F1)
        report["output_tokens"] = _tokens(result)
        proof = result.comparison.proof
        report["adapter_proven"] = proof is not None and (
            proof.off_equals_base and proof.on_differs
        )
    return report


def _is_convincing(result: CompareResult) -> bool:
    """Tuned is right more often than base, beyond doubt, and answers shorter."""
    paired, change = result.headline.tuned_minus_base, result.tokens.change
    better = paired.low is not None and paired.low > 0
    shorter = change.high is not None and change.high < 0
    return result.complete and better and shorter


def _metric(result: CompareResult, name: str) -> dict[str, float | None]:
    table = result.metric(name)
    if table is None:
        return {}
    paired = table.tuned_minus_base
    return {
        "base": table.mean(_BASE),
        "few_shot": table.mean(_FEW),
        "tuned": table.mean(_TUNED),
        "difference": paired.difference,
        "low": paired.low,
        "high": paired.high,
        "p": paired.p,
    }


def _tokens(result: CompareResult) -> dict[str, float | None]:
    change = result.tokens.change
    return {
        "base_mean": change.mean_base,
        "tuned_mean": change.mean_tuned,
        "change": change.change,
        "low": change.low,
        "high": change.high,
    }


def _records(services: Services, result: CompareResult | None) -> dict[str, int]:
    counts = SplitCounts()
    if result is not None:
        snapshots = services.data.snapshots()
        wanted = result.comparison.snapshot_id
        counts = next(s.counts for s in snapshots if s.id == wanted)
    return {
        "train": counts.train,
        "validation": counts.validation,
        "test": counts.test,
    }


def _trials(services: Services) -> int:
    if not services.projects.is_open:
        return 0
    return len(services.data.trial_ids(TrialFilter(purpose=None)))


def _event_loop(late: Sequence[float]) -> dict[str, float]:
    """Return how late the window's thread was, in milliseconds."""
    ordered = sorted(late) or [0.0]
    place = min(len(ordered) - 1, int(len(ordered) * 0.999))
    return {
        "p999_ms": round(ordered[place], 2),
        "max_ms": round(ordered[-1], 2),
        "beats": len(late),
    }


def _versions(services: Services) -> dict[str, str]:
    found = {
        "workbench": workbench.__version__,
        "python": platform.python_version(),
        "pyside6": PySide6.__version__,
        "platform": platform.platform(),
    }
    if services.projects.is_open:
        ids = services.data.trial_ids(TrialFilter(purpose=None))
        trials = services.data.trials(ids[:1])
        found |= dict(trials[0].outcome.versions) if trials else {}
    return found
