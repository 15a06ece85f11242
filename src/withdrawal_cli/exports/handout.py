"""Two pages for a class: what happened, where, how sure that is, and what to discuss."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256

from markupsafe import Markup

from withdrawal_cli.exports import Selection
from withdrawal_cli.exports.html import filled, source_reference, template, trim
from withdrawal_cli.exports.lesson import Handout, make_handout
from withdrawal_cli.formats.citations.text import plain
from withdrawal_cli.formats.markdown import escape, line
from withdrawal_cli.formats.pandoc import front_matter
from withdrawal_cli.wording import date_of, number, plural


def render(selection: Selection, *, markdown: bool = False) -> bytes:
    """Return the pages in HTML, or the same content in Markdown for pandoc."""
    handout = make_handout(selection, all_notes=markdown)
    return (_markdown(handout) if markdown else _html(handout)).encode()


def _html(handout: Handout) -> str:
    style = Markup(trim(template("handout.css")))  # noqa: S704 (our own file)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return filled("handout.html", handout=handout, style=style, policy=policy)


def _markdown(handout: Handout) -> str:
    paper = {"papersize": "a4", "geometry": "margin=2cm"}
    return "\n".join([*front_matter(handout.selection.dataset, paper), *_sections(handout)])


def _sections(handout: Handout) -> Iterator[str]:
    """Yield blocks, each of which ends in a line break."""
    for told in handout.story:
        yield f"{escape(told.text)}{_notes(handout, told.sources)}\n"
    yield "".join(f"- **{label}:** {escape(text)}\n" for label, text in handout.card)
    if handout.moments:
        yield "## Key dates\n"
        yield "".join(
            f"- **{escape(date_of(moment.event))}:** {escape(moment.title)}"
            f"{_notes(handout, moment.sources)}"
            + (f" {escape(moment.text)}" if moment.text else "")
            + "\n"
            for moment in handout.moments
        )
        if handout.moments_left:
            yield f"And {number(handout.moments_left)} more, for which there is no room here.\n"
    if handout.facts or handout.figures:
        yield "## Figures, and how sure they are\n"
        yield "".join(
            f"- **{escape(fact.figure)}** {escape(_said(fact.words, fact.doubt))}"
            f"{_notes(handout, fact.sources)}\n"
            for fact in handout.facts
        )
        yield "".join(_table(handout))
    if handout.places:
        yield "## Where it happened\n"
        places = (
            f"{escape(row.name)} ({plural(len(row.events), 'event')})" for row in handout.places
        )
        yield f"{', '.join(places)}. `withdrawal map -o map.svg` draws the map.\n"
    yield "## To discuss\n"
    yield "".join(
        f"{index}. **{escape(question.text)}** {escape(question.prompt)}\n"
        for index, question in enumerate(handout.questions, 1)
    )
    # pandoc puts the notes at the end of the document or at the foot of its pages
    for index, source, _ in handout.sources:
        yield f"[^{index}]: {escape(plain(source_reference(source)))}\n"
    yield f"{escape(handout.selection.notice)}\n"


def _table(handout: Handout) -> Iterator[str]:
    if handout.figures:
        yield line(["Figure", "What it counts", "How sure it is"])
        yield line(["---:", "---", "---"])
    for figure in handout.figures:
        cells = (figure.figure, figure.words, figure.doubt)
        yield line(
            [*map(escape, cells[:2]), f"{escape(cells[2])}{_notes(handout, figure.sources)}"]
        )


def _said(words: str, doubt: str) -> str:
    stop = "" if words.endswith((".", "?", "!")) else "."
    return f"{words}{stop} {doubt}".strip()


def _notes(handout: Handout, sources: Sequence[str]) -> str:
    return "".join(f"[^{number}]" for number in handout.notes(sources))
