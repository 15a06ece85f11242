"""HTML to plain text: paragraphs, list items, and where the links lead. Nothing of the markup is kept.

The tags are found by patterns of our own: the time of html.parser, as Python 3.11 has it, grows with the square or the cube of a
text in which tags are not closed (25 KB of `<a ` take 5 s).
"""

import re
from functools import cached_property
from html import unescape
from itertools import pairwise

from withdrawal_cli.values import Value, value

BLOCKS = {
    "address", "article", "blockquote", "br", "center", "dd", "div", "dl", "dt", "figure", "figcaption", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
}  # fmt: skip
UNSEEN = {"script", "style", "template", "title"}
SHOWN = {"audio", "embed", "iframe", "img", "object", "svg", "video"}
RAW = {"script", "style"}
_KEY_AND_VALUE = (
    r"""(?P<key>[^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?P<value>"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
)
_ATTRIBUTE = re.compile(_KEY_AND_VALUE, re.ASCII)
_MARKED = re.compile("[<&]")
_OPENING = re.compile("<(?=[a-z/!?])", re.ASCII | re.IGNORECASE)
_TAG = re.compile(
    r"""<(?: !--(?:-?>|.*?--!?>)                                                         # a comment
           | (?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<attributes>(?:[\s/]++|KEY_AND_VALUE)*+)>
           | (?!!--)[/!?][^>]*+>                                                         # what browsers take for a comment
        )""".replace("KEY_AND_VALUE", re.sub(r"\?P<\w+>", "?:", _KEY_AND_VALUE)),
    re.ASCII | re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
"""No part is read twice (`*+` never gives back what it took), so the time grows with the text and no faster."""
HEADING = 30
"""A paragraph shorter than this that stands before a list of links is its heading."""


@value
class Link(Value):
    """Where a link leads, its words, and what follows them in a list of links."""

    url: str
    words: str
    after: str = ""


@value
class Prose(Value):
    """What a text in HTML says."""

    summary: str
    "Its paragraphs, on one line."
    points: tuple[str, ...]
    "Its list items, but for those that are a link and no more."
    links: tuple[Link, ...]
    shown: tuple[str, ...]
    "The tags that show something else than text."


def plain(html: str) -> str:
    """Return the words of a piece of HTML on one line.

    >>> plain("<b>Peace</b> &amp; <i>quiet</i><br>at last")
    'Peace & quiet at last'
    """
    return (
        " ".join(block.text for block in _blocks(html)) if _MARKED.search(html) else _joined([html])
    )


def read_html(html: str) -> Prose:
    """Return what a text in HTML says."""
    if not _MARKED.search(html):
        return Prose(summary=_joined([html]), points=(), links=(), shown=())
    reader = _Reader()
    blocks = _blocks(html, reader)
    headings = {
        id(block)
        for block, after in pairwise(blocks)
        if after.reference
        and not block.item
        and len(block.text) < HEADING
        and not block.text.endswith(".")
    }
    return Prose(
        summary=" ".join(
            block.text for block in blocks if not block.item and id(block) not in headings
        ),
        points=tuple(block.text for block in blocks if block.item and not block.reference),
        links=tuple(link for block in blocks for link in block.links),
        shown=tuple(reader.shown),
    )


class _Block:
    """A paragraph or a list item: its text, and the links in it."""

    def __init__(self, *, item: bool = False) -> None:
        self.item = item
        self.pieces: list[str] = []
        self.anchors: list[tuple[str, list[str]]] = []

    @cached_property
    def text(self) -> str:
        return _joined(self.pieces)

    @cached_property
    def reference(self) -> Link | None:
        """The link that a list item is, with what stands after it: a page number, it may be."""
        if not self.item or len(self.anchors) != 1:
            return None
        url, pieces = self.anchors[0]
        words = _joined(pieces)
        after = self.text.removeprefix(words)
        return (
            Link(url=url, words=words, after=after.removeprefix(", "))
            if words and after[:2] in ("", ", ")
            else None
        )

    @property
    def links(self) -> list[Link]:
        if self.reference:
            return [self.reference]
        return [Link(url=url, words=_joined(pieces) or url) for url, pieces in self.anchors]


class _Reader:
    """Reads tags as browsers do. What begins with a tag that never ends is text."""

    def __init__(self) -> None:
        self.blocks = [_Block()]
        self.shown: dict[str, None] = {}
        self._unseen = 0
        self._in_link = False

    def read(self, html: str) -> None:
        at = 0
        while opening := _OPENING.search(html, at):
            tag = _TAG.match(html, opening.start())
            if not tag:
                break
            self._text(html[at : opening.start()])
            at = tag.end()
            name = (tag["name"] or "").lower()
            if tag["end"]:
                self._end(name)
            elif name:
                self._start(name, tag["attributes"])
            if name in RAW and not tag["end"]:
                # markup in a script is not markup; a script that never ends takes the rest
                closing = re.compile(f"(?=</{name}[\\s/>])", re.IGNORECASE).search(html, at)
                at = closing.start() if closing else len(html)
        self._text(html[at:])

    def _start(self, tag: str, attributes: str) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        if tag in BLOCKS:
            self.blocks.append(_Block(item=tag == "li"))
        if tag in SHOWN:
            self.shown[tag] = None
        if tag == "a":
            self._in_link = True
            values = (
                match["value"]
                for match in _ATTRIBUTE.finditer(attributes)
                if match["key"].lower() == "href"
            )
            self.blocks[-1].anchors.append((_unescape((next(values, "") or "").strip("\"'")), []))

    def _end(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag in BLOCKS:
            self.blocks.append(_Block())
        if tag == "a":
            self._in_link = False

    def _text(self, html: str) -> None:
        if self._unseen or not html:
            return
        text, block = _unescape(html), self.blocks[-1]
        block.pieces.append(text)
        if self._in_link and block.anchors:
            block.anchors[-1][1].append(text)


def _blocks(html: str, reader: _Reader | None = None) -> list[_Block]:
    """Return the paragraphs and list items that hold any words."""
    reader = reader or _Reader()
    reader.read(html)
    return [block for block in reader.blocks if block.text]


def _unescape(text: str) -> str:
    """Return text with its character references resolved; int() refuses the digits of the longest."""
    return unescape(re.sub(r"&#[0-9]{9,};?", "\ufffd", text)) if "&" in text else text


def _joined(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
