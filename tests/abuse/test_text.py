"""Hostile text in every field of every kind of record: it stays text in every answer, in every format and every export."""

import asyncio
import csv
import io
import json
import re
import unicodedata
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from tests.abuse.datasets import HOSTILE, Document, as_json
from tests.abuse.forms import rows_of_sqlite
from tests.abuse.program import ask, dangerous, hold_to_promises, listings, questions
from tests.conftest import ABOUT, event
from withdrawal_cli.cli import main
from withdrawal_cli.dataset.checking import check_file
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.explore.app import Explorer
from withdrawal_cli.exports.html import TEMPLATES
from withdrawal_cli.formats import FORMATS

TEXTS = [text for text in HOSTILE if text.strip("\x00 ")]
LONG = "long " * 200_000


def hostile_record(text: str, number: int) -> dict[str, Any]:
    """Return what each kind of record has in its texts."""
    cited = [{"source": f"source-{number}", "locator": text}]
    return {
        "sides": {"name": text, "aliases": [text]},
        "sources": {
            "type": "book", "title": text, "authors": [text], "container": text, "publisher": text, "url": text, "number": text,
            "isbn": text, "language": text, "note": text, "aliases": [text],
        },
        "places": {
            "name": text, "native_name": text, "aliases": [text], "kind": text, "country": text, "country_then": f"{text}x",
            "latitude": 30 + number / 10, "longitude": 60 + number / 10, "wikidata": text, "summary": text, "citations": cited,
        },
        "people": {
            "name": text, "native_name": text, "aliases": [text], "side": f"side-{number}", "summary": text, "citations": cited,
            "roles": [{"title": text, "citations": cited}], "ranks": [{"title": text}], "wikidata": text,
        },
        "organizations": {
            "name": text, "native_name": text, "aliases": [text], "kind": text, "leader": f"person-{number}", "summary": text,
        },
        "routes": {"name": text, "places": ["place-0", f"place-{number}"], "summary": text},
        "phases": {"title": text, "date": "1900-01/1900-02", "summary": text},
        "events": {
            "date": "1900-01-01", "title": text, "summary": text, "points": [text, text], "side": f"side-{number}",
            "places": [f"place-{number}"], "people": [f"person-{number}"], "organizations": [f"organization-{number}"],
            "citations": cited, "importance": "key", "certainty": "uncertain", "aliases": [text],
        },
        "estimates": {
            "measure": "strength" if number % 2 else "dead", "side": f"side-{number}", "date": "1900-01-10", "text": text,
            "best": number, "unit": text, "scope": text, "rank": "preferred", "reason": text or "x", "citations": cited,
            "dispute": f"dispute-{number}", "event": f"event-{number}",
        },
        "disputes": {
            "title": text, "explanation": text, "about": [f"event-{number}"],
            "accounts": [{"says": text, "rank": "deprecated", "reason": text or "x", "citations": cited}],
        },
    }  # fmt: skip


KINDS = {"sides": "side", "people": "person"}


def hostile(texts: list[str]) -> Document:
    """Return a sound dataset with a record of every kind for each of the texts, and all of them on its card."""
    first = " ".join(texts)
    document: Document = {
        "dataset": {
            **ABOUT, "title": first, "description": first, "version": first, "license": first, "authors": [first], "url": first,
            "part_of": first, "location": first, "result": first,
            "belligerents": [{"side": "side-0", "commanders": ["person-0"], "note": first}],
        }
    }  # fmt: skip
    for number, text in enumerate(texts):
        for key, record in hostile_record(text, number).items():
            kind = KINDS.get(key, key.removesuffix("s"))
            document.setdefault(key, []).append({"id": f"{kind}-{number}", **record})
    return document


EVERYTHING = as_json(hostile(TEXTS))


def test_hostile_text_is_no_fault() -> None:
    assert check_file(EVERYTHING) == []


ONCE = list({(line[0], *line[-2:]): line for line in questions(("estimate-3",))}.values())
"""Each command in each format."""


@pytest.mark.parametrize("line", ONCE, ids=" ".join)
def test_hostile_text_commands_no_terminal_and_breaks_no_format(line: tuple[str, ...]) -> None:
    outcome = ask(*line, "--data", "-", given=EVERYTHING)
    assert (outcome.code, outcome.err) == (0, "")
    hold_to_promises(outcome, line)


class Page(HTMLParser):
    """What a browser would run or follow."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts, self.handlers, self.links, self.tags = 0, [], set(), set()  # type: ignore[var-annotated]
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.scripts += tag == "script"
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.links |= {
            content or ""
            for name, content in attrs
            if name in ("href", "src", "action", "data", "xlink:href")
        }


def test_the_page_of_hostile_data_runs_and_follows_nothing_of_theirs() -> None:
    contents = (EVERYTHING, as_json(hostile(["x"])))
    page, plain = (
        Page(ask("export", "html", "--data", "-", given=content).out) for content in contents
    )
    assert (page.scripts, page.handlers) == (plain.scripts, [])
    templates = "".join(
        path.read_text("utf-8") for path in TEMPLATES.iterdir() if path.name.endswith(".html")
    )
    assert page.tags <= plain.tags | set(re.findall("<([a-z]+)", templates))
    assert "img" not in page.tags
    own = {link for link in plain.links if link.startswith("data:")}  # the icon of every page
    assert {
        link.partition(":")[0] for link in set(page.links) - own if not link.startswith("#")
    } <= {
        "https",
        "http",
    }


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet may run a cell: it skips blanks, and reads the full-width letters of East Asia like the others."""
    start = unicodedata.normalize("NFKC", cell).strip("\ufeff\u200b \t\r\n")[:1]
    number = re.fullmatch(r"-[\d.]+", cell)
    return cell.startswith(("\t", "\n", "\r")) or (start in tuple("=+-@") and not number)


@pytest.mark.parametrize("line", listings(("event-3", "source-3")), ids=" ".join)
def test_no_cell_is_a_formula(line: tuple[str, ...]) -> None:
    out = ask(*line, "-f", "csv", "--data", "-", given=EVERYTHING).out
    assert not [
        cell for row in csv.reader(io.StringIO(out, newline="")) for cell in row if is_formula(cell)
    ]


def test_no_cell_of_a_package_is_a_formula() -> None:
    out = ask("export", "datapackage", "--data", "-", given=EVERYTHING).out.encode(
        "utf-8", "surrogateescape"
    )
    with zipfile.ZipFile(io.BytesIO(out)) as package:
        tables = [
            package.read(name).decode() for name in package.namelist() if name.endswith(".csv")
        ]
    assert len(tables) > 20
    assert not [
        cell
        for table in tables
        for row in csv.reader(io.StringIO(table, newline=""))
        for cell in row
        if is_formula(cell)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "=1",
        "\t=1",
        "\n=1",
        " =1",
        "\u3000+1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff20a",
        "-1 below",
    ],
)
def test_a_guarded_cell_comes_back_as_it_was_and_a_plain_one_has_no_guard(text: str) -> None:
    content = json.dumps(
        {"dataset": ABOUT, "events": [event("one", title=text), event("two", title="a = b")]}
    ).encode()
    out = ask(
        "timeline", "--all", "-f", "csv", "--fields", "id,title,date", "--data", "-", given=content
    ).out
    assert [row[1] for row in csv.reader(io.StringIO(out, newline=""))] == [
        "title",
        f"'{text}",
        "a = b",
    ]
    made = json.loads(ask("new", "-", "--from", "csv", "-", given=out.encode()).out)
    assert {found["title"] for found in made["events"]} == {text.strip(), "a = b"}


def test_a_database_keeps_the_text_but_for_what_commands_a_terminal() -> None:
    out = ask("export", "sqlite", "--data", "-", given=EVERYTHING).out.encode(
        "utf-8", "surrogateescape"
    )
    titles = [row[0] for row in rows_of_sqlite(out, "SELECT title FROM events ORDER BY rowid")]
    kept = [
        title for title, text in zip(sorted(titles), sorted(TEXTS), strict=True) if title == text
    ]
    assert len(titles) == len(TEXTS)
    assert '=HYPERLINK("http://x")' in titles
    assert kept


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("command", ["timeline", "show one"])
def test_a_line_of_a_megabyte_is_one_line_more(command: str, name: str) -> None:
    content = json.dumps(
        {"dataset": ABOUT, "events": [event("one", title=LONG, summary=LONG)]}
    ).encode()
    outcome = ask(*command.split(), "-f", name, "--data", "-", given=content)
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize("option", ["perspective", "kind", "type", "language"])
def test_a_tab_offers_only_what_can_be_shown(
    tmp_path: Path, option: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "war.json").write_bytes(EVERYTHING)
    monkeypatch.setenv("_WITHDRAWAL_COMPLETE", "zsh")
    main(["sources", "--data", str(tmp_path / "war.json"), f"--{option}", ""])
    offered = capsys.readouterr().out.split("\n")
    assert "".join(offered).isprintable()
    assert len(offered) > 10 or option != "language"


@pytest.mark.parametrize("kind", ["event", "source", "person", "estimate", "dispute"])
def test_the_browser_shows_hostile_text_as_text(tmp_path: Path, kind: str) -> None:
    (tmp_path / "war.json").write_bytes(EVERYTHING)
    dataset = load_dataset(str(tmp_path / "war.json"))

    async def look() -> str:
        browser = Explorer(dataset, f"{kind}-2", lambda _options, _name: "")
        async with browser.run_test(size=(200, 50)) as pilot:
            await pilot.pause()
            return "\n".join(strip.text for strip in browser.screen._compositor.render_strips())

    seen = asyncio.run(look())
    assert "\ufffd]8;;https://evil.example\ufffd\\here" in seen
    assert dangerous(seen) == set()


def test_ids_lead_nowhere(tmp_path: Path) -> None:
    for identifier in ("../../etc/passwd", "/etc/passwd", "a/b", "..", "con.", "$(id)"):
        content = json.dumps({"dataset": ABOUT, "events": [event(identifier)]}).encode()
        outcome = ask(
            "export", "datapackage", "-o", str(tmp_path / "x.zip"), "--data", "-", given=content
        )
        assert (outcome.code, list(tmp_path.iterdir())) == (1, [])
        assert f"{identifier!r} is not an id" in outcome.err


@pytest.mark.parametrize("way", ["--width=80", "--plain", "--color=always"])
def test_the_names_of_two_voices_command_no_terminal(way: str) -> None:
    name = "\x1b[31mred\x07\u202e [bold]loud[/bold] :smile: \x9b5m"
    sides = [{"id": f"side-{number}", "name": f"{name} {number}"} for number in range(2)]
    sources = [
        {"id": f"source-{n}", "type": "book", "title": "A book", "perspective": f"side-{n}"}
        for n in range(2)
    ]
    told = [
        event(f"event-{n}", "1900-01-01", citations=[{"source": f"source-{n}"}]) for n in range(2)
    ]
    document = {"dataset": ABOUT, "sides": sides, "sources": sources, "events": told}
    line = ("compare", "side-0", "side-1", "--all", way)
    outcome = ask(*line, "--data", "-", given=as_json(document))
    assert (outcome.code, outcome.err) == (0, "")
    shown = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", outcome.out)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)
    assert "\x1b[31mred" not in outcome.out
    assert "[bold]loud" in shown
    assert ":smile:" in shown


@pytest.mark.parametrize(
    "line", ["show a-book", "show event-0", "narrate --all", "quiz --all --answers"]
)
def test_no_address_in_a_markdown_document_ends_its_link(line: str) -> None:
    """`<https://…>` ends at the first `>`, and what follows would be HTML."""
    url = 'https://example.org/"><script>alert(1)</script>|`<b>'
    sources = [{"id": "a-book", "type": "book", "title": "A book", "url": url}]
    told = [
        event(f"event-{n}", f"1900-01-{n + 1:02}", citations=[{"source": "a-book"}])
        for n in range(9)
    ]
    document = {"dataset": ABOUT, "events": told, "sources": sources}
    outcome = ask(*line.split(), "-f", "markdown", "--data", "-", given=as_json(document))
    tokens = MarkdownIt("commonmark").enable("table").parse(outcome.out)
    found = [part for token in tokens for part in (token, *(token.children or ()))]
    assert not [part.content for part in found if part.type.startswith("html")]
    links = [str(part.attrs["href"]) for part in found if part.type == "link_open"]
    assert links
    assert all(link.endswith("%3C/script%3E%7C%60%3Cb%3E") for link in links)


def test_what_pandoc_reads_of_a_title_is_text(tmp_path: Path) -> None:
    """In pandoc, metadata is Markdown, and HTML in Markdown is HTML."""
    text = "<script>alert(1)</script> `x` \u202e*loud*"
    about = {**ABOUT, "title": text, "license": text, "authors": [text]}
    told = event("event-0", importance="key", citations=[{"source": "a-book"}])
    sources = [{"id": "a-book", "type": "book", "title": "A book"}]
    document = {"dataset": about, "events": [told], "sources": sources}
    for line in (
        ("export", "handout", "-o", str(tmp_path / "handout.md")),
        (
            "narrate",
            "-o",
            str(tmp_path / "told.md"),
            "--bibliography",
            str(tmp_path / "cited.json"),
        ),
    ):
        assert ask(*line, "--data", "-", given=as_json(document)).code == 0
    for name in ("handout.md", "told.md"):
        header = (tmp_path / name).read_text("utf-8").split("---\n")[1]
        assert header.count("script") == 6
        for told in re.findall(r'"(.*?)"', header):
            assert not re.search(r"(?<!\\)[<>`*\u202e]", json.loads(f'"{told}"'))
