"""`withdrawal places`: where it happened."""

from typing import TYPE_CHECKING, Annotated

from typer import Option

from withdrawal_cli.completion import values_of
from withdrawal_cli.dataset import load_dataset
from withdrawal_cli.formats import Column, Listing
from withdrawal_cli.options import ListOptions, OutputOptions, ScreenOptions, Texts, takes_options
from withdrawal_cli.output import answer
from withdrawal_cli.queries.lists import PlaceRow, summarize_list
from withdrawal_cli.wording import count_note, country_text, number

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = tuple(PlaceRow.__annotations__)


@takes_options
def places(
    order: ListOptions,
    output: OutputOptions,
    screen: ScreenOptions,
    kinds: Annotated[
        Texts,
        Option(
            "--kind",
            autocompletion=values_of("places", "kind"),
            metavar="KIND",
            help="Of this kind: city, airbase, pass and so on.",
        ),
    ] = None,
    countries: Annotated[
        Texts,
        Option(
            "--country",
            autocompletion=values_of("places", "country", "country_then"),
            metavar="COUNTRY",
            help="In this country, of today or of then.",
        ),
    ] = None,
) -> None:
    """List the places: kind, country, position, and how many events happened there.

    Estimates are counted through the events that happened there.

    \b
    withdrawal places --sort events -n 10
    withdrawal places --kind airbase --kind garrison
    withdrawal places --country 'soviet union' --fields id,latitude,longitude -f csv
    """
    dataset = load_dataset(screen.data)
    report = summarize_list(dataset, "places", {"kind": kinds, "country": countries}, **order.listing())

    def draw() -> "RenderableType":
        from withdrawal_cli.views.lists import ListView

        return ListView(dataset, "places", report.rows)

    answer(
        lambda: Listing(rows=report.rows, fields=FIELDS, columns=COLUMNS),
        draw,
        output,
        screen,
        note=count_note(len(report.rows), report.total, "places"),
    )


COLUMNS = [
    Column("Name", lambda row: row["name"]),
    Column("Kind", lambda row: row["kind"] or ""),
    Column("Country", country_text),
    Column("Latitude", lambda row: "" if row["latitude"] is None else str(row["latitude"]), figure=True),
    Column("Longitude", lambda row: "" if row["longitude"] is None else str(row["longitude"]), figure=True),
    Column("Events", lambda row: number(row["events"]), figure=True),
    Column("Estimates", lambda row: number(row["estimates"]), figure=True),
    Column("Id", lambda row: row["id"]),
]
