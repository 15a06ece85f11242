"""`withdrawal search`: records of every kind, by their words."""

from typing import TYPE_CHECKING, Annotated

from typer import Argument

from withdrawal_cli.completion import one_of
from withdrawal_cli.errors import unknown_choice
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import HITS
from withdrawal_cli.model import KINDS
from withdrawal_cli.options import (
    AnswerOptions,
    LimitOptions,
    Options,
    Texts,
    option,
    takes_options,
)
from withdrawal_cli.output import answer, form_of, shown_limit
from withdrawal_cli.queries.search import HitRow, hit_row, search_records
from withdrawal_cli.system.terminal import SCREENFUL, is_terminal
from withdrawal_cli.wording import more_note

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(HitRow)

FIRST = 25
"""How many records a terminal shows without --limit; a pipe gets all."""


class SearchOptions(Options):
    """Where to look."""

    kinds: Texts = option(
        "--kind",
        metavar="KIND",
        autocompletion=one_of(*KINDS),
        help="Only events, people, places, estimates and so on.",
    )

    def chosen(self) -> list[str]:
        """Return the kinds that are named, in the singular or the plural."""
        found = []
        for name in self.kinds or ():
            kind = next((kind for kind, key in KINDS.items() if name.lower() in (kind, key)), None)
            if kind is None:
                raise unknown_choice(f"there is no kind {name!r}", name, KINDS)
            found.append(kind)
        return found


@takes_options
def search(
    words: Annotated[
        list[str],
        Argument(metavar="WORDS...", show_default=False, help="A question, words or a number."),
    ],
    limit_options: LimitOptions,
    answer_options: AnswerOptions,
    search_options: SearchOptions,
) -> None:
    """Answer a question, or find records of every kind by their words.

    A terminal shows the first 25.

    The best matches come first: records of that name, then key records; for a question, the dispute
    that asks it or the key event that answers it. A word also matches its other forms, longer words
    that begin with it, and other names of the same thing; case and accents do not matter. If few
    records have all the words, those with most of them follow.

    A number finds the figures that give it, with their rivals; 14000..15500 finds those in between.
    '"two words"' is a phrase. A minus before a word leaves out the records that have it: quote it
    together with another word, or put it after --.

    \b
    withdrawal search why did the soviets leave
    withdrawal search 14,453
    withdrawal search '"friendship bridge" -gromov'
    withdrawal search 14000..15500 --json | jq -r '.[].title'
    """
    dataset = answer_options.load()
    found = search_records(dataset, words, search_options.chosen())
    # A picture or a pipe with --width is drawn too, but nobody scrolls there.
    first = is_terminal() and form_of(answer_options).drawn
    limit = shown_limit(limit_options.limit, answer_options, FIRST if first else SCREENFUL)
    rows = [hit_row(dataset, found.query, hit) for hit in found.hits[:limit]]

    def draw() -> "RenderableType":
        from withdrawal_cli.views.search import search_table

        return search_table(rows, found.query)

    listing = Listing(dataset=dataset, rows=rows, fields=FIELDS, columns=HITS)
    left_out = "" if first else more_note(limit_options.limit, len(rows), len(found.hits))
    answer(listing, answer_options, draw=draw, note=found.note(len(rows)), left_out=left_out)
