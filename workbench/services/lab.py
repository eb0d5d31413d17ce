"""The Lab: run a prompt, keep the trial, whatever becomes of it."""

import dataclasses
import logging
from collections.abc import Mapping, Sequence

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.errors import CancelledError, InputError, WorkbenchError
from workbench.domain.generation import Generation, GenerationRequest
from workbench.domain.jobs import JobKind
from workbench.domain.models import ModelRef
from workbench.domain.ports import ProjectStore, TextGenerator
from workbench.domain.prompts import (
    Message,
    PlaceholderIssue,
    PromptSpec,
    Shot,
    placeholder_issues,
    render,
    shown_input,
    sorted_items,
    without_inputs,
)
from workbench.domain.trials import (
    NewTrial,
    PromptVersion,
    Trial,
    TrialOutcome,
    TrialStatus,
)
from workbench.services.checks import Check, check_answer
from workbench.services.events import EventBus, TokenArrived, TrialFinished
from workbench.services.jobs import Job, JobContext, JobService
from workbench.services.projects import ProjectService

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
    ) -> None:
        """Keep the open project, the models, the lanes and the bus."""
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
    ) -> StartedTrial:
        """Keep a new trial and have it answered.

        The answer streams as `TokenArrived` and ends with `TrialFinished`.

        Raises:
            InputError: ``prompt.empty`` when there is nothing to send, ``shot.test``
                when an example in the prompt is a test record.
        """
        store = self._projects.store
        trial_id, request = self._keep(store, spec, variables, model, expected)
        ulid = store.trials.get(trial_id).ulid

        def work(context: JobContext) -> None:
            self._answer(store, trial_id, request, context)

        job = self._jobs.submit(JobKind.ANSWER, model.label, work, subject=ulid)
        self._job_of_trial[trial_id] = job.ulid
        return StartedTrial(trial_id, job)

    def run_inputs(
        self, spec: PromptSpec, inputs: Sequence[LabInput], model: ModelRef
    ) -> Job[tuple[int, ...]]:
        """Run the same prompt over many inputs, one trial each."""
        store = self._projects.store

        def work(context: JobContext) -> tuple[int, ...]:
            done: list[int] = []
            for item in inputs:
                context.stop.check()
                trial_id, request = self._keep(
                    store, spec, item.variables, model, item.expected
                )
                self._answer(store, trial_id, request, context)
                done.append(trial_id)
                context.progress(len(done), len(inputs))
            return tuple(done)

        return self._jobs.submit(JobKind.ANSWER, model.label, work)

    def stop(self, trial_id: int) -> None:
        """Stop an answer; what has arrived is kept."""
        if ulid := self._job_of_trial.get(trial_id):
            self._jobs.cancel(ulid)

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
        self._refuse_test(trial.input_text)
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
    ) -> tuple[int, GenerationRequest]:
        """Insert the trial before anything is asked of a model."""
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
        )
        trial_id = store.trials.start(trial)
        self._events.changed(ChangeSet.of(Kind.TRIAL, trial_id))
        return trial_id, GenerationRequest(model, messages, spec.parameters)

    def _answer(
        self,
        store: ProjectStore,
        trial_id: int,
        request: GenerationRequest,
        context: JobContext,
    ) -> None:
        arrived: list[str] = []

        def on_token(text: str) -> None:
            arrived.append(text)
            self._events.publish(TokenArrived(trial_id, text))

        failure: Exception | None = None
        try:
            answer = self._generator.generate(request, on_token, context.stop)
            outcome = outcome_of(answer)
        except CancelledError as error:
            outcome = TrialOutcome(
                TrialStatus.CANCELLED, "".join(arrived), stop_reason="cancelled"
            )
            failure = error
        except Exception as error:  # noqa: BLE001 - kept with the trial, then raised on
            outcome = failed_outcome(error, "".join(arrived))
            failure = error
        self._events.changed(store.trials.finish(trial_id, outcome))
        self._job_of_trial.pop(trial_id, None)
        self._events.publish(TrialFinished(trial_id))
        if outcome.status is TrialStatus.CANCELLED:
            raise CancelledError
        if failure is not None:
            raise failure


def outcome_of(answer: Generation) -> TrialOutcome:
    """Return what a trial keeps of an answer."""
    status = TrialStatus.SUCCEEDED
    if answer.error_code:
        status = TrialStatus.FAILED
    elif answer.stop_reason == "cancelled":
        status = TrialStatus.CANCELLED
    return TrialOutcome(
        status=status,
        output=answer.text,
        stop_reason=answer.stop_reason,
        input_tokens=answer.input_tokens,
        output_tokens=answer.output_tokens,
        prompt_hash=answer.prompt_hash,
        seconds=answer.seconds,
        first_token_seconds=answer.first_token_seconds,
        error_code=answer.error_code,
        error_text=answer.error_text,
        versions=(*answer.versions, ("adapter_on", str(answer.adapter_on).lower())),
    )


def failed_outcome(error: Exception, output: str = "") -> TrialOutcome:
    """Return what a trial keeps of a failure, with what had arrived before it."""
    code = error.code if isinstance(error, WorkbenchError) else "bug"
    return TrialOutcome(
        TrialStatus.FAILED, output, error_code=code, error_text=str(error)
    )


def _own_input_left_out(spec: PromptSpec, variables: Mapping[str, str]) -> PromptSpec:
    """Leave a record out of its own examples: its answer would be given away."""
    return dataclasses.replace(spec, shots=without_inputs(spec.shots, variables))
