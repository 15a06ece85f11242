"""The dialogs: words to search, a date, a file name, and which events to show."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Footer, Input, Label

from withdrawal_cli.errors import UsageError, WithdrawalError
from withdrawal_cli.explore.page import Page
from withdrawal_cli.model import CERTAINTIES, Dataset
from withdrawal_cli.queries.filters import Choice, Filters
from withdrawal_cli.queries.search import hit_row, search_records
from withdrawal_cli.safety import one_line
from withdrawal_cli.views import card_table, linked, words
from withdrawal_cli.views.search import search_table
from withdrawal_cli.wording import nothing_matches, number

BACK = Binding("escape", "dismiss(None)", "Back")

MOST_HITS = 50

PAUSE = 0.15
"""The pause in typing after which a search begins, in seconds."""


class LineDialog(ModalScreen[str]):
    """Has a line of text, and takes what is typed before the line is on the screen."""

    early = ""

    def on_mount(self) -> None:
        self.query_one(Input).insert_text_at_cursor(self.early)

    def type_in(self, text: str) -> None:
        lines = self.query(Input)
        if lines:
            lines.first().insert_text_at_cursor(text)
        else:
            self.early += text


class Ask(LineDialog):
    """Asks for a line of text and returns what `take` makes of it.

    When `take` refuses it with a WithdrawalError, that is shown, and the line can be edited.
    """

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


class Search(LineDialog):
    """Finds records as you type. Enter returns the id of the picked one, or of the best."""

    # With priority, or the line of text would take these keys.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "results('follow')", "Open", priority=True),
        Binding("down,tab", "results('move(1)')", "Next", key_display="↓", priority=True),
        Binding("up,shift+tab", "results('move(-1)')", "Before", key_display="↑", priority=True),
        Binding("pagedown", "results('page_down')", show=False),
        Binding("pageup", "results('page_up')", show=False),
        BACK,
    ]

    def __init__(self, dataset: Dataset) -> None:
        super().__init__()
        self.dataset = dataset
        self.waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield Input(compact=True, placeholder='a name, words, "a phrase" or a number')
            yield Page(classes="led")
        yield Footer(compact=True)

    def on_mount(self) -> None:
        self.query_one(".dialog").border_title = "Search"

    def on_input_changed(self) -> None:
        if self.waiting:
            self.waiting.stop()
        self.waiting = self.set_timer(PAUSE, self.search)

    async def action_results(self, action: str) -> None:
        """Do something with the results of what was typed last."""
        if self.waiting:
            self.waiting.stop()
            self.search()
        await self.app.run_action(action, self.query_one(Page))

    def search(self) -> None:
        self.waiting = None
        results, dialog = self.query_one(Page), self.query_one(".dialog")
        text = self.query_one(Input).value
        dialog.border_subtitle = ""
        try:
            found = search_records(self.dataset, [text])
        except UsageError as error:
            results.show(words(str(error), "quiet") if text.strip() else "")
            return
        if not found.hits:
            results.show(words(nothing_matches(found.unknown, found.near), "doubt"))
            return
        rows = [hit_row(self.dataset, found.query, hit) for hit in found.hits[:MOST_HITS]]
        results.show(search_table(rows, found.query), (0, 0))
        best = f"the best {MOST_HITS} of " if len(found.hits) > MOST_HITS else ""
        dialog.border_subtitle = f"{best}{number(len(found.hits))} records"

    def on_page_followed(self, event: Page.Followed) -> None:
        event.stop()
        self.dismiss(event.record)


Tick = tuple[str, str]
"""A field of `Filters`, and one of its values; an empty value for a field that is true or false."""


class Choose(ModalScreen[Filters]):
    """Asks which events to show. Ticks of one group are alternatives, different groups narrow."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick", priority=True),
        Binding("enter", "apply", "Show these", priority=True),
        Binding("c", "clear", "Clear"),
        BACK,
    ]

    def __init__(self, dataset: Dataset, filters: Filters) -> None:
        super().__init__()
        self.dataset = dataset
        self.choices = list(choices(dataset))
        self.ticked = set(ticks(filters))

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield Page()
        yield Footer(compact=True)

    def on_mount(self) -> None:
        self.query_one(".dialog").border_title = "Show only"
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """Draw the ticks, and say how many events they leave."""
        page, dialog = self.query_one(Page), self.query_one(".dialog")
        table = card_table()
        previous = ""
        for index, (group, label, tick) in enumerate(self.choices):
            box = "[x]" if tick in self.ticked else "[ ]"
            # The link leads to no record: its id is the number of the choice.
            line = linked(words(f"{box} {one_line(label)}"), str(index))
            table.add_row(group if group != previous else "", line)
            previous = group
        page.show(table, (page.picked or 0, page.scroll_offset.y))
        left = len(Choice(self.dataset, self.chosen.or_all()).events())
        dialog.border_subtitle = f"{number(left)} of {number(len(self.dataset.events))} events"

    @property
    def chosen(self) -> Filters:
        fields: dict[str, Any] = {}
        for _, _, (name, content) in self.choices:
            if (name, content) in self.ticked:
                fields[name] = [*fields.get(name, ()), content] if content else True
        return Filters(**fields)

    def on_page_followed(self, event: Page.Followed) -> None:
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


def choices(dataset: Dataset) -> Iterator[tuple[str, str, Tick]]:
    """Yield group, label and tick of everything that events can be filtered by here."""
    yield "Only", "key events", ("key", "")
    yield "Only", "where sources disagree", ("disputed", "")
    for phase in dataset.phases:
        yield "Phase", phase.title, ("phases", phase.id)
    for category in dataset.categories:
        yield "Category", category, ("categories", category)
    for side in dataset.sides:
        yield "Side", side.name, ("sides", side.id)
    for level in CERTAINTIES:
        yield "Certainty", level.replace("-", " "), ("certainties", level)


def ticks(filters: Filters) -> Iterator[Tick]:
    """Yield the ticks that stand for filters."""
    for name in filters.__struct_fields__:
        content = getattr(filters, name)
        for text in [""] if content is True else content or ():
            yield name, text


def chosen_labels(dataset: Dataset, filters: Filters) -> list[str]:
    """Return what the filters choose, in the words of the dialog."""
    chosen = set(ticks(filters))
    return [label for _, label, tick in choices(dataset) if tick in chosen]
