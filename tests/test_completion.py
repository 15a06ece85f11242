"""What a TAB offers, asked by real shells."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run, event

pytest.importorskip("pty", reason="there is no pty")
from tests.shells import SHELLS, shell
from withdrawal_cli.completion import SCRIPTS


@pytest.fixture
def ask(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Return a function that gives what the program answers to the script of a shell."""

    def asking(shell: str, *words: str) -> list[str]:
        monkeypatch.setenv("_WITHDRAWAL_COMPLETE", shell)
        code, out, err = run("", *words)
        assert (code, err) == (0, "")
        return out.splitlines()

    return asking


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
        COMP_LINE='{line}' COMP_POINT={len(line)}
        _withdrawal_completion withdrawal '{line.rsplit(maxsplit=1)[-1]}'
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "-c", asked], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == offered


@pytest.mark.shells
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
    typed = line.rsplit(maxsplit=1)[-1]
    found = [row.split("\t")[0] for row in done.stdout.splitlines()]
    assert sorted(value for value in found if value.startswith(typed)) == sorted(offered)


def test_a_tab_imports_no_rich(environment: dict[str, str]) -> None:
    code = (
        "import atexit, os, sys; os._exit = lambda status: print('rich' in sys.modules, file=sys.stderr)\n"
        "from withdrawal_cli.__main__ import run; run()"
    )
    asked = {**environment, "PYTHONPATH": str(ROOT / "src"), "_WITHDRAWAL_COMPLETE": "zsh"}
    words = [sys.executable, "-c", code, "show", "boris-g"]
    done = subprocess.run(words, env=asked, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("boris-gromov\tBoris Gromov\n", "False\n")


TYPED = [
    # the line up to the cursor, what readline will replace, what it puts there
    ("withdrawal places --country Sov", "Sov", ["Soviet\\ Union"]),
    ("withdrawal places --country Soviet\\ U", "Soviet\\ U", ["Soviet\\ Union"]),
    ('withdrawal places --country "Sov', "Sov", ["Soviet Union"]),
    ("withdrawal places --country 'Soviet U", "Soviet U", ["Soviet Union"]),
    ("withdrawal places --country=Sov", "Sov", ["Soviet\\ Union"]),
    ('withdrawal places --country="Sov', "Sov", ["Soviet Union"]),
    ("withdrawal places --country=Sov", "--country=Sov", ["--country=Soviet\\ Union"]),
    ("withdrawal places --country=", "", None),
    ("withdrawal 'show' \\boris-g", "\\boris-g", ["boris-gromov"]),
    ("withdrawal show bo'ris'-g", "bo'ris'-g", ["boris-gromov"]),
    ("withdrawal show $(boris", "boris", []),
    ("withdrawal show $boris", "$boris", []),
    ("withdrawal show x >boris-g", "boris-g", []),
]


@pytest.mark.parametrize(("line", "replaced", "offered"), TYPED)
def test_bash_is_given_what_fits_behind_what_was_typed(
    line: str, replaced: str, offered: list[str] | None, ask: Callable[..., list[str]]
) -> None:
    found = ask("bash", line, replaced)
    assert found == offered if offered is not None else "Soviet\\ Union" in found


def test_a_word_with_colons_is_completed_behind_the_last_one(
    ask: Callable[..., list[str]], write: Callable[..., str]
) -> None:
    path = write(
        places=[
            {"id": "one-place", "name": "One", "country": "a:b c:d", "latitude": 1, "longitude": 1}
        ]
    )
    assert ask("bash", f"withdrawal places --data {path} --country a:b", "b") == ["b\\ c:d"]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_what_is_typed_may_stand_inside_an_id_and_titles_stand_beside(
    shell: str, ask: Callable[..., list[str]]
) -> None:
    assert ask(shell, "timeline", "--person", "gromov") == [
        "boris-gromov\tBoris Gromov",
        "maxim-gromov\tMaxim Gromov",
    ]
    assert ask(shell, "timeline", "--person=is-grom") == ["--person=boris-gromov\tBoris Gromov"]
    found = ask(shell, "show", "gromov")
    assert "gromovs-rank\tWas Gromov a lieutenant general or a colonel general in command?" in found
    assert "boris-gromov\tBoris Gromov" not in found  # something begins with it
    assert ask(shell, "timeline", "--organization", "Intelligence Ag") == [
        "cia\tCentral Intelligence Agency"
    ]
    assert ask(shell, "timeline", "--person", "perez")[0].startswith("javier-perez-de-cuellar\t")
    assert ask(shell, "timeline", "--person", "PÉREZ")[0].startswith("javier-perez-de-cuellar\t")
    assert ask(shell, "sources of") == []  # the descriptions of commands are no names
    assert ask(shell, "timeline", "--phas") == ["--phase\tIn this phase."]
    assert ask(shell, "tim")[0] == "timeline\tList what happened, in order, under the phases."


def test_bash_completes_the_beginning_alone(ask: Callable[..., list[str]]) -> None:
    assert ask("bash", "withdrawal show oris-gromov", "oris-gromov") == []


def test_a_file_in_the_home_folder_is_found(
    ask: Callable[..., list[str]],
    write: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(events=[event("siege-begins")])
    monkeypatch.setenv("HOME", str(tmp_path))
    assert ask("zsh", "show", "--data", "~/war.json", "sie") == ["siege-begins\tSiege begins"]


@pytest.mark.shells
@pytest.mark.parametrize("name", SHELLS)
def test_a_person_presses_tab(name: str, tmp_path: Path) -> None:
    """Each line with a TAB, and the words that the program is called with."""
    lines = {
        "withdrawal tim\t": ["timeline"],
        "withdrawal places --country Sov\t": ["places", "--country", "Soviet Union"],
        'withdrawal places --country "Sov\t': ["places", "--country", "Soviet Union"],
        "withdrawal places --country='Sov\t": ["places", "--country=Soviet Union"],
        "withdrawal timeline --fields id,da\t": ["timeline", "--fields", "id,date"],
    }
    if name != "bash":
        lines |= {
            "withdrawal show oris-gromov\t": ["show", "boris-gromov"],
            'withdrawal show "oris-gromov\t': ["show", "boris-gromov"],
            "withdrawal timeline --person=oris-gromov\t": ["timeline", "--person=boris-gromov"],
        }
    if name == "zsh":  # fish offers only what has the letters that were typed
        lines |= {
            "withdrawal timeline --organization intelligence\\ ag\t": [
                "timeline",
                "--organization",
                "cia",
            ],
            "withdrawal timeline --organization 'central int\t": [
                "timeline",
                "--organization",
                "cia",
            ],
        }
    with shell(name, tmp_path) as opened:
        for line, words in lines.items():
            assert opened.run(f"{line}\r") == words, (line, opened.screen)


@pytest.mark.shells
@pytest.mark.parametrize("name", SHELLS)
def test_titles_are_seen_in_zsh_and_fish(name: str, tmp_path: Path) -> None:
    with shell(name, tmp_path) as opened:
        opened.press("withdrawal timeline --phase phase-\t\t")
        opened.wait_for(lambda: "phase-two" in opened.screen, 10)
        assert ("half the force" in opened.screen) == (name != "bash")


@pytest.mark.parametrize("shell", SCRIPTS)
def test_each_shell_has_a_script(run: Run, shell: str) -> None:
    assert run(f"completion {shell}") == (0, SCRIPTS[shell], "")


def test_an_unknown_shell_is_refused(run: Run) -> None:
    outcome = run("completion tcsh")
    assert outcome == (
        2,
        "",
        "withdrawal: there is no completion for 'tcsh'\nChoose from bash, zsh, fish.\n",
    )
