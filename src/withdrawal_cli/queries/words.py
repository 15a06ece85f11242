"""The words of a search: in any order, all of them; a "phrase", a -word to leave out, a number, a range of numbers."""

import re
from collections.abc import Iterable, Sequence

from withdrawal_cli.errors import UsageError
from withdrawal_cli.queries.names import fold
from withdrawal_cli.values import Value, value

Span = tuple[int, int]

_TOKEN = re.compile(r'-*"[^"]*"|\S+')
_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,18}")
_WORD_END = re.compile(r"s?(?!\w)")
_PUNCTUATION = " .,;:!?()[]'\"«»“”‘’"
_UNSPACED = "\u0e00"
"From Thai on, many scripts put no space between words: there a word may begin anywhere."


@value
class Term(Value):
    """One thing to look for in folded text, or among figures."""

    text: str
    "As typed, without its quotation marks or its minus."
    pattern: re.Pattern[str] | None
    "`None` for a range, which only figures can be in."
    hint: str
    "What a text must contain for the pattern to match: quicker to look for."
    numbers: Span | None = None
    "The lowest and the highest figure that will do."

    def spans(self, folded: str) -> list[Span]:
        """Return where it stands in a folded text."""
        if self.pattern is None or self.hint not in folded:
            return []
        return [match.span() for match in self.pattern.finditer(folded)]

    def counts(self, figure: int | None) -> bool:
        """Whether `figure` is the number, or in the range."""
        return (
            figure is not None
            and self.numbers is not None
            and self.numbers[0] <= figure <= self.numbers[1]
        )


@value
class Query(Value):
    """What to look for, and what to leave out."""

    text: str
    "The whole of it, folded, to be compared with names."
    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]

    def spans(self, text: str) -> list[Span]:
        """Return where the wanted terms stand in a text as it is written."""
        parts = [fold(letter) for letter in text]
        origins = [place for place, part in enumerate(parts) for _ in part]
        folded = "".join(parts)
        found = sorted(span for term in self.wanted for span in term.spans(folded))
        return [(origins[start], origins[end - 1] + 1) for start, end in found]


def parse_query(arguments: Iterable[str]) -> Query:
    """Return what the arguments of a search ask for. Raises UsageError when that is nothing, or no range.

    >>> [term.text for term in parse_query(['Crozier "all well" -ice']).wanted]
    ['Crozier', 'all well']
    """
    tokens = [token for argument in arguments for token in _TOKEN.findall(argument)]
    left_out = [token for token in tokens if token.startswith("-")]
    wanted = _terms(token for token in tokens if token not in left_out)
    if not wanted:
        raise UsageError(
            "there is no word to look for",
            hint="A word with a minus only leaves records out; give another without."
            if left_out
            else "Give a word, a name or a number.",
        )
    return Query(
        text=" ".join(fold(" ".join(tokens)).split()),
        wanted=wanted,
        unwanted=_terms(token.lstrip("-") for token in left_out),
    )


def _terms(tokens: Iterable[str]) -> tuple[Term, ...]:
    found = [_range(token) or _number(token) or _word(token) for token in tokens]
    return tuple(term for term in found if term)


def _range(token: str) -> Term | None:
    """Return `14000..15500`, or None for another word."""
    low, dots, high = token.partition("..")
    if not (dots and _NUMBER.fullmatch(low) and _NUMBER.fullmatch(high)):
        return None
    numbers = _read(low), _read(high)
    if numbers[0] > numbers[1]:
        raise UsageError(
            f"{token!r} ends before it starts", hint=f"Write the lower number first: {high}..{low}."
        )
    return Term(text=token, pattern=None, hint="", numbers=numbers)


def _number(token: str) -> Term | None:
    """Return `523` or `100,300` as a figure, and as a text that writes it with or without marks between the thousands."""
    text = token.strip(_PUNCTUATION)
    if not _NUMBER.fullmatch(text):
        return None
    figure = _read(text)
    groups = f"{figure:,}".split(",")
    pattern = re.compile(rf"(?<!\d)(?<!\d[.,]){'[., ]?'.join(groups)}(?![.,]?\d)")
    return Term(text=text, pattern=pattern, hint=groups[0], numbers=(figure, figure))


def _read(text: str) -> int:
    return int(text.replace(",", ""))


def _word(token: str) -> Term | None:
    """Return the beginning of a word, or a phrase; None when nothing is left of it but punctuation."""
    text = " ".join(token.strip(_PUNCTUATION).split())
    parts = fold(text).split()
    if not parts:
        return None
    start = r"(?<!\w)" if parts[0][0].isalnum() and parts[0][0] < _UNSPACED else ""
    return Term(
        text=text, pattern=re.compile(start + r"\s+".join(map(re.escape, parts))), hint=parts[0]
    )


def is_whole(folded: str, spans: Sequence[Span]) -> bool:
    """Whether a word, or its plural, ends where one of the spans does.

    >>> is_whole("until the uns met", [(0, 2), (10, 12)]), is_whole("until", [(0, 2)])
    (True, False)
    """
    return any(_WORD_END.match(folded, end) for _, end in spans)
