"""Less memory than an answer needs: one line in plain words, and nothing left behind."""

import json
import shlex
from pathlib import Path

import pytest

from benchmarks.crafted import crafted
from tests.abuse.conftest import names_in
from tests.conftest import ABOUT, event
from tests.test_process import shell

EVENTS = [event(f"event-{number}", summary="word " * 40) for number in range(30_000)]
WORDS = b"withdrawal: there is not enough memory for that\n"


@pytest.fixture
def large(folder: Path) -> Path:
    (folder / "war").write_text(json.dumps({"dataset": ABOUT, "events": EVENTS}))
    return folder


@pytest.mark.parametrize(
    "line",
    [
        "timeline --all --data war",
        "timeline --all --width 80 --data war",
        "export html --data war -o out.html",
        "check war",
        "cite - --data war <war",
        "new out.json --from csv <(printf 'Year,Headline,Text\\n'; seq 200000 | sed 's/.*/1900,Headline &,word/')",
    ],
)
@pytest.mark.parametrize("kilobytes", [24_000, 28_000, 34_000, 42_000])
def test_memory_that_runs_out_is_said_in_one_line(large: Path, line: str, kilobytes: int) -> None:
    done = shell(
        f"cd {shlex.quote(str(large))}; ulimit -v {kilobytes}; withdrawal {line}",
        PYTHONDONTWRITEBYTECODE="1",
    )
    assert (done.returncode, done.stderr) == (1, WORDS)
    assert names_in(large) == []


def test_what_is_imported_is_not_held_as_objects(folder: Path) -> None:
    (folder / "names.csv").write_bytes(crafted("csv-ours-no-names", 2_500_000))
    done = shell(
        f"cd {shlex.quote(str(folder))}; ulimit -v 200000; withdrawal new - --from csv names.csv | tail -n 1"
    )
    assert done.stdout == b"}\n", done.stderr  # 260 MB of memory were needed before, 130 are today
