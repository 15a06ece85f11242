"""`counts`: how many events by month, phase, side and so on."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Run, event
from withdrawal_cli.queries.counts import run_of

WAR: dict[str, Any] = {
    "sources": [
        {"id": "old-book", "type": "book", "title": "An Old Book", "authors": ["Ford, Max"], "issued": "1905"},
        {"id": "town-press", "type": "article-newspaper", "title": "News", "container": "Town Press"},
    ],
    "sides": [{"id": "reds", "name": "The Reds"}, {"id": "blues", "name": "The Blues"}],
    "places": [{"id": "old-town", "name": "Old Town"}, {"id": "new-town", "name": "New Town"}],
    "phases": [
        {"id": "winter", "title": "Winter", "date": "1900-01/1900-03-10"},
        {"id": "spring", "title": "Spring", "date": "1900-03-10/1900-05"},
    ],
    "events": [
        event("siege", "1900-01-31/1900-04", side="reds", category="military", importance="key", places=["old-town", "new-town"],
              citations=[{"source": "old-book"}, {"source": "town-press"}]),
        event("raid", "[1900-03-10,1900-03-11]", side="reds", certainty="uncertain", places=["new-town"], citations=[{"source": "town-press"}]),
        event("flood", "1900-02/1900-03", category="humanitarian"),  # two months are possible, one is where it began
        event("talks", "1900", side="blues"),
        event("rumour", "../1901-12"),
        event("thaw", "[1900-03-31,1900-04-01]"),
    ],
}  # fmt: skip


@pytest.fixture
def count(asking: Callable[..., Callable[[str], Any]]) -> Callable[[str], list[tuple[str, int]]]:
    """Return a function that counts the events of the small war."""
    ask = asking(**WAR)
    return lambda options: [
        (row["id"] or row["name"], row["events"]) for row in ask(f"counts {options}")
    ]


@pytest.mark.parametrize(
    ("options", "counts"),
    [
        ("--by month", [("1900-01", 1), ("1900-02", 1), ("1900-03", 1), ("No month known", 3)]),
        ("--by quarter", [("1900-Q1", 3), ("No quarter known", 3)]),
        ("--by year", [("1900", 5), ("No year known", 1)]),
        ("--by phase", [("winter", 5), ("spring", 6)]),
        ("--by phase --during 1900-01", [("winter", 3), ("spring", 3)]),
        ("--by category", [("military", 1), ("humanitarian", 1), ("No category", 4)]),
        ("--by side", [("reds", 2), ("blues", 1), ("No side", 3)]),
        ("--by place", [("new-town", 2), ("old-town", 1), ("No place", 4)]),
        ("--by source -n 1", [("town-press", 2), ("No source", 4)]),
        ("--by certainty", [("certain", 5), ("uncertain", 1)]),
        ("--by side --match raid", [("reds", 1)]),
        ("--by place --match nothing", []),
    ],
)
def test_events_are_counted(
    count: Callable[[str], list[tuple[str, int]]], options: str, counts: list[tuple[str, int]]
) -> None:
    assert count(options) == counts


def test_months_without_an_event_are_counted_too(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    ask = asking(
        events=[event("first", "1900-11-30"), event("last", "1901-02-01", importance="key")]
    )
    assert [(row["name"], row["events"], row["key_events"]) for row in ask("counts")] == [
        ("Nov 1900", 1, 0), ("Dec 1900", 0, 0), ("Jan 1901", 0, 0), ("Feb 1901", 1, 1),
    ]  # fmt: skip


def test_a_run_of_many_centuries_is_not_filled(asking: Callable[..., Callable[[str], Any]]) -> None:
    ask = asking(events=[event("old", "0050-01-01"), event("new", "1950-01-01")])
    assert [row["id"] for row in ask("counts")] == ["0050-01", "1950-01"]
    assert len(ask("counts --by year")) == 2
    assert [len(run_of(["1900-01", last], 1)) for last in ("1999-12", "2000-01")] == [1200, 2]


def test_bars_are_to_scale(run: Run, write: Callable[..., str]) -> None:
    screen = run(f"counts --by side --width 60 --data {write(**WAR)}").out.splitlines()
    lengths = [line.count("█") for line in screen[:3]]
    assert [line.split()[:2] for line in screen[:3]] == [
        ["The", "Reds"],
        ["The", "Blues"],
        ["No", "side"],
    ]
    assert lengths[1] < lengths[0] < lengths[2]
    assert abs(lengths[2] - 3 * lengths[1]) <= 3


def test_a_grid_has_a_line_for_each_year_and_one_for_years_without(
    run: Run, write: Callable[..., str]
) -> None:
    path = write(
        events=[event("one", "1900-11-02"), event("two", "1904-01-03"), event("some", "1904")]
    )
    first, *years, _, unknown = run(f"counts --grid --width 80 --data {path}").out.splitlines()
    assert first.split() == list("JFMAMJJASOND")
    assert [line.split() for line in years] == [
        ["1900", "1", "·"], ["1901–1903"], ["1904", "1"],
    ]  # fmt: skip
    assert unknown == "No month known: 1"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--by weekday", "events cannot be counted by 'weekday'"),
        ("--by yeer", "Did you mean year?"),
        ("--by side --grid", "--grid counts by month, not by side"),
    ],
)
def test_other_counts_are_refused(run: Run, options: str, told: str) -> None:
    outcome = run(f"counts {options}")
    assert (outcome.code, told in outcome.err) == (2, True)
