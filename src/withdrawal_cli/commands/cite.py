"""`withdrawal cite`: the bibliography of records."""

from typing import Annotated

from typer import Argument, Option

from withdrawal_cli.completion import ids_in, one_of
from withdrawal_cli.dataset.reading import read_input
from withdrawal_cli.errors import UsageError
from withdrawal_cli.formats import choose_format, utf8
from withdrawal_cli.formats.citations import CITATIONS, render
from withdrawal_cli.model import KINDS
from withdrawal_cli.options import Force, Options, ScreenOptions, file_name, option, takes_options
from withdrawal_cli.output import drawn_text, is_screen, show_pieces, talk, write_to
from withdrawal_cli.queries.citing import Entry, bibliography, cite_piped, cite_records, cite_self
from withdrawal_cli.queries.show import names_wanted
from withdrawal_cli.wording import plural


class CitationOptions(Options):
    """The output options of a bibliography, which has formats of its own."""

    format: str | None = option(
        "-f",
        "--format",
        metavar="FORMAT",
        autocompletion=one_of(*CITATIONS),
        help="text, bibtex, ris or csl-json.",
    )
    json: bool = option("--json", help="Short for --format csl-json.", default=False)
    output: str | None = option(
        "-o",
        "--output",
        metavar="FILE",
        parser=file_name,
        help="Write to FILE; .txt, .bib, .ris and .json name the format.",
    )
    force: Force = False

    def chosen(self) -> str:
        """Return the format asked for: a key of CITATIONS."""
        return choose_format(self.format, self.json, self.output, CITATIONS, "csl-json")


@takes_options
def cite(
    citation_options: CitationOptions,
    screen_options: ScreenOptions,
    ids: Annotated[
        list[str] | None,
        Argument(
            autocompletion=ids_in(*KINDS.values()),
            metavar="[ID...|-]",
            show_default=False,
            help="Ids or names of records; - finds ids in standard input.",
        ),
    ] = None,
    itself: Annotated[bool, Option("--self", help="Cite this program and its data.")] = False,
) -> None:
    """Write the bibliography of records: text, BibTeX, RIS or CSL-JSON.

    The sources that the records cite, or sources that you name.

    With - the ids come from JSON, JSON Lines, CSV or TSV on standard input. The text is a
    bibliography in the style of the Chicago Manual, by author or title; each entry ends with the
    pages cited.

    \b
    withdrawal cite geneva-accords
    withdrawal timeline --phase phase-one --json | withdrawal cite - -f bibtex
    withdrawal casualties --json | jq '.[] | select(.best > 10000)' | withdrawal cite -
    withdrawal cite --self -f csl-json
    """
    if not (ids or itself):
        raise UsageError(
            "cite needs something to cite",
            hint="Name records by their ids, pipe ids in with -, or add --self.",
        )
    if ids and "-" in ids and screen_options.data == "-":
        raise UsageError(
            "--data - and - both read standard input", hint="Give --data the name of a file."
        )
    name = citation_options.chosen()
    dataset = screen_options.load()
    entries = cite_self(dataset) if itself else []
    if ids:
        named = [wanted for wanted in ids if wanted != "-"]
        citations = cite_records(dataset, names_wanted(dataset, named) if named else [])
        if "-" in ids:
            citations += cite_piped(dataset, read_input("-"))
        entries += bibliography(dataset, citations)
    write_bibliography(entries, name, citation_options, screen_options)
    talk(f"{plural(len(entries), 'work')} cited.")


def write_bibliography(
    entries: list[Entry], name: str, output: CitationOptions, screen: ScreenOptions
) -> None:
    """Write the works; on a screen the text has hanging indents, in a file each is one line."""
    if name == "text" and output.output is None and is_screen(screen):
        from withdrawal_cli.formats.citations.text import reference
        from withdrawal_cli.views.citations import BibliographyView

        view = BibliographyView([reference(entry) for entry in entries])
        show_pieces([utf8(drawn_text(view, screen))], no_pager=screen.no_pager)
    else:
        pieces = [utf8(render(name, entries))]
        write_to(output.output, pieces, force=output.force, screen=screen)
