"""Dates in words: no two meanings read alike, and what is printed is read back."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from withdrawal_cli.dates import Edtf, Period, date_text, parse_edtf, range_text
from withdrawal_cli.dates.time_expressions import parse_date, parse_period
from withdrawal_cli.errors import UsageError


def is_kept(text: str) -> bool:
    try:
        parse_edtf(text)
    except ValueError:
        return False
    return True


# --- every kind that is kept -----------------------------------------------------------------------

YEARS = st.sampled_from([1, 44, 100, 988, 1899, 1900, 1988, 1989, 9998]) | st.integers(1, 9998)
PLAIN = st.one_of(
    st.builds(lambda year: f"{year:04}", YEARS),
    st.builds(lambda year: f"{year // 10:03}X", YEARS),
    st.builds(lambda year: f"{year // 100:02}XX", YEARS),
    st.builds(lambda year, month: f"{year:04}-{month:02}", YEARS, st.integers(1, 12)),
    st.builds(lambda year, season: f"{year:04}-{season}", YEARS, st.integers(21, 24)),
    st.builds(
        lambda year, month, day: f"{year:04}-{month:02}-{day:02}",
        YEARS,
        st.integers(1, 12),
        st.integers(1, 28),
    ),
)
ONE = st.builds("".join, st.tuples(PLAIN, st.sampled_from(["", "", "?", "~", "%"])))
"""A date alone. The few years of the sample make neighbours that share a year or a month."""

MEMBER = st.one_of(
    ONE,
    st.builds("{}..{}".format, ONE, ONE),
    st.builds("{}..".format, ONE),
    st.builds("..{}".format, ONE),
)
KEPT = st.one_of(
    ONE,
    st.builds("{}/{}".format, ONE | st.sampled_from(["", ".."]), ONE | st.sampled_from(["", ".."])),
    st.builds(lambda members: f"[{','.join(members)}]", st.lists(MEMBER, min_size=1, max_size=4)),
).filter(is_kept)


LESS_ON_PURPOSE = [
    ("1988-05-XX", "May 1988", "1988-05"),
    ("1988-XX", "1988", "1988"),
    ("1988-XX-XX", "1988", "1988"),
    ("1988-05-15/1988-05-15", "15 May 1988", "1988-05-15"),
    ("[1988-05-14, 1988-05-15]", "14 or 15 May 1988", "[1988-05-14,1988-05-15]"),
]
"""The kinds of which the words say less: their text, the words, and what is read back.

Nobody asks whether a day is unknown or was never told; what lasted one day happened on it.
"""


@pytest.mark.parametrize(("text", "words", "back"), LESS_ON_PURPOSE)
def test_the_words_say_less_of_these_alone(text: str, words: str, back: str) -> None:
    when = parse_edtf(text)
    assert date_text(when) == words
    assert parse_date(words) == Edtf(back)
    assert Period.of(parse_edtf(back)) == Period.of(when)
    assert parse_edtf(back).precision == when.precision


def told(text: str) -> str:
    """Return what the words tell of a date: the same text but for what is left out on purpose."""
    start, slash, end = text.partition("/")
    return start if slash and start == end and re.fullmatch(r"\d{4}-\d\d-\d\d", start) else text


@given(KEPT)
@settings(max_examples=400)
def test_what_is_printed_is_read_back(text: str) -> None:
    assert parse_date(date_text(parse_edtf(text))).text == told(text)


@given(KEPT, KEPT)
@settings(max_examples=200)
def test_two_dates_that_differ_never_read_alike(one: str, other: str) -> None:
    # Also follows from the law above; this one still holds where that is loosened.
    if told(one) != told(other):
        assert date_text(parse_edtf(one)) != date_text(parse_edtf(other))


@given(st.dates() | st.none(), st.dates() | st.none())
def test_the_range_that_a_footer_prints_is_read_back(one: date | None, other: date | None) -> None:
    if one or other:
        start, end = sorted((one, other)) if one and other else (one, other)
        period = Period(start=start, end=end)
        assert parse_period(range_text(period), lambda _: None) == period


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # ends of different precision name their years
        ("1988-05-15/1988", "15 May 1988 – 1988"),
        ("1988-05/1988", "May 1988 – 1988"),
        ("1988-21/1988", "spring 1988 – 1988"),
        ("1921-11-03/1921", "3 Nov 1921 – 1921"),
        ("1988-05/1988-08-15", "May 1988 – 15 Aug 1988"),
        ("1988-21/1988-06", "spring 1988 – Jun 1988"),
        ("1988-24/1989", "from winter 1988 to 1989"),
        ("1988-24~/1989?", "from c. winter 1988 to 1989?"),
        ("1988-24/1990", "winter 1988 – 1990"),
        ("1988/1988-11-03", "1988 – 3 Nov 1988"),
        ("[1988-05-09..1988-06]", "between 9 May 1988 and Jun 1988"),
        ("[1988,1988-05]", "1988 or May 1988"),
        ("1988-05-15/198X", "15 May 1988 – 1980s"),
        ("1988-05-15/1989-05-15", "15 May 1988 – 15 May 1989"),
        ("1988-05/1988-05", "May 1988 – May 1988"),
        ("[190X,19XX]", "1900s (decade) or 1900s (century)"),
        ("[1988-05-14,1988-05-15,1988-06]", "14 or 15 May 1988 or Jun 1988"),
        ("[1988-05..1988-05-15]", "between May 1988 and 15 May 1988"),
        ("1988-05-15~/1988-05-20", "c. 15 May 1988 – 20 May 1988"),
        # ends of one precision name what they share once
        ("1988-21/1988-23", "spring – autumn 1988"),
        ("[1988-05,1988-06]", "May or Jun 1988"),
        ("[1988-05-14,1988-06-01]", "14 May or 1 Jun 1988"),
        # a year, a decade, a century
        ("190X", "1900s (decade)"),
        ("19XX", "1900s (century)"),
        ("1900", "1900"),
        ("198X", "1980s"),
        ("198X?", "1980s?"),
        ("190X~", "c. 1900s (decade)"),
        ("190X/192X", "1900s (decade) – 1920s"),
        # the year 44 is not 1944, nor a day
        ("0044", "AD 44"),
        ("0044-03-15", "15 Mar AD 44"),
        ("0044-03-14/0044-03-15", "14–15 Mar AD 44"),
        ("004X", "AD 40s"),
        ("00XX", "AD 0s (century)"),
        ("0988-05-15", "15 May AD 988"),
        # once in there, and lasted
        ("1988/1988", "1988 – 1988"),
        ("[1988..1989]", "between 1988 and 1989"),
        ("1988/1989", "1988 – 1989"),
        ("[1670,..1660]", "1670 or by 1660"),
        ("[1667,1668,1670..1672]", "1667 or 1668 or between 1670 and 1672"),
        ("1988?/", "1988? – ?"),
    ],
)
def test_words_are_unambiguous(text: str, words: str) -> None:
    assert date_text(parse_edtf(text)) == words
    assert parse_date(words).text == text


# --- as people write them ----------------------------------------------------------------------------

WRITTEN = [
    ("c. 1820", "1820~"),
    ("c.1820", "1820~"),
    ("c1820", "1820~"),
    ("ca. 1820", "1820~"),
    ("circa 1820", "1820~"),
    ("about May 1820", "1820-05~"),
    ("~1820", "1820~"),
    ("perhaps 1820", "1820?"),
    ("possibly c. 1820", "1820%"),
    ("1820 (?)", "1820?"),
    ("1820 ?", "1820?"),
    ("c. 1820?", "1820%"),
    ("c. 15.05.1988", "1988-05-15~"),
    ("c. 1950s", "195X~"),
    ("c. Q2 1988", "[1988-04~..1988-06~]"),
    ("c. 4 or 5 Aug 1988", "[1988-08-04~,1988-08-05]"),
    ("spring 1866", "1866-21"),
    ("Spring, 1866", "1866-21"),
    ("the fall of 1866", "1866-23"),
    ("winter 1987/88", "1987-24"),
    ("winter 1987–1988", "1987-24"),
    ("winter of 1987-88", "1987-24"),
    ("winter 1987 – 1988", "1987-24"),
    ("Winter 1987 - 88", "1987-24"),
    ("c. winter 1987–88", "1987-24~"),
    ("winter 1987/88?", "1987-24?"),
    ("1963 or 1964", "[1963,1964]"),
    ("4 or 5 Aug 1988", "[1988-08-04,1988-08-05]"),
    ("Aug 4 or 5, 1988", "[1988-08-04,1988-08-05]"),
    ("14, 15 or 16 May 1988", "[1988-05-14,1988-05-15,1988-05-16]"),
    ("14, 15, or 16 May 1988", "[1988-05-14,1988-05-15,1988-05-16]"),
    ("May or June 1988", "[1988-05,1988-06]"),
    ("Q1 1988 or Q3 1988", "[1988-01..1988-03,1988-07..1988-09]"),
    ("between 1963 and 1965", "[1963..1965]"),
    ("between May 9 and 15, 1988", "[1988-05-09..1988-05-15]"),
    ("between 9 and 15 May 1988 or 20 May 1988", "[1988-05-09..1988-05-15,1988-05-20]"),
    ("1950s", "195X"),
    ("the 1950s", "195X"),
    ("1950's", "195X"),
    ("192-", "192X"),
    ("19--", "19XX"),
    ("20th century", "19XX"),
    ("the 1st century", "00XX"),
    ("before 1900", "[..1899]"),
    ("before 15 May 1988", "[..1988-05-14]"),
    ("before March 1988", "[..1988-02]"),
    ("before c. 1900", "[..1899~]"),
    ("after 1900", "[1901..]"),
    ("after 28 Feb 1988", "[1988-02-29..]"),
    ("after the 1950s", "[1960..]"),
    ("before spring 1988", "[..1988-02-29]"),
    ("by 1900", "[..1900]"),
    ("not before 1900", "[1900..]"),
    ("not after 1900", "[..1900]"),
    ("1900 or earlier", "[..1900]"),
    ("1900 or later", "[1900..]"),
    ("from 1900", "1900/.."),
    ("since May 1988", "1988-05/.."),
    ("until 1900", "../1900"),
    ("up to 15 May 1988", "../1988-05-15"),
    ("1914-1918", "1914/1918"),
    ("1914–1918", "1914/1918"),
    ("1914 — 1918", "1914/1918"),
    ("1914 to 1918", "1914/1918"),
    ("from 1914 to 1918", "1914/1918"),
    ("1914-18", "1914/1918"),
    ("1914–18", "1914/1918"),
    ("1988–89", "1988/1989"),
    ("c. 1914 – 1918?", "1914~/1918?"),
    ("1914-1918?", "1914/1918?"),
    ("1950s – 1970s", "195X/197X"),
    ("15 May 1988 - 1988", "1988-05-15/1988"),
    ("1900s (decade) – 1920s", "190X/192X"),
    ("May 15, 1988 → May 20, 1988", "1988-05-15/1988-05-20"),
    ("1988/?", "1988/"),
    ("? / c. 1988", "/1988~"),
    ("1914..1918", "1914/1918"),
    ("May 1914 ..", "1914-05/.."),
    ("..1918", "../1918"),
    ("15 Oct 1986 – 31 Oct 1986?", "1986-10-15/1986-10-31?"),
    ("15–20 May 1988", "1988-05-15/1988-05-20"),
    ("15-20 May 1988", "1988-05-15/1988-05-20"),
    ("May 15–20, 1988", "1988-05-15/1988-05-20"),
    ("May 15 - June 3, 1988", "1988-05-15/1988-06-03"),
    ("May-Aug 1988", "1988-05/1988-08"),
    ("May 1988 – 15 Aug 1989", "1988-05/1989-08-15"),
    ("15.05.1988 - 20.05.1988", "1988-05-15/1988-05-20"),
    ("15.05.1988", "1988-05-15"),
    ("15/05/1988", "1988-05-15"),
    ("5/15/1988", "1988-05-15"),
    ("5/5/1988", "1988-05-05"),
    ("1988/5/15", "1988-05-15"),
    ("1988.5.15", "1988-05-15"),
    ("1988-5-15", "1988-05-15"),
    ("1988–05–15", "1988-05-15"),
    ("1988-5", "1988-05"),
    ("1988/05", "1988-05"),
    ("Q2 1988", "[1988-04..1988-06]"),
    ("1988Q2", "[1988-04..1988-06]"),
    ("Q2/1988", "[1988-04..1988-06]"),
    ("1988-W20", "[1988-05-16..1988-05-22]"),
    ("early May 1988", "[1988-05-01..1988-05-10]"),
    ("early 1988?", "[1988-01?..1988-04?]"),
    ("late c. 1988", "[1988-09~..1988-12~]"),
    ("mid-May 1988?", "[1988-05-11?..1988-05-20?]"),
    ("mid-1988", "[1988-05..1988-08]"),
    ("December 7, 1941", "1941-12-07"),
    ("Dec. 7, 1941", "1941-12-07"),
    ("7 Dec. 1941", "1941-12-07"),
    ("January 1944", "1944-01"),
    ("12 May 1891", "1891-05-12"),
    ("June 1923", "1923-06"),
    ("Sunday, May 15, 1988", "1988-05-15"),
    ("Sun 15 May 1988", "1988-05-15"),
    ("on the 15th of May, 1988", "1988-05-15"),
    ("15 May AD 44", "0044-05-15"),
    ("44 AD", "0044"),
    ("AD 988", "0988"),
    ("15 May 988", "0988-05-15"),
    ("1988-05-15?", "1988-05-15?"),
    ("198x", "198X"),
    # as tables have them
    ("ca.1944", "1944~"),
    ("1944 (approx.)", "1944~"),
    ("1944 (c.)", "1944~"),
    ("May 1944 ca.", "1944-05~"),
    ("12/1941", "1941-12"),
    ("5.1988", "1988-05"),
    ("07-DEC-1941", "1941-12-07"),
    ("7/Dec/1941", "1941-12-07"),
    ("7.Dec.1941", "1941-12-07"),
    ("December/1941", "1941-12"),
    ("7 December 1941 (Sunday)", "1941-12-07"),
    ("17.12.1941.", "1941-12-17"),
    ("15.-20. May 1988", "1988-05-15/1988-05-20"),
    ("Dec 30, 1941-Jan 2, 1942", "1941-12-30/1942-01-02"),
    ("1988-05-15 / 1988-05-20", "1988-05-15/1988-05-20"),
    ("1988-05-15/20", "1988-05-15/1988-05-20"),
    ("1988-05-15/08-15", "1988-05-15/1988-08-15"),
    ("1988-05/08", "1988-05/1988-08"),
    ("1988--1989", "1988/1989"),
    ("May 1988 -- June 1989", "1988-05/1989-06"),
    ("1941–present", "1941/.."),
    ("from May 1988 to the present", "1988-05/.."),
    ("c. 1941 - now", "1941~/.."),
    ("1941 onwards", "1941/.."),
    ("A.D. 79", "0079"),
    ("15 May 79 C.E.", "0079-05-15"),
    ("\u200e15 May\u00a01988\u200b", "1988-05-15"),
]


@pytest.mark.parametrize(("text", "edtf"), WRITTEN)
def test_a_date_is_read_as_it_is_written(text: str, edtf: str) -> None:
    assert parse_date(text).text == edtf


@pytest.mark.parametrize(
    ("text", "problem", "hint"),
    [
        ("1900s", "'1900s' can be read as 1900s (decade) or 1900s (century)", "Write 190X or 19XX."),
        ("4/5/88", "'4/5/88' can be read as 4 May 1988 or 5 Apr 1988", "Write 1988-05-04 or 1988-04-05."),
        ("4.5.1988", "'4.5.1988' can be read as 4 May 1988 or 5 Apr 1988", "Write 1988-05-04 or 1988-04-05."),
        ("1904/05", "'1904/05' can be read as May 1904 or 1904 – 1905 or 1904 or 1905", "Write 1904-05 or 1904/1905"),
        ("1904–05", "'1904–05' can be read as May 1904 or 1904 – 1905", "Write 1904-05 or 1904/1905."),
        ("1957/58", "'1957/58' can be read as 1957 – 1958 or 1957 or 1958", "Write 1957/1958 or [1957,1958]."),
        ("1901-5", "'1901-5' can be read as May 1901 or 1901 – 1905", "Write 1901-05 or 1901/1905."),
        ("1920-33", "'1920-33' can be read as 1920 – 1933 or, in EDTF level 2, as a part of 1920", "Write 1920/1933;"),
        ("Monday 15 May 1988", "'Monday 15 May 1988': 15 May 1988 was a Sunday", "Write a day"),
        ("15 – 20 May", "'15 – 20 May' has no year", "Write the year in full"),
        ("15 May – 1988", "'15 May – 1988' has no year", "Write the year in full"),
        ("1989 – 1988", "'1989/1988': the end comes before the start", "Write a day"),
        ("44 BC", "'44 BC': years go from 0001 to 9999", "Write a day"),
        ("before 0001", "'before AD 1' is outside the years 0001 to 9999", "Write a day"),
        ("one grey morning", "'one grey morning' is not a date", "Write a day"),
        ("12", "'12' is not a date", "Write a day"),
        ("1941–", "'1941–' can be read as from 1941 or 1941 – ?", "Write 1941/.. or 1941/."),
        ("May 1941 -", "'May 1941 -' can be read as from May 1941 or May 1941 – ?", "Write 1941-05/.. or 1941-05/."),
        ("soon –", "'soon –' is not a date", "Write a day"),
        ("13/1988", "'13/1988' is not a date", "Write a day"),
        ("15.05/1988", "'15.05/1988' is not a date", "Write a day"),
        ("1988-05/04", "'1988-05/1988-04': the end comes before the start", "Write a day"),
        ("1941 onwards onwards", "'1941 onwards onwards' is not a date", "Write a day"),
        ("523", "'523' is not a date", "Write a day"),
        ("May 1988 or", "'May 1988 or' is not a date", "Write a day"),
        ("or later", "'or later' is not a date", "Write a day"),
        ("1914 – 1916 or 1918", "'1914 – 1916 or 1918' is not a date", "Write a day"),
    ],
)  # fmt: skip
def test_what_is_no_date_or_has_two_readings_is_refused(text: str, problem: str, hint: str) -> None:
    with pytest.raises(UsageError) as refusal:
        parse_date(text)
    assert refusal.value.problem == problem
    assert (refusal.value.hint or "").startswith(hint)


@given(st.text(alphabet="0123456789 -–/.,?~c[]()aorbetwnMyJuspigQXfADk'", max_size=30))
@settings(max_examples=200)
def test_any_text_is_a_date_or_is_refused(text: str) -> None:
    try:
        when = parse_date(text)
    except UsageError:
        return
    assert parse_edtf(when.text) == when
