"""withdrawal: the Soviet withdrawal from Afghanistan, or any history in the same shape, in a terminal."""

__version__ = "0.1.0"
