"""Taking out of a report what identifies a person, an account or their texts.

A report holds only our own source lines, names of errors and versions. Messages of
exceptions may quote a prompt or an answer, so they are left out but for those kinds
that Python writes about our own code.
"""

import re
from pathlib import Path

_PATTERNS = (
    (re.compile(r"arn:aws[\w-]*:[^\s'\"]+"), "<arn>"),
    (re.compile(r"\b(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{12,}\b"), "<access key>"),
    (re.compile(r"\b(?:sk|hf|ghp|gho|xox[abp])[-_][\w-]{12,}\b"), "<token>"),
    (re.compile(r"(?i)\b(bearer|authorization:?)\s+\S+"), r"\1 <token>"),
    (re.compile(r"(?<![\w/+=])[A-Za-z0-9/+=]{40}(?![\w/+=])"), "<secret>"),
    (re.compile(r"(?<!\d)\d{12}(?!\d)"), "<account>"),
    (re.compile(r"(?<!\d)\d{4}-\d{4}-\d{4}(?!\d)"), "<account>"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "<address>"),
)
_ABOUT_CODE = frozenset(
    {
        "AttributeError", "ImportError", "ModuleNotFoundError", "NameError",
        "TypeError", "UnboundLocalError", "ZeroDivisionError", "RecursionError",
    }
)  # fmt: skip
_MESSAGE = re.compile(r"^((?:[A-Za-z_]\w*\.)*)([A-Za-z_]\w*): (.+)$")
_TRACE_LINE = re.compile(r"^(\s|Traceback|During handling|The above exception)")


def redact(report: str) -> str:
    """Return a report that can be handed to somebody else."""
    text = "\n".join(_without_messages(report.splitlines()))
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~")
    for pattern, word in _PATTERNS:
        text = pattern.sub(word, text)
    return text


def _without_messages(lines: list[str]) -> list[str]:
    """Leave out what exceptions quote, over all lines of a message."""
    result: list[str] = []
    inside_trace = inside_message = False
    for line in lines:
        if line.startswith("Traceback"):
            inside_trace, inside_message = True, False
        found = _MESSAGE.match(line) if inside_trace else None
        if found is not None:
            module, name, message = found.groups()
            shown = message if name in _ABOUT_CODE else _left_out(message)
            result.append(f"{module}{name}: {shown}")
            inside_message = True
        elif inside_message and line and not _TRACE_LINE.match(line):
            continue
        else:
            inside_message = inside_message and not line.startswith("Traceback")
            result.append(line)
    return result


def _left_out(message: str) -> str:
    return f"<message of {len(message)} characters left out>"
