"""Our own lint: mistakes that were costly once, each with its remedy as the message.

Patterns see text, not meaning; where one is wrong, end the line with

    # lint: ok <why>
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("workbench", "packaging", "tests", "resources/recipe")
EXCUSE = re.compile(r"#.*\blint: ok \S")
ENUM_MEMBERS = (
    "AlignLeft|AlignRight|AlignCenter|AlignTop|AlignBottom|AlignHCenter|AlignVCenter|"
    "Horizontal|Vertical|UserRole|DisplayRole|EditRole|DecorationRole|ToolTipRole|"
    "CheckStateRole|Checked|Unchecked|PartiallyChecked|LeftButton|RightButton|"
    "NoModifier|ControlModifier|ShiftModifier|ItemIsEnabled|ItemIsSelectable|"
    r"ItemIsEditable|WA_\w+|Key_\w+|TextSelectableByMouse|StrongFocus|NoFocus|"
    "QueuedConnection|CustomContextMenu|DashLine|SolidLine|NoPen|NoBrush|PlainText"
)


@dataclass(frozen=True)
class Rule:
    """One pattern, where it applies, and what to do instead."""

    name: str
    pattern: re.Pattern[str]
    remedy: str
    inside: tuple[str, ...] = ("workbench/", "packaging/", "tests/", "resources/")
    outside: tuple[str, ...] = ()

    def applies(self, path: str) -> bool:
        """Tell whether the rule holds for a file, named from the root."""
        return path.startswith(self.inside) and not path.startswith(
            self.outside or "\0"
        )


@dataclass(frozen=True)
class Finding:
    """One place where a rule is broken."""

    path: str
    line: int
    rule: Rule

    def __str__(self) -> str:
        """Say where, which and what to do."""
        return f"{self.path}:{self.line}: {self.rule.name}: {self.rule.remedy}"


def rule(
    name: str,
    pattern: str,
    remedy: str,
    *,
    inside: tuple[str, ...] = ("workbench/", "packaging/", "tests/", "resources/"),
    outside: tuple[str, ...] = (),
) -> Rule:
    """Make a rule; `^` and `$` in its pattern mean lines."""
    return Rule(name, re.compile(pattern, re.MULTILINE), remedy, inside, outside)


RULES = (
    rule(
        "closure-in-connect",
        r"\.connect\(\s*(?:lambda\b[^\n]*\bself\b|(?:functools\.)?partial\(\s*self\b)",
        "the widget would never be freed; connect a bound method, or use weak_slot()",
    ),
    rule(
        "closure-in-timer",
        r"singleShot\([^\n]*(?:lambda\b[^\n]*\bself\b|partial\(\s*self\b)",
        "the widget would never be freed; pass a bound method",
    ),
    rule(
        "f-string-in-tr",
        r"\b(?:tr|translate)\(\s*(?:[\"'][^\"'\n]*[\"'],\s*)?[rR]?[fF][rR]?[\"']",
        "lupdate extracts it literally and it never matches; use tr(...).format(...)",
    ),
    rule(
        "short-enum",
        rf"\bQt\.(?:{ENUM_MEMBERS})\b",
        "spell the enum out, e.g. Qt.AlignmentFlag.AlignLeft",
    ),
    rule("exec_", r"\.exec_\(", "use open() for dialogs, exec() for the application"),
    rule(
        "stateChanged",
        r"\.stateChanged\.connect\(",
        "it sends an int that equals no enum member; use toggled or checkStateChanged",
    ),
    rule(
        "noqa-without-code",
        r"#\s*noqa(?!:\s*[A-Z]+\d)",
        "name the rule: # noqa: CODE, and say why",
    ),
    rule(
        "type-ignore-without-code",
        r"#\s*type:\s*ignore(?!\[)",
        "name the error: # type: ignore[code], and say why",
    ),
    rule(
        "broad-except",
        r"^\s*except(?:\s+(?:Base)?Exception(?:\s+as\s+\w+)?)?\s*:[ \t]*(?:#[ \t]*noqa:"
        r"[ \t]*\w+[ \t]*)?$"
        # What tidies up and raises again hides nothing.
        r"(?!\n(?:[ \t]+[^\n]*\n){0,8}?[ \t]+raise[ \t]*$)",
        "name the exceptions, or say on the same line why everything must be caught",
    ),
    rule(
        "clip-to-view",
        r"(?:PlotDataItem|PlotCurveItem|\.plot|PlotWidget)\([^)]*clipToView\s*=\s*True",
        "in a constructor it is read before there is a view; call setClipToView(True)",
    ),
    rule(
        "print",
        r"^\s*print\(",
        "use logging; only commands talk to standard output",
        inside=("workbench/",),
        outside=("workbench/app/cli/", "workbench/worker/"),
    ),
    rule(
        "qthread",
        r"class\s+\w+\([^)]*\bQThread\b",
        "dropping a running QThread aborts the process; submit a job to JobService",
    ),
    rule(
        "open-without-encoding",
        r"(?<![\w.])(?<!def )open\((?![^\n]*(?:encoding=|[\"'][rwax]?\+?b))|"
        r"\.open\(\s*[\"'][rwax]t?\+?[\"'](?![^\n]*encoding=)|"
        r"\.(?:read_text|write_text)\((?![^\n]*(?:encoding=|utf-8))[^\n]*\)",
        'say encoding="utf-8": the default differs between systems',
    ),
    rule(
        "json-dumps",
        r"\bjson\.dumps?\((?!(?:[^()]|\((?:[^()]|\([^()]*\))*\))*ensure_ascii)",
        "say ensure_ascii=False, so that Japanese stays readable",
        inside=("workbench/", "resources/recipe/"),
    ),
    rule(
        "sleep-in-test",
        r"\btime\.sleep\(",
        "wait for the condition (qtbot.waitUntil, an event, a timeout)",
        inside=("tests/",),
    ),
    rule(
        "model-as-string",
        r"(?:SFTTrainer|\bTrainer)\(\s*(?:model\s*=\s*)?[\"']",
        "load the model yourself and pass the object: a name loads other settings",
        inside=("workbench/worker/", "resources/recipe/"),
    ),
    rule(
        "absolute-path",
        r"[\"'](?:/home/|/Users/|/root/|[A-Z]:\\\\)",
        "a path of one machine; derive it from a parameter or from the file's place",
    ),
)


def findings(text: str, path: str) -> Iterator[Finding]:
    """Check one file's text; `path` is its name from the root, with slashes."""
    lines = text.splitlines()
    for each in RULES:
        if not each.applies(path):
            continue
        for match in each.pattern.finditer(text):
            # A pattern may begin with the white space of the line before.
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            line = text.count("\n", 0, start) + 1
            if not EXCUSE.search(lines[line - 1]):
                yield Finding(path, line, each)


def check(root: Path = ROOT) -> list[Finding]:
    """Check every module."""
    return [
        finding
        for folder in FOLDERS
        for file in sorted((root / folder).rglob("*.py"))
        if not is_own_example(path := file.relative_to(root).as_posix())
        for finding in findings(file.read_text(encoding="utf-8"), path)
    ]


def is_own_example(path: str) -> bool:
    """Tell whether a file has to spell out the mistakes."""
    return path in {"packaging/lint.py", "tests/unit/test_house/test_lint.py"}


def main() -> int:
    """Print every finding."""
    found = check()
    for finding in found:
        print(finding)
    print(f"own lint: {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
