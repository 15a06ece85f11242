"""What is typed and what is written are compared without case, accents and typography: everywhere alike."""

import json
import sqlite3
import subprocess
import unicodedata
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clients import client
from tests.conftest import Run, event
from withdrawal_cli.imports.draft import slug
from withdrawal_cli.queries.folding import fold

WRITTEN = [
    ("Łódź", "lodz", "lodz"),
    ("Małek", "malek", "malek"),
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
    ("Ǿrsted", "orsted", "orsted"),
    ("İnönü", "inonu", "inonu"),
    ("paraŀlel", "parallel", "parallel"),
    ("paral·lel", "parallel", "parallel"),
    ("O´Neil", "o'neil", "oneil"),
    ("O`Neil", "o'neil", "oneil"),
    ("Hawaiʻi", "hawai'i", "hawaii"),
    ("ʿAbd al‑Raḥmān", "abd al-rahman", "abd-al-rahman"),
    ("№ 40", "no 40", "no-40"),
    ("Ｋａｂｕｌ ﬁre", "kabul fire", "kabul-fire"),
    ("Deh\u00a0Sabz", "deh sabz", "deh-sabz"),
    ("\u200eHerat\u200f", "herat", "herat"),
    ("Қандаҳор", "кандахор", "record"),
    ("مُحَمَّد", "محمد", "record"),
    ("كابل", "کابل", "record"),
    ("هيئت", "هییت", "record"),
    ("می\u200cرود", "میرود", "record"),
    ("سال ۱۳۶۷", "سال 1367", "1367"),
]
"""As it is written, as it is typed, and the id that is made of it."""


@pytest.mark.parametrize(("written", "typed", "_identifier"), WRITTEN)
def test_a_text_is_compared_as_it_is_typed(written: str, typed: str, _identifier: str) -> None:
    assert fold(written) == fold(typed) == fold(written.upper()) == typed
    for form in ("NFC", "NFD"):
        assert fold(unicodedata.normalize(form, written)) == typed


@given(st.text(max_size=9))
def test_a_folded_text_is_folded_whatever_it_is_made_of(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFC", text)) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


def test_a_name_of_nothing_but_joiners_and_accents_is_no_other_name(
    run: Run, write: Callable[..., str]
) -> None:
    people = [{"id": "one", "name": "Kabul Khan", "aliases": ["\u200d", "\u0301"]}]
    outcome = run("search", "kabul khan", "--data", write(people=people))
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize(("written", "_typed", "identifier"), WRITTEN)
def test_an_id_is_made_of_the_same_letters(written: str, _typed: str, identifier: str) -> None:
    assert slug(written) == identifier


@pytest.mark.parametrize(("written", "typed", "_identifier"), [*WRITTEN, ("Ёлка", "елка", "")])
def test_search_names_and_the_database_find_what_is_typed(
    run: Run, write: Callable[..., str], tmp_path: Path, written: str, typed: str, _identifier: str
) -> None:
    people = [{"id": "one", "name": f"Jan {written}"}]
    events = [
        event("ev-one", people=["one"], title=f"The {written} convoy"),
        event("ev-two", title=f"The {typed} convoy"),
    ]
    path = write(events=events, people=people)
    for words in (written, typed):
        found = json.loads(run("search", words, "--json", "--data", path).out)
        assert {"ev-one", "ev-two"} <= {row["id"] for row in found}, words
        chosen = run("timeline", "--person", f"Jan {words}", "--json", "--data", path)
        assert [row["id"] for row in json.loads(chosen.out)] == ["ev-one"]
        assert json.loads(run("show", f"Jan {words}", "--json", "--data", path).out)["id"] == "one"
    target = tmp_path / "all.sqlite"
    assert run("export", "sqlite", "--data", path, "-o", str(target)).code == 0
    with closing(sqlite3.connect(target)) as base:
        for words in (written, typed):
            quoted = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
            query = "SELECT id FROM search WHERE search MATCH ? AND kind = 'event'"
            assert ("ev-one",) in base.execute(query, [quoted]).fetchall(), words


@pytest.mark.programs
def test_the_filter_of_the_page_compares_as_the_program_does(
    run: Run, write: Callable[..., str]
) -> None:
    lines = run(f"export html --data {write()}").out.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("const letters"))
    end = next(number for number, line in enumerate(lines) if line.startswith("const fold"))
    written = [text for row in [*WRITTEN, ("ΣΊΣΥΦΟΣ Σίσυφος", "", "")] for text in (row[0], row[1])]
    said = "console.log(JSON.stringify(JSON.parse(process.argv[1]).map(fold)))"
    line = [client("node"), "-e", "\n".join([*lines[start : end + 1], said]), json.dumps(written)]
    done = subprocess.run(line, capture_output=True, check=True)
    assert json.loads(done.stdout) == list(map(fold, written))
