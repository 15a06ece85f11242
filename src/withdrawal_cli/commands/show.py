"""`withdrawal show`: one record of any kind, in full."""

from typing import TYPE_CHECKING, Annotated

from typer import Argument

from withdrawal_cli.completion import ids_in
from withdrawal_cli.formats import Listing
from withdrawal_cli.formats.columns import RECORDS
from withdrawal_cli.model import KINDS
from withdrawal_cli.options import AnswerOptions, takes_options
from withdrawal_cli.output import answer
from withdrawal_cli.queries.show import describe, detail_object, fields_of_details, names_wanted

if TYPE_CHECKING:
    from rich.console import RenderableType


@takes_options
def show(
    ids: Annotated[
        list[str],
        Argument(
            autocompletion=ids_in(*KINDS.values()),
            metavar="ID...",
            show_default=False,
            help="An id, or words: a name, a title or a part of one.",
        ),
    ],
    answer_options: AnswerOptions,
) -> None:
    """Show a record of any kind in full.

    With every claim, every rival, and every source with its page.

    Words open the person, place or term of that name, or else the key record that mentions them.
    The screen also lists what else they could mean.

    \b
    withdrawal show geneva-accords
    withdrawal show boris gromov
    withdrawal show soviet-dead-in-withdrawal --json
    """
    dataset = answer_options.load()
    wanted_names = names_wanted(dataset, ids)
    details = [describe(dataset, wanted) for wanted in wanted_names]

    def draw() -> "RenderableType":
        from withdrawal_cli.views import stacked
        from withdrawal_cli.views.show import detail_view, others_view

        parts: list[RenderableType] = [detail_view(dataset, detail) for detail in details]
        for wanted, detail in zip(wanted_names, details, strict=True):
            if detail.others:
                parts.append(others_view(dataset, wanted, detail.others))
        return stacked(parts)

    listing = Listing(
        dataset=dataset,
        rows=(detail_object(dataset, detail) for detail in details),
        fields=fields_of_details(details),
        columns=RECORDS,
        single=len(details) == 1,
    )
    answer(listing, answer_options, draw=draw, page=True)
