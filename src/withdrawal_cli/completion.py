"""What a TAB offers: the values of options and arguments, and the scripts that ask for them.

Each shell asks in the same way, with the words of the command line in the environment, and gets plain words back, one a
line. (Typer's own scripts for zsh and fish import Rich on every TAB to clean up help texts.)
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

import typer

from withdrawal_cli.dataset import load_dataset
from withdrawal_cli.errors import WithdrawalError

Completer = Callable[[typer.Context, str], list[str]]

SCRIPTS = {
    "bash": """\
_withdrawal_completion() {
    local IFS=$'\\n'
    COMPREPLY=($(COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD _WITHDRAWAL_COMPLETE=complete_bash withdrawal 2>/dev/null))
    compopt +o nosort 2>/dev/null
    [[ ${COMPREPLY-} == *, ]] && compopt -o nospace 2>/dev/null
    return 0
}
complete -o default -F _withdrawal_completion withdrawal
""",
    "zsh": """\
#compdef withdrawal
_withdrawal() {
    local -a found
    local -x COMP_WORDS="${(F)words}" COMP_CWORD=$((CURRENT - 1)) _WITHDRAWAL_COMPLETE=complete_bash
    found=("${(@f)$(withdrawal 2>/dev/null)}")
    if [[ -n "$found" ]]; then compadd -- $found; else _files; fi
}
if [[ "$funcstack[1]" == _withdrawal ]]; then _withdrawal "$@"; else compdef _withdrawal withdrawal; fi
""",
    "fish": """\
function __withdrawal_complete
    set -l before (commandline -opc)
    set -lx COMP_WORDS (string join \\n -- $before (commandline -ct) | string collect)
    set -lx COMP_CWORD (count $before)
    set -lx _WITHDRAWAL_COMPLETE complete_bash
    withdrawal 2>/dev/null
end
complete -c withdrawal -f -a '(__withdrawal_complete)'
complete -c withdrawal -s o -l output -r -F
complete -c withdrawal -l data -r -F
""",
}
"""What `withdrawal completion SHELL` prints."""


def one_of(*values: str) -> Completer:
    """Return what offers the values themselves."""

    def complete(_ctx: typer.Context, incomplete: str) -> list[str]:
        return _starting(values, incomplete)

    return complete


def ids_in(*keys: str) -> Completer:
    """Return what offers the ids in these arrays of the data, which may be the one named before on the command line."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        dataset = _dataset(ctx)
        return (
            _starting((item.id for key in keys for item in getattr(dataset, key)), incomplete)
            if dataset
            else []
        )

    return complete


def values_of(key: str, *fields: str) -> Completer:
    """Return what offers the values that stand in these fields of an array of the data."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        records = getattr(_dataset(ctx), key, ())
        return _starting(
            sorted({getattr(item, field) for item in records for field in fields} - {None}),
            incomplete,
        )

    return complete


def field_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the fields of the command's rows that can follow those already given: `id,da` offers `id,date`."""
    given, comma, last = incomplete.rpartition(",")
    known = getattr(import_module(f"withdrawal_cli.commands.{ctx.info_name}"), "FIELDS", ())
    taken = given.split(",")
    return [
        f"{given}{comma}{name}" for name in known if name.startswith(last) and name not in taken
    ]


def _starting(values: Iterable[str], incomplete: str) -> list[str]:
    return [value for value in values if value.startswith(incomplete) and value.isprintable()]


def _dataset(ctx: typer.Context) -> Any:
    try:
        return load_dataset(ctx.params.get("data"))
    except WithdrawalError:
        return None  # a TAB says nothing about a file at fault; the command will
