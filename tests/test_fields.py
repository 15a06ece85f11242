"""Every field of every answer, value for value: what docs/formats.md says of it is what stands there.

A small war has everything that a dataset can hold, once said and once left out. The answers about it
stand in `golden/fields.jsonl`, an object a line under the command that gave it, and each value there
was read against the meaning that the page gives its field. No field may be forgotten: see the last test.
"""

import json
import shlex
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import RECORD, Run
from withdrawal_cli.formats.schemas import OUTPUTS, Schema, output_schema
from withdrawal_cli.queries.show import TiesRow

WAR: dict[str, Any] = {
    "dataset": {
        "id": "a-small-war", "title": "A small war", "description": "Made by hand.", "version": "1.2.0",
        "released": "2020-01-01", "license": "CC0-1.0", "subject": "1900-01-01/1900-03-31~", "coverage": "1899/1901",
        "part_of": "The great war", "location": "Old Town", "result": "The Reds left.",
        "belligerents": [
            {"side": "reds", "commanders": ["ann-lee"]}, {"side": "blues", "note": "various"}],
        "story": [{"text": "They came, and they left.", "citations": [{"source": "a-book", "locator": "p. 1"}]}, {"text": "So it was."}],
        "citations": [{"source": "a-letter"}],
    },
    "sides": [{"id": "reds", "name": "The Reds", "aliases": ["Rouges"]}, {"id": "blues", "name": "The Blues"}],
    "sources": [
        {"id": "a-book", "type": "book", "title": "A Book", "aliases": ["the-book"], "authors": ["Doe, Jane"], "issued": "1910~",
         "accessed": "2019-05-01", "container": "Series", "publisher": "Press", "url": "https://example.org/book", "number": "vol. 2",
         "isbn": "0-00-000000-0", "language": "en", "perspective": "academic", "kind": "secondary", "consulted": "excerpt", "note": "A reprint."},
        {"id": "a-rumour", "type": "webpage", "title": "A rumour"},
        {"id": "a-letter", "type": "personal_communication", "title": "A letter", "perspective": "reds", "kind": "primary"}],
    "places": [
        {"id": "old-town", "name": "Old Town", "native_name": "Altstadt", "aliases": ["Vieille Ville"], "kind": "town", "country": "Freedonia",
         "country_then": "Sylvania", "latitude": 51.5, "longitude": -0.5, "precision": "settlement", "wikidata": "Q1",
         "summary": "Where it began.", "citations": [{"source": "a-book", "locator": "map 1"}]},
        {"id": "nowhere", "name": "Nowhere"}],
    "people": [
        {"id": "ann-lee", "name": "Ann Lee", "native_name": "Анна Ли", "aliases": ["A. Lee"], "born": "[1860,1861]", "died": "1930",
         "side": "reds", "roles": [{"title": "Mayor", "date": "1899/..", "citations": [{"source": "a-letter"}]}, {"title": "Poet"}],
         "ranks": [{"title": "Major", "date": "1900"}], "wikidata": "Q2", "summary": "She commanded the Reds.",
         "citations": [{"source": "a-book", "locator": "p. 4"}]},
        {"id": "bob-ray", "name": "Bob Ray"}],
    "organizations": [
        {"id": "red-guard", "name": "Red Guard", "native_name": "Rote Garde", "aliases": ["The Guard"], "kind": "regiment", "side": "reds",
         "leader": "ann-lee", "summary": "It held the bridge.", "citations": [{"source": "a-book", "locator": "p. 5"}]},
        {"id": "a-club", "name": "A club"}],
    "routes": [{"id": "road-home", "name": "Road home", "aliases": ["The road"], "places": ["old-town", "nowhere"], "summary": "Ten miles.",
                "citations": [{"source": "a-book", "locator": "p. 6"}]},
               {"id": "way-out", "name": "Way out", "places": ["nowhere"]}],
    "phases": [
        {"id": "the-siege", "title": "The siege", "date": "1900-01-10/1900-03-02?", "aliases": ["siege-phase"], "summary": "A long one.",
         "citations": [{"source": "a-book", "locator": "p. 7"}]},
        {"id": "afterwards", "title": "Afterwards", "date": "1900-03-03~/.."}],
    "events": [
        {"id": "siege-begins", "date": "1900-01-10~", "title": "Siege begins", "summary": "Ann Lee takes the bridge.", "points": ["Two guns", "Ten men"],
         "category": "military", "importance": "key", "certainty": "less-certain", "side": "reds", "places": ["old-town"], "people": ["ann-lee"],
         "organizations": ["red-guard"], "citations": [{"source": "a-book", "locator": "p. 9"}], "significance": "It began the war.",
         "aliases": ["war-begins"]},
        {"id": "letter-sent", "date": "1900-02", "title": "A letter is sent", "places": ["nowhere"], "follows": ["siege-begins"],
         "related": ["siege-begins"], "citations": [{"source": "a-letter"}]},
        {"id": "the-feast", "date": "[..1900-03-15?]", "title": "A feast", "importance": "key"},
        {"id": "long-quarrel", "date": "1899/..", "title": "A long quarrel", "citations": [{"source": "a-letter"}, {"source": "a-book", "locator": "p. 2"}]},
        {"id": "the-truce", "date": "1900-01-20", "title": "A truce", "places": ["old-town"], "citations": [{"source": "a-letter"}]},
        {"id": "a-parade", "date": "1901-01-10", "title": "A parade", "summary": "The Red Guard marches.", "importance": "key",
         "category": "political", "significance": "The Guard was back.", "organizations": ["red-guard"], "citations": [{"source": "a-book", "locator": "p. 12"}]}],
    "estimates": [
        {"id": "dead-ten", "measure": "dead", "side": "reds", "date": "1900-01-01/1900-03-31~", "low": 8, "best": 10, "high": 12, "importance": "key",
         "scope": "By the book.", "rank": "preferred", "reason": "She was there.", "certainty": "less-certain", "dispute": "how-many",
         "event": "siege-begins", "aliases": ["first-count"], "citations": [{"source": "a-book", "locator": "p. 11"}]},
        {"id": "dead-dozens", "measure": "dead", "text": "dozens", "dispute": "how-many", "part": True, "citations": [{"source": "a-letter"}]},
        {"id": "force-first", "measure": "strength", "side": "reds", "date": "1900-01-01", "best": 500, "importance": "key", "dispute": "how-strong", "citations": [{"source": "a-letter"}]},
        {"id": "force-rival", "measure": "strength", "side": "reds", "date": "1900-01-01", "best": 450, "dispute": "how-strong", "citations": [{"source": "a-book"}]},
        {"id": "force-last", "measure": "strength", "side": "reds", "date": "1900-03-20?", "best": 0, "citations": [{"source": "a-book"}]},
        {"id": "shots-many", "measure": "attacks", "date": "1900-01-10", "low": 300, "unit": "shots", "importance": "key"},
        {"id": "out-ninety", "measure": "withdrawn", "side": "reds", "date": "1900-01-10/1900-03-02", "best": 90},
        {"id": "out-part", "measure": "withdrawn", "side": "reds", "date": "1900-01-10/1900-03-02", "best": 20, "part": True},
        {"id": "posts-part", "measure": "garrisons", "side": "reds", "date": "1900-02-02", "best": 1, "part": True},
        {"id": "dead-part", "measure": "dead", "side": "reds", "date": "1900-01-10/1900-03-02", "best": 4, "part": True},
        {"id": "out-ten", "measure": "withdrawn", "side": "reds", "date": "1900-02-01", "best": 10},
        {"id": "posts-three", "measure": "garrisons", "side": "reds", "date": "1900-02-01", "best": 3},
        {"id": "siege-dead", "measure": "dead", "side": "reds", "date": "1900-01-10/1900-03-02", "best": 6},
        {"id": "siege-misprint", "measure": "dead", "side": "reds", "date": "1900-01-10/1900-03-02", "best": 60, "rank": "deprecated", "reason": "A misprint."},
        {"id": "siege-part", "measure": "killed", "side": "reds", "date": "1900-01-11/1900-01-12", "best": 2},
        {"id": "open-lost", "measure": "missing", "date": "1900-01/..", "best": 1}],
    "disputes": [
        {"id": "how-many", "title": "How many Reds died?", "about": ["siege-begins"], "importance": "key", "short_answer": "About ten.",
         "explanation": "Two counts.", "aliases": ["the-count"], "citations": [{"source": "a-book", "locator": "p. 13"}]},
        {"id": "how-strong", "title": "How strong were they?", "short_answer": "Between 450 and 500."},
        {"id": "who-fired", "title": "Who fired first?", "accounts": [
            {"says": "The Reds.", "date": "1900-01-10", "rank": "preferred", "reason": "They say so.", "certainty": "less-certain", "citations": [{"source": "a-letter"}]},
            {"says": "The Blues.", "citations": [{"source": "a-book", "locator": "p. 14"}]}]}],
    "terms": [{"id": "sap-trench", "name": "Sap", "native_name": "Sappe", "aliases": ["Zap"], "meaning": "A trench to the bridge.",
               "citations": [{"source": "a-book", "locator": "p. 15"}]},
              {"id": "the-bridge", "name": "bridge", "meaning": "The one over the river."}],
}  # fmt: skip

EARLIER: dict[str, Any] = {
    **WAR,
    "dataset": {**WAR["dataset"], "version": "1.1.0"},
    "people": [WAR["people"][0], {"id": "robert-ray", "name": "Bob Ray"}],
    "phases": [*WAR["phases"], {"id": "third", "title": "Third", "date": "1900"}],
    "events": [
        {**WAR["events"][0], "date": "1900-10-01", "title": "Siege starts", "points": ["Two guns"]},
        {**WAR["events"][1], "summary": "It was sent."},
        *WAR["events"][2:-1],
    ],
    "disputes": WAR["disputes"][:-1],
}
"""The same as an earlier version had it."""

BARE: dict[str, Any] = {
    "dataset": {"title": "Bare"},
    "events": [{"id": "only-one", "date": "../1900?", "title": "It", "places": ["here"]}],
    "places": [{"id": "here", "name": "Here"}],
    "phases": [{"id": "before", "title": "Before", "date": "../1900"}],
}
"""A file that says next to nothing."""

OPEN: dict[str, Any] = {**BARE, "dataset": {"title": "Open", "subject": "1900?/.."}}

BROKEN: dict[str, Any] = {
    "dataset": {"title": "X"},
    "events": [
        {"id": "one", "date": "1900-13", "titel": "x"},
        {"id": "two", "date": "1900", "title": 7},
        {"id": "three", "date": "1900", "title": "Three", "places": [1.5, True]},
    ],
}

LINES = (
    "overview",
    "timeline --all",
    "phases",
    "casualties --all",
    "strength --all",
    "on 1900-01-10",
    "on 1900-03-02",
    "on 1901-01-10",
    "on 1899-12-01..1899-12-31",
    "on 10-January",
    "show reds a-book old-town ann-lee red-guard road-home the-siege siege-begins dead-ten how-many who-fired the-bridge",
    "show nowhere a-letter a-rumour way-out bob-ray a-club afterwards letter-sent dead-dozens sap-trench",
    "search bridge",
    "search strong",
    "search ten",
    "disputes --all",
    "people --all",
    "places",
    "organizations",
    "sources --all",
    "glossary",
    "compare reds academic --all",
    "narrate --all",
    "counts --all",
    "quiz --all -n 4",
    "diff earlier.json war.json",
    "map --all",
    "check broken.json",
    "check cut.json",
    "check list.json",
    "overview --data bare.json",
    "overview --data open.json",
    "phases --data bare.json",
    "on ../1900 --data bare.json",
    "on 1900-02/.. --data bare.json",
    "map --data bare.json",
)


@pytest.fixture
def answers(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Return a function that gives the answer to a line; the quiz, which needs more, is of the record."""
    monkeypatch.chdir(tmp_path)
    for name, content in (("war", WAR), ("earlier", EARLIER), ("bare", BARE), ("open", OPEN)):
        Path(f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    Path("broken.json").write_text(json.dumps(BROKEN), encoding="utf-8")
    Path("cut.json").write_text("{\n", encoding="utf-8")
    Path("list.json").write_text("[1]", encoding="utf-8")

    def answer(line: str) -> Any:
        command = line.partition(" ")[0]
        data = f"--data {RECORD if command == 'quiz' else 'war.json'}"
        named = "--data" in line or command in ("check", "diff")
        outcome = run(f"{line} --json {'' if named else data}")
        assert (outcome.code, outcome.err) == (int(command in ("check", "diff")), "")
        return json.loads(outcome.out)

    return answer


def test_every_field_holds_what_the_page_says(
    answers: Callable[[str], Any], golden: Callable[[str, str], None]
) -> None:
    told = ""
    for line in LINES:
        answer = answers(line)
        rows = answer if isinstance(answer, list) else [answer]
        told += f"$ withdrawal {line}\n"
        told += "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    golden("fields.jsonl", told)


SAME = {
    "StrengthRow": "EstimateRow",
    "EstimateDetail": "EstimateRow",
    "BriefingEventRow": "EventRow",
    "EventDetail": "EventRow",
    "SourceDetail": "Source",
    "DisputeDetail": "Dispute",
}
"""Kinds that have the fields of another, and some of their own: OWN."""

OWN = ("falls", "perspectives", "record", "related", "aliases")


def called(kind: str, field: str) -> str:
    """Return the name of a field, the same for kinds that share it."""
    ties = kind.endswith("Detail") and field in TiesRow.__struct_fields__
    return f"{'TiesRow' if ties else kind if field in OWN else SAME.get(kind, kind)}.{field}"


def objects_of(part: Schema, value: Any, schema: Schema) -> Iterator[tuple[str, Any, Schema]]:
    """Yield each object in a value with the name of its kind, and what the schema says of its fields."""
    for choice in part.get("anyOf", []) or part.get("oneOf", []):
        if choice.get("type") != "null" and (choice.get("type") == "array") == isinstance(
            value, list
        ):
            yield from objects_of(choice, value, schema)
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        definition = schema["$defs"][name]
        if "properties" not in definition:
            yield from objects_of(definition, value, schema)
        elif isinstance(value, dict) and definition["properties"].get("record", {}).get(
            "const", value.get("record")
        ) == value.get("record"):
            yield name, value, definition["properties"]
            for field, content in definition["properties"].items():
                yield from objects_of(content, value[field], schema)
    if "items" in part and isinstance(value, list):
        for item in value:
            yield from objects_of(part["items"], item, schema)


@pytest.mark.parametrize("line", LINES)
def test_every_answer_keeps_its_schema_and_the_order_of_its_fields(
    answers: Callable[[str], Any], line: str
) -> None:
    schema, answer = output_schema(line.partition(" ")[0]), answers(line)
    assert [fault.message for fault in Draft202012Validator(schema).iter_errors(answer)] == []
    for name, found, promised in objects_of(schema, answer, schema):
        assert list(found) == list(promised), name


def test_every_field_is_seen_with_something_in_it_and_where_it_may_be_null_without(
    answers: Callable[[str], Any],
) -> None:
    seen: dict[str, set[Any]] = defaultdict(set)
    known: dict[str, Schema] = {}
    for line in LINES:
        schema = output_schema(shlex.split(line)[0])
        for kind, found, contents in objects_of(schema, answers(line), schema):
            for field, content in contents.items():
                name, value = called(kind, field), found[field]
                seen[name].add(value if isinstance(value, bool | None) else bool(value))
                known[name] = content
    for name, content in known.items():
        types = str([content, content.get("anyOf")])  # as far as they name a type themselves
        assert seen[name] - {None}, f"{name} is null in every answer"
        assert True in seen[name] or "integer" in types, f"{name} is empty in every answer"
        if "boolean" in types and "string" not in types:
            assert {True, False} <= seen[name], name
        if "'null'" in types:
            assert None in seen[name], f"{name} is null in no answer"
    everything = {
        called(name, field)
        for command in OUTPUTS
        for name, definition in output_schema(command)["$defs"].items()
        for field in definition.get("properties", {})
    }
    assert everything - set(known) == set()
