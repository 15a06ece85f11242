"""The map, as geometry: where each line, place and label is. No markup."""

from collections.abc import Sequence
from math import cos, radians

from withdrawal_cli.exports.labels import DIGIT_WIDTH, Label, LabelSpace
from withdrawal_cli.model import Point
from withdrawal_cli.queries.map import MapRow, Sketch
from withdrawal_cli.values import Value, value

MOST_LABELS = 1000
"""The places that are given a number; later ones find no room in a drawing of this size."""

KILOMETRES_PER_DEGREE = 111.2
"""Of latitude."""

AROUND_A_SPOT = sorted(
    (
        (across, down)
        for across in range(-40, 41, 4)
        for down in range(-40, 41, 4)
        if abs(across) + abs(down) > 4
    ),
    key=lambda step: (step[0] ** 2 + step[1] ** 2, step),
)
"""Steps from a place to its number, the nearest first."""


@value
class Spot(Value):
    """A place on the map."""

    row: MapRow
    x: float
    y: float
    label: Label | None
    "Its number; `None` where there is no room for it."


@value
class Line(Value):
    """A route or a border; `points` are written as SVG has them."""

    name: str
    points: str


@value
class MapDrawing(Value):
    """A map with a scale bar below it."""

    width: int
    height: int
    "Without the scale bar."
    outline: tuple[Line, ...]
    routes: tuple[Line, ...]
    spots: tuple[Spot, ...]
    bar_length: float
    bar_text: str
    "The distance that the bar stands for."


def draw_map(sketch: Sketch, width: int = 760) -> MapDrawing | None:
    """Return the map drawn `width` wide; `None` where nothing has a position."""
    numbered = [row for row in sketch.rows if row.number]
    if not numbered and not sketch.outline:
        return None
    west, south, east, north = sketch.box
    # one scale for both axes: a degree of longitude shrinks towards the poles
    squeeze = cos(radians((south + north) / 2))
    scale = width / ((east - west) * squeeze)
    height = round((north - south) * scale)

    def project(longitude: float, latitude: float) -> Point:
        return round((longitude - west) * squeeze * scale, 1), round((north - latitude) * scale, 1)

    def line(name: str, points: Sequence[Point]) -> Line:
        projected = (project(*point) for point in points)
        return Line(name=name, points=" ".join(f"{x:g},{y:g}" for x, y in projected))

    space = LabelSpace(width, height, DIGIT_WIDTH)
    positions = [project(row.longitude or 0, row.latitude or 0) for row in numbered]
    for x, y in positions:
        space.take(x - 3, y - 3, 6, 6)
    spots = []
    for index, (row, (x, y)) in enumerate(zip(numbered, positions, strict=True)):
        has_label = index < MOST_LABELS
        label = space.place(x, y, str(row.number), AROUND_A_SPOT) if has_label else None
        spots.append(Spot(row=row, x=x, y=y, label=label))
    # the longest round distance that takes at most a quarter of the width
    kilometre = scale / KILOMETRES_PER_DEGREE
    distances = (digit * 10**power for power in range(5, -3, -1) for digit in (5, 2, 1))
    distance = next((distance for distance in distances if distance * kilometre <= width / 4), 0)
    return MapDrawing(
        width=width,
        height=height,
        outline=tuple(line("", ring) for ring in sketch.outline),
        routes=tuple(line(route.name, route.points) for route in sketch.routes),
        spots=tuple(spots),
        bar_length=round(distance * kilometre, 1),
        bar_text=f"{distance:,g} km",
    )
