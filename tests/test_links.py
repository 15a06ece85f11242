"""The links of every page: files are there, anchors too, and web addresses are well formed.

Nothing is fetched. Not a link checker from the registry: those fetch addresses, which tests may
not do, and do not know the anchors that GitHub makes of headings.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.conftest import ROOT

FOLDERS = ("data", "docs", "examples", ".github")
PAGES = sorted(
    [*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md"))]
)

_FENCED = re.compile(r"(?ms)^(`{3,})[^\n]*\n.*?^\1`*$")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_LINK = re.compile(
    r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?(?:\s+\"[^\"]*\")?\s*\)"
)
_DEFINED = re.compile(r"(?m)^\[[^\]]+\]:\s+<?(\S+?)>?\s*$")
_BARE = re.compile(r"<((?:https?|mailto):[^>\s]+)>")
_HEADING = re.compile(r"(?m)^#{1,6} +(.+?)(?: +#+)?$")
_NAMED = re.compile(r"<a (?:id|name)=\"([^\"]+)\"")


def links(text: str) -> Iterator[str]:
    """Yield the targets of the links and pictures in Markdown, but for what is code."""
    prose = _CODE.sub("code", _FENCED.sub("", text))
    for pattern in (_LINK, _DEFINED, _BARE):
        yield from pattern.findall(prose)


def anchors(text: str) -> set[str]:
    """Return the anchors of a page, made of its headings as GitHub does: a second one of a name has `-1`."""
    prose = _FENCED.sub("", text)
    found: dict[str, int] = {}
    for heading in _HEADING.findall(prose):
        said = (
            re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
            .replace("`", "")
            .replace("*", "")
            .lower()
        )
        kept = "".join(
            letter for letter in said if letter in " -_" or unicodedata.category(letter)[0] in "LNM"
        )
        slug = kept.strip().replace(" ", "-")
        count = found.get(slug, 0)
        found[slug] = count + 1
        if count:
            found[f"{slug}-{count}"] = 1
    return {*found, *_NAMED.findall(prose)}


def fault(page: Path, target: str) -> str | None:
    """Return what is wrong with a link of a page; `None` for nothing."""
    address = urlsplit(target)
    if address.scheme in ("http", "https"):
        host = re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?", address.netloc.lower())
        return None if host and target.isprintable() else "no web address"
    if address.scheme == "mailto":
        return (
            None if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address.path) else "no mail address"
        )
    if address.scheme or address.netloc or address.query or target.startswith("/"):
        return "neither a web address nor a path beside the page"
    there = page.parent
    for part in Path(unquote(address.path)).parts:
        if part != ".." and part not in {
            entry.name for entry in there.iterdir()
        }:  # spelled so, also where case is not heeded
            return f"there is no {part} in {there}"
        there = there.parent if part == ".." else there / part
    there = there if address.path else page
    if address.fragment and unquote(address.fragment) not in anchors(there.read_text("utf-8")):
        return f"{there.name} has no heading for it"
    return None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    found = {target: fault(page, target) for target in links(page.read_text("utf-8"))}
    assert {target: wrong for target, wrong in found.items() if wrong} == {}


def test_the_pages_are_found_and_have_links() -> None:
    names = {str(page.relative_to(ROOT).as_posix()) for page in PAGES}
    assert names >= {
        "README.md",
        "CONTRIBUTING.md",
        "docs/formats.md",
        "docs/recipes.md",
        "examples/README.md",
        "data/AUDIT.md",
    }
    assert len(list(links((ROOT / "README.md").read_text("utf-8")))) > 10


def test_every_page_of_the_docs_is_reached_from_the_readme() -> None:
    named = set(links((ROOT / "README.md").read_text("utf-8")))
    assert {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")} <= named


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("[a](b.md) and ![c](d/e.svg)", ["b.md", "d/e.svg"]),
        ("[![badge](a.svg)](b.md)", ["b.md"]),
        ("[`code`](a.md#b)", ["a.md#b"]),
        ("`[a](b.md)`", []),
        ("```\n[a](b.md)\n```\n[c](d.md)", ["d.md"]),
        ("[w](https://example.org/a_(b))", ["https://example.org/a_(b)"]),
        ("[a]: b.md", ["b.md"]),
        ("<https://example.org/>", ["https://example.org/"]),
    ],
)
def test_links_are_found(markdown: str, found: list[str]) -> None:
    assert list(links(markdown)) == found


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("## The fields", "the-fields"),
        ("### `Metadata`", "metadata"),
        ("## 1. Questions to JSON, with jq", "1-questions-to-json-with-jq"),
        ("### Who is Наджибулла?", "who-is-наджибулла"),
        ("## A [link](b.md) & more", "a-link--more"),
        ("# Twice\n\n## Twice", "twice-1"),
    ],
)
def test_headings_have_the_anchors_that_github_makes(heading: str, anchor: str) -> None:
    assert anchor in anchors(heading)


@pytest.mark.parametrize(
    ("target", "wrong"),
    [
        ("b.md", None),
        ("b.md#part-one", None),
        ("#here", None),
        ("../a/b.md", None),
        ("https://example.org/x?y#z", None),
        ("mailto:someone@example.org", None),
        ("B.md", "there is no B.md"),
        ("c.md", "there is no c.md"),
        ("b.md#part-two", "b.md has no heading"),
        ("#there", "a.md has no heading"),
        ("https://localhost", "no web address"),
        ("https:/example.org", "no web address"),
        ("/etc/passwd", "neither a web address nor a path"),
        ("javascript:alert(1)", "neither a web address nor a path"),
        ("mailto:nobody", "no mail address"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(tmp_path: Path, target: str, wrong: str | None) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "a.md").write_text("# Here\n", encoding="utf-8")
    (folder / "b.md").write_text("# B\n\n## Part *one*\n", encoding="utf-8")
    said = fault(folder / "a.md", target)
    assert (said or "").startswith(wrong or "")
    assert bool(said) == bool(wrong)
