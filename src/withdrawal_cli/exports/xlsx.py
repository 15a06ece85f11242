"""A workbook for spreadsheets, Office Open XML (ECMA-376): a sheet for each kind that people sort.

An exact day is a date of the spreadsheet, any other date is in words. Beside it are the first and
the last day that it can mean, to sort by, and its EDTF. What a file says is always written as text,
never as a formula.

The workbook is made in memory, because XlsxWriter's `constant_memory` keeps sheets in temporary
files, and a disk may be full.
"""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.exports import Selection
from withdrawal_cli.exports.page import source_labels
from withdrawal_cli.exports.sheets import Book, Content, Link, Sheet, make_sheets
from withdrawal_cli.safety import clean
from withdrawal_cli.wording import number, plural

MOST_ROWS = 1_048_576
MOST_LINKS = 65_530
"""Of one sheet; Excel repairs a file with more by removing them all."""
LONGEST_LINK = 2079 // 3
"""Excel takes 2,079 characters, and a letter that is escaped takes three."""
LONGEST_TEXT = 32_767
"""Of a cell, in units of UTF-16."""
LARGEST_NUMBER = 10**15
"""Cells hold floats, which are exact to 15 digits."""
DAY_ZERO = date(1899, 12, 30).toordinal()
"""Spreadsheets count days from here; those before 1 March 1900 are text."""
LINE_HEIGHT = 15
"""Points of a line in the typeface that spreadsheets begin with."""
MOST_LINES = 12
"""In a row; a longer text must be opened in its cell."""
CUT = " … [cut: too long for a cell]"


READING = {
    "To read it": "An empty cell means not known; 0 means said to be none.",
    "Dates": (
        "A day that is known exactly is a date, from 1 March 1900 on; any other date is text. "
        "Earliest and Latest are the first and the last day that it can mean: sort and filter by "
        "these. EDTF is the date as the data has it."
    ),
    "Numbers": (
        "Two figures are two sources: nothing is averaged. Never add killed and dead, or a part "
        "and the whole."
    ),
}


def render(selection: Selection) -> bytes:
    """Return the workbook. Raises WithdrawalError if a sheet would be too long."""
    dataset = selection.dataset
    book = Book(dataset=dataset, labels=source_labels(dataset.sources))
    sheets = make_sheets(book, selection.events)
    for sheet in sheets:
        if len(sheet.rows) >= MOST_ROWS:
            raise WithdrawalError(
                f"the sheet {sheet.name} would have {plural(len(sheet.rows), 'row')}, "
                f"and a spreadsheet has {number(MOST_ROWS)}",
                hint="Choose fewer events with --during or --key, or export sqlite.",
            )
    out = io.BytesIO()
    workbook = Workbook(out, {"in_memory": True})
    # with the clock's time, no two exports would be alike
    released = dataset.metadata.released
    made = max(released.order[0] if released else date.min, date(1980, 1, 1))
    workbook.set_properties({"created": datetime.combine(made, time())})
    writer = Writer(workbook)
    about = workbook.add_worksheet("About")
    for sheet in sheets:
        writer.write_sheet(sheet, book)
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

    def write_sheet(self, sheet: Sheet, book: Book) -> None:
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
        columns = [(index, made.cell, made.width) for index, made in enumerate(sheet.columns)]
        for line, row in enumerate(sheet.rows, 1):
            height = 1
            for index, cell, width in columns:
                content = cell(book, row)
                if content is not None and content != "":
                    lines = self.write_cell(page, line, index, content, width)
                    height = max(height, lines)
            if height > 1:  # the default is one line
                set_height(page, line, height)

    def write_cell(
        self, page: Worksheet, line: int, index: int, content: Content, width: int
    ) -> int:
        """Write a cell and return the lines that it takes in a column of this width."""
        if isinstance(content, str):
            text = self.text(content)
            page.write_string(line, index, text, self.wrapped)
            return lines_of(text, width)
        if isinstance(content, date):
            # the days since then, which is what `write_datetime` writes, in a third of the time
            page.write_number(line, index, content.toordinal() - DAY_ZERO, self.day)
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
        else:
            page.write_string(line, index, number(content), self.wrapped)
        return 1

    def text(self, text: str) -> str:
        """Return as much of a text as a cell can hold."""
        text = clean(text)
        if len(text) > LONGEST_TEXT // 2:  # a character beyond the first 65,536 counts twice
            units = text.encode("utf-16-le")
            if len(units) > 2 * LONGEST_TEXT:
                self.cut_texts += 1
                text = units[: 2 * (LONGEST_TEXT - len(CUT))].decode("utf-16-le", "ignore") + CUT
        # XlsxWriter takes a text between these tags for markup of its own, and writes it as it is
        return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text

    def write_about(self, page: Worksheet, selection: Selection, sheets: Sequence[Sheet]) -> None:
        """Write what the workbook is, how to read it, and which sheets it has."""
        width = 100
        page.set_column(0, 0, 16, self.plain)
        page.set_column(1, 1, width, self.wrapped)
        page.hide_gridlines(2)
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.write_string(0, 0, self.text(selection.dataset.metadata.title), self.title)
        row = 2
        for name, text in (*facts(selection), *READING.items(), *self.shortened()):
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

    def shortened(self) -> Iterator[tuple[str, str]]:
        """Yield what the sheets could not hold, each remark under a name."""
        if self.cut_texts:
            cut = plural(self.cut_texts, "cell")
            yield "Cut", f"{cut} had more than {number(LONGEST_TEXT)} characters."
        if self.plain_links:
            links = plural(self.plain_links, "link")
            most = f"a sheet takes {number(MOST_LINKS)}, of {LONGEST_LINK} characters at most"
            yield "Links left out", f"{links} are left as text: {most}."


def facts(selection: Selection) -> list[tuple[str, str]]:
    """Return what the workbook is and what is in it, each fact under a name."""
    dataset = selection.dataset
    chosen = f", those chosen with {selection.chosen_with}" if selection.chosen_with else ""
    events = f"{number(len(selection.events))} of {plural(len(dataset.events), 'event')}"
    told = {
        "What it is": dataset.metadata.description,
        "What is in it": f"{events}{chosen}. Of the other kinds that have a sheet, all records.",
        "Licence": dataset.metadata.license,
        "Made from": selection.notice,
        "Whose word": dataset.hearing,
    }
    return [(name, text) for name, text in told.items() if text]


def lines_of(text: str, width: int) -> int:
    """Return about how many lines a text takes in a cell, rather one too many."""
    return text.count("\n") + 1 + len(text) // width


def set_height(page: Worksheet, row: int, lines: int) -> None:
    # without a height, LibreOffice draws wrapped lines over the next row
    page.set_row(row, LINE_HEIGHT * min(lines, MOST_LINES))
