"""Questions on which the sources disagree: a list of them, or each in full with its answers side by side."""

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from withdrawal_cli.dates import date_text
from withdrawal_cli.model import Account, Answer, Citation, Dataset, Dispute, Estimate, Source
from withdrawal_cli.queries.disputes import Disagreement, dispute_row
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.views import ENTRIES, WIDE, card_table, lines, linked, named, rest, words
from withdrawal_cli.views.show import NOTES, notes, ranked, source_lines
from withdrawal_cli.wording import (
    CERTAINTY_MARKS,
    doubt_legend,
    figure_text,
    names,
    number,
    short_source,
    spread_text,
)

ROOMY = 64
"""From this many columns on there is room for answers and sources side by side."""


def dispute_table(dataset: Dataset, questions: Sequence[Disagreement]) -> Table:
    """Return one row for each question: what it is about, its answers, how far apart they are, whether one is preferred."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, expand=True, header_style="label")
    table.add_column("Question", ratio=1, overflow="fold")
    table.add_column("Answers", width=22, overflow="fold")
    for question in questions:
        table.add_row(
            Group(
                linked(words(question.dispute.title), question.dispute.id),
                _indented(words(_subject(dataset, question.dispute), "quiet")),
            ),
            Text("\n").join(_answers(question)),
        )
    return table


def _subject(dataset: Dataset, dispute: Dispute) -> str:
    """Return the id, and the first two records that the question is about."""
    more = f" and {len(dispute.about) - 2} more" if len(dispute.about) > 2 else ""
    return (
        f"{dispute.id}: {names(dataset, dispute.about[:2])}{more}" if dispute.about else dispute.id
    )


def _answers(question: Disagreement) -> list[Text]:
    """Return how many answers there are, how far apart they are, and whether one is preferred."""
    row = dispute_row(question)
    said = [words(f"{number(row.answers)} answer{'' if row.answers == 1 else 's'}")]
    if row.low is not None:
        said.append(words(spread_text(row), "figure"))
    if row.preferred:
        said.append(Text("one preferred", style="preferred"))
    return said


class DisputePage:
    """Draws a question in full: its answers beside their sources, why they differ, and the numbered sources."""

    def __init__(self, dataset: Dataset, question: Disagreement) -> None:
        self.dataset = dataset
        self.question = question
        found = (dataset.by_id[identifier] for identifier in sources_of(question.citations))
        self.sources = [item for item in found if isinstance(item, Source)]
        self.numbers = {source.id: place for place, source in enumerate(self.sources, 1)}

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        dispute = self.question.dispute
        yield Text.assemble(words(dispute.title, "heading"), words(f"  {dispute.id}", "quiet"))
        card = card_table()
        if dispute.about:
            card.add_row("About", named(self.dataset, dispute.about))
        card.add_row("Answers", Text(", ").join(_answers(self.question)))
        yield _indented(card)
        yield Text()
        yield _indented(self._answer_table(options.max_width))
        if dispute.explanation:
            yield Text("Why they differ", style="label")
            yield _indented(words(dispute.explanation).append_text(self._notes(dispute.citations)))
            yield Text()
        if self.sources:
            yield Text("Sources", style="label")
            yield _indented(self._source_table())
        legend = doubt_legend(estimate.certainty for estimate in self.question.estimates)
        if legend:
            yield Text(f"\n{legend}", style="quiet")

    def _answer_table(self, columns: int) -> Table:
        """Return each answer beside its sources; on a narrow screen above them."""
        table = Table.grid(padding=(0, 2), pad_edge=False, expand=True)
        table.add_column(ratio=1, overflow="fold")
        if columns >= ROOMY:
            table.add_column(style="quiet", width=44 if columns >= WIDE else 28, overflow="fold")
        for answer in self.question.answers[:ENTRIES]:
            said, sources = self._answer(answer), lines(answer.citations, self._source, NOTES)
            if columns >= ROOMY:
                table.add_row(said, sources)
            else:
                table.add_row(said)
                table.add_row(Padding(sources, (0, 0, 0, 2), style="quiet"))
            table.add_row()
        for line in rest(self.question.answers):
            table.add_row(line)
            table.add_row()
        return table

    def _answer(self, answer: Answer) -> Text:
        """Return what is said, when, how sure it is, and why it is preferred or set aside."""
        if isinstance(answer, Account):
            date = words(f"{date_text(answer.date)}: ", "date") if answer.date else ""
            text = Text.assemble(date, words(answer.says))
            if answer.certainty != "certain":
                text.append(f" ({answer.certainty.replace('-', ' ')})", style="quiet")
        else:
            text = self._figure(answer)
        return (
            text
            if answer.rank == "normal"
            else Text.assemble(text, "\n", ranked(answer.rank, answer.reason)[1:])
        )

    def _figure(self, estimate: Estimate) -> Text:
        figure = (
            figure_text(estimate.low, estimate.best, estimate.high, estimate.text)
            + CERTAINTY_MARKS[estimate.certainty]
        )
        unit = "" if estimate.unit == "people" else f" {estimate.unit}:"
        whom = f", {self.dataset.name(estimate.side)}" if estimate.side else ""
        date = words(f", {date_text(estimate.date)}", "date") if estimate.date else ""
        scope = words(f"\n{estimate.scope}") if estimate.scope else ""
        return Text.assemble(
            linked(words(figure, "figure"), estimate.id),
            words(f"{unit} {estimate.measure}{whom}"),
            date,
            scope,
        )

    def _source(self, citation: Citation) -> Text:
        """Return who says it, from which side, and the number of the source below."""
        source = self.dataset.by_id[citation.source]
        assert isinstance(source, Source)
        side = f", {self.dataset.name(source.perspective)}" if source.perspective else ""
        return words(f"{short_source(source)}{side}").append_text(self._notes([citation]))

    def _notes(self, citations: Sequence[Citation]) -> Text:
        return notes(self.numbers, citations)

    def _source_table(self) -> Group:
        grid = card_table()
        grid.columns[0].justify = "right"
        for source in self.sources[:ENTRIES]:
            grid.add_row(f"[{self.numbers[source.id]}]", source_lines(source))
        return Group(grid, *rest(self.sources))


def _indented(part: RenderableType) -> Padding:
    return Padding(part, (0, 0, 0, 2))
