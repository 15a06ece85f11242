"""`quiz`: questions of which one answer, and no other, is right by the data."""

import html
import json
from collections.abc import Callable
from time import perf_counter
from typing import Any

import pytest

from tests.conftest import Run, event
from withdrawal_cli.dates.time_expressions import parse_date
from withdrawal_cli.queries.folding import fold

WAR: dict[str, Any] = {
    "sources": [{"id": f"{name.lower()}-book", "type": "book", "title": name, "authors": [f"{name}, Max"], "issued": "1905"}
                for name in ("Ford", "Gray", "Hill", "Iver", "Jope")],
    "people": [{"id": name.lower(), "name": f"Ann {name}"} for name in ("Abel", "Boll", "Carr", "Dunn", "Earl")],
    "places": [{"id": name, "name": name.replace("-", " ").title(), "kind": kind, "country": "Land", "latitude": latitude, "longitude": 10}
               for name, kind, latitude in [("old-town", "town", 50.0), ("old-town-airport", "city", 51), ("mill-hill", "city", 50.1),
                                            ("new-town", "town", 52), ("far-town", "village", 53), ("low-town", "city", 54), ("pass", "pass", 55)]],
    "events": [
        event("siege", "1900-01-31", places=["old-town"], people=["abel"], summary="Abel closed the gates.", citations=[{"source": "ford-book"}]),
        event("raid", "1900-02-10", places=["new-town"], people=["boll"], related=["siege"]),
        event("fire", "1900-03-10", places=["far-town"], people=["carr"]),
        event("flood", "1900-04-10", places=["low-town", "mill-hill"], people=["dunn"]),
        event("feast", "1900-05-01", places=["old-town-airport", "pass"], people=["earl"]),
    ],
}  # fmt: skip


@pytest.fixture
def quiz(asking: Callable[..., Callable[[str], Any]]) -> Callable[..., dict[str, dict[str, Any]]]:
    """Return a function that makes every question of the small war with more events, by id."""

    def questions(options: str = "", **more: Any) -> dict[str, dict[str, Any]]:
        arrays = {name: [*WAR.get(name, []), *more.get(name, [])] for name in {*WAR, *more}}
        made = asking(**arrays)(f"quiz --all -n 100 {options}")
        return {question["id"]: question for question in made}

    return questions


Quiz = Callable[..., dict[str, dict[str, Any]]]


def asked_disputes(*accounts: dict[str, Any], title: str = "When was it?") -> dict[str, Any]:
    return {"id": "which-one", "title": title, "about": ["thaw"], "accounts": list(accounts)}


def test_a_sheet_draws_no_more_than_anybody_reads(
    run: Run, write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withdrawal_cli.views.quiz.SCREENFUL", 2)
    path = write(**WAR)
    made = json.loads(run(f"quiz --all -n 100 --json --data {path}").out)
    sheet = run(f"quiz --all -n 100 --answers --data {path}").out
    assert f"and {len(made) - 2} more; --json has all" in sheet
    assert (sheet.count("\n1. "), sheet.count("\n2. "), sheet.count("\n3. ")) == (2, 2, 0)


@pytest.mark.parametrize(
    ("date", "accounts", "asked"),
    [
        ("1900-06-02", (), ("day", "2 Jun 1900")),
        ("1900-06", (), ("month", "Jun 1900")),
        ("[1900-06-02,1900-06-03]", (), ("month", "Jun 1900")),
        ("[1900-05-31,1900-06-01]", (), ("year", "1900")),
        ("1900-06-10~", (), ("year", "1900")),
        ("1900-06-02", ("1900-06-02", "1900-06-05"), ("month", "Jun 1900")),
        ("1900-06-02", ("1900-06-02", "1900-07"), ("year", "1900")),
        ("1900-06-02/1900-08", (), ("day", "2 Jun 1900")),
    ],
)
def test_a_date_is_asked_as_far_as_it_is_known(
    quiz: Quiz, date: str, accounts: tuple[str, ...], asked: tuple[str, str]
) -> None:
    years = [event(f"in-{year}", f"{year}-01-01") for year in (1897, 1898, 1899)]
    told = [{"says": "So.", "date": text} for text in accounts]
    disputes = [asked_disputes(*told)] if told else []
    made = quiz(events=[event("thaw", date), *years], disputes=disputes)["date-thaw"]
    assert (made["precision"], made["answer"]) == asked


@pytest.mark.parametrize(
    ("fields", "accounts"),
    [
        ({"date": "1900-06-02?"}, []),
        ({"date": "1900-06~"}, []),
        ({"date": "[1899-12-31,1900-01-01]"}, []),
        ({"date": "../1900-06-02"}, []),
        ({"certainty": "uncertain"}, []),
        ({"title": "Siege"}, []),  # two events of one title
        ({"title": "The June thaw"}, []),  # it tells
        ({}, [{"says": "In the year before.", "date": "1899"}, {"says": "In June."}]),
        ({}, [{"says": "In 1899.", "date": "1899"}, {"says": "In June.", "date": "1900-06"}]),
    ],
)
def test_a_date_in_doubt_is_not_asked_for(
    quiz: Quiz, fields: dict[str, Any], accounts: list[dict[str, Any]]
) -> None:
    thaw = {**event("thaw", "1900-06-02"), **fields}
    disputes = [asked_disputes(*accounts)] if accounts else []
    made = quiz(events=[thaw], disputes=disputes)
    assert "date-fire" in made
    assert "date-thaw" not in made


def test_no_wrong_date_lies_in_the_time_of_the_event_or_of_another_account(quiz: Quiz) -> None:
    accounts = ({"says": "Now.", "date": "1900-03"}, {"says": "Later.", "date": "1900-04"})
    years = [event(f"in-{year}", str(year)) for year in range(1890, 1904)]
    made = quiz(
        events=[event("thaw", "1900-03/1902"), *years], disputes=[asked_disputes(*accounts)]
    )
    assert made["date-thaw"]["answer"] == "1900"
    assert not {"1901", "1902"} & set(made["date-thaw"]["choices"])


def test_the_nearest_dates_of_the_data_are_the_wrong_ones(quiz: Quiz) -> None:
    old = [event(f"long-ago-{day}", f"1800-01-{day:02}") for day in range(1, 10)]
    near = [event(f"near-{day}", f"1900-06-{day:02}") for day in range(1, 10)]
    choices = quiz(events=[event("thaw", "1900-06-20"), *old, *near])["date-thaw"]["choices"]
    assert len(choices) == 4
    assert all(choice.endswith("Jun 1900") for choice in choices)


def test_no_wrong_place_is_next_to_the_right_one_or_told_with_it(quiz: Quiz) -> None:
    made = quiz()["place-siege"]
    # its airport, the village in sight of it and the town of the related raid may be right
    assert (made["answer"], set(made["choices"])) == (
        "Old Town",
        {"Old Town", "Far Town", "Low Town"},
    )
    told = event("storm", "1900-06-01", places=["old-town"], summary="It began at Far Town.")
    assert "place-storm" in quiz(events=[told | {"summary": "It began."}])
    choices = quiz(events=[told]).get("place-storm", {"choices": []})["choices"]
    assert "Far Town" not in choices


def test_no_wrong_person_is_tied_to_the_event(quiz: Quiz) -> None:
    made = quiz()["person-siege"]
    assert made["answer"] == "Ann Abel"
    assert set(made["choices"]) == {"Ann Abel", "Ann Carr", "Ann Dunn", "Ann Earl"}  # Boll raided
    told = event("parley", "1900-06-01", people=["abel"], summary="Abel met Carr.")
    assert "Ann Carr" not in quiz(events=[told])["person-parley"]["choices"]


def test_choices_stand_in_order_of_date_or_by_alphabet(quiz: Quiz) -> None:
    town = {"id": "a-town", "name": "Ålborg", "kind": "city", "latitude": 60, "longitude": 10}
    frost = event("frost", "1901-01-02", places=["a-town"])
    seen = set()
    for seed in range(1, 9):
        for question in quiz(f"--seed {seed}", places=[town], events=[frost]).values():
            choices = question["choices"]
            seen.update(choices)
            if question["asks"] == "date":
                assert choices == sorted(choices, key=lambda one: parse_date(one).order)
            else:
                assert choices == sorted(choices, key=fold)
    assert {"Ålborg", "10 Apr 1900", "2 Jan 1901", "Ann Abel"} <= seen


def test_a_title_that_names_the_answer_is_no_question(quiz: Quiz) -> None:
    named = event(
        "abel-dies", "1900-06-01", title="Abel dies", people=["abel"], summary="Abel died."
    )
    named |= {"places": ["far-town"]}
    made = quiz(events=[named, event("far-town-burns", places=["far-town"])])
    assert "person-abel-dies" not in made
    assert "place-far-town-burns" not in made
    assert "place-abel-dies" in made


def figure(name: str, source: str, **numbers: Any) -> dict[str, Any]:
    return {
        "id": f"dead-{name}", "measure": "dead", "dispute": "how-many", "citations": [{"source": f"{source}-book"}], **numbers,
    }  # fmt: skip


def test_a_disputed_number_is_asked_as_who_says_it(quiz: Quiz) -> None:
    disputes = [{"id": "how-many", "title": "How many died?", "about": ["siege"]}]
    rivals = [
        figure("ten", "ford", best=10),
        figure("many", "gray", low=5),  # ten are five or more
        figure("twelve", "hill", best=12),
        figure("twenty", "iver", best=20),
        figure("sum", "jope", best=3, scope="Derived: one and two."),
    ]
    seen = {}
    for seed in range(1, 30):
        for question in quiz(f"--seed {seed}", disputes=disputes, estimates=rivals).values():
            if question["asks"] == "dispute":
                seen[question["question"]] = (question["answer"], set(question["choices"]))
    assert seen == {
        "How many died? Who says 10?": ("Ford 1905", {"Ford 1905", "Hill 1905", "Iver 1905"}),
        "How many died? Who says 12?": ("Hill 1905", {"Hill 1905", "Ford 1905", "Iver 1905"}),
        "How many died? Who says 20?": ("Iver 1905", {"Iver 1905", "Ford 1905", "Hill 1905"}),
    }


def test_an_account_is_asked_for_its_voice_unless_another_begins_alike(quiz: Quiz) -> None:
    accounts = [
        {"says": "No defeat: they left in order (Lester Grau)."},
        {"says": "No defeat: it was planned (Boris Gromov)."},
        {"says": "A defeat: they had lost (Rodric Braithwaite)."},
        {"says": "Neither: they bargained (Richard Herrmann)."},
        {"says": "A draw: so Max Ford says (Max Ford)."},
    ]
    made = {}
    for seed in range(1, 40):
        disputes = [asked_disputes(*accounts, title="Was it a defeat?") | {"about": ["siege"]}]
        for question in quiz(f"--seed {seed} --ask dispute", disputes=disputes).values():
            made[question["answer"]] = question
    assert set(made) == {"Lester Grau", "Boris Gromov", "Rodric Braithwaite", "Richard Herrmann"}
    grau = made["Lester Grau"]
    assert (
        grau["question"]
        == "Was it a defeat? Whose answer is this: “No defeat: they left in order”?"
    )
    assert "Boris Gromov" not in grau["choices"]


def test_the_same_seed_gives_the_same_questions_and_another_gives_others(
    run: Run, write: Callable[..., str]
) -> None:
    path = write(**WAR)
    first, same, other = (
        run(f"quiz --all --json --seed {seed} --data {path}").out for seed in (5, 5, 6)
    )
    assert first == same != other


def test_filters_choose_what_is_asked_about(quiz: Quiz) -> None:
    assert set(quiz("--match siege")) == {"date-siege", "person-siege", "place-siege"}
    assert set(quiz("--match siege --ask place")) == {"place-siege"}


def test_the_kinds_take_turns(quiz: Quiz) -> None:
    asked = [question["asks"] for question in quiz().values()]
    assert asked[:3] == ["date", "person", "place"]


def test_the_screen_has_the_key_only_on_request_and_a_document_always(
    run: Run, write: Callable[..., str]
) -> None:
    line = f"quiz --match siege --ask date --data {write(**WAR)}"
    question = "1. On which day was this: “Siege”?\n"
    key = "1. a) 31 Jan 1900. 31 Jan 1900: Abel closed the gates. [1]\n"
    for options, has_key in (("", False), ("--answers", True)):
        out = run(f"{line} {options} --width 80").out
        assert (question in out, key in out) == (True, has_key)
    document = run(f"{line} -f markdown").out
    assert "1\\. On which day was this: “Siege”?\n\n- a) 31 Jan 1900\n" in document
    assert "# Answers\n\n1\\. a) 31 Jan 1900. 31 Jan 1900: Abel closed the gates.[^1]\n" in document
    assert "Answers" not in run(f"{line} -f markdown --no-answers").out


def test_one_event_makes_no_question_and_the_screen_says_why(
    run: Run, write: Callable[..., str]
) -> None:
    path = write(events=[event("only")])
    assert run(f"quiz --data {path}").out.startswith("No fair question can be made:")
    assert run(f"quiz --data {path} --json").out == "[]\n"


def test_an_anki_file_has_its_headers_and_a_note_for_each_question(
    run: Run, write: Callable[..., str]
) -> None:
    hostile = '"[sound:a.mp3] <b>\\(x\\) [latex]=1\tand\nmore'
    events = [event("thaw", "1900-06-02", title=hostile), *WAR["events"]]
    path = write(**WAR | {"events": events})
    out = run(f"quiz --match sound --ask date --anki --data {path}").out
    *headers, note = out.splitlines()
    assert headers == [
        "#separator:tab",
        "#html:true",
        "#columns:Front\tBack\tTags\tId",
        "#tags column:3",
        "#guid column:4",
    ]
    cells = note.split("\t")
    assert cells[2:] == ["a-small-war date", "a-small-war-date-thaw"]
    question, *choices = cells[0].split("<br>")
    assert question.endswith("(sound:a.mp3] &lt;b&gt;/(x\\) (latex]=1 and more”?")
    assert [choice[:3] for choice in choices] == ["a) ", "b) ", "c) ", "d) "]
    assert html.unescape(cells[1]).count("<br>") == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--ask weather", "a quiz cannot ask for 'weather'"),
        ("--ask persn", "Did you mean person?"),
        ("--seed x", "--seed cannot be 'x'"),
        ("--anki --json", "--anki is a format of its own"),
        ("--anki -o deck.csv", "'deck.csv' has the suffix of something else"),
    ],
)
def test_what_makes_no_quiz_is_refused(run: Run, options: str, told: str) -> None:
    outcome = run(f"quiz {options}")
    assert (outcome.code, told in outcome.err) == (2, True)


def test_every_answer_is_a_choice_once(run: Run) -> None:
    for question in json.loads(run("quiz --all -n 1000 --json").out):
        assert question["choices"].count(question["answer"]) == 1
        assert len(set(question["choices"])) == len(question["choices"]) >= 3


def test_a_file_of_many_events_without_a_fair_question_is_given_up_soon(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    people = [{"id": f"ann-{number}", "name": f"Ann {number}"} for number in range(500)]
    events = [
        event(
            f"event-{number}", people=[f"ann-{number % 500}"], summary=f"Ann {number % 500} came."
        )
        | {"places": ["mill"]}
        for number in range(5000)
    ]
    ask = asking(events=events, people=people, places=[{"id": "mill", "name": "Mill"}])
    begun = perf_counter()
    assert ask("quiz --all") == []
    assert perf_counter() - begun < 20  # a second; a minute without a limit
