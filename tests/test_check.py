"""`check`: every fault of a file at once, each with its place, its reason and the way out."""

import copy
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ABOUT, ROOT, Run, bundled_path, event
from tests.test_commands import WAR
from withdrawal_cli.cli import COMMANDS
from withdrawal_cli.dataset.checking import MOST, check_file
from withdrawal_cli.dataset.reading import decode_dataset
from withdrawal_cli.dataset.references import faults
from withdrawal_cli.errors import WithdrawalError

DATES = (
    "Write a day, a month or a span: 1988-02-15, 1988-02, 1988-05-15/1988-08-15; "
    "with doubt 1895~, 1895?, 192X, [1950,1951]."
)
FIGURES = 'low is "at least", best the number given, high "up to"; text is what is said instead of a number.'
WHY = "Write down why, or make its rank normal."
EVENT = (
    "id, date, title, summary, significance, points, category, importance, certainty, side, places, people, "
    "organizations, related, follows, aliases, citations"
)


def told(document: Any, *, strict: bool = False) -> list[tuple[str, str, str | None]]:
    rows = check_file(json.dumps(document).encode(), strict=strict)
    return [(row.path, row.problem, row.hint) for row in rows]


def estimate(identifier: str, **fields: Any) -> dict[str, Any]:
    return {"id": identifier, "measure": "dead", **fields}


def question(*ranks: str, **fields: Any) -> dict[str, Any]:
    accounts = [{"says": "So.", "rank": rank, "reason": "Why not?"} for rank in ranks]
    return {"id": "why", "title": "Why?", "accounts": accounts, **fields}


@pytest.mark.parametrize(
    ("arrays", "faults"),
    [
        ({}, []),
        ({"$schema": "https://example.org/schema.json"}, []),
        (
            {"events": [{**event("one"), "titel": "One"}]},
            [("events[0].titel", "there is no field 'titel'", "Did you mean title?")],
        ),
        (
            {"events": [{**event("one"), "$schema": "x"}]},
            [("events[0].$schema", "there is no field '$schema'", f"Choose from {EVENT}.")],
        ),
        ({"event": []}, [("event", "there is no field 'event'", "Did you mean events?")]),
        (
            {"events": [event("one", citations=[{"source": "x", "page": 3}])], "sources": []},
            [
                ("events[0].citations[0].page", "there is no field 'page'", "Choose from source, locator."),
                ("events[0].citations[0].source", "there is no 'x' among the sources", "Add the record, or correct the id."),
            ],
        ),
        (
            {"events": [{"id": "one", "date": "1900"}]},
            [("events[0]", "object missing required field `title`", "It must have id, date, title.")],
        ),
        (
            {"events": [{}]},
            [("events[0]", f"object missing required field `{name}`", "It must have id, date, title.")
             for name in ("id", "date", "title")],
        ),
        (
            {"events": [event("one", "1988-13", places=[3, "kabbul"], related=None)], "places": [{"id": "kabul", "name": "K"}]},
            [
                ("events[0].date", "'1988-13': there is no month 13", "Write a month as 1988-01 to 1988-12."),
                ("events[0].places[0]", "expected `str`, got `int`", "Write text, in quotation marks."),
                ("events[0].related", "expected `array`, got `null`", "Leave the field out where nothing is known."),
                ("events[0].places[1]", "there is no 'kabbul' among the places", "Did you mean kabul?"),
            ],
        ),
        (
            {"events": [event("one", importance="war"), event("two", importance="notabel"), event("three", points="a")]},
            [
                ("events[0].importance", "invalid enum value 'war'",
                 "Choose from key, notable, detail."),
                ("events[1].importance", "invalid enum value 'notabel'", "Did you mean notable?"),
                ("events[2].points", "expected `array`, got `str`", "Write a list: [...]."),
            ],
        ),
        (
            {"events": [17, event("one")]},
            [("events[0]", "expected `object`, got `int`", "Write an object: {...}.")],
        ),
        (
            {"events": [event("one", places=["kabul"])], "places": {}},
            [("places", "expected `array`, got `object`", "Write a list: [...].")],
        ),
        (
            {"dataset": {**ABOUT, "id": "A War", "title": 3, "belligerents": [{"side": "us"}], "outline": "POINT (1 2)"}},
            [
                ("dataset.title", "expected `str`, got `int`", "Write text, in quotation marks."),
                ("dataset.belligerents[0].side", "there is no 'us' among the sides", "Add the record, or correct the id."),
                ("dataset.id", "'A War' is not an id", "Write 3 to 64 of a-z, 0-9 and hyphen."),
                ("dataset.outline", "the outline is not a WKT POLYGON or MULTIPOLYGON",
                 "Write POLYGON ((60 30, 75 30, 75 38, 60 30)), longitude first."),
            ],
        ),
        (
            {"events": [event("A B"), event("one"), event("one")]},
            [
                ("events[0].id", "'A B' is not an id", "Write 3 to 64 of a-z, 0-9 and hyphen."),
                ("events[2].id", "'one' is already the id of events[1]", "Ids must be unique in the whole file."),
            ],
        ),
        (
            {"estimates": [
                estimate("one", low=3, best=1, date="1900-02-30"), estimate("two"), estimate("three", best=1.5),
                estimate("four", text="dozens", part=1), estimate("five", best="5"),
            ]},
            [
                ("estimates[0].date", "'1900-02-30': Feb 1900 has 28 days", DATES),
                ("estimates[0]", "low, best and high must be in order: low <= best <= high", FIGURES),
                ("estimates[1]", "an estimate needs a number (low, best or high) or a text", FIGURES),
                ("estimates[2].best", "expected `int | null`, got `float`",
                 "Write a whole number, without quotation marks or a point."),
                ("estimates[3].part", "expected `bool`, got `int`", "Write true or false."),
                ("estimates[4].best", "expected `int | null`, got `str`",
                 "Write a whole number, without quotation marks or a point."),
            ],
        ),
        (
            {"estimates": [estimate("one", best=1, rank="preferred")],
             "disputes": [question("normal", "normal", accounts=[{"says": "So.", "rank": "deprecated"}, {"says": "No."}])]},
            [
                ("estimates[0].reason", "it is preferred without a reason", WHY),
                ("disputes[0].accounts[0].reason", "it is deprecated without a reason", WHY),
            ],
        ),
        (
            {"disputes": [question("preferred", "normal", "preferred")]},
            [("disputes[0]", "2 answers are preferred", "Prefer at most one, and make the others normal.")],
        ),
        (
            {"disputes": [question("normal")], "estimates": [estimate("one", best=1, dispute="why")]},
            [],
        ),
        (
            {"disputes": [question("normal"), question(id="how")]},
            [(f"disputes[{number}]", f"a dispute needs at least two answers, and this has {count}",
              "Add accounts, or name its id in the field dispute of the estimates that are rivals.")
             for number, count in enumerate(("1", "none"))],
        ),
        (
            {"places": [{"id": "top", "name": "T", "latitude": 90.5, "longitude": -181},
                        {"id": "half", "name": "H", "latitude": 1}]},
            [
                ("places[0].latitude", "90.5 is off the globe", "A latitude goes from -90 to 90 degrees."),
                ("places[0].longitude", "-181 is off the globe", "A longitude goes from -180 to 180 degrees."),
                ("places[1].longitude", "latitude and longitude must both be given", "Add the longitude, or leave both out."),
            ],
        ),
        (
            {"sources": [{"id": "book", "type": "book", "title": "B", "perspective": "us"}]},
            [("sources[0].perspective", "'us' is nobody's perspective", "Write press, academic or the id of a side.")],
        ),
    ],
)  # fmt: skip
def test_every_fault_is_named_with_its_place_and_the_way_out(
    arrays: dict[str, Any], faults: list[tuple[str, str, str]]
) -> None:
    assert told({"dataset": ABOUT, "events": [], **arrays}) == faults


BOOK = {
    "id": "book", "type": "book", "title": "A Book", "language": "en", "kind": "primary", "consulted": "read",
    "url": "https://example.org/book",
}  # fmt: skip
TWIN = {**BOOK, "id": "twin", "url": "http://www.example.org/book/"}
SOUND: dict[str, Any] = {
    "dataset": {**ABOUT, "citations": [{"source": "book"}]},
    "sources": [BOOK],
    "events": [event("one", category="press", summary="Two.", related=["two"],
                     citations=[{"source": "book"}]),
               event("two", category="press", summary="One.", related=["one"], citations=[{"source": "book"}])],
}  # fmt: skip


def changed(path: str, content: Any) -> dict[str, Any]:
    """Return SOUND with something else at a path such as `events.0.title`; `...` takes it away."""
    return replaced(
        SOUND, [int(part) if part.isdigit() else part for part in path.split(".")], content
    )


def replaced(sound: dict[str, Any], path: Sequence[Any], content: Any) -> dict[str, Any]:
    """Return a dataset with something else at a path; `...` takes it away, and a list has a place behind its last item."""
    document = copy.deepcopy(sound)
    *way, last = path
    target: Any = document
    for part in way:
        target = target[part]
    if content is ...:
        del target[last]
    elif isinstance(target, list) and last == len(target):
        target.append(content)
    else:
        target[last] = content
    return document


@pytest.mark.parametrize(
    ("path", "content", "at", "problem"),
    [
        ("events.0.title", "x" * 91, "events[0].title", "the title has 91 characters"),
        ("events.0.title", "One.", "events[0].title", "the title has a full stop, or a space at one of its ends"),
        ("events.0.title", "TWO", "events[1].title", "events[0] has the same title"),
        ("events.0.summary", ..., "events[0].summary", "the summary has no sentences"),
        ("events.0.summary", "He came. He saw. He won. He left.", "events[0].summary", "the summary has 4 sentences"),
        ("events.0.summary", "a" * 620 + ".", "events[0].summary", "the summary has 621 characters"),
        ("events.0.category", ..., "events[0].category", "the event has no category"),
        ("events.0.date", "1902", "events[0].date", "1902 is not inside the coverage, 1899/1901"),
        ("events.0.citations", [], "events[0].citations", "nothing is cited"),
        ("events.0.related", ..., "events[1].related[0]", "'one' is not related to 'two'"),
        ("dataset.subject", "1850", "dataset.subject", "1850 is not inside the coverage, 1899/1901"),
        ("dataset.citations", ..., "dataset.citations", "nothing is cited"),
        ("estimates", [{"id": "three", "measure": "dead", "best": 1}], "estimates[0].citations", "nothing is cited"),
        ("sources.0.type", "bok", "sources[0].type", "'bok' is not a CSL type"),
        ("sources.0.url", "example.org", "sources[0].url", "'example.org' is not a complete address"),
        ("sources.0.language", "english", "sources[0].language", "the source has no language"),
        ("sources.0.kind", ..., "sources[0].kind", "the source has no kind"),
        ("sources.0.consulted", ..., "sources[0].consulted", "the source does not say how far it was read"),
        ("sources.1", TWIN, "sources[1].id", "nothing cites 'twin'"),
        ("sources.1", TWIN, "sources[1].url", "sources[0] has the same address"),
        ("places", [{"id": "nowhere", "name": "N", "citations": [{"source": "book"}]}], "places[0].id",
         "nothing refers to 'nowhere'"),
        ("disputes", [question("normal", "normal", title="Why")], "disputes[0].title",
         "a dispute is a question, but this title has no question mark"),
        ("disputes", [question("normal", "normal")], "disputes[0].explanation", "nothing explains why the answers differ"),
        ("disputes", [question("normal", "normal")], "disputes[0].accounts[1].citations", "nothing is cited"),
    ],
)  # fmt: skip
def test_strict_holds_a_file_to_the_rules_of_editing(
    path: str, content: Any, at: str, problem: str
) -> None:
    document = changed(path, content)
    assert told(document) == []
    found = told(document, strict=True)
    assert (at, problem) in [fault[:2] for fault in found]
    assert all(hint for _, _, hint in found)


@pytest.mark.parametrize(
    "summary",
    [
        "One",
        "One.",
        'It was "Dr. Ray." Gen. J. Lee left c. 1900 for St. Ives! No. 3 stayed?',
        "In the U.S. It is.",
    ],
)
def test_a_summary_is_one_to_three_sentences_whatever_is_abbreviated_in_it(summary: str) -> None:
    found = told(changed("events.0.summary", summary), strict=True)
    assert [problem for _, problem, _ in found if "sentence" in problem] == []


@pytest.mark.parametrize(
    "path",
    [bundled_path(), *sorted((ROOT / "examples").glob("*.json"))],
    ids=lambda path: str(path.name),
)
def test_what_comes_with_the_program_is_sound_however_one_looks(run: Run, path: Path) -> None:
    assert run(f"check {path} --strict") == (0, "", "")
    assert run(f"check {path} --json") == (0, "[]\n", "")


@pytest.mark.parametrize(
    ("content", "problem", "line"),
    [
        (b"", "the file is empty", None),
        (b'{\n"a": ', "this is not JSON (Input data was truncated)", 2),
        (b'{"a":\n\n oops}', "this is not JSON (line 3: JSON is malformed: invalid character)", 3),
        (b'\n\n{"dataset": {"id": "\xff"}}', "line 3 is not UTF-8", 3),
        (b"\xff\xfe{\x00}\x00", "the file is UTF-16", None),
        (b"[]", "expected `object`, got `array`", None),
        (b"[" * 100_000, "the JSON is nested too deeply to be a dataset", None),
        (b'{"x":' + b"[" * 100_000, "the JSON is nested too deeply to be a dataset", None),
        (
            b'\xef\xbb\xbf{"dataset": {}, "dataset": 3, "events": []}',
            "the key 'dataset' is here more than once",
            1,
        ),
    ],
)
def test_a_file_that_is_no_dataset_has_one_fault_too(
    content: bytes, problem: str, line: int | None
) -> None:
    first = check_file(content)[0]
    assert (first.problem, first.line) == (problem, line)


BROKEN = """\
{
  "dataset": {"id": "a-war", "title": "A war", "description": "", "version": "1", "released": "2020", "license": "",
              "subject": "1900", "coverage": "1900"},
  "events": [
    {"id": "one", "date": "1900", "title": "One"},
    {
      "id": "two", "title": "Two", "title": "Too",
      "date": "1900-13", "a \\u001b[31mkey": {"b": 1}
    }
  ]
}
"""


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("mine.json").write_text(BROKEN, "utf-8")
    return "mine.json"


def test_faults_are_told_as_compilers_tell_them(run: Run, broken: str) -> None:
    outcome = run(f"check {broken}")
    assert (outcome.code, outcome.err) == (1, "")
    assert (
        outcome.out
        == f"""\
mine.json: events[1].title: the key 'title' is here more than once
  Only the last one counts.
mine.json: events[1]["a \\u001b[31mkey"]: there is no field 'a \\x1b[31mkey'
  Choose from {EVENT}.
mine.json: events[1].date: '1900-13': there is no month 13
  Write 1900/1913 for a span of years, a month as 1900-01 to 1900-12.
"""
    )


def test_json_is_for_editors_with_the_line_of_the_record(run: Run, broken: str) -> None:
    outcome = run(f"check {broken} --json")
    assert (outcome.code, outcome.err) == (1, "")
    rows = json.loads(outcome.out)
    assert rows[2] == {
        "path": "events[1].date",
        "value": "1900-13",
        "problem": "'1900-13': there is no month 13",
        "hint": "Write 1900/1913 for a span of years, a month as 1900-01 to 1900-12.",
        "line": 6,
    }
    assert [row["value"] for row in rows] == ["Too", None, "1900-13"]


def test_a_terminal_is_told_the_number_of_faults(
    run: Run, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withdrawal_cli.output.is_terminal", lambda: True)
    assert run(f"check {broken}").err == "3 faults.\n"


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        (
            "check nowhere.json",
            1,
            "withdrawal: nowhere.json: there is no such file\nCheck the path.\n",
        ),
        ("check", 2, "withdrawal: check needs FILE\n"),
    ],
)
def test_a_refusal(run: Run, line: str, code: int, message: str) -> None:
    outcome = run(line)
    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err.startswith(message)


@pytest.mark.parametrize(
    ("outline", "problem"),
    [
        ("here and (th ere)", "the outline is not a WKT POLYGON or MULTIPOLYGON"),
        ("POLYGON (())", "the outline is not a WKT POLYGON or MULTIPOLYGON"),
        ("POLYGON ((0 0, 1 0, 1))", "the outline is not a WKT POLYGON or MULTIPOLYGON"),
        ("POLYGON ((0 0, 1 0, 1 91, 0 0))", "the outline goes off the globe"),
    ],
)
def test_an_outline_that_cannot_be_drawn_is_refused_by_the_map_and_named_by_check(
    run: Run, write: Callable[..., str], outline: str, problem: str
) -> None:
    about = {**ABOUT, "outline": outline}
    assert [fault[:2] for fault in told({"dataset": about, "events": []})] == [
        ("dataset.outline", problem)
    ]
    refusal = f"withdrawal: dataset.outline: {problem}\nwithdrawal check FILE lists every fault.\n"
    assert run(f"map --data {write(dataset=about)}") == (1, "", refusal)


# --- causes, short answers and prose -------------------------------------------------------------


def chain(*links: tuple[str, str, list[str]]) -> dict[str, Any]:
    return {
        "dataset": ABOUT,
        "events": [event(identifier, date, follows=follows) for identifier, date, follows in links],
    }


@pytest.mark.parametrize(
    ("links", "faults"),
    [
        ([("one", "1900-01-01", []), ("two", "1900-01-02", ["one"])], []),
        ([("one", "1900-01-02", []), ("two", "1900-01", ["one"])], []),  # may have come before
        ([("one", "../1900", []), ("two", "1899", ["one"])], []),
        (
            [("one", "1900-01-03", []), ("two", "1900-01-02", ["one"])],
            [("events[1].follows[0]", "'one' happened later (1900-01-03) than 'two' (1900-01-02)")],
        ),
        (
            [("one", "1900", ["one"])],
            [("events[0].follows[0]", "it leads back to where it starts: 'one' follows 'one'")],
        ),
        (
            [("one", "1900", ["three"]), ("two", "1900", ["one"]), ("three", "1900", ["two"])],
            [
                (
                    "events[1].follows[0]",
                    (
                        "it leads back to where it starts: "
                        "'one' follows 'three' follows 'two' follows 'one'"
                    ),
                )
            ],
        ),
        (
            [
                ("one", "1900", []),
                ("two", "1900", ["one"]),
                ("three", "1900", ["one"]),
                ("four", "1900", ["two", "three"]),
            ],
            [],  # two ways to the same cause are no circle
        ),
        (
            [("one", "1900", ["two", "no-one"]), ("two", "1900", ["one"])],
            [
                ("events[0].follows[1]", "there is no 'no-one' among the events"),
                (
                    "events[1].follows[0]",
                    "it leads back to where it starts: 'one' follows 'two' follows 'one'",
                ),
            ],
        ),
    ],
)
def test_an_event_follows_only_what_came_before(
    links: list[tuple[str, str, list[str]]], faults: list[tuple[str, str]]
) -> None:
    assert [(path, problem) for path, problem, _ in told(chain(*links))] == faults


def test_a_chain_of_causes_may_be_as_long_as_the_file() -> None:
    links = [(f"event-{n}", "1900", [f"event-{n + 1}"]) for n in range(20_000)]
    found = told(chain(*links, ("event-20000", "1900", ["event-0"])))
    assert [path for path, _, _ in found] == ["events[20000].follows[0]"]


def test_thousands_of_long_circles_are_named_in_short() -> None:
    links = [(f"event-{n}", "1900", [f"event-{n + 1}", "event-0"]) for n in range(12_000)]
    found = told(chain(*links, ("event-12000", "1900", [])))
    assert len(found) == MOST
    assert max(len(problem) for _, problem, _ in found) < 300


def test_a_short_answer_chooses_between_answers() -> None:
    document = {
        "dataset": ABOUT,
        "events": [],
        "disputes": [question("normal", short_answer="So.")],
    }
    assert [fault for fault in told(document) if fault[0] != "disputes[0]"] == [
        (
            "disputes[0].short_answer",
            "it answers a dispute that has 1 answer to choose from",
            "Add the rival answers, or leave it out.",
        )
    ]


def test_a_precision_is_one_of_five() -> None:
    place = {"id": "kabul", "name": "Kabul", "precision": "village"}
    assert told({"dataset": ABOUT, "events": [], "places": [place]}) == [
        (
            "places[0].precision",
            "invalid enum value 'village'",
            "Choose from point, settlement, district, province, country.",
        )
    ]


def strictly(path: str, **arrays: Any) -> list[tuple[str, str | None]]:
    """Return the faults of editing at a path."""
    document = {"dataset": ABOUT, "events": [], **arrays}
    return [(problem, hint) for at, problem, hint in told(document, strict=True) if at == path]


def test_a_key_record_says_why_it_is_one() -> None:
    assert strictly("events[0].significance", events=[event("one", importance="key")]) == [
        (
            "the key event does not say why it mattered",
            "Write one sentence, or make the event notable.",
        )
    ]
    assert strictly("events[0].significance", events=[event("one")]) == []
    key = question("normal", "normal", importance="key")
    assert strictly("disputes[0].short_answer", disputes=[key]) == [
        (
            "the key dispute has no short answer",
            "Write one sentence, or make the dispute notable.",
        )
    ]


@pytest.mark.parametrize(
    ("key", "name", "often", "once", "meant"),
    [
        ("events", "category", "economic", "econmic", "economic"),  # a letter is missing
        ("events", "category", "economic", "economics", "economic"),  # one too many
        ("events", "category", "economic", "ekonomic", "economic"),  # a wrong one
        ("events", "category", "economic", "ecnoomic", "economic"),  # two are swapped
        ("events", "category", "economic", "Economic", "economic"),
        ("events", "category", "economic", "econnmc", None),
        ("events", "category", "economic", "miltary", "military"),  # ours, and nowhere in the file
        ("events", "category", "economic", "press", None),
        ("places", "kind", "border-crossing", "border crossing", "border-crossing"),
        ("places", "country", "Pakistan", "Paksitan", "Pakistan"),
        ("places", "country", "Iran", "Iraq", None),
        ("places", "country", "Ireland", "Iceland", None),
        ("places", "country", "Ireland", "Icelnd", "Iceland"),
        ("places", "country_then", "East Germany", "West Germany", None),
        ("places", "country_then", "Soviet Union", "Soviet Unoin", "Soviet Union"),
        ("organizations", "kind", "division", "divison", "division"),
        ("estimates", "unit", "tonnes", "tones", "tonnes"),
        ("estimates", "unit", "tonnes", "poeple", "people"),
        ("sources", "container", "5th Army", "6th Army", None),
        ("sources", "container", "Pravda " * 10, "Pravda " * 9 + "pravad", None),
        ("sources", "publisher", "Zvezda Press", "Zvesda Press", "Zvezda Press"),
    ],
)
def test_a_word_used_once_that_is_a_letter_from_one_used_often_is_told(
    key: str, name: str, often: str, once: str, meant: str | None
) -> None:
    record = {
        "title": "T",
        "name": "N",
        "type": "book",
        "date": "1900",
        "measure": "dead",
        "best": 1,
    }
    words = [often, often, once, often]
    records = [{**record, name: word, "id": f"one-{n}"} for n, word in enumerate(words)]
    problem = f"{once!r} is used only here, one letter away from {meant!r}"
    found = strictly(f"{key}[2].{name}", **{key: records})
    assert found == [(problem, f"Did you mean {meant}? Ignore this if it is another word.")] * bool(
        meant
    )
    assert strictly(f"{key}[2].{name}", **{key: [*records, {**records[2], "id": "another"}]}) == []
    seldom = [item for item in records if item["id"] != "one-3"]
    assert (strictly(f"{key}[2].{name}", **{key: seldom}) == found) == (meant not in words)


def test_at_most_fifteen_disputes_are_key() -> None:
    key = [
        question("normal", "normal", importance="key", id=f"why-{number}") for number in range(16)
    ]
    assert strictly("disputes[15].importance", disputes=key) == [
        ("16 disputes are key", "Keep 15 at most, and make the others notable.")
    ]
    assert strictly("disputes[14].importance", disputes=key[:15]) == []


@pytest.mark.parametrize(
    ("paragraphs", "words", "faults"),
    [
        (0, 0, []),
        (3, 50, []),
        (6, 36, []),
        (2, 80, [("the story has 2 paragraphs", "Tell it in 3 to 6.")]),
        (1, 200, [("the story has 1 paragraph", "Tell it in 3 to 6.")]),
        (3, 49, [("the story has 147 words", "Tell it in 150 to 220.")]),
        (6, 37, [("the story has 222 words", "Tell it in 150 to 220.")]),
    ],
)
def test_a_story_is_short(
    paragraphs: int, words: int, faults: list[tuple[str, str | None]]
) -> None:
    story = [{"text": "word " * words}] * paragraphs
    assert strictly("dataset.story", dataset={**ABOUT, "story": story}) == faults
    uncited = strictly("dataset.story[0].citations", dataset={**ABOUT, "story": story})
    assert bool(uncited) == bool(paragraphs)


@pytest.mark.parametrize(
    ("key", "words", "problem"),
    [
        ("events", 10, None),
        ("events", 11, "the title has 11 words"),
        ("disputes", 12, None),
        ("disputes", 13, "the title has 13 words"),
    ],
)
def test_a_title_has_few_words(key: str, words: int, problem: str | None) -> None:
    record = event("one") if key == "events" else question("normal", "normal")
    found = strictly(f"{key}[0].title", **{key: [{**record, "title": "a " * (words - 1) + "b?"}]})
    assert found == ([(problem, f"Make it {words - 1} at most.")] if problem else [])


@pytest.mark.parametrize(
    ("summary", "problem"),
    [
        ("They left Kunduz by the northern road before dawn.", "it begins with 'They'"),
        (
            "This was the largest convoy of that whole summer, with 300 trucks.",
            "it begins with 'This'",
        ),
        ("Italy sent three doctors to the hospital in Kabul.", None),
        ("Thatcher called the withdrawal a triumph of patience.", None),
        (
            "Rockets killed nine people, a newspaper reported next day.",
            "'a newspaper' names nobody",
        ),
        ("Rockets killed nine people, some say eleven, in the bazaar.", "'some say' names nobody"),
        ("Sources say that nine people died in the bazaar.", "'Sources say' names nobody"),
        ("Nine people reportedly died when rockets hit the bazaar.", "'reportedly' names nobody"),
        ("Nine people died in the bazaar, by a report of the Red Cross.", None),
        ("The garrison left the town.", "the summary says little more than the title"),
        ("The garrison of 900 men left for Puli Khumri at dawn.", None),
    ],
)
def test_a_summary_stands_alone_adds_something_and_names_its_owners(
    summary: str, problem: str | None
) -> None:
    one = event("one", title="The garrison leaves town", summary=summary)
    found = [problem for problem, _ in strictly("events[0].summary", events=[one])]
    assert found == ([problem] if problem else [])


def test_an_answer_may_open_with_a_pronoun_and_names_its_owner() -> None:
    why = question("normal", "normal")
    why["accounts"][0]["says"] = "It fell by treason, some say."
    assert strictly("disputes[0].accounts[0].says", disputes=[why]) == [
        ("'some say' names nobody", "Name who says so, or leave the source to the citation.")
    ]


# --- the same words as loading -------------------------------------------------------------------

WHOLE: dict[str, Any] = {
    "dataset": {**ABOUT, "belligerents": [{"side": "reds", "commanders": ["ann-lee"]}]},
    **WAR,
}


def paths_in(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    return [path] * bool(path) + [
        found for key, part in inner for found in paths_in(part, (*path, key))
    ]


STRANGE = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "reds", "siege", "dead", "1900-13", "1900", "2001-02-03/1999", "no-one", "book"]),
    st.just([]), st.just({}), st.just([3]), st.just(["old-town"]), st.just([{"source": "no-book"}]), st.just(...),
)  # fmt: skip


def test_the_file_that_is_spoilt_below_is_sound() -> None:
    assert told(WHOLE) == []


def said_by_loading(content: bytes) -> list[tuple[str, str]]:
    try:
        dataset = decode_dataset(content, "war.json")
    except WithdrawalError as error:
        return [(str(error.where).removeprefix("war.json").removeprefix(": "), error.problem)]
    return [(fault.path, fault.problem) for fault in faults(dataset)]


@given(
    changes=st.lists(st.tuples(st.sampled_from(paths_in(WHOLE)), STRANGE), min_size=1, max_size=3)
)
def test_what_loading_says_first_check_says_too(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    document = copy.deepcopy(WHOLE)
    for (*way, last), content in changes:
        target: Any = document
        try:
            for part in way:
                target = target[part]
            if content is ...:
                del target[last]
            else:
                target[last] = copy.deepcopy(content)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took it away
    content = json.dumps(document).encode()
    said = [(row.path, row.problem) for row in check_file(content)]
    assert set(said_by_loading(content)) <= set(said)
    check_file(content, strict=True)  # whatever the file, it is told and not stumbled over


# --- the smallest legal file ---------------------------------------------------------------------

ASKED = {
    "on": "1900-01-01",
    "search": "war",
    "cite": "--self",
    "export": "geojson",
    "completion": "bash",
    "new": "-",
}
WITHOUT_DATA = ("check", "completion", "help", "new", "schema")
ANSWERING = [
    command for command in COMMANDS if command not in ("explore", "mcp")
]  # that one needs a terminal, and has tests of its own


@pytest.mark.parametrize("screen", ["", "--width 80", "--json"])
@pytest.mark.parametrize("command", ANSWERING)
def test_every_command_works_on_the_smallest_legal_file(
    run: Run, write: Callable[..., str], command: str, screen: str
) -> None:
    path = write()
    line = f"{command} {ASKED.get(command, '')}"
    if command == "check":
        line += path
    elif command not in WITHOUT_DATA:
        line += f" --data {path} {screen if command != 'export' else ''}"
    outcome = run(line)
    if command in ("show", "compare", "diff"):
        assert outcome.code == 2  # it asks for what is named, and nothing is there to be named
    else:
        assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("c. 1895", "Write 1895~."),
        ("1895 ca.", "Write 1895~."),
        ("soon ca.", DATES),
        ("about 1895?", "Write 1895%."),
        ("1920s", "Write 192X."),
        ("192?", "Write 192X or 0192?."),
        ("1900s", "Write 190X or 19XX."),
        ("1950 or 1951", "Write [1950,1951]."),
        ("1950-1951", "Write 1950/1951."),
        ("1957/58", "Write 1957/1958 or [1957,1958]."),
        ("before 1900", "Write [..1899]."),
        ("15 May 1988", "Write 1988-05-15."),
        ("15.5.1988", "Write 1988-05-15."),
        ("4/5/1988", "Write 1988-05-04 or 1988-04-05."),
        ("1988-5-15", "Write 1988-05-15."),
        ("1988-05-15T07:00:00Z", "Write 1988-05-15."),
        ("spring 1988", "Write 1988-21."),
        ("2004-06~-11", "Write 2004-06-11~."),
        ("?2004-06-~11", "Write 2004-06-11%."),
        ("2001-34", "Write [2001-04..2001-06]."),
        ("2001-39", "Write [2001-09..2001-12]."),
        ("2001-41", "Write [2001-07..2001-12]."),
        ("2001-26", "Write 2001-22."),
        ("2001-30", "Write [2001-12..2002-02]."),
        ("2001-31", "Write [2001-03..2001-05]."),
        ("2001-34/2001-36", "Write 2001-04/2001-12."),
        ("2004-06-~11/2004-07", "Write 2004-06-11~/2004-07."),
        ("1560-XX-25", "Write 1560."),
        ("1984-05-1X", "Write 1984-05."),
        ("..1984", "Write ../1984."),
        ("19880515", "Write 1988-05-15."),
        ("19880532", DATES),
        ("1988-05-15/20", "Write 1988-05-15/1988-05-20."),
        ("1985-04-12T23:20/1985-04-13T01:00", "Write 1985-04-12/1985-04-13."),
        # as EDTF was before it became a standard
        ("199u", "Write 199X."),
        ("1999-01-uu", "Write 1999-01-XX."),
        ("unknown/2006", "Write /2006."),
        ("2004-01-01/open", "Write 2004-01-01/..."),
        ("1984?~", "Write 1984%."),
        ("2004-(06)?-11", "Write 2004-06-11?."),
        ("156X-12-25", "Write 156X."),
        ("1950S2", "Write 19XX."),
        ("Y17E7", DATES),
        ("soon", DATES),
        ("1988-02-30", DATES),
    ],
)
def test_the_hint_for_a_bad_date_is_the_right_form_for_what_was_written(
    run: Run, write: Callable[..., str], written: str, hint: str
) -> None:
    data = write(events=[event("one", written)])
    [fault] = json.loads(run(f"check {data} --json").out)
    assert (fault["path"], fault["hint"]) == ("events[0].date", hint)
    assert f"\n{hint}\n" in run(f"timeline --data {data}").err  # loading says the same


def test_a_file_of_edtf_beyond_what_is_kept_is_refused_by_its_names(
    run: Run, write: Callable[..., str]
) -> None:
    dates = ("2004-06~-11", "2001-34", "156X-12-25")
    data = write(events=[event(f"ev-0{number}", when) for number, when in enumerate(dates)])
    faults = json.loads(run(f"check {data} --json").out)
    assert [fault["problem"].partition("supported: ")[2] for fault in faults] == [
        "a mark on a part of the date (level 2)",
        "a season, a quarter or another part of a year (level 2)",
        "unknown digits other than in 198X, 19XX, 1988-XX and 1988-05-XX (level 2)",
    ]
