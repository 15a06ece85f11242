"""`withdrawal compare`: the same months as two voices tell them."""

from typing import TYPE_CHECKING, Annotated

from typer import Argument

from withdrawal_cli.completion import values_of
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import COMPARISON
from withdrawal_cli.options import AnswerOptions, EventOptions, takes_options
from withdrawal_cli.output import answer
from withdrawal_cli.queries.compare import Comparison
from withdrawal_cli.queries.compare import compare as compare_voices

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(Comparison)
_VOICES = values_of("sources", "perspective", "kind")


@takes_options
def compare(
    left: Annotated[
        str,
        Argument(
            metavar="A",
            autocompletion=_VOICES,
            show_default=False,
            help="A perspective (a side, press, academic), a kind of source, or a source.",
        ),
    ],
    right: Annotated[
        str,
        Argument(metavar="B", autocompletion=_VOICES, show_default=False, help="The other voice."),
    ],
    event_options: EventOptions,
    answer_options: AnswerOptions,
) -> None:
    """Show the same months as two voices tell them.

    What only one of them tells and what both do, the months in which one is silent, and the
    questions that they answer differently: with figures that do not overlap, or with different
    accounts. It covers the time that the file is about, unless you give a time or --all.

    \b
    withdrawal compare soviet academic
    withdrawal compare pakistan afghan-government --during 1988
    withdrawal compare maley braithwaite --key --json | jq '.contradictions[].title'
    """
    dataset = answer_options.load()
    filters = event_options.filters()
    timed = filters.start or filters.end or filters.during or filters.phases
    if not (timed or filters.all):
        filters = event_options.filters(during=[str(dataset.metadata.subject)])
    found = compare_voices(dataset, left, right, filters)

    def draw() -> "RenderableType":
        from withdrawal_cli.views.compare import side_by_side

        return side_by_side(dataset, found)

    listing = Listing(dataset=dataset, rows=[found], fields=FIELDS, columns=COMPARISON, single=True)
    answer(listing, answer_options, draw=draw, page=True, found=any(found.events))
