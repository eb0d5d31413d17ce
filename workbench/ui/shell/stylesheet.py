"""The one style sheet, on an 8 px grid, filled with the colours of a theme.

Widgets take part by a dynamic property, set before they are shown:
``primary`` (filled button), ``quiet`` (no frame until hovered), ``link``, ``chip``,
``role`` of labels (``title``, ``section``, ``secondary``, ``number``, ``better`` …) and
``panel`` of frames (``surface``, ``ground``).
"""

from string import Template

from workbench.ui.shell import resources
from workbench.ui.shell.tokens import TOKENS

_SHEET = Template("""
* { outline: 0; }
QToolTip { background: $surface; color: $text; border: 1px solid $field;
  padding: 4px 6px; }
QMainWindow, QDialog { background: $surface; }
QFrame[panel="ground"] { background: $ground; border: 0; }
QFrame[panel="surface"], QWidget[panel="surface"] { background: $surface; border: 0; }
QFrame[line="true"] { background: $line; border: 0; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: 15px; font-weight: 600; }
QLabel[role="section"] { color: $secondary; font-size: 12px; }
QLabel[role="secondary"] { color: $secondary; font-size: 12px; }
QLabel[role="number"] { font-size: 20px; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="base"] { color: $base; }
QLabel[role="tuned"] { color: $tuned; }
QLabel[role="reference"] { color: $reference; }
QLabel[role="better"] { color: $better; }
QLabel[role="worse"] { color: $worse; }
QLabel[role="warning"] { color: $warning; }
QLabel[badge="true"] { background: $hover; color: $secondary; font-size: 11px;
  border-radius: 9px; padding: 1px 7px; }

QPushButton, QToolButton { background: $surface; color: $text;
  border: 1px solid $line; border-radius: 6px; padding: 5px 12px; min-height: 18px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $selection; }
QPushButton:focus, QToolButton:focus { border: 1px solid $action; }
QPushButton:checked, QToolButton:checked { background: $selection;
  border-color: $action; }
QPushButton:disabled, QToolButton:disabled { color: $reference; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0; }
QPushButton[primary="true"] { background: $action; color: $on_action;
  border: 1px solid $action; font-weight: 600; padding: 7px 16px; }
QPushButton[primary="true"]:hover, QPushButton[primary="true"]:pressed {
  background: $action_hover; border-color: $action_hover; }
QPushButton[primary="true"]:focus { border: 1px solid $text; }
QPushButton[primary="true"]:disabled { background: $hover; color: $secondary;
  border-color: $line; }
QPushButton[quiet="true"], QToolButton[quiet="true"] { background: transparent;
  border: 1px solid transparent; }
QPushButton[quiet="true"]:hover, QToolButton[quiet="true"]:hover {
  background: $hover; }
QPushButton[quiet="true"]:focus, QToolButton[quiet="true"]:focus {
  border: 1px solid $action; }
QPushButton[quiet="true"]:checked, QToolButton[quiet="true"]:checked {
  background: $selection; border: 1px solid transparent; }
QToolButton[icon_only="true"] { padding: 5px; min-width: 18px; }
QPushButton[link="true"] { background: transparent; color: $action;
  border: 1px solid transparent; padding: 5px 4px; text-align: left; }
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:focus { border: 1px solid $action; }
QPushButton[status="true"] { background: transparent; color: $secondary;
  font-size: 12px; border: 1px solid transparent; padding: 1px 4px; min-height: 16px; }
QPushButton[status="true"][role="warning"] { color: $warning; font-weight: 600; }
QPushButton[status="true"]:hover { text-decoration: underline; }
QPushButton[status="true"]:focus { border: 1px solid $action; }
QPushButton[chip="true"] { background: $hover; color: $secondary; font-size: 12px;
  border: 1px solid transparent; border-radius: 14px; padding: 4px 11px; }
QPushButton[chip="true"]:hover { color: $text; }
QPushButton[chip="true"]:focus { border: 1px solid $action; }
QPushButton[chip="true"]:checked { background: $selection; color: $action;
  border: 1px solid $action; }
QPushButton[nav="true"] { background: transparent; color: $secondary; border: 1px solid
  transparent; border-radius: 6px; text-align: left; padding: 7px 10px; }
QPushButton[nav="true"]:hover { background: $hover; color: $text; }
QPushButton[nav="true"]:focus { border: 1px solid $action; }
QPushButton[nav="true"]:checked { background: $selection; color: $text;
  font-weight: 600; border: 1px solid transparent; }
QPushButton[nav="true"]:checked:focus { border: 1px solid $action; }
QPushButton[nav="true"]:disabled { color: $disabled; }
QPushButton[search="true"] { color: $secondary; font-size: 12px; text-align: left;
  padding: 5px 10px; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox {
  background: $surface; color: $text; border: 1px solid $field; border-radius: 6px;
  placeholder-text-color: $reference;
  selection-background-color: $action; selection-color: $on_action; }
QLineEdit, QSpinBox, QDoubleSpinBox { padding: 4px 8px; min-height: 18px; }
QPlainTextEdit, QTextEdit { padding: 6px 8px; }
QComboBox { padding: 4px 26px 4px 8px; min-height: 18px; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url($icons/chevron-down-$mode.svg); width: 12px;
  height: 12px; }
QSpinBox, QDoubleSpinBox { padding-right: 22px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border;
  subcontrol-position: top right; width: 20px; border: 0; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border;
  subcontrol-position: bottom right; width: 20px; border: 0; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {
  image: url($icons/chevron-up-$mode.svg); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {
  image: url($icons/chevron-down-$mode.svg); width: 10px; height: 10px; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: 0; padding: 0; min-height: 0;
  background: transparent; }
QAbstractSpinBox { qproperty-alignment: "AlignRight | AlignVCenter"; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus,
QDoubleSpinBox:focus, QComboBox:focus { border: 1px solid $action; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled {
  color: $reference; background: $ground; }
QTextEdit[bare="true"], QPlainTextEdit[bare="true"], QTextBrowser[bare="true"] {
  border: 1px solid transparent; background: transparent; padding: 0; }
QTextEdit[bare="true"]:focus, QTextBrowser[bare="true"]:focus {
  border: 1px solid $action; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $field;
  selection-background-color: $selection; selection-color: $text; padding: 4px; }

QCheckBox, QRadioButton { background: transparent; spacing: 8px; min-height: 24px; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px;
  border: 1px solid $reference; background: $surface; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QListWidget::indicator, QTableView::indicator { width: 14px; height: 14px;
  border: 1px solid $reference;
  border-radius: 4px; background: $surface; }
QListWidget::indicator:checked, QTableView::indicator:checked {
  background: $action; border-color: $action;
  image: url($icons/check-$mode.svg); }
QCheckBox::indicator:checked { background: $action; border-color: $action;
  image: url($icons/check-$mode.svg); }
QRadioButton::indicator:checked { border: 5px solid $action; width: 6px; height: 6px; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus,
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $action; }
QCheckBox:focus, QRadioButton:focus { color: $action; }
QCheckBox:disabled, QRadioButton:disabled { color: $reference; }

QAbstractItemView { background: $surface; color: $text;
  border: 1px solid transparent;
  alternate-background-color: $ground; gridline-color: $line;
  selection-background-color: $selection; selection-color: $text; }
QAbstractItemView:focus { border: 1px solid $action; }
QTableView::item, QTreeView::item, QListView::item { padding: 4px 8px; border: 0;
  border-bottom: 1px solid $line; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected {
  background: $selection; color: $text; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; color: $secondary; font-size: 12px;
  font-weight: normal; border: 0; border-bottom: 1px solid $line; padding: 6px 8px; }
QTableCornerButton::section { background: $surface; border: 0; }

QMenu { background: $surface; color: $text; border: 1px solid $field; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $reference; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QProgressBar { background: $hover; border: 0; border-radius: 2px; max-height: 4px;
  min-height: 4px; }
QProgressBar::chunk { background: $action; border-radius: 2px; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $field; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QTabBar::tab { background: transparent; color: $secondary; padding: 7px 12px;
  border: 0; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $action; }
QTabBar::tab:focus { color: $action; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; }
""")


def stylesheet(*, dark: bool) -> str:
    """Return the style sheet of a theme."""
    values = {name: pair.dark if dark else pair.light for name, pair in TOKENS.items()}
    values["action_hover"] = "#9BBBFF" if dark else "#1C49A8"
    values["icons"] = resources.path("icons").as_posix()
    values["mode"] = "dark" if dark else "light"
    return _SHEET.substitute(values)
