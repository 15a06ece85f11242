"""A figure that counts only a part is never shown as one of the whole."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Run, ids

SUBJECT = "1900-01-01/1900-03-31"
ESTIMATES = [
    {"id": "all-of-them", "measure": "withdrawn", "side": "reds", "date": SUBJECT, "best": 900},
    {
        "id": "one-battalion",
        "measure": "withdrawn",
        "side": "reds",
        "date": SUBJECT,
        "best": 70,
        "part": True,
    },
    {"id": "dead-some-day", "measure": "dead", "side": "reds", "best": 3},
    {"id": "all-dead", "measure": "dead", "side": "reds", "date": SUBJECT, "best": 12},
    {
        "id": "officers-dead",
        "measure": "dead",
        "side": "reds",
        "date": SUBJECT,
        "best": 2,
        "part": True,
    },
    {"id": "army", "measure": "strength", "side": "reds", "date": "1900-01-01", "best": 900},
    {
        "id": "palace-guard",
        "measure": "strength",
        "side": "reds",
        "date": "1900-01-01",
        "best": 40,
        "part": True,
    },
]


@pytest.fixture
def ask(asking: Callable[..., Callable[[str], Any]]) -> Callable[[str], Any]:
    sides = [{"id": "reds", "name": "The Reds"}]
    phases = [{"id": "winter", "title": "Winter", "date": SUBJECT}]
    return asking(sides=sides, phases=phases, estimates=ESTIMATES)


def test_a_phase_counts_the_whole_and_only_numbers_the_parts(ask: Callable[[str], Any]) -> None:
    [winter] = ask("phases")
    assert (ids(winter["withdrawn"]), ids(winter["casualties"]), winter["partial_casualties"]) == (
        "all-of-them",
        "all-dead",
        1,
    )


def test_a_phase_and_a_figure_say_their_first_and_their_last_day(
    ask: Callable[[str], Any],
) -> None:
    [winter] = ask("phases")
    for row in (winter, winter["casualties"][0]):
        assert (row["earliest"], row["latest"]) == ("1900-01-01", "1900-03-31")


def test_a_count_of_garrisons_stands_under_the_phase_in_which_it_was_made(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    phases = [{"id": "winter", "title": "Winter", "date": SUBJECT}]
    counts = [
        {"id": "undated"},
        {"id": "in-may", "date": "1900-05-01"},
        {"id": "in-march", "date": "1900-03"},
    ]
    estimates = [{"measure": "garrisons", "best": 4, **fields} for fields in counts]
    [winter] = asking(phases=phases, estimates=estimates)("phases")
    assert ids(winter["garrisons"]) == "in-march"


def test_the_card_gives_the_strength_of_the_whole_force(ask: Callable[[str], Any]) -> None:
    assert ids(ask("overview")["strength"]) == "army"


def test_a_figure_says_whether_it_is_a_part(
    run: Run, write: Callable[..., str], ask: Callable[[str], Any]
) -> None:
    assert [row["part"] for row in ask("casualties")] == [False, False, True]
    path = write(sides=[{"id": "reds", "name": "The Reds"}], estimates=ESTIMATES)
    assert (
        "Part        it does not count the whole"
        in run(f"show palace-guard --data {path} --width 80").out
    )
    assert "Part" not in run(f"show army --data {path} --width 80").out
