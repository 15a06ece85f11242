"""Where it happened: the places of the chosen events, the routes and the outline, as longitudes and latitudes."""

from collections.abc import Iterable, Sequence

from withdrawal_cli.dates import Day, Edtf
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.model import Dataset, Event, Place, Point, parse_outline
from withdrawal_cli.values import Row, Value, field, row, value


@row
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


@value
class RoutePath(Value):
    """A route as a line."""

    name: str
    points: tuple[Point, ...]


@value
class Sketch(Value):
    """All that a map shows."""

    outline: tuple[tuple[Point, ...], ...]
    "Rings of the country's border; none when the data has no outline."
    routes: tuple[RoutePath, ...]
    rows: tuple[MapRow, ...]
    "In order of the first event; `number` is `None` for a place without a position, or beyond the edge."
    box: tuple[float, float, float, float]
    "West, south, east and north of what is drawn."


def sketch_map(dataset: Dataset, events: Iterable[Event]) -> Sketch:
    """Return the map of the events: places in the order in which something first happened there."""
    try:
        rings = parse_outline(dataset.metadata.outline)
    except ValueError as error:
        raise WithdrawalError(
            str(error), where="dataset.outline", hint="withdrawal check FILE tells every fault."
        ) from None
    routes = tuple(
        RoutePath(name=route.name, points=tuple(_located(dataset, route.places).values()))
        for route in dataset.routes
    )
    grouped: dict[str, list[Event]] = {}
    for event in events:
        for place in event.places:
            grouped.setdefault(place, []).append(event)
    points = _located(dataset, grouped)
    framed = [
        point for part in (*rings, *(route.points for route in routes)) for point in part
    ] or list(points.values())
    box = _box(framed)
    numbers = iter(range(1, len(points) + 1))
    known = {place.id: place for place in dataset.places}
    rows = [
        _row(
            known[place],
            happened,
            next(numbers) if place in points and _inside(points[place], box) else None,
        )
        for place, happened in grouped.items()
    ]
    return Sketch(outline=rings, routes=routes, rows=tuple(rows), box=box)


def _row(place: Place, events: Sequence[Event], number: int | None) -> MapRow:
    first = events[0]
    return MapRow(
        number=number,
        id=place.id,
        name=place.name,
        kind=place.kind,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        date=first.date,
        earliest=first.date.earliest,
        title=first.title,
        events=[event.id for event in events],
    )


def _located(dataset: Dataset, ids: Iterable[str]) -> dict[str, Point]:
    """Return the positions of those places that have one, in the order given."""
    places = {place.id: place for place in dataset.places}
    found = (places[identifier] for identifier in ids)
    return {
        place.id: (place.longitude, place.latitude)
        for place in found
        if place.longitude is not None and place.latitude is not None
    }


def _box(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """Return what holds all points, with a margin of a fortieth; a degree around a lonely one."""
    if not points:
        return 0.0, 0.0, 0.0, 0.0
    longitudes, latitudes = zip(*points, strict=True)
    across = (max(longitudes) - min(longitudes)) / 40 or 1.0
    up = (max(latitudes) - min(latitudes)) / 40 or 1.0
    return (
        min(longitudes) - across,
        min(latitudes) - up,
        max(longitudes) + across,
        max(latitudes) + up,
    )


def _inside(point: Point, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return west <= point[0] <= east and south <= point[1] <= north
