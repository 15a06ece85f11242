"""A workbook that openpyxl and LibreOffice read as it is meant."""

import csv
import io
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.clients import client
from tests.conftest import ABOUT, Run, event
from tests.test_export_tables import WAR
from withdrawal_cli.exports import EXPORTS, xlsx

Book = Any


@pytest.fixture
def book(run: Run, write: Callable[..., str], tmp_path: Path) -> Callable[..., Book]:
    """Return a function that exports arrays of records and opens the workbook."""

    def export(options: str = "", **arrays: Any) -> Book:
        target = tmp_path / "war.xlsx"
        line = f"export xlsx {options} --data {write(**arrays)} --force -o {target}"
        assert run(line) == (0, "", "")
        return openpyxl.load_workbook(target)

    return export


def records(sheet: Any) -> list[dict[str, Any]]:
    heading, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def about(book: Book) -> dict[str, str]:
    return {row[0]: row[1] for row in book["About"].iter_rows(values_only=True) if row[0]}


def midnight(year: int, month: int, day: int) -> datetime:
    """Return what openpyxl makes of a day."""
    return datetime.combine(date(year, month, day), time())


def cells(book: Book) -> Iterator[Any]:
    for sheet in book:
        for row in sheet.iter_rows():
            yield from row


def test_it_begins_with_what_it_is_and_has_a_sheet_for_each_kind(
    book: Callable[..., Book],
) -> None:
    found = book("--match siege", **WAR)
    names = ["About", "Events", "Figures", "Disputes", "People", "Places", "Sources"]
    assert found.sheetnames == names
    assert all(name.lower() in EXPORTS["xlsx"][1] for name in names[1:])
    told = about(found)
    assert next(iter(told)) == "A small war"
    assert told["Licence"] == "CC0-1.0"
    assert told["What is in it"] == (
        "2 of 3 events, those chosen with --match siege. "
        "Of the other kinds that have a sheet, all records."
    )
    assert told["Made from"].startswith("A small war, data 1.0.0 of 2020-01-01, CC0-1.0; made by")
    assert "To repeat it: withdrawal export xlsx --match siege --data war.json" in told["Made from"]
    assert [cell.hyperlink.location for cell in found["About"]["A"] if cell.hyperlink] == [
        f"'{name}'!A1" for name in names[1:]
    ]


def test_headings_stay_in_sight_and_filter(book: Callable[..., Book]) -> None:
    found = book(**WAR)
    for sheet in found.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        headings = [cell.value for cell in sheet[1]]
        assert len(set(headings)) == len(headings)
        assert min(dimension.width for dimension in sheet.column_dimensions.values()) >= 10


def test_a_day_that_is_known_exactly_is_a_date_and_any_other_is_in_words(
    book: Callable[..., Book],
) -> None:
    when = ["1899-12-31", "1900-02-28", "1900-03-01", "1900-04", "1901-05-06~", "1902-01-02/.."]
    found = records(
        book(events=[event(f"event-{n}", date) for n, date in enumerate(when)])["Events"]
    )
    rows = [tuple(row[name] for name in ("Date", "Earliest", "Latest", "EDTF")) for row in found]
    assert rows == [
        ("31 Dec 1899", "1899-12-31", "1899-12-31", "1899-12-31"),
        ("28 Feb 1900", "1900-02-28", "1900-02-28", "1900-02-28"),
        (midnight(1900, 3, 1), midnight(1900, 3, 1), midnight(1900, 3, 1), "1900-03-01"),
        ("Apr 1900", midnight(1900, 4, 1), midnight(1900, 4, 30), "1900-04"),
        ("c. 6 May 1901", midnight(1901, 5, 6), midnight(1901, 5, 6), "1901-05-06~"),
        ("from 2 Jan 1902", midnight(1902, 1, 2), None, "1902-01-02/.."),
    ]


def test_a_date_stands_in_words_with_its_days_and_its_edtf(book: Callable[..., Book]) -> None:
    [ann] = records(book(**WAR)["People"])
    assert {name: content for name, content in ann.items() if name.startswith("Born")} == {
        "Born": "1860 or 1861",
        "Born: earliest": "1860-01-01",
        "Born: latest": "1861-12-31",
        "Born: EDTF": "[1860,1861]",
    }


def test_records_are_told_by_name_and_cited_with_the_page(book: Callable[..., Book]) -> None:
    found = book(
        **WAR
        | {
            "events": [
                event(
                    "the-siege",
                    "1900-01-10",
                    side="reds",
                    places=["old-town"],
                    people=["ann-lee"],
                    citations=[
                        {"source": "moore-sieges", "locator": "p. 9"},
                        {"source": "the-letter"},
                    ],
                )
            ],
            "estimates": [
                {"id": "few", "measure": "dead", "side": "reds", "best": 0, "dispute": "how-many"},
                {"id": "many", "measure": "dead", "high": 10**15, "importance": "key"},
            ],
            "disputes": [
                {
                    "id": "how-many",
                    "title": "How many died?",
                    "accounts": [{"says": "Nobody knows", "citations": [{"source": "the-letter"}]}],
                }
            ],
        }
    )
    [siege] = records(found["Events"])
    assert (siege["Side"], siege["Places"], siege["People"]) == ("Reds", "Old Town", "Ann Lée")
    assert siege["Sources"] == "Moore and Lee 1951, p. 9; A letter"
    many, few = records(found["Figures"])
    assert (many["Id"], many["Best"], many["High"]) == ("many", None, "1,000,000,000,000,000")
    assert (few["Best"], few["Dispute"]) == (0, "How many died?")
    [dispute] = records(found["Disputes"])
    assert dispute["Answers in words"] == "Nobody knows (A letter)"
    assert (dispute["Answers"], dispute["Lowest"]) == (2, None)
    [old_town] = [row for row in records(found["Places"]) if row["Id"] == "old-town"]
    assert (old_town["Latitude"], old_town["Events"]) == (-51.5, 1)
    assert {row["Source"] for row in records(found["Sources"])} == {
        "Moore and Lee 1951",
        "A letter",
    }


def source(number: int, url: str) -> dict[str, Any]:
    return {"id": f"source-{number}", "type": "book", "title": f"{number}", "url": url}


def test_web_addresses_are_links_and_no_others(
    book: Callable[..., Book], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST_LINKS", 2)
    urls = ["javascript:alert(1)", "https://a.example/?q=<&#x", "file:///etc/passwd"]
    urls += [f"https://b.example/{'b' * 3000}", "https://c.example", "https://d.example"]
    found = book(sources=[source(number, url) for number, url in enumerate(urls)])
    linked = {
        cell.value: cell.hyperlink
        for row in found["Sources"].iter_rows(min_row=2)
        for cell in row
        if cell.value in urls
    }
    assert set(linked) == set(urls)
    assert [url for url in urls if linked[url]] == [urls[1], urls[4]]
    assert about(found)["Links left out"].startswith("2 links are left as text: ")


HOSTILE = [
    '=HYPERLINK("http://x","y")',
    "{=1+1}",
    "+1+1",
    "@SUM(1)",
    "<r><t>x</t></r>",
    "</t></si></sst>",
    "_x0041_",
    "https://evil.example",
    "12",
    "a\nb",
]


def test_nothing_in_the_data_is_a_formula_or_markup(book: Callable[..., Book]) -> None:
    found = book(
        dataset=ABOUT | {"title": "=1+1", "description": "<r>=1+1</r>"},
        events=[event(f"event-{n}", title=title) for n, title in enumerate(HOSTILE)],
    )
    assert [row["Title"].rstrip() for row in records(found["Events"])] == HOSTILE
    assert {cell.data_type for cell in cells(found)} <= {"s", "n", "d"}
    assert found["About"]["A1"].value == "=1+1"
    assert not [cell.hyperlink for row in found["Events"] for cell in row if cell.hyperlink]


@pytest.mark.parametrize("letter", ["a", "\N{CAT FACE}"])
def test_a_text_too_long_for_a_cell_is_cut_and_the_workbook_says_so(
    book: Callable[..., Book], letter: str
) -> None:
    units = len(letter.encode("utf-16-le")) // 2
    fits = letter * (32_767 // units)
    found = book(
        events=[event("one", summary=fits), event("two", summary=f"{fits}{letter}", title="Two")]
    )
    [whole, cut] = sorted(row["Summary"] for row in records(found["Events"]))[::-1]
    assert whole == fits
    assert cut.startswith(letter)
    assert cut.endswith("[cut: too long for a cell]")
    assert 32_760 < len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert about(found)["Cut"] == "1 cell had more than 32,767 characters."


def test_a_sheet_that_would_be_too_long_is_refused(
    run: Run, write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    path = write(events=[event("one"), event("two")])
    outcome = run(f"export xlsx --data {path} -o never.xlsx")
    assert outcome == (
        1,
        "",
        (
            "withdrawal: the sheet Events would have 2 rows, and a spreadsheet has 2\n"
            "Choose fewer events with --during or --key, or export sqlite.\n"
        ),
    )


def test_the_parts_of_the_zip_have_no_time_of_day(run: Run, tmp_path: Path) -> None:
    assert run(f"export xlsx -o {tmp_path}/a.xlsx").code == 0
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.programs
def test_libreoffice_reads_the_dates_and_runs_nothing(
    run: Run, write: Callable[..., str], tmp_path: Path
) -> None:
    path = write(
        events=[
            event("day", "1988-02-29", title="Женева"),
            event("month", "1989-02", title="=1+1"),
        ]
    )
    assert run(f"export xlsx --data {path} -o {tmp_path}/war.xlsx").code == 0
    # -1 writes each sheet to a file of its own
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
    command = [client("soffice"), f"-env:UserInstallation=file://{tmp_path}/profile"]
    command += ["--headless", "--convert-to", form, "war.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    text = (tmp_path / "war-Events.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["Date"], row["Title"]) for row in rows] == [
        ("29 Feb 1988", "Женева"),
        ("Feb 1989", "=1+1"),
    ]
    assert rows[1]["Latest"] == "28 Feb 1989"
