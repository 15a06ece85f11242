"""`export handout`: two pages for a class, and the same in Markdown for pandoc."""

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ABOUT, Run, event
from withdrawal_cli.exports.lesson import MOMENTS

BOOK = {"id": "a-book", "type": "book", "title": "A Book", "authors": ["Ford, Max"], "issued": "1905", "perspective": "press"}  # fmt: skip
CITED = [{"source": "a-book"}]
WAR: dict[str, Any] = {
    "dataset": ABOUT
    | {
        "part_of": "The long war",
        "location": "The valley",
        "story": [{"text": "Nobody wanted it & all paid.", "citations": CITED}],
        "belligerents": [{"side": "reds"}],
    },
    "sides": [{"id": "reds", "name": "The <Reds>"}],
    "sources": [BOOK],
    "places": [{"id": "mill", "name": "The *Mill*", "latitude": 50, "longitude": 10}],
    "events": [
        event("siege", "1900-01-31", importance="key", summary="The gates were closed.", places=["mill"], citations=CITED),
        event("relief", "1900-03-05", importance="key", follows=["siege"], title="The <b>relief</b>", significance="It ended the siege."),
        event("feast", "1900-05-01"),
    ],
    "estimates": [
        {"id": "dead-ten", "measure": "dead", "side": "reds", "best": 10, "importance": "key", "dispute": "how-many", "citations": CITED},
        {"id": "dead-many", "measure": "dead", "side": "reds", "best": 30, "dispute": "how-many"},
    ],
    "disputes": [
        {"id": "how-many", "title": "How many died?", "about": ["siege"]},
        {"id": "whose-mill", "title": "Whose was the mill?", "about": ["siege"], "accounts": [{"says": "Ann's: she built it."}, {"says": "Bob's."}]},
    ],
}  # fmt: skip


@pytest.fixture
def handout(run: Run, write: Callable[..., str]) -> Callable[..., str]:
    """Return a function that makes the handout of the small war."""

    def make(options: str = "", **arrays: Any) -> str:
        outcome = run(f"export handout {options} --data {write(**{**WAR, **arrays})}")
        assert (outcome.code, outcome.err) == (0, "")
        return outcome.out

    return make


Make = Callable[..., str]


def text_of(page: str) -> str:
    """Return the words of a page without its style and tags."""
    body = page.partition("</style>")[2]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def test_it_has_the_story_the_key_dates_the_figures_and_the_sources(handout: Make) -> None:
    text = text_of(handout())
    for part in (
        "Nobody wanted it &amp; all paid. 1",
        "When 1 Jan – 31 Mar 1900 (90 days) Where The valley Sides The &lt;Reds&gt;",
        "31 Jan 1900 Siege 1 The gates were closed.",
        "10 to 30 How many died? 1 Sources disagree.",
        "Sources 1 Ford, Max: A Book, 1905",
        "page 1 of 2",
        "page 2 of 2",
    ):
        assert part in text
    assert "Feast" not in text  # not a key event


def test_it_asks_what_sources_disagree_on_what_led_to_what_and_who_is_heard(handout: Make) -> None:
    questions = handout("--markdown").partition("## To discuss\n")[2]
    assert questions.startswith(
        "\n1. **Whose was the mill?** a) Ann's: she built it. b) Bob's.\n"
        "2. **How many died?** Sources give 10 to 30."
    )
    assert "3. **What led to what?** “The \\<b\\>relief\\</b\\>” is said to follow from “Siege”." in questions  # fmt: skip
    assert "4. **Whose voice is missing?** This rests on 1 source. Who speaks in them: press 1." in questions  # fmt: skip


def test_foreign_text_is_text(handout: Make) -> None:
    page, document = handout(), handout("--markdown")
    assert "The &lt;b&gt;relief&lt;/b&gt;" in page
    assert ">The *Mill*</text>" in page
    assert "The \\*Mill\\* (1 event)" in document
    assert "<b>" not in document
    assert "<script" not in page
    header = document.split("---\n")[1]
    titles = {**ABOUT, "title": 'A: "small"\n---\nwar'}
    assert '"A: \\"small\\" --- war"' in handout("--markdown", dataset=titles)
    assert 'title: "A small war"\n' in header


def test_an_event_and_nothing_else_make_a_handout(handout: Make) -> None:
    nothing: dict[str, Any] = {key: [] for key in WAR if key not in ("dataset", "events")}
    page = handout(dataset=ABOUT, events=[event("only", summary="It was cold.")], **nothing)
    text = text_of(page)
    assert "Made by hand for the tests." in text
    assert "1 Jan 1900 Only It was cold." in text
    assert "How do we know?" in text
    assert not {"Figures", "Sources", "svg"} & set(re.findall(r"\w+", page.partition("<body>")[2]))


def test_what_has_no_room_is_counted_and_the_ends_are_kept(handout: Make) -> None:
    events = [
        event(f"day-{day:03}", f"1900-{1 + day // 28:02}-{1 + day % 28:02}") for day in range(300)
    ]
    page = handout(events=events, estimates=[], disputes=[])
    shown = re.findall(r"<b>(Day \d{3})</b>", page)
    assert shown == sorted(shown)
    assert (shown[0], shown[-1]) == ("Day 000", "Day 299")
    assert 20 < len(shown) <= MOMENTS
    left = f"And {300 - len(shown)} more, for which there is no room here."
    assert left in page
    assert left in handout("--markdown", events=events, estimates=[], disputes=[])


def test_a_paragraph_and_a_large_figure_note_three_sources_and_all_else_the_first(
    handout: Make,
) -> None:
    sources = [{"id": f"book-{n}", "type": "book", "title": f"Book {n}"} for n in range(9)]
    cited = [{"source": source["id"]} for source in sources[:4]]
    figures = [
        {"id": f"dead-{n}", "measure": "dead", "best": n, "importance": "key", "citations": cited}
        for n in range(4)
    ]
    text = handout(
        "--markdown",
        dataset=ABOUT | {"story": [{"text": "They came.", "citations": cited}]},
        sources=sources,
        events=[event("siege", importance="key", citations=cited)],
        estimates=figures,
        disputes=[],
    )
    assert "They came.[^1][^2][^3]\n" in text
    assert "- **0** dead.[^1][^2][^3]\n" in text
    assert "- **1 Jan 1900:** Siege[^1]\n" in text
    assert "| 3 | dead | [^1] |\n" in text


def test_the_page_counts_the_sources_for_which_there_is_no_room_and_markdown_has_all(
    handout: Make,
) -> None:
    sources = [
        {"id": f"book-{n}", "type": "book", "title": f"Book {n} {'of the war ' * 9}"}
        for n in range(150)
    ]
    story = [{"text": "They came.", "citations": [{"source": one["id"]}]} for one in sources]
    arrays: dict[str, Any] = {"dataset": ABOUT | {"story": story}, "sources": sources}
    arrays |= {"events": [event("siege")], "estimates": [], "disputes": []}
    page, document = handout(**arrays), handout("--markdown", **arrays)
    listed = page.partition('<ol class="sources">')[2].count("<li>")
    assert 0 < listed < 150
    assert f"The data has {150 - listed} more." in page
    assert len(re.findall(r"(?m)^\[\^\d+\]: ", document)) == 150


def test_long_texts_are_cut_at_a_word(handout: Make) -> None:
    long = "word " * 5000
    story = [{"text": long}, {"text": "Lost."}]
    page = handout(
        dataset=ABOUT | {"title": long, "story": story, "result": long, "location": long},
        events=[event("siege", title=long, summary=long, importance="key")],
    )
    assert len(page) < 40_000
    assert "word…" in page
    assert "wo…" not in page


def test_the_suffix_md_is_markdown_and_pandoc_reads_it(
    run: Run, write: Callable[..., str], tmp_path: Path, handout: Make
) -> None:
    target = tmp_path / "lesson.md"
    path = write(**WAR)
    assert run(f"export handout -o {target} --data {path}").code == 0
    assert target.read_text("utf-8") == handout("--markdown")
    pandoc = shutil.which("pandoc")
    if not pandoc:
        pytest.skip("pandoc is not here")
    done = subprocess.run(
        [pandoc, "--from", "markdown", "--to", "json", str(target)],
        capture_output=True,
        check=True,
        timeout=60,
    )
    document = json.loads(done.stdout)
    assert document["meta"]["title"]["t"] == "MetaInlines"
    assert done.stderr == b""
    assert json.dumps(document).count('"t": "Note"') == 3
    subprocess.run([pandoc, target, "-o", tmp_path / "lesson.docx"], check=True, timeout=60)
    with zipfile.ZipFile(tmp_path / "lesson.docx") as word:
        assert "Nobody wanted it &amp; all paid." in word.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("geojson --markdown", "--markdown is for handout, not geojson"),
        ("handout -o lesson.pdf", "'lesson.pdf' has the suffix of something else"),
    ],
)
def test_other_forms_are_refused(run: Run, options: str, told: str) -> None:
    outcome = run(f"export {options}")
    assert (outcome.code, told in outcome.err) == (2, True)
