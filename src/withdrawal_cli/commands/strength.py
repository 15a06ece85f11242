"""`withdrawal strength`: how many troops were there, date by date."""

from typing import TYPE_CHECKING, Annotated

from typer import Option

from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import STRENGTH
from withdrawal_cli.model import Dataset
from withdrawal_cli.options import (
    ClaimOptions,
    OrderOptions,
    OutputOptions,
    ScreenOptions,
    takes_options,
)
from withdrawal_cli.output import answer, shown_limit
from withdrawal_cli.queries.strength import Strength, StrengthRow, strength_row, summarize_strength
from withdrawal_cli.wording import counted, in_time, number, unshown

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(StrengthRow)


@takes_options
def strength(
    claims: ClaimOptions,
    order: OrderOptions,
    output: OutputOptions,
    screen: ScreenOptions,
    all: Annotated[
        bool, Option("--all", help="Every side, not only the one that the file is about.")
    ] = False,  # noqa: A002
) -> None:
    """List how many troops there were, date by date.

    Each has a bar to scale, and says what it counts and who says so.

    A figure of one town or one unit is marked as a part and has a line for a bar. Where no figure is known for more than
    60 days of the subject's time, that is said.

    \b
    withdrawal strength --during 1988-05..1989-02
    withdrawal strength --all --phase phase-two
    withdrawal strength --json | jq '.[] | select(.part | not) | {date, best, perspectives}'
    """
    dataset = load_dataset(screen.data)
    filters = claims.filters()
    report = summarize_strength(
        dataset,
        filters,
        every_side=all,
        reverse=order.reverse,
        limit=shown_limit(order.limit, output, screen),
    )

    def draw() -> "RenderableType":
        from withdrawal_cli.views.strength import StrengthView

        return StrengthView(dataset, report)

    rows = (strength_row(dataset, estimate) for estimate in report.estimates)
    listing = Listing(dataset=dataset, rows=rows, fields=FIELDS, columns=STRENGTH)
    rest = unshown(order.limit, len(report.estimates), report.matched)
    answer(listing, output, screen, draw=draw, note=_note(dataset, report), rest=rest)


def _note(dataset: Dataset, report: Strength) -> str:
    if not report.estimates:
        return counted(
            dataset, 0, report.total, ("strength figure", "strength figures"), report.asked
        )
    side = f", those of {dataset.name(report.side)}; --all shows every side" if report.side else ""
    return in_time(
        report.asked,
        f"{number(len(report.estimates))} of {number(report.total)} strength figures{side}.",
    )
