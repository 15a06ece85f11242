"""What TimelineJS is given; what it makes of it is seen in tests/browser."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ABOUT, Run, event, repetition
from tests.test_process import on_a_terminal
from withdrawal_cli import __version__
from withdrawal_cli.dataset.reading import decode_dataset, load_dataset
from withdrawal_cli.dates import Period
from withdrawal_cli.queries.timeline import phase_on, phase_periods
from withdrawal_cli.safety import is_web_address

SIEGE = {
    "sources": [
        {
            "id": "the-page",
            "type": "webpage",
            "title": "A page",
            "container": 'The "Web"',
            "url": "https://example.org/?a=1&b=2",
        },
        {"id": "the-trap", "type": "webpage", "title": "A trap", "url": "javascript:alert(1)"},
    ],
    "events": [
        event(
            "siege-begins",
            "1900-01-10~",
            summary="Guns & horns,\nat <dawn>.",
            points=["Two guns", "Ten men"],
            significance="It began the <war>.",
            category="military",
            certainty="uncertain",
            citations=[
                {"source": "the-page", "locator": "<1>"},
                {"source": "the-trap"},
                {"source": "the-trap"},
            ],
        )
    ],
    "disputes": [
        {"id": "which-day", "title": "On which day did it begin?", "about": ["siege-begins"]}
    ],
}


@pytest.fixture
def timeline(run: Run, write: Callable[..., str]) -> Callable[..., Any]:
    """Return a function that exports a file of these arrays and gives the JSON."""

    def made(options: str = "", **arrays: Any) -> Any:
        outcome = run(f"export timelinejs {options} --data {write(**arrays)}")
        assert outcome.code == 0
        return json.loads(outcome.out)

    return made


def parts(slide: Any, end: str) -> list[int] | None:
    return list(slide[end].values()) if end in slide else None


@pytest.mark.parametrize(
    ("when", "start", "end", "words"),
    [
        ("1900-01-10", [1900, 1, 10], None, "10 Jan 1900"),
        ("1900-01-10~", [1900, 1, 10], None, "c. 10 Jan 1900"),
        ("1900-01", [1900, 1], None, "Jan 1900"),
        ("1900", [1900], None, "1900"),
        ("190X", [1900], [1909], "1900s (decade)"),
        ("19XX", [1900], [1999], "1900s (century)"),
        ("1900-22", [1900, 6], [1900, 8], "summer 1900"),
        ("1900-24", [1900, 12], [1901, 2], "winter 1900"),
        ("1900-01-10/1900-02-03?", [1900, 1, 10], [1900, 2, 3], "10 Jan 1900 – 3 Feb 1900?"),
        ("1900-01/1900-02-03", [1900, 1], [1900, 2, 3], "Jan 1900 – 3 Feb 1900"),
        ("1900-01-20/1900-01", [1900, 1, 20], None, "20 Jan 1900 – Jan 1900"),
        ("1900-01-10/..", [1900, 1, 10], None, "from 10 Jan 1900"),
        ("1900-01-10/", [1900, 1, 10], None, "10 Jan 1900 – ?"),
        ("[1900-01-10,1900-01-12]", [1900, 1, 10], [1900, 1, 12], "10 or 12 Jan 1900"),
        ("[1900-01-10..]", [1900, 1, 10], None, "10 Jan 1900 or later"),
        ("0033-04-03", [33, 4, 3], None, "3 Apr AD 33"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known_and_says_the_rest_in_words(
    timeline: Callable[..., Any], when: str, start: list[int], end: list[int] | None, words: str
) -> None:
    [slide] = timeline(events=[event("one-day", when)])["events"]
    assert "group" not in slide  # it has no category
    assert (parts(slide, "start_date"), parts(slide, "end_date"), slide["display_date"]) == (
        start,
        end,
        words,
    )


@pytest.mark.parametrize("when", ["../1900", "/1900-01-10", "[..1900-01-10]"])
def test_what_has_no_start_is_left_out(timeline: Callable[..., Any], when: str) -> None:
    document = timeline(events=[event("one-day", when)])
    assert document["events"] == document["eras"] == []
    assert document["title"]["text"]["text"].endswith(
        "<p>Events left out: 1 (a timeline needs a start, and theirs is not known).</p>"
    )


def test_what_is_left_out_is_counted_for_whoever_looks(
    write: Callable[..., str], tmp_path: Path
) -> None:
    data = write(events=[event("one-day", "1900-01-10"), event("no-start", "../1900")])
    _, talk = on_a_terminal(
        "export", "timelinejs", "--data", data, "-o", str(tmp_path / "timeline.json")
    )
    assert (
        talk
        == "2 of 2 events.\nEvents left out: 1 (a timeline needs a start, and theirs is not known).\n"
    )


def test_a_slide_has_its_text_doubt_and_sources_with_everything_escaped(
    timeline: Callable[..., Any],
) -> None:
    [slide] = timeline(**SIEGE)["events"]
    assert slide == {
        "unique_id": "siege-begins",
        "start_date": {"year": 1900, "month": 1, "day": 10},
        "display_date": "c. 10 Jan 1900",
        "edtf": "1900-01-10~",
        "text": {
            "headline": "Siege begins",
            "text": "<p>Guns &amp; horns, at &lt;dawn&gt;.</p>"
            "<ul><li>Two guns</li><li>Ten men</li></ul>"
            "<p>It began the &lt;war&gt;.</p>"
            "<p>Uncertain.</p><p>Sources disagree: On which day did it begin?</p>"
            '<p>Sources</p><ul><li><a href="https://example.org/?a=1&amp;b=2">The "Web"</a>, &lt;1&gt;</li><li>A trap</li></ul>',
        },
        "autolink": False,
        "group": "military",
    }


def test_the_title_says_what_was_chosen_and_of_what(
    timeline: Callable[..., Any], write: Callable[..., str]
) -> None:
    again = repetition("export timelinejs --from 1900-01 --data war.json", write(**SIEGE))
    title = timeline("--from 1900-01", **SIEGE)["title"]
    assert title == {
        "unique_id": "_title",
        "text": {
            "headline": "A small war",
            "text": "<p>Made by hand for the tests.</p><p>A small war, data 1.0.0 of 2020-01-01, CC0-1.0; "
            f"made by withdrawal {__version__}, chosen with --from 1900-01. {again}</p>",
        },
        "autolink": False,
    }


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://example.org/a", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("HTTPS://example.org", False),
        ("https://example.org/ onclick=x", False),
        ("https://example.org/\x1b", False),
        ("ftp://example.org", False),
        ("https://", False),
        ("https:///a.jpg", False),
        ("http://:80/", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str, is_one: bool) -> None:
    assert is_web_address(url) is is_one


# --- eras -----------------------------------------------------------------------------------------

PHASES = {
    "first": "1900-01-01/1900-01-31",
    "second": "1900-01-31/1900-03-31",
    "pause": "1900-02-10/1900-02-20~",
    "one-day": "1900-03-05",
    "after": "1900-04/..",
}


def phase(name: str, when: str) -> dict[str, str]:
    return {"id": name, "title": name.capitalize(), "date": when}


def test_a_phase_within_a_phase_cuts_it_and_an_open_one_ends_with_the_events(
    timeline: Callable[..., Any],
) -> None:
    events = [event("the-start", "1900-01-01"), event("the-end", "1900-06/1900-07-14")]
    document = timeline(events=events, phases=[phase(*item) for item in PHASES.items()])
    assert [
        (era["text"]["headline"], *map(parts, [era] * 2, ("start_date", "end_date")))
        for era in document["eras"]
    ] == [
        ("First", [1900, 1, 1], [1900, 1, 31]),
        ("Second", [1900, 2, 1], [1900, 2, 9]),
        ("Pause", [1900, 2, 10], [1900, 2, 20]),
        ("Second, continued", [1900, 2, 21], [1900, 3, 4]),
        ("Second, continued", [1900, 3, 6], [1900, 3, 31]),
        ("After", [1900, 4, 1], [1900, 7, 14]),
    ]


def test_only_the_phases_that_the_events_fall_in_are_eras(timeline: Callable[..., Any]) -> None:
    document = timeline(
        events=[event("mid-pause", "1900-02-15")], phases=[phase(*item) for item in PHASES.items()]
    )
    assert [era["text"]["headline"] for era in document["eras"]] == ["Pause"]


@pytest.mark.parametrize(
    ("phase_date", "start", "end"),
    [
        ("1900-02-01/..", date(1900, 2, 1), date(1900, 3, 31)),
        ("../1900-02-01", date(1900, 1, 1), date(1900, 2, 1)),
        ("1900-05-01/..", date(1900, 5, 1), date(1900, 5, 1)),
        ("../1899-05-01", date(1899, 5, 1), date(1899, 5, 1)),
    ],
)
def test_an_open_phase_reaches_as_far_as_the_whole_time_or_its_known_end(
    write: Callable[..., str], phase_date: str, start: date, end: date
) -> None:
    whole = Period(start=date(1900, 1, 1), end=date(1900, 3, 31))
    [(_, period)] = phase_periods(
        load_dataset(write(phases=[phase("open-end", phase_date)])), whole
    )
    assert period == Period(start=start, end=end)


DAYS = st.dates(date(1900, 1, 1), date(1900, 3, 1))


@given(
    st.lists(st.tuples(DAYS, DAYS, st.sampled_from(["{}/{}", "../{1}", "{}/.."])), max_size=6),
    DAYS,
    DAYS,
)
def test_stretches_give_every_day_to_one_phase(
    spans: list[tuple[date, date, str]], one: date, other: date
) -> None:
    phases = [
        phase(f"phase-{n}", form.format(*sorted((start, end))))
        for n, (start, end, form) in enumerate(spans)
    ]
    dataset = decode_dataset(
        json.dumps({"dataset": ABOUT, "events": [], "phases": phases}).encode(), "hand-made"
    )
    whole = Period(start=min(one, other), end=max(one, other))
    days: dict[date, str] = {}
    before = date.min
    for found, period in phase_periods(dataset, whole):
        assert period.start
        assert period.end
        assert before < period.start <= period.end
        before = period.end
        days |= {
            period.start + timedelta(days=n): found.id
            for n in range((period.end - period.start).days + 1)
        }
    assert whole.start
    assert whole.end
    for number in range((whole.end - whole.start).days + 1):
        day = whole.start + timedelta(days=number)
        expected = phase_on(dataset, day)
        assert days.get(day) == (expected and expected.id)
