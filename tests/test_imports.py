"""`new --from`: files of other programs, what becomes of them, and what is said of the rest."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT, Outcome, Run
from tests.test_date_words import WRITTEN
from withdrawal_cli.imports.csv import MOST_COLUMNS, NATURAL
from withdrawal_cli.imports.draft import MOST_WARNINGS, Draft, slug
from withdrawal_cli.imports.markup import Link, plain, read_html
from withdrawal_cli.imports.rows import OURS
from withdrawal_cli.model import is_slug
from withdrawal_cli.safety import quoted

FRANKLIN = ROOT / "examples" / "franklin.json"
HEADINGS = [
    "Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Headline", "Text", "Media",
    "Media Credit", "Media Caption", "Media Thumbnail", "Alt Text", "Type", "Group", "Background",
]  # fmt: skip

Import = Callable[..., tuple[Outcome, dict[str, Any]]]


@pytest.fixture
def make(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Return a function that makes a dataset of a text and gives the outcome and the dataset, which `check` finds sound."""
    monkeypatch.chdir(tmp_path)

    def make_of(kind: str, text: str | bytes) -> tuple[Outcome, dict[str, Any]]:
        Path("slides").write_bytes(text.encode() if isinstance(text, str) else text)
        outcome = run(f"new made.json slides --from {kind} --force")
        assert outcome.code == 0, outcome.err
        assert run("check made.json") == (0, "", "")
        return outcome, json.loads(Path("made.json").read_text("utf-8"))

    return make_of


def sheet(*rows: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADINGS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def slide(**more: Any) -> dict[str, Any]:
    return {
        "start_date": {"year": 1848, "month": 4, "day": 25},
        "text": {"headline": "The last message"},
        **more,
    }


def timeline(*events: dict[str, Any], **more: Any) -> str:
    return json.dumps({"events": events, **more})


# --- one row, or one slide, to one event ------------------------------------------------------------

BASE = {"Year": "1848", "Month": "4", "Day": "25", "Headline": "The last message"}
PLAIN = {"id": "the-last-message", "date": "1848-04-25", "title": "The last message"}

ROWS: dict[str, tuple[dict[str, str], dict[str, Any], list[str]]] = {
    "the least": ({}, {}, []),
    "a year alone": ({"Month": "", "Day": ""}, {"date": "1848"}, []),
    "a year with a comma, and spaces": ({"Year": " 1,848 ", "Day": ""}, {"date": "1848-04"}, []),
    "an early year": ({"Year": "44", "Month": "", "Day": ""}, {"date": "0044"}, []),
    "a span": ({"End Year": "1850", "End Month": "5"}, {"date": "1848-04-25/1850-05"}, []),
    "an end on the same day": ({"End Year": "1848", "End Month": "4", "End Day": "25"}, {}, []),
    "an end before the start": (
        {"End Year": "1847"},
        {},
        ["row 2: the end is not imported ('1848-04-25/1847': the end comes before the start)"],
    ),
    "a time of day": ({"Time": "10:30"}, {}, ["row 2: the time of day is not imported"]),
    "a display date that says the same": ({"Display Date": "April 25, 1848"}, {}, []),
    "a display date with its doubt": ({"Display Date": "c. 25 April 1848"}, {"date": "1848-04-25~"}, []),
    "a question": ({"Day": "", "Display Date": "Apr 1848?"}, {"date": "1848-04?"}, []),
    "a display date that says more": (
        {"Display Date": "one grey morning"},
        {},
        ["row 2: the display date 'one grey morning' is not imported"],
    ),
    "markup": (
        {
            "Headline": "The <i>last</i>&nbsp;message",
            "Text": "<p>All <b>well</b>.</p><p>Or not.</p><ul><li>24 dead<li>105 alive</ul>",
        },
        {"summary": "All well. Or not.", "points": ["24 dead", "105 alive"]},
        [],
    ),
    "a script": ({"Text": "Before<script>alert(1)</script> after"}, {"summary": "Before after"}, []),
    "a group that is one of our categories": ({"Group": "Military"}, {"category": "military"}, []),
    "any other group": (
        {"Group": "Ice"},
        {"category": "Ice"},
        [],
    ),
    "what is only looks": (
        {"Background": "#fff", "Media Thumbnail": "t.png", "Alt Text": "a ship"},
        {},
        [f"row 2: the {name} is not imported" for name in ("media thumbnail", "alt text", "background")],
    ),
    "a media that is no address": (
        {"Media": "<iframe src='https://example.org'>"},
        {},
        ["""row 2: the media "<iframe src='https://example.org'>" is not a web address; it is not imported"""],
    ),
    "an image in the text": ({"Text": "See <img src=ship.png>"}, {"summary": "See"}, ["row 2: what <img> shows is not imported"]),
    "a link that is none": (
        {"Text": "<a href='javascript:alert(1)'>Here</a>"},
        {"summary": "Here"},
        ["row 2: the link 'javascript:alert(1)' is not a web address; it is not imported"],
    ),
    "a type that TimelineJS does not know": ({"Type": "slide"}, {}, ["row 2: the type 'slide' is read as an event"]),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_row_of_the_spreadsheet_becomes_an_event(make: Import, name: str) -> None:
    changes, expected, warnings = ROWS[name]
    outcome, made = make("csv", sheet(BASE | changes))
    assert made["events"] == [PLAIN | expected]
    assert outcome.err.splitlines() == [f"slides: {warning}" for warning in warnings]


SLIDES: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "the least": ({}, {}, []),
    "numbers as text": ({"start_date": {"year": "1848", "month": "04", "day": ""}}, {"date": "1848-04"}, []),
    "an id of its own": ({"unique_id": "last-words"}, {"id": "last-words"}, []),
    "an id that cannot be one": ({"unique_id": "Last Words!"}, {}, []),
    "an hour": (
        {"start_date": {"year": 1848, "hour": 0}},
        {"date": "1848"},
        ["events[0]: the time of day is not imported"],
    ),
    "what we do not know": (
        {"background": {"color": "red"}, "mood": "sad", "media": {"thumbnail": "t.png"}},
        {},
        [f"events[0]: the {name} is not imported" for name in ("background", "mood", "media thumbnail")],
    ),
    "nulls": ({"media": None, "end_date": None, "group": None, "text": {"headline": "The last message", "text": None}}, {}, []),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIDES)
def test_a_slide_of_the_json_becomes_an_event(make: Import, name: str) -> None:
    changes, expected, warnings = SLIDES[name]
    outcome, made = make("timelinejs", timeline(slide(**changes)))
    assert made["events"] == [PLAIN | expected]
    assert outcome.err.splitlines() == [f"slides: {warning}" for warning in warnings]


def test_media_and_links_become_sources_once_each(make: Import) -> None:
    text = "<ul><li><a href='https://example.org/record'>The record</a>, p. 3</li></ul>"
    _, made = make(
        "timelinejs",
        timeline(
            slide(
                text={"headline": "One", "text": text},
                media={"url": "https://example.org/ship.PNG?x=1", "credit": "<b>A</b> B"},
            ),
            slide(
                text={"headline": "Two", "text": text},
                media={"url": "https://example.org/film", "caption": "A film"},
            ),
        ),
    )
    assert made["sources"] == [
        {"id": "a-film", "type": "webpage", "title": "A film", "url": "https://example.org/film"},
        {
            "id": "media-of-one", "type": "graphic", "title": "[Media of: One]", "url": "https://example.org/ship.PNG?x=1",
            "note": "Credit: A B",
        },
        {"id": "the-record", "type": "webpage", "title": "The record", "url": "https://example.org/record"},
    ]  # fmt: skip
    record = {"source": "the-record", "locator": "p. 3"}
    assert [event["citations"] for event in made["events"]] == [
        [record, {"source": "media-of-one"}],
        [record, {"source": "a-film"}],
    ]


def test_the_title_slide_is_the_card_and_eras_are_phases(make: Import) -> None:
    _, made = make(
        "csv",
        sheet(
            {"Headline": "Lost in the <i>ice</i>", "Text": "A search.", "Type": "title"},
            {"Year": "1846", "End Year": "1848", "Headline": "Beset", "Type": "era"},
            BASE,
        ),
    )
    card = made["dataset"]
    assert (card["id"], card["title"], card["description"]) == (
        "lost-in-the-ice",
        "Lost in the ice",
        "A search.",
    )
    assert card["subject"] == "1848-04-25"
    assert "license" not in card  # nobody has said
    assert made["phases"] == [{"id": "beset", "title": "Beset", "date": "1846/1848"}]


def test_ids_are_made_of_headlines_and_no_two_are_equal(make: Import) -> None:
    long = "word " * 30
    headlines = ["Peace", "Peace", "Peace!", "Élysée", "和平", "11", long, long]
    headlines += ["Łódź", "Straße gesperrt", "Ærø", "Østerbro burns"]
    _, made = make("csv", sheet(*(BASE | {"Headline": headline} for headline in headlines)))
    assert {event["id"]: event["title"] for event in made["events"]} == {
        "peace": "Peace", "peace-2": "Peace", "peace-3": "Peace!", "elysee": "Élysée", "record": "和平", "record-11": "11",
        "-".join(["word"] * 12): long.strip(), "-".join(["word"] * 12) + "-2": long.strip(),
        "lodz": "Łódź", "strasse-gesperrt": "Straße gesperrt", "aero": "Ærø", "osterbro-burns": "Østerbro burns",
    }  # fmt: skip


@given(st.text(), st.text())
def test_whatever_a_name_is_its_id_is_a_slug_and_new(one: str, other: str) -> None:
    draft = Draft("-")
    ids = [
        draft.new_id(name, given)
        for name in (one, other)
        for given in (one, other, "")
        for _ in range(2)
    ]
    assert is_slug(slug(one))
    assert all(map(is_slug, ids))
    assert len(set(ids)) == len(ids)


def test_rows_that_are_no_events_are_left_out_and_told_together(make: Import) -> None:
    nothing = BASE | {"Year": ""}
    outcome, made = make(
        "csv",
        sheet(BASE, nothing, nothing, BASE, nothing, BASE | {"Headline": "<br>"}, BASE | {"Year": "-44"}, BASE | {"Month": "Grey"},
              BASE | {"Day": "31"}, BASE | {"Month": ""}),
    )  # fmt: skip
    assert len(made["events"]) == 2
    assert outcome.err.splitlines() == [
        "slides: rows 3–4, 6: there is no start date; it is left out",
        "slides: row 7: there is no headline; it is left out",
        "slides: row 8: '-44': years go from 0001 to 9999; it is left out",
        "slides: row 9: '25 Grey 1848' is not a date; it is left out",
        "slides: row 10: '1848-04-31': Apr 1848 has 30 days; it is left out",
        "slides: row 11: there is a day without a month; it is left out",
    ]


@pytest.mark.parametrize("year", ["'", "''", ",", ".0", "' "])
def test_a_year_without_a_digit_costs_its_row(make: Import, year: str) -> None:
    outcome, made = make("csv", sheet(BASE, BASE | {"Year": year, "Month": "", "Day": ""}))
    assert len(made["events"]) == 1
    assert outcome.err.startswith("slides: row 3: ")
    assert outcome.err.endswith("; it is left out\n")


def test_semicolons_tabs_blank_rows_and_a_mark_at_the_start_are_no_trouble(make: Import) -> None:
    for delimiter in ";\t":
        text = f"\ufeffYEAR{delimiter} headline \n\n{delimiter}\n1848{delimiter}The last message\n"
        outcome, made = make("csv", text)
        assert (outcome.err, made["events"]) == ("", [PLAIN | {"date": "1848"}])


def test_columns_and_cells_that_nobody_knows_are_told(make: Import) -> None:
    outcome, _ = make("csv", "Year,Headline,Mood\n1848,The last message,sad,and more\n")
    assert outcome.err.splitlines() == [
        "slides: the column 'Mood' is not imported",
        "slides: row 2: cells without a heading are not imported",
    ]


def test_of_very_many_remarks_some_are_told_and_the_rest_counted(make: Import) -> None:
    columns = [f"Mood {number}" for number in range(5000)]
    rows = [f"1848,The last message{',x' * 5000}", *(f"day {n},A" for n in range(3000))]
    outcome, made = make("csv", "\n".join([",".join(["Year", "Headline", *columns]), *rows]))
    told = outcome.err.splitlines()
    assert len(told) == MOST_WARNINGS + 1
    assert told[MOST_COLUMNS - 1 : MOST_COLUMNS + 1] == [
        f"slides: the column 'Mood {MOST_COLUMNS - 1}' is not imported",
        f"slides: and {5000 - MOST_COLUMNS:,} more columns are not imported",
    ]
    assert "'day 0'" in told[MOST_COLUMNS + 1]
    assert told[-1] == f"slides: and {3000 + MOST_COLUMNS + 1 - MOST_WARNINGS:,} more remarks"
    assert len(made["events"]) == 1


def test_what_is_told_of_a_strange_file_is_safe_to_read(make: Import) -> None:
    outcome, _ = make("csv", sheet(BASE | {"Group": "\x1b[31mred\x07" + "x" * 100}))
    assert "\x1b" not in outcome.err
    assert "\x07" not in outcome.err
    assert len(outcome.err) < 200


# --- there and back -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [str(FRANKLIN), str(ROOT / "data" / "events.json")], ids=["example", "bundled"]
)
def test_our_own_csv_comes_back_but_for_phases_and_disputes(
    run: Run, make: Import, data: str
) -> None:
    sent = run(f"timeline --all -f csv --data {data}").out
    outcome, _ = make("csv", sent)
    returned = run("timeline --all -f csv --data made.json").out
    assert list(without(returned, "phases", "disputes")) == list(
        without(sent, "phases", "disputes")
    )
    assert {line.partition(": ")[2] for line in outcome.err.splitlines() if "row" not in line} == {
        f"only the ids of {kind} are imported; their names are made from them"
        for kind in ("sides", "places", "people", "organizations", "sources")
    }


def without(text: str, *names: str) -> Iterator[dict[str, str]]:
    for row in csv.DictReader(io.StringIO(text, newline="")):
        yield {name: content for name, content in row.items() if name not in names}


def test_our_own_csv_of_a_selection_comes_back_though_it_follows_what_was_not_selected(
    run: Run, make: Import
) -> None:
    sent = run("timeline --during 1988-05 --all -f csv").out
    outcome, made = make("csv", sent)
    assert len(made["events"]) == len(list(without(sent)))
    assert "it follows 'geneva-accords', which is not in the file" in outcome.err


def test_a_few_of_our_columns_are_enough(make: Import) -> None:
    outcome, made = make(
        "csv",
        "id,date,title,category,certainty\n,1848-04~,'=SUM(A1),naval,certain\n,1849-13,Never,,\n,,Nothing,,\n,1850,,,\n",
    )
    assert made["events"] == [
        {"id": "sum-a1", "date": "1848-04~", "title": "=SUM(A1)", "category": "naval"}
    ]
    assert outcome.err.splitlines() == [
        "slides: row 3: '1849-13': there is no month 13; it is left out",
        "slides: row 4: the date is empty; it is left out",
        "slides: row 5: there is no title; it is left out",
    ]


def test_our_own_timelinejs_comes_back_with_every_date_that_has_a_start(
    run: Run, make: Import
) -> None:
    sent = json.loads(FRANKLIN.read_text("utf-8"))["events"]
    outcome, made = make("timelinejs", run(f"export timelinejs --data {FRANKLIN}").out)
    returned = {event["id"]: event for event in made["events"]}
    assert [returned[event["id"]]["title"] for event in sent] == [event["title"] for event in sent]
    assert [returned[event["id"]].get("points") for event in sent if event.get("points")] == [
        event["points"] for event in sent if event.get("points")
    ]
    assert [returned[event["id"]]["date"] for event in sent] == [event["date"] for event in sent]
    assert outcome.err == ""


def test_our_own_timelinejs_without_our_key_comes_back_by_what_it_displays(
    run: Run, make: Import
) -> None:
    sent = json.loads(FRANKLIN.read_text("utf-8"))["events"]
    document = json.loads(run(f"export timelinejs --data {FRANKLIN}").out)
    for slide in document["events"]:
        del slide["edtf"]
    outcome, made = make("timelinejs", json.dumps(document))
    returned = {event["id"]: event["date"] for event in made["events"]}
    assert [returned[event["id"]] for event in sent] == [event["date"] for event in sent]
    assert outcome.err == ""


# --- dates ----------------------------------------------------------------------------------------


def test_the_date_of_a_row_is_read_in_every_form(make: Import) -> None:
    rows = [{"date": text, "title": f"Row {number}"} for number, (text, _) in enumerate(WRITTEN)]
    out = io.StringIO()
    writer = csv.DictWriter(out, ["date", "title"])
    writer.writeheader()
    writer.writerows(rows)
    outcome, made = make("csv", out.getvalue())
    dates = {event["title"]: event["date"] for event in made["events"]}
    assert [dates[row["title"]] for row in rows] == [edtf for _, edtf in WRITTEN]
    assert outcome.err == ""


def test_english_dates_are_read(make: Import) -> None:
    _, made = make("csv", 'date,title\n"December 7, 1941",A\nJanuary 1944,B\n')
    assert [event["date"] for event in made["events"]] == ["1941-12-07", "1944-01"]


@pytest.mark.parametrize(
    ("date", "problem"),
    [
        ("4/5/88", "'4/5/88' can be read as 4 May 1988 or 5 Apr 1988; it is left out"),
        ("1900s", "'1900s' can be read as 1900s (decade) or 1900s (century); it is left out"),
        ("Monday 15 May 1988", "'Monday 15 May 1988': 15 May 1988 was a Sunday; it is left out"),
        ("today + 1d", "'today + 1d' is not a date; it is left out"),
        ("44 BC", "'44 BC': years go from 0001 to 9999; it is left out"),
        ("32278", "'32278' is not a date; it is left out"),
    ],
)
def test_a_date_that_cannot_be_read_costs_its_row_with_the_reason(
    make: Import, date: str, problem: str
) -> None:
    outcome, made = make("csv", f"date,title\n{date},A\n1988,B\n")
    assert [event["title"] for event in made["events"]] == ["B"]
    assert outcome.err == f"slides: row 2: {problem}\n"


@pytest.mark.parametrize(
    "stamp",
    [
        "1988-05-15 00:00:00",
        "1988-05-15T07:30",
        "1988-05-15T07:30:00.000Z",
        "15 May 1988 7:30 pm",
        "15 May 1988 at 7 p.m.",
        "15 May 1988, 07:30",
        "15 May 1988 7.30 am",
        "Sun, 15 May 1988 07:30:00 GMT",
        "Sun May 15 1988 07:30:00 GMT+0430 (Afghanistan Time)",
        "1988-05-15 07:30 UTC",
        "1988-05-15 07:30 - 12:00",
        "1988-05-15T07:30:00+04:30",
    ],
)
def test_the_day_of_a_time_stamp_is_imported(make: Import, stamp: str) -> None:
    outcome, made = make("csv", f"date;title\n{stamp};A\n")
    assert [event["date"] for event in made["events"]] == ["1988-05-15"]
    assert outcome.err == "slides: row 2: the time of day is not imported\n"


@pytest.mark.parametrize(
    ("cells", "date"),
    [
        ({"Year": "c. 1820"}, "1820~"),
        ({"Year": "1950s"}, "195X"),
        ({"Year": "1914-1918"}, "1914/1918"),
        ({"Year": "15.05.1988"}, "1988-05-15"),
        ({"Year": "1963 or 1964"}, "[1963,1964]"),
        ({"Year": "1988.0", "Month": "5.0"}, "1988-05"),
        ({"Year": "c. 1820", "Month": "4", "Day": "2"}, "1820-04-02~"),
        ({"Year": "1820", "Month": "April", "Day": "2"}, "1820-04-02"),
        ({"Year": "1820", "Month": "Apr."}, "1820-04"),
        ({"Year": "1820", "Month": "early April"}, "[1820-04-01..1820-04-10]"),
        ({"Year": "1820", "Month": "4", "Day": "2nd"}, "1820-04-02"),
        ({"Year": "1820", "Month": "4", "Day": "2-5"}, "1820-04-02/1820-04-05"),
        ({"Year": "c. 1820", "Month": "April", "Day": "2–5"}, "1820-04-02~/1820-04-05~"),
        ({"Year": "1820 AD", "Month": "4"}, "1820-04"),
        ({"Year": "1820", "Month": "4", "Day": "2?"}, "1820-04-02?"),
        ({"Year": "c. 1820", "Month": "April?"}, "1820-04%"),
        ({"Year": "1820", "End Year": "1825?"}, "1820/1825?"),
        ({"Year": "c. 1820", "End Year": "Present"}, "1820~/.."),
        ({"Year": "1820", "Display Date": "c. 1820"}, "1820~"),
        ({"Year": "1820", "Month": "1", "Day": "1", "Display Date": "1820?"}, "1820?"),
        ({"Year": "1820", "Display Date": "1820s"}, "182X"),
        ({"Year": "1914", "Display Date": "1914–1918"}, "1914/1918"),
        ({"Year": "1914", "End Year": "1918", "Display Date": "c. 1914 – 1918"}, "1914~/1918"),
        (
            {"Year": "1914", "End Year": "1918", "Display Date": "between 1914 and 1918"},
            "[1914..1918]",
        ),
        ({"Display Date": "before 1900"}, "[..1899]"),
    ],
)
def test_the_cells_of_a_slide_are_read_as_they_are_written(
    make: Import, cells: dict[str, str], date: str
) -> None:
    outcome, made = make("csv", sheet({"Headline": "The last message", **cells}))
    assert [event["date"] for event in made["events"]] == [date]
    assert outcome.err == ""


def test_a_whole_stamp_may_stand_in_place_of_the_year(make: Import) -> None:
    stamps = {"start_date": "1988-05-15T07:30:00Z", "end_date": {"year": "1988-05-20 12:00"}}
    outcome, made = make("timelinejs", timeline(slide(**stamps)))
    assert [event["date"] for event in made["events"]] == ["1988-05-15/1988-05-20"]
    assert outcome.err == "slides: events[0]: the time of day is not imported\n"


def test_a_date_of_the_json_may_be_words_or_a_float_too(make: Import) -> None:
    outcome, made = make(
        "timelinejs",
        timeline(
            slide(start_date={"year": "c. 1820"}),
            slide(start_date={"year": 1988.0}),
            slide(start_date={}, display_date="spring 1866"),
            slide(edtf="[1848-04-25..]"),
            slide(edtf="some day"),
            slide(edtf="1850"),
        ),
    )
    assert sorted(event["date"] for event in made["events"]) == [
        "1820~", "1848-04-25", "1848-04-25", "1866-21", "1988", "[1848-04-25..]",
    ]  # fmt: skip
    assert outcome.err.splitlines() == [
        "slides: events[4]: the key edtf is not imported ('some day' is not an EDTF date)",
        "slides: events[5]: the key edtf is not imported ('1850' is not the time of the start date)",
    ]


# --- a fault costs its field or its row, and is told ----------------------------------------------

SOUND = {"start_date": {"year": 1988}, "text": {"headline": "Head", "text": "Body"}}

ODD: dict[str, tuple[dict[str, Any], list[dict[str, Any]], list[str]]] = {
    "an empty array of PHP for the title": ({"title": [], "events": [SOUND]}, [{}], []),
    "no title": ({"title": None, "events": [SOUND]}, [{}], []),
    "an array of PHP without its first number": ({"events": {"1": SOUND}}, [{}], []),
    "an id that is a number": ({"events": [SOUND | {"unique_id": 12}]}, [{}], []),
    "empty arrays of PHP for objects": (
        {"events": [SOUND | {"media": [], "end_date": [], "background": []}]}, [{}], []),
    "null everywhere": (
        {"events": [SOUND | dict.fromkeys(("media", "end_date", "group", "unique_id", "display_date"))]}, [{}], []),
    "numbers as text, and a float": (
        {"events": [SOUND | {"start_date": {"year": "1988", "month": 5.0, "day": "15"}}]}, [{"date": "1988-05-15"}], []),
    "a headline that is a number": (
        {"events": [SOUND | {"text": {"headline": 1989, "text": "Body"}}]}, [{"title": "1989", "id": "1989"}], []),
    "media without a scheme": (
        {"events": [SOUND | {"media": {"url": "//example.org/a.jpg", "caption": "Pic"}}]}, [{"citations": [{"source": "pic"}]}], []),
    "a link without a scheme": (
        {"events": [SOUND | {"text": {"headline": "Head", "text": '<a href="www.example.org/x">this</a>'}}]},
        [{"summary": "this", "citations": [{"source": "this"}]}], []),
    "one address in three places": (
        {"events": [SOUND | {"text": {"headline": "Head", "text": '<a href="//a.example/x">one</a> <a href="https://a.example/x">two</a>'},
                             "media": {"url": "a.example/x"}}]},
        [{"summary": "one two", "citations": [{"source": "one"}]}], []),
    "a group that is a list": (
        {"events": [SOUND | {"group": ["a"]}]}, [{}],
        ["events[0]: the group \"['a']\" is not text; it is not imported"]),
    "true for media": (
        {"events": [SOUND | {"media": True}]}, [{}],
        ["events[0]: the media 'True' is not an object; it is not imported"]),
    "texts and numbers where objects belong": (
        {"events": [{"start_date": 1988, "end_date": "May 1989", "text": "Two words", "media": "//example.org/a.jpg"}]},
        [{"date": "1988/1989-05", "title": "Two words", "id": "two-words", "summary": "Two words",
          "citations": [{"source": "media-of-two-words"}]}],
        ["events[0]: there is no headline; its title is made from its text"]),
    "a list of one around every object": (
        {"title": [{"text": [{"headline": "Lost"}]}], "events": [[SOUND | {"start_date": [{"year": 1988}]}]]}, [{}], []),
    "slides without their list": (
        {"events": SOUND, "eras": {"start_date": {"year": 1980}, "end_date": {"year": 1989}, "text": {"headline": "Ice"}}}, [{}], []),
    "a title and an era that say more than they can hold": (
        {"title": {"start_date": 1988, "text": {"headline": "T", "text": '<a href="//a.example">x</a><img src=b.jpg>'}},
         "eras": [{"start_date": 1980, "end_date": 1989, "group": "Ice", "text": {"headline": "Era", "text": "<ul><li>Cold</ul>"},
                   "media": {"url": "//b.example/c.jpg", "credit": "Ann"}}], "events": [SOUND]}, [{}],
        ["title: the link '//a.example' is not imported", "title: what <img> shows is not imported",
         "title: the start date is not imported",
         *(f"eras[0]: the {name} is not imported" for name in ("media", "credit", "group"))]),
    "a caption without media": (
        {"events": [SOUND | {"media": {"caption": "A ship", "credit": "Ann"}}]}, [{}],
        [f"events[0]: the {name} is not imported: there is no media" for name in ("caption", "credit")]),
    "what says nothing, everywhere": (
        {"title": False, "eras": {}, "fonts": [], "events": [None, False, "", [], {}, SOUND]}, [{}],
        ["events[4]: there is no start date; it is left out", "events[4]: there is no headline; it is left out"]),
    "ids that are none": (
        {"events": [SOUND | {"unique_id": given} for given in (12.0, "12", "", True, "Last_Words", "a" * 99)]},
        [{"id": "head"}, *({"id": f"head-{number}"} for number in range(2, 7))],
        ["events[3]: the unique_id 'True' is not text; it is not imported"]),
    "an id that is given twice": (
        {"events": [SOUND | {"unique_id": "same"}] * 2}, [{"id": "same"}, {"id": "same-2"}], []),
    "months and days that are 0": (
        {"events": [SOUND | {"start_date": {"year": 1988, "month": month, "day": "00"}} for month in (0, 5)]},
        [{"date": "1988", "id": "head"}, {"date": "1988-05", "id": "head-2"}], []),
    "a day in the month 0": (
        {"events": [SOUND, SOUND | {"start_date": {"year": 1988, "month": 0, "day": 5}}]}, [{}],
        ["events[1]: there is a day without a month; it is left out"]),
    "an end without a year": (
        {"events": [SOUND | {"end_date": {"month": 6}}]}, [{}],
        ["events[0]: the end is not imported (it has no year)"]),
    "the year of the Big Bang": (
        {"events": [SOUND | {"start_date": {"year": year}} for year in (-13_800_000_000, True, [1988], 0)] + [SOUND]}, [{}],
        ["events[0]: '-13800000000': years go from 0001 to 9999; it is left out",
         "events[1]: the year 'True' is not text; it is not imported",
         "events[1–2]: there is no start date; it is left out",
         "events[2]: the year '[1988]' is not text; it is not imported",
         "events[3]: '0000': years go from 0001 to 9999; it is left out"]),
    "a slide that is a text": (
        {"events": ["one", SOUND, None]}, [{}], ["events[0]: 'one' is not a slide; it is left out"]),
    "eras that are no list": (
        {"eras": "none", "events": [SOUND]}, [{}], ["the eras are not a list; they are left out"]),
    "no headline": (
        {"events": [SOUND | {"text": {"text": "<p>Seventeen town halls were emptied.</p>"}}]},
        [{"title": "Seventeen town halls were emptied.", "id": "seventeen-town-halls-were-emptied",
          "summary": "Seventeen town halls were emptied."}],
        ["events[0]: there is no headline; its title is made from its text"]),
    "a headline of which nothing is seen": (
        {"events": [SOUND | {"text": {"headline": headline, "text": "Body"}} for headline in ("<br>", "&nbsp;", "\u200b", "<b>&#8203;</b>")]},
        [{"title": "Body", "id": "body"}, *({"title": "Body", "id": f"body-{number}"} for number in (2, 3, 4))],
        ["events[0–3]: there is no headline; its title is made from its text"]),
    "a list instead of a headline": (
        {"events": [SOUND | {"text": {"text": "<ul><li>24 dead<li>105 alive</ul>"}}]},
        [{"title": "24 dead; 105 alive", "id": "24-dead-105-alive", "points": ["24 dead", "105 alive"], "summary": ...}],
        ["events[0]: there is no headline; its title is made from its text"]),
    "a long text without a blank": (
        {"events": [SOUND | {"text": {"text": "和" * 200}}]},
        [{"title": "和" * 89 + "…", "id": "record", "summary": "和" * 200}],
        ["events[0]: there is no headline; its title is made from its text"]),
    "a caption instead of a text": (
        {"events": [{"start_date": {"year": 1988}, "media": {"url": "//example.org/a.jpg", "caption": "<i>A ship</i>"}}]},
        [{"title": "A ship", "id": "a-ship", "summary": ..., "citations": [{"source": "a-ship-2"}]}],
        ["events[0]: there is no headline; its title is made from its text"]),
    "no word at all": (
        {"events": [SOUND, {"start_date": {"year": 1988}, "media": {"url": "//example.org/a.jpg"}}]}, [{}],
        ["events[1]: there is no headline; it is left out"]),
}  # fmt: skip


@pytest.mark.parametrize("case", ODD)
def test_an_odd_value_of_a_timeline_costs_no_more_than_its_field(make: Import, case: str) -> None:
    timeline, events, told = ODD[case]
    outcome, made = make("timelinejs", json.dumps(timeline))
    plain = {"id": "head", "date": "1988", "title": "Head", "summary": "Body"}
    expected = [plain | event for event in events]
    assert made["events"] == [
        {name: content for name, content in event.items() if content is not ...}
        for event in expected
    ]
    assert outcome.err.splitlines() == [f"slides: {line}" for line in told]


ADDRESSES = {
    "//upload.example.org/a.jpg": "https://upload.example.org/a.jpg",
    "//example.org": "https://example.org",
    "www.example.org": "https://www.example.org",
    "WWW.Example.org/a": "https://WWW.Example.org/a",
    "example.org/a.jpg": "https://example.org/a.jpg",
    "example.org:8080/a.jpg": "https://example.org:8080/a.jpg",
    "bücher.example/ä.jpg": "https://bücher.example/ä.jpg",
    "  HTTP://example.org/a.jpg ": "http://example.org/a.jpg",
    "https://example.org/my photo.jpg": "https://example.org/my%20photo.jpg",
}
NO_ADDRESSES = [
    "https://", "//", "https:///a.jpg", "https:/example.org/a.jpg", "mailto:ann@example.org", "javascript:alert(1)",
    "//javascript:alert(1)", "data:image/png;base64,AAAA", "/img/a.jpg", "img/a.jpg", "../a.jpg", "a.jpg", "#top", "C:\\pics\\a.jpg",
    "https://a.example/x.jpg https://b.example/y.jpg", "https://example.org/a\x1b.jpg",
]  # fmt: skip


@pytest.mark.parametrize("given", [*ADDRESSES, *NO_ADDRESSES])
def test_an_address_gets_the_scheme_that_it_lacks_and_other_text_is_told(
    make: Import, given: str
) -> None:
    link = f'<a href="{given}">this</a>'
    for part, fields in {
        "media": {"media": {"url": given}},
        "link": {"text": {"headline": "Head", "text": link}},
    }.items():
        outcome, made = make("timelinejs", timeline(SOUND | fields))
        urls = [source["url"] for source in made.get("sources", [])]
        assert urls == ([ADDRESSES[given]] if given in ADDRESSES else [])
        told = f"slides: events[0]: the {part} {quoted(given)} is not a web address; it is not imported"
        assert outcome.err.splitlines() == ([] if urls else [told])


def test_a_letter_cut_in_half_and_a_number_out_of_range_cost_no_more_than_themselves(
    make: Import,
) -> None:
    cut = r'{"start_date": {"year": 1988}, "text": {"headline": "Cut \\ud83d \ud83d, whole \ud83d\ude00"}}'
    far = '{"start_date": {}, "text": {"headline": "Never"}, "group": 1e400}'
    outcome, made = make("timelinejs", f'{{"events": [{cut}, {far}]}}')
    assert [event["title"] for event in made["events"]] == ["Cut \\ud83d \ufffd, whole 😀"]
    assert outcome.err.splitlines() == [
        "slides: letters that were cut in half are imported as \ufffd",
        "slides: events[1]: there is no start date; it is left out",
    ]


A = {"date": "1988", "title": "A"}
B = {"date": "1989", "title": "B"}
TABLES: dict[str, tuple[str, list[dict[str, Any]], list[str]]] = {
    "the same in quotation marks": ('"sep=|"\r\n"Year"|"Headline"\r\n"1988"|"A"\r\n', [A], []),
    "a line that names the delimiter": ("sep=;\r\nYear;Headline\r\n1988;A\r\n", [A], []),
    "capitals behind a mark": ("\ufeffSEP=,\r\nYear,Headline\r\n1988,A\r\n", [A], []),
    "a delimiter of its own": ("sep=#\nYear#Headline\n1988#A\n", [A], []),
    "a tab": ("sep=\t\nYear\tHeadline\n1988\tA\n", [A], []),
    "a tab as programmers write it": ("sep=\\t\nYear\tHeadline\n1988\tA\n", [A], []),
    "a line that names none": ("sep=\nYear;Headline\n1988;A\n", [A], []),
    "a line that names another": ("sep=;\nYear,Headline\n1988,A\n", [A], []),
    "a line that was saved again": ('"sep=;",\nYear,Headline\n1988,A\n', [A], []),
    "blanks and blank lines around it": ("\n sep = ; \n\nYear;Headline\n1988;A\n;\n", [A], []),
    "blank lines above the headings": ("\n,,\nYear,Headline,\n1988,A,\nnever,B,\n", [A], ["row 5: 'never' is not a date; it is left out"]),
    "blanks behind the commas": ('Year, Headline\n1988, "A, B"\n', [A | {"title": "A, B"}], []),
    "lines that end as on an old Mac": ("Year,Headline\r1988,A\r", [A], []),
    "headings of a database": ("start_date,END-DATE,event_name\n1988,1989,A\n", [A | {"date": "1988/1989"}], []),
    "an end without a year": ("year,month,end_month,headline\n1988,5,6,A\n", [A | {"date": "1988-05"}], ["row 2: the end is not imported (it has no year)"]),
    "years that are floats, months and days that are 0": (
        "id,date,title\n1,1988.0,A\n2,1988-05-00,A\n3,1988-00-00,A\n4,0000-00-00,A\n",
        [A, A, A | {"date": "1988-05"}],
        ["row 5: '0000': years go from 0001 to 9999; it is left out"]),
    "a number that a spreadsheet keeps as text": (
        'Year,Headline\n="1988",="A"\n"=""1988""","\'A"\n\'1989,B\n', [A, A | {"title": "'A"}, B], []),
    "months and days that nobody knows": (
        "Year,Month,Day,Headline\n1988,NaN,nan,A\n1988,N/A,-,A\n1988,5,NULL,A\n1988,Grey,1,A\n",
        [A, A, A | {"date": "1988-05"}], ["row 5: '1 Grey 1988' is not a date; it is left out"]),
    "a year that other columns complete": (
        "Year,Month,Day,End Year,End Month,Title\n1988,May,15,,,A\n1988,5,,1989,2,A\n1988,,,,,A\n1988,13,,,,A\n",
        [A, A | {"date": "1988-05/1989-02"}, A | {"date": "1988-05-15"}],
        ["row 5: '1988-13': there is no month 13; it is left out"]),
    "a month beside a whole date": (
        "Date,Month,Title\n1988-05-15,5,A\n", [A | {"date": "1988-05-15"}], ["the column 'Month' is not imported"]),
    "two marks, blanks and stars": ("\ufeff\ufeffDate*,\u00a0Title :\n1988,A\n", [A], []),
    "no title": (
        "date,title,summary\n1988,,Two words\n1988,\u200b,\n", [{"date": "1988", "title": "Two words", "summary": "Two words"}],
        ["row 2: there is no title; it is made from the summary", "row 3: there is no title; it is left out"]),
    "a delimiter inside a heading": ('"Year","Headline","a;b;c;d;e"\n1988,A,\n', [A], ["the column 'a;b;c;d;e' is not imported"]),
    "tabs": ("Year\tHeadline\n1988\tA\n", [A], []),
    "bars": ("date|title\n1988|A\n", [A], []),
    "a long cell": (f"Year,Headline,Text\n1988,A,{'x' * 200_000}\n", [A | {"summary": "x" * 200_000}], []),
    "a picture in a cell": (
        f"Year;Headline;Media\n1988;A;\"data:image/png;base64,{'A' * 200_000}\"\n1989;B;", [A, B],
        [f"row 2: the media 'data:image/png;base64,{'A' * 37}…' is not a web address; it is not imported"]),
    "a long cell in the last row, without a line end": (
        f"date,title,summary\n1988,A,\n1989,B,{'x' * 200_000}", [A, B | {"summary": "x" * 200_000}], []),
    "a picture for a source": (
        f"date;title;link\n1988;A;data:image/png;base64,{'A' * 9}\n1989;B;\"data:image/png;base64,AA; example.org/b\"\n",
        [A, B | {"citations": [{"source": "example-org-b"}]}],
        ["row 2: cells without a heading are not imported",
         "row 2: the source 'data:image/png' is not a web address; it is not imported",
         "row 3: the source 'data:image/png;base64,AA' is not a web address; it is not imported"]),
    "long headings": (
        f"date,title,{'x' * 200_000},{'x' * 200_000}\n1988,A,,\n", [A],
        [f"there are two columns '{'x' * 59}…'; only the first is imported", f"the column '{'x' * 59}…' is not imported"]),
    "a long cell for a date": (
        f"date,title\n{'x' * 200_000},B\n1988,A\n", [A], [f"row 2: '{'x' * 59}…' is not a date; it is left out"]),
    "a long cell for an end": (
        f"date,end,title\n1988,{'x' * 200_000},A\n", [A], [f"row 2: the end is not imported ('{'x' * 59}…' is not a date)"]),
    "a long cell for a type": (
        f"Year,Headline,Type\n1988,A,{'x' * 200_000}\n", [A], [f"row 2: the type '{'x' * 59}…' is read as an event"]),
    "a long cell that is never closed": (
        f'date,title,summary\n1988,A,\n1989,B,"{"x" * 200_000}', [A],
        ["row 3: a quotation mark is never closed; the line is left out"]),
    "a cell of several lines": ('date,title,summary\n1988,A,"one\r\n\r\ntwo"\n1989,B,\n', [A | {"summary": "one\r\n\r\ntwo"}, B], []),
    "a long line of headings": (f"Year,Headline{',' * 200_000}\n1988,A\n", [A], []),
    "a column without a heading": (
        ",date,title,\n0,1988,A,\n1,1989,B,x\n", [A, B], ["rows 2–3: cells without a heading are not imported"]),
    "what parts lines within a cell": (
        "date,title,summary\n1988,A,one\u2028two\vthree\x85four\n1989,B,\n",
        [A | {"summary": "one\u2028two\vthree\x85four"}, B],
        []),
    "doubled headings": ("date,title,Title\n1988,A,B\n", [A], ["there are two columns 'Title'; only the first is imported"]),
    "a year that is a float": ("Year,Headline\n1988.0,A\n", [A], []),
    "a quotation mark that is never closed": (
        'date,title\n1988,A\n1988,"open\n1989,B\n', [A, B], ["row 3: a quotation mark is never closed; the line is left out"]),
    "a quotation mark in the middle": (
        'date,title\n1988,"A" or so\n1989,B\n', [B], ["row 2: it is not CSV (',' expected after '\"'); it is left out"]),
    "another program's apostrophe": ("Year,Headline\n1988,'@harbour' closes\n", [{"date": "1988", "title": "'@harbour' closes"}], []),
    "another program's apostrophe beside its own id": (
        "id,date,title,summary\n7,1988,'@harbour' closes,'-ism' debates begin\n",
        [{"date": "1988", "title": "'@harbour' closes", "summary": "'-ism' debates begin"}], []),
    "the guard of our own file": ("id,date,title,summary\nmy-sum,1988,'=1+1,''=2\n", [{"date": "1988", "title": "=1+1", "summary": "'=2"}], []),
    "the guard of our own file, to which a column and a row were added": (
        "id,date,earliest,title,Mood\nmy-sum,1988,1988-01-01,'=1+1,sad\n,1988,,'-2 degrees,\n",
        [{"date": "1988", "title": "-2 degrees"}, {"date": "1988", "title": "=1+1"}],
        ["the column 'Mood' is not imported"]),
    "an apostrophe alone": ("id,date,title\nmy-sum,1988,'\n", [{"date": "1988", "title": "'"}], []),
    "an apostrophe under our headings without id": ("date,title\n1988,'-ism' debates\n", [{"date": "1988", "title": "'-ism' debates"}], []),
    "several addresses in a cell": (
        'date,title,url\n1988,A,"https://a.example/x, www.b.example //c.example; HTTPS://a.example/x"\n',
        [A | {"citations": [{"source": "https-a-example-x"}, {"source": "www-b-example"}, {"source": "c-example"}]}],
        []),
    "causes that cannot be": (
        "id,date,title,follows\nrecord-a,1988,A,record-b; record-a\nrecord-b,1988,B,record-a; record-c\nrecord-c,1989,C,record-b\n",
        [A | {"follows": ["record-b"]}, {"date": "1988", "title": "B"}, {"date": "1989", "title": "C", "follows": ["record-b"]}],
        ["row 3: it follows 'record-c', which happened later", "row 3: it follows 'record-a', which follows it",
         "row 2: it follows itself"]),
    "an event that follows others": (
        "id,date,title,follows\n2,1989,B,1; gone; 1\n1,1988,A,a-war\n,never,C,\n",
        [A, B | {"follows": ["record-a"]}],
        ["row 4: 'never' is not a date; it is left out",
         "row 2: it follows 'gone', which is not in the file", "row 3: it follows 'a-war', which is not in the file"]),
    "an address in the words of a source": (
        'date,title,reference\n1988,A,"Lee, Ice (1901), https://a.example/ice; [The record](https://b.example/x_(y)); see p. 3"\n',
        [A | {"citations": [{"source": "lee-ice-1901"}, {"source": "the-record"}, {"source": "see-p-3"}]}],
        []),
    "natural headings": (
        "When,Event,Description,Place,Person,Kind,URL\n1988,A,Some text,Oslo; New York,Ann Lee,Naval,www.example.org\n",
        [A | {"summary": "Some text", "category": "Naval", "places": ["oslo", "new-york"], "people": ["ann-lee"],
              "citations": [{"source": "www-example-org"}]}],
        []),
    "the month of an end that has no year": (
        "Year,Month,End year,End month,Title\n1988,5,,6,A\n",
        [A | {"date": "1988-05"}], ["row 2: the end is not imported (it has no year)"]),
    "start and end": ("Start,End,Name\n1988-05,1989,A\n", [A | {"date": "1988-05/1989"}], []),
    "the footnotes of an encyclopedia": (
        "Date,Event\n1988[1],A\n1 January 1989[a][note 12],B\n", [A, B | {"date": "1989-01-01"}], []),
    "blanks, hyphens and marks that are not seen": (
        "Date,Event\n\u200b1988\u200e,A\n1\u00a0Jan\u00adu\u00adary\u202f1989,B\n1‑2 May 1990,C\n",
        [A, B | {"date": "1989-01-01"}, {"date": "1990-05-01/1990-05-02", "title": "C"}], []),
    "an end that has not come": ("Start,End,Name\n1988,ongoing,A\n", [A | {"date": "1988/.."}], []),
    "an end before the start": (
        "Start,End,Name\n1988,1987,A\n", [A], ["row 2: the end is not imported ('1988/1987': the end comes before the start)"]),
    "many faults of one kind": (
        "date,title\n" + "\n".join("1988,A" if n % 2 else ",B" for n in range(30)) + "\n",
        [A] * 15,
        ["rows 2, 4, 6, 8, 10, 12, 14 and 8 more: the date is empty; it is left out"]),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLES)
def test_an_odd_row_of_a_table_costs_no_more_than_itself(make: Import, case: str) -> None:
    table, events, told = TABLES[case]
    outcome, made = make("csv", table)
    assert [
        {name: event[name] for name in event if name != "id"} for event in made["events"]
    ] == events
    assert outcome.err.splitlines() == [f"slides: {line}" for line in told]


def test_the_page_on_the_dataset_lists_every_heading_that_is_read() -> None:
    page = (ROOT / "docs" / "dataset.md").read_text("utf-8")
    table = page.partition("## From a table or a timeline")[2].partition("\nA date")[0]
    listed = {name for line in table.splitlines()[6:] for name in re.split(r"[|,]", line)[2:]}
    read = {name for ours, others in NATURAL.items() for name in (ours, *others.split(", "))}
    computed = {"earliest", "latest", "precision", "approximate", "uncertain", "phases", "disputes"}
    assert {name.strip() for name in listed} - {""} == (read | OURS) - computed


def test_a_category_of_ones_own_is_kept_counted_and_chosen(run: Run, make: Import) -> None:
    make("csv", "date,title,category\n1988,A,Naval battle\n1989,B,Press\n")
    rows = json.loads(run("timeline --category 'naval battle' --json --data made.json").out)
    assert [(row["title"], row["category"]) for row in rows] == [("A", "Naval battle")]
    counted = json.loads(run("counts --by category --json --data made.json").out)
    assert [row["id"] for row in counted] == ["press", "Naval battle"]
    refused = run("timeline --category navel --data made.json")
    assert refused.code == 2
    assert "there is no category 'navel'" in refused.err


# --- refusals -------------------------------------------------------------------------------------

SHEET = (
    "It has a column with the date (date, when, start or year) and one with the title (title, "
    "headline, event or name); withdrawal help dataset lists the others."
)
OBJECT = "It is an object with a list 'events', each with 'start_date' and 'text'."
NO_TIMELINE = "this is not the JSON of a TimelineJS timeline"
UNPACK = "Unpack it, or save the table in it as CSV in UTF-8."
NOTHING = "no event in it can be imported"
REFUSED: list[tuple[str, bytes, str]] = [
    ("csv", b"", "bad: the file is empty"),
    ("csv", b"\xff\xfeY\x00", "bad: the file is UTF-16\nSave it as UTF-8."),
    (
        "csv",
        "Year,Headline\n1990,A\n".encode("utf-16-le"),
        "bad: the file is UTF-16\nSave it as UTF-8.",
    ),
    ("csv", b"Year,Headline\n1990,caf\xe9\n", "bad: line 2 is not UTF-8\nSave the file as UTF-8."),
    (
        "csv",
        b"Place,What\nOslo,Peace\n",
        f"bad: the first line has no column for the date\n{SHEET}",
    ),
    (
        "csv",
        b"When,Place\n1990,Oslo\n",
        f"bad: the first line has no column for the title\n{SHEET}",
    ),
    ("csv", b"Year,Headline\n", f"bad: {NOTHING}"),
    ("csv", b"PK\x03\x04\xff", f"bad: this is a ZIP archive or a workbook\n{UNPACK}"),
    ("timelinejs", b"\x1f\x8b\xff", f"bad: this is a gzip archive\n{UNPACK}"),
    (
        "timelinejs",
        FRANKLIN.read_bytes(),
        "bad: this is a dataset already\nEvery command reads it with --data.",
    ),
    ("timelinejs", b"[]", f"bad: {NO_TIMELINE}\n{OBJECT}"),
    ("timelinejs", b"{}", f"bad: {NO_TIMELINE}\n{OBJECT}"),
    ("timelinejs", b'{"events": "none"}', f"bad: {NO_TIMELINE}\n{OBJECT}"),
    (
        "timelinejs",
        b"callback({})",
        "bad: this is not JSON (line 1: JSON is malformed: invalid character)",
    ),
    ("timelinejs", b'{"events": []}', f"bad: {NOTHING}"),
]


@pytest.mark.parametrize(("kind", "content", "message"), REFUSED)
def test_a_file_that_cannot_be_read_is_refused(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    content: bytes,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad").write_bytes(content)
    assert run(f"new made.json bad --from {kind}") == (1, "", f"withdrawal: {message}\n")
    assert not Path("made.json").exists()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "new x.json slides",
            "'slides' was given without --from, which says what it is\nAdd --from timelinejs or --from csv.",
        ),
        (
            "new x.json slides --from xls",
            "there is no import 'xls'\nChoose from timelinejs, csv.",
        ),
        (
            "new x.json --from my.csv",
            "there is no import 'my.csv'\nChoose from timelinejs, csv. The kind comes first: --from csv my.csv.",
        ),
        (
            "new x.json --from csv",
            "--from needs a SOURCE\nWrite withdrawal new FILE --from csv SOURCE; - is standard input.",
        ),
    ],
)
def test_a_command_line_that_asks_for_nothing_is_refused(run: Run, line: str, message: str) -> None:
    assert run(line) == (2, "", f"withdrawal: {message}\n")


# --- HTML -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a &lt; b &amp;&#39;c&#39;", "a < b &'c'"),
        ("<p>one</p>two<div>three</div>", "one two three"),
        ("half<b>way</b>", "halfway"),
        ("<style>p {}</style>seen", "seen"),
        ("a < b", "a < b"),
        ("""<a title="a > b" id='>'>one</a><br/>two""", "one two"),
        ("one<!-- <p> two -->, <!>three<!---->, <?four?>five<![CDATA[six]]>", "one, three, five"),
        ("one<script>if (a<b) '<p>'</SCRIPT >two<script>three", "onetwo"),
        ("one <a href='two", "one <a href='two"),
        ("one <!-- two", "one <!-- two"),
        ("&#" + "1" * 5000 + ";one", "\ufffdone"),
        ("", ""),
    ],
)
def test_html_becomes_its_words(html: str, text: str) -> None:
    assert plain(html) == text


def test_a_list_of_links_is_a_list_of_sources_and_loses_its_heading() -> None:
    prose = read_html(
        "<p>Gone.</p><p>Sources</p><ul><li><a href='u'>A</a></li><li><a href='v'>B</a>, p. 2</li></ul>"
    )
    assert (prose.summary, prose.points) == ("Gone.", ())
    assert prose.links == (Link(url="u", text="A"), Link(url="v", text="B", after="p. 2"))


def test_a_link_leads_to_the_first_address_that_it_names() -> None:
    html = """<A rel=x HREF = "u?a=1&amp;b=2" href=v>one</a> <a href=w/>two</a> <a href>three</a>"""
    assert [(link.url, link.text) for link in read_html(html).links] == [
        ("u?a=1&b=2", "one"),
        ("w/", "two"),
        ("", "three"),
    ]


@given(st.text(alphabet=st.sampled_from("<>/abilp=\"'& ;#"), max_size=60))
def test_no_text_is_too_broken_to_read(html: str) -> None:
    assert plain(html) == " ".join(plain(html).split())
