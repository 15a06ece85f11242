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

START = ROOT / "examples" / "start.json"
FRANKLIN = ROOT / "examples" / "franklin.json"


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
