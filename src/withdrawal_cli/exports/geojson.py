"""GeoJSON, RFC 7946: a point for each place of an event, a line for each route.

Longitude comes first. What has no position keeps its feature, with `geometry: null`. `when` is that
of Linked Places (https://github.com/LinkedPasts/linked-places-format).
"""

from collections.abc import Sequence
from typing import Any

from withdrawal_cli.dates import date_text
from withdrawal_cli.exports import Selection
from withdrawal_cli.formats.json import indented
from withdrawal_cli.model import Dataset, Event, Place, Route
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.wording import short_sources


def render(selection: Selection) -> bytes:
    """Return a FeatureCollection; an event of several places has several features."""
    dataset = selection.dataset
    places = {place.id: place for place in dataset.places}
    features = [
        event_feature(dataset, event, places[identifier] if identifier else None)
        for event in selection.events
        for identifier in event.places or [None]
    ]
    features += [
        route_feature(dataset, route, [places[stop] for stop in route.places])
        for route in dataset.routes
    ]
    document = {
        "type": "FeatureCollection",
        "title": dataset.metadata.title,
        "description": selection.notice,
        "license": dataset.metadata.license,
        "filters": selection.chosen_with,
        "features": features,
    }
    return indented(document) + b"\n"


def event_feature(dataset: Dataset, event: Event, place: Place | None) -> dict[str, Any]:
    """Return one feature; its id is the event's, with the place's where there are several."""
    position = None
    if place and place.longitude is not None and place.latitude is not None:
        position = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    when = date_text(event.date)
    earliest, latest = (
        day.isoformat() if day else None for day in (event.date.earliest, event.date.latest)
    )
    start, end = ({"in": day} if day else {} for day in (earliest, latest))
    return {
        "type": "Feature",
        "id": f"{event.id}/{place.id}" if place and len(event.places) > 1 else event.id,
        "geometry": position,
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
        "when": {"timespans": [{"start": start, "end": end}], "label": when},
    }


def route_feature(dataset: Dataset, route: Route, places: Sequence[Place]) -> dict[str, Any]:
    points = [[place.longitude, place.latitude] for place in places if place.longitude is not None]
    return {
        "type": "Feature",
        "id": route.id,
        "geometry": {"type": "LineString", "coordinates": points} if len(points) > 1 else None,
        "properties": {
            "route": route.id,
            "title": route.name,
            "summary": route.summary,
            "places": "; ".join(place.name for place in places),
            "sources": short_sources(dataset, sources_of(route.citations)),
        },
    }
