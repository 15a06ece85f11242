"""Screens of their own: a view that fills the terminal, and the message that it is too small."""

from typing import ClassVar

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer, Static

from withdrawal_cli.explore.page import Page, Position
from withdrawal_cli.views import words

SMALLEST = (60, 15)
"""The columns and rows below which nothing can be read."""


class Whole(Screen[tuple[str, Position]]):
    """Shows a view alone.

    When a link is followed, it returns the id of the record and where the view was left.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.earlier", "Close")]

    def __init__(self, name: str, drawn: RenderableType, start: Position) -> None:
        super().__init__()
        self.view = name
        self.drawn = drawn
        self.start = start

    def compose(self) -> ComposeResult:
        yield Page()
        yield Footer(compact=True)

    def on_mount(self) -> None:
        page = self.query_one(Page)
        page.border_title = words(self.view.capitalize())
        page.call_after_refresh(page.show, self.drawn, self.start)

    def on_page_followed(self, event: Page.Followed) -> None:
        event.stop()
        self.dismiss((event.record, event.page.position))


class TooSmall(ModalScreen[None]):
    """Covers everything while the terminal is smaller than SMALLEST."""

    def compose(self) -> ComposeResult:
        columns, rows = SMALLEST
        yield Static(
            f"The terminal is too small: explore needs {columns} columns and {rows} rows. "
            "Ctrl+Q quits.",
            markup=False,
        )
