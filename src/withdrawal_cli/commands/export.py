"""`withdrawal export`: a document for another program."""

import shlex
from collections.abc import Iterable
from typing import Annotated

from typer import Argument

from withdrawal_cli import __version__
from withdrawal_cli.completion import one_of
from withdrawal_cli.errors import UsageError, check_choice
from withdrawal_cli.exports import EXPORTS, OTHER_NAMES, OTHER_SUFFIXES, Selection, left_out, render
from withdrawal_cli.formats import FORMATS, refuse_suffix
from withdrawal_cli.formats.provenance import command_text, file_name
from withdrawal_cli.model import Dataset, Event
from withdrawal_cli.options import (
    DataOptions,
    EventOptions,
    EvidenceOptions,
    Force,
    Options,
    Target,
    option,
    spelled,
    takes_options,
)
from withdrawal_cli.output import deliver, refuse_screen, remark, remark_hearing, talk
from withdrawal_cli.queries.filters import Choice, Filters
from withdrawal_cli.safety import clean
from withdrawal_cli.wording import counted


class ExportOptions(Options):
    """Where to write, and the options of a single export."""

    output: Target = None
    force: Force = False
    anniversaries: bool = option(
        "--anniversaries", help="In an ics calendar, repeat exact days every year.", default=False
    )
    markdown: bool = option(
        "--markdown", help="A handout in Markdown, as with the suffix .md.", default=False
    )
    # Nothing is drawn here, but version 0.1 took both, and scripts may still give them.
    _color: str | None = option("--color", hidden=True)
    _width: str | None = option("--width", hidden=True)

    def given_to(self, name: str) -> dict[str, bool]:
        """Return the options given to this export. Raises UsageError for another one's."""
        for taken, its in (("anniversaries", "ics"), ("markdown", "handout")):
            if getattr(self, taken) and name != its:
                hint = f"Leave it out, or export {its}."
                raise UsageError(f"--{taken} is for {its}, not {name}", hint=hint)
        is_markdown = name == "handout" and (self.output or "").lower().endswith(".md")
        asked = {"anniversaries": self.anniversaries, "markdown": self.markdown or is_markdown}
        return {taken: True for taken, given in asked.items() if given}


@takes_options
def export(
    format: Annotated[  # noqa: A002 (its name on the command line)
        str,
        Argument(
            metavar="FORMAT",
            autocompletion=one_of(*EXPORTS),
            show_default=False,
            help=f"{', '.join(EXPORTS)}.",
        ),
    ],
    event_options: EventOptions,
    data_options: DataOptions,
    export_options: ExportOptions,
) -> None:
    """Make a document for another program, or a page for people.

    It has every event, or those that the filters choose, and carries the filters, the versions of
    program and data, and the licence of the data.

    \b
    withdrawal export geojson -o withdrawal.geojson
    withdrawal export ics --key --anniversaries -o withdrawal.ics
    withdrawal export geojson --phase phase-one | jq '.features | length'
    withdrawal export handout -o lesson.html
    """
    more = ""
    if format in FORMATS:
        more = f" A listing as {format}: withdrawal timeline -f {format}."
    elif format.lower() == "pdf":
        more = " A browser prints handout and html as PDF."
    check_choice(format, EXPORTS, "there is no export {!r}", meant=OTHER_NAMES, more=more)
    options = export_options.given_to(format)
    output = export_options.output
    refuse_suffix(output, format, EXPORTS[format][0], *OTHER_SUFFIXES.get(format, ()))
    dataset = data_options.load()
    filters = event_options.filters()
    choice = Choice(dataset, filters.or_all())
    given = [f"--{name}" for name in options]
    selection = make_selection(format, dataset, choice.events(), filters, data_options.data, *given)
    document = render(format, selection, **options)
    if output is None:
        refuse_screen(document, f"withdrawal{EXPORTS[format][0]}")
    deliver([document], output, force=export_options.force)
    shown, total = len(selection.events), len(dataset.events)
    talk(counted(dataset, shown, total, "event", choice.periods))
    if missing := left_out(format, selection):
        remark(missing)
    remark_hearing(dataset)


def make_selection(
    format: str,  # noqa: A002 (its name on the command line)
    dataset: Dataset,
    events: Iterable[Event],
    filters: Filters,
    data: str | None,
    *more: str,
) -> Selection:
    """Return the chosen events, with what an export says about how it was made.

    `data` is the dataset's file, and `more` is whatever else was on the command line.
    """
    chosen = spelled(EventOptions, filters) + spelled(EvidenceOptions, dataset.evidence)
    file = ["--data", file_name(data)] if data else []
    return Selection(
        dataset=dataset,
        events=tuple(events),
        chosen_with=clean(shlex.join(chosen)),
        program=f"withdrawal {__version__}",
        command=command_text(["export", format, *chosen, *more, *file]),
    )
