"""Language and appearance."""

from PySide6.QtWidgets import QComboBox, QFormLayout, QVBoxLayout, QWidget

from workbench.services.preferences import LANGUAGES, THEMES
from workbench.ui.shell import translation
from workbench.ui.shell.context import Context
from workbench.ui.widgets.section_label import label


class LookSection(QWidget):
    """Two choices that take effect at once."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the section."""
        super().__init__(parent)
        self._context = context
        self._head = label(role="strong", parent=self)
        self._language = QComboBox(self)
        self._theme = QComboBox(self)
        for combo, values in ((self._language, LANGUAGES), (self._theme, THEMES)):
            combo.setMinimumWidth(220)
            for value in values:
                combo.addItem("", value)
        self._language_label = label(parent=self)
        self._theme_label = label(parent=self)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.addRow(self._language_label, self._language)
        form.addRow(self._theme_label, self._theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addLayout(form)
        self.read()
        self._language.activated.connect(self._on_language)
        self._theme.activated.connect(self._on_theme)

    def read(self) -> None:
        """Show what is chosen."""
        current = self._context.services.preferences.current
        self._language.setCurrentIndex(LANGUAGES.index(current.language))
        self._theme.setCurrentIndex(THEMES.index(current.theme))

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._head.setText(self.tr("Language and appearance"))
        self._language_label.setText(self.tr("Language"))
        self._language.setAccessibleName(self.tr("Language"))
        self._theme_label.setText(self.tr("Appearance"))
        self._theme.setAccessibleName(self.tr("Appearance"))
        names = translation.LANGUAGE_NAMES
        for row, value in enumerate(LANGUAGES):
            text = names.get(value, self.tr("As the system"))
            self._language.setItemText(row, text)
        themes = (self.tr("As the system"), self.tr("Light"), self.tr("Dark"))
        for row, text in enumerate(themes):
            self._theme.setItemText(row, text)

    def _on_language(self, row: int) -> None:
        self._context.host.set_language(LANGUAGES[row])

    def _on_theme(self, row: int) -> None:
        self._context.host.set_theme(THEMES[row])
