"""Rows in words, as screens and pages say them."""

from types import SimpleNamespace

import pytest

from withdrawal_cli.dates import parse_edtf
from withdrawal_cli.model import Estimate, Source
from withdrawal_cli.wording import day_of_subject, figure_of, figure_text, short_source, work_text


@pytest.mark.parametrize(
    ("low", "best", "high", "said"),
    [
        (None, 523, None, "523"),
        (None, 12000, 15000, "12,000 (up to 15,000)"),
        (9000, 12000, None, "12,000 (9,000+)"),
        (9000, 12000, 15000, "12,000 (9,000 to 15,000)"),
        (12000, 12000, 15000, "12,000 (15,000)"),
        (None, 12000, 12000, "12,000"),
        (12000, 12000, None, "12,000"),
        (0, 0, 0, "0"),
        (20, None, None, "20+"),
        (0, None, None, "0+"),
        (None, None, 30, "up to 30"),
        (20, None, 30, "20 to 30"),
        (20, None, 20, "20"),
        (None, None, None, "–"),
    ],
)
def test_a_figure_keeps_every_number_that_its_source_gives(
    low: int | None, best: int | None, high: int | None, said: str
) -> None:
    assert figure_text(low, best, high) == said


def test_a_figure_without_a_number_is_the_words_of_its_source() -> None:
    assert figure_text(None, None, None, "several") == "several"
    assert figure_text(None, 3, None, "several") == "3"


@pytest.mark.parametrize(
    ("figures", "unit", "said"),
    [
        ((None, 12, None), "people", "12"),
        ((None, 12, None), "%", "12%"),
        ((9, None, 12), "tanks", "9 to 12 tanks"),
        ((None, None, None), "%", "several"),
        ((None, None, None), "tanks", "several"),
    ],
)
def test_only_a_number_is_given_its_unit(
    figures: tuple[int | None, int | None, int | None], unit: str, said: str
) -> None:
    low, best, high = figures
    estimate = Estimate(
        id="a-figure", measure="tanks", low=low, best=best, high=high, unit=unit, text="several"
    )
    assert figure_of(estimate) == said


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Of Sieges", "Of Sieges. Nowhere Press"),
        ("Why a siege?", "Why a siege? Nowhere Press"),
        ("A siege!", "A siege! Nowhere Press"),
        ("It ended.", "It ended. Nowhere Press"),
    ],
)
def test_a_title_ends_with_one_stop(title: str, said: str) -> None:
    source = Source(id="of-sieges", type="book", title=title, publisher="Nowhere Press")
    assert work_text(source) == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"day": 1, "last_day": 1}, "day 1 of 277"),
        ({"day": 2, "last_day": 9}, "days 2 to 9 of 277"),
        ({"days_before": 1}, "1 day before the first"),
        ({"day": 29_221, "last_day": 29_585, "subject_days": 52_961}, "–"),
        ({"days_after": 1200}, "3.3 years after the last"),
        ({}, "–"),
    ],
)
def test_a_time_lies_in_the_subject_before_it_or_after_it(
    fields: dict[str, int], said: str
) -> None:
    unknown = dict.fromkeys(("day", "last_day", "days_before", "days_after"))
    row = SimpleNamespace(**{**unknown, "subject_days": 277, **fields})
    assert day_of_subject(row) == said


@pytest.mark.parametrize(
    ("authors", "issued", "said"),
    [
        (["Hill, Jr., Thomas", "Lee, Ann"], "1988", "Hill and Lee 1988"),
        (["de la Cruz, Juan", "Lee, Ann", "Poe, Al"], "1988-05~", "de la Cruz and others 1988"),
        (["Reuters,"], "198X", "Reuters 1980s"),
        ([", John"], "[1988,1989]", "John 1988 or 1989"),
        ([], None, "A book"),
    ],
)
def test_a_source_is_who_says_it_and_when(
    authors: list[str], issued: str | None, said: str
) -> None:
    when = parse_edtf(issued) if issued else None
    source = Source(id="one", type="book", title="A book", authors=tuple(authors), issued=when)
    assert short_source(source) == said
