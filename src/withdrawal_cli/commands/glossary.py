"""`withdrawal glossary`: the words that a newcomer would not know."""

from typing import TYPE_CHECKING, Annotated

from typer import Argument

from withdrawal_cli.completion import ids_in
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import GLOSSARY
from withdrawal_cli.options import AnswerOptions, Match, OrderOptions, takes_options
from withdrawal_cli.output import answer, shown_limit
from withdrawal_cli.queries.lists import TermRow, summarize_glossary
from withdrawal_cli.queries.show import describe

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(TermRow)


@takes_options
def glossary(
    order_options: OrderOptions,
    answer_options: AnswerOptions,
    words: Annotated[
        list[str] | None,
        Argument(
            metavar="[WORD...]",
            autocompletion=ids_in("terms"),
            show_default=False,
            help="The term with this name, or a part of it; a single one is shown in full.",
        ),
    ] = None,
    match: Match = None,
) -> None:
    """Explain the terms.

    What each means, and what else it is called.

    \b
    withdrawal glossary
    withdrawal glossary khad
    withdrawal glossary --match alliance --json | jq -r '.[].name'
    """
    dataset = answer_options.load()
    word = " ".join(words) if words else None
    limit = shown_limit(order_options.limit, answer_options)
    report = summarize_glossary(
        dataset, word, match=match or (), reverse=order_options.reverse, limit=limit
    )

    def draw_one() -> "RenderableType":
        from withdrawal_cli.views.show import detail_view

        return detail_view(dataset, describe(dataset, report.rows[0].id))

    single = word is not None and len(report.rows) == 1
    listing = Listing(dataset=dataset, rows=report.rows, fields=FIELDS, columns=GLOSSARY)
    answer(
        listing,
        answer_options,
        draw=draw_one if single else None,
        note=None if single else report.note(),
        left_out=report.left_out(order_options.limit),
        page=single,
    )
