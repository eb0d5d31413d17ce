"""Our own line icons (24 x 24 SVG), tinted with a colour of the theme.

An icon is a picture in one colour: ask again when the palette changes
(`IconButton` and `EmptyState` do so themselves).
"""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from workbench.ui.shell import resources, tokens

_SIZES = (16, 20, 32, 40)
_LARGE = 48


def icon(name: str, color_token: str = "secondary") -> QIcon:
    """Return an icon of ``resources/icons`` in a colour of the current theme."""
    return _icon(name, tokens.color(color_token).name())


def pixmap(
    name: str, size: int, color_token: str = "secondary", ratio: float = 1.0
) -> QPixmap:
    """Return an icon as a picture of this size in device-independent pixels."""
    source = _source(name)
    if size >= _LARGE:
        # Scaled up with the rest, the lines would look bold.
        source = source.replace('stroke-width="1.75"', 'stroke-width="1.1"')
    result = _render(source, tokens.color(color_token).name(), size, ratio)
    result.setDevicePixelRatio(ratio)
    return result


def forget() -> None:
    """Free all pictures, which must not outlive the application."""
    _icon.cache_clear()
    _pixmap.cache_clear()


@cache
def _pixmap(name: str, size: int, color: str, ratio: float) -> QPixmap:
    result = _render(_source(name), color, size, ratio)
    result.setDevicePixelRatio(ratio)
    return result


@cache
def _icon(name: str, color: str) -> QIcon:
    result = QIcon()
    for size in _SIZES:
        result.addPixmap(_render(_source(name), color, size, 1.0))
    return result


def _render(source: str, color: str, size: int, ratio: float) -> QPixmap:
    pixels = round(size * ratio)
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    text = source.replace("currentColor", color)
    renderer = QSvgRenderer(QByteArray(text.encode("utf-8")))
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return picture


@cache
def _source(name: str) -> str:
    file = resources.path("icons", f"{name}.svg")
    return file.read_text(encoding="utf-8")
