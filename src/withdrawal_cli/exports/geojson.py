"""GeoJSON, RFC 7946: longitude first, `geometry: null` kept, Linked Places `when`; opens in QGIS and on geojson.io."""

from typing import Any

from withdrawal_cli.dates import Edtf, date_text
from withdrawal_cli.exports import Selection
from withdrawal_cli.formats.json import indented
from withdrawal_cli.model import Dataset, Event, Place, Route
from withdrawal_cli.wording import short_sources


def render(selection: Selection) -> bytes:
    """Return a FeatureCollection: one Feature per event and place, an event without a place once, one LineString per route."""
    dataset = selection.dataset
    features = [feature for event in selection.events for feature in _event(dataset, event)]
    features += [_route(dataset, route) for route in dataset.routes]
    document = {
        "type": "FeatureCollection",
        "title": dataset.metadata.title,
        "description": selection.notice,
        "license": dataset.metadata.license,
        "filters": selection.filters,
        "features": features,
    }
    return indented(document) + b"\n"


def _event(dataset: Dataset, event: Event) -> list[dict[str, Any]]:
    places = [
        place
        for place in (dataset.by_id[identifier] for identifier in event.places)
        if isinstance(place, Place)
    ]
    return [_feature(dataset, event, place) for place in places] or [_feature(dataset, event, None)]


def _feature(dataset: Dataset, event: Event, place: Place | None) -> dict[str, Any]:
    """Return one Feature; its id is the event's, with the place's where there are several."""
    position = None
    if place and place.longitude is not None and place.latitude is not None:
        position = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    return {
        "type": "Feature",
        "id": f"{event.id}/{place.id}" if place and len(event.places) > 1 else event.id,
        "geometry": position,
        "properties": {
            "event": event.id,
            "title": event.title,
            "summary": event.summary,
            "date": event.date.text,
            "date_text": date_text(event.date),
            "earliest": _iso(event.date, "earliest"),
            "latest": _iso(event.date, "latest"),
            "category": event.category,
            "importance": event.importance,
            "certainty": event.certainty,
            "side": event.side,
            "disputed": event.id in dataset.disputes_of,
            "place": place.id if place else None,
            "place_name": place.name if place else None,
            "sources": short_sources(dataset, (citation.source for citation in event.citations)),
        },
        "when": {"timespans": [_timespan(event.date)], "label": date_text(event.date)},
    }


def _route(dataset: Dataset, route: Route) -> dict[str, Any]:
    places = [
        place
        for place in (dataset.by_id[identifier] for identifier in route.places)
        if isinstance(place, Place)
    ]
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
            "sources": short_sources(dataset, (citation.source for citation in route.citations)),
        },
    }


def _timespan(when: Edtf) -> dict[str, Any]:
    """Return the span as Linked Places has it (https://github.com/LinkedPasts/linked-places-format)."""
    earliest, latest = _iso(when, "earliest"), _iso(when, "latest")
    return {"start": {"in": earliest} if earliest else {}, "end": {"in": latest} if latest else {}}


def _iso(when: Edtf, end: str) -> str | None:
    day = getattr(when, end)
    return day.isoformat() if day else None
