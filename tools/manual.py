"""Write the manual from the program: docs/commands.md, the man page, parts of two other pages.

python -m tools.manual           writes all
python -m tools.manual --check   exits 1 when one of them is not what the program says
"""

import inspect
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import typer

from tools import formats
from tools.writing import write_or_check
from withdrawal_cli import __version__
from withdrawal_cli.cli import COMMANDS, app

ROOT = Path(__file__).parent.parent
SHARED = 6
"""An option that so many commands have in the same words is described once on the page."""


class Option(NamedTuple):
    names: str
    metavar: str
    help: str


class Command(NamedTuple):
    name: str
    short: str
    usage: str
    text: list[str]
    "Paragraphs."
    examples: list[str]
    arguments: list[Option]
    options: list[Option]


def commands() -> list[Command]:
    """Return every subcommand as the program knows it."""
    group: Any = typer.main.get_command(app)
    return [
        _command(group.get_command(None, name), name, short) for name, short in COMMANDS.items()
    ]


def _command(built: Any, name: str, short: str) -> Command:
    function = getattr(import_module(f"withdrawal_cli.commands.{name}"), name)
    prose, _, examples = inspect.cleandoc(function.__doc__ or "").partition("\b\n")
    pieces = " ".join(
        param.make_metavar(None) for param in built.params if param.param_type_name == "argument"
    )
    return Command(
        name=name,
        short=short,
        usage=f"withdrawal {name} [OPTIONS] {pieces}".strip(),
        text=[" ".join(paragraph.split()) for paragraph in prose.strip().split("\n\n")],
        examples=examples.strip().splitlines(),
        arguments=[_option(param) for param in built.params if param.param_type_name == "argument"],
        options=[
            _option(param)
            for param in built.params
            if param.param_type_name == "option" and not param.hidden
        ],
    )


def _option(param: Any) -> Option:
    if param.param_type_name == "argument":
        return Option(param.make_metavar(None), "", param.help or "")
    metavar = "" if param.is_flag else param.metavar
    environment = f" [environment: {param.envvar}]" if param.envvar else ""
    return Option(", ".join(param.opts), metavar or "", (param.help or "") + environment)


# --- Markdown ------------------------------------------------------------------------------------


def markdown() -> str:
    """Return docs/commands.md."""
    every = commands()
    longest_first = sorted(every, key=lambda command: -len(command.options))
    counted = Counter(option for command in longest_first for option in command.options)
    shared = [option for option, count in counted.items() if count >= SHARED]
    parts = [
        "# Commands",
        "",
        (
            "The reference: every command with its options and examples, for looking up. "
            "[How to ask](asking.md) explains what they have in common; the "
            "[tutorial](tutorial.md) shows how to begin. This page is made from the program by "
            "`python -m tools.manual`."
        ),
        "",
        *[
            f"- [`withdrawal {name}`](#withdrawal-{name}): {short}"
            for name, short in COMMANDS.items()
        ],
        "",
        "## Shared options",
        "",
        "Many commands take these. Each names the ones that it takes.",
        "",
        *_table(shared),
    ]
    for command in every:
        parts += ["", *_section(command, shared)]
    return "\n".join(parts) + "\n"


def _section(command: Command, shared: list[Option]) -> list[str]:
    lines = [f"## withdrawal {command.name}", "", "```text", command.usage, "```", ""]
    for paragraph in command.text:
        lines += [paragraph, ""]
    lines += ["```sh", *command.examples, "```"]
    if own := [*command.arguments, *(o for o in command.options if o not in shared)]:
        lines += ["", *_table(own)]
    if taken := [f"`{o.names.split(', ')[-1]}`" for o in command.options if o in shared]:
        lines += ["", f"[Shared options](#shared-options): {', '.join(taken)}."]
    return lines


def _table(options: list[Option]) -> list[str]:
    lines = ["| option | |", "|---|---|"]
    for option in options:
        words = f"{option.names} {option.metavar}".strip()
        lines.append(f"| `{words}` | {option.help.replace('|', chr(92) + '|')} |")
    return lines


# --- roff ----------------------------------------------------------------------------------------


def man_page() -> str:
    """Return man/withdrawal.1 (man(7) macros)."""
    lines = [
        f'.TH WITHDRAWAL 1 "" "withdrawal {__version__}" "User Commands"',
        ".SH NAME",
        (
            r"withdrawal \- the Soviet withdrawal from Afghanistan, or any history in the same "
            "shape, in a terminal"
        ),
        ".SH SYNOPSIS",
        r".B withdrawal",
        r"\fICOMMAND\fR [\fIOPTIONS\fR] [\fIARGUMENTS\fR]",
        ".SH DESCRIPTION",
        (
            "Answers questions about a history in which every statement has a source "
            "and sources that disagree stand side by side."
        ),
        "On a terminal answers are drawn; in a pipe they are plain lines, one record each.",
        ".SH COMMANDS",
    ]
    for command in commands():
        lines += [f".SS {_roff(command.usage)}"]
        for paragraph in command.text:
            lines += [_roff(paragraph), ".PP"]
        for option in (*command.arguments, *command.options):
            lines += [
                ".TP",
                rf"\fB{_roff(option.names)}\fR \fI{_roff(option.metavar)}\fR".replace(
                    r" \fI\fR", ""
                ),
                _roff(option.help),
            ]
        lines += [
            ".PP",
            "Examples:",
            ".PP",
            ".nf",
            *[f".RS 4\n{_roff(example)}\n.RE" for example in command.examples],
            ".fi",
        ]
    return "\n".join([*lines, *_closing()]) + "\n"


def _closing() -> list[str]:
    return [
        ".SH EXIT STATUS",
        ".TP",
        "0",
        "Answered, also when nothing matches (unless there is \\-\\-exit\\-status).",
        ".TP",
        "1",
        "Bad data, an unknown name, a file that cannot be written, too little memory.",
        ".TP",
        "2",
        "A command line that cannot be read.",
        ".TP",
        "130",
        "Stopped with Ctrl-C; 143 by SIGTERM, 129 by SIGHUP.",
        ".SH ENVIRONMENT",
        r"\fBWITHDRAWAL_DATA\fR, \fBWITHDRAWAL_PAGER\fR, \fBPAGER\fR, \fBLESS\fR,",
        r"\fBNO_COLOR\fR, \fBFORCE_COLOR\fR, \fBCOLUMNS\fR, \fBTERM\fR",
    ]


def _roff(text: str) -> str:
    """Return text with what roff would take for a command made plain."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped


def main(arguments: list[str]) -> int:
    """Write or check the files; return the exit status."""
    status = 0
    for path, text in (
        (ROOT / "docs/commands.md", markdown()),
        (ROOT / "man/withdrawal.1", man_page()),
        *((page, formats.page(page)) for page in formats.PAGES),
    ):
        complaint = (
            f"{path.relative_to(ROOT)} is not what the program says; run python -m tools.manual"
        )
        status |= write_or_check(path, text, check="--check" in arguments, complaint=complaint)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
