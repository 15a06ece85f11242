"""What is typed and what is written are compared without case, accents and typography: everywhere alike."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Run, event
from withdrawal_cli.imports.draft import slug
from withdrawal_cli.queries.folding import fold

WRITTEN = [
    ("Łódź", "lodz", "lodz"),
    ("Straße", "strasse", "strasse"),
    ("Ærø", "aero", "aero"),
    ("Østerbro", "osterbro", "osterbro"),
    ("Đorđe Þór", "dorde thor", "dorde-thor"),
    ("Œuvre", "oeuvre", "oeuvre"),
    ("Kızıl", "kizil", "kizil"),
    ("Union’s", "union's", "unions"),
    ("“Siege”", '"siege"', "siege"),
    ("1914–1918", "1914-1918", "1914-1918"),
    ("with\u00addrawal", "withdrawal", "withdrawal"),
]
"""As it is written, as it is typed, and the id that is made of it."""


@pytest.mark.parametrize(("written", "typed", "_identifier"), WRITTEN)
def test_a_text_is_compared_as_it_is_typed(written: str, typed: str, _identifier: str) -> None:
    assert fold(written) == fold(typed) == fold(written.upper()) == typed


@pytest.mark.parametrize(("written", "_typed", "identifier"), WRITTEN)
def test_an_id_is_made_of_the_same_letters(written: str, _typed: str, identifier: str) -> None:
    assert slug(written) == identifier


@pytest.mark.parametrize(("written", "typed", "_identifier"), [*WRITTEN, ("Ёлка", "елка", "")])
def test_search_names_and_the_database_find_what_is_typed(
    run: Run, write: Callable[..., str], tmp_path: Path, written: str, typed: str, _identifier: str
) -> None:
    people = [{"id": "one", "name": f"Jan {written}"}]
    path = write(
        events=[event("ev-one", people=["one"], title=f"The {written} convoy")], people=people
    )
    for words in (written, typed):
        found = json.loads(run("search", words, "--json", "--data", path).out)
        assert "ev-one" in [row["id"] for row in found], words
        chosen = run("timeline", "--person", f"Jan {words}", "--json", "--data", path)
        assert [row["id"] for row in json.loads(chosen.out)] == ["ev-one"]
    target = tmp_path / "all.sqlite"
    assert run("export", "sqlite", "--data", path, "-o", str(target)).code == 0
    with closing(sqlite3.connect(target)) as base:
        for words in (written, typed):
            phrase = '"' + words.replace('"', '""') + '"'
            query = "SELECT id FROM search WHERE search MATCH ? AND kind = 'event'"
            assert base.execute(query, [phrase]).fetchall() == [("ev-one",)], words
