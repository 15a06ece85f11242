"""Coverage-guided fuzzing of the doors by which strangers' text comes in; not part of the package, and of no test run."""

import sys
from collections.abc import Callable

import atheris

Door = Callable[[bytes], None]


def fuzz(door: Door, dictionary: tuple[str, ...] = ()) -> None:
    """Feed the door for as long as the command line says; words of the dictionary are worked into what it is fed."""
    if dictionary:
        door = _with_words(door, dictionary)
    atheris.Setup(sys.argv, door)
    atheris.Fuzz()


def _with_words(door: Door, dictionary: tuple[str, ...]) -> Door:
    """Return a door for which bytes beyond ASCII stand for words: the shortest way to what a grammar knows."""
    words = {128 + number: word.encode() for number, word in enumerate(dictionary)}

    def with_words(data: bytes) -> None:
        door(b"".join(words.get(byte, bytes([byte])) for byte in data))

    return with_words
