"""`withdrawal overview`: the story, and the key facts on a card."""

from typing import TYPE_CHECKING

from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import OVERVIEW
from withdrawal_cli.options import AnswerOptions, takes_options
from withdrawal_cli.output import answer
from withdrawal_cli.queries.overview import Overview, summarize_overview

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(Overview)


@takes_options
def overview(answer_options: AnswerOptions) -> None:
    """Tell the story, then show the key facts on a card.

    Dates, place, result, belligerents, commanders, key figures, phases.

    \b
    withdrawal overview
    withdrawal overview --json | jq .belligerents
    """
    dataset = answer_options.load()
    card = summarize_overview(dataset)

    def draw() -> "RenderableType":
        from withdrawal_cli.views.overview import overview_card

        return overview_card(dataset, card)

    listing = Listing(dataset=dataset, rows=[card], fields=FIELDS, columns=OVERVIEW, single=True)
    answer(listing, answer_options, draw=draw, page=True)
