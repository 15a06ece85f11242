"""What a name means: which ids are near an unknown one, and what a refusal lists."""

from collections.abc import Callable

import pytest

from tests.conftest import event
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.queries.names import find_ids, find_record, nearest, rank_records


def test_equally_near_ids_come_in_alphabetical_order() -> None:
    assert nearest("lee", [("leed", "z-lee"), ("leed", "a-lee")], 0.5) == ["a-lee", "z-lee"]


def test_an_id_is_as_near_as_the_nearest_of_its_names() -> None:
    named = [("annalee", "zoe"), ("annalees", "zoe"), ("annaleed", "bob")]
    assert nearest("annalee", named, 0.5) == ["zoe", "bob"]


def test_far_names_are_not_suggested_beside_a_near_one() -> None:
    named = [("siege-begins", "siege-begins"), ("siege-ends", "siege-ends")]
    assert nearest("siege-bgins", named, 0.5) == ["siege-begins"]


def test_no_more_names_are_compared_than_allowed() -> None:
    named = [("leed", "first"), ("lees", "second"), ("leet", "third")]
    assert nearest("lee", named, 0.5, most=2) == ["first", "second"]


def test_a_title_that_is_the_words_comes_before_one_that_has_them_and_sources_last(
    write: Callable[..., str],
) -> None:
    sources = [{"id": "book", "type": "book", "title": "Red Sea"}]
    events = [event("one", title="To the Red Sea"), event("two", title="Red Sea")]
    dataset = load_dataset(write(sources=sources, events=events))
    assert [item.id for _, item in rank_records(dataset, "red sea")] == ["two", "one", "book"]


@pytest.mark.usefixtures("bundled")
def test_a_word_of_a_name_is_near_too() -> None:
    with pytest.raises(WithdrawalError) as refused:
        find_ids(load_dataset(), "people", ["groomov"])
    assert refused.value.hint == "Did you mean boris-gromov or maxim-gromov?"


@pytest.mark.usefixtures("bundled")
def test_nobody_is_nobody() -> None:
    with pytest.raises(WithdrawalError) as refused:
        find_ids(load_dataset(), "people", ["nobody"])
    assert "Did you mean" not in (refused.value.hint or "")


@pytest.mark.parametrize(("count", "more"), [(2, None), (10, None), (11, "  and 1 more")])
def test_a_name_that_means_many_lists_ten_of_them(
    write: Callable[..., str], count: int, more: str | None
) -> None:
    people = [{"id": f"lee-{letter}", "name": f"Lee {letter}"} for letter in "abcdefghijkl"[:count]]
    with pytest.raises(WithdrawalError) as refused:
        find_record(load_dataset(write(people=people)), "lee")
    lines = (refused.value.hint or "").splitlines()[1:]
    assert len([line for line in lines if line.startswith("  lee-")]) == min(count, 10)
    assert [line for line in lines if "more" in line] == (
        [f"{more}; withdrawal search finds words"] if more else []
    )


@pytest.mark.parametrize(
    ("count", "hint"),
    [
        (0, "The data has no people."),
        (12, "Choose from " + ", ".join(f"x-{letter}" for letter in "abcdefghijkl") + "."),
        (13, "The data has 13 people; withdrawal people lists them."),
    ],
)
def test_an_unknown_name_is_answered_with_all_there_are_if_they_are_few(
    write: Callable[..., str], count: int, hint: str
) -> None:
    people = [{"id": f"x-{letter}", "name": letter} for letter in "abcdefghijklm"[:count]]
    with pytest.raises(WithdrawalError, match="there is no person 'qqqqqq'") as refused:
        find_ids(load_dataset(write(people=people)), "people", ["qqqqqq"])
    assert refused.value.hint == hint
