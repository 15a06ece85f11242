"""docs/asking.md: what it says of times is read so, and its smallest file is legal and the smallest."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Run
from withdrawal_cli.dates.time_expressions import parse_date
from withdrawal_cli.errors import UsageError

pytestmark = [pytest.mark.docs, pytest.mark.usefixtures("bundled")]
PAGE = (ROOT / "docs" / "asking.md").read_text("utf-8")
TIMES = re.findall(
    "`([^`]+)`",
    "".join(re.findall(r"(?m)^\| (`.+?) \|", PAGE.split("## When")[1].split("## What")[0])),
)
[SMALLEST] = [json.loads(text) for text in re.findall(r"(?s)```json\n(.+?)```", PAGE)]


MEANT = [
    (re.findall("`([^`]+)`", written), re.findall("`([^`]+)`", edtf))
    for written, edtf in re.findall(
        r"(?m)^\| (`.+?) \| (`.+?`) \|", PAGE.split("## When")[1].split("## What")[0]
    )
]
"""The forms of each row, and the EDTF of the first ones of them."""


def test_the_page_names_times() -> None:
    assert len(TIMES) > 50


@pytest.mark.parametrize(("forms", "meant"), MEANT, ids=lambda item: item[0])
def test_the_edtf_of_a_form_is_what_the_page_says(forms: list[str], meant: list[str]) -> None:
    read = [parse_date(form.strip('"')).text for form in forms]
    assert read[0] == meant[0]
    assert set(meant) <= set(read)


@pytest.mark.parametrize("text", ["4/5/88", "4/5/1988", "80s", "1900s", "1904/05"])
def test_what_the_page_says_has_two_readings_is_refused(text: str) -> None:
    assert f"`{text}`" in PAGE
    with pytest.raises(UsageError, match=r"can be read as .+ or "):
        parse_date(text)


@pytest.mark.parametrize("time", TIMES)
def test_every_time_that_the_page_names_is_read(run: Run, time: str) -> None:
    outcome = run("timeline -n 1 --json", "--during", time.strip('"'))
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize(
    ("time", "first", "last"),
    [
        ("spring 1988", "1988-03-01", "1988-05-31"),
        ("winter 1988", "1988-12-01", "1989-02-28"),
        ("early May 1988", "1988-05-01", "1988-05-10"),
        ("mid May 1988", "1988-05-11", "1988-05-20"),
        ("late May 1988", "1988-05-21", "1988-05-31"),
        ("geneva-accords+30d", "1988-05-14", "1988-05-14"),
    ],
)
def test_a_time_means_what_the_page_says(run: Run, time: str, first: str, last: str) -> None:
    assert time in TIMES
    answer = json.loads(run(f"on '{time}' --json").out)
    assert (answer["earliest"], answer["latest"]) == (first, last)


def parts(document: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every part of a document."""
    for key, content in document.items() if isinstance(document, dict) else enumerate(document):
        yield (*way, key)
        if isinstance(content, dict | list):
            yield from parts(content, (*way, key))


def test_the_smallest_legal_file_is_legal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(SMALLEST), encoding="utf-8")
    assert run(f"check {path}") == (0, "", "")


@pytest.mark.parametrize(
    "way",
    [way for way in parts(SMALLEST) if way != ("events", 0)],
    ids=lambda way: ".".join(map(str, way)),
)
def test_nothing_can_be_left_out_of_the_smallest_legal_file(
    run: Run, tmp_path: Path, way: tuple[Any, ...]
) -> None:
    document = json.loads(json.dumps(SMALLEST))
    target: Any = document
    for key in way[:-1]:
        target = target[key]
    del target[way[-1]]
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert run(f"check {path}").code == 1
