"""CSV with the headings of TimelineJS's spreadsheet, or with those of our own `timeline -f csv`."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, compress

from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.imports.draft import Draft
from withdrawal_cli.imports.rows import COMPUTED, OURS, PARTS, add_row
from withdrawal_cli.imports.slides import Slide, add_era, add_event, add_title
from withdrawal_cli.model import is_slug
from withdrawal_cli.safety import quoted, rearmed
from withdrawal_cli.wording import plural

THEIRS = {
    "year", "month", "day", "time", "end year", "end month", "end day", "end time",
    "display date", "headline", "text", "media", "media credit", "media caption",
    "media thumbnail", "alt text", "type", "group", "tag", "background",
}  # fmt: skip
"""The headings of TimelineJS: https://timeline.knightlab.com/docs/using-spreadsheets.html"""
HINT = (
    "It has a column with the date (date, when, start or year) and one with the title (title, "
    "headline, event or name); withdrawal help dataset lists the others."
)
NATURAL = {
    "date": "when, start, start date, event date, year",
    "end": "end date, until, to, end year",
    "title": "headline, event, name, heading, what, event name, event title",
    "summary": "description, text, details, notes, note",
    "category": "group, tag, kind, theme, topic, type",
    "places": "place, location, where, city, venue",
    "people": "person, who, participants",
    "organizations": "organization, organisation, organisations, org",
    "sources": "source, url, link, links, reference, references",
}
"""Other headings of our columns, in the order in which they are preferred."""
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
"""The headings of the cells that a slide takes unchanged."""

MARK = re.compile(r"""["']?sep ?= ?(?:\\t|(?P<delimiter>[^\s"'\\]|\t))?["',;|\s]*""", re.IGNORECASE)
"""The line that tells Excel the delimiter, also as other programs save it: `"sep=;",,`."""

KEPT = re.compile(r'^\s*="([^"]*)"\s*$')
"""A cell such as `="1988"`: a formula that keeps a spreadsheet from reading text as a number."""

LONGEST_CELL = (1 << 31) - 1
"""A cell may hold a picture; a larger number is too large for `csv` on Windows."""
MOST_COLUMNS = 20
"""The most columns that a warning names as not imported."""
UNCLOSED = 20
"""The number of unclosed quotation marks after which reading gives up."""

Row = Mapping[str, str]
"""The cells that are not empty, by their headings in lower case."""


def read(text: str, draft: Draft) -> None:
    """Add what the rows hold to the draft. Raises WithdrawalError."""
    rows = _rows(text, draft)
    first = next((cells for _, cells in rows if any(map(str.strip, cells))), [])
    headings = [cell.strip() for cell in first]
    names, add = _columns(headings, draft)
    # An apostrophe before `=` is a guard where our own CSV has put it, and text in others' files.
    # Columns that we compute show a file of ours, whatever was added to it; without them, a row
    # that has our fields alone and no id but one of ours.
    ours = "id" in headings and not COMPUTED.isdisjoint(headings)
    like_ours = "id" in headings and OURS.issuperset(headings)
    has_formulas = '="' in text
    unnamed = [not heading for heading in headings]
    for number, cells in rows:
        at = f"row {number}"
        if any(map(str.strip, chain(compress(cells, unnamed), cells[len(headings) :]))):
            draft.warn("cells without a heading are not imported", at)
        row = {name: cell for name, cell in zip(names, cells, strict=False) if name and cell}
        if has_formulas:
            row = {name: KEPT.sub(r"\1", cell) for name, cell in row.items()}
        if ours or (like_ours and is_slug(row.get("id", "no-id").strip())):
            row = {name: rearmed(cell) for name, cell in row.items()}
        if row := {name: text for name, cell in row.items() if (text := cell.strip())}:
            add(draft, at, row)


def _columns(headings: list[str], draft: Draft) -> tuple[list[str], Callable[..., None]]:
    """Return the name of each column, empty for one that is not imported, and what adds a row.

    Warns of the columns that are not. Raises WithdrawalError if there is no date or no title.
    """
    names = list(map(_name, headings))
    known, add = THEIRS, _add_slide
    if not {"year", "headline"} <= set(names):
        has_year, names = "year" in names, _our_names(names)
        # Where the year is the date, other columns may complete it.
        known = OURS | PARTS if has_year and "year" not in names else OURS
        add = add_row
        if not {"date", "title"} <= set(names):
            missing = "date" if "date" not in names else "title"
            problem = f"the first line has no column for the {missing}"
            raise WithdrawalError(problem, where=draft.where, hint=HINT)
    names = _first_of_each(names, headings, draft)
    unknown = [
        heading for name, heading in zip(names, headings, strict=True) if name and name not in known
    ]
    for heading in unknown[:MOST_COLUMNS]:
        draft.warn(f"the column {quoted(heading)} is not imported")
    if more := unknown[MOST_COLUMNS:]:
        verb = "is" if len(more) == 1 else "are"
        draft.warn(f"and {plural(len(more), 'more column')} {verb} not imported")
    return [name if name in known else "" for name in names], add


def _name(heading: str) -> str:
    """Return a heading as in our tables: `Start_Date` is `start date`.

    >>> _name("Start_Date"), _name(" END-year: "), _name("Title*")
    ('start date', 'end year', 'title')
    """
    return " ".join(re.split(r"[\s_\ufeff-]+", heading.casefold())).strip(" :*")


def _first_of_each(names: list[str], headings: list[str], draft: Draft) -> list[str]:
    """Return the names without those that an earlier column has."""
    found = []
    seen = {""}
    for name, heading in zip(names, headings, strict=True):
        if name in seen and name:
            draft.warn(f"there are two columns {quoted(heading)}; only the first is imported")
        found.append("" if name in seen else name)
        seen.add(name)
    return found


def _our_names(names: list[str]) -> list[str]:
    """Return the headings, with our name instead of the best one that means the same."""
    found = list(names)
    for ours, others in NATURAL.items():
        named = next((other for other in others.split(", ") if other in names), None)
        if ours not in names and named:
            found[names.index(named)] = ours
    return found


def _rows(text: str, draft: Draft) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of each row, the headings first.

    A row that is not CSV is left out. If a quotation mark is never closed, reading goes on with the
    next line, but not for ever: each time, the rest of the file has been read.
    """
    csv.field_size_limit(LONGEST_CELL)
    # Not `splitlines`, which also splits at the separators of lines and paragraphs inside a cell.
    lines = list(io.StringIO(text, newline=""))
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    mark = MARK.fullmatch(lines[start].lstrip())
    start += 1 if mark else 0
    delimiter = _delimiter(lines[start:], mark["delimiter"] or "" if mark else "")
    number, unclosed = start, 0
    while start < len(lines) and unclosed < UNCLOSED:
        reader = csv.reader(lines[start:], delimiter=delimiter, skipinitialspace=True, strict=True)
        before = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if "unexpected end" in str(error):
                    problem = "a quotation mark is never closed; the line is left out"
                    draft.warn(problem, f"row {number}")
                    start, unclosed = start + before + 1, unclosed + 1
                    break
                draft.warn(f"it is not CSV ({error}); it is left out", f"row {number}")
            else:
                yield number, cells
            before = reader.line_num
    if start < len(lines):
        problem = "too many quotation marks are never closed; the rest is left out"
        draft.warn(problem, f"row {number}")


def _delimiter(lines: list[str], named: str) -> str:
    """Return the delimiter with which most headings are known, or else the one that gives most.

    Only the headings count, because the texts below them may hold any of these. `named` is what the
    file says; a program that has saved it again may have taken another.
    """

    def known(delimiter: str) -> tuple[int, int]:
        rows = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
        cells = next((cells for cells in rows if any(map(str.strip, cells))), [])
        names = _our_names(list(map(_name, cells)))
        return sum(name in OURS or name in THEIRS for name in names), len(cells)

    return max(f"{named},;\t|", key=known)


def _add_slide(draft: Draft, at: str, row: Row) -> None:
    cell = row.get
    kind = row.get("type", "").casefold()
    if kind not in ADDERS:
        draft.warn(f"the type {quoted(kind)} is read as an event", at)
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
