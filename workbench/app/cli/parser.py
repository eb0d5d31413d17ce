"""Arguments of every command, and the one place where their failures are told."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import workbench
from workbench.app.cli import commands
from workbench.app.cli.output import Output
from workbench.app.cli.sandbox import sandbox
from workbench.domain.errors import CancelledError, WorkbenchError
from workbench.domain.task import TaskKind
from workbench.domain.tuning import Goal

Command = Callable[[argparse.Namespace, Output], int]
STOPPED = 3


def main(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name."""
    parsed = _parser().parse_args(list(arguments))
    output = Output(as_json=parsed.json)
    command: Command = parsed.command
    try:
        return command(parsed, output)
    except (KeyboardInterrupt, CancelledError):
        output.progress("workbench: stopped.")
        return STOPPED
    except WorkbenchError as error:
        output.error(error)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="workbench",
        description="Without a command, the window opens.",
        epilog="workbench tour --out DIR drives the window itself through everything.",
    )
    version = f"workbench {workbench.__version__}"
    parser.add_argument("--version", action="version", version=version)
    subcommands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (_new, _import, _export, _train, _compare, _sandbox, _doctor):
        added = add(subcommands)
        added.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


Subcommands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add(
    subcommands: Subcommands, name: str, help_text: str, command: Command
) -> argparse.ArgumentParser:
    parser = subcommands.add_parser(name, help=help_text, description=help_text)
    parser.set_defaults(command=command)
    return parser


def _project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("project", type=Path, help="the .workbench file")


def _new(subcommands: Subcommands) -> argparse.ArgumentParser:
    parser = _add(subcommands, "new", "make a project", commands.new)
    _project(parser)
    parser.add_argument("--name", default="", help="name of the project")
    kinds = [kind.value for kind in TaskKind]
    parser.add_argument("--kind", choices=kinds, default=TaskKind.FREE.value)
    parser.add_argument("--labels", default="", help="allowed labels, by commas")
    parser.add_argument("--fields", default="", help="fields to extract, by commas")
    parser.add_argument("--separator", default="", help="text between the fields")
    parser.add_argument("--longest", type=int, default=128, help="tokens of an answer")
    return parser


def _import(subcommands: Subcommands) -> argparse.ArgumentParser:
    parser = _add(subcommands, "import", "import CSV or JSONL", commands.import_file)
    _project(parser)
    parser.add_argument("file", type=Path, help="CSV, TSV or JSONL file")
    parser.add_argument("--dataset", default="Records", help="name of the dataset")
    parser.add_argument("--answer", default="", help="column of the right answer")
    parser.add_argument("--group", default="", help="column that ties records")
    parser.add_argument("--system", default=None, help="role and rules of the prompt")
    parser.add_argument(
        "--split",
        default="",
        metavar="TRAIN,VALIDATION,TEST",
        help="deal the records out to the parts afterwards",
    )
    parser.add_argument("--seed", type=int, default=20, help="seed of the split")
    return parser


def _export(subcommands: Subcommands) -> argparse.ArgumentParser:
    parser = _add(subcommands, "export", "write training files", commands.export)
    _project(parser)
    parser.add_argument("folder", type=Path, help="where to")
    parser.add_argument("--dataset", default="", help="name; the first if left out")
    return parser


def _train(subcommands: Subcommands) -> argparse.ArgumentParser:
    parser = _add(subcommands, "train", "train a LoRA adapter", commands.train)
    _project(parser)
    parser.add_argument("--dataset", default="", help="name; the first if left out")
    goals = [goal.value for goal in Goal]
    parser.add_argument("--goal", choices=goals, default=Goal.BALANCED.value)
    parser.add_argument("--model", type=Path, default=None, help="a model folder")
    parser.add_argument("--name", default="", help="name of the run")
    return parser


def _compare(subcommands: Subcommands) -> argparse.ArgumentParser:
    parser = _add(subcommands, "compare", "compare base and tuned", commands.compare)
    _project(parser)
    parser.add_argument("--adapter", default="", help="name; the newest if left out")
    parser.add_argument("--shots", type=int, default=4, help="examples to pick")
    parser.add_argument("--csv", type=Path, default=None, help="write all answers")
    return parser


def _sandbox(subcommands: Subcommands) -> argparse.ArgumentParser:
    parser = _add(subcommands, "sandbox", "serve a stand-in for AWS", sandbox)
    parser.add_argument("--port", type=int, default=0, help="a free one if left out")
    parser.add_argument("--script", type=Path, help="answers and faults, JSON")
    parser.add_argument("--rate", type=float, default=0.0, help="tokens per second")
    parser.add_argument(
        "--latency", type=float, default=0.0, help="seconds before each answer"
    )
    return parser


def _doctor(subcommands: Subcommands) -> argparse.ArgumentParser:
    return _add(subcommands, "doctor", "tell what works here", commands.doctor)
