"""`withdrawal people`: who took part."""

from withdrawal_cli.commands._shared import answer_list
from withdrawal_cli.dataset import load_dataset
from withdrawal_cli.formats import Column
from withdrawal_cli.model import Dataset
from withdrawal_cli.options import ListOptions, OutputOptions, ScreenOptions, Sides, takes_options
from withdrawal_cli.queries.lists import PersonRow, main_role, summarize_list
from withdrawal_cli.wording import life_text

FIELDS = tuple(PersonRow.__annotations__)


@takes_options
def people(
    order: ListOptions,
    output: OutputOptions,
    screen: ScreenOptions,
    sides: Sides = None,
) -> None:
    """List the people: life, main role, side, and how many events name them.

    Estimates are counted through the events that name the person.

    \b
    withdrawal people --side soviet --sort events -n 10
    withdrawal people --match ambassador
    withdrawal people --json | jq '.[] | select(.events > 20) | .name'
    """
    dataset = load_dataset(screen.data)
    report = summarize_list(dataset, "people", {"side": sides}, **order.listing())
    answer_list(dataset, report, FIELDS, _columns(dataset), output, screen)


def _columns(dataset: Dataset) -> list[Column]:
    return [
        Column("Name", lambda row: row["name"]),
        Column("Life", life_text),
        Column("Role", lambda row: main_role(dataset, row) or ""),
        Column("Side", lambda row: dataset.name(row["side"]) if row["side"] else ""),
    ]
