"""An SQLite database that SQLite finds sound and Datasette serves."""

import http.client
import json
import re
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

import pytest

from tests.clients import client
from tests.conftest import Run, event
from tests.test_export_tables import WAR
from tests.test_process import on_a_terminal
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.exports import sqlite
from withdrawal_cli.model import KINDS
from withdrawal_cli.queries.casualties import summarize_casualties
from withdrawal_cli.queries.filters import Choice, Filters
from withdrawal_cli.queries.rows import event_row
from withdrawal_cli.wording import short_sources

Ask = Callable[[str], list[Any]]


@pytest.fixture
def ask(run: Run, tmp_path: Path) -> Iterator[Callable[..., Ask]]:
    """Return a function that exports what the options choose and gives another, which asks the database."""
    opened: list[sqlite3.Connection] = []

    def export(options: str = "") -> Ask:
        target = tmp_path / f"{len(opened)}.sqlite"
        assert run(f"export sqlite {options} -o {target}") == (0, "", "")
        base = sqlite3.connect(target)
        opened.append(base)
        return lambda question: [row[0] if len(row) == 1 else row for row in base.execute(question)]

    yield export
    for base in opened:
        base.close()


@pytest.mark.parametrize("options", ["", "--key --phase phase-one", "--from 2020"])
def test_sqlite_finds_the_database_sound(ask: Callable[..., Ask], options: str) -> None:
    base = ask(options)
    assert base("PRAGMA integrity_check") == ["ok"]
    assert base("PRAGMA foreign_key_check") == []


def test_every_record_is_in_its_table(ask: Callable[..., Ask]) -> None:
    base, dataset = ask(), load_dataset()
    for kind, key in KINDS.items():
        ids = [item.id for item in getattr(dataset, key)]
        assert sorted(base(f"SELECT id FROM {key}")) == sorted(ids)  # noqa: S608
        assert base(f"SELECT count(*) FROM search WHERE kind = '{kind}'") == [len(ids)]  # noqa: S608


def test_the_file_says_whose_it_is(ask: Callable[..., Ask]) -> None:
    base = ask()
    assert [base(f"PRAGMA {name}") for name in ("application_id", "user_version", "page_size")] == [
        [0x5744524C],
        [1],
        [4096],
    ]


def test_the_timeline_has_every_event_in_order_with_what_it_is_tied_to(
    ask: Callable[..., Ask],
) -> None:
    base, dataset = ask(), load_dataset()
    rows = [event_row(dataset, event) for event in Choice(dataset, Filters(all=True)).events()]
    assert base("SELECT id, phases, disputes, places, people, sources FROM timeline") == [
        (
            row.id,
            "; ".join(row.phases) or None,
            "; ".join(row.disputes) or None,
            "; ".join(map(dataset.name, row.places)) or None,
            "; ".join(map(dataset.name, row.people)) or None,
            short_sources(dataset, row.sources) or None,
        )
        for row in rows
    ]


def test_the_casualties_are_those_of_the_command_in_its_order(ask: Callable[..., Ask]) -> None:
    base, dataset = ask(), load_dataset()
    figures = summarize_casualties(dataset, Filters(all=True)).estimates
    assert base("SELECT id, low, best, high FROM casualties") == [
        (each.id, each.low, each.best, each.high) for each in figures
    ]


def test_a_casualty_figure_has_its_sources_with_the_page(
    ask: Callable[..., Ask], write: Callable[..., str]
) -> None:
    base = ask(f"--data {write(**WAR)}")
    assert base("SELECT id, low, text, question, event, sources FROM casualties") == [
        ("dead-20", 20, None, "How many died?", "siege-ends", "Moore and Lee 1951, p. 9; A letter"),
        ("dead-dozens", None, "dozens", "How many died?", None, None),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lee", ["ann-lee", "moore-sieges"]),
        ("mayor", ["ann-lee"]),
        ('"red side"', ["reds"]),
        ("slip OR dozens", ["dead-dozens", "how-many"]),
        ("second", ["siege-ends"]),
        ("nothing", []),
    ],
)
def test_a_word_finds_the_records_that_say_it(
    ask: Callable[..., Ask], write: Callable[..., str], words: str, found: list[str]
) -> None:
    base = ask(f"--data {write(**WAR)}")
    assert base(f"SELECT id FROM search WHERE search MATCH '{words}' ORDER BY id") == found  # noqa: S608


@pytest.mark.parametrize(
    ("words", "found"),
    [("trench", "sap-trench"), ("zap", "sap-trench"), ("twenty", "how-many"), ("began", "cause")],
)
def test_terms_short_answers_and_significance_are_searched(
    ask: Callable[..., Ask], write: Callable[..., str], words: str, found: str
) -> None:
    data = write(
        events=[event("cause", significance="It began the war.")],
        disputes=[{"id": "how-many", "title": "How many?", "short_answer": "Some twenty."}],
        terms=[{"id": "sap-trench", "name": "Sap", "aliases": ["Zap"], "meaning": "A trench."}],
    )
    base = ask(f"--data {data}")
    assert base(f"SELECT id FROM search WHERE search MATCH '{words}'") == [found]  # noqa: S608
    assert base("SELECT significance FROM timeline") == ["It began the war."]


def test_a_name_comes_before_a_text(ask: Callable[..., Ask], write: Callable[..., str]) -> None:
    mentions = (
        event("the-fair", summary="Lee came."),
        event("lee-comes", title="Lee", summary="A long day of much else."),
    )
    base = ask(f"--data {write(events=mentions)}")
    assert base("SELECT id FROM search WHERE search MATCH 'lee' ORDER BY rank") == [
        "lee-comes",
        "the-fair",
    ]


def test_with_filters_the_chosen_events_alone_are_in_and_the_filters_are_told(
    ask: Callable[..., Ask], write: Callable[..., str]
) -> None:
    base = ask(f"--match relief --data {write(**WAR)}")
    assert (
        base("SELECT id FROM timeline")
        == base("SELECT id FROM search WHERE kind = 'event'")
        == ["relief"]
    )
    assert base("SELECT id FROM records WHERE kind = 'event'") == ["relief"]
    assert base("SELECT filters, license FROM metadata") == [("--match relief", "CC0-1.0")]


def test_every_table_has_its_primary_key_and_every_id_in_it_is_a_foreign_key(
    ask: Callable[..., Ask],
) -> None:
    base = ask()
    tables = base(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' "
        "AND name NOT IN ('metadata', 'withdrawal_dataset')"
    )
    for table in tables:
        columns = base(f"SELECT name, pk FROM pragma_table_info('{table}')")  # noqa: S608
        assert any(key for _, key in columns), table
        refers = base(f"SELECT \"from\" FROM pragma_foreign_key_list('{table}')")  # noqa: S608
        for column, _ in columns:
            is_id = base(
                f"SELECT min({column} IN (SELECT id FROM records)) FROM {table}"  # noqa: S608
            ) == [1]
            if is_id and table != "records" and (table, column) != ("sources", "perspective"):
                assert column in refers, (table, column)


def test_a_data_package_has_the_same_tables_and_describes_their_columns(
    ask: Callable[..., Ask], run: Run, tmp_path: Path
) -> None:
    base, target = ask(), tmp_path / "package.zip"
    assert run(f"export datapackage -o {target}").code == 0
    with ZipFile(target) as archive:
        resources = json.loads(archive.read("datapackage.json"))["resources"]
        assert {f"data/{found['name']}.csv" for found in resources} == {
            name for name in archive.namelist() if name.endswith(".csv")
        }
    described = {
        found["name"]: [(field["name"], bool(field["description"])) for field in fields]
        for found in resources
        for fields in [found["schema"]["fields"]]
    }
    stored = base(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' "
        "AND name <> 'withdrawal_dataset'"
    )
    assert described == {
        name: [
            (column, True)
            for column in base(f"SELECT name FROM pragma_table_info('{name}')")  # noqa: S608
        ]
        for name in stored
    }


def test_a_writer_is_held_to_the_references(ask: Callable[..., Ask]) -> None:
    base = ask()
    base("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY constraint failed"):
        base("INSERT INTO event_places VALUES ('geneva-accords', 99, 'atlantis')")


def test_strange_data_is_stored_as_data(ask: Callable[..., Ask], write: Callable[..., str]) -> None:
    title = "'); DROP TABLE events; --"
    estimate = {"id": "dear", "measure": "cost", "best": 10**20, "unit": "=1+1"}
    base = ask(f"--data {write(events=[event('one', title=title)], estimates=[estimate])}")
    assert base("SELECT title FROM timeline") == [title]
    assert base("SELECT best, unit FROM estimates") == [(1e20, "=1+1")]


@pytest.mark.parametrize(
    ("kind", "name"), [("sqlite", "withdrawal.sqlite"), ("handout", "withdrawal.html")]
)
def test_a_database_or_a_page_is_not_written_to_a_screen(kind: str, name: str) -> None:
    seen, said = on_a_terminal("export", kind)
    hint = f"Name a file for it, as with -o {name}."
    assert (seen, said) == ("", f"withdrawal: that document is not for a screen\n{hint}\n")


def test_what_is_found_is_a_record_of_the_same_rowid(ask: Callable[..., Ask]) -> None:
    base = ask()
    found = base("SELECT rowid, id FROM search ORDER BY rowid")
    assert found
    assert found == base("SELECT rowid, id FROM records ORDER BY rowid")


def answer(port: int, path: str) -> Any:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path)
        return json.loads(connection.getresponse().read())


@pytest.fixture
def datasette(ask: Callable[..., Ask], tmp_path: Path) -> Iterator[int]:
    """Yield the port at which Datasette serves the database, started as the module's docstring says."""
    program = client("datasette")
    base = ask()
    [question] = re.findall(r'(?s)"(SELECT json_object.*?)"', str(sqlite.__doc__))
    question = question.replace("'war'", "'0'")  # the name of the file
    (tmp_path / "war.json").write_text(base(question)[0], encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        program,
        "0.sqlite",
        "--metadata",
        "war.json",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_for(port, process)
            yield port
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("Datasette did not start")


def test_datasette_serves_it_with_title_and_licence(datasette: int) -> None:
    about = load_dataset().metadata
    metadata = answer(datasette, "/-/metadata.json")
    assert (metadata["title"], metadata["license"]) == (about.title, about.license)
    [first] = answer(datasette, "/0/timeline.json?_shape=array&_size=1")
    assert first["id"] == Choice(load_dataset(), Filters(all=True)).events()[0].id
    found = answer(datasette, "/0/search.json?_shape=array&_search=salang+pass")
    assert "salang-pass" in [row["id"] for row in found]
    question = quote("SELECT count(*) AS count FROM casualties")
    assert answer(datasette, f"/0.json?sql={question}&_shape=array") == [
        {"count": len(summarize_casualties(load_dataset(), Filters(all=True)).estimates)}
    ]


def test_datasette_leads_from_what_is_found_to_the_record(datasette: int) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", datasette, timeout=10)) as connection:
        connection.request("GET", "/0/records?_search=salang+pass")
        assert 'href="/0/records/salang-pass"' in connection.getresponse().read().decode()
        connection.request("GET", "/0/records/salang-pass")
        assert 'href="/0/places?id=salang-pass"' in connection.getresponse().read().decode()
