"""Pages as Markdown: headings, tables, and a footnote with a full reference for each citation."""

import re
import shutil
import subprocess
from collections.abc import Callable

import pytest

from tests.conftest import Run, event

PAGES = [
    "overview",
    "show geneva-accords",
    "show boris-gromov friendship-bridge",
    "on 15 May 1988",
    "disputes soviet-dead-in-withdrawal",
]


@pytest.mark.parametrize("line", PAGES)
def test_a_page_is_a_document_and_every_footnote_is_both_used_and_defined(
    run: Run, line: str
) -> None:
    outcome = run(f"{line} -f markdown")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("# ")
    body, _, notes = outcome.out.partition("\n[^1]: ")
    used = re.findall(r"(?<!\\)\[\^(\d+)\]", body)
    defined = re.findall(r"(?m)^\[\^(\d+)\]: ", f"[^1]: {notes}")
    assert list(dict.fromkeys(used)) == defined == [str(n + 1) for n in range(len(defined))]
    assert defined
    assert "\x1b" not in outcome.out
    assert "\n\n\n" not in outcome.out


@pytest.mark.parametrize("line", PAGES)
def test_pandoc_reads_the_tables_and_the_footnotes(run: Run, line: str) -> None:
    if not shutil.which("pandoc"):
        pytest.skip("there is no pandoc")
    text = run(f"{line} -f markdown").out
    html = subprocess.run(
        ["pandoc", "-f", "gfm", "-t", "html"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert html.count("<h1") == len(re.findall("(?m)^# ", text))
    # pandoc repeats a note for each of its numbers.
    assert html.count('class="footnote-back"') == len(re.findall(r"(?<!\\)\[\^\d+\](?!:)", text))
    assert html.count("<table") == len(re.findall(r"(?m)^\| --- ", text))


WAR = {
    "events": [
        event(
            "one",
            title="The *first* | day [^9] <b>",
            summary="It began.",
            citations=[
                {"source": "a-book", "locator": "p. 7"},
                {"source": "a-page"},
            ],
        )
    ],
    "sources": [
        {"id": "a-book", "type": "book", "title": "A Book", "authors": ["Lee, Ann"], "issued": "1950"},
        {
            "id": "a-page",
            "type": "webpage",
            "title": "A Page",
            "container": "A_Site",
            "url": "https://example.org/a_page_1",
            "consulted": "read",
        },
    ],
}  # fmt: skip


def test_a_citation_is_a_footnote_with_its_place_and_foreign_text_stays_text(
    run: Run, write: Callable[..., str]
) -> None:
    out = run(f"show one -f markdown --data {write(**WAR)}").out
    assert out.startswith(
        "# The \\*first\\* \\| day \\[^9\\] \\<b\\>, event one\n\n|  |  |\n| --- | --- |\n"
    )
    assert out.partition("\nTo repeat it: ")[0].endswith(
        "\n\nIt began.[^1][^2]\n\n"
        "[^1]: Lee, Ann. *A Book.* 1950. Cited: p. 7.\n"
        "[^2]: “A Page.” A\\_Site, n.d. <https://example.org/a_page_1>. (consulted: read)\n"
    )


@pytest.mark.parametrize("start", ["- ", "+ ", "1988. ", "1) ", "===", "---", "# ", "> "])
def test_no_foreign_paragraph_begins_as_anything_else(
    run: Run, write: Callable[..., str], start: str
) -> None:
    path = write(events=[event("one", summary=f"{start}The text.")])
    out = run(f"show one -f markdown --data {path}").out
    paragraph = out.partition("\nTo repeat it: ")[0].splitlines()[-1]
    assert paragraph.replace("\\", "") == f"{start}The text."
    assert re.match(r"\d*\\", paragraph)


def test_fields_of_a_page_and_lists_are_tables_as_before(run: Run) -> None:
    assert run("show geneva-accords --fields id -f markdown").out.startswith("| id |\n")
    assert run("timeline -f markdown").out.startswith("| Date |")
