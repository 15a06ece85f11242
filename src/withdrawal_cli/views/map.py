"""A map in the terminal: outline, routes, the numbered places of the chosen events, a legend."""

from collections.abc import Iterator
from itertools import cycle
from math import ceil, cos, radians

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from withdrawal_cli.formats.columns import WIDE
from withdrawal_cli.model import Point
from withdrawal_cli.queries.map import Sketch
from withdrawal_cli.system.terminal import SCREENFUL
from withdrawal_cli.views import ENTRIES, drawing, legend, linked, more_line, words
from withdrawal_cli.views.canvas import Canvas
from withdrawal_cli.wording import date_of, number

WIDEST = 100
"""In columns: a wider picture is taller than a screen."""

TRAILS = ("•", "◦", "+", "x", "~")
ASCII_TRAILS = ("*", "o", "+", "x", "~")
"""The letters that draw the routes, each in turn."""


class MapView:
    """Draws a sketch as wide as the console, then the legend in order of date."""

    def __init__(self, sketch: Sketch, *, ascii_only: bool) -> None:
        self.sketch = sketch
        self.ascii_only = ascii_only
        trails = ASCII_TRAILS if ascii_only else TRAILS
        self.routes = list(zip(cycle(trails), sketch.routes[:ENTRIES], strict=False))

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        rows = self.sketch.rows
        if any(row.number for row in rows) or self.sketch.outline:
            yield self._picture(min(options.max_width, WIDEST), options.max_height)
        if self.routes:
            names = [
                drawing(trail * 3, "Route:").append_text(words(f" {route.name}", "quiet"))
                for trail, route in self.routes
            ]
            line = Text("   ").join(names)
            yield line if line.cell_len <= options.max_width else Text("\n").join(names)
            yield from more_line(self.sketch.routes)
        if rows:
            yield Text()
            yield self._legend(wide=options.max_width >= WIDE)
            yield from more_line(rows, SCREENFUL)
            if not all(row.number for row in rows):
                yield legend("- beyond the edge, or without a position")

    def _picture(self, columns: int, most_rows: int) -> Text:
        west, south, east, north = self.sketch.box
        # A degree of longitude is shorter than one of latitude: by the cosine of the latitude.
        squeeze = cos(radians((south + north) / 2))
        # Dots for each degree of latitude: a letter has two dots across and four down.
        scale = min(columns * 2 / ((east - west) * squeeze), most_rows * 4 / (north - south))
        columns = min(columns, ceil((east - west) * squeeze * scale / 2))
        rows = max(3, round((north - south) * scale / 4))
        canvas = Canvas(columns, rows, ascii_only=self.ascii_only)

        def dot(point: Point) -> tuple[float, float]:
            longitude, latitude = self.sketch.drawn(point)
            return (longitude - west) * squeeze * scale, (north - latitude) * scale

        for ring in self.sketch.outline:
            canvas.line(list(map(dot, ring)))
        # What is written first stays: the numbers before the routes that run through them.
        for row in self.sketch.rows[:SCREENFUL]:
            if row.number and row.longitude is not None and row.latitude is not None:
                canvas.label(*dot((row.longitude, row.latitude)), str(row.number), "figure")
        for trail, route in self.routes:
            canvas.trail(list(map(dot, route.points)), trail, "date")
        return drawing(canvas.text("quiet"))

    def _legend(self, *, wide: bool) -> Table:
        table = Table.grid(padding=(0, 1), pad_edge=False, expand=True)
        table.add_column("On the map", style="figure", justify="right", width=3)
        table.add_column("Place", width=24 if wide else 17, overflow="fold")
        table.add_column("Date", style="date", width=24 if wide else 15, overflow="fold")
        table.add_column("Event", ratio=1, overflow="fold")
        for row in self.sketch.rows[:SCREENFUL]:
            happened = linked(words(row.title), row.events[0])
            if len(row.events) > 1:
                more = f"  and {number(len(row.events) - 1)} more"
                happened.append_text(words(more, "quiet"))
            place = linked(words(row.name), row.id)
            number_drawn = drawing(str(row.number), "") if row.number else drawing("-", "no")
            table.add_row(number_drawn, place, words(date_of(row)), happened)
        return table
