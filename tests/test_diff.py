"""`diff`: what changed from one dataset to another, and what may be behind it."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import ABOUT, Run, event
from withdrawal_cli.formats.schemas import output_schema

WAR: dict[str, Any] = {
    "sources": [{"id": "old-book", "type": "book", "title": "An Old Book", "issued": "1905"}],
    "places": [{"id": "old-town", "name": "Old Town"}],
    "events": [
        event("siege", "1900-02-03", places=["old-town"], citations=[{"source": "old-book"}], summary="It began at dawn."),
        event("raid", "1900-03"),
    ],
    "estimates": [{"id": "dead-ten", "measure": "dead", "best": 1234, "unit": "people", "date": "1900", "event": "siege"}],
    "disputes": [],
}  # fmt: skip

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def changes(run: Run, tmp_path: Path) -> Callable[[Change], list[dict[str, Any]]]:
    """Return a function that changes the small war and gives what diff tells of it."""

    def changed(change: Change) -> list[dict[str, Any]]:
        new = deepcopy(WAR)
        change(new)
        for name, arrays in (("old", WAR), ("new", new)):
            document = {"dataset": ABOUT, **arrays}
            (tmp_path / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
        outcome = run(f"diff {tmp_path}/old.json {tmp_path}/new.json --json")
        rows: list[dict[str, Any]] = json.loads(outcome.out)
        assert (outcome.code, outcome.err) == (int(bool(rows)), "")
        Draft202012Validator(output_schema("diff")).validate(rows)
        return rows

    return changed


def test_a_copy_does_not_differ(changes: Callable[[Change], list[dict[str, Any]]]) -> None:
    assert changes(lambda _: None) == []


def test_the_order_of_records_makes_no_difference(
    changes: Callable[[Change], list[dict[str, Any]]],
) -> None:
    assert changes(lambda new: new["events"].reverse()) == []


def test_records_come_and_go(changes: Callable[[Change], list[dict[str, Any]]]) -> None:
    def change(new: dict[str, Any]) -> None:
        new["events"][1] = event("feast", "1900-06")

    assert [(row["change"], row["kind"], row["id"], row["name"]) for row in changes(change)] == [
        ("added", "event", "feast", "Feast"), ("removed", "event", "raid", "Raid"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "said", "says", "cause"),
    [
        ("date", "1900-02-03", "1900-03-02", "day and month swapped"),
        ("date", "1900-02-03", "1901-02-03", "another year"),
        ("date", "1900-02-03", "1900-07-03", "another month"),
        ("date", "1900-02-03", "1900-02", "less exact"),
        ("date", "1900-02-03", "1900-02-03~", "only the doubt"),
        ("date", "1900-02-03", "1900-09-22", None),
        ("title", "Siege", "SIEGE", "only letters: capitals or accents"),
        ("side", None, "reds", None),
    ],
)
def test_a_field_is_told_with_what_its_change_looks_like(
    changes: Callable[[Change], list[dict[str, Any]]],
    field: str,
    said: str | None,
    says: str,
    cause: str | None,
) -> None:
    def change(new: dict[str, Any]) -> None:
        new["events"][0][field] = says
        new["sides"] = [{"id": "reds", "name": "The Reds"}]

    (row,) = [row for row in changes(change) if row["kind"] == "event"]
    assert (row["field"], row["before"], row["after"], row["cause"]) == (field, said, says, cause)


@pytest.mark.parametrize(
    ("fields", "cause"),
    [
        ({"best": 1243}, "digits swapped"),
        ({"best": 1234000}, "ones for thousands"),
        ({"best": 900}, None),
        ({"best": 900, "unit": "horses"}, "another unit: horses for people"),
        ({"best": 900, "date": "1901"}, "another time: 1901 for 1900"),
        ({"best": 900, "part": True}, "a part for the whole"),
        ({"best": 900, "scope": "Officers."}, "something else is counted: the scope changed too"),
    ],
)
def test_a_figure_is_told_with_what_its_change_looks_like(
    changes: Callable[[Change], list[dict[str, Any]]], fields: dict[str, Any], cause: str | None
) -> None:
    rows = {row["field"]: row for row in changes(lambda new: new["estimates"][0].update(fields))}
    assert set(rows) == set(fields)
    assert (rows["best"]["before"], rows["best"]["after"]) == ("1234", str(fields["best"]))
    assert rows["best"]["cause"] == cause


@pytest.mark.parametrize("aliases", [["siege"], []])
def test_a_renamed_record_is_one_change_and_not_all_that_names_it(
    changes: Callable[[Change], list[dict[str, Any]]], aliases: list[str]
) -> None:
    def change(new: dict[str, Any]) -> None:
        new["events"][0] |= {"id": "siege-of-1900", "aliases": aliases}
        new["estimates"][0]["event"] = "siege-of-1900"

    (row,) = changes(change)
    assert (row["change"], row["before"], row["id"]) == ("renamed", "siege", "siege-of-1900")
    assert ("alias" in row["cause"]) == bool(aliases)


def test_lists_tell_what_went_and_what_came(
    changes: Callable[[Change], list[dict[str, Any]]],
) -> None:
    def change(new: dict[str, Any]) -> None:
        new["places"].append({"id": "new-town", "name": "New Town"})
        new["events"][0] |= {
            "places": ["new-town"],
            "citations": [{"source": "old-book", "locator": "p. 3"}],
        }

    told = {row["field"]: (row["before"], row["after"]) for row in changes(change)}
    assert told == {
        None: (None, None),  # the place that was added
        "places": ("old-town", "new-town"),
        "citations": ("old-book", "old-book, p. 3"),
    }


def test_what_is_disputed_now_is_told(changes: Callable[[Change], list[dict[str, Any]]]) -> None:
    def change(new: dict[str, Any]) -> None:
        new["disputes"] = [
            {"id": "how-many", "title": "How many died?", "accounts": [{"says": "Few."}]}
        ]
        new["estimates"][0]["dispute"] = "how-many"

    told = [(row["change"], row["id"], row["after"]) for row in changes(change)]
    assert ("now disputed", "siege", "How many died?") in told
    assert ("now disputed", "dead-ten", "How many died?") in told


def test_what_is_disputed_no_longer_is_told_with_the_question(
    run: Run, write: Callable[..., str], tmp_path: Path
) -> None:
    question: dict[str, Any] = {"id": "which-day", "title": "Which day?", "about": ["siege"]}
    question |= {"accounts": [{"says": "One."}]}
    old = Path(write(events=[event("siege")], disputes=[question])).rename(tmp_path / "old.json")
    rows = json.loads(run(f"diff {old} {write(events=[event('siege')])} --json").out)
    told = [(row["change"], row["id"], row["before"], row["after"]) for row in rows]
    assert ("no longer disputed", "siege", "Which day?", None) in told


def test_a_text_is_compared_word_by_word(
    run: Run, write: Callable[..., str], tmp_path: Path
) -> None:
    said = "The siege of the old town began at dawn and went on for twenty days until relief came at last from the sea and the gates were opened."
    old = Path(write(events=[event("siege", summary=said)])).rename(tmp_path / "old.json")
    new = write(events=[event("siege", summary=said.replace("twenty", "thirty long"))])
    screen = " ".join(run(f"diff {old} {new} --width 200").out.split())
    assert "… and went on for [-twenty-] {+thirty long+} days until relief came …" in screen


def test_every_date_is_told_in_words(run: Run, write: Callable[..., str], tmp_path: Path) -> None:
    source = {"id": "old-page", "type": "webpage", "title": "A page", "accessed": "2020-05-03"}
    old = Path(write(sources=[source])).rename(tmp_path / "old.json")
    new = write(sources=[{**source, "accessed": "2021-06-04"}])
    assert "accessed  3 May 2020 → 4 Jun 2021" in run(f"diff {old} {new} --width 100").out


def test_a_changelog_is_drafted(run: Run, write: Callable[..., str], tmp_path: Path) -> None:
    old = Path(write(events=[event("siege"), event("raid")])).rename(tmp_path / "old.json")
    new = write(
        events=[
            event("siege", "1901-01-01", summary="a" * 100),
            event("feast"),
        ]
    )
    draft = run(f"diff {old} {new} --changelog").out
    assert draft.split("\n") == [
        "### Added", "", "- Event Feast (`feast`).", "",
        "### Changed", "", "- Event Siege (`siege`): date 1 Jan 1901, was 1 Jan 1900 (another year); summary rewritten.", "",
        "### Removed", "", "- Event Raid (`raid`).", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("diff nowhere.json", "there is no such file"),
        ("diff - -", "- and - both read standard input"),
        ("diff a.json b.json --data c.json", "NEW and --data both name the second file"),
    ],
)
def test_trouble_is_status_2_as_of_diff(run: Run, line: str, told: str) -> None:
    outcome = run(line)
    assert (outcome.code, told in outcome.err) == (2, True)
