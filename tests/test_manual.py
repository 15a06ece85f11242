"""The manual: made from the program, complete, and every example in it runs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Outcome, Run, bundled_path
from tools.manual import Command, commands, main
from withdrawal_cli.cli import COMMANDS
from withdrawal_cli.dataset.reading import START

INTERACTIVE = ("explore", "mcp")
"""Commands that need a terminal and somebody at its keys: their own tests run their examples."""

EXAMPLES = [
    example
    for command in commands()
    if command.name not in INTERACTIVE
    for example in command.examples
]


def test_the_manual_is_what_the_program_says() -> None:
    assert main(["--check"]) == 0, "run python -m tools.manual"


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.name)
def test_every_command_explains_itself_and_its_options_and_gives_two_or_three_examples(
    command: Command,
) -> None:
    assert command.text[0].endswith(".")
    assert 2 <= len(command.examples) <= 4
    assert all(example.removeprefix("cat ").strip() for example in command.examples)
    assert all(option.help for option in command.options)


@pytest.mark.parametrize("page", ["docs/commands.md", "man/withdrawal.1"])
def test_every_command_is_in_the_manual(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    assert [name for name in COMMANDS if f"withdrawal {name}" not in text] == []


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.name)
def test_every_option_is_named_in_the_section_of_its_command(command: Command) -> None:
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    section = text.partition(f"\n## withdrawal {command.name}\n")[2].partition("\n## ")[0]
    named = [option.names.split(", ")[-1] for option in (*command.arguments, *command.options)]
    assert [name for name in named if f"{name}`" not in section and f"{name} " not in section] == []


@pytest.fixture(scope="session")
def path_with_withdrawal(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a PATH on which `withdrawal` is this checkout."""
    folder = tmp_path_factory.mktemp("bin")
    script = folder / "withdrawal"
    script.write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT / "src"} exec {sys.executable} -m withdrawal_cli "$@"\n'
    )
    script.chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def in_a_shell(example: str, path: str, folder: Path) -> Outcome:
    if "jq" in example and not shutil.which("jq"):
        pytest.skip("jq is not here")
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", example],
        cwd=folder,
        env={"PATH": path, "LANG": "C.UTF-8", "TERM": "xterm"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.usefixtures("bundled")
def test_an_example_of_the_help_runs(
    run: Run,
    example: str,
    path_with_withdrawal: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    mine = tmp_path / "mine.json"
    shutil.copy(bundled_path(START), mine)
    if set("|>&") & set(example):
        outcome = in_a_shell(example, path_with_withdrawal, tmp_path)
    else:  # in this process, which is three times as fast
        outcome = run(example.removeprefix("withdrawal "))
    remarks = [
        line for line in outcome.err.splitlines() if not line.startswith("Events left out: ")
    ]
    differs = example.startswith("withdrawal diff")  # the status of diff
    assert (outcome.code, remarks) == (int(differs), [])
    assert (
        outcome.out or set(tmp_path.iterdir()) != {mine} or example.startswith("withdrawal check")
    )  # silence is its praise
