"""Money in words: amounts, what a trial did cost, what calls will probably cost."""

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from workbench.domain.costs import shown
from workbench.domain.matrix import MatrixPlan
from workbench.domain.models import ModelRef
from workbench.domain.spending import CostBasis, is_free
from workbench.domain.trials import Trial


def amount(value: Decimal) -> str:
    """Return an amount of US dollars as it is shown, such as "$0.31"."""
    return f"${shown(value):f}"


def trial_cost(trial: Trial) -> str:
    """Say what a trial did cost; unknown is said, never taken for nothing."""
    outcome = trial.outcome
    if trial.model.is_practice:
        # The mark stands beside every answer of the practice server.
        return QCoreApplication.translate("Money", "SANDBOX, no cost")
    if is_free(trial.model):
        return QCoreApplication.translate("Money", "no cost")
    if outcome.cost is None:
        return QCoreApplication.translate("Money", "cost unknown")
    if outcome.cost_basis is CostBasis.WORST_CASE:
        text = QCoreApplication.translate("Money", "at most {amount}")
        return text.format(amount=amount(outcome.cost))
    if outcome.cost_basis is CostBasis.NOT_BILLED:
        return QCoreApplication.translate("Money", "not billed")
    return amount(outcome.cost)


def plan_cost(plan: MatrixPlan) -> str:
    """Say what the new calls of a plan will probably cost."""
    unknown = plan.unknown
    if unknown and unknown == plan.new:
        return QCoreApplication.translate("Money", "price unknown")
    if not plan.likely:
        known = QCoreApplication.translate("Money", "no cost")
    else:
        about = QCoreApplication.translate("Money", "about {amount}")
        known = about.format(amount=amount(plan.likely))
    if not unknown:
        return known
    more = Money.tr("{known} and %n call(s) of unknown price", "", unknown)
    return more.format(known=known)


def calls(count: int) -> str:
    """Return a number of calls."""
    return Money.tr("%n call(s)", "", count)


def all_free(models: tuple[ModelRef, ...]) -> bool:
    """Tell whether none of these models charges anything."""
    return all(is_free(model) for model in models)


class Money:
    """The context of these sentences, for those with a plural; see `Phrases`."""

    @staticmethod
    def tr(text: str, comment: str = "", n: int = -1) -> str:
        """Return a sentence in the reader's language, in the form for this number."""
        return QCoreApplication.translate("Money", text, comment, n)
