"""Expected values from reference implementations, as parameters of tests."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

TOLERANCE = 1e-6
_ROOT = Path(__file__).resolve().parents[3]
_REASON = "WORKBENCH_TEST_DATA names no folder with golden/metrics.json"


def _read() -> Mapping[str, Any] | None:
    folder = os.environ.get("WORKBENCH_TEST_DATA")
    path = _ROOT / folder / "golden" / "metrics.json" if folder else None
    if path is None or not path.is_file():
        return None
    values: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return values


_VALUES = _read()


def cases(key: str) -> list[Any]:
    """The list at a dotted key, one parameter per entry, its index as test id."""
    if _VALUES is None:
        return [pytest.param(None, marks=pytest.mark.skip(reason=_REASON), id="absent")]
    return [pytest.param(case, id=str(i)) for i, case in enumerate(_at(key))]


def block(key: str) -> Any:
    """The value at a dotted key; skips the test when the values are absent."""
    if _VALUES is None:
        pytest.skip(_REASON)
    return _at(key)


def _at(key: str) -> Any:
    value: Any = _VALUES
    for part in key.split("."):
        value = value[part]
    return value
