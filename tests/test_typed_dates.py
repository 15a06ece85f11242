"""What a user types for a date: what it means, both ends inclusive, and what is refused."""

from datetime import date

import pytest

from withdrawal_cli.dates import Edtf, Period, parse_edtf, parse_period
from withdrawal_cli.errors import UsageError


def resolve(name: str) -> Edtf | None:
    return parse_edtf("1988-05-15/1988-08-15") if name == "phase-one" else None


def period(start: str, end: str) -> Period:
    return Period(
        start=None if start == ".." else date.fromisoformat(start), end=None if end == ".." else date.fromisoformat(end)
    )


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1988-05-15", "1988-05-15", "1988-05-15"),
        ("1988-05", "1988-05-01", "1988-05-31"),
        (" 1988 ", "1988-01-01", "1988-12-31"),
        ("1988-05-15/1988-08-15", "1988-05-15", "1988-08-15"),
        ("[1988-05-14,1988-05-15]", "1988-05-14", "1988-05-15"),
        ("15 May 1988", "1988-05-15", "1988-05-15"),
        ("May 15, 1988", "1988-05-15", "1988-05-15"),
        ("15th of May 1988", "1988-05-15", "1988-05-15"),
        ("1 Feb 1988", "1988-02-01", "1988-02-01"),
        ("2 February 1988", "1988-02-02", "1988-02-02"),
        ("1988 May 2", "1988-05-02", "1988-05-02"),
        ("May 1988", "1988-05-01", "1988-05-31"),
        ("february 1988", "1988-02-01", "1988-02-29"),
        ("1988-05..1988-08", "1988-05-01", "1988-08-31"),
        ("15 May 1988..15 Aug 1988", "1988-05-15", "1988-08-15"),
        ("1988-05-15..", "1988-05-15", ".."),
        ("..1988", "..", "1988-12-31"),
        ("phase-one", "1988-05-15", "1988-08-15"),
        ("phase-one..1989", "1988-05-15", "1989-12-31"),
    ],
)
def test_a_typed_date_means_the_whole_of_it(text: str, start: str, end: str) -> None:
    assert parse_period(text, resolve) == period(start, end)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("soon", "'soon' is not a date, nor the id of a phase"),
        ("May", "'May' is not a date, nor the id of a phase"),
        ("15 May", "'15 May' is not a date, nor the id of a phase"),
        ("15 May 88", "'15 May 88' is not a date, nor the id of a phase"),
        ("30 Feb 1988", "'30 Feb 1988' is not a date, nor the id of a phase"),
        ("Monday 1988", "'Monday 1988' is not a date, nor the id of a phase"),
        ("15 May 1988 07:00", "'15 May 1988 07:00' is not a date, nor the id of a phase"),
        ("4/5/88", "'4/5/88' can be read as 4 May 1988 or 5 Apr 1988"),
        ("4/5/1988", "'4/5/1988' can be read as 4 May 1988 or 5 Apr 1988"),
        ("13/5/1988", "'13/5/1988' can be read as 13 May 1988"),
        ("4.5.88", "'4.5.88' can be read as 4 May 1988 or 5 Apr 1988"),
        ("99/99/88", "'99/99/88' can be read as no day at all"),
        ("1988-13", "'1988-13': there is no month 13"),
        ("..", "'..': at least one end must be given"),
        ("1989..1988", "'1989..1988' ends (31 Dec 1988) before it starts (1 Jan 1989)"),
        ("1988-05..1988-13", "'1988-13': there is no month 13"),
        ("", "'' is not a date, nor the id of a phase"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(UsageError) as refusal:
        parse_period(text, resolve)
    assert refusal.value.problem == reason
    assert refusal.value.hint


@pytest.mark.parametrize(
    ("when", "overlaps", "contains"),
    [
        ("1988-05-15", True, True),
        ("1988-08-15", True, True),
        ("1988-05-14", False, False),
        ("1988-08-16", False, False),
        ("1988-05", True, False),
        ("1988", True, False),
        ("1988-08-15/..", True, False),
        ("../1988-05-15", True, False),
        ("[1988-05-14,1988-05-15]", True, False),
        ("1988-06-01/1988-07-01", True, True),
    ],
)
def test_both_ends_of_a_period_are_inclusive(when: str, overlaps: bool, contains: bool) -> None:
    phase = Period.of(parse_edtf("1988-05-15/1988-08-15"))
    assert (phase.overlaps(parse_edtf(when)), phase.contains(parse_edtf(when))) == (overlaps, contains)
