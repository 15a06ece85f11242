"""What a search asks for: words in any form, "phrases", -words, numbers, ranges, questions."""

import re
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.machinery import PathFinder
from itertools import dropwhile
from types import ModuleType
from typing import Any

from withdrawal_cli.errors import UsageError
from withdrawal_cli.queries.folding import fold
from withdrawal_cli.values import Value

Span = tuple[int, int]
"""Where a match starts and ends in a text."""

# Words read better without quotation marks around each, hence no SIM905.
STOP_WORDS = frozenset(
    """
    a an and any are as at be been but by can come came could did do does for from had happen
    happened has have he her his how i if in into is it its many me mean means much number of on or
    our she should so some tell than that the their them then there these they this those to was we
    were what when where which who whom whose why will with would you your
    """.split()  # noqa: SIM905
)
"""Words of an English question that say nothing about its subject."""

DISPUTED = frozenset("are did do does how is was were who whom whose why".split())  # noqa: SIM905
"""The first words of questions to which sources give different answers."""

QUESTIONS = DISPUTED | {"what", "when", "where", "which"}
"""The first words of questions."""

_TOKEN = re.compile(r'-*"[^"]*"|\S+')
_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,18}")
_WORD_END = re.compile(r"s?(?!\w)")
_PUNCTUATION = " .,;:!?()[]'\"«»“”‘’"
_UNSPACED = "\u0e00"
"From Thai on, many scripts put no space between words: there a word may begin anywhere."


class Term(Value):
    """One thing to look for in folded text, or among figures."""

    text: str
    "As typed, without its quotation marks or its minus."
    pattern: re.Pattern[str] | None
    "`None` for a range, which only figures can be in."
    hint: str
    "What a text must contain for the pattern to match: quicker to look for."
    stem: str | None = None
    "Of a single word: words with the same stem match too."
    numbers: Span | None = None
    "The lowest and the highest figure that match."
    synonyms: Sequence["Term"] = ()
    "Other names in the data for the same thing."

    def spans(self, folded: str) -> list[Span]:
        """Return where it stands in a folded text."""
        if self.pattern is None or self.hint not in folded:
            return []
        found = self.pattern.finditer(folded)
        if self.stem is None:
            return [match.span() for match in found]
        typed, spans = fold(self.text), []
        for match in found:
            word, start = match[0], match.start()
            if stem(word) == self.stem:
                spans.append(match.span())
            elif word.startswith(typed):
                spans.append((start, start + len(typed)))
        return spans

    def counts(self, figure: int | None) -> bool:
        """Whether `figure` is the number, or in the range."""
        if figure is None or self.numbers is None:
            return False
        return self.numbers[0] <= figure <= self.numbers[1]


class Query(Value):
    """What to look for, and what to leave out."""

    names: Sequence[str]
    """To compare with names, folded: the whole query, without its first stop words, and without
    any."""
    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]
    is_sentence: bool = False
    "Whether it has stop words, unlike a mere list of words."
    asks: str | None = None
    "The first word of a question that sources are likely to answer differently."

    def spans(self, text: str) -> list[Span]:
        """Return where the wanted terms stand in an unfolded text."""
        parts = [fold(letter) for letter in text]
        origins = [index for index, part in enumerate(parts) for _ in part]
        folded = "".join(parts)
        terms = [term for wanted in self.wanted for term in (wanted, *wanted.synonyms)]
        found = sorted(span for term in terms for span in term.spans(folded))
        return [(origins[start], origins[end - 1] + 1) for start, end in found]


def parse_query(arguments: Iterable[str]) -> Query:
    """Return what the arguments of a search ask for.

    Raises UsageError for nothing, or for a range that ends before it starts.

    >>> [term.text for term in parse_query(['Where was Crozier "all well" -ice']).wanted]
    ['Crozier', 'all well']
    """
    tokens = [token for argument in arguments for token in _TOKEN.findall(argument)]
    excluded = [token.lstrip("-") for token in tokens if token.startswith("-")]
    given = [token for token in tokens if not token.startswith("-")]
    words = [fold(token.strip(_PUNCTUATION)) for token in given]
    telling = [token for token, word in zip(given, words, strict=True) if word not in STOP_WORDS]
    # "The Who" has nothing but stop words, and then they are what is meant.
    wanted = _terms(telling) or _terms(given)
    if not wanted:
        hint = "Give a word, a name or a number."
        if excluded:
            hint = "A word with a minus only leaves records out; add a word without one."
        raise UsageError("there is no word to look for", hint=hint)
    asked = " ".join(fold(" ".join(tokens)).split()).strip("?")
    # "what happened after the war" asks for what is called "After the war"
    subject = " ".join(dropwhile(STOP_WORDS.__contains__, asked.split()))
    return Query(
        names=(asked, subject, fold(" ".join(term.text for term in wanted))),
        wanted=wanted,
        unwanted=_terms(excluded),
        is_sentence=len(telling) < len(given),
        asks=words[0] if len(words) > 1 and words[0] in QUESTIONS else None,
    )


def _terms(tokens: Iterable[str]) -> tuple[Term, ...]:
    found = [_range(token) or _number(token) or word_term(token) for token in tokens]
    return tuple(term for term in found if term)


def _range(token: str) -> Term | None:
    """Return the range in `14000..15500`; None for any other word."""
    low, dots, high = token.partition("..")
    if not (dots and _NUMBER.fullmatch(low) and _NUMBER.fullmatch(high)):
        return None
    first, last = int(low.replace(",", "")), int(high.replace(",", ""))
    if first > last:
        hint = f"Write the lower number first: {high}..{low}."
        raise UsageError(f"{token!r} ends before it starts", hint=hint)
    return Term(text=token, pattern=None, hint="", numbers=(first, last))


def _number(token: str) -> Term | None:
    """Return `523` or `100,300` as a figure, and as text with any mark between the thousands."""
    text = token.strip(_PUNCTUATION)
    if not _NUMBER.fullmatch(text):
        return None
    figure = int(text.replace(",", ""))
    groups = f"{figure:,}".split(",")
    pattern = re.compile(rf"(?<!\d)(?<!\d[.,]){'[., ]?'.join(groups)}(?![.,]?\d)")
    return Term(text=text, pattern=pattern, hint=groups[0], numbers=(figure, figure))


def word_term(token: str) -> Term | None:
    """Return a word, or a phrase, whose last word may go on; None for nothing but punctuation."""
    text = " ".join(token.strip(_PUNCTUATION).split())
    parts = fold(text).strip(_PUNCTUATION).split()  # folding makes an apostrophe of more letters
    if not parts:
        return None
    start = r"(?<!\w)" if parts[0][0].isalnum() and parts[0][0] < _UNSPACED else ""
    if len(parts) == 1 and parts[0].isascii() and parts[0].isalpha():
        root = stem(parts[0])
        # Forms of a word share its beginning, except for y and i: casualty, casualties.
        shared = root[:-1] if root.endswith("i") and len(root) > 3 else root
        if parts[0].startswith(shared):
            pattern = re.compile(rf"{start}{shared}\w*")
            return Term(text=text, pattern=pattern, hint=shared, stem=root)
    pattern = re.compile(start + r"\s+".join(map(re.escape, parts)))
    return Term(text=text, pattern=pattern, hint=parts[0])


def name_term(name: str) -> Term:
    """Return a whole name to look for."""
    parts = fold(name).split()
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, parts)) + r"(?!\w)")
    return Term(text=name, pattern=pattern, hint=parts[0])


def is_whole(folded: str, spans: Sequence[Span]) -> bool:
    """Whether a word, or its plural, ends where one of the spans does.

    >>> is_whole("until the uns met", [(0, 2), (10, 12)]), is_whole("until", [(0, 2)])
    (True, False)
    """
    return any(_WORD_END.match(folded, end) for _, end in spans)


@cache
def stem(word: str) -> str:
    """Return what the forms of an English word have in common.

    >>> stem("leaving") == stem("leaves") == "leav"
    True
    """
    root: str = _stemmer().stemWord(word)
    return root


@cache
def _stemmer() -> Any:
    # The package imports the stemmers of 33 languages (200 to 400 ms). An empty stand-in for the
    # package lets the English one be imported alone (10 to 30 ms).
    package = ModuleType("snowballstemmer")
    spec = PathFinder.find_spec("snowballstemmer")
    package.__path__ = (spec and spec.submodule_search_locations) or []
    sys.modules["snowballstemmer"] = package
    try:
        from snowballstemmer.english_stemmer import EnglishStemmer
    finally:
        del sys.modules["snowballstemmer"]
    return EnglishStemmer()
