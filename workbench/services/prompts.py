"""What belongs to a prompt version: its name, results, and where examples come from.

Whatever way an example comes in, it is asked here whether it is a record of the test;
the project file asks again when the prompt becomes a version.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from workbench.domain.answers import said
from workbench.domain.datasets import Example, ExampleFilter, Split
from workbench.domain.errors import InputError
from workbench.domain.files import check_files
from workbench.domain.hints import Hint, hints
from workbench.domain.ports import ProjectStore
from workbench.domain.prompts import PromptSpec, Shot, for_input, render
from workbench.domain.threads import follow_up, thread_shot
from workbench.domain.trials import PromptVersion, TrialStatus, VersionAnswer
from workbench.evaluation.personal_data import Finding, Masked, find, mask_all
from workbench.services.checks import check_answer, check_form
from workbench.services.events import EventBus
from workbench.services.projects import ProjectService
from workbench.services.version_diff import PartDiff, compare

if TYPE_CHECKING:
    # Imported for its type only: numpy has no part in the window's start.
    from workbench.evaluation.diversity import Picked


@dataclasses.dataclass(frozen=True, slots=True)
class VersionResults:
    """What the Lab's trials say about a version; comparisons tell more.

    Attributes:
        trials: all of them, but for those in the bin.
        answered: those that ended well.
        failed: those that failed; what was stopped is none of both.
        checked: answers there is something to check by: an expected answer or a rule.
        passed: of these, the answers that are as they should be.
        input_tokens: of all trials that tell it, likewise `output_tokens`.
    """

    trials: int = 0
    answered: int = 0
    failed: int = 0
    checked: int = 0
    passed: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    @property
    def pass_rate(self) -> float | None:
        """Share of checked answers that passed, None when nothing was checked."""
        return self.passed / self.checked if self.checked else None


@dataclasses.dataclass(frozen=True, slots=True)
class VersionSummary:
    """A version with its results."""

    version: PromptVersion
    results: VersionResults


@dataclasses.dataclass(frozen=True, slots=True)
class Restored:
    """A version in the draft.

    Attributes:
        spec: the draft as it is now.
        switched_off: numbers, from 1, of examples that are records of the test by now
            and were switched off.
    """

    spec: PromptSpec
    switched_off: tuple[int, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Proposal:
    """Examples that are proposed, and how they were picked.

    Attributes:
        shots: one for each of `picked.picks`, in their order.
        left_out: candidates that are records of the test in some dataset.
    """

    shots: tuple[Shot, ...]
    picked: "Picked"
    left_out: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class FollowUp:
    """A prompt that answers back to a trial, and the values it is run with."""

    spec: PromptSpec
    variables: dict[str, str]
    parent_id: int


class PromptService:
    """Versions, examples and follow-ups of the open project's prompt."""

    def __init__(self, projects: ProjectService, events: EventBus) -> None:
        """Keep the open project and the bus."""
        self._projects = projects
        self._events = events

    # Versions

    def summaries(self) -> Sequence[VersionSummary]:
        """Return all versions with their results, newest first; reads every answer."""
        prompts = self._projects.store.prompts
        answers: dict[int, list[VersionAnswer]] = {}
        for answer in prompts.answers():
            answers.setdefault(answer.version_id, []).append(answer)
        return [
            VersionSummary(version, self._results(answers.get(version.id, ())))
            for version in prompts.versions()
        ]

    def results(self, version_id: int) -> VersionResults:
        """Return what a version's trials gave."""
        return self._results(self._projects.store.prompts.answers(version_id))

    def name(self, version_id: int, name: str) -> None:
        """Name a version; empty takes the name away. Undoable."""
        prompts = self._projects.store.prompts
        self._events.changed(prompts.describe(version_id, name=name.strip()))

    def note(self, version_id: int, note: str) -> None:
        """Write a note on a version; undoable."""
        prompts = self._projects.store.prompts
        self._events.changed(prompts.describe(version_id, note=note))

    def restore(self, version_id: int) -> Restored:
        """Put a version into the draft; undoable, and the values beside it stay.

        Raises:
            InputError: ``version.missing``.
        """
        store = self._projects.store
        version = store.prompts.version(version_id)
        off = {
            number
            for number, shot in enumerate(version.shots, start=1)
            if shot.enabled and _is_test(store, shot)
        }
        shots = tuple(
            dataclasses.replace(shot, enabled=False) if number in off else shot
            for number, shot in enumerate(version.shots, start=1)
        )
        spec = dataclasses.replace(version, shots=shots)
        values = store.prompts.draft_variables()
        self._events.changed(store.prompts.save_draft(spec, values))
        return Restored(spec, tuple(sorted(off)))

    def differences(self, first_id: int, second_id: int) -> tuple[PartDiff, ...]:
        """Return what differs between two versions, part by part, in words."""
        prompts = self._projects.store.prompts
        return compare(prompts.version(first_id), prompts.version(second_id))

    # Examples

    def pick_for_me(self, dataset_id: int, k: int) -> Proposal:
        """Propose k examples that differ; nothing is changed.

        Candidates are records for training and those in no part: what is validated
        or tested on is never shown.
        """
        from workbench.evaluation.diversity import pick_diverse

        store = self._projects.store
        where = ExampleFilter(dataset_id)
        all_of = store.datasets.page(store.datasets.ids(where))
        open_ones = [e for e in all_of if e.split in {Split.NONE, Split.TRAIN}]
        kept = [e for e in open_ones if not _is_test(store, _shot_of(e))]
        picked = pick_diverse([e.input_text for e in kept], [e.answer for e in kept], k)
        shots = tuple(_shot_of(kept[pick.index]) for pick in picked.picks)
        return Proposal(shots, picked, len(open_ones) - len(kept))

    def typed_shot(
        self,
        variables: Mapping[str, str],
        answer: str,
        *,
        output_only: bool = False,
        thinking: str = "",
    ) -> Shot:
        """Make an example of what was typed.

        Raises:
            InputError: ``shot.no_answer``, ``shot.test``.
        """
        if not answer.strip():
            raise InputError("shot.no_answer", "An example needs an answer.")
        values = tuple(sorted(variables.items()))
        shot = Shot(values, answer, output_only=output_only, thinking=thinking)
        self.refuse_tests((shot,))
        return shot

    def shot_from_thread(self, trial_id: int) -> Shot:
        """Make one example of everything that was said up to a trial's right answer.

        Raises:
            InputError: ``shot.no_answer`` when nobody said what is right,
                ``shot.test``.
        """
        store = self._projects.store
        trial = store.trials.get(trial_id)
        if trial.right_answer is None:
            raise InputError(
                "shot.no_answer",
                "Say first what the right answer is: rate or correct it.",
            )
        spec = store.prompts.version(trial.prompt_version_id)
        shot = thread_shot(spec, trial.variables, trial.right_answer, trial.ulid)
        self.refuse_tests((shot,))
        return shot

    def refuse_tests(self, shots: Iterable[Shot]) -> None:
        """Refuse examples that are records of the test: InputError ``shot.test``."""
        store = self._projects.store
        if any(_is_test(store, shot) for shot in shots):
            raise InputError(
                "shot.test",
                "This record is set aside for the test and cannot be an example.",
            )

    # Follow-ups

    def answer_back(self, trial_id: int, text: str) -> FollowUp:
        """Return the prompt that answers back to a trial; it is run like any other.

        Raises:
            InputError: ``prompt.empty`` when nothing is said, ``trial.no_answer`` when
                there is no answer to answer back to.
        """
        if not text.strip():
            raise InputError("prompt.empty", "There is no message to send yet.")
        store = self._projects.store
        trial = store.trials.get(trial_id)
        if not trial.outcome.output.strip():
            raise InputError("trial.no_answer", "There is no answer to answer back to.")
        spec = store.prompts.version(trial.prompt_version_id)
        asked = follow_up(spec, said(trial.outcome), text)
        return FollowUp(asked, dict(trial.variables), trial_id)

    # Before sending

    def hints(self, spec: PromptSpec, variables: Mapping[str, str]) -> Sequence[Hint]:
        """Return what to look at before a prompt is sent."""
        return hints(spec, variables, self._form_checker())

    def check_sending(self, spec: PromptSpec, variables: Mapping[str, str]) -> None:
        """Refuse what the service would refuse; see `files.check_files`."""
        check_files(render(for_input(spec, variables), variables))

    def personal_data(
        self, spec: PromptSpec, variables: Mapping[str, str]
    ) -> tuple[Finding, ...]:
        """Return likely personal data in everything that would be sent as text."""
        texts = [m.text for m in render(for_input(spec, variables), variables)]
        texts += [file.text for file in spec.files]
        return tuple(finding for text in texts for finding in find(text))

    def masked(self, variables: Mapping[str, str]) -> tuple[dict[str, str], Masked]:
        """Mask personal data in the values of one input.

        Returns:
            The masked values; and all of them as one text with what the placeholders
            stand for, to put the data back into the answer.
        """
        made = mask_all(variables.values())
        values = dict(pair for one in made for pair in one.values)
        whole = Masked("\n".join(one.text for one in made), tuple(values.items()))
        masked = (one.text for one in made)
        return dict(zip(variables, masked, strict=True)), whole

    def _form_checker(self) -> Callable[[str], Sequence[str]]:
        card = self._projects.card()
        return lambda answer: [str(p.code) for p in check_form(answer, card)]

    def _results(self, answers: Iterable[VersionAnswer]) -> VersionResults:
        card = self._projects.card()
        listed = list(answers)
        good = [a for a in listed if a.status is TrialStatus.SUCCEEDED]
        verdicts = [check_answer(a.output, a.expected, card).ok for a in good]
        return VersionResults(
            trials=len(listed),
            answered=len(good),
            failed=sum(a.status is TrialStatus.FAILED for a in listed),
            checked=sum(verdict is not None for verdict in verdicts),
            passed=sum(verdict is True for verdict in verdicts),
            input_tokens=sum(a.input_tokens or 0 for a in listed),
            output_tokens=sum(a.output_tokens or 0 for a in listed),
        )


def _shot_of(example: Example) -> Shot:
    return Shot(example.variables, example.answer, example_ulid=example.ulid)


def _is_test(store: ProjectStore, shot: Shot) -> bool:
    return any(store.datasets.is_test_input(text) for text in shot.inputs)
