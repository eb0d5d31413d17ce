"""Runs in another interpreter, the one with torch: answers, prepares and trains.

Imports no other package of workbench, so that its folder alone can be copied to another
machine. Entry points, each also as ``python <this folder>/__main__.py NAME``:

* ``generate``: long-lived, JSON lines on standard input and output
* ``prepare``: tokenises and masks the rows of one run, writes them to a file
* ``train``: trains one LoRA adapter in a run directory
* ``probe``: prints versions and devices as one JSON line
"""
