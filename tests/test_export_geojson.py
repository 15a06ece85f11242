"""GeoJSON that other programs open."""

import json
from collections.abc import Callable
from typing import Any

import geojson

from tests.conftest import ABOUT, Run, event
from withdrawal_cli import __version__

LAND: dict[str, Any] = {
    "dataset": ABOUT,
    "places": [
        {"id": "old-town", "name": "Old Town", "latitude": 51.5, "longitude": -0.1},
        {"id": "nowhere", "name": "Nowhere"},
    ],
    "routes": [{"id": "the-road", "name": "The road", "places": ["old-town", "nowhere"]}],
    "events": [
        event("siege-begins", "1900-01-10~", places=["old-town"]),
        event("both-ends", "1900-02/..", places=["old-town", "nowhere"]),
        event("no-place", "1900-03"),
    ],
}


def test_the_geojson_package_finds_the_whole_document_valid(run: Run) -> None:
    document = geojson.loads(run("export geojson").out)
    assert document.is_valid, document.errors()
    assert all(feature.is_valid for feature in document.features)
    assert (
        sum(
            feature.geometry is not None and feature.geometry.type == "LineString"
            for feature in document.features
        )
        == 2
    )


def test_longitude_comes_first_and_a_place_without_position_is_null(
    run: Run, write: Callable[..., str]
) -> None:
    features = json.loads(run(f"export geojson --data {write(**LAND)}").out)["features"]
    assert [
        (feature["id"], (feature["geometry"] or {}).get("coordinates")) for feature in features
    ] == [
        ("siege-begins", [-0.1, 51.5]),
        ("both-ends/old-town", [-0.1, 51.5]),
        ("both-ends/nowhere", None),
        ("no-place", None),
        ("the-road", None),
    ]
    assert all(
        isinstance(content, (str, bool, type(None)))
        for feature in features
        for content in feature["properties"].values()
    )


def test_a_feature_says_why_it_mattered_and_how_exact_its_position_is(
    run: Run, write: Callable[..., str]
) -> None:
    town = LAND["places"][0] | {"precision": "settlement"}
    siege = event("siege", places=["old-town"], significance="It began the war.")
    data = write(places=[town], events=[siege, event("no-place", "1900-03")])
    features = json.loads(run(f"export geojson --data {data}").out)["features"]
    assert [
        (feature["properties"]["significance"], feature["properties"]["place_precision"])
        for feature in features
    ] == [("It began the war.", "settlement"), (None, None)]


def test_each_feature_has_its_time_as_linked_places_has_it(
    run: Run, write: Callable[..., str]
) -> None:
    features = json.loads(run(f"export geojson --data {write(**LAND)}").out)["features"]
    assert features[0]["when"] == {
        "timespans": [{"start": {"in": "1900-01-10~"}}],
        "label": "c. 10 Jan 1900",
    }
    assert features[1]["when"]["timespans"] == [
        {"start": {"in": "1900-02"}, "end": {"earliest": "1900-02"}}
    ]


def test_what_was_chosen_and_of_what_travels_inside(run: Run, write: Callable[..., str]) -> None:
    document = json.loads(
        run(f"export geojson --from 1900-01 --match 'siege begins' --data {write(**LAND)}").out
    )
    assert document["filters"] == "--from 1900-01 --match 'siege begins'"
    assert document["description"].startswith(
        f"A small war, data 1.0.0 of 2020-01-01, CC0-1.0; made by withdrawal {__version__}, chosen with --from"
    )
    assert [feature["id"] for feature in document["features"]] == ["siege-begins", "the-road"]


WHOLE: dict[str, Any] = {
    "sides": [{"id": "reds", "name": "The Reds"}],
    "sources": [
        {"id": "a-book", "type": "book", "title": "A book", "authors": ["Doe, Jane"]},
        {"id": "a-letter", "type": "document", "title": "A letter"},
    ],
    "places": [LAND["places"][0] | {"precision": "district"}, LAND["places"][1]],
    "routes": [
        {
            "id": "way-home",
            "name": "Way home",
            "summary": "Ten miles.",
            "places": ["nowhere", "old-town", "nowhere"],
            "citations": [{"source": "a-letter"}],
        }
    ],
    "events": [
        event(
            "siege",
            "1900-01-10/1900-02~",
            summary="It began.",
            significance="It mattered.",
            category="military",
            importance="key",
            certainty="uncertain",
            side="reds",
            places=["old-town"],
            citations=[{"source": "a-book", "locator": "p. 1"}, {"source": "a-letter"}],
        ),
        event("thaw", "1900-03/.."),
    ],
    "disputes": [{"id": "how-long", "title": "How long?", "about": ["siege"]}],
}


def test_the_properties_of_an_event_and_of_a_route(run: Run, write: Callable[..., str]) -> None:
    features = json.loads(run(f"export geojson --data {write(**WHOLE)}").out)["features"]
    siege, thaw, way = (feature["properties"] for feature in features)
    assert siege == {
        "event": "siege",
        "title": "Siege",
        "summary": "It began.",
        "date": "1900-01-10/1900-02~",
        "date_text": "10 Jan 1900 – c. Feb 1900",
        "earliest": "1900-01-10",
        "latest": "1900-02-28",
        "category": "military",
        "importance": "key",
        "certainty": "uncertain",
        "side": "reds",
        "disputed": True,
        "place": "old-town",
        "place_name": "Old Town",
        "sources": "Doe; A letter",
        "significance": "It mattered.",
        "place_precision": "district",
    }
    assert thaw == dict.fromkeys(siege) | {
        "event": "thaw",
        "title": "Thaw",
        "date": "1900-03/..",
        "date_text": "from Mar 1900",
        "earliest": "1900-03-01",
        "importance": "notable",
        "certainty": "certain",
        "disputed": False,
        "sources": "",
    }
    assert way == {
        "route": "way-home",
        "title": "Way home",
        "summary": "Ten miles.",
        "places": "Nowhere; Old Town; Nowhere",
        "sources": "A letter",
    }
    assert ["when" in feature for feature in features] == [True, True, False]
