"""Questions on which the sources disagree: a list, or each in full with its answers side by side."""

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from withdrawal_cli.dates import date_text
from withdrawal_cli.model import Account, Answer, Citation, Dataset, Source
from withdrawal_cli.queries.disputes import Disagreement, dispute_row
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.views import (
    ENTRIES,
    WIDE,
    card_table,
    indented,
    lines,
    linked,
    named,
    rest,
    words,
)
from withdrawal_cli.views.show import NOTES, notes, numbered, ranked, source_table
from withdrawal_cli.wording import (
    CERTAINTY_MARKS,
    doubt_legend,
    figure_text,
    names,
    number,
    short_source,
    spread_text,
)

TWO_COLUMNS = 64
"""From this many columns on, answers and sources stand side by side."""


def dispute_table(dataset: Dataset, questions: Sequence[Disagreement]) -> Table:
    """Return one row for each question: what it is about, and how far apart its answers are."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, expand=True, header_style="label")
    table.add_column("Question", ratio=1, overflow="fold")
    table.add_column("Answers", width=22, overflow="fold")
    for question in questions:
        dispute = question.dispute
        more = f" and {len(dispute.about) - 2} more" if len(dispute.about) > 2 else ""
        about = f": {names(dataset, dispute.about[:2])}{more}" if dispute.about else ""
        subject = indented(words(f"{dispute.id}{about}", "quiet"))
        title = linked(words(dispute.title), dispute.id)
        table.add_row(Group(title, subject), Text("\n").join(_answers(question)))
    return table


def _answers(question: Disagreement) -> Iterator[Text]:
    """Yield how many answers there are, how far apart they are, and whether one is preferred."""
    row = dispute_row(question)
    yield words(f"{number(row.answers)} answer{'' if row.answers == 1 else 's'}")
    if row.low is not None:
        yield words(spread_text(row), "figure")
    if row.preferred:
        yield Text("one preferred", style="preferred")


class DisputePage:
    """Draws a question in full: its answers beside their sources, why they differ, the sources."""

    def __init__(self, dataset: Dataset, question: Disagreement) -> None:
        self.dataset = dataset
        self.question = question
        cited = (dataset.by_id[identifier] for identifier in sources_of(question.citations))
        self.sources = [item for item in cited if isinstance(item, Source)]
        self.numbers = numbered(self.sources)

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        dispute = self.question.dispute
        yield Text.assemble(words(dispute.title, "heading"), words(f"  {dispute.id}", "quiet"))
        card = card_table()
        if dispute.about:
            card.add_row("About", named(self.dataset, dispute.about))
        card.add_row("Answers", Text(", ").join(_answers(self.question)))
        yield indented(card)
        yield Text()
        yield indented(self._answer_table(options.max_width))
        if dispute.explanation:
            cited = notes(self.numbers, dispute.citations)
            yield Text("Why they differ", style="label")
            yield indented(words(dispute.explanation).append_text(cited))
            yield Text()
        if self.sources:
            yield Text("Sources", style="label")
            yield indented(source_table(self.sources, self.numbers))
        legend = doubt_legend(estimate.certainty for estimate in self.question.estimates)
        if legend:
            yield Text(f"\n{legend}", style="quiet")

    def _answer_table(self, columns: int) -> Table:
        """Return each answer beside its sources; on a narrow screen above them."""
        table = Table.grid(padding=(0, 2), pad_edge=False, expand=True)
        table.add_column(ratio=1, overflow="fold")
        if columns >= TWO_COLUMNS:
            table.add_column(style="quiet", width=44 if columns >= WIDE else 28, overflow="fold")
        for answer in self.question.answers[:ENTRIES]:
            text, sources = self._answer(answer), lines(answer.citations, self._source, NOTES)
            if columns >= TWO_COLUMNS:
                table.add_row(text, sources)
            else:
                table.add_row(text)
                table.add_row(Padding(sources, (0, 0, 0, 2), style="quiet"))
            table.add_row()
        for line in rest(self.question.answers):
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
            figure = figure_text(answer.low, answer.best, answer.high, answer.text)
            unit = "" if answer.unit == "people" else f" {answer.unit}:"
            whose = f", {self.dataset.name(answer.side)}" if answer.side else ""
            text = Text.assemble(
                linked(words(figure + CERTAINTY_MARKS[answer.certainty], "figure"), answer.id),
                words(f"{unit} {answer.measure}{whose}"),
                words(f", {date}", "date") if date else "",
                words(f"\n{answer.scope}") if answer.scope else "",
            )
        if answer.rank != "normal":
            text.append("\n").append_text(ranked(answer.rank, answer.reason)[1:])
        return text

    def _source(self, citation: Citation) -> Text:
        """Return who says it, from which side, and the number of the source below."""
        source = self.dataset.by_id[citation.source]
        assert isinstance(source, Source)
        side = f", {self.dataset.name(source.perspective)}" if source.perspective else ""
        text = words(f"{short_source(source)}{side}")
        return text.append_text(notes(self.numbers, [citation]))
