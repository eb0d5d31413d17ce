"""Text search over a folded column.

Every word must be found, anywhere: a Japanese word has no spaces around it and may be
two characters long, which a trigram index cannot find; reading a narrow column is fast
enough. Folding (NFKC, case) makes ``ＡＢＣ`` find ``abc`` and ``ﾃｽﾄ`` find ``テスト``.
"""

from workbench.domain.datasets import normalised_input


def contains(column: str, text: str) -> list[tuple[str, object]]:
    """Return a WHERE term with its value for every word."""
    # instr, not LIKE: a per cent sign in a person's text is just that.
    term = f"instr({column}, ?)"
    return [(term, word) for word in normalised_input(text).split()]
