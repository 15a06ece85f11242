"""docs/formats.md: what is written there by hand is what the exports hold, and no name that was promised is lost."""

import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import GOLDEN, Run, event
from tools import formats
from withdrawal_cli import __version__
from withdrawal_cli.dataset import pages
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.dates import Edtf, time_expressions
from withdrawal_cli.exports import EXPORTS, xlsx
from withdrawal_cli.exports.sqlite import render as render_sqlite
from withdrawal_cli.formats import FORMER_NAMES, LISTING_FORMATS
from withdrawal_cli.formats.citations import CITATIONS
from withdrawal_cli.formats.citations.text import plain, reference
from withdrawal_cli.formats.schemas import OUTPUTS, Schema, output_schema
from withdrawal_cli.model import Source
from withdrawal_cli.queries.citing import Entry
from withdrawal_cli.wording import number

PAGE = formats.PAGES[0].read_text("utf-8")


def section(heading: str) -> str:
    """Return the text under a heading of the page, up to the next one of any level."""
    return re.split(r"(?m)^#", PAGE.split(f"# {heading}\n")[1])[0]


def first_cells(text: str) -> list[list[str]]:
    """Return the names in the first cells of each table in a text."""
    tables = re.findall(r"(?m)(?:^\|.*\n)+", text)
    return [re.findall(r"(?m)^\| `([^`]+)` \|", table) for table in tables]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("database") / "history.sqlite"
    path.write_bytes(render_sqlite(formats.whole()))
    with closing(sqlite3.connect(path)) as base:
        yield base


def test_every_made_part_has_its_place() -> None:
    assert sorted(re.findall(r"<!-- made: (\w+) -->", PAGE)) == sorted(formats.PARTS)


def test_every_output_format_and_export_has_a_place_on_the_page() -> None:
    for command in OUTPUTS:
        assert f"\n### withdrawal {command}\n" in PAGE
    for name in (*LISTING_FORMATS, *CITATIONS, *EXPORTS):
        assert f"\n| `{name}` | `." in PAGE


@pytest.mark.parametrize(
    "command",
    [name for name in OUTPUTS if name not in ("on", "show", "search", "check", "compare", "diff")],
)
def test_an_answer_has_the_fields_that_the_page_names_in_that_order(run: Run, command: str) -> None:
    text = section(f"withdrawal {command}")
    [own] = first_cells(text)
    before = (
        first_cells(section("withdrawal casualties"))[0]
        if "The fields of an [Estimate]" in text
        else []
    )
    answer = json.loads(run(f"{command} --json").out)
    assert list(answer[0] if isinstance(answer, list) else answer) == [*before, *own]


def test_the_features_have_the_properties_that_the_page_names(run: Run) -> None:
    features = json.loads(run("export geojson").out)["features"]
    of_events, of_routes = first_cells(section("GeoJSON"))
    assert {tuple(feature["properties"]) for feature in features} == {
        tuple(of_events),
        tuple(of_routes),
    }


def test_the_calendar_has_the_properties_that_the_page_names(run: Run) -> None:
    entries = run("export ics --anniversaries").out.split("BEGIN:VEVENT")[1:]
    found = {name for entry in entries for name in re.findall(r"(?m)^([A-Z-]+)[;:]", entry)} - {
        "END"
    }
    assert [found] == [set(names) for names in first_cells(section("iCalendar"))]


def test_the_slides_have_the_keys_that_the_page_names(run: Run) -> None:
    document = json.loads(run("export timelinejs").out)
    assert list(document) == ["title", "events", "eras", "withdrawal_dataset"]
    assert [{key for slide in document["events"] for key in slide}] == [
        set(names) for names in first_cells(section("TimelineJS"))
    ]


def test_the_database_has_the_numbers_that_the_page_names(database: sqlite3.Connection) -> None:
    [application], [layout] = (
        database.execute("PRAGMA application_id").fetchone(),
        database.execute("PRAGMA user_version").fetchone(),
    )
    assert f"`PRAGMA application_id` is 0x{application:08X} " in section("SQLite")
    assert f"`PRAGMA user_version` is {layout}," in section("SQLite")


def everything(run: Run, data: str = "") -> str:
    return run(f"timeline --all --json {data}").out


def words_of(path: Path) -> str:
    """Return what a document says, whatever it is."""
    if path.suffix == ".sqlite":
        with closing(sqlite3.connect(path)) as base:
            return str(base.execute("SELECT * FROM metadata").fetchall())
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            said = [archive.read(name).decode() for name in archive.namelist()]
    else:
        said = [path.read_bytes().decode()]
    return re.sub(r"\r\n |<[^>]*>|\\", "", " ".join(said))


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_says_what_it_is_and_has_the_whole_dataset_where_the_page_says_so(
    run: Run, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"made{EXPORTS[name][0]}"
    assert run(f"export {name} --phase phase-two -o {path}").code == 0
    about = load_dataset().metadata
    for said in (
        about.title,
        f"data {about.version}",
        about.license,
        f"withdrawal {__version__}",
        "--phase phase-two",
    ):
        assert said in words_of(path)
    if name in ("ics", "xlsx", "handout"):
        assert run(f"timeline --data {path}").code == 1
        return
    if name == "timelinejs":
        assert run(f"new {tmp_path}/back.json {path} --from timelinejs").code == 0
        path = tmp_path / "back.json"
    assert everything(run, f"--data {path}") == everything(run)


@pytest.mark.parametrize(
    ("record", "csv", "tsv"),
    [
        ({"name": "=1"}, "'=1", "'=1"),
        ({"name": "＝1+1"}, "'＝1+1", "'＝1+1"),
        ({"name": "  +1"}, "'  +1", "'  +1"),
        ({"name": "@SUM(1)"}, "'@SUM(1)", "'@SUM(1)"),
        ({"name": "'=1"}, "''=1", "''=1"),
        ({"name": "'tis"}, "'tis", "'tis"),
        ({"name": "-ism"}, "'-ism", "'-ism"),
        ({"name": "\tA"}, "'\tA", " A"),
        ({"name": "\nA"}, "\"'\nA\"", " A"),
        ({"name": "A, b"}, '"A, b"', "A, b"),
        ({"name": 'A "b"'}, '"A ""b"""', 'A "b"'),
        ({"name": '"A" and "b"'}, '"""A"" and ""b"""', "“A” and “b”"),
        ({"name": "A\t\r\nb"}, '"A\t\ufffd\nb"', "A b"),
        ({"aliases": ["B", "C"]}, "B; C", "B; C"),
        ({"aliases": []}, "", ""),
        ({"summary": None}, "", ""),
        ({"summary": ""}, "", ""),
        ({"events": 0}, "0", "0"),
        ({"roles": [{"title": "Clerk", "date": "1900"}]}, '"title: Clerk, date: 1900"', "title: Clerk, date: 1900"),
        ({"citations": [{"source": "a-book", "locator": "p. 9"}]}, "a-book (p. 9)", "a-book (p. 9)"),
    ],
)  # fmt: skip
def test_a_cell_is_what_the_page_says(
    run: Run, write: Callable[..., str], record: dict[str, Any], csv: str, tsv: str
) -> None:
    [field] = record
    source = {"id": "a-book", "type": "book", "title": "A book"}
    stored = {} if field == "events" else record
    path = write(sources=[source], people=[{"id": "one", "name": "One", **stored}])
    line = f"people --all --fields id,{field} --data {path} -f"
    assert run(f"{line} csv").out == f"id,{field}\r\none,{csv}\r\n"
    assert run(f"{line} tsv").out == f"id\t{field}\none\t{tsv}\n"


def test_a_null_alone_is_an_empty_line_of_tsv_and_a_quoted_cell_of_csv(
    run: Run, write: Callable[..., str]
) -> None:
    line = f"people --all --fields side --data {write(people=[{'id': 'one', 'name': 'One'}])} -f"
    assert (run(f"{line} tsv").out, run(f"{line} csv").out) == ("side\n\n", 'side\r\n""\r\n')


def figure(identifier: str, measure: str, date: str | None = None, **fields: Any) -> dict[str, Any]:
    return {"id": identifier, "measure": measure, "date": date, "side": "reds", "best": 1, **fields}


SHUFFLED: dict[str, Any] = {
    "sides": [{"id": "reds", "name": "Reds"}, {"id": "blues", "name": "Blues"}],
    "phases": [{"id": "second", "title": "Second", "date": "1901"}, {"id": "first", "title": "First", "date": "1900"}],
    "events": [
        event("since-1899", "1899/1900", people=["key-person"], importance="key", citations=[{"source": "key-source"}]),
        *(event(name, date, citations=[{"source": "by-clark"}])
          for name, date in (("all-january", "1900-01"), ("new-year-b", "1900-01-01"), ("new-year-a", "1900-01-01")))],
    "estimates": [
        figure("blue-force", "strength", "1899", side="blues"), figure("gun-force", "strength", "1899", unit="guns"),
        figure("part-force", "strength", "1900-01-01", best=9, part=True), figure("about-force", "strength", "1900-01-01~", best=9),
        figure("plain-force", "strength", "1900-01-01", best=9), figure("month-force", "strength", "1900-01", best=9),
        figure("best-force", "strength", "1900-01-01", rank="preferred", reason="Counted."), figure("old-force", "strength", "1899-12-31"),
        figure("blue-dead", "dead", side="blues"), figure("red-killed", "killed"), figure("part-dead", "dead", part=True, rank="preferred", reason="Seen."),
        figure("unsure-dead", "dead", "1898", certainty="uncertain"), figure("late-dead", "dead", "1900"), figure("early-dead", "dead", "1899"),
        figure("best-dead", "dead", "1901", rank="preferred", reason="Counted.", certainty="uncertain"), figure("key-sick", "sick", side="blues", importance="key")],
    "disputes": [
        {"id": "which-z", "title": "Which?"}, {"id": "which-a", "title": "Which?"}, {"id": "which-key", "title": "Which?", "importance": "key"}],
    "people": [{"id": "a-person", "name": "Bob"}, {"id": "b-person", "name": "Ann"}, {"id": "key-person", "name": "Zoe"}],
    "places": [{"id": "a-place", "name": "The Hill"}, {"id": "b-place", "name": "Bridge"}],
    "organizations": [{"id": "a-body", "name": "15th Brigade"}, {"id": "b-body", "name": "9th Brigade"}],
    "terms": [{"id": "a-term", "name": "Sap", "meaning": "A trench."}, {"id": "b-term", "name": "Fort", "meaning": "A house."}],
    "sources": [
        {"id": "by-clark", "type": "book", "title": "Apples", "authors": ["Clark, C."]}, {"id": "by-nobody", "type": "book", "title": "Bread"},
        {"id": "by-adams", "type": "book", "title": "Cheese", "authors": ["Adams, A."]}, {"id": "key-source", "type": "book", "title": "Dates"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("timeline --all", "since-1899 new-year-a new-year-b all-january"),
        ("timeline --during 1900-01", "new-year-a new-year-b all-january since-1899"),
        ("narrate --during 1900-01", "new-year-a new-year-b all-january since-1899"),
        ("show by-clark", "new-year-a new-year-b all-january"),
        ("strength --all", "old-force best-force plain-force about-force part-force month-force gun-force blue-force"),
        ("casualties --all", "key-sick best-dead early-dead late-dead unsure-dead part-dead red-killed blue-dead"),
        ("people --all", "key-person b-person a-person"),
        ("places", "b-place a-place"),
        ("organizations", "b-body a-body"),
        ("glossary", "b-term a-term"),
        ("sources --all", "key-source by-adams by-nobody by-clark"),
        ("phases", "second first"),
        ("disputes --all", "which-key which-z which-a"),
        ("people --all --reverse", "a-person b-person key-person"),
        ("casualties --all --sort date --side reds", "part-dead red-killed unsure-dead early-dead late-dead best-dead"),
    ],
)  # fmt: skip
def test_records_stand_in_the_order_that_the_page_names(
    asking: Callable[..., Callable[[str], Any]], line: str, found: str
) -> None:
    answer = asking(**SHUFFLED)(line)
    rows = answer["events"] if line.startswith("show") else answer
    assert " ".join(row.get("id") or row["event"] for row in rows) == found


def test_true_and_false_are_words(run: Run, write: Callable[..., str]) -> None:
    line = f"timeline --fields approximate,uncertain --data {write(events=[event('one', '1900~')])}"
    assert run(f"{line} -f csv").out == "approximate,uncertain\r\ntrue,false\r\n"
    assert run(f"{line} -f tsv").out == "approximate\tuncertain\ntrue\tfalse\n"


PAGES = ("overview", "on", "show", "compare", "narrate", "quiz")
"""The commands whose answer is a page: as Markdown a document, in a file `.txt` the screen."""


@pytest.mark.parametrize("command", [name for name in OUTPUTS if name not in ("diff", "check")])
def test_markdown_has_the_columns_of_the_table_and_a_file_txt_has_them_too(
    run: Run, tmp_path: Path, command: str
) -> None:
    words = {"compare": "soviet academic", "on": "Aug 1988", "search": "kabul", "show": "kabul"}
    line, path = f"{command} {words.get(command, '')}", tmp_path / "answer.txt"
    table, markdown = (run(f"{line} -f {name}").out for name in ("table", "markdown"))
    assert run(f"{line} -o {path}").code == 0
    if command in PAGES:
        assert path.read_text("utf-8") == run(f"{line} -f text").out != table
        assert not markdown.startswith("| ")
    else:
        assert path.read_text("utf-8") == table
        headings = markdown.partition("\n")[0].strip("| ").split(" | ")
        assert re.split(" {2,}", table.partition("\n")[0]) == [name.upper() for name in headings]


NOTHING = {"on": "on 1850", "search": "search xyzzy"}
"""How a command is asked for what there is not, where `--match` does not do."""


@pytest.mark.parametrize(
    "command",
    [name for name in OUTPUTS if name not in ("overview", "phases", "show", "diff", "check")],
)
def test_nothing_that_matches_is_no_error_but_a_status_if_one_asks_for_it(
    run: Run, command: str
) -> None:
    line = NOTHING.get(command, f"{command} --match xyzzy")
    line = line.replace("compare", "compare soviet academic")
    outcome = run(f"{line} --json")
    assert (outcome.code, outcome.err) == (0, "")
    assert run(f"{line} --json --exit-status") == (1, outcome.out, "")
    if command not in ("on", "compare"):
        assert outcome.out == "[]\n"
        assert run(f"{line} -f jsonl").out == ""
        for name in ("csv", "tsv", "table"):
            assert len(run(f"{line} -f {name}").out.splitlines()) == 1


@pytest.mark.parametrize("command", [name for name in OUTPUTS if name not in ("diff", "check")])
def test_no_answer_looks_at_the_clock_but_one_about_today(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(time_expressions, "today", lambda: pytest.fail("it looked at the clock"))
    words = {"compare": "soviet academic", "on": "Aug 1988", "search": "kabul", "show": "kabul"}
    assert run(f"{command} {words.get(command, '')} --known-by 1989 -f json").code == 0


REFERENCES: dict[str, tuple[list[str], dict[str, Any]]] = {
    "book, report, thesis": (
        ["book", "report", "thesis"],
        {"number": "number", "publisher": "Publisher"},
    ),
    "chapter, entry of an encyclopedia": (
        ["chapter", "entry-encyclopedia"],
        {"container": "Book", "number": "pp. pages", "publisher": "Publisher"},
    ),
    "article with a volume or an issue": (
        ["article-journal", "article-magazine"],
        {"container": "Journal", "number": "vol. volume, no. issue, pp. pages"},
    ),
    "article of a newspaper, a magazine, a blog": (
        ["article-newspaper", "article-magazine", "post-weblog"],
        {"container": "Newspaper", "number": "p. page", "url": "URL"},
    ),
    "web page, document": (
        ["webpage", "document"],
        {"container": "Site", "number": "number", "publisher": "owner", "url": "URL"}
        | {"accessed": Edtf("1988")},
    ),
}
"""The kinds of source in the table of references: what the words there stand for."""


def test_a_reference_reads_as_the_page_says() -> None:
    rows = dict(re.findall(r"(?m)^\| ([^|`]+) \| (Author\. [^|]+) \|$", section("Bibliographies")))
    assert rows.keys() == REFERENCES.keys()
    for kinds, shown in rows.items():
        types, fields = REFERENCES[kinds]
        expected = shown.replace("date", "1988").replace(" page.", " p. page.")
        for kind in types:
            source = Source(
                id="one",
                type=kind,
                title="Title",
                authors=("Author",),
                issued=Edtf("1988"),
                **fields,
            )
            assert plain(reference(Entry(source=source))) == expected


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("a cell holds {} characters", xlsx.LONGEST_TEXT),
        ("a sheet {} links", xlsx.MOST_LINKS),
        ("Of a dataset of {} MiB or more", pages.HEAVY // 2**20),
    ],
)
def test_a_limit_on_the_page_is_that_of_the_program(words: str, limit: int) -> None:
    assert words.format(number(limit)) in " ".join(PAGE.split())


@pytest.mark.parametrize("name", ["svg", "html-screen"])
def test_a_picture_of_a_screen_runs_and_fetches_nothing(run: Run, name: str) -> None:
    out = run(f"overview -f {name}").out
    assert not re.search(r"(?i)<script|@import|url\((?!#|['\"]?data:)|\ssrc=|<link", out)


# --- The promise ---------------------------------------------------------------------------------


def answer_names(command: str) -> set[str]:
    """Return the names of an answer in JSON, each with the way to it: `on.phases[].withdrawn[].low`."""
    schema = output_schema(command)
    found: set[str] = set()

    def walk(part: Schema, way: str) -> None:
        if "$ref" in part:
            walk(schema["$defs"][part["$ref"].rpartition("/")[2]], way)
        for either in (*part.get("anyOf", ()), *part.get("oneOf", ())):
            walk(either, way)
        if "items" in part:
            walk(part["items"], f"{way}[]")
        record = (
            part.get("properties", {}).get("record", {}).get("const", "")
        )  # `show` answers with any kind
        for name, content in part.get("properties", {}).items():
            found.add(f"{way}({record}).{name}" if record else f"{way}.{name}")
            walk(content, f"{way}.{name}")

    walk(schema, command)
    return found


def names_now() -> set[str]:
    """Return every name that programs of others may rely on, but for those in a database."""
    registries = {
        "format": [*LISTING_FORMATS, *FORMER_NAMES],
        "citations": [*CITATIONS],
        "export": [*EXPORTS],
    }
    registered = {f"{what} {name}" for what, registry in registries.items() for name in registry}
    return registered.union(*map(answer_names, OUTPUTS))


def stored_names(database: sqlite3.Connection) -> list[str]:
    tables = [
        name
        for (name,) in database.execute(
            "SELECT name FROM sqlite_schema WHERE sql IS NOT NULL AND type IN ('table', 'view')"
        )
    ]
    tables = [name for name in tables if not name.startswith(("search_", "sqlite_"))]
    return [
        f"sqlite {name}.{row[1]}"
        for name in tables
        for row in database.execute(f"PRAGMA table_info({name})")
    ]


def test_no_promised_name_is_lost_and_a_new_one_is_promised(
    database: sqlite3.Connection, request: pytest.FixtureRequest
) -> None:
    now = {*names_now(), *stored_names(database)}
    path = GOLDEN / "names.txt"
    promised = set(path.read_text("utf-8").splitlines())
    assert promised - now == set(), "these are relied on: bring them back, or make a major version"
    if request.config.getoption("--update-golden"):
        path.write_text(
            "".join(f"{name}\n" for name in sorted(promised | now)), encoding="utf-8", newline=""
        )
    else:
        assert now - promised == set(), (
            "these are new: --update-golden adds them to names.txt, where they stay"
        )
