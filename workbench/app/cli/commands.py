"""What each command does: open the project, call a service, tell the result."""

import argparse
import contextlib
import dataclasses
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from workbench.app.cli.output import Output
from workbench.app.compose import compose
from workbench.domain.comparisons import CandidateRole
from workbench.domain.datasets import Dataset, Split
from workbench.domain.errors import InputError
from workbench.domain.jobs import JobSnapshot
from workbench.domain.models import ModelRef
from workbench.domain.task import TaskCard, TaskKind
from workbench.domain.tuning import Adapter, Goal
from workbench.services.application import Services
from workbench.services.events import Event, JobChanged, RunProgressed
from workbench.services.jobs import Job

if TYPE_CHECKING:
    from workbench.evaluation.statistics.paired import PairedResult

_TELL_EVERY = 5.0
_T = TypeVar("_T")


@contextlib.contextmanager
def _services(project: Path | None = None) -> Iterator[Services]:
    services = compose()
    try:
        if project is not None:
            services.projects.open(project)
        yield services
    finally:
        services.close()


class _Teller:
    """Tells the progress of jobs every few seconds."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._told = 0.0

    def __call__(self, event: Event) -> None:
        if isinstance(event, JobChanged):
            self._tell(event.job)
        elif isinstance(event, RunProgressed) and event.progress.train_loss:
            step, loss = event.progress.train_loss[-1]
            self._say(f"step {step} of {event.progress.total_steps}, loss {loss:.3f}")

    def _tell(self, job: JobSnapshot) -> None:
        if job.total:
            self._say(f"{job.title}: {job.done} of {job.total}")

    def _say(self, text: str) -> None:
        if time.monotonic() - self._told > _TELL_EVERY:
            self._told = time.monotonic()
            self._output.progress(text)


def _wait(services: Services, job: Job[_T]) -> _T:
    """Wait for a job; Ctrl+C asks it to stop and waits on."""
    try:
        return job.future.result()
    except KeyboardInterrupt:
        services.jobs.cancel(job.ulid)
        return job.future.result()


def new(arguments: argparse.Namespace, output: Output) -> int:
    """Make a project."""
    card = TaskCard(
        kind=TaskKind(arguments.kind),
        labels=_names(arguments.labels),
        fields=_names(arguments.fields),
        separator=arguments.separator,
        longest_answer=arguments.longest,
    )
    with _services() as services:
        services.projects.create(arguments.project, arguments.name, card)
        path = services.projects.path()
    output.result({"project": str(path)}, f"Made {path}.")
    return 0


def import_file(arguments: argparse.Namespace, output: Output) -> int:
    """Import a file, and split the dataset when that is asked for."""
    with _services(arguments.project) as services:
        if arguments.system is not None:
            _save_system(services, arguments.system)
        preview = services.data.preview_file(arguments.file)
        answer = arguments.answer or preview.answer_column
        group = arguments.group or preview.group_column
        inputs = [c for c in preview.columns if c not in {answer, group}]
        _save_template(services, inputs)
        dataset_id = services.data.ensure_dataset(arguments.dataset)
        job = services.data.import_records(dataset_id, preview, answer, inputs, group)
        report = _wait(services, job)
        for problem in report.skipped:
            output.progress(f"row {problem.row}: {problem.code} {problem.detail}")
        if arguments.split:
            wanted = _parts(arguments.split)
            services.data.split(dataset_id, wanted, arguments.seed)
        counts = _dataset(services, arguments.dataset).counts
    rejected = sum(problem.rejected for problem in report.skipped)
    output.result(
        {
            "added": report.added,
            "rejected": rejected,
            "problems": [dataclasses.asdict(problem) for problem in report.skipped],
            "counts": dataclasses.asdict(counts),
        },
        f"{report.added} records imported, {rejected} rows left out.",
    )
    return 0


def export(arguments: argparse.Namespace, output: Output) -> int:
    """Write the training files of a dataset."""
    with _services(arguments.project) as services:
        dataset = _dataset(services, arguments.dataset)
        report = _wait(services, services.data.export(dataset.id, arguments.folder))
    output.result(
        {
            "folder": str(report.folder),
            "files": dict(report.files),
            "manifests": [str(path) for path in report.manifests],
            "sha256": report.sha256,
            "problems": [
                {"dialect": dialect, "code": problem.code, "id": problem.id}
                for dialect, problem in report.problems
            ],
        },
        f"Written to {report.folder}.",
    )
    return 0


def train(arguments: argparse.Namespace, output: Output) -> int:
    """Prepare and run a fine-tuning run; Ctrl+C stops it."""
    with _services(arguments.project) as services:
        services.events.subscribe(_Teller(output))
        dataset = _dataset(services, arguments.dataset)
        base = _base(services, arguments.model)
        goal = Goal(arguments.goal)
        prepared = services.tune.prepare(dataset.id, base, goal, arguments.name)
        run_id = _wait(services, prepared)
        _wait(services, services.tune.start(run_id))
        run = services.tune.run(run_id)
    output.result(
        {
            "run": run.ulid,
            "state": run.state,
            "adapter": run.adapter_ulid,
            "result": dict(run.result),
        },
        f"Trained: adapter {run.name}.",
    )
    return 0


def compare(arguments: argparse.Namespace, output: Output) -> int:
    """Compare base, base with examples and tuned over the test part."""
    with _services(arguments.project) as services:
        services.events.subscribe(_Teller(output))
        adapter = _adapter(services, arguments.adapter)
        comparison = services.compare.create(adapter.ulid, k=arguments.shots)
        _wait(services, services.compare.start(comparison.id))
        result = services.compare.result(comparison.id)
        if arguments.csv is not None:
            services.compare.export_csv(comparison.id, arguments.csv)
    paired = result.headline.tuned_minus_base
    means = result.headline.means
    output.result(
        {
            "records": len(result.rows),
            "metric": result.headline.metric,
            "means": dict(means),
            "difference": paired.difference,
            "low": paired.low,
            "high": paired.high,
            "p": paired.p,
            "output_tokens": dict(result.tokens.output_means),
        },
        f"Exact match: base {means.get(CandidateRole.BASE, 0):.3f}, tuned "
        f"{means.get(CandidateRole.TUNED, 0):.3f}; {_difference(paired)}",
    )
    return 0


def doctor(arguments: argparse.Namespace, output: Output) -> int:
    """Tell what works on this computer, and what would mend the rest."""
    from workbench.app.cli.doctor import examine

    report = examine()
    lines = [
        f"{'ok ' if item.ok else 'NO '} {item.name}: {item.text}" for item in report
    ]
    values = {"checks": [dataclasses.asdict(item) for item in report]}
    output.result(values, "\n".join(lines))
    return 0 if all(item.ok for item in report) else 1


def _difference(paired: "PairedResult") -> str:
    """Say the difference; an interval only where the records allow one."""
    interval = ", no interval"
    if paired.low is not None and paired.high is not None:
        interval = f" [{paired.low:.3f}, {paired.high:.3f}]"
    value = "unknown" if paired.difference is None else f"{paired.difference:.3f}"
    return f"difference {value}{interval}, {paired.n} records."


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _parts(text: str) -> dict[Split, int]:
    try:
        train_part, validation, test = (int(part) for part in text.split(","))
    except ValueError:
        raise InputError(
            "split.form", "--split takes three numbers, such as 200,40,160."
        ) from None
    return {Split.TRAIN: train_part, Split.VALIDATION: validation, Split.TEST: test}


def _dataset(services: Services, name: str) -> Dataset:
    for dataset in services.data.datasets():
        if not name or dataset.name == name:
            return dataset
    raise InputError("dataset.missing", f"There is no dataset {name}.")


def _adapter(services: Services, name: str) -> Adapter:
    for adapter in services.tune.adapters():
        if not name or name in {adapter.name, adapter.ulid}:
            return adapter
    raise InputError("adapter.missing", "There is no such adapter; train one first.")


def _base(services: Services, folder: Path | None) -> ModelRef:
    if folder is not None:
        return services.models.add_folder(folder.resolve())
    return services.models.choices()[0]


def _save_system(services: Services, system: str) -> None:
    draft = services.lab.draft()
    spec = dataclasses.replace(draft.spec, system=system)
    services.lab.save_draft(spec, draft.variables)


def _save_template(services: Services, inputs: list[str]) -> None:
    """Give an empty prompt a message that uses the imported columns."""
    draft = services.lab.draft()
    if not draft.spec.template.strip():
        template = "\n".join("{{" + name + "}}" for name in inputs)
        spec = dataclasses.replace(draft.spec, template=template)
        services.lab.save_draft(spec, draft.variables)
