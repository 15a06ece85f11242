"""Casualty figures under headings, rivals together."""

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from withdrawal_cli.dates import date_text
from withdrawal_cli.model import Dataset, Estimate
from withdrawal_cli.queries.casualties import Casualties, Rivals
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.views import WIDE, words
from withdrawal_cli.wording import CERTAINTY_MARKS, doubt_legend, figure_text, short_sources


class CasualtiesView:
    """Draws the figures as wide as the console: the number, the time, what it counts, who says so."""

    def __init__(self, dataset: Dataset, casualties: Casualties) -> None:
        self.dataset = dataset
        self.casualties = casualties

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        wide = options.max_width >= WIDE
        for place, section in enumerate(self.casualties.sections):
            if place:
                yield Text()
            yield words(section.heading, "heading")
            after_rivals = False
            for rivals in section.groups:
                if rivals.dispute:
                    question = words(rivals.dispute.title, "doubt")
                    yield Padding(
                        Text.assemble(question, words(f"  {rivals.dispute.id}", "quiet")),
                        (1, 0, 0, 2),
                    )
                elif after_rivals:
                    yield Text()
                yield Padding(self._table(rivals, wide), (0, 0, 0, 2))
                after_rivals = rivals.dispute is not None
        legend = doubt_legend(self._certainties())
        if legend:
            yield Text(f"\n{legend}", style="quiet")

    def _certainties(self) -> Iterator[str]:
        for section in self.casualties.sections:
            for rivals in section.groups:
                yield from (estimate.certainty for estimate in rivals.estimates)

    def _table(self, rivals: Rivals, wide: bool) -> Table:
        table = Table.grid(padding=(0, 1), pad_edge=False, expand=True)
        table.add_column(style="figure", width=18 if wide else 15, justify="right", overflow="fold")
        table.add_column(style="date", width=26 if wide else 13, overflow="fold")
        table.add_column(ratio=1, overflow="fold")
        table.add_column(style="quiet", width=30 if wide else 16, overflow="fold")
        for estimate in rivals.estimates:
            table.add_row(
                words(
                    figure_text(estimate.low, estimate.best, estimate.high, estimate.text)
                    + CERTAINTY_MARKS[estimate.certainty]
                ),
                words(date_text(estimate.date)) if estimate.date else words(None),
                _counted(estimate),
                words(short_sources(self.dataset, sources_of(estimate.citations))),
            )
        return table


def _counted(estimate: Estimate) -> Text:
    """Return the measure, what it counts, and why it is preferred or set aside."""
    measure = (
        estimate.measure if estimate.unit == "people" else f"{estimate.measure}, {estimate.unit}"
    )
    text = words(measure, "quiet" if estimate.rank == "deprecated" else "")
    if estimate.scope:
        text.append(": ").append_text(words(estimate.scope))
    if estimate.rank != "normal":
        text.append("\n").append(
            estimate.rank.capitalize(),
            style="preferred" if estimate.rank == "preferred" else "doubt",
        )
        text.append(": ").append_text(words(estimate.reason))
    return text
