"""The pager, in a pseudo-terminal that the program controls as it would a person's."""

import os
import re
import select
import shutil
import signal
import struct
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.test_process import COMMAND, environment, withdrawal
from withdrawal_cli.options import ScreenOptions

fcntl, pty, termios = (
    pytest.importorskip(name, reason="there are no pseudo-terminals")
    for name in ("fcntl", "pty", "termios")
)

MARKING = "sed 's/^/paged: /'"
needs_less = pytest.mark.skipif(not shutil.which("less"), reason="less is not here")


class Terminal:
    """A program on a terminal of its own, 80 columns by 24 rows."""

    def __init__(self, *arguments: str, **env: str) -> None:
        self.ours, self.its = pty.openpty()
        fcntl.ioctl(self.its, termios.TIOCSWINSZ, struct.pack("4H", 24, 80, 0, 0))
        self.before = termios.tcgetattr(self.its)

        def take_terminal() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)

        self.program = subprocess.Popen(
            [*COMMAND, *arguments],
            stdin=self.its,
            stdout=self.its,
            stderr=self.its,
            env={key: text for key, text in environment(**env).items() if text != "unset"},
            start_new_session=True,
            preexec_fn=take_terminal,  # noqa: PLW1509 (no threads here)
        )
        self.seen = ""

    def read(self, enough: Callable[[], Any], seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not enough() and time.monotonic() < end:
            if select.select([self.ours], [], [], 0.05)[0]:
                self.seen += os.read(self.ours, 65536).decode(errors="replace")

    def press(self, keys: bytes) -> None:
        os.write(self.ours, keys)

    def finish(self) -> tuple[str, int]:
        """Return what was seen, and the exit status; the terminal must be as it was."""
        self.read(lambda: self.program.poll() is not None)
        self.read(lambda: not select.select([self.ours], [], [], 0.1)[0])
        after = termios.tcgetattr(self.its)
        os.close(self.its)
        os.close(self.ours)
        assert after == self.before
        return self.seen, self.program.wait(5)


def test_an_answer_taller_than_the_screen_goes_through_the_pager_in_colour() -> None:
    seen, code = Terminal("timeline", PAGER=MARKING).finish()
    assert code == 0
    assert seen.startswith("paged: \x1b[")
    assert seen.splitlines()[-1].endswith("withdrawal show ID one in full.")


def test_links_to_the_web_stay_links_in_the_pager() -> None:
    seen, _ = Terminal("show", "geneva-accords", PAGER=MARKING).finish()
    assert "\x1b]8;" in seen


@pytest.mark.parametrize("arguments", [["timeline", "--json"], ["schema"]])
def test_json_on_a_terminal_is_paged_too(arguments: list[str]) -> None:
    assert re.match(r"paged: [\[{]", Terminal(*arguments, PAGER=MARKING).finish()[0])


def test_an_answer_that_fits_is_printed() -> None:
    seen, code = Terminal("timeline", "-n", "2", PAGER=MARKING).finish()
    assert (code, "paged" in seen) == (0, False)


@pytest.mark.parametrize(
    ("more", "env"),
    [
        (["--no-pager"], {}),
        ([], {"WITHDRAWAL_PAGER": ""}),
        ([], {"WITHDRAWAL_PAGER": "cat"}),
        ([], {"TERM": "dumb"}),
        ([], {"PAGER": "'not closed"}),
        ([], {"PAGER": "no-such-pager --of-ours"}),
    ],
)
def test_without_a_pager_the_answer_is_printed(more: list[str], env: dict[str, str]) -> None:
    seen, code = Terminal("timeline", *more, **{"PAGER": MARKING, **env}).finish()
    assert (code, "paged" in seen) == (0, False)
    assert "Geneva" in seen


def test_our_own_variable_goes_before_the_common_one() -> None:
    env = {"WITHDRAWAL_PAGER": MARKING, "PAGER": "no-such-pager"}
    assert Terminal("timeline", **env).finish()[0].startswith("paged: ")


@pytest.mark.parametrize(("given", "told"), [("unset", "FRX"), ("-S", "-S"), ("", "")])
def test_less_is_told_what_git_tells_it_unless_the_user_says_otherwise(
    given: str, told: str
) -> None:
    pager = "sh -c 'cat >/dev/null; echo told: $LESS.'"
    assert f"told: {told}." in Terminal("timeline", PAGER=pager, LESS=given).finish()[0]


def test_no_shell_reads_the_line_of_the_pager(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    Terminal("timeline", PAGER=f"cat - >{ours}; touch {ours}").finish()
    assert not ours.exists()


@pytest.mark.parametrize("pager", ["head -n 1", "true", "false", "sh -c 'cat; exit 3'"])
def test_a_pager_that_is_left_early_or_fails_is_no_error(pager: str) -> None:
    seen, code = Terminal("timeline", "--all", "--json", PAGER=pager).finish()
    assert code == 0
    assert "withdrawal:" not in seen
    assert "Traceback" not in seen


def test_a_pager_that_is_killed_leaves_the_terminal_as_it_was() -> None:
    pager = "sh -c 'stty raw -echo </dev/tty; kill -9 $$'"
    assert Terminal("timeline", PAGER=pager).finish()[1] == 0


@needs_less
@pytest.mark.parametrize("arguments", [["timeline"], ["timeline", "--all", "--json"]])
def test_ctrl_c_is_for_less_which_stays(arguments: list[str]) -> None:
    terminal = Terminal(*arguments, PAGER="unset", LESS="unset")
    terminal.read(lambda: terminal.seen.endswith((":\x1b[K", "\x1b[m\x1b[K")))
    terminal.press(b"\x03")
    for _ in range(20):  # less drops the keys that come while it is interrupted
        terminal.press(b"G")
        terminal.read(lambda: "(END)" in terminal.seen, 1)
    assert terminal.program.poll() is None
    terminal.press(b"q")
    seen, code = terminal.finish()
    assert code == 0
    assert "(END)" in seen


@needs_less
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_program_that_is_ended_ends_its_pager(number: signal.Signals, code: int) -> None:
    terminal = Terminal("timeline", PAGER="less", LESS="unset")
    terminal.read(lambda: terminal.seen.endswith((":\x1b[K", "\x1b[m\x1b[K")))
    terminal.program.send_signal(number)
    assert terminal.finish()[1] == code


def test_in_a_pipe_or_a_file_there_is_no_pager(tmp_path: Path) -> None:
    assert not withdrawal("timeline", env={"PAGER": MARKING}).stdout.startswith(b"paged")
    seen, _ = Terminal("timeline", "-o", str(tmp_path / "all.txt"), PAGER=MARKING).finish()
    assert "paged" not in seen


def test_every_command_that_draws_can_do_without(run: Run) -> None:
    assert "no_pager" in ScreenOptions.declared()
    for command in ("overview", "timeline", "show", "cite", "map", "glossary"):
        assert "--no-pager" in run(f"{command} --help").out
