"""Whole commands, timed from outside. They are run by hand: `python -m benchmarks.NAME`."""
