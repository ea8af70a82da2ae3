"""The bar of a meter: level, ticks and held peak, wherever a microphone is shown."""

from PySide6.QtCore import QRect, QRectF

from director_app.gui.models.meter import TICKS_DB, MeterView
from director_app.gui.paint import Brush, colour_of
from director_app.gui.theme import tokens

_TICKS = tuple(1 + db / 60 for db in TICKS_DB)


def draw_meter(brush: Brush, bar: QRectF, meter: MeterView, colour: str) -> None:
    """The bar in an area; above -6 dBFS it is amber. On whole pixels: it moves fifteen times a second."""
    painter = brush.painter
    trough = bar.toRect()
    left, top, width, height = trough.x(), trough.y(), trough.width(), trough.height()
    painter.fillRect(trough, colour_of(tokens.PRESSED))
    level = round(width * meter.level)
    painter.fillRect(QRect(left, top, level, height), colour_of(colour))
    high = round(width * _TICKS[-1])
    if meter.high and level > high:
        painter.fillRect(QRect(left + high, top, level - high, height), colour_of(tokens.WARN))
    for tick in _TICKS:
        painter.fillRect(QRect(left + round(width * tick), top, 1, height), colour_of(tokens.PANEL))
    if meter.peak > 0:
        painter.fillRect(QRect(left + round((width - 2) * meter.peak), top, 2, height), colour_of(tokens.TEXT))
