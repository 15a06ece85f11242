"""CSV with the headings of TimelineJS's spreadsheet, or with those of our own `timeline -f csv`."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping

from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.imports.draft import Draft
from withdrawal_cli.imports.rows import OURS, add_row
from withdrawal_cli.imports.slides import Slide, add_era, add_event, add_title
from withdrawal_cli.safety import FORMULA

THEIRS = {
    "year", "month", "day", "time", "end year", "end month", "end day", "end time", "display date", "headline", "text", "media",
    "media credit", "media caption", "media thumbnail", "alt text", "type", "group", "tag", "background",
}  # fmt: skip
NEEDED = ({"date", "title"}, {"year", "headline"})
"""The headings without which a file is not ours, or not of TimelineJS."""
HINT = "It has the headings of TimelineJS's spreadsheet, Year and Headline at least, or those of timeline -f csv: date and title."
ADDERS = {"": add_event, "event": add_event, "title": add_title, "era": add_era}
FIELDS = {
    "display date": "display", "headline": "headline", "text": "text", "media": "media", "media caption": "caption",
    "media credit": "credit",
}  # fmt: skip
"""The headings of the cells that a slide holds as they are."""

Row = Mapping[str, str]
"""The cells that are not empty."""


def read(text: str, draft: Draft) -> None:
    """Put what the rows hold into the draft. Raises WithdrawalError."""
    headings, rows = _table(text, draft)
    ours = NEEDED[0] <= headings.keys()
    for name in headings:
        if name and name not in (OURS if ours else THEIRS):
            draft.doubt(f"the column {headings[name]!r} is not carried")
    for place, row in rows:
        if ours:
            add_row(draft, place, row)
        else:
            _add_slide(draft, place, row)


def _table(text: str, draft: Draft) -> tuple[dict[str, str], Iterator[tuple[str, Row]]]:
    """Return the headings as they are written, under their small letters, and the rows that are not blank."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    written = [heading.strip() for heading in _next(reader, draft) or []]
    names = [heading.casefold() for heading in written]
    if not any(needed <= set(names) for needed in NEEDED):
        raise WithdrawalError(
            "the first line has not the headings that are needed", where=draft.where, hint=HINT
        )
    times = Counter(names)
    twice = next(
        (heading for heading in written if heading and times[heading.casefold()] > 1), None
    )
    if twice:
        raise WithdrawalError(
            f"the heading {twice!r} stands twice",
            where=draft.where,
            hint="Leave one of the two out.",
        )
    return dict(zip(names, written, strict=True)), _rows(reader, names, draft)


def _rows(reader: Iterator[list[str]], names: list[str], draft: Draft) -> Iterator[tuple[str, Row]]:
    number = 1
    while (cells := _next(reader, draft)) is not None:
        number += 1
        place = f"row {number}"
        if any(cell.strip() for cell in cells[len(names) :]):
            draft.doubt("what stands beyond the last heading is not carried", place)
        row = {
            name: text for name, cell in zip(names, cells, strict=False) if (text := _cell(cell))
        }
        if row:
            yield place, row


def _next(reader: Iterator[list[str]], draft: Draft) -> list[str] | None:
    """Return the next row; `None` after the last. Raises WithdrawalError for a row that is not CSV."""
    try:
        return next(reader, None)
    except csv.Error as error:
        line = reader.line_num  # type: ignore[attr-defined] # csv.reader is typed as a plain iterator here
        raise WithdrawalError(f"line {line} is not CSV ({error})", where=draft.where) from None


def _cell(text: str) -> str:
    """Return the text of a cell without the guard that our own CSV puts before a formula."""
    guarded = text.startswith("'") and FORMULA.match(text, 1)
    return (text[1:] if guarded else text).strip()


def _add_slide(draft: Draft, place: str, row: Row) -> None:
    get = row.get
    kind = get("type", "").casefold()
    if kind not in ADDERS:
        draft.doubt(f"the type {kind!r} is read as an event", place)
    slide = Slide(
        place=place,
        start=(get("year", ""), get("month", ""), get("day", "")),
        end=(get("end year", ""), get("end month", ""), get("end day", "")),
        timed="time" in row or "end time" in row,
        group=get("group", "") or get("tag", ""),
        others=tuple(name for name in ("media thumbnail", "alt text", "background") if name in row),
        **{FIELDS[name]: text for name, text in row.items() if name in FIELDS},
    )
    ADDERS.get(kind, add_event)(draft, slide)
