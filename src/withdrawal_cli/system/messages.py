"""What standard error says: wrapped at words for a person, one JSON object for a program."""

import os
import re
import sys
import textwrap
from collections.abc import Sequence
from itertools import pairwise, takewhile

from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.safety import tellable

WIDEST_PROSE = 100
"""In columns: on a wider terminal, longer lines would be hard to read."""

_COMMAND = r"withdrawal [a-z]+(?: (?:--?[a-z-]+|[A-Z]+|\S+\.json|'[^'\n]*'))*"
"""A command line in a sentence: `withdrawal search WORDS`."""
_ID_AND_NAME = r"  \S+  "
"""The start of a line of a list. Any other indented line is a command to copy."""


def message(text: str) -> str:
    """Return a text for standard error: harmless, and wrapped on a terminal.

    No word, address or command is broken, and a command on a line of its own stays there.
    """
    told = tellable(text)
    columns = _columns()
    if columns is None:
        return told
    return "\n".join(_wrapped(line, columns) for line in told.split("\n"))


def _columns() -> int | None:
    """Return how wide messages may be; `None` if standard error is not a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    # `shutil.get_terminal_size` asks standard output, which may be a file.
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(sys.stderr.fileno())[0])
    except (OSError, ValueError):
        return WIDEST_PROSE
    return min(columns, WIDEST_PROSE) if columns > 0 else WIDEST_PROSE


def _wrapped(line: str, columns: int) -> str:
    if line.startswith("  ") and not re.match(_ID_AND_NAME, line):
        return line
    whole = re.sub(_COMMAND, lambda command: command[0].replace(" ", "\0"), line)
    pieces = textwrap.wrap(
        whole,
        columns,
        subsequent_indent="    " if line.startswith("  ") else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(pieces).replace("\0", " ")


def complaint(error: WithdrawalError, arguments: Sequence[str]) -> str:
    """Return an error as text for a person, or as JSON if the command line asks for JSON."""
    if not wants_json(arguments):
        return message(f"withdrawal: {error}")
    import json  # only here: it takes 2 ms

    content = {
        "error": error.problem,
        "where": error.where,
        "hint": error.hint,
        "exit_status": error.status,
    }
    told = {key: tellable(text) if isinstance(text, str) else text for key, text in content.items()}
    return json.dumps(told)  # in ASCII: standard error may have any encoding


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether a command line asks for JSON of any kind, even if the rest of it is wrong."""
    options = list(takewhile(lambda argument: argument != "--", arguments))
    formats = [after for option, after in pairwise(options) if option in ("-f", "--format")]
    for short in ("-f", "--format="):
        formats += [option.removeprefix(short) for option in options if option.startswith(short)]
    return "--json" in options or not {"json", "jsonl", "csl-json"}.isdisjoint(formats)
