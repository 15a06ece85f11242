"""What the tests share: `run` a command line, `write` hand-made data or be `asking` it, `golden` screens."""

import gc
import json
import os
import shlex
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from withdrawal_cli import __version__
from withdrawal_cli.cli import main
from withdrawal_cli.dataset import reading

settings.register_profile(
    "quick", derandomize=True, deadline=None
)  # the same examples every time, on a busy machine too
settings.register_profile(
    "long", max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

GOLDEN = Path(__file__).parent / "golden"
ROOT = Path(__file__).parent.parent
collect_ignore = ["read_tables.py"]  # run by the Python of the group `clients`
RECORD = Path(__file__).parent / "record.json"
"""What the tests ask where they name no other data: a part of the bundled data as it once was. See tools/excerpt.py."""

bundled_path = reading.bundled_path


def frozen_path(name: str = reading.BUNDLED) -> Path:
    return RECORD if name == reading.BUNDLED else bundled_path(name)


reading.bundled_path = frozen_path


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


def status_of(arguments: Sequence[str]) -> int:
    """Run a command line in this process and return its exit status."""
    try:
        main(arguments)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    return 0


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden screens anew; then look at them",
    )


TIERS = {"abuse": "abuse/", "browser": "browser/"}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even read the folders of slow tiers where nobody asked for them: that takes seconds."""
    only_the_core = config.option.markexpr in config.getini("addopts")
    slow = collection_path.parent == ROOT / "tests" and f"{collection_path.name}/" in TIERS.values()
    return True if only_the_core and slow else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tiers that are folders, and what stands on a program of others through a fixture."""
    for item in items:
        where = item.path.relative_to(ROOT).as_posix()
        for tier, folder in TIERS.items():
            if where.startswith(f"tests/{folder}"):
                item.add_marker(tier)
        fixtures = getattr(item, "fixturenames", ())
        if {"khal", "datasette"} & set(fixtures):
            item.add_marker("programs")
        if "tmux" in fixtures:
            item.add_marker("shells")


def pytest_collection_finish() -> None:
    """Spare the garbage collector what collection made, which stays: it took a sixth of the time of the browser's tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "WITHDRAWAL_DATA",
        "NO_COLOR",
        "FORCE_COLOR",
        "COLUMNS",
        "LINES",
        "WITHDRAWAL_PAGER",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PAGER", "cat")
    monkeypatch.setenv("TERM", "xterm")


@pytest.fixture
def bundled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test ask the bundled data, because it is about that and not about the program."""
    monkeypatch.setattr(reading, "bundled_path", bundled_path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command line in this process and gives code, stdout and stderr."""

    def run_line(line: str, *more: str) -> Outcome:
        capsys.readouterr()
        code = status_of([*shlex.split(line), *more])
        out, err = capsys.readouterr()
        return Outcome(code, out, err)

    return run_line


@pytest.fixture
def completed(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Return a function that gives what a TAB offers at the end of a line, without descriptions."""

    def offers(line: str) -> list[str]:
        monkeypatch.setenv("_WITHDRAWAL_COMPLETE", "zsh")
        outcome = run("", *line.split())
        assert (outcome.code, outcome.err) == (0, "")
        return [offer.partition("\t")[0] for offer in outcome.out.splitlines()]

    return offers


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a function that holds a text against the file of that name in `tests/golden/`."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8", newline="")
        with path.open(encoding="utf-8", newline="") as file:
            assert text == file.read()

    return check


ABOUT = {
    "id": "a-small-war",
    "title": "A small war",
    "description": "Made by hand for the tests.",
    "version": "1.0.0",
    "released": "2020-01-01",
    "license": "CC0-1.0",
    "subject": "1900-01-01/1900-03-31",
    "coverage": "1899/1901",
}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Return a function that writes a dataset of the arrays given and returns its path."""

    def write_file(**arrays: Any) -> str:
        document = {"dataset": ABOUT, "events": [], **arrays}
        path = tmp_path / "war.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return str(path)

    return write_file


@pytest.fixture
def asking(run: Run, write: Callable[..., str]) -> Callable[..., Callable[[str], Any]]:
    """Return a function that writes a dataset of the arrays given; what it returns answers a command line with its JSON."""

    def asking_it(**arrays: Any) -> Callable[[str], Any]:
        path = write(**arrays)

        def ask(line: str) -> Any:
            outcome = run(f"{line} --data {path} --json")
            assert (outcome.code, outcome.err) == (0, "")
            return json.loads(outcome.out)

        return ask

    return asking_it


def repetition(command: str, path: str) -> str:
    """Return how an answer says that it can be had again: by the command, from a small war in the file."""
    digest = sha256(Path(path).read_bytes()).hexdigest()
    return f"To repeat it: withdrawal {command} ({__version__}). Data: A small war 1.0.0, SHA-256 {digest}."


def ids(rows: list[dict[str, Any]]) -> str:
    return " ".join(row["id"] for row in rows)


def event(identifier: str, date: str = "1900-01-01", **fields: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "date": date,
        "title": identifier.replace("-", " ").capitalize(),
        **fields,
    }
