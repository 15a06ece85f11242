"""What the file knows of a day: a card, then the events in it and about it."""

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from withdrawal_cli.dates import date_text
from withdrawal_cli.model import Dataset
from withdrawal_cli.queries.on import Briefing, BriefingEventRow, BriefingPhaseRow
from withdrawal_cli.queries.rows import EstimateRow, EventRow
from withdrawal_cli.queries.strength import StrengthRow
from withdrawal_cli.system.terminal import SCREENFUL
from withdrawal_cli.views import ENTRIES, WIDE, card_table, lines, rest, words
from withdrawal_cli.views.strength import silence_text
from withdrawal_cli.wording import (
    CERTAINTY_MARKS,
    claim_text,
    date_of,
    day_of_subject,
    mark_legend,
    marks,
    number,
    short_sources,
    spoken_sources,
)

DATE_ROOM = 20
VAGUE = 60
"""The days beyond which a date that may or may not fall on a day is too vague to be shown with it."""

FIGURES = 20
"""The phases on a card, and the figures of troops out that it has for one of them."""

THAT_DAY = "That day"
HEADINGS = {
    "within": "In that time",
    "about": "About then",
    "lasting": "Going on",
    "possible": "Perhaps then",
}


class BriefingView:
    """Draws the card and, as wide as the console, the events: those that surely fall in the time first."""

    def __init__(self, dataset: Dataset, row: Briefing) -> None:
        self.dataset = dataset
        self.row = row
        self.is_day = row.days == 1

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        heading = words(date_text(self.row.date), "heading")
        yield heading.append_text(words(f"  {day_of_subject(self.row)}", "quiet"))
        yield Padding(self._card(), (0, 0, 0, 2))
        drawn = "".join(
            CERTAINTY_MARKS[item.certainty] for item in (*self._on_card(), *self._beyond_card())
        )
        for label, events in self._sections():
            yield Text(f"\n{label}", style="label")
            yield Padding(
                self._events(events, dated=label != THAT_DAY, wide=options.max_width >= WIDE),
                (0, 0, 0, 2),
            )
            for line in rest(events, SCREENFUL):
                yield Padding(line, (0, 0, 0, 2))
            drawn += "".join(map(_marks, events))
        left_out = len(self.row.events) - sum(map(self._is_shown, self.row.events))
        if left_out:
            more = f"{number(left_out)} more may fall in this time or went on through it"
            yield words(f"\n{more}: withdrawal timeline --all --during {self.row.date}", "quiet")
        figures = self._figures()
        if figures:
            yield Text("\nFigures of exactly that time", style="label")
            yield Padding(figures, (0, 0, 0, 2))
        if drawn:
            yield Text(f"\n{mark_legend(drawn)}", style="quiet")

    def _card(self) -> Table:
        row = self.row
        grid = card_table()
        grid.add_row(
            "Phase",
            lines(row.phases, self._phase, FIGURES) or words("outside the phases", "quiet"),
        )
        grid.add_row("Troops", _under(self._troops()))
        out = _under(line for phase in row.phases for line in self._troops_out(phase))
        if out:
            grid.add_row("Troops out", out)
        casualties = _under(self._casualties())
        if casualties:
            grid.add_row("Casualties", casualties)
        return grid

    def _phase(self, phase: BriefingPhaseRow) -> Text:
        days = (
            f"day {number(phase.day)} of {number(phase.days)}"
            if self.is_day and phase.day and phase.days
            else ""
        )
        return words(phase.title).append_text(words(f"  {days or date_of(phase)}", "quiet"))

    def _troops(self) -> Iterator[Text]:
        if not self.row.strength:
            yield words("no figure of the whole force is known by then", "quiet")
        else:
            yield lines(self.row.strength, self._strength)
        silence = self.row.silence
        if silence:
            yield words(silence_text(silence), "doubt")

    def _strength(self, row: StrengthRow) -> Text:
        """Return the figure, with what it counts where it is none at all or a part."""
        side = (
            f" {self.dataset.name(row.side)}"
            if row.side and not self.dataset.metadata.belligerents
            else ""
        )
        scope = f"\n  {row.scope}" if row.scope and (row.best == 0 or row.part) else ""
        return Text.assemble(
            words(claim_text(row), "figure"),
            words(f"{side} on {date_of(row)}{', only a part' if row.part else ''}  "),
            words(spoken_sources(self.dataset, row), "quiet"),
            words(scope) if scope else "",
        )

    def _troops_out(self, phase: BriefingPhaseRow) -> Iterator[Text]:
        """Yield what had left in the phase by then, or that no figure says so and which there are."""
        if phase.withdrawn:
            yield lines(phase.withdrawn, self._left, FIGURES)
        elif phase.withdrawn_otherwise:
            yield words(
                f"{phase.title}: no figure counts from its first day to then; there are:",
                "quiet",
            )
            yield lines(phase.withdrawn_otherwise, self._left, FIGURES)

    def _left(self, row: EstimateRow) -> Text:
        return self._figure(row, date_of(row))

    def _casualties(self) -> Iterator[Text]:
        if self.row.casualties:
            yield lines(self.row.casualties, lambda row: self._figure(row, self._counted(row)))
        longer = self.row.casualties_of_longer
        if longer:
            yield words(
                "no figure counts from the first day to then; the nearest that hold that time:",
                "quiet",
            )
            yield lines(
                longer, lambda row: self._figure(row, f"{self._counted(row)}, {date_of(row)}")
            )

    def _figure(self, row: EstimateRow, what: str) -> Text:
        return Text.assemble(
            words(claim_text(row), "figure"),
            words(f"  {what}  "),
            words(short_sources(self.dataset, row.sources), "quiet"),
        )

    def _counted(self, row: EstimateRow) -> str:
        side = f", {self.dataset.name(row.side)}" if row.side else ""
        return f"{row.measure}{side}{', only a part' if row.part else ''}"

    def _is_shown(self, event: BriefingEventRow) -> bool:
        """Whether an event is drawn: not a detail that went on for longer, nor one of a date too vague."""
        if event.falls in ("within", "about"):
            return True
        first, last = event.earliest, event.latest
        vague = event.falls == "possible" and (
            first is None or last is None or (last - first).days >= VAGUE
        )
        return event.importance != "detail" and not vague

    def _sections(self) -> Iterator[tuple[str, Sequence[EventRow]]]:
        row = self.row
        for how, label in HEADINGS.items():
            found = [event for event in row.events if event.falls == how and self._is_shown(event)]
            if found:
                yield THAT_DAY if self.is_day and how == "within" else label, found
        if not row.events:
            yield "No event is known of that time", ()
        around = [event for event in (row.before, row.after) if event]
        if around:
            yield (
                "Before and after" if len(around) == 2 else "Before" if row.before else "After",
                around,
            )
        if row.other_years:
            yield "The same day in other years", row.other_years

    def _events(self, events: Sequence[EventRow], *, dated: bool, wide: bool) -> Table:
        table = Table.grid(padding=(0, 1), pad_edge=False, expand=True)
        if dated:
            longest = max((len(date_of(event)) for event in events), default=0)
            table.add_column(style="date", width=min(longest, DATE_ROOM), overflow="fold")
        table.add_column(style="doubt", width=2)
        table.add_column(ratio=1, overflow="fold")
        if wide:
            table.add_column(style="quiet", width=40, overflow="fold")
        for event in events[:SCREENFUL]:
            cells = [words(date_of(event))] if dated else []
            cells += [
                words(_marks(event) or " "),
                words(event.title, "bold" if event.importance == "key" else ""),
            ]
            table.add_row(*cells, *([words(event.id)] if wide else []))
        return table

    def _on_card(self) -> Sequence[EstimateRow]:
        """Return the figures that stand on the card."""
        row = self.row
        out = [
            item for phase in row.phases for item in (phase.withdrawn or phase.withdrawn_otherwise)
        ]
        return [*row.strength, *row.casualties, *row.casualties_of_longer, *out]

    def _beyond_card(self) -> Sequence[EstimateRow]:
        """Return the figures of exactly this time that do not stand on the card."""
        shown = {item.id for item in self._on_card()}
        return [item for item in self.row.figures if item.id not in shown]

    def _figures(self) -> Table | None:
        beyond = self._beyond_card()
        grid = card_table()
        grid.columns[0].style, grid.columns[0].justify = "figure", "right"
        for item in beyond[:ENTRIES]:
            scope = words(f": {item.scope}") if item.scope else ""
            source = words(f"  {short_sources(self.dataset, item.sources)}", "quiet")
            figure = words(claim_text(item))
            grid.add_row(figure, Text.assemble(words(self._counted(item)), scope, source))
        for line in rest(beyond):
            grid.add_row("", line)
        return grid if beyond else None


def _marks(event: EventRow) -> str:
    return marks(event.certainty, bool(event.disputes))


def _under(parts: Iterator[Text]) -> Text:
    return Text("\n").join(parts)
