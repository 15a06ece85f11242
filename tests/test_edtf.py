"""EDTF: what is read, what is refused and why, and agreement with the `edtf` package."""

import copy
import pickle
import re
from contextlib import suppress
from datetime import date

import edtf
import pytest
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import given, settings
from hypothesis import strategies as st

from withdrawal_cli.dates import Edtf, date_text, parse_edtf


def day(text: str) -> date | None:
    return None if text == ".." else date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("1988-05-15", "1988-05-15", "1988-05-15", "day"),
        ("1988-05", "1988-05-01", "1988-05-31", "month"),
        ("1988", "1988-01-01", "1988-12-31", "year"),
        ("1988-02", "1988-02-01", "1988-02-29", "month"),
        ("1900-02", "1900-02-01", "1900-02-28", "month"),
        ("0001", "0001-01-01", "0001-12-31", "year"),
        ("9999-12-31", "9999-12-31", "9999-12-31", "day"),
        ("1988-05-15?", "1988-05-15", "1988-05-15", "day"),
        ("1988-08~", "1988-08-01", "1988-08-31", "month"),
        ("1988%", "1988-01-01", "1988-12-31", "year"),
        ("198X", "1980-01-01", "1989-12-31", "decade"),
        ("19XX", "1900-01-01", "1999-12-31", "century"),
        ("00XX", "0001-01-01", "0099-12-31", "century"),
        ("1988-XX", "1988-01-01", "1988-12-31", "year"),
        ("1988-XX-XX", "1988-01-01", "1988-12-31", "year"),
        ("1988-05-XX", "1988-05-01", "1988-05-31", "month"),
        ("1988-21", "1988-03-01", "1988-05-31", "season"),
        ("1988-22", "1988-06-01", "1988-08-31", "season"),
        ("1988-23", "1988-09-01", "1988-11-30", "season"),
        ("1987-24", "1987-12-01", "1988-02-29", "season"),
        ("1988-05-15/1988-08-15", "1988-05-15", "1988-08-15", "day"),
        ("1988-05-15/1988-08", "1988-05-15", "1988-08-31", "month"),
        ("1988-05~/1989", "1988-05-01", "1989-12-31", "year"),
        ("1988-12/1988", "1988-12-01", "1988-12-31", "year"),
        ("1988-05-15/..", "1988-05-15", "..", "day"),
        ("1988-05-15/", "1988-05-15", "..", "day"),
        ("../1988", "..", "1988-12-31", "year"),
        ("/1988-02", "..", "1988-02-29", "month"),
        ("[1988-05-14,1988-05-15]", "1988-05-14", "1988-05-15", "day"),
        ("[1988-05-14, 1988-05-17]", "1988-05-14", "1988-05-17", "day"),
        ("[1988-05-09..1988-05-15]", "1988-05-09", "1988-05-15", "day"),
        ("[..1988-05-14]", "..", "1988-05-14", "day"),
        ("[1988-05-14..]", "1988-05-14", "..", "day"),
        ("[1986,1988-05..1988-06]", "1986-01-01", "1988-06-30", "year"),
    ],
)
def test_a_date_has_a_first_and_a_last_day_both_inclusive(
    text: str, earliest: str, latest: str, precision: str
) -> None:
    when = parse_edtf(text)
    assert (when.earliest, when.latest, when.precision) == (day(earliest), day(latest), precision)
    assert when.text == str(when) == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "'' is not an EDTF date"),
        ("soon", "'soon' is not an EDTF date"),
        ("1988-13", "'1988-13': there is no month 13"),
        ("1988-00", "'1988-00': there is no month 00"),
        ("1988-20", "'1988-20': there is no month 20"),
        ("1988-42", "'1988-42': there is no month 42"),
        ("1988-31-05", "'1988-31-05': there is no month 31"),
        ("1988-02-30", "'1988-02-30': Feb 1988 has 29 days"),
        ("1900-02-29", "'1900-02-29': Feb 1900 has 28 days"),
        ("1988-05-00", "'1988-05-00': May 1988 has 31 days"),
        ("0000", "'0000': years go from 0001 to 9999"),
        ("9999-24", "'9999-24': years go from 0001 to 9999"),
        ("1988-5-15", "'1988-5-15' is not an EDTF date"),
        ("19880515", "'19880515' is not an EDTF date"),
        ("1988-21-05", "'1988-21-05': a season has no day"),
        ("1988-08-15/1988-05-15", "'1988-08-15/1988-05-15': the end comes before the start"),
        ("../..", "'../..': at least one end of an interval must be known"),
        ("/", "'/': at least one end of an interval must be known"),
        ("1988/1989/1990", "'1988/1989/1990' is not an EDTF date: an interval has one '/'"),
        ("[1988-05-15..1988-05-09]", "'[1988-05-15..1988-05-09]': the end comes before the start"),
        ("[..]", "'[..]': at least one end of a range must be known"),
        *(
            (
                text,
                f"{text!r}: a one-of set can be open at one end only: [..1988-05-14] or [1988-05-14..]",
            )
            for text in (
                "[..1984,1985-10-01..]",
                "[1985..,..1984]",
                "[..1984,1984-06,1985..]",
                "[1984..,..1985]",
            )
        ),
        (
            "[1988",
            "'[1988': a one-of set is written [1988-05-14,1988-05-15] or [1988-05-09..1988-05-15]",
        ),
        (
            "[1988]",
            "'[1988]': a one-of set is written [1988-05-14,1988-05-15] or [1988-05-09..1988-05-15]",
        ),
        (f"[{','.join(['1988'] * 101)}]", "a one-of set of 101 dates; at most 100 are read"),
        ("[]", "'[]': a one-of set is written [1988-05-14,1988-05-15] or [1988-05-09..1988-05-15]"),
        ("[1988,]", "'[1988,]' is not an EDTF date"),
        ("١٩٨٨", "'١٩٨٨' is not an EDTF date"),
        ("1988-05-1٥", "'1988-05-1٥' is not an EDTF date"),
        ("1988??", "'1988??' is not an EDTF date"),
    ],
)
def test_anything_else_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        parse_edtf(text)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain", "lasted", "exact", "span"),
    [
        ("1988-05-15", False, False, False, True, 1),
        ("1988-05-15~", True, False, False, False, 1),
        ("1988-05-15?", False, True, False, False, 1),
        ("1988-05%", True, True, False, False, 31),
        ("1988-05-15/1989-02-15", False, False, True, True, 277),
        ("1988-05-15/1989-02-15~", True, False, True, False, 277),
        ("1988-05-15/..", False, False, True, False, None),
        ("[1988-05-14,1988-05-15]", False, False, False, False, 2),
    ],
)
def test_doubt_is_kept(
    text: str, approximate: bool, uncertain: bool, lasted: bool, exact: bool, span: int | None
) -> None:
    when = parse_edtf(text)
    assert (when.approximate, when.uncertain, when.lasted, when.exact, when.span) == (
        approximate, uncertain, lasted, exact, span,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1988-05-15", "15 May 1988"),
        ("1986-10", "Oct 1986"),
        ("1988", "1988"),
        ("1988-08-10~", "c. 10 Aug 1988"),
        ("1988-08-10?", "10 Aug 1988?"),
        ("1988-08%", "c. Aug 1988?"),
        ("1988-22", "summer 1988"),
        ("198X", "1980s"),
        ("1988-05-XX", "May 1988"),
        ("1988-XX", "1988"),
        ("1988-XX-XX", "1988"),
        ("0044", "AD 44"),
        ("1988-05-15/1988-08-15", "15 May – 15 Aug 1988"),
        ("1988-05-15/1989-02-15", "15 May 1988 – 15 Feb 1989"),
        ("1989-02-14/1989-02-15", "14–15 Feb 1989"),
        ("1988-05/1988-08", "May – Aug 1988"),
        ("1988-05/1989-02", "May 1988 – Feb 1989"),
        ("1980/1989", "1980 – 1989"),
        ("1988-05-01~/1988-05-31", "c. 1 May 1988 – 31 May 1988"),
        ("1986-10-15/1986-10-31?", "15 Oct 1986 – 31 Oct 1986?"),
        ("1988-05-15/1988-05-15", "15 May 1988"),
        ("1988-05-15/..", "from 15 May 1988"),
        ("../1988-05-15", "until 15 May 1988"),
        ("1988-05-15/", "15 May 1988 – ?"),
        ("/1988-05-15", "? – 15 May 1988"),
        ("[1988-05-14,1988-05-15]", "14 or 15 May 1988"),
        ("[1988-05-14,1988-05-15,1988-06-01]", "14 or 15 May or 1 Jun 1988"),
        ("[1988-05-14~,1988-05-15]", "c. 14 May 1988 or 15 May 1988"),
        ("[1988-05-09..1988-05-15]", "between 9 and 15 May 1988"),
        ("[..1988-05-14]", "by 14 May 1988"),
        ("[1988-05-14..]", "14 May 1988 or later"),
    ],
)
def test_a_date_reads_as_words_with_its_doubt(text: str, words: str) -> None:
    assert date_text(parse_edtf(text)) == words


def test_a_date_cannot_be_changed() -> None:
    with pytest.raises(AttributeError, match="an Edtf is immutable: text cannot be set"):
        parse_edtf("1988").text = "1989"


# --- against the edtf package --------------------------------------------------------------------

SPECIFICATION = [
    "1985-04-12",
    "1985-04",
    "1985",
    "1964/2008",
    "2004-06/2006-08",
    "2004-02-01/2005-02-08",
    "2004-02-01/2005-02",
    "2004-02-01/2005",
    "2005/2006-02",
    "2001-21",
    "2003-22",
    "2000-23",
    "1984?",
    "2004-06~",
    "2004-06-11%",
    "201X",
    "20XX",
    "2004-XX",
    "1985-04-XX",
    "1985-XX-XX",
    "1985-04-12/..",
    "1985-04/..",
    "1985/..",
    "1985-04-12/",
    "1985-04/",
    "1985/",
    "../1985-04-12",
    "../1985-04",
    "../1985",
    "/1985-04-12",
    "/1985-04",
    "/1985",
    "1984?/2004~",
    "1984~/2004-06",
    "1984-06?/2004-08?",
    "1984-06-02?/2004-08-08~",
    "[1667,1668,1670..1672]",
    "[..1760-12-03]",
    "[1760-12..]",
    "[1760-01,1760-02,1760-12..]",
]
"""The examples of https://www.loc.gov/standards/datetime/ for what we keep of Levels 0, 1 and 2."""

SET = "a set of all members {...} (level 2) is several dates; write one record for each"
TIME = "a time of day (level 0); only days are kept"
EXPONENTIAL = "an exponential year (level 2); years go from 0001 to 9999"
SIGNIFICANT = "significant digits of a year (level 2)"
LONG = "a year of more than four digits (level 1); years go from 0001 to 9999"
NEGATIVE = "a year before 0001 (level 1); years go from 0001 to 9999"
SEASON = "a season, a quarter or another part of a year (level 2)"
MARK = "a mark on a part of the date (level 2)"
UNKNOWN = "unknown digits other than in 198X, 19XX, 1988-XX and 1988-05-XX (level 2)"
NOT_KEPT = {
    "1985-04-12T23:20:30": TIME,
    "1985-04-12T23:20:30Z": TIME,
    "1985-04-12T23:20:30+04:30": TIME,
    "Y170000002": LONG,
    "Y-170000002": LONG,
    "-1985": NEGATIVE,
    "-0044-03-15": NEGATIVE,
    "Y-17E7": EXPONENTIAL,
    "Y17E7": EXPONENTIAL,
    "Y3388E2S3": EXPONENTIAL,
    "1950S2": SIGNIFICANT,
    "Y171010000S3": SIGNIFICANT,
    "2001-25": SEASON,
    "2001-34": SEASON,
    "2001-41": SEASON,
    "{1667,1668,1670..1672}": SET,
    "{1960,1961-12}": SET,
    "{..1984}": SET,
    "2004-06-~01": MARK,
    "2004?-06": MARK,
    "2004-06~-11": MARK,
    "?2004-06-~11": MARK,
    "2004-%06-11": MARK,
    "156X-12-25": UNKNOWN,
    "15XX-12-25": UNKNOWN,
    "15XX-12-XX": UNKNOWN,
    "XXXX-12-XX": UNKNOWN,
    "XXXX": UNKNOWN,
    "1XXX-12": UNKNOWN,
    "1984-1X": UNKNOWN,
    "1988-XX-15": UNKNOWN,
    "2004-06-XX/2004-07-%03": MARK,
    "[1667,1668?-05]": MARK,
}
"""Legal EDTF of which no date is made, and what it is called; a level names each kind."""


@pytest.mark.parametrize("text", SPECIFICATION)
def test_the_specifications_examples_mean_the_same_to_the_edtf_package(text: str) -> None:
    assert_same(text)


@pytest.mark.parametrize(("text", "name"), NOT_KEPT.items())
def test_edtf_beyond_what_is_kept_is_refused_by_its_name(text: str, name: str) -> None:
    with pytest.raises(
        ValueError, match=f"^{re.escape(f'{text!r} is EDTF that is not supported: {name}')}$"
    ):
        parse_edtf(text)


@pytest.mark.parametrize("text", sorted(set(NOT_KEPT) - {"1984-1X"}))
def test_what_is_called_edtf_the_package_reads(text: str) -> None:
    # The package does not read 1984-1X, which the specification has.
    edtf.parse_edtf(text)


dates = st.one_of(
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.integers(1, 9999).map(lambda year: f"{year:04}"),
    st.integers(1, 999).map(lambda decade: f"{decade:03}X"),
    st.integers(1, 99).map(lambda century: f"{century:02}XX"),
    st.dates().map(lambda day: f"{day.isoformat()[:7]}-XX"),
)
seasons = st.tuples(st.integers(1, 9999), st.sampled_from([21, 22, 23])).map(
    lambda parts: f"{parts[0]:04}-{parts[1]}"
)
"""Without winter: the package keeps December, January and February of one year together."""

qualified = st.one_of(st.tuples(dates, st.sampled_from(["", "?", "~", "%"])).map("".join), seasons)


def assert_same(text: str) -> None:
    """Hold our bounds against the package's strict ones; it guesses at unknown ends, which are not held, and at sets."""
    ours, theirs = parse_edtf(text), edtf.parse_edtf(text)
    if text.startswith("["):
        return
    if not text.startswith("/"):
        assert plain(theirs.lower_strict()) == ours.earliest
    if not text.endswith("/"):
        assert plain(theirs.upper_strict()) == ours.latest


def plain(stamp: object) -> date | None:
    """Return a day of the package's struct_time; its infinities are our open ends."""
    if isinstance(stamp, float):
        return None
    return date(*stamp[:3])  # type: ignore[index]


@given(qualified)
@settings(max_examples=60, deadline=None)
def test_generated_dates_mean_the_same_to_the_edtf_package(text: str) -> None:
    assert_same(text)


@given(st.tuples(st.dates(), st.dates()).map(sorted))
@settings(max_examples=40, deadline=None)
def test_generated_intervals_mean_the_same_to_the_edtf_package(days: list[date]) -> None:
    assert_same(f"{days[0].isoformat()}/{days[1].isoformat()}")


@given(st.text(alphabet="0123456789-/X~?%.[],", max_size=24))
@settings(deadline=None)
def test_what_we_read_the_package_reads_too(text: str) -> None:
    try:
        when = parse_edtf(text)
    except ValueError:
        return
    assert isinstance(when, Edtf)
    assert when.earliest is None or when.latest is None or when.earliest <= when.latest
    if when.lasted and "X" in text and None in (when.earliest, when.latest):
        return  # the package knows no interval that is open at one end and vague at the other
    try:
        edtf.parse_edtf(text.replace(", ", ","))
    except EDTFParseException:
        pytest.fail(f"the package does not read {text!r}")


@given(st.text(max_size=30))
def test_no_text_at_all_breaks_the_parser(text: str) -> None:
    with suppress(ValueError):
        assert date_text(parse_edtf(text))


def test_a_date_can_be_copied_and_pickled() -> None:
    when = parse_edtf("1988-08-10~")
    assert when.approximate  # worked out, and so kept
    pickled = pickle.dumps(when)
    for made in (copy.deepcopy(when), pickle.loads(pickled)):  # noqa: S301 (our own)
        assert (made, made.approximate) == (when, True)
