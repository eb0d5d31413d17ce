"""How answers are decoded, each number with a plain sentence; folded by default."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from workbench.domain.parameters import GenerationParameters
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP
from workbench.ui.widgets.section_label import label

_FIELD_WIDTH = 120


class ParametersPanel(Panel):
    """Shows and edits `GenerationParameters`."""

    changed_to = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show the defaults."""
        super().__init__(parent)
        self._names: list[QLabel] = []
        self._hints: list[QLabel] = []
        self._temperature = QDoubleSpinBox(self)
        self._temperature.setRange(0.0, 2.0)
        self._temperature.setSingleStep(0.1)
        self._top_p = QDoubleSpinBox(self)
        self._top_p.setRange(0.05, 1.0)
        self._top_p.setSingleStep(0.05)
        self._longest = QSpinBox(self)
        self._longest.setRange(1, 8192)
        self._seed = QSpinBox(self)
        self._seed.setRange(0, 2_147_483_647)
        self._stop = QLineEdit(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, GAP, 0, GAP)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        for field in self._fields():
            self._add_row(field)
        self._connect()
        self.show_parameters(GenerationParameters())
        self.built()

    def _fields(self) -> tuple[QWidget, ...]:
        return (self._temperature, self._top_p, self._longest, self._seed, self._stop)

    def _add_row(self, field: QWidget) -> None:
        name, hint = label(parent=self), label("", "secondary", self, wrap=True)
        name.setBuddy(field)
        field.setFixedWidth(_FIELD_WIDTH)
        row = len(self._names)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(field, row, 1)
        self._grid.addWidget(hint, row, 2)
        self._names.append(name)
        self._hints.append(hint)

    def _connect(self) -> None:
        self._temperature.valueChanged.connect(self._on_edit)
        self._top_p.valueChanged.connect(self._on_edit)
        self._longest.valueChanged.connect(self._on_edit)
        self._seed.valueChanged.connect(self._on_edit)
        self._stop.editingFinished.connect(self._on_edit)

    def show_parameters(self, parameters: GenerationParameters) -> None:
        """Show these values."""
        for field in self._fields():
            field.blockSignals(True)
        self._temperature.setValue(parameters.temperature)
        self._top_p.setValue(parameters.top_p)
        self._longest.setValue(parameters.max_output_tokens)
        self._seed.setValue(parameters.seed)
        self._stop.setText(" ".join(map(_written, parameters.stop_sequences)))
        for field in self._fields():
            field.blockSignals(False)
        self._top_p.setEnabled(parameters.temperature > 0)

    def parameters(self) -> GenerationParameters:
        """Return the values that are shown."""
        stops = tuple(_read(text) for text in self._stop.text().split())
        return GenerationParameters(
            temperature=round(self._temperature.value(), 2),
            top_p=round(self._top_p.value(), 2),
            max_output_tokens=self._longest.value(),
            seed=self._seed.value(),
            stop_sequences=stops,
        )

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        words = (
            (
                self.tr("Temperature"),
                self.tr("0 gives the same answer every time; higher is more varied."),
            ),
            (
                self.tr("Top p"),
                self.tr("Leaves out unlikely words; no effect at temperature 0."),
            ),
            (
                self.tr("Longest answer"),
                self.tr("In tokens; the answer is cut after this many."),
            ),
            (
                self.tr("Seed"),
                self.tr("The same seed repeats a varied answer."),
            ),
            (
                self.tr("Stop texts"),
                self.tr(
                    "The answer ends before these, parted by blanks; \\n is a new line."
                ),
            ),
        )
        rows = zip(words, self._names, self._hints, self._fields(), strict=True)
        for (name, hint), name_label, hint_label, field in rows:
            name_label.setText(name)
            hint_label.setText(hint)
            field.setAccessibleName(name)
            field.setToolTip(hint)

    def _on_edit(self) -> None:
        parameters = self.parameters()
        self._top_p.setEnabled(parameters.temperature > 0)
        self.changed_to.emit(parameters)


def _written(text: str) -> str:
    """A stop text as it can be typed into one line."""
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    return escaped.replace(" ", "\\s")


def _read(text: str) -> str:
    marks = {"n": "\n", "t": "\t", "s": " ", "\\": "\\"}
    result: list[str] = []
    rest = iter(text)
    for letter in rest:
        follower = next(rest, "") if letter == "\\" else ""
        result.append(marks.get(follower, letter + follower) if follower else letter)
    return "".join(result)
