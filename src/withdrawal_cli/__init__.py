"""withdrawal: a history in a terminal, with a source for every statement."""

__version__ = "0.1.0"
