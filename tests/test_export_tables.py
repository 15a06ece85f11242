"""The tables that the exports for databases and for table programs share."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import ABOUT, event, repetition
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.exports import Selection
from withdrawal_cli.exports.tables import Table, make_tables
from withdrawal_cli.model import KINDS
from withdrawal_cli.queries.filters import Choice, Filters

CITED = [{"source": "moore-sieges", "locator": "p. 9"}, {"source": "the-letter"}]

WAR: dict[str, Any] = {
    "sides": [{"id": "reds", "name": "Reds", "aliases": ["The Red side"]}],
    "sources": [
        {
            "id": "moore-sieges",
            "type": "book",
            "title": "Sieges",
            "authors": ["Moore, Ann", "Lee, Bo"],
            "issued": "1951~",
        },
        {
            "id": "the-letter",
            "type": "document",
            "title": "A letter",
            "url": "https://example.org/letter",
        },
    ],
    "places": [
        {
            "id": "old-town",
            "name": "Old Town",
            "latitude": -51.5,
            "longitude": -0.1,
            "citations": CITED,
        },
        {"id": "nowhere", "name": "Nowhere"},
    ],
    "people": [
        {
            "id": "ann-lee",
            "name": "Ann Lée",
            "side": "reds",
            "born": "[1860,1861]",
            "roles": [
                {"title": "Clerk"},
                {"title": "Mayor", "date": "1900/..", "citations": CITED},
            ],
        }
    ],
    "organizations": [{"id": "the-guard", "name": "The Guard", "leader": "ann-lee"}],
    "routes": [
        {"id": "the-road", "name": "The road", "places": ["old-town", "nowhere", "old-town"]}
    ],
    "phases": [
        {"id": "opening", "title": "Opening", "date": "1900-01/1900-02"},
        {"id": "whole-war", "title": "The whole war", "date": "1900"},
    ],
    "events": [
        event(
            "siege-begins",
            "1900-01-10~",
            places=["old-town"],
            related=["relief", "siege-ends"],
            side="reds",
            citations=CITED,
        ),
        event(
            "siege-ends",
            "1900-02/..",
            people=["ann-lee"],
            related=["siege-begins"],
            points=["First", "Second"],
        ),
        event("relief", "1900-03-01", organizations=["the-guard"]),
    ],
    "estimates": [
        {
            "id": "dead-20",
            "measure": "dead",
            "low": 20,
            "event": "siege-ends",
            "dispute": "how-many",
            "citations": CITED,
        },
        {
            "id": "dead-dozens",
            "measure": "dead",
            "text": "dozens",
            "scope": "In the town.",
            "dispute": "how-many",
        },
        {
            "id": "guns-3",
            "measure": "guns",
            "best": 3,
            "unit": "guns",
            "side": "reds",
            "part": True,
        },
    ],
    "disputes": [
        {
            "id": "how-many",
            "title": "How many died?",
            "about": ["siege-begins", "ann-lee"],
            "accounts": [
                {
                    "says": "None, says the letter.",
                    "rank": "deprecated",
                    "reason": "A slip.",
                    "citations": CITED[1:],
                }
            ],
        }
    ],
}


def tables_of(path: str, **filters: Any) -> dict[str, Table]:
    dataset = load_dataset(path)
    events = tuple(Choice(dataset, Filters(**(filters or {"all": True}))).events())
    made = make_tables(
        Selection(
            dataset=dataset,
            events=events,
            chosen_with="--some 'filter'",
            program="withdrawal 0",
            command="withdrawal export",
        )
    )
    return {table.name: table for table in made}


@pytest.fixture
def war(write: Callable[..., str]) -> str:
    return write(**WAR)


def column(table: Table, name: str) -> list[Any]:
    place = [field.name for field in table.fields].index(name)
    return [row[place] for row in table.rows]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("sides", [("reds", "Reds")]),
        ("source_authors", [("moore-sieges", 1, "Moore, Ann"), ("moore-sieges", 2, "Lee, Bo")]),
        ("person_roles", [("ann-lee", 1, "Clerk", None, None, None), ("ann-lee", 2, "Mayor", "1900/..", "1900-01-01", None)]),
        ("person_role_citations", [("ann-lee", 2, 1, "moore-sieges", "p. 9"), ("ann-lee", 2, 2, "the-letter", None)]),
        ("route_places", [("the-road", 1, "old-town"), ("the-road", 2, "nowhere"), ("the-road", 3, "old-town")]),
        ("event_points", [("siege-ends", 1, "First"), ("siege-ends", 2, "Second")]),
        ("event_related", [("siege-begins", 1, "relief"), ("siege-begins", 2, "siege-ends"), ("siege-ends", 1, "siege-begins")]),
        ("event_phases", [("siege-begins", 1, "opening"), ("siege-begins", 2, "whole-war"), ("siege-ends", 1, "opening"),
                          ("siege-ends", 2, "whole-war"), ("relief", 1, "whole-war")]),
        ("event_disputes", [("siege-begins", 1, "how-many"), ("siege-ends", 1, "how-many")]),
        ("dispute_about", [("how-many", 1, "siege-begins"), ("how-many", 2, "ann-lee")]),
        ("dispute_accounts", [("how-many", 1, "None, says the letter.", None, None, None, "deprecated", "A slip.", "certain")]),
        ("dispute_account_citations", [("how-many", 1, 1, "the-letter", None)]),
        ("aliases", [("reds", 1, "The Red side")]),
        ("dataset_authors", []),
    ],
)  # fmt: skip
def test_a_list_is_a_table_of_its_owners_with_the_position(
    war: str, name: str, rows: list[tuple[Any, ...]]
) -> None:
    assert tables_of(war)[name].rows == rows


def test_what_a_newcomer_reads_first_has_its_columns_and_tables(write: Callable[..., str]) -> None:
    story = [{"text": "They came.", "citations": CITED[:1]}, {"text": "They left."}]
    dispute = WAR["disputes"][0] | {"about": [], "importance": "key", "short_answer": "About 20."}
    tables = tables_of(
        write(
            dataset=ABOUT | {"story": story},
            sources=WAR["sources"],
            places=[{"id": "old-town", "name": "Old Town", "precision": "district"}],
            events=[
                event("cause", significance="It began the war."),
                event("effect", "1900-02", follows=["cause"]),
            ],
            estimates=[{"id": "dead-20", "measure": "dead", "best": 20, "importance": "key"}],
            disputes=[dispute],
            terms=[{"id": "sap-trench", "name": "Sap", "meaning": "A trench to the wall."}],
        )
    )
    assert tables["dataset_story"].rows == [
        ("a-small-war", 1, "They came."),
        ("a-small-war", 2, "They left."),
    ]
    assert tables["dataset_paragraph_citations"].rows == [
        ("a-small-war", 1, 1, "moore-sieges", "p. 9")
    ]
    assert column(tables["events"], "significance") == ["It began the war.", None]
    assert tables["event_follows"].rows == [("effect", 1, "cause")]
    assert column(tables["places"], "precision") == ["district"]
    assert column(tables["disputes"], "importance") == ["key"]
    assert column(tables["disputes"], "short_answer") == ["About 20."]
    assert column(tables["estimates"], "importance") == ["key"]
    assert tables["terms"].rows == [("sap-trench", "Sap", None, "A trench to the wall.")]


CARD = ABOUT | {
    "authors": ["Lee, Ann", "The Firm"],
    "belligerents": [
        {"side": "reds", "commanders": ["ann-lee", "bo-ray"]},
        {"side": "blues", "note": "various"},
    ],
    "neighbours": [
        {"name": "Far Land", "outline": "POLYGON ((4 5, 8 5, 8 6, 4 5))"}
        | {"latitude": 5.5, "longitude": 6}
    ],
    "citations": CITED,
}


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("dataset_authors", [("a-small-war", 1, "Lee, Ann"), ("a-small-war", 2, "The Firm")]),
        ("dataset_belligerents", [("a-small-war", 1, "reds", None), ("a-small-war", 2, "blues", "various")]),
        ("dataset_belligerent_commanders", [("a-small-war", 1, 1, "ann-lee"), ("a-small-war", 1, 2, "bo-ray")]),
        ("dataset_neighbours", [("a-small-war", 1, "Far Land", "POLYGON ((4 5, 8 5, 8 6, 4 5))", 5.5, 6.0)]),
        ("dataset_citations", [("a-small-war", 1, "moore-sieges", "p. 9"), ("a-small-war", 2, "the-letter", None)]),
        ("person_ranks", [("bo-ray", 1, "Major", "1900-05", "1900-05-01", "1900-05-31")]),
        ("person_rank_citations", [("bo-ray", 1, 1, "moore-sieges", "p. 9"), ("bo-ray", 1, 2, "the-letter", None)]),
        ("event_places", [("siege", 1, "town-b"), ("siege", 2, "town-a")]),
        ("event_people", [("siege", 1, "bo-ray")]),
        ("event_organizations", [("siege", 1, "the-guard")]),
        ("aliases", [("the-guard", 1, "Guards"), ("the-guard", 2, "old-guard")]),
        ("citations", [("siege", 1, "moore-sieges", "p. 9"), ("siege", 2, "the-letter", None)]),
    ],
)  # fmt: skip
def test_every_other_list_is_a_table_too(
    write: Callable[..., str], name: str, rows: list[tuple[Any, ...]]
) -> None:
    ranks = [{"title": "Major", "date": "1900-05", "citations": CITED}]
    path = write(
        dataset=CARD,
        sides=[{"id": "reds", "name": "Reds"}, {"id": "blues", "name": "Blues"}],
        sources=WAR["sources"],
        places=[{"id": f"town-{letter}", "name": letter} for letter in "ab"],
        people=[
            {"id": "ann-lee", "name": "Ann Lee"},
            {"id": "bo-ray", "name": "Bo Ray", "ranks": ranks},
        ],
        organizations=[{"id": "the-guard", "name": "Guard", "aliases": ["Guards", "old-guard"]}],
        events=[
            event("siege", places=["town-b", "town-a"], people=["bo-ray"], citations=CITED)
            | {"organizations": ["the-guard"]}
        ],
    )
    assert tables_of(path)[name].rows == rows


def test_a_date_is_its_text_with_its_first_and_last_day(war: str) -> None:
    people = tables_of(war)["people"]
    assert [field.name for field in people.fields[3:6]] == ["born", "born_earliest", "born_latest"]
    assert people.rows[0][3:6] == ("[1860,1861]", "1860-01-01", "1861-12-31")
    events = tables_of(war)["events"]
    assert [row[1:4] for row in events.rows[:2]] == [
        ("1900-01-10~", "1900-01-10", "1900-01-10"),
        ("1900-02/..", "1900-02-01", None),
    ]


def test_every_record_has_its_kind_and_a_name(war: str) -> None:
    rows = tables_of(war)["records"].rows
    assert [
        row
        for row in rows
        if row[0] in ("moore-sieges", "dead-20", "dead-dozens", "guns-3", "how-many")
    ] == [
        ("moore-sieges", "source", "Moore and Lee 1951"),
        ("dead-20", "estimate", "20+: dead"),
        ("dead-dozens", "estimate", "dozens: In the town."),
        ("guns-3", "estimate", "3 guns: guns"),
        ("how-many", "dispute", "How many died?"),
    ]


def test_only_the_chosen_events_are_in_and_nothing_points_at_another(war: str) -> None:
    whole, some = tables_of(war), tables_of(war, start="1900-03-01", surely=True)
    assert column(some["events"], "id") == ["relief"]
    assert set(column(some["event_phases"], "event")) == {"relief"}
    assert [some[name].rows for name in ("event_related", "event_points", "event_disputes")] == [
        [],
        [],
        [],
    ]
    assert column(some["dispute_about"], "record") == ["ann-lee"]
    assert column(whole["estimates"], "event") == ["siege-ends", None, None]
    assert column(some["estimates"], "event") == [None, None, None]
    assert set(column(some["citations"], "record")) == {"old-town", "dead-20"}
    for name in set(KINDS.values()) - {"events", "estimates"}:
        assert some[name].rows == whole[name].rows


def test_every_key_is_unique_and_every_reference_found() -> None:
    tables = tables_of("")
    for table in tables.values():
        keys = list(zip(*(column(table, name) for name in table.key), strict=True))
        assert len(set(keys)) == len(keys), table.name
        for reference in table.references:
            found = set(zip(*(column(table, name) for name in reference.fields), strict=True))
            known = zip(
                *(column(tables[reference.table], name) for name in reference.to), strict=True
            )
            assert {key for key in found if None not in key} <= set(known), (table.name, reference)


def test_every_description_is_one_line_and_says_edtf_once() -> None:
    for table in tables_of("").values():
        descriptions = [table.description, *(field.description for field in table.fields)]
        assert all("\n" not in text and text.endswith(".") for text in descriptions), table.name
        assert not [text for text in descriptions if text.endswith("(EDTF). EDTF.")], table.name


def test_every_cell_is_of_its_field() -> None:
    types: dict[str, Any] = {
        "string": str,
        "date": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
    }
    for table in tables_of("").values():
        for place, field in enumerate(table.fields):
            cells = {row[place] for row in table.rows}
            right = types[field.type]
            assert all(isinstance(cell, right) for cell in cells - {None}), (table.name, field.name)
            assert not (field.required and None in cells)
            assert not field.choices or cells <= {None, *field.choices}


def test_each_dataset_has_the_same_tables_and_fields(war: str, write: Callable[..., str]) -> None:
    small = tables_of(write())
    shapes = [
        {name: table.fields for name, table in tables.items()}
        for tables in (tables_of(war), small, tables_of(""))
    ]
    assert shapes[0] == shapes[1] == shapes[2]
    assert [name for name, table in small.items() if table.rows] == ["metadata"]


def test_what_was_chosen_and_of_what_travels_inside(war: str) -> None:
    metadata, names = (
        tables_of(war)["metadata"],
        ("title", "version", "released", "license", "filters", "program", "notice"),
    )
    assert [column(metadata, name)[0] for name in names] == [
        "A small war", "1.0.0", "2020-01-01", "CC0-1.0", "--some 'filter'", "withdrawal 0",
        "A small war, data 1.0.0 of 2020-01-01, CC0-1.0; made by withdrawal 0, chosen with --some 'filter'. "
        + repetition("export", war),
    ]  # fmt: skip


def test_control_characters_are_replaced_and_lines_kept(write: Callable[..., str]) -> None:
    path = write(
        events=[
            event(
                "one", title="\x1b[31mred\x07", summary="two\nlines \u202eback", points=["nul \x00"]
            )
        ]
    )
    tables = tables_of(path)
    assert (
        column(tables["events"], "title")
        == column(tables["records"], "name")
        == ["\ufffd[31mred\ufffd"]
    )
    assert column(tables["events"], "summary") == ["two\nlines \ufffdback"]
    assert column(tables["event_points"], "point") == ["nul \ufffd"]
