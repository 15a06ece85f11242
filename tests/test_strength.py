"""`withdrawal strength`: order, rivals, parts, silences, bars."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ABOUT, Run, event
from tests.test_process import on_a_terminal
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.dates import parse_edtf
from withdrawal_cli.model import Estimate
from withdrawal_cli.queries.filters import Filters
from withdrawal_cli.queries.strength import silences, summarize_strength
from withdrawal_cli.views.strength import bar

SOURCES = [
    {
        "id": "red-gazette",
        "type": "article-newspaper",
        "title": "The Red Gazette",
        "issued": "1900",
        "perspective": "reds",
    },
    {
        "id": "the-times",
        "type": "article-newspaper",
        "title": "The Times",
        "issued": "1900",
        "perspective": "press",
    },
    {"id": "old-map", "type": "map", "title": "An old map"},
]


def figure(
    identifier: str, date: str | None, best: int | None = None, **fields: Any
) -> dict[str, Any]:
    made = {
        "id": identifier,
        "measure": "strength",
        "side": "reds",
        "date": date,
        "best": best,
        **fields,
    }
    made.setdefault("citations", [{"source": "the-times"}])
    return {name: content for name, content in made.items() if content is not None}


WAR = {
    "dataset": {**ABOUT, "subject": "1900-01-01/1900-12-31", "belligerents": [{"side": "reds"}, {"side": "blues"}]},
    "sides": [{"id": "greens", "name": "The Greens"}, {"id": "reds", "name": "The Reds"}, {"id": "blues", "name": "The Blues"}],
    "sources": SOURCES,
    "phases": [{"id": "autumn", "title": "Autumn", "date": "1900-09-01/1900-11-30"}],
    "disputes": [{"id": "how-strong", "title": "How strong were the Reds?"}],
    "estimates": [
        figure("peak", "1899/1901", low=1000, high=1600, scope="At their strongest."),
        figure("gate-guard", "1900-01-05", 80, part=True, scope="The guard of the south gate."),
        figure("times-count", "1900-01-05", 900, dispute="how-strong", scope="All Reds."),
        figure("official-count", "1900-01-05", 800, dispute="how-strong", scope="All Reds, as announced.", rank="preferred",
               reason="The clerk counted them.", citations=[{"source": "red-gazette"}, {"source": "the-times"}]),
        figure("about-then", "1900-01-05~", 850, certainty="less-certain"),
        figure("a-third", "1900-02", low=250, best=300, high=400),
        figure("hut", "1900-06-01", text="a few men", part=True),
        figure("old-rumour", "1900-06-15", 5000, rank="deprecated", reason="Printed by mistake."),
        figure("none-left", "1900-12-31", 0, scope="The army; the doctors stayed.", citations=[]),
        figure("guns-too", "1900-01-05", 12, unit="guns"),
        figure("blue-count", "1900-01-10", low=100, side="blues", citations=[{"source": "old-map"}]),
        figure("strangers", None, high=20, side=None),
        {"id": "dead-ten", "measure": "dead", "side": "reds", "date": "1900-01-05", "best": 10},
    ],
}  # fmt: skip


@pytest.fixture
def war(write: Callable[..., str]) -> str:
    return write(**WAR)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "",
            "official-count times-count about-then a-third old-rumour none-left guns-too",
        ),
        (
            "--side reds",
            "peak official-count times-count about-then gate-guard a-third hut old-rumour none-left guns-too",
        ),
        ("--side blues", "blue-count"),
        ("--side reds --side blues --from 1900-01-06 --to 1900-01-31", "peak blue-count"),
        (
            "--all -n 20 --during 1900-01 --surely",
            "official-count times-count about-then gate-guard guns-too blue-count",
        ),
        ("--all --match stayed", "none-left"),
        ("--source red-gazette", "official-count"),
        ("--disputed", "official-count times-count"),
        ("--side reds --reverse -n 3", "none-left old-rumour hut"),
        ("-n 0", ""),
        ("--during 1950", ""),
    ],
)
def test_figures_stand_in_order_of_date_and_the_leading_side_is_chosen(
    run: Run, war: str, line: str, found: str
) -> None:
    outcome = run(f"strength {line} --data {war} --json")
    assert (outcome.code, outcome.err) == (0, "")
    assert " ".join(row["id"] for row in json.loads(outcome.out)) == found


def test_with_all_a_figure_without_side_and_date_comes_last(run: Run, war: str) -> None:
    rows = json.loads(run(f"strength --all --data {war} --json").out)
    assert [row["id"] for row in rows][-2:] == ["blue-count", "strangers"]


def test_a_file_without_belligerents_shows_every_side(run: Run, write: Callable[..., str]) -> None:
    path = write(**{**WAR, "dataset": ABOUT})
    assert len(json.loads(run(f"strength --from 1800 --data {path} --json").out)) == 11
    assert json.loads(run(f"strength --data {write(events=[event('one')])} --json").out) == []


def test_a_row_is_an_estimate_with_the_perspectives_of_its_sources(run: Run, war: str) -> None:
    [row] = json.loads(run(f"strength --source red-gazette --data {war} --json").out)
    assert (row["perspectives"], row["sources"], row["part"]) == (
        ["reds", "press"],
        ["red-gazette", "the-times"],
        False,
    )
    assert list(row)[-3:] == ["citations", "importance", "perspectives"]
    [row] = json.loads(run(f"strength --side blues --data {war} --json").out)
    assert row["perspectives"] == []


def test_a_perspective_that_several_sources_have_stands_once(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    books = [
        {"id": f"book-{n}", "type": "book", "title": "A book", "perspective": "academic"}
        for n in range(2)
    ]
    cited = figure("counted", "1900", 5, citations=[{"source": book["id"]} for book in books])
    [row] = asking(sides=WAR["sides"], sources=books, estimates=[cited])("strength --all")
    assert (row["sources"], row["perspectives"]) == (["book-0", "book-1"], ["academic"])


def silence_lines(run: Run, war: str, line: str = "") -> list[str]:
    return [
        text.strip()
        for text in run(f"strength {line} --data {war} --width 100").out.splitlines()
        if "no figure" in text
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "7 of 12 strength figures."),
        (
            "--from 1900",
            "From 1 Jan 1900, 10 of 12 strength figures, those of The Reds; --all shows every side.",
        ),
        ("--all", "12 of 12 strength figures."),
        (
            "--side blues --from 1900-02",
            "From 1 Feb 1900, no strength figure matches. The data covers 1899 – 1901 with 12 strength figures.",
        ),
    ],
)
def test_on_a_terminal_the_count_says_which_side_is_shown(war: str, line: str, said: str) -> None:
    _, talk = on_a_terminal("strength", "--data", war, *line.split())
    assert talk == f"{said}\n"


@pytest.mark.parametrize(
    ("belligerents", "said"),
    [
        (
            ["reds"],
            "The whole force, 1 Jan to 31 Dec 1900; 5 more: --side reds, --all.",
        ),
        ([], "The whole force, 1 Jan to 31 Dec 1900; 4 more: --all."),
    ],
)
def test_the_screen_says_which_figures_it_leaves_out(
    write: Callable[..., str], belligerents: list[str], said: str
) -> None:
    about = {
        **ABOUT,
        "subject": "1900-01-01/1900-12-31",
        "belligerents": [{"side": side} for side in belligerents],
    }
    dataset = load_dataset(write(**{**WAR, "dataset": about}))
    assert summarize_strength(dataset, Filters()).left_out(dataset, None) == said


SILENCE = "no figure of the whole force between 28 Feb 1900 and 31 Dec 1900 (306 days)"
OF_GUNS = "no figure of the whole force between 5 Jan 1900 and 31 Dec 1900 (360 days)"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", [SILENCE, OF_GUNS]),
        ("--during 1900-07", [SILENCE, OF_GUNS]),
        ("--phase autumn --surely", [SILENCE, OF_GUNS]),
        ("--phase autumn --to 1900-02", []),
        ("--reverse", [SILENCE, OF_GUNS]),
        ("--to 1900-02-28", [OF_GUNS]),
        ("--from 1900-12-31", []),
        ("--match gate", []),
        ("--source the-times", []),
        ("--disputed", []),
        ("--certainty certain", []),
        ("-n 4", []),
        (
            "--side blues",
            ["no figure of the whole force between 10 Jan 1900 and 31 Dec 1900 (355 days)"],
        ),
        ("--side greens", []),
    ],
)
def test_a_silence_of_the_record_is_said_where_no_whole_figure_breaks_it(
    run: Run, war: str, line: str, said: list[str]
) -> None:
    assert silence_lines(run, war, line) == said


@pytest.mark.parametrize("subject", ["1900/..", "../1900", "1900/"])
def test_a_subject_without_a_first_or_a_last_day_has_no_silences(subject: str) -> None:
    known = Estimate(id="one", measure="strength", best=1, date=parse_edtf("1900-05-01"))
    assert silences([known], parse_edtf(subject)) == []


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ("", ""),
        ("1800-01-01", "1900-01-01..1900-12-31"),
        ("1900-01-01", "1900-01-01..1900-12-31"),
        ("1900-03-02 1900-05-01 1900-06-30 1900-08-29 1900-10-28", "1900-10-28..1900-12-31"),
        ("1900-03-03 1901-01-01", "1900-01-01..1900-03-03 1900-03-03..1900-12-31"),
        (
            "1900-02 1900-02-03 1900-05-01 1900-06-01/1900-07-20 1900-09-10 1900-11-01",
            "1900-02-28..1900-05-01",
        ),
    ],
)
def test_silences_lie_inside_the_subject_and_last_more_than_60_days(dates: str, found: str) -> None:
    known = [
        Estimate(id=f"e-{text}", measure="strength", date=parse_edtf(text), best=1)
        for text in dates.split()
    ]
    said = [
        f"{item.after}..{item.before}"
        for item in silences(known, parse_edtf("1900-01-01/1900-12-31"))
    ]
    assert " ".join(said) == found


@pytest.mark.parametrize(
    ("numbers", "part", "drawn"),
    [
        ((None, 100, None), False, "██████████"),
        ((None, 55, None), False, "█████▌"),
        ((None, 1, None), False, "▏"),
        ((None, 0, None), False, ""),
        ((50, None, 80), False, "█████░░░"),
        ((50, 60, 80), False, "█████▒░░"),
        ((None, None, 30), False, "░░░"),
        ((40, None, None), False, "████"),
        ((None, None, None), False, ""),
        ((None, 30, None), True, "───"),
        ((None, 1, None), True, "─"),
        ((20, None, 50), True, "──╌╌╌"),
    ],
)
def test_a_bar_is_to_scale(
    numbers: tuple[int | None, int | None, int | None], part: bool, drawn: str
) -> None:
    low, best, high = numbers
    text = None if any(number is not None for number in numbers) else "some"
    assert (
        bar(
            Estimate(
                id="one", measure="strength", low=low, best=best, high=high, text=text, part=part
            ),
            100,
            10,
        )
        == drawn
    )


@given(st.lists(st.integers(0, 10**9), min_size=3, max_size=3), st.booleans(), st.integers(1, 200))
def test_a_bar_never_leaves_its_room_and_only_nothing_has_none(
    numbers: list[int], part: bool, room: int
) -> None:
    low, best, high = sorted(numbers)
    drawn = bar(
        Estimate(id="one", measure="strength", low=low, best=best, high=high, part=part),
        max(high, 1),
        room,
    )
    assert len(drawn) <= room
    assert bool(drawn) == (high > 0)


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_the_screen_of_a_small_war(
    run: Run, war: str, golden: Callable[[str, str], None], columns: int
) -> None:
    outcome = run(f"strength --all --notes --data {war} --width {columns}")
    assert max(map(len, outcome.out.splitlines())) <= columns
    golden(f"strength-small-{columns}.txt", outcome.out)


def test_the_record_of_the_months_of_the_withdrawal(
    run: Run, golden: Callable[[str, str], None]
) -> None:
    golden(
        "strength-80.txt",
        run("strength --notes --during 1988-05-01..1989-02-15 --surely --width 80").out,
    )
    golden(
        "strength-120.txt",
        run("strength --notes --during 1988-05-01..1989-02-15 --surely --width 120").out,
    )


def test_the_last_figure_of_the_record_is_none_with_its_scope(run: Run) -> None:
    last = json.loads(run("strength --json").out)[-1]
    assert (last["id"], last["best"], last["date"]) == ("soviet-strength-zero", 0, "1989-02-15")
    assert "Border troops" in last["scope"]
