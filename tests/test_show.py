"""`show WORDS`: which record opens, and which others the screen names."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Run, event, ids
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.queries.show import describe, records_meant

WAR: dict[str, Any] = {
    "events": [
        event("lee-speaks", "1900-01-01", title="Ann Lee speaks", importance="detail", people=["ann-lee"]),
        event("lee-marches", "1900-01-02", title="Lee marches", importance="key", people=["ann-lee"]),
        event("old-ford-falls", "1900-01-03", title="The Old Ford falls", summary="Rockets hit the magazine."),
        event("treaty-signed", "1900-01-04", title="The treaty is signed", importance="key",
              summary="The shura made the agreement of Rome."),
        event("treaty-broken", "1900-01-05", title="The treaty is broken", summary="An agreement; Rome objects."),
    ],
    "people": [
        {"id": "bob-lee", "name": "Bob Lee"},
        {"id": "ann-lee", "name": "Ann Lee", "native_name": "Анна Ли"},
        {"id": "leeds-man", "name": "The man of Leeds"},
    ],
    "places": [{"id": "old-ford", "name": "Old Ford"}, {"id": "rome", "name": "Rome"}],
    "terms": [{"id": "term-shura", "name": "shura", "meaning": "A council."}],
    "sources": [{"id": "a-book", "type": "book", "title": "The agreement of Rome"},
                {"id": "on-lee", "type": "book", "title": "Lee"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "opened"),
    [
        ("lee", "ann-lee"),  # a person before titles; of two the one whom more events name
        ("leeds", "leeds-man"),
        ("Ли", "ann-lee"),
        ("bob lee", "bob-lee"),
        ("old ford", "old-ford"),
        ("Old Ford falls", "old-ford-falls"),
        ("SHURA", "term-shura"),
        ("shuras", "treaty-signed"),
        ("treaty", "treaty-signed"),  # the key event
        ("agreement of Rome", "treaty-signed"),  # a source alone has that in its title
        ("rockets", "old-ford-falls"),
        ("lee marches", "lee-marches"),
    ],
)
def test_words_open_what_is_clearly_meant(
    run: Run, write: Callable[..., str], words: str, opened: str
) -> None:
    outcome = run(f"show --json --data {write(**WAR)}", words)
    assert json.loads(outcome.out)["id"] == opened


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("ann lee", ["ann-lee"]),
        ("old ford falls", ["old-ford-falls"]),
        ("agreement of Rome", ["treaty-signed"]),  # "agreement" names nothing by itself
        ("lee ford", ["ann-lee", "old-ford"]),
        ("rome lee-marches", ["rome", "lee-marches"]),
    ],
)
def test_words_without_quotation_marks_are_one_name_if_they_name_one(
    run: Run, write: Callable[..., str], words: str, shown: list[str]
) -> None:
    found = json.loads(run(f"show {words} --json --data {write(**WAR)}").out)
    assert [item["id"] for item in (found if isinstance(found, list) else [found])] == shown


def test_words_that_together_name_nothing_are_refused_together(
    run: Run, write: Callable[..., str]
) -> None:
    outcome = run(f"show red star --data {write(**WAR)}")
    assert outcome.err.startswith("withdrawal: there is no record 'red star'\n")


def test_the_screen_names_the_others_key_ones_first(run: Run, write: Callable[..., str]) -> None:
    path = write(**WAR)
    also = run(f"show lee --width 80 --data {path}").out.partition("Also: ")[2]
    assert also == (
        "'lee' is in 5 other records\n"
        "  bob-lee      Bob Lee\n"
        "  lee-marches  Lee marches\n"
        "  lee-speaks   Ann Lee speaks\n"
        "  on-lee       Lee\n"
        "  leeds-man    The man of Leeds\n"
    )
    assert "Also" not in run(f"show lee-marches --width 80 --data {path}").out


@pytest.mark.parametrize(
    ("words", "hint"), [("ann lea", "Did you mean ann-lee"), ("xqzzyxq", "Choose from ")]
)
def test_unknown_words_are_refused_with_what_is_near(
    run: Run, write: Callable[..., str], words: str, hint: str
) -> None:
    outcome = run(f"show --data {write(**WAR)}", words)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"withdrawal: there is no record {words!r}")
    assert ("Did you mean" in outcome.err) == ("Did you mean" in hint)


def test_an_id_that_is_a_word_leaves_room_for_others_and_one_with_a_hyphen_does_not(
    write: Callable[..., str],
) -> None:
    dataset = load_dataset(write(**WAR))
    assert [item.id for item in records_meant(dataset, "rome")] == ["rome", "a-book"]
    assert [item.id for item in records_meant(dataset, "old-ford")] == ["old-ford"]


def test_a_title_that_has_the_words_only_inside_others_comes_after_the_texts_that_say_them(
    write: Callable[..., str],
) -> None:
    source = {"id": "a-book", "type": "book", "title": "Cartography"}
    events = [event("show-opens", summary="It was modern art.")]
    dataset = load_dataset(write(events=events, sources=[source]))
    assert [item.id for item in records_meant(dataset, "art")] == ["show-opens", "a-book"]


def test_a_record_links_the_terms_of_its_text_and_a_term_the_events(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    disputes = [{"id": "who-won", "title": "Who won?", "explanation": "No shura told."}]
    matters = event("council-meets", title="They meet", significance="It was the first shura.")
    ask = asking(**{**WAR, "events": [*WAR["events"], matters], "disputes": disputes})
    for name in ("treaty-signed", "council-meets", "who-won"):
        assert ask(f"show {name}")["terms"] == ["term-shura"]
    assert ids(ask("show term-shura")["events"]) == "council-meets treaty-signed"


def test_the_screen_names_the_events_that_one_follows(run: Run, write: Callable[..., str]) -> None:
    cause = event("first-shot", "1900-01-01", title="A shot is fired")
    outcome = event("war-begins", "1900-01-02", title="The war begins", follows=["first-shot"])
    path = write(events=[cause, outcome])
    assert "Follows     A shot is fired\n" in run(f"show war-begins --width 80 --data {path}").out


@pytest.mark.parametrize(
    ("wanted", "events", "estimates"),
    [
        ("red-guard", "parade", ""),
        ("ann-lee", "parade", ""),
        ("old-town", "parade", ""),
        ("a-book", "parade", "dead-ten"),
        ("parade", "", "dead-ten"),
        ("dead-ten", "parade", ""),
        ("the-reds", "", ""),
        ("the-winter", "", ""),
        ("the-road", "", ""),
    ],
)
def test_a_record_shows_the_events_and_the_figures_that_name_it(
    write: Callable[..., str], wanted: str, events: str, estimates: str
) -> None:
    named: dict[str, Any] = {
        "people": ["ann-lee"],
        "places": ["old-town"],
        "organizations": ["red-guard"],
    }
    cited: dict[str, Any] = {"side": "the-reds", "citations": [{"source": "a-book"}]}
    dead = {"id": "dead-ten", "measure": "dead", "best": 10, "event": "parade", **cited}
    war = write(
        events=[event("parade", **named, **cited), event("feast")],
        people=[{"id": "ann-lee", "name": "Ann Lee"}],
        places=[{"id": "old-town", "name": "Old Town"}],
        organizations=[{"id": "red-guard", "name": "Red Guard"}],
        sides=[{"id": "the-reds", "name": "The Reds"}],
        phases=[{"id": "the-winter", "title": "Winter", "date": "1900"}],
        routes=[{"id": "the-road", "name": "The road", "places": ["old-town"]}],
        sources=[{"id": "a-book", "type": "book", "title": "A Book"}],
        estimates=[dead],
    )
    detail = describe(load_dataset(war), wanted)
    assert " ".join(item.id for item in detail.events) == events
    assert " ".join(item.id for item in detail.estimates) == estimates


def test_a_source_stands_in_its_own_bibliography(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    books = [{"id": f"{letter}-book", "type": "book", "title": letter} for letter in "ab"]
    events = [event("parade", citations=[{"source": "b-book"}])]
    ask = asking(events=events, sources=books)
    assert ids(ask("show a-book")["bibliography"]) == "a-book"
    assert ids(ask("show parade")["bibliography"]) == "b-book"
