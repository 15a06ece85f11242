"""What the timeline and the record have in common: scrolling lines in the styles of the views."""

from io import StringIO
from typing import ClassVar

from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from rich.theme import Theme
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip

from withdrawal_cli.views import THEME

Lines = list[list[Segment]]


class Sheet(ScrollView, can_focus=True):
    """Scrolling lines. A subclass lays them out for the present width and colours, and draws one.

    Textual's own lists and texts know neither Rich's themes nor links that keys can pick.
    """

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
        &:nocolor:focus > .sheet--picked, &:nocolor.led > .sheet--picked {
            text-style: bold reverse;
        }
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

    # Not abstract methods: abc's metaclass and Textual's cannot both make a widget.

    def lay_out(self) -> None:
        raise NotImplementedError

    def line(self, number: int) -> Strip | None:
        """Return a line; `None` after the last."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        strip = self.line(y + self.scroll_offset.y) or Strip([])
        return strip.adjust_cell_length(self.columns).apply_style(self.rich_style)

    @property
    def columns(self) -> int:
        return self.scrollable_content_region.width

    @property
    def rows(self) -> int:
        """The lines that are visible at once."""
        return self.scrollable_content_region.height

    def draw(self, drawn: RenderableType, columns: int) -> Lines:
        """Return the lines of a view at this width, in the colours of the present theme."""
        styles = {name: self.component_style(f"sheet--{name}") for name in THEME.styles}
        console = Console(
            file=StringIO(),
            width=columns,
            height=max(self.rows, 1),  # as much of it as a picture should fill
            force_terminal=True,
            color_system="truecolor",
            theme=Theme(styles, inherit=False),
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            _environ={},  # else COLUMNS and LINES are looked up
        )
        # Without a height: Rich would cut off the lines beyond it.
        return console.render_lines(drawn, console.options.update(height=None), pad=False)

    def restyled(self, strip: Strip, start: int, end: int, component: str) -> Strip:
        """Return the strip with the columns from `start` to before `end` in a component's style."""
        style = self.component_style(component)
        before, stretch, after = strip.divide([start, end, strip.cell_length])
        segments = [segment._replace(style=(segment.style or style) + style) for segment in stretch]
        return Strip.join([before, Strip(segments, end - start), after])

    def component_style(self, component: str) -> Style:
        """Return only what a component sets itself, so that it can be laid over another style."""
        own = self.get_component_rich_style(component, partial=True)
        # A colour with transparency is right only after it was mixed with the background.
        mixed = self.get_component_rich_style(component).color
        return own + Style(color=mixed) if own.color else own

    def bring_into_view(self, first: int, last: int, *, center: bool = False) -> None:
        """Scroll just far enough to show the lines from `first` to `last`, or to centre them."""
        lines = Region(0, first, 1, last - first + 1)
        self.scroll_to_region(lines, animate=False, immediate=True, center=center)
