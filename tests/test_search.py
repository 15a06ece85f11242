"""`search`: what it finds, in which order, and what it says when it finds nothing."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import test_commands
from tests.conftest import Run, event, ids
from tests.test_process import on_a_terminal
from withdrawal_cli.queries.folding import fold
from withdrawal_cli.queries.search import ROOM, excerpt
from withdrawal_cli.queries.search_query import parse_query

WAR: dict[str, Any] = test_commands.WAR
SMALL = WAR | {
    "events": [
        *WAR["events"],
        event("ann-marches", "1900-02-02", title="Ann Lee marches out", points=["The Reds lost 10 men.", "So says a paper."]),
        event("mill-burns", "1900-02-01", title="The mill burns", people=["ann-lee"], places=["old-town"]),
    ],
    "people": [
        {"id": "ann-lee", "name": "Ann Lee", "native_name": "Анна Ли", "aliases": ["Annie"],
         "roles": [{"title": "Envoy to the Élysée", "citations": []}]},
        {"id": "leo-ford", "name": "Leo Ford", "summary": "Friend of Ann Lee, who fought at the old mill; a “bleeding wound”."},
    ],
    "sources": [{"id": "a-book", "type": "book", "title": "A Book", "authors": ["Ford, Max"], "container": "Town Press",
                 "issued": "1901"}],
    "estimates": [
        *WAR["estimates"],
        {"id": "strength-reds", "measure": "strength", "side": "reds", "low": 9000, "high": 100300, "scope": "All of them.",
         "citations": [{"source": "a-book"}]},
    ],
    "disputes": [
        {"id": "how-many", "title": "How many Reds died?", "about": ["siege-begins"], "explanation": "Two counts: 10 and dozens.",
         "accounts": [{"says": "Nobody was counted at the ford."}]},
    ],
}  # fmt: skip


@pytest.fixture
def find(run: Run, write: Callable[..., str]) -> Callable[..., list[dict[str, Any]]]:
    """Return a function that searches the small war and gives the rows."""
    path = write(**SMALL)

    def answer(*arguments: str) -> list[dict[str, Any]]:
        outcome = run(f"search --json --data {path}", *arguments)
        assert (outcome.code, outcome.err) == (0, "")
        rows: list[dict[str, Any]] = json.loads(outcome.out)
        return rows

    return answer


@pytest.mark.parametrize(
    ("words", "found"),
    [
        # The name as a whole, then another name, then words of names, then of the text, then what a record is tied to.
        (["ann lee"], "person:ann-lee event:ann-marches person:leo-ford event:letter-sent event:siege-begins event:mill-burns"),
        (["annie"], "person:ann-lee person:leo-ford event:siege-begins event:mill-burns event:letter-sent event:ann-marches"),
        (["АННА ЛИ"], "person:ann-lee event:siege-begins event:mill-burns"),
        (["siege-begins"], "event:siege-begins"),
        (["elysee"], "person:ann-lee event:letter-sent"),
        (["lee", "ann", "marches"], "event:ann-marches"),
        (["march"], "event:ann-marches"),
        (["arches"], ""),
        (["ford"], "person:leo-ford dispute:how-many source:a-book"),
        (["reds"], ("side:reds organization:red-guard dispute:how-many estimate:strength-reds event:ann-marches event:last-parade "
         "estimate:dead-dozens estimate:dead-ten")),
        (["Altstadt"], "place:old-town event:siege-begins event:mill-burns"),
        (["press"], "source:a-book"),
        # Phrases and words that leave records out.
        (["ann mill"], "person:leo-ford event:mill-burns"),
        (['"old mill"'], "person:leo-ford"),
        (['"mill old"'], ""),
        (['"bleeding   wound"'], "person:leo-ford"),
        (["mill -friend"], "event:mill-burns"),
        (["--", "mill", "-friend"], "event:mill-burns"),
        (['mill -"old mill"'], "event:mill-burns"),
        (["mill -ann"], ""),
        (["friend, (mill)!"], "person:leo-ford"),
        # Numbers: figures that say them, then texts; ranges: figures alone.
        (["10"], "estimate:dead-ten event:ann-marches dispute:how-many"),
        (["100300"], "estimate:strength-reds"),
        (["100,300"], "estimate:strength-reds"),
        (["100"], ""),
        (["9000..9500"], "estimate:strength-reds"),
        (["10..300"], "estimate:dead-ten estimate:shots estimate:wounded-many"),
        (["10..300 dead"], "estimate:dead-ten"),
        (["10..300 -blues"], "estimate:dead-ten estimate:shots"),
        (["dozens"], "estimate:dead-dozens dispute:how-many"),
        # Kinds, in either number.
        (["mill", "--kind", "people"], "person:leo-ford"),
        (["mill", "--kind", "Person", "--kind", "event"], "event:mill-burns person:leo-ford"),
        (["ann", "-n", "1"], "person:ann-lee"),
        (["ann", "-n", "0"], ""),
    ],
)  # fmt: skip
def test_search_finds_the_best_first(
    find: Callable[..., list[dict[str, Any]]], words: list[str], found: str
) -> None:
    assert " ".join(f"{row['record']}:{row['id']}" for row in find(*words)) == found


def test_a_row_says_what_matched_and_shows_it(find: Callable[..., list[dict[str, Any]]]) -> None:
    assert find("100,300") == [
        {
            "record": "estimate",
            "id": "strength-reds",
            "title": "9,000 to 100,300 strength, The Reds (Ford 1901)",
            "date": None,
            "matched": "high",
            "excerpt": "100,300. All of them.",
            "dispute": None,
            "short_answer": None,
            "low": None,
            "high": None,
            "unit": None,
            "summary": None,
        }
    ]
    assert find("annie", "--kind", "person")[0] | {"title": ""} == {
        "record": "person", "id": "ann-lee", "title": "", "date": None, "matched": "aliases", "excerpt": "Annie",
        "dispute": None, "short_answer": None, "low": None, "high": None, "unit": None, "summary": None,
    }  # fmt: skip
    [book] = find("press", "--kind", "source")
    assert (book["date"], book["matched"]) == ("1901", "container")
    marches = find("paper")[0]
    assert (marches["date"], marches["matched"], marches["excerpt"]) == (
        "1900-02-02",
        "points",
        "So says a paper.",
    )


@pytest.mark.parametrize(
    ("words", "problem", "way_out"),
    [
        (["?!"], "there is no word to look for", "Give a word, a name or a number."),
        ([""], "there is no word to look for", "Give a word, a name or a number."),
        (
            ["--", "-mill"],
            "there is no word to look for",
            "A word with a minus only leaves records out; add a word without one.",
        ),
        (["20..10"], "'20..10' ends before it starts", "Write the lower number first: 10..20."),
        (
            ["mill", "--kind", "war"],
            "there is no kind 'war'",
            "Choose from side, source, place, person",
        ),
    ],
)
def test_a_search_for_nothing_is_refused(
    run: Run, words: list[str], problem: str, way_out: str
) -> None:
    outcome = run("search", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"withdrawal: {problem}\n{way_out}")


def test_the_smallest_file_can_be_searched(run: Run, write: Callable[..., str]) -> None:
    assert run(f"search war --data {write()} --json").out == "[]\n"


def test_scripts_without_spaces_match_anywhere(run: Run, write: Callable[..., str]) -> None:
    path = write(events=[event("treaty", title="日本軍の撤退が始まる")])
    assert json.loads(run(f"search 撤退 --json --data {path}").out)[0]["id"] == "treaty"


def test_a_terminal_gets_a_screenful_and_a_pipe_gets_all(run: Run) -> None:
    seen, talk = on_a_terminal("search", "kabul")
    total = len(json.loads(run("search kabul --json").out))
    assert total > 30
    assert (
        talk
        == f"25 of {total} records, the best first; -n {total} shows all, withdrawal show ID one in full.\n"
    )
    assert "\x1b[1;7" in seen
    assert len(run("search kabul").out.splitlines()) == total + 1
    assert on_a_terminal("search", "kabul", "--json", "-n", "30")[0].count('"record"') == 30


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gromof"], "Nothing matches gromof. Did you mean Gromov or Gromow or Gromyko?\n"),
        (["xqzzy"], "Nothing matches xqzzy.\n"),
        (
            ["gromov", "refrigerator", "gorbachef"],
            "Nothing matches refrigerator, gorbachef. Did you mean Gorbachev or Gorbachov?\n",
        ),
        (
            ["helminen", "jalalabad"],
            (
                "No record has all the words; these have most of them. 15 records; "
                "withdrawal show ID shows one in full.\n"
            ),
        ),
        (["boris-gromov", "--kind", "person"], "1 record; withdrawal show ID shows one in full.\n"),
    ],
)
def test_the_note_tells_a_person_what_to_try(words: list[str], said: str) -> None:
    assert on_a_terminal("search", *words)[1] == said


def test_markup_and_escapes_in_the_data_stay_text(run: Run, write: Callable[..., str]) -> None:
    path = write(
        events=[
            event("odd-one", title="[bold]Odd[/bold] :cd: \x1b[31mred", summary="An odd\x07 line.")
        ]
    )
    out = run(f"search odd line --data {path} --width 80").out
    assert "[bold]Odd[/bold] :cd: \ufffd[31mred" in out
    assert "An odd\ufffd line." in out


# --- questions ------------------------------------------------------------------------------------

ASKED: dict[str, Any] = {
    "events": [
        event("gates-open", title="The gates open", importance="key", summary="Soldiers leaving by night."),
        event("gates-close", title="The gates close", summary="The Romans came."),
        event("march-home", title="The march home", importance="detail", summary="The soldiers leave."),
        event("feast", title="A feast of the legion", people=["ann-lee"]),
    ],
    "people": [{"id": "ann-lee", "name": "Ann Lee", "aliases": ["Annie"]}],
    "terms": [{"id": "the-legion", "name": "legion", "aliases": ["Romans"], "meaning": "An army."}],
    "disputes": [
        {"id": "why-leave", "title": "Why did the soldiers leave?", "short_answer": "Nobody knows."},
        {"id": "when-leave", "title": "When did the soldiers leave?", "importance": "key"},
        {"id": "how-many", "title": "How many soldiers were there?"},
    ],
    "estimates": [
        {"id": "ten-men", "measure": "strength", "best": 1000, "dispute": "how-many", "citations": []},
        {"id": "more-men", "measure": "strength", "best": 3000, "dispute": "how-many", "citations": []},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("question", "found"),
    [
        # Stop words are ignored, forms of a word match, the same question comes first.
        ("why did the soldiers leave?", "why-leave when-leave gates-open march-home"),
        ("soldier leaving", "when-leave why-leave gates-open march-home"),
        ("what did the Romans", "the-legion gates-close feast"),
        # Another name finds what is told under the first, and what is tied to it.
        ("annie", "ann-lee feast"),
        ("legion", "the-legion feast gates-close"),
        # Not all words fit: most words first, key records first.
        ("soldiers gates zebra", "gates-open"),
        ("zebra gates", "gates-open gates-close"),
        # Stop words alone are what is meant.
        ("an", "ann-lee the-legion feast"),
    ],
)
def test_a_question_is_answered(
    asking: Callable[..., Callable[[str], Any]], question: str, found: str
) -> None:
    assert " ".join(row["id"] for row in asking(**ASKED)(f"search {question!r}")) == found


def test_the_first_record_is_told_with_its_summary_and_the_others_are_not(
    run: Run, write: Callable[..., str]
) -> None:
    term = {"id": "the-legion", "name": "legion", "meaning": "An army of volunteers."}
    events = [event("legion-leaves", title="The legion leaves", summary="It went home.")]
    screen = run(f"search legion --width 80 --data {write(events=events, terms=[term])}").out
    assert [line.rstrip() for line in screen.splitlines()] == [
        "term   legion", "       the-legion", "       An army of volunteers.",
        "event  The legion leaves", "       legion-leaves  1 Jan 1900",
    ]  # fmt: skip


def test_a_figure_comes_with_the_answer_and_the_range_of_its_dispute(
    run: Run, write: Callable[..., str]
) -> None:
    disputes = [
        {"id": "how-many", "title": "How many?", "short_answer": "At least a thousand."},
    ]
    path = write(**ASKED | {"disputes": disputes})
    [row] = json.loads(run(f"search 1,000 --json --data {path}").out)
    assert (row["id"], row["dispute"], row["short_answer"]) == (
        "ten-men",
        "how-many",
        "At least a thousand.",
    )
    assert (row["low"], row["high"], row["unit"]) == (1000, 3000, "people")
    screen = run(f"search 1,000 --width 80 --data {path}").out
    assert "rivals: 1,000 to 3,000, how-many" in screen
    assert screen.count("At least a thousand.") == 1


# --- laws ----------------------------------------------------------------------------------------

TEXTS = st.text("aeéiöuйёЖßǆ İ-.,'\n", max_size=300)


@given(TEXTS, st.data())
def test_every_word_of_a_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    words = re.findall(r"\w+", text)
    if words:
        word = data.draw(st.sampled_from(words))
        found = [text[start:end] for start, end in parse_query([word]).spans(text)]
        assert found
        assert any(fold(part).startswith(fold(word)) for part in found)


@given(TEXTS, st.data())
def test_an_excerpt_holds_the_word_and_is_about_as_long_as_it_should_be(
    text: str, data: st.DataObject
) -> None:
    words = list(re.finditer(r"\S+", text))
    if words:
        word = data.draw(st.sampled_from(words))
        shown = excerpt(text, word.start())
        assert word[0] in shown
        assert "\n" not in shown
        assert len(shown) <= max(ROOM, len(word[0])) + 4


def test_an_excerpt_has_about_100_characters_from_the_middle_of_a_text(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    long = event("one", summary=f"{'Rain fell. ' * 30}The mill burned. {'Snow fell. ' * 30}")
    [row] = asking(events=[long])("search mill")
    assert re.fullmatch(r"… .*The mill burned\..* …", row["excerpt"])
    assert 90 <= len(row["excerpt"]) <= 104


@pytest.mark.parametrize(
    ("words", "record", "matched"),
    [
        ("annie", {"name": "Annie Lee", "aliases": ["Annie"]}, "aliases"),  # the whole of a name
        ("lee mill", {"name": "Ann Lee", "summary": "Lee bought a mill."}, "summary"),
        ("10 men", {"best": 10, "reason": "The clerk saw 10 men."}, "best"),  # the figure itself
    ],
)
def test_the_field_that_tells_most_is_shown(
    asking: Callable[..., Callable[[str], Any]], words: str, record: dict[str, Any], matched: str
) -> None:
    records = (
        {"people": [{"id": "ann-lee", **record}]}
        if "name" in record
        else {"estimates": [{"id": "some-dead", "measure": "dead", **record}]}
    )
    assert asking(**records)(f"search {words}")[0]["matched"] == matched


def test_the_text_that_has_the_whole_word_is_shown(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    events = [event("army-rests", title="The army rests", summary="He lost an arm.")]
    [row] = asking(events=events)("search arm")
    assert (row["matched"], row["excerpt"]) == ("summary", "He lost an arm.")


@pytest.mark.parametrize(
    ("words", "mills", "found"),
    [
        ("mill burn", "ab", "a-mill-burns b-mill-burns"),
        ("'did the mill burn?'", "ab", "a-mill-burns b-mill-burns mill-stands"),
        ("'did the mill burn?'", "abc", "a-mill-burns b-mill-burns c-mill-burns"),
    ],
)
def test_a_sentence_that_few_records_have_whole_also_finds_those_with_most_of_it(
    asking: Callable[..., Callable[[str], Any]], words: str, mills: str, found: str
) -> None:
    events = [event("mill-stands"), *(event(f"{letter}-mill-burns") for letter in mills)]
    assert ids(asking(events=events)(f"search {words}")) == found


@pytest.mark.parametrize(
    ("typed", "title"),
    [("casualty", "Casualties grow"), ("casualties", "No casualty"), ("leaving", "They leave")],
)
def test_any_form_of_a_word_is_found(
    asking: Callable[..., Callable[[str], Any]], typed: str, title: str
) -> None:
    assert ids(asking(events=[event("that-day", title=title)])(f"search {typed}")) == "that-day"


def test_what_is_tied_to_a_record_is_found_by_its_names_and_not_by_its_id(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    people = [{"id": "ann-lee", "name": "Ann Smith"}]
    ask = asking(events=[event("that-day", people=["ann-lee"])], people=people)
    assert ids(ask("search smith")) == "ann-lee that-day"
    assert ids(ask("search lee")) == "ann-lee"


def test_only_a_sentence_is_a_question() -> None:
    assert (parse_query(["who"]).asks, parse_query(["who won"]).asks) == (None, "who")


def test_what_the_words_of_a_question_lead_up_to_may_be_a_whole_name(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    phases = [{"id": "aftermath", "title": "After the war", "date": "1901"}]
    events = [event("war-ends", title="The war ends", importance="key")]
    ask = asking(events=events, phases=phases)
    assert ids(ask("search what happened after the war?")) == "aftermath war-ends"


def test_a_person_is_meant_by_a_part_of_the_name_when_one_asks_who(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    question = {"id": "by-whom", "title": "Who was it that saw Lee last?", "importance": "key"}
    ask = asking(**{**ASKED, "disputes": [*ASKED["disputes"], question]})
    assert [row["id"] for row in ask("search who was lee")][:2] == ["ann-lee", "by-whom"]
    assert [row["id"] for row in ask("search who saw lee")][:1] == ["by-whom"]


def test_number_of_is_no_word_to_look_for_and_a_short_question_comes_first(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    longer = {"id": "camps", "title": "How many died in the raid on the camps of soldiers?"}
    ask = asking(**{**ASKED, "disputes": [longer, *ASKED["disputes"]]})
    assert ask("search number of soldiers") == ask("search soldiers")
    found = [row["id"] for row in ask("search how many soldiers")]
    assert found.index("how-many") < found.index("camps")
