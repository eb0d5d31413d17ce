"""The words of the tune page for codes, states, times and settings."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from workbench.domain.datasets import Dataset
from workbench.domain.jobs import JobState
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.tuning import Artefact, Goal, Preparation, Run
from workbench.services.projects import ProjectService
from workbench.ui.shell.phrases import phrase_model, phrase_seconds
from workbench.ui.tune.overview import RunDetails, differing


def goal(value: Goal) -> str:
    """Return the word for a preset."""
    match value:
        case Goal.QUICK:
            return QCoreApplication.translate("Tune", "Quick")
        case Goal.BALANCED:
            return QCoreApplication.translate("Tune", "Balanced")
        case Goal.THOROUGH:
            return QCoreApplication.translate("Tune", "Thorough")


def goal_hint(value: Goal) -> str:
    """Return what a preset is good for."""
    match value:
        case Goal.QUICK:
            return QCoreApplication.translate(
                "Tune", "A first look: few passes, a small adapter."
            )
        case Goal.BALANCED:
            return QCoreApplication.translate(
                "Tune",
                "The usual choice: enough passes to learn a format and its rules.",
            )
        case Goal.THOROUGH:
            return QCoreApplication.translate(
                "Tune", "Twice the time for the last few points."
            )


def state(value: JobState, artefact: Artefact = Artefact.NONE) -> str:
    """Return the word for the state of a run."""
    match value:
        case JobState.QUEUED:
            return QCoreApplication.translate("Tune", "checked, not started")
        case JobState.RUNNING:
            return QCoreApplication.translate("Tune", "training")
        case JobState.CANCELLING:
            return QCoreApplication.translate("Tune", "stopping")
        case JobState.SUCCEEDED:
            return QCoreApplication.translate("Tune", "done")
        case JobState.FAILED:
            return QCoreApplication.translate("Tune", "failed")
        case JobState.CANCELLED if artefact is Artefact.ADAPTER:
            return QCoreApplication.translate("Tune", "stopped and saved")
        case JobState.CANCELLED:
            return QCoreApplication.translate("Tune", "stopped")
        case JobState.LOST:
            return QCoreApplication.translate("Tune", "lost from sight")


def phase(code: str) -> str:
    """Return what a running worker is doing."""
    words = {
        "validating": QCoreApplication.translate("Tune", "Checking the settings"),
        "tokenising": QCoreApplication.translate("Tune", "Reading the rows"),
        "loading": QCoreApplication.translate("Tune", "Loading the model"),
        "probing": QCoreApplication.translate("Tune", "Trying the longest rows"),
        "training": QCoreApplication.translate("Tune", "Training"),
        "evaluating": QCoreApplication.translate("Tune", "Measuring on validation"),
        "sampling": QCoreApplication.translate("Tune", "Answering a few inputs"),
        "saving": QCoreApplication.translate("Tune", "Saving"),
        "verifying": QCoreApplication.translate("Tune", "Opening the adapter again"),
    }
    return words.get(code, QCoreApplication.translate("Tune", "Starting"))


def warning(code: str, sentence: str) -> str:
    """Return a worker's warning; one without a known code in its own words."""
    words = {
        "float32": QCoreApplication.translate(
            "Tune", "Trained in float32: this device has no fast bfloat16."
        ),
        "adapter_without_effect": QCoreApplication.translate(
            "Tune", "The adapter changes nothing: train longer or at a higher rate."
        ),
        "stop_token_cut": QCoreApplication.translate(
            "Tune", "Some answers were cut before their stop mark."
        ),
        "few_updates": QCoreApplication.translate(
            "Tune", "Fewer than 50 updates: tuned and base may hardly differ."
        ),
        "batch_halved": QCoreApplication.translate(
            "Tune", "Memory is short: fewer records are taken at a time."
        ),
    }
    return words.get(code, sentence or code)


def dropped(code: str) -> str:
    """Return why a row is left out of training."""
    words = {
        "not_json": QCoreApplication.translate("Tune", "cannot be read"),
        "no_prompt": QCoreApplication.translate("Tune", "no input"),
        "no_assistant_turn": QCoreApplication.translate("Tune", "no answer"),
        "empty_completion": QCoreApplication.translate("Tune", "empty answer"),
        "special_token_in_text": QCoreApplication.translate(
            "Tune", "holds a control mark of the model"
        ),
        "no_stop_token": QCoreApplication.translate("Tune", "answer has no stop mark"),
        "too_long": QCoreApplication.translate("Tune", "longer than the limit"),
    }
    return words.get(code, code)


def start_label(seconds: float | None) -> str:
    """Return the label of the start button, with its price in time."""
    if seconds is None:
        return QCoreApplication.translate("Tune", "Start on this computer")
    return QCoreApplication.translate(
        "Tune", "Start – about {time} on this computer"
    ).format(time=phrase_seconds(seconds))


def reconciled(preparation: Preparation) -> str:
    """Return how the rows handed over add up."""
    kept = preparation.trained + preparation.validation
    if kept == preparation.rows_in:
        if not preparation.validation:
            return QCoreApplication.translate(
                "Tune", "All {trained} rows will be trained"
            ).format(trained=preparation.trained)
        return QCoreApplication.translate(
            "Tune",
            "All {trained} rows will be trained; {validation} more measure it "
            "on the way",
        ).format(trained=preparation.trained, validation=preparation.validation)
    return QCoreApplication.translate(
        "Tune",
        "{trained} of {rows} rows will be trained, {validation} measure it on the way, "
        "{dropped} are left out",
    ).format(
        trained=preparation.trained,
        rows=preparation.rows_in,
        validation=preparation.validation,
        dropped=preparation.rows_in - kept,
    )


def reasons(counts: Sequence[tuple[str, int]]) -> str:
    """Return why rows are left out, one after the other."""
    return " · ".join(f"{dropped(code)}: {count}" for code, count in counts if count)


def limit(preparation: Preparation) -> str:
    """Return how the longest row stands to the length limit."""
    return QCoreApplication.translate(
        "Tune", "Longest row {longest} tokens, limit {limit}"
    ).format(longest=max(preparation.lengths, default=0), limit=preparation.limit)


def effort(preparation: Preparation) -> str:
    """Return what the run will do: updates, and the time where it is known."""
    if preparation.seconds is None:
        return QCoreApplication.translate("Tune", "{steps} updates").format(
            steps=preparation.steps
        )
    return QCoreApplication.translate("Tune", "{steps} updates, about {time}").format(
        steps=preparation.steps, time=phrase_seconds(preparation.seconds)
    )


def parts(dataset: Dataset) -> str:
    """Return what a dataset offers to training."""
    counts = dataset.counts
    if not counts.train:
        return QCoreApplication.translate(
            "Tune", "{total} records, none divided into parts yet"
        ).format(total=counts.total)
    return QCoreApplication.translate(
        "Tune",
        "{train} to learn from · {validation} to measure · {test} for the test",
    ).format(train=counts.train, validation=counts.validation, test=counts.test)


def model_note(model: ModelRef) -> str:
    """Return what should be known of a base before it is tuned."""
    if model.kind is ModelKind.BUILTIN:
        return QCoreApplication.translate(
            "Tune", "A toy that knows support tickets and little else"
        )
    return model.path


def stop_mark(preparation: Preparation) -> str:
    """Return whether tuned answers will know where to end."""
    if preparation.stop_learned:
        return QCoreApplication.translate(
            "Tune", "The stop mark is learned: answers will know where to end"
        )
    return QCoreApplication.translate(
        "Tune", "The stop mark is not learned: answers would not end"
    )


def step_of(step: int, total: int) -> str:
    """Return how far a run is."""
    if not total:
        return ""
    return QCoreApplication.translate("Tune", "step {step} of {total}").format(
        step=step, total=total
    )


def time_left(seconds: float | None) -> str:
    """Return how long a run will take on, empty when nobody knows."""
    if seconds is None:
        return ""
    return QCoreApplication.translate("Tune", "about {time} left").format(
        time=phrase_seconds(seconds)
    )


def settings_chips(details: RunDetails) -> list[str]:
    """Return the frozen settings of a run: its preset, and what is not the preset's."""
    settings = details.run.settings
    changed = differing(settings, details.preset)
    own = [f"{setting(name)} {value(getattr(settings, name))}" for name in changed]
    return [details.dataset, phrase_model(details.run.base), goal(details.goal), *own]


def setting(name: str) -> str:
    """Return the short name of a setting, as experts know it."""
    words = {
        "rank": QCoreApplication.translate("Tune", "rank"),
        "alpha": QCoreApplication.translate("Tune", "alpha"),
        "learning_rate": QCoreApplication.translate("Tune", "learning rate"),
        "epochs": QCoreApplication.translate("Tune", "passes"),
        "minimum_steps": QCoreApplication.translate("Tune", "at least updates"),
        "batch_size": QCoreApplication.translate("Tune", "batch"),
        "warmup_ratio": QCoreApplication.translate("Tune", "warm-up"),
        "max_length": QCoreApplication.translate("Tune", "length limit"),
        "evaluations": QCoreApplication.translate("Tune", "evaluations"),
        "seed": QCoreApplication.translate("Tune", "seed"),
        "threads": QCoreApplication.translate("Tune", "threads"),
        "rs_lora": QCoreApplication.translate("Tune", "rank-stabilised"),
        "weight_decay": QCoreApplication.translate("Tune", "weight decay"),
        "max_grad_norm": QCoreApplication.translate("Tune", "gradient limit"),
        "dropout": QCoreApplication.translate("Tune", "dropout"),
    }
    return words.get(name, name)


def value(number: float | bool) -> str:
    """Return the value of a setting."""
    if isinstance(number, bool):
        if number:
            return QCoreApplication.translate("Tune", "on")
        return QCoreApplication.translate("Tune", "off")
    return f"{number:g}"


def outcome(run: Run) -> str:
    """Return the numbers of a finished run in one line."""
    numbers = dict(run.result)
    parts_ = []
    if steps := kept_step(run):
        parts_.append(
            QCoreApplication.translate("Tune", "kept the state of step {step}").format(
                step=steps
            )
        )
    if loss := _number(numbers.get("best_eval_loss")):
        parts_.append(
            QCoreApplication.translate("Tune", "validation loss {loss}").format(
                loss=f"{loss:.3f}"
            )
        )
    if seconds := _number(numbers.get("train_seconds")):
        parts_.append(
            QCoreApplication.translate("Tune", "took {time}").format(
                time=phrase_seconds(seconds)
            )
        )
    return " · ".join(parts_)


def kept_step(run: Run) -> int | None:
    """Return the step whose state a finished run kept."""
    step = _number(dict(run.result).get("saved_step"))
    return None if step is None else int(step)


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def sample_link(projects: ProjectService) -> str:
    """Return the words that lead to the sample project; empty when it is open."""
    if projects.is_sample():
        return ""
    return QCoreApplication.translate("Tune", "Open the sample project")
