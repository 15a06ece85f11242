"""`withdrawal on`: what is known of one day, or of a longer time."""

from typing import TYPE_CHECKING, Annotated

from typer import Argument

from withdrawal_cli.completion import ids_in
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import BRIEFING
from withdrawal_cli.options import OutputOptions, ScreenOptions, takes_options
from withdrawal_cli.output import answer, shown_limit
from withdrawal_cli.queries.filters import resolve_period
from withdrawal_cli.queries.on import Briefing, summarize_briefing

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(Briefing)


IN_FULL = 20
"""The phases that a screen shows with their figures."""


@takes_options
def on(
    output_options: OutputOptions,
    screen_options: ScreenOptions,
    date: Annotated[
        list[str],
        Argument(
            autocompletion=ids_in("phases", "events"),
            metavar="DATE...",
            show_default=False,
            help="A day, a month, a span, or the id of a phase or an event.",
        ),
    ],
) -> None:
    """Show what is known of a day, a month or a phase.

    Its number, the phase, troops, what happened, what came before and after, casualties.

    A month, a season or a phase gives the same for the whole of it.

    \b
    withdrawal on 15 May 1988
    withdrawal on 1988-12-25 --json | jq '{day, silence}'
    withdrawal on 1988-08
    """
    dataset = screen_options.load()
    in_full = shown_limit(None, output_options, screen_options, IN_FULL, page=True)
    period = resolve_period(dataset, " ".join(date))
    briefing = summarize_briefing(dataset, period, in_full=in_full)

    def draw() -> "RenderableType":
        from withdrawal_cli.views.on import BriefingView

        return BriefingView(dataset, briefing)

    listing = Listing(
        dataset=dataset, rows=[briefing], fields=FIELDS, columns=BRIEFING, single=True
    )
    answer(
        listing, output_options, screen_options, draw=draw, page=True, found=bool(briefing.events)
    )
