"""`withdrawal places`: where it happened."""

from typing import Annotated

from typer import Option

from withdrawal_cli.completion import values_of
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import PLACES
from withdrawal_cli.options import AnswerOptions, ListOptions, Texts, takes_options
from withdrawal_cli.output import answer, shown_limit
from withdrawal_cli.queries.lists import PlaceRow, summarize_list

FIELDS = fields_of(PlaceRow)


@takes_options
def places(
    list_options: ListOptions,
    answer_options: AnswerOptions,
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
    """List where it happened.

    With kind, country, position, and how many events happened there.

    Estimates are counted through the events that happened there.

    \b
    withdrawal places --sort events -n 10
    withdrawal places --kind airbase --kind garrison
    withdrawal places --country 'soviet union' --fields id,latitude,longitude -f csv
    """
    dataset = answer_options.load()
    report = summarize_list(
        dataset,
        "places",
        {"kind": kinds, "country": countries},
        **list_options.as_keywords(shown_limit(list_options.limit, answer_options)),
    )
    listing = Listing(dataset=dataset, rows=report.rows, fields=FIELDS, columns=PLACES)
    answer(
        listing, answer_options, note=report.note(), left_out=report.left_out(list_options.limit)
    )
