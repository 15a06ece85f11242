"""Reports to what is drawn on a terminal: the only room that knows Rich. Views build; `paint` turns one into text."""

import os
import re
from collections.abc import Callable, Iterator, Sequence, Sized
from io import StringIO
from itertools import count
from typing import TypeVar

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.style import Style
from rich.table import Table
from rich.terminal_theme import TerminalTheme
from rich.text import Text
from rich.theme import Theme

from withdrawal_cli.model import Dataset
from withdrawal_cli.safety import clean, is_web_address
from withdrawal_cli.system.terminal import WIDEST, is_terminal
from withdrawal_cli.wording import number

T = TypeVar("T")

NARROWEST = 40
"""Below this many columns nothing can be read; lines are then left to the terminal to wrap."""

WIDE = 110
"""From this many columns on, tables show what they leave out on a narrow screen."""

ENTRIES = 100
"""The entries of one list that a card or the page of a record shows; how many more there are stands under them."""

LONGEST = 20_000
"""The characters of one text that are drawn."""

THEME = Theme(
    {
        "heading": "bold cyan",
        "date": "cyan",
        "quiet": "bright_black",
        "doubt": "yellow",
        "figure": "bold",
        "label": "bright_black",
        "preferred": "bold green",
        "match": "bold reverse",
    },
    inherit=False,
)

PAPER = TerminalTheme(
    (255, 255, 255),
    (0, 0, 0),
    [
        (0, 0, 0),
        (170, 0, 0),
        (0, 100, 0),
        (125, 75, 0),
        (0, 60, 170),
        (130, 0, 130),
        (0, 95, 110),
        (85, 85, 85),
    ],
    [(95, 95, 95)] * 8,
)
"""The eight colours of a terminal, dark enough for white: a contrast of 4.5 and more. Of the bright ones we use grey."""

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>withdrawal</title>
<style>
{stylesheet}
body {{ color: {foreground}; background: {background}; }}
pre {{ font-family: Menlo, "DejaVu Sans Mono", Consolas, "Courier New", monospace; line-height: 1.3; }}
pre code {{ font-family: inherit; }}
</style>
</head>
<body>
<main><pre><code>{code}</code></pre></main>
</body>
</html>
"""
"""What a screen is set in, in the words of `Console.export_html`."""


def paint(renderable: RenderableType, color: str = "auto", width: int | None = None) -> str:
    """Return what `renderable` looks like, as text for the terminal, coloured if the terminal or the user wants it."""
    console = make_console(color, width)
    console.print(renderable, soft_wrap=False)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def picture(renderable: RenderableType, kind: str, width: int | None = None) -> str:
    """Return the screen as a coloured SVG picture or HTML page `width` columns wide (100 if not said); it fetches nothing."""
    console = Console(
        file=StringIO(), width=width or 100, height=1000, record=True, force_terminal=True, color_system="truecolor",
        theme=THEME, markup=False, emoji=False, highlight=False, legacy_windows=False,
    )  # fmt: skip
    console.print(renderable)
    if kind == "html-screen":
        return console.export_html(theme=PAPER, code_format=PAGE, inline_styles=True)
    svg = console.export_svg(title="withdrawal", unique_id="withdrawal")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL) + "\n"


def make_console(color: str, width: int | None) -> Console:
    """Return a console that writes into memory.

    A height is given because Rich ignores the width on a dumb terminal without it.
    """
    columns = width or _terminal_columns()
    coloured = color == "always" or (color == "auto" and _wants_color())
    return Console(
        file=StringIO(),
        width=max(columns, NARROWEST),
        height=1000,
        force_terminal=coloured,
        no_color=not coloured,
        color_system="standard" if coloured else None,
        theme=THEME,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def _terminal_columns() -> int:
    from shutil import get_terminal_size

    return min(get_terminal_size((80, 24)).columns, WIDEST)


def _wants_color() -> bool:
    """Whether the environment wants colour: https://no-color.org and https://force-color.org."""
    if os.environ.get("NO_COLOR"):
        return False
    if "FORCE_COLOR" in os.environ:
        return os.environ["FORCE_COLOR"] not in ("", "0")
    return os.environ.get("TERM") != "dumb" and is_terminal()


def words(content: str | None, style: str = "") -> Text:
    """Return foreign text as it is: no markup, no emoji codes, no control characters; a dash for nothing.

    Of a text longer than a book chapter the rest is counted.
    """
    if not content:
        return Text("–", style="quiet")
    text = Text(clean(content[:LONGEST]), style=style)
    if len(content) > LONGEST:
        text.append(f" … and {number(len(content) - LONGEST)} more characters", style="quiet")
    return text


def rest(items: Sized, most: int = ENTRIES) -> Iterator[Text]:
    """Yield, for the end of a list of which only the first `most` are shown, how many more there are."""
    if len(items) > most:
        yield words(f"and {number(len(items) - most)} more; --json has all", "quiet")


def lines(items: Sequence[T], line: Callable[[T], Text], most: int = ENTRIES) -> Text:
    """Return a line for each of the items, up to `most` of them; empty for none."""
    return Text("\n").join([*(line(item) for item in items[:most]), *rest(items, most)])


_ways = count()


def linked(text: Text, identifier: str) -> Text:
    """Return `text` as a way to the record of that id: the browser follows it, everywhere else it looks as it did.

    Each way has a number of its own, so that one that wraps is told from two that name the same record.
    """
    text.stylize(Style(meta={"record": identifier, "way": next(_ways)}))
    return text


def named(dataset: Dataset, ids: Sequence[str]) -> Text:
    """Return the names of records, joined by commas, each a way to its record; what names no record stays as it is."""
    names = [
        linked(words(dataset.name(identifier)), identifier)
        if identifier in dataset.by_id
        else words(identifier)
        for identifier in ids[:ENTRIES]
    ]
    return Text(", ").join([*names, *rest(ids)])


def link_text(url: str) -> Text:
    """Return an address, as a link only where it leads to the web."""
    text = words(url, "quiet")
    if is_web_address(url):
        text.stylize(f"link {url}")
    return text


def card_table() -> Table:
    """Return a two-column grid: labels on the left, what they say on the right."""
    grid = Table.grid(padding=(0, 2), pad_edge=False)
    grid.add_column(style="label", no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def stacked(parts: Sequence[RenderableType]) -> RenderableType:
    """Return the parts under one another with a rule between them."""
    lined: list[RenderableType] = []
    for place, part in enumerate(parts):
        lined += [Rule(style="quiet"), part] if place else [part]
    return Group(*lined)
