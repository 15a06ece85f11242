"""What a user types for a time, read by one grammar everywhere: text to `Period`, both ends inclusive.

A partial date means the whole of it. What reads as a date is a date; then comes the id of a phase or an event; either may
carry an offset. Two-digit years and `4/5/1988` are refused with what they can mean. Dateutil is imported when it is needed.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from withdrawal_cli.dates import (
    EXAMPLES,
    Edtf,
    Period,
    date_text,
    day_text,
    in_year,
    parse_edtf,
    today,
)
from withdrawal_cli.errors import UsageError

Resolve = Callable[[str], Edtf | None]
"""Looks up the date of a phase or an event by its id in lower case; `None` when there is none."""

Near = Callable[[str], Sequence[str]]
"""Finds the ids that a word may have been meant for, the nearest first."""

_SPAN = r"(?<!/)\.\.(?!/)(?![^\[]*\])"
"""The dots of `A..B`, not those of `A/..` or `[A..B]`."""
_SPANS = "Write 1988-05..1988-08, 1988-05.. or ..1988-08."
_OFFSET = r"(?P<base>.+?) ?(?P<sign>[+-]) ?(?P<steps>(?:\d+ ?[dwmy] ?)+)"
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_PARTS = ("early", "mid", "late")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LOOKS_LIKE_EDTF = r"y?[\dx?~%/.,\[\]{} -]+"


def parse_period(text: str, resolve: Resolve, near: Near = lambda _: ()) -> Period:
    """Return the days that a user's words name. Raises UsageError.

    >>> parse_period("May 1988..mid-June 1988", lambda _: None)
    Period(start=datetime.date(1988, 5, 1), end=datetime.date(1988, 6, 20))
    """
    words = " ".join(text.split())
    ends = [end.strip() for end in re.split(_SPAN, words)]
    if len(ends) == 1:
        return _point(words, resolve, near)
    if len(ends) > 2:
        raise UsageError(
            f"{words!r}: a span has one '..'",
            hint="Write 1988-05..1988-08; both ends are included.",
        )
    if not any(ends):
        raise UsageError(f"{words!r}: at least one end must be given", hint=_SPANS)
    first, last = (_point(end, resolve, near) if end else None for end in ends)
    period = Period(start=first.start if first else None, end=last.end if last else None)
    if period.start is None and period.end is None:  # `..1988/`, or `../1988..1988/`
        raise UsageError(f"{words!r} is open at both ends", hint=_SPANS)
    return checked(period, words)


def checked(period: Period, text: str) -> Period:
    """Return `period`; raises UsageError when its end comes before its start."""
    if period.start and period.end and period.end < period.start:
        raise UsageError(
            f"{text!r} ends ({day_text(period.end)}) before it starts ({day_text(period.start)})",
            hint="Write the earlier date first; both ends are included.",
        )
    return period


def _point(words: str, resolve: Resolve, near: Near) -> Period:
    """Return a date or the date of an id, moved by an offset. The whole comes first, since ids have hyphens too."""
    found, base = _unmoved(words, resolve), words
    moved = None if found else re.fullmatch(_OFFSET, words, re.ASCII | re.IGNORECASE)
    if moved:
        base = moved["base"]
        found = _unmoved(base, resolve)
    if found is None:
        close = near(base.lower())
        hint = f"Did you mean {' or '.join(close)}?" if close else EXAMPLES
        raise UsageError(f"{base!r} is not a date, nor the id of a phase or an event", hint=hint)
    return _move(found, moved["sign"], moved["steps"], words) if moved else found


def _unmoved(words: str, resolve: Resolve) -> Period | None:
    """Return a date or the date of an id; what is wrong with a date is said only when there is no such id."""
    refusal = None
    try:
        found = _dated(words)
    except ValueError as error:
        found, refusal = None, UsageError(str(error), hint=EXAMPLES)
    except UsageError as error:
        found, refusal = None, error
    if found is None:
        when = resolve(words.lower())
        found = Period.of(when) if when else None
    if found is None and refusal:
        raise refusal
    return found


def _move(period: Period, sign: str, steps: str, words: str) -> Period:
    """Return the period with both ends moved; a day that the month lacks becomes its last."""
    from dateutil.relativedelta import relativedelta

    counts = dict.fromkeys("ymwd", 0)
    try:
        for count, unit in re.findall(r"(\d+) ?([ymwd])", steps.lower()):
            counts[unit] += int(sign + count)
        step = relativedelta(
            years=counts["y"], months=counts["m"], weeks=counts["w"], days=counts["d"]
        )
        return Period(
            start=period.start and period.start + step, end=period.end and period.end + step
        )
    except (ValueError, OverflowError):
        raise UsageError(
            f"{words!r} leaves the years 0001 to 9999", hint="Write a smaller offset."
        ) from None


# --- dates ---------------------------------------------------------------------------------------


def _dated(words: str) -> Period | None:
    """Return the days of a date in any spelling; `None` when it is none. Raises ValueError or UsageError for a faulty one."""
    try:
        return Period.of(parse_edtf(words.upper()))
    except ValueError as error:
        reason = str(error)
    for pattern, read in _FORMS:
        match = re.fullmatch(pattern, words, re.ASCII | re.IGNORECASE)
        period = read(words, **match.groupdict()) if match else None
        if period:
            return period
    if re.fullmatch(_LOOKS_LIKE_EDTF, words, re.ASCII | re.IGNORECASE) and not reason.endswith(
        "is not an EDTF date"
    ):
        raise ValueError(reason)
    return None


def _today(_words: str) -> Period:
    day = today()
    return Period(start=day, end=day)


def _quarter(words: str, year: str, quarter: str) -> Period:
    number = int(quarter)
    if not 1 <= number <= 4:
        raise ValueError(f"{words!r}: a year has the quarters 1 to 4")
    first, _, _ = in_year(int(year), 3 * number - 2, None, words)
    _, last, _ = in_year(int(year), 3 * number, None, words)
    return Period(start=first, end=last)


def _week(words: str, year: str, week: str) -> Period:
    """Return Monday to Sunday of an ISO week: week 1 holds 4 January, and the last week 28 December."""
    if not 1 <= int(year) <= 9998:
        raise ValueError(f"{words!r}: years of weeks go from 0001 to 9998")
    weeks = date(int(year), 12, 28).isocalendar().week
    if not 1 <= int(week) <= weeks:
        raise ValueError(f"{words!r}: {year} has the weeks 1 to {weeks}")
    monday = date.fromisocalendar(int(year), int(week), 1)
    return Period(start=monday, end=monday + timedelta(days=6))


def _season(words: str, season: str, year: str) -> Period:
    number = _SEASONS[season.lower()]
    if len(year) == 2:
        raise _two_ways(words, [(year, number, None)])
    first, last, _ = in_year(int(year), number, None, words)
    return Period(start=first, end=last)


def _part(words: str, part: str, whole: str) -> Period | None:
    """Return a third of a month (days 1-10, 11-20, 21 to the end) or of a year (four months each)."""
    period = _dated(whole)
    if period is None:
        return None
    first, last, third = period.start, period.end, _PARTS.index(part.lower())
    if first and last:
        if (first, last) == in_year(first.year, first.month, None, words)[:2]:
            return Period(
                start=first.replace(day=10 * third + 1),
                end=last if third == 2 else last.replace(day=10 * third + 10),
            )
        if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
            _, end, _ = in_year(first.year, 4 * third + 4, None, words)
            return Period(start=first.replace(month=4 * third + 1), end=end)
    raise ValueError(f"{words!r}: only a month or a year has an early, a mid and a late part")


def _timed(words: str) -> None:
    raise ValueError(f"{words!r}: times of day are not kept, only days")


def _worded(words: str) -> Period | None:
    """Return the day or the month that English words name completely: `15 May 1988`, `May 15th, 1988`, `May 1988`."""
    letters, numbers = re.findall(r"[A-Za-z]+", words), re.findall(r"\d+", words)
    if len(numbers) > 2 or not any(word.lower().startswith(_MONTHS) for word in letters):
        return None
    from dateutil.parser import parserinfo

    known = parserinfo()
    months = [
        known.month(word) for word in letters if word.lower() not in ("of", "st", "nd", "rd", "th")
    ]
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if (
        len(months) != 1
        or months[0] is None
        or len(years) > 1
        or len(years) + len(days) < len(numbers)
    ):
        return None
    if years:
        first, last, _ = in_year(int(years[0]), months[0], days[0] if days else None, words)
        return Period(start=first, end=last)
    if len(days) == 2:
        raise _two_ways(words, [(days[1], months[0], days[0]), (days[0], months[0], days[1])])
    if days and int(days[0]) > 31:
        raise _two_ways(words, [(days[0], months[0], None)])
    raise UsageError(
        f"{words!r} has no year", hint="Write the year in full, such as 15 May 1988 or May 1988."
    )


# --- dates that can mean two ---------------------------------------------------------------------

Order = tuple[str, str | int, str | None]
"""A year, a month (or a season) and a day."""


def _numbers(words: str, one: str, two: str, three: str) -> None:
    """Refuse `4/5/88` and `4/5/1988`."""
    orders: list[Order] = [(three, two, one), (three, one, two)]
    if len(one) == len(three) == 2:
        orders.append((one, two, three))
    raise _two_ways(words, orders)


def _year_first(words: str, year: str, month: str, day: str | None) -> None:
    """Refuse `1988/5/15` and `1988-5`, which only lack a zero or a hyphen."""
    orders: list[Order] = [(year, month, day)]
    if _readings(orders):
        raise _two_ways(words, orders)


def _two_ways(words: str, orders: list[Order]) -> UsageError:
    """Return the refusal of a date that can be read in these orders. A two-digit year has a century to choose, too."""
    readings = _readings(orders)
    if len(readings) == 1:
        readings |= _readings(orders, back=100)
    choices = " or ".join(date_text(when) for when in readings) or "no day at all"
    hint = f"Write {' or '.join(when.text for when in readings)}." if readings else EXAMPLES
    return UsageError(f"{words!r} can be read as {choices}", hint=hint)


def _readings(orders: list[Order], back: int = 0) -> dict[Edtf, None]:
    """Return the dates that there are among `orders`; a two-digit year is the latest one that has begun, less `back`."""
    found: dict[Edtf, None] = {}
    for year, month, day in orders:
        now = today().year
        full = int(year) if len(year) == 4 else now - (now - int(year)) % 100 - back
        try:
            found[parse_edtf(f"{full:04}-{int(month):02}" + (f"-{int(day):02}" if day else ""))] = (
                None
            )
        except ValueError:
            continue
    return found


_FORMS: tuple[tuple[str, Callable[..., Period | None]], ...] = (
    (r"today", _today),
    (r"(?P<year>\d{4})[ -]?q(?P<quarter>\d)", _quarter),
    (r"(?P<year>\d{4})-?w(?P<week>\d\d)", _week),
    (rf"(?P<season>{'|'.join(_SEASONS)}) (?:of )?(?P<year>\d{{4}}|\d\d)", _season),
    (rf"(?P<part>{'|'.join(_PARTS)})[ -](?P<whole>(?!{'|'.join(_PARTS)}).+)", _part),
    (r"(?P<one>\d\d?)[/.-](?P<two>\d\d?)[/.-](?P<three>\d{4}|\d\d)", _numbers),
    (r"(?P<year>\d{4})[/.-](?P<month>0?[1-9]|1[0-2])(?:[/.-](?P<day>\d\d?))?", _year_first),
    (r".*\d:\d\d.*", _timed),
    (r"[a-z\d][a-z\d ,.-]*", _worded),
)
"""The spellings of a date beside EDTF, and the function that reads each from the named parts."""
