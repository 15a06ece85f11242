"""Files of one shape repeated thousands of times: answered in seconds, on a screen with what it leaves out, for programs whole.

Nothing is timed here. Each question once took many minutes with these files, so that a limit of three tells it from the
seconds of today, on a busy machine too.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2.runtime import Macro

from benchmarks.measuring import run as measured
from tests.conftest import Run, event
from withdrawal_cli.exports.map_drawing import MOST_SPOTS
from withdrawal_cli.model import Event, Place
from withdrawal_cli.queries.quiz import IN_VAIN
from withdrawal_cli.queries.quiz.events import EventQuestions, Spot
from withdrawal_cli.queries.quiz.question import QuestionRow

PATIENCE = 180
REDS = {"id": "reds", "name": "Reds"}
WAR = {"title": "War", "accounts": [{"says": "yes"}, {"says": "no"}]}

Ask = Callable[..., str]


@pytest.fixture
def ask(write: Callable[..., str]) -> Ask:
    """Return a function that answers a command line about a dataset of the arrays given, in a process of its own."""

    def answer(line: str, **arrays: Any) -> str:
        words = [sys.executable, "-m", "withdrawal_cli", *line.split(), "--data", write(**arrays)]
        done = subprocess.run(words, capture_output=True, check=False, timeout=PATIENCE)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode()

    return answer


@pytest.fixture
def versions(write: Callable[..., str], tmp_path: Path) -> Callable[..., list[str]]:
    """Return a function that writes datasets, each of the arrays in a dictionary, and returns their paths."""

    def written(*datasets: dict[str, Any]) -> list[str]:
        return [
            str(Path(write(**arrays)).rename(tmp_path / f"version-{number}.json"))
            for number, arrays in enumerate(datasets)
        ]

    return written


def many(count: int, stem: str, **fields: Any) -> list[dict[str, Any]]:
    return [{"id": f"{stem}-{number}", **fields} for number in range(count)]


def events(count: int, **fields: Any) -> list[dict[str, Any]]:
    return [event(f"event-{number}", **fields) for number in range(count)]


def strengths(count: int, **fields: Any) -> list[dict[str, Any]]:
    return [
        {**item, "best": number}
        for number, item in enumerate(many(count, "figure", measure="strength", **fields))
    ]


def spots(count: int) -> dict[str, Any]:
    """Return places within a kilometre, with an event at each."""
    places = many(count, "place", name="A hut")
    for number, place in enumerate(places):
        place |= {"latitude": 34 + number % 90 / 10_000, "longitude": 69 + number // 90 / 10_000}
    return {
        "places": places,
        "events": [event(f"event-{n}", places=[place["id"]]) for n, place in enumerate(places)],
    }


def test_thousands_of_rivals_on_one_day(ask: Ask) -> None:
    disputes = [{**WAR, "id": "how-many"}]
    rivals = strengths(9_000, date="1900-01-01", side="reds", dispute="how-many")
    assert "8,900 more" in ask(
        "on 1900-01-01 --width 80", sides=[REDS], disputes=disputes, estimates=rivals
    )
    assert (
        len(
            json.loads(
                ask("on 1900-01-01 --json", sides=[REDS], disputes=disputes, estimates=rivals)
            )["strength"]
        )
        == 9_000
    )


def test_thousands_of_places_in_one_spot(ask: Ask) -> None:
    page = ask("export html", **spots(8_000))
    assert page.count('class="spot"') + page.count("class=spot") == 2 * MOST_SPOTS
    assert "7,000 more" in ask("map --all --width 80", **spots(8_000))


@pytest.mark.parametrize(
    "line", ["timeline --width 100", "export html", "export timelinejs", "on 1900-01-01 --width 80"]
)
def test_thousands_of_events_and_phases_on_one_day(ask: Ask, line: str) -> None:
    phases = many(12_000, "phase", title="A day", date="1900-01-01")
    assert ask(line, events=events(12_000), phases=phases)


@pytest.mark.parametrize(
    "line",
    [
        "export sqlite",
        "export datapackage",
        "export xlsx",
        "timeline --all --json",
        "timeline --all -f csv",
        "timeline --all -f table",
        "timeline --all --fields id,phases",
        "on 1900-01-01 --json",
        "on 1900 -f csv",
        "counts --by phase --json",
    ],
)
def test_each_phase_of_each_event_is_refused_beyond_a_million(
    run: Run, write: Callable[..., str], line: str
) -> None:
    path = write(
        events=events(2_000), phases=many(2_000, "phase", title="A day", date="1900-01-01")
    )
    outcome = run(f"{line} --data {path}")
    assert (outcome.code, outcome.out) == (1, "")
    assert "the answer would list 4,000,000 phases of events, more than 1,000,000" in outcome.err


def test_events_are_listed_without_the_phases_that_would_be_too_many(
    run: Run, write: Callable[..., str]
) -> None:
    path = write(
        events=events(2_000), phases=many(2_000, "phase", title="A day", date="1900-01-01")
    )
    assert run(f"timeline --all -f tsv --fields id,date --data {path}").out.count("\n") == 2_001
    fewer = json.loads(run(f"timeline -n 3 --json --data {path}").out)
    assert [len(row["phases"]) for row in fewer] == [2_000] * 3


@pytest.mark.parametrize("measure", ["withdrawn", "garrisons", "killed"])
def test_each_figure_of_each_phase_is_refused_beyond_a_hundred_thousand(
    run: Run, write: Callable[..., str], measure: str
) -> None:
    phases = many(400, "phase", title="A day", date="1900-01-01")
    figures = [
        {**item, "measure": measure} for item in strengths(400, date="1900-01-01", side="reds")
    ]
    path = write(sides=[REDS], phases=phases, estimates=figures)
    lines = ["phases --json", "phases -f csv"]
    if measure == "withdrawn":
        lines += ["on 1900-01-01 --json"]
    for line in lines:
        outcome = run(f"{line} --data {path}")
        assert (outcome.code, outcome.out) == (1, "")
        assert "list 160,000 figures of phases, more than 100,000" in outcome.err
    assert json.loads(run(f"phases phase-3 --json --data {path}").out)


def test_thousands_of_events_in_thousands_of_phases_on_a_screen(ask: Ask) -> None:
    """Each event has a date of its own: what was found for one is of no use for the next."""
    phases = many(12_000, "phase", title="A time", date="1000/1999")
    dated = [
        event(f"event-{n}", f"{n % 899 + 1000}-{n % 12 + 1:02}-{n % 28 + 1:02}")
        for n in range(12_000)
    ]
    assert "11,000 more" in ask("on 1000/1999 --width 80", events=dated, phases=phases)


@pytest.mark.parametrize("line", ["timeline --width 100", "export html", "phases --json"])
def test_thousands_of_phases_that_begin_and_end_apart(ask: Ask, line: str) -> None:
    phases = [
        {"id": f"phase-{n}", "title": "A time", "date": f"{n % 900 + 1000}/{n % 97 + 1900}"}
        for n in range(12_000)
    ]
    dated = [
        event(f"event-{n}", f"{n % 899 + 1000}-{n % 12 + 1:02}-{n % 28 + 1:02}")
        for n in range(12_000)
    ]
    assert ask(line, events=dated, phases=phases)


def test_thousands_of_figures_that_count_thousands_of_phases(ask: Ask) -> None:
    phases = many(9_000, "phase", title="A time", date="1900-01/1900-06")
    figures = [
        {**item, "measure": "withdrawn", "date": "1900-01/1900-06"}
        for item in strengths(9_000, side="reds")
    ]
    assert "8,900 more" in ask("phases --width 80", sides=[REDS], phases=phases, estimates=figures)
    assert "8,980 more" in ask(
        "on 1900-01-01 --width 80", sides=[REDS], phases=phases, estimates=figures
    )


@pytest.mark.parametrize(
    "line",
    ["strength --all --json", "on 1900-01-01 --width 80", "casualties --json", "overview --json"],
)
def test_thousands_of_sides_and_units(ask: Ask, line: str) -> None:
    sides = [*many(9_000, "side", name="A band"), REDS]
    figures = strengths(9_000, date="1900-01-01")
    for number, figure in enumerate(figures):
        figure |= {
            "side": f"side-{number}",
            "unit": f"unit {number}",
            "measure": ("strength", "dead")[number % 2],
        }
    assert ask(line, sides=sides, estimates=figures)


def test_hundreds_of_unknown_words(ask: Ask) -> None:
    words = " ".join(f"zebra{number}" for number in range(400))
    people = [
        {**person, "name": f"Zebulon {number}"}
        for number, person in enumerate(many(20_000, "person"))
    ]
    assert ask(f"search {words} --json", people=people) == "[]\n"


@pytest.mark.parametrize(
    ("line", "left_out"),
    [
        ("timeline --all", "2,000 more: -n 3000 shows all."),
        ("search event", "2,000 more: -n 3000 shows all."),
        ("disputes", "2,000 more: -n 3000 shows all."),
        ("people", "2,000 more: -n 3000 shows all."),
        ("casualties", "2,000 more: -n 3000 shows all."),
        ("strength", "2,000 more: -n 3000 shows all."),
        ("show event-0", "2,900 more; --json has all"),
    ],
)
def test_a_screen_says_how_many_more_there_are_and_programs_have_all(
    ask: Ask, line: str, left_out: str
) -> None:
    arrays: dict[str, Any] = {
        "sides": [REDS],
        "events": [{**event("event-0"), "points": ["a point"] * 3_000}, *events(3_000)[1:]],
        "disputes": many(3_000, "dispute", **WAR),
        "people": many(3_000, "person", name="A man"),
        "estimates": [*strengths(3_000, side="reds"), *many(3_000, "loss", measure="dead", best=1)],
    }
    drawn = ask(f"{line} --width 80", **arrays)
    assert left_out in " ".join(drawn.split())
    assert drawn.count("\n") < 4_500
    rows = json.loads(ask(f"{line} --json", **arrays))
    assert len(rows["points"] if isinstance(rows, dict) else rows) == 3_000


def test_a_limit_that_is_asked_for_is_kept_on_a_screen(ask: Ask) -> None:
    assert ask("timeline --all -n 1500 --width 80", events=events(2_000)).count("Event") == 1_500


def test_a_name_of_a_megabyte_is_not_repeated_with_each_event(ask: Ask) -> None:
    places = [{"id": "kabul", "name": "Kabul " * 200_000, "latitude": 34, "longitude": 69}]
    there = events(2_000, places=["kabul"])
    for line in ("timeline --width 80", "search kabul --json", "export html"):
        assert len(ask(line, places=places, events=there)) < 20_000_000


def test_a_page_names_a_cause_with_a_title_of_a_megabyte_in_short(ask: Ask) -> None:
    cause = event("cause", title="Cause " * 200_000)
    effects = events(1_000, date="1900-02", related=["cause"], follows=["cause"])
    assert len(ask("export html", events=[cause, *effects])) < 10_000_000


@pytest.mark.parametrize("line", ["quiz --all --json", "narrate --all --json", "counts --by place"])
def test_one_event_with_thousands_of_places_and_people(ask: Ask, line: str) -> None:
    places = many(8_000, "place", name="A town")
    people = many(8_000, "person", name="A man")
    crowded = event("all-of-them") | {
        "places": [one["id"] for one in places],
        "people": [one["id"] for one in people],
    }
    assert ask(line, events=[crowded, event("other")], places=places, people=people)


def test_a_record_with_nothing_but_a_name_costs_a_page_three_macros(
    run: Run, write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it does not have was once asked for by up to six more, which took a fifth of the time of a large page."""
    called = 0
    invoke = Macro._invoke

    def counted(macro: Macro, *given: Any) -> str:
        nonlocal called
        called += 1
        return invoke(macro, *given)

    monkeypatch.setattr(Macro, "_invoke", counted)
    counts = []
    for count in (1_000, 2_000):
        called = 0
        path = write(
            people=many(count, "person", name="A man"),
            places=many(count, "place", name="A town"),
            organizations=many(count, "band", name="A band"),
        )
        assert run(f"export html --data {path}").code == 0
        counts.append(called)
    assert counts[1] - counts[0] == 3 * 3 * 1_000


def test_a_quiz_asks_thousands_of_questions_without_reading_every_date_for_each(ask: Ask) -> None:
    """A hundred times as many questions once took a hundred times as long as one: minutes."""
    dated = [
        event(f"event-{n}", f"{n // 336 + 1500}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}")
        | {"title": f"Convoy {n} leaves"}
        for n in range(30_000)
    ]
    assert len(json.loads(ask("quiz --all --ask date -n 30000 --json", events=dated))) > 10_000


def test_a_quiz_gives_up_where_no_place_is_far_enough_away(
    run: Run, write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []
    make = EventQuestions.place

    def place(questions: EventQuestions, one: Event) -> QuestionRow | None:
        tried.append(one.id)
        return make(questions, one)

    monkeypatch.setattr(EventQuestions, "place", place)
    crowded = spots(3_000)
    for number, one in enumerate(crowded["events"]):
        one["title"] = f"Convoy {number} leaves"
    path = write(**crowded)
    assert json.loads(run(f"quiz --all --ask place -n 3000 --json --data {path}").out) == []
    assert len(tried) == IN_VAIN


def test_a_quiz_works_out_once_where_each_place_is(
    run: Run, write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once for each pair of a right place and a wrong one."""
    placed = []

    def of(place: Place) -> Spot:
        placed.append(place.id)
        return Spot(f" {place.id} ", None)

    monkeypatch.setattr(Spot, "of", of)
    everywhere = spots(500)
    for number, (one, place) in enumerate(
        zip(everywhere["events"], everywhere["places"], strict=True)
    ):
        one["title"], place["name"] = f"Convoy {number} leaves", f"Hut {number}"
    asked = run(f"quiz --all --ask place -n 500 --json --data {write(**everywhere)}").out
    assert len(json.loads(asked)) == len(placed) == 500


def test_thousands_of_changes_are_drawn_in_part(
    run: Run, versions: Callable[..., list[str]]
) -> None:
    renamed = [{**one, "title": "Another"} for one in events(3_000)]
    old, new = versions({"events": events(3_000)}, {"events": renamed})
    drawn = run(f"diff {old} {new} --width 80")
    assert "and 2,000 more; --json has all" in drawn.out
    assert drawn.out.count("\n") < 2_100
    assert len(json.loads(run(f"diff {old} {new} --json").out)) == 3_000


def test_long_texts_are_compared_word_by_word_as_far_as_time_allows(
    versions: Callable[..., list[str]],
) -> None:
    """Words of which every other is the same: once 16 s for each text of 1,600."""

    def told(letter: str) -> dict[str, Any]:
        lengths = [800] * 60 + [99] * 840
        texts = [" ".join(f"a {letter}{n}" for n in range(length)) for length in lengths]
        return {"events": [event(f"event-{n}", summary=text) for n, text in enumerate(texts)]}

    words = [sys.executable, "-m", "withdrawal_cli", "diff", *versions(told("x"), told("y"))]
    done = subprocess.run(
        [*words, "--width", "80"], capture_output=True, check=False, timeout=PATIENCE
    )
    assert (done.returncode, done.stderr) == (1, b"")


def test_thousands_of_renamed_figures_and_of_changed_points(
    versions: Callable[..., list[str]],
) -> None:
    def told(word: str, count: int) -> dict[str, Any]:
        figures = [{**one, "measure": "dead", "best": n} for n, one in enumerate(many(count, word))]
        points = [f"{word} {number}" for number in range(count)]
        return {"events": [{**event("event-0"), "points": points}], "estimates": figures}

    def seconds(count: int) -> float:
        paths = versions(told("old", count), told("new", count))
        words = [sys.executable, "-m", "withdrawal_cli", "diff", *paths, "--json"]
        return measured(words, timeout=PATIENCE)[0].cpu

    assert seconds(32_000) < 16 * seconds(4_000)  # a square would be 64 times as much
