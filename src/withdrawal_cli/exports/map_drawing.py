"""The map, as geometry: where each line, place and label is. No markup."""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import islice, pairwise
from math import ceil, cos, dist, radians, sqrt

from withdrawal_cli.exports.labels import Label, LabelSpace
from withdrawal_cli.model import Point
from withdrawal_cli.queries.map import MapRow, Sketch
from withdrawal_cli.values import Value

SIZES = {"landscape": (760, 14), "portrait": (380, 9), "print": (1000, 40)}
"""How wide a drawing is, and how many places it names: one for wide screens, one for phones, so
that letters keep their size, and one for a sheet of A4 across."""

PAGE_SHAPES = ("landscape", "portrait")
"""The shapes on the page."""

MOST_SPOTS = 2000
"""The most places that are drawn: more would be a black sheet of several MB."""

KILOMETRES_PER_DEGREE = 111.2
"""Of latitude."""

BESIDE_A_SPOT = [
    (across, down) for down in (0, -4, 4, -7, 7, -10, 10, -14, 14) for across in (1, -1)
]
"""Steps from the edge of a dot to its name, the best first."""


class Spot(Value):
    """A place on the map."""

    row: MapRow
    x: float
    y: float
    radius: float
    "Its area stands for the number of events."
    label: Label | None
    "Its name, if it is one of those with the most events and there is room."


class Mark(Value):
    """A stop on a route, without events."""

    x: float
    y: float
    label: Label | None


class Line(Value):
    """A route or a border; `path` is in SVG, and left open."""

    name: str
    path: str
    label: Label | None = None


class MapDrawing(Value):
    """A map with a scale bar below it."""

    width: int
    height: int
    "Without the scale bar."
    neighbours: tuple[Line, ...]
    "The countries around, with their names if there is room."
    outline: tuple[Line, ...]
    routes: tuple[Line, ...]
    spots: tuple[Spot, ...]
    stops: tuple[Mark, ...]
    bar_length: float
    bar_text: str
    "The distance that the bar stands for."


class _Plane:
    """A stretch of the globe on a drawing, with one scale for both axes."""

    def __init__(self, sketch: Sketch, width: int) -> None:
        west, south, east, north = sketch.box
        if sketch.neighbours:  # they need some room
            across, up = (east - west) / 24, (north - south) / 24
            west, south, east, north = west - across, south - up, east + across, north + up
        self.west, self.north = west, north
        self.drawn = sketch.drawn
        # a degree of longitude shrinks towards the poles
        self.squeeze = cos(radians((south + north) / 2))
        self.scale = width / ((east - west) * self.squeeze)
        self.height = round((north - south) * self.scale)

    def project(self, point: Point) -> Point:
        longitude, latitude = self.drawn(point)
        x = (longitude - self.west) * self.squeeze * self.scale
        return round(x, 1), round((self.north - latitude) * self.scale, 1)

    def line(self, name: str, points: Sequence[Point], label: Label | None = None) -> Line:
        path = path_through([self.project(point) for point in points])
        return Line(name=name, path=path, label=label)


def draw_map(sketch: Sketch, shape: str = "landscape") -> MapDrawing | None:
    """Return the map in one of SIZES; `None` if nothing has a position."""
    numbered = [row for row in sketch.rows if row.number]
    if not numbered and not sketch.outline:
        return None
    width, most_names = SIZES[shape]
    plane = _Plane(sketch, width)
    space = LabelSpace(width, plane.height)
    placed = _placed(numbered, plane, width)
    for _, (x, y), size in placed:
        space.take(x - size, y - size, 2 * size, 2 * size)
    for route in sketch.routes:
        _keep_clear(space, [plane.project(point) for point in route.points])
    # routes first: a town can do without its name, but a line says nothing by itself
    routes = tuple(_routes(sketch, plane, space))
    spots = tuple(_named(placed, space, most_names))
    neighbours = tuple(_neighbours(sketch, plane, space))
    marks = _stops(sketch, {row.id for row in numbered}, plane, space)
    # the longest round distance that takes at most a quarter of the width
    kilometre = plane.scale / KILOMETRES_PER_DEGREE
    distances = (digit * 10**power for power in range(5, -3, -1) for digit in (5, 2, 1))
    distance = next((distance for distance in distances if distance * kilometre <= width / 4), 0)
    return MapDrawing(
        width=width,
        height=plane.height,
        outline=tuple(plane.line("", ring) for ring in sketch.outline),
        neighbours=neighbours,
        routes=routes,
        spots=spots,
        stops=tuple(islice(marks, MOST_SPOTS)),
        bar_length=round(distance * kilometre, 1),
        bar_text=f"{distance:,g} km",
    )


def _keep_clear(space: LabelSpace, points: Sequence[Point]) -> None:
    """Keep names off a line, in steps of 4, or larger ones for a route of absurd length."""
    for (left, top), (right, bottom) in pairwise(points):
        steps = min(ceil(dist((left, top), (right, bottom)) / 4), 2000)
        for step in range(steps + 1):
            x = left + (right - left) * step / max(steps, 1)
            y = top + (bottom - top) * step / max(steps, 1)
            if 0 <= x <= space.width and 0 <= y <= space.height:
                space.take(x - 2, y - 2, 4, 4)


def _placed(rows: Sequence[MapRow], plane: _Plane, width: int) -> list[tuple[MapRow, Point, float]]:
    """Return the places with the centres and radii of their dots.

    The most events come first: their names find room, and small dots lie above large ones.
    """
    ranked = sorted(rows, key=lambda row: -len(row.events))[:MOST_SPOTS]
    most = max((len(row.events) for row in ranked), default=1)
    return [
        (
            row,
            plane.project((row.longitude or 0, row.latitude or 0)),
            radius(len(row.events), most, width),
        )
        for row in ranked
    ]


def _named(
    placed: Sequence[tuple[MapRow, Point, float]], space: LabelSpace, most_names: int
) -> Iterator[Spot]:
    """Yield the places, at most `most_names` of them with their names, if there is room."""
    for row, (x, y), size in placed:
        label = None
        if most_names > 0:
            steps = [(across * (size + 3), down) for across, down in BESIDE_A_SPOT]
            label = space.place(x, y, row.name, steps)
            most_names -= label is not None
        yield Spot(row=row, x=x, y=y, radius=size, label=label)


def _routes(sketch: Sketch, plane: _Plane, space: LabelSpace) -> Iterator[Line]:
    """Yield the routes, each with the beginning of its name beside it."""
    for route in sketch.routes:
        points = [plane.project(point) for point in route.points]
        label = space.place_along(points, route.name.partition(":")[0])
        yield plane.line(route.name, route.points, label)


def _stops(sketch: Sketch, named: Set[str], plane: _Plane, space: LabelSpace) -> Iterator[Mark]:
    """Yield the places of routes that are not on the map already, the ends of each route first."""
    seen = set(named)
    for route in sketch.routes:
        for stop in sorted(
            route.stops, key=lambda stop: stop not in (route.stops[0], route.stops[-1])
        ):
            if stop.id in seen:
                continue
            seen.add(stop.id)
            x, y = plane.project(stop.point)
            steps = [(across * 6, down) for across, down in BESIDE_A_SPOT]
            yield Mark(x=x, y=y, label=space.place(x, y, stop.name, steps))


def _neighbours(sketch: Sketch, plane: _Plane, space: LabelSpace) -> Iterator[Line]:
    """Yield the borders of the neighbouring countries, the first of each with its name."""
    for country in sketch.neighbours:
        x, y = plane.project(country.middle)
        label = space.place(x, y, country.name, [(0, 0), (0, 14), (0, -14)])
        for index, ring in enumerate(country.rings):
            yield plane.line(country.name, ring, None if index else label)


def path_through(points: Sequence[Point]) -> str:
    """Return a line as the steps from each point to the next, which are short.

    >>> path_through([(10, 20.5), (10.3, 20), (12, 20)])
    'M10 20.5l.3-.5 1.7 0'
    """
    if not points:
        return ""
    (x, y), steps = points[0], pairwise(points)
    moves = [difference for one, two in steps for difference in (two[0] - one[0], two[1] - one[1])]
    # adding 0 turns -0 into 0
    numbers = [f"{round(move, 1) + 0:.1f}".removesuffix(".0") for move in moves]
    line = " ".join(re.sub(r"^(-?)0\.", r"\1.", text) for text in numbers)
    return f"M{x:g} {y:g}" + (f"l{line}".replace(" -", "-") if line else "")


def radius(events: int, most: int, width: int) -> float:
    """Return the radius of a dot whose area stands for a number of events."""
    return round(max(2.5, width / 70 * sqrt(events / most)), 1)
