"""`withdrawal explore` where there is no Textual, no terminal or no such record."""

import importlib.util
import subprocess
import sys

import pytest

from tests.conftest import ROOT, Run

needs_textual = pytest.mark.skipif(not importlib.util.find_spec("textual"), reason="the extra explore is not installed")


def test_without_the_extra_it_says_how_to_install_it() -> None:
    code = "import sys; sys.modules['textual'] = None\nfrom withdrawal_cli.cli import main\nmain(['explore'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT / "src")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == 'withdrawal: explore needs Textual\npip install "withdrawal-cli[explore]"\n'


def test_the_data_cannot_come_where_the_keys_come_from(run: Run) -> None:
    outcome = run("explore --data -")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "withdrawal: --data - leaves no standard input for the keys\nGive --data the name of a file.\n"


@needs_textual
def test_an_unknown_record_is_refused_before_the_screen_is_taken(run: Run) -> None:
    outcome = run("explore geneva-acords")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("withdrawal: there is no record 'geneva-acords'\nDid you mean geneva-accords")


@needs_textual
def test_a_pipe_is_not_browsed(run: Run) -> None:
    outcome = run("explore")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("withdrawal: explore needs a terminal\nIn a pipe: withdrawal timeline")
