"""Print one JSON line about this interpreter: versions, devices, threads, bfloat16."""

import json
import os
import sys
from typing import Any

from workbench.worker.errors import describe
from workbench.worker.system import cpu_threads, versions


def probe() -> dict[str, Any]:
    """Return what a doctor wants to know; `error` when torch cannot be imported."""
    found: dict[str, Any] = {
        "versions": versions(),
        "executable": sys.executable,
        "cores": os.cpu_count(),
        "threads": cpu_threads(0),
        "devices": [],
        "cuda_build": None,
        "bf16": False,
        "error": None,
    }
    try:
        _add_torch(found)
    except Exception as error:  # noqa: BLE001 - a broken torch raises anything
        found["error"] = describe(error)
    return found


def _add_torch(found: dict[str, Any]) -> None:
    """Add what torch says about the devices."""
    import torch

    found["cuda_build"] = torch.version.cuda
    if not torch.cuda.is_available():
        return
    found["bf16"] = torch.cuda.is_bf16_supported(including_emulation=False)
    for index in range(torch.cuda.device_count()):
        free, total = torch.cuda.mem_get_info(index)
        name = torch.cuda.get_device_name(index)
        found["devices"].append({"name": name, "memory": total, "free": free})


def main(_arguments: list[str]) -> int:
    """Print the line."""
    sys.stdout.write(json.dumps(probe(), ensure_ascii=True) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
