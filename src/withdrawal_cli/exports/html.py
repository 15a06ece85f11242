"""One page for people: every record with its sources, readable without a program or a network.

It works without JavaScript too, which adds the filter. The page carries its data, which `--data`
reads back.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup, escape

from withdrawal_cli.dataset.canonical import compact
from withdrawal_cli.dataset.pages import CARRIER, carry
from withdrawal_cli.dates import Edtf, date_text, day_text
from withdrawal_cli.exports import Selection
from withdrawal_cli.exports.page import Page, make_page
from withdrawal_cli.formats.citations.text import Reference, reference
from withdrawal_cli.model import Citation, Estimate, Source
from withdrawal_cli.queries.citing import Entry
from withdrawal_cli.queries.facts import split_sentence
from withdrawal_cli.queries.folding import APART, LETTERS
from withdrawal_cli.queries.spans import span_of
from withdrawal_cli.queries.strength import SilenceRow
from withdrawal_cli.safety import clean, is_web_address
from withdrawal_cli.wording import (
    CERTAINTY_MARKS,
    country_text,
    counts_text,
    date_of,
    figure_of,
    life_text,
    number,
    plural,
)

PLACE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for the data until the page is written; the last one, since foreign text comes before."""

TEMPLATES = resources.files(__package__) / "templates"


def render(selection: Selection) -> bytes:
    """Return the page."""
    style = minified("page.css")
    # `toLowerCase` leaves two small letters that `casefold` does not.
    letters = json.dumps({**APART, **LETTERS, "ß": "ss", "ς": "σ"}, separators=(",", ":"))
    script = minified("page.js").replace("LETTERS", letters)
    hashes = [b64encode(sha256(text.encode()).digest()).decode() for text in (style, script)]
    # Only the script and style of the page itself run, and nothing is fetched: the icon is data.
    # Checkers such as Lighthouse read robots.txt as the page would, hence connect-src.
    policy = (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
    )
    page = make_page(selection)
    links = Links(page)
    text = filled(
        "page.html",
        page=page,
        links=links,
        cite=links.cite,
        # our own files: nothing in them needs escaping
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        policy=policy,
        linked_data=linked_data(selection),
        carrier=CARRIER,
        carried=PLACE,
    )
    # A word needs no quotation marks in a tag. In text all are escaped, so the pattern meets none.
    # A function takes half the time of a template such as r"=\1".
    markup = re.sub(r'="([\w#.%-]+)"(?=[ >\n])', lambda found: f"={found[1]}", dense(text))
    # Nor do quotation marks need escaping outside of tags.
    markup = re.sub(r">[^<]*&#3[49];[^<]*", with_quotation_marks, markup)
    before, _, after = markup.rpartition(PLACE)
    return (before + carry(compact(selection.dataset), markup) + after).encode()


class Links:
    """The links to the records of a page. Each is made once, and stands there many times."""

    def __init__(self, page: Page) -> None:
        names = {name: page.source_labels.get(name) or page.name(name) for name in page.anchors}
        self.to = {
            name: f'<a href="#{anchor}">{escape(names[name])}</a>'
            for name, anchor in page.anchors.items()
        }

    def __call__(self, ids: Iterable[str], separator: str = ", ") -> Markup:
        """Return the links to the records of these ids."""
        return Markup(separator.join(map(self.to.__getitem__, ids)))  # noqa: S704 (escaped above)

    def cite(self, citations: Iterable[Citation]) -> Markup:
        """Return the sources of a claim in small letters and brackets; nothing without a source."""
        cited = "; ".join(
            f"{self.to[item.source]}, {escape(item.locator)}"
            if item.locator
            else self.to[item.source]
            for item in citations
        )
        return Markup(f" <small>({cited})</small>") if cited else Markup()  # noqa: S704 (likewise)


def with_quotation_marks(text: re.Match[str]) -> str:
    return text[0].replace("&#34;", '"').replace("&#39;", "'")


def filled(name: str, **given: Any) -> str:
    """Return a template filled in with `given`: escaped, clean and without indentation.

    Raises jinja2.UndefinedError for a name that is not given: a bug.
    """
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(template),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "country": country_text,
        "date_of": date_of,
        "date_text": date_text,
        "day": day_text,
        "day_numbers": day_numbers,
        "figure": figure_of,
        "host": host,
        "life": life_text,
        "number": number,
        "plural": plural,
        "counts_text": counts_text,
        "sentences": split_sentence,
        "reference": source_reference,
    }
    environment.tests |= {
        "estimate": lambda item: isinstance(item, Estimate),
        "silence": lambda item: isinstance(item, SilenceRow),
        "web_address": is_web_address,
    }
    # globals, because the macros that templates import do not see what `render` is given
    environment.globals |= {"certainty_marks": CERTAINTY_MARKS, **given}
    return trim(clean(environment.get_template(name).render())) + "\n"


def template(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def minified(name: str) -> str:
    """Return a style or script of ours without comments and, where CSS needs none, blanks."""
    if name.endswith(".css"):
        bare = re.sub(r"/\*[^*]*\*/|\B (?=[{}])|(?<=[{};:,]) | (?=})", "", template(name))
    else:
        bare = re.sub(r"(?m)^ *//.*", "", template(name))
    return trim(bare)


BLOCKS = (
    "/?(?:p|li|[uo]l|d[ltd]|div|h[1-6]|t[hrd]|thead|tbody|caption|table|section|details|summary|fig\\w+"
    "|path|circle|line|rect|poly\\w+|text|title|g|svg class)"
)
"""Elements beside which a line break is not seen, but costs a byte and a text node."""


def dense(page: str) -> str:
    """Return a page without line breaks beside blocks; each record still has a line of its own.

    >>> dense("<ul>\\n<li id=one>One\\n<p>\\n<b>Two</b>\\n<li id=two>Three\\n</ul>\\n")
    '<ul>\\n<li id=one>One<p><b>Two</b>\\n<li id=two>Three</ul>'
    """
    page = re.sub(rf"\n(?!<(?:li|tr|section|details) id)(?=<{BLOCKS}\b)", "", page)
    return re.sub(rf"(<{BLOCKS}\b[^<>]*>)\n(?!<(?:li|tr|section|details) id)", r"\1", page)


def trim(text: str) -> str:
    """Return the text without indentation and empty lines."""
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


def day_numbers(when: Edtf) -> str:
    """Return the first and the last day of a date for page.js: two numbers, or one if equal."""
    first, last = span_of(when.earliest, when.latest)
    return f"{first}-{last}" if first != last else str(first)


def host(url: str) -> str:
    """Return the host of a web address.

    >>> host("https://www.un.org/en/chronicle")
    'un.org'
    """
    return url.split("/")[2].removeprefix("www.") or url


def source_reference(source: Source) -> Reference:
    return reference(Entry(source=source))


def linked_data(selection: Selection) -> Markup:
    """Return the JSON-LD that search engines for datasets read: https://schema.org/Dataset."""
    about = selection.dataset.metadata
    coverage = about.coverage.text
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": about.title,
        "description": about.description,
        "version": about.version,
        "datePublished": about.released.text if about.released else None,
        "license": f"https://spdx.org/licenses/{about.license}.html",
        "temporalCoverage": coverage if "/" in coverage else None,
        "spatialCoverage": about.location,
        "url": about.url if about.url and is_web_address(about.url) else None,
        "creator": [{"@type": "Organization", "name": name} for name in about.authors],
        "isAccessibleForFree": True,
    }
    text = json.dumps({key: item for key, item in found.items() if item}, ensure_ascii=False)
    # "<" begins an end tag in a script; nothing else ends the element
    return Markup(clean(text).replace("<", "\\u003c"))  # noqa: S704
