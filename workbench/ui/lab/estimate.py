"""What Run will ask and cost, asked for soon after the last edit."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from workbench.domain.errors import WorkbenchError
from workbench.domain.matrix import MatrixInput, MatrixPlan, MatrixRequest
from workbench.domain.models import ModelRef
from workbench.domain.prompts import PromptSpec, sorted_items
from workbench.ui.shell import money
from workbench.ui.shell.context import Context

DELAY_MS = 300


class RunEstimate(QObject):
    """Holds the words behind "Run": nothing for one model that costs nothing."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        """Know nothing yet."""
        super().__init__(parent)
        self._context = context
        self._request = MatrixRequest((), (), ())
        self._plan: MatrixPlan | None = None
        self._timer = QTimer(self, interval=DELAY_MS, singleShot=True)
        self._timer.timeout.connect(self._ask)

    def look(
        self,
        spec: PromptSpec,
        variables: Mapping[str, str],
        models: tuple[ModelRef, ...],
    ) -> None:
        """Take over what would be run."""
        item = MatrixInput(sorted_items(variables))
        request = MatrixRequest((spec,), (item,), models, ask_again=True)
        if request == self._request:
            return
        if models != self._request.models:
            # A number for other models would be wrong; one for an edit ago is close.
            self._plan = None
        self._request = request
        self.changed.emit()
        if money.all_free(models):
            self._timer.stop()
        else:
            self._timer.start()

    def text(self) -> str:
        """Return such as "2 calls, about $0.003", or nothing."""
        models = self._request.models
        if money.all_free(models):
            cost = QCoreApplication.translate("Money", "no cost")
            return _calls(len(models), cost) if len(models) > 1 else ""
        if self._plan is None:
            return _calls(len(models), "") if len(models) > 1 else ""
        return _calls(len(models), money.plan_cost(self._plan))

    def _ask(self) -> None:
        self._context.bridge.call(
            self._plan_it, self._request, done=self._on_plan, failed=self._on_failed
        )

    def _plan_it(self, request: MatrixRequest) -> tuple[MatrixRequest, MatrixPlan]:
        return request, self._context.services.matrix.plan(request)

    def _on_plan(self, found: tuple[MatrixRequest, MatrixPlan]) -> None:
        request, plan = found
        if request == self._request:
            self._plan = plan
            self.changed.emit()

    def _on_failed(self, error: WorkbenchError) -> None:
        # What cannot be asked yet has no price; the bar says why it cannot.
        del error
        self._plan = None
        self.changed.emit()


def _calls(count: int, cost: str) -> str:
    if count == 1:
        return cost
    calls = money.calls(count)
    if not cost:
        return calls
    both = QCoreApplication.translate("Money", "{calls}, {cost}")
    return both.format(calls=calls, cost=cost)
