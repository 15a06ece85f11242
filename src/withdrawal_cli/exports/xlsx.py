"""A workbook for spreadsheets, Office Open XML (ECMA-376): a sheet for each kind of record.

A day that is known exactly is a date of the spreadsheet, any other is in words. Beside it stand the
first and the last day that it can mean, to sort by, and the EDTF that the data has. What a file
says is always written as text, never as a formula.

The workbook is made in memory, because XlsxWriter's `constant_memory` keeps sheets in temporary
files, and a disk may be full.
"""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from withdrawal_cli.dates import Edtf, date_text
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.exports import Selection
from withdrawal_cli.exports.page import source_labels
from withdrawal_cli.model import Account, Citation, Estimate
from withdrawal_cli.queries.disputes import Disagreement, summarize_disputes
from withdrawal_cli.queries.lists import summarize_list
from withdrawal_cli.queries.products import phases_of_events
from withdrawal_cli.queries.rows import phases_of
from withdrawal_cli.safety import clean, is_web_address
from withdrawal_cli.values import Value
from withdrawal_cli.wording import date_of, figure_of, names, number, place_names, plural

FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets begin at 1900. Excel has a 29 February of that year, so that programs differ by one
about the days before it."""
MOST_ROWS = 1_048_576
MOST_LINKS = 65_530
"""Of one sheet; Excel repairs a file with more by removing them all."""
LONGEST_LINK = 2079 // 3
"""Excel takes 2,079 characters, and a letter that is escaped takes three."""
LONGEST_TEXT = 32_767
"""Of a cell, in units of UTF-16."""
LARGEST_NUMBER = 10**15
"""Cells hold floats, which are exact to 15 digits."""
LINE_HEIGHT = 15
"""Points of a line in the typeface that spreadsheets begin with."""
MOST_LINES = 12
"""A longer text is read in the cell itself."""
CUT = " … [cut: too long for a cell]"
WIKIDATA_ITEM = re.compile(r"Q[1-9]\d*")


READING = {
    "To read it": "An empty cell is not known; 0 is stated as none.",
    "Dates": (
        "A day that is known exactly is a date, from 1 March 1900 on; any other date is text. "
        "Earliest and Latest are the first and the last day that it can mean: sort and filter by "
        "these. EDTF is the date as the data has it."
    ),
    "Numbers": (
        "Two figures are two sources: nothing is averaged. Killed and dead are never to be added, "
        "nor is a part to the whole."
    ),
}


class Link(Value):
    """A text that leads to a web address."""

    url: str
    text: str


Content = str | int | float | date | Link
Cell = Content | None


class Column(Value):
    heading: str
    width: int
    "In characters; a longer text is wrapped."
    cell: Callable[[Any], Cell]


class Sheet(Value):
    """A kind of record."""

    name: str
    description: str
    columns: Sequence[Column]
    rows: Sequence[Any]


def render(selection: Selection) -> bytes:
    """Return the workbook. Raises WithdrawalError where a sheet would be too long."""
    sheets = make_sheets(selection)
    for sheet in sheets:
        if len(sheet.rows) >= MOST_ROWS:
            raise WithdrawalError(
                f"the sheet {sheet.name} would have {plural(len(sheet.rows), 'row')}, "
                f"and a spreadsheet has {number(MOST_ROWS)}",
                hint="Choose fewer events with --during or --key, or export sqlite.",
            )
    out = io.BytesIO()
    workbook = Workbook(out, {"in_memory": True})
    # the clock would make each export another
    released = selection.dataset.metadata.released
    made = max(released.order[0] if released else date.min, date(1980, 1, 1))
    workbook.set_properties({"created": datetime.combine(made, time())})
    writer = Writer(workbook)
    about = workbook.add_worksheet("About")
    for sheet in sheets:
        writer.write_sheet(sheet)
    writer.write_about(about, selection, sheets)
    workbook.close()
    return out.getvalue()


class Writer:
    """A workbook with its formats, and what it had to shorten so far."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.cut_texts = self.plain_links = self.links = 0
        top = {"valign": "top"}
        self.plain: Format = workbook.add_format(top)
        self.wrapped: Format = workbook.add_format(top | {"text_wrap": True})
        self.title: Format = workbook.add_format(top | {"bold": True, "font_size": 16})
        self.heading: Format = workbook.add_format(
            {"bold": True, "bg_color": "#E8EDF2", "bottom": 1, "valign": "vcenter"}
        )
        self.day: Format = workbook.add_format(top | {"num_format": "d mmm yyyy", "align": "left"})
        self.number: Format = workbook.add_format(top | {"num_format": "#,##0"})
        self.degrees: Format = workbook.add_format(top | {"num_format": "0.0000"})
        self.link: Format = workbook.add_format(
            top | {"font_color": "#0B5394", "underline": 1, "text_wrap": True}
        )

    def write_sheet(self, sheet: Sheet) -> None:
        page = self.workbook.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
        page.set_landscape()
        page.set_paper(8)  # A3
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_footer(f"&L{sheet.name}&R&P / &N")
        for index, column in enumerate(sheet.columns):
            page.set_column(index, index, column.width, self.wrapped)
            page.write_string(0, index, column.heading, self.heading)
        self.links = 0
        for line, row in enumerate(sheet.rows, 1):
            height = 1
            for index, column in enumerate(sheet.columns):
                content = column.cell(row)
                if content is not None:
                    lines = self.write_cell(page, line, index, content, column.width)
                    height = max(height, lines)
            set_height(page, line, height)

    def write_cell(
        self, page: Worksheet, line: int, index: int, content: Content, width: int
    ) -> int:
        """Write a cell and return the lines that it takes in a column of this width."""
        if isinstance(content, date):
            page.write_datetime(line, index, content, self.day)
        elif isinstance(content, float):
            page.write_number(line, index, content, self.degrees)
        elif isinstance(content, int) and content < LARGEST_NUMBER:
            page.write_number(line, index, content, self.number)
        elif isinstance(content, Link):
            text = self.text(content.text)
            if self.links < MOST_LINKS and len(content.url) <= LONGEST_LINK:
                self.links += 1
                page.write_url(line, index, content.url, self.link, text)
            else:
                self.plain_links += 1
                page.write_string(line, index, text, self.wrapped)
            return lines_of(text, width)
        elif content != "":
            text = self.text(number(content) if isinstance(content, int) else content)
            page.write_string(line, index, text, self.wrapped)
            return lines_of(text, width)
        return 1

    def text(self, text: str) -> str:
        """Return what a cell can hold of a text."""
        text = clean(text)
        if len(text) > LONGEST_TEXT // 2:  # a character beyond the first 65,536 counts twice
            units = text.encode("utf-16-le")
            if len(units) > 2 * LONGEST_TEXT:
                self.cut_texts += 1
                text = units[: 2 * (LONGEST_TEXT - len(CUT))].decode("utf-16-le", "ignore") + CUT
        # XlsxWriter takes a text between these tags for markup of its own, and writes it as it is
        return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text

    def write_about(self, page: Worksheet, selection: Selection, sheets: Sequence[Sheet]) -> None:
        """Write what the workbook is, and how to read it."""
        about, dataset = selection.dataset.metadata, selection.dataset
        width = 100
        page.set_column(0, 0, 16, self.plain)
        page.set_column(1, 1, width, self.wrapped)
        page.hide_gridlines(2)
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.write_string(0, 0, self.text(about.title), self.title)
        chosen = f", those chosen with {selection.chosen_with}" if selection.chosen_with else ""
        events = f"{number(len(selection.events))} of {plural(len(dataset.events), 'event')}"
        facts = {
            "What it is": about.description,
            "What is in it": f"{events}{chosen}. Of every other kind all records are in.",
            "Licence": about.license,
            "Made from": selection.notice,
            "Whose word": dataset.hearing,
        }
        lines = [(name, text) for name, text in facts.items() if text]
        lines += READING.items()
        if self.cut_texts:
            cut = plural(self.cut_texts, "cell")
            lines += [("Cut", f"{cut} had more than {number(LONGEST_TEXT)} characters.")]
        if self.plain_links:
            links = plural(self.plain_links, "link")
            most = f"a sheet takes {number(MOST_LINKS)}, of {LONGEST_LINK} characters at most"
            lines += [("Links left out", f"{links} stand as text alone: {most}.")]
        row = 2
        for name, text in lines:
            page.write_string(row, 0, name, self.plain)
            page.write_string(row, 1, self.text(text), self.wrapped)
            set_height(page, row, lines_of(text, width))
            row += 1
        row += 1
        page.write_string(row, 0, "Sheet", self.heading)
        page.write_string(row, 1, "A row is", self.heading)
        for sheet in sheets:
            row += 1
            text = f"{sheet.description} ({plural(len(sheet.rows), 'row')})"
            page.write_url(row, 0, f"internal:'{sheet.name}'!A1", self.link, sheet.name)
            page.write_string(row, 1, text, self.wrapped)
            set_height(page, row, lines_of(text, width))


def lines_of(text: str, width: int) -> int:
    """Return about how many lines a text takes in a cell, rather one more."""
    return text.count("\n") + 1 + len(text) // width


def set_height(page: Worksheet, row: int, lines: int) -> None:
    # LibreOffice draws wrapped lines over the next row where a row has no height of its own
    page.set_row(row, LINE_HEIGHT * min(lines, MOST_LINES))


def field(heading: str, name: str, width: int = 14) -> Column:
    return Column(heading=heading, width=width, cell=lambda item: getattr(item, name))


def dates(heading: str, name: str) -> list[Column]:
    """Return the columns of a date: as people read it, its first and last day, and as EDTF."""

    def column(part: str, width: int, cell: Callable[[Edtf], Cell]) -> Column:
        def of(item: Any) -> Cell:
            when = getattr(item, name)
            return cell(when) if when else None

        whole = part if heading == "Date" else f"{heading}: {part.lower()}"
        return Column(heading=whole if part else heading, width=width, cell=of)

    return [
        column("", 20, lambda when: day(when.earliest) if is_one_day(when) else date_text(when)),
        column("Earliest", 12, lambda when: day(when.earliest)),
        column("Latest", 12, lambda when: day(when.latest)),
        column("EDTF", 22, lambda when: when.text),
    ]


def is_one_day(when: Edtf) -> bool:
    """Whether it is one day that is known, and one that spreadsheets have."""
    return when.exact and when.span == 1 and when.order[0] >= FIRST_DAY


def day(when: date | None) -> Cell:
    """Return a day as a date; as ISO 8601 where spreadsheets have none."""
    return when if when is None or when >= FIRST_DAY else when.isoformat()


def make_sheets(selection: Selection) -> list[Sheet]:
    """Return the sheets. Raises WithdrawalError where a list in them would be too long."""
    dataset, events = selection.dataset, selection.events
    phases_of_events(dataset, events).refuse(
        "Choose fewer events with --during or --key, or export geojson or html."
    )
    labels = source_labels(dataset.sources)

    def cited(citations: Iterable[Citation]) -> str:
        texts = (
            f"{labels[item.source]}, {item.locator}" if item.locator else labels[item.source]
            for item in citations
        )
        return "; ".join(dict.fromkeys(texts))

    def named(heading: str, name: str, width: int = 24) -> Column:
        """Return the column of one id, or of several, as names."""

        def cell(item: Any) -> Cell:
            found = getattr(item, name) or ()
            return names(dataset, (found,) if isinstance(found, str) else found)

        return Column(heading=heading, width=width, cell=cell)

    sources = Column(heading="Sources", width=40, cell=lambda item: cited(item.citations))
    ident = field("Id", "id", 32)
    ties = [field("Events", "events", 10), field("Figures", "estimates", 10)]
    aliases = Column(heading="Other names", width=30, cell=other_names)
    wikidata = Column(heading="Wikidata", width=14, cell=wikidata_link)
    return [
        Sheet(
            name="Events",
            description="Something that happened, in order of date.",
            rows=events,
            columns=[
                *dates("Date", "date"),
                field("Title", "title", 44),
                field("Summary", "summary", 70),
                field("Significance", "significance", 40),
                field("Category", "category"),
                field("Importance", "importance", 12),
                field("Certainty", "certainty", 12),
                named("Side", "side", 22),
                Column(
                    heading="Phases",
                    width=30,
                    cell=lambda item: names(dataset, phases_of(dataset, item.date)),
                ),
                Column(
                    heading="Places",
                    width=24,
                    cell=lambda item: place_names(dataset, item.places),
                ),
                named("People", "people", 30),
                named("Organizations", "organizations", 30),
                Column(
                    heading="Disputes",
                    width=40,
                    cell=lambda item: names(dataset, dataset.disputes_of.get(item.id, ())),
                ),
                sources,
                ident,
            ],
        ),
        Sheet(
            name="Figures",
            description="One number from one source line, the key ones first.",
            rows=sorted(dataset.estimates, key=lambda item: item.importance != "key"),
            columns=[
                named("Side", "side", 22),
                field("Measure", "measure"),
                field("Low", "low", 12),
                field("Best", "best", 12),
                field("High", "high", 12),
                field("Unit", "unit", 12),
                field("In words", "text", 20),
                *dates("Date", "date"),
                field("What is counted", "scope", 60),
                Column(
                    heading="Counts",
                    width=12,
                    cell=lambda item: "a part" if item.part else "the whole",
                ),
                field("Rank", "rank", 12),
                field("Reason", "reason", 40),
                field("Importance", "importance", 12),
                field("Certainty", "certainty", 12),
                named("Dispute", "dispute", 40),
                named("Event", "event", 40),
                sources,
                ident,
            ],
        ),
        Sheet(
            name="Disputes",
            description="A question on which sources disagree, the key ones first. The rival "
            "figures are those of the sheet Figures that name it.",
            rows=summarize_disputes(dataset, key_first=True, every=True).found,
            columns=[
                *dispute_columns(cited),
                Column(
                    heading="About",
                    width=40,
                    cell=lambda item: names(dataset, item.dispute.about),
                ),
                Column(heading="Sources", width=40, cell=lambda item: cited(item.citations)),
                Column(heading="Id", width=32, cell=lambda item: item.dispute.id),
            ],
        ),
        Sheet(
            name="People",
            description="Someone who acted, signed, spoke or suffered.",
            rows=summarize_list(dataset, "people", {}).rows,
            columns=[
                field("Name", "name", 28),
                aliases,
                *dates("Born", "born"),
                *dates("Died", "died"),
                named("Side", "side", 22),
                Column(heading="Roles", width=50, cell=lambda item: tenures(item.roles)),
                Column(heading="Ranks", width=40, cell=lambda item: tenures(item.ranks)),
                field("Summary", "summary", 60),
                *ties,
                wikidata,
                sources,
                ident,
            ],
        ),
        Sheet(
            name="Places",
            description="A point on the map.",
            rows=summarize_list(dataset, "places", {}).rows,
            columns=[
                field("Name", "name", 26),
                aliases,
                field("Kind", "kind"),
                field("Country", "country", 18),
                field("Country then", "country_then", 18),
                field("Latitude", "latitude", 11),
                field("Longitude", "longitude", 11),
                field("Precision", "precision", 12),
                field("Summary", "summary", 60),
                *ties,
                wikidata,
                sources,
                ident,
            ],
        ),
        Sheet(
            name="Sources",
            description="A document, under the short name by which the other sheets cite it.",
            rows=sorted(
                summarize_list(dataset, "sources", {}).rows, key=lambda item: labels[item.id]
            ),
            columns=[
                Column(heading="Source", width=34, cell=lambda item: labels[item.id]),
                Column(heading="Authors", width=34, cell=lambda item: "; ".join(item.authors)),
                field("Title", "title", 60),
                field("In", "container", 30),
                field("Publisher", "publisher", 24),
                *dates("Issued", "issued"),
                Column(heading="Address", width=50, cell=address),
                *dates("Accessed", "accessed"),
                field("Type", "type"),
                field("Kind", "kind", 12),
                field("Perspective", "perspective", 18),
                field("Language", "language", 10),
                field("Number", "number", 20),
                field("ISBN", "isbn", 18),
                field("Consulted", "consulted", 12),
                field("Note", "note", 50),
                *ties,
                ident,
            ],
        ),
    ]


def dispute_columns(cited: Callable[[Iterable[Citation]], str]) -> list[Column]:
    """Return the columns of a question and its answers, with its range as `disputes` has it."""

    def of_spread(heading: str, name: str) -> Column:
        return Column(heading=heading, width=12, cell=lambda item: getattr(item.spread, name))

    def of_dispute(heading: str, name: str, width: int) -> Column:
        return Column(heading=heading, width=width, cell=lambda item: getattr(item.dispute, name))

    def preferred(item: Disagreement) -> Cell:
        for answer in item.answers:
            if answer.rank == "preferred":
                return figure_of(answer) if isinstance(answer, Estimate) else answer.says
        return None

    def account_text(answer: Account) -> str:
        sources = cited(answer.citations)
        return f"{answer.says} ({sources})" if sources else answer.says

    def accounts(item: Disagreement) -> Cell:
        answers = (answer for answer in item.answers if isinstance(answer, Account))
        return "\n".join(map(account_text, answers))

    return [
        of_dispute("Question", "title", 50),
        of_dispute("Short answer", "short_answer", 60),
        of_dispute("Importance", "importance", 12),
        Column(heading="Answers", width=10, cell=lambda item: len(item.answers)),
        of_spread("Lowest", "low"),
        of_spread("Highest", "high"),
        of_spread("Unit", "unit"),
        Column(heading="Preferred", width=40, cell=preferred),
        Column(heading="Answers in words", width=60, cell=accounts),
        of_dispute("Explanation", "explanation", 60),
    ]


def other_names(item: Any) -> str:
    return "; ".join(filter(None, [item.native_name, *item.aliases]))


def tenures(items: Iterable[Any]) -> str:
    """Return posts or ranks, one a line, each with its time."""
    return "\n".join(
        f"{item.title}, {date_of(item)}" if item.date else item.title for item in items
    )


def wikidata_link(item: Any) -> Cell:
    if item.wikidata and WIKIDATA_ITEM.fullmatch(item.wikidata):
        return Link(url=f"https://www.wikidata.org/wiki/{item.wikidata}", text=item.wikidata)
    return str(item.wikidata or "")


def address(item: Any) -> Cell:
    if item.url and is_web_address(item.url):
        return Link(url=item.url, text=item.url)
    return item.url or ""
