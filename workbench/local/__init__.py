"""Models on this computer: finds what can run them, and minds the worker processes.

Knows no Qt and no torch. The processes it starts are those of `workbench.worker`, of
which it imports the protocol only.
"""
