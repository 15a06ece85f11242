"""Another history, held to the rules of the bundled one, and proof that the program knows neither."""

import ast
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.test_house import PACKAGE
from withdrawal_cli.dataset.canonical import canonical
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.model import Dataset

FRANKLIN = ROOT / "examples" / "franklin.json"


@cache
def franklin() -> Dataset:
    return load_dataset(str(FRANKLIN))


def test_the_example_is_in_canonical_form() -> None:
    assert FRANKLIN.read_text("utf-8") == canonical(franklin())


def test_the_example_keeps_every_rule_of_editing(run: Run) -> None:
    assert run(f"check {FRANKLIN} --strict") == (0, "", "")


LISTS = [
    "timeline", "phases", "casualties", "strength", "disputes", "people", "places", "organizations", "sources", "map",
    "search ice", "cite record-found",
]  # fmt: skip


@pytest.mark.parametrize("line", LISTS)
def test_the_example_fills_every_list(run: Run, line: str) -> None:
    outcome = run(
        f"{line} -f {'csl-json' if line.startswith('cite') else 'json'} --data {FRANKLIN}"
    )
    assert outcome.code == 0
    assert len(json.loads(outcome.out)) >= 2


SCREENS = ["overview", "timeline", "map", "strength", "on 1848-04-25"]


@pytest.mark.parametrize("line", SCREENS)
def test_the_example_on_the_screen(run: Run, golden: Callable[[str, str], None], line: str) -> None:
    outcome = run(f"{line} --width 80 --data {FRANKLIN}")
    assert (outcome.code, outcome.err) == (0, "")
    assert max(map(len, outcome.out.splitlines())) <= 80
    golden(f"example-{line.split(maxsplit=1)[0]}-80.txt", outcome.out)


# --- nothing knows what the bundled data is about --------------------------------------------------

SUBJECT = re.compile("soviet|afghan|gromov|mujahid", re.IGNORECASE)


def help_lines(path: Path, tree: ast.Module) -> Iterator[int]:
    """Yield the lines that may speak of the bundled data: the help of a command, and the examples of a bare call."""
    for node in tree.body:
        is_command = (
            isinstance(node, ast.FunctionDef)
            and path.parent.name == "commands"
            and node.name == path.stem
        )
        is_examples = isinstance(node, ast.Assign) and [
            ast.unparse(target) for target in node.targets
        ] == ["EXAMPLES"]
        help_text = (
            node.body[0]
            if is_command and isinstance(node, ast.FunctionDef)
            else node
            if is_examples
            else None
        )
        if help_text:
            yield from range(help_text.lineno, (help_text.end_lineno or help_text.lineno) + 1)


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_no_module_speaks_of_the_bundled_history(path: Path) -> None:
    text = path.read_text("utf-8")
    allowed = set(help_lines(path, ast.parse(text)))
    lines = enumerate(text.splitlines(), start=1)
    assert [line for number, line in lines if number not in allowed and SUBJECT.search(line)] == []
