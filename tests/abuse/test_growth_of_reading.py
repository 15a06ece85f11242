"""Files that ask for the most work are read in a time that grows with them, and no faster.

Most of what stands here once took from half a minute to hours; the limit is far above what it takes now. What every command takes
for every shape is measured by `benchmarks.shapes`.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.crafted import IMPORTS, MARKUP, crafted
from benchmarks.measuring import WITHDRAWAL, spend

LIMIT = 20
"""Seconds, of which a fresh process on an idle machine needs one or two."""
READ = {
    "page-open-scripts": 1_500_000,
    "csv-one-headline": 800_000,
    "csv-columns": 1_500_000,
    "csv-short-rows": 800_000,
    "csv-ours-open-citations": 3_000_000,
    **{f"markup-{name}": 300_000 for name in MARKUP},
}
CHECKED = {
    "hub": 5_000_000,
    "many-disputes": 4_000_000,
    "unknown-fields": 2_000_000,
    "missing-ids": 2_000_000,
    "not-text": 2_000_000,
}


def run(path: Path, shape: str, size: int, *line: str) -> subprocess.CompletedProcess[bytes]:
    path.write_bytes(crafted(shape, size))
    return subprocess.run(
        [sys.executable, "-m", "withdrawal_cli", *line, path],
        capture_output=True,
        timeout=LIMIT,
        check=False,
    )


@pytest.mark.parametrize("shape", READ)
def test_what_is_read_takes_time_as_it_is_long(tmp_path: Path, shape: str) -> None:
    kind = "csv" if shape.startswith("csv") else "timelinejs"
    line = ("new", "-", "--from", kind) if shape in IMPORTS else ("timeline", "--data")
    done = run(tmp_path / "file", shape, READ[shape], *line)
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["a" * 40 + "!", "1" * 40 + "!", "from .. " * 30])
def test_a_text_in_place_of_a_date_is_refused_at_once(tmp_path: Path, text: str) -> None:
    table = tmp_path / "table.csv"
    table.write_text(f"date;title\n{text};A\n1988;B\n", "utf-8")
    line = [sys.executable, "-m", "withdrawal_cli", "new", "-", str(table), "--from", "csv"]
    done = subprocess.run(line, capture_output=True, timeout=LIMIT, check=False)
    assert done.returncode == 0
    assert b"is not a date; it is left out" in done.stderr


@pytest.mark.parametrize("shape", ["hub", "one-dispute", "many-disputes"])
def test_a_record_that_names_all_others_is_shown_in_the_time_of_a_listing(
    tmp_path: Path, shape: str
) -> None:
    file = tmp_path / "file"
    file.write_bytes(crafted(shape, 5_000_000))
    record = "event-0" if shape == "hub" else "figure-0"
    shown, listed = (
        spend([*WITHDRAWAL, *line, "--data", str(file)])
        for line in (("show", record), ("timeline", "--all"))
    )
    assert shown.cpu < 4 * listed.cpu  # and took twenty times as long


@pytest.mark.parametrize("shape", CHECKED)
def test_what_is_checked_takes_time_as_it_is_long(tmp_path: Path, shape: str) -> None:
    done = run(tmp_path / "file", shape, CHECKED[shape], "check", "--strict")
    assert done.returncode == 1
    assert done.stdout
    assert b"Traceback" not in done.stderr


def test_of_a_file_that_is_nothing_but_faults_the_first_are_told(tmp_path: Path) -> None:
    done = run(tmp_path / "file", "not-text", 100_000, "check")
    assert done.stdout.count(b"expected `str`, got `int`") == 10_000
    assert (
        done.stderr
        == b"Only the first 10,000 faults are listed. Correct them and check again; there may be more.\n"
    )
