"""What a pipe or a file gets: pages as they are drawn, lists one record a line, colour that changes no layout."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run, event
from tests.test_process import withdrawal

PAGES = ["overview", "show geneva-accords", "on 15 May 1988", "disputes gromovs-rank"]
LISTS = ["timeline", "casualties", "people", "disputes", "search gromov"]


@pytest.mark.parametrize("line", PAGES)
def test_a_page_in_a_pipe_or_a_file_is_the_screen_without_colour(
    run: Run, tmp_path: Path, line: str
) -> None:
    drawn = run(f"{line} --width 80").out
    assert "\n  " in drawn
    target = tmp_path / "page.txt"
    assert run(line).out == run(f"{line} -f text").out == drawn
    assert run(f"{line} -o", str(target)).code == 0
    assert target.read_text("utf-8") == drawn


@pytest.mark.parametrize("line", PAGES)
def test_fields_or_a_table_of_a_page_are_one_line_under_a_header(run: Run, line: str) -> None:
    assert run(f"{line} -f table").out.count("\n") == 2
    assert (
        run(f"{line} --fields id" if "on " not in line else f"{line} --fields date").out.count("\n")
        == 2
    )


@pytest.mark.parametrize("line", LISTS)
def test_a_list_in_a_file_is_one_record_a_line_and_its_screen_is_to_be_had(
    run: Run, tmp_path: Path, line: str
) -> None:
    target = tmp_path / "list.txt"
    run(f"{line} -o", str(target))
    assert target.read_text("utf-8") == run(line).out
    assert run(f"{line} -f text").out == run(f"{line} --width 80").out != run(line).out


@pytest.mark.parametrize("line", [*PAGES, *LISTS, "cite geneva-accords"])
@pytest.mark.parametrize("color", [{"FORCE_COLOR": "1"}, ["--color", "always"]])
def test_colour_in_a_pipe_changes_no_layout(line: str, color: dict[str, str] | list[str]) -> None:
    plain = withdrawal(*line.split()).stdout
    if isinstance(color, dict):
        coloured = withdrawal(*line.split(), env=color).stdout
    else:
        coloured = withdrawal(*line.split(), *color).stdout
    assert re.sub(rb"\x1b(\[[0-9;]*m|\]8;[^\x1b]*\x1b\\)", b"", coloured) == plain
    assert (b"\x1b[" in coloured) == (not line.startswith("cite"))


@pytest.mark.usefixtures("bundled")
def test_the_timeline_in_a_pipe_has_date_title_and_id_first_and_some_160_columns(
    run: Run,
) -> None:
    header, *lines = run("timeline --all").out.splitlines()
    assert header.split() == ["DATE", "TITLE", "ID", "PLACE", "CERTAINTY"]
    assert sum(len(line) > 165 for line in lines) < len(lines) / 4
    assert len(header) < 165


def test_a_table_cuts_long_lists_and_formats_for_programs_do_not(
    run: Run, write: Callable[..., str]
) -> None:
    places = [{"id": name.lower(), "name": name} for name in ("Kabul", "Termez", "Herat")]
    path = write(events=[event("one", places=["kabul", "termez", "herat"])], places=places)
    for name in ("table", "markdown"):
        out = run(f"timeline -f {name} --data {path}").out
        assert "Kabul +2" in out.replace("\\", "")
        assert "Termez" not in out
    for name in ("json", "jsonl", "csv", "tsv"):
        assert "termez" in run(f"timeline -f {name} --data {path}").out
