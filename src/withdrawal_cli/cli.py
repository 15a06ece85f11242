"""The program: its subcommands in the order of `--help`, one line each, and `main`."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from withdrawal_cli.errors import UsageError, WithdrawalError

COMMANDS = {
    "overview": "The whole thing on one card.",
    "timeline": "What happened, in order, under the phases.",
    "phases": "Each phase: dates, troops out, garrisons, casualties.",
    "casualties": "Every casualty figure with its source and its rivals.",
    "strength": "How many troops were there, date by date.",
    "on": "What is known of a day, a month or a phase.",
    "show": "One record of any kind, in full.",
    "search": "Records that answer a question, or have the words.",
    "disputes": "Where the sources disagree, the answers side by side.",
    "people": "Who took part, with roles and what each is tied to.",
    "places": "Where it happened, with what each is tied to.",
    "organizations": "Units, parties and missions, with what each is tied to.",
    "sources": "Every source, with what rests on it.",
    "glossary": "The terms, and what they mean.",
    "map": "Where it happened: a map with numbered places.",
    "cite": "The bibliography of records: text, BibTeX, CSL-JSON.",
    "export": "A document for another program.",
    "check": "Your own file: every fault in it at once.",
    "schema": "The JSON Schema of such a file, and of every answer.",
    "new": "A file of your own to start from.",
    "explore": "Browse on the whole screen, with keys or the mouse.",
    "completion": "What makes TAB work in your shell.",
}
"""Each is the function of its name in `commands/NAME.py`, imported when it is asked for."""

EXAMPLES = """\
What one can ask:

  withdrawal overview                         the whole thing on one card
  withdrawal timeline                         the key events, in order
  withdrawal timeline --during 1988-08 --all  everything in August 1988
  withdrawal phases                           how it went, phase by phase
  withdrawal casualties --side soviet         who counted how many dead
  withdrawal show "boris gromov"              one record of any kind, in full

Each takes --help, --json and --data FILE. All commands: withdrawal --help
"""


class Helped:
    """A command whose help is an answer like any other: Typer's own ends in a traceback on a full disk."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc] # of the command that this is mixed into
        if option:
            option.callback = _show_help
        return option


def _show_help(ctx: Any, _option: object, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from withdrawal_cli.output import write

        write(f"{ctx.get_help()}\n")
        ctx.exit()


class Command(Helped, TyperCommand):
    """A subcommand that says what to do with a word that it has no place for."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            options = {option for parameter in self.params for option in parameter.opts}
            ways = [way for option, way in WAYS.items() if option in options]
            hint = (
                f"Give {' or '.join(ways)}; quotation marks keep words together.\n" if ways else ""
            )
            raise UsageError(
                f"{self.name} has no place for {rest[0]!r}",
                hint=f"{hint}withdrawal {self.name} --help says what it takes.",
            )
        return rest


WAYS = {"--during": "a time with --during", "--match": "a word with --match"}
"""How to say what people write behind a command that takes no words, by the option that it has."""


class Commands(Helped, TyperGroup):
    """The subcommands, each built when it is called: building all of them would cost as much as running one."""

    offering = False
    "Whether only their names are wanted, for a TAB."

    def list_commands(self, _ctx: object) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, _ctx: object, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        self.offering = True
        return super().shell_complete(ctx, incomplete)

    def get_command(self, _ctx: object, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        if self.offering:
            return TyperCommand(cmd_name, short_help=COMMANDS[cmd_name], rich_markup_mode=None)
        single = _app()
        single.command(cmd_name, cls=Command, short_help=COMMANDS[cmd_name])(
            getattr(import_module(f"withdrawal_cli.commands.{cmd_name}"), cmd_name)
        )
        return typer.main.get_command(single)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(name.lower(), COMMANDS)
            hint = (
                f"Did you mean {' or '.join(near)}?"
                if near
                else "withdrawal --help lists the commands."
            )
            raise UsageError(f"there is no command {name!r}", hint=hint)
        return super().resolve_command(ctx, args)


def _app(**options: Any) -> typer.Typer:
    return typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        **options,
    )


app = _app(cls=Commands, invoke_without_command=True)


def _show_version(ctx: typer.Context, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:  # a TAB reads the line too
        from withdrawal_cli import __version__
        from withdrawal_cli.dataset.reading import load_dataset
        from withdrawal_cli.output import write

        about = load_dataset().metadata
        write(f"withdrawal {__version__}, data {about.version} of {about.released}\n")
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
    """Ask a history: what happened, day by day, how many were there and how many were lost, and who says so.

    Every statement has its source, and sources that disagree stand side by side. The history is the bundled one, of which
    `withdrawal overview` is the card, or your own with --data FILE.
    """
    if ctx.invoked_subcommand is None:
        from withdrawal_cli.output import write

        write(EXAMPLES)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the program. Our own errors end in plain words; a traceback means a bug."""
    try:
        if shell := os.environ.get("_WITHDRAWAL_COMPLETE"):
            from withdrawal_cli.completion import answer_tab
            from withdrawal_cli.output import write

            write(answer_tab(app, shell, sys.argv[1:] if argv is None else argv))
        else:
            app(argv, prog_name="withdrawal")
    except WithdrawalError as error:
        if sys.stderr is not None:
            from withdrawal_cli.safety import tellable

            with suppress(OSError):  # a full disk: the exit status is all that is left to say
                typer.echo(tellable(f"withdrawal: {error}"), err=True)
        raise SystemExit(error.status) from None
