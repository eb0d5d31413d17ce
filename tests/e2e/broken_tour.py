"""Runs some stages of the tour with one button cut off from what it does.

    python tests/e2e/broken_tour.py OUT BUTTON STAGE...

Prints the stage that noticed and what it missed, as JSON.
"""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QPushButton

from workbench.app.tour import driver, main, stages
from workbench.app.tour.driver import Driver, TourError

driver._PATIENCE = 4.0
stages._WORKER = 6.0


class Saboteur(Driver):
    """Cuts a button off just before it is pressed."""

    victim = ""

    def click(self, name: str, seconds: float = driver._PATIENCE) -> None:
        if name == self.victim:
            button = self.see(name, QPushButton)
            button.clicked.disconnect()
        super().click(name, seconds)


def drive(out: Path, victim: str, wanted: list[str]) -> dict[str, str]:
    """Return where the tour failed."""
    os.environ["WORKBENCH_HOME"] = str(main.fresh_home(out))
    from workbench.app.window import Program

    Saboteur.victim = victim
    vars(stages)["Driver"] = Saboteur
    tour = stages.Tour(Program([]), out, 20)
    name = ""
    try:
        for name, stage in tour.stages():
            if name in wanted:
                stage()
    except TourError as error:
        return {"stage": name, "missed": str(error)}
    finally:
        tour.leave()
    return {"stage": "", "missed": ""}


if __name__ == "__main__":
    print(json.dumps(drive(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])))  # noqa: T201
