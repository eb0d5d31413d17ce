"""A ring round a control of a page: follows it, and is in nobody's way.

It lies over the window's contents, takes neither mouse nor focus, and moves with what
moves the control: it hears of moves, sizes and hiding of the control and everything the
control stands in. What is scrolled out of sight has no ring.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

from workbench.ui.shell import tokens

_GAP, _WIDTH, _CORNER = 4, 2, 8
_HEARD = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.EnabledChange,
        QEvent.Type.ParentChange,
    }
)


class Ring(QWidget):
    """Draws attention to one control of the window it belongs to."""

    moved = Signal()
    """The control was shown, moved or switched on: it may be usable now."""

    def __init__(self, window: QWidget) -> None:
        """Lie over this widget, hidden."""
        super().__init__(window)
        self.setObjectName("guide ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._heard: list[QWidget] = []
        self.hide()

    @property
    def target(self) -> QWidget | None:
        """The control with the ring, visible or not."""
        return self._target

    def point_at(self, target: QWidget | None) -> None:
        """Put the ring round a control; None takes it away."""
        if target is not self._target:
            self._listen(target)
            self._target = target
        self.follow()

    def follow(self) -> None:
        """Go where the control is, or hide while it cannot be seen."""
        rect = self._seen()
        if rect.isEmpty():
            self.hide()
            return
        self.setGeometry(rect)
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear what moves the control."""
        if event.type() in _HEARD and self._target is not None:
            if event.type() == QEvent.Type.ParentChange:
                self._listen(self._target)
            self.follow()
            self.moved.emit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.color("action"), _WIDTH))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), _CORNER, _CORNER)
        painter.end()

    def _seen(self) -> QRect:
        """Return the place of the ring; empty while the control cannot be seen."""
        target, window = self._target, self.parentWidget()
        if target is None or not target.isVisible() or window is None:
            return QRect()
        rect = _placed(target, window)
        parent: QWidget | None = target.parentWidget()
        while parent is not None and parent is not window:
            if isinstance(parent.parentWidget(), QScrollArea):
                shown = rect & _placed(parent, window)
                # Half a ring would point at the wrong thing.
                if shown.height() < rect.height() // 2:
                    return QRect()
                rect = shown
            parent = parent.parentWidget()
        return rect.adjusted(-_GAP, -_GAP, _GAP, _GAP) & window.rect()

    def _listen(self, target: QWidget | None) -> None:
        for known in self._heard:
            known.removeEventFilter(self)
            known.destroyed.disconnect(self._on_destroyed)
        self._heard = []
        widget: QWidget | None = target
        while widget is not None and widget is not self.parentWidget():
            widget.installEventFilter(self)
            widget.destroyed.connect(self._on_destroyed)
            self._heard.append(widget)
            widget = widget.parentWidget()

    def _on_destroyed(self) -> None:
        # A page that goes takes its controls along; none of them may be touched again.
        self._heard, self._target = [], None
        self.hide()


def _placed(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
