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
from withdrawal_cli.explore.dialogs import Ask, Choose, Search, Typed, chosen_labels
from withdrawal_cli.explore.history import HOME, History
from withdrawal_cli.explore.menu import Menu
from withdrawal_cli.explore.page import Page, Place
from withdrawal_cli.explore.records import draw_record
from withdrawal_cli.explore.screens import LEAST, TooSmall, Whole, keys_table
from withdrawal_cli.explore.themes import DARK, LIGHT
from withdrawal_cli.exports import EXPORTS
from withdrawal_cli.formats import FORMATS
from withdrawal_cli.formats.citations import render
from withdrawal_cli.model import Dataset
from withdrawal_cli.queries.citing import bibliography, cite_records, cite_self
from withdrawal_cli.queries.disputes import summarize_disputes
from withdrawal_cli.queries.filters import Filters, resolve_period
from withdrawal_cli.queries.map import sketch_map
from withdrawal_cli.queries.strength import summarize_strength
from withdrawal_cli.queries.timeline import Timeline, first_from, summarize_timeline
from withdrawal_cli.views import words
from withdrawal_cli.views.disputes import dispute_table
from withdrawal_cli.views.map import MapView
from withdrawal_cli.views.strength import StrengthView
from withdrawal_cli.views.timeline import Entry, timeline_entries
from withdrawal_cli.wording import number

Save = Callable[[Filters, str], str]
"""Writes the events that the filters choose to the file of that name; returns what was written, in words."""

ON_THE_TIMELINE = ("filter", "clear", "jump", "export", "timeline", "phase", "copy", "overview")
"""What acts on the timeline and the record, and is offered only where they are."""

EVEN_IN_NO_ROOM = ("quit", "interrupt", "suspend_process")

KEYS = (
    ("↑ ↓ PgUp PgDn", "along the timeline; in a record from link to link"),
    ("n p", "to the next phase of the timeline, to the one before"),
    ("→ Enter Tab", "from the timeline into the record"),
    ("Tab, Shift+Tab", "to the next link, to the one before"),
    ("Enter", "follow the link"),
    ("← Esc", "from the record to the timeline"),
    ("[ ] Alt+← Alt+→", "back and forward through what was read"),
    ("/", "search everything"),
    ("f", "show some events only, by phase, category, side, certainty"),
    ("c", "show every event again"),
    ("g", "go to a date: 1988-05, 15 May 1988, spring 1988, ID+30d"),
    ("o", "the overview"),
    ("m", "the map of the events shown"),
    ("s", "the strength chart"),
    ("d", "the disputes"),
    ("y", "copy the citation of what is read, if the terminal lets us"),
    ("e", "export the events shown to a file"),
    ("t", "light or dark"),
    ("? F1", "these keys"),
    ("q", "quit; Ctrl+Q does so from everywhere"),
)


class Explorer(App[None]):
    """Browses a dataset. Every figure and every view is that of the command of the same name."""

    TITLE = "withdrawal"
    NOTIFICATION_TIMEOUT = 3
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "explore.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "keys", "Keys", key_display="?"),
        Binding("left_square_bracket,alt+left,backspace", "earlier", "Back", key_display="["),
        Binding("slash", "search", "Search"),
        Binding("f", "filter", "Filter"),
        Binding("g", "jump", "Go to"),
        Binding("m", "view('map')", "Map"),
        Binding("s", "view('strength')", "Strength"),
        Binding("d", "view('disputes')", "Disputes"),
        Binding("q", "quit", "Quit"),
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
        super().__init__(
            ansi_color=True if os.environ.get("NO_COLOR") else None
        )  # else NO_COLOR is greys
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        self.dataset = dataset
        self.start = record
        self.save = save
        self.filters = Filters()
        self.history = History()
        self.reading = HOME
        self.left_at: dict[str, Place] = {}
        "Where each record and each other view was left."
        self.timeline: Timeline = summarize_timeline(dataset, self.filters.or_all())
        self.views: dict[str, Callable[[], RenderableType]] = {
            "map": self.draw_map,
            "strength": self.draw_strength,
            "disputes": self.draw_disputes,
        }

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Menu(id="timeline")
            yield Page(id="record")
        yield Footer(compact=True)

    def on_mount(self) -> None:
        self.show_timeline()
        self.read(HOME)
        if self.start:
            self.history.visit(self.start)
            self.call_after_refresh(self.read, self.start)
        self.app_resume_signal.subscribe(self.screen, lambda _app: self.screen.refresh(layout=True))
        with suppress(NotImplementedError, AttributeError):  # there are no such signals on Windows
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                leave = partial(self.exit, return_code=128 + number)
                asyncio.get_running_loop().add_signal_handler(number, leave)

    def on_resize(self, event: events.Resize) -> None:
        """Say so where there is too little room, and go on where there is enough."""
        small = event.size.width < LEAST[0] or event.size.height < LEAST[1]
        if small and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())
        elif not small and isinstance(self.screen, TooSmall):
            self.pop_screen()

    @property
    def menu(self) -> Menu:
        return self.screen_stack[0].query_one("#timeline", Menu)

    @property
    def page(self) -> Page:
        return self.screen_stack[0].query_one("#record", Page)

    def home(self) -> None:
        """Close whatever stands over the timeline and the record."""
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what acts on the timeline only where the timeline is."""
        if isinstance(self.screen, TooSmall):
            return action in EVEN_IN_NO_ROOM
        return (
            len(self.screen_stack) == 1
            if action in ON_THE_TIMELINE
            else super().check_action(action, parameters)
        )

    def on_key(self, event: events.Key) -> None:
        """Hand on to a dialog what was typed before it had the focus. While the browser closes there is no screen at all."""
        top = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(top, Typed) and event.character and event.is_printable:
            top.type_in(event.character)

    # --- reading ---------------------------------------------------------------------------------

    def visit(self, record: str | None, *, passing: bool = False) -> None:
        """Read a record, and remember it."""
        if record is None:
            return
        self.home()
        self.history.visit(record, passing=passing)
        self.read(record)

    def read(self, record: str, place: Place = (None, 0)) -> None:
        """Show a record on the right, and its place in the timeline on the left."""
        self.left_at[self.reading] = self.page.place
        self.reading = record
        heading, drawn = draw_record(self.dataset, record)
        self.page.border_title = words(heading)
        self.page.show(drawn, place)
        self.menu.pick_record(record)

    def on_menu_picked(self, event: Menu.Picked) -> None:
        self.visit(event.record, passing=True)

    def on_menu_entered(self) -> None:
        self.page.focus()
        if self.page.links and self.page.picked is None:
            self.page.action_down()

    def on_page_followed(self, event: Page.Followed) -> None:
        self.visit(event.record)
        self.page.focus()

    def action_timeline(self) -> None:
        self.menu.focus()

    def action_earlier(self) -> None:
        """Go back; from a view that was only opened, to what was read under it."""
        aside = isinstance(self.screen, Whole) and self.screen.view != self.history.now
        self.go(
            self.history.now if aside else self.history.back(), "There is nothing to go back to."
        )

    def action_later(self) -> None:
        self.go(self.history.forward(), "There is nothing to go forward to.")

    def go(self, record: str | None, refusal: str) -> None:
        """Show a record or another view where it was left."""
        if record is None:
            self.notify(refusal)
            return
        self.home()
        if record in self.views:
            self.open_view(record, self.views[record])
        elif record != self.reading:
            self.read(record, self.left_at[record])

    def action_overview(self) -> None:
        self.visit(HOME)

    # --- choosing --------------------------------------------------------------------------------

    async def action_search(
        self,
    ) -> None:  # it and its like wait for the dialog, so that what is typed on goes there
        await self.push_screen(Search(self.dataset), self.visit)

    async def action_filter(self) -> None:
        await self.push_screen(Choose(self.dataset, self.filters), self.choose)

    def action_clear(self) -> None:
        self.choose(Filters())

    def choose(self, filters: Filters | None) -> None:
        """Show the events that the filters choose."""
        if filters is None:
            return
        self.home()
        self.filters = filters
        self.timeline = summarize_timeline(self.dataset, filters.or_all())
        self.show_timeline()
        self.menu.pick_record(self.reading)

    def show_timeline(self) -> None:
        """Show the events that are chosen, and say what chooses them."""
        shown, total = number(len(self.timeline.events)), number(self.timeline.total)
        chosen = ", ".join(chosen_labels(self.dataset, self.filters))
        self.menu.border_title = words(f"Only {chosen}" if chosen else "Timeline")
        self.menu.border_subtitle = (
            f"{shown} of {total}, c for all" if chosen else f"{total} events"
        )
        nothing = [
            Entry(
                None, (("No event matches. f changes what is shown, c shows every one.", "quiet"),)
            )
        ]
        self.menu.show(list(timeline_entries(self.dataset, self.timeline)) or nothing)

    def action_phase(self, step: int) -> None:
        self.menu.action_phase(step)

    async def action_jump(self) -> None:
        examples = "1988-05, 15 May 1988, spring 1988, an id, ID+30d"
        await self.push_screen(Ask("Go to which date?", examples, self.find), self.visit)

    def find(self, text: str) -> str:
        """Return the first event shown that begins in the time that was typed, or after it. Raises WithdrawalError."""
        period = resolve_period(self.dataset, text)
        event = first_from(self.timeline.events, period.start)
        if event is None:
            raise WithdrawalError("no event is shown", hint="f changes what is shown.")
        if not period.overlaps(event.date):
            self.notify(
                f"No event shown begins in that time ({range_text(period)}); this is the nearest.",
                markup=False,
            )
        return event.id

    # --- the other views -------------------------------------------------------------------------

    def draw_map(self) -> RenderableType:
        return MapView(sketch_map(self.dataset, self.timeline.events), ascii_only=False)

    def draw_strength(self) -> RenderableType:
        return StrengthView(self.dataset, summarize_strength(self.dataset, Filters(all=True)))

    def draw_disputes(self) -> RenderableType:
        return dispute_table(self.dataset, summarize_disputes(self.dataset).found)

    def action_view(self, name: str) -> None:
        self.home()
        self.open_view(name, self.views[name])

    def action_keys(self) -> None:
        self.home()
        self.open_view("keys", lambda: keys_table(KEYS))

    def open_view(self, name: str, draw: Callable[[], RenderableType]) -> None:
        self.push_screen(
            Whole(name, draw(), self.left_at.get(name, (None, 0))), partial(self.follow_from, name)
        )

    def follow_from(self, view: str, followed: tuple[str, Place] | None) -> None:
        """Read the record that was followed from a view, so that back leads to the view."""
        if followed is None:
            return
        record, self.left_at[view] = followed
        self.history.visit(view)
        self.visit(record)

    # --- taking away -----------------------------------------------------------------------------

    def action_copy(self) -> None:
        """Copy the bibliography of what is read, by the terminal's own clipboard (OSC 52)."""
        record = self.reading
        try:
            entries = (
                bibliography(self.dataset, cite_records(self.dataset, [record]))
                if record
                else cite_self(self.dataset)
            )
        except WithdrawalError as error:
            self.notify(error.problem, severity="warning", markup=False)
            return
        text = render("text", entries)
        self.copy_to_clipboard(text)
        first, *others = text.splitlines()
        more = f" … and {number(len(others))} more" if others else ""
        tmux = (
            "\ntmux lets it through after: set -s set-clipboard on"
            if os.environ.get("TMUX")
            else ""
        )
        self.notify(f"{first}{more}{tmux}", title="Copied the citation", markup=False)

    async def action_export(self) -> None:
        suffixes = ", ".join(
            dict.fromkeys(suffix for suffix, _ in (*FORMATS.values(), *EXPORTS.values()))
        )
        question = f"Write the {number(len(self.timeline.events))} events shown to which file? The suffix names the format: {suffixes}"
        await self.push_screen(
            Ask(question, "events.csv", partial(self.save, self.filters)), self.report
        )

    def report(self, done: str | None) -> None:
        if done:
            self.notify(done, markup=False)

    # --- the program -----------------------------------------------------------------------------

    def action_light(self) -> None:
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def action_interrupt(self) -> None:
        self.exit(return_code=130)
