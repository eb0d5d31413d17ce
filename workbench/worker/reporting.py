"""The trainer's callback: events out, wishes of the person in."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from transformers import TrainerCallback

from workbench.worker.errors import Stopped
from workbench.worker.protocol import Command, EventType, Phase
from workbench.worker.run_dir import RunState

if TYPE_CHECKING:
    from transformers import TrainerControl, TrainerState

_METRICS = {
    "loss": "loss",
    "eval_loss": "eval_loss",
    "learning_rate": "lr",
    "grad_norm": "grad_norm",
    "mean_token_accuracy": "token_accuracy",
    "eval_mean_token_accuracy": "eval_token_accuracy",
}


class Sampler(Protocol):
    """Answers the pinned validation rows with the adapter as it is now."""

    def __call__(self, step: int) -> None:
        """Write one `sample` event per row."""


class Reporter(TrainerCallback):  # type: ignore[misc]  # no types without torch
    """Turns what the trainer does into events and stops it when asked.

    Attributes:
        first_step_at: monotonic seconds when training began.
        seconds_per_step: mean over the run so far, evaluations included.
    """

    def __init__(self, state: RunState, sampler: Sampler) -> None:
        """Report to this run; `sampler` is called after each evaluation."""
        self._run = state
        self._sampler = sampler
        self.first_step_at = 0.0
        self._first_step = 0
        self._tokens = 0.0
        self._tokens_at = 0.0

    def on_train_begin(
        self, _args: object, state: "TrainerState", _control: object, **_: Any
    ) -> None:
        """Start the clocks."""
        self.first_step_at = self._tokens_at = time.monotonic()
        self._first_step = state.global_step

    def on_step_begin(self, *_: object, **__: Any) -> None:
        """Say that training goes on after an evaluation or a saving."""
        self._run.enter(Phase.TRAINING)

    def on_step_end(
        self,
        _args: object,
        state: "TrainerState",
        control: "TrainerControl",
        **_: Any,
    ) -> "TrainerControl":
        """Do what the person asked."""
        wishes, self._run.wishes = self._run.wishes, set()
        control.should_evaluate = control.should_evaluate or Command.EVAL_NOW in wishes
        if Command.SAMPLE_NOW in wishes:
            self._sample(state.global_step)
        if self._run.stop is not None:
            control.should_training_stop = True
            control.should_save = self._run.stop is Command.STOP_SAVE
            control.should_evaluate = False
        elif control.should_evaluate:
            self._run.enter(Phase.EVALUATING)
        return control

    def on_prediction_step(self, *_: object, **__: Any) -> None:
        """Leave a long evaluation when everything is to be dropped anyway."""
        if self._run.stop is Command.STOP_NOW:
            raise Stopped

    def on_evaluate(
        self, _args: object, state: "TrainerState", _control: object, **_: Any
    ) -> None:
        """Answer the pinned rows, then saving follows."""
        self._sample(state.global_step)
        self._run.enter(Phase.SAVING)

    def on_save(
        self, args: Any, state: "TrainerState", _control: object, **_: Any
    ) -> None:
        """Tell that a checkpoint can be resumed from."""
        step = state.global_step
        path = Path(args.output_dir) / f"checkpoint-{step}"
        best = str(state.best_model_checkpoint or "").endswith(path.name)
        self._run.events.write(
            EventType.CHECKPOINT, step=step, path=path.name, best=best
        )

    def on_log(
        self,
        _args: object,
        state: "TrainerState",
        _control: object,
        logs: dict[str, Any] | None = None,
        **_: Any,
    ) -> None:
        """Write losses and speed; the trainer's closing summary holds neither."""
        told = logs or {}
        found = {ours: told[key] for key, ours in _METRICS.items() if key in told}
        if "loss" not in found and "eval_loss" not in found:
            return
        self._run.events.write(
            EventType.METRIC,
            step=state.global_step,
            total_steps=state.max_steps,
            epoch=state.epoch,
            tokens_per_second=self._speed(told),
            seconds_left=self.seconds_left(state.global_step, state.max_steps),
            **found,
        )

    def seconds_left(self, step: int, total: int) -> float | None:
        """Return the estimate from the mean of all steps so far."""
        done = step - self._first_step
        if done <= 0:
            return None
        return (time.monotonic() - self.first_step_at) / done * (total - step)

    def _speed(self, logs: dict[str, Any]) -> float | None:
        """Return tokens per second since the last line about training."""
        tokens, now = logs.get("num_tokens"), time.monotonic()
        if tokens is None or now <= self._tokens_at:
            return None
        speed = (tokens - self._tokens) / (now - self._tokens_at)
        self._tokens, self._tokens_at = tokens, now
        return float(speed)

    def _sample(self, step: int) -> None:
        self._run.enter(Phase.SAMPLING)
        self._sampler(step)
