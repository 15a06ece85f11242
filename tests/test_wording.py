"""Rows in words, as screens and pages say them."""

import pytest

from withdrawal_cli.wording import figure_text


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
