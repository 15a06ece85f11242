"""`withdrawal check`: every fault of a file at once."""

from typing import Annotated

from typer import Argument, Exit, Option

from withdrawal_cli.dataset.checking import MOST, FaultRow, check_file
from withdrawal_cli.dataset.reading import read_input
from withdrawal_cli.formats.json import indented
from withdrawal_cli.output import remark, talk, write, write_pieces
from withdrawal_cli.safety import one_line, tellable
from withdrawal_cli.wording import number, plural


def check(
    file: Annotated[
        str,
        Argument(
            metavar="FILE", show_default=False, help="A file of your own; - is standard input."
        ),
    ],
    strict: Annotated[
        bool, Option("--strict", help="Apply the rules for editing the bundled data too.")
    ] = False,
    json: Annotated[
        bool, Option("--json", help="An array of objects, with the line of each record.")
    ] = False,
) -> None:
    """Name every fault of a file of your own at once.

    Each with its place and what to do. Silent for a sound file; the exit status is 1 if there is a
    fault.

    Some faults stop every other command: wrong types, impossible dates, ids that are missing or
    used twice. Others would go unnoticed: misspelt fields, repeated keys, disputes without rivals,
    ranks without a reason, events that follow a later one. With --strict also what the codebook
    asks of the bundled data: everything is cited, titles and summaries are short and stand alone,
    nothing is left unconnected, and no category or kind is a misspelling of a common one. At most
    10,000 faults are named.

    \b
    withdrawal check mine.json
    withdrawal check mine.json --strict
    withdrawal check mine.json --json | jq -r '.[] | "\\(.line): \\(.problem)"'
    """
    rows = check_file(read_input(file, "Check the path."), file, strict=strict)
    if json:
        write_pieces([indented(rows) + b"\n"])
    else:
        write("".join(_as_compilers_print(file, row) for row in rows))
    if len(rows) == MOST:
        remark(
            f"Only the first {number(MOST)} faults are listed. "
            "Correct them and check again; there may be more."
        )
    if rows:
        talk(f"{plural(len(rows), 'fault')}.")
        raise Exit(1)


def _as_compilers_print(file: str, row: FaultRow) -> str:
    """Return file, path and problem on one line, and the hint on the next."""
    lines = [": ".join(filter(None, (file, row.path, row.problem)))]
    if row.hint:
        lines.append(f"  {row.hint}".replace("\n  ", " "))
    return "".join(f"{tellable(one_line(line))}\n" for line in lines)
