"""What asks over the browser: for words to search, a date, a file name, and which events to show."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import Any, ClassVar

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Footer, Input, Label

from withdrawal_cli.errors import UsageError, WithdrawalError
from withdrawal_cli.explore.page import Page
from withdrawal_cli.model import CATEGORIES, CERTAINTIES, Dataset
from withdrawal_cli.queries.filters import Choice, Filters
from withdrawal_cli.queries.search import hit_row, search_records
from withdrawal_cli.safety import one_line
from withdrawal_cli.views import card_table, linked, words
from withdrawal_cli.views.search import search_table
from withdrawal_cli.wording import nothing_matches, number

BACK = Binding("escape", "dismiss(None)", "Back")

SHOWN = 50
"""The hits that a search shows."""


class Typed(ModalScreen[str]):
    """Takes a line of text, also what of it was typed before the line was there."""

    early = ""

    def on_mount(self) -> None:
        self.query_one(Input).insert_text_at_cursor(self.early)

    def type_in(self, words: str) -> None:
        lines = self.query(Input)
        if lines:
            lines.first().insert_text_at_cursor(words)
        else:
            self.early += words


class Ask(Typed):
    """Asks for a line of text and hands on what `take` makes of it; a refusal is shown under it, to try again."""

    BINDINGS: ClassVar[list[BindingType]] = [BACK]

    def __init__(self, question: str, example: str, take: Callable[[str], str]) -> None:
        super().__init__()
        self.question = question
        self.example = example
        self.take = take

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(self.question, markup=False)
            yield Input(compact=True, placeholder=self.example)
            yield Label("", id="refusal", markup=False)
        yield Footer(compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        try:
            taken = self.take(event.value)
        except WithdrawalError as error:
            self.query_one("#refusal", Label).update(words(str(error), "bold"))
        else:
            self.dismiss(taken)


class Search(Typed):
    """Finds records while words are typed. Arrows pick one, Enter hands on its id: of the best, if nothing else is picked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", priority=True),
        Binding("down,tab", "move('down')", "Next", key_display="↓", priority=True),
        Binding("up,shift+tab", "move('up')", "Before", key_display="↑", priority=True),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
        BACK,
    ]

    def __init__(self, dataset: Dataset) -> None:
        super().__init__()
        self.dataset = dataset
        self.soon: Timer | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield Input(compact=True, placeholder='a name, words, "a phrase" or a number')
            yield Page(classes="led")
        yield Footer(compact=True)

    def on_mount(self) -> None:
        self.query_one(".dialog").border_title = "Search"

    def on_input_changed(self) -> None:
        """Search when the typing pauses."""
        if self.soon:
            self.soon.stop()
        self.soon = self.set_timer(0.15, self.search)

    def search(self) -> None:
        self.soon = None
        results, text, dialog = (
            self.query_one(Page),
            self.query_one(Input).value,
            self.query_one(".dialog"),
        )
        dialog.border_subtitle = ""
        try:
            found = search_records(self.dataset, [text])
        except UsageError as error:
            results.show(words(str(error), "quiet") if text.strip() else "")
            return
        if not found.hits:
            results.show(words(nothing_matches(found.unknown, found.near), "doubt"))
            return
        rows = [hit_row(self.dataset, found.query, hit) for hit in found.hits[:SHOWN]]
        results.show(search_table(rows, found.query), (0, 0))
        shown = f"the best {SHOWN} of " if len(found.hits) > SHOWN else ""
        dialog.border_subtitle = f"{shown}{number(len(found.hits))} records"

    def search_now(self) -> None:
        """Search for what was typed last, if that has not been done."""
        if self.soon:
            self.soon.stop()
            self.search()

    def action_move(self, way: str) -> None:
        self.search_now()
        getattr(self.query_one(Page), f"action_{way}")()

    def action_open(self) -> None:
        self.search_now()
        self.query_one(Page).action_follow()

    def on_page_followed(self, event: Page.Followed) -> None:
        event.stop()
        self.dismiss(event.record)


Tick = tuple[str, str]
"""The name of a filter, and a value of it."""


class Choose(ModalScreen[Filters]):
    """Asks which events to show: ticks of one kind are alternatives, different kinds narrow."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick", priority=True),
        Binding("enter", "apply", "Show these", priority=True),
        Binding("c", "clear", "Clear"),
        BACK,
    ]

    def __init__(self, dataset: Dataset, filters: Filters) -> None:
        super().__init__()
        self.dataset = dataset
        self.choices = list(_choices(dataset))
        self.ticked = set(_ticks(filters))

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield Page(_tick_list(self.choices, self.ticked))
        yield Footer(compact=True)

    def on_mount(self) -> None:
        self.query_one(".dialog").border_title = "Show only"
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """Draw the ticks, and say how many events they leave."""
        page = self.query_one(Page)
        page.show(_tick_list(self.choices, self.ticked), (page.picked or 0, page.scroll_offset.y))
        left = len(Choice(self.dataset, self.chosen.or_all()).events())
        self.query_one(
            ".dialog"
        ).border_subtitle = f"{number(left)} of {number(len(self.dataset.events))} events"

    @property
    def chosen(self) -> Filters:
        return _filters(choice for _, _, choice in self.choices if choice in self.ticked)

    def on_page_followed(self, event: Page.Followed) -> None:
        """Set or remove a tick; the record of its line is its number."""
        event.stop()
        self.ticked ^= {self.choices[int(event.record)][2]}
        self.draw()

    def action_tick(self) -> None:
        self.query_one(Page).action_follow()

    def action_apply(self) -> None:
        self.dismiss(self.chosen)

    def action_clear(self) -> None:
        self.ticked.clear()
        self.draw()


def _tick_list(choices: Sequence[tuple[str, str, Tick]], ticked: Container[Tick]) -> RenderableType:
    """Return one line for each choice: the group where it begins, a box, what it is."""
    table = card_table()
    before = ""
    for place, (group, label, choice) in enumerate(choices):
        box = "[x]" if choice in ticked else "[ ]"
        table.add_row(
            group if group != before else "", linked(words(f"{box} {one_line(label)}"), str(place))
        )
        before = group
    return table


def chosen_labels(dataset: Dataset, filters: Filters) -> list[str]:
    """Return what the filters choose, in the words of the dialog."""
    chosen = set(_ticks(filters))
    return [label for _, label, choice in _choices(dataset) if choice in chosen]


def _choices(dataset: Dataset) -> Iterator[tuple[str, str, Tick]]:
    """Yield group, label and choice of everything that events can be filtered by."""
    yield "Only", "key events", ("key", "")
    yield "Only", "where sources disagree", ("disputed", "")
    for phase in dataset.phases:
        yield "Phase", phase.title, ("phases", phase.id)
    for category in CATEGORIES:
        yield "Category", category, ("categories", category)
    for side in dataset.sides:
        yield "Side", side.name, ("sides", side.id)
    for level in CERTAINTIES:
        yield "Certainty", level.replace("-", " "), ("certainties", level)


def _ticks(filters: Filters) -> Iterator[Tick]:
    for name in filters.__dataclass_fields__:
        content = getattr(filters, name)
        if content is True:
            yield name, ""
        elif content:
            for text in content:
                yield name, text


def _filters(ticks: Iterable[Tick]) -> Filters:
    gathered: dict[str, list[str]] = {}
    for name, text in ticks:
        gathered.setdefault(name, []).append(text)
    chosen: dict[str, Any] = {
        name: texts if any(texts) else True for name, texts in gathered.items()
    }
    return Filters(**chosen)
