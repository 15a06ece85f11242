"""`withdrawal narrate`: the chosen events as prose."""

from typing import TYPE_CHECKING, Annotated

from typer import Option

from withdrawal_cli.errors import UsageError
from withdrawal_cli.formats import Listing, fields_of, utf8
from withdrawal_cli.formats.columns import PASSAGES
from withdrawal_cli.model import Dataset
from withdrawal_cli.options import (
    AnswerOptions,
    EventOptions,
    LimitOptions,
    file_name,
    takes_options,
)
from withdrawal_cli.output import answer, remark_hearing, write_answer
from withdrawal_cli.queries.narration import Narration, PassageRow, summarize_narration
from withdrawal_cli.system.files import write_file
from withdrawal_cli.wording import more_note

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(PassageRow)


@takes_options
def narrate(
    event_options: EventOptions,
    limit_options: LimitOptions,
    answer_options: AnswerOptions,
    bibliography: Annotated[
        str | None,
        Option(
            "--bibliography",
            metavar="FILE",
            parser=file_name,
            help="Cite in Markdown for pandoc, and write the sources to FILE in CSL-JSON.",
        ),
    ] = None,
) -> None:
    """Tell the chosen events as prose, with numbered sources.

    The key events, or those that the filters choose, in order and under their phases; what surely
    falls in the time asked for comes before what only may. Every sentence is from a record: what
    happened, how sure that is, what it followed from, why it mattered, and the questions on which
    sources disagree.

    \b
    withdrawal narrate
    withdrawal narrate --phase phase-one --key -f markdown -o phase-one.md
    withdrawal narrate --person gromov -o gromov.md --bibliography gromov.json
    """
    dataset = answer_options.load()
    report = summarize_narration(dataset, event_options.filters(), limit=limit_options.limit)
    if bibliography is not None:
        _write_for_pandoc(dataset, report, answer_options, bibliography)
        return

    def draw() -> "RenderableType":
        from withdrawal_cli.views.narration import story

        return story(dataset, report)

    shown = report.timeline
    listing = Listing(dataset=dataset, rows=report.passages, fields=FIELDS, columns=PASSAGES)
    answer(
        listing,
        answer_options,
        draw=draw,
        note=shown.note(dataset) if report.passages else None,  # the page says so itself
        left_out=more_note(limit_options.limit, len(shown.events), shown.matched),
        page=True,
    )


def _write_for_pandoc(
    dataset: Dataset,
    report: Narration,
    options: AnswerOptions,
    bibliography: str,
) -> None:
    """Write the sources to a file, and the prose that cites them."""
    from withdrawal_cli.formats.citations import render as render_bibliography
    from withdrawal_cli.formats.pandoc import render
    from withdrawal_cli.formats.provenance import command, reproduction
    from withdrawal_cli.queries.citing import bibliography as cited

    if options.json or options.format not in (None, "markdown"):
        raise UsageError(
            "--bibliography is for Markdown", hint="Leave out --format, or choose markdown."
        )
    entries = cited(dataset, (one for passage in report.passages for one in passage.citations))
    document = render(dataset, report, bibliography, reproduction(dataset, command()))
    write_file(bibliography, [utf8(render_bibliography("csl-json", entries))], force=options.force)
    write_answer([utf8(document)], options)
    remark_hearing(dataset)
