"""`withdrawal explore`: the interactive browser."""

import codecs
import gc
import os
import shlex
import sys
from pathlib import Path
from typing import Annotated

from typer import Argument

from withdrawal_cli import __version__
from withdrawal_cli.commands.timeline import timeline_listing
from withdrawal_cli.completion import ids_in
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.errors import UsageError, WithdrawalError
from withdrawal_cli.exports import EXPORTS, Selection, left_out
from withdrawal_cli.exports import render as render_export
from withdrawal_cli.formats import FORMATS, render
from withdrawal_cli.model import KINDS, Dataset
from withdrawal_cli.options import DataOptions, spelled, takes_options
from withdrawal_cli.queries.filters import Filters
from withdrawal_cli.queries.names import find_record
from withdrawal_cli.queries.timeline import summarize_timeline
from withdrawal_cli.system.files import write_file
from withdrawal_cli.wording import number


@takes_options
def explore(
    source: DataOptions,
    record: Annotated[
        str | None,
        Argument(
            autocompletion=ids_in(*KINDS.values()),
            metavar="[ID]",
            show_default=False,
            help="Open at this record: an id, or a name or title or a part of one.",
        ),
    ] = None,
) -> None:
    """Browse on the whole screen, with keys or the mouse.

    The timeline is on the left, the record on the right, its claims and sources as links.

    The keyboard suffices and the mouse works; ? shows the keys. It needs Textual: pip install "withdrawal-cli[explore]".

    \b
    withdrawal explore
    withdrawal explore geneva-accords
    """
    if source.data == "-":
        raise UsageError(
            "--data - leaves no standard input for the keys", hint="Give --data the name of a file."
        )
    try:
        from withdrawal_cli.explore.app import Explorer
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "textual":
            raise
        raise WithdrawalError(
            "explore needs Textual", hint='pip install "withdrawal-cli[explore]"'
        ) from None
    dataset = load_dataset(source.data)
    start = find_record(dataset, record).id if record else None
    refuse_what_cannot_be_drawn_on()
    gc.enable()  # a browser runs for hours
    for name in (
        "COLUMNS",
        "LINES",
    ):  # a whole screen is as large as the terminal, also when that changes
        os.environ.pop(name, None)
    browser = Explorer(dataset, start, lambda filters, name: save(dataset, filters, name))
    browser.run()
    raise SystemExit(browser.return_code)


def refuse_what_cannot_be_drawn_on() -> None:
    """Raise WithdrawalError where there is no terminal that takes a whole screen; it is drawn on standard error."""
    hint = "Without it: withdrawal timeline, withdrawal show ID, withdrawal search WORDS."
    if not all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise WithdrawalError("explore needs a terminal", hint=hint)
    if os.environ.get("TERM") == "dumb":
        raise WithdrawalError(
            "explore needs a terminal that can move its cursor, and TERM is dumb", hint=hint
        )
    if codecs.lookup(sys.stderr.encoding).name != "utf-8":
        raise WithdrawalError(
            f"explore needs a terminal in UTF-8, and this one is {sys.stderr.encoding}", hint=hint
        )


def save(dataset: Dataset, filters: Filters, name: str) -> str:
    """Write the events that the filters choose to a new file in the format of its suffix; return what was done."""
    if not name.strip():
        raise UsageError(
            "there is no file name", hint="Write one: events.csv, events.json, events.geojson."
        )
    try:
        path = Path(name.strip()).expanduser()
    except RuntimeError:
        raise WithdrawalError(
            "there is no such home folder", where=name.strip(), hint="Write the whole path."
        ) from None
    report = summarize_timeline(dataset, filters.or_all())
    kind = next(
        (
            kind
            for kind, (suffix, _) in (FORMATS | EXPORTS).items()
            if suffix == path.suffix.lower()
        ),
        None,
    )
    if kind is None:
        raise UsageError(
            f"the suffix of {path.name!r} names no format", hint="Use one of those above."
        )
    missing = ""
    if kind in EXPORTS:
        words = shlex.join(spelled(filters))
        selection = Selection(
            dataset=dataset,
            events=report.events,
            filters=words,
            program=f"withdrawal {__version__}",
        )
        pieces, missing = iter([render_export(kind, selection)]), left_out(kind, selection)
    else:
        pieces = render(kind, timeline_listing(dataset, report))
    if os.path.lexists(path):
        raise WithdrawalError(
            "there is already a file of that name", where=str(path), hint="Choose another."
        )
    slash = "/" if name.rstrip().endswith("/") else ""  # which a Path has dropped
    write_file(f"{path}{slash}", pieces, force=False)
    return f"Wrote {number(len(report.events))} events to {path}. {missing}".rstrip()
