"""How long a run will take, found by making a few of its steps.

The trainer of the run makes them, with its model, adapter, threads and precision, on
real batches: the longest first (it warms up, and shows the memory that is needed,
REQ-M2), then some from the whole range of lengths. Then it evaluates and answers as
the run will. Nothing is put back, since the process ends afterwards.
"""

import contextlib
import math
import os
import statistics
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from transformers import TrainerCallback

from workbench.worker.decode import Options, RowAnswer, answer
from workbench.worker.files import to_json, write_whole
from workbench.worker.protocol import (
    PREPARATION_FILE,
    PREPARED_FILE,
    Phase,
    PreparationReport,
    PreparedLine,
    RunConfig,
)
from workbench.worker.rows import TRAIN, read_lines
from workbench.worker.sampling import InTraining
from workbench.worker.system import choose_device, cpu_threads, is_room_for
from workbench.worker.tokens import load_tokenizer
from workbench.worker.trainer import Batch, add_lora, build, dataset

if TYPE_CHECKING:
    from transformers import TrainerControl
    from trl import SFTTrainer

NOT_ESTIMATED = "not_estimated"
"""Code of the warning that the time is not known."""

_LOADING_LIMIT = 60.0
_STEP_LIMIT = 20.0
_STEPS_SECONDS = 1.2
_FEWEST_STEPS = 2
_TIMED_STEPS = 6
_EVALUATED_BATCHES = 2
_ANSWER_TOKENS = 4


def complete(
    config: RunConfig,
    run: Path,
    report: PreparationReport,
    began: float,
    enter: Callable[[Phase], None] = lambda _: None,
    leave: Callable[[int], Any] = os._exit,
) -> None:
    """Add time and memory of the run to a report that is written already.

    The report says first that they are not known, so that it is right also when this
    process ends here: for want of memory, or because a step takes too long.

    Args:
        config: of the run.
        run: its directory.
        report: of the rows, without error.
        began: monotonic seconds when the process began to work.
        enter: is told the phase.
        leave: ends the process when the model is too large to be tried quickly.
    """
    known = list(report["warnings"])
    report["warnings"] = [*known, NOT_ESTIMATED]
    write_whole(run / PREPARATION_FILE, to_json(report))
    if not is_room_for(Path(config.model_path), choose_device(config.device)):
        return
    try:
        trial = _Trial(config, run, report, leave, enter)
        seconds = trial.run_seconds(began)
    except Exception:  # noqa: BLE001 - the rows are good, only their time is not known
        sys.stderr.write(traceback.format_exc())
        return
    report["run_seconds"] = round(seconds, 1)
    report["peak_bytes"] = trial.clock.peak_bytes
    report["warnings"] = known
    write_whole(run / PREPARATION_FILE, to_json(report))


class _Clock(TrainerCallback):  # type: ignore[misc]  # no types without torch
    """Times the steps, and ends them when enough is known."""

    def __init__(self, watch: "_Watchdog") -> None:
        """Let the watchdog look at the first step."""
        self._watch = watch
        self._began = 0.0
        self.ended: list[float] = []
        self.steps: list[float] = []
        self.peak_bytes: int | None = None

    def on_step_begin(self, *_: object, **__: Any) -> None:
        """Start the clock."""
        self._watch.set(_STEP_LIMIT)
        self._began = time.monotonic()

    def on_step_end(
        self, _args: object, _state: object, control: "TrainerControl", **_: Any
    ) -> "TrainerControl":
        """Stop the clock; end when the time for steps is used up."""
        if torch.cuda.is_available():
            torch.cuda.synchronize()
        self.ended.append(time.monotonic())
        self.steps.append(self.ended[-1] - self._began)
        if len(self.steps) == 1 and torch.cuda.is_available():
            self.peak_bytes = torch.cuda.max_memory_allocated() or None
        spent = self.ended[-1] - self.ended[0]
        if len(self.steps) > _FEWEST_STEPS and spent > _STEPS_SECONDS:
            control.should_training_stop = True
        return control


class _Watchdog:
    """Ends the process when something takes too long; one limit at a time."""

    def __init__(self, leave: Callable[[int], Any]) -> None:
        """Watch nothing yet."""
        self._leave = leave
        self._timer: threading.Timer | None = None

    def set(self, seconds: float | None) -> None:
        """Wait this long from now on, None for ever."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        if seconds is not None:
            self._timer = threading.Timer(seconds, self._leave, (0,))
            self._timer.daemon = True
            self._timer.start()

    @contextlib.contextmanager
    def watching(self, seconds: float) -> Iterator[None]:
        """Watch while the block runs, with this limit until another is set."""
        self.set(seconds)
        try:
            yield
        finally:
            self.set(None)


class _Trial:
    """A few steps of a run."""

    def __init__(
        self,
        config: RunConfig,
        run: Path,
        report: PreparationReport,
        leave: Callable[[int], Any],
        enter: Callable[[Phase], None],
    ) -> None:
        """Read the prepared rows."""
        lines = read_lines(run / PREPARED_FILE)
        self._config = config
        self._run = run
        self._report = report
        self._train = [line for line in lines if line["split"] == TRAIN]
        self._validation = [line for line in lines if line["split"] != TRAIN]
        self._size = min(config.settings.batch_size, len(self._train))
        self._watch = _Watchdog(leave)
        self._enter = enter
        self.clock = _Clock(self._watch)

    def run_seconds(self, began: float) -> float:
        """Load, make the steps and return what the whole run will take."""
        settings = self._config.settings
        with self._watch.watching(_LOADING_LIMIT):
            trainer, loading = self._load()
            self._enter(Phase.PROBING)
            chosen = self._step_batches()
            trainer.train()
            step = _mean_step(self.clock.steps, chosen, self._train)
            starting = self.clock.ended[0] - step - began - self._report["seconds"]
            every = math.ceil(self._report["steps"] / max(1, settings.evaluations))
            evaluations = math.ceil(self._report["steps"] / every)
            return (
                starting
                + self._report["steps"] * step
                + evaluations * (self._evaluation(trainer) + self._answers(trainer))
                # the adapter is proved with two fresh copies of the model
                + 2 * loading
            )

    def _load(self) -> tuple["SFTTrainer", float]:
        """Return the trainer of the steps, and how long loading the model took."""
        self._enter(Phase.LOADING)
        folder = Path(self._config.model_path)
        torch.set_num_threads(cpu_threads(self._config.settings.threads, folder))
        device = choose_device(self._config.device)
        tokenizer = load_tokenizer(folder)
        started = time.monotonic()
        model = add_lora(self._config, device)
        loading = time.monotonic() - started
        batches = self._step_batches()
        trainer, _ = build(
            model,
            tokenizer,
            [line for batch in batches for line in batch],
            self._config,
            self._run,
            Batch(self._size, 1),
            len(batches),
            [self.clock],
            {"save_strategy": "no", "train_sampling_strategy": "sequential"},
        )
        return trainer, loading

    def _step_batches(self) -> list[list[PreparedLine]]:
        """Return the longest batch and some of all lengths, longest first."""
        return spread(self._train, self._size, 1 + _TIMED_STEPS)

    def _evaluation(self, trainer: "SFTTrainer") -> float:
        """Return the seconds of measuring the loss on all validation rows."""
        if not self._validation:
            return 0.0
        batches = spread(self._validation, self._size, _EVALUATED_BATCHES)
        rows = dataset([line for batch in batches for line in batch])
        started = time.monotonic()
        trainer.evaluate(rows)
        one = (time.monotonic() - started) / len(batches)
        return one * math.ceil(len(self._validation) / self._size)

    def _answers(self, trainer: "SFTTrainer") -> float:
        """Return the seconds of answering the pinned rows, from a few tokens each."""
        settings = self._config.settings
        rows = self._validation[: settings.samples]
        if not rows:
            return 0.0
        model = trainer.model.eval()
        who = InTraining.of(self._config, model, trainer.processing_class)
        options = Options(max_new_tokens=_ANSWER_TOKENS)
        prompts = [line["input_ids"][: line["prompt_tokens"]] for line in rows]
        answers = [RowAnswer(who, ids, options, lambda _: None) for ids in prompts]
        started = time.monotonic()
        answer(who, answers, lambda: False)
        taken = time.monotonic() - started
        first = max(one.first_seconds or taken for one in answers)
        tokens = min(
            max(line["trained_tokens"] for line in rows), settings.sample_tokens
        )
        return first + (taken - first) / (_ANSWER_TOKENS - 1) * (tokens - 1)


def spread(
    lines: Sequence[PreparedLine], size: int, count: int
) -> list[list[PreparedLine]]:
    """Return at most `count` batches evenly from the longest to the shortest rows."""
    ordered = sorted(lines, key=lambda line: len(line["input_ids"]), reverse=True)
    batches = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    whole = [batch for batch in batches if len(batch) == size] or batches
    count = min(count, len(whole))
    last = max(1, count - 1)
    return [whole[round(n * (len(whole) - 1) / last)] for n in range(count)]


def _mean_step(
    steps: Sequence[float],
    batches: Sequence[Sequence[PreparedLine]],
    train: Sequence[PreparedLine],
) -> float:
    """Return the seconds of a step of mean length: the median of those timed.

    Each is scaled by its tokens first, or a few long rows would be left out of account.
    The first step, which warms up, counts only when it is the only one.
    """
    size = len(batches[0])
    mean = size * statistics.fmean(len(line["input_ids"]) for line in train)
    tokens = [sum(len(line["input_ids"]) for line in batch) for batch in batches]
    scaled = [
        seconds * mean / count for seconds, count in zip(steps, tokens, strict=False)
    ]
    return statistics.median(scaled[1:] or scaled)
