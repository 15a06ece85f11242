"""What a TAB offers, asked by real shells."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from withdrawal_cli.completion import SCRIPTS


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("bin")
    script = folder / "withdrawal"
    script.write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT / "src"} exec {sys.executable} -m withdrawal_cli "$@"\n'
    )
    script.chmod(0o755)
    return {
        "PATH": f"{folder}:{os.environ['PATH']}",
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "TERM": "dumb",
    }


WORDS = [
    ("withdrawal ti", ["timeline"]),
    ("withdrawal timeline --cat", ["--category"]),
    ("withdrawal timeline --phase phase-", ["phase-one", "phase-two"]),
    ("withdrawal timeline --side sov", ["soviet"]),
    ("withdrawal timeline --category d", ["diplomatic"]),
    ("withdrawal timeline --person boris-g", ["boris-gromov"]),
    ("withdrawal timeline -f js", ["json", "jsonl"]),
    ("withdrawal timeline --fields id,da", ["id,date"]),
    ("withdrawal casualties --fields lo", ["low"]),
    ("withdrawal casualties --by y", ["year"]),
    ("withdrawal show gromovs-r", ["gromovs-rank"]),
    ("withdrawal phases susp", ["suspension"]),
    ("withdrawal search --kind pe", ["person"]),
    ("withdrawal search --fields ma", ["matched"]),
    ("withdrawal disputes gromovs-r", ["gromovs-rank"]),
    ("withdrawal disputes --about boris-g", ["boris-gromov"]),
    ("withdrawal disputes --measure garr", ["garrisons"]),
    ("withdrawal disputes --side sov", ["soviet"]),
    ("withdrawal timeline --data /nowhere --phase ph", []),
]


@pytest.mark.parametrize(("line", "offered"), WORDS)
def test_bash_offers_commands_options_and_values(
    line: str, offered: list[str], environment: dict[str, str]
) -> None:
    asked = f"""
        source <(withdrawal completion bash)
        COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        _withdrawal_completion
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "-c", asked], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == offered


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not here")
@pytest.mark.parametrize(("line", "offered"), WORDS)
def test_fish_offers_the_same(line: str, offered: list[str], environment: dict[str, str]) -> None:
    asked = f"withdrawal completion fish | source; complete -C '{line}'"
    done = subprocess.run(
        ["fish", "--no-config", "-c", asked],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert sorted(done.stdout.split()) == sorted(offered)


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not here")
def test_zsh_offers_the_same(environment: dict[str, str], tmp_path: Path) -> None:
    asked = f"""
        autoload -Uz compinit; compinit -u -d {tmp_path}/dump
        source <(withdrawal completion zsh)
        compadd() {{ shift; print -l -- "$@" }}
        words=(withdrawal timeline --phase phase-); CURRENT=4
        _withdrawal
    """
    done = subprocess.run(
        ["zsh", "-f", "-c", asked], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["phase-one", "phase-two"]


def test_a_tab_imports_no_rich(environment: dict[str, str]) -> None:
    code = (
        "import atexit, os, sys; os._exit = lambda status: print('rich' in sys.modules, file=sys.stderr)\n"
        "from withdrawal_cli.__main__ import run; run()"
    )
    asked = {**environment, "PYTHONPATH": str(ROOT / "src"), "COMP_WORDS": "withdrawal show boris-g", "COMP_CWORD": "2",
             "_WITHDRAWAL_COMPLETE": "complete_bash"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code], env=asked, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("boris-gromov\n", "False\n")


@pytest.mark.parametrize("shell", SCRIPTS)
def test_each_shell_has_a_script(run: Run, shell: str) -> None:
    assert run(f"completion {shell}") == (0, SCRIPTS[shell], "")


def test_an_unknown_shell_is_refused(run: Run) -> None:
    outcome = run("completion tcsh")
    assert outcome == (
        2,
        "",
        "withdrawal: there is no completion for 'tcsh'\nChoose one of bash, zsh, fish.\n",
    )
