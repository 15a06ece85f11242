"""`withdrawal organizations`: the units, parties and missions."""

from typing import Annotated

from typer import Option

from withdrawal_cli.completion import values_of
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import ORGANIZATIONS
from withdrawal_cli.options import AnswerOptions, ListOptions, Sides, Texts, takes_options
from withdrawal_cli.output import answer, shown_limit
from withdrawal_cli.queries.lists import OrganizationRow, summarize_list

FIELDS = fields_of(OrganizationRow)


@takes_options
def organizations(
    list_options: ListOptions,
    answer_options: AnswerOptions,
    sides: Sides = None,
    kinds: Annotated[
        Texts,
        Option(
            "--kind",
            autocompletion=values_of("organizations", "kind"),
            metavar="KIND",
            help="Of this kind: division, party, mission and so on.",
        ),
    ] = None,
) -> None:
    """List the units, parties, governments and missions.

    With how many events name each.

    Estimates are counted through the events that name the organization.

    \b
    withdrawal organizations --kind party
    withdrawal organizations --side soviet --sort events
    withdrawal organizations --match airborne --json | jq '.[].leader'
    """
    dataset = answer_options.load()
    report = summarize_list(
        dataset,
        "organizations",
        {"side": sides, "kind": kinds},
        **list_options.as_keywords(shown_limit(list_options.limit, answer_options)),
    )
    listing = Listing(dataset=dataset, rows=report.rows, fields=FIELDS, columns=ORGANIZATIONS)
    answer(
        listing, answer_options, note=report.note(), left_out=report.left_out(list_options.limit)
    )
