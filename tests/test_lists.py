"""The lists of people, places, organizations and sources: what they choose, count and show."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Run, event
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.dates import parse_edtf
from withdrawal_cli.model import Organization, Person, Place, Source
from withdrawal_cli.queries.lists import (
    OrganizationRow,
    PersonRow,
    PlaceRow,
    SourceRow,
    summarize_list,
)
from withdrawal_cli.wording import country_text, life_text, main_role

WAR = {
    "events": [
        event("siege", places=["old-town"], people=["ann-lee", "bob-ray"], organizations=["red-guard"],
              citations=[{"source": "a-book", "locator": "p. 1"}, {"source": "a-book", "locator": "p. 2"}]),
        event("relief", places=["old-town", "port"], people=["ann-lee"], citations=[{"source": "the-letter"}]),
    ],
    "sides": [{"id": "reds", "name": "The Reds"}, {"id": "blues", "name": "The Blues", "aliases": ["Bleus"]}],
    "places": [
        {"id": "old-town", "name": "Old Town", "kind": "city", "country": "Nowhere", "latitude": 1.5, "longitude": -2.25},
        {"id": "port", "name": "“Port” Élan", "kind": "port", "country": "Nowhere", "country_then": "Old Empire",
         "summary": "A ruined harbour."},
        {"id": "the-hill", "name": "Hill"},
    ],
    "people": [
        {"id": "ann-lee", "name": "Ann Lee", "native_name": "Анна Ли", "side": "reds", "born": "[1850,1851]",
         "died": "1901-05-02", "roles": [{"title": "Clerk", "date": "1880/1885"}, {"title": "Ambassador", "date": "1899/.."}],
         "citations": [{"source": "a-book"}]},
        {"id": "bob-ray", "name": "Bob Ray", "side": "blues", "ranks": [{"title": "General"}]},
        {"id": "cat-fox", "name": "Cat Fox", "summary": "Friend of the ambassador."},
    ],
    "organizations": [
        {"id": "red-guard", "name": "Red Guard", "kind": "unit", "side": "reds", "leader": "ann-lee"},
        {"id": "tenth-unit", "name": "10th Unit", "kind": "unit", "side": "blues"},
        {"id": "second-unit", "name": "2nd Unit"},
    ],
    "sources": [
        {"id": "the-letter", "type": "personal_communication", "title": "The letter", "kind": "primary", "perspective": "reds",
         "language": "fr"},
        {"id": "a-book", "type": "book", "title": "Of sieges", "authors": ["Moore, Zoe"], "issued": "1910~", "kind": "secondary",
         "language": "en", "note": "Out of print."},
        {"id": "an-atlas", "type": "map", "title": "An atlas", "publisher": "Nowhere Press", "number": "Sheet 17b"},
    ],
    "estimates": [
        {"id": "dead-ten", "measure": "dead", "best": 10, "event": "siege", "citations": [{"source": "a-book"}]},
        {"id": "hurt-ten", "measure": "wounded", "best": 10, "event": "siege", "citations": [{"source": "the-letter"}]},
        {"id": "lost-ten", "measure": "missing", "best": 10, "citations": [{"source": "a-book"}]},
    ],
}  # fmt: skip


@pytest.fixture
def ask(asking: Callable[..., Callable[[str], Any]]) -> Callable[[str], Any]:
    return asking(**WAR)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("people", "ann-lee bob-ray cat-fox"),
        ("people --side reds", "ann-lee"),
        ("people --side bleus --side reds", "ann-lee bob-ray"),
        ("people --match ambassador", "ann-lee cat-fox"),
        ("people --match general", "bob-ray"),
        ("sources --match 17B", "an-atlas"),
        ("sources --match 'out of print'", "a-book"),
        ("people --match АННА", "ann-lee"),
        ("people --match ambassador --side reds", "ann-lee"),
        ("people --match nobody", ""),
        ("people --reverse -n 2", "cat-fox bob-ray"),
        ("people --sort events", "ann-lee bob-ray cat-fox"),
        ("people --sort events --reverse", "cat-fox bob-ray ann-lee"),
        ("places", "the-hill old-town port"),
        ("places --sort events", "old-town port the-hill"),
        ("places --kind city --kind PORT", "old-town port"),
        ("places --country empire", "port"),
        ("places --country nowhere", "old-town port"),
        ("places --match elan", "port"),
        ("places --match harbour", "port"),
        ("organizations", "second-unit tenth-unit red-guard"),
        ("organizations --kind unit --side reds", "red-guard"),
        ("sources", "an-atlas the-letter a-book"),
        ("sources --sort estimates", "a-book the-letter an-atlas"),
        ("sources --kind primary --kind second", "the-letter a-book"),
        ("sources --type book", "a-book"),
        ("sources --language fr", "the-letter"),
        ("sources --match 'nowhere press' --match zoe", "an-atlas a-book"),
        ("sources --match print -n 0", ""),
    ],
)
def test_filters_choose_and_narrow(ask: Callable[[str], Any], line: str, found: str) -> None:
    assert " ".join(row["id"] for row in ask(line)) == found


def test_what_is_tied_to_a_record_is_counted_once_for_each_event_and_estimate(
    ask: Callable[[str], Any],
) -> None:
    def counts(line: str) -> dict[str, tuple[int, int]]:
        return {row["id"]: (row["events"], row["estimates"]) for row in ask(line)}

    assert counts("people") == {"ann-lee": (2, 2), "bob-ray": (1, 2), "cat-fox": (0, 0)}
    assert counts("places") == {"old-town": (2, 2), "port": (1, 0), "the-hill": (0, 0)}
    assert counts("organizations") == {
        "red-guard": (1, 2),
        "second-unit": (0, 0),
        "tenth-unit": (0, 0),
    }
    assert counts("sources") == {"a-book": (1, 2), "the-letter": (1, 1), "an-atlas": (0, 0)}


def test_a_row_is_the_whole_record_and_its_counts(ask: Callable[[str], Any]) -> None:
    [ann] = ask("people --match ann")
    assert ann == {
        "id": "ann-lee",
        "name": "Ann Lee",
        "native_name": "Анна Ли",
        "aliases": [],
        "born": "[1850,1851]",
        "died": "1901-05-02",
        "side": "reds",
        "roles": [
            {"title": "Clerk", "date": "1880/1885", "citations": []},
            {"title": "Ambassador", "date": "1899/..", "citations": []},
        ],
        "ranks": [],
        "wikidata": None,
        "summary": None,
        "citations": [{"source": "a-book", "locator": None}],
        "events": 2,
        "estimates": 2,
    }


@pytest.mark.parametrize(
    ("key", "record", "row"),
    [
        ("people", Person, PersonRow),
        ("places", Place, PlaceRow),
        ("organizations", Organization, OrganizationRow),
        ("sources", Source, SourceRow),
    ],
)
def test_a_list_promises_every_field_of_its_records(
    run: Run, key: str, record: Any, row: Any
) -> None:
    promised = list(row.__struct_fields__)
    assert promised == [*record.__struct_fields__, "events", "estimates"]
    assert list(json.loads(run(f"{key} -n 1 --json").out)[0]) == promised
    assert run(f"{key} -n 1 -f csv").out.splitlines()[0] == ",".join(promised)


@pytest.mark.parametrize(
    ("line", "code", "problem", "way_out"),
    [
        ("places --kind castle", 1, "no place has the kind 'castle'", "Choose from city, port."),
        (
            "places --country mars",
            1,
            "no place has the country 'mars'",
            "Choose from Nowhere, Old Empire.",
        ),
        ("organizations --kind ''", 1, "no organization has the kind ''", "Choose from unit."),
        ("sources --language xx", 1, "no source has the language 'xx'", "Choose from en, fr."),
        (
            "sources --type atlas",
            1,
            "no source has the type 'atlas'",
            "Choose from book, map, personal_communication.",
        ),
        ("people --side zzz", 1, "there is no side 'zzz'", "Choose from reds, blues."),
        (
            "people --sort age",
            2,
            "--sort cannot be 'age'",
            "Choose from name, events, estimates.",
        ),
        ("people --limit -1", 2, "--limit cannot be '-1'", "Give 0 or more."),
    ],
)
def test_a_refusal_says_what_there_is(
    run: Run, write: Callable[..., str], line: str, code: int, problem: str, way_out: str
) -> None:
    outcome = run(f"{line} --data {write(**WAR)}")
    assert (outcome.code, outcome.out, outcome.err) == (
        code,
        "",
        f"withdrawal: {problem}\n{way_out}\n",
    )


def test_data_that_has_no_such_field_says_so(run: Run, write: Callable[..., str]) -> None:
    outcome = run(f"places --kind city --data {write(places=[{'id': 'hill', 'name': 'Hill'}])}")
    assert (
        outcome.err
        == "withdrawal: no place has the kind 'city'\nNo place in the data has a kind.\n"
    )


@pytest.mark.parametrize("key", ["people", "places", "organizations", "sources"])
def test_the_smallest_file_gives_an_empty_list(
    run: Run, write: Callable[..., str], key: str
) -> None:
    path = write()
    assert run(f"{key} --json --data {path}").out == "[]\n"
    assert run(f"{key} --data {path}").out.count("\n") == 1
    assert run(f"{key} --width 80 --data {path}").code == 0


@pytest.mark.parametrize(
    ("born", "died", "text"),
    [
        ("1850", "1901-05-02", "1850–1901"),
        ("1850", None, "b. 1850"),
        (None, "1901", "d. 1901"),
        (None, None, ""),
        ("[1850,1851]", "1901", "1850/51–1901"),
        ("1899/1901", None, "b. 1899/1901"),
        ("1850~", "1901?", "c. 1850–1901?"),
        ("[..1850]", None, "b. by 1850"),
        ("190X~", "1988", "c. 1900s (decade)–1988"),
        ("19XX", None, "b. 1900s (century)"),
        ("0044", "[0107,0109]", "AD 44–AD 107/AD 109"),
    ],
)
def test_a_life_is_said_in_years(born: str | None, died: str | None, text: str) -> None:
    ann = Person(
        id="ann-lee",
        name="Ann Lee",
        born=parse_edtf(born) if born else None,
        died=parse_edtf(died) if died else None,
    )
    assert life_text(ann) == text


@pytest.mark.parametrize(
    ("now", "then", "text"),
    [
        ("Nowhere", "Old Empire", "Nowhere (then Old Empire)"),
        ("Nowhere", "Nowhere", "Nowhere"),
        ("Nowhere", None, "Nowhere"),
        (None, "Old Empire", "Old Empire"),
        (None, None, ""),
    ],
)
def test_a_country_of_then_is_said_where_it_was_another(
    now: str | None, then: str | None, text: str
) -> None:
    place = Place(id="here", name="Here", country=now, country_then=then)
    assert country_text(place) == text


def test_the_main_role_is_the_first_that_may_have_been_held_in_the_time_of_the_subject(
    write: Callable[..., str],
) -> None:
    dataset = load_dataset(write(**WAR))
    roles = [main_role(dataset, row) for row in summarize_list(dataset, "people", {}).rows]
    assert roles == ["Ambassador", "", ""]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("places --kind b", "border-crossing bridge building"),
        ("places --country So", "Soviet Union"),
        ("sources --perspective ac", "academic"),
        ("sources --kind se", "secondary"),
        ("organizations --side united-n", "united-nations"),
        ("people --sort e", "events estimates"),
        ("people --fields id,bo", "id,born"),
        ("places --data /nowhere --kind air", ""),
    ],
)
def test_a_tab_offers_the_values_of_the_data(
    completed: Callable[[str], list[str]], line: str, offered: str
) -> None:
    assert " ".join(completed(line)) == offered


def test_foreign_text_is_drawn_as_it_is(run: Run, write: Callable[..., str]) -> None:
    person = {"id": "mal", "name": "[bold]Mal :cd:\x1b[31m", "roles": [{"title": "[red]\x07 role"}]}
    drawn = run(f"people --width 80 --data {write(people=[person])}").out
    assert "[bold]Mal :cd:�[31m" in drawn
    assert "[red]� role" in drawn


@pytest.mark.parametrize("command", ["people", "places", "organizations", "sources"])
def test_every_command_has_help_with_examples(run: Run, command: str) -> None:
    outcome = run(f"{command} -h")
    assert outcome.code == 0
    assert f"withdrawal {command}" in outcome.out.split("Options:")[0].split("\n", 2)[2]


# --- the key records, and the glossary --------------------------------------------------------------

RANKED = WAR | {
    "events": [
        event("siege", importance="key", people=["bob-ray"], citations=[{"source": "an-atlas"}]),
        event("relief", people=["ann-lee", "cat-fox"], citations=[{"source": "the-letter"}]),
    ],
    "estimates": [
        {"id": "dead-ten", "measure": "dead", "best": 10, "dispute": "how-many", "citations": [{"source": "a-book"}]},
    ],
    "disputes": [{"id": "how-many", "title": "How many?", "importance": "key", "about": ["cat-fox", "siege"]}],
    "terms": [
        {"id": "the-pass", "name": "Pass", "aliases": ["col"], "meaning": "A way over the hills.", "citations": [{"source": "a-book"}]},
        {"id": "a-shura", "name": "shura", "native_name": "شورا", "meaning": "A council."},
        {"id": "passport", "name": "passport", "meaning": "A paper."},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("people", "bob-ray cat-fox"),
        ("people --reverse -n 1", "cat-fox"),
        ("people --all", "bob-ray cat-fox ann-lee"),
        ("people --match a", "bob-ray cat-fox ann-lee"),
        ("people --all --sort events", "ann-lee bob-ray cat-fox"),
        ("people --side reds", "ann-lee"),
        # The rival figures of a key dispute count as its answers.
        ("sources", "an-atlas a-book"),
        ("sources --all", "an-atlas a-book the-letter"),
        ("places", "the-hill old-town port"),
        ("glossary", "the-pass passport a-shura"),
        ("glossary --reverse -n 1", "a-shura"),
        ("glossary pass", "the-pass"),
        ("glossary COL", "the-pass"),
        ("glossary as", "the-pass passport"),
        ("glossary --match council", "a-shura"),
    ],
)
def test_without_a_filter_there_are_the_key_records_and_else_they_come_first(
    asking: Callable[..., Callable[[str], Any]], line: str, found: str
) -> None:
    assert " ".join(row["id"] for row in asking(**RANKED)(line)) == found


def test_the_screen_says_how_many_are_left_out(run: Run, write: Callable[..., str]) -> None:
    path = write(**RANKED)
    left_out = "\nLeft out: 1 of 3 people, none of them key. --all shows them.\n"
    assert run(f"people --width 80 --data {path}").out.endswith(left_out)
    assert "--all" not in run(f"people --all --width 80 --data {path}").out


def test_a_single_term_is_shown_in_full(run: Run, write: Callable[..., str]) -> None:
    path = write(**RANKED)
    out = run(f"glossary pass --width 80 --data {path}").out
    assert "A way over the hills. [1]" in out
    assert "Moore, Zoe: Of sieges" in out
    outcome = run(f"glossary pess --data {path}")
    assert (outcome.code, outcome.out) == (1, "")
    assert "there is no term 'pess'" in outcome.err
