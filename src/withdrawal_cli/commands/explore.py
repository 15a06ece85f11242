"""`withdrawal explore`: the interactive browser."""

import codecs
import gc
import os
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

from typer import Argument

from withdrawal_cli.commands.export import make_selection
from withdrawal_cli.commands.timeline import event_listing
from withdrawal_cli.completion import ids_in
from withdrawal_cli.errors import UsageError, WithdrawalError
from withdrawal_cli.exports import EXPORTS, left_out
from withdrawal_cli.exports import render as render_export
from withdrawal_cli.formats import FORMATS, render
from withdrawal_cli.model import KINDS, Dataset
from withdrawal_cli.options import DataOptions, takes_options
from withdrawal_cli.queries.filters import Filters
from withdrawal_cli.queries.names import find_record
from withdrawal_cli.queries.timeline import summarize_timeline
from withdrawal_cli.system.files import write_file
from withdrawal_cli.system.installation import how_to_install
from withdrawal_cli.wording import number


@takes_options
def explore(
    data_options: DataOptions,
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

    Use the keyboard or the mouse; ? shows the keys. It needs Textual, the extra explore; without
    it, this command prints what to install.

    \b
    withdrawal explore
    withdrawal explore geneva-accords
    """
    if data_options.data == "-":
        raise UsageError(
            "--data - leaves no standard input for the keys", hint="Give --data the name of a file."
        )
    try:
        from withdrawal_cli.explore.app import Explorer
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "textual":
            raise
        raise WithdrawalError(
            "explore needs Textual", hint=f"Try:\n  {how_to_install('explore')}"
        ) from None
    dataset = data_options.load()
    start = find_record(dataset, record).id if record else None
    require_full_screen()
    gc.enable()  # unlike a command, a browser runs for hours
    for name in ("COLUMNS", "LINES"):  # with these, Textual would ignore a resized terminal
        os.environ.pop(name, None)
    browser = Explorer(dataset, start, partial(save, dataset, data_options.data))
    browser.run()
    raise SystemExit(browser.return_code)


def require_full_screen() -> None:
    """Raise WithdrawalError unless the streams are a terminal that can show a whole screen.

    Textual draws on standard error.
    """
    problem = ""
    if not all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        problem = "explore needs a terminal"
    elif os.environ.get("TERM") == "dumb":
        problem = "explore needs a terminal that can move its cursor, and TERM is dumb"
    elif codecs.lookup(sys.stderr.encoding).name != "utf-8":
        problem = f"explore needs a terminal in UTF-8, and this one is {sys.stderr.encoding}"
    if problem:
        hint = "Without it: withdrawal timeline, withdrawal show ID, withdrawal search WORDS."
        raise WithdrawalError(problem, hint=hint)


def save(dataset: Dataset, data: str | None, filters: Filters, name: str) -> str:
    """Write the chosen events to a new file in the format of its suffix, and return a report."""
    name = name.strip()
    if not name:
        raise UsageError(
            "there is no file name", hint="Write one: events.csv, events.json, events.geojson."
        )
    try:
        path = Path(name).expanduser()
    except RuntimeError:  # ~nobody
        raise WithdrawalError(
            "there is no such home folder", where=name, hint="Write the whole path."
        ) from None
    kinds = [
        kind for kind, (suffix, _) in (FORMATS | EXPORTS).items() if suffix == path.suffix.lower()
    ]
    if not kinds:
        raise UsageError(
            f"the suffix of {path.name!r} names no format", hint="Use one of those above."
        )
    timeline = summarize_timeline(dataset, filters.or_all())
    missing = ""
    if kinds[0] in EXPORTS:
        selection = make_selection(kinds[0], dataset, timeline.events, filters, data)
        pieces = iter([render_export(kinds[0], selection)])
        missing = left_out(kinds[0], selection)
    else:
        pieces = render(kinds[0], event_listing(dataset, timeline.events))
    if os.path.lexists(path):
        raise WithdrawalError(
            "there is already a file of that name", where=str(path), hint="Choose another."
        )
    # A Path drops the slash of a folder's name, which `write_file` refuses.
    write_file(f"{path}/" if name.endswith("/") else str(path), pieces, force=False)
    return f"Wrote {number(len(timeline.events))} events to {path}. {missing}".rstrip()
