"""What changed from one dataset to another."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from itertools import groupby
from typing import get_args, get_type_hints

from rich.console import Group, RenderableType
from rich.text import Text

from withdrawal_cli.dates import Edtf, date_text, parse_edtf
from withdrawal_cli.formats.markdown import escape
from withdrawal_cli.model import Metadata, Record
from withdrawal_cli.queries.diff import ChangeRow, Difference
from withdrawal_cli.system.terminal import SCREENFUL
from withdrawal_cli.views import Indented, card_table, drawing, more_line, words

PROSE = 60
"""A longer text is compared word by word, up to `LONGEST_PROSE`: that takes quadratic time."""
LONGEST_PROSE = 10_000
MOST_COMPARED = 2_000_000
"""The most pairs of words compared on one screen; texts beyond that are given whole."""
AROUND = 4
"""The unchanged words that are given on each side of a change."""

HEADINGS = {
    "Added": ("added",),
    "Changed": ("renamed", "changed", "now disputed", "no longer disputed"),
    "Removed": ("removed",),
}
"""The headings of a changelog, and the changes under each."""


def changes(report: Difference) -> Group:
    """Return the first changes under headings, those of one record together."""
    parts: list[RenderableType] = []
    compared = 0
    for heading, group in groupby(report.rows[:SCREENFUL], key=lambda row: row.change):
        parts += [Text()] if parts else []
        parts.append(words(heading.capitalize(), "heading"))
        for (kind, identifier), rows in groupby(group, key=lambda row: (row.kind, row.id)):
            found = list(rows)
            line = Text.assemble(words(f"{kind} ", "label"), words(found[0].name))
            parts.append(Indented(line.append(f"  {identifier}", "quiet")))
            told = [row for row in found if row.before is not None or row.after is not None]
            if told:
                grid = card_table()
                for row in told:
                    pairs = (row.before or "").count(" ") * (row.after or "").count(" ")
                    grid.add_row(row.field or "", _change(row, compared + pairs < MOST_COMPARED))
                    compared += pairs
                parts.append(Indented(grid, 4))
    if len(report.rows) > SCREENFUL:
        parts += [Text(), *more_line(report.rows, SCREENFUL)]
    return Group(*(parts or [words(report.note())]))


def _change(row: ChangeRow, by_word: bool) -> Text:
    """Return what a field said and what it says, and what may be behind it."""
    said, says = said_and_says(row)
    if said and says and by_word and PROSE < max(len(said), len(says)) < LONGEST_PROSE:
        text = Text(" ").join(_word_changes(said.split(), says.split()))
    else:
        became = drawing(" → ", " became ")
        text = Text.assemble(words(said, "doubt"), became, words(says, "preferred"))
    return text.append(f"  ({row.cause})", "quiet") if row.cause else text


def _word_changes(said: list[str], says: list[str]) -> Iterator[Text]:
    """Yield the removed words as `[-gone-]` and the new ones as `{+new+}`, among the unchanged.

    The marks are those of wdiff and `git diff --word-diff`. Of longer unchanged runs, only the ends
    are given.
    """
    # From 200 words on, SequenceMatcher ignores frequent words: without that, 1,600 words of which
    # every other is the same took 16 s.
    for tag, a, b, c, d in SequenceMatcher(None, said, says).get_opcodes():
        if tag == "equal":
            stayed = said[a:b]
            if len(stayed) > 2 * AROUND + 1:
                first = stayed[:AROUND] if a else []
                last = stayed[-AROUND:] if b < len(said) else []
                stayed = [*first, "…", *last]
            yield words(" ".join(stayed))
            continue
        if a < b:
            went = words(" ".join(said[a:b]), "doubt")
            yield Text.assemble(drawing("[-", "[gone: "), went, drawing("-]", "]"), style="doubt")
        if c < d:
            came = words(" ".join(says[c:d]), "preferred")
            yield Text.assemble(
                drawing("{+", "[new: "), came, drawing("+}", "]"), style="preferred"
            )


def changelog(report: Difference) -> str:
    """Return the changes as the draft of an entry in the style of https://keepachangelog.com."""
    parts = []
    for heading, changes in HEADINGS.items():
        rows = [row for row in report.rows if row.change in changes]
        if rows:
            parts.append(f"### {heading}\n")
        for (kind, identifier, name), found in groupby(
            rows, lambda row: (row.kind, row.id, row.name)
        ):
            what = f"{escape(name)} (`{identifier}`)" if name != identifier else f"`{identifier}`"
            told = "; ".join(filter(None, map(_told, found)))
            parts.append(f"- {kind.capitalize()} {what}{f': {told}' if told else ''}.")
        if rows:
            parts.append("")
    return "\n".join(parts)


def _told(row: ChangeRow) -> str:
    """Return a change in a few words of Markdown; for long texts, only that they changed."""
    said, says = said_and_says(row)
    cause = f" ({row.cause})" if row.cause else ""
    if row.change == "renamed":
        return f"was `{said}`"
    if row.change.endswith("disputed"):
        return f"{row.change}: {escape(says or said or '')}"
    if row.field is None:
        return ""
    if max(len(said or ""), len(says or "")) > PROSE:
        return f"{row.field} rewritten{cause}"
    if said and says:
        return f"{row.field} {escape(says)}, was {escape(said)}{cause}"
    return f"{row.field}: {'added' if says else 'removed'} {escape(says or said or '')}{cause}"


def said_and_says(row: ChangeRow) -> tuple[str | None, ...]:
    """Return what a change is from and to, with dates in words."""
    dated = row.field in _date_fields()
    return tuple(
        date_text(parse_edtf(text)) if dated and text else text for text in (row.before, row.after)
    )


@cache
def _date_fields() -> frozenset[str]:
    """Return the fields of records and of the card that hold a date."""
    kinds = (*get_args(Record), Metadata)
    return frozenset(
        name
        for kind in kinds
        for name, hint in get_type_hints(kind).items()
        if Edtf in (hint, *get_args(hint))
    )
