"""Scripts that tests run in a real window process: `in_window.py SCRIPT ARGUMENTS…`.

The last line of standard output is what the script saw, as JSON.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QPushButton

from tests.e2e.hands import WORKER, Hands
from workbench.app.tour.driver import TourError

Seen = dict[str, Any]


def look(hands: Hands) -> Seen:
    """Wait for the Lab and tell what is there."""
    hands.wait_for_lab()
    return seen(hands)


def go_to_data(hands: Hands) -> Seen:
    """Leave while the Data page is shown."""
    hands.wait_for_lab()
    hands.go("Data")
    hands.driver.see("Show trials", QPushButton)
    return seen(hands)


def look_at_data(hands: Hands) -> Seen:
    """Wait for the Data page, which nobody has asked for in this process."""
    hands.driver.see("Show trials", QPushButton, 30)
    hands.wait_for_title()
    return seen(hands)


def be_refused(hands: Hands) -> Seen:
    """Wait until the window says that another one has the project."""
    hands.wait("the refusal", lambda: hands.reads("Another window"), 30)
    return seen(hands)


def miss_worker(hands: Hands) -> Seen:
    """Wait until the window says what is missing."""
    hands.wait_for_lab()
    hands.wait("the problem", lambda: hands.reads("Models cannot run here yet"), 30)
    hands.wait("its mend", lambda: hands.reads("in Settings"), 30)
    return {**seen(hands), "can_run": hands.driver.see("Run", QPushButton).isEnabled()}


def run_and_fail(hands: Hands) -> Seen:
    """Run the prompt with an interpreter that has no torch."""
    hands.wait_for_lab()
    hands.driver.click("Run")
    hands.wait("an answer that failed", lambda: hands.driver.is_seen("Good"), WORKER)
    return seen(hands)


def train_and_keep(hands: Hands) -> Seen:
    """Start training, close the window and let it go on."""
    hands.check_and_start_training()
    hands.window.close()
    hands.driver.click("Keep running and close")
    return {"title": hands.window.windowTitle()}


def train_and_wait(hands: Hands) -> Seen:
    """Start training, say so, and wait to be killed."""
    hands.check_and_start_training()
    say({"rows": hands.rows("Runs")})
    hands.wait("the kill", lambda: False, WORKER)
    return {}


def find_run(hands: Hands) -> Seen:
    """Find the run again and wait until it has ended well."""
    hands.go("Tune")
    hands.wait("the run", lambda: bool(hands.rows("Runs")), 30)
    first = hands.rows("Runs")[0]
    hands.wait("its end", lambda: hands.rows("Runs")[0].endswith("done"), WORKER)
    hands.driver.click_row("Runs", 0)
    hands.driver.see("Try it in the Lab", QPushButton, 15)
    return {"first": first, "last": hands.rows("Runs")[0]}


def seen(hands: Hands) -> Seen:
    """Tell title, texts and loaded model libraries."""
    return {
        "title": hands.window.windowTitle(),
        "texts": hands.texts(),
        "torch": hands.torch_modules(),
    }


def say(values: Seen) -> None:
    """Write one JSON object on a line of its own."""
    sys.stdout.write(json.dumps(values, ensure_ascii=False) + "\n")
    sys.stdout.flush()


SCRIPTS: dict[str, Callable[[Hands], Seen]] = {
    script.__name__: script
    for script in (
        *(look, go_to_data, look_at_data, be_refused, miss_worker, run_and_fail),
        *(train_and_keep, train_and_wait, find_run),
    )
}


def main() -> int:
    script = SCRIPTS[sys.argv[1]]
    hands = Hands(sys.argv[2:])
    outcome: Seen = {}

    def work() -> None:
        try:
            outcome.update(script(hands))
        except TourError as error:
            # What stood there instead is what one needs to know.
            sys.stderr.write(f"{error}\n{hands.texts()}\n")
            sys.stderr.flush()
            os._exit(4)
        hands.window.close()

    code = hands.run(work)
    say(outcome)
    return code


if __name__ == "__main__":
    sys.exit(main())
