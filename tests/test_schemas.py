"""The JSON Schemas: our data and every answer keep them, and every field is described."""

import json
from collections.abc import Callable
from importlib import import_module
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.conftest import ABOUT, Run, bundled_path, event
from tests.test_check import STRANGE, WHOLE, paths_in, replaced
from tests.test_commands import WAR
from withdrawal_cli.cli import COMMANDS
from withdrawal_cli.dataset.checking import check_file
from withdrawal_cli.dataset.reading import RECORDS
from withdrawal_cli.dates import parse_edtf
from withdrawal_cli.formats import fields_of
from withdrawal_cli.formats.schemas import EDTF, OUTPUTS, input_schema, output_schema
from withdrawal_cli.model import KINDS

INPUT = Draft202012Validator(input_schema())

QUESTIONS = {
    "on": "1900-01-10 1900-01 1900-02-20 10-January",
    "search": "siege a 10",
    "timeline": "--all",
    "phases": "",
    "strength": "--all",
    "show": "siege-begins winter dead-ten how-many ann-lee old-town red-guard a-book reds",
}
"""What is asked of the small war: each word is one question."""


SCHEMAS = {"input": input_schema(), **{command: output_schema(command) for command in OUTPUTS}}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_sound_and_describes_every_field(name: str) -> None:
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].startswith("urn:withdrawal-cli:")
    assert schema["title"]
    for definition in (schema, *schema["$defs"].values()):
        assert definition.get("description") or "properties" not in definition, name
        for field, content in definition.get("properties", {}).items():
            assert content.get("description"), field


def test_every_answer_in_json_has_its_schema() -> None:
    listing = [
        name
        for name in COMMANDS
        if hasattr(import_module(f"withdrawal_cli.commands.{name}"), "FIELDS")
    ]
    assert set(OUTPUTS) == {*listing, "show", "check"}
    for name in listing:
        schema = output_schema(name)
        # `on` has a second form, the events of a day without a year
        schema |= schema.get("anyOf", [{}])[0]
        [row] = [part for part in (schema.get("$ref"), schema.get("items", {}).get("$ref")) if part]
        fields = schema["$defs"][row.rpartition("/")[2]]["properties"]
        assert tuple(fields) == import_module(f"withdrawal_cli.commands.{name}").FIELDS


def test_the_bundled_data_keeps_the_schema() -> None:
    assert list(INPUT.iter_errors(json.loads(bundled_path().read_bytes()))) == []


@pytest.mark.parametrize(
    ("arrays", "path"),
    [
        ({"events": [event("one"), {**event("two"), "titel": "Two"}]}, "events.1"),
        ({"events": [event("one", "1988/13/14")]}, "events.0.date"),
        ({"events": [event("one", importance="war")]}, "events.0.importance"),
        ({"events": [event("A B")]}, "events.0.id"),
        ({"events": [{"id": "one", "date": "1900"}]}, "events.0"),
        ({"events": [17]}, "events.0"),
        ({"event": []}, ""),
        ({"places": [{"id": "top", "name": "Top", "latitude": 91}]}, "places.0.latitude"),
        ({"estimates": [{"id": "one", "measure": "dead"}]}, "estimates.0"),
        ({"estimates": [{"id": "one", "measure": "dead", "best": None, "text": None}]}, "estimates.0"),
        ({"estimates": [{"id": "one", "measure": "dead", "best": 1, "rank": "preferred"}]}, "estimates.0"),
        ({"disputes": [{"id": "why", "title": "Why?", "accounts": [{"says": "So.", "rank": "preferred", "reason": ""}]}]},
         "disputes.0.accounts.0.reason"),
    ],
)  # fmt: skip
def test_a_broken_file_does_not_keep_the_schema(arrays: dict[str, Any], path: str) -> None:
    found = INPUT.iter_errors({"dataset": ABOUT, "events": [], **arrays})
    assert [".".join(map(str, error.absolute_path)) for error in found] == [path]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        *(("abc", True), ("a" * 64, True), ("1988-x-", True), ("ab", False), ("a" * 65, False)),
        *(("a_b", False), ("Abc", False), ("a b", False), ("caf\u00e9", False)),
    ],
)
def test_an_id_is_3_to_64_of_a_to_z_digits_and_hyphen(
    run: Run, write: Callable[..., str], text: str, fits: bool
) -> None:
    found = run(f"check {write(events=[event(text)])} --json").out
    assert ("events[0].id" not in found) == fits
    assert INPUT.is_valid({"dataset": ABOUT, "events": [event(text)]}) == fits


def test_a_file_may_name_its_schema() -> None:
    assert INPUT.is_valid({"$schema": "withdrawal.schema.json", "dataset": ABOUT, "events": []})


@given(path=st.sampled_from(paths_in(WHOLE)), content=STRANGE)
def test_what_check_lets_pass_keeps_the_schema(path: tuple[Any, ...], content: Any) -> None:
    document = replaced(WHOLE, path, content)
    if not check_file(json.dumps(document).encode()):
        assert list(INPUT.iter_errors(document)) == []


@given(text=st.lists(st.sampled_from(["1988", "198X", "19XX", "-05", "-22", "-XX", "~", "?", "..", "/", "[", ",", " ", "]"]),
                     min_size=1, max_size=9).map("".join))  # fmt: skip
def test_every_date_that_is_read_has_the_form_in_the_schema(text: str) -> None:
    try:
        parse_edtf(text)
    except ValueError:
        return
    assert Draft202012Validator({"pattern": EDTF}).is_valid(text)


def lines_for(command: str) -> list[str]:
    return [f"{command} {question}" for question in QUESTIONS.get(command, "").split()] or [command]


@pytest.mark.parametrize(
    "command", [name for name in OUTPUTS if name not in ("check", "compare", "diff")]
)
def test_every_answer_keeps_its_schema(run: Run, write: Callable[..., str], command: str) -> None:
    validator = Draft202012Validator(output_schema(command))
    belligerents = [{"side": "reds", "commanders": ["ann-lee"]}]
    path = write(**{**WAR, "dataset": {**ABOUT, "belligerents": belligerents}})
    for line in (
        *lines_for(command),
        *([f"show {QUESTIONS['show']}"] if command == "show" else ()),
    ):
        outcome = run(f"{line} --json --data {path}")
        assert (outcome.code, outcome.err) == (0, "")
        assert [error.message for error in validator.iter_errors(json.loads(outcome.out))] == []


@pytest.mark.parametrize(
    "command",
    [name for name in OUTPUTS if name not in ("check", "compare", "diff", "on", "search", "show")],
)
def test_every_answer_of_the_bundled_data_keeps_its_schema(run: Run, command: str) -> None:
    answer = json.loads(run(f"{command} --json").out)
    assert answer
    assert [
        error.message for error in Draft202012Validator(output_schema(command)).iter_errors(answer)
    ] == []


def test_the_faults_of_check_keep_their_schema(run: Run, write: Callable[..., str]) -> None:
    outcome = run(f"check {write(events=[event('one', '1900-13', titel='One')])} --json")
    assert len(json.loads(outcome.out)) == 2
    assert Draft202012Validator(output_schema("check")).is_valid(json.loads(outcome.out))


def test_an_answer_with_a_key_missing_does_not_keep_its_schema(run: Run) -> None:
    [answer] = json.loads(run("timeline --json -n 1").out)
    validator = Draft202012Validator(output_schema("timeline"))
    assert validator.is_valid([answer])
    assert validator.is_valid([{**answer, "added": "tomorrow"}])
    del answer["phases"]
    assert not validator.is_valid([answer])


@pytest.mark.parametrize("kind", KINDS)
def test_show_leaves_out_no_field_of_a_record(kind: str) -> None:
    [record] = get_args(RECORDS[KINDS[kind]])[:1]
    detail = output_schema("show")["$defs"][f"{kind.capitalize()}Detail"]["properties"]
    assert set(fields_of(record)) - set(detail) == set()


@pytest.mark.parametrize(
    ("line", "title"),
    [("schema", "A dataset"), ("schema --output timeline", "withdrawal timeline --json")],
)
def test_the_schemas_are_printed(run: Run, line: str, title: str) -> None:
    outcome = run(line)
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out)["title"] == title


def test_a_command_without_a_schema_is_refused(run: Run) -> None:
    outcome = run("schema --output cite")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "withdrawal: the output of 'cite' has no schema\n"
        "Choose from overview, timeline, phases, casualties, strength, on, show, search, disputes, people, places, "
        "organizations, sources, glossary, compare, narrate, counts, quiz, diff, map, check.\n"
    )
