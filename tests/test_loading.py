"""Reading a dataset: every fault of a file is one plain message with file and place, exit 1."""

import dataclasses
import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ABOUT, ROOT, Run, bundled_path, event
from withdrawal_cli.dataset.reading import decode_dataset, load_dataset
from withdrawal_cli.dataset.references import faults
from withdrawal_cli.dates import EXAMPLES
from withdrawal_cli.errors import WithdrawalError

PROGRAM = f"env PYTHONPATH={ROOT / 'src'} {sys.executable} -m withdrawal_cli"


def test_a_file_is_loaded_into_dataclasses() -> None:
    happened = load_dataset().events[0]
    assert dataclasses.asdict(happened)["citations"][0] == dataclasses.asdict(happened.citations[0])
    assert dataclasses.replace(happened, title="Another").title == "Another"
    with pytest.raises(AttributeError):
        happened.title = "Another"  # type: ignore[misc]
    given = {field.name: field.default for field in dataclasses.fields(happened)}
    assert given["id"] is dataclasses.MISSING
    assert given["importance"] == "notable"


def refusal(path: Path) -> tuple[str, str | None]:
    with pytest.raises(WithdrawalError) as caught:
        load_dataset(str(path))
    assert caught.value.status == 1
    where = str(caught.value.where).removeprefix(str(path)).removeprefix(": ")
    hint, _, check = (caught.value.hint or "").rpartition("\n")
    if check != f"withdrawal check {path} names every fault.":
        hint, check = caught.value.hint or "", ""
    inside = where or "line" in caught.value.problem or "not JSON" in caught.value.problem
    assert bool(check) == bool(inside)
    return f"{where}: {caught.value.problem}".removeprefix(": "), hint or None


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b"  \n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"{", "this is not JSON (Input data was truncated)"),
        (b'{"dataset": 1,}\n', "dataset: expected `object`, got `int`"),
        (b"hello", "this is not JSON (line 1: JSON is malformed: invalid character)"),
        (b'{"a":\n\n oops}', "this is not JSON (line 3: JSON is malformed: invalid character)"),
        (b'\n\n{"dataset": {"id": "\xff"}}', "line 3 is not UTF-8"),
        (b"\xff\xfe{\x00}\x00", "the file is UTF-16"),
        (b"[]", "expected `object`, got `array`"),
        (b"{}", "object missing required field `dataset`"),
        (b'{"dataset": {}}', "dataset: object missing required field `title`"),
        (b"[" * 100_000, "expected `object`, got `array`"),
        # From Python 3.14 on, 100,000 levels are not too many.
        (b'{"x":' + b"[" * 1_000_000, "the JSON is nested too deeply to be a dataset"),
    ],
)
def test_a_file_that_is_no_dataset(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "war.json"
    path.write_bytes(content)
    assert refusal(path)[0] == problem


LATER = {
    "dataset": {"story", "neighbours"},
    "events": {"significance", "follows"},
    "estimates": {"importance"},
    "disputes": {"importance", "short_answer"},
    "places": {"precision"},
}
"""The fields that version 0.1 did not know, besides the terms: docs/upgrading.md names them."""


def test_a_file_of_the_first_edition_is_read_and_nothing_is_wrong_with_it(
    run: Run, tmp_path: Path
) -> None:
    document = json.loads(bundled_path().read_text("utf-8"))
    del document["terms"]
    for kind, fields in LATER.items():
        records = [document[kind]] if kind == "dataset" else document[kind]
        for field in fields:
            assert sum(record.pop(field, None) is not None for record in records)
    path = tmp_path / "old.json"
    path.write_text(json.dumps(document), "utf-8")
    assert run(f"check {path}") == (0, "", "")
    for kind in ("timeline", "casualties", "disputes", "places", "overview"):
        assert run(f"{kind} --data {path}").code == 0
    upgrading = (ROOT / "docs/upgrading.md").read_text("utf-8")
    assert all(f"`{field}`" in upgrading for fields in LATER.values() for field in fields)


@pytest.mark.parametrize(
    ("arrays", "problem", "hint"),
    [
        ({"events": [{"id": "x"}]}, "events[0]: object missing required field `date`", None),
        (
            {"events": [event("one"), {**event("two"), "date": 1988}]},
            "events[1].date: a date is written as text, not 1988",
            None,
        ),
        (
            {"events": [event("one", "1988-13")]},
            "events[0].date: '1988-13': there is no month 13",
            "Write a month as 1988-01 to 1988-12.",
        ),
        (
            {"events": [event("one", "soon")]},
            "events[0].date: 'soon' is not an EDTF date",
            EXAMPLES,
        ),
        (
            {"events": [event("one", importance="war")]},
            "events[0].importance: invalid enum value 'war'",
            None,
        ),
        (
            {"events": [event("A B")]},
            "events[0].id: 'A B' is not an id",
            "Write 3 to 64 of a-z, 0-9 and hyphen.",
        ),
        (
            {"events": [event("one"), event("one")]},
            "events[1].id: 'one' is already the id of events[0]",
            "Ids must be unique in the whole file.",
        ),
        (
            {"events": [event("one")], "places": [{"id": "one", "name": "One"}]},
            "events[0].id: 'one' is already the id of places[0]",
            "Ids must be unique in the whole file.",
        ),
        (
            {
                "events": [event("one", places=["kabul", "kabbul"])],
                "places": [{"id": "kabul", "name": "Kabul"}],
            },
            "events[0].places[1]: there is no 'kabbul' among the places",
            "Did you mean kabul?",
        ),
        (
            {"events": [event("one", side="us")]},
            "events[0].side: there is no 'us' among the sides",
            "Add the record, or correct the id.",
        ),
        (
            {"events": [event("one", related=["two"])]},
            "events[0].related[0]: there is no 'two' among the events",
            "Add the record, or correct the id.",
        ),
        (
            {"events": [event("one", citations=[{"source": "book"}])]},
            "events[0].citations[0].source: there is no 'book' among the sources",
            "Add the record, or correct the id.",
        ),
        (
            {
                "people": [
                    {
                        "id": "ann",
                        "name": "Ann",
                        "roles": [{"title": "Clerk", "citations": [{"source": "book"}]}],
                    }
                ]
            },
            "people[0].roles[0].citations[0].source: there is no 'book' among the sources",
            "Add the record, or correct the id.",
        ),
        (
            {
                "disputes": [
                    {
                        "id": "why",
                        "title": "Why?",
                        "accounts": [{"says": "So", "citations": [{"source": "book"}]}],
                    }
                ]
            },
            "disputes[0].accounts[0].citations[0].source: there is no 'book' among the sources",
            "Add the record, or correct the id.",
        ),
        (
            {"disputes": [{"id": "why", "title": "Why?", "about": ["x-y"]}]},
            "disputes[0].about[0]: there is no 'x-y' among the records",
            "Add the record, or correct the id.",
        ),
        (
            {"estimates": [{"id": "one", "measure": "dead", "low": 3, "best": 1}]},
            "estimates[0]: low, best and high must be in order: low <= best <= high",
            None,
        ),
        (
            {"estimates": [{"id": "one", "measure": "dead"}]},
            "estimates[0]: an estimate needs a number (low, best or high) or a text",
            None,
        ),
        (
            {"estimates": [{"id": "one", "measure": "dead", "best": 1.5}]},
            "estimates[0].best: expected `int | null`, got `float`",
            None,
        ),
        (
            {"dataset": {**ABOUT, "belligerents": [{"side": "us"}]}},
            "dataset.belligerents[0].side: there is no 'us' among the sides",
            "Add the record, or correct the id.",
        ),
    ],
)
def test_a_record_at_fault_is_named_by_its_place(
    write: Callable[..., str], arrays: dict[str, object], problem: str, hint: str | None
) -> None:
    assert refusal(Path(write(**arrays))) == (problem, hint)


def test_the_smallest_legal_file_is_read(write: Callable[..., str]) -> None:
    dataset = load_dataset(write())
    assert (dataset.metadata.id, dataset.events, dataset.sources) == ("a-small-war", (), ())


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "war.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({"dataset": ABOUT, "events": []}).encode())
    assert load_dataset(str(path)).metadata.title == "A small war"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "overview --data nowhere.json",
            "withdrawal: nowhere.json: there is no such file\nCheck the path; it may come from --data or WITHDRAWAL_DATA.\n",
        ),
        ("overview --data .", "withdrawal: .: the file cannot be read (Is a directory)\n"),
    ],
)
def test_a_file_that_cannot_be_read(run: Run, line: str, message: str) -> None:
    assert run(line) == (1, "", message)


def test_a_file_without_permission(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "war.json"

    def refuse(_path: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))  # what root never meets

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert run(f"overview --data {path}") == (
        1,
        "",
        f"withdrawal: {path}: the file cannot be read (Permission denied)\n",
    )


@pytest.mark.usefixtures("bundled")
def test_the_bundled_data_is_sound_and_the_same_read_whole_or_piece_by_piece() -> None:
    whole = decode_dataset(bundled_path().read_bytes(), "bundled")
    assert list(faults(whole)) == []
    lazy = load_dataset()
    assert lazy.disputes_of == whole.disputes_of
    for key in (
        "metadata",
        "sides",
        "sources",
        "places",
        "people",
        "organizations",
        "routes",
        "phases",
    ):
        assert getattr(lazy, key) == getattr(whole, key)
    for key in ("events", "estimates", "disputes"):
        assert getattr(lazy, key) == getattr(whole, key)
        assert all(
            record.date.precision for record in getattr(lazy, key) if getattr(record, "date", None)
        )


OTHERS = {
    "x.csv": (b"id,date,title\n", "a table (CSV), not a dataset", "--from csv {}"),
    "saved.txt": (
        b"\xef\xbb\xbfYear;Month;Headline\r\n",
        "a table (CSV), not a dataset",
        "--from csv {}",
    ),
    "odd.tsv": (b"what\tever", "a table (CSV), not a dataset", "--from csv {}"),
    "line.json": (
        b'{"events": [{"start_date": {"year": 1988}}]}',
        "a TimelineJS timeline, not a dataset",
        "--from timelinejs {}",
    ),
    "x.sqlite": (
        b"SQLite format 3\0\x10",
        "an SQLite database, not a dataset in JSON",
        "sqlite3 -csv -header {} 'SELECT * FROM timeline' | withdrawal new mine.json --from csv -",
    ),
    "x y.zip": (
        b"PK\x03\x04",
        "a ZIP archive or a workbook, not a dataset in JSON",
        "withdrawal new mine.json --from csv events.csv",
    ),
    "x.json.gz": (
        b"\x1f\x8b\x08",
        "a gzip archive, not a dataset in JSON",
        "gunzip -c {} | withdrawal timeline --data -",
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_of_another_program_is_named_with_the_command_that_reads_it(
    run: Run, tmp_path: Path, name: str
) -> None:
    content, what, command = OTHERS[name]
    path = tmp_path / name
    path.write_bytes(content)
    command = command.format(f"'{path}'" if " " in name else path)
    refused, told = run("timeline", "--data", str(path)), run("check", str(path))
    assert (refused.code, refused.out, told.code) == (1, "", 1)
    assert refused.err.startswith(f"withdrawal: {path}: this is {what}\n")
    assert refused.err.endswith(f"{command}\n")
    assert told.out.startswith(f"{path}: this is {what}\n")
    assert told.out.endswith(f"{command}\n")


def test_our_own_timeline_is_imported_by_the_command_that_is_then_told(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "exported"
    assert run(f"export timelinejs -o {path}").code == 0
    line = run(f"timeline --data {path}").err.splitlines()[-1].replace("withdrawal", PROGRAM)
    subprocess.run(["sh", "-c", line], cwd=tmp_path, check=True, capture_output=True)
    assert run(f"timeline --json -n 1 --data {tmp_path}/mine.json").out.startswith("[")


@pytest.mark.parametrize(
    "content",
    [
        b'{"events": []}',
        b'{"events": {"start_date": 1}}',
        b"hello",
        b"a,b\n1,2",
        b'{"events": [1], "x":',
    ],
)
def test_what_nobody_knows_is_not_taken_for_something_else(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "war.json"
    path.write_bytes(content)
    assert "--from" not in (refusal(path)[1] or "")
