"""Where a text uses a term of the glossary."""

import re
from collections.abc import Iterable, Iterator

from withdrawal_cli.model import Term

MOST_WORDS = 5
"""Of a name to look for: a longer one is a sentence."""


class Glossary:
    """Finds terms by their names, word by word: the time does not grow with their number."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.named: dict[tuple[str, ...], str] = {}
        self.longest: dict[str, int] = {}
        "How many words the longest name has, by its first word."
        for term in terms:
            for name in (term.name, *term.aliases):
                words = tuple(re.findall(r"\w+", name))
                if not 0 < len(words) <= MOST_WORDS or len(name) < 3 or name == term.id:
                    continue
                # `Jirga` at the beginning of a sentence is `jirga`
                for first in {words[0], words[0][:1].upper() + words[0][1:]}:
                    self.named.setdefault((first, *words[1:]), term.id)
                    self.longest[first] = max(len(words), self.longest.get(first, 0))

    def pieces(self, text: str) -> Iterator[tuple[str, str | None]]:
        """Yield the text in pieces, each with the id of the term that it is, or None.

        Only the first occurrence of a term counts.
        """
        words = list(re.finditer(r"\w+", text))
        seen: set[str] = set()
        written = position = 0
        while position < len(words):
            longest = self.longest.get(words[position][0], 0)
            for length in range(min(longest, len(words) - position), 0, -1):
                run = words[position : position + length]
                found = self.named.get(tuple(word[0] for word in run))
                if found and found not in seen:
                    seen.add(found)
                    start, end = run[0].start(), run[-1].end()
                    if start > written:
                        yield text[written:start], None
                    yield text[start:end], found
                    written = end
                    position += length - 1
                    break
            position += 1
        if written < len(text):
            yield text[written:], None

    def terms_in(self, text: str) -> Iterator[str]:
        """Yield the ids of the terms in a text."""
        yield from (term for _, term in self.pieces(text) if term)
