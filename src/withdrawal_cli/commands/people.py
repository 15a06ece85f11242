"""`withdrawal people`: who took part."""

from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import PEOPLE
from withdrawal_cli.options import (
    Every,
    ListOptions,
    OutputOptions,
    ScreenOptions,
    Sides,
    takes_options,
)
from withdrawal_cli.output import answer, shown_limit
from withdrawal_cli.queries.lists import PersonRow, summarize_list
from withdrawal_cli.wording import count_note, key_note, unshown

FIELDS = fields_of(PersonRow)


@takes_options
def people(
    order: ListOptions,
    output: OutputOptions,
    screen: ScreenOptions,
    sides: Sides = None,
    every: Every = False,
) -> None:
    """List who took part, with their roles.

    With life dates, main role, side, and how many events name them.

    Without a filter: those tied to a key event, dispute or figure (everybody, in a file that marks
    none). With --all or a filter: every match, those first. Estimates are counted through the
    events that name the person.

    \b
    withdrawal people --side soviet --sort events -n 10
    withdrawal people --match ambassador
    withdrawal people --all --json | jq '.[] | select(.events > 20) | .name'
    """
    dataset = load_dataset(screen.data)
    key_only = not (every or sides or order.match)
    report = summarize_list(
        dataset,
        "people",
        {"side": sides},
        emphasis="key-only" if key_only else "key-first",
        **order.listing(shown_limit(order.limit, output, screen)),
    )
    listing = Listing(dataset=dataset, rows=report.rows, fields=FIELDS, columns=PEOPLE)
    rest = unshown(order.limit, len(report.rows), report.matched)
    if key_only and not rest:
        rest = key_note(report.matched, report.total, "people")
    note = count_note(len(report.rows), report.total, "people")
    answer(listing, output, screen, note=note, rest=rest)
