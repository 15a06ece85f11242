"""What a search found, best first."""

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from withdrawal_cli.queries.search import HitRow
from withdrawal_cli.queries.search_query import Query
from withdrawal_cli.views import card_table, linked, words
from withdrawal_cli.wording import date_of, spread_text

DRAWN_ANYWAY = ("title", "name", "id", "short_answer")
"""The fields that are drawn in any case, so that an excerpt would repeat them."""

SUMMARIES = ("summary", "meaning")
"""The fields that `summary` can hold."""


def search_table(rows: Sequence[HitRow], query: Query) -> Table:
    """Return each record with its kind, name, id and date, then the words around what matches.

    The first one, the best, is followed by its summary; a figure by the short answer and the range
    of its dispute: what its rivals say.
    """
    table = card_table()
    answered: set[str] = set()
    for number, row in enumerate(rows):
        parts = list(_parts(row, query, whole=number == 0))
        # Several rivals in one dispute need its answer only once.
        if row.dispute and row.dispute not in answered:
            answered.add(row.dispute)
            parts.extend(_rivals(row, query))
        table.add_row(row.record, Text("\n").join(parts))
    return table


def _parts(row: HitRow, query: Query, *, whole: bool) -> Iterator[Text]:
    yield linked(_marked(row.title, query, "heading"), row.id)
    identifier = _marked(row.id, query, "quiet") if row.matched == "id" else words(row.id, "quiet")
    yield Text.assemble(identifier, words(f"  {date_of(row)}", "date") if row.date else "")
    summary = row.summary if whole else None
    if row.matched not in (*DRAWN_ANYWAY, *(SUMMARIES if summary else ())):
        label = words(f"{row.matched.replace('_', ' ')}: ", "quiet")
        yield Text.assemble(label, _marked(row.excerpt, query))
    if summary:
        yield _marked(summary, query)


def _rivals(row: HitRow, query: Query) -> Iterator[Text]:
    spread = spread_text(row)
    if row.record == "dispute":
        if spread:
            yield words(spread, "figure")
    elif row.dispute:
        dispute = linked(words(row.dispute, "quiet"), row.dispute)
        rivals = words(f"rivals: {spread}, " if spread else "rivals: ", "doubt")
        yield Text.assemble(rivals, dispute)
    if row.short_answer:
        yield _marked(row.short_answer, query)


def _marked(content: str, query: Query, style: str = "") -> Text:
    """Return a text with the search terms highlighted."""
    text = words(content)
    for start, end in query.spans(text.plain):
        text.stylize("match", start, end)
    return Text(style=style).append_text(text)
