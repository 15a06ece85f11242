"""Questions on which the sources disagree: a list, or each in full, answers side by side."""

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from withdrawal_cli.dates import date_text
from withdrawal_cli.formats.columns import WIDE
from withdrawal_cli.model import Account, Answer, Citation, Dataset
from withdrawal_cli.queries.disputes import Disagreement
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.views import (
    ENTRIES,
    NOTES,
    Indented,
    card_table,
    drawing,
    legend,
    lines,
    linked,
    more_line,
    named,
    stacked,
    words,
)
from withdrawal_cli.views.citations import SourceNotes
from withdrawal_cli.views.show import ranked
from withdrawal_cli.wording import (
    CERTAINTY_MARKS,
    counted_text,
    doubt_legend,
    names,
    number,
    plural,
    reading_of,
    short_source,
    spread_text,
    with_unit,
)

SCALE = 60
NARROW_SCALE = 10
"""The most and the fewest columns on which a spread is drawn to scale."""

SPREAD_LEGEND = "• a figure   ─ a range   ◆ the preferred one, drawn to scale"

TWO_COLUMNS = 64
"""From this many columns on, answers and sources stand side by side."""


def dispute_table(
    dataset: Dataset, questions: Sequence[Disagreement], *, drawn: bool = True
) -> RenderableType:
    """Return each question with its short answer and how far apart its answers are.

    The spread is drawn to scale if `drawn`, and said in words otherwise.
    """
    table = Table.grid(expand=True)
    table.add_column(ratio=1, overflow="fold")
    for index, question in enumerate(questions):
        if index:
            table.add_row()
        dispute = question.dispute
        title = linked(words(dispute.title, "heading"), dispute.id)
        parts: list[RenderableType] = [title.append(f"  {dispute.id}", style="quiet")]
        if dispute.short_answer:
            parts.append(Indented(words(dispute.short_answer)))
        elif dispute.about:
            more = f" and {len(dispute.about) - 2} more" if len(dispute.about) > 2 else ""
            about = f"on {names(dataset, dispute.about[:2])}{more}"
            parts.append(Indented(words(about, "quiet")))
        parts.append(Indented(SpreadView(question, drawn=drawn)))
        table.add_row(Group(*parts))
    if drawn and any(question.spread.low is not None for question in questions):
        table.add_row(legend(SPREAD_LEGEND))
    return table


def dispute_pages(
    dataset: Dataset, questions: Sequence[Disagreement], *, drawn: bool
) -> RenderableType:
    """Return each question in full, with a rule between them."""
    return stacked([DisputePage(dataset, question, drawn=drawn) for question in questions])


class SpreadView:
    """Draws the figures of a dispute on one line to scale, with how many answers there are.

    A best value is a dot, a range a line, the preferred one marked: `523 ●─•──• 2,262`.
    """

    def __init__(self, question: Disagreement, *, drawn: bool) -> None:
        self.question = question
        self.drawn = drawn

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        spread, answers = self.question.spread, self.question.answers
        count = words(plural(len(answers), "answer"), "quiet")
        if any(answer.rank == "preferred" for answer in answers):
            count.append(", ").append("one preferred", style="preferred")
        if spread.low is None or spread.high is None:
            yield count
            return
        # Eight columns: the spaces between the parts, and the margin on the left.
        width = min(options.max_width - len(spread_text(spread)) - count.cell_len - 8, SCALE)
        if not self.drawn or spread.low == spread.high or width < NARROW_SCALE:
            yield Text.assemble(words(spread_text(spread), "figure"), "  ", count)
            return
        yield Text.assemble(
            words(number(spread.low), "figure"),
            " ",
            drawing(spread_line(self.question, width), "to"),
            " ",
            words(with_unit(number(spread.high), spread.unit or ""), "figure"),
            "  ",
            count,
        )


def spread_line(question: Disagreement, width: int) -> Text:
    """Return the figures that compare, to scale on `width` columns from the lowest to the highest.

    >>> from withdrawal_cli.model import Dispute, Estimate
    >>> figures = [("killed", 10, "normal"), ("killed", 15, "preferred"), ("killed", 20, "normal")]
    >>> answers = tuple(
    ...     Estimate(id=f"figure-{best}", measure=measure, best=best, rank=rank)
    ...     for measure, best, rank in figures
    ... )
    >>> dispute = Dispute(id="how-many", title="How many?")
    >>> spread_line(Disagreement(dispute=dispute, answers=answers), 11).plain
    '•····◆····•'
    """
    spread = question.spread
    cells = [("·", "quiet")] * width
    if spread.low is None or spread.high is None:
        return Text()
    low, scale = spread.low, (width - 1) / max(spread.high - spread.low, 1)

    def column(figure: int) -> int:
        return round((figure - low) * scale)

    estimates = [item for item in question.estimates if item.unit == spread.unit and item.figures]
    # What is drawn later covers what is there: lines, then dots, then the preferred one.
    for item in estimates:
        for index in range(column(item.figures[0]), column(item.figures[-1]) + 1):
            cells[index] = ("─", "preferred" if item.rank == "preferred" else "figure")
    for rank in ("deprecated", "normal", "preferred"):
        for item in estimates:
            if item.rank != rank:
                continue
            mark = ("◆", "preferred") if rank == "preferred" else ("•", "figure")
            # A range without a best value is marked where it is preferred, at both ends.
            ends = [item.figures[0], item.figures[-1]] if rank == "preferred" else []
            for figure in [item.best] if item.best is not None else ends:
                cells[column(figure)] = mark
    return Text.assemble(*cells)


class DisputePage:
    """Draws a question in full: its answers beside their sources, why they differ, the sources."""

    def __init__(self, dataset: Dataset, question: Disagreement, *, drawn: bool = True) -> None:
        self.dataset = dataset
        self.question = question
        self.drawn = drawn
        self.sources = SourceNotes(list(map(dataset.source, sources_of(question.citations))))

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        dispute = self.question.dispute
        yield Text.assemble(words(dispute.title, "heading"), words(f"  {dispute.id}", "quiet"))
        if dispute.short_answer:
            yield Indented(words(dispute.short_answer))
        yield Indented(SpreadView(self.question, drawn=self.drawn))
        if dispute.about:
            card = card_table()
            card.add_row("About", named(self.dataset, dispute.about, between="; "))
            yield Indented(card)
        yield Text()
        yield Indented(self._answer_table(options.max_width))
        if dispute.explanation:
            cited = self.sources.cite(dispute.citations)
            yield Text("Why they differ", style="label")
            yield Indented(words(dispute.explanation).append_text(cited))
            yield Text()
        if self.sources.numbers:
            yield Text("Sources", style="label")
            yield Indented(self.sources)
        yield legend(doubt_legend(item.certainty for item in self.question.estimates))

    def _answer_table(self, columns: int) -> Table:
        """Return each answer beside its sources; on a narrow screen above them."""
        # Side by side, a source is on the same line as its answer.
        table = Table.grid(padding=(0, 2), pad_edge=False, expand=True)
        table.add_column("Answer", ratio=1, overflow="fold")
        if columns >= TWO_COLUMNS:
            table.add_column(
                "Sources", style="quiet", width=44 if columns >= WIDE else 28, overflow="fold"
            )
        for answer in self.question.answers[:ENTRIES]:
            text, sources = self._answer(answer), lines(answer.citations, self._source, NOTES)
            if columns >= TWO_COLUMNS:
                table.add_row(text, sources)
            else:
                table.add_row(text)
                table.add_row(Padding(sources, (0, 0, 0, 2), style="quiet"))
            table.add_row()
        for line in more_line(self.question.answers):
            table.add_row(line)
            table.add_row()
        return table

    def _answer(self, answer: Answer) -> Text:
        """Return the answer, when, how certain it is, and why it is preferred or set aside."""
        date = date_text(answer.date) if answer.date else ""
        if isinstance(answer, Account):
            text = Text.assemble(words(f"{date}: ", "date") if date else "", words(answer.says))
            if answer.certainty != "certain":
                text.append(f" ({answer.certainty.replace('-', ' ')})", style="quiet")
        else:
            figure = reading_of(answer)
            whose = f", {self.dataset.name(answer.side)}" if answer.side else ""
            text = Text.assemble(
                linked(words(figure + CERTAINTY_MARKS[answer.certainty], "figure"), answer.id),
                words(f"{counted_text(answer)}{whose}"),
                words(f", {date}", "date") if date else "",
                words(f"\n{answer.scope}") if answer.scope else "",
            )
        if answer.rank != "normal":
            text.append("\n").append_text(ranked(answer.rank, answer.reason)[1:])
        return text

    def _source(self, citation: Citation) -> Text:
        """Return who says it, from which side, and the number of the source below."""
        source = self.dataset.source(citation.source)
        side = f", {self.dataset.name(source.perspective)}" if source.perspective else ""
        text = words(f"{short_source(source)}{side}")
        return text.append_text(self.sources.cite([citation]))
