"""Historical dates: EDTF text (ISO 8601-2) to `Edtf` and back to plain English; periods; today.

Both ends of every interval are inclusive. `A/B` lasted from A to B; `[A..B]` happened once, between
them. Levels 0 and 1 of EDTF (https://www.loc.gov/standards/datetime/) are supported, and the one-of
sets of level 2, for the years 0001 to 9999. What a user types is parsed in `time_expressions`.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Self

from withdrawal_cli.safety import quoted
from withdrawal_cli.values import Value

EXAMPLES = (
    "Write a day, a month or a span: 1988-02-15, 1988-02, 1988-05-15/1988-08-15; "
    "with doubt 1895~, 1895?, 192X, [1950,1951]."
)
MOST_MEMBERS = 100
"""The most dates in a one-of set: every screen names them all."""
PRECISIONS = ("day", "month", "season", "year", "decade", "century")
"""The values of `Edtf.precision`, finest first."""

_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?([?~%]?)")
_YEARS = "years go from 0001 to 9999"

Day = date
"""The type of a day, under a name that rows with a field `date` can use."""

Bounds = tuple[date | None, date | None, str]
"""The first day, the last day (each `None` if it is open) and the precision."""


class Edtf:
    """A date with its doubt. Immutable; everything but the text is computed on first access.

    A plain class, not a `Value`: msgspec then hands over the text instead of expecting an object.
    The text must be valid: use `parse_edtf`. Only the bundled data, which the tests check, is
    taken on trust.
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
    "A sort key: the earliest day, then the latest; an open end is infinitely far away."

    def __init__(self, text: str) -> None:
        object.__setattr__(self, "text", text)

    def __getattr__(self, name: str) -> Any:
        # Python calls this only while the slot is empty: a timeline of 100,000 events
        # pays for the dates that it looks at.
        if name not in Edtf.__slots__:
            raise AttributeError(name)
        write, text = object.__setattr__, self.text
        earliest, latest, precision = _bounds(text)
        write(self, "earliest", earliest)
        write(self, "latest", latest)
        write(self, "precision", precision)
        write(self, "approximate", "~" in text or "%" in text)
        write(self, "uncertain", "?" in text or "%" in text)
        write(self, "order", (earliest or date.min, latest or date.max))
        return getattr(self, name)

    def __setattr__(self, name: str, content: object) -> None:
        raise AttributeError(f"an Edtf is immutable: {name} cannot be set")

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        return type(self), (self.text,)  # for `copy` and `pickle`

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
        """The two dates of an interval; any other date twice.

        `None` for an end that is open or unknown; `open` tells which.
        """
        if not self.lasted:
            return self, self
        start, _, end = self.text.partition("/")
        known = [parse_edtf(part) if part not in ("", "..") else None for part in (start, end)]
        return known[0], known[1]

    @property
    def open(self) -> tuple[bool, bool]:
        """Whether the start, and whether the end, of an interval is open (`..`)."""
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


class Computed(Edtf):
    """A date worked out from others: no file states it, and it is not written back."""

    __slots__ = ()


class Period(Value):
    """A stretch of days, both ends inclusive; `None` is open."""

    start: date | None
    end: date | None

    @classmethod
    def of(cls, when: Edtf) -> Self:
        """Return everything that `when` can mean."""
        return cls(start=when.earliest, end=when.latest)

    @classmethod
    def around(cls, dates: Iterable[Edtf]) -> Self | None:
        """Return the days from the first to the last that any of the dates can mean.

        The start is open if no date has a known one; `None` without a date.
        """
        found = list(dates)
        starts = [when.earliest for when in found if when.earliest]
        ends = [when.latest for when in found if when.latest]
        if not starts and not ends:
            return None
        return cls(start=min(starts, default=None), end=max([*starts, *ends]))

    @property
    def text(self) -> str:
        """The days in EDTF: a day, or an interval whose open end is `..`."""
        if self.start == self.end:
            return str(self.start)
        return f"{self.start or '..'}/{self.end or '..'}"

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


# A century has 36,525 days, so a history of a million events repeats its dates.
@lru_cache(maxsize=1 << 16)
def parse_edtf(text: str) -> Edtf:
    """Return the date that `text` gives in EDTF. Raises ValueError with the reason.

    >>> parse_edtf("1988-08~").latest
    datetime.date(1988, 8, 31)
    """
    when = Edtf(text)
    _ = when.precision  # computes it all, so that a fault shows here and not at some later access
    return when


def _bounds(text: str) -> Bounds:
    if len(text) == 10 and text.isascii() and text[4] == text[7] == "-" and "X" not in text:
        # Nearly every date of a file is one day, and this is ten times as fast.
        try:
            day = date.fromisoformat(text)
        except ValueError:
            pass  # `_date_bounds` knows the reason
        else:
            return day, day, "day"
    if text.startswith("["):
        return _set_bounds(text)
    if "/" in text:
        start, _, end = ("" if part == ".." else part for part in text.partition("/"))
        return _range_bounds(start, end, text, "an interval")
    return _date_bounds(text, text)


def _date_bounds(text: str, whole: str) -> Bounds:
    """Return the bounds of a single date, which is part of the text `whole`."""
    match = _DATE.fullmatch(text)
    if match is None or not text.isascii():
        raise _refusal(text, whole)
    year, month, day, _ = match.groups("XX")
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if last == 0:
        raise ValueError(f"{whole!r}: {_YEARS}")
    if ("X" in year and (month, day) != ("XX", "XX")) or (month == "XX" and day != "XX"):
        raise _refusal(text, whole)
    if month == "XX":
        precision = "century" if year[2] == "X" else "decade" if year[3] == "X" else "year"
        return date(max(first, 1), 1, 1), date(last, 12, 31), precision
    # A season may not even have an unknown day, so `match[3]` and not `day`.
    period = in_year(first, int(month), match[3], whole)
    precision = "season" if int(month) in _SEASONS else "month" if day == "XX" else "day"
    return period.start, period.end, precision


def in_year(year: int, month: int, day: str | None, text: str) -> Period:
    """Return a month (1 to 12), a season (21 to 24) or a day of a month, which may be `XX`.

    Seasons are northern and meteorological: winter begins in December of its year.
    Raises ValueError with a reason that quotes `text`.
    """
    if year < 1:
        raise ValueError(f"{text!r}: {_YEARS}")
    if month in _SEASONS:
        if day is not None:
            raise ValueError(f"{text!r}: a season has no day")
        if (year, month) == (9999, 24):  # a winter that ends in the year 10000
            raise ValueError(f"{text!r}: {_YEARS}")
        start = date(year, 3 * (month - 20), 1)
        end = _month_end(year + 1, 2) if month == 24 else _month_end(year, start.month + 2)
        return Period(start=start, end=end)
    if day is None and 25 <= month <= 41:
        raise _refusal(f"{year:04}-{month}", text)
    if not 1 <= month <= 12:
        raise ValueError(f"{text!r}: there is no month {month:02}")
    end = _month_end(year, month)
    if day is None or day == "XX":
        return Period(start=date(year, month, 1), end=end)
    if not 1 <= int(day) <= end.day:
        raise ValueError(f"{text!r}: {_MONTHS[month - 1]} {year:04} has {end.day} days")
    exact = date(year, month, int(day))
    return Period(start=exact, end=exact)


def _month_end(year: int, month: int) -> date:
    # By hand, since `calendar` imports `locale`, and no run needs either otherwise.
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def _range_bounds(start: str, end: str, whole: str, kind: str) -> Bounds:
    """Return the bounds of two ends, one of which may be empty: open, or unknown."""
    if not start and not end:
        raise ValueError(f"{whole!r}: at least one end of {kind} must be known")
    first = _date_bounds(start, whole) if start else (None, None, PRECISIONS[0])
    last = _date_bounds(end, whole) if end else (None, None, PRECISIONS[0])
    if first[0] and last[1] and last[1] < first[0]:
        raise ValueError(f"{whole!r}: the end comes before the start")
    return first[0], last[1], max(first[2], last[2], key=PRECISIONS.index)


def _set_bounds(text: str) -> Bounds:
    """Return the bounds of `[A,B]`, `[A..B]`, `[..A]` or `[A..]`: it is not known which day."""
    if not text.endswith("]") or not ("," in text or ".." in text):
        forms = "[1988-05-14,1988-05-15] or [1988-05-09..1988-05-15]"
        raise ValueError(f"{quoted(text)}: a one-of set is written {forms}")
    if text.count(",") >= MOST_MEMBERS:
        count = f"{text.count(',') + 1:,}"
        raise ValueError(f"a one-of set of {count} dates; at most {MOST_MEMBERS} are read")
    members = []
    for member in map(str.strip, text[1:-1].split(",")):
        start, dots, end = member.partition("..")
        members.append(
            _range_bounds(start, end, text, "a range") if dots else _date_bounds(member, text)
        )
    starts, ends, precisions = zip(*members, strict=True)
    if None in starts and None in ends:
        # EDTF allows it, but it only says when something did not happen: every question about its
        # first and last day would be answered with all time, so it is refused like `../..`.
        either = "[..1988-05-14] or [1988-05-14..]"
        raise ValueError(f"{text!r}: a one-of set can be open at one end only: {either}")
    return (
        None if None in starts else min(starts),
        None if None in ends else max(ends),
        max(precisions, key=PRECISIONS.index),
    )


_UNSUPPORTED = (
    (r"\{.*", "a set of all members {...} (level 2) is several dates; write one record for each"),
    (r".*T\d\d(:.*|Z)?", "a time of day (level 0); only days are kept"),
    (r"Y?-?\d+E\d+(S\d+)?", f"an exponential year (level 2); {_YEARS}"),
    (r"Y?-?\d+S\d+", "significant digits of a year (level 2)"),
    (r"Y-?\d+", f"a year of more than four digits (level 1); {_YEARS}"),
    (r"-\d{4}(-.*)?", f"a year before 0001 (level 1); {_YEARS}"),
    (r"\d{4}-(2[5-9]|3\d|4[01])", "a season, a quarter or another part of a year (level 2)"),
    (r"(?=.*[?~%][\dX-])[\dX?~%-]{5,}", "a mark on a part of the date (level 2)"),
    (
        r"(?=.*X)[\dX]{4}(-[\dX]{2}){0,2}",
        "unknown digits other than in 198X, 19XX, 1988-XX and 1988-05-XX (level 2)",
    ),
)
"""The forms of EDTF that are not supported, and their names; a supported one never gets here."""


def _refusal(text: str, whole: str) -> ValueError:
    """Return why the date `text`, part of the text `whole`, cannot be read."""
    for form, name in _UNSUPPORTED:
        if re.fullmatch(form, text.rstrip("?~%"), re.ASCII):
            return ValueError(f"{quoted(whole)} is EDTF that is not supported: {name}")
    cause = ": an interval has one '/'" if "/" in text else ""
    return ValueError(f"{quoted(whole)} is not an EDTF date{cause}")


# --- plain English -------------------------------------------------------------------------------
#
# No two dates of different meaning read alike, and `time_expressions` reads back all that is
# written here. tests/test_date_words.py checks both, and lists where the words say less on purpose.


def day_text(day: date) -> str:
    """Return `15 May 1988`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {_year_text(str(day.year))}"


def range_text(period: Period) -> str:
    """Return the days of a period; a year or month that both ends share is named once.

    >>> range_text(Period(start=date(1988, 5, 15), end=date(1988, 8, 15)))
    '15 May to 15 Aug 1988'
    """
    start, end = period.start, period.end
    if start is None:
        return f"until {day_text(end)}" if end else "all time"
    if end is None:
        return f"from {day_text(start)}"
    return day_text(start) if start == end else _pair_text(str(start), " to ", str(end))


@lru_cache(maxsize=4096)
def date_text(when: Edtf) -> str:
    """Return the date and its doubt: `c. 10 Aug 1988`, `Oct 1986`, `15 May – 15 Aug 1988`.

    >>> date_text(parse_edtf("[1988-05-14,1988-05-15]"))
    '14 or 15 May 1988'
    """
    if when.text.startswith("["):
        return _set_text([member.strip() for member in when.text[1:-1].split(",")])
    if not when.lasted:
        return _single_text(when.text)
    start, end = when.text.split("/")
    if start == "..":
        return f"until {_single_text(end)}"
    if end == "..":
        return f"from {_single_text(start)}"
    if start == end and len(start) == 10 and when.exact:
        return _single_text(start)  # what lasted one day happened on it
    if not (start and end):
        return f"{_single_text(start) if start else '?'} – {_single_text(end) if end else '?'}"
    if start[5:7] == "24" and end.rstrip("?~%") == f"{int(start[:4]) + 1:04}":
        # `winter 1988 – 1989` is one winter.
        return f"from {_single_text(start)} to {_single_text(end)}"
    return _pair_text(start, " – ", end)


def _single_text(text: str) -> str:
    """Return a single date in words; a season is written as a month: `1988-21`."""
    circa = "c. " if text.endswith(("~", "%")) else ""
    return f"{circa}{' '.join(_words(text))}{'?' if text.endswith(('?', '%')) else ''}"


def _words(text: str) -> list[str]:
    """Return the day, the month or season, and the year of a date, as far as they are known."""
    year, *rest = text.rstrip("?~%").split("-")
    words = [_year_text(year)]
    if rest and rest[0] != "XX":
        month = int(rest[0])
        words.append(_SEASONS.get(month) or _MONTHS[month - 1])
    if len(rest) == 2 and rest[1] != "XX":
        words.append(str(int(rest[1])))
    return words[::-1]


def _year_text(year: str) -> str:
    """Return a year, a decade or a century in words.

    >>> [_year_text(year) for year in ("1988", "0044", "198X", "190X", "19XX")]
    ['1988', 'AD 44', '1980s', '1900s (decade)', '1900s (century)']
    """
    first = int(year.replace("X", "0"))
    # `15 Mar 44` would be read as 1944, and `523` as a number of something.
    era = "AD " if first < 1000 else ""
    if "X" not in year:
        return f"{era}{first}"
    kind = " (century)" if year[2] == "X" else " (decade)" if first % 100 == 0 else ""
    return f"{era}{first}s{kind}"


def _pair_text(start: str, joint: str, end: str) -> str:
    """Return two dates with a joint between them; a year or month that both share is named once.

    Not if they differ in precision (`15 May 1988 – 1988`), nor if either is in doubt: `c.` and `?`
    belong to one end alone, and a shortened span would lend them to both.
    """
    first, last = _words(start), _words(end)
    sure = start[-1] not in "?~%" and end[-1] not in "?~%"
    if sure and first != last and Edtf(start).precision == Edtf(end).precision:
        shared = sum(one == other for one, other in zip(first[1:], last[1:], strict=True))
        if shared == 2:
            return f"{first[0]}{joint if joint != ' – ' else '–'}{' '.join(last)}"
        if shared and first[-1] == last[-1]:
            return f"{' '.join(first[:-1])}{joint}{' '.join(last)}"
    return f"{_single_text(start)}{joint}{_single_text(end)}"


def _set_text(members: list[str]) -> str:
    """Return the members of a one-of set in words, each a date or a range with `..`."""
    texts: list[str] = []
    for member, following in zip(members, [*members[1:], ""], strict=True):
        start, dots, end = member.partition("..")
        if start and end:
            texts.append(f"between {_pair_text(start, ' and ', end)}")
        elif dots:
            texts.append(f"by {_single_text(end)}" if end else f"{_single_text(start)} or later")
        elif following and ".." not in following:
            texts.append(_pair_text(start, " or ", following).partition(" or ")[0])
        else:
            texts.append(_single_text(start))
    return " or ".join(texts)


def to_precision(day: date, precision: str) -> str:
    """Return the day, the month or the year as EDTF; for a season its month.

    >>> to_precision(date(1988, 5, 15), "month"), to_precision(date(1988, 5, 15), "decade")
    ('1988-05', '1988')
    """
    return str(day)[: {"day": 10, "month": 7, "season": 7}.get(precision, 4)]


def today() -> date:
    """Return the local day. The only use of the clock, which tests replace."""
    return datetime.now().astimezone().date()
