"""Tab completion: the scripts for the shells, and the offers that they ask the program for.

The scripts run the program with `_WITHDRAWAL_COMPLETE=SHELL` and what has been typed as arguments,
and read one offer a line. Values come from data files that strangers wrote. zsh and fish quote what
they insert, so they get plain values, each with a tab and a description; bash inserts an offer as
it is, so its offers are quoted here, where the rest of the word is known. (Typer's own scripts do
not quote, and import Rich on every TAB in zsh and fish.)
"""

import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.completion import completion_init, shell_completion  # type: ignore[attr-defined]

from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.model import called
from withdrawal_cli.queries.folding import fold
from withdrawal_cli.safety import one_line

Offer = str | tuple[str, str]
"""A value, or a value with a description."""
Completer = Callable[[typer.Context, str], list[Offer]]
LONGEST_DESCRIPTION = 200
"""In characters: a title can be a megabyte long."""

# bash: a loop and not `mapfile`, which the bash of macOS (3.2) lacks; no word is ever expanded.
# zsh: `_describe` wants backslashes and colons escaped. When nothing begins with what was typed,
# the offers contain it; `-U` then takes them as they are, and menu completion inserts whole offers,
# since their common beginning is not what was typed.
# Standard input is /dev/null, or a TAB after `--data -` would wait for ever.
SCRIPTS = {
    "bash": """\
_withdrawal_completion() {
    local offer
    COMPREPLY=()
    while IFS= read -r offer; do
        COMPREPLY+=("$offer")
    done < <(_WITHDRAWAL_COMPLETE=bash withdrawal "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null </dev/null)
}
complete -o default -F _withdrawal_completion withdrawal
""",  # noqa: E501 (a line of the script)
    "zsh": """\
#compdef withdrawal
_withdrawal() {
    local line value
    local -a offers
    while IFS= read -r line; do
        [[ $PREFIX == --*=* ]] && line=${line#*=}
        value=${line%%$'\\t'*}
        value=${${value//\\\\/\\\\\\\\}//:/\\\\:}
        [[ $line == *$'\\t'* ]] && value+=:${line#*$'\\t'}
        offers+=("$value")
    done < <(_WITHDRAWAL_COMPLETE=zsh withdrawal "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)
    if (( ! $#offers )); then _files; return; fi
    [[ $PREFIX == --*=* ]] && compset -P 1 '*='
    _describe withdrawal offers && return
    compstate[insert]=menu
    _describe withdrawal offers -U -i "$IPREFIX"
}
if [[ "$funcstack[1]" == _withdrawal ]]; then _withdrawal "$@"; else compdef _withdrawal withdrawal; fi
""",  # noqa: E501 (lines of the script)
    "fish": """\
function __withdrawal_complete
    set -l before (commandline -opc)
    set -l word (commandline -ct)
    _WITHDRAWAL_COMPLETE=fish withdrawal $before[2..] "$word" 2>/dev/null </dev/null
end
complete -c withdrawal -f -a '(__withdrawal_complete)'
complete -c withdrawal -s o -l output -r -F
complete -c withdrawal -l data -r -F
""",
}
"""What `withdrawal completion SHELL` prints."""


def answer_tab(app: typer.Typer, shell: str, typed: Sequence[str]) -> str:
    """Return the offers for what has been typed, one a line; none if it cannot be understood.

    `typed` is what the script of that shell passes: for bash the line up to the cursor, and the end
    of it that readline will replace; for zsh and fish the words after `withdrawal`, the last of
    which is at the cursor, in fish with its quotes.
    """
    with suppress(Exception):  # running the command will say what is wrong; a TAB cannot
        if shell == "bash":
            return "".join(f"{offer}\n" for offer in _offers_for_bash(app, *typed))
        if shell in SCRIPTS:
            words = [*typed[:-1], split_line(typed[-1])[0][-1]] if shell == "fish" else typed
            offers = _offers(app, words, containing=True)
            if shell == "fish":  # quotes everything but a leading tilde: somebody's home
                offers = [(value, text) for value, text in offers if not value.startswith("~")]
            return "".join(f"{value}\t{text}\n" if text else f"{value}\n" for value, text in offers)
    return ""


def _offers_for_bash(app: typer.Typer, line: str, replaced: str) -> list[str]:
    """Return what readline may insert for `replaced`, the end of `line`, quoted.

    Only the rest of each value: for readline a word starts after a quotation mark, `--option=` or
    a colon.
    """
    words = split_line(line)[0][1:]
    kept, mark = split_line(line.removesuffix(replaced))
    start = kept[-1]
    offers = _offers(app, words, containing=False)
    return [
        quote_for_bash(value.removeprefix(start), mark)
        for value, _ in offers
        if value.startswith(start)
    ]


def _offers(app: typer.Typer, words: Sequence[str], *, containing: bool) -> list[tuple[str, str]]:
    """Return the values that begin with the last of `words`, with descriptions.

    With `containing`, if none begins with it: those that contain it, or else those whose
    description (the name or title of a record) does.
    """
    *before, word = words
    prefix, value = "", word
    if word.startswith("-"):
        option, equals, value = word.partition("=")
        prefix = option + equals if equals else ""
    completion_init()
    # The completion of every shell finds offers alike; only their output differs.
    finder: Any = shell_completion.get_completion_class("bash")
    asked = finder(typer.main.get_command(app), {}, "withdrawal", "")
    found = asked.get_completions([*before], word)
    if containing and value and not found:
        every, part = asked.get_completions([*before], prefix), fold(value)
        found = [item for item in every if part in fold(item.value)]
        if before and not found:  # the description of a command is not a name
            found = [item for item in every if part in fold(item.help or "")]
    offers = {
        item.value: one_line((item.help or "")[:LONGEST_DESCRIPTION])
        for item in found
        if _can_be_typed(item.value)
    }
    return [(prefix + value, text) for value, text in offers.items()]


def _can_be_typed(value: str) -> bool:
    """Whether a value reaches the command line unchanged.

    Not if the terminal's encoding lacks a letter: the nearest ASCII of a full-width `$` is `$`.
    """
    try:
        value.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return False
    return value.isprintable()


def split_line(line: str) -> tuple[list[str], str]:
    """Return the words of an unfinished command line, unquoted, and the quotation mark left open.

    The last word is the one at the cursor, empty after a space. Raises ValueError if the shell
    would expand a word, or the line is more than one command. (`shlex.split` refuses an open
    quotation and drops the empty last word.)

    >>> split_line("withdrawal show 'a b' \\"c d")
    (['withdrawal', 'show', 'a b', 'c d'], '"')
    """
    words: list[str] = [""]
    mark, escaped, begun, expands = "", False, False, False
    for letter in line:
        if not mark and not escaped and letter in " \t\n":
            words += [""] if begun else []
            begun = expands = False
            continue
        begun = True
        if escaped:
            words[-1] += letter if not mark or letter in '$`"\\' else f"\\{letter}"
            escaped = False
        elif letter == "\\" and mark != "'":
            escaped = True
        elif letter == mark:
            mark = ""
        elif letter in "'\"" and not mark:
            mark = letter
        else:
            if letter in "<>|&;()" and not mark:
                raise ValueError(f"{letter} ends the command")
            expands |= letter in "$`" and mark != "'"
            words[-1] += letter
    if expands:
        raise ValueError("only the shell knows that word")
    return words, mark


def quote_for_bash(text: str, mark: str = "") -> str:
    """Return `text` so that bash passes it on literally, after the quotation mark `mark` if any.

    >>> print(quote_for_bash("it's $HOME!"), quote_for_bash("it's $HOME!", "'"))
    it\\'s\\ \\$HOME\\! it'\\''s $HOME!
    >>> print(quote_for_bash("it's $HOME!", '"'))
    it's \\$HOME"\\!""
    """
    if not mark:
        return re.sub(r"([^\w@%+=:,./\x80-\U0010ffff-])", r"\\\1", text, flags=re.ASCII)
    if mark == "'":
        quoted = text.replace("'", r"'\''")
    else:
        # In double quotes, too, an exclamation mark recalls an earlier command.
        quoted = re.sub(r'([\\$`"])', r"\\\1", text).replace("!", r'"\!"')
    # readline closes the quotation, but not if it finds that mark at the end of what it inserted.
    return quoted + mark if quoted.endswith(mark) else quoted


def one_of(*values: str) -> Completer:
    """Return a completer for a fixed choice of values."""

    def complete(_ctx: typer.Context, incomplete: str) -> list[Offer]:
        return [value for value in values if value.startswith(incomplete)]

    return complete


def ids_in(*keys: str) -> Completer:
    """Return a completer for the ids in these arrays of the data, or of the file after `--data`."""

    def complete(ctx: typer.Context, incomplete: str) -> list[Offer]:
        dataset = _dataset(ctx.params.get("data"))
        records = (item for key in keys for item in getattr(dataset, key, ()))
        return [(item.id, called(item)) for item in records if item.id.startswith(incomplete)]

    return complete


def values_of(key: str, *fields: str) -> Completer:
    """Return a completer for the values of these fields in an array of the data."""

    def complete(ctx: typer.Context, incomplete: str) -> list[Offer]:
        records = getattr(_dataset(ctx.params.get("data")), key, ())
        values = {getattr(item, field) for item in records for field in fields} - {None}
        return sorted(value for value in values if value.startswith(incomplete))

    return complete


def field_names(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Return the command's fields after those already given: `id,da` offers `id,date`."""
    given, comma, last = incomplete.rpartition(",")
    known = getattr(import_module(f"withdrawal_cli.commands.{ctx.info_name}"), "FIELDS", ())
    free = [name for name in known if name not in given.split(",")]
    return [f"{given}{comma}{name}" for name in free if name.startswith(last)]


@lru_cache(maxsize=1)
def _dataset(source: str | None) -> Any:
    if not source:
        return load_dataset()
    path = Path(source).expanduser()
    # Only a file: a TAB must not wait for a terminal or empty a pipe.
    return load_dataset(str(path)) if path.is_file() else None
