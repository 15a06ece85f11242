"""Run the commands that the pages show, and hold what they print against what stands under them.

python -m tools.recipes [PAGE...]           writes what the commands print today; look at the diff
python -m tools.recipes --check [PAGE...]   exits 1 when they print something else

A block fenced as `console` is a session in bash, in a new folder, on a terminal of 80 columns:

    ```console
    $ withdrawal phases --json |
    > jq length
    6
    ```

A line after `$ ` is a command, `> ` continues it, and the rest is its output, errors included.
A line `…` stands for what the page leaves out: as many lines as the page has before it and after
it are written anew. Other programs are named in a comment before the block:
`<!-- needs: jq, python3 with pandas -->`.
"""

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PAGES = (
    "README.md",
    "docs/formats.md",
    "docs/tutorial.md",
    "docs/recipes.md",
    "docs/asking.md",
    "docs/voices.md",
    "docs/scale.md",
)
SECONDS = 120
"""What a session may take."""

LEFT_OUT = "…"
"""The line for the part of an output that a page does not show."""

_END = "\x1e"
"""Printed after each command: no program prints it otherwise."""
_CONTROLS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[()][A-Z0-9]|[\r\x07\x0f]")


class Step(NamedTuple):
    command: list[str]
    "Its lines."
    printed: list[str]
    "Lines without blanks at their ends; at most one is LEFT_OUT."


class Session(NamedTuple):
    page: str
    heading: str
    "The one that it stands under."
    line: int
    "Of its first command in the page, from 0."
    length: int
    "Lines up to the closing fence."
    needs: tuple[str, ...]
    steps: list[Step]


class MissingError(Exception):
    """A program that a session needs is not installed."""


def sessions(page: str, text: str) -> Iterator[Session]:
    """Yield the sessions of a page."""
    heading, needs, fence, first = "", "", "", 0
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if fence and line.startswith("```"):
            if fence == "console":
                names = tuple(name.strip() for name in needs.split(",") if name.strip())
                yield Session(
                    page, heading, first, number - first, names, _steps(lines[first:number])
                )
                needs = ""
            fence = ""
        elif fence:
            continue
        elif line.startswith("```"):
            fence, first = line.strip("` ") or "text", number + 1
        elif line.startswith("#"):
            heading, needs = line.lstrip("# "), ""
        elif found := re.fullmatch(r"<!-- needs: (.+) -->", line):
            needs = found[1]


def _steps(lines: Iterable[str]) -> list[Step]:
    steps: list[Step] = []
    for line in lines:
        if line.startswith("$ "):
            steps.append(Step([line[2:]], []))
        elif line.startswith("> ") and steps and not steps[-1].printed:
            steps[-1].command.append(line[2:])
        elif steps:
            steps[-1].printed.append(line.rstrip())
        else:
            raise ValueError(f"{line!r} stands before the first command")
    return steps


def played(session: Session, folder: Path) -> list[Step]:
    """Return the session with what its commands print now. Raises MissingError."""
    tools, work = folder / "bin", folder / "work"
    tools.mkdir()
    work.mkdir()
    for name, command in programs(session.needs).items():
        script = tools / name
        script.write_text(f'#!/bin/sh\n{command} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    script = folder / "session"
    ends = f"\nprintf '{_END}'\n"
    script.write_text(
        "".join("\n".join(step.command) + ends for step in session.steps), encoding="utf-8"
    )
    shown = _on_a_terminal(["bash", str(script)], work, f"{tools}:{os.environ['PATH']}")
    parts = _CONTROLS.sub("", shown).split(_END)
    parts += [""] * (len(session.steps) - len(parts))
    return [
        Step(step.command, shortened(_trimmed(part), step.printed))
        for step, part in zip(session.steps, parts, strict=False)
    ]


def shortened(printed: list[str], shown: list[str]) -> list[str]:
    """Return what is printed now, with as much left out as the page leaves out."""
    if LEFT_OUT not in shown:
        return printed
    before = shown.index(LEFT_OUT)
    after = len(shown) - before - 1
    if len(printed) <= before + after:
        return printed
    return [*printed[:before], LEFT_OUT, *printed[len(printed) - after :]]


def programs(needs: Iterable[str]) -> Mapping[str, str]:
    """Return the scripts to put first on the PATH: this checkout, and the programs needed.

    Raises MissingError.
    """
    found = {"withdrawal": f'PYTHONPATH="{ROOT / "src"}" exec "{sys.executable}" -m withdrawal_cli'}
    beside = str(Path(sys.executable).parent)
    for need in needs:
        name, _, module = need.partition(" with ")
        candidates = [
            path
            for folder in (beside, *os.get_exec_path())
            if (path := shutil.which(name, path=folder))
        ]
        right = next((path for path in candidates if not module or _has(path, module)), None)
        if right is None:
            raise MissingError(need)
        found[name] = f'exec "{right}"'
    return found


def _has(python: str, module: str) -> bool:
    return (
        subprocess.run(
            [python, "-c", f"import {module}"], capture_output=True, check=False
        ).returncode
        == 0
    )


def _on_a_terminal(command: list[str], folder: Path, path: str) -> str:
    """Return what a command shows on a terminal of 80 columns without colours."""
    import pty  # noqa: PLC0415 (not on Windows, where these are not run)
    import termios  # noqa: PLC0415

    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (40, 80))
    environment = {
        "PATH": path,
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "xterm",
        "NO_COLOR": "1",
        "PAGER": "cat",
    }
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as running:
        os.close(theirs)
        shown = b"".join(_pieces(ours, time.monotonic() + SECONDS))
        os.close(ours)
        try:
            running.wait(1)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            shown += f"\nstopped after {SECONDS} seconds".encode()
    return shown.decode("utf-8", "replace")


def _pieces(descriptor: int, until: float) -> Iterator[bytes]:
    """Yield what is written to a terminal until it is closed or the time is over."""
    while select.select([descriptor], [], [], max(0, until - time.monotonic()))[0]:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:  # Linux: nobody has it open any more
            return
        if not piece:
            return
        yield piece


def _trimmed(text: str) -> list[str]:
    """Return the lines without blanks at their ends, and without empty lines at the end of all."""
    return (
        "\n".join(line.rstrip() for line in text.split("\n")).rstrip().split("\n")
        if text.strip()
        else []
    )


def with_steps(text: str, session: Session, steps: list[Step]) -> str:
    """Return a page with the steps of a session replaced.

    Raises ValueError for output that would be read back as a command.
    """
    lines = []
    for step in steps:
        first, *more = step.command
        lines += [f"$ {first}", *(f"> {line}" for line in more), *step.printed]
        if any(line.startswith(("$ ", "```")) for line in step.printed) or "".join(
            step.printed[:1]
        ).startswith("> "):
            raise ValueError(f"{first!r} prints what reads as a command or a fence")
    page = text.splitlines()
    page[session.line : session.line + session.length] = lines
    return "\n".join(page) + "\n"


def main(arguments: list[str]) -> int:
    """Write or check the pages; return the exit status."""
    check, pages = "--check" in arguments, [name for name in arguments if name != "--check"]
    status = 0
    for name in pages or [page for page in PAGES if (ROOT / page).is_file()]:
        path = ROOT / name
        text = path.read_text("utf-8")
        for session in reversed(
            list(sessions(name, text))
        ):  # from the end, so that the lines before keep their numbers
            try:
                with TemporaryDirectory() as folder:
                    steps = played(session, Path(folder))
            except MissingError as missing:
                print(
                    f"{name}: {session.heading}: not run, for {missing} is not installed",
                    file=sys.stderr,
                )
                continue
            if steps != session.steps and check:
                print(f"{name}: {session.heading}: it prints something else today", file=sys.stderr)
                status = 1
            text = with_steps(text, session, steps)
        if not check:
            path.write_text(text, encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
