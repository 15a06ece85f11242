"""The browser: the timeline on the left, the record on the right."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from rich.console import RenderableType
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Footer

from withdrawal_cli.dates import range_text
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.explore.dialogs import Ask, Choose, Search, event_filters
from withdrawal_cli.explore.history import HOME, History
from withdrawal_cli.explore.page import Menu, Page
from withdrawal_cli.explore.records import draw_record
from withdrawal_cli.explore.screens import Whole, keys_table
from withdrawal_cli.exports import EXPORTS
from withdrawal_cli.formats import FORMATS
from withdrawal_cli.formats.citations import render
from withdrawal_cli.model import Dataset
from withdrawal_cli.options import EventOptions
from withdrawal_cli.queries.citing import bibliography, cite_records, cite_self
from withdrawal_cli.queries.disputes import summarize_disputes
from withdrawal_cli.queries.map import sketch_map
from withdrawal_cli.queries.select import Filters, resolve_period
from withdrawal_cli.queries.strength import summarize_strength
from withdrawal_cli.queries.timeline import Timeline, first_from, summarize_timeline
from withdrawal_cli.views import words
from withdrawal_cli.views.disputes import dispute_table
from withdrawal_cli.views.map import MapView
from withdrawal_cli.views.strength import StrengthView
from withdrawal_cli.views.timeline import TimelineMenu
from withdrawal_cli.wording import number

Save = Callable[[EventOptions, str], str]
"""Writes the events that the options choose to the file of that name; returns what was written, in words."""

ON_THE_TIMELINE = ("filter", "jump", "export", "timeline", "earlier", "later", "copy", "overview")

KEYS = (
    ("↑ ↓ PgUp PgDn", "along the timeline; in a record from link to link, and further where there is none"),
    ("→ Enter Tab", "from the timeline into the record"),
    ("Tab, Shift+Tab", "to the next link, to the one before"),
    ("Enter", "follow the link"),
    ("← Esc", "back to the timeline"),
    ("[ ] Alt+← Alt+→", "back and forward through what was read"),
    ("/", "search everything"),
    ("f", "show only some events: by phase, category, side, certainty, or where sources disagree"),
    ("g", "go to a date: 1988-05, 15 May 1988, spring 1988, the id of an event, with an offset: ID+30d"),
    ("o", "the overview"),
    ("m", "the map of the events shown"),
    ("s", "the strength chart"),
    ("d", "the disputes"),
    ("y", "copy the citation of what is read"),
    ("e", "export the events shown to a file"),
    ("t", "light or dark"),
    ("? F1", "these keys"),
    ("q", "quit"),
)


class Explorer(App[None]):
    """Browses a dataset. Every figure and every view is that of the command of the same name."""

    TITLE = "withdrawal"
    NOTIFICATION_TIMEOUT = 3
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "explore.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search"),
        Binding("f", "filter", "Filter"),
        Binding("g", "jump", "Go to"),
        Binding("m", "map", "Map"),
        Binding("s", "strength", "Strength"),
        Binding("d", "disputes", "Disputes"),
        Binding("question_mark,f1", "keys", "Keys", key_display="?"),
        Binding("q", "quit", "Quit"),
        Binding("o", "overview", show=False),
        Binding("y", "copy", show=False),
        Binding("e", "export", show=False),
        Binding("t", "light", show=False),
        Binding("left,escape,h", "timeline", show=False),
        Binding("left_square_bracket,alt+left", "earlier", show=False),
        Binding("right_square_bracket,alt+right", "later", show=False),
        Binding("ctrl+c", "interrupt", show=False, priority=True),
    ]

    def __init__(self, dataset: Dataset, record: str | None, save: Save) -> None:
        super().__init__()
        self.dataset = dataset
        self.start = record
        self.save = save
        self.options = EventOptions()
        self.history = History()
        self.left_at: dict[str, int | None] = {}
        self.timeline: Timeline = summarize_timeline(dataset, event_filters(self.options))

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Menu(TimelineMenu(self.dataset, self.timeline), id="timeline")
            yield Page(id="record")
        yield Footer()

    def on_mount(self) -> None:
        self.head_timeline()
        self.read(HOME)
        if self.start:
            self.call_after_refresh(self.visit, self.start)

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
        return len(self.screen_stack) == 1 if action in ON_THE_TIMELINE else super().check_action(action, parameters)

    # --- reading ---------------------------------------------------------------------------------

    def visit(self, record: str | None, *, passing: bool = False) -> None:
        """Read a record, and remember it."""
        if record is None:
            return
        self.home()
        self.history.visit(record, passing=passing)
        self.read(record)

    def read(self, record: str) -> None:
        """Show a record on the right, and its place in the timeline on the left."""
        heading, drawn = draw_record(self.dataset, record)
        self.page.border_title = words(heading)
        self.page.show(drawn)
        self.menu.pick_record(record)

    def on_menu_picked(self, event: Menu.Picked) -> None:
        self.visit(event.record, passing=True)

    def on_menu_entered(self) -> None:
        self.page.focus()
        if self.page.links and self.page.picked is None:
            self.page.action_down()

    def on_page_followed(self, event: Page.Followed) -> None:
        self.left_at[self.history.now] = self.page.picked
        self.visit(event.record)
        self.page.focus()

    def action_timeline(self) -> None:
        self.menu.focus()

    def action_earlier(self) -> None:
        self.go(self.history.back(), "There is nothing to go back to.")

    def action_later(self) -> None:
        self.go(self.history.forward(), "There is nothing to go forward to.")

    def go(self, record: str | None, refusal: str) -> None:
        if record is None:
            self.notify(refusal)
            return
        self.read(record)
        self.page.pick(self.left_at.get(record))

    def action_overview(self) -> None:
        self.visit(HOME)

    # --- choosing --------------------------------------------------------------------------------

    def action_search(self) -> None:
        self.push_screen(Search(self.dataset), self.visit)

    def action_filter(self) -> None:
        self.push_screen(Choose(self.dataset, self.options), self.choose)

    def choose(self, options: EventOptions | None) -> None:
        """Show the events that the options choose."""
        if options is None:
            return
        self.home()
        self.options = options
        self.timeline = summarize_timeline(self.dataset, event_filters(options))
        menu = TimelineMenu(self.dataset, self.timeline)
        self.menu.show(menu if self.timeline.events else words("No event matches. f changes what is shown.", "quiet"))
        self.menu.pick_record(self.history.now)
        self.head_timeline()

    def head_timeline(self) -> None:
        shown, total = len(self.timeline.events), self.timeline.total
        self.menu.border_title = "Timeline"
        self.menu.border_subtitle = f"{number(shown)} of {number(total)} events" if shown < total else f"{number(total)} events"

    def action_jump(self) -> None:
        self.push_screen(Ask("Go to which date?", "1988-05, 15 May 1988, spring 1988, an id, ID+30d", self.find), self.visit)

    def find(self, text: str) -> str:
        """Return the first event shown that begins in the time that was typed, or after it. Raises WithdrawalError."""
        period = resolve_period(self.dataset, text)
        event = first_from(self.timeline.events, period.start)
        if event is None:
            raise WithdrawalError("no event is shown", hint="f changes what is shown.")
        if not period.overlaps(event.date):
            self.notify(f"No event shown begins in that time ({range_text(period)}); this is the nearest.", markup=False)
        return event.id

    # --- the other views -------------------------------------------------------------------------

    def action_map(self) -> None:
        sketch = sketch_map(self.dataset, self.timeline.events)
        self.view("Map", MapView(sketch, ascii_only=False))

    def action_strength(self) -> None:
        self.view("Strength", StrengthView(self.dataset, summarize_strength(self.dataset, Filters())))

    def action_disputes(self) -> None:
        self.view("Disputes", dispute_table(self.dataset, summarize_disputes(self.dataset).found))

    def action_keys(self) -> None:
        self.view("Keys", keys_table(KEYS))

    def view(self, title: str, drawn: RenderableType) -> None:
        self.home()
        self.push_screen(Whole(title, drawn), self.visit)

    # --- taking away -----------------------------------------------------------------------------

    def action_copy(self) -> None:
        """Copy the bibliography of what is read, by the terminal's own clipboard (OSC 52)."""
        record = self.history.now
        try:
            entries = bibliography(self.dataset, cite_records(self.dataset, [record])) if record else cite_self(self.dataset)
        except WithdrawalError as error:
            self.notify(error.problem, severity="warning", markup=False)
            return
        self.copy_to_clipboard(render("text", entries))
        self.notify(f"Copied the citation: {number(len(entries))} {'work' if len(entries) == 1 else 'works'}.")

    def action_export(self) -> None:
        suffixes = ", ".join(dict.fromkeys(suffix for suffix, _ in (*FORMATS.values(), *EXPORTS.values())))
        question = (
            f"Write the {number(len(self.timeline.events))} events shown to which file? The suffix names the format: {suffixes}"
        )
        self.push_screen(Ask(question, "events.csv", partial(self.save, self.options)), self.report)

    def report(self, done: str | None) -> None:
        if done:
            self.notify(done, markup=False)

    # --- the program -----------------------------------------------------------------------------

    def action_light(self) -> None:
        self.theme = "textual-light" if self.current_theme.dark else "textual-dark"

    def action_interrupt(self) -> None:
        self.exit(return_code=130)
