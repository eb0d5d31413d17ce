"""Tooltips over data: what somebody typed is never read as markup."""

import html


def plain_tip(text: str) -> str:
    """Return a tooltip that shows a text letter by letter.

    A tooltip has no format to set: Qt guesses, and takes `<b>` in a file's name for
    an order.
    """
    if "<" not in text and "&" not in text:
        return text
    return f"<span>{html.escape(text)}</span>"
