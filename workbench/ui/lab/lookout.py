"""What to look at before the draft is sent: asked a moment after the last keystroke."""

import dataclasses
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.domain.hints import Hint
from workbench.domain.prompts import PromptSpec
from workbench.evaluation.personal_data import Finding
from workbench.services.prompts import PromptService
from workbench.ui.lab.draft import DraftPresenter
from workbench.ui.shell.context import Context

_DELAY_MS = 400


@dataclasses.dataclass(frozen=True, slots=True)
class Seen:
    """What there is to look at.

    Attributes:
        masked: the values with personal data masked; empty when they hold none.
    """

    hints: Sequence[Hint] = ()
    findings: Sequence[Finding] = ()
    masked: Mapping[str, str] = dataclasses.field(default_factory=dict)


class Lookout(QObject):
    """Follows the draft, and masks its values when somebody asks for it."""

    changed = Signal()

    def __init__(
        self, context: Context, draft: DraftPresenter, parent: QObject | None = None
    ) -> None:
        """Look whenever the draft changes."""
        super().__init__(parent)
        self._context = context
        self._draft = draft
        self.seen = Seen()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.look)
        draft.loaded.connect(self._timer.start)
        draft.edited.connect(self._timer.start)

    def look(self) -> None:
        """Look now."""
        self._timer.stop()
        self._context.bridge.call(
            _look,
            self._context.services.prompts,
            self._draft.spec,
            dict(self._draft.variables),
            done=self._on_seen,
        )

    def mask(self) -> None:
        """Put the masked values into the draft; undo brings back what was there."""
        for name, value in self.seen.masked.items():
            if name in self._draft.variables:
                self._draft.set_variable(name, value)
        self._draft.flush()
        self.look()

    def _on_seen(self, seen: Seen) -> None:
        self.seen = seen
        self.changed.emit()


def _look(
    prompts: PromptService, spec: PromptSpec, variables: Mapping[str, str]
) -> Seen:
    masked, whole = prompts.masked(variables)
    findings = prompts.personal_data(spec, variables)
    hints = prompts.hints(spec, variables)
    return Seen(hints, findings, masked if whole.values else {})
