"""Historical dates: EDTF text (ISO 8601-2) to `Edtf`, and back to plain English; periods of days; today.

Both ends of every interval are inclusive. `A/B` lasted from A to B; `[A..B]` happened once, in there.
Levels 0 and 1 of EDTF (https://www.loc.gov/standards/datetime/) and the one-of sets of Level 2, years 0001 to 9999.
What a user types is read in `typed`.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Self

from withdrawal_cli.values import Value, value

EXAMPLES = "Write a day, a month or a span: 1988-02-15, 1988-02, 1988-05-15/1988-08-15."
PRECISIONS = ("day", "month", "season", "year", "decade", "century")
"""What `Edtf.precision` may say, finest first."""

_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_SEASON_START = {21: 3, 22: 6, 23: 9, 24: 12}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?([?~%]?)")

Day = date
"""The type of a day, under a name that rows with a field `date` can use."""

Bounds = tuple[date | None, date | None, str]
"""The first day, the last day (each `None` where it is open) and the precision."""


class Edtf:
    """A date with its doubt, known by its text and worked out when it is first asked for. Immutable.

    A plain class, not a dataclass, because msgspec then hands us the text instead of expecting an object. Its text must
    be EDTF: `parse_edtf` makes sure; only the bundled data, which the tests check, is taken on trust.
    """

    __slots__ = ("approximate", "earliest", "latest", "order", "precision", "text", "uncertain")

    text: str
    "As written."
    earliest: date | None
    "The first day it can mean; `None` when the start is open or unknown."
    latest: date | None
    "The last day it can mean; `None` when the end is open or unknown."
    precision: str
    "One of PRECISIONS: the coarser of the two ends for an interval or a set."
    approximate: bool
    "Whether it carries `~` (or `%`) somewhere."
    uncertain: bool
    "Whether it carries `?` (or `%`) somewhere."
    order: tuple[date, date]
    "Sorts dates by their earliest, then their latest day; an open end reaches for ever."

    def __init__(self, text: str) -> None:
        object.__setattr__(self, "text", text)

    def __getattr__(self, name: str) -> Any:
        """Work out everything that the text says. Raises ValueError with the reason if it is not EDTF."""
        if name not in Edtf.__slots__:
            raise AttributeError(name)
        write, text = object.__setattr__, self.text
        earliest, latest, precision = _read(text)
        write(self, "earliest", earliest)
        write(self, "latest", latest)
        write(self, "precision", precision)
        write(self, "approximate", "~" in text or "%" in text)
        write(self, "uncertain", "?" in text or "%" in text)
        write(self, "order", (earliest or date.min, latest or date.max))
        return getattr(self, name)

    def __setattr__(self, name: str, content: object) -> None:
        raise AttributeError(f"an Edtf is immutable: {name} cannot be set")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Edtf) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Edtf({self.text!r})"

    def __str__(self) -> str:
        return self.text

    @property
    def lasted(self) -> bool:
        """Whether it is an interval `A/B`: something that went on from A to B."""
        return "/" in self.text

    @property
    def ends(self) -> tuple["Edtf | None", "Edtf | None"]:
        """The start and the end: of an interval its two dates, of any other date itself twice.

        `None` for an end that is open or unknown; `open` tells which.
        """
        if not self.lasted:
            return self, self
        start, _, end = self.text.partition("/")
        known = [parse_edtf(part) if part not in ("", "..") else None for part in (start, end)]
        return known[0], known[1]

    @property
    def open(self) -> tuple[bool, bool]:
        """Whether it lasts on without a start, and without an end (`..`)."""
        return self.text.startswith("../"), self.text.endswith("/..")

    @property
    def exact(self) -> bool:
        """Whether every end is a known day and nothing is in doubt."""
        known = self.earliest is not None and self.latest is not None
        sure = not (self.approximate or self.uncertain or "[" in self.text)
        return known and sure and self.precision == "day"

    @property
    def span(self) -> int | None:
        """The days from `earliest` to `latest`, both counted; `None` when an end is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1


@value
class Period(Value):
    """A stretch of days, both ends inclusive; `None` is open."""

    start: date | None
    end: date | None

    @classmethod
    def of(cls, when: Edtf) -> Self:
        """Return everything that `when` can mean."""
        return cls(start=when.earliest, end=when.latest)

    def overlaps(self, when: Edtf) -> bool:
        """Whether `when` can have a day in the period."""
        first, last = when.earliest, when.latest
        return (self.start is None or last is None or last >= self.start) and (
            self.end is None or first is None or first <= self.end
        )

    def contains(self, when: Edtf) -> bool:
        """Whether `when` lies in the period whatever it means."""
        first, last = when.earliest, when.latest
        return (self.start is None or (first is not None and first >= self.start)) and (
            self.end is None or (last is not None and last <= self.end)
        )

    def meet(self, other: "Period") -> "Period | None":
        """Return the days that both share; `None` when there are none."""
        start = max((day for day in (self.start, other.start) if day), default=None)
        end = min((day for day in (self.end, other.end) if day), default=None)
        return None if start and end and end < start else Period(start=start, end=end)


# --- EDTF text -----------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 16)
def parse_edtf(text: str) -> Edtf:
    """Return the date that EDTF `text` writes, the same one for the same text. Raises ValueError with the reason.

    A century has 36,525 days, so a history of a million events repeats its dates.

    >>> parse_edtf("1988-08~").latest
    datetime.date(1988, 8, 31)
    """
    when = Edtf(text)
    _ = when.precision
    return when


def _read(text: str) -> Bounds:
    if len(text) == 10 and text.isascii() and text[4] == text[7] == "-" and "X" not in text:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            pass  # the slow way round says what is wrong with it
        else:
            return day, day, "day"
    if text.startswith("["):
        return _one_of(text)
    if "/" in text:
        return _interval(text)
    return _single(text, text)


def _single(text: str, whole: str) -> tuple[date, date, str]:
    """Return the first day, the last day and the precision of one date without an interval."""
    match = _DATE.fullmatch(text)
    if match is None or not text.isascii():
        raise ValueError(f"{whole!r} is not an EDTF date{_likely_cause(text)}")
    year, month, day, _ = match.groups()
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if last == 0 or (first == 0 and last == 9999):
        raise ValueError(f"{whole!r}: years go from 0001 to 9999")
    first = max(first, 1)
    if "X" in year:
        if (month or "XX") != "XX" or (day or "XX") != "XX":
            raise ValueError(
                f"{whole!r}: with an unknown year the month and the day are unknown too"
            )
        return date(first, 1, 1), date(last, 12, 31), "decade" if year[2] != "X" else "century"
    if month is None or month == "XX":
        if (day or "XX") != "XX":
            raise ValueError(f"{whole!r}: with an unknown month the day is unknown too")
        return date(first, 1, 1), date(first, 12, 31), "year"
    return in_year(first, int(month), day, whole)


def in_year(year: int, month: int, day: str | None, whole: str) -> tuple[date, date, str]:
    """Return the first day, the last day and the precision of a month (1 to 12), a season (21 to 24) or a day of a month.

    `whole` is the text that the reason of a ValueError quotes.
    """
    if year < 1:
        raise ValueError(f"{whole!r}: years go from 0001 to 9999")
    if month in _SEASONS:
        if day is not None:
            raise ValueError(f"{whole!r}: a season has no day")
        return *_season(year, month, whole), "season"
    if not 1 <= month <= 12:
        raise ValueError(f"{whole!r}: there is no month {month:02}")
    days = _days_in(year, month)
    if day is None or day == "XX":
        return date(year, month, 1), date(year, month, days), "month"
    if not 1 <= int(day) <= days:
        raise ValueError(f"{whole!r}: {_MONTHS[month - 1]} {year:04} has {days} days")
    exact = date(year, month, int(day))
    return exact, exact, "day"


def _days_in(year: int, month: int) -> int:
    if month == 12:
        return 31
    return (date(year, month + 1, 1) - date(year, month, 1)).days


def _season(year: int, number: int, whole: str) -> tuple[date, date]:
    """Return the three months of a northern, meteorological season; winter begins in December of its year."""
    start = _SEASON_START[number]
    if number == 24 and year == 9999:
        raise ValueError(f"{whole!r}: years go from 0001 to 9999")
    last_year, last_month = (year + 1, 2) if number == 24 else (year, start + 2)
    return date(year, start, 1), date(last_year, last_month, _days_in(last_year, last_month))


def _interval(text: str) -> Bounds:
    """Return `A/B`; `..` is an open end, nothing at all an unknown one."""
    left, _, right = text.partition("/")
    if left in ("", "..") and right in ("", ".."):
        raise ValueError(f"{text!r}: at least one end of an interval must be known")
    return _between("" if left == ".." else left, "" if right == ".." else right, text)


def _between(left: str, right: str, whole: str) -> Bounds:
    """Return the bounds of two ends, one of which may be empty, and so open."""
    start = _single(left, whole) if left else None
    end = _single(right, whole) if right else None
    if start and end and end[1] < start[0]:
        raise ValueError(f"{whole!r}: the end comes before the start")
    known = [part[2] for part in (start, end) if part]
    return start and start[0], end and end[1], max(known, key=PRECISIONS.index)


def _one_of(text: str) -> Bounds:
    """Return `[A,B]`, `[A..B]`, `[..A]` or `[A..]`: one of the days named, not known which."""
    if not text.endswith("]") or not ("," in text or ".." in text):
        raise ValueError(
            f"{text!r}: a one-of set is written [1988-05-14,1988-05-15] or [1988-05-09..1988-05-15]"
        )
    members = text[1:-1].split(",")
    spans = [_set_member(member.strip(), text) for member in members]
    starts, ends = [span[0] for span in spans], [span[1] for span in spans]
    if None in starts and None in ends:
        # EDTF allows it, but it only says when something did not happen: every question about its
        # first and last day would be answered with all time, so it is refused like `../..`.
        either = "[..1988-05-14] or [1988-05-14..]"
        raise ValueError(f"{text!r}: a one-of set can be open at one end only: {either}")
    return (
        None if None in starts else min(day for day in starts if day),
        None if None in ends else max(day for day in ends if day),
        max((span[2] for span in spans), key=PRECISIONS.index),
    )


def _set_member(text: str, whole: str) -> Bounds:
    if ".." not in text:
        return _single(text, whole)
    left, _, right = text.partition("..")
    if not left and not right:
        raise ValueError(f"{whole!r}: at least one end of a range must be known")
    return _between(left, right, whole)


def _likely_cause(text: str) -> str:
    """Return why `text` is no date that we keep, when it is one of the usual reasons."""
    if "T" in text and ":" in text:
        return ": times of day are not kept, only days"
    if text[:1] in ("Y", "-"):
        return ": years go from 0001 to 9999"
    if text.startswith("{"):
        return ": an all-of set {...} is several dates; write one record for each"
    if "/" in text:
        return ": an interval has one '/'"
    return ""


# --- plain English -------------------------------------------------------------------------------


def day_text(day: date) -> str:
    """Return `15 May 1988`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def range_text(period: Period) -> str:
    """Return the days of a period in words, the year and the month once where both ends share them.

    >>> range_text(Period(start=date(1988, 5, 15), end=date(1988, 8, 15)))
    '15 May to 15 Aug 1988'
    """
    start, end = period.start, period.end
    if start is None or end is None:
        return (
            f"from {day_text(start)}" if start else f"until {day_text(end)}" if end else "all time"
        )
    if start == end:
        return day_text(start)
    first = day_text(start).split()
    shared = (start.year == end.year) + ((start.year, start.month) == (end.year, end.month))
    return f"{' '.join(first[: 3 - shared])} to {day_text(end)}"


@lru_cache(maxsize=4096)
def date_text(when: Edtf) -> str:
    """Return the date in words with its doubt: `c. 10 Aug 1988`, `Oct 1986`, `15 May – 15 Aug 1988`.

    >>> date_text(parse_edtf("[1988-05-14,1988-05-15]"))
    '14 or 15 May 1988'
    """
    text = when.text
    if text.startswith("["):
        return _set_text(text)
    if not when.lasted:
        return _single_text(text)
    start, end = (_single_text(part.text) if part else "?" for part in when.ends)
    starts_open, ends_open = when.open
    if starts_open:
        return f"until {end}"
    return f"from {start}" if ends_open else _span_text(start, end)


def _single_text(text: str) -> str:
    mark = text[-1] if text[-1] in "?~%" else ""
    year, *rest = text.rstrip("?~%").split("-")
    words = _year_text(year)
    parts = [part for part in rest if part != "XX"]
    if parts:
        month = int(parts[0])
        words = f"{_SEASONS.get(month) or _MONTHS[month - 1]} {words}"
    if len(parts) == 2:
        words = f"{int(parts[1])} {words}"
    return f"{'c. ' if mark in '~%' and mark else ''}{words}{'?' if mark in '?%' and mark else ''}"


def _year_text(year: str) -> str:
    if "X" not in year:
        return str(int(year))
    return f"{int(year.replace('X', '0'))}s"


def _span_text(start: str, end: str) -> str:
    """Return `start – end`, saying the year and the month once where both ends share them."""
    head, tail = start.split(" "), end.split(" ")
    if start == end:
        return start
    if head[0] != "c." and tail[0] != "c." and "?" not in start + end:
        if len(head) > 1 and head[1:] == tail[1:] and head[0].isdigit():
            return f"{head[0]}–{end}"
        if len(head) > 1 and head[-1] == tail[-1]:
            return f"{' '.join(head[:-1])} – {end}"
    return f"{start} – {end}"


def _set_text(text: str) -> str:
    words = [_member_text(member.strip()) for member in text[1:-1].split(",")]
    for place in range(len(words) - 1):
        words[place] = _without_tail(words[place], words[place + 1])
    return " or ".join(words)


def _member_text(member: str) -> str:
    left, dots, right = member.partition("..")
    if not dots:
        return _single_text(left)
    if left and right:
        return f"between {_without_tail(_single_text(left), _single_text(right))} and {_single_text(right)}"
    return f"by {_single_text(right)}" if right else f"{_single_text(left)} or later"


def _without_tail(words: str, following: str) -> str:
    """Return `4` of `4 Aug 1988` when `5 Aug 1988` follows: month and year are said once."""
    day, _, tail = words.partition(" ")
    return (
        day
        if day.isdigit() and tail and following.partition(" ")[2] == tail and following[0].isdigit()
        else words
    )


def days_between(start: date, end: date) -> int:
    """Return the days from `start` to `end`, not counting the first.

    >>> days_between(date(1988, 5, 15), date(1988, 5, 16))
    1
    """
    return (end - start) // timedelta(days=1)


def today() -> date:
    """Return the day that it is here: the only look at the clock, which tests replace."""
    return datetime.now().astimezone().date()
