"""Reusable widgets that know nothing of projects or services."""
