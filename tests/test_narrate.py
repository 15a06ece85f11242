"""`narrate`: the chosen events as prose, every sentence a record's."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run, event
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.dates import parse_edtf
from withdrawal_cli.queries.filters import Filters
from withdrawal_cli.queries.narration import summarize_narration, when_text


def cites(*sources: str) -> list[dict[str, str]]:
    return [{"source": source} for source in sources]


WAR: dict[str, Any] = {
    "sources": [
        {"id": "old-book", "type": "book", "title": "An Old Book", "authors": ["Ford, Max"], "issued": "1905"},
        {"id": "town-press", "type": "article-newspaper", "title": "News", "container": "Town Press"},
    ],
    "phases": [{"id": "winter", "title": "Winter", "date": "1900-01/1900-02"}, {"id": "spring", "title": "Spring", "date": "1900-03/1900-05"}],
    "events": [
        event("siege", "1900-01-31", summary="The town was closed off. Nobody left.", significance="It opened the war.", citations=cites("old-book")),
        event("raid", "1900-02", summary="Riders burnt the mill.", follows=["siege"], certainty="less-certain", citations=cites("town-press")),
        event("relief", "1900-03-05", summary="The Reds marched in, and the riders fled.", follows=["siege"],
              citations=[{"source": "old-book", "locator": "p. 12"}]),
        event("rumour", "1900-04", summary="A paper reported a truce.", certainty="uncertain", citations=cites("town-press")),
        event("feast", "1900-05-01", title="The feast is held"),
    ],
    "disputes": [
        {"id": "relief-day", "title": "When was the town relieved?", "about": ["relief"], "short_answer": "On 5 March, most say.", "accounts": [
            {"says": "On the 5th.", "date": "1900-03-05", "citations": cites("old-book")},
            {"says": "On the 5th too.", "date": "1900-03-05", "citations": cites("town-press")},
            {"says": "On the 6th.", "date": "1900-03-06", "citations": cites("town-press")}]},
        {"id": "mill-owner", "title": "Whose was the mill?", "about": ["raid"], "importance": "detail", "short_answer": "Nobody's.",
         "accounts": [{"says": "Ann's."}, {"says": "Bob's."}]},
    ],
}  # fmt: skip


@pytest.fixture
def told(write: Callable[..., str]) -> dict[str, str]:
    """Return what is told of each event of the small war, by its id."""
    passages = summarize_narration(load_dataset(write(**WAR)), Filters(all=True)).passages
    return {passage.event: passage.text for passage in passages}


def test_an_event_is_told_with_its_day_and_why_it_mattered(told: dict[str, str]) -> None:
    assert told["siege"] == (
        "On 31 January 1900, the town was closed off. Nobody left. It opened the war."
    )


def test_doubt_is_put_into_words(told: dict[str, str]) -> None:
    assert told["raid"].startswith("In February 1900, probably, riders burnt the mill.")


def test_a_sentence_that_names_who_says_so_needs_no_other_doubt(told: dict[str, str]) -> None:
    assert told["rumour"] == "In April 1900, a paper reported a truce."


def test_a_cause_is_told_as_what_came_before(told: dict[str, str]) -> None:
    assert "It followed from that." in told["raid"]
    assert "It followed from an earlier event: “Siege” (31 Jan 1900)." in told["relief"]


def test_a_disputed_day_says_how_many_accounts_give_it_and_the_short_answer(
    told: dict[str, str],
) -> None:
    assert told["relief"].startswith(
        "On 5 March 1900, according to two of three accounts, the Reds marched in"
    )
    assert told["relief"].endswith("When was the town relieved? On 5 March, most say.")
    assert "mill?" not in told["raid"]  # a detail


def test_an_event_without_a_summary_gives_its_title(told: dict[str, str]) -> None:
    assert told["feast"] == "On 1 May 1900, the feast is held."


@pytest.mark.parametrize(
    ("summary", "told"),
    [
        ("Riders burnt the mill.", "In 1900, riders burnt the mill."),  # "the riders fled"
        ("Foreign Minister Lee resigned.", "In 1900, Foreign Minister Lee resigned."),
        ("Foreign riders came.", "In 1900, foreign riders came."),  # "a foreign minister said"
        ("Lee resigned.", "In 1900, Lee resigned."),  # "that Lee had left"
        ("Gunmen came.", "In 1900: Gunmen came."),  # nothing tells
        ("In spring Lee resigned.", "In 1900: In spring Lee resigned."),
        ('"We go," he said.', 'In 1900: "We go," he said.'),
    ],
)
def test_a_summary_loses_its_capital_where_the_file_shows_that_it_is_no_name(
    write: Callable[..., str], summary: str, told: str
) -> None:
    others = "There the riders fled, a foreign minister said, while Foreign Minister Lee had left."
    events = [event("change", "1900", summary=summary), event("others", "1901", summary=others)]
    passages = summarize_narration(load_dataset(write(events=events)), Filters(all=True)).passages
    assert passages[0].text == told


def test_what_only_may_fall_in_the_time_asked_for_is_told_after_the_rest(
    run: Run, write: Callable[..., str]
) -> None:
    page = run(f"narrate --during 1900-02-01..1900-03 --data {write(**WAR)}").out
    headings = ["Winter", "Spring", "Sources"]
    assert [line for line in page.splitlines() if line in headings] == headings
    page = run(f"narrate --during 1900-02-10..1900-03 --data {write(**WAR)}").out
    assert page.startswith("Spring\n")
    assert page.index("May also fall in this time, or lasted longer\n") < page.index("the mill")


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1900-03-05", "On 5 March 1900"),
        ("1900-03-05?", "Perhaps on 5 March 1900"),
        ("1900-05~", "About May 1900"),
        ("1900", "In 1900"),
        ("198X", "In the 1980s"),
        ("1900-21", "In spring 1900"),
        ("[1900-03-05,1900-03-06]", "On 5 or 6 March 1900"),
        ("[1900-03-05..1900-03-09]", "Between 5 and 9 March 1900"),
        ("1900-03-05/1900-03-06", "From 5 to 6 March 1900"),
        ("1900-01-05/1900-03-06", "From 5 January to 6 March 1900"),
        ("1900-03/..", "From March 1900"),
        ("../1900-03", "Until March 1900"),
        ("1900-03-05/1900-03-05", "On 5 March 1900"),
        ("1900-03-05/1900", "From 5 March 1900 to 1900"),
        ("190X/192X", "From the 1900s (decade) to the 1920s"),
        ("../198X", "Until the 1980s"),
        ("1900/", "From 1900 to an unknown date"),
        ("/1900-03", "From an unknown date to March 1900"),
        ("1900-03-05~/1900-03-09", "From about 5 March 1900 to 9 March 1900"),
        ("1900%", "Perhaps about 1900"),
        ("198X?", "Perhaps in the 1980s"),
        ("[1900,1901~]", "In 1900 or about 1901"),
        ("[1900?,1901]", "In 1900? or 1901"),
        ("[1900-03-05,1900-04]", "On 5 March 1900 or April 1900"),
        ("[1900-03-05..]", "On 5 March 1900 or later"),
        ("[..1900~]", "By about 1900"),
    ],
)
def test_a_date_opens_a_sentence(edtf: str, words: str) -> None:
    assert when_text(parse_edtf(edtf)) == words


def test_the_screen_has_phases_and_numbered_sources(run: Run, write: Callable[..., str]) -> None:
    screen = run(f"narrate --all --data {write(**WAR)} --width 200").out
    assert "\nSpring\n" in screen
    assert "fled. It followed" in screen
    assert "[1, p. 12]" in screen
    assert "[2]  News. Town Press" in screen


def test_it_is_read_in_a_pipe_as_on_the_screen(run: Run, write: Callable[..., str]) -> None:
    assert run(f"narrate --all --data {write(**WAR)}").out.startswith("Winter\n")


def test_programs_get_a_row_for_each_event(run: Run, write: Callable[..., str]) -> None:
    rows = json.loads(run(f"narrate --all --data {write(**WAR)} --json").out)
    assert [(row["phase"], row["event"]) for row in rows][:3] == [
        ("Winter", "siege"), ("Winter", "raid"), ("Spring", "relief"),
    ]  # fmt: skip
    assert rows[2]["sources"] == ["old-book", "town-press"]


@pytest.mark.parametrize("look", ["", "-f markdown", "--width 80", "--plain"])
def test_where_nothing_is_told_the_page_says_so(
    run: Run, write: Callable[..., str], look: str
) -> None:
    outcome = run(f"narrate --match nothing-like-it {look} --data {write(**WAR)}")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("No event matches.")


@pytest.fixture
def document(run: Run, write: Callable[..., str], tmp_path: Path) -> Path:
    """Return the small war as Markdown for pandoc, with its bibliography beside it."""
    target = tmp_path / "story.md"
    outcome = run(
        f"narrate --all --data {write(**WAR)} -o {target} --bibliography {tmp_path}/refs.json"
    )
    assert (outcome.code, outcome.err) == (0, "")
    return target


def test_pandoc_finds_what_is_cited(document: Path) -> None:
    text = document.read_text("utf-8")
    works = json.loads((document.parent / "refs.json").read_text("utf-8"))
    assert "## Spring" in text
    assert "[@old-book, p. 12; @old-book; @town-press]" in text
    assert {work["id"] for work in works} == {"old-book", "town-press"}


@pytest.mark.programs
def test_pandoc_makes_a_document_of_it(document: Path) -> None:
    if not shutil.which("pandoc"):
        pytest.skip("pandoc is not here")
    done = subprocess.run(
        ["pandoc", "--citeproc", document.name, "-t", "plain"],
        cwd=document.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    text = " ".join(done.stdout.split())
    assert "(Ford 1905, 12" in text
    assert "Ford, Max. 1905. An Old Book." in text


def test_a_bibliography_goes_with_markdown_alone(
    run: Run, write: Callable[..., str], tmp_path: Path
) -> None:
    outcome = run(f"narrate --json --bibliography {tmp_path}/refs.json --data {write(**WAR)}")
    assert (outcome.code, outcome.out, list(tmp_path.glob("refs*"))) == (2, "", [])
