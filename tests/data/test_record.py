"""The bundled data as code: every rule that a machine can hold it to."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

import pytest

from tests.conftest import ROOT, bundled_path
from withdrawal_cli import model
from withdrawal_cli.dataset.canonical import canonical
from withdrawal_cli.dataset.checking import check_file
from withdrawal_cli.dataset.reading import decode_dataset
from withdrawal_cli.dates import Period
from withdrawal_cli.model import (
    CATEGORIES,
    KINDS,
    Certainty,
    Dataset,
    Event,
    Importance,
    Measure,
    Rank,
)
from withdrawal_cli.queries.rows import phases_of
from withdrawal_cli.values import Value

BOXES = {
    "Afghanistan": (29.3, 38.5, 60.4, 74.9),
    "Pakistan": (23.5, 37.1, 60.8, 77.9),
    "Uzbekistan": (37.1, 45.6, 55.9, 73.2),
    "Turkmenistan": (35.1, 42.8, 52.4, 66.7),
    "Tajikistan": (36.6, 41.1, 67.3, 75.2),
    "Russia": (41.1, 81.9, 19.6, 180.0),
    "Iran": (25.0, 39.8, 44.0, 63.4),
    "India": (6.7, 35.6, 68.1, 97.4),
    "Switzerland": (45.8, 47.9, 5.9, 10.5),
    "United States": (24.5, 49.4, -124.8, -66.9),
    "Saudi Arabia": (16.3, 32.2, 34.5, 55.7),
    "Italy": (35.2, 47.1, 6.6, 18.6),
    "Iceland": (63.3, 66.6, -24.6, -13.4),
}
"""South, north, west and east of the countries in which places lie."""


@cache
def data() -> Dataset:
    return decode_dataset(bundled_path().read_bytes(), "events.json")


def every(*keys: str) -> Iterator[tuple[str, Any]]:
    for key in keys or KINDS.values():
        for item in getattr(data(), key):
            yield f"{key} {item.id}", item


def test_the_file_keeps_every_rule_that_the_program_knows() -> None:
    assert check_file(bundled_path().read_bytes(), strict=True) == []


def test_the_file_is_in_canonical_form() -> None:
    assert bundled_path().read_text("utf-8") == canonical(data()), (
        "run python -m tools.canonical data/events.json"
    )


@pytest.mark.parametrize(
    ("key", "least"),
    [
        ("events", 320),
        ("estimates", 220),
        ("disputes", 60),
        ("people", 50),
        ("places", 60),
        ("organizations", 35),
        ("routes", 2),
        ("sources", 300),
    ],
)
def test_there_is_as_much_as_was_promised(key: str, least: int) -> None:
    assert len(getattr(data(), key)) >= least


def test_the_withdrawal_itself_is_told_day_by_day() -> None:
    whole = Period.of(data().metadata.subject)
    assert sum(whole.contains(event.date) for event in data().events) >= 150
    assert 28 <= sum(event.importance == "key" for event in data().events) <= 40


def test_phases_follow_one_another_and_the_suspension_lies_inside_the_second() -> None:
    phases = {phase.id: phase.date for phase in data().phases}
    assert list(phases) == [
        "road-to-geneva",
        "accords-to-first-column",
        "phase-one",
        "phase-two",
        "suspension",
        "aftermath",
    ]
    assert Period.of(phases["phase-two"]).contains(phases["suspension"])


SPEAKS_OF = {
    "geneva-accords": "accords-to-first-column",
    "first-column-leaves-jalalabad": "phase-one",
    "phase-one-ends": "phase-one",
    "withdrawal-suspended": "suspension",
    "withdrawal-resumes": "phase-two",
    "operation-typhoon": "phase-two",
    "gromov-crosses-bridge": "phase-two",
    "battle-of-jalalabad": "aftermath",
}


@pytest.mark.parametrize(("event", "phase"), SPEAKS_OF.items())
def test_an_event_falls_in_the_phase_that_it_speaks_of(event: str, phase: str) -> None:
    found = data().by_id[event]
    assert isinstance(found, Event)
    assert phase in phases_of(data(), found.date)


def test_places_lie_inside_the_country_that_they_name() -> None:
    for name, place in every("places"):
        if place.latitude is not None:
            south, north, west, east = BOXES[place.country]
            assert south <= place.latitude <= north, name
            assert west <= place.longitude <= east, name


def test_routes_are_ordered_roads_of_places_with_names() -> None:
    for name, route in every("routes"):
        assert len(route.places) == len(set(route.places)) >= 5, name


def test_a_derived_figure_says_so() -> None:
    for name, estimate in every("estimates"):
        if re.search(r"-derived\b", estimate.id):
            assert (estimate.scope or "").startswith("Derived:"), name


# --- the codebook --------------------------------------------------------------------------------

CODEBOOK = ROOT / "docs" / "dataset.md"


def test_the_codebook_has_a_table_of_every_kind_of_record() -> None:
    kinds = [kind for kind in vars(model).values() if isinstance(kind, type)]
    own = [kind for kind in kinds if kind.__module__ == model.__name__]
    records = {kind.__name__ for kind in own if issubclass(kind, Value)}
    assert set(re.findall(r"<!-- made: (\w+) -->", CODEBOOK.read_text("utf-8"))) == records


@pytest.mark.parametrize(
    "word",
    [
        *get_args(Measure),
        *CATEGORIES,
        *get_args(Importance),
        *get_args(Certainty),
        *get_args(Rank),
    ],
)
def test_the_codebook_defines_every_word(word: str) -> None:
    assert f"`{word}`" in CODEBOOK.read_text("utf-8")


def test_the_citation_file_names_the_version_of_the_data() -> None:
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {data().metadata.version}\n" in text
    assert f"\ndate-released: {data().metadata.released}\n" in text
