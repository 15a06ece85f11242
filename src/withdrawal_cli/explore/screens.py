"""What fills the whole screen: the map, the strength chart, the disputes, the keys, and the word that there is no room."""

from collections.abc import Iterable
from typing import ClassVar

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer, Static

from withdrawal_cli.explore.page import Page, Place
from withdrawal_cli.views import card_table, words

LEAST = (60, 15)
"""The columns and rows below which nothing can be read."""


class Whole(Screen[tuple[str, Place]]):
    """Shows a view alone, and hands on the id of a record when a link is followed, with the place where the view was left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.earlier", "Close")]

    def __init__(self, name: str, drawn: RenderableType, place: Place) -> None:
        super().__init__()
        self.view = name
        self.drawn = drawn
        self.start = place

    def compose(self) -> ComposeResult:
        yield Page()
        yield Footer(compact=True)

    def on_mount(self) -> None:
        page = self.query_one(Page)
        page.border_title = words(self.view.capitalize())
        page.call_after_refresh(page.show, self.drawn, self.start)

    def on_page_followed(self, event: Page.Followed) -> None:
        event.stop()
        self.dismiss((event.record, event.page.place))


class TooSmall(ModalScreen[None]):
    """Stands over everything while the terminal has less room than `LEAST`."""

    def compose(self) -> ComposeResult:
        columns, rows = LEAST
        yield Static(
            f"The terminal is too small: explore needs {columns} columns and {rows} rows. Ctrl+Q quits.",
            markup=False,
        )


def keys_table(keys: Iterable[tuple[str, str]]) -> RenderableType:
    """Return the keys and what each does."""
    table = card_table()
    table.columns[0].style = "figure"
    for key, use in keys:
        table.add_row(words(key), words(use))
    return table
