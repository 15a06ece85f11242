"""`withdrawal organizations`: the units, parties and missions."""

from typing import Annotated

from typer import Option

from withdrawal_cli.commands._shared import answer_list
from withdrawal_cli.completion import values_of
from withdrawal_cli.dataset import load_dataset
from withdrawal_cli.formats import Column
from withdrawal_cli.model import Dataset
from withdrawal_cli.options import ListOptions, OutputOptions, ScreenOptions, Sides, Texts, takes_options
from withdrawal_cli.queries.lists import OrganizationRow, summarize_list

FIELDS = tuple(OrganizationRow.__annotations__)


@takes_options
def organizations(
    order: ListOptions,
    output: OutputOptions,
    screen: ScreenOptions,
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
    """List the organizations: units, parties, governments, missions, and how many events name them.

    Estimates are counted through the events that name the organization.

    \b
    withdrawal organizations --kind party
    withdrawal organizations --side soviet --sort events
    withdrawal organizations --match airborne --json | jq '.[].leader'
    """
    dataset = load_dataset(screen.data)
    report = summarize_list(dataset, "organizations", {"side": sides, "kind": kinds}, **order.listing())
    answer_list(dataset, report, FIELDS, _columns(dataset), output, screen)


def _columns(dataset: Dataset) -> list[Column]:
    return [
        Column("Name", lambda row: row["name"]),
        Column("Kind", lambda row: row["kind"] or ""),
        Column("Side", lambda row: dataset.name(row["side"]) if row["side"] else ""),
        Column("Leader", lambda row: dataset.name(row["leader"]) if row["leader"] else ""),
    ]
