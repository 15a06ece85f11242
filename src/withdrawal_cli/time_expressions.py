"""The times that a user types: text to `Period`, both ends inclusive, by one grammar everywhere.

A partial date means all of it. A date comes first, then the id of a phase or an event; either may
carry an offset. Two-digit years and `4/5/1988` are refused with what they can mean.
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
_SPAN_HINT = "Write 1988-05..1988-08, 1988-05.. or ..1988-08."
_OFFSET = r"(?P<base>.+?) ?(?P<sign>[+-]) ?(?P<steps>(?:\d+ ?[dwmy] ?)+)"
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_PARTS = ("early", "mid", "late")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LOOKS_LIKE_EDTF = r"y?[\dx?~%/.,\[\]{} -]+"


def parse_period(text: str, resolve: Resolve, near: Near = lambda _: ()) -> Period:
    """Return the days that `text` means. Raises UsageError.

    >>> parse_period("May 1988..mid-June 1988", lambda _: None)
    Period(start=datetime.date(1988, 5, 1), end=datetime.date(1988, 6, 20))
    """
    text = " ".join(text.split())
    ends = [end.strip() for end in re.split(_SPAN, text)]
    if len(ends) == 1:
        return _with_offset(text, resolve, near)
    if len(ends) > 2:
        raise UsageError(
            f"{text!r}: a span has one '..'",
            hint="Write 1988-05..1988-08; both ends are included.",
        )
    if not any(ends):
        raise UsageError(f"{text!r}: at least one end must be given", hint=_SPAN_HINT)
    first, last = (_with_offset(end, resolve, near) if end else None for end in ends)
    period = Period(start=first.start if first else None, end=last.end if last else None)
    if period.start is None and period.end is None:  # `..1988/`, or `../1988..1988/`
        raise UsageError(f"{text!r} is open at both ends", hint=_SPAN_HINT)
    return checked(period, text)


def checked(period: Period, text: str) -> Period:
    """Return `period`. Raises UsageError, quoting `text`, when it ends before it starts."""
    if period.start and period.end and period.end < period.start:
        raise UsageError(
            f"{text!r} ends ({day_text(period.end)}) before it starts ({day_text(period.start)})",
            hint="Write the earlier date first; both ends are included.",
        )
    return period


def _with_offset(text: str, resolve: Resolve, near: Near) -> Period:
    """Return a date, or the date of an id, moved by its offset."""
    base, offset = text, None
    period = _date_or_id(text, resolve)
    # Ids have hyphens too, so `siege-2d` is only taken apart when nothing has that id.
    if period is None and (offset := re.fullmatch(_OFFSET, text, re.ASCII | re.IGNORECASE)):
        base = offset["base"]
        period = _date_or_id(base, resolve)
    if period is None:
        close = near(base.lower())
        hint = f"Did you mean {' or '.join(close)}?" if close else EXAMPLES
        raise UsageError(f"{base!r} is not a date, nor the id of a phase or an event", hint=hint)
    return _moved(period, offset["sign"], offset["steps"], text) if offset else period


def _date_or_id(text: str, resolve: Resolve) -> Period | None:
    """Return a date, or the date of the record of that id; `None` for neither."""
    refusal = None
    try:
        if period := _date(text):
            return period
    except ValueError as error:
        refusal = UsageError(str(error), hint=EXAMPLES)
    except UsageError as error:
        refusal = error
    if when := resolve(text.lower()):
        return Period.of(when)
    if refusal:  # only now: an id may look like a faulty date
        raise refusal
    return None


def _moved(period: Period, sign: str, steps: str, text: str) -> Period:
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
            f"{text!r} leaves the years 0001 to 9999", hint="Write a smaller offset."
        ) from None


# --- dates ---------------------------------------------------------------------------------------


def _date(text: str) -> Period | None:
    """Return a date in any spelling; `None` when it is not one.

    Raises ValueError or UsageError for a faulty one.
    """
    try:
        return Period.of(parse_edtf(text.upper()))
    except ValueError as error:
        reason = str(error)
    for pattern, read in _FORMS:
        match = re.fullmatch(pattern, text, re.ASCII | re.IGNORECASE)
        if match and (period := read(text, **match.groupdict())):
            return period
    written_as_edtf = re.fullmatch(_LOOKS_LIKE_EDTF, text, re.ASCII | re.IGNORECASE)
    if written_as_edtf and not reason.endswith("is not an EDTF date"):
        raise ValueError(reason)
    return None


def _today(_text: str) -> Period:
    return Period(start=today(), end=today())


def _quarter(text: str, year: str, quarter: str) -> Period:
    last = 3 * int(quarter)
    if not 3 <= last <= 12:
        raise ValueError(f"{text!r}: a year has the quarters 1 to 4")
    start = in_year(int(year), last - 2, None, text).start
    return Period(start=start, end=in_year(int(year), last, None, text).end)


def _week(text: str, year: str, week: str) -> Period:
    """Return Monday to Sunday of an ISO 8601 week."""
    if not 1 <= int(year) <= 9998:
        raise ValueError(f"{text!r}: years of weeks go from 0001 to 9998")
    weeks = date(int(year), 12, 28).isocalendar().week  # the last week holds 28 December
    if not 1 <= int(week) <= weeks:
        raise ValueError(f"{text!r}: {year} has the weeks 1 to {weeks}")
    monday = date.fromisocalendar(int(year), int(week), 1)
    return Period(start=monday, end=monday + timedelta(days=6))


def _season(text: str, season: str, year: str) -> Period:
    number = _SEASONS[season.lower()]
    if len(year) == 2:
        raise _ambiguous(text, [(year, number, None)])
    return in_year(int(year), number, None, text)


def _part(text: str, part: str, base: str) -> Period | None:
    """Return a third of a month (days 1-10, 11-20, 21 to the end) or of a year (four months)."""
    period = _date(base)
    if period is None:
        return None
    third = _PARTS.index(part.lower())
    if (first := period.start) and (last := period.end):
        if period == in_year(first.year, first.month, None, text):
            end = last if third == 2 else last.replace(day=10 * third + 10)
            return Period(start=first.replace(day=10 * third + 1), end=end)
        if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
            last_month = in_year(first.year, 4 * third + 4, None, text)
            return Period(start=first.replace(month=4 * third + 1), end=last_month.end)
    raise ValueError(f"{text!r}: only a month or a year has an early, a mid and a late part")


def _time_of_day(text: str) -> None:
    raise ValueError(f"{text!r}: times of day are not kept, only days")


def _in_english(text: str) -> Period | None:
    """Return the day or month of `15 May 1988`, `May 15th, 1988`, `May 1988`."""
    words, numbers = re.findall(r"[A-Za-z]+", text), re.findall(r"\d+", text)
    if len(numbers) > 2 or not any(word.lower().startswith(_MONTHS) for word in words):
        return None
    from dateutil.parser import parserinfo  # 30 ms, so only when a month is named

    months = [
        parserinfo().month(word)
        for word in words
        if word.lower() not in ("of", "st", "nd", "rd", "th")
    ]
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(months) != 1 or months[0] is None:
        return None
    if len(years) > 1 or len(years) + len(days) < len(numbers):
        return None
    if years:
        return in_year(int(years[0]), months[0], days[0] if days else None, text)
    if len(days) == 2:
        raise _ambiguous(text, [(days[1], months[0], days[0]), (days[0], months[0], days[1])])
    if days and int(days[0]) > 31:
        raise _ambiguous(text, [(days[0], months[0], None)])
    raise UsageError(
        f"{text!r} has no year", hint="Write the year in full, such as 15 May 1988 or May 1988."
    )


# --- dates with more than one reading ------------------------------------------------------------

Order = tuple[str, str | int, str | None]
"""A year, a month (or a season) and a day."""


def _numbers(text: str, one: str, two: str, three: str) -> None:
    """Refuse `4/5/88` and `4/5/1988`."""
    orders: list[Order] = [(three, two, one), (three, one, two)]
    if len(one) == len(three) == 2:
        orders.append((one, two, three))
    raise _ambiguous(text, orders)


def _year_first(text: str, year: str, month: str, day: str | None) -> None:
    """Refuse `1988/5/15` and `1988-5`, which only lack a zero or a hyphen."""
    if _readings([(year, month, day)]):
        raise _ambiguous(text, [(year, month, day)])


def _ambiguous(text: str, orders: list[Order]) -> UsageError:
    """Return the refusal of a date that can be read in these orders."""
    readings = _readings(orders)
    if len(readings) == 1:  # only the century of a two-digit year is in doubt
        readings |= _readings(orders, centuries_back=1)
    choices = " or ".join(date_text(when) for when in readings) or "no day at all"
    hint = f"Write {' or '.join(when.text for when in readings)}." if readings else EXAMPLES
    return UsageError(f"{text!r} can be read as {choices}", hint=hint)


def _readings(orders: list[Order], centuries_back: int = 0) -> dict[Edtf, None]:
    """Return the orders that are dates; a two-digit year is the latest one that has begun."""
    found: dict[Edtf, None] = {}
    this_year = today().year
    for year, month, day in orders:
        full = int(year)
        if len(year) < 4:
            full = this_year - (this_year - full) % 100 - 100 * centuries_back
        text = f"{full:04}-{int(month):02}" + (f"-{int(day):02}" if day else "")
        try:
            found[parse_edtf(text)] = None
        except ValueError:
            continue
    return found


_FORMS: tuple[tuple[str, Callable[..., Period | None]], ...] = (
    (r"today", _today),
    (r"(?P<year>\d{4})[ -]?q(?P<quarter>\d)", _quarter),
    (r"(?P<year>\d{4})-?w(?P<week>\d\d)", _week),
    (rf"(?P<season>{'|'.join(_SEASONS)}) (?:of )?(?P<year>\d{{4}}|\d\d)", _season),
    (rf"(?P<part>{'|'.join(_PARTS)})[ -](?P<base>(?!{'|'.join(_PARTS)}).+)", _part),
    (r"(?P<one>\d\d?)[/.-](?P<two>\d\d?)[/.-](?P<three>\d{4}|\d\d)", _numbers),
    (r"(?P<year>\d{4})[/.-](?P<month>0?[1-9]|1[0-2])(?:[/.-](?P<day>\d\d?))?", _year_first),
    (r".*\d:\d\d.*", _time_of_day),
    (r"[a-z\d][a-z\d ,.-]*", _in_english),
)
"""The spellings of a date beside EDTF, and the function that reads each from the named groups."""
