"""One answer at a time: asked for, streamed, stopped, judged; and the earlier ones.

Tokens can arrive before the call that started the trial has told its number, so they
are kept by trial until it is known.
"""

import collections
import enum
import time
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.errors import WorkbenchError
from workbench.domain.models import ModelRef
from workbench.domain.prompts import PromptSpec, Shot
from workbench.domain.thinking import Thinking
from workbench.domain.trials import Rating, Trial
from workbench.services.checks import Check
from workbench.services.lab import StartedTrial
from workbench.ui.shell.context import Context

LOOK_DELAY_MS = 300


class Phase(enum.Enum):
    """Where the answer stands."""

    IDLE = "idle"
    STARTING = "starting"
    STREAMING = "streaming"
    STOPPING = "stopping"

    @property
    def is_busy(self) -> bool:
        """True from the click on Run until the trial is complete."""
        return self is not Phase.IDLE


class AnswerPresenter(QObject):
    """Runs trials and holds the one that is shown."""

    phase_changed = Signal()
    token_arrived = Signal(str)
    trial_changed = Signal()
    """Another trial is shown, or the shown one was completed or judged."""
    refused = Signal(object)
    """The call could not even be started: a WorkbenchError."""
    check_changed = Signal()
    earlier_changed = Signal()
    expected_dropped = Signal()
    """Another input is being written, so the expected answer no longer belongs."""
    shot_made = Signal(object)

    def __init__(
        self,
        context: Context,
        parent: QObject | None = None,
        *,
        lists_earlier: bool = True,
    ) -> None:
        """Start without an answer.

        Args:
            context: of the page.
            parent: owner.
            lists_earlier: also read the earlier answers to the input; of several that
                answer side by side only one needs to.
        """
        super().__init__(parent)
        self._context = context
        self._lists_earlier = lists_earlier
        self.phase = Phase.IDLE
        self.trial: Trial | None = None
        self.check: Check | None = None
        self.earlier: Sequence[Trial] = ()
        self.expected = ""
        self.first_seconds: float | None = None
        """Seconds until the first word of the answer that is streaming."""
        self.thinking = Thinking()
        """What the prompt of the answer that is streaming asks for."""
        self._began = 0.0
        self._running_id = 0
        self._wanted_id = 0
        self._variables: dict[str, str] = {}
        self._arrived: dict[int, list[str]] = collections.defaultdict(list)
        self._finished: set[int] = set()
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(LOOK_DELAY_MS)
        self._look.timeout.connect(self.load_earlier)
        self._ask_check = QTimer(self)
        self._ask_check.setSingleShot(True)
        self._ask_check.setInterval(LOOK_DELAY_MS)
        self._ask_check.timeout.connect(self._check)
        context.bridge.token.connect(self._on_token)
        context.bridge.trial_finished.connect(self._on_finished)

    # ------------------------------------------------------------ running

    def run(
        self,
        spec: PromptSpec,
        variables: Mapping[str, str],
        model: ModelRef,
        together: str = "",
    ) -> None:
        """Ask for an answer; `together` is shared by those asked side by side."""
        if self.phase.is_busy:
            return
        self.first_seconds = None
        self.thinking = spec.thinking
        self._began = time.monotonic()
        self._arrived.clear()
        self._finished.clear()
        self._running_id = self._wanted_id = 0
        self.trial = self.check = None
        self._set_phase(Phase.STARTING)
        self.trial_changed.emit()
        self._context.bridge.call(
            self._context.services.lab.run,
            spec,
            dict(variables),
            model,
            self.expected.strip() or None,
            together,
            done=self._on_started,
            failed=self._on_refused,
        )

    def stop(self) -> None:
        """Stop the answer; what has arrived is kept."""
        if self.phase is Phase.STREAMING:
            self._ask_to_stop()
        elif self.phase is Phase.STARTING:
            self._set_phase(Phase.STOPPING)

    def _ask_to_stop(self) -> None:
        self._set_phase(Phase.STOPPING)
        lab = self._context.services.lab
        self._context.bridge.call(lab.stop, self._running_id)

    def _on_started(self, started: StartedTrial) -> None:
        self._running_id = self._wanted_id = started.trial_id
        if self.phase is Phase.STOPPING:
            self._ask_to_stop()
        else:
            self._set_phase(Phase.STREAMING)
        for text in self._arrived.pop(started.trial_id, []):
            self._take(text)
        if started.trial_id in self._finished:
            self._on_finished(started.trial_id)

    def _on_refused(self, error: WorkbenchError) -> None:
        self._set_phase(Phase.IDLE)
        self.refused.emit(error)

    def _on_token(self, trial_id: int, text: str) -> None:
        if not self.phase.is_busy:
            return
        if trial_id == self._running_id:
            self._take(text)
        elif not self._running_id:
            self._arrived[trial_id].append(text)

    def _take(self, text: str) -> None:
        if self.first_seconds is None:
            self.first_seconds = time.monotonic() - self._began
        # Stopped is stopped: what still comes is kept with the trial, and shown then.
        if self.phase is Phase.STREAMING:
            self.token_arrived.emit(text)

    def seconds(self) -> float:
        """Return for how long the answer has been streaming."""
        return time.monotonic() - self._began

    def _on_finished(self, trial_id: int) -> None:
        if not self.phase.is_busy:
            return
        if trial_id != self._running_id:
            self._finished.add(trial_id)
            return
        self._running_id = 0
        self._set_phase(Phase.IDLE)
        self.show_trial(trial_id)
        self.load_earlier()

    def _set_phase(self, phase: Phase) -> None:
        if phase is not self.phase:
            self.phase = phase
            self.phase_changed.emit()

    # ------------------------------------------------------------ showing

    def show_trial(self, trial_id: int) -> None:
        """Show a trial that is complete."""
        self._wanted_id = trial_id
        lab = self._context.services.lab
        self._context.bridge.call(lab.trial, trial_id, done=self._on_trial)

    def clear(self) -> None:
        """Show no trial, as after another project was opened."""
        self.trial = self.check = None
        self.earlier = ()
        self._running_id = self._wanted_id = 0
        self._set_phase(Phase.IDLE)
        self.trial_changed.emit()
        self.earlier_changed.emit()

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a write elsewhere (or undo) changed."""
        if not changes.touches(Kind.TRIAL, Kind.ANNOTATION):
            return
        if self._wanted_id and not self.phase.is_busy:
            ids = changes.ids_of(Kind.ANNOTATION) | changes.ids_of(Kind.TRIAL)
            if not ids or self._wanted_id in ids:
                # The wanted one: another may have been chosen and be under way.
                self.show_trial(self._wanted_id)
        self._look.start()

    def _on_trial(self, trial: Trial) -> None:
        if trial.id != self._wanted_id:
            return
        self.trial = trial
        self.trial_changed.emit()
        self._check()

    def set_expected(self, text: str) -> None:
        """Take over the answer that is expected; the shown one is checked again."""
        if text != self.expected:
            self.expected = text
            self._ask_check.start()

    def _check(self) -> None:
        if self.trial is None:
            return
        lab = self._context.services.lab
        wanted = self.expected.strip() or None
        self._context.bridge.call(
            lab.check, self.trial.outcome.output, wanted, done=self._on_check
        )

    def _on_check(self, check: Check) -> None:
        self.check = check
        self.check_changed.emit()

    # ------------------------------------------------------------ judging

    def rate(self, rating: Rating) -> None:
        """Say what the answer is worth; the same again takes it back."""
        if self.trial is None or self.phase.is_busy:
            return
        same = self.trial.annotation.rating is rating
        data = self._context.services.data
        self._context.bridge.call(
            data.rate, [self.trial.id], Rating.NONE if same else rating
        )

    def correct(self, trial_id: int, text: str | None) -> None:
        """Keep the answer a trial should have given; None takes it back."""
        data = self._context.services.data
        self._context.bridge.call(data.correct, trial_id, text)

    def use_as_shot(self, trial_id: int = 0) -> None:
        """Make an example in the prompt of a trial, or of the one that is shown."""
        chosen = trial_id or (self.trial.id if self.trial else 0)
        if chosen:
            lab = self._context.services.lab
            self._context.bridge.call(
                lab.shot_from_trial, chosen, done=self._on_shot_made
            )

    def use_example_as_shot(self, example_id: int) -> None:
        """Make an example in the prompt of a record of a dataset."""
        lab = self._context.services.lab
        self._context.bridge.call(
            lab.shot_from_example, example_id, done=self._on_shot_made
        )

    def _on_shot_made(self, shot: Shot) -> None:
        self.shot_made.emit(shot)

    # ------------------------------------------------------------ earlier

    def set_variables(self, variables: Mapping[str, str]) -> None:
        """Take over the input whose earlier answers are listed."""
        if dict(variables) == self._variables:
            return
        self._variables = dict(variables)
        self._look.start()
        trial = self.trial
        used = trial.expected if trial is not None else None
        if used and used == self.expected.strip():
            # It was the right answer to another input: kept, it would be recorded as
            # the right answer to this one.
            self.expected = ""
            self.check = None
            self.expected_dropped.emit()

    def known_answer(self) -> str:
        """Return what somebody already said is right for this input, or nothing."""
        right = (trial.right_answer for trial in self.earlier)
        return next((answer for answer in right if answer is not None), "")

    def load_earlier(self) -> None:
        """Read the earlier answers to this input."""
        self._look.stop()
        if not self._lists_earlier:
            return
        lab = self._context.services.lab
        self._context.bridge.call(
            lab.earlier, dict(self._variables), done=self._on_earlier
        )

    def _on_earlier(self, trials: Sequence[Trial]) -> None:
        self.earlier = trials
        self.earlier_changed.emit()
