"""The dates in files of other programs: in one cell, or with year, month and day apart."""

import re
from collections.abc import Callable
from functools import lru_cache

from withdrawal_cli.dates import Edtf, date_text, parse_edtf
from withdrawal_cli.dates.time_expressions import PRESENT, parse_date
from withdrawal_cli.errors import UsageError
from withdrawal_cli.imports.draft import Draft
from withdrawal_cli.safety import quoted

NONE = {"0", "00", "-", "–", "?", "n/a", "na", "nan", "nat", "none", "null"}
"""What a database, a program or a person writes for an unknown month or day."""

Parts = tuple[str, str, str]
"""Year, month and day, each of which may be empty."""

CLOCK = r"(?:\d\d?(?::\d\d){1,2}(?:[.,]\d+)?(?: ?[ap]\.?m\b\.?)?|\d\d?(?:\.\d\d)? ?[ap]\.?m\b\.?)"
ZONE = r"(?: ?Z| ?(?:UTC|GMT))?(?: ?[+-]\d\d(?::?\d\d)?)?(?: \([\w ]{1,40}\))?"
TIME_OF_DAY = re.compile(
    rf"(?:T|,? (?:at )?){CLOCK}{ZONE}(?: ?[-–] ?{CLOCK})?(?=$|/| to | ?[-–] )", re.IGNORECASE
)
"""What a spreadsheet, a database or a person writes after a day, or after both of an interval."""
PADDING = re.compile(
    r"^'(?=\d)|(?<=^\d{4})\.0+$|(?<=^\d{4})(-00){1,2}$|(?<=^\d{4}-\d\d)-00$"
    r"|(?<=[\w.])(\[(\d{1,3}|[a-z]|(note|nb|n) ?\d{1,3}|citation needed)\])+$"
)
"""The apostrophe that turns a number into text, what a column of floats adds to a year, what a
database adds if it has no month or no day, and the footnote marks of an encyclopedia."""


def read_date(draft: Draft, at: str, text: str) -> Edtf:
    """Return the date that a cell holds, in any form that a person may write.

    Warns that its time of day is not imported. Raises UsageError.
    """
    day = TIME_OF_DAY.sub("", text)
    when = _read_date(PADDING.sub("", day))
    if day != text:
        draft.warn("the time of day is not imported", at)
    return when


_read_date = lru_cache(maxsize=1 << 12)(parse_date)  # the events of a chronicle share their days


def read_span(
    draft: Draft, at: str, start: Parts, end: Parts, read: Callable[..., Edtf]
) -> Edtf | None:
    """Return the time from start to end; `None`, with a warning, if the start is not a date.

    `read` makes a date of year, month and day. The end `present` is open. Warns of an end that is
    not a date, that has no year, or that comes before the start.
    """
    try:
        when = read(*start)
    except UsageError as error:
        draft.warn(f"{error.problem}; it is left out", at)
        return None
    if not end[0]:
        if any(end):
            draft.warn("the end is not imported (it has no year)", at)
        return when
    try:
        last = ".." if re.fullmatch(PRESENT, end[0].strip(), re.IGNORECASE) else read(*end).text
        return when if last == when.text else parse_edtf(f"{when}/{last}")
    except (UsageError, ValueError) as error:
        reason = getattr(error, "problem", str(error))
        draft.warn(f"the end is not imported ({reason})", at)
    return when


def _in_words(given: str, year: str, month: str, day: str) -> Edtf:
    """Return the date of parts that are not all numbers. Raises UsageError."""
    if re.fullmatch(r"-\d+", year, re.ASCII):
        raise UsageError(f"{quoted(year)}: years go from 0001 to 9999")
    if not month:
        return parse_date(given)
    known = re.fullmatch(r"(\d{4})([?~%]?)", parse_date(given).text)
    if not known:
        raise UsageError(f"the year {quoted(given)} is more than a year, and there is a month")
    doubt = known[2]
    if month.endswith("?") or day.endswith("?"):
        month, day = month.rstrip("? "), day.rstrip("? ")
        doubt = "%" if doubt in ("~", "%") else "?"
    numbered = month.isascii() and month.isdigit()
    words = date_text(parts_date(known[1], month, "")) if numbered else f"{month} {known[1]}"
    when = parse_date(f"{day} {words}".strip())
    try:  # the doubt of a part is that of each end
        return parse_edtf(re.sub("(?=/|$)", doubt, when.text)) if doubt else when
    except ValueError as error:
        raise UsageError(str(error)) from None


@lru_cache(maxsize=1 << 12)  # the events of a chronicle share their days
def parts_date(year: str, month: str, day: str) -> Edtf:
    """Return the date of year, month and day: numbers, or words as in `c. 1848`. Raises UsageError.

    >>> parts_date("1,848", "4", ""), parts_date("44", "", ""), parts_date("1848", "May", "3")
    (Edtf('1848-04'), Edtf('0044'), Edtf('1848-05-03'))
    """
    parts = ["".join(part.replace(",", "").split()) for part in (year.lstrip("'"), month, day)]
    digits = [re.sub(r"\.0+$", "", part) for part in parts]  # a spreadsheet's 1848.0
    digits[1:] = ["" if part.casefold() in NONE else part for part in digits[1:]]
    if digits[2] and not digits[1]:
        raise UsageError("there is a day without a month")
    if not digits[0] or not all(part.isascii() and part.isdigit() for part in digits if part):
        words = [
            " ".join(part.replace(",", " ").split()) if digit and not digit.isdigit() else digit
            for digit, part in zip(digits[1:], (month, day), strict=True)
        ]
        return _in_words(year, digits[0], *words)
    for name, part in zip(("year", "month", "day"), digits, strict=True):
        if len(part.lstrip("0")) > 4:
            raise UsageError(f"the {name} {quoted(part)} is too large")
    numbers = [f"{int(digits[0]):04}", *(f"{int(part):02}" for part in digits[1:] if part)]
    try:
        return parse_edtf("-".join(numbers))
    except ValueError as error:
        raise UsageError(str(error)) from None
