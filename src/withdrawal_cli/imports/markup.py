"""Takes the text out of HTML: paragraphs, list items, and where the links lead.

The tags are found by patterns of our own: on Python 3.11, html.parser takes quadratic or cubic time
for a text in which tags are not closed. 25 KB of `<a ` take 5 s.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from itertools import pairwise

from withdrawal_cli.values import Value

BLOCKS = {
    "address", "article", "blockquote", "br", "center", "dd", "div", "dl", "dt", "figure",
    "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section",
    "table", "td", "th", "tr", "ul",
}  # fmt: skip
"""The tags at which a new paragraph begins."""
HIDDEN = {"script", "style", "template", "title"}
"""The tags whose text nobody sees."""
RAW = {"script", "style"}
"""The tags in which markup is not markup."""
SHOWN = {"audio", "embed", "iframe", "img", "object", "svg", "video"}
"""The tags that show something other than text."""
LONGEST_HEADING = 30
"""A shorter paragraph before a list of links is taken for the heading of that list."""

# No part of these patterns is read twice (`*+` never gives back what it took), so the time grows
# with the text and no faster.
KEY_AND_VALUE = (
    r"""(?P<key>[^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?P<value>"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
)
ATTRIBUTE = re.compile(KEY_AND_VALUE, re.ASCII)
OPENING = re.compile("<(?=[a-z/!?])", re.ASCII | re.IGNORECASE)
TAG = re.compile(
    r"""<(?: !--(?:-?>|.*?--!?>)            # a comment
           | (?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<attributes>(?:[\s/]++|KEY_AND_VALUE)*+)>
           | (?!!--)[/!?][^>]*+>            # what browsers take for a comment
        )""".replace("KEY_AND_VALUE", re.sub(r"\?P<\w+>", "?:", KEY_AND_VALUE)),
    re.ASCII | re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


class Link(Value):
    """A link: its address, its text, and what follows it in a list of links."""

    url: str
    text: str
    after: str = ""


class Prose(Value):
    """What a text in HTML says."""

    summary: str
    "Its paragraphs, on one line."
    points: tuple[str, ...]
    "Its list items, except those that are only a link."
    links: tuple[Link, ...]
    shown: tuple[str, ...]
    "The tags that show something other than text."


NOTHING = Prose(summary="", points=(), links=(), shown=())


def plain(html: str) -> str:
    """Return the text of a piece of HTML on one line.

    >>> plain("<b>Peace</b> &amp; <i>quiet</i><br>at last")
    'Peace & quiet at last'
    """
    if "<" not in html:
        return _one_line([_unescape(html)])
    return " ".join(block.text for block in _read(html)[0])


def read_html(html: str) -> Prose:
    """Return what a text in HTML says."""
    if not html:  # most rows of a spreadsheet
        return NOTHING
    blocks, shown = _read(html)
    headings = [
        block
        for block, following in pairwise(blocks)
        if following.reference
        and not block.is_item
        and len(block.text) < LONGEST_HEADING
        and not block.text.endswith(".")
    ]
    for heading in headings:
        heading.is_heading = True
    paragraphs = (block for block in blocks if not block.is_item and not block.is_heading)
    return Prose(
        summary=" ".join(block.text for block in paragraphs),
        points=tuple(block.text for block in blocks if block.is_item and not block.reference),
        links=tuple(link for block in blocks for link in block.links),
        shown=tuple(shown),
    )


class Block:
    """A paragraph or a list item, and the links in it."""

    def __init__(self, *, is_item: bool = False) -> None:
        self.is_item = is_item
        self.is_heading = False
        self.pieces: list[str] = []
        self.anchors: list[tuple[str, list[str]]] = []
        "The address of each link, and the pieces of its text."

    @cached_property
    def text(self) -> str:
        return _one_line(self.pieces)

    @cached_property
    def links(self) -> list[Link]:
        if self.reference:
            return [self.reference]
        return [Link(url=url, text=_one_line(pieces) or url) for url, pieces in self.anchors]

    @cached_property
    def reference(self) -> Link | None:
        """The link that a list item consists of, with what follows it: often a page number."""
        if not self.is_item or len(self.anchors) != 1:
            return None
        url, pieces = self.anchors[0]
        text = _one_line(pieces)
        after = self.text.removeprefix(text)
        if not text or after[:2] not in ("", ", "):
            return None
        return Link(url=url, text=text, after=after.removeprefix(", "))


def _read(html: str) -> tuple[list[Block], list[str]]:
    """Return the blocks that hold any text, and the tags of SHOWN."""
    blocks, shown = [Block()], dict[str, None]()
    hidden, in_link = 0, False
    for source, tag in _tokens(html):
        if source and not hidden:
            text = _unescape(source)
            blocks[-1].pieces.append(text)
            if in_link and blocks[-1].anchors:
                blocks[-1].anchors[-1][1].append(text)
        if not tag or not tag["name"]:
            continue
        name, is_start = tag["name"].lower(), not tag["end"]
        if name in HIDDEN:
            hidden = max(0, hidden + (1 if is_start else -1))
        if name in BLOCKS:
            blocks.append(Block(is_item=is_start and name == "li"))
        if name in SHOWN and is_start:
            shown[name] = None
        if name == "a":
            in_link = is_start
            if is_start:
                blocks[-1].anchors.append((_address(tag["attributes"]), []))
    return [block for block in blocks if block.text], list(shown)


def _tokens(html: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Yield each text with the tag after it, read as browsers do; the last one has no tag."""
    at = 0
    while opening := OPENING.search(html, at):
        tag = TAG.match(html, opening.start())
        if not tag:  # it never ends, and neither does any after it: the rest is text
            break
        yield html[at : opening.start()], tag
        at = tag.end()
        if not tag["end"] and (name := (tag["name"] or "").lower()) in RAW:
            # A script that never ends takes the rest.
            closing = re.compile(f"(?=</{name}[\\s/>])", re.IGNORECASE).search(html, at)
            at = closing.start() if closing else len(html)
    yield html[at:], None


def _address(attributes: str) -> str:
    """Return what the first `href` says; empty for none."""
    for match in ATTRIBUTE.finditer(attributes):
        if match["key"].lower() == "href":
            return _unescape((match["value"] or "").strip("\"'"))
    return ""


def _unescape(text: str) -> str:
    # `unescape` passes the digits of a reference to int(), which refuses more than 4,300 of them.
    return unescape(re.sub(r"&#[0-9]{9,};?", "\ufffd", text)) if "&" in text else text


def _one_line(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
