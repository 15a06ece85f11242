"""`withdrawal new`: a file of your own."""

import shlex
from collections.abc import Iterable
from pathlib import PurePath
from typing import Annotated

from typer import Argument

from withdrawal_cli.completion import one_of
from withdrawal_cli.dataset.reading import START, bundled_path, read_input
from withdrawal_cli.errors import UsageError, WithdrawalError, check_choice
from withdrawal_cli.imports import IMPORTS, read
from withdrawal_cli.options import Options, file_name, option, takes_options
from withdrawal_cli.output import deliver, remark, talk


class NewOptions(Options):
    """What to start from."""

    kind: str | None = option(
        "--from",
        metavar="KIND",
        autocompletion=one_of(*IMPORTS),
        help=f"What SOURCE is: {', '.join(IMPORTS)}.",
    )
    empty: bool = option(
        "--empty", help="One short record of each kind, to write over.", default=False
    )
    title: str | None = option("--title", metavar="TEXT", help="With --empty, what it is called.")
    force: bool = option("--force", help="Replace a file of that name.", default=False)

    def check(self) -> None:
        if self.title is not None and not self.empty:
            hint = "Add --empty, or change it in the file."
            raise UsageError("--title is for --empty", hint=hint)
        kind = {".csv": "csv", ".json": "timelinejs"}.get(PurePath(self.kind or "").suffix.lower())
        more = f" The kind comes first: --from {kind} {shlex.quote(self.kind or '')}."
        check_choice(self.kind, IMPORTS, "there is no import {!r}", more=more if kind else "")


@takes_options
def new(
    file: Annotated[
        str,
        Argument(
            metavar="FILE",
            parser=file_name,
            show_default=False,
            help="Where to write it; - is standard output.",
        ),
    ],
    new_options: NewOptions,
    source: Annotated[
        str | None,
        Argument(metavar="[SOURCE]", help="With --from, what to read; - is standard input."),
    ] = None,
) -> None:
    """Write a file of your own to start from.

    It is a small history, complete and with sources, that fills every screen: events, phases,
    people, places, a route, figures, and a dispute with its rivals. Change the card at its head
    first, then replace the rest record by record. With --empty it is a short file with one record
    of each kind.

    With --from it is made from a file that you have: the JSON or the spreadsheet (saved as CSV) of
    a TimelineJS timeline, what timeline -f csv writes, or a table of your own. It needs a column
    with the date (date, when, start, year) and one with the title (title, headline, event, name);
    end, summary or description, category, place, person, organization, source or url, importance
    and certainty are imported too, several of a kind separated by semicolons.

    Dates may be written in every form that withdrawal itself reads or prints, such as c. 1820,
    4 or 5 Aug 1988, 1950s, before 1900, 1914-1918. Links and media become sources. What cannot be
    imported is named on standard error, with its rows.

    \b
    withdrawal new history.json
    withdrawal new history.json && withdrawal timeline --data history.json
    withdrawal new --empty --title "Our town" town.json
    printf 'Year,Headline\\n1969,Men on the Moon\\n' | withdrawal new moon.json --from csv -
    """
    deliver(_document(new_options, source), file, force=new_options.force)
    if file != "-":
        talk(next_steps(file))


def _document(options: NewOptions, source: str | None) -> Iterable[bytes]:
    """Return the dataset to write. Raises UsageError for a SOURCE without --from."""
    if options.empty:
        from withdrawal_cli.imports.empty import empty as empty_draft

        if options.kind or source:
            raise UsageError("--empty and --from cannot be combined", hint="Give one of them.")
        return empty_draft(options.title or "My history").to_json()
    if options.kind:
        return _imported(options.kind, source)
    if source is not None:
        raise UsageError(
            f"{source!r} was given without --from, which says what it is",
            hint=f"Add --from {' or --from '.join(IMPORTS)}.",
        )
    return [bundled_path(START).read_bytes()]


def _imported(kind: str, source: str | None) -> Iterable[bytes]:
    if source is None:
        raise UsageError(
            "--from needs a SOURCE",
            hint=f"Write withdrawal new FILE --from {kind} SOURCE; - is standard input.",
        )
    draft = read(kind, read_input(source, "Check the path."), source)
    if draft.warnings:
        remark("\n".join(f"{source}: {warning}" for warning in draft.warnings))
    if not draft.records.get("events"):
        raise WithdrawalError("no event in it can be imported", where=source)
    return draft.to_json()


def next_steps(file: str) -> str:
    """Return what to do next with the new file."""
    name = shlex.quote(file)
    return f"""\
Written: {file}. Put in what you know, and then:
  withdrawal check {name}            names every fault in it
  withdrawal timeline --data {name}  shows it; every command takes --data
withdrawal help dataset says what each field holds."""
