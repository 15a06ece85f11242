"""`withdrawal help`: the pages of the documentation, and the manual page."""

import re
from typing import Annotated, NamedTuple

from typer import Argument, Context, Option

from withdrawal_cli.completion import Offer
from withdrawal_cli.dataset.reading import bundled_path
from withdrawal_cli.errors import check_choice
from withdrawal_cli.formats import utf8
from withdrawal_cli.options import DrawingOptions, takes_options
from withdrawal_cli.output import is_screen, show_pieces
from withdrawal_cli.system.terminal import is_accessible


class Topic(NamedTuple):
    """A page of `docs/`, or one section of it."""

    summary: str
    page: str
    section: str = ""
    other_names: str = ""
    "Other words for it, separated by spaces."


TOPICS = {
    "tutorial": Topic(
        "Fifteen minutes, from a question to a cited paragraph.",
        "tutorial.md",
        "",
        "begin cite essay handout learn start student",
    ),
    "asking": Topic("How to ask: times, filters, formats.", "asking.md", "", "ask filters options"),
    "dates": Topic("How to write a time.", "asking.md", "When", "date day edtf time times when"),
    "formats": Topic(
        "Every format, export and field.",
        "formats.md",
        "",
        "csv exports fields format json output tsv",
    ),
    "marks": Topic(
        "What ≠, ? and other marks mean.", "asking.md", "The marks", "legend mark signs symbols"
    ),
    "exit-codes": Topic(
        "The exit status, and errors.",
        "asking.md",
        "The exit status",
        "codes errors exit exit-code exit-status status",
    ),
    "dataset": Topic(
        "The shape of a file of your own.", "dataset.md", "", "data file model schema"
    ),
    "recipes": Topic(
        "Twenty recipes with other programs.", "recipes.md", "", "cookbook examples recipe"
    ),
    "voices": Topic(
        "Who says so, and since when.",
        "voices.md",
        "",
        "hindsight perspective perspectives provenance voice",
    ),
    "python": Topic("The same questions from Python.", "python.md", "", "api library notebook"),
    "assistants": Topic(
        "For assistants: over MCP, or in a shell.",
        "assistants.md",
        "",
        "agent agents ai assistant llm",
    ),
}
"""What `withdrawal help TOPIC` shows."""


def names(ctx: Context, incomplete: str) -> list[Offer]:
    """Complete the names of topics and commands."""
    commands: list[str] = ctx.parent.command.list_commands(ctx)  # type: ignore[union-attr]
    offers = {name: topic.summary for name, topic in TOPICS.items()} | dict.fromkeys(commands, "")
    return [offer for offer in offers.items() if offer[0].startswith(incomplete)]


@takes_options
def help(  # noqa: A001 (the name of the command)
    drawing_options: DrawingOptions,
    topic: Annotated[
        str | None,
        Argument(
            metavar="[TOPIC]",
            autocompletion=names,
            show_default=False,
            help=f"{', '.join(TOPICS)}; or a command.",
        ),
    ] = None,
    man: Annotated[bool, Option("--man", help="Print the manual page, for man.")] = False,
) -> None:
    """Explain a topic or a command.

    Topics are pages of the documentation: drawn on a terminal, Markdown in a pipe. Without a topic
    you get withdrawal --help.

    After pip install, man withdrawal finds the manual page. uv tool install hides it: --man prints
    it.

    \b
    withdrawal help dates
    withdrawal help timeline
    withdrawal help --man >withdrawal.1   # then: ~/.local/share/man/man1
    """
    text = bundled_path("withdrawal.1").read_text("utf-8") if man else read_page(topic or "")
    spoken = drawing_options.plain or is_accessible()  # Markdown is made to be read as it is
    if not (man or spoken) and is_screen(drawing_options):
        from withdrawal_cli.views import paint
        from withdrawal_cli.views.help import Page

        text = paint(Page(text), drawing_options.color, drawing_options.width)
    show_pieces([utf8(text)], no_pager=drawing_options.no_pager)


def read_page(name: str) -> str:
    """Return the Markdown of a topic. Raises UsageError."""
    meant = {known: topic.other_names for known, topic in TOPICS.items()}
    more = " withdrawal --help lists the commands."
    check_choice(name, TOPICS, "there is no topic {!r}", meant=meant, more=more)
    topic = TOPICS[name]
    text = bundled_path(topic.page).read_text("utf-8")
    text = re.sub(r"<!--.*?-->\n*", "", text, flags=re.DOTALL)  # marks for tools
    if not topic.section:
        return text
    section = text.partition(f"\n## {topic.section}\n")[2].partition("\n## ")[0]
    return f"# {topic.section}\n{section}"
