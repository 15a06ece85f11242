"""`withdrawal explore` where there is no Textual, no terminal or no such record."""

import importlib.util
import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from withdrawal_cli.cli import main
from withdrawal_cli.system.installation import how_to_install

needs_textual = pytest.mark.skipif(
    not importlib.util.find_spec("textual"), reason="the extra explore is not installed"
)


@pytest.fixture
def activated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `pip` that of this Python, as in an activated environment."""
    pip = str(Path(sys.executable).parent / "pip")
    monkeypatch.setattr("withdrawal_cli.system.installation.which", lambda _: pip)


def test_where_the_environment_is_not_activated_its_own_pip_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "path", [])
    for found in (None, "/elsewhere/pip"):
        monkeypatch.setattr(
            "withdrawal_cli.system.installation.which", lambda _, found=found: found
        )
        ours = f"{shlex.quote(sys.executable)} -m pip"
        assert how_to_install("mcp") == f'cd {shlex.quote(str(ROOT))} && {ours} install ".[mcp]"'


def test_without_the_extra_it_says_how_to_install_it() -> None:
    code = (
        "import sys; sys.modules['textual'] = None\n"
        "from withdrawal_cli.cli import main\nmain(['explore'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT / "src"
    )
    assert (done.returncode, done.stdout) == (1, "")
    problem, run_this, hint = done.stderr.splitlines()
    assert (problem, run_this) == ("withdrawal: explore needs Textual", "Try:")
    assert re.fullmatch(r'(cd .* && )?(\S+ -m )?pip install .*\[explore\].*"', hint.strip())


@pytest.mark.usefixtures("activated")
@pytest.mark.parametrize(
    ("note", "hint"),
    [
        (None, 'pip install "withdrawal-cli[explore]"'),
        (
            {"url": "file:///my/clone%20one", "dir_info": {}},
            "cd '/my/clone one' && pip install \".[explore]\"",
        ),
        (
            {"url": "file:///clone", "dir_info": {"editable": True}},
            'cd /clone && pip install -e ".[explore]"',
        ),
        (
            {"url": "https://example.org/w", "vcs_info": {"vcs": "git", "commit_id": "1"}},
            'pip install "withdrawal-cli[explore] @ git+https://example.org/w"',
        ),
        (
            {"url": "https://example.org/w.whl", "archive_info": {}},
            'pip install "withdrawal-cli[explore] @ https://example.org/w.whl"',
        ),
    ],
)
def test_the_advice_is_right_for_where_the_program_came_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, note: dict[str, object] | None, hint: str
) -> None:
    installed = tmp_path / "withdrawal_cli-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: withdrawal-cli\nVersion: 1.0\n"
    )
    if note:
        (installed / "direct_url.json").write_text(json.dumps(note))
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert how_to_install("explore") == hint


@pytest.mark.parametrize(
    ("left", "note", "hint"),
    [
        ("uv-receipt.toml", None, 'uv tool install "withdrawal-cli[explore]"'),
        ("pipx_metadata.json", None, 'pipx install --force "withdrawal-cli[explore]"'),
        (
            "uv-receipt.toml",
            {"url": "file:///clone", "dir_info": {}},
            'uv tool install "withdrawal-cli[explore] @ file:///clone"',
        ),
        (
            "pipx_metadata.json",
            {"url": "https://example.org/w", "vcs_info": {"vcs": "git", "commit_id": "1"}},
            'pipx install --force "withdrawal-cli[explore] @ git+https://example.org/w"',
        ),
    ],
)
def test_the_advice_names_the_tool_that_installed_the_program(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    left: str,
    note: dict[str, object] | None,
    hint: str,
) -> None:
    installed = tmp_path / "withdrawal_cli-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: withdrawal-cli\nVersion: 1.0\n"
    )
    if note:
        (installed / "direct_url.json").write_text(json.dumps(note))
    (tmp_path / left).touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert how_to_install("explore") == hint


@pytest.mark.usefixtures("activated")
def test_the_advice_for_sources_that_are_not_installed_is_their_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "path", [])
    assert how_to_install("explore") == f'cd {shlex.quote(str(ROOT))} && pip install ".[explore]"'


def test_the_data_cannot_come_where_the_keys_come_from(run: Run) -> None:
    outcome = run("explore --data -")
    assert (outcome.code, outcome.out) == (2, "")
    assert (
        outcome.err
        == "withdrawal: --data - leaves no standard input for the keys\nGive --data the name of a file.\n"
    )


@needs_textual
def test_an_unknown_record_is_refused_before_the_screen_is_taken(run: Run) -> None:
    outcome = run("explore geneva-acords")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(
        "withdrawal: there is no record 'geneva-acords'\nDid you mean geneva-accords"
    )


@needs_textual
def test_a_pipe_is_not_browsed(run: Run) -> None:
    outcome = run("explore")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(
        "withdrawal: explore needs a terminal\nWithout it: withdrawal timeline"
    )


class Terminal(io.TextIOWrapper):
    """Takes what is written, and passes for a terminal."""

    def isatty(self) -> bool:
        return True


@needs_textual
@pytest.mark.parametrize(
    ("term", "encoding", "problem"),
    [
        ("dumb", "utf-8", "explore needs a terminal that can move its cursor, and TERM is dumb"),
        ("xterm", "latin-1", "explore needs a terminal in UTF-8, and this one is latin-1"),
    ],
)
def test_a_terminal_that_cannot_show_it_is_refused(
    monkeypatch: pytest.MonkeyPatch, term: str, encoding: str, problem: str
) -> None:
    written = io.BytesIO()
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, Terminal(written, encoding=encoding))
    monkeypatch.setenv("TERM", term)
    with pytest.raises(SystemExit) as leaving:
        main(["explore"])
    sys.stderr.flush()
    assert leaving.value.code == 1
    assert (
        written.getvalue()
        .decode()
        .startswith(f"withdrawal: {problem}\nWithout it: withdrawal timeline")
    )
