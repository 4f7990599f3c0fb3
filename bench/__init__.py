"""Measurements of Changdu against its peers, each in one run; `python -m bench.NAME` prints a table."""
