"""Figures as they are written on the pages: points, percents, intervals."""

MINUS = "\u2212"
DASH = "\u2013"


def points(value: float) -> str:
    """Return a difference in 0..1 as points without its sign: ``31`` or ``0.7``.

    Below a point and a half one decimal stays, so that a shown difference is never
    written as 0.
    """
    size = abs(value) * 100
    return f"{size:.1f}" if size < 1.5 else f"{size:.0f}"


def signed_points(value: float) -> str:
    """Return a difference as points with its sign: ``+31``, ``−6``, ``0``."""
    text = points(value)
    if float(text) == 0:
        return "0"
    return ("+" if value > 0 else MINUS) + text


def interval(low: float | None, high: float | None) -> str:
    """Return an interval of points: ``[24, 38]``; empty when there is none."""
    if low is None or high is None:
        return ""
    return f"[{_end(low)}, {_end(high)}]"


def score(value: float | None) -> str:
    """Return a score in 0..1 as points: ``73``; a dash when it is missing."""
    return DASH if value is None else f"{value * 100:.0f}"


def share(value: float | None) -> str:
    """Return a share in 0..1 in percent: ``73 %``; a dash when it is missing."""
    return DASH if value is None else f"{value * 100:.0f}\u00a0%"


def tokens(value: float | None) -> str:
    """Return a mean number of tokens; small ones with a decimal."""
    if value is None:
        return DASH
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def percent(value: float) -> str:
    """Return a relative change without its sign: ``64`` for −0.64."""
    return f"{abs(value) * 100:.0f}"


def signed_percent(value: float) -> str:
    """Return a relative change with its sign: ``−64 %``."""
    text = percent(value)
    if text == "0":
        return "0 %"
    return f"{'+' if value > 0 else MINUS}{text} %"


def percent_interval(low: float | None, high: float | None) -> str:
    """Return an interval of relative changes: ``[−68, −63]``."""
    if low is None or high is None:
        return ""
    return f"[{_end(low)}, {_end(high)}]"


def p_value(p: float | None) -> str:
    """Return a p-value the way tables write it."""
    if p is None:
        return ""
    return "p < .001" if p < 0.001 else f"p = {p:.3f}".replace("0.", ".", 1)


def detectable(low: float | None, high: float | None) -> str:
    """Return a range of detectable differences in points: ``8–11``; empty if none."""
    ends = [f"{value * 100:.0f}" for value in (low, high) if value is not None]
    return DASH.join(dict.fromkeys(ends))


def _end(value: float) -> str:
    # An end that is not 0 must not be read as 0: it decides what is shown.
    size = abs(value) * 100
    text = f"{size:.1f}" if size < 0.95 else f"{size:.0f}"
    return "0" if float(text) == 0 else text if value > 0 else MINUS + text
