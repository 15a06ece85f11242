"""Files that are no dataset, or hardly one: broken JSON, strange encodings, numbers without end, keys that stand twice."""

import json
import time

import pytest

from tests.abuse.datasets import CONTENT
from tests.abuse.program import ask, hold_to_promises, questions
from tests.conftest import ABOUT, event
from withdrawal_cli.dataset.checking import check_file
from withdrawal_cli.dates import EXAMPLES

TEXT = CONTENT.decode()


def with_event(fields: str) -> bytes:
    return f'{{"dataset": {json.dumps(ABOUT)}, "events": [{{"id": "one", "date": "1900", "title": "One"{fields}}}]}}'.encode()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b" \n\t\r ", "the file is empty"),
        (b"\n1", "expected `object`, got `int`"),
        (b' [{"dataset": {}}]', "expected `object`, got `array`"),
        (b' "text"', "expected `object`, got `str`"),
        (b"null", "expected `object`, got `null`"),
        (b"true", "expected `object`, got `bool`"),
        (b"NaN", "this is not JSON (line 1: JSON is malformed: invalid character)"),
        (b"1e400", "number out of range"),
        (CONTENT + b"{}", "this is not JSON (line 1: JSON is malformed: trailing characters)"),
        (CONTENT * 2, "this is not JSON (line 1: JSON is malformed: trailing characters)"),
        (b"\0" + CONTENT, "this is not JSON (line 1: JSON is malformed: invalid character)"),
        (CONTENT + b"\0", "this is not JSON (line 1: JSON is malformed: trailing characters)"),
        (TEXT.encode("utf-16"), "the file is UTF-16"),
        (TEXT.encode("utf-16-be"), "the file is UTF-16"),
        (TEXT.encode("utf-16-le"), "the file is UTF-16"),
        (TEXT.encode("utf-32"), "the file is UTF-16"),
        (TEXT.replace("Old Town", "Città").encode("latin-1"), "line 1 is not UTF-8"),
        (with_event(',"summary":"\\ud800"'),
         "this is not JSON (Input data was truncated)"),
        (with_event(',"summary":"\\udc00x"'), "this is not JSON (line 1: JSON is malformed: invalid utf-16 surrogate pair)"),
        (with_event(',"summary":"\0"'), "this is not JSON (line 1: JSON is malformed: invalid character)"),
        (with_event(',"summary":"\x1b"'), "this is not JSON (line 1: JSON is malformed: invalid character)"),
        (with_event(',"summary":1e400'), "number out of range"),
        (with_event(',"summary":' + "9" * 5000), "number out of range"),
        (b'{"a":' * 1_000_000, "the JSON is nested too deeply to be a dataset"),
        (b"<!doctype html>", "this page holds no dataset"),
        (b'<!doctype html><script type="application/x-withdrawal-dataset">?</script>', "the dataset in this page is damaged"),
        (b"PK\x03\x04", "this is a ZIP archive or a workbook, not a dataset in JSON"),
        (b"PK\x03", "this is not JSON (line 1: JSON is malformed: invalid character)"),
        (b"1.5", "expected `object`, got `float`"),
        (b"false", "expected `object`, got `bool`"),
        (b'"dataset"', "expected `object`, got `str`"),
        (b'["dataset"]', "expected `object`, got `array`"),
    ],
)  # fmt: skip
def test_what_is_no_dataset_is_refused_in_the_same_words_by_all(
    content: bytes, problem: str
) -> None:
    assert [row.problem for row in check_file(content)][:1] == [problem]
    for line in (("timeline",), ("export", "html"), ("show", "one")):
        outcome = ask(*line, "--data", "-", given=content)
        hold_to_promises(outcome, line)
        assert (outcome.code, problem in outcome.err) == (1, True)


@pytest.mark.parametrize("length", range(0, len(CONTENT), 197))
def test_a_file_that_breaks_off_anywhere_is_refused(length: int) -> None:
    assert check_file(CONTENT[:length])
    assert ask("people", "--data", "-", given=CONTENT[:length]).code == 1


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (with_event(',"title":"Two"'), [("events[0].title", "the key 'title' is here more than once")]),
        (with_event(',"title":3'), [("events[0].title", "expected `str`, got `int`"),
                                    ("events[0].title", "the key 'title' is here more than once")]),
        (with_event('}], "events": [{"id": "two", "date": "1900", "title": "Two"'),
         [("events", "the key 'events' is here more than once")]),
        (with_event(',"a\\u001b\\u202eb":1,"a\\u001b\\u202eb":2'),
         [('events[0]["a\\u001b\u202eb"]', "the key 'a\\x1b\\u202eb' is here more than once"),
          ('events[0]["a\\u001b\u202eb"]', "there is no field 'a\\x1b\\u202eb'")]),
        (with_event(',"summary":1e400'), [("events[0].summary", "number out of range")]),
        (with_event(',"strange":1e400'), [("", "number out of range")]),
        (b' ["{", {"a": ', [("", "this is not JSON (Input data was truncated)")]),
        (b'["' + b"[" * 100_000 + b'", ' + b"[" * 100_000, [("", "the JSON is nested too deeply to be a dataset")]),
    ],
)  # fmt: skip
def test_what_loading_takes_or_passes_over_is_named_by_check(
    content: bytes, faults: list[tuple[str, str]]
) -> None:
    assert sorted((row.path, row.problem) for row in check_file(content)) == sorted(faults)
    hold_to_promises(ask("check", "-", given=content), ("check",))


def test_of_a_key_that_stands_twice_the_last_one_counts() -> None:
    assert (
        '"title": "Two"'
        in ask("show", "one", "--json", "--data", "-", given=with_event(',"title":"Two"')).out
    )


@pytest.mark.parametrize(
    "number", ["-0", "1e3", "-1", "123456789012345678901234567890", "1" + "0" * 300]
)
def test_a_number_is_shown_or_refused_everywhere(number: str) -> None:
    estimate = f'"id": "few", "measure": "strength", "date": "1900-01-15", "best": {number}'
    content = (
        f'{{"dataset": {json.dumps(ABOUT)}, "events": [], "estimates": [{{{estimate}}}]}}'.encode()
    )
    sound = not check_file(content)
    for line in [
        line for line in questions(("few",)) if line[-1] in ("json", "80", "geojson", "sqlite")
    ]:
        outcome = ask(*line, "--data", "-", given=content)
        hold_to_promises(outcome, line)
        assert (outcome.code == 0) == sound or "nothing to cite" in outcome.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n\r\n", b" \t\r\n"])
def test_a_mark_at_the_start_and_white_space_at_the_end_do_no_harm(
    encoding: str, end: bytes
) -> None:
    content = TEXT.encode(encoding) + end
    assert check_file(content) == []
    assert ask("people", "--fields", "id", "--data", "-", given=content).out == "ID\nann-lee\n"


def test_a_page_that_unpacks_to_more_than_memory_holds_is_refused_before_it_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = ask("export", "html", "--data", "-", given=CONTENT).out.encode()
    assert check_file(page) == []
    assert ask("people", "--fields", "id", "--data", "-", given=page).out == "ID\nann-lee\n"
    monkeypatch.setattr("withdrawal_cli.dataset.pages.LARGEST", 1000)
    [fault] = check_file(page)
    assert fault.problem == "the dataset in this page is larger than a page can hold"
    assert ask("people", "--data", "-", given=page).code == 1


def large(count: int) -> dict[str, bytes]:
    """Return files of many records that could each be the one that takes for ever."""
    many = range(count)
    repeated = ",".join(f'"k{number}":{number}' for number in (*many, *many))
    dangling = [event(f"event-{number}", places=[f"plce-{number}"]) for number in many]
    strange = [{**event(f"event-{number}"), f"titl{number}": 1} for number in many]
    places = [{"id": f"place-{number}", "name": f"Place {number}"} for number in many]
    return {
        "keys that stand twice": with_event("," + repeated),
        "ids that are not there": json.dumps(
            {"dataset": ABOUT, "events": dangling, "places": places}
        ).encode(),
        "fields that are none": json.dumps({"dataset": ABOUT, "events": strange}).encode(),
        "ids used twice": json.dumps({"dataset": ABOUT, "events": [event("one")] * count}).encode(),
        "dates that are none": json.dumps(
            {"dataset": ABOUT, "events": [event(f"e-{n}", f"x{n}") for n in many]}
        ).encode(),
    }


LARGE = large(1000)


@pytest.mark.parametrize("what", LARGE)
def test_thousands_of_faults_are_found_in_a_moment(what: str) -> None:
    before = time.process_time()
    assert len(check_file(LARGE[what])) >= 999
    assert time.process_time() - before < 3


@pytest.mark.parametrize("kind", ["event", "estimate", "phase", "person", "source"])
def test_a_date_open_at_both_ends_is_told_with_its_path_and_asked_for_is_refused(kind: str) -> None:
    date = "[..1984,1985-10-01..]"
    said = f"{date!r}: a one-of set can be open at one end only: [..1988-05-14] or [1988-05-14..]"
    path, arrays = {
        "event": ("events[0].date", {"events": [event("one", date)]}),
        "estimate": (
            "estimates[0].date",
            {"estimates": [{"id": "dead", "measure": "dead", "best": 1, "date": date}]},
        ),
        "phase": ("phases[0].date", {"phases": [{"id": "first", "title": "First", "date": date}]}),
        "person": ("people[0].born", {"people": [{"id": "ann", "name": "Ann", "born": date}]}),
        "source": (
            "sources[0].issued",
            {"sources": [{"id": "book", "title": "Book", "type": "book", "issued": date}]},
        ),
    }[kind]
    content = json.dumps({"dataset": ABOUT, "events": [], **arrays}).encode()
    checked = ask("check", "-", given=content)
    assert (checked.code, checked.out.split("\n")[0]) == (1, f"-: {path}: {said}")
    assert f"\n  {EXAMPLES}\n" in checked.out
    refused = ask("timeline", "--data", "-", given=content)
    assert (refused.code, refused.err) == (1, f"withdrawal: -: {path}: {said}\n{EXAMPLES}\n")


@pytest.mark.parametrize("asked", ["[..1984,1985-10-01..]", "..198X/", "../1988..", "one.."])
def test_a_time_open_at_both_ends_is_refused_with_what_to_write(asked: str) -> None:
    content = json.dumps({"dataset": ABOUT, "events": [event("one", "../1900")]}).encode()
    for line in (
        ("on", asked),
        ("timeline", "--during", asked),
        ("export", "ics", "--during", asked),
    ):
        outcome = ask(*line, "--data", "-", given=content)
        assert (outcome.code, outcome.out) == (2, "")
        assert "\nWrite " in outcome.err


@pytest.mark.parametrize("content", [b"[]", b'[{"dataset": {}}]', b'"text"', b"1", b"null", b"{}"])
def test_what_is_no_dataset_at_all_is_told_what_one_is(content: bytes) -> None:
    hint = "A dataset is a JSON object with 'dataset' and 'events'; withdrawal new FILE writes a small one.\n"
    for line in (("timeline", "--data", "-"), ("check", "-")):
        outcome = ask(*line, given=content)
        assert outcome.code == 1
        assert (outcome.out + outcome.err).endswith(hint) or content == b"{}"
        assert len(outcome.out + outcome.err) < 300
