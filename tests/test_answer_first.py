"""The first lines of a screen answer its question; what is left out is counted."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import ABOUT, Run, event, ids
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.queries.casualties import summarize_casualties
from withdrawal_cli.queries.filters import Filters
from withdrawal_cli.queries.timeline import summarize_timeline

SOURCES = [{"id": "old-book", "type": "book", "title": "An Old Book", "issued": "1905"}]
SIDES = [{"id": "reds", "name": "The Reds"}, {"id": "blues", "name": "The Blues"}]


def figure(
    identifier: str, measure: str = "dead", side: str = "reds", **fields: Any
) -> dict[str, Any]:
    made = {"id": identifier, "measure": measure, "side": side, "date": "1900-01-01/1900-03-31"}
    return {**made, "citations": [{"source": "old-book"}], **fields}


KEY = {"importance": "key"}
WAR: dict[str, Any] = {
    "sides": SIDES,
    "sources": SOURCES,
    "disputes": [{"id": "how-many", "title": "How many Reds died?"}],
    "estimates": [
        figure("red-horses", best=3, unit="horses"),
        figure("red-sick", "sick", best=12, unit="%"),
        figure("red-dead", best=10, dispute="how-many", **KEY, scope="By the clerk."),
        figure("red-dead-otherwise", best=40, dispute="how-many"),
        figure("red-dead-in-town", best=2, dispute="how-many", part=True),
        figure("blue-wounded", "wounded", "blues", text="many", **KEY),
        figure("blue-dead", side="blues", low=5),
    ],
}


@pytest.fixture
def shown(run: Run, write: Callable[..., str]) -> Callable[..., str]:
    """Return a function that draws a command line for the arrays given, 80 columns wide."""

    def draw(line: str, **arrays: Any) -> str:
        outcome = run(f"{line} --width 80 --data {write(**arrays)}")
        assert (outcome.code, outcome.err) == (0, "")
        return outcome.out

    return draw


# --- overview ------------------------------------------------------------------------------------

STORY = [
    {"text": "The Reds left because they were tired.", "citations": [{"source": "old-book"}]},
    {"text": "Nobody won."},
]


def test_the_overview_tells_the_story_before_the_card(shown: Callable[..., str]) -> None:
    out = shown("overview", **WAR, dataset={**ABOUT, "story": STORY})
    assert out.startswith(
        "A small war\nThe Reds left because they were tired.\n\nNobody won.\n\nIn short\n  Date"
    )
    assert "Story from  Book 1905" in out or "Story from  An Old Book 1905" in out


def test_the_card_has_the_key_figures_with_their_side_and_the_range_of_their_rivals(
    shown: Callable[..., str],
) -> None:
    out = shown("overview", **WAR)
    assert "The Reds dead: 10, 1 Jan – 31 Mar 1900  ≠ 10 to 40" in out
    assert "The Blues wounded: many, 1 Jan – 31 Mar 1900" in out
    assert "horses" not in out
    assert "≠ sources give this range" in out


def test_key_figures_stand_by_date_and_those_of_losses_by_side_first(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    estimates = [
        figure("a-late-army", "strength", date="1900-03-01", best=9, **KEY),
        figure("b-early-army", "strength", "blues", date="1900-01-01", best=9, **KEY),
        figure("c-early-army", "strength", date="1900-01-02", best=9, **KEY),
        figure("d-army", "strength", date=None, best=9, **KEY),
        figure("blue-dead", side="blues", best=1, **KEY),
        figure("a-later-dead", date="1900-03", best=1, **KEY),
        figure("red-dead", best=1, **KEY),
        figure("z-dead", date=None, best=1, **KEY),
        figure("red-tanks", "withdrawn", best=1, unit="tanks", **KEY),
        figure("a-nobodys-wounded", "wounded", "greens", best=1, **KEY),
    ]
    card = asking(
        sides=[*SIDES, {"id": "greens", "name": "Greens"}], sources=SOURCES, estimates=estimates
    )("overview")
    assert ids(card["strength"]) == "d-army b-early-army c-early-army a-late-army"
    assert ids(card["figures"]) == "red-tanks"
    assert ids(card["casualties"]) == "z-dead red-dead a-later-dead blue-dead a-nobodys-wounded"


def test_the_card_has_the_first_and_the_last_day_of_the_subject(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    card = asking()("overview")
    assert (card["earliest"], card["latest"], card["days"]) == ("1900-01-01", "1900-03-31", 90)


def test_the_overview_of_a_file_without_key_figures_has_those_of_the_whole_time(
    run: Run, write: Callable[..., str]
) -> None:
    about = {**ABOUT, "belligerents": [{"side": "reds"}]}
    estimates = [{**item, "importance": "notable"} for item in WAR["estimates"]]
    path = write(**{**WAR, "dataset": about, "estimates": estimates})
    card = json.loads(run(f"overview --json --data {path}").out)
    assert [row["id"] for row in card["casualties"]] == [
        "red-horses",
        "red-dead",
        "red-dead-otherwise",
    ]
    assert (card["story"], card["figures"]) == ([], [])


def test_the_force_of_an_overview_without_key_figures_is_the_whole_on_the_first_and_the_last_day(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    estimates = [
        figure("first-day", "strength", best=5, date="1900-01-01"),
        figure("in-between", "strength", best=4, date="1900-02-01"),
        figure("last-day", "strength", best=3, date="1900-03-31"),
        figure("one-town", "strength", best=1, date="1900-03-31", part=True),
    ]
    ask = asking(sides=SIDES, sources=SOURCES, estimates=estimates)
    assert ids(ask("overview")["strength"]) == "first-day last-day"


def test_programs_get_the_story_and_the_other_key_figures_too(
    run: Run, write: Callable[..., str]
) -> None:
    estimates = [*WAR["estimates"], figure("red-cost", "cost", best=7, unit="pounds", **KEY)]
    path = write(**{**WAR, "estimates": estimates, "dataset": {**ABOUT, "story": STORY}})
    card = json.loads(run(f"overview --json --data {path}").out)
    assert [row["id"] for row in card["figures"]] == ["red-cost"]
    assert card["story"][1] == {"text": "Nobody won.", "citations": []}


def test_a_card_has_no_row_for_what_the_file_does_not_say(shown: Callable[..., str]) -> None:
    out = shown("overview", events=[event("one")])
    assert "Location" not in out
    assert "Result" not in out


# --- casualties ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", "red-dead blue-wounded"),
        ("--by year", "red-dead blue-wounded"),
        ("--reverse", "blue-wounded red-dead"),
        ("-n 1", "red-dead"),
        (
            "--all",
            (
                "red-dead blue-wounded red-dead-otherwise red-horses red-dead-in-town red-sick "
                "blue-dead"
            ),
        ),
        ("--side blues", "blue-wounded blue-dead"),
        ("--side blues --reverse", "blue-wounded blue-dead"),
        ("--measure dead -n 2", "red-dead red-dead-otherwise"),
    ],
)
def test_casualties_are_the_key_ones_unless_more_is_asked_for(
    run: Run, write: Callable[..., str], line: str, found: str
) -> None:
    path = write(**WAR)
    rows = json.loads(run(f"casualties {line} --json --data {path}").out)
    assert " ".join(row["id"] for row in rows) == found
    table = run(f"casualties {line} --fields id -f csv --data {path}").out
    assert " ".join(table.splitlines()[1:]) == found


def test_figures_that_differ_only_by_id_stand_by_id(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    ask = asking(
        sides=SIDES,
        sources=SOURCES,
        estimates=[figure("two", best=1, **KEY), figure("one", best=1, **KEY)],
    )
    assert ids(ask("overview")["casualties"]) == ids(ask("casualties")) == "one two"


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ("side", "reds: newer | Side not stated: undated open-start older"),
        ("year", "1899: older | 1900: newer open-start | No date: undated"),
        ("source", "A Book: newer undated open-start | A Paper: newer older"),
    ],
)
def test_figures_stand_under_headings_in_order_and_those_without_one_come_last(
    write: Callable[..., str], by: str, found: str
) -> None:
    cited = [{"source": "b-paper"}, {"source": "a-book"}]
    estimates: list[dict[str, Any]] = [
        {"id": "undated", "citations": cited[1:]},
        {"id": "open-start", "date": "../1900-03", "citations": cited[1:]},
        {"id": "newer", "date": "1900-02", "side": "reds", "citations": cited},
        {"id": "older", "date": "1899-02", "citations": cited[:1]},
    ]
    estimates = [{"measure": "dead", "best": 1, **fields} for fields in estimates]
    sources = [
        {"id": "b-paper", "type": "article-newspaper", "title": "A Paper"},
        {"id": "a-book", "type": "book", "title": "A Book"},
    ]
    sides = [{"id": "reds", "name": "reds"}]
    places = [{"id": "1900", "name": "No year but a place"}]
    dataset = load_dataset(write(sides=sides, places=places, sources=sources, estimates=estimates))
    sections = summarize_casualties(dataset, Filters(), by=by).sections
    assert found == " | ".join(
        f"{section.heading}: "
        + " ".join(item.id for group in section.groups for item in group.estimates)
        for section in sections
    )


def test_a_file_that_marks_no_key_figure_shows_all(run: Run, write: Callable[..., str]) -> None:
    path = write(**{**WAR, "estimates": [figure("one", best=1), figure("two", best=2)]})
    assert len(json.loads(run(f"casualties --json --data {path}").out)) == 2


def test_key_casualties_are_a_line_each_and_the_rest_is_counted(shown: Callable[..., str]) -> None:
    assert shown("casualties", **WAR) == (
        "The Reds\n"
        "    10 dead    1 Jan – 31 Mar 1900 ≠ 10 to 40\n"
        "The Blues\n"
        "  many wounded 1 Jan – 31 Mar 1900\n"
        "\n"
        "≠ sources give this range\n"
        "\n"
        "Left out: 5 of 7 figures, none of them key. --all shows them.\n"
        "--side SIDE says what each counts, and who says so.\n"
    )
    # whoever gives a limit knows that more is left out
    assert "Left out" not in shown("casualties -n 1", **WAR)


def test_on_a_narrow_screen_the_range_stands_under_the_figure(
    run: Run, write: Callable[..., str]
) -> None:
    assert run(f"casualties --width 40 --data {write(**WAR)}").out.startswith(
        "The Reds\n            10 dead, 1 Jan – 31 Mar 1900\n               ≠ 10 to 40\n"
    )


def test_casualties_that_are_asked_for_say_what_they_count_and_per_cent_is_a_sign(
    shown: Callable[..., str],
) -> None:
    out = shown("casualties --side reds", **WAR)
    assert "How many Reds died?  how-many" in out
    assert "dead: By the clerk. (An Old Book 1905)" in out
    assert "12% " in out
    assert "3 horses" in out
    assert "not key" not in out


# --- strength ------------------------------------------------------------------------------------

FORCES: dict[str, Any] = {
    "dataset": {**ABOUT, "belligerents": [{"side": "reds"}, {"side": "blues"}]},
    "sides": SIDES,
    "sources": SOURCES,
    "estimates": [
        figure("early", "strength", best=90, date="1899"),
        figure("first-day", "strength", best=100, date="1900-01-01", scope="All of them."),
        figure("a-town", "strength", best=5, date="1900-02-01", part=True),
        figure("last-day", "strength", best=50, date="1900-03-31"),
        figure("of-blues", "strength", "blues", best=70, date="1900-02-01"),
    ],
}


def test_the_chart_is_of_the_whole_force_in_the_subjects_time(shown: Callable[..., str]) -> None:
    out = shown("strength", **FORCES)
    lines = out.splitlines()
    assert [line[:14].strip() for line in lines[1:4]] == [
        "1 Jan 1900",
        "no figure of",
        "31 Mar 1900",
    ]
    assert lines[-3:] == [
        "--notes: what each counts",
        "",
        "The whole force, 1 Jan to 31 Mar 1900; 3 more: --side reds, --all.",
    ]
    assert "All of them." not in out


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", "first-day last-day"),
        ("--side reds", "early first-day a-town last-day"),
        ("--all", "early first-day a-town last-day of-blues"),
        ("--from 1899", "early first-day a-town last-day"),
    ],
)
def test_any_filter_or_all_gives_every_match(
    run: Run, write: Callable[..., str], line: str, found: str
) -> None:
    rows = json.loads(run(f"strength {line} --json --data {write(**FORCES)}").out)
    assert " ".join(row["id"] for row in rows) == found


def test_with_notes_the_chart_says_what_each_figure_counts(shown: Callable[..., str]) -> None:
    out = shown("strength --notes", **FORCES)
    assert "[1]  All of them. (An Old Book 1905)" in out
    assert "--notes" not in out


def test_a_force_that_is_known_only_outside_the_subjects_time_is_shown(
    run: Run, write: Callable[..., str]
) -> None:
    path = write(**{**FORCES, "estimates": FORCES["estimates"][:1]})
    assert len(json.loads(run(f"strength --json --data {path}").out)) == 1


# --- timeline ------------------------------------------------------------------------------------

EVENTS = [
    event("long-war", "1899/1901"),
    event("siege-begins", "1900-02-10", **KEY, significance="It cut the town off for good."),
    event("letter-sent", "1900-02"),
    event("perhaps-then", "[1900-01-31..1900-02-02]"),
]


@pytest.mark.parametrize(
    ("line", "said"),
    [("", True), ("--key", True), ("--all", False), ("--during 1900-02", False)],
)
def test_why_a_key_event_mattered_is_said_where_key_events_are_the_answer(
    shown: Callable[..., str], line: str, said: bool
) -> None:
    assert ("It cut the town off" in shown(f"timeline {line}", events=EVENTS)) is said


def test_a_table_in_a_pipe_says_nothing_of_why_it_mattered(
    run: Run, write: Callable[..., str]
) -> None:
    assert "It cut" not in run(f"timeline --data {write(events=EVENTS)}").out


def test_what_surely_falls_in_a_time_comes_before_what_only_may(
    asking: Callable[..., Callable[[str], Any]], shown: Callable[..., str]
) -> None:
    ask = asking(events=EVENTS)
    assert [row["id"] for row in ask("timeline --during 1900-02")] == [
        "letter-sent", "siege-begins", "long-war", "perhaps-then",
    ]  # fmt: skip
    assert [row["id"] for row in ask("timeline --during 1900-02 --reverse -n 3")] == [
        "siege-begins", "letter-sent", "perhaps-then",
    ]  # fmt: skip
    out = shown("timeline --during 1900-02", events=EVENTS)
    sure, heading, possible = out.partition("May also fall in this time, or lasted longer\n")
    assert heading
    assert ("Letter sent" in sure, "Long war" in possible) == (True, True)
    assert heading not in shown("timeline --during 1900-02 --surely", events=EVENTS)
    assert heading not in shown("timeline --all", events=EVENTS)


def test_ids_are_shown_on_a_narrow_screen_if_asked_for(shown: Callable[..., str]) -> None:
    assert "siege-begins" not in shown("timeline", events=EVENTS)
    assert "siege-begins" in shown("timeline --ids", events=EVENTS)


def test_a_long_id_is_not_cut_on_a_narrow_screen(run: Run, write: Callable[..., str]) -> None:
    path = write(events=[event("the-long-road-home-from-the-old-town")])
    out = run(f"timeline --ids --width 40 --data {path}").out
    assert "    the-long-road-home-from-the-old-town\n" in out


# --- the marks of an event -----------------------------------------------------------------------


def account(date: str | None) -> dict[str, Any]:
    return {"says": "So it was.", "date": date} if date else {"says": "So it was."}


@pytest.mark.parametrize(
    ("date", "dates", "mark"),
    [
        ("1900-01-05", ["1900-01-05", "1900-01-06"], "≠"),
        ("[1900-01-05,1900-01-06]", ["1900-01-05", "1900-01-06"], "≠"),
        ("1900-01-05", ["1900-01-05~", "1900-01"], "≠"),
        ("1900-01-05", ["1900-01-05", "1900-01-05"], "·1"),
        ("1900-01-05", ["1900-01-07", "1900-01-06"], "·1"),
        ("[1900-01-05,1900-01-06]", ["1900-01-07", "1900-01-08"], "·1"),
        ("1900-01", ["1900-01-07", "1900-01-08"], "·1"),
        ("1900-01-05", ["1900-01-05", "1900-01-06", None], "·1"),
        ("1900-01-05", [None, None], "·1"),
    ],
)
def test_an_event_is_marked_when_its_own_date_is_disputed_and_side_questions_are_counted(
    run: Run, write: Callable[..., str], date: str, dates: list[str | None], mark: str
) -> None:
    question = {
        "id": "when-was-it",
        "title": "When?",
        "about": ["old-town", "the-storm"],
        "accounts": list(map(account, dates)),
    }
    town = {"id": "old-town", "name": "Old Town"}
    path = write(events=[event("the-storm", date)], disputes=[question], places=[town])
    wide = run(f"timeline --width 120 --data {path}").out
    assert [sign for sign in ("≠", "·1") if sign in wide] == [mark]
    narrow = run(f"timeline --width 80 --data {path}").out
    assert [sign for sign in ("≠", "·1") if sign in narrow] == ([mark] if mark == "≠" else [])
    assert json.loads(run(f"timeline --json --data {path}").out)[0]["disputes"] == ["when-was-it"]


@pytest.mark.parametrize(("of_event", "mark"), [(2, "≠"), (1, "·1")])
def test_an_event_is_marked_when_two_of_its_own_figures_are_rivals(
    run: Run, write: Callable[..., str], of_event: int, mark: str
) -> None:
    rivals = [
        figure(
            f"dead-{index}-men",
            best=index,
            dispute="how-many",
            **({"event": "the-storm"} if index <= of_event else {}),
        )
        for index in (1, 2)
    ]
    path = write(**{**WAR, "events": [event("the-storm")], "estimates": rivals})
    out = run(f"timeline --width 120 --data {path}").out
    assert [sign for sign in ("≠", "·1") if sign in out] == [mark]


# --- phases, and a day ---------------------------------------------------------------------------


def test_phases_are_outlined_first_and_say_nothing_where_there_is_nothing_to_say(
    shown: Callable[..., str],
) -> None:
    phases = [
        {"id": "winter", "title": "Winter", "date": "1900-01-01/1900-02-28"},
        {"id": "march", "title": "March", "date": "1900-03"},
    ]
    assert shown("phases", phases=phases) == (
        "Winter  1 Jan – 28 Feb 1900\n"
        "March   Mar 1900\n"
        "\n"
        "Winter  winter\n"
        "  Dates  1 Jan – 28 Feb 1900 (59 days)\n"
        "\n"
        "March  march\n"
        "  Dates  Mar 1900 (31 days)\n"
    )
    assert shown("phases march", phases=phases).startswith("March  march\n")


def test_a_day_of_a_history_without_troops_has_no_row_for_them(shown: Callable[..., str]) -> None:
    assert "Strength" not in shown("on 1900-02-10", events=EVENTS)
    assert "Strength" in shown("on 1900-02-10", **FORCES)


def test_what_happened_on_a_day_stands_before_its_card(shown: Callable[..., str]) -> None:
    phases = [{"id": "the-war", "title": "The war", "date": "1900"}]
    out = shown("on 1900-02-10", events=EVENTS, phases=phases)
    assert out.startswith("10 Feb 1900  day 41 of 90\nThat day\n     Siege begins\n\n  Phase")
    month = shown("on 1900-02", events=EVENTS, phases=phases)
    assert month.splitlines()[1].startswith("  Phase")


# --- the count on a terminal ---------------------------------------------------------------------


def test_key_records_are_counted_among_all_and_a_single_one_in_the_singular(
    write: Callable[..., str],
) -> None:
    def notes(path: str) -> tuple[str, str]:
        dataset = load_dataset(path)
        timeline = summarize_timeline(dataset, Filters()).note(dataset)
        return timeline.partition(";")[0], summarize_casualties(dataset, Filters()).note(dataset)

    several = [event("one", **KEY), event("two", **KEY), event("three")]
    assert notes(write(**WAR, events=several)) == (
        "2 key events of 3",
        "2 key casualty figures of 7.",
    )
    one = {**WAR, "estimates": WAR["estimates"][:3]}
    assert notes(write(**one, events=several[1:])) == (
        "1 key event of 2",
        "1 key casualty figure of 3.",
    )


def test_figures_by_source_keep_those_that_cite_none(write: Callable[..., str]) -> None:
    path = write(
        sources=SOURCES,
        estimates=[
            {"id": "bare", "measure": "dead", "best": 1},
            {"id": "cited", "measure": "dead", "best": 2, "citations": [{"source": "old-book"}]},
        ],
    )
    report = summarize_casualties(load_dataset(path), Filters(all=True), by="source")
    figures = {
        section.heading: [item.id for group in section.groups for item in group.estimates]
        for section in report.sections
    }
    assert sorted(figures.values()) == [["bare"], ["cited"]]
    assert figures["No source"] == ["bare"]


def test_what_a_figure_of_two_lines_counts_stands_beside_its_second(
    shown: Callable[..., str],
) -> None:
    figures = [figure("millions", "killed", low=1000000, high=2000000, **KEY)]
    seen = shown("casualties", **{**WAR, "estimates": figures})
    lines = [line.split() for line in seen.splitlines()]
    assert ["1,000,000", "to"] in lines
    assert ["2,000,000", "killed", "1", "Jan", "–", "31", "Mar", "1900"] in lines
