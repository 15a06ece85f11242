"""`--known-by`, `--perspective` and their like: the record as some of its sources tell it."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run, event, ids
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.dataset.references import faults
from withdrawal_cli.explore.app import Explorer
from withdrawal_cli.queries.evidence import Evidence, hear


def cites(*sources: str) -> list[dict[str, str]]:
    return [{"source": source} for source in sources]


def source(identifier: str, issued: str | None = None, **fields: str) -> dict[str, Any]:
    return {
        "id": identifier,
        "type": "article-newspaper",
        "title": identifier,
        **({"issued": issued} if issued else {}),
        **fields,
    }


def dead(identifier: str, best: int, *sources: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "measure": "dead",
        "best": best,
        "date": "1900",
        "dispute": "how-many-died",
        "citations": cites(*sources),
        **fields,
    }


WAR: dict[str, Any] = {
    "sources": [
        source("gazette-1900", "1900-02-03", perspective="reds", kind="press", consulted="read"),
        source("memoir-1911", "1911", perspective="blues", kind="primary", consulted="excerpt"),
        source("study-1950", "1950-05", perspective="academic", kind="secondary"),
        source("old-page", perspective="press", kind="press"),
    ],
    "sides": [{"id": "reds", "name": "The Reds"}, {"id": "blues", "name": "The Blues"}],
    "people": [
        {"id": "ann-lee", "name": "Ann Lee", "summary": "She held the gate.", "citations": cites("gazette-1900", "study-1950"),
         "roles": [{"title": "Guard", "citations": cites("gazette-1900")}, {"title": "Spy", "citations": cites("study-1950")}]},
        {"id": "bob-ray", "name": "Bob Ray", "citations": cites("study-1950")},
        {"id": "cid-day", "name": "Cid Day"},
    ],
    "events": [
        event("gate-falls", "1900-02-01", summary="The gate fell.", people=["cid-day"], related=["tunnel-found"],
              citations=cites("gazette-1900")),
        event("tunnel-found", "1900-02-02", summary="Spies had dug it.", significance="It won the war.", points=["Dug by night."],
              follows=["gate-falls"], related=["gate-falls"], citations=cites("gazette-1900", "memoir-1911")),
        event("secret-talks", "1900-01-20", citations=cites("memoir-1911")),
        event("rumour", "1900-01-21", citations=cites("old-page")),
        event("second-siege", "1900-03-01", citations=cites("gazette-1900")),
    ],
    "estimates": [
        dead("dead-gazette", 10, "gazette-1900", event="gate-falls", reason="Printed first.", rank="deprecated"),
        dead("dead-study", 45, "study-1950", rank="preferred", reason="Names are listed.", importance="key"),
        dead("dead-later", 35, "gazette-1900", "study-1950", dispute=None, scope="Derived: 45 less 10."),
    ],
    "disputes": [
        {"id": "how-many-died", "title": "How many died?", "short_answer": "45.", "explanation": "The Gazette counted the gate alone.",
         "about": ["gate-falls", "secret-talks"], "citations": cites("study-1950")},
        {"id": "who-dug", "title": "Who dug the tunnel?", "accounts": [
            {"says": "The Blues.", "citations": cites("memoir-1911")},
            {"says": "Nobody knows.", "citations": cites("study-1950")}]},
    ],
}  # fmt: skip


@pytest.fixture
def ask(run: Run, write: Callable[..., str]) -> Callable[[str], Any]:
    """Return a function that asks the small war and gives the JSON, whatever is told besides."""
    path = write(**WAR)

    def asking(line: str) -> Any:
        outcome = run(f"{line} --data {path} --json")
        assert outcome.code == 0
        return json.loads(outcome.out)

    return asking


@pytest.mark.parametrize(
    ("options", "events"),
    [
        ("--known-by 1900-02-03", "gate-falls tunnel-found"),
        ("--known-by 1900-02-02", ""),
        ("--known-by 1911", "secret-talks gate-falls tunnel-found"),
        ("--known-by 1911-06", "gate-falls tunnel-found"),  # the memoir may be of December
        ("--learned-since 1901", "secret-talks"),
        ("--learned-since 1900-02", "secret-talks gate-falls tunnel-found second-siege"),
        ("--learned-since 1901 --known-by 1910", ""),
        ("--perspective reds", "gate-falls tunnel-found second-siege"),
        ("--perspective BLUES --perspective press", "secret-talks rumour tunnel-found"),
        ("--source-kind primary", "secret-talks tunnel-found"),
        ("--consulted read", "gate-falls tunnel-found second-siege"),
        ("--perspective blues --consulted read", ""),
    ],
)
def test_an_event_stands_while_a_source_that_can_report_it_is_heard(
    ask: Callable[[str], Any], options: str, events: str
) -> None:
    assert ids(ask(f"timeline --all {options}")) == events


def test_what_rests_partly_on_a_later_source_keeps_only_its_title(
    ask: Callable[[str], Any],
) -> None:
    gate, tunnel = ask("timeline --all --known-by 1900-02-03")
    assert gate["summary"] == "The gate fell."
    assert (tunnel["title"], tunnel["summary"], tunnel["significance"], tunnel["points"]) == (
        "Tunnel found", None, None, [],
    )  # fmt: skip
    assert tunnel["sources"] == ["gazette-1900"]


def test_a_dispute_shows_the_answers_of_the_time_and_what_is_left_out(
    ask: Callable[[str], Any],
) -> None:
    (dispute,) = ask("disputes --known-by 1900-12")
    assert dispute["short_answer"] == "As known on 31 Dec 1900: 10. Left out: 45."
    assert (dispute["explanation"], dispute["about"], dispute["preferred"]) == (
        None, ["gate-falls"], None,
    )  # fmt: skip
    (figure,) = dispute["estimates"]
    assert (figure["rank"], figure["reason"]) == ("normal", None)  # they weigh it against 45
    assert ask("disputes who-dug --perspective blues")[0]["short_answer"] == (
        "As told by The Blues sources: 1 account. Left out: 1 account."
    )


def test_what_was_known_in_the_place_of_a_key_figure_is_key(ask: Callable[[str], Any]) -> None:
    assert ids(ask("casualties")) == "dead-study"
    assert ids(ask("casualties --known-by 1900")) == "dead-gazette"


def test_arithmetic_needs_all_of_its_sources(ask: Callable[[str], Any]) -> None:
    assert "dead-later" in ids(ask("casualties --all --perspective reds --perspective academic"))
    assert "dead-later" not in ids(ask("casualties --all --perspective reds"))


def test_people_keep_what_is_told_of_them(ask: Callable[[str], Any]) -> None:
    assert ids(ask("people --all --known-by 1900")) == "cid-day ann-lee"  # Cid is in an event
    ann = ask("show ann-lee --known-by 1900")
    assert ann["summary"] is None
    assert [role["title"] for role in ann["roles"]] == ["Guard"]


def test_the_screen_and_the_pipe_say_what_is_left_out(run: Run, write: Callable[..., str]) -> None:
    said = (
        "As known on 31 Dec 1900: 2 of 5 events, 1 of 3 figures, 1 of 2 disputes. "
        "Sources left out: 3, 1 of them undated."
    )
    line = f"timeline --all --known-by 1900 --data {write(**WAR)}"
    assert said in " ".join(run(f"{line} --width 200").out.split())
    assert run(f"{line} --json").err.strip() == said


@pytest.mark.parametrize(
    "line",
    [
        "narrate --all --bibliography refs.json",
        "narrate --all --json",
        "quiz --all --anki",
        "diff {} --changelog",
        "diff {} --json",
        "export geojson",
    ],
)
def test_what_is_no_screen_says_it_beside_the_answer(
    run: Run,
    write: Callable[..., str],
    line: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(**WAR)
    outcome = run(f"{line.format(path)} --known-by 1900 --data {path}")
    assert outcome.code == 0
    assert "Sources left out: 3, 1 of them undated." in " ".join(outcome.err.split())


def test_an_export_holds_only_what_is_heard(
    run: Run, write: Callable[..., str], tmp_path: Path
) -> None:
    outcome = run(f"export html --known-by 1900 -o {tmp_path}/page.html --data {write(**WAR)}")
    assert (outcome.code, "Sources left out: 3" in outcome.err) == (0, True)
    carried = run(f"timeline --all --json --data {tmp_path}/page.html").out
    assert ids(json.loads(carried)) == "gate-falls tunnel-found"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--perspective greens", "no source has the perspective 'greens'\nChoose from academic, blues, press, reds."),
        ("--consulted skimmed", "no source was consulted as 'skimmed'\nChoose from excerpt, read."),
        ("--source-kind gossip", "no source has the kind 'gossip'\nChoose from press, primary, secondary."),
        ("--known-by yesteryear", "yesteryear"),
        ("--known-by 1900..", "--known-by cannot be '1900..', which has no last day"),
        ("--learned-since ..1900", "--learned-since cannot be '..1900', which has no first day"),
    ],
)  # fmt: skip
def test_words_that_mean_nothing_are_refused(
    run: Run, write: Callable[..., str], options: str, told: str
) -> None:
    outcome = run(f"timeline {options} --data {write(**WAR)}")
    assert (outcome.code, outcome.out, told in outcome.err) == (2, "", True), outcome.err


def test_a_record_that_is_not_heard_is_not_there(run: Run, write: Callable[..., str]) -> None:
    outcome = run(f"show secret-talks --known-by 1900 --data {write(**WAR)}")
    assert (outcome.code, outcome.out) == (1, "")
    assert "As known on 31 Dec 1900, there is no record 'secret-talks'" in outcome.err


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(known_by="1988-08"),
        Evidence(known_by="1989-02-15"),
        Evidence(learned_since="1993"),
        Evidence(perspectives=["pakistan", "afghan-government"]),
        Evidence(source_kinds=["primary"]),
    ],
)
@pytest.mark.usefixtures("bundled")
def test_what_is_left_of_the_record_is_a_sound_file(evidence: Evidence) -> None:
    whole = load_dataset()
    heard = hear(whole, evidence)
    assert list(faults(heard)) == []
    assert 0 < len(heard.events) < len(whole.events)


def test_without_a_choice_the_record_is_as_it_was() -> None:
    whole = load_dataset()
    assert hear(whole, Evidence()) is whole


def test_the_browser_says_whose_word_it_shows(write: Callable[..., str]) -> None:
    dataset = hear(load_dataset(write(**WAR)), Evidence(known_by="1900"))

    async def look() -> tuple[str, list[str]]:
        browser = Explorer(dataset, None, lambda *_: "")
        async with browser.run_test(notifications=True) as pilot:
            await pilot.pause()
            title = str(browser.menu.border_title)
            return title, [note.message for note in browser._notifications]

    assert asyncio.run(look()) == ("As known on 31 Dec 1900: Timeline", [dataset.hearing])
