"""The shape of the house: a fast start, and imports that point one way."""

import ast
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "withdrawal_cli"

ORDER = [
    "errors", "safety", "system", "values", "dates", "model", "wording", "dataset", "queries", "formats",
    "history", "exports", "imports", "views", "completion", "options", "output", "explore",
    "assistants", "commands", "cli", "__main__",
]  # fmt: skip
"""Each may import what stands before it, and itself."""


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "withdrawal_cli":
            found |= {alias.name for alias in node.names} & {*ORDER}
        elif (
            isinstance(node, ast.ImportFrom)
            and node.module
            and node.module.startswith("withdrawal_cli.")
        ):
            found.add(node.module.split(".")[1])
    return found


def test_the_order_names_every_room_once() -> None:
    rooms = {room(path) for path in PACKAGE.rglob("*.py")} - {"__init__"}
    assert sorted(ORDER) == sorted(rooms)


def test_the_page_on_the_house_draws_the_order() -> None:
    page = (PACKAGE.parent.parent / "docs" / "architecture.md").read_text("utf-8")
    drawn = page.partition("src/withdrawal_cli/\n")[2].partition("```")[0]
    assert [line.split()[0].rstrip("/").removesuffix(".py") for line in drawn.splitlines()] == ORDER


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_imports_point_down_the_list_and_never_up(path: Path) -> None:
    here = room(path)
    if here == "__init__":
        assert imported_rooms(path) == {"history"}  # when it is asked for: see test_history.py
        return
    allowed = set(ORDER[: ORDER.index(here) + 1])
    lazy_view = {"views"} if here == "output" else set()
    assert imported_rooms(path) <= allowed | lazy_view


@pytest.mark.parametrize(
    ("rooms", "strangers"),
    [
        (ORDER[: ORDER.index("views")], {"rich", "typer", "textual"}),
        (("views",), {"typer", "textual"}),
        (("explore",), {"typer"}),
        ([name for name in ORDER[ORDER.index("completion") :] if name != "explore"], {"textual"}),
        ([name for name in ORDER if name != "assistants"], {"mcp"}),
    ],
)
def test_nothing_below_the_views_knows_rich_or_typer_and_only_the_browser_knows_textual(
    rooms: Sequence[str], strangers: set[str]
) -> None:
    for path in PACKAGE.rglob("*.py"):
        if room(path) not in rooms:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not strangers & {name.split(".")[0] for name in names}, path


def loaded_after(code: str) -> set[str]:
    script = f"{code}\nimport sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=PACKAGE.parent,
    )
    return set(done.stdout.split("\n")[-2].split())


def test_the_program_starts_without_rich_dateutil_or_any_format() -> None:
    loaded = loaded_after("import withdrawal_cli.cli")
    assert not {"rich", "dateutil", "msgspec", "withdrawal_cli.dates.time_expressions"} & loaded
    assert not [
        name
        for name in loaded
        if name.startswith(("withdrawal_cli.formats.", "withdrawal_cli.commands"))
    ]


def test_an_answer_in_json_loads_nothing_that_it_does_not_use() -> None:
    code = "import sys; sys.argv[1:] = ['timeline', '--json', '-n', '0']\nfrom withdrawal_cli.cli import main\n"
    loaded = loaded_after(code + "try: main()\nexcept SystemExit: pass")
    assert "withdrawal_cli.formats.json" in loaded
    ours = {"formats.csv", "formats.provenance", "system.pager", "dataset.pages"}
    unused = {"rich", "dateutil", "json", "shlex", *(f"withdrawal_cli.{name}" for name in ours)}
    others = loaded_after("import typer, typer.main, msgspec")  # an older Typer loads some of them
    assert not unused & (loaded - others)


DOORS = {
    "asyncio.subprocess", "ctypes", "ftplib", "http", "importlib.util", "marshal", "multiprocessing", "pickle", "pty", "runpy",
    "shelve", "smtplib", "socket", "socketserver", "ssl", "subprocess", "urllib.request", "webbrowser", "xmlrpc",
}  # fmt: skip
"""Modules through which a program reaches the network or another program, or runs what it has read."""
ALLOWED = {"pager": {"subprocess"}}
"""The one program that is started, and from where."""
KEYS = {"compile", "eval", "exec", "open_url", "popen", "posix_spawn", "system"}
"""Functions that do the same."""


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_nothing_reaches_the_network_runs_a_program_but_the_pager_or_evaluates_data(
    path: Path,
) -> None:
    doors = DOORS - ALLOWED.get(path.stem, set())
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            start = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            names = [f"{start}{alias.name}." for alias in node.names]
            assert not [door for door in doors for name in names if name.startswith(f"{door}.")], (
                f"line {node.lineno}"
            )
        elif isinstance(node, ast.Call):
            name = (
                node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            )
            owner = getattr(node.func, "value", None)
            assert name not in KEYS or (isinstance(owner, ast.Name) and owner.id == "re"), (
                f"line {node.lineno}"
            )
