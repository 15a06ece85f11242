"""What fills the whole screen: the map, the strength chart, the disputes, and the keys."""

from collections.abc import Iterable
from typing import ClassVar

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer

from withdrawal_cli.explore.page import Page
from withdrawal_cli.views import card_table, words


class Whole(Screen[str]):
    """Shows a view alone, and hands on the id of a record when a link is followed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back"),
    ]

    def __init__(self, title: str, drawn: RenderableType) -> None:
        super().__init__()
        self.heading = title
        self.drawn = drawn

    def compose(self) -> ComposeResult:
        yield Page(self.drawn)
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Page).border_title = words(self.heading)

    def on_page_followed(self, event: Page.Followed) -> None:
        event.stop()
        self.dismiss(event.record)


def keys_table(keys: Iterable[tuple[str, str]]) -> RenderableType:
    """Return the keys and what each does."""
    table = card_table()
    table.columns[0].style = "figure"
    for key, use in keys:
        table.add_row(words(key), words(use))
    return table
