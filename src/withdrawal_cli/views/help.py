"""A page of the documentation on the terminal."""

import re

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown
from rich.padding import Padding
from rich.text import Text
from rich.theme import Theme

_LINK_TO_A_PAGE = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]+\)")

PAGE_THEME = Theme(
    {
        "markdown.h1": "bold",
        "markdown.h2": "bold cyan",
        "markdown.h3": "bold",
        "markdown.h4": "italic",
        "markdown.code": "cyan",  # Rich's own is on black, which is a patch on a light screen
        "markdown.code_block": "cyan",
        "markdown.table.border": "bright_black",
        "markdown.table.header": "bold",
    }
)


class LeftHeading(Heading):
    LEVEL_ALIGN = {**Heading.LEVEL_ALIGN, "h1": "left"}  # noqa: RUF012 (Rich declares it)


class Code(CodeBlock):
    """Code as it is, indented if there is room: Rich's own has a background and a lexer."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = Text(str(self.text).rstrip(), style="markdown.code_block")
        widest = max(map(cell_len, code.plain.splitlines()), default=0)
        # The screens in the pages are 80 columns wide, as many terminals are.
        room = options.max_width - widest
        yield Padding(code, (0, 0, 0, 2 if room >= 2 else 0))


class Page(Markdown):
    """Markdown with only the words of its links to other pages: no terminal can follow those."""

    elements = {  # noqa: RUF012 (Rich declares it)
        **Markdown.elements,
        "heading_open": LeftHeading,
        "fence": Code,
        "code_block": Code,
    }

    def __init__(self, markdown: str) -> None:
        super().__init__(_LINK_TO_A_PAGE.sub(r"\1", markdown))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        with console.use_theme(PAGE_THEME):
            yield from super().__rich_console__(console, options)
