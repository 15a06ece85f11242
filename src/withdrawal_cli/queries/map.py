"""Where it happened: places of the chosen events, routes and outline, by longitude and latitude."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from withdrawal_cli.dates import Day, Edtf
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.model import Dataset, Event, Point, grouped, parse_outline
from withdrawal_cli.values import Row, Value, field


class MapRow(Row):
    """One place of the chosen events, as every format gives it."""

    number: int | None = field(
        "Its number on the map; null without a position, or beyond the edge."
    )
    id: str = field("Slug of the place.")
    name: str = field("Of the place.")
    kind: str | None = field("Of the place.")
    country: str | None = field("The country of today.")
    latitude: float | None = field("WGS 84, degrees north.")
    longitude: float | None = field("WGS 84, degrees east.")
    date: Edtf = field("Of the first event there (EDTF).")
    earliest: Day | None = field("The first day that this date can mean; null when that is open.")
    title: str = field("Of the first event there.")
    events: Sequence[str] = field("Ids of the chosen events there, in order of date.")


class Stop(Value):
    """A place on a route, whether or not anything happened there."""

    id: str
    name: str
    point: Point


class RoutePath(Value):
    """A route as a line."""

    name: str
    stops: tuple[Stop, ...]
    "Those of its places that have a position."

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(stop.point for stop in self.stops)


class Country(Value):
    """A neighbour, and where its name is written."""

    name: str
    rings: tuple[tuple[Point, ...], ...]
    middle: Point


class Sketch(Value):
    """All that a map shows."""

    outline: tuple[tuple[Point, ...], ...]
    "Rings of the country's border; none when the data has no outline."
    neighbours: tuple[Country, ...]
    routes: tuple[RoutePath, ...]
    rows: tuple[MapRow, ...]
    "In order of the first event; `number` is `None` without a position, or beyond the edge."
    box: tuple[float, float, float, float]
    "West, south, east and north of what is drawn; of a map that is `turned`, east is beyond 180."
    turned: bool = False
    "Whether it lies across the antimeridian: what is west of Greenwich is drawn in the east."

    def drawn(self, point: Point) -> Point:
        """Return a point as the map draws it."""
        return _turned(point) if self.turned else point


def sketch_map(dataset: Dataset, events: Iterable[Event]) -> Sketch:
    """Return the map of the events, given in order of date."""
    about = dataset.metadata
    outline = _rings(about.outline, "dataset.outline")
    neighbours = tuple(
        Country(
            name=country.name,
            rings=_rings(country.outline, f"dataset.neighbours[{number}].outline"),
            middle=(country.longitude, country.latitude),
        )
        for number, country in enumerate(about.neighbours)
    )
    points = {place.id: place.position for place in dataset.places if place.position}
    routes = tuple(
        RoutePath(
            name=route.name,
            stops=tuple(
                Stop(id=name, name=dataset.name(name), point=points[name])
                for name in route.places
                if name in points
            ),
        )
        for route in dataset.routes
    )
    events_at = grouped((identifier, event) for event in events for identifier in event.places)
    # Without an outline or a route the events' own places make the frame.
    framed = [point for line in (*outline, *(route.points for route in routes)) for point in line]
    framed = framed or [points[identifier] for identifier in events_at if identifier in points]
    # Where half of the globe is empty, the frame goes round the other half: Suva and Apia are ten
    # degrees apart, and not 350.
    longitudes = sorted(longitude for longitude, _ in framed)
    turned = any(east - west > 180 for west, east in pairwise(longitudes))
    box = _box(list(map(_turned, framed)) if turned else framed)
    stands = {name: _turned(point) for name, point in points.items()} if turned else points
    return Sketch(
        outline=outline,
        neighbours=neighbours,
        routes=routes,
        rows=tuple(_rows(dataset, events_at, stands, box)),
        box=box,
        turned=turned,
    )


def _rings(text: str | None, where: str) -> tuple[tuple[Point, ...], ...]:
    try:
        return parse_outline(text)
    except ValueError as error:
        hint = "withdrawal check FILE lists every fault."
        raise WithdrawalError(str(error), where=where, hint=hint) from None


def _rows(
    dataset: Dataset,
    events_at: Mapping[str, Sequence[Event]],
    points: Mapping[str, Point],
    box: tuple[float, float, float, float],
) -> Iterator[MapRow]:
    """Yield the places with their events, numbered if they lie in the box."""
    west, south, east, north = box
    places = {place.id: place for place in dataset.places}
    numbered = 0
    for identifier, happened in events_at.items():
        place, first = places[identifier], happened[0]
        longitude, latitude = points.get(identifier, (None, None))
        inside = (
            longitude is not None
            and latitude is not None
            and west <= longitude <= east
            and south <= latitude <= north
        )
        numbered += inside
        yield MapRow(
            number=numbered if inside else None,
            id=place.id,
            name=place.name,
            kind=place.kind,
            country=place.country,
            latitude=place.latitude,
            longitude=place.longitude,
            date=first.date,
            earliest=first.date.earliest,
            title=first.title,
            events=[event.id for event in happened],
        )


def _turned(point: Point) -> Point:
    longitude, latitude = point
    return (longitude + 360 if longitude < 0 else longitude), latitude


def _box(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """Return a box around the points, with a margin of a fortieth of its size, or of one degree."""
    if not points:
        return 0.0, 0.0, 0.0, 0.0
    longitudes, latitudes = zip(*points, strict=True)
    west, east = min(longitudes), max(longitudes)
    south, north = min(latitudes), max(latitudes)
    across = (east - west) / 40 or 1.0
    up = (north - south) / 40 or 1.0
    return west - across, south - up, east + across, north + up
