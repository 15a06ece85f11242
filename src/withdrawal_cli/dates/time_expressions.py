"""The times that a person writes, read by one grammar everywhere: options, imports, the browser.

`parse_date` returns the `Edtf` that is meant, with its doubt: `c. 1820`, `4 or 5 Aug 1988`, `Q2
1988`, all that `dates` prints. `parse_period` returns its days, for a filter; a partial date means
all of it, and the id of a phase or an event may stand in its place and carry an offset.

A numeric date is read when it has one reading; `4/5/1988`, `1900s` and years of two digits are
refused with what they can mean.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import cache

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
from withdrawal_cli.safety import quoted
from withdrawal_cli.values import Value

Resolve = Callable[[str], Edtf | None]
"""Looks up the date of a phase or an event by its id in lower case; `None` when there is none."""

Near = Callable[[str], Sequence[str]]
"""Finds the ids that a word may have been meant for, the nearest first."""

LONGEST = 300
"""In characters: no longer text is read as a date in words, which takes recursion."""

_SPAN = r"(?<!/)\.\.(?!/)(?![^\[]*\])"
"""The dots of `A..B`, not those of `A/..` or `[A..B]`."""
_SPAN_HINT = "Write 1988-05..1988-08, 1988-05.. or ..1988-08."
_OFFSET = r"(?P<base>.+?) ?(?P<sign>[+-]) ?(?P<steps>(?:\d+ ?[dwmy] ?)+)"
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_NAMED = {
    **{name: number for number, name in enumerate(_MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(_MONTHS, 1)},
    "sept": 9,
    **_SEASONS,
}
"""The words for a month or a season, and its number in EDTF."""
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PARTS = ("early", "mid", "late")
_LOOKS_LIKE_EDTF = r"y?[\dx?~%/.,\[\]{}:tzes -]+"
_DASHES = str.maketrans("‐‑‒—―−→", "–––––––")


def parse_date(text: str) -> Edtf:
    """Return the date that a person wrote, with its doubt. Raises UsageError.

    >>> [str(parse_date(text)) for text in ("c. 1820", "4 or 5 Aug 1988", "before 1900")]
    ['1820~', '[1988-08-04,1988-08-05]', '[..1899]']
    """
    text = _tidy(text)
    _date.cache_clear()
    try:
        when = _date(text)
    except ValueError as error:
        raise UsageError(str(error), hint=EXAMPLES) from None
    if when is None:
        raise UsageError(f"{quoted(text)} is not a date", hint=EXAMPLES)
    return when


def _tidy(text: str) -> str:
    """Return a text with single spaces, without invisible characters copied along with it."""
    text = " ".join(text.split())
    return text if text.isprintable() else "".join(filter(str.isprintable, text))


def edtf_hint(text: str) -> str:
    """Return what to write in a file instead of `text`, which is not EDTF or not supported.

    >>> edtf_hint("c. 1895"), edtf_hint("192?")
    ('Write 1895~.', 'Write 192X or 0192?.')
    >>> edtf_hint("2004-06~-11"), edtf_hint("2001-34"), edtf_hint("1950S3"), edtf_hint("156X-12")
    ('Write 2004-06-11~.', 'Write [2001-04..2001-06].', 'Write 195X.', 'Write 156X.')
    """
    for pattern, now in _DRAFT_OF_2012:
        text = re.sub(pattern, now, text, flags=re.ASCII)
    if near := _near(text):
        return f"Write {near}."
    try:
        return f"Write {parse_date(text)}."
    except UsageError as refusal:
        return refusal.hint or EXAMPLES


_DRAFT_OF_2012 = (
    (r"\bunknown\b", ""),
    (r"\bopen\b", ".."),
    (r"(?<=[\d-])u(?=u|\b)|(?<=[\d-]u)u", "X"),
    (r"\?~|~\?", "%"),
    (r"(?<=-)\((?=\d)|(?<=\d)\)(?=[?~%])", ""),
)
"""What EDTF was before it became ISO 8601-2, and libraries still have: `199u`, `unknown/2006`."""


def _near(text: str) -> str | None:
    """Return the nearest EDTF that is supported; `None` if that is not known."""
    for pattern, near in _NEAR_EDTF:
        if match := re.fullmatch(pattern, text, re.ASCII):
            return near(**match.groupdict())
    if text.count("/") != 1:
        return None
    start, end = (part if _kept(part) else _near(part) or part for part in text.split("/"))
    if start.startswith("["):
        start = start[1:].partition("..")[0]
    if end.startswith("["):
        end = end[:-1].rpartition("..")[2]
    return _kept(f"{start}/{end}")


def _kept(text: str) -> str | None:
    """Return `text` if it is supported EDTF; `None` for any other text."""
    with suppress(ValueError):
        return parse_edtf(text).text
    return None


def _with_hyphens(year: str, month: str, day: str) -> str | None:
    return _kept(f"{year}-{month}-{day}")


def _months(year: str, number: str) -> str:
    """Return a quarter (33 to 36), a third (37 to 39) or a half (40, 41) of a year."""
    part, length = next(
        (int(number) - first, length)
        for first, length in ((40, 6), (37, 4), (33, 3))
        if int(number) >= first
    )
    return f"[{year}-{part * length + 1:02}..{year}-{(part + 1) * length:02}]"


def _southern(year: str, number: str) -> str:
    """Return spring (29), summer, autumn or winter (32) in the southern hemisphere."""
    starts, ends = ((9, 11), (12, 2), (3, 5), (6, 8))[int(number) - 29]
    return f"[{year}-{starts:02}..{int(year) + (ends == 2):04}-{ends:02}]"


def _marks_last(date: str) -> str:
    marks = set(re.findall("[?~%]", date))
    return re.sub("[?~%]", "", date) + (marks.pop() if len(marks) == 1 else "%")


def _month_or_span(year: str, end: str) -> str:
    month = f"a month as {year}-01 to {year}-12"
    return f"{year}/{year[:2]}{end} for a span of years, {month}" if end > year[2:] else month


_NEAR_EDTF: tuple[tuple[str, Callable[..., str | None]], ...] = (
    (r"(?P<year>\d{4})-(?P<number>3[3-9]|4[01])", _months),
    (r"(?P<year>\d{4})-2(?P<season>[5-8])", lambda year, season: f"{year}-2{int(season) - 4}"),
    (r"(?P<year>\d{4})-(?P<number>29|3[0-2])", _southern),
    (r"(?P<year>\d{4})-(?P<end>\d\d)", _month_or_span),
    (r"(?P<digits>\d\d)\d\dS2", lambda digits: f"{digits}XX"),
    (r"(?P<digits>\d{3})\dS3", lambda digits: f"{digits}X"),
    (r"(?P<year>\d{3}X|\d\dXX)(-[\dX]{2}){1,2}", lambda year: year),
    (r"(?P<year>\d{4})-(XX-\d\d|\dX(-[\dX]{2})?)", lambda year: year),
    (r"(?P<month>\d{4}-\d\d)-(\dX|X\d)", lambda month: month),
    (r"(?P<year>\d{3})\?", lambda year: f"{year}X or 0{year}?"),
    (r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)", _with_hyphens),
    (r"(?P<day>\d{4}-\d\d-\d\d)[T ]\d\d[^/]*", lambda day: day),
    (r"(?P<date>(?=.*[?~%][\d-])[?~%]?\d{4}[\d?~%-]+)", _marks_last),
)
"""EDTF that is not supported, or nearly EDTF, and what to write instead."""


def parse_day_of_year(text: str) -> tuple[int, int] | None:
    """Return the month and the day of `15 February`, which names no year; else `None`.

    >>> parse_day_of_year("Feb 29th"), parse_day_of_year("30 Feb"), parse_day_of_year("Feb")
    ((2, 29), None, None)
    """
    fields = _fields(_tidy(text))
    if fields is None or fields.year or not (fields.day and fields.month) or fields.mark:
        return None
    try:
        day = in_year(2000, fields.month, fields.day, text).start  # a leap year
    except ValueError:
        return None
    return (day.month, day.day) if day else None


def parse_period(text: str, resolve: Resolve, near: Near = lambda _: ()) -> Period:
    """Return the days that `text` means. Raises UsageError.

    >>> parse_period("May 1988..mid-June 1988", lambda _: None)
    Period(start=datetime.date(1988, 5, 1), end=datetime.date(1988, 6, 20))
    """
    text = _tidy(text)
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
        raise UsageError(
            f"{quoted(base)} is not a date, nor the id of a phase or an event", hint=hint
        )
    return _moved(period, offset["sign"], offset["steps"], text) if offset else period


def _date_or_id(text: str, resolve: Resolve) -> Period | None:
    """Return a date, or the date of the record with that id; `None` for neither."""
    refusal = None
    _date.cache_clear()
    try:
        if when := _date(text):
            return Period.of(when)
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
            f"{text!r} is outside the years 0001 to 9999", hint="Write a smaller offset."
        ) from None


# --- dates ---------------------------------------------------------------------------------------


@cache
def _date(text: str) -> Edtf | None:
    """Return a date in any spelling; `None` when it is not one.

    Raises ValueError or UsageError for a faulty one.
    """
    # Cached, because many forms try the same part of a text: `from .. from .. from ..` would take
    # twice as long with each word. Only while one text is read, for `today` is not for ever.
    text = re.sub(" ?/ ?", "/", text)
    try:
        return parse_edtf(text.upper())
    except ValueError as error:
        reason = str(error)
    if len(text) > LONGEST:
        return None
    text = re.sub(r"(?<=\w)--(?=\w)|(?<= )--(?= )", "–", text.translate(_DASHES))
    for pattern, read in _FORMS:
        match = re.fullmatch(pattern, text, re.ASCII | re.IGNORECASE)
        if match and (when := read(text, **match.groupdict())):
            return when
    written_as_edtf = re.fullmatch(_LOOKS_LIKE_EDTF, text, re.ASCII | re.IGNORECASE)
    if written_as_edtf and not reason.endswith("is not an EDTF date"):
        raise ValueError(reason)
    return None


def _today(_text: str) -> Edtf:
    return Edtf(str(today()))


def _quarter(text: str, year: str, quarter: str) -> Edtf:
    last = 3 * int(quarter)
    if not 3 <= last <= 12:
        raise ValueError(f"{text!r}: a year has quarters 1 to 4")
    in_year(int(year), last, None, text)
    return parse_edtf(f"[{year}-{last - 2:02}..{year}-{last:02}]")


def _week(text: str, year: str, week: str) -> Edtf:
    """Return Monday to Sunday of an ISO 8601 week."""
    if not 1 <= int(year) <= 9998:
        raise ValueError(f"{text!r}: years with weeks go from 0001 to 9998")
    weeks = date(int(year), 12, 28).isocalendar().week  # the last week holds 28 December
    if not 1 <= int(week) <= weeks:
        raise ValueError(f"{text!r}: {year} has weeks 1 to {weeks}")
    monday = date.fromisocalendar(int(year), int(week), 1)
    return parse_edtf(f"[{monday}..{monday + timedelta(days=6)}]")


def _winter(_text: str, year: str, next_year: str, **marks: str | None) -> Edtf | None:
    """Return `winter 1987/88`, which begins in 1987."""
    if not str(int(year) + 1).endswith(next_year):
        return None
    winter = f"winter {year}"
    return _marked(winter, winter, after=None, **marks) if any(marks.values()) else _date(winter)


def _part(text: str, part: str, base: str) -> Edtf | None:
    """Return a third of a month (days 1-10, 11-20, 21 to the end) or of a year (four months)."""
    when = _date(base)
    if when is None:
        return None
    third, period = _PARTS.index(part.lower()), Period.of(when)
    doubt = "".join(re.findall("[?~%]", when.text))
    if (first := period.start) and (last := period.end):
        if period == in_year(first.year, first.month, None, text):
            end = last if third == 2 else last.replace(day=10 * third + 10)
            return parse_edtf(f"[{first.replace(day=10 * third + 1)}{doubt}..{end}{doubt}]")
        if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
            year, month = f"{first.year:04}", 4 * third + 1
            return parse_edtf(f"[{year}-{month:02}{doubt}..{year}-{month + 3:02}{doubt}]")
    raise ValueError(f"{text!r}: only a month or a year can be early, mid or late")


def _time_of_day(text: str) -> None:
    raise ValueError(f"{text!r}: times of day are not kept, only days")


def _before_our_era(text: str) -> None:
    raise ValueError(f"{text!r}: years go from 0001 to 9999")


def _decade(text: str, years: str, kind: str | None) -> Edtf:
    """Return `1980s` and `1900s (century)`; refuse `80s` and `1900s`: two readings."""
    if len(years) == 2 and "ad" not in text.lower():
        latest = today().year - (today().year - int(years)) % 100
        return _only(text, [f"{latest // 10}X", f"{latest // 10 - 10}X"])
    decade, century = f"{int(years) // 10:03}X", f"{int(years) // 100:02}XX"
    if kind or not (years.endswith("00") or years == "0"):
        return parse_edtf(century if kind and kind.lower() == "century" else decade)
    return _only(text, [decade, century])


def _dashed_decade(_text: str, digits: str) -> Edtf:
    """Return `192-` and `19--`, as libraries write a decade and a century."""
    return parse_edtf(re.sub("[-–]", "X", digits))


def _century(_text: str, ordinal: str) -> Edtf:
    """Return a century as in ISO 8601: the 20th is 1900 to 1999."""
    return parse_edtf(f"{int(ordinal) - 1:02}XX")


def _abbreviated(text: str, year: str, joint: str, end: str) -> Edtf | None:
    """Return `1914-18`; refuse `1904/05` and `1920-33`, which may be something else."""
    full = year[: -len(end)] + end
    if full <= year:
        return None
    readings = [f"{year}/{full}"]
    if 1 <= int(end) <= 12:
        readings.insert(0, f"{year}-{end:0>2}")
    if joint == "/":
        readings.append(f"[{year},{full}]")
    if joint == "-" and 25 <= int(end) <= 41:
        span = date_text(parse_edtf(readings[0]))
        raise UsageError(
            f"{text!r} can be read as {span} or, in EDTF level 2, as a part of {year}",
            hint=f"Write {readings[0]}; a quarter is Q2 {year}.",
        )
    return _only(text, readings)


def _marked(_text: str, base: str, **marks: str | None) -> Edtf | None:
    """Return `c. 1950s?`: a date whose doubt is in words."""
    inner = re.fullmatch(_MARKS, base, re.ASCII | re.IGNORECASE)
    marked_twice = inner and any(inner[mark] for mark in marks)
    when = _date(base) if any(marks.values()) and not marked_twice else None
    if when is None:
        return None
    approximate = when.approximate or marks["about"] or marks["after"]
    uncertain = when.uncertain or marks["perhaps"] or marks["query"]
    mark = "%" if approximate and uncertain else "~" if approximate else "?"
    return parse_edtf(re.sub(r"(?<=[\dX])[?~%]?(?![\dX?~%-])", mark, when.text))


# --- times with two ends, or one -----------------------------------------------------------------


def _span(text: str, one: str, other: str) -> Edtf | None:
    """Return `15 May – 15 Aug 1988`; an end is unknown when it is a question mark."""
    ends = [end for end in (one, other) if end != "?"]
    dates = _completed(ends, text)
    if not ends or not dates or any(map(_has_ends, dates)):
        return None
    return parse_edtf("/".join(str(dates.pop(0)) if end != "?" else "" for end in (one, other)))


def _dotted(text: str, one: str, other: str) -> Edtf | None:
    """Return `1988-05..1988-08`, `1988-05..` or `..1988-08`."""
    if one and other:
        return _span(text, one, other)
    return _open(text, "from" if one else "until", one or other)


def _between(text: str, one: str, other: str) -> Edtf | None:
    dates = _completed([one, other], text)
    if not dates or any(map(_has_ends, dates)):
        return None
    return parse_edtf(f"[{dates[0]}..{dates[1]}]")


def _has_ends(when: Edtf) -> bool:
    """Whether it is an interval or a set, which cannot itself be the end of one."""
    return when.lasted or when.text.startswith("[")


def _open(_text: str, word: str, base: str) -> Edtf | None:
    """Return `from A` or `until A`, which lasted, and `by A` or `before A`, which happened once."""
    when, word = _date(base), word.lower()
    if when is None or _has_ends(when):
        return None
    if word in ("from", "since"):
        return parse_edtf(f"{when}/..")
    if word in ("until", "till", "up to"):
        return parse_edtf(f"../{when}")
    if word in ("before", "after"):
        when = _beside(when, word)
    return parse_edtf(f"[{when}..]" if word in ("after", "not before") else f"[..{when}]")


def _onwards(text: str, base: str) -> Edtf | None:
    """Return `1988 onwards` and `1988 – present`, which go on."""
    return _open(text, "from", base)


def _unended(text: str, base: str) -> Edtf | None:
    """Refuse `1988–`, which may go on, or have ended nobody knows when."""
    when = _date(base)
    return None if when is None or _has_ends(when) else _only(text, [f"{when}/..", f"{when}/"])


def _beside(when: Edtf, word: str) -> Edtf:
    """Return the last day, month or year before a date, or the first one after it."""
    first, last = when.order
    try:
        day = first - timedelta(days=1) if word == "before" else last + timedelta(days=1)
    except OverflowError:
        raise ValueError(f"'{word} {date_text(when)}' is outside the years 0001 to 9999") from None
    length = {"day": 10, "season": 10, "month": 7}.get(when.precision, 4)
    return parse_edtf(str(day)[:length] + "".join(re.findall("[?~%]", when.text)))


def _one_of(text: str, first: str, rest: str) -> Edtf | None:
    """Return `4 or 5 Aug 1988`, `by 1950 or 1960`, `1988 or later`."""
    pieces = re.split(r",? or |, (?=\d\d?(?:,| or ))", f"{first} or {rest}", flags=re.IGNORECASE)
    dates = _completed([piece for piece in pieces if piece.lower() not in _OPEN_ENDS], text)
    if dates is None or any(when.lasted for when in dates):
        return None
    members: list[str] = []
    for piece in pieces:
        if piece.lower() not in _OPEN_ENDS:
            members.append(str(dates.pop(0)).strip("[]"))
        elif not members or ".." in members[-1]:
            return None
        else:
            opens = _OPEN_ENDS[piece.lower()]
            members[-1] = f"{members[-1]}.." if opens else f"..{members[-1]}"
    return parse_edtf(f"[{','.join(members)}]")


_OPEN_ENDS = {"later": True, "after": True, "earlier": False, "before": False}
"""The words that may follow `or`, and whether they leave the end open."""


# --- English that names a day, a month, a season or a year ---------------------------------------


class _Fields(Value):
    """What some words name: `15 May` has no year, `15` not even a month."""

    year: str
    month: int
    "1 to 12, 21 to 24 for a season, 0 for none."
    day: str
    weekday: str
    mark: str

    def completed(self, other: "_Fields | None") -> "_Fields":
        """Return these with the month and the year of `other` if they have none."""
        if other is None or not (other.month or other.day):  # `15 May – 1988` lends no year
            return self
        return _Fields(
            year=self.year or other.year,
            month=self.month or (other.month if self.day else 0),
            day=self.day,
            weekday=self.weekday,
            mark=self.mark,
        )

    def edtf(self, text: str) -> Edtf | None:
        """Return the date, or `None` if it lacks a month. Raises UsageError or ValueError."""
        if self.day and not self.month:
            return None
        if not self.year:
            raise UsageError(
                f"{text!r} has no year",
                hint="Write the year in full, such as 15 May 1988 or May 1988.",
            )
        found = f"{int(self.year):04}"
        if self.month:
            period = in_year(int(self.year), self.month, self.day or None, text)
            found += f"-{self.month:02}" + (f"-{int(self.day):02}" if self.day else "")
            weekday = period.start and _WEEKDAYS[period.start.weekday()].title()
            if self.weekday and self.weekday.title() != weekday:
                raise ValueError(f"{text!r}: {date_text(Edtf(found))} was a {weekday}")
        return parse_edtf(found + self.mark)


_ABOUT = (
    r"(?P<about>(?:c|ca|approx)\. ?|c ?(?=\d)"
    r"|(?:ca|circa|about|around|approx|approximately) |~ ?)?"
)
_PERHAPS = r"(?P<perhaps>perhaps |possibly |probably |maybe )?"
_AFTER = r"(?P<after> \((?:c|ca|circa|approx|approximately)\.?\)| (?:ca|approx)\.?)?"
_QUERY = r"(?P<query> ?\?| ?\(\?\))?"
_MARKS = f"{_PERHAPS}{_ABOUT}(?P<base>.+?){_AFTER}{_QUERY}"
# Beside a word any joint will do: `7/Dec/1941`. Between numbers it makes them a numeric date.
# Possessive, or the time that a long word takes would double with each letter.
_ENGLISH = r"(?:[a-z]+|\d+|[ ,]|\([a-z]+\)|\.(?![\d.])|[-/](?=[a-z])|(?<=[a-z])[-/.])++"
_ERA = r"\b(?:ad|ce) ?(\d+)|(\d+) ?(?:ad|ce)\b"
_DOTTED_ERA = r"\b([ac])\.([de])\b\.?"
_SILENT = ("of", "the", "in", "on", "st", "nd", "rd", "th", "ad", "ce")


def _fields(text: str) -> _Fields | None:
    """Return what words name; `None` if they are neither a date nor part of one.

    Raises UsageError for a year of two digits, which has several readings.
    """
    marked = re.fullmatch(_MARKS, text, re.ASCII | re.IGNORECASE)
    base = re.sub(_DOTTED_ERA, r"\1\2", marked["base"].lower()) if marked else ""
    if marked is None or not re.fullmatch(_ENGLISH, base, re.ASCII):
        return None
    words = [word for word in re.findall("[a-z]+", base) if word not in _SILENT]
    months = [_NAMED[word] for word in words if word in _NAMED]
    weekdays = [day for day in _WEEKDAYS if {day, day[:3], day[:4], day[:5]} & {*words}]
    if len(months) + len(weekdays) < len(words) or len(months) > 1 or len(weekdays) > 1:
        return None
    eras = ["".join(era) for era in re.findall(_ERA, base)]
    numbers = re.findall(r"\d+", re.sub(_ERA, "", base))
    years = eras + [item for item in numbers if len(item) in (3, 4)]
    days = [item for item in numbers if len(item) not in (3, 4)]
    month = months[0] if months else 0
    if month and not years:
        _refuse_short_year(text, month, days)
    if len(years) > 1 or len(days) > 1 or any(len(day) > 2 for day in days):
        return None
    if month > 12 and "-" in base:  # `spring-1988` is an id
        return None
    if years and days and not month and ", " not in base:  # `20, 1988` is the end of a span
        return None
    if (weekdays and not days) or (numbers and not month and len(numbers[0]) == 3):
        return None
    about, uncertain = marked["about"] or marked["after"], marked["perhaps"] or marked["query"]
    return _Fields(
        year=years[0] if years else "",
        month=month,
        day=days[0] if days else "",
        weekday=weekdays[0] if weekdays else "",
        mark="%" if about and uncertain else "~" if about else "?" if uncertain else "",
    )


def _refuse_short_year(text: str, month: int, numbers: Sequence[str]) -> None:
    """Refuse `15 May 88` and `May 88`; leave `15 May`, which has no year, to others."""
    if len(numbers) == 2 and all(len(number) <= 2 for number in numbers):
        one, other = numbers
        _short_year(text, [(other, month, one), (one, month, other)])
    elif len(numbers) == 1 and len(numbers[0]) == 2 and (int(numbers[0]) > 31 or month > 12):
        _short_year(text, [(numbers[0], month, None)])


def _in_english(text: str) -> Edtf | None:
    """Return `15 May 1988`, `May 15th, 1988`, `Sunday, 15 May 1988`, `spring 1988`, `AD 44`."""
    fields = _fields(text)
    return fields.edtf(text) if fields else None


def _completed(texts: Sequence[str], whole: str) -> list[Edtf] | None:
    """Return dates that stand side by side: one lends another its month and its year.

    `None` if one is not a date. Raises UsageError or ValueError, quoting the text `whole`.

    >>> _completed(["14", "15 May", "1 Jun 1988"], "")[0]
    Edtf('1988-05-14')
    >>> _completed(["May 14", "15, 1988"], "")[1]
    Edtf('1988-05-15')
    """
    fields = [_fields(text) for text in texts]
    others = [None if own else _date(text) for own, text in zip(fields, texts, strict=True)]
    if any(not own and not other for own, other in zip(fields, others, strict=True)):
        return None
    for index in range(len(texts) - 2, -1, -1):
        if own := fields[index]:
            fields[index] = own.completed(fields[index + 1])
    for index in range(1, len(texts)):
        if own := fields[index]:
            fields[index] = own.completed(fields[index - 1])
    dates = [own.edtf(whole) if own else other for own, other in zip(fields, others, strict=True)]
    return None if None in dates else [when for when in dates if when]


# --- dates with more than one reading ------------------------------------------------------------

Order = tuple[str, str | int, str | None]
"""A year, a month (or a season) and a day."""


def _numbers(text: str, one: str, two: str, three: str) -> Edtf:
    """Return `15.05.1988`; refuse `4/5/1988`, and years of two digits."""
    orders: list[Order] = [(three, two, one), (three, one, two)]
    if len(three) == 4:
        return _only(text, _readings(orders))
    if len(one) == len(three) == 2:
        orders.append((one, two, three))
    return _short_year(text, orders)


def _year_first(_text: str, year: str, month: str, day: str | None) -> Edtf | None:
    """Return `1988/5/15`, `1988-5` and `5/1988`, which cannot be read in another way."""
    readings = _readings([(year, month, day)])
    return parse_edtf(readings[0]) if readings else None


def _shortened(_text: str, start: str, end: str) -> Edtf | None:
    """Return `1988-05-15/20` and `1988-05/08`: ISO 8601 leaves out what the end would repeat."""
    kept = start[: -len(end)]
    return parse_edtf(f"{start}/{kept}{end}") if kept.endswith("-") else None


def _short_year(text: str, orders: list[Order]) -> Edtf:
    """Refuse a date whose year has two digits."""
    readings = _readings(orders)
    if len({*readings}) == 1:  # only the century is in doubt
        readings += _readings(orders, centuries_back=1)
    return _only(text, readings)


def _only(text: str, readings: Sequence[str]) -> Edtf:
    """Return the only reading of a text. Raises UsageError if there are several."""
    dates = list(dict.fromkeys(map(parse_edtf, readings)))
    if len(dates) == 1:
        return dates[0]
    choices = " or ".join(map(date_text, dates)) or "no day at all"
    hint = f"Write {' or '.join(map(str, dates))}." if dates else EXAMPLES
    raise UsageError(f"{text!r} can be read as {choices}", hint=hint)


def _readings(orders: list[Order], centuries_back: int = 0) -> list[str]:
    """Return the orders that are dates; a two-digit year is the latest one that has begun."""
    found: list[str] = []
    this_year = today().year
    for year, month, day in orders:
        full = int(year)
        if len(year) < 4:
            full = this_year - (this_year - full) % 100 - 100 * centuries_back
        text = f"{full:04}-{int(month):02}" + (f"-{int(day):02}" if day else "")
        try:
            parse_edtf(text)
        except ValueError:
            continue
        found.append(text)
    return found


_TO = "(?:to|until|till|through|[-–])"
_ONE_WINTER = (
    rf"{_PERHAPS}{_ABOUT}winter (?:of )?(?P<year>\d{{4}}) ?[-–/] ?(?P<next_year>\d\d|\d{{4}})"
    rf"{_QUERY}"
)
_NO_JOINT = rf"(?P<base>(?!.* or |.* {_TO} ).+)"
PRESENT = "(?:(?:the )?present|now|ongoing)"
_FORMS: tuple[tuple[str, Callable[..., Edtf | None]], ...] = (
    (r"today", _today),
    (r".*\d:\d\d.*", _time_of_day),
    (r".*\d ?b\.?c\.?(?:e\.?)?", _before_our_era),
    (_ONE_WINTER, _winter),
    (r"(?!.* or )between (?P<one>.+?) and (?P<other>.+)", _between),
    (r"(?P<first>.+?),? or (?P<rest>.+)", _one_of),
    (rf"(?:from )?(?P<base>.{{4,40}}?)(?:,? onwards?|(?: ?[-–] ?| {_TO} ){PRESENT})", _onwards),
    # Only one joint: with each more, the time to read a text would double.
    (rf"(?!.* or |.* {_TO} .* {_TO} )(?:from )?(?P<one>.+?) {_TO} (?P<other>.+)", _span),
    (
        r"(?P<word>from|since|until|till|up to|by|(?:not )?before|(?:not )?after) " + _NO_JOINT,
        _open,
    ),
    (r"(?P<year>\d{4})(?P<joint>[-–/])(?P<end>\d\d?)", _abbreviated),
    (r"(?P<year>\d{4})[ -]?q(?P<quarter>\d)", _quarter),
    (r"q(?P<quarter>\d)[ -/]?(?:of )?(?P<year>\d{4})", _quarter),
    (r"(?P<year>\d{4})-?w(?P<week>\d\d)", _week),
    (rf"(?P<part>{'|'.join(_PARTS)})[ -](?P<base>(?!{'|'.join(_PARTS)}).+)", _part),
    (r"(?:the )?(?:ad )?'?(?P<years>\d{0,3}0)'?s(?: \((?P<kind>decade|century)\))?", _decade),
    (r"(?P<digits>\d{3}[-–]|\d\d[-–]{2})", _dashed_decade),
    (r"(?:the )?(?P<ordinal>[1-9]\d?)(?:st|nd|rd|th) century", _century),
    (r"(?P<one>\d\d?)([/.–-])(?P<two>\d\d?)\2(?P<three>\d{4}|\d\d)\.?", _numbers),
    (r"(?P<year>\d{4})([/.–-])(?P<month>\d\d?)\2(?P<day>\d\d?)\.?", _year_first),
    (r"(?P<year>\d{4})[/-](?P<month>\d\d?)(?P<day>)", _year_first),
    (r"(?P<month>\d\d?)[/.-](?P<year>\d{4})(?P<day>)", _year_first),
    (r"(?P<start>\d{4}-\d\d(?:-\d\d)?)/(?P<end>\d\d(?:-\d\d)?)", _shortened),
    (r".+", _in_english),
    (r"(?P<one>[^–]+)–(?P<other>[^–]+)", _span),
    (r"(?P<one>\?) ?/ ?(?P<other>[^/]+)", _span),
    (r"(?P<one>[^/]+?) ?/ ?(?P<other>\?)", _span),
    (r"(?P<one>[^-–]+)-(?P<other>[^-–]+)", _span),
    (r"(?P<one>[^\[\]]*?) ?\.\. ?(?P<other>[^\[\]]*)", _dotted),
    (_MARKS, _marked),
    (r"(?P<base>.{4,40}?) ?[-–]", _unended),
)
"""The spellings of a date besides EDTF, and the function that reads each from the named groups."""
