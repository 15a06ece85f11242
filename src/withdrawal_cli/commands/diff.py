"""`withdrawal diff`: what changed from one dataset to another."""

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.errors import UsageError, WithdrawalError
from withdrawal_cli.formats import Listing, fields_of, utf8
from withdrawal_cli.formats.columns import CHANGES
from withdrawal_cli.model import Dataset
from withdrawal_cli.options import AnswerOptions, takes_options
from withdrawal_cli.output import answer, remark_hearing, write_answer
from withdrawal_cli.queries.diff import ChangeRow, summarize_difference
from withdrawal_cli.queries.evidence import hear

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(ChangeRow)


@takes_options
def diff(
    answer_options: AnswerOptions,
    old: Annotated[
        str, Argument(metavar="OLD", show_default=False, help="A file; - is standard input.")
    ],
    new: Annotated[
        str | None,
        Argument(
            metavar="[NEW]", show_default=False, help="Another; if left out, the data of --data."
        ),
    ] = None,
    changelog: Annotated[
        bool, Option("--changelog", help="Draft an entry of a changelog, in Markdown.")
    ] = False,
) -> None:
    """Show what changed from one dataset to another.

    Records added, removed and renamed, every field that changed, with what may be behind it, and
    what is disputed now. The exit status is that of diff: 0 if nothing differs, 1 if something
    does, 2 if a file cannot be read.

    \b
    withdrawal diff mine.json
    withdrawal diff mine.json --json | jq -r '.[] | [.id, .field, .cause] | @tsv'
    withdrawal diff mine.json --changelog -o draft.md
    """
    before, after = _load_both(old, new, answer_options)
    report = summarize_difference(before, after)

    def draw() -> "RenderableType":
        from withdrawal_cli.views.diff import changes

        return changes(report)

    if changelog:
        from withdrawal_cli.views.diff import changelog as draft

        write_answer([utf8(draft(report))], answer_options)
        remark_hearing(after)
        raise SystemExit(bool(report.rows))
    listing = Listing(dataset=after, rows=report.rows, fields=FIELDS, columns=CHANGES)
    answer(listing, answer_options, draw=draw, note=report.note())
    if report.rows:
        raise SystemExit(1)


def _load_both(old: str, new: str | None, options: AnswerOptions) -> tuple[Dataset, Dataset]:
    """Return both datasets as the chosen sources tell them. Errors exit with 2, as in diff."""
    if new is not None and options.data is not None:
        raise UsageError("NEW and --data both name the second file", hint="Give one of them.")
    name = new if new is not None else options.data
    if old == name == "-":
        raise UsageError("- and - both read standard input", hint="Give one of them as a file.")
    try:
        before, after = (hear(load_dataset(source), options.evidence) for source in (old, name))
    except WithdrawalError as error:
        error.status = 2
        raise
    return before, after
