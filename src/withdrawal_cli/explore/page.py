"""A view on the screen, whose links to records can be picked and followed."""

from collections import defaultdict
from collections.abc import Callable
from typing import ClassVar

from rich.console import RenderableType
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from withdrawal_cli.explore.links import Link, Span, find_links
from withdrawal_cli.explore.sheet import Lines, Sheet

REACH = 3
"""An arrow picks a link at most this many lines out of sight, or else scrolls that far."""

Position = tuple[int | None, int]
"""Where a page is read: the number of the picked link, and the line on top."""

TOP: Position = (None, 0)


class Page(Sheet):
    """Shows a view. Arrows and Tab pick a link, Enter and the mouse follow it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next link, or further down", show=False),
        Binding("up,k", "move(-1)", "Link before, or further up", show=False),
        Binding("tab", "tab(1)", "Next link", show=False),
        Binding("shift+tab", "tab(-1)", "Link before", show=False),
        Binding("enter", "follow", "Follow the link", show=False),
        Binding("space", "page_down", "A page down", show=False),
    ]

    class Followed(Message):
        """A link was followed."""

        def __init__(self, page: "Page", record: str) -> None:
            super().__init__()
            self.page = page
            self.record = record

        @property
        def control(self) -> "Page":
            return self.page

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.drawn: RenderableType = ""
        self.lines: Lines = []
        self.links: list[Link] = []
        self.links_on: dict[int, list[tuple[int, Span]]] = {}
        "For each line, the numbers of the links on it, and where they are."
        self.picked: int | None = None

    @property
    def position(self) -> Position:
        return self.picked, self.scroll_offset.y

    def show(self, drawn: RenderableType, position: Position = TOP) -> None:
        """Show another view, from its top or from where it was read before."""
        self.drawn, (self.picked, top) = drawn, position
        self.lay_out()
        self.scroll_to(y=top, animate=False)

    def on_resize(self) -> None:
        """Keep in view about what was."""
        share = self.scroll_offset.y / max(len(self.lines), 1)
        self.lay_out()
        self.scroll_to(y=round(share * len(self.lines)), animate=False)
        if self.picked is not None:
            self.pick(self.picked)

    def lay_out(self) -> None:
        if self.columns <= 0:  # not on the screen yet
            return
        self.lines = self.draw(self.drawn, self.columns)
        self.links = find_links(self.lines)
        self.links_on = defaultdict(list)
        for number, link in enumerate(self.links):
            for span in link.spans:
                self.links_on[span.line].append((number, span))
        if self.picked is not None:
            self.picked = min(self.picked, len(self.links) - 1) if self.links else None
        self.virtual_size = Size(self.columns, len(self.lines))
        self.refresh()

    def line(self, number: int) -> Strip | None:
        if number >= len(self.lines):
            return None
        strip = Strip(self.lines[number])
        for link, span in self.links_on.get(number, ()):
            component = "sheet--picked" if link == self.picked else "sheet--link"
            strip = self.restyled(strip, span.start, span.end, component)
        return strip

    # --- picking ---------------------------------------------------------------------------------

    def pick(self, number: int) -> None:
        """Pick a link, and scroll it into view."""
        self.picked = number
        self.bring_into_view(self.links[number].first, self.links[number].last)
        self.refresh()

    def pick_first(self, is_wanted: Callable[[str], bool]) -> None:
        """Pick the first link in sight to a wanted record, or else the first in sight."""
        visible = self.links_within(0, 0)
        wanted = (number for number in visible if is_wanted(self.links[number].record))
        number = next(wanted, visible[0] if visible else None)
        if number is None:
            self.action_move(1)
        else:
            self.pick(number)

    def links_within(self, above: int, below: int) -> list[int]:
        """Return the links that begin in sight, or at most so many lines above or below that."""
        first = self.scroll_offset.y - above
        after = self.scroll_offset.y + self.rows + below
        return [number for number, link in enumerate(self.links) if first <= link.first < after]

    def action_move(self, step: int) -> None:
        """Pick the next link (1) or the one before (-1); scroll if none is in reach.

        When the picked link is out of reach, begin with the first link in sight, or the last.
        """
        reach = self.links_within(REACH, REACH)
        if self.picked is not None and self.picked in reach:
            candidates = [number for number in reach if number == self.picked + step]
        else:
            candidates = self.links_within(REACH if step < 0 else 0, REACH if step > 0 else 0)
        if candidates:
            self.pick(candidates[0 if step > 0 else -1])
        else:
            self.scroll_relative(y=step * REACH, animate=False)

    def action_tab(self, step: int) -> None:
        """Pick the next link or the one before, however far it is; after the last, leave."""
        number = (-1 if step > 0 else 0) if self.picked is None else self.picked
        if 0 <= number + step < len(self.links):
            self.pick(number + step)
        else:
            self.picked = None
            (self.screen.focus_next if step > 0 else self.screen.focus_previous)()

    def action_follow(self) -> None:
        if self.picked is not None:
            self.post_message(self.Followed(self, self.links[self.picked].record))

    def on_click(self, event: events.Click) -> None:
        if not (at := event.get_content_offset(self)):
            return
        for number, span in self.links_on.get(at.y + self.scroll_offset.y, ()):
            if span.start <= at.x < span.end:
                self.pick(number)
                self.action_follow()
