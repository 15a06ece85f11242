"""The program: its subcommands in the order of `--help`, and `main`."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.system.invocation import remember

COMMANDS = {
    "overview": "Tell the story, then show the key facts on a card.",
    "timeline": "List what happened, in order, under the phases.",
    "phases": "List the phases: dates, troops out, garrisons, casualties.",
    "casualties": "List the casualty figures, with their sources and rivals.",
    "strength": "Draw how many troops there were, date by date.",
    "on": "Show what is known of a day, a month or a phase.",
    "show": "Show a record of any kind in full.",
    "search": "Answer a question, or find records of every kind by their words.",
    "disputes": "List the questions on which sources disagree, or show their answers.",
    "people": "List who took part, with their roles.",
    "places": "List where it happened.",
    "organizations": "List the units, parties, governments and missions.",
    "sources": "List the sources, with what rests on each.",
    "glossary": "Explain the terms.",
    "narrate": "Tell the chosen events as prose, with numbered sources.",
    "compare": "Show the same months as two voices tell them.",
    "counts": "Count the events by month, phase, side and so on.",
    "quiz": "Make questions for a class, with an answer key.",
    "map": "Draw a map of where it happened.",
    "cite": "Write the bibliography of records: text, BibTeX, RIS or CSL-JSON.",
    "export": "Make a document for another program, or a page for people.",
    "diff": "Show what changed from one dataset to another.",
    "check": "Name every fault of a file of your own at once.",
    "schema": "Print the JSON Schema of a file of your own, or of an answer.",
    "new": "Write a file of your own to start from.",
    "explore": "Browse on the whole screen, with keys or the mouse.",
    "mcp": "Answer an assistant over the Model Context Protocol.",
    "completion": "Print the script that sets up tab completion.",
    "help": "Explain a topic or a command.",
}
"""The commands, each with the first line of its help.

`commands/NAME.py` is imported only when NAME is run. Its line is repeated here so that `--help`
imports no command; a test compares the two.
"""

EXAMPLES = """\
Try:

  withdrawal overview                         the story and the key facts
  withdrawal search why did they leave        a question, in your own words
  withdrawal timeline --during 1988-08 --all  everything in August 1988
  withdrawal casualties --side soviet         who counted how many dead
  withdrawal show "boris gromov"              one record of any kind, in full
  withdrawal help tutorial                    fifteen minutes, step by step

Each takes --help, --json and --data FILE. All commands: withdrawal --help
"""


class Base:
    """What the group and its commands share: our own help and error messages."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc] # of the command mixed in
        if option:
            option.callback = _show_help
        return option

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        try:
            return super().parse_args(ctx, args)  # type: ignore[misc]
        except Exception as error:
            # Typer vendors Click under a private name. Only its errors have this method.
            if not hasattr(error, "format_message"):
                raise
            from withdrawal_cli.commands.unknown import unreadable

            raise unreadable(ctx, error) from None


def _show_help(ctx: Any, _option: object, asked: bool) -> None:
    # Typer's own callback ends in a traceback when the disk is full.
    if asked and not ctx.resilient_parsing:
        from withdrawal_cli.output import write

        write(f"{ctx.get_help()}\n")
        ctx.exit()


OTHER_NAMES = {
    "start": ["--since"],
    "end": ["--until"],
    "during": ["--date", "--year"],
    "surely": ["--certain"],
}
"""Other spellings of options, by parameter name: accepted, but not shown in the help."""


class Command(Base, TyperCommand):
    """A subcommand that says what to do about a word it does not take."""

    def make_parser(self, ctx: Any) -> Any:
        parser = super().make_parser(ctx)
        for parameter in self.params:
            if other_names := OTHER_NAMES.get(parameter.name or ""):
                shown, parameter.opts = parameter.opts, other_names
                parameter.add_to_parser(parser, ctx)
                parameter.opts = shown
        return parser

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        given = [*args]
        extra: list[str] = super().parse_args(ctx, args)
        if extra and not ctx.resilient_parsing:
            from withdrawal_cli.commands.unknown import unknown_argument

            known = [name for parameter in self.params for name in parameter.opts]
            raise unknown_argument(ctx.command_path, given, extra[0], known)
        return extra


class Commands(Base, TyperGroup):
    """The subcommands, each built when used: building them all takes as long as running one."""

    completing_names = False
    "Whether tab completion only needs the names."

    def list_commands(self, _ctx: object) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, _ctx: object, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
        from withdrawal_cli.commands.help import TOPICS

        with formatter.section("Topics (withdrawal help TOPIC)"):
            formatter.write_dl([(name, topic.summary) for name, topic in TOPICS.items()])

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        self.completing_names = True
        return super().shell_complete(ctx, incomplete)

    def get_command(self, _ctx: object, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        if self.completing_names:
            return TyperCommand(cmd_name, short_help=COMMANDS[cmd_name], rich_markup_mode=None)
        function = getattr(import_module(f"withdrawal_cli.commands.{cmd_name}"), cmd_name)
        single = _typer()
        single.command(cmd_name, cls=Command)(function)
        return typer.main.get_command(single)

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        # People try these before they have read `--help`.
        match args:
            case _ if ctx.resilient_parsing:  # a TAB
                pass
            case ["help"]:
                args = ["--help"]
            case ["help", name, *words] if name in COMMANDS:
                args = [name, *words, "--help"]
            case ["version"]:
                args = ["--version"]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            from withdrawal_cli.commands.unknown import unknown_command

            raise unknown_command(args, COMMANDS)
        return super().resolve_command(ctx, args)


def _typer(**options: Any) -> typer.Typer:
    return typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        **options,
    )


app = _typer(cls=Commands, invoke_without_command=True)


def _show_version(ctx: typer.Context, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from withdrawal_cli import __version__
        from withdrawal_cli.dataset.reading import load_dataset
        from withdrawal_cli.output import write

        metadata = load_dataset().metadata
        write(f"withdrawal {__version__}, data {metadata.version} of {metadata.released}\n")
        raise typer.Exit


@app.callback()
def withdrawal(
    ctx: typer.Context,
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            help="Show the versions of program and data.",
        ),
    ] = False,
) -> None:
    """Answer questions about a history: what happened, how many took part or died, and who says so.

    Every statement has its source, and sources that disagree stand side by side. The history is
    the bundled one (see `withdrawal overview`), or your own with --data FILE.
    """
    if ctx.invoked_subcommand is None:
        from withdrawal_cli.output import write

        write(EXAMPLES)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the program. Our own errors become messages; a traceback means a bug."""
    try:
        if shell := os.environ.get("_WITHDRAWAL_COMPLETE"):
            from withdrawal_cli.completion import answer_tab
            from withdrawal_cli.output import write

            write(answer_tab(app, shell, sys.argv[1:] if argv is None else argv))
        else:
            remember(sys.argv[1:] if argv is None else argv)
            app(argv, prog_name="withdrawal")
    except WithdrawalError as error:
        if sys.stderr is not None:
            from withdrawal_cli.system.messages import complaint

            told = complaint(error, sys.argv[1:] if argv is None else argv)
            with suppress(OSError):  # a full disk: only the exit status is left to tell
                typer.echo(told, err=True)
        raise SystemExit(error.status) from None
