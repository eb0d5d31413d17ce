"""Measuring answers: metrics, statistics, text diff, histograms, near-duplicates.

Everything here is pure: plain values in, frozen dataclasses out, no files, no Qt, no
clock. Results are numbers and codes; the window phrases them. Every score carries the
full name of its definition (``jsquad_em``, never "EM"), because the short words hide
definitions that differ by tens of points.
"""
