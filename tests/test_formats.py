"""The formats: the same rows in each, and foreign text that stays text."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run, event
from withdrawal_cli.formats import FORMATS
from withdrawal_cli.formats.markdown import escape

NASTY = [
    "[bold]not markup[/bold] :cd: [Pause]",
    "\x1b[31mred\x1b[0m \x9b31m \x07bell",
    "=HYPERLINK(\"http://x\")",
    "tab\there, line\nbreak, \"quotes\", comma",
    "right\u202eto left | pipe *star* _under_ <b>&",
    "Наджибулла 北京",
]  # fmt: skip


@pytest.fixture
def nasty(write: Callable[..., str]) -> str:
    return write(
        events=[
            event(f"nasty-{n}", f"1900-01-0{n + 1}", title=title, summary=title)
            for n, title in enumerate(NASTY)
        ]
    )


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_renders_some_rows_and_none(
    run: Run, write: Callable[..., str], name: str
) -> None:
    path = write(events=[event("one")])
    for line in (
        "timeline",
        "timeline --from 1950",
        "phases",
        "casualties",
        "overview",
        "show one",
    ):
        outcome = run(f"{line} -f {name} --data {path}")
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out.endswith("\n") or outcome.out == ""


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_lets_a_terminal_escape_through(run: Run, nasty: str, name: str) -> None:
    out = run(f"timeline -f {name} --data {nasty}").out
    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(out)


def test_a_drawn_screen_lets_no_markup_emoji_or_escape_through(run: Run, nasty: str) -> None:
    out = run(f"timeline --data {nasty} --width 120").out
    assert "[bold]not markup[/bold] :cd: [Pause]" in out
    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(out)


def test_json_keeps_the_data_as_it_is(run: Run, nasty: str) -> None:
    rows = json.loads(run(f"timeline --json --data {nasty}").out)
    assert [row["title"] for row in rows] == NASTY
    assert '"Наджибулла 北京"' in run(f"timeline --json --data {nasty}").out


def test_json_lines_are_the_same_objects_one_a_line(run: Run, nasty: str) -> None:
    rows = json.loads(run(f"timeline --json --data {nasty}").out)
    assert [
        json.loads(line) for line in run(f"timeline -f jsonl --data {nasty}").out.splitlines()
    ] == rows


def test_csv_has_a_header_quotes_what_it_must_and_disarms_formulas(run: Run, nasty: str) -> None:
    text = run(f"timeline -f csv --fields id,title,places --data {nasty}").out
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert text.startswith("id,title,places\r\n")
    assert rows[3] == ["nasty-2", '\'=HYPERLINK("http://x")', ""]
    assert rows[4] == ["nasty-3", NASTY[3], ""]


def test_in_csv_a_number_below_zero_stays_a_number(run: Run, write: Callable[..., str]) -> None:
    path = write(places=[{"id": "west", "name": "West", "latitude": -1, "longitude": -77.0364}])
    assert (
        run(f"places -f csv --fields latitude,longitude --data {path}").out
        == "latitude,longitude\r\n-1.0,-77.0364\r\n"
    )


def test_tsv_has_one_record_a_line_and_no_quotes(run: Run, nasty: str) -> None:
    lines = run(f"timeline -f tsv --fields id,title --data {nasty}").out.split("\n")
    assert lines[0] == "id\ttitle"
    assert lines[4] == 'nasty-3\ttab here, line break, "quotes", comma'


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ('"Prague" regiment', "“Prague” regiment"),
        ('"Stay', "“Stay"),
        ('"A", "B"', "“A”, “B”"),
        ('The "Prague" regiment', 'The "Prague" regiment'),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("-ism", "'-ism"),
        ("'tis", "'tis"),
        ("'=1", "''=1"),
    ],
)
def test_a_cell_of_tsv_is_neither_a_quotation_nor_a_formula(
    run: Run, write: Callable[..., str], title: str, cell: str
) -> None:
    path = write(events=[event("one", title=title)])
    assert run(f"timeline -f tsv --fields title --data {path}").out == f"title\n{cell}\n"


def test_excel_knows_utf_8_by_a_mark(run: Run, write: Callable[..., str]) -> None:
    path = write(events=[event("one", title="Женева")])
    expected = "\ufeffid,title\r\none,Женева\r\n"
    assert run(f"timeline --excel --fields id,title --data {path}").out == expected
    assert run(f"timeline --excel -f csv --fields id,title --data {path}").out == expected
    outcome = run(f"timeline --excel --json --data {path}")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--excel is for CSV" in outcome.err


@pytest.mark.parametrize(
    ("line", "suffix", "hint"),
    [
        ("timeline -f json -o x.csv", "json is written to .json", "x.json"),
        ("timeline --json -o x.pdf", "json is written to .json", "x.json"),
        ("timeline --excel -o x.xlsx", "csv is written to .csv", "x.csv"),
        ("export html -o x.pdf", "html is written to .html", "x.html"),
        ("export geojson -o x.zip", "geojson is written to .geojson", "x.geojson"),
        ("export sqlite -o X.JSON", "sqlite is written to .sqlite", "X.sqlite"),
        ("cite ev-01 -f bibtex -o x.ris", "bibtex is written to .bib", "x.bib"),
    ],
)
def test_a_suffix_of_something_else_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, suffix: str, hint: str
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run(line)
    assert (outcome.code, list(tmp_path.iterdir())) == (2, [])
    assert suffix in outcome.err
    assert f"Name the file {hint}." in outcome.err


@pytest.mark.parametrize(
    "line",
    [
        "timeline -f csv -o x.out",
        "timeline -f csv -o x.txt",
        "export geojson -o x.json",
        "export sqlite -o x.db",
        "export html -o x",
    ],
)
def test_a_suffix_that_says_little_is_taken(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(line).code == 0


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("from $5 to US$ 6", r"from \$5 to US\$ 6"),
        ("@nytimes, a@example.org", r"\@nytimes, a@example.org"),
        ("x^2^ and ^[a note]", r"x\^2\^ and \^\[a note\]"),
        ("AT&amp;T, R&D", r"AT\&amp;T, R&D"),
    ],
)
def test_what_pandoc_and_github_read_beyond_markdown_is_text_too(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_markdown_in_the_data_is_escaped(run: Run, nasty: str) -> None:
    lines = run(f"timeline -f markdown --fields title --data {nasty}").out.splitlines()
    assert lines[:2] == ["| title |", "| --- |"]
    assert lines[6] == r"| right�to left \| pipe \*star\* \_under\_ \<b\>& |"


def test_in_a_pipe_a_table_has_aligned_columns_one_record_a_line(
    run: Run, write: Callable[..., str]
) -> None:
    path = write(
        events=[event("one", title="First"), event("another-one", "1900-02", title="北京 falls")]
    )
    assert run(f"timeline --data {path}").out == (
        "DATE        TITLE       ID           PLACE  CERTAINTY\n"
        "1 Jan 1900  First       one          -      certain\n"
        "Feb 1900    北京 falls  another-one  -      certain\n"
    )


def test_fields_choose_and_order_the_columns_of_every_format(
    run: Run, write: Callable[..., str]
) -> None:
    path = write(events=[event("one")])
    assert (
        run(f"timeline --fields date,id --data {path}").out == "DATE        ID\n1900-01-01  one\n"
    )
    assert json.loads(run(f"timeline --json --fields date,id --data {path}").out) == [
        {"date": "1900-01-01", "id": "one"}
    ]


def test_an_empty_answer_is_a_header_or_an_empty_array(run: Run, write: Callable[..., str]) -> None:
    path = write()
    assert run(f"timeline --json --data {path}").out == "[]\n"
    assert run(f"timeline -f csv --fields id --data {path}").out == "id\r\n"
    assert run(f"timeline -f jsonl --data {path}").out == ""


def test_the_same_query_gives_the_same_bytes(run: Run) -> None:
    assert run("timeline --all --json").out == run("timeline --all --json").out


@pytest.mark.parametrize("name", FORMATS)
def test_records_of_two_kinds_are_shown_together_in_every_format(
    run: Run, write: Callable[..., str], name: str
) -> None:
    path = write(events=[event("one")], sides=[{"id": "reds", "name": "The Reds"}])
    for fields in ("", "--fields id,date,name"):
        outcome = run(f"show one reds -f {name} {fields} --data {path}")
        assert (outcome.code, outcome.err) == (0, "")
        assert "one" in outcome.out
        assert "reds" in outcome.out
