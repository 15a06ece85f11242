"""`withdrawal new`: a file of one's own."""

import shlex
from typing import Annotated

from typer import Argument, Option

from withdrawal_cli.dataset import START, bundled_path
from withdrawal_cli.options import takes_options
from withdrawal_cli.output import deliver, talk


@takes_options
def new(
    file: Annotated[str, Argument(metavar="FILE", show_default=False, help="Where to write it; - is standard output.")],
    force: Annotated[bool, Option("--force", help="Replace a file of that name.")] = False,
) -> None:
    """Write the start of a history of your own: a small one that is complete, to be replaced record by record.

    It has events, phases, people, places, a route, figures, and a dispute with its rivals; everything in it has a source,
    and it fills every screen. Change the card at its head first, then what stands below.

    \b
    withdrawal new history.json
    withdrawal new history.json && withdrawal timeline --data history.json
    withdrawal new - | jq '.events[0]'
    """
    deliver(bundled_path(START).read_bytes(), file, force=force)
    if file != "-":
        talk(next_steps(file))


def next_steps(file: str) -> str:
    """Return what to do with a file that was written."""
    name = shlex.quote(file)
    return f"""\
Written: {file}. Change what is in it, and then:
  withdrawal check {name}            names every fault in it
  withdrawal timeline --data {name}  shows it, as every command does with --data
docs/dataset.md says what each field holds."""
