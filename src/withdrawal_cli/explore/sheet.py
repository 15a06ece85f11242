"""What is drawn in the styles of the views and scrolls, line by line: the record, and the timeline beside it."""

from typing import ClassVar

from rich.style import Style
from rich.theme import Theme
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip

from withdrawal_cli.views import THEME


class Sheet(ScrollView, can_focus=True):
    """Lines in the styles of the views, in the colours of this moment. What draws them fills in `lay_out` and `line`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sheet--link",
        "sheet--picked",
        *(f"sheet--{name}" for name in THEME.styles),
    }

    DEFAULT_CSS = """
    Sheet {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        padding: 0 0 0 1;
        & > .sheet--link { text-style: underline; }
        & > .sheet--picked { background: $panel; color: $foreground; text-style: bold underline; }
        &:focus > .sheet--picked, &.led > .sheet--picked {
            background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
        }
        &:nocolor:focus > .sheet--picked, &:nocolor.led > .sheet--picked { text-style: bold reverse; }
        & > .sheet--heading { color: $view-heading; text-style: bold; }
        & > .sheet--date { color: $view-date; }
        & > .sheet--quiet, & > .sheet--label { color: $view-quiet; }
        & > .sheet--doubt { color: $view-doubt; }
        & > .sheet--figure { text-style: bold; }
        & > .sheet--preferred { color: $view-preferred; text-style: bold; }
        & > .sheet--match { text-style: bold reverse; }
    }
    """

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.lay_out())

    def lay_out(self) -> None:
        """Make ready for the room and the colours that there are."""
        raise NotImplementedError

    def line(self, number: int) -> Strip | None:
        """Return a line; `None` after the last."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        strip = self.line(y + self.scroll_offset.y) or Strip([])
        return strip.adjust_cell_length(self.room).apply_style(self.rich_style)

    @property
    def room(self) -> int:
        """The columns of a line."""
        return self.scrollable_content_region.width

    @property
    def rows(self) -> int:
        """The lines that are seen at once."""
        return self.scrollable_content_region.height

    def own_theme(self) -> Theme:
        """Return the styles of the views in the colours of this moment."""
        return Theme({name: self._own(f"sheet--{name}") for name in THEME.styles}, inherit=False)

    def restyled(self, strip: Strip, start: int, end: int, component: str) -> Strip:
        """Return the strip with a stretch of it in the style of a component."""
        style = self._own(component)
        before, stretch, after = (
            strip.crop(*ends) for ends in ((0, start), (start, end), (end, strip.cell_length))
        )
        restyled = Strip(
            [segment._replace(style=(segment.style or style) + style) for segment in stretch],
            end - start,
        )
        return Strip.join([before, restyled, after])

    def _own(self, component: str) -> Style:
        """Return the style of a component, with only what is its own, in the colour that it has on this background."""
        own = self.get_component_rich_style(component, partial=True)
        return (
            own + Style(color=self.get_component_rich_style(component).color) if own.color else own
        )

    def bring_into_view(self, first: int, last: int, *, center: bool = False) -> None:
        """Scroll as little as shows the lines from `first` to `last`, or so that they stand in the middle."""
        self.scroll_to_region(
            Region(0, first, 1, last - first + 1), animate=False, immediate=True, center=center
        )
