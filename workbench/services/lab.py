"""The Lab: run a prompt, keep the trial, whatever becomes of it."""

import dataclasses
import logging
from collections.abc import Mapping, Sequence

from workbench.domain.answers import parted_answer
from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.errors import CancelledError, InputError
from workbench.domain.generation import GenerationRequest
from workbench.domain.ids import new_ulid
from workbench.domain.jobs import JobKind
from workbench.domain.matrix import MOST_MODELS, call_hash
from workbench.domain.models import ModelRef
from workbench.domain.ports import ProjectStore, TextGenerator
from workbench.domain.prompts import (
    Message,
    PlaceholderIssue,
    PromptSpec,
    Shot,
    own_variables,
    placeholder_issues,
    render,
    shown_input,
    sorted_items,
    without_inputs,
)
from workbench.domain.spending import Reservation
from workbench.domain.thinking import Thinking
from workbench.domain.trials import (
    CallOrigin,
    NewTrial,
    PromptVersion,
    Trial,
    TrialStatus,
)
from workbench.services.asking import ask, failed_outcome, outcome_of, settled
from workbench.services.checks import Check, check_answer
from workbench.services.events import EventBus, TokenArrived, TrialFinished
from workbench.services.jobs import Job, JobContext, JobService
from workbench.services.projects import ProjectService
from workbench.services.spending import SpendingService

__all__ = ["Draft", "LabInput", "LabService", "StartedTrial"]
__all__ += ["failed_outcome", "outcome_of"]
_log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True, slots=True)
class Draft:
    """The prompt that is being edited and the values beside it."""

    spec: PromptSpec
    variables: dict[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class StartedTrial:
    """A trial that is kept already and about to be answered."""

    trial_id: int
    job: Job[None]


@dataclasses.dataclass(frozen=True, slots=True)
class _Kept:
    """A trial that is kept, and the call that will answer it."""

    trial_id: int
    request: GenerationRequest
    reservation: Reservation | None
    thinking: Thinking


@dataclasses.dataclass(frozen=True, slots=True)
class LabInput:
    """One input with the answer that is expected, if one is."""

    variables: Mapping[str, str]
    expected: str | None = None


class LabService:
    """Edits the draft, runs it and shows what earlier runs gave."""

    def __init__(
        self,
        projects: ProjectService,
        generator: TextGenerator,
        jobs: JobService,
        events: EventBus,
        spending: SpendingService | None = None,
    ) -> None:
        """Keep the open project, the models, the lanes, the bus and the money.

        Without `spending` no price is known; local models cost nothing anyway.
        """
        self._spending = spending or SpendingService(projects)
        self._projects = projects
        self._generator = generator
        self._jobs = jobs
        self._events = events
        self._job_of_trial: dict[int, str] = {}

    def draft(self) -> Draft:
        """Return the prompt that is being edited."""
        prompts = self._projects.store.prompts
        return Draft(prompts.draft(), prompts.draft_variables())

    def save_draft(self, spec: PromptSpec, variables: Mapping[str, str]) -> None:
        """Keep the draft; nothing happens when it is kept already."""
        prompts = self._projects.store.prompts
        if (prompts.draft(), prompts.draft_variables()) != (spec, dict(variables)):
            self._events.changed(prompts.save_draft(spec, variables))

    def preview(
        self, spec: PromptSpec, variables: Mapping[str, str]
    ) -> tuple[Message, ...]:
        """Return the messages that would be sent."""
        return render(_own_input_left_out(spec, variables), variables)

    def issues(
        self, spec: PromptSpec, variables: Mapping[str, str]
    ) -> tuple[tuple[PlaceholderIssue, str], ...]:
        """Return what does not fit between placeholders and values."""
        return placeholder_issues(spec, variables)

    def run(
        self,
        spec: PromptSpec,
        variables: Mapping[str, str],
        model: ModelRef,
        expected: str | None = None,
        together: str = "",
    ) -> StartedTrial:
        """Keep a new trial and have it answered.

        The answer streams as `TokenArrived` and ends with `TrialFinished`.

        Args:
            spec: the prompt.
            variables: the values of its placeholders.
            model: who is asked.
            expected: the right answer, if it is known.
            together: shared by calls that count as one run for the cap per run, as
                those of several models side by side; empty: a run of its own.

        Raises:
            InputError: ``prompt.empty`` when there is nothing to send, ``shot.test``
                when an example in the prompt is a test record.
            CapReached: its worst case would pass a cap.
        """
        return self._start(spec, variables, model, expected, together or new_ulid())

    def run_side_by_side(
        self,
        spec: PromptSpec,
        variables: Mapping[str, str],
        models: Sequence[ModelRef],
        expected: str | None = None,
    ) -> tuple[StartedTrial, ...]:
        """Ask one to eight models the same at once, each as `run` does.

        The cap per run holds for all of them together. When one is refused, those
        before it are being answered and can be stopped.

        Raises:
            InputError: ``models.count``, or what `run` raises.
        """
        if not 1 <= len(models) <= MOST_MODELS:
            raise InputError(
                "models.count",
                f"Between 1 and {MOST_MODELS} models answer at once.",
                {"most": MOST_MODELS},
            )
        run = new_ulid()
        return tuple(
            self._start(spec, variables, model, expected, run) for model in models
        )

    def _start(
        self,
        spec: PromptSpec,
        variables: Mapping[str, str],
        model: ModelRef,
        expected: str | None,
        run: str,
    ) -> StartedTrial:
        store = self._projects.store
        kept = self._keep(store, spec, variables, model, expected, run)
        ulid = store.trials.get(kept.trial_id).ulid

        def work(context: JobContext) -> None:
            self._answer(store, kept, context)

        job = self._jobs.submit(JobKind.ANSWER, model.label, work, subject=ulid)
        self._job_of_trial[kept.trial_id] = job.ulid
        return StartedTrial(kept.trial_id, job)

    def run_inputs(
        self, spec: PromptSpec, inputs: Sequence[LabInput], model: ModelRef
    ) -> Job[tuple[int, ...]]:
        """Run the same prompt over many inputs, one trial each."""
        store = self._projects.store
        run = new_ulid()

        def work(context: JobContext) -> tuple[int, ...]:
            done: list[int] = []
            for item in inputs:
                context.stop.check()
                kept = self._keep(
                    store, spec, item.variables, model, item.expected, run
                )
                self._answer(store, kept, context)
                done.append(kept.trial_id)
                context.progress(len(done), len(inputs))
            return tuple(done)

        return self._jobs.submit(JobKind.ANSWER, model.label, work)

    def stop(self, trial_id: int) -> None:
        """Stop an answer; what has arrived is kept."""
        if ulid := self._job_of_trial.get(trial_id):
            self._jobs.cancel(ulid)

    def stop_all(self) -> None:
        """Stop every answer that is being made; what has arrived is kept."""
        for trial_id in list(self._job_of_trial):
            self.stop(trial_id)

    def trial(self, trial_id: int) -> Trial:
        """Return one trial."""
        return self._projects.store.trials.get(trial_id)

    def earlier(self, variables: Mapping[str, str]) -> Sequence[Trial]:
        """Return earlier trials with this very input, newest first."""
        text = shown_input(dict(sorted_items(variables)))
        return self._projects.store.trials.earlier(text)

    def versions(self) -> Sequence[PromptVersion]:
        """Return the prompt's versions, newest first."""
        return self._projects.store.prompts.versions()

    def spec_of(self, version_id: int) -> PromptSpec:
        """Return what a version says."""
        return self._projects.store.prompts.version(version_id)

    def shot_from_trial(self, trial_id: int) -> Shot:
        """Make an example in the prompt of a trial's right answer.

        Raises:
            InputError: ``shot.no_answer`` when nobody said what is right,
                ``shot.test`` when its input is set aside for the test.
        """
        trial = self._projects.store.trials.get(trial_id)
        if trial.right_answer is None:
            raise InputError(
                "shot.no_answer",
                "Say first what the right answer is: rate or correct it.",
            )
        # What earlier steps of a chain answered does not make another input of it.
        self._refuse_test(shown_input(own_variables(dict(trial.variables))))
        return Shot(trial.variables, trial.right_answer, trial_ulid=trial.ulid)

    def shot_from_example(self, example_id: int) -> Shot:
        """Make an example in the prompt of a record.

        Raises:
            InputError: ``shot.test`` when it is set aside for the test.
        """
        example = self._projects.store.datasets.get(example_id)
        self._refuse_test(example.input_text)
        return Shot(example.variables, example.answer, example_ulid=example.ulid)

    def check(self, answer: str, expected: str | None) -> Check:
        """Compare an answer with the expected one and with the task card."""
        return check_answer(answer, expected or None, self._projects.card())

    def _refuse_test(self, input_text: str) -> None:
        if self._projects.store.datasets.is_test_input(input_text):
            raise InputError(
                "shot.test",
                "This record is set aside for the test and cannot be an example.",
            )

    def _keep(
        self,
        store: ProjectStore,
        spec: PromptSpec,
        variables: Mapping[str, str],
        model: ModelRef,
        expected: str | None,
        run: str,
    ) -> _Kept:
        """Insert the trial, with its worst case, before anything is asked."""
        sent = _own_input_left_out(spec, variables)
        messages = render(sent, variables)
        if not messages[-1].text.strip():
            raise InputError("prompt.empty", "There is no message to send yet.")
        version = store.prompts.ensure_version(sent)
        trial = NewTrial(
            prompt_version_id=version.id,
            model=model,
            variables=sorted_items(variables),
            messages=messages,
            parameters=spec.parameters,
            expected=expected or None,
            origin=CallOrigin(call_hash(model, messages, spec.parameters)),
        )
        request = GenerationRequest(model, messages, spec.parameters)
        reservation = self._spending.reserve(store, request, run)
        try:
            trial_id = store.trials.start(trial, reservation)
        except BaseException:
            self._spending.release(store, reservation)
            raise
        self._events.changed(ChangeSet.of(Kind.TRIAL, trial_id))
        return _Kept(trial_id, request, reservation, spec.thinking)

    def _answer(self, store: ProjectStore, kept: _Kept, context: JobContext) -> None:
        def on_token(text: str) -> None:
            self._events.publish(TokenArrived(kept.trial_id, text))

        answer, failure = ask(self._generator, kept.request, on_token, context.stop)
        answer = parted_answer(answer, kept.thinking)
        asked = settled(self._spending, store, kept.reservation, answer, failure)
        self._events.changed(store.trials.finish(kept.trial_id, asked.outcome))
        self._job_of_trial.pop(kept.trial_id, None)
        self._events.publish(TrialFinished(kept.trial_id))
        if asked.outcome.status is TrialStatus.CANCELLED:
            raise CancelledError
        if failure is not None:
            raise failure


def _own_input_left_out(spec: PromptSpec, variables: Mapping[str, str]) -> PromptSpec:
    """Leave a record out of its own examples: its answer would be given away."""
    return dataclasses.replace(spec, shots=without_inputs(spec.shots, variables))
