"""Tune: check the rows, start a run, watch it, register what it learned.

A run belongs to its worker process, not to the window: `detach_all` lets go of every
run when the project is closed, `attach_all` finds them again when it is opened.
"""

import hashlib
import json
import logging
import shutil
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.datasets import SnapshotRow, Split
from workbench.domain.errors import (
    CancelledError,
    EnvironmentFault,
    InputError,
    WorkbenchError,
    from_os,
)
from workbench.domain.files import text_alone
from workbench.domain.ids import new_ulid
from workbench.domain.jobs import JobKind, JobState
from workbench.domain.models import ModelKind, ModelRef, adapter_folder
from workbench.domain.ports import ProjectStore, TrainingHandle, TrainingLauncher
from workbench.domain.prompts import PromptSpec, Role, render
from workbench.domain.threads import completion, for_training
from workbench.domain.tuning import (
    Adapter,
    Artefact,
    Goal,
    Preparation,
    Progress,
    Run,
    TrainingSettings,
    preset,
)
from workbench.services.events import EventBus, RunProgressed
from workbench.services.jobs import Job, JobContext, JobService
from workbench.services.projects import ProjectService

_log = logging.getLogger(__name__)
_POLL_SECONDS = 0.25
_PATIENCE = {True: 600.0, False: 120.0}
_AT_WORK = {JobState.RUNNING, JobState.CANCELLING, JobState.LOST}
FEWEST_ROWS = 2


class TuneService:
    """Fine-tuning runs of the open project."""

    def __init__(
        self,
        projects: ProjectService,
        launcher: TrainingLauncher,
        jobs: JobService,
        events: EventBus,
    ) -> None:
        """Keep the open project, the launcher, the lanes and the bus."""
        self._projects = projects
        self._launcher = launcher
        self._jobs = jobs
        self._events = events
        self._handles: dict[int, TrainingHandle] = {}
        self._progress: dict[int, Progress] = {}
        self._asked: dict[int, tuple[bool, float]] = {}
        self._letting_go = threading.Event()
        projects.before_closing(self.detach_all)

    def settings(self, goal: Goal, rows: int, base: ModelRef) -> TrainingSettings:
        """Return the settings of a preset."""
        return preset(goal, rows, toy=base.kind is ModelKind.BUILTIN)

    def prepare(
        self,
        dataset_id: int,
        base: ModelRef,
        goal: Goal = Goal.BALANCED,
        name: str = "",
        settings: TrainingSettings | None = None,
    ) -> Job[int]:
        """Freeze the dataset and have the worker tokenise it; gives the run's id.

        The prompt is the draft without its examples: the tuned model must not need
        them.

        Raises:
            InputError: ``tune.too_few`` with fewer than two training records.
        """
        store = self._projects.store
        counts = next(d.counts for d in store.datasets.datasets() if d.id == dataset_id)
        if counts.train < FEWEST_ROWS:
            raise InputError(
                "tune.too_few", "Split the dataset first: there is nothing to train on."
            )
        snapshot = store.datasets.take_snapshot(dataset_id)
        chosen = settings or self.settings(goal, snapshot.counts.train, base)
        spec = for_training(store.prompts.draft())
        version = store.prompts.ensure_version(spec)
        ulid = new_ulid()
        number = len(store.runs.runs()) + 1
        title = name.strip() or f"{snapshot.dataset_name} {number}"
        run_id = store.runs.add(
            ulid=ulid,
            name=title,
            snapshot_id=snapshot.id,
            prompt_version_id=version.id,
            base=base.base,
            settings=chosen,
            directory=f"runs/{ulid}",
        )
        self._events.changed(ChangeSet.of(Kind.RUN, run_id))

        def work(context: JobContext) -> int:
            rows = store.datasets.snapshot_rows(snapshot.id)
            self._check_rows(store, run_id, spec, rows, context)
            return run_id

        return self._jobs.submit(JobKind.PREPARE, title, work, subject=ulid)

    def preparation(self, run_id: int) -> Preparation | None:
        """Return what the preparation pass of a run found."""
        return self._launcher.preparation(self._directory(self.run(run_id)))

    def start(self, run_id: int) -> Job[None]:
        """Start the worker of a prepared run and watch it.

        Raises:
            InputError: ``tune.not_prepared``, ``tune.started`` when it was started.
        """
        run = self.run(run_id)
        if run.state is not JobState.QUEUED or run_id in self._handles:
            raise InputError("tune.started", "This run was started already.")
        directory = self._directory(run)
        preparation = self._launcher.preparation(directory)
        if preparation is None:
            raise InputError("tune.not_prepared", "Check the rows before the start.")
        # Recorded before the worker exists: a run nobody knows of must not happen.
        store = self._projects.store
        self._set_state(store, run_id, JobState.RUNNING)
        try:
            handle = self._launcher.start(
                directory,
                run_ulid=run.ulid,
                base=run.base,
                settings=run.settings,
                preparation=preparation,
            )
        except WorkbenchError as error:
            self._fail(store, run_id, error)
            raise
        except OSError as error:
            fault = from_os(error, directory)
            self._fail(store, run_id, fault)
            raise fault from error
        return self._watch(run, handle)

    def stop(self, run_id: int, *, save: bool) -> None:
        """Ask a run to end, keeping what it learned so far or not.

        Raises:
            EnvironmentFault: ``disk.full``, ``file.unwritable``: it cannot be asked.
        """
        handle = self._handles.get(run_id)
        if handle is None:
            return
        store = self._projects.store
        self._asked.setdefault(run_id, (save, time.monotonic()))
        self._set_state(store, run_id, JobState.CANCELLING)
        try:
            handle.stop(save=save)
        except OSError as error:
            self._asked.pop(run_id, None)
            self._set_state(store, run_id, JobState.RUNNING)
            raise from_os(error, self._directory(store.runs.get(run_id))) from error

    def discard(self, run_id: int) -> None:
        """Put away a run that was prepared but never started."""
        run = self.run(run_id)
        if run.state is JobState.QUEUED:
            self._set_state(self._projects.store, run_id, JobState.CANCELLED)

    def close_lost(self, run_id: int) -> None:
        """Declare a lost run as ended: its worker is gone."""
        if self.run(run_id).state is JobState.LOST:
            self._set_state(self._projects.store, run_id, JobState.CANCELLED)

    def runs(self) -> Sequence[Run]:
        """Return all runs, newest first."""
        return self._projects.store.runs.runs()

    def run(self, run_id: int) -> Run:
        """Return one run."""
        return self._projects.store.runs.get(run_id)

    def progress(self, run_id: int) -> Progress:
        """Return what the events of a run say; an ended run's are read anew."""
        known = self._progress.get(run_id)
        if known is not None:
            return known
        run = self.run(run_id)
        if run.state is JobState.QUEUED:
            return Progress()
        progress = self._attach(run).poll()[1]
        self._progress[run_id] = progress
        return progress

    def log_tail(self, run_id: int) -> str:
        """Return the end of the worker's log."""
        return self._attach(self.run(run_id)).log_tail()

    def adapters(self) -> Sequence[Adapter]:
        """Return all adapters, newest first."""
        return self._projects.store.runs.adapters()

    def adapter_folder(self, adapter_ulid: str) -> Path:
        """Return the folder of an adapter (an `AdapterLocator`)."""
        if folder := adapter_folder(adapter_ulid):
            return Path(folder)
        store = self._projects.store
        return store.meta.files / store.runs.adapter(adapter_ulid).path

    def active_runs(self) -> Sequence[Run]:
        """Return the runs whose workers are at work."""
        if not self._handles:
            return []
        return [run for run in self.runs() if run.id in self._handles]

    def attach_all(self) -> None:
        """Find the runs again that were at work when the project was left."""
        # A new one: a follower of before may not have seen the old one yet, and must
        # not take the end of its watch for a wish to stop the run.
        self._letting_go = threading.Event()
        for run in self.runs():
            if run.state in _AT_WORK and run.id not in self._handles:
                self._watch(run, self._attach(run))

    def detach_all(self) -> None:
        """Let go of every run; their workers go on."""
        self._letting_go.set()
        for run in self.active_runs():
            self._jobs.cancel_subject(run.ulid)
        self._handles.clear()
        self._progress.clear()
        self._asked.clear()

    def _attach(self, run: Run) -> TrainingHandle:
        known = self._handles.get(run.id)
        return known or self._launcher.attach(self._directory(run), run_ulid=run.ulid)

    def _directory(self, run: Run) -> Path:
        return self._projects.store.meta.files / run.directory

    def _check_rows(
        self,
        store: ProjectStore,
        run_id: int,
        spec: PromptSpec,
        rows: Sequence[SnapshotRow],
        context: JobContext,
    ) -> None:
        run = store.runs.get(run_id)
        directory = store.meta.files / run.directory
        try:
            data = _write_rows(directory, spec, rows)
            self._launcher.prepare(
                directory,
                run_ulid=run.ulid,
                base=run.base,
                data=data,
                settings=run.settings,
                stop=context.stop,
            )
        except CancelledError:
            self._set_state(store, run_id, JobState.CANCELLED)
            raise
        except WorkbenchError as error:
            self._fail(store, run_id, error)
            raise
        except OSError as error:
            fault = from_os(error, directory)
            self._fail(store, run_id, fault)
            raise fault from error
        self._events.changed(ChangeSet.of(Kind.RUN, run_id))

    def _watch(self, run: Run, handle: TrainingHandle) -> Job[None]:
        self._handles[run.id] = handle
        store, letting_go = self._projects.store, self._letting_go

        def work(context: JobContext) -> None:
            self._follow(store, run.id, handle, context, letting_go)

        return self._jobs.submit(JobKind.TRAIN, run.name, work, subject=run.ulid)

    def _follow(
        self,
        store: ProjectStore,
        run_id: int,
        handle: TrainingHandle,
        context: JobContext,
        letting_go: threading.Event,
    ) -> None:
        last: tuple[JobState, Progress] | None = None
        while True:
            if letting_go.is_set():
                raise CancelledError
            if context.stop.is_set() and run_id not in self._asked:
                self._stop_by_job(run_id)
            state, progress = handle.poll()
            if (state, progress) != last:
                last = (state, progress)
                self._tell(run_id, state, progress, context)
            if not state.is_active:
                break
            self._force_when_due(run_id, handle)
            letting_go.wait(_POLL_SECONDS)
        fault = self._end(store, run_id, handle, state)
        if fault is not None:
            state = JobState.FAILED
        self._events.publish(RunProgressed(run_id, state, progress))
        if fault is not None:
            raise fault
        _raise_for(state, handle)

    def _stop_by_job(self, run_id: int) -> None:
        """Ask a run to end; one that cannot be asked is ended by force in time."""
        try:
            self.stop(run_id, save=False)
        except EnvironmentFault:
            _log.exception("a run cannot be asked to end")
            self._asked[run_id] = (False, time.monotonic())

    def _tell(
        self, run_id: int, state: JobState, progress: Progress, context: JobContext
    ) -> None:
        self._progress[run_id] = progress
        if progress.total_steps:
            left = progress.seconds_left
            context.progress(progress.step, progress.total_steps, left)
        if state is JobState.RUNNING and run_id in self._asked:
            state = JobState.CANCELLING
        self._events.publish(RunProgressed(run_id, state, progress))

    def _force_when_due(self, run_id: int, handle: TrainingHandle) -> None:
        if asked := self._asked.get(run_id):
            save, since = asked
            if time.monotonic() - since > _PATIENCE[save]:
                handle.force()

    def _end(
        self, store: ProjectStore, run_id: int, handle: TrainingHandle, state: JobState
    ) -> EnvironmentFault | None:
        """Record how a run ended; return why its adapter could not be kept."""
        fault: EnvironmentFault | None = None
        code, sentence = handle.error()
        try:
            artefact = handle.artefact()
            if artefact is Artefact.ADAPTER:
                fault = self._register(store, store.runs.get(run_id))
            if fault is not None:
                state, artefact = JobState.FAILED, Artefact.NONE
                code, sentence = fault.code, fault.sentence
            changes = store.runs.set_state(
                run_id,
                state,
                artefact=artefact,
                error_code=code,
                error_text=sentence,
                result=handle.result(),
            )
        finally:
            # Nobody follows it any more, whatever happened here.
            self._handles.pop(run_id, None)
            self._asked.pop(run_id, None)
        self._events.changed(changes | ChangeSet.of(Kind.ADAPTER))
        return fault

    def _register(self, store: ProjectStore, run: Run) -> EnvironmentFault | None:
        """Keep the adapter by its content, apart from the run's working files."""
        try:
            relative, sha256 = _keep_adapter(store.meta.files, run.directory)
        except OSError as error:
            return from_os(error, store.meta.files / "adapters")
        store.runs.add_adapter(
            name=run.name, run_id=run.id, base=run.base, path=relative, sha256=sha256
        )
        return None

    def _set_state(self, store: ProjectStore, run_id: int, state: JobState) -> None:
        """Move a run of this project, which another may have replaced by now."""
        self._events.changed(store.runs.set_state(run_id, state))

    def _fail(self, store: ProjectStore, run_id: int, error: WorkbenchError) -> None:
        changes = store.runs.set_state(
            run_id,
            JobState.FAILED,
            error_code=error.code,
            error_text=error.sentence,
        )
        self._events.changed(changes)


def _keep_adapter(files: Path, directory: str) -> tuple[str, str]:
    """Copy what a run learned to its lasting place; return that and the hash."""
    source = files / directory / "adapter"
    weights = source / "adapter_model.safetensors"
    with weights.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    relative = f"adapters/{sha256[:32]}"
    target = files / relative
    if not target.exists():
        temporary = target.with_name(target.name + ".part")
        shutil.rmtree(temporary, ignore_errors=True)
        try:
            shutil.copytree(source, temporary)
        except OSError:
            # Half an adapter only takes the room that is missing.
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        temporary.replace(target)
    return relative, sha256


def _raise_for(state: JobState, handle: TrainingHandle) -> None:
    """Let the job end as the run ended."""
    if state is JobState.CANCELLED:
        raise CancelledError
    if state is JobState.LOST:
        raise WorkbenchError("tune.lost", "The worker is gone and left no last word.")
    if state is JobState.FAILED:
        raise WorkbenchError(*handle.error())


def _write_rows(directory: Path, spec: PromptSpec, rows: Sequence[SnapshotRow]) -> Path:
    """Write the rows to train and to validate on as prompt-completion JSONL."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "data.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            if row.split in {Split.TRAIN, Split.VALIDATION}:
                file.write(json.dumps(_row(spec, row), ensure_ascii=False) + "\n")
    return path


def _row(spec: PromptSpec, row: SnapshotRow) -> dict[str, object]:
    messages = render(spec, dict(row.variables))
    return {
        "id": row.example_ulid,
        "split": row.split.value,
        "prompt": [{"role": m.role.value, "content": text_alone(m)} for m in messages],
        "completion": [
            {"role": Role.ASSISTANT.value, "content": completion(spec, row.answer)}
        ],
    }
