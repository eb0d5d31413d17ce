"""About: version and licences."""

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

import workbench
from workbench.ui.shell import icons, resources
from workbench.ui.widgets.buttons import plain_button
from workbench.ui.widgets.section_label import SectionLabel, label


class AboutDialog(QDialog):
    """Names the program, and whose work it stands on."""

    def __init__(self, parent: QWidget) -> None:
        """Read the licence texts."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Workbench"))
        self.resize(560, 520)
        picture = QLabel(self)
        picture.setPixmap(icons.pixmap("logo", 40, ratio=self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(2)
        name = self.tr("Workbench {version}").format(version=workbench.__version__)
        words.addWidget(label(name, "title", self))
        words.addWidget(
            label(
                self.tr(
                    "From prompts to a tuned model, for the expert who knows what a "
                    "good answer is."
                ),
                "secondary",
                self,
                wrap=True,
            )
        )
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(picture)
        head.addLayout(words, 1)
        licences = QPlainTextEdit(self)
        licences.setReadOnly(True)
        licences.setTabChangesFocus(True)
        licences.setPlainText(_licences())
        licences.setAccessibleName(self.tr("Licence texts"))
        close = plain_button(self.tr("Close"), self)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(
            label(
                self.tr("Made with Qt {qt} (LGPL 3) and PySide6.").format(
                    qt=qVersion()
                ),
                parent=self,
                wrap=True,
            )
        )
        column.addWidget(SectionLabel(self.tr("Licences"), self))
        column.addWidget(licences, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()


def _licences() -> str:
    """Return our notice and licence and those of what is bundled, one after another."""
    checkout = resources.path().parent
    files = [
        *(folder / name for folder in (resources.path(), checkout)
          for name in ("NOTICE", "LICENSE")),
        resources.path("fonts", "OFL.txt"),
    ]  # fmt: skip
    texts = [file.read_text(encoding="utf-8") for file in files if file.is_file()]
    return "\n\n\u2014\u2014\u2014\n\n".join(text.strip() for text in texts)
