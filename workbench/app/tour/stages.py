"""What the tour does, stage by stage, in the words of the window."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QPushButton, QWidget

from workbench.app.tour.driver import Driver, TourError
from workbench.app.window import Program
from workbench.domain import places
from workbench.ui.shell.heartbeat import Heartbeat
from workbench.ui.widgets.histogram import TokenHistogram

SHOTS = 4
TRAIN, VALIDATION, TEST = 200, 40, 160
DATASET = "Tickets 400"
_WORKER = 90.0
_TRAINING = 600.0
_COMPARING = 400.0
_CONTROL = Qt.KeyboardModifier.ControlModifier


class Tour:
    """One drive through the window."""

    def __init__(self, program: Program, out: Path, seed: int) -> None:
        """Show the window at the size of the pictures."""
        self.program = program
        self.window = program.window
        self.out = out
        self.seed = seed
        self.heartbeat = Heartbeat()
        self.driver = Driver(self.heartbeat, out)
        self.window.resize(1440, 900)
        program.show()

    def stages(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """Return the stages in order."""
        yield "open", self.open
        yield "lab", self.lab
        yield "examples", self.examples
        yield "show data", self.show_data
        yield "review", self.review
        yield "import", self.import_records
        yield "split", self.split
        yield "export", self.export
        yield "tune", self.tune
        yield "try", self.try_tuned
        yield "compare", self.compare
        yield "advise", self.advise
        yield "settings", self.settings

    def open(self) -> None:
        """Open the sample project and wait for its prompt."""
        self.window.go("welcome")
        self.driver.click("Open the sample project")
        prompt = self.driver.see("Role and rules", QPlainTextEdit, 20)
        self.driver.wait("the sample's prompt", lambda: bool(prompt.toPlainText()))
        # It offers itself to whoever sees the sample first; this one knows the way.
        self.driver.click("Leave the guided tour")

    def lab(self) -> None:
        """Run the prompt without examples, rate the answer and correct it."""
        ticket, answer = self._fresh_ticket(0)
        self.driver.paste_into("Value of ticket", ticket)
        self.driver.paste_into("Expected answer", answer)
        self._run_and_wait()
        self.driver.picture("lab", self.window)
        self.driver.click("Bad")
        self._wait_checked("Bad")
        self.driver.click("Correct")
        self.driver.paste_into("Answer it should have given", answer)
        self.driver.press(Qt.Key.Key_Return, _CONTROL, "Answer it should have given")
        self._wait_trial(lambda correction: correction == answer)

    def examples(self) -> None:
        """Add examples from records and run the same input again."""
        self.driver.click("Add from records")
        for row in range(SHOTS):
            self.driver.click_row("Records to add", row)
            self.driver.click("Add to the prompt")
            self.driver.settle(60)
        self.driver.click("Close")
        self.driver.wait(
            "the examples in the prompt",
            lambda: self.driver.rows("Examples in the prompt") == SHOTS,
        )
        self._run_and_wait()
        self.driver.picture("lab-examples", self.window)

    def show_data(self) -> None:
        """Go to the Data page."""
        self.driver.click("Data")
        self.driver.see("Show trials", QWidget)

    def review(self) -> None:
        """Look at the trials, tag one, undo that."""
        self.driver.click("Show trials")
        self.driver.click_row("Trials", 0)
        self.driver.type_into("New tag", "tour")
        self.driver.press(Qt.Key.Key_Return, on="New tag")
        self.driver.wait("the tag to be kept", lambda: self._newest_tags() == ("tour",))
        self.driver.picture("data-trials", self.window)
        self.driver.press(Qt.Key.Key_Z, _CONTROL, "Trials")
        self.driver.wait("the tag to go", lambda: not self._newest_tags())

    def import_records(self) -> None:
        """Import the bundled table as a dataset of its own."""
        self.driver.click("Show records")
        self.driver.click("Import records")
        table = places.resources() / "sample" / "en" / "tickets_400.csv"
        self.driver.type_into("File to import", str(table))
        self.driver.click("Show rows")
        self.driver.see("Rows of the file", QWidget)
        self.driver.type_into("Dataset to import into", DATASET)
        self.driver.picture("data-import", self.window)
        self.driver.click("Import rows")
        self.driver.click("Finish import", 30)
        self.driver.wait("400 records", lambda: self.driver.rows("Records") == 400, 30)

    def split(self) -> None:
        """Set records aside for validation and for the test."""
        self.driver.click("Split records")
        for name, number in (
            ("Training records", TRAIN),
            ("Validation records", VALIDATION),
            ("Test records", TEST),
        ):
            self.driver.type_into(name, str(number))
        self.driver.click("Details of the split")
        self.driver.type_into("Seed of the split", str(self.seed))
        self.driver.picture("data-split", self.window)
        self.driver.click("Divide records")
        self.driver.wait("the split", self._is_split)
        self.driver.picture("data-records", self.window)

    def export(self) -> None:
        """Write the training files."""
        self.driver.click("Export records")
        folder = self.out / "export"
        self.driver.type_into("Folder to export to", str(folder))
        self.driver.click("Export files")
        self.driver.wait("a manifest", lambda: any(folder.glob("*/*/manifest.json")))
        self.driver.click("Close")

    def tune(self) -> None:
        """Check the rows, train, and wait for the adapter."""
        self.driver.click("Tune")
        self.driver.choose("Dataset to learn from", DATASET)
        self.driver.click("Check before start")
        self.driver.see("Row lengths", QWidget, _WORKER)
        self.driver.picture("tune-check", self.window)
        self.driver.click("Start training")
        self._wait_steps()
        self.driver.picture("tune-running", self.window)
        self.driver.see("Compare with the base", QWidget, _TRAINING)
        self.driver.picture("tune", self.window)

    def try_tuned(self) -> None:
        """Ask the tuned model in the Lab."""
        self.driver.click("Try it in the Lab")
        self._run_and_wait()
        services = self.program.services
        asked = services.data.trial(self._newest_trial()).model.adapter_ulid
        if asked != services.tune.adapters()[0].ulid:
            raise TourError("the base answered in the tuned model's place")
        self.driver.picture("lab-tuned", self.window)

    def compare(self) -> None:
        """Compare the candidates over the test part and look at the result."""
        self.driver.click("Tune")
        self.driver.click("Compare with the base")
        self.driver.click("Compare on the test records")
        self.driver.see("Save the table as CSV", QWidget, _COMPARING)
        self.driver.wait("all answers", self._is_compared, _COMPARING)
        self.driver.picture("compare", self.window)
        shown = self.driver.rows("Test records")
        self._select_bins()
        self.driver.wait(
            "fewer records", lambda: self.driver.rows("Test records") < shown
        )
        self.driver.picture("compare-filtered", self.window)
        self.driver.click("Show all token counts")
        self.driver.wait(
            "all records", lambda: self.driver.rows("Test records") == shown
        )
        self.driver.click("Save the table as CSV")
        self.driver.answer_file_dialog(self.out / "compare.csv")
        self.driver.wait("the table on disk", (self.out / "compare.csv").exists)

    def advise(self) -> None:
        """Read the advice."""
        self.driver.click("Advise")
        self.driver.see("Advice", QWidget, 30)
        self.driver.picture("advise", self.window)

    def settings(self) -> None:
        """Change theme and language at run time, and back."""
        self.driver.click("Settings")
        self.driver.choose("Appearance", "Dark")
        self.driver.choose("Language", "日本語")
        self.driver.settle()
        self.driver.picture("settings-ja-dark", self.window)
        box = next(
            box
            for box in self.window.findChildren(QComboBox)
            if box.isVisible() and box.findText("English") >= 0
        )
        self.driver.choose(box.accessibleName(), "English")
        self.driver.choose("Appearance", "Light")
        self.driver.picture("settings", self.window)

    def leave(self) -> None:
        """Close everything in order."""
        self.heartbeat.stop()
        self.window.close()
        self.driver.clean_up()
        self.program.close()

    def _run_and_wait(self) -> None:
        run = self.driver.see("Run", QPushButton)
        before = self._newest_trial()
        self.driver.wait("Run to be enabled", run.isEnabled, _WORKER)
        self.driver.click("Run")
        self.driver.wait(
            "a new finished answer",
            lambda: self._newest_trial() > before and self.driver.is_seen("Run"),
            _WORKER,
        )
        self.driver.see("Good", QPushButton)

    def _newest_trial(self) -> int:
        store = self.program.services.projects.store
        from workbench.domain.trials import TrialFilter

        ids = store.trials.ids(TrialFilter())
        return ids[0] if ids else 0

    def _newest_tags(self) -> tuple[str, ...]:
        return self.program.services.data.trial(self._newest_trial()).annotation.tags

    def _wait_trial(self, holds: Callable[[str | None], bool]) -> None:
        data = self.program.services.data
        self.driver.wait(
            "the correction to be kept",
            lambda: holds(data.trial(self._newest_trial()).annotation.correction),
        )

    def _wait_checked(self, name: str) -> None:
        button = self.driver.see(name, QPushButton)
        self.driver.wait(f"{name!r} to be chosen", button.isChecked)

    def _wait_steps(self) -> None:
        """Wait until the run shows its first training steps."""
        tune = self.program.services.tune
        run_id = tune.runs()[0].id
        self.driver.wait("training", lambda: tune.progress(run_id).step > 2, _WORKER)
        self.driver.settle(400)

    def _is_split(self) -> bool:
        datasets = self.program.services.data.datasets()
        counts = next(d.counts for d in datasets if d.name == DATASET)
        return (counts.train, counts.validation, counts.test) == (
            TRAIN,
            VALIDATION,
            TEST,
        )

    def _is_compared(self) -> bool:
        comparison = self.program.services.compare.comparisons()[0]
        return comparison.cells == comparison.total and comparison.proof is not None

    def _select_bins(self) -> None:
        """Drag over the longest answers: only few records have one of those."""
        services = self.program.services
        comparison = services.compare.comparisons()[0]
        last = len(services.compare.result(comparison.id).bins) - 1
        chart = self.driver.see("Token histogram", TokenHistogram)
        left, right = chart.bin_rect(last - 1), chart.bin_rect(last)
        start = QPoint(int(left.left()) + 2, int(left.center().y()))
        self.driver.drag(chart, start, QPoint(int(right.right()) - 2, start.y()))

    def _fresh_ticket(self, row: int) -> tuple[str, str]:
        """Return a ticket the sample project has not seen, with its right answer."""
        table = places.resources() / "sample" / "en" / "tickets_400.csv"
        with table.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if not rows:
            raise TourError("the bundled table is empty")
        return rows[row]["ticket"], rows[row]["answer"]
