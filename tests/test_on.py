"""`withdrawal on`: a day, or a longer time, in the light of the whole file."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ABOUT, Run, event, ids
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.dates import Period, parse_edtf, time_expressions
from withdrawal_cli.queries.on import falls, summarize_briefing

SUBJECT = "1900-01-01/1900-12-31"


def figure(
    identifier: str, measure: str, date: str, best: int | None = None, **fields: Any
) -> dict[str, Any]:
    made = {
        "id": identifier,
        "measure": measure,
        "side": "reds",
        "date": date,
        "citations": [{"source": "the-times"}],
        **fields,
    }
    return made if best is None else {**made, "best": best}


WAR = {
    "dataset": {**ABOUT, "subject": SUBJECT, "belligerents": [{"side": "reds"}, {"side": "blues"}]},
    "sides": [{"id": "blues", "name": "The Blues"}, {"id": "reds", "name": "The Reds"}, {"id": "greens", "name": "The Greens"}],
    "sources": [
        {"id": "the-times", "type": "article-newspaper", "title": "The Times", "issued": "1900", "perspective": "press"}
    ],
    "phases": [
        {"id": "first-half", "title": "First half", "date": "1900-01-01/1900-06-30"},
        {"id": "second-half", "title": "Second half", "date": "1900-07-01/1900-12-31"},
    ],
    "disputes": [{"id": "how-strong", "title": "How strong were the Reds?"}],
    "events": [
        event("war-begins", "1900-01-01", importance="key"),
        event("small-talk", "1900-05-09", importance="detail"),
        event("parley", "1900-05-08", importance="notable"),
        event("market-day", "1900-05-10", importance="detail"),
        event("great-battle", "1900-05-10", importance="key", certainty="less-certain"),
        event("about-a-letter", "1900-05-10~"),
        event("siege", "1900-05-01/1900-05-20"),
        event("long-drill", "1900-05-01/1900-05-20", importance="detail"),
        event("spring-rain", "1900-05"),
        event("some-year", "1900"),
        event("either-day", "[1900-05-10,1900-05-11]"),
        event("gossip", "1900-05-11", importance="detail"),
        event("truce", "1900-05-14", importance="notable"),
        event("vague-feast", "1900-05-12~"),
        event("old-battle", "1850-05-10"),
        event("new-peace", "1910-05-10", importance="key"),
        event("old-feast", "1860-05"),
    ],
    "estimates": [
        figure("all-in-january", "strength", "1900-01-01", 900),
        figure("rumour", "strength", "1899-12-30", 700, dispute="how-strong"),
        figure("count-in-may", "strength", "1900-05-05", 600, dispute="how-strong"),
        figure("guess-in-may", "strength", "1900-05-05", low=500, high=650),
        figure("town-in-may", "strength", "1900-05-08", 50, part=True),
        figure("later-rival", "strength", "1900-05-20", 550, dispute="how-strong"),
        figure("blue-strength", "strength", "1900-05-09", 80, side="blues"),
        figure("none-left", "strength", "1900-12-31", 0, scope="The army; the doctors stayed."),
        figure("out-by-april", "withdrawn", "1900-01-01/1900-04-30", 200),
        figure("out-by-march", "withdrawn", "1900-01-01/1900-03-31", 100),
        figure("out-in-june", "withdrawn", "1900-06-01/1900-06-30", 40),
        figure("first-column", "withdrawn", "1900-07-01", 10, part=True),
        figure("dead-of-war", "dead", SUBJECT, 30),
        figure("dead-of-decade", "dead", "1895/1905", 90),
        figure("dead-to-may", "dead", "1900-01-01/1900-05-10", 12),
        figure("officers-dead", "dead", "1900-01-01/1900-08-31", 2, part=True),
        figure("blue-dead", "dead", "1899/1901", low=20, side="blues"),
        figure("dead-of-others", "dead", SUBJECT, 3, side="greens"),
        figure("dead-in-may", "dead", "1900-05", 7),
        figure("dead-in-battle", "dead", "1900-05-10", 5, event="great-battle", scope="In the great battle."),
        figure("dead-by-gossip", "dead", "1900-05-10", 500, rank="deprecated", reason="Gossip."),
    ],
}  # fmt: skip


@pytest.fixture
def war(write: Callable[..., str]) -> str:
    return write(**WAR)


@pytest.fixture
def ask(asking: Callable[..., Callable[[str], Any]]) -> Callable[[str], Any]:
    asked = asking(**WAR)
    return lambda date: asked(f"on {date}")


@pytest.mark.parametrize(
    ("date", "day", "last_day", "before", "after"),
    [
        ("1900-01-01", 1, 1, None, None),
        ("1 January 1900", 1, 1, None, None),
        ("1900-12-31", 365, 365, None, None),
        ("1900-05", 121, 151, None, None),
        ("first-half", 1, 181, None, None),
        ("parley", 128, 128, None, None),
        ("parley+1w", 135, 135, None, None),
        ("1899-12..1900-01-02", 1, 2, None, None),
        ("1900-12-30..", 364, 365, None, None),
        ("1899-12-31", None, None, 1, None),
        ("1899-12", None, None, 1, None),
        ("..1899-12-21", None, None, 11, None),
        ("1901-01-10", None, None, None, 10),
        ("1901-01-10..1902", None, None, None, 10),
    ],
)
def test_a_day_has_its_number_in_the_subject_or_its_distance_from_it(
    ask: Callable[[str], Any],
    date: str,
    day: int | None,
    last_day: int | None,
    before: int | None,
    after: int | None,
) -> None:
    found = ask(date)
    assert (found["day"], found["last_day"], found["days_before"], found["days_after"]) == (
        day,
        last_day,
        before,
        after,
    )
    assert found["subject_days"] == 365


@pytest.mark.parametrize(
    ("date", "how"),
    [
        ("1900-05-10", "within"),
        ("1900-05-10~", "about"),
        ("1900-05-10?", "about"),
        ("1900-05-09/1900-05-11", "lasting"),
        ("1900-05-09/1900-05-11?", "lasting"),
        ("1900-05-10/..", "lasting"),
        ("../1900-05-10", "lasting"),
        ("1899/1901", "lasting"),
        ("1900-04/1900-05", "possible"),
        ("1900-05/1900-06", "possible"),
        ("/1900-06", "possible"),
        ("1900-05-01/", "possible"),
        ("1900-05", "possible"),
        ("[1900-05-10,1900-05-11]", "possible"),
        ("[..1900-06]", "possible"),
    ],
)
def test_an_event_falls_on_a_day_in_one_of_four_ways(date: str, how: str) -> None:
    day = parse_edtf("1900-05-10")
    assert falls(parse_edtf(date), Period.of(day)) == how


@pytest.mark.parametrize(
    ("date", "how"),
    [("1900-05", "within"), ("1900-05~", "about"), ("[1900-05-10,1900-05-11]", "within"), ("1900-04/1900-05", "lasting"),
     ("1900-05-31/1900-06", "lasting"), ("1900", "possible"), ("1900/1901", "possible")],
)  # fmt: skip
def test_an_event_falls_in_a_month_in_one_of_four_ways(date: str, how: str) -> None:
    assert falls(parse_edtf(date), Period.of(parse_edtf("1900-05"))) == how


@given(st.dates(), st.dates(), st.dates())
def test_an_event_of_one_sure_day_falls_in_a_time_or_not_at_all(
    day: Any, one: Any, other: Any
) -> None:
    period, when = Period(start=min(one, other), end=max(one, other)), parse_edtf(day.isoformat())
    if period.overlaps(when):
        assert falls(when, period) == "within"


def test_a_time_has_the_number_of_its_first_day_in_each_phase(ask: Callable[[str], Any]) -> None:
    days = {row["id"]: row["day"] for row in ask("1900-05..1900-07")["phases"]}
    assert days == {"first-half": 121, "second-half": 1}


@pytest.mark.parametrize(("in_full", "found"), [(None, 3), (1, 3), (0, 0)])
def test_phases_beyond_those_in_full_come_without_figures(
    war: str, in_full: int | None, found: int
) -> None:
    period = Period.of(parse_edtf("1900-05-10"))
    [phase] = summarize_briefing(load_dataset(war), period, in_full=in_full).phases
    assert len(phase.withdrawn) + len(phase.withdrawn_otherwise) == found


def test_the_troops_of_every_side_leave_where_no_belligerent_leads(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    [phase, _] = asking(**{**WAR, "dataset": ABOUT | {"subject": SUBJECT}})(
        "on 1900-04-30..1900-07"
    )["phases"]
    assert ids(phase["withdrawn"]) == "out-by-april"


def test_the_surest_events_come_first_and_the_key_ones_among_them(
    ask: Callable[[str], Any],
) -> None:
    found = [(row["id"], row["falls"]) for row in ask("10 May 1900")["events"]]
    assert found == [
        ("great-battle", "within"), ("market-day", "within"), ("about-a-letter", "about"), ("siege", "lasting"),
        ("long-drill", "lasting"), ("some-year", "possible"), ("spring-rain", "possible"), ("either-day", "possible"),
    ]  # fmt: skip


def test_the_nearest_events_of_weight_and_of_a_sure_day_stand_before_and_after(
    ask: Callable[[str], Any],
) -> None:
    day = ask("1900-05-10")
    assert (day["before"]["id"], day["after"]["id"]) == ("parley", "truce")
    assert (ask("1840")["before"], ask("1840")["after"]["id"]) == (None, "old-battle")
    assert (ask("1950")["before"]["id"], ask("1950")["after"]) == ("new-peace", None)


def test_a_detail_or_a_vague_date_stands_before_and_after_where_there_is_nothing_else(
    run: Run, write: Callable[..., str]
) -> None:
    events = [event("a-detail", "1900-01-05", importance="detail"), event("a-month", "1900-03")]
    found = json.loads(run(f"on 1900-02-01 --json --data {write(events=events)}").out)
    assert (found["before"]["id"], found["after"]["id"]) == ("a-detail", "a-month")


def test_the_same_day_is_looked_up_in_other_years_but_not_for_a_month(
    ask: Callable[[str], Any],
) -> None:
    assert ids(ask("1900-05-10")["other_years"]) == "old-battle new-peace"
    assert ids(ask("1850-05-10")["other_years"]) == "great-battle market-day new-peace"
    assert ask("1900-05")["other_years"] == []


@pytest.mark.parametrize(
    ("date", "known"),
    [
        ("1899-12-01", ""),
        ("1899-12-31", "rumour"),
        ("1900-01-01", "all-in-january"),
        ("1900-05-10", "guess-in-may count-in-may rumour"),
        ("1900-05-25", "later-rival count-in-may rumour"),
        ("1900-05", "later-rival guess-in-may count-in-may rumour"),
        ("1901-06-01", "none-left"),
        ("..1900-01-01", "all-in-january rumour"),
    ],
)
def test_the_last_known_strength_of_the_whole_force_comes_with_its_rivals(
    ask: Callable[[str], Any], date: str, known: str
) -> None:
    found = ask(date)["strength"]
    assert ids(found) == known
    assert all(row["perspectives"] == ["press"] for row in found)


@pytest.mark.parametrize(
    ("date", "silence"),
    [
        ("1900-03-01", ("1900-01-01", "1900-05-05", 124)),
        ("1900-03", ("1900-01-01", "1900-05-05", 124)),
        ("1900-05-10", None),
        ("1900-12-30", ("1900-05-20", "1900-12-31", 225)),
        ("1900-12-31", None),
        ("1899-06-01", None),
        ("second-half", None),
    ],
)
def test_a_time_inside_a_silence_of_the_record_says_so(
    ask: Callable[[str], Any], date: str, silence: tuple[str, str, int] | None
) -> None:
    found = ask(date)["silence"]
    assert (tuple(found.values()) if found else None) == silence


def test_troops_out_are_those_counted_from_the_first_day_of_the_phase(
    ask: Callable[[str], Any],
) -> None:
    [first] = ask("1900-05-10")["phases"]
    assert (first["day"], first["days"]) == (130, 181)
    assert (ids(first["withdrawn"]), ids(first["withdrawn_otherwise"])) == (
        "out-by-april",
        "out-by-march out-in-june",
    )
    assert ids(ask("1900-03-31")["phases"][0]["withdrawn"]) == "out-by-march"
    assert ids(ask("1900-02-01")["phases"][0]["withdrawn"]) == ""
    [second] = ask("1900-07-01")["phases"]
    assert (second["withdrawn"], second["withdrawn_otherwise"]) == ([], [])


@pytest.mark.parametrize(
    ("date", "so_far", "longer"),
    [
        ("1900-05-10", "dead-to-may", ""),
        ("1900-05-11", "", "dead-of-war blue-dead"),
        ("1900-12-31", "dead-of-war", ""),
        ("1950", "dead-of-war", ""),
        ("1899", "", ""),
    ],
)
def test_casualties_so_far_are_those_of_exactly_that_time(
    ask: Callable[[str], Any], date: str, so_far: str, longer: str
) -> None:
    found = ask(date)
    assert (ids(found["casualties"]), ids(found["casualties_of_longer"])) == (so_far, longer)


def test_a_month_has_the_figures_that_count_exactly_it(ask: Callable[[str], Any]) -> None:
    assert ids(ask("May 1900")["figures"]) == "dead-in-may"
    assert ids(ask("1900-05-10")["figures"]) == "dead-in-battle"


def test_the_keys_are_promised_in_this_order(ask: Callable[[str], Any]) -> None:
    found = ask("1900-05")
    assert " ".join(found) == (
        "date earliest latest days subject subject_days day last_day days_before days_after phases strength silence events "
        "before after other_years figures casualties casualties_of_longer"
    )
    assert (found["date"], found["days"]) == ("1900-05-01/1900-05-31", 31)
    assert [ask(text)["date"] for text in ("1900-05-10", "1900..", "..1900")] == [
        "1900-05-10", "1900-01-01/..", "../1900-12-31",
    ]  # fmt: skip


def test_the_smallest_file_has_an_answer(run: Run, write: Callable[..., str]) -> None:
    path = write()
    found = json.loads(run(f"on 1900-02-01 --json --data {path}").out)
    assert (
        found["day"],
        found["phases"],
        found["strength"],
        found["silence"],
        found["events"],
    ) == (32, [], [], None, [])
    screen = run(f"on 1900-02-01 --width 80 --data {path}").out
    assert "Strength" not in screen
    assert "No event is known in this time" in screen


@pytest.mark.parametrize("date", ["nonsense", "1900-00", "5/4/00", ".."])
def test_a_date_that_cannot_be_read_is_refused(run: Run, war: str, date: str) -> None:
    outcome = run(f"on {date} --data {war}")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("withdrawal: ")


@pytest.mark.parametrize(
    ("name", "line"), [("day", "10 May 1900"), ("month", "1900-05"), ("silence", "1900-10-01")]
)
def test_the_screens_of_a_small_war(
    run: Run, war: str, golden: Callable[[str, str], None], name: str, line: str
) -> None:
    for columns in (80, 120):
        outcome = run(f"on {line} --data {war} --width {columns}")
        assert max(map(len, outcome.out.splitlines())) <= columns
        golden(f"on-small-{name}-{columns}.txt", outcome.out)


def test_as_a_table_a_day_is_one_line(run: Run, war: str) -> None:
    heading, line = run(f"on 1900-10-01 -f table --data {war}").out.splitlines()
    assert (
        " ".join(heading.split())
        == "DATE DAY PHASES STRENGTH SILENCE TROOPS OUT EVENTS BEFORE AFTER CASUALTIES"
    )
    assert "day 274 of 365" in line
    assert "1900-05-20 to 1900-12-31" in line


@pytest.mark.parametrize("date", ["15 May 1988", "1988-12-25"])
def test_days_of_the_withdrawal(run: Run, golden: Callable[[str, str], None], date: str) -> None:
    golden(f"on-{date.replace(' ', '-').lower()}-80.txt", run(f"on {date} --width 80").out)


def test_the_first_and_the_last_day_of_the_withdrawal(run: Run) -> None:
    first, last = (
        json.loads(run(f"on {date} --json").out) for date in ("15 May 1988", "1989-02-15")
    )
    assert (first["day"], first["subject_days"]) == (1, 277)
    assert (last["day"], [(row["best"], row["dispute"]) for row in last["strength"]]) == (
        277,
        [(0, "soviet-left-behind")],
    )
    assert "phase-one" in [phase["id"] for phase in first["phases"]]
    assert {"first-column-leaves-jalalabad", "gromov-crosses-bridge"} <= {
        row["id"] for row in first["events"] + last["events"]
    }


def test_at_the_end_of_1988_the_record_is_silent(run: Run) -> None:
    found = json.loads(run("on 1988-12-25 --json").out)
    assert found["silence"]["days"] > 60
    assert "no figure of the whole force between" in run("on 1988-12-25 --width 120").out


def test_a_month_of_the_withdrawal_is_briefed_as_a_whole(run: Run) -> None:
    found = json.loads(run("on 1988-08 --json").out)
    assert (found["day"], found["last_day"]) == (79, 109)
    assert [phase["id"] for phase in found["phases"]] == ["phase-one", "phase-two"]
    assert ids(found["phases"][0]["withdrawn"]) == "soviet-withdrawn-phase-one"
    assert {"soviet-strength-50000-august-1988", "soviet-strength-50117-august-1988-derived"} <= {
        row["id"] for row in found["strength"]
    }


def test_a_figure_that_was_set_aside_is_shown_nowhere(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    aside = {"rank": "deprecated", "reason": "A misprint.", "dispute": "how-strong"}
    more = [figure("set-aside", "strength", "1900-05-05", 6000, **aside)]
    ask = asking(**{**WAR, "estimates": [*WAR["estimates"], *more]})
    for day in ("1900-05-05", "1900-05-10"):
        found = ask(f"on {day}")
        rows = [*found["strength"], *found["figures"], *found["casualties"]]
        assert {"count-in-may", "later-rival"} & {row["id"] for row in rows}
        assert not {"set-aside", "dead-by-gossip"} & {row["id"] for row in rows}


# --- a day of every year, and one line -------------------------------------------------------------


@pytest.mark.parametrize("day", ["10 May", "May 10", "10th of May", "may 10th"])
def test_a_day_without_a_year_is_that_day_in_every_year(
    ask: Callable[[str], Any], day: str
) -> None:
    assert ids(ask(f"'{day}'")) == "old-battle great-battle market-day new-peace"


def test_29_february_is_a_day_too(asking: Callable[..., Callable[[str], Any]]) -> None:
    ask = asking(events=[event("leap", "1904-02-29"), event("no-leap", "1903-02-28")])
    assert ids(ask("on '29 February'")) == "leap"


def test_the_id_of_an_event_comes_before_a_day_without_a_year(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    ask = asking(events=[event("may-10", "1900-05-11"), event("other", "1900-05-10")])
    assert ask("on may-10")["date"] == "1900-05-11"


@pytest.mark.parametrize(
    ("date", "line"),
    [
        ("1900-05-10", "10 May 1900: Great battle (+1)"),
        ("1900-05-14", "14 May 1900: Truce"),
        ("10 May", "10 May 1900: Great battle (+3)"),
        (
            "1950-05-10",
            "10 May 1900: Great battle (+3)",
        ),  # of a day without events, its other years
        ("1900-01", "1 Jan 1900: War begins"),
        ("great-battle", "10 May 1900: Great battle (+1)"),
        ("1900-05-12", ""),  # a feast about then, a siege that goes on: nothing that is sure
        ("1899", ""),
        ("30 June", ""),
    ],
)
def test_in_brief_it_is_one_line_or_nothing(run: Run, war: str, date: str, line: str) -> None:
    outcome = run(f"on '{date}' --brief --data {war}")
    assert outcome == (0, f"{line}\n" if line else "", "")


def test_today_in_brief_is_a_line_for_a_prompt(
    run: Run, war: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for today, line in (
        (date(2026, 5, 10), "10 May 1900: Great battle (+3)\n"),
        (date(2026, 6, 30), ""),
    ):
        monkeypatch.setattr(time_expressions, "today", lambda today=today: today)
        assert run(f"on today --brief --data {war}") == (0, line, "")


def test_nothing_in_brief_is_a_status_if_one_asks_for_it(run: Run, war: str) -> None:
    assert run(f"on 1899 --brief --exit-status --data {war}").code == 1
    assert run(f"on 1900 --brief --exit-status --data {war}").code == 0


def test_a_line_has_no_format(run: Run, war: str) -> None:
    outcome = run(f"on 1900 --brief --fields date --data {war}")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "withdrawal: --brief is one line of text\n"
        "Leave out --brief, or --json, --format and --fields.\n"
    )


def test_a_line_stays_one_line_whatever_the_title_holds(
    run: Run, write: Callable[..., str]
) -> None:
    data = write(events=[event("bad", title="Two\nlines \x1b[31m")])
    assert run(f"on 1900-01-01 --brief --data {data}").out == "1 Jan 1900: Two lines \ufffd[31m\n"


def test_a_day_without_a_year_is_drawn_as_a_timeline_without_ids_in_two_parts(
    run: Run, write: Callable[..., str]
) -> None:
    shown = run(f"on 10 May --width 80 --data {write(**WAR)}").out
    days = [line.split()[:3] for line in shown.splitlines() if line.startswith("10 May")]
    assert days == [["10", "May", year] for year in ("1850", "1900", "1900", "1910")]
    assert "old-battle" not in shown
