"""CSV with the headings of TimelineJS's spreadsheet, or with those of our own `timeline -f csv`."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping

from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.imports.draft import Draft
from withdrawal_cli.imports.rows import OURS, add_row
from withdrawal_cli.imports.slides import Slide, add_era, add_event, add_title
from withdrawal_cli.safety import rearmed

THEIRS = {
    "year", "month", "day", "time", "end year", "end month", "end day", "end time",
    "display date", "headline", "text", "media", "media credit", "media caption",
    "media thumbnail", "alt text", "type", "group", "tag", "background",
}  # fmt: skip
"""The headings of TimelineJS: https://timeline.knightlab.com/docs/using-spreadsheets.html"""
HINT = (
    "It has the headings of TimelineJS's spreadsheet, Year and Headline at least, "
    "or those of timeline -f csv: date and title."
)
ADDERS = {"": add_event, "event": add_event, "title": add_title, "era": add_era}
"""What the column Type may say."""
FIELDS = {
    "display date": "display",
    "headline": "headline",
    "text": "text",
    "media": "media",
    "media caption": "caption",
    "media credit": "credit",
}
"""The headings of the cells that a slide holds as they are."""

Row = Mapping[str, str]
"""The cells that are not empty, under their headings in small letters."""


def read(text: str, draft: Draft) -> None:
    """Add what the rows hold to the draft. Raises WithdrawalError."""
    rows = _rows(text, draft.where)
    headings = [heading.strip() for heading in next(rows, [])]
    names = [heading.casefold() for heading in headings]
    ours = {"date", "title"} <= set(names)
    if not ours and not {"year", "headline"} <= set(names):
        problem = "the first line has no Year or no Headline column"
        raise WithdrawalError(problem, where=draft.where, hint=HINT)
    times = Counter(names)
    for name, heading in zip(names, headings, strict=True):
        if name and times[name] > 1:
            raise WithdrawalError(
                f"there are two columns {heading!r}",
                where=draft.where,
                hint="Leave one of the two out.",
            )
    for name, heading in zip(names, headings, strict=True):
        if name and name not in (OURS if ours else THEIRS):
            draft.warn(f"the column {heading!r} is not imported")
    # An apostrophe before `=` is taken off where our own CSV has put it, and not in others' files.
    text_of = rearmed if {"id", *headings} <= OURS else str
    for number, cells in enumerate(rows, 2):
        at = f"row {number}"
        if any(cell.strip() for cell in cells[len(names) :]):
            draft.warn("what stands beyond the last heading is not imported", at)
        named = zip(names, map(text_of, cells), strict=False)
        if row := {name: text for name, cell in named if (text := cell.strip())}:
            (add_row if ours else _add_slide)(draft, at, row)


def _rows(text: str, where: str) -> Iterator[list[str]]:
    """Yield the cells of each row, the headings first. Raises WithdrawalError for broken CSV."""
    # Told by the headings alone, for the texts below them may hold any of these.
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        problem = f"line {reader.line_num} is not CSV ({error})"
        raise WithdrawalError(problem, where=where) from None


def _add_slide(draft: Draft, at: str, row: Row) -> None:
    cell = row.get
    kind = row.get("type", "").casefold()
    if kind not in ADDERS:
        draft.warn(f"the type {kind!r} is read as an event", at)
    slide = Slide(
        at=at,
        start=(cell("year", ""), cell("month", ""), cell("day", "")),
        end=(cell("end year", ""), cell("end month", ""), cell("end day", "")),
        timed="time" in row or "end time" in row,
        group=row.get("group", "") or row.get("tag", ""),
        others=tuple(name for name in ("media thumbnail", "alt text", "background") if name in row),
        **{FIELDS[name]: text for name, text in row.items() if name in FIELDS},
    )
    ADDERS.get(kind, add_event)(draft, slide)
