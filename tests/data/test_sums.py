"""The sums that must close, and those that must not, from the dataset's own figures."""

import pytest

from tests.data.test_record import data
from withdrawal_cli.model import Estimate

YEARS = [f"soviet-dead-{year}" for year in range(1979, 1990)]


def best(identifier: str) -> int:
    estimate = data().by_id[identifier]
    assert isinstance(estimate, Estimate)
    assert estimate.best is not None
    return estimate.best


@pytest.mark.parametrize(
    ("whole", "parts", "expected"),
    [
        ("soviet-dead-13833", ["soviet-dead-13310", "soviet-dead-in-withdrawal-523"], 0),
        ("soviet-dead-13835", ["soviet-dead-13310", "soviet-dead-in-withdrawal-525"], 0),
        ("soviet-dead-13836", ["soviet-dead-13310", "soviet-dead-in-withdrawal-526"], 0),
        ("soviet-dead-in-withdrawal-523", ["soviet-dead-in-withdrawal-derived"], 0),
        (
            "soviet-dead-14453",
            [
                "soviet-killed-in-action-9511",
                "soviet-died-of-wounds-2386",
                "soviet-died-of-disease-2556",
            ],
            0,
        ),
        (
            "soviet-withdrawn-both-phases",
            ["soviet-withdrawn-phase-one", "soviet-withdrawn-phase-two"],
            0,
        ),
        (
            "soviet-strength-100300",
            ["soviet-withdrawn-phase-one", "soviet-withdrawn-phase-two"],
            17,
        ),
        ("soviet-dead-13836", YEARS, 0),
        ("soviet-dead-13833", YEARS, -3),
        ("soviet-dead-13835", YEARS, -1),
    ],
)
def test_a_whole_less_its_parts(whole: str, parts: list[str], expected: int) -> None:
    assert best(whole) - sum(map(best, parts)) == expected


@pytest.mark.parametrize(
    ("figures", "numbers"),
    [
        (["soviet-dead-in-withdrawal-523", "mujahideen-killed-in-withdrawal-1200"], [523, 1200]),
        (
            ["soviet-dead-13310", "soviet-dead-13833", "soviet-dead-13835", "soviet-dead-13836"],
            [13310, 13833, 13835, 13836],
        ),
        (
            [
                "soviet-killed-in-action-9511",
                "soviet-died-of-wounds-2386",
                "soviet-died-of-disease-2556",
            ],
            [9511, 2386, 2556],
        ),
        (
            [
                "soviet-withdrawn-phase-one",
                "soviet-withdrawn-phase-two",
                "soviet-withdrawn-both-phases",
            ],
            [50183, 50100, 100283],
        ),
        (
            ["soviet-strength-100300", "soviet-strength-115000-may-1988", "soviet-strength-zero"],
            [100300, 115000, 0],
        ),
        (["soviet-dead-14453", "soviet-dead-15051"], [14453, 15051]),
        (["garrisons-handed-over", "garrisons-still-held"], [10, 8]),
        (YEARS, [86, 1484, 1298, 1948, 1446, 2346, 1868, 1333, 1215, 759, 53]),
    ],
)
def test_the_figures_are_those_of_the_sources(figures: list[str], numbers: list[int]) -> None:
    assert [best(identifier) for identifier in figures] == numbers


def test_parts_that_close_within_tables_of_the_sick_and_the_aircraft() -> None:
    figures = {estimate.best for estimate in data().estimates if estimate.best is not None}
    for parts in [
        (53_753, 415_932),
        (115_308, 31_080, 269_544),
        (27, 13),
        (118, 333),
        (14_427, 576, 28),
    ]:
        assert {*parts, sum(parts)} <= figures
