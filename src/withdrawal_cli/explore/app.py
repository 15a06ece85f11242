"""The browser: the timeline on the left, the record on the right."""

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import ClassVar

from rich.console import RenderableType
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Footer

from withdrawal_cli.dates import range_text
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.explore.dialogs import Ask, Choose, LineDialog, Search, chosen_labels
from withdrawal_cli.explore.history import HOME, History
from withdrawal_cli.explore.menu import Menu
from withdrawal_cli.explore.page import TOP, Page, Position
from withdrawal_cli.explore.records import draw_glossary, draw_record, has_more
from withdrawal_cli.explore.screens import SMALLEST, TooSmall, Whole
from withdrawal_cli.explore.themes import DARK, LIGHT
from withdrawal_cli.exports import EXPORTS
from withdrawal_cli.formats import FORMATS
from withdrawal_cli.formats.citations import render
from withdrawal_cli.model import CERTAINTIES, IMPORTANCES, Dataset
from withdrawal_cli.queries.citing import bibliography, cite_records, cite_self
from withdrawal_cli.queries.disputes import summarize_disputes
from withdrawal_cli.queries.filters import Filters, resolve_period
from withdrawal_cli.queries.map import sketch_map
from withdrawal_cli.queries.strength import summarize_strength
from withdrawal_cli.queries.timeline import first_from, summarize_timeline
from withdrawal_cli.views import card_table, words
from withdrawal_cli.views.disputes import dispute_table
from withdrawal_cli.views.map import MapView
from withdrawal_cli.views.strength import StrengthView
from withdrawal_cli.views.timeline import Entry, timeline_entries
from withdrawal_cli.wording import number

Save = Callable[[Filters, str], str]
"""Writes the events that the filters choose to a file of that name, and returns a report."""

VIEWS = ("map", "strength", "disputes", "glossary", "keys")
"""What fills the screen instead of the timeline and a record."""

ON_THE_TIMELINE = ("filter", "clear", "jump", "export", "timeline", "phase", "copy", "overview")
"""The actions on the timeline and the record, offered only while these are on the screen."""

EVEN_WHEN_TOO_SMALL = ("quit", "interrupt", "suspend_process")

KEYS = (
    ("↑ ↓ PgUp PgDn", "move along the timeline; in a record, from link to link"),
    ("n p", "next phase of the timeline, previous phase"),
    ("→ Enter Tab", "go from the timeline into the record"),
    ("Tab, Shift+Tab", "next link, previous link"),
    ("Enter", "follow the link"),
    ("← Esc", "go back to the timeline"),
    ("[ ] Alt+← Alt+→", "back and forward through what you have read"),
    ("/", "search everything"),
    ("f", "filter the events by phase, category, side, certainty"),
    ("c", "show all events again"),
    ("g", "go to a date: 1988-05, 15 May 1988, spring 1988, ID+30d"),
    ("o", "the overview"),
    ("m", "the map of the events shown"),
    ("s", "the strength chart"),
    ("d", "the disputes"),
    ("w", "the glossary"),
    ("y", "copy the citation of this record, if the terminal can"),
    ("e", "export the events shown to a file"),
    ("t", "light or dark"),
    ("? F1", "these keys"),
    ("q", "quit; Ctrl+Q quits from anywhere"),
)


class Explorer(App[None]):
    """Browses a dataset. Every view is that of the command of the same name."""

    TITLE = "withdrawal"
    NOTIFICATION_TIMEOUT = 3
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "explore.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "view('keys')", "Keys", key_display="?"),
        Binding("left_square_bracket,alt+left,backspace", "earlier", "Back", key_display="["),
        Binding("slash", "search", "Search"),
        Binding("f", "filter", "Filter"),
        Binding("g", "jump", "Go to"),
        Binding("m", "view('map')", "Map"),
        Binding("s", "view('strength')", "Strength"),
        Binding("d", "view('disputes')", "Disputes"),
        Binding("q", "quit", "Quit"),
        Binding("w", "view('glossary')", show=False),
        Binding("right_square_bracket,alt+right", "later", show=False),
        Binding("c", "clear", show=False),
        Binding("n", "phase(1)", show=False),
        Binding("p", "phase(-1)", show=False),
        Binding("o", "overview", show=False),
        Binding("y", "copy", show=False),
        Binding("e", "export", show=False),
        Binding("t", "light", show=False),
        Binding("left,escape,h", "timeline", show=False),
        Binding("ctrl+c", "interrupt", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
    ]

    def __init__(self, dataset: Dataset, record: str | None, save: Save) -> None:
        # Without this, Textual takes NO_COLOR for shades of grey.
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        self.dataset = dataset
        self.start = record
        self.save = save
        self.filters = Filters()
        self.timeline = summarize_timeline(dataset, self.filters.or_all())
        self.history = History()
        self.reading = HOME
        "The record on the right, which may lie under a view."
        self.left_at: dict[str, Position] = {}
        "Where each record and each view was left."

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Menu(id="timeline")
            yield Page(id="record")
        yield Footer(compact=True)

    def on_mount(self) -> None:
        self.show_timeline()
        self.read(HOME)
        if self.dataset.hearing:
            self.notify(self.dataset.hearing, timeout=10, markup=False)
        if self.start:
            self.history.visit(self.start)
            self.call_after_refresh(self.read, self.start)
        # After Ctrl+Z and `fg` the terminal may have another size.
        self.app_resume_signal.subscribe(self.screen, lambda _app: self.screen.refresh(layout=True))
        with suppress(NotImplementedError, AttributeError):  # Windows has no such signals
            for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                leave = partial(self.exit, return_code=128 + sent)
                asyncio.get_running_loop().add_signal_handler(sent, leave)

    def on_resize(self, event: events.Resize) -> None:
        too_small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        if too_small and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())
        elif not too_small and isinstance(self.screen, TooSmall):
            self.pop_screen()

    @property
    def menu(self) -> Menu:
        return self.screen_stack[0].query_one("#timeline", Menu)

    @property
    def page(self) -> Page:
        return self.screen_stack[0].query_one("#record", Page)

    def home(self) -> None:
        """Close whatever covers the timeline and the record."""
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if isinstance(self.screen, TooSmall):
            return action in EVEN_WHEN_TOO_SMALL
        if action in ON_THE_TIMELINE:
            return len(self.screen_stack) == 1
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """Pass on to a dialog what was typed before it had the focus."""
        top = self.screen_stack[-1] if self.screen_stack else None  # there is none on closing
        if isinstance(top, LineDialog) and event.character and event.is_printable:
            top.type_in(event.character)

    # --- reading ---------------------------------------------------------------------------------

    def visit(self, record: str | None, *, passing: bool = False) -> None:
        """Read a record, and remember it; `None` from a cancelled dialog changes nothing."""
        if record is not None:
            self.home()
            self.history.visit(record, passing=passing)
            self.read(record)

    def read(self, record: str, position: Position = TOP) -> None:
        """Show a record on the right, and pick it on the left."""
        self.left_at[self.reading] = self.page.position
        self.reading = record
        heading, drawn = draw_record(self.dataset, record)
        self.page.border_title = words(heading)
        self.page.show(drawn, position)
        self.menu.pick_record(record)

    def on_menu_picked(self, event: Menu.Picked) -> None:
        self.visit(event.record, passing=True)

    def on_page_followed(self, event: Page.Followed) -> None:
        self.visit(event.record)
        self.page.focus()

    def action_enter(self) -> None:
        """Go from the timeline into the record, to the first link that is worth following."""
        self.page.focus()
        if self.page.picked is None:
            self.page.pick_first(partial(has_more, self.dataset))

    def action_timeline(self) -> None:
        self.menu.focus()

    def action_overview(self) -> None:
        self.visit(HOME)

    def action_earlier(self) -> None:
        """Go back; from a view in which no link was followed, to the record under it."""
        if isinstance(self.screen, Whole) and self.screen.view != self.history.now:
            self.go(self.history.now, "")
        else:
            self.go(self.history.move(-1), "There is nothing to go back to.")

    def action_later(self) -> None:
        self.go(self.history.move(1), "There is nothing to go forward to.")

    def go(self, record: str | None, refusal: str) -> None:
        """Show a record or a view where it was left."""
        if record is None:
            self.notify(refusal)
        elif record in VIEWS:
            self.action_view(record)
        else:
            self.home()
            if record != self.reading:
                self.read(record, self.left_at[record])

    # --- the other views -------------------------------------------------------------------------

    def action_view(self, name: str) -> None:
        self.home()
        view = Whole(name, self.draw_view(name), self.left_at.get(name, TOP))
        self.push_screen(view, partial(self.follow_from, name))

    def draw_view(self, name: str) -> RenderableType:
        """Return one of VIEWS."""
        if name == "map":
            return MapView(sketch_map(self.dataset, self.timeline.events), ascii_only=False)
        if name == "strength":
            return StrengthView(self.dataset, summarize_strength(self.dataset, Filters(all=True)))
        if name == "disputes":
            return dispute_table(self.dataset, summarize_disputes(self.dataset).found)
        if name == "glossary":
            return draw_glossary(self.dataset)
        table = card_table()
        table.columns[0].style = "figure"
        for key, use in KEYS:
            table.add_row(words(key), words(use))
        return table

    def follow_from(self, view: str, followed: tuple[str, Position] | None) -> None:
        """Read the record whose link was followed in a view, so that going back shows the view."""
        if followed is not None:
            record, self.left_at[view] = followed
            self.history.visit(view)
            self.visit(record)

    # --- choosing --------------------------------------------------------------------------------

    # These actions wait until the dialog is there: what is typed meanwhile goes to it.

    async def action_search(self) -> None:
        await self.push_screen(Search(self.dataset), self.visit)

    async def action_filter(self) -> None:
        await self.push_screen(Choose(self.dataset, self.filters), self.choose)

    async def action_jump(self) -> None:
        examples = "1988-05, 15 May 1988, spring 1988, an id, ID+30d"
        await self.push_screen(Ask("Go to which date?", examples, self.find), self.visit)

    def action_clear(self) -> None:
        self.choose(Filters())

    def action_phase(self, step: int) -> None:
        self.menu.action_phase(step)

    def choose(self, filters: Filters | None) -> None:
        """Show the events that the filters choose; `None` changes nothing."""
        if filters is not None:
            self.home()
            self.filters = filters
            self.timeline = summarize_timeline(self.dataset, filters.or_all())
            self.show_timeline()
            self.menu.pick_record(self.reading)

    def show_timeline(self) -> None:
        """Show the chosen events, and say how they were chosen."""
        shown, total = number(len(self.timeline.events)), number(self.timeline.total)
        chosen = ", ".join(chosen_labels(self.dataset, self.filters))
        title = f"Only {chosen}" if chosen else "Timeline"
        self.menu.border_title = words(": ".join(filter(None, (self.dataset.voice, title))))
        count = f"{shown} of {total}, c for all" if chosen else f"{total} events"
        self.menu.border_subtitle = count
        nothing = "No event matches. f changes what is shown, c shows all."
        entries = list(timeline_entries(self.dataset, self.timeline))
        self.menu.show(entries or [Entry(None, ((nothing, "quiet"),))])

    def find(self, text: str) -> str:
        """Return the id of the event to go to for a date that was typed.

        The most important of the shown events that begin on the first day, from that date on, on
        which any begins. Raises WithdrawalError.
        """
        period = resolve_period(self.dataset, text)
        first = first_from(self.timeline.events, period.start)
        if first is None:
            raise WithdrawalError("no event is shown", hint="f changes what is shown.")
        day = first.date.order[0]
        event = min(
            (event for event in self.timeline.events if event.date.order[0] == day),
            key=lambda event: (
                IMPORTANCES.index(event.importance),
                CERTAINTIES.index(event.certainty),
            ),
        )
        if not period.overlaps(event.date):
            asked = range_text(period)
            problem = f"No event shown begins in that time ({asked}); this is the nearest."
            self.notify(problem, markup=False)
        return event.id

    # --- taking away -----------------------------------------------------------------------------

    def action_copy(self) -> None:
        """Copy the citation of the record to the terminal's own clipboard (OSC 52)."""
        try:
            if self.reading == HOME:
                entries = cite_self(self.dataset)
            else:
                entries = bibliography(self.dataset, cite_records(self.dataset, [self.reading]))
        except WithdrawalError as error:
            self.notify(error.problem, severity="warning", markup=False)
            return
        text = render("text", entries)
        self.copy_to_clipboard(text)
        report, *others = text.splitlines()
        if others:
            report += f" … and {number(len(others))} more"
        if os.environ.get("TMUX"):
            report += "\ntmux lets it through after: set -s set-clipboard on"
        self.notify(report, title="Copied the citation", markup=False)

    async def action_export(self) -> None:
        suffixes = dict.fromkeys(suffix for suffix, _ in (*FORMATS.values(), *EXPORTS.values()))
        question = (
            f"Write the {number(len(self.timeline.events))} events shown to which file? "
            f"The suffix names the format: {', '.join(suffixes)}"
        )

        def report(done: str | None) -> None:
            if done:
                self.notify(done, markup=False)

        save = partial(self.save, self.filters)
        await self.push_screen(Ask(question, "events.csv", save), report)

    # --- the program -----------------------------------------------------------------------------

    def action_light(self) -> None:
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def action_interrupt(self) -> None:
        self.exit(return_code=130)
