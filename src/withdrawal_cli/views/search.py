"""What a search found, best first."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from withdrawal_cli.queries.search import HitRow
from withdrawal_cli.queries.words import Query
from withdrawal_cli.views import card_table, linked, words
from withdrawal_cli.wording import date_of

SEEN_ALREADY = ("title", "name", "id")
"""The fields that are drawn in any case, so that an excerpt would say them twice."""


def search_table(rows: Sequence[HitRow], query: Query) -> Table:
    """Return each record with its kind, name, id and date, and under them the words around what matches."""
    table = card_table()
    for row in rows:
        table.add_row(row.record, _record(row, query))
    return table


def _record(row: HitRow, query: Query) -> Text:
    identifier = _marked(row.id, query, "quiet") if row.matched == "id" else words(row.id, "quiet")
    date = words(f"  {date_of(row)}", "date") if row.date else ""
    title = linked(_marked(row.title, query, "heading"), row.id)
    text = Text.assemble(title, "\n", identifier, date)
    if row.matched in SEEN_ALREADY:
        return text
    label = words(f"\n{row.matched.replace('_', ' ')}: ", "quiet")
    return Text.assemble(text, label, _marked(row.excerpt, query))


def _marked(content: str, query: Query, style: str = "") -> Text:
    """Return a text in which what was looked for stands out."""
    text = words(content)
    for start, end in query.spans(text.plain):
        text.stylize("match", start, end)
    return Text(style=style).append_text(text)
