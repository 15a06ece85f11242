"""The same question has the same answer in every process: nothing hangs on the seed of Python's hashes."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import RECORD, ROOT
from withdrawal_cli.exports import EXPORTS
from withdrawal_cli.formats import FORMATS, PICTURES
from withdrawal_cli.formats.citations import CITATIONS

ASKED = (
    *("overview", "timeline --all", "phases", "casualties", "casualties --by year"),
    *("strength --all", "on 1988-05", "on 1988-12-25", "disputes", "people", "places"),
    *("organizations", "sources", "map", "search kabul"),
    "show geneva-accords boris-gromov kabul soviet-dead-in-withdrawal",
)
LINES = [
    *(f"{line} -f {name}" for line in ASKED for name in (*FORMATS, *PICTURES)),
    *(f"{line} --width 100 --color always" for line in ASKED),
    *(f"cite geneva-accords boris-gromov -f {name}" for name in CITATIONS),
    *(f"export {name} --all" for name in EXPORTS if name not in ("sqlite", "datapackage", "xlsx")),
    *(f"export {name} --all -o export.{name} --force" for name in EXPORTS),
    *("show gromof", "people --country nowhere", "schema"),
    *("--help", "timeline --help", "check --strict broken.json", "check --json broken.json"),
]

SCRIPT = """
import contextlib, hashlib, io, json, pathlib, re, shlex, sys
from withdrawal_cli.cli import main

answers = {}
for line in LINES:
    said = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main(shlex.split(line))
        except SystemExit as leaving:
            print(leaving.code)
        said.flush()
    found = re.sub(rb"\\x1b]8;id=\\d+-?\\d*;", b"", said.buffer.getvalue())  # Rich numbers links by chance
    for path in sorted(pathlib.Path().glob("export.*")):
        found += path.read_bytes()
        path.unlink()
    answers[line] = [len(found), hashlib.sha256(found).hexdigest()]
json.dump(answers, sys.stdout)
"""


def ask(seed: str, folder: Path) -> subprocess.Popen[bytes]:
    """Start a process, with this seed, that answers each line with a length and a hash."""
    folder.mkdir()
    broken = json.loads(RECORD.read_bytes())
    for event in broken["events"]:
        event |= {"titel": "x", "date": "1900-13", "side": "sovit", "places": ["kabol", "termes"]}
    (folder / "broken.json").write_text(json.dumps(broken), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT.replace("LINES", repr(LINES))],
        stdout=subprocess.PIPE,
        cwd=folder,
        env={
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(ROOT / "src"),
            "WITHDRAWAL_DATA": str(RECORD),
        },
    )


def test_two_processes_with_other_hash_seeds_answer_byte_for_byte_the_same(tmp_path: Path) -> None:
    with ask("0", tmp_path / "0") as one, ask("1", tmp_path / "1") as other:
        first, second = (
            json.loads(process.communicate(timeout=300)[0]) for process in (one, other)
        )
    assert min(size for size, _ in first.values()) > 20
    assert [line for line in LINES if first[line] != second[line]] == []
