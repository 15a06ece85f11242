"""What an answer says of how it can be had again."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run, event, repetition


@pytest.fixture
def war(write: Callable[..., str]) -> str:
    return write(events=[event("siege", importance="key"), event("raid")])


@pytest.mark.parametrize(
    ("line", "again"),
    [
        ("timeline --key -f markdown", "timeline --key -f markdown"),
        ("timeline --match 'a b' -f markdown", "timeline --match 'a b' -f markdown"),
        ("overview -f markdown", "overview -f markdown"),
        ("narrate --all -f markdown", "narrate --all -f markdown"),
        ("people --all --format=markdown --force", "people --all --format=markdown"),
    ],
)
def test_markdown_ends_with_how_to_repeat_it(run: Run, war: str, line: str, again: str) -> None:
    out = run(f"{line} --data {war}").out
    last = out.splitlines()[-1].replace("\\", "")
    assert last == repetition(f"{again} --data war.json", war)


@pytest.mark.parametrize("option", ["-o {}", "--output {}", "--output={}", "-o{}"])
def test_where_it_was_written_and_read_is_nobodys_business(
    run: Run, war: str, tmp_path: Path, option: str
) -> None:
    target = tmp_path / "war.md"
    assert run(f"timeline {option.format(target)} --data={war}").code == 0
    text = target.read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert "withdrawal timeline --data war.json" in text


def test_the_same_command_makes_the_same_export_again(run: Run, war: str) -> None:
    first = run(f"export geojson --match siege --data {war}").out
    command = first.split("To repeat it: ")[1].split(" (")[0]
    assert command == "withdrawal export geojson --match siege --data war.json"
    again = command.removeprefix("withdrawal ").replace("war.json", shlex.quote(war))
    assert run(again).out == first


def test_the_answer_tells_another_file_by_its_hash(
    run: Run, war: str, write: Callable[..., str]
) -> None:
    before = run(f"timeline --all -f markdown --data {war}").out.splitlines()[-1]
    write(events=[event("siege")])  # the same name, title and version
    assert run(f"timeline --all -f markdown --data {war}").out.splitlines()[-1] != before
