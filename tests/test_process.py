"""The program as the shell sees it: streams, exit statuses, closed pipes, full disks, files, encodings, colours."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RECORD

COMMAND = [sys.executable, "-m", "withdrawal_cli"]
SOURCE = Path(__file__).parent.parent / "src"


def environment(**more: str) -> dict[str, str]:
    kept = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(SOURCE),
        "TERM": "xterm",
        "LANG": "C.UTF-8",
        "WITHDRAWAL_DATA": str(RECORD),
        "PAGER": "cat",
    }
    return kept | more


def withdrawal(
    *arguments: str, text: bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments],
        input=text,
        capture_output=True,
        env=environment(**(env or {})),
        check=False,
        timeout=60,
    )


def start(words: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start a program that hears every signal, as from a terminal, whatever `nohup` or `&` made this process ignore."""

    def hear() -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)

    return subprocess.Popen(words, env=environment(), preexec_fn=hear, **options)  # noqa: PLW1509 (no threads here)


def shell(line: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    if os.name == "nt" or ("/dev/full" in line and not Path("/dev/full").exists()):
        pytest.skip("there is no bash, or no /dev/full")
    line = line.replace("withdrawal", " ".join(COMMAND))
    return subprocess.run(
        ["bash", "-c", line], capture_output=True, env=environment(**env), check=False, timeout=60
    )


@pytest.mark.parametrize(
    "line", ["--help", "--version", "timeline", "help dates", "export html --key"]
)
def test_a_home_is_not_needed_and_nothing_is_left_in_it(tmp_path: Path, line: str) -> None:
    tmp_path.chmod(0o555)
    at_home = withdrawal(*line.split(), env={"HOME": str(tmp_path), "LANG": "C"})
    assert (at_home.returncode, at_home.stderr, list(tmp_path.iterdir())) == (0, b"", [])
    assert "HOME" not in environment()
    assert withdrawal(*line.split()).stdout == at_home.stdout


def test_in_a_pipe_the_answer_is_on_stdout_and_nothing_is_said_beside_it() -> None:
    done = withdrawal("timeline")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"DATE ")
    assert b"\x1b" not in done.stdout


def test_data_is_read_from_standard_input() -> None:
    about = {"id": "abc", "title": "T", "description": "", "version": "1", "released": "2020", "license": "CC0-1.0",
             "subject": "1900", "coverage": "1900"}  # fmt: skip
    document = json.dumps(
        {"dataset": about, "events": [{"id": "one", "date": "1900", "title": "One"}]}
    ).encode()
    done = withdrawal("timeline", "--data", "-", "--fields", "id", text=document)
    assert (done.returncode, done.stdout) == (0, b"ID\none\n")


def test_the_environment_can_name_the_data(tmp_path: Path) -> None:
    done = withdrawal("timeline", env={"WITHDRAWAL_DATA": str(tmp_path / "none.json")})
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"none.json: there is no such file" in done.stderr


@pytest.mark.parametrize("format_option", ["", "--json", "-f csv", "--width 80"])
def test_a_closed_pipe_ends_silently(format_option: str) -> None:
    done = shell(f"set -o pipefail; withdrawal timeline --all {format_option} | head -1")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1


def test_a_full_disk_is_an_error_in_plain_words() -> None:
    done = shell("withdrawal timeline >/dev/full")
    assert done.returncode == 1
    assert (
        done.stderr
        == b"withdrawal: standard output cannot be written to (No space left on device)\n"
    )


def test_closed_streams_do_no_harm() -> None:
    assert shell("withdrawal timeline >&-").returncode == 1
    assert shell("withdrawal timeline 2>&-").returncode == 0
    assert shell("withdrawal timeline <&- | head -1").stderr == b""
    assert shell("withdrawal show nothing-like-it 2>&-").returncode == 1


def test_ctrl_c_ends_with_130() -> None:
    with start(
        [*COMMAND, "timeline", "--data", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stderr
        process.stdin.write(b"{")
        process.stdin.flush()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1.5)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert b"Traceback" not in process.stderr.read()


def test_a_file_is_written_whole_and_its_suffix_names_the_format(tmp_path: Path) -> None:
    target = tmp_path / "war.json"
    done = withdrawal("timeline", "-o", str(target))
    assert (done.returncode, done.stdout) == (0, b"")
    assert json.loads(target.read_text("utf-8"))[0]["id"]
    assert [path.name for path in tmp_path.iterdir()] == ["war.json"]


def test_an_existing_file_is_left_alone_without_force(tmp_path: Path) -> None:
    target = tmp_path / "war.csv"
    target.write_text("mine")
    target.chmod(0o640)
    done = withdrawal("timeline", "-o", str(target))
    assert (done.returncode, target.read_text()) == (1, "mine")
    assert b"there is already a file of that name\nChoose another, or add --force.\n" in done.stderr
    assert withdrawal("timeline", "-o", str(target), "--force").returncode == 0
    assert target.read_text("utf-8").startswith("id,date")
    assert target.stat().st_mode & 0o777 == 0o640


def test_what_cannot_be_written_is_said_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = withdrawal("timeline", "-o", str(tmp_path / "nowhere" / "war.json"))
    assert (done.returncode, list(tmp_path.iterdir())) == (1, [])
    assert b"the file cannot be written (No such file or directory)" in done.stderr
    done = withdrawal("timeline", "-f", "json", "-o", str(tmp_path))
    assert b"that is a folder" in done.stderr
    done = withdrawal("timeline", "-f", "json", "-o", os.devnull, "--force")
    assert (done.returncode, b"that is not an ordinary file" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("env", "arguments", "coloured"),
    [
        ({}, ["--width", "80"], False),
        ({}, ["--color", "always"], True),
        ({"FORCE_COLOR": "1"}, [], True),
        ({"FORCE_COLOR": "0"}, ["--width", "80"], False),
        ({"FORCE_COLOR": "1"}, ["--color", "never"], False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
        ({"NO_COLOR": ""}, ["--color", "always"], True),
    ],
)
def test_colour_follows_the_options_and_then_the_environment(
    env: dict[str, str], arguments: list[str], coloured: bool
) -> None:
    assert (b"\x1b[" in withdrawal("overview", *arguments, env=env).stdout) == coloured


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},
    ],
)
@pytest.mark.parametrize(
    "arguments",
    [
        ["timeline", "--all"],
        ["timeline", "--width", "80"],
        ["show", "boris-gromov", "--width", "80"],
    ],
)
def test_a_console_that_is_not_utf8_gets_ascii_and_never_a_crash(
    env: dict[str, str], arguments: list[str]
) -> None:
    done = withdrawal(*arguments, env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    done.stdout.decode(env.get("PYTHONIOENCODING", "ascii"))


@pytest.mark.parametrize(
    "env", [{"TERM": "dumb"}, {"COLUMNS": "1"}, {"COLUMNS": "none"}, {"TERM": ""}]
)
def test_odd_terminals_are_survived(env: dict[str, str]) -> None:
    done = withdrawal("timeline", "--color", "always", env=env)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_width_is_kept_on_a_dumb_terminal() -> None:
    wide = withdrawal("timeline", "--width", "140", env={"TERM": "dumb"}).stdout.decode()
    assert max(map(len, wide.splitlines())) > 100


def on_a_terminal(*arguments: str) -> tuple[str, str]:
    """Return what a person sees and what is said on stderr, with stdout a terminal of its own."""
    ours, theirs = pytest.importorskip("pty", reason="there is no pty").openpty()
    with subprocess.Popen(
        [*COMMAND, *arguments], stdout=theirs, stderr=subprocess.PIPE, env=environment(COLUMNS="80")
    ) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            seen += part
        assert process.stderr
        talk = process.stderr.read().decode()
    os.close(ours)
    return seen.decode(), talk


def test_on_a_terminal_the_answer_is_drawn_in_colour_and_the_count_goes_to_stderr() -> None:
    seen, talk = on_a_terminal("timeline")
    assert "\x1b[" in seen
    assert "Phase one: half the force" in seen
    assert re.fullmatch(
        r"\d+ key events of \d+; --all shows every one, withdrawal show ID one in full\.\n", talk
    )


def test_on_a_terminal_an_empty_answer_says_what_the_data_covers() -> None:
    seen, talk = on_a_terminal("timeline", "--from", "2050")
    assert seen.strip() == ""
    assert talk.startswith("From 1 Jan 2050, no event matches. The data covers ")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("timeline --during phase-one", r"15 May to 15 Aug 1988, \d+ of \d+ events\.\n"),
        ("timeline --phase phase-one --json", r"15 May to 15 Aug 1988, \d+ of \d+ events\.\n"),
        (
            "timeline --from geneva-accords+1m --to 1988",
            r"14 May to 31 Dec 1988, \d+ of \d+ events\.\n",
        ),
        (
            "timeline --during 1988-W20 --during today+50y",
            r"16 to 22 May 1988 or \d+ \w+ \d+, \d+ of \d+ events\.\n",
        ),
        (
            "timeline --phase phase-one --from 1989",
            r"On no day, no event matches\. The data covers .*\n",
        ),
        ("timeline --all", r"\d+ of \d+ events\.\n"),
        ("casualties --to 1989-02", r"Until 28 Feb 1989, \d+ of \d+ casualty figures\.\n"),
        ("casualties", r"\d+ key casualty figures of \d+\.\n"),
        ("casualties --all", r"\d+ of \d+ casualty figures\.\n"),
    ],
)
def test_on_a_terminal_the_time_asked_for_is_said_as_it_was_read(line: str, said: str) -> None:
    _, talk = on_a_terminal(*line.split())
    assert re.fullmatch(said, talk)
