"""The preparation pass: rows to token ids and labels, before anything is trained.

The labels are made here and nowhere else (training.md 5.6): the trainer gets finished
ids, so what the window shows is what is trained, in every version of trl.

* The completion is what follows the prompt's *tokens*; strings are never searched.
* Labels end at the first stop token of the completion; what the template writes behind
  it (a newline, a second end token) is not trained.
* Every row is accounted for: rows in = trained + validation + dropped by reason.
"""

import argparse
import json
import math
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.worker.errors import WorkerError, describe
from workbench.worker.files import sha256_file, sha256_text, to_json, write_whole
from workbench.worker.masking import Drop, RowIds, RowTokeniser, choose_limit, fit
from workbench.worker.protocol import (
    IGNORED_LABEL,
    PREPARATION_FILE,
    PREPARE_FILE,
    PREPARED_FILE,
    SCHEMA,
    DropReason,
    ErrorClass,
    OverLimit,
    Phase,
    PreparationReport,
    PreparedLine,
    RunConfig,
    Settings,
)
from workbench.worker.rows import TRAIN, Row, read_rows
from workbench.worker.system import lower_priority
from workbench.worker.tokens import load_tokenizer, spans, stop_ids

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

_NAMED_ROWS = 20


def updates(rows: int, settings: Settings) -> tuple[int, int]:
    """Return updates per pass over the data, and of the whole run."""
    per_epoch = math.ceil(rows / settings.batch_size)
    return per_epoch, max(per_epoch * settings.epochs, settings.minimum_steps)


def prepare(
    config: RunConfig, run: Path, check: Callable[[], None] = lambda: None
) -> PreparationReport:
    """Prepare all rows of a run and write both files into its directory.

    Args:
        config: of the run.
        run: its directory.
        check: called between rows; raises to stop.

    Returns:
        The report as written; `error` says why the run must not start.

    Raises:
        WorkerError: model, template or data cannot be read at all.
    """
    model = Path(config.model_path)
    tokenizer = load_tokenizer(model)
    stops = stop_ids(tokenizer, model)
    if not stops:
        raise WorkerError(
            ErrorClass.TEMPLATE,
            "This model names no token that ends an answer, so it would never stop.",
        )
    started = time.monotonic()
    tokeniser = RowTokeniser(tokenizer, stops, config.template_arguments)
    lines, lengths = _lines(config, run, tokenizer, tokeniser, check)
    report = _report(config, tokenizer, stops, lines, lengths)
    write_whole(run / PREPARED_FILE, "".join(to_json(line) + "\n" for line in lines))
    report["sha256"] = sha256_file(run / PREPARED_FILE)
    report["seconds"] = round(time.monotonic() - started, 3)
    write_whole(run / PREPARATION_FILE, to_json(report))
    return report


def _lines(
    config: RunConfig,
    run: Path,
    tokenizer: "PreTrainedTokenizerBase",
    tokeniser: RowTokeniser,
    check: Callable[[], None],
) -> tuple[list[PreparedLine], list[RowIds]]:
    """Tokenise all rows, then apply the limit that their lengths decide."""
    found: list[tuple[Row, RowIds | Drop]] = []
    for row in read_rows(config.data, run):
        check()
        try:
            found.append((row, tokeniser.ids(row)))
        except Drop as drop:
            found.append((row, drop))
    lengths = [ids for _, ids in found if isinstance(ids, RowIds)]
    limit = choose_limit([ids.length for ids in lengths], config.settings.max_length)
    policy = OverLimit(config.settings.over_limit)
    return [_line(row, ids, limit, policy, tokenizer) for row, ids in found], lengths


def _line(
    row: Row,
    ids: RowIds | Drop,
    limit: int,
    policy: OverLimit,
    tokenizer: "PreTrainedTokenizerBase",
) -> PreparedLine:
    """Return the line of one row, with its ids or with its reason."""
    try:
        if isinstance(ids, Drop):
            raise ids
        return _trained_line(row, fit(ids, limit, policy), tokenizer)
    except Drop as drop:
        return {
            "row": row.number,
            "id": row.id,
            "split": row.split,
            "input_ids": [],
            "labels": [],
            "prompt_tokens": len(ids.prompt) if isinstance(ids, RowIds) else 0,
            "trained_tokens": 0,
            "pieces": [],
            "dropped": drop.reason.value,
            "detail": drop.detail,
        }


def _trained_line(
    row: Row, ids: RowIds, tokenizer: "PreTrainedTokenizerBase"
) -> PreparedLine:
    """Return the line of a row that is trained."""
    whole = ids.prompt + ids.completion
    first, end = len(ids.prompt), len(ids.prompt) + ids.trained
    flags = [first <= place < end for place in range(len(whole))]
    return {
        "row": row.number,
        "id": row.id,
        "split": row.split,
        "input_ids": whole,
        "labels": [
            token if flag else IGNORED_LABEL
            for token, flag in zip(whole, flags, strict=True)
        ],
        "prompt_tokens": first,
        "trained_tokens": ids.trained,
        "pieces": spans(tokenizer, whole, flags),
        "dropped": "",
        "detail": "",
    }


def _report(
    config: RunConfig,
    tokenizer: "PreTrainedTokenizerBase",
    stops: tuple[int, ...],
    lines: list[PreparedLine],
    lengths: list[RowIds],
) -> PreparationReport:
    """Count, reconcile and judge."""
    kept = [line for line in lines if not line["dropped"]]
    train = [line for line in kept if line["split"] == TRAIN]
    last = Counter(_last_trained(line) for line in kept)
    per_epoch, steps = updates(len(train), config.settings)
    limit = choose_limit([ids.length for ids in lengths], config.settings.max_length)
    report: PreparationReport = {
        "v": SCHEMA,
        "sha256": "",
        "rows_in": len(lines),
        "trained": len(train),
        "validation": len(kept) - len(train),
        "dropped": dict(Counter(line["dropped"] for line in lines if line["dropped"])),
        "dropped_rows": _dropped_rows(lines),
        "lengths": [ids.length for ids in lengths],
        "prompt_lengths": [len(ids.prompt) for ids in lengths],
        "trained_tokens": sum(line["trained_tokens"] for line in train),
        "limit": limit,
        "stop_tokens": [str(tokenizer.convert_ids_to_tokens(one)) for one in stops],
        "stop_token": str(tokenizer.convert_ids_to_tokens(last.most_common(1)[0][0]))
        if last
        else "",
        "stop_learned": bool(last) and set(last) <= set(stops),
        "template_sha256": sha256_text(str(tokenizer.chat_template)),
        "updates_per_epoch": per_epoch,
        "steps": steps if train else 0,
        "seconds": 0.0,
        "run_seconds": None,
        "peak_bytes": None,
        "warnings": [],
        "error": None,
    }
    _judge(report, config.settings)
    return report


def _last_trained(line: PreparedLine) -> int:
    """Return the last token of a row that is trained."""
    return next(label for label in reversed(line["labels"]) if label != IGNORED_LABEL)


def _dropped_rows(lines: list[PreparedLine]) -> dict[str, list[str]]:
    """Return the first ids of the rows of each reason."""
    found: dict[str, list[str]] = {}
    for line in lines:
        if line["dropped"]:
            found.setdefault(line["dropped"], []).append(line["id"])
    return {reason: ids[:_NAMED_ROWS] for reason, ids in found.items()}


def _judge(report: PreparationReport, settings: Settings) -> None:
    """Write down why the run must not start, and what is worth a warning."""
    lost = sum(report["dropped"].values())
    problem: WorkerError | None = None
    too_long = report["dropped_rows"].get(DropReason.TOO_LONG.value, [])
    no_stop = report["dropped"].get(DropReason.NO_STOP_TOKEN.value, 0)
    if report["rows_in"] == 0:
        problem = WorkerError(ErrorClass.DATA, "The data file holds no rows.")
    elif no_stop and no_stop == lost and not report["trained"]:
        problem = WorkerError(
            ErrorClass.TEMPLATE,
            "The chat template ends no answer with a stop token, so the tuned model "
            "would never stop.",
            "Choose a model whose template ends each answer with its stop token.",
        )
    elif too_long and settings.over_limit == OverLimit.REFUSE:
        problem = WorkerError(
            ErrorClass.DATA,
            f"{report['dropped'][DropReason.TOO_LONG.value]} rows are longer than the "
            f"limit of {report['limit']} tokens: {', '.join(too_long)}",
            "Raise the limit, shorten these rows, or choose to leave them out.",
            rows=too_long,
        )
    elif not report["trained"]:
        problem = WorkerError(ErrorClass.DATA, "No row is left to train.")
    elif lost / report["rows_in"] > settings.max_lost:
        named = [one for ids in report["dropped_rows"].values() for one in ids]
        problem = WorkerError(
            ErrorClass.DATA,
            f"{lost} of {report['rows_in']} rows cannot be trained: {', '.join(named)}",
            rows=named,
        )
    report["error"] = problem.body if problem else None
    if not report["stop_learned"] and problem is None:
        report["warnings"].append("stop_token_cut")
    if 0 < report["steps"] < 50:
        report["warnings"].append("few_updates")


def main(arguments: list[str]) -> int:
    """Prepare the run directory given; a failure is written into the report."""
    began = time.monotonic()
    parser = argparse.ArgumentParser(prog="prepare")
    parser.add_argument("--run-dir", type=Path, required=True)
    run: Path = parser.parse_args(arguments).run_dir
    lower_priority()
    try:
        text = (run / PREPARE_FILE).read_text(encoding="utf-8")
        config = RunConfig.from_json(json.loads(text))
        _tell(Phase.TOKENISING)
        report = prepare(config, run)
    except Exception as error:  # noqa: BLE001 - told through the file
        body = describe(error)
        sys.stderr.write(f"{body['error_class']}: {body['sentence']}\n")
        write_whole(run / PREPARATION_FILE, to_json({"v": SCHEMA, "error": body}))
        return 1
    if report["error"]:
        return 1
    from workbench.worker.estimate import complete

    complete(config, run, report, began, _tell)
    return 0


def _tell(phase: Phase) -> None:
    """Name the phase in the log."""
    print(f"phase: {phase.value}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
