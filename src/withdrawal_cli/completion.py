"""What a TAB offers: the values of options and arguments, and the scripts that ask for them.

The scripts call the program with `_WITHDRAWAL_COMPLETE=SHELL` and what has been typed as its arguments, and get one offer
a line. Values come from data files that strangers wrote. zsh and fish quote what they insert, so they get plain values, each
with a tab and a description; bash inserts an offer as it is and then runs the line, so what it gets is quoted here, where
the rest of the word is known. (Typer's own scripts do not quote, and import Rich on every TAB in zsh and fish.)
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
from withdrawal_cli.safety import one_line

Offer = str | tuple[str, str]
"""A value, or a value with a description."""
Completer = Callable[[typer.Context, str], list[Offer]]
DESCRIBED = 200
"""The characters of a description: a title can be a megabyte long."""

# bash: a loop and not `mapfile`, which the bash of macOS (3.2) does not have; no word of the answer is ever expanded.
# zsh: `_describe` wants backslashes and colons escaped. When nothing begins with what is typed, the offers contain it; then
# `-U` takes them as they are, and one after the other, for as far as they agree is not what was typed.
# Nothing here may read the terminal, or a TAB after `--data -` would wait for ever.
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
""",
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
""",
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
    """Return the offers for what has been typed, one a line, or nothing for what cannot be read.

    `typed` is what the script of that shell passes: for bash the line up to the cursor, and the end of it that readline will
    replace; for zsh and fish the words after `withdrawal`, of which the last stands at the cursor, in fish with its quotes.
    """
    with suppress(Exception):  # a TAB is no place to say what is wrong: running the command will
        if shell == "bash":
            return "".join(f"{offer}\n" for offer in _offers_for_bash(app, *typed))
        if shell in SCRIPTS:
            words = [*typed[:-1], split_line(typed[-1])[0][-1]] if shell == "fish" else typed
            offers = _offers(app, words, inside=True)
            if (
                shell == "fish"
            ):  # it quotes everything but a leading tilde, which would become somebody's home
                offers = [(value, text) for value, text in offers if not value.startswith("~")]
            return "".join(f"{value}\t{text}\n" if text else f"{value}\n" for value, text in offers)
    return ""


def _offers_for_bash(app: typer.Typer, line: str, replaced: str) -> list[str]:
    """Return what readline may put in the place of `replaced`: each value without what stands before that, and quoted.

    Before it can stand a quotation mark, `--option=`, or what ends in a colon: readline begins a word after each of them.
    """
    words = split_line(line)[0][1:]
    kept, mark = split_line(line.removesuffix(replaced))
    start = kept[-1]
    values = [value for value, _ in _offers(app, words, inside=False) if value.startswith(start)]
    return [quote_for_bash(value.removeprefix(start), mark) for value in values]


def _offers(app: typer.Typer, words: Sequence[str], *, inside: bool) -> list[tuple[str, str]]:
    """Return the words that can stand for the last of `words`, with descriptions. `inside`: or else contain it."""
    *before, word = words
    prefix, value = "", word
    if word.startswith("-"):
        option, equals, value = word.partition("=")
        prefix = option + equals if equals else ""
    completion_init()
    asker: Any = shell_completion.get_completion_class(
        "bash"
    )  # of it we use only what all shells share
    asked = asker(typer.main.get_command(app), {}, "withdrawal", "")
    found = asked.get_completions([*before], word)
    if inside and value and not found:
        found = [item for item in asked.get_completions([*before], prefix) if value in item.value]
    offers = {
        item.value: one_line((item.help or "")[:DESCRIBED])
        for item in found
        if _can_be_typed(item.value)
    }
    return [(prefix + value, text) for value, text in offers.items()]


def _can_be_typed(value: str) -> bool:
    """Whether a value can stand on a command line as it is.

    What the terminal's encoding lacks is left out, for the nearest ASCII of a full-width `$` is a `$`.
    """
    try:
        value.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return False
    return value.isprintable()


def split_line(line: str) -> tuple[list[str], str]:
    """Return the words of an unfinished command line as the program would get them, and the quotation mark left open.

    The last word is the one at the cursor, empty after a blank. Raises ValueError where the shell would put something else in
    its place, or where the line is more than one command.

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
    """Return `text` so that bash passes it on literally, behind an opening quotation mark if there is one.

    readline closes the quotation, but not if it finds that mark at the end of what it inserted.

    >>> print(quote_for_bash("it's $HOME!"), quote_for_bash("it's $HOME!", "'"), quote_for_bash("it's $HOME!", '"'))
    it\\'s\\ \\$HOME\\! it'\\''s $HOME! it's \\$HOME"\\!""
    """
    if not mark:
        return re.sub(r"([^\w@%+=:,./\x80-\U0010ffff-])", r"\\\1", text, flags=re.ASCII)
    # In double quotes, too, an exclamation mark recalls an earlier command.
    double = re.sub(r'([\\$`"])', r"\\\1", text).replace("!", r'"\!"')
    quoted = text.replace("'", r"'\''") if mark == "'" else double
    return quoted + mark * quoted.endswith(mark)


def one_of(*values: str) -> Completer:
    """Return what offers the values themselves."""

    def complete(_ctx: typer.Context, incomplete: str) -> list[Offer]:
        return [value for value in values if value.startswith(incomplete)]

    return complete


def ids_in(*keys: str) -> Completer:
    """Return what offers the ids in these arrays of the data, which may be the one named before on the command line."""

    def complete(ctx: typer.Context, incomplete: str) -> list[Offer]:
        dataset = _dataset(ctx.params.get("data"))
        records = (item for key in keys for item in getattr(dataset, key, ()))
        return [
            (item.id, getattr(item, "name", None) or getattr(item, "title", None) or "")
            for item in records
            if item.id.startswith(incomplete)
        ]

    return complete


def values_of(key: str, *fields: str) -> Completer:
    """Return what offers the values that stand in these fields of an array of the data."""

    def complete(ctx: typer.Context, incomplete: str) -> list[Offer]:
        records = getattr(_dataset(ctx.params.get("data")), key, ())
        values = {getattr(item, field) for item in records for field in fields} - {None}
        return sorted(value for value in values if value.startswith(incomplete))

    return complete


def field_names(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Return the fields of the command's rows that can follow those already given: `id,da` offers `id,date`."""
    given, comma, last = incomplete.rpartition(",")
    known = getattr(import_module(f"withdrawal_cli.commands.{ctx.info_name}"), "FIELDS", ())
    taken = given.split(",")
    return [
        f"{given}{comma}{name}" for name in known if name.startswith(last) and name not in taken
    ]


@lru_cache(maxsize=1)
def _dataset(source: str | None) -> Any:
    if not source:
        return load_dataset()
    path = Path(source).expanduser()
    return (
        load_dataset(str(path)) if path.is_file() else None
    )  # a TAB waits for no terminal and empties no pipe
