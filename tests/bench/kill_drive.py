"""One life of the drive: the real window, small actions in a loop, until it is killed.

    kill_drive.py PROJECT JOURNAL [--finish]

Starts where the life before was ended, and begins with a look whether everything that
was shown before is shown again. With --finish it only waits for the runs to end.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from tests.bench.kill_journal import Journal, Promise
from tests.e2e.hands import CONTROL, WORKER, Hands
from workbench.app.tour.driver import TourError
from workbench.ui.widgets.answer_view import AnswerView

EARLIER = "Earlier answers to this input"
CORRECTION = "Answer it should have given"
_PATIENCE = 30.0
_GOOD, _NONE, _BAD = 1, 0, -1


class Drive:
    """A person at work, as far as mouse, keys and eyes go."""

    def __init__(self, hands: Hands, journal: Journal) -> None:
        self.hands = hands
        self.driver = hands.driver
        self.journal = journal

    def go_on(self) -> None:
        """Look what is there, then work for ever."""
        self.look_again()
        # Those that were only asked for count too: no text may come twice.
        number = sum(key[0] == "trial" for key in self.journal.promises())
        while True:
            number += 1
            self.work(number, f"Drive {number}: where is my parcel, order {number}?")

    def work(self, number: int, text: str) -> None:
        """Do one round of everything."""
        self.run_and_judge(number, text)
        if number % 4 == 1 or not self._shown("run"):
            self.train()
        self.review(number, text)
        if number % 2:
            self.add_record(number)
        self.look_at_runs()
        if number % 3 == 0:
            self.compare()

    # ------------------------------------------------------------ Lab

    def run_and_judge(self, number: int, text: str) -> None:
        """Run a trial, rate it, sometimes take that back, correct it."""
        self.hands.go("Lab")
        self.hands.wait_for_lab()
        self.driver.paste_into("Value of ticket", text)
        self.journal.intend("trial", text, value=None)
        self.driver.click("Run", WORKER)
        self._wait("the finished answer", lambda: self._is_answered(text), WORKER)
        answer = self.driver.see("Answer", AnswerView).answer()
        self.journal.show("trial", text, value=answer)
        self.rate(number, text)
        self.correct(text, f"DEL | low | {number}")

    def _is_answered(self, text: str) -> bool:
        driver = self.driver
        same = self.hands.value("Value of ticket") == text
        judged = driver.is_seen("Run") and driver.is_seen("Good")
        return same and judged and bool(self.hands.rows(EARLIER))

    def rate(self, number: int, text: str) -> None:
        """Rate by mouse or by key; every third time take it back with Ctrl+Z."""
        rating, name = (_GOOD, "Good") if number % 2 else (_BAD, "Bad")
        self.journal.intend("rating", text, value=rating)
        if number % 4 < 2:
            self.driver.click(name)
        else:
            self.driver.click_row(EARLIER, 0)
            self.driver.press(Qt.Key.Key_G if number % 2 else Qt.Key.Key_B, on=EARLIER)
        self._wait("the rating", lambda: self.hands.is_checked(name))
        self.journal.show("rating", text, value=rating)
        if number % 3 == 0:
            self.journal.intend("rating", text, value=_NONE)
            self.driver.click_row(EARLIER, 0)
            self._undo(EARLIER)
            self._wait("the undo", lambda: not self.hands.is_checked(name))
            self.journal.show("rating", text, value=_NONE)

    def correct(self, text: str, answer: str) -> None:
        """Type the right answer and keep it."""
        self.journal.intend("correction", text, value=answer)
        self.driver.click("Correct")
        self.driver.type_into(CORRECTION, answer)
        self.driver.press(Qt.Key.Key_Return, CONTROL, CORRECTION)
        self._wait("the kept correction", lambda: self.hands.reads("saved ✓"))
        self.journal.show("correction", text, value=answer)

    # ------------------------------------------------------------ Data

    def review(self, number: int, text: str) -> None:
        """Tag the newest trial and write a note on it."""
        self.hands.go("Data")
        self.driver.click("Show trials", _PATIENCE)
        self._wait("the newest trial", lambda: self._is_newest(text))
        tag = f"t{number % 5}"
        self.journal.intend("tag", text, tag, value=True)
        self.driver.type_into("New tag", tag)
        self.driver.press(Qt.Key.Key_Return, on="New tag")
        self._wait("the tag", lambda: self.hands.is_checked(f"Tag {tag}"))
        self.journal.show("tag", text, tag, value=True)
        if len(self.hands.rows("Trials")) > 1:
            self.note(text, f"note {number}")

    def _is_newest(self, text: str) -> bool:
        if not self.hands.rows("Trials"):
            return False
        self.driver.click_row("Trials", 0)
        return text in self.hands.value("Input of the trial")

    def note(self, text: str, note: str) -> None:
        """Write a note; the window shows it as kept when one comes back to it."""
        self.journal.intend("note", text, value=note)
        self.driver.type_into("Note", note)
        self.driver.press(Qt.Key.Key_Return, CONTROL, "Note")
        self.driver.click_row("Trials", 1)
        self._wait("another note", lambda: self.hands.value("Note") != note)
        self.driver.click_row("Trials", 0)
        self._wait("the note again", lambda: self.hands.value("Note") == note)
        self.journal.show("note", text, value=note)

    def add_record(self, number: int) -> None:
        """Type a record; now and then take it back with Ctrl+Z."""
        text, answer = f"Record {number}", f"REF | normal | {number}"
        self.driver.click("Show records")
        self._wait("the records", lambda: bool(self.hands.rows("Records")))
        self.journal.intend("record", text, value=answer)
        self.driver.click("Add a record")
        self.driver.type_into("Input ticket", text)
        self.driver.type_into("Right answer of the new record", answer)
        self.driver.click("Add this record")
        self._wait("the kept record", lambda: self.hands.reads("Added."))
        self.driver.click("Close")
        self.journal.show("record", text, value=answer)
        if number % 5 == 0:
            count = self.driver.rows("Records")
            self.journal.intend("record", text, value=None)
            self.driver.click_row("Records", 0)
            self._undo("Records")
            self._wait("the undo", lambda: self.driver.rows("Records") < count)
            self.journal.show("record", text, value=None)

    # ------------------------------------------------------------ Tune, Compare

    def train(self) -> None:
        """Start a run, unless one is at work."""
        self.hands.go("Tune")
        self._wait("the runs", self.hands.tune_is_there)
        before = self.hands.rows("Runs")
        if any("training" in row for row in before):
            return
        self.hands.check_and_start_training()
        name = self.hands.rows("Runs")[0].split(",")[0]
        self.journal.show("run", name, value="training")

    def look_at_runs(self) -> None:
        """Write down which runs are shown as done."""
        self.hands.go("Tune")
        self._wait("the runs", self.hands.tune_is_there)
        done = [r.split(",")[0] for r in self.hands.rows("Runs") if r.endswith("done")]
        known = self.journal.promises()
        for name in done:
            if known.get(("run", name), Promise()).shown != "done":
                self.journal.show("run", name, value="done")

    def compare(self) -> None:
        """Compare the newest adapter, unless that was done."""
        done = [i for i, r in enumerate(self.hands.rows("Runs")) if r.endswith("done")]
        if not done:
            return
        name = self.hands.rows("Runs")[done[0]].split(",")[0]
        if self.journal.promises().get(("comparison", name), Promise()).is_shown:
            return
        self.driver.click_row("Runs", done[0])
        self.driver.click("Compare with the base", _PATIENCE)
        starts = ("Compare on the test records", "Go on comparing")
        names = (*starts, "Stop comparing", "Save the table as CSV")
        self._wait("the comparison", lambda: any(map(self.driver.is_seen, names)))
        for start in starts:
            if self.driver.is_seen(start):
                self.driver.click(start)
        self._wait(
            "all answers",
            lambda: (
                self.driver.is_seen("Save the table as CSV")
                and not self.driver.is_seen("Stop comparing")
                and not self.driver.is_seen("Go on comparing")
            ),
            WORKER,
        )
        self.journal.show("comparison", name, value=True)

    # ------------------------------------------------------------ after a kill

    def look_again(self) -> None:
        """See that trials and runs of the lives before are shown."""
        self.hands.wait_for_title()
        trials = self._shown("trial")
        if trials:
            self.hands.go("Data")
            self.driver.click("Show trials", _PATIENCE)
            self._wait(
                "the trials of before",
                lambda: len(self.hands.rows("Trials")) >= len(trials),
            )
        runs = self._shown("run")
        if runs:
            self.hands.go("Tune")
            self._wait("the runs of before", lambda: self._has_runs(runs))
            self._tell_found()
        self.journal.note("seen again", len(trials) + len(runs))

    def _has_runs(self, names: list[str]) -> bool:
        rows = [row.split(",")[0] for row in self.hands.rows("Runs")]
        return all(name in rows for name in names)

    def _tell_found(self) -> None:
        """Note the runs that were training when the window was killed."""
        known = self.journal.promises()
        for row in self.hands.rows("Runs"):
            name = row.split(",")[0]
            if known.get(("run", name), Promise()).shown == "training":
                self.journal.note("found again", row)

    def finish(self) -> None:
        """Wait until every run has ended well."""
        self.look_again()
        self.hands.go("Tune")
        self._wait("the runs", self.hands.tune_is_there)
        runs = self._shown("run")
        self._wait("the end of all runs", lambda: self._all_done(runs), WORKER)
        self.look_at_runs()
        self.journal.note("finished", True)

    def _all_done(self, names: list[str]) -> bool:
        rows = [r for r in self.hands.rows("Runs") if r.split(",")[0] in names]
        return len(rows) == len(names) and all(row.endswith("done") for row in rows)

    # ------------------------------------------------------------ inside

    def _shown(self, kind: str) -> list[str]:
        promises = self.journal.promises()
        return [key[1] for key, p in promises.items() if key[0] == kind and p.is_shown]

    def _undo(self, on: str) -> None:
        # When a dialog closes, nobody makes the window active again offscreen.
        self.hands.window.activateWindow()
        action = self.hands.window.findChild(QAction, "undo")
        assert isinstance(action, QAction)
        self._wait("something to undo", action.isEnabled)
        self.driver.press(Qt.Key.Key_Z, CONTROL, on)

    def _wait(self, what: str, condition: object, seconds: float = _PATIENCE) -> None:
        assert callable(condition)
        self.hands.wait(what, condition, seconds)


def main() -> int:
    project, journal = Path(sys.argv[1]), Journal(Path(sys.argv[2]))
    hands = Hands([str(project)])
    drive = Drive(hands, journal)
    work = drive.finish if "--finish" in sys.argv else drive.go_on

    def guarded() -> None:
        try:
            work()
        except TourError as error:
            buttons = [b.text() for b in hands.window.findChildren(QPushButton)]
            say = f"{error}\nseen: {hands.texts()}\nbuttons: {buttons}\n"
            sys.stderr.write(say)
            sys.stderr.flush()
            os._exit(4)
        hands.window.close()

    return hands.run(guarded)


if __name__ == "__main__":
    sys.exit(main())
