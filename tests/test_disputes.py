"""`disputes`, and the places where the other commands say that sources disagree."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len

from tests.conftest import Run, event, ids
from tests.test_process import on_a_terminal


def estimate(identifier: str, dispute: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "dispute": dispute,
        "measure": "dead",
        "citations": [{"source": "a-book"}],
        **fields,
    }


WAR: dict[str, Any] = {
    "events": [event("siege-begins", side="reds"), event("siege-ends"), event("feast")],
    "sides": [{"id": "reds", "name": "The Reds"}, {"id": "blues", "name": "The Blues"}],
    "people": [{"id": "ann-lee", "name": "Ann Lee", "side": "blues"}],
    "sources": [
        {"id": "a-book", "type": "book", "title": "A Book", "authors": ["Ford, Max"], "issued": "1901", "perspective": "reds"},
        {"id": "a-paper", "type": "article-newspaper", "title": "News", "container": "Town Press", "perspective": "press"},
    ],
    "estimates": [
        estimate("dead-many", "how-many", side="reds", text="many", certainty="uncertain"),
        estimate("dead-ninety", "how-many", side="reds", low=80, high=90, event="siege-ends"),
        estimate("dead-ten", "how-many", side="reds", best=10, scope="Only in Old Town."),
        estimate("dead-forty", "how-many", side="reds", best=40, rank="preferred", reason="The clerk was there."),
        estimate("dead-none", "how-many", side="reds", best=0, rank="deprecated", reason="Not meant."),
        estimate("share-lost", "how-many", best=900, unit="per cent"),
        estimate("cost-coins", "what-cost", measure="cost", best=5, unit="coins"),
        estimate("cost-cows", "what-cost", measure="cost", best=7, unit="cows"),
        estimate("lone-figure", "who-won", best=3),
    ],
    "disputes": [
        {"id": "how-many", "title": "How many Reds died?", "about": ["siege-begins"], "explanation": "Two counts.",
         "citations": [{"source": "a-book", "locator": "p. 3"}]},
        {"id": "what-cost", "title": "What did it cost?"},
        {"id": "who-won", "title": "Who won?", "about": ["ann-lee", "feast"], "accounts": [
            {"says": "The Reds won at the Élysée.", "citations": [{"source": "a-book", "locator": "p. 9"}]},
            {"says": "Nobody won.", "date": "1900-03", "rank": "preferred", "reason": "They all said so.",
             "certainty": "less-certain", "citations": [{"source": "a-paper"}]},
        ]},
    ],
}  # fmt: skip


@pytest.fixture
def ask(asking: Callable[..., Callable[[str], Any]]) -> Callable[[str], Any]:
    """Return a function that asks the small war and gives the JSON."""
    return asking(**WAR)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("disputes", "how-many what-cost who-won"),
        ("disputes --reverse -n 2", "who-won what-cost"),
        ("disputes -n 0", ""),
        ("disputes who-won", "who-won"),
        ("disputes REDS cost", "how-many what-cost"),
        ("disputes --about siege-begins", "how-many"),
        ("disputes --about siege-ends", "how-many"),
        ("disputes --about 'ann lee'", "who-won"),
        ("disputes --about siege --about feast", "how-many who-won"),
        ("disputes --about dead-ten", "how-many"),
        ("disputes --side reds", "how-many"),
        ("disputes --side blues", "who-won"),
        ("disputes --measure cost", "what-cost"),
        ("disputes --measure dead --measure cost", "how-many what-cost who-won"),
        ("disputes --match elysee", "who-won"),
        ("disputes --match 'THE CLERK' --match 'old town'", "how-many"),
        ("disputes --match won --side reds", ""),
        ("timeline --disputed", "feast siege-begins siege-ends"),
        (
            "casualties --disputed --side reds",
            "dead-forty dead-ninety dead-ten dead-many dead-none",
        ),
    ],
)
def test_filters_choose_and_narrow(ask: Callable[[str], Any], line: str, found: str) -> None:
    assert ids(ask(line)) == found


def test_answers_stand_by_rank_then_by_unit_then_by_size_and_words_last(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    answers = [
        estimate("in-coins", "how-many", best=1, unit="coins"),
        estimate("set-aside", "how-many", best=1, rank="deprecated", reason="Not meant."),
        estimate("words", "how-many", text="many"),
        estimate("ten-to-thirty", "how-many", low=10, high=30),
        estimate("ten-to-twenty", "how-many", low=10, high=20),
        estimate("five", "how-many", best=5),
        estimate("one-to-ninety", "how-many", low=1, high=90),
        estimate("preferred", "how-many", best=40, rank="preferred", reason="Better."),
    ]
    question = {"id": "how-many", "title": "How many?"}
    ask = asking(sources=WAR["sources"], disputes=[question], estimates=answers)
    assert ids(ask("disputes how-many")[0]["estimates"]) == (
        "preferred one-to-ninety five ten-to-twenty ten-to-thirty words in-coins set-aside"
    )


def test_the_record_of_a_dispute_has_every_promised_key_in_order(ask: Callable[[str], Any]) -> None:
    [row] = ask("disputes who-won")
    assert list(row) == [
        "id", "title", "about", "answers", "low", "high", "unit", "preferred", "explanation", "accounts", "estimates",
        "sources", "citations", "importance", "short_answer",
    ]  # fmt: skip
    assert (row["answers"], row["preferred"], row["explanation"], row["about"]) == (
        3,
        "Nobody won.",
        None,
        ["ann-lee", "feast"],
    )
    assert (row["sources"], row["citations"], ids(row["estimates"])) == (
        ["a-paper", "a-book"],
        [],
        "lone-figure",
    )
    assert row["accounts"][0] == {
        "says": "Nobody won.",
        "date": "1900-03",
        "rank": "preferred",
        "reason": "They all said so.",
        "certainty": "less-certain",
        "sources": ["a-paper"],
        "citations": [{"source": "a-paper", "locator": None}],
    }


def test_the_preferred_answer_comes_first_and_the_figures_from_the_lowest_up(
    ask: Callable[[str], Any],
) -> None:
    [row] = ask("disputes how-many")
    assert ids(row["estimates"]) == "dead-forty dead-ten dead-ninety dead-many share-lost dead-none"
    assert (row["answers"], row["preferred"]) == (6, "dead-forty")


def test_figures_with_one_lowest_number_come_in_the_order_of_their_highest(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    estimates = [
        estimate("ten-to-ninety", "how-many", low=10, high=90),
        estimate("ten-to-forty", "how-many", low=10, high=40),
        estimate("just-ten", "how-many", best=10),
    ]
    [row] = asking(**{**WAR, "estimates": estimates})("disputes how-many")
    assert ids(row["estimates"]) == "just-ten ten-to-forty ten-to-ninety"


def test_the_spread_is_that_of_the_unit_in_which_most_figures_are_given(
    ask: Callable[[str], Any],
) -> None:
    spreads = {row["id"]: (row["low"], row["high"], row["unit"]) for row in ask("disputes")}
    assert spreads == {
        "how-many": (0, 90, "people"),
        "what-cost": (None, None, None),
        "who-won": (None, None, None),
    }


def test_two_units_with_as_many_figures_have_no_spread_and_an_explanation_has_its_source(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    estimates = [
        estimate(f"{unit}-{best}", "how-many", best=best, unit=unit, citations=[])
        for unit in ("people", "cows")
        for best in (1, 2)
    ]
    [row] = asking(**{**WAR, "estimates": estimates})("disputes how-many")
    assert (row["low"], row["high"], row["unit"]) == (None, None, None)
    assert row["sources"] == ["a-book"]


def test_show_names_the_disputes_of_an_event(
    ask: Callable[[str], Any], run: Run, write: Callable[..., str]
) -> None:
    assert ids(ask("show siege-begins")["disputes"]) == "how-many"
    assert (
        "Sources disagree: Who won?  who-won"
        in run(f"show feast --width 80 --data {write(**WAR)}").out
    )


@pytest.mark.parametrize(
    ("line", "code", "problem", "way_out"),
    [
        ("disputes who-one", 1, "there is no dispute 'who-one'", "Did you mean who-won"),
        ("disputes --about ann-leee", 1, "there is no record 'ann-leee'", "Did you mean ann-lee?"),
        ("disputes --side greens", 1, "there is no side 'greens'", ""),
        ("disputes --measure money", 2, "there is no measure 'money'", "Choose from dead, killed"),
        (
            "disputes --fields question",
            2,
            "there is no field 'question'",
            "Choose from id, title, about, answers",
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(
    run: Run, write: Callable[..., str], line: str, code: int, problem: str, way_out: str
) -> None:
    outcome = run(f"{line} --data {write(**WAR)}")
    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err.startswith(f"withdrawal: {problem}\n")
    assert way_out in outcome.err


def test_in_a_pipe_each_dispute_is_a_line(run: Run, write: Callable[..., str]) -> None:
    assert run(f"disputes --data {write(**WAR)}").out == (
        "QUESTION             ANSWERS  SPREAD   ID         ABOUT         PREFERRED    IMPORTANCE  SHORT ANSWER\n"
        "How many Reds died?        6  0 to 90  how-many   Siege begins  dead-forty   notable     -\n"
        "What did it cost?          2  -        what-cost  -             -            notable     -\n"
        "Who won?                   3  -        who-won    Ann Lee +1    Nobody won.  notable     -\n"
    )


def test_the_smallest_file_has_no_disputes(run: Run, write: Callable[..., str]) -> None:
    assert run(f"disputes --json --data {write()}").out == "[]\n"
    assert run(f"disputes --width 80 --data {write()}").code == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--about boris-gromov", " disputes; withdrawal disputes ID shows one in full.\n"),
        ("--match xqzzy", "No dispute matches. The data has "),
        ("gromovs-rank", ""),
    ],
)
def test_the_note_counts(line: str, said: str) -> None:
    talk = on_a_terminal("disputes", *line.split())[1]
    assert said in talk
    assert bool(said) == bool(talk)


def test_a_dispute_on_screen_sets_each_answer_beside_who_gives_it(
    run: Run, write: Callable[..., str], golden: Callable[[str, str], None]
) -> None:
    golden(
        "disputes-by-hand-80.txt",
        run(f"disputes how-many who-won --width 80 --data {write(**WAR)}").out,
    )


@pytest.mark.parametrize("line", ["disputes", "disputes how"])
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_line_but_that_of_an_address_is_wider_than_the_screen(
    run: Run, line: str, columns: int
) -> None:
    lines = run(f"{line} --width {columns}").out.splitlines()
    # A zero-width joiner takes no column.
    assert [line for line in lines if cell_len(line) > columns and "://" not in line] == []


def test_every_disputed_event_names_its_disputes(run: Run) -> None:
    disputed = json.loads(run("timeline --disputed --json").out)
    assert len(disputed) >= 5
    assert all(row["disputes"] for row in disputed)
    crossing = next(row for row in disputed if row["id"] == "gromov-crosses-bridge")
    screen = run("show gromov-crosses-bridge --width 120").out
    assert all(identifier in screen for identifier in crossing["disputes"])


# --- the key disputes, and how far apart answers are -----------------------------------------------

RANKED: dict[str, Any] = WAR | {
    "disputes": [
        {"id": "a-birthday", "title": "When was Ann born?", "importance": "detail"},
        {"id": "who-won", "title": "Who won?", "importance": "notable"},
        {"id": "how-many", "title": "How many Reds died?", "importance": "key", "short_answer": "About 40.", "about": ["siege-begins"]},
        {"id": "what-cost", "title": "What did it cost?", "importance": "key"},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("disputes", "how-many what-cost"),
        ("disputes --reverse -n 1", "what-cost"),
        ("disputes --all", "how-many what-cost who-won a-birthday"),
        ("disputes --match w", "how-many what-cost who-won a-birthday"),
        ("disputes birthday who", "who-won a-birthday"),
    ],
)
def test_without_a_filter_there_are_the_key_disputes_and_else_they_come_first(
    asking: Callable[..., Callable[[str], Any]], line: str, found: str
) -> None:
    assert ids(asking(**RANKED)(line)) == found


def test_the_screen_answers_draws_the_spread_and_says_what_is_left_out(
    run: Run, write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = f"disputes --width 60 --data {write(**RANKED)}"
    assert run(line).out == (
        "How many Reds died?  how-many\n"
        "  About 40.\n"
        "  0 •·•·····◆·······─── 90  6 answers, one preferred\n"
        "\n"
        "What did it cost?  what-cost\n"
        "  2 answers\n"
        "\n"
        "• a figure   ─ a range   ◆ the preferred one, drawn to scale\n"
        "\n"
        "Left out: 2 of 4 disputes, none of them key. --all shows\n"
        "them.\n"
    )
    monkeypatch.setenv("ACCESSIBLE", "1")
    assert "\n0 to 90, 6 answers, one preferred\n" in run(line).out


@pytest.mark.parametrize(
    "line", ["casualties --all", "search hospital", "disputes how-many", "show how-many"]
)
def test_a_figure_says_what_it_counts_in_english(
    run: Run, write: Callable[..., str], line: str
) -> None:
    figure = estimate("hurt", "how-many", best=8, measure="died-of-wounds", scope="In hospital.")
    path = write(**{**WAR, "estimates": [figure]})
    shown = " ".join(run(f"{line} --width 100 --data {path}").out.split())
    assert ("died of wounds" in shown, "died-of-wounds" in shown) == (True, False)
