"""What the views share. Views build Rich renderables; `paint` and `picture` turn one into text.

Only views know Rich.
"""

import re
from collections.abc import Callable, Iterator, Sequence, Sized
from io import StringIO
from itertools import count
from typing import Any, TypeVar

from rich.color import ColorSystem
from rich.color_triplet import ColorTriplet
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.rule import Rule
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.terminal_theme import SVG_EXPORT_THEME, TerminalTheme
from rich.text import Text
from rich.theme import Theme

from withdrawal_cli.model import Citation, Dataset
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.safety import clean, is_web_address
from withdrawal_cli.system.terminal import WIDEST, wants_color
from withdrawal_cli.wording import CERTAINTY_MARKS, number, short_sources

T = TypeVar("T")

NARROWEST = 40
"""Below this many columns nothing can be read; lines are then left to the terminal to wrap."""

ENTRIES = 100
"""How many entries a list on a card or a page shows before it counts the rest."""

COLOR = re.compile(r"\x1b\[[0-9;]*m")
"""What switches a colour on or off."""

NOTES = 20
"""The most sources cited after one statement."""

LONGEST = 20_000
"""The most characters of one text that are drawn."""

THEME = Theme(
    {
        "heading": "bold cyan",
        "date": "cyan",
        "quiet": "bright_black",
        "doubt": "yellow",
        "figure": "bold",
        "label": "bright_black",
        "note": "bright_black",
        "when": "",
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
"""The eight colours of a terminal, dark enough for white paper: a contrast of 4.5 at least.

Of the bright colours the theme uses only grey.
"""

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
pre {{ font-family: Menlo, "DejaVu Sans Mono", Consolas, "Courier New", monospace; \
line-height: 1.3; }}
pre code {{ font-family: inherit; }}
</style>
</head>
<body>
<main><pre><code>{code}</code></pre></main>
</body>
</html>
"""
"""The page around a screen, with the placeholders of `Console.export_html`."""


def paint(renderable: RenderableType, color: str = "auto", width: int | None = None) -> str:
    """Return the screen as text for the terminal, coloured if the terminal or the user wants it."""
    if width is None:
        from shutil import get_terminal_size

        width = min(get_terminal_size((80, 24)).columns, WIDEST)
    coloured = wants_color(color)
    console = _console(
        TextConsole,
        max(width, NARROWEST),
        force_terminal=coloured,
        no_color=not coloured,
        color_system="standard" if coloured else None,
    )
    console.print(renderable, crop=False)  # an address may be wider, see `Unbroken`
    text = console.file.getvalue()  # type: ignore[attr-defined]
    return "".join(f"{_trimmed(line)}\n" for line in text.splitlines())


def _trimmed(line: str) -> str:
    """Return a line without trailing spaces, even before and between colour codes.

    Rich fills lines up to the width, which shows when they are copied.
    """
    codes = ""
    while True:
        line = line.rstrip()
        start = line.rfind("\x1b[")
        if start < 0 or not COLOR.fullmatch(line, start):
            return line + codes
        line, codes = line[:start], line[start:] + codes


def picture(renderable: RenderableType, name: str, width: int | None = None) -> str:
    """Return the screen as a coloured SVG picture or HTML page that fetches nothing.

    `name` is a key of `PICTURES`; without a width the picture has 100 columns.
    """
    console = _console(
        Console, width or 100, record=True, force_terminal=True, color_system="truecolor"
    )
    console.print(renderable)
    if name == "html-screen":
        return console.export_html(theme=PAPER, code_format=PAGE, inline_styles=True)
    return in_both_lights(
        console.export_svg(title="withdrawal", unique_id="withdrawal", theme=PAPER)
    )


def in_both_lights(svg: str) -> str:
    """Return Rich's picture on PAPER, with a dark version for systems in dark mode.

    Programs for print ignore that, and draw the light one.
    """
    svg = on_light_ground(svg)
    night: dict[str, str] = {}
    for paper, shown in zip(_colors(PAPER), _colors(SVG_EXPORT_THEME), strict=True):
        night.setdefault(paper.hex, shown.hex)
    filled = re.findall(r"(\.[\w-]+) \{ fill: (#\w+)", svg)
    used = dict.fromkeys(re.findall(r'fill="(#\w+)"', svg))
    filled += [(f'[fill="{color}"]', color) for color in used]
    rules = [f"{part} {{ fill: {night[color]} }}" for part, color in filled if color in night]
    dark = "\n".join(["@media screen and (prefers-color-scheme: dark) {", *rules, "}"])
    return svg.replace("    </style>", f"{dark}\n    </style>", 1)


def on_light_ground(svg: str) -> str:
    """Return Rich's picture with a frame that shows on white, and without a remote font."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return svg.replace("rgba(255,255,255,0.35)", "#8f8f8f") + "\n"


def _colors(theme: TerminalTheme) -> list[ColorTriplet]:
    """Return the colours of a theme, text and background first: the first of equals counts."""
    palette = [theme.ansi_colors[index] for index in range(16)]
    return [theme.foreground_color, theme.background_color, *palette]


class TextConsole(Console):
    """Writes for a terminal or a file, where a line may be longer than the screen is wide.

    A picture and `explore` would cut it off.
    """


def _console(kind: type[Console], width: int, **options: Any) -> Console:
    """Return a console that writes into memory and takes text as it is."""
    return kind(
        file=StringIO(),
        width=width,
        height=1000,  # Rich ignores the width on a dumb terminal without a height
        theme=THEME,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        **options,
    )


def ink(text: str, style: str) -> str:
    """Return the text in the colours of a style for a terminal."""
    return THEME.styles[style].render(text, color_system=ColorSystem.STANDARD)


def words(content: str | None, style: str = "") -> Text:
    """Return foreign text without markup, emoji codes and control characters; a dash for none.

    A text longer than a book chapter is cut, and the characters left out are counted.
    """
    if not content:
        return Text("–", style="quiet")
    text = Text(clean(content[:LONGEST]), style=style)
    if len(content) > LONGEST:
        text.append(f" … and {number(len(content) - LONGEST)} more characters", style="quiet")
    return text


def more_line(items: Sized, most: int = ENTRIES) -> Iterator[Text]:
    """Yield the last line of a list that is cut to `most` items: how many more there are."""
    if len(items) > most:
        yield words(f"and {number(len(items) - most)} more; --json has all", "quiet")


def lines(items: Sequence[T], line: Callable[[T], Text], most: int = ENTRIES) -> Text:
    """Return a line for each of the items, up to `most` of them; empty for none."""
    return Text("\n").join([*(line(item) for item in items[:most]), *more_line(items, most)])


_links = count()


def linked(text: Text, identifier: str) -> Text:
    """Return `text` as a link to a record: `explore` follows it, a printed screen ignores it.

    `way` numbers the links, to tell one link that wraps onto two lines from two links to the same
    record.
    """
    text.stylize(Style(meta={"record": identifier, "way": next(_links)}))
    return text


def named(dataset: Dataset, ids: Sequence[str], between: str = ", ") -> Text:
    """Return the names of records as links; other texts stay as they are."""
    names = [
        linked(words(dataset.name(identifier)), identifier)
        if identifier in dataset.by_id
        else words(identifier)
        for identifier in ids[:ENTRIES]
    ]
    return Text(between).join([*names, *more_line(ids)])


def drawing(content: str | Text, said: str = "") -> Text:
    """Return a drawing with the words that replace it if nothing is drawn."""
    text = Text(content) if isinstance(content, str) else content
    text.stylize(Style(meta={"said": said}))
    return text


def doubt(certainty: str) -> Text:
    """Return the mark of a doubtful claim."""
    mark = CERTAINTY_MARKS[certainty]
    return drawing(mark, f" ({certainty.replace('-', ' ')})") if mark else Text()


def legend(*meanings: str) -> Group:
    """Return what the marks on a screen mean, under a blank line; nothing without meanings."""
    told = "   ".join(filter(None, meanings))
    return Group(*[drawing(Text(f"\n{told}", style="quiet"))] if told else [])


def citing(text: Text, citations: Sequence[Citation]) -> Text:
    """Return a text with its citations attached, which become footnotes in a document."""
    if citations:
        text.stylize(Style(meta={"cites": [(item.source, item.locator) for item in citations]}))
    return text


def cited(dataset: Dataset, citations: Sequence[Citation], most: int = NOTES) -> Text:
    """Return the sources in a few words each, `most` of them."""
    names = short_sources(dataset, sources_of(citations)[:most])
    return citing(Text(clean(names), style="quiet"), citations)


def link_text(url: str) -> Text:
    """Return an address, as a link only if it leads to the web."""
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


class Indented:
    """Draws a part with a margin on the left; unlike Rich's padding, it cuts nothing off."""

    def __init__(self, part: RenderableType, columns: int = 2) -> None:
        self.part = part
        self.columns = columns

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        inner = options.update_width(max(options.max_width - self.columns, 1))
        for line in Segment.split_lines(console.render(self.part, inner)):
            yield Segment(" " * self.columns)
            yield from line
            yield Segment.line()


class Unbroken:
    """Draws a line after its label; no address in it is broken, so that it can be copied."""

    def __init__(self, text: Text, label: str = "") -> None:
        self.text = text
        self.label = label

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        text = Text.assemble((self.label, "label"), "  " if self.label else "", self.text)
        yield from unbroken(console, text, options.max_width)


def unbroken(console: Console, text: Text, width: int) -> Iterator[Text]:
    """Yield the lines of a text, wrapped at spaces; within long words too if these would be cut."""
    if not isinstance(console, TextConsole):
        yield from text.wrap(console, width, overflow="fold")
        return
    for line in text.split("\n"):
        first, *others = line.split(" ")
        for word in others:
            if first.cell_len + 1 + word.cell_len > width and first:
                yield _whole(first)
                first = word
            else:
                first = Text(" ").join([first, word])
        yield _whole(first)


def _whole(line: Text) -> Text:
    line.overflow = "ignore"
    return line


def stacked(parts: Sequence[RenderableType]) -> RenderableType:
    """Return the parts under one another with a rule between them."""
    ruled = [piece for part in parts for piece in (Rule(style="quiet"), part)]
    return Group(*ruled[1:])
