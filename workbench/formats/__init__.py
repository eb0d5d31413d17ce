"""Reading and writing datasets: CSV and JSONL in, training files out, with checks.

Everything here is pure but for the two functions that touch a path (``write_export``
and ``verify_export``). Bad content never raises and never disappears: what could not
be used is a ``Problem`` with its row, a code and a detail, and the window phrases it.
"""
