"""GeoJSON, RFC 7946: a point for each place of an event, a line for each route.

Longitude comes first. Without a position, a feature has `geometry: null`. `when` is as in Linked
Places (https://github.com/LinkedPasts/linked-places-format).
"""

import re
from collections.abc import Sequence
from itertools import chain
from math import copysign
from typing import Any

import msgspec

from withdrawal_cli.dataset.carrying import KEY, packed
from withdrawal_cli.dates import Edtf, date_text, parse_edtf, to_precision
from withdrawal_cli.exports import Selection
from withdrawal_cli.formats.json import indented
from withdrawal_cli.model import Dataset, Event, Place, Point, Route
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.wording import short_sources


def render(selection: Selection) -> bytes:
    """Return a FeatureCollection; an event of several places has several features."""
    dataset = selection.dataset
    places = {place.id: place for place in dataset.places}
    of_events = (
        event_feature(dataset, event, places[identifier] if identifier else None)
        for event in selection.events
        for identifier in event.places or [None]
    )
    of_routes = (
        route_feature(dataset, route, [places[stop] for stop in route.places])
        for route in dataset.routes
    )
    # Encoded at once: hundreds of thousands of dictionaries would take four times the memory.
    features = [msgspec.Raw(msgspec.json.encode(one)) for one in chain(of_events, of_routes)]
    document = {
        "type": "FeatureCollection",
        "title": dataset.metadata.title,
        "description": selection.notice,
        "license": dataset.metadata.license,
        "filters": selection.chosen_with,
        "features": features,
        KEY: packed(dataset),
    }
    return indented(document) + b"\n"


def event_feature(dataset: Dataset, event: Event, place: Place | None) -> dict[str, Any]:
    """Return one feature; its id is the event's, with the place's if there are several."""
    position = place and place.position
    when = date_text(event.date)
    earliest, latest = (
        day.isoformat() if day else None for day in (event.date.earliest, event.date.latest)
    )
    return {
        "type": "Feature",
        "id": f"{event.id}/{place.id}" if place and len(event.places) > 1 else event.id,
        "geometry": {"type": "Point", "coordinates": position} if position else None,
        "properties": {
            "event": event.id,
            "title": event.title,
            "summary": event.summary,
            "date": event.date.text,
            "date_text": when,
            "earliest": earliest,
            "latest": latest,
            "category": event.category,
            "importance": event.importance,
            "certainty": event.certainty,
            "side": event.side,
            "disputed": event.id in dataset.disputes_of,
            "place": place.id if place else None,
            "place_name": place.name if place else None,
            "sources": short_sources(dataset, sources_of(event.citations)),
            "significance": event.significance,
            "place_precision": place.precision if place else None,
        },
        "when": {"timespans": [timespan(event.date)], "label": when},
    }


def timespan(when: Edtf) -> dict[str, dict[str, str]]:
    """Return a date as in Linked Places: what lasted has a start and an end.

    What happened once has only a start, `in` a time or between its `earliest` and its `latest`. An
    open or unknown end only says that it is not before, or after, the other.
    """
    if when.lasted:
        start, end = when.ends
        if start and end:
            return {"start": moment(start), "end": moment(end)}
        if start:
            return {"start": moment(start), "end": edge(start, "earliest")}
        assert end
        return {"start": edge(end, "latest"), "end": moment(end)}
    if not when.text.startswith("["):
        return {"start": moment(when)}
    members = [parse_edtf(text) for text in re.split(r",|\.\.", when.text[1:-1]) if text.strip()]
    first = min(members, key=lambda member: member.order[0])
    last = max(members, key=lambda member: member.order[1])
    earliest = edge(first, "earliest") if when.earliest else {}
    return {"start": earliest | (edge(last, "latest") if when.latest else {})}


def moment(when: Edtf) -> dict[str, str]:
    """Return one end. ISO 8601 writes a day, a month or a year, and Linked Places adds `~?%`."""
    if when.precision in ("day", "month", "year"):
        return {"in": when.text.replace("-XX", "")}
    return edge(when, "earliest") | edge(when, "latest")


def edge(when: Edtf, which: str) -> dict[str, str]:
    """Return the `earliest` or the `latest` of one end, as exact as it is known."""
    day = when.earliest if which == "earliest" else when.latest
    assert day
    doubt = "".join(re.findall("[?~%]", when.text))
    return {which: to_precision(day, when.precision) + doubt}


def route_feature(dataset: Dataset, route: Route, places: Sequence[Place]) -> dict[str, Any]:
    points = [place.position for place in places if place.position]
    return {
        "type": "Feature",
        "id": route.id,
        "geometry": line(points) if len(points) > 1 else None,
        "properties": {
            "route": route.id,
            "title": route.name,
            "summary": route.summary,
            "places": "; ".join(place.name for place in places),
            "sources": short_sources(dataset, sources_of(route.citations)),
        },
    }


def line(points: Sequence[Point]) -> dict[str, Any]:
    """Return a line, cut where it crosses the antimeridian (RFC 7946, 3.1.9)."""
    parts: list[list[Point]] = [[points[0]]]
    for east, latitude in points[1:]:
        before, start = parts[-1][-1]
        # 180 and -180 are the same meridian; the one on this side of it needs no cut.
        longitude = copysign(180, before) if abs(east) == 180 and before else east
        if abs(longitude - before) > 180:
            here, there = copysign(180, before), copysign(180, longitude)
            share = (here - before) / (longitude + here - there - before)
            crossing = round(start + share * (latitude - start), 6)
            if before != here:
                parts[-1].append((here, crossing))
            parts.append([(there, crossing)])
        parts[-1].append((longitude, latitude))
    parts = [part for part in parts if len(part) > 1]
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}
