"""`withdrawal search`: records of every kind, by their words."""

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from withdrawal_cli.completion import one_of
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.errors import UsageError
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import HITS
from withdrawal_cli.model import KINDS
from withdrawal_cli.options import LimitOptions, OutputOptions, ScreenOptions, takes_options
from withdrawal_cli.output import answer, is_drawn, shown_limit
from withdrawal_cli.queries.search import Found, HitRow, hit_row, search_records
from withdrawal_cli.system.terminal import SCREENFUL, is_terminal
from withdrawal_cli.wording import nothing_matches, number, unshown

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(HitRow)

FIRST = 25
"""The records that a terminal shows when nothing else is asked for; a pipe takes all."""


@takes_options
def search(
    words: Annotated[
        list[str], Argument(metavar="WORDS...", show_default=False, help="What to look for.")
    ],
    output: OutputOptions,
    limits: LimitOptions,
    screen: ScreenOptions,
    kinds: Annotated[
        list[str] | None,
        Option(
            "--kind",
            metavar="KIND",
            autocompletion=one_of(*KINDS),
            help="Only events, people, places, estimates and so on.",
        ),
    ] = None,
) -> None:
    """Find records of every kind by their words.

    They must have all the words, in any order; the best come first. A terminal shows the first 25.

    A word matches the beginning of a word, without case or accents, in a name of any spelling too. A number matches the
    figures that say it, and 14000..15500 those between. '"two words"' is a phrase. A word with a minus leaves records
    out: write it inside quotation marks after another, or after --.

    \b
    withdrawal search najib
    withdrawal search 523
    withdrawal search '"friendship bridge" -gromov'
    withdrawal search 14000..15500 --json | jq -r '.[].title'
    """
    chosen = [_kind(name) for name in kinds or ()]
    dataset = load_dataset(screen.data)
    found = search_records(dataset, words, chosen)
    first = is_terminal() and is_drawn(output, screen)
    limit = shown_limit(limits.limit, output, screen, FIRST if first else SCREENFUL)
    rows = [hit_row(dataset, found.query, hit) for hit in found.hits[:limit]]

    def draw() -> "RenderableType":
        from withdrawal_cli.views.search import search_table

        return search_table(rows, found.query)

    listing = Listing(dataset=dataset, rows=rows, fields=FIELDS, columns=HITS)
    rest = "" if first else unshown(limits.limit, len(rows), len(found.hits))
    answer(listing, output, screen, draw=draw, note=_note(found, len(rows)), rest=rest)


def _kind(name: str) -> str:
    """Return the word for one record of a kind that is named in the singular or the plural."""
    for kind, key in KINDS.items():
        if name.lower() in (kind, key):
            return kind
    raise UsageError(f"there is no kind {name!r}", hint=f"Choose from {', '.join(KINDS)}.")


def _note(found: Found, shown: int) -> str:
    total = len(found.hits)
    if total > shown:
        return f"{number(shown)} of {number(total)} records, the best first; -n {total} shows all, withdrawal show ID one in full."
    if total:
        return f"{number(total)} {'record' if total == 1 else 'records'}; withdrawal show ID one in full."
    return nothing_matches(found.unknown, found.near)
