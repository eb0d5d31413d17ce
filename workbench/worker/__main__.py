"""Start a worker by path, without putting anything on the import path.

``python /any where/workbench/worker/__main__.py train --run-dir DIR`` works wherever
the folder lies. PYTHONPATH would not do: when workbench is installed, its parent is the
site-packages folder of another interpreter, whose packages would shadow torch's own.
"""

import importlib
import sys
import types
from pathlib import Path

_ENTRIES = ("generate", "prepare", "train", "probe")


def _mount() -> None:
    """Make ``workbench.worker`` importable from this file's own folder."""
    here = Path(__file__).resolve().parent
    if sys.path and Path(sys.path[0]).resolve() == here:
        del sys.path[0]  # or a library's `import probe` would find ours
    if "workbench" not in sys.modules:
        package = types.ModuleType("workbench")
        package.__path__ = [str(here.parent)]
        sys.modules["workbench"] = package


def main(arguments: list[str]) -> int:
    """Run the entry point named first with the remaining arguments."""
    if not arguments or arguments[0] not in _ENTRIES:
        sys.stderr.write(f"usage: __main__.py {{{','.join(_ENTRIES)}}} ...\n")
        return 2
    _mount()
    module = importlib.import_module(f"workbench.worker.{arguments[0]}")
    return int(module.main(arguments[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
