"""The preparation pass: rows to token ids and labels, before anything is trained.

The labels are made here and nowhere else (training.md 5.6): the trainer gets finished
ids, so what the window shows is what is trained, in every version of trl.

* The completion is what follows the prompt's *tokens*; strings are never searched.
* Labels end at the first stop token of the completion; what the template writes behind
  it (a newline, a second end token) is not trained.
* Every row is accounted for: rows in = trained + validation + dropped by reason.
"""

import argparse
import dataclasses
import json
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.worker.errors import WorkerError, describe
from workbench.worker.files import sha256_file, sha256_text, to_json, write_whole
from workbench.worker.protocol import (
    IGNORED_LABEL,
    PREPARATION_FILE,
    PREPARE_FILE,
    PREPARED_FILE,
    SCHEMA,
    ChatMessage,
    DataFile,
    DropReason,
    ErrorClass,
    OverLimit,
    PreparationReport,
    PreparedLine,
    RunConfig,
    Settings,
)
from workbench.worker.system import lower_priority
from workbench.worker.tokens import load_tokenizer, render_ids, spans, stop_ids

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

_TAIL = 12
_NAMED_ROWS = 20
TRAIN = "train"
VALIDATION = "validation"
_STEP = 64


class _Drop(Exception):
    """A row that cannot be trained."""

    def __init__(self, reason: DropReason, detail: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = detail


@dataclasses.dataclass(frozen=True, slots=True)
class _Row:
    """A row as read: either turns, or the reason why there are none."""

    number: int
    id: str
    split: str
    prompt: list[ChatMessage]
    completion: list[ChatMessage]
    bad: DropReason | None = None


@dataclasses.dataclass(slots=True)
class _Ids:
    """Tokens of a row: prompt, then `trained` of the completion, then the rest."""

    prompt: list[int]
    completion: list[int]
    trained: int

    @property
    def length(self) -> int:
        return len(self.prompt) + len(self.completion)


class RowTokeniser:
    """Makes ids and labels of single rows with one tokenizer."""

    def __init__(
        self,
        tokenizer: "PreTrainedTokenizerBase",
        stops: tuple[int, ...],
        arguments: dict[str, Any],
    ) -> None:
        """Keep the tokenizer, the ids that end an answer, the template's arguments."""
        self._tokenizer = tokenizer
        self._stops = frozenset(stops)
        self._arguments = arguments
        self._special = tuple(tokenizer.all_special_tokens)

    def ids(self, row: _Row) -> _Ids:
        """Tokenise a row and find what is trained.

        Raises:
            _Drop: the row has nothing to train, or would be misread.
            WorkerError: TEMPLATE when the prompt is no prefix of the whole.
        """
        if row.bad is not None:
            raise _Drop(row.bad)
        self._refuse_special(row)
        prompt = self._render(row.prompt, open_turn=True)
        whole = self._render([*row.prompt, *row.completion], open_turn=False)
        if whole[: len(prompt)] != prompt:
            raise self._mismatch(row, prompt, whole)
        completion = whole[len(prompt) :]
        for place, token in enumerate(completion):
            if token in self._stops:
                return _Ids(prompt, completion, place + 1)
        raise _Drop(DropReason.NO_STOP_TOKEN)

    def _render(self, turns: list[ChatMessage], *, open_turn: bool) -> list[int]:
        return render_ids(self._tokenizer, turns, self._arguments, open_turn=open_turn)

    def _refuse_special(self, row: _Row) -> None:
        """Text that reads like a special token would end an answer or change a role."""
        for turn in (*row.prompt, *row.completion):
            for special in self._special:
                if special in turn["content"]:
                    raise _Drop(DropReason.SPECIAL_TOKEN_IN_TEXT, special)

    def _mismatch(self, row: _Row, prompt: list[int], whole: list[int]) -> WorkerError:
        """REQ-L5: say where the two part, with both tails."""
        at = next(
            (
                i
                for i, pair in enumerate(zip(prompt, whole, strict=False))
                if len({*pair}) > 1
            ),
            min(len(prompt), len(whole)),
        )
        tails = [
            self._tokenizer.decode(ids[max(0, at - _TAIL) : at + _TAIL])
            for ids in (prompt, whole)
        ]
        return WorkerError(
            ErrorClass.TEMPLATE,
            f"Row {row.id}: with this template the prompt does not continue into the "
            f"answer. Asked: …{tails[0]!r}; trained: …{tails[1]!r}",
            "Set the template's arguments (enable_thinking …) so that both agree.",
            row=row.id,
            prompt_tail=tails[0],
            whole_tail=tails[1],
        )


def read_rows(data: DataFile, base: Path) -> Iterator[_Row]:
    """Read the data file, checking its hash first.

    Raises:
        WorkerError: DATA when the file is missing, not the one named, or holds rows
            that are set aside for the test.
    """
    path = base / data.path  # an absolute path wins over base
    if not path.is_file():
        raise WorkerError(ErrorClass.DATA, f"The data file {path} is missing.")
    if sha256_file(path) != data.sha256:
        raise WorkerError(
            ErrorClass.DATA,
            f"The data file {path.name} changed after the run was set up.",
            "Export the snapshot again.",
        )
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _read_row(line, number)


def _read_row(line: str, number: int) -> _Row:
    """Read one line; what is wrong with it is kept, not raised."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        return _Row(number, str(number), TRAIN, [], [], DropReason.NOT_JSON)
    split = value.get("split", TRAIN)
    if split not in {TRAIN, VALIDATION}:
        raise WorkerError(
            ErrorClass.DATA,
            f"Line {number} belongs to the part {split!r}, which is never trained on.",
            "Export the training and validation parts only.",
        )
    prompt, completion = (_turns(value.get(key)) for key in ("prompt", "completion"))
    return _Row(
        number,
        str(value.get("id", number)),
        split,
        prompt,
        completion,
        _verdict(prompt, completion),
    )


def _turns(value: object) -> list[ChatMessage]:
    """Return the turns of a prompt or completion, none when they are malformed."""
    if not isinstance(value, list):
        return []
    turns: list[ChatMessage] = []
    for turn in value:
        if not isinstance(turn, dict):
            return []
        role, content = turn.get("role"), turn.get("content")
        if not isinstance(role, str) or not isinstance(content, str):
            return []
        turns.append({"role": role, "content": content})
    return turns


def _verdict(
    prompt: list[ChatMessage], completion: list[ChatMessage]
) -> DropReason | None:
    """Return why a row cannot be trained whatever the tokenizer."""
    if not any(turn["role"] == "user" for turn in prompt):
        return DropReason.NO_PROMPT
    if [turn["role"] for turn in completion] != ["assistant"]:
        return DropReason.NO_ASSISTANT_TURN
    if not completion[0]["content"].strip():
        return DropReason.EMPTY_COMPLETION
    return None


def choose_limit(lengths: list[int], asked: int) -> int:
    """Return the limit in tokens: what was asked, else enough for the longest row.

    The next multiple of 64 above the longest (REQ-S2); the 99.5th percentile would drop
    rows of a small data set without need.
    """
    if asked > 0:
        return asked
    return max(_STEP, math.ceil(max(lengths, default=1) / _STEP) * _STEP)


def fit(ids: _Ids, limit: int, policy: OverLimit) -> _Ids:
    """Apply the policy to a row over the limit.

    Raises:
        _Drop: the row is over the limit and may not, or cannot, be cut.
    """
    excess = ids.length - limit
    if excess <= 0:
        return ids
    if policy is OverLimit.CUT_PROMPT and excess < len(ids.prompt):
        return _Ids(ids.prompt[excess:], ids.completion, ids.trained)
    if policy is OverLimit.CUT_COMPLETION and excess < len(ids.completion):
        kept = ids.completion[:-excess]
        return _Ids(ids.prompt, kept, min(ids.trained, len(kept)))
    raise _Drop(DropReason.TOO_LONG, f"{ids.length} > {limit}")


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
    started = time.monotonic()
    model = Path(config.model_path)
    tokenizer = load_tokenizer(model)
    stops = stop_ids(tokenizer, model)
    if not stops:
        raise WorkerError(
            ErrorClass.TEMPLATE,
            "This model names no token that ends an answer, so it would never stop.",
        )
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
) -> tuple[list[PreparedLine], list[_Ids]]:
    """Tokenise all rows, then apply the limit that their lengths decide."""
    found: list[tuple[_Row, _Ids | _Drop]] = []
    for row in read_rows(config.data, run):
        check()
        try:
            found.append((row, tokeniser.ids(row)))
        except _Drop as drop:
            found.append((row, drop))
    lengths = [ids for _, ids in found if isinstance(ids, _Ids)]
    limit = choose_limit([ids.length for ids in lengths], config.settings.max_length)
    policy = OverLimit(config.settings.over_limit)
    return [_line(row, ids, limit, policy, tokenizer) for row, ids in found], lengths


def _line(
    row: _Row,
    ids: _Ids | _Drop,
    limit: int,
    policy: OverLimit,
    tokenizer: "PreTrainedTokenizerBase",
) -> PreparedLine:
    """Return the line of one row, with its ids or with its reason."""
    try:
        if isinstance(ids, _Drop):
            raise ids
        return _trained_line(row, fit(ids, limit, policy), tokenizer)
    except _Drop as drop:
        return {
            "row": row.number,
            "id": row.id,
            "split": row.split,
            "input_ids": [],
            "labels": [],
            "prompt_tokens": len(ids.prompt) if isinstance(ids, _Ids) else 0,
            "trained_tokens": 0,
            "pieces": [],
            "dropped": drop.reason.value,
            "detail": drop.detail,
        }


def _trained_line(
    row: _Row, ids: _Ids, tokenizer: "PreTrainedTokenizerBase"
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
    lengths: list[_Ids],
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
    parser = argparse.ArgumentParser(prog="prepare")
    parser.add_argument("--run-dir", type=Path, required=True)
    run: Path = parser.parse_args(arguments).run_dir
    lower_priority()
    try:
        text = (run / PREPARE_FILE).read_text(encoding="utf-8")
        report = prepare(RunConfig.from_json(json.loads(text)), run)
    except Exception as error:  # noqa: BLE001 - told through the file
        body = describe(error)
        sys.stderr.write(f"{body['error_class']}: {body['sentence']}\n")
        write_whole(run / PREPARATION_FILE, to_json({"v": SCHEMA, "error": body}))
        return 1
    return 1 if report["error"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
