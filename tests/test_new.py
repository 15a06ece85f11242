"""`new`: the start of a file of one's own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Run
from withdrawal_cli.dataset.canonical import canonical
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.model import KINDS

START = ROOT / "examples" / "start.json"
FRANKLIN = ROOT / "examples" / "franklin.json"


def test_an_empty_file_is_short_sound_and_has_a_record_of_each_kind(
    run: Run, tmp_path: Path
) -> None:
    target = tmp_path / "town.json"
    assert run("new --empty --title 'Our town'", str(target)).code == 0
    text = target.read_text("utf-8")
    assert len(text.splitlines()) <= 100
    document = json.loads(text)
    assert document["dataset"]["title"] == "Our town"
    assert {key: len(document[key]) for key in KINDS.values()} == dict.fromkeys(KINDS.values(), 1)
    assert run(f"check {target}") == (0, "", "")
    for command in ("overview", "timeline", "phases", "casualties", "disputes", "map", "on 1900"):
        assert run(f"{command} --width 80 --data {target}").code == 0


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("new a.json --title T", "--title is for --empty"),
        ("new a.json b.csv --empty --from csv", "--empty and --from cannot be combined"),
    ],
)
def test_an_empty_file_has_no_source(run: Run, line: str, problem: str) -> None:
    outcome = run(line)
    assert (outcome.code, outcome.out) == (2, "")
    assert problem in outcome.err


def test_only_a_title_is_compulsory_and_no_row_tells_of_what_is_not_there(
    run: Run, tmp_path: Path
) -> None:
    target = tmp_path / "least.json"
    events = [
        {"id": "one", "date": "1900", "title": "A"},
        {"id": "two", "date": "1960-05", "title": "B"},
    ]
    target.write_text(json.dumps({"dataset": {"title": "Our town"}, "events": events}), "utf-8")
    assert run(f"check {target}") == (0, "", "")
    assert run(f"overview --width 80 --data {target}").out == (
        "Our town\n  Date  1 Jan 1900 – 31 May 1960 (60 years)\n\n2 events. Data 0.0.0.\n"
    )
    assert (
        run(f"timeline --all --width 60 --data {target}").out.splitlines()[0] == "In order of date"
    )
    assert "Phase" not in run(f"on 1900 --width 60 --data {target}").out
    card = json.loads(run(f"overview --json --data {target}").out)
    assert (card["date"], card["released"]) == ("1900-01-01/1960-05-31", None)
    for kind in ("ics", "geojson", "timelinejs", "html", "sqlite", "datapackage"):
        assert run(f"export {kind} --data {target} -o {tmp_path}/out.{kind}").code == 0, kind
    from withdrawal_cli.dataset.canonical import canonical
    from withdrawal_cli.dataset.reading import load_dataset

    assert json.loads(canonical(load_dataset(str(target))))["dataset"] == {"title": "Our town"}


def test_a_new_file_is_the_start_and_is_sound(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "mine.json"
    assert run(f"new {target}") == (0, "", "")
    assert target.read_bytes() == START.read_bytes()
    assert target.read_text("utf-8") == canonical(load_dataset(str(target)))
    assert run(f"check {target} --strict") == (0, "", "")


def test_standard_output_will_do(run: Run) -> None:
    assert json.loads(run("new -").out)["dataset"]["id"] == "my-history"


def test_a_file_is_replaced_only_when_asked(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "mine.json"
    target.write_text("precious")
    assert run(f"new {target}") == (
        1, "", f"withdrawal: {target}: there is already a file of that name\nChoose another, or add --force.\n",
    )  # fmt: skip
    assert target.read_text() == "precious"
    assert run(f"new {target} --force").code == 0
    assert target.read_bytes() == START.read_bytes()


LISTS = [
    "timeline", "phases", "casualties", "strength", "disputes", "people", "places", "organizations", "sources", "map",
    "search ice",
]  # fmt: skip


@pytest.mark.parametrize("line", LISTS)
def test_the_start_fills_every_list(run: Run, line: str) -> None:
    outcome = run(f"{line} --json --data {START}")
    assert outcome.code == 0
    assert json.loads(outcome.out)


def test_the_start_on_the_screen(run: Run, golden: Callable[[str, str], None]) -> None:
    outcome = run(f"overview --width 80 --data {START}")
    assert (outcome.code, outcome.err) == (0, "")
    golden("start-overview-80.txt", outcome.out)


def test_the_start_says_nothing_that_the_example_does_not_say() -> None:
    start, whole = (json.loads(path.read_text("utf-8")) for path in (START, FRANKLIN))
    for key, records in start.items():
        if key != "dataset":
            known = {record["id"]: record for record in whole[key]}
            assert [
                field for record in records for field in strange_fields(record, known[record["id"]])
            ] == []


def strange_fields(record: dict[str, Any], known: dict[str, Any]) -> list[str]:
    """Return the fields that hold something else than those of the known record, or more."""
    both = ((name, content, known.get(name)) for name, content in record.items())
    return [
        f"{record['id']}.{name}"
        for name, here, there in both
        if here != there
        and not (
            isinstance(here, list)
            and isinstance(there, list)
            and all(item in there for item in here)
        )
    ]


def test_on_a_terminal_it_says_what_to_do_next(tmp_path: Path) -> None:
    ours, theirs = pytest.importorskip("pty", reason="there is no pty").openpty()
    done = subprocess.run(
        [sys.executable, "-m", "withdrawal_cli", "new", "my war.json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=True,
        text=True,
    )
    os.close(theirs)
    os.close(ours)
    assert (tmp_path / "my war.json").is_file()
    assert "withdrawal check 'my war.json'" in done.stderr
    assert "withdrawal timeline --data 'my war.json'" in done.stderr
