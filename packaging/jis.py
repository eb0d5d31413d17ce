"""Which characters JIS X 0208 holds, derived from Python's own codec."""

ROWS_AND_CELLS = range(1, 95)


def jis_x_0208() -> set[str]:
    """Return all characters of JIS X 0208: symbols, kana, kanji of levels 1 and 2."""
    found = set()
    for row in ROWS_AND_CELLS:
        for cell in ROWS_AND_CELLS:
            try:
                found.add(bytes((0xA0 + row, 0xA0 + cell)).decode("euc_jp"))
            except UnicodeDecodeError:
                continue
    return found
