"""`withdrawal phases`: the withdrawal in outline."""

from typing import TYPE_CHECKING, Annotated

from typer import Argument

from withdrawal_cli.completion import ids_in
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import PHASES
from withdrawal_cli.options import AnswerOptions, takes_options
from withdrawal_cli.output import answer, shown_limit
from withdrawal_cli.queries.names import find_ids
from withdrawal_cli.queries.phases import PhaseRow, count_figures, summarize_phases
from withdrawal_cli.wording import number

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(PhaseRow)


CARDS = 100
"""The most phases that a screen shows when none is named."""


@takes_options
def phases(
    answer_options: AnswerOptions,
    ids: Annotated[
        list[str] | None,
        Argument(
            autocompletion=ids_in("phases"),
            metavar="[ID]...",
            show_default=False,
            help="Only these phases.",
        ),
    ] = None,
) -> None:
    """List the phases: dates, troops out, garrisons, casualties.

    \b
    withdrawal phases
    withdrawal phases phase-one
    withdrawal phases --fields id,date,days -f csv
    """
    dataset = answer_options.load()
    rows = summarize_phases(dataset, ids or (), shown_limit(None, answer_options, CARDS))
    more = len(find_ids(dataset, "phases", ids or ()) or dataset.phases) - CARDS
    left_out = f"{number(more)} more: withdrawal phases ID shows one." if more > 0 else ""

    def draw() -> "RenderableType":
        from withdrawal_cli.views.phases import phase_cards

        return phase_cards(dataset, rows)

    note = None if dataset.phases else "The data has no phases."
    products = count_figures(dataset, ids or ())
    listing = Listing(dataset=dataset, rows=rows, fields=FIELDS, columns=PHASES, products=products)
    answer(listing, answer_options, draw=draw, note=note, left_out=left_out)
