"""Each form of a date against each export: what is written of it, value for value."""

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from icalendar import Calendar

from tests.conftest import Run, event

Dates = dict[str, dict[str, str]]


class Written(NamedTuple):
    """What the exports make of one date."""

    date: str
    geojson: dict[str, dict[str, str]]
    "The timespan in `when`: a start alone happened once, in there."
    ics: tuple[str, ...]
    "DTSTART, DTEND or DURATION, STATUS and RRULE of --anniversaries; empty when it is left out."
    timelinejs: tuple[list[int], list[int] | None] | None
    "Start and end; `None` when it is left out."
    days: tuple[str, str]
    "`earliest` and `latest` in SQLite, the data package, CSV and GeoJSON; empty when it is open."
    precision: str
    bibtex: dict[str, str]


TABLE = [
    # exact
    Written("1988-05-15", {"start": {"in": "1988-05-15"}}, ("19880515", "19880516", "CONFIRMED", "FREQ=YEARLY"),
            ([1988, 5, 15], None), ("1988-05-15", "1988-05-15"), "day",
            {"date": "1988-05-15", "year": "1988", "month": '"15~" # may'}),
    Written("1988-02-29", {"start": {"in": "1988-02-29"}},
            ("19880229", "19880301", "CONFIRMED", "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2"),
            ([1988, 2, 29], None), ("1988-02-29", "1988-02-29"), "day",
            {"date": "1988-02-29", "year": "1988", "month": '"29~" # feb'}),
    Written("1988-12-31", {"start": {"in": "1988-12-31"}}, ("19881231", "19890101", "CONFIRMED", "FREQ=YEARLY"),
            ([1988, 12, 31], None), ("1988-12-31", "1988-12-31"), "day",
            {"date": "1988-12-31", "year": "1988", "month": '"31~" # dec'}),
    Written("9999-12-31", {"start": {"in": "9999-12-31"}}, ("99991231", "P1D", "CONFIRMED", "FREQ=YEARLY"),
            ([9999, 12, 31], None), ("9999-12-31", "9999-12-31"), "day",
            {"date": "9999-12-31", "year": "9999", "month": '"31~" # dec'}),
    Written("0044-03-15", {"start": {"in": "0044-03-15"}}, ("00440315", "00440316", "CONFIRMED", "FREQ=YEARLY"),
            ([44, 3, 15], None), ("0044-03-15", "0044-03-15"), "day",
            {"date": "0044-03-15", "year": "0044", "month": '"15~" # mar'}),
    # known less closely: once, some time in there
    Written("1988-02", {"start": {"in": "1988-02"}}, ("19880201", "19880301", "TENTATIVE"),
            ([1988, 2], None), ("1988-02-01", "1988-02-29"), "month", {"date": "1988-02", "year": "1988", "month": "feb"}),
    Written("1988-05-XX", {"start": {"in": "1988-05"}}, ("19880501", "19880601", "TENTATIVE"),
            ([1988, 5], None), ("1988-05-01", "1988-05-31"), "month", {"date": "1988-05", "year": "1988", "month": "may"}),
    Written("1988-22", {"start": {"earliest": "1988-06", "latest": "1988-08"}}, (),
            ([1988, 6], [1988, 8]), ("1988-06-01", "1988-08-31"), "season", {"date": "1988-22", "year": "1988"}),
    Written("1988-24~", {"start": {"earliest": "1988-12~", "latest": "1989-02~"}}, (),
            ([1988, 12], [1989, 2]), ("1988-12-01", "1989-02-28"), "season", {"date": "1988-24~", "year": "1988"}),
    Written("1988", {"start": {"in": "1988"}}, (), ([1988], None), ("1988-01-01", "1988-12-31"), "year",
            {"date": "1988", "year": "1988"}),
    Written("190X", {"start": {"earliest": "1900", "latest": "1909"}}, (),
            ([1900], [1909]), ("1900-01-01", "1909-12-31"), "decade", {"date": "190X", "year": "1900"}),
    Written("19XX", {"start": {"earliest": "1900", "latest": "1999"}}, (),
            ([1900], [1999]), ("1900-01-01", "1999-12-31"), "century", {"date": "19XX", "year": "1900"}),
    # in doubt
    Written("1988-05-15~", {"start": {"in": "1988-05-15~"}}, ("19880515", "19880516", "TENTATIVE"),
            ([1988, 5, 15], None), ("1988-05-15", "1988-05-15"), "day", {"date": "1988-05-15~", "year": "1988", "month": '"15~" # may'}),
    Written("1988-05?", {"start": {"in": "1988-05?"}}, ("19880501", "19880601", "TENTATIVE"),
            ([1988, 5], None), ("1988-05-01", "1988-05-31"), "month", {"date": "1988-05?", "year": "1988", "month": "may"}),
    Written("198X%", {"start": {"earliest": "1980%", "latest": "1989%"}}, (),
            ([1980], [1989]), ("1980-01-01", "1989-12-31"), "decade", {"date": "198X%", "year": "1980"}),
    # lasted
    Written("1988-05-15/1988-08-15", {"start": {"in": "1988-05-15"}, "end": {"in": "1988-08-15"}},
            ("19880515", "19880816", "CONFIRMED"), ([1988, 5, 15], [1988, 8, 15]), ("1988-05-15", "1988-08-15"), "day",
            {"date": "1988-05-15/1988-08-15", "year": "1988", "month": '"15~" # may # "--" # "15~" # aug'}),
    Written("1988-05-15/1988", {"start": {"in": "1988-05-15"}, "end": {"in": "1988"}}, (),
            ([1988, 5, 15], None), ("1988-05-15", "1988-12-31"), "year",
            {"date": "1988-05-15/1988", "year": "1988", "month": '"15~" # may'}),
    Written("1988/1989", {"start": {"in": "1988"}, "end": {"in": "1989"}}, (),
            ([1988], [1989]), ("1988-01-01", "1989-12-31"), "year", {"date": "1988/1989", "year": "1988"}),
    Written("1988-21/1988-23~", {"start": {"earliest": "1988-03", "latest": "1988-05"},
                                 "end": {"earliest": "1988-09~", "latest": "1988-11~"}}, (),
            ([1988, 3], [1988, 11]), ("1988-03-01", "1988-11-30"), "season",
            {"date": "1988-21/1988-23~", "year": "1988"}),
    Written("198X/199X", {"start": {"earliest": "1980", "latest": "1989"}, "end": {"earliest": "1990", "latest": "1999"}}, (),
            ([1980], [1999]), ("1980-01-01", "1999-12-31"), "decade", {"date": "198X/199X", "year": "1980"}),
    # went on: open, or nobody knows until when
    Written("1988-21/..", {"start": {"earliest": "1988-03", "latest": "1988-05"}, "end": {"earliest": "1988-03"}}, (),
            ([1988, 3], None), ("1988-03-01", ""), "season", {"date": "1988-21/", "year": "1988"}),
    Written("/198X", {"start": {"latest": "1989"}, "end": {"earliest": "1980", "latest": "1989"}}, (), None,
            ("", "1989-12-31"), "decade", {"date": "198X?", "year": "1980"}),
    Written("1988-05-15/..", {"start": {"in": "1988-05-15"}, "end": {"earliest": "1988-05-15"}}, (),
            ([1988, 5, 15], None), ("1988-05-15", ""), "day", {"date": "1988-05-15/", "year": "1988", "month": '"15~" # may'}),
    Written("1988-05-15/", {"start": {"in": "1988-05-15"}, "end": {"earliest": "1988-05-15"}}, (),
            ([1988, 5, 15], None), ("1988-05-15", ""), "day", {"date": "1988-05-15/", "year": "1988", "month": '"15~" # may'}),
    Written("1988-05/", {"start": {"in": "1988-05"}, "end": {"earliest": "1988-05"}}, (),
            ([1988, 5], None), ("1988-05-01", ""), "month", {"date": "1988-05/", "year": "1988", "month": "may"}),
    Written("../1988", {"start": {"latest": "1988"}, "end": {"in": "1988"}}, (), None, ("", "1988-12-31"), "year",
            {"date": "1988?", "year": "1988"}),
    Written("/1988-05-15~", {"start": {"latest": "1988-05-15~"}, "end": {"in": "1988-05-15~"}}, (), None,
            ("", "1988-05-15"), "day", {"date": "1988-05-15?", "year": "1988", "month": '"15~" # may'}),
    # once, on one of several days
    Written("[1988-08-04,1988-08-05]", {"start": {"earliest": "1988-08-04", "latest": "1988-08-05"}},
            ("19880804", "19880806", "TENTATIVE"), ([1988, 8, 4], [1988, 8, 5]), ("1988-08-04", "1988-08-05"), "day",
            {"date": "1988-08-04?", "year": "1988", "month": '"4~" # aug'}),
    Written("[1988-05..1988-06~]", {"start": {"earliest": "1988-05", "latest": "1988-06~"}},
            ("19880501", "19880701", "TENTATIVE"), ([1988, 5], [1988, 6]), ("1988-05-01", "1988-06-30"), "month",
            {"date": "1988-05?", "year": "1988", "month": "may"}),
    Written("[1988,1985]", {"start": {"earliest": "1985", "latest": "1988"}}, (),
            ([1985], [1988]), ("1985-01-01", "1988-12-31"), "year", {"date": "1988?", "year": "1988"}),
    Written("[198X,1995-05]", {"start": {"earliest": "1980", "latest": "1995-05"}}, (),
            ([1980], [1995]), ("1980-01-01", "1995-05-31"), "decade", {"date": "198X?", "year": "1980"}),
    Written("[..1988-05-14]", {"start": {"latest": "1988-05-14"}}, (), None, ("", "1988-05-14"), "day",
            {"date": "1988-05-14?", "year": "1988", "month": '"14~" # may'}),
    Written("[1988-05-14..]", {"start": {"earliest": "1988-05-14"}}, (), ([1988, 5, 14], None), ("1988-05-14", ""), "day",
            {"date": "1988-05-14?", "year": "1988", "month": '"14~" # may'}),
]  # fmt: skip


@pytest.fixture
def data(write: Callable[..., str]) -> str:
    """Return a history with an event of each date, and a source that came out then."""
    return write(
        events=[
            event(f"event-{number:02}", row.date, citations=[{"source": f"source-{number:02}"}])
            for number, row in enumerate(TABLE)
        ],
        sources=[
            {"id": f"source-{number:02}", "type": "book", "title": "A book", "issued": row.date}
            for number, row in enumerate(TABLE)
        ],
    )


def test_geojson_keeps_once_and_lasted_apart_and_has_no_empty_object(run: Run, data: str) -> None:
    features = json.loads(run(f"export geojson --all --data {data}").out)["features"]
    found = {feature["properties"]["date"]: feature for feature in features}
    for row in TABLE:
        properties = found[row.date]["properties"]
        assert found[row.date]["when"]["timespans"] == [row.geojson], row.date
        assert (properties["earliest"] or "", properties["latest"] or "") == row.days


def test_ics(run: Run, data: str) -> None:
    calendar = Calendar.from_ical(run(f"export ics --all --anniversaries --data {data}").out)
    entries = {str(entry["UID"]).partition("@")[0]: entry for entry in calendar.walk("VEVENT")}
    for number, row in enumerate(TABLE):
        entry: Any = entries.get(f"event-{number:02}", {})
        names = ("DTSTART", "DTEND", "DURATION", "STATUS", "RRULE")
        written = [entry[name] for name in names if name in entry]
        assert tuple(item.to_ical().decode() for item in written) == row.ics, row.date


def test_timelinejs(run: Run, data: str) -> None:
    slides = {
        slide["edtf"]: slide
        for slide in json.loads(run(f"export timelinejs --all --data {data}").out)["events"]
    }
    for row in TABLE:
        slide = slides.get(row.date)
        parts = slide and tuple(
            list(slide[end].values()) if end in slide else None
            for end in ("start_date", "end_date")
        )
        assert parts == row.timelinejs, row.date


def test_sqlite(run: Run, data: str, tmp_path: Path) -> None:
    target = tmp_path / "war.sqlite"
    assert run(f"export sqlite --all --data {data} -o {target}").code == 0
    with closing(sqlite3.connect(target)) as database:
        found = database.execute("SELECT date, earliest, latest FROM events ORDER BY id").fetchall()
        issued = database.execute(
            "SELECT issued, issued_earliest, issued_latest FROM sources ORDER BY id"
        ).fetchall()
        in_order = [row[0] for row in database.execute("SELECT id FROM timeline")]
    expected = [(row.date, *(day or None for day in row.days)) for row in TABLE]
    assert found == expected
    assert issued == expected
    listed = json.loads(run(f"timeline --all --json --data {data}").out)
    assert in_order == [row["id"] for row in listed]


def test_the_data_package(run: Run, data: str, tmp_path: Path) -> None:
    target = tmp_path / "war.zip"
    assert run(f"export datapackage --all --data {data} -o {target}").code == 0
    with zipfile.ZipFile(target) as package:
        [name] = [name for name in package.namelist() if name.endswith("events.csv")]
        rows = list(csv.DictReader(io.StringIO(package.read(name).decode(), newline="")))
    found = {row["date"]: (row["earliest"], row["latest"]) for row in rows}
    assert found == {row.date: row.days for row in TABLE}


def test_csv(run: Run, data: str) -> None:
    out = run(f"timeline --all -f csv --data {data}").out
    found = {row["date"]: row for row in csv.DictReader(io.StringIO(out, newline=""))}
    for row in TABLE:
        cells = found[row.date]
        assert (cells["earliest"], cells["latest"]) == row.days, row.date
        assert cells["precision"] == row.precision, row.date
        assert cells["approximate"] == str(any(mark in row.date for mark in "~%")).lower()
        assert cells["uncertain"] == str(any(mark in row.date for mark in "?%")).lower()


def test_json(run: Run, data: str) -> None:
    rows = {row["date"]: row for row in json.loads(run(f"timeline --all --json --data {data}").out)}
    for row in TABLE:
        found = rows[row.date]
        assert (found["earliest"] or "", found["latest"] or "", found["precision"]) == (
            *row.days,
            row.precision,
        )


def test_bibtex(run: Run, data: str) -> None:
    for number, row in enumerate(TABLE):
        lines = run(f"cite event-{number:02} -f bibtex --data {data}").out.splitlines()
        fields = dict(line.strip().rstrip(",").split(" = ") for line in lines if " = " in line)
        written = {
            name: fields[name].strip("{}") for name in ("date", "year", "month") if name in fields
        }
        assert written == row.bibtex


# --- lines over the antimeridian ----------------------------------------------------------------------

Positions = list[list[float]]


@pytest.mark.parametrize(
    ("stops", "lines"),
    [
        ([[60, 30], [70, 35]], [[[60, 30], [70, 35]]]),
        ([[178, -18], [-178, -14]], [[[178, -18], [180, -16]], [[-180, -16], [-178, -14]]]),
        ([[-178, -14], [178, -18]], [[[-178, -14], [-180, -16]], [[180, -16], [178, -18]]]),
        (
            [[170, 0], [178, 0], [-178, 4], [-170, 4]],
            [[[170, 0], [178, 0], [180, 2]], [[-180, 2], [-178, 4], [-170, 4]]],
        ),
        (
            [[179, 0], [-179, 2], [179, 4]],
            [[[179, 0], [180, 1]], [[-180, 1], [-179, 2], [-180, 3]], [[180, 3], [179, 4]]],
        ),
        # places on the meridian itself
        ([[179, 0], [-180, 2]], [[[179, 0], [180, 2]]]),
        ([[179, 0], [-180, 2], [-179, 3]], [[[179, 0], [180, 2]], [[-180, 2], [-179, 3]]]),
        ([[180, 0], [-179, 1]], [[[-180, 0], [-179, 1]]]),
        ([[-180, 0], [179, 1]], [[[180, 0], [179, 1]]]),
        ([[-179, 0], [180, 1]], [[[-179, 0], [-180, 1]]]),
        ([[180, 0], [-180, 1]], [[[180, 0], [180, 1]]]),
        (
            [[179, 0], [180, 1], [-180, 2], [-179, 3]],
            [[[179, 0], [180, 1], [180, 2]], [[-180, 2], [-179, 3]]],
        ),
        (
            [[180, 0], [-179, 1], [179, 2]],
            [[[-180, 0], [-179, 1], [-180, 1.5]], [[180, 1.5], [179, 2]]],
        ),
        ([[0, 0], [-180, 9]], [[[0, 0], [-180, 9]]]),
        # there and back: a loop round an island, and a line beside the pole
        (
            [[178, -18], [-178, -18], [-178, -16], [178, -16], [178, -18]],
            [
                [[178, -18], [180, -18]],
                [[-180, -18], [-178, -18], [-178, -16], [-180, -16]],
                [[180, -16], [178, -16], [178, -18]],
            ],
        ),
        ([[100, 89], [-100, 89]], [[[100, 89], [180, 89]], [[-180, 89], [-100, 89]]]),
        # the long way over Greenwich is no crossing
        ([[-89, 0], [90, 1]], [[[-89, 0], [90, 1]]]),
    ],
)
def test_a_line_over_the_antimeridian_is_cut_there(
    run: Run, write: Callable[..., str], stops: Positions, lines: list[Positions]
) -> None:
    places = [
        {
            "id": f"stop-{number}",
            "name": f"Stop {number}",
            "longitude": stop[0],
            "latitude": stop[1],
        }
        for number, stop in enumerate(stops)
    ]
    road = {"id": "the-road", "name": "The road", "places": [place["id"] for place in places]}
    data = write(events=[event("one-day")], places=places, routes=[road])
    features: list[Any] = json.loads(run(f"export geojson --data {data}").out)["features"]
    [geometry] = [feature["geometry"] for feature in features if feature["id"] == "the-road"]
    several = len(lines) > 1
    assert geometry == {
        "type": "MultiLineString" if several else "LineString",
        "coordinates": lines if several else lines[0],
    }


def test_the_road_from_suva_to_apia(run: Run, write: Callable[..., str]) -> None:
    places = [
        {"id": "suva", "name": "Suva", "latitude": -18.1, "longitude": 178.4},
        {"id": "apia", "name": "Apia", "latitude": -13.8, "longitude": -171.8},
    ]
    road = {"id": "home-road", "name": "Home road", "places": ["suva", "apia"]}
    data = write(events=[event("one-day")], places=places, routes=[road])
    features = json.loads(run(f"export geojson --data {data}").out)["features"]
    assert features[-1]["geometry"] == {
        "type": "MultiLineString",
        "coordinates": [[[178.4, -18.1], [180, -17.397959]], [[-180, -17.397959], [-171.8, -13.8]]],
    }
