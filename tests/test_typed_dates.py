"""What a user types for a time: what it means, both ends inclusive, and what is refused with which words."""

import ast
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT, Run, event
from withdrawal_cli import dates
from withdrawal_cli.dates import Edtf, Period, in_year, parse_edtf, range_text, time_expressions
from withdrawal_cli.dates.time_expressions import parse_period
from withdrawal_cli.errors import UsageError

DATES = {
    "phase-one": "1988-05-15/1988-08-15",
    "geneva-accords": "1988-04-14",
    "month-end": "1988-01-31",
    "thaw": "1988-11~",
    "thaw-3d": "1990-01-01",
    "long-war": "1979-12-25/..",
    "undated-feast": "[..1988-05-14]",
    "mid-term": "1986",
    "4-5-88": "1955",
    "may": "1968-05",
    "first-day": "0001-01-01",
    "last-day": "9999-12-31",
    "1988": "1066",
    "spring-1988": "1066",
}


def resolve(name: str) -> Edtf | None:
    return Edtf(DATES[name]) if name in DATES else None


def near(name: str) -> Sequence[str]:
    return [identifier for identifier in DATES if identifier[:4] == name[:4]]


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_expressions, "today", lambda: date(2024, 3, 10))


def day(text: str) -> date | None:
    return None if text == ".." else date.fromisoformat(text)


MEANINGS = [
    # EDTF, with the case and the space around of one's choice
    ("1988-05-15", "1988-05-15", "1988-05-15"),
    ("  1988-05-15 ", "1988-05-15", "1988-05-15"),
    ("1988-05", "1988-05-01", "1988-05-31"),
    ("1988-02", "1988-02-01", "1988-02-29"),
    ("1988", "1988-01-01", "1988-12-31"),
    ("198X", "1980-01-01", "1989-12-31"),
    ("198x", "1980-01-01", "1989-12-31"),
    ("19xx", "1900-01-01", "1999-12-31"),
    ("1988-05-XX", "1988-05-01", "1988-05-31"),
    ("1988-22", "1988-06-01", "1988-08-31"),
    ("1988-08~", "1988-08-01", "1988-08-31"),
    ("1988-05-15?", "1988-05-15", "1988-05-15"),
    ("1988-05-15/1988-08-15", "1988-05-15", "1988-08-15"),
    ("1988-05/1988-08", "1988-05-01", "1988-08-31"),
    ("1988-05-15/..", "1988-05-15", ".."),
    ("../1988-05", "..", "1988-05-31"),
    ("/1988-05", "..", "1988-05-31"),
    ("[1988-05-14,1988-05-15]", "1988-05-14", "1988-05-15"),
    ("[1988-05-09..1988-05-15]", "1988-05-09", "1988-05-15"),
    ("[..1988-05-14]", "..", "1988-05-14"),
    # English
    ("15 May 1988", "1988-05-15", "1988-05-15"),
    ("15 may 1988", "1988-05-15", "1988-05-15"),
    ("15 MAY   1988", "1988-05-15", "1988-05-15"),
    ("15-May-1988", "1988-05-15", "1988-05-15"),
    ("15. May 1988", "1988-05-15", "1988-05-15"),
    ("15May1988", "1988-05-15", "1988-05-15"),
    ("15th of May 1988", "1988-05-15", "1988-05-15"),
    ("May 15, 1988", "1988-05-15", "1988-05-15"),
    ("May 15th, 1988", "1988-05-15", "1988-05-15"),
    ("May 15 1988", "1988-05-15", "1988-05-15"),
    ("1988 May 2", "1988-05-02", "1988-05-02"),
    ("1 Feb 1988", "1988-02-01", "1988-02-01"),
    ("2 February 1988", "1988-02-02", "1988-02-02"),
    ("29 Feb 1988", "1988-02-29", "1988-02-29"),
    ("1st Feb 1988", "1988-02-01", "1988-02-01"),
    ("2nd Feb 1988", "1988-02-02", "1988-02-02"),
    ("3rd Sept 1988", "1988-09-03", "1988-09-03"),
    ("1 Jan 0005", "0005-01-01", "0005-01-01"),
    ("May 1988", "1988-05-01", "1988-05-31"),
    ("may, 1988", "1988-05-01", "1988-05-31"),
    ("May of 1988", "1988-05-01", "1988-05-31"),
    ("1988 May", "1988-05-01", "1988-05-31"),
    ("February 1988", "1988-02-01", "1988-02-29"),
    ("Feb 1900", "1900-02-01", "1900-02-28"),
    # Quarters and ISO weeks
    ("1988Q1", "1988-01-01", "1988-03-31"),
    ("1988Q2", "1988-04-01", "1988-06-30"),
    ("1988q3", "1988-07-01", "1988-09-30"),
    ("1988-Q4", "1988-10-01", "1988-12-31"),
    ("1988 Q2", "1988-04-01", "1988-06-30"),
    ("1988-W20", "1988-05-16", "1988-05-22"),
    ("1988-w20", "1988-05-16", "1988-05-22"),
    ("1988W01", "1988-01-04", "1988-01-10"),
    ("1988-W52", "1988-12-26", "1989-01-01"),
    ("1987-W53", "1987-12-28", "1988-01-03"),
    ("1986-W01", "1985-12-30", "1986-01-05"),
    # Seasons: meteorological, northern
    ("spring 1988", "1988-03-01", "1988-05-31"),
    ("Summer 1988", "1988-06-01", "1988-08-31"),
    ("autumn 1988", "1988-09-01", "1988-11-30"),
    ("FALL 1988", "1988-09-01", "1988-11-30"),
    ("winter 1987", "1987-12-01", "1988-02-29"),
    ("winter 1988", "1988-12-01", "1989-02-28"),
    ("winter of 1988", "1988-12-01", "1989-02-28"),
    # Thirds
    ("early May 1988", "1988-05-01", "1988-05-10"),
    ("mid May 1988", "1988-05-11", "1988-05-20"),
    ("late May 1988", "1988-05-21", "1988-05-31"),
    ("mid-May 1988", "1988-05-11", "1988-05-20"),
    ("Late February 1988", "1988-02-21", "1988-02-29"),
    ("late feb 1989", "1989-02-21", "1989-02-28"),
    ("early 1988-05", "1988-05-01", "1988-05-10"),
    ("early 1988", "1988-01-01", "1988-04-30"),
    ("mid-1988", "1988-05-01", "1988-08-31"),
    ("late 1988", "1988-09-01", "1988-12-31"),
    # Spans
    ("1988-05..1988-08", "1988-05-01", "1988-08-31"),
    ("1988-05 .. 1988-08", "1988-05-01", "1988-08-31"),
    ("1988..1988", "1988-01-01", "1988-12-31"),
    ("15 May 1988..15 Aug 1988", "1988-05-15", "1988-08-15"),
    ("spring 1988..1989Q1", "1988-03-01", "1989-03-31"),
    ("1988-W20..late May 1988", "1988-05-16", "1988-05-31"),
    ("1988-05-15..", "1988-05-15", ".."),
    ("..1988", "..", "1988-12-31"),
    (".. 1988", "..", "1988-12-31"),
    ("1988-05-15..1988-05-15", "1988-05-15", "1988-05-15"),
    ("[1988-05-09..1988-05-15]..1989", "1988-05-09", "1989-12-31"),
    ("1987..[1988-05-09..1988-05-15]", "1987-01-01", "1988-05-15"),
    ("1987/1988..1989/1990", "1987-01-01", "1990-12-31"),
    # The ids of phases and events
    ("phase-one", "1988-05-15", "1988-08-15"),
    ("PHASE-One", "1988-05-15", "1988-08-15"),
    (" geneva-accords ", "1988-04-14", "1988-04-14"),
    ("thaw", "1988-11-01", "1988-11-30"),
    ("long-war", "1979-12-25", ".."),
    ("undated-feast", "..", "1988-05-14"),
    ("mid-term", "1986-01-01", "1986-12-31"),
    ("4-5-88", "1955-01-01", "1955-12-31"),
    ("may", "1968-05-01", "1968-05-31"),
    ("phase-one..1989", "1988-05-15", "1989-12-31"),
    ("geneva-accords..phase-one", "1988-04-14", "1988-08-15"),
    ("..phase-one", "..", "1988-08-15"),
    # What is a date is never an id: the same words mean the same in every file
    ("1988", "1988-01-01", "1988-12-31"),
    ("spring-1988", "1066-01-01", "1066-12-31"),
    # Offsets move both ends
    ("geneva-accords+30d", "1988-05-14", "1988-05-14"),
    ("geneva-accords-2w", "1988-03-31", "1988-03-31"),
    ("geneva-accords+1m", "1988-05-14", "1988-05-14"),
    ("geneva-accords+1y", "1989-04-14", "1989-04-14"),
    ("geneva-accords+9m1d", "1989-01-15", "1989-01-15"),
    ("geneva-accords+1d9m", "1989-01-15", "1989-01-15"),
    ("Geneva-Accords+9M1D", "1989-01-15", "1989-01-15"),
    ("geneva-accords + 9m 1d", "1989-01-15", "1989-01-15"),
    ("geneva-accords+1y1m1w1d", "1989-05-22", "1989-05-22"),
    ("geneva-accords+0d", "1988-04-14", "1988-04-14"),
    ("month-end+1m", "1988-02-29", "1988-02-29"),
    ("month-end+13m", "1989-02-28", "1989-02-28"),
    ("month-end-2m", "1987-11-30", "1987-11-30"),
    ("phase-one+1m", "1988-06-15", "1988-09-15"),
    ("phase-one-2w", "1988-05-01", "1988-08-01"),
    ("long-war+1y", "1980-12-25", ".."),
    ("undated-feast-1d", "..", "1988-05-13"),
    ("geneva-accords..geneva-accords+30d", "1988-04-14", "1988-05-14"),
    ("geneva-accords-1w..geneva-accords+1w", "1988-04-07", "1988-04-21"),
    ("phase-one-1d..", "1988-05-14", ".."),
    ("..phase-one+1d", "..", "1988-08-16"),
    # An exact id wins over an id and an offset
    ("thaw-3d", "1990-01-01", "1990-01-01"),
    ("thaw-2d", "1988-10-30", "1988-11-28"),
    ("thaw - 3d", "1988-10-29", "1988-11-27"),
    ("thaw+3d", "1988-11-04", "1988-12-03"),
    ("thaw-3d-3d", "1989-12-29", "1989-12-29"),
    ("thaw-3d+1y", "1991-01-01", "1991-01-01"),
    # A date takes an offset, too
    ("1988-05-15-2w", "1988-05-01", "1988-05-01"),
    ("1988-05-15+9m", "1989-02-15", "1989-02-15"),
    ("15 May 1988+9m", "1989-02-15", "1989-02-15"),
    ("15 May 1988-1d", "1988-05-14", "1988-05-14"),
    ("May 1988-1m", "1988-04-01", "1988-04-30"),
    ("1988-W20-1w", "1988-05-09", "1988-05-15"),
    ("mid-1988+1y", "1989-05-01", "1989-08-31"),
    ("1988-05-15/1988-08-15+1d", "1988-05-16", "1988-08-16"),
    # Today
    ("today", "2024-03-10", "2024-03-10"),
    (" Today ", "2024-03-10", "2024-03-10"),
    ("today-7d", "2024-03-03", "2024-03-03"),
    ("today-36y..today", "1988-03-10", "2024-03-10"),
    ("1988..TODAY", "1988-01-01", "2024-03-10"),
]


@pytest.mark.parametrize(("text", "start", "end"), MEANINGS)
def test_a_typed_date_means_the_whole_of_it(text: str, start: str, end: str) -> None:
    assert parse_period(text, resolve) == Period(start=day(start), end=day(end))


WORD = "{!r} is not a date, nor the id of a phase or an event"
REFUSALS = [
    # Two readings
    ("4/5/88", "'4/5/88' can be read as 4 May 1988 or 5 Apr 1988", "Write 1988-05-04 or 1988-04-05."),
    ("4/5/1988", "'4/5/1988' can be read as 4 May 1988 or 5 Apr 1988", "Write 1988-05-04 or 1988-04-05."),
    ("04.05.1988", "'04.05.1988' can be read as 4 May 1988 or 5 Apr 1988", "Write 1988-05-04 or 1988-04-05."),
    ("4-5-1988", "'4-5-1988' can be read as 4 May 1988 or 5 Apr 1988", "Write 1988-05-04 or 1988-04-05."),
    ("04/05/06", "'04/05/06' can be read as 4 May 2006 or 5 Apr 2006 or 6 May 2004", "Write 2006-05-04 or 2006"),
    ("13/5/88", "'13/5/88' can be read as 13 May 1988 or 13 May 1888", "Write 1988-05-13 or 1888-05-13."),
    ("5/5/88", "'5/5/88' can be read as 5 May 1988 or 5 May 1888", "Write 1988-05-05 or 1888-05-05."),
    ("88-05-15", "'88-05-15' can be read as 15 May 1988 or 15 May 1888", "Write 1988-05-15 or 1888-05-15."),
    ("99/99/88", "'99/99/88' can be read as no day at all", "Write a day"),
    ("15 May 88", "'15 May 88' can be read as 15 May 1988 or 15 May 1888", "Write 1988-05-15 or 1888-05-15."),
    ("May 15, 88", "'May 15, 88' can be read as 15 May 1988 or 15 May 1888", "Write 1988-05-15 or 1888-05-15."),
    ("15 May 24", "'15 May 24' can be read as 15 May 2024 or 24 May 2015", "Write 2024-05-15 or 2015-05-24."),
    ("31 May 25", "'31 May 25' can be read as 31 May 1925 or 25 May 1931", "Write 1925-05-31 or 1931-05-25."),
    ("May 88", "'May 88' can be read as May 1988 or May 1888", "Write 1988-05 or 1888-05."),
    ("summer 88", "'summer 88' can be read as summer 1988 or summer 1888", "Write 1988-22 or 1888-22."),
    ("80s", "'80s' can be read as 1980s or 1880s", "Write 198X or 188X."),
    ("the '20s", "\"the '20s\" can be read as 2020s or 1920s", "Write 202X or 192X."),
    ("4/5/88+30d", "'4/5/88' can be read as 4 May 1988 or 5 Apr 1988", "Write 1988-05-04 or 1988-04-05."),
    ("4/5/88..1989", "'4/5/88' can be read as 4 May 1988 or 5 Apr 1988", "Write 1988-05-04 or 1988-04-05."),
    ("early 4/5/88", "'4/5/88' can be read as 4 May 1988 or 5 Apr 1988", "Write 1988-05-04 or 1988-04-05."),
    # No year
    ("15 May", "'15 May' has no year", "Write the year in full"),
    ("May 15", "'May 15' has no year", "Write the year in full"),
    ("june", "'june' has no year", "Write the year in full"),
    ("early June", "'June' has no year", "Write the year in full"),
    ("15 May..15 Aug 1988", "'15 May' has no year", "Write the year in full"),
    # No such day
    ("1988-13", "'1988-13': there is no month 13", "Write a day"),
    ("1988-02-30", "'1988-02-30': Feb 1988 has 29 days", "Write a day"),
    ("30 Feb 1988", "'30 Feb 1988': Feb 1988 has 29 days", "Write a day"),
    ("0 May 1988", "'0 May 1988': May 1988 has 31 days", "Write a day"),
    ("99 May 1988", "'99 May 1988': May 1988 has 31 days", "Write a day"),
    ("29 Feb 1989+1y", "'29 Feb 1989': Feb 1989 has 28 days", "Write a day"),
    ("1988Q0", "'1988Q0': a year has quarters 1 to 4", "Write a day"),
    ("1988Q5", "'1988Q5': a year has quarters 1 to 4", "Write a day"),
    ("1988-W00", "'1988-W00': 1988 has weeks 1 to 52", "Write a day"),
    ("1988-W53", "'1988-W53': 1988 has weeks 1 to 52", "Write a day"),
    ("1987-W54", "'1987-W54': 1987 has weeks 1 to 53", "Write a day"),
    ("0000-W01", "'0000-W01': years with weeks go from 0001 to 9998", "Write a day"),
    ("9999-W52", "'9999-W52': years with weeks go from 0001 to 9998", "Write a day"),
    ("0000Q1", "'0000Q1': years go from 0001 to 9999", "Write a day"),
    ("0000", "'0000': years go from 0001 to 9999", "Write a day"),
    ("May 0000", "'May 0000': years go from 0001 to 9999", "Write a day"),
    ("winter 9999", "'winter 9999': years go from 0001 to 9999", "Write a day"),
    ("2001-34", "'2001-34' can be read as 2001 – 2034 or, in EDTF level 2, as a part of 2001", "Write 2001/2034;"),
    ("15 May 1988 07:00", "'15 May 1988 07:00': times of day are not kept, only days", "Write a day"),
    ("1988-05-15T07:00", "'1988-05-15T07:00': times of day are not kept, only days", "Write a day"),
    # Thirds of what has none
    ("early 15 May 1988", "'early 15 May 1988': only a month or a year can be early, mid or late", "Write a day"),
    ("late summer 1988", "'late summer 1988': only a month or a year can be early, mid or late", "Write a day"),
    ("mid 1988Q2", "'mid 1988Q2': only a month or a year can be early, mid or late", "Write a day"),
    ("early 198X", "'early 198X': only a month or a year can be early, mid or late", "Write a day"),
    ("late 1988/..", "'late 1988/..': only a month or a year can be early, mid or late", "Write a day"),
    # Spans
    ("..", "'..': at least one end must be given", "Write 1988-05..1988-08"),
    (" .. ", "'..': at least one end must be given", "Write 1988-05..1988-08"),
    *(
        (text, f"{text!r} is open at both ends", "Write 1988-05..1988-08, 1988-05.. or ..1988-08.")
        for text in ("..1988/", "..198X/", "../1988..", "../1988..1988/", "[..1988]..[1988..]", "undated-feast..long-war")
    ),
    (
        "[..1984,1985..]",
        "'[..1984,1985..]': a one-of set can be open at one end only: [..1988-05-14] or [1988-05-14..]",
        "Write a day",
    ),
    ("1987..1988..1989", "'1987..1988..1989': a span has one '..'", "Write 1988-05..1988-08"),
    ("1989..1988", "'1989..1988' ends (31 Dec 1988) before it starts (1 Jan 1989)", "Write the earlier date first"),
    ("phase-one..geneva-accords", "'phase-one..geneva-accords' ends (14 Apr 1988) before it starts (15 May 1988)", "Write the"),
    ("1988-05..1988-13", "'1988-13': there is no month 13", "Write a day"),
    ("1989/1988", "'1989/1988': the end comes before the start", "Write a day"),
    ("[1988", "'[1988': a one-of set is written [1988-05-14,1988-05-15] or [1988-05-09..1988-05-15]", "Write a day"),
    # Offsets
    ("first-day-1d", "'first-day-1d' is outside the years 0001 to 9999", "Write a smaller offset."),
    ("last-day+1d", "'last-day+1d' is outside the years 0001 to 9999", "Write a smaller offset."),
    ("geneva-accords+9999999999y", "'geneva-accords+9999999999y' is outside the years 0001 to 9999", "Write a smaller offset."),
    ("geneva-accords+9999999999d", "'geneva-accords+9999999999d' is outside the years 0001 to 9999", "Write a smaller offset."),
    ("geneva-accords+30", WORD.format("geneva-accords+30"), "Did you mean geneva-accords?"),
    ("geneva-accords+1h", WORD.format("geneva-accords+1h"), "Did you mean geneva-accords?"),
    ("geneva-accords+1m-1d", WORD.format("geneva-accords+1m"), "Did you mean geneva-accords?"),
    ("geneva-accord+30d", WORD.format("geneva-accord"), "Did you mean geneva-accords?"),
    ("+30d", WORD.format("+30d"), "Write a day"),
    # Words that nothing bears
    ("soon", WORD.format("soon"), "Write a day"),
    ("", WORD.format(""), "Write a day"),
    ("phase-ones", WORD.format("phase-ones"), "Did you mean phase-one?"),
    ("phase one", WORD.format("phase one"), "Did you mean phase-one?"),
    ("Monday 1988", WORD.format("Monday 1988"), "Write a day"),
    ("Mayor 1988", WORD.format("Mayor 1988"), "Write a day"),
    ("May June 1988", WORD.format("May June 1988"), "Write a day"),
    ("May 1988 1989", WORD.format("May 1988 1989"), "Write a day"),
    ("5h May 1988", WORD.format("5h May 1988"), "Write a day"),
    ("early early May 1988", WORD.format("early early May 1988"), "Write a day"),
    ("19880515", WORD.format("19880515"), "Did you mean 1988?"),
    ("１９８８", WORD.format("１９８８"), "Write a day"),
    ("15 мая 1988", WORD.format("15 мая 1988"), "Write a day"),
    ("tomorrow", WORD.format("tomorrow"), "Write a day"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "problem", "way_out"), REFUSALS)
def test_what_cannot_be_read_is_refused_with_the_reason_and_a_way_out(
    text: str, problem: str, way_out: str
) -> None:
    with pytest.raises(UsageError) as refusal:
        parse_period(text, resolve, near)
    assert refusal.value.problem == problem
    assert (refusal.value.hint or "").startswith(way_out)


def test_the_latest_century_of_a_two_digit_year_is_one_that_has_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(time_expressions, "today", lambda: date(2088, 1, 1))
    with pytest.raises(UsageError, match="can be read as May 2088 or May 1988"):
        parse_period("May 88", resolve)


# --- laws ----------------------------------------------------------------------------------------

DAYS = st.dates()
YEARS = st.integers(1, 9998)
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def nothing(_name: str) -> None:
    return None


@given(DAYS, DAYS)
def test_a_span_of_two_days_is_those_days_and_what_lies_between(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert parse_period(f"{first}..{last}", nothing) == Period(start=first, end=last)


@given(DAYS)
def test_a_day_is_itself_in_every_spelling(when: date) -> None:
    month, year = MONTHS[when.month - 1], f"{when.year:04}"
    spellings = [
        f"{when}",
        f"{when.day} {month} {year}",
        f"{when.day} {month[:3]} {year}",
        f"{month} {when.day}, {year}",
        f"{year} {month} {when.day}",
    ]
    assert {parse_period(text, nothing) for text in spellings} == {Period(start=when, end=when)}


@given(DAYS, st.sampled_from([4, 7, 10]), st.sampled_from(["", "?", "~", "%"]))
def test_edtf_of_any_precision_resolves_to_its_own_bounds(
    when: date, length: int, mark: str
) -> None:
    text = str(when)[:length] + mark
    assert parse_period(text, nothing) == Period.of(parse_edtf(text))


@given(DAYS)
def test_today_moves_with_the_clock(when: date) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time_expressions, "today", lambda: when)
        assert parse_period("today", nothing) == Period(start=when, end=when)


@given(st.text() | st.text(alphabet="0123456789-/.[]~xQW +dwmyMay early"))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = parse_period(text, resolve, near)
    except UsageError:
        return
    assert found.start is None or found.end is None or found.start <= found.end


@given(DAYS, st.integers(0, 40_000), st.sampled_from("dw"))
def test_an_offset_and_its_opposite_cancel_out(when: date, count: int, unit: str) -> None:
    days = timedelta(days=count * (7 if unit == "w" else 1))
    if when <= date.max - days:
        later = parse_period(f"{when}+{count}{unit}", nothing)
        assert later == Period(start=when + days, end=when + days)
        assert parse_period(f"{later.start}-{count}{unit}", nothing) == Period(start=when, end=when)


def in_turn(texts: Sequence[str]) -> bool:
    """Whether each of the stretches begins on the day after the one before."""
    found = [parse_period(text, nothing) for text in texts]
    return all(one.end and two.start == one.end + timedelta(days=1) for one, two in pairwise(found))


@given(YEARS)
def test_seasons_quarters_weeks_and_thirds_follow_each_other_without_a_gap(year: int) -> None:
    now, then = f"{year:04}", f"{year + 1:04}"
    assert in_turn(
        [f"{name} {now}" for name in ("spring", "summer", "autumn", "winter")] + [f"spring {then}"]
    )
    assert in_turn([f"{now}Q{number}" for number in (1, 2, 3, 4)] + [f"{then}Q1"])
    weeks = date(year, 12, 28).isocalendar().week
    if year < 9998:
        assert in_turn([f"{now}-W{number:02}" for number in range(1, weeks + 1)] + [f"{then}-W01"])
    assert in_turn([f"{part} {now}" for part in ("early", "mid", "late")] + [f"early {then}"])


@given(YEARS, st.integers(1, 12))
def test_the_thirds_of_a_month_make_the_month(year: int, month: int) -> None:
    thirds = [f"{part} {year:04}-{month:02}" for part in ("early", "mid", "late")]
    assert in_turn(thirds)
    first, last = parse_period(thirds[0], nothing), parse_period(thirds[2], nothing)
    assert Period(start=first.start, end=last.end) == in_year(year, month, None, "")


# --- the only look at the clock ------------------------------------------------------------------


def test_today_is_the_only_door_to_the_clock() -> None:
    assert dates.today() - date.today() in (timedelta(0), timedelta(-1))  # noqa: DTZ011 (the clock itself)
    for path in sorted((ROOT / "src").rglob("*.py")):
        calls = [
            node.func
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call)
        ]
        looks = {call.attr for call in calls if isinstance(call, ast.Attribute)} & {
            "now",
            "utcnow",
            "today",
            "time",
            "time_ns",
        }
        assert looks == (
            {"now"} if path.parent.name == "dates" and path.stem == "__init__" else set()
        ), path


# --- on the command line -------------------------------------------------------------------------

EVENTS = [
    event("siege-begins", "1900-01-10"),
    event("siege-ends", "1900-03-01/1900-03-02", aliases=["Surrender"]),
    event("long-quarrel", "1899/1901"),
    event("last-parade", "1900-03-31"),
]
PHASES = [
    {
        "id": "the-siege",
        "title": "The siege",
        "date": "1900-01-10/1900-03-02",
        "aliases": ["blockade"],
    },
    {"id": "winter", "title": "Winter", "date": "1900-01-01/1900-02-28"},
]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("--during siege-ends", ["siege-ends", "long-quarrel"]),
        ("--during surrender", ["siege-ends", "long-quarrel"]),
        ("--during BLOCKADE --surely", ["siege-begins", "siege-ends"]),
        ("--from siege-ends --surely", ["siege-ends", "last-parade"]),
        (
            "--from siege-begins+1d --to siege-ends+30d",
            ["siege-ends", "last-parade", "long-quarrel"],
        ),
        ("--during 'siege-begins..the-siege-1d' --surely", ["siege-begins"]),
        ("--during 1900Q1 --surely", ["siege-begins", "siege-ends", "last-parade"]),
        ("--during 'late March 1900'", ["last-parade", "long-quarrel"]),
        ("--phase the-siege --during 1900-03", ["siege-ends", "long-quarrel"]),
        ("--phase winter --during 1900-03", []),
        ("--from 1900-03 --during 1900-01", []),
        (
            "--from 1900-03 --during 1900-01 --during 1900-03 --surely",
            ["siege-ends", "last-parade"],
        ),
    ],
)
def test_ids_and_words_are_read_wherever_a_time_is_asked_for(
    run: Run, write: Callable[..., str], line: str, found: list[str]
) -> None:
    outcome = run(
        f"timeline {line} --fields id -f tsv --data {write(events=EVENTS, phases=PHASES)}"
    )
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.split()[1:] == found


@pytest.mark.parametrize(
    ("line", "problem", "way_out"),
    [
        ("--from seige-ends", "'seige-ends'", "Did you mean siege-ends?"),
        ("--to siege", "'siege'", "Did you mean the-siege or siege-ends or siege-begins?"),
        ("--during parade+1d", "'parade'", "Did you mean last-parade?"),
        ("--during War", "'War'", "Did you mean 1900-01-01..1900-03-31?"),  # of the title
        ("--during xyzzy", "'xyzzy'", "Write a day, a month or a span"),
    ],
)
def test_an_unknown_word_is_answered_with_the_nearest_ids(
    run: Run, write: Callable[..., str], line: str, problem: str, way_out: str
) -> None:
    outcome = run(f"timeline {line} --data {write(events=EVENTS, phases=PHASES)}")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(
        f"withdrawal: {problem} is not a date, nor the id of a phase or an event\n{way_out}"
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "--from ../1900",
            "--from cannot be '../1900', which has no first day\nWrite a day, a month or a year, such as 1988-05.\n",
        ),
        (
            "--to 1900/..",
            "--to cannot be '1900/..', which has no last day\nWrite a day, a month or a year, such as 1988-08.\n",
        ),
        ("--from 1900 --to 1900/", "--to cannot be '1900/', which has no last day\nWrite "),
        ("--during ..1900/", "'..1900/' is open at both ends\nWrite "),
    ],
)
def test_no_time_asked_for_is_all_time_in_silence(
    run: Run, write: Callable[..., str], line: str, said: str
) -> None:
    outcome = run(f"timeline {line} --data {write(events=EVENTS, phases=PHASES)}")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"withdrawal: {said}")


# --- in words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("1988-05-15", "1988-08-15", "15 May to 15 Aug 1988"),
        ("1988-05-15", "1989-02-15", "15 May 1988 to 15 Feb 1989"),
        ("1988-05-15", "1989-05-15", "15 May 1988 to 15 May 1989"),
        ("1988-05-01", "1988-05-31", "1 to 31 May 1988"),
        ("1988-05-15", "1988-05-15", "15 May 1988"),
        ("1988-05-15", "..", "from 15 May 1988"),
        ("..", "1988-08-15", "until 15 Aug 1988"),
        ("..", "..", "all time"),
    ],
)
def test_a_range_is_said_in_words(start: str, end: str, words: str) -> None:
    assert range_text(Period(start=day(start), end=day(end))) == words


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
    assert (phase.overlaps(parse_edtf(when)), phase.contains(parse_edtf(when))) == (
        overlaps,
        contains,
    )
