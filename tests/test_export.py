"""`export`: what holds for every format."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run, event
from tests.test_process import on_a_terminal
from withdrawal_cli.exports import EXPORTS


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_is_the_same_bytes_every_time(run: Run, tmp_path: Path, name: str) -> None:
    made = []
    for attempt in ("one", "two"):
        target = tmp_path / f"{attempt}{EXPORTS[name][0]}"
        assert run(f"export {name} -o {target}").code == 0
        made.append(target.read_bytes())
    assert made[0] == made[1]
    assert made[0]


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("arrays", [{}, {"events": [event("one", "1900")]}])
def test_every_export_takes_the_smallest_files(
    run: Run, write: Callable[..., str], tmp_path: Path, name: str, arrays: dict[str, object]
) -> None:
    target = tmp_path / f"small{EXPORTS[name][0]}"
    assert run(f"export {name} --data {write(**arrays)} -o {target}")[:2] == (0, "")
    assert target.stat().st_size


def test_options_of_screens_that_the_first_edition_took_still_do_nothing(run: Run) -> None:
    assert run("export geojson --color never --width 80") == run("export geojson")
    assert "--color" not in run("export --help").out


def test_a_choice_of_nothing_is_a_document_and_the_note_says_what_there_is(
    write: Callable[..., str], tmp_path: Path
) -> None:
    data = write(events=[event("one-day", "1900-01-10")])
    _, talk = on_a_terminal(
        "export",
        "geojson",
        "--data",
        data,
        "--during",
        "1850",
        "-o",
        str(tmp_path / "none.geojson"),
    )
    assert (
        talk
        == "1 Jan to 31 Dec 1850, no event matches. The data covers 1899 – 1901 with 1 event.\n"
    )
    assert json.loads((tmp_path / "none.geojson").read_bytes())["features"] == []


@pytest.mark.parametrize("name", EXPORTS)
def test_no_export_replaces_a_file_unasked(run: Run, tmp_path: Path, name: str) -> None:
    target = tmp_path / "mine"
    target.write_text("mine")
    outcome = run(f"export {name} -o {target}")
    assert outcome == (
        1,
        "",
        f"withdrawal: {target}: there is already a file of that name\nChoose another, or add --force.\n",
    )
    assert target.read_text() == "mine"


def test_an_unknown_export_is_refused(run: Run) -> None:
    hint = f"Choose from {', '.join(EXPORTS)}."
    assert run("export csv").err.endswith(f"{hint} A listing as csv: withdrawal timeline -f csv.\n")
    assert run("export docx") == (2, "", f"withdrawal: there is no export 'docx'\n{hint}\n")
