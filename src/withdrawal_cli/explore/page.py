"""A view on the screen, with its ways to records as links to pick and follow."""

from collections import defaultdict
from typing import ClassVar

from rich.console import RenderableType
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from withdrawal_cli.explore.links import Lines, Link, Span, draw_lines, find_links
from withdrawal_cli.explore.sheet import Sheet

REACH = 3
"""An arrow picks a link that begins at most this many lines beyond the edge; else it scrolls."""


Place = tuple[int | None, int]
"""Where a page is read: the number of the picked link, and the line on top."""


class Page(Sheet):
    """Shows a view as wide as there is room. Arrows and Tab pick links, Enter and the mouse follow them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "down", "Next link, or further down", show=False),
        Binding("up,k", "up", "Link before, or further up", show=False),
        Binding("tab", "next_link", "Next link", show=False),
        Binding("shift+tab", "link_before", "Link before", show=False),
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

    def __init__(
        self, drawn: RenderableType = "", *, id: str | None = None, classes: str | None = None
    ) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.drawn = drawn
        self.lines: Lines = []
        self.links: list[Link] = []
        self.links_on: dict[int, list[tuple[int, Span]]] = {}
        "The links on each line that has any, by number, and where they stand on it."
        self.picked: int | None = None

    @property
    def place(self) -> Place:
        """Where it is read: the picked link, and the line on top."""
        return self.picked, self.scroll_offset.y

    def show(self, drawn: RenderableType, place: Place = (None, 0)) -> None:
        """Show another view from its top, or from where it was read."""
        self.drawn, (self.picked, top) = drawn, place
        self.lay_out()
        self.scroll_to(y=top, animate=False)

    def on_resize(self) -> None:
        """Lay the lines out anew, and leave in view about what was."""
        share = self.scroll_offset.y / max(len(self.lines), 1)
        self.lay_out()
        self.scroll_to(y=round(share * len(self.lines)), animate=False)
        if self.picked is not None:
            self.pick(self.picked)

    def lay_out(self) -> None:
        """Draw the view anew for the room and the colours that there are."""
        if self.room <= 0:
            return
        self.lines = draw_lines(self.drawn, self.room, self.own_theme())
        self.links = find_links(self.lines)
        self.links_on = defaultdict(list)
        for place, link in enumerate(self.links):
            for span in link.spans:
                self.links_on[span.line].append((place, span))
        if self.picked is not None:
            self.picked = min(self.picked, len(self.links) - 1) if self.links else None
        self.virtual_size = Size(self.room, len(self.lines))
        self.refresh()

    def line(self, number: int) -> Strip | None:
        if number >= len(self.lines):
            return None
        strip = Strip(self.lines[number])
        for place, span in self.links_on.get(number, ()):
            strip = self.restyled(
                strip,
                span.start,
                span.end,
                "sheet--picked" if place == self.picked else "sheet--link",
            )
        return strip

    # --- picking ---------------------------------------------------------------------------------

    def pick(self, place: int) -> None:
        """Pick a link, and scroll it into view."""
        self.picked = place
        self.bring_into_view(self.links[place].first, self.links[place].last)
        self.refresh()

    def action_down(self) -> None:
        place = self._next(1)
        if place is not None and self.links[place].first < self.scroll_offset.y + self.rows + REACH:
            self.pick(place)
        else:
            self.scroll_relative(y=REACH, animate=False)

    def action_up(self) -> None:
        place = self._next(-1)
        if place is not None and self.links[place].last >= self.scroll_offset.y - REACH:
            self.pick(place)
        else:
            self.scroll_relative(y=-REACH, animate=False)

    def _next(self, step: int) -> int | None:
        """Return the link after the picked one (or before it); when that is out of sight, the first (last) in sight."""
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.rows
        if (
            self.picked is not None
            and top - REACH <= self.links[self.picked].first < bottom + REACH
        ):
            place = self.picked + step
            return place if 0 <= place < len(self.links) else None
        seen = [place for place, link in enumerate(self.links) if top <= link.first < bottom]
        if seen:
            return seen[0] if step > 0 else seen[-1]
        beyond = [
            place for place, link in enumerate(self.links) if (link.first >= bottom) == (step > 0)
        ]
        return (beyond[0] if step > 0 else beyond[-1]) if beyond else None

    def action_next_link(self) -> None:
        """Pick the next link wherever it is; after the last one, leave."""
        place = 0 if self.picked is None else self.picked + 1
        if place < len(self.links):
            self.pick(place)
        else:
            self.picked = None
            self.screen.focus_next()

    def action_link_before(self) -> None:
        place = (self.picked or 0) - 1
        if place >= 0:
            self.pick(place)
        else:
            self.picked = None
            self.screen.focus_previous()

    def action_follow(self) -> None:
        if self.picked is not None:
            self.post_message(self.Followed(self, self.links[self.picked].record))

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is None:
            return
        for place, link in enumerate(self.links):
            if link.holds(at.y + self.scroll_offset.y, at.x):
                self.pick(place)
                self.action_follow()
                return
