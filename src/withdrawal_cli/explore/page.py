"""A view on the screen, with its ways to records as links to pick and follow."""

from typing import ClassVar

from rich.console import RenderableType
from rich.style import Style
from rich.theme import Theme
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from withdrawal_cli.explore.links import Link, draw_lines, find_links
from withdrawal_cli.views import THEME

REACH = 3
"""An arrow picks a link that begins at most this many lines beyond the edge; else it scrolls."""


class Page(ScrollView, can_focus=True):
    """Shows a view as wide as there is room. Arrows and Tab pick links, Enter and the mouse follow them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"page--link", "page--picked", *(f"page--{name}" for name in THEME.styles)}

    DEFAULT_CSS = """
    Page {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        padding: 0 0 0 1;
        & > .page--link { text-style: underline; }
        & > .page--picked { background: $panel; color: $foreground; text-style: bold underline; }
        &:focus > .page--picked { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
        & > .page--heading { color: $text-primary; text-style: bold; }
        & > .page--date { color: $text-secondary; }
        & > .page--quiet, & > .page--label { color: $foreground 65%; }
        & > .page--doubt { color: $text-warning; }
        & > .page--figure { text-style: bold; }
        & > .page--preferred { color: $text-success; text-style: bold; }
        & > .page--match { text-style: bold reverse; }
    }
    """

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

    def __init__(self, drawn: RenderableType = "", *, id: str | None = None) -> None:  # noqa: A002 (Textual's name for it)
        super().__init__(id=id)
        self.drawn = drawn
        self.strips: list[Strip] = []
        self.links: list[Link] = []
        self.picked: int | None = None

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.lay_out())

    def on_resize(self) -> None:
        self.lay_out()

    def show(self, drawn: RenderableType) -> None:
        """Show another view from its top."""
        self.drawn, self.picked = drawn, None
        self.lay_out()
        self.scroll_to(y=0, animate=False)

    def redraw(self, drawn: RenderableType) -> None:
        """Show the same view with something changed in it, where it stands."""
        self.drawn = drawn
        self.lay_out()

    def lay_out(self) -> None:
        """Draw the view anew for the room and the colours that there are."""
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        styles = {name: self._own(f"page--{name}") for name in THEME.styles}
        lines = draw_lines(self.drawn, width, Theme(styles, inherit=False))
        self.links = find_links(lines)
        self.strips = [Strip(line) for line in lines]
        if self.marks_links:
            for link in self.links:
                self._restyle(link, "page--link")
        if self.picked is not None:
            self.picked = min(self.picked, len(self.links) - 1) if self.links else None
        self.virtual_size = Size(width, len(lines))
        self.refresh()

    marks_links = True
    "Whether links are told from other words before they are picked."

    def _own(self, component: str) -> Style:
        """Return the style of a component, with only what is its own, in the colour that it has on this background."""
        own = self.get_component_rich_style(component, partial=True)
        return own + Style(color=self.get_component_rich_style(component).color) if own.color else own

    def _restyle(self, link: Link, component: str) -> None:
        for span in link.spans:
            self.strips[span.line] = self._styled(self.strips[span.line], span.start, span.end, component)

    def _styled(self, strip: Strip, start: int, end: int, component: str) -> Strip:
        """Return the strip with a stretch of it in another style."""
        style = self._own(component)
        before, stretch, after = (strip.crop(*ends) for ends in ((0, start), (start, end), (end, strip.cell_length)))
        restyled = Strip([segment._replace(style=(segment.style or style) + style) for segment in stretch], end - start)
        return Strip.join([before, restyled, after])

    def render_line(self, y: int) -> Strip:
        line = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if line >= len(self.strips):
            return Strip.blank(width, self.rich_style)
        strip = self.strips[line]
        if self.picked is not None:
            for span in self.links[self.picked].spans:
                if span.line == line:
                    strip = self._styled(strip, span.start, span.end, "page--picked")
        return strip.adjust_cell_length(width).apply_style(self.rich_style)

    # --- picking ---------------------------------------------------------------------------------

    def pick(self, place: int | None, *, center: bool = False) -> None:
        """Pick a link, and scroll it into view, or to the middle."""
        self.picked = place
        if place is not None:
            link = self.links[place]
            height = link.last - link.first + 1
            self.scroll_to_region(Region(0, link.first, 1, height), animate=False, immediate=True, center=center)
        self.refresh()

    def pick_record(self, record: str) -> None:
        """Pick the first link to a record, if there is one and none is picked."""
        if self.picked is not None and self.links[self.picked].record == record:
            return
        for place, link in enumerate(self.links):
            if link.record == record:
                self.pick(place, center=True)
                return

    @property
    def rows(self) -> int:
        return self.scrollable_content_region.height

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
        if self.picked is not None and top - REACH <= self.links[self.picked].first < bottom + REACH:
            place = self.picked + step
            return place if 0 <= place < len(self.links) else None
        seen = [place for place, link in enumerate(self.links) if top <= link.first < bottom]
        if seen:
            return seen[0] if step > 0 else seen[-1]
        beyond = [place for place, link in enumerate(self.links) if (link.first >= bottom) == (step > 0)]
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


class Menu(Page):
    """A page that is all links: what is picked is shown at once beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,right,enter,l", "enter", "Into the record", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
        Binding("pagedown,space", "leap(1)", "A page down", show=False),
        Binding("pageup", "leap(-1)", "A page up", show=False),
        Binding("home", "end(0)", "The first", show=False),
        Binding("end", "end(-1)", "The last", show=False),
    ]

    marks_links = False

    class Picked(Message):
        """Another record of the menu was picked."""

        def __init__(self, record: str) -> None:
            super().__init__()
            self.record = record

    class Entered(Message):
        """The picked record is to be read."""

    def pick_and_show(self, place: int) -> None:
        self.pick(place)
        self.post_message(self.Picked(self.links[place].record))

    def action_down(self) -> None:
        self._step(1)

    def action_up(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        place = self._next(step)
        if place is not None:
            self.pick_and_show(place)

    def action_leap(self, pages: int) -> None:
        """Pick the link that stands a screen further down or up."""
        if not self.links:
            return
        line = self.links[self.picked].first if self.picked is not None else self.scroll_offset.y
        wanted = line + pages * max(self.rows - 2, 1)
        self.pick_and_show(min(range(len(self.links)), key=lambda place: abs(self.links[place].first - wanted)))

    def action_end(self, place: int) -> None:
        if self.links:
            self.pick_and_show(place % len(self.links))

    def action_enter(self) -> None:
        self.post_message(self.Entered())

    def action_follow(self) -> None:
        if self.picked is not None:
            self.post_message(self.Picked(self.links[self.picked].record))
