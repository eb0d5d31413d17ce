"""What commands say: sentences for people, or one JSON object for programs."""

import json
import sys
from collections.abc import Mapping

from workbench.domain.errors import WorkbenchError


class Output:
    """Writes results to standard output and everything else to standard error."""

    def __init__(self, *, as_json: bool) -> None:
        """Choose between sentences and JSON."""
        self._as_json = as_json

    def progress(self, text: str) -> None:
        """Tell how far it is, on standard error."""
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def result(self, values: Mapping[str, object], sentence: str) -> None:
        """Write the result of a command."""
        if self._as_json:
            sys.stdout.write(json.dumps(values, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(sentence + "\n")
        sys.stdout.flush()

    def error(self, error: WorkbenchError) -> None:
        """Write why a command failed."""
        if self._as_json:
            body = {"error": {"code": error.code, "sentence": error.sentence}}
            sys.stdout.write(json.dumps(body, ensure_ascii=False) + "\n")
        sys.stderr.write(f"workbench: {error.sentence}\n")
