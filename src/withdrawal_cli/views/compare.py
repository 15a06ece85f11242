"""Two voices side by side: the months, then what they contradict each other on."""

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from withdrawal_cli.dates import date_text
from withdrawal_cli.model import Dataset
from withdrawal_cli.queries.compare import Comparison, ContradictionRow, MonthRow
from withdrawal_cli.views import ENTRIES, drawing, legend, linked, more_line, words
from withdrawal_cli.wording import plural

BOTH = "="
LEGEND = f"{BOTH} told by both"


def side_by_side(dataset: Dataset, found: Comparison) -> Group:
    """Return a line of figures, the months in two columns, and the contradictions."""
    counts = [
        f"{name}: {plural(sources, 'source')}, {plural(events, 'event')}"
        for name, sources, events in zip(
            (found.left, found.right), found.sources, found.events, strict=True
        )
    ]
    parts: list[RenderableType] = [words(f"{'; '.join(counts)}."), Text()]
    table = _table("Month", found)
    for silent, run in groupby(
        found.months, key=lambda row: not (row.left or row.right or row.both)
    ):
        rows = list(run)
        if silent and len(rows) > 1:  # one line for a run of months of which neither tells
            first, last = (date_text(row.month) for row in (rows[0], rows[-1]) if row.month)
            table.add_row(words(f"{first} – {last}"), *[words("silent", "quiet")] * 2)
            continue
        for row in rows:
            table.add_row(*_month(dataset, row))
    parts.append(table)
    if any(row.both for row in found.months):
        parts.append(legend(LEGEND))
    if found.contradictions:
        parts += [Text(), words("Where they contradict each other", "heading"), Text()]
        answers = _table("Question", found)
        for contradiction in found.contradictions:
            answers.add_row(*_contradiction(contradiction))
        parts.append(answers)
    return Group(*parts)


def _table(first: str, found: Comparison) -> Table:
    table = Table(box=None, padding=(0, 1), pad_edge=False, expand=True, header_style="label")
    table.add_column(
        first, style="date" if first == "Month" else "", ratio=1 if first != "Month" else None
    )
    for name in (found.left, found.right):
        table.add_column(words(name), ratio=2, overflow="fold")
    return table


def _month(dataset: Dataset, row: MonthRow) -> tuple[Text, Text, Text]:
    left, right = (_told(dataset, row.both, own) for own in (row.left, row.right))
    return words(date_text(row.month) if row.month else "No month known"), left, right


def _told(dataset: Dataset, both: Sequence[str], own: Sequence[str]) -> Text:
    """Return the titles of the events of a month that a voice tells, or that it is silent."""
    if not both and not own:
        return words("silent", "quiet")
    by_both = drawing(f"{BOTH} ", "Both: ")
    told = [(by_both, name) for name in both] + [(Text(), name) for name in own]
    lines = [linked(mark + words(dataset.name(name)), name) for mark, name in told[:ENTRIES]]
    return Text("\n").join([*lines, *more_line(told)])


def _contradiction(row: ContradictionRow) -> tuple[Text, Text, Text]:
    return (
        linked(words(row.title), row.dispute),
        Text("\n").join(map(words, row.left)),
        Text("\n").join(map(words, row.right)),
    )
