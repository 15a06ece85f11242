"""What the file knows of a day: a card, then the events in it and around it."""

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from withdrawal_cli.dates import date_text
from withdrawal_cli.formats.columns import WIDE
from withdrawal_cli.model import Dataset
from withdrawal_cli.queries.on import Briefing, BriefingEventRow, BriefingPhaseRow
from withdrawal_cli.queries.rows import EstimateRow, EventRow, dispute_marks
from withdrawal_cli.queries.strength import StrengthRow
from withdrawal_cli.system.terminal import SCREENFUL
from withdrawal_cli.views import (
    ENTRIES,
    Indented,
    card_table,
    cited,
    citing,
    legend,
    lines,
    more_line,
    words,
)
from withdrawal_cli.views.grid import Cell, Grid
from withdrawal_cli.views.strength import silence_text
from withdrawal_cli.wording import (
    CERTAINTY_MARKS,
    claim_text,
    date_of,
    day_of_subject,
    mark_legend,
    marks,
    measure_text,
    number,
    spoken_sources,
)

DATE_WIDTH = 20
VAGUE = 60
"""In days: a date that may fall in the time, but spans as many, is too vague to be shown."""

FIGURES = 20
"""The most phases on a card, and figures of troops out for one of them."""

THAT_DAY = "That day"
HEADINGS = {
    "within": "In that time",
    "about": "About then",
    "lasting": "Going on",
    "possible": "Perhaps then",
}


class BriefingView:
    """Draws the card and, as wide as the console, the events, the surest first."""

    def __init__(self, dataset: Dataset, row: Briefing) -> None:
        self.dataset = dataset
        self.row = row
        self.is_day = row.days == 1

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        heading = words(date_text(self.row.date), "heading")
        day = day_of_subject(self.row)
        yield heading.append_text(words(f"  {day}", "quiet")) if day != "–" else heading
        sections = list(self._sections())
        # What happened on a day answers the question; of a longer time that would bury the card.
        first = [section for section in sections if section[0] == THAT_DAY]
        for label, events in first:
            yield from self._section(label, events, options.max_width)
        card = self._card()
        if first and card.row_count:
            yield Text()
        if card.row_count:
            yield Indented(card)
        for label, events in sections[len(first) :]:
            yield Text()
            yield from self._section(label, events, options.max_width)
        figures = [*self._on_card(), *self._beyond_card()]
        drawn = "".join(CERTAINTY_MARKS[item.certainty] for item in figures)
        drawn += "".join(self._marks(event) for _, events in sections for event in events)
        hidden = len(self.row.events) - sum(map(_is_shown, self.row.events))
        if hidden:
            more = f"{number(hidden)} more may fall in this time or went on through it"
            yield words(f"\n{more}: withdrawal timeline --all --during {self.row.date}", "quiet")
        if self._beyond_card():
            yield Text("\nFigures for exactly this time", style="label")
            yield Indented(self._figures())
        if drawn:
            yield legend(mark_legend(drawn))

    def _section(
        self, label: str, events: Sequence[EventRow], columns: int
    ) -> Iterator[RenderableType]:
        yield Text(label, style="label")
        if events:
            table = self._events(events, columns, dated=label != THAT_DAY)
            yield Indented(table)
        for line in more_line(events, SCREENFUL):
            yield Indented(line)

    def _card(self) -> Table:
        row = self.row
        grid = card_table()
        phases = lines(row.phases, self._phase, FIGURES)
        if self.dataset.phases:
            grid.add_row("Phase", phases or words("outside the phases", "quiet"))
        # A history that is not of a war has no troops to be silent about.
        if any(estimate.measure == "strength" for estimate in self.dataset.estimates):
            grid.add_row("Strength", _under(self._troops()))
        facts = {
            "Troops out": _under(line for phase in row.phases for line in self._troops_out(phase)),
            "Casualties": _under(self._casualties()),
        }
        for label, fact in facts.items():
            if fact:
                grid.add_row(label, fact)
        return grid

    def _phase(self, phase: BriefingPhaseRow) -> Text:
        when = date_of(phase)
        if self.is_day and phase.day and phase.days:
            when = f"day {number(phase.day)} of {number(phase.days)}"
        return words(phase.title).append_text(words(f"  {when}", "quiet"))

    def _troops(self) -> Iterator[Text]:
        if not self.row.strength:
            yield words("no figure of the whole force is known by then", "quiet")
        else:
            yield lines(self.row.strength, self._strength)
        if self.row.silence:
            yield words(silence_text(self.row.silence), "doubt")

    def _strength(self, row: StrengthRow) -> Text:
        """Return the figure, and what it counts if that is only a part, or nobody."""
        # With belligerents the troops are those of the leading one.
        named = row.side and not self.dataset.metadata.belligerents
        side = f" {self.dataset.name(row.side or '')}" if named else ""
        part = ", only a part" if row.part else ""
        scope = f"\n  {row.scope}" if row.scope and (row.best == 0 or row.part) else ""
        return Text.assemble(
            words(claim_text(row), "figure"),
            words(f"{side} on {date_of(row)}{part}  ", "when"),
            citing(words(spoken_sources(self.dataset, row), "quiet"), row.citations),
            words(scope) if scope else "",
        )

    def _troops_out(self, phase: BriefingPhaseRow) -> Iterator[Text]:
        """Yield what had left in the phase by then, or which figures there are instead."""
        figures = phase.withdrawn or phase.withdrawn_otherwise
        if figures and not phase.withdrawn:
            missing = f"{phase.title}: no figure counts exactly up to this day; there are:"
            yield words(missing, "quiet")
        if figures:
            yield lines(figures, lambda row: self._figure(row, date_of(row)), FIGURES)

    def _casualties(self) -> Iterator[Text]:
        if self.row.casualties:
            yield lines(self.row.casualties, lambda row: self._figure(row, self._counted(row)))
        if self.row.casualties_of_longer:
            missing = "no figure counts exactly from the first day to this one; the nearest:"
            yield words(missing, "quiet")
            yield lines(
                self.row.casualties_of_longer,
                lambda row: self._figure(row, f"{self._counted(row)}, {date_of(row)}"),
            )

    def _figure(self, row: EstimateRow, what: str) -> Text:
        return Text.assemble(
            words(claim_text(row), "figure"),
            words(f"  {what}  ", "when"),
            cited(self.dataset, row.citations),
        )

    def _counted(self, row: EstimateRow) -> str:
        side = f", {self.dataset.name(row.side)}" if row.side else ""
        return f"{measure_text(row.measure)}{side}{', only a part' if row.part else ''}"

    def _sections(self) -> Iterator[tuple[str, Sequence[EventRow]]]:
        row = self.row
        for how, label in HEADINGS.items():
            found = [event for event in row.events if event.falls == how and _is_shown(event)]
            if found:
                yield THAT_DAY if self.is_day and how == "within" else label, found
        if not row.events:
            yield "No event is known in this time", ()
        around = [event for event in (row.before, row.after) if event]
        if around:
            one = "Before" if row.before else "After"
            yield "Before and after" if len(around) == 2 else one, around
        if row.other_years:
            yield "The same day in other years", row.other_years

    def _events(self, events: Sequence[EventRow], columns: int, *, dated: bool) -> Grid:
        shown = events[:SCREENFUL]
        date = max((len(date_of(event)) for event in shown), default=0)
        # The columns before and after the title, which takes what is left between them.
        before = [min(date, DATE_WIDTH)] if dated else []
        before.append(max(2, *(len(self._marks(event)) for event in shown)))
        after = [40] if columns >= WIDE else []
        title = columns - 2 - sum(before) - sum(after) - len(before) - len(after)
        rows: list[list[Cell]] = [
            [
                *([(date_of(event), "date")] if dated else []),
                (self._marks(event), "doubt"),
                (event.title, "bold" if event.importance == "key" else ""),
                *([(event.id, "quiet")] if after else []),
            ]
            for event in shown
        ]
        labels = [*(["Date"] if dated else []), "Doubt", "Event", *(["Id"] if after else [])]
        return Grid([*before, title, *after], rows, labels=labels)

    def _marks(self, event: EventRow) -> str:
        disputed, _ = dispute_marks(self.dataset, event)
        return marks(event.certainty, disputed)

    def _on_card(self) -> list[EstimateRow]:
        row = self.row
        out = [
            item for phase in row.phases for item in (phase.withdrawn or phase.withdrawn_otherwise)
        ]
        return [*row.strength, *row.casualties, *row.casualties_of_longer, *out]

    def _beyond_card(self) -> list[EstimateRow]:
        """Return the figures of exactly this time that are not on the card."""
        shown = {item.id for item in self._on_card()}
        return [item for item in self.row.figures if item.id not in shown]

    def _figures(self) -> Table:
        figures = self._beyond_card()
        grid = card_table()
        grid.columns[0].style, grid.columns[0].justify = "figure", "right"
        for item in figures[:ENTRIES]:
            scope = words(f": {item.scope}") if item.scope else ""
            source = Text("  ").append_text(cited(self.dataset, item.citations))
            figure = words(claim_text(item))
            grid.add_row(figure, Text.assemble(words(self._counted(item)), scope, source))
        for line in more_line(figures):
            grid.add_row("", line)
        return grid


def _is_shown(event: BriefingEventRow) -> bool:
    """Whether an event is drawn: no detail that only lasts into the time, and no vague date."""
    if event.falls in ("within", "about"):
        return True
    first, last = event.earliest, event.latest
    span = (last - first).days if first and last else VAGUE
    return event.importance != "detail" and (event.falls == "lasting" or span < VAGUE)


def _under(parts: Iterator[Text]) -> Text:
    return Text("\n").join(parts)
