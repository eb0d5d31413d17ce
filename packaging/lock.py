"""Print the lock of some groups of requirements, from what is installed and proven.

Run by the interpreter of one environment: `PYTHON packaging/lock.py GROUP...`

Only what the groups need is written, so a tool that someone installed by hand does not
slip in. Local version labels (`torch 2.13.0+cpu`) are dropped: the same lock must do on
a computer with an accelerator.
"""

import importlib.metadata
import re
import sys

from pip._vendor.packaging.requirements import Requirement

from requirement_groups import digest, wanted

# Pip itself comes with the environment; renewing it while it runs breaks on Windows.
NOT_LOCKED = frozenset({"pip"})


def canonical(name: str) -> str:
    """Spell a distribution's name as the index does."""
    return re.sub(r"[-_.]+", "-", name).lower()


def closure(requirements: list[str]) -> dict[str, str]:
    """Follow the requirements through what is installed: name to version."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    todo = [(Requirement(text), "") for text in requirements]
    while todo:
        requirement, extra = todo.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonical(requirement.name)
        distribution = importlib.metadata.distribution(name)
        found[name] = distribution.version.split("+")[0]
        for wanted_extra in ("", *sorted(requirement.extras)):
            if (name, wanted_extra) not in seen:
                seen.add((name, wanted_extra))
                todo += [
                    (Requirement(text), wanted_extra)
                    for text in distribution.requires or []
                ]
    return found


def main() -> int:
    """Print the lock of the groups named on the command line."""
    groups = tuple(sys.argv[1:])
    print("# Made by: packaging/dev.py lock (do not edit)")
    print(f"# Requirements: {digest(groups)}")
    for name, version in sorted(closure(wanted(groups)).items()):
        if name not in NOT_LOCKED:
            print(f"{name}=={version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
