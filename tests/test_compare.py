"""`compare`: the same months as two voices tell them."""

from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import Run, event
from withdrawal_cli.formats.schemas import output_schema


def cites(*sources: str) -> list[dict[str, str]]:
    return [{"source": source} for source in sources]


def source(identifier: str, **fields: str) -> dict[str, Any]:
    return {"id": identifier, "type": "book", "title": identifier, **fields}


def figure(identifier: str, best: int, *sources: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "measure": "dead",
        "best": best,
        "dispute": "how-many",
        "citations": cites(*sources),
        **fields,
    }


WAR: dict[str, Any] = {
    "sources": [
        source("red-memoir", perspective="reds", kind="primary", authors=["Ford, Max"], issued="1911"),  # type: ignore[arg-type]
        source("red-gazette", perspective="reds", kind="press"),
        source("blue-memoir", perspective="blues", kind="primary"),
        source("study", perspective="academic", kind="secondary"),
    ],
    "sides": [{"id": "reds", "name": "The Reds"}, {"id": "blues", "name": "The Blues"}],
    "events": [
        event("siege", "1900-01-05", citations=cites("red-memoir", "blue-memoir")),
        event("parade", "1900-01-06", citations=cites("red-gazette")),
        event("famine", "1900-03-02", citations=cites("blue-memoir")),
        event("thaw", "1900", citations=cites("blue-memoir")),
        event("later", "1901-01-01", citations=cites("red-gazette")),
        event("unheard", "1900-02-01", citations=cites("study")),
    ],
    "estimates": [
        figure("dead-red", 10, "red-gazette"), figure("dead-red-too", 20, "red-memoir"), figure("dead-blue", 50, "blue-memoir"),
        figure("lost-red", 5, "red-memoir", dispute="how-few"), figure("lost-blue", 4, "blue-memoir", dispute="how-few", high=9),
    ],
    "disputes": [
        {"id": "how-few", "title": "How few came back?"},
        {"id": "how-many", "title": "How many died?"},
        {"id": "who-won", "title": "Who won?", "importance": "key", "accounts": [
            {"says": "The Reds.", "citations": cites("red-memoir")}, {"says": "The Blues.", "citations": cites("blue-memoir")}]},
        {"id": "who-came", "title": "Who came?", "accounts": [
            {"says": "Both.", "citations": cites("red-memoir", "blue-memoir")}, {"says": "None.", "citations": cites("study")}]},
    ],
}  # fmt: skip


@pytest.fixture
def ask(asking: Callable[..., Callable[[str], Any]]) -> Callable[[str], Any]:
    return asking(**WAR)


def test_each_month_has_what_one_tells_and_what_both_do(ask: Callable[[str], Any]) -> None:
    found = ask("compare reds blues")
    Draft202012Validator(output_schema("compare")).validate(found)
    assert (found["left"], found["right"]) == ("The Reds", "The Blues")
    assert (found["sources"], found["events"]) == ([2, 1], [2, 3])
    assert [(row["month"], row["left"], row["right"], row["both"]) for row in found["months"]] == [
        ("1900-01", ["parade"], [], ["siege"]),
        ("1900-02", [], [], []),  # neither voice tells anything
        ("1900-03", [], ["famine"], []),
        (None, [], ["thaw"], []),
    ]


@pytest.mark.parametrize(
    ("when", "month"),
    [
        ("1900-01", "1900-01"),
        ("1900-01-31/1901", "1900-01"),
        ("[1900-01-02,1900-01-09]", "1900-01"),
        ("[1900-01-31,1900-02-01]", None),
        ("1900-22", None),
        ("../1900-01-31", None),
    ],
)
def test_an_event_stands_in_the_month_in_which_it_surely_began(
    asking: Callable[..., Callable[[str], Any]], when: str, month: str | None
) -> None:
    events = [event("thaw", when, citations=cites("blue-memoir"))]
    [row] = asking(**WAR | {"events": events})("compare reds blues --all")["months"]
    assert (row["month"], row["right"]) == (month, ["thaw"])


def test_they_contradict_each_other_where_no_answer_is_shared(ask: Callable[[str], Any]) -> None:
    assert [
        (row["dispute"], row["left"], row["right"])
        for row in ask("compare reds blues")["contradictions"]
    ] == [
        ("who-won", ["The Reds."], ["The Blues."]),
        ("how-many", ["10 to 20"], ["50"]),
    ]


@pytest.mark.parametrize(("blue", "differ"), [(19, False), (20, False), (21, True)])
def test_figures_that_touch_are_no_contradiction(
    asking: Callable[..., Callable[[str], Any]], blue: int, differ: bool
) -> None:
    figures = [
        figure("of-reds", 15, "red-memoir", high=20),
        figure("of-blues", blue, "blue-memoir", high=30),
    ]
    ask = asking(**{**WAR, "estimates": figures})
    for voices in ("reds blues", "blues reds"):
        found = {row["dispute"] for row in ask(f"compare {voices}")["contradictions"]}
        assert ("how-many" in found) == differ


@pytest.mark.parametrize(
    ("voices", "names", "events"),
    [
        ("primary press", ["primary", "press"], [3, 1]),
        ("red-memoir academic", ["Ford 1911", "academic"], [1, 1]),
        ("'the blues' reds", ["The Blues", "The Reds"], [3, 2]),
        ("red- blues", ["red-", "The Blues"], [2, 3]),
    ],
)
def test_a_voice_is_a_perspective_a_kind_or_a_source(
    ask: Callable[[str], Any], voices: str, names: list[str], events: list[int]
) -> None:
    found = ask(f"compare {voices}")
    assert ([found["left"], found["right"]], found["events"]) == (names, events)


def test_filters_choose_the_events(ask: Callable[[str], Any]) -> None:
    assert ask("compare reds blues --during 1901")["events"] == [1, 0]
    assert ask("compare reds blues --all")["events"] == [3, 3]


def test_silence_is_shown_as_silence(run: Run, write: Callable[..., str]) -> None:
    screen = run(f"compare reds blues --data {write(**WAR)} --width 100").out
    rows = {line[:8].strip(): line for line in screen.splitlines()}
    assert rows["Feb 1900"].count("silent") == 2
    assert rows["Mar 1900"].count("silent") == 1
    assert rows["Jan 1900"].count("= Siege") == 2


def test_months_in_which_neither_tells_anything_are_one_line(
    run: Run, write: Callable[..., str]
) -> None:
    events = [
        event("one", "1900-01-05", citations=cites("red-memoir")),
        event("two", "1900-06-01", citations=cites("blue-memoir")),
    ]
    screen = run(
        f"compare reds blues --all --data {write(**{**WAR, 'events': events})} --width 100"
    ).out
    assert [line.split("  ")[0] for line in screen.splitlines()[3:6]] == [
        "Jan 1900",
        "Feb 1900 – May 1900",
        "Jun 1900",
    ]


def test_a_voice_that_there_is_not_is_refused(run: Run, write: Callable[..., str]) -> None:
    outcome = run(f"compare reds greens --data {write(**WAR)}")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        "withdrawal: no voice and no source is called 'greens'\n"
        "Voices: academic, blues, reds, press, primary, secondary. withdrawal sources lists the "
        "sources.\n"
    )


def test_the_beginning_of_a_voice_is_no_word_of_titles(run: Run, write: Callable[..., str]) -> None:
    more = [source("ac-one"), source("ac-two"), source("red-study", perspective="red-army")]
    path = write(**{**WAR, "sources": [*WAR["sources"], *more]})
    assert run(f"compare aca blues --json --data {path}").out.startswith('{\n  "left": "academic"')
    said = "withdrawal: 'red' can mean 2 voices\nName one: red-army, reds.\n"
    assert run(f"compare red blues --data {path}") == (1, "", said)
    assert run(f"compare red-memoir blues --json --data {path}").code == 0
