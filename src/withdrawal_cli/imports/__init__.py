"""Turns a file of another program into a dataset, with one module for each kind of file.

What a dataset cannot hold is reported, never silently dropped.
"""

from importlib import import_module

from withdrawal_cli.dataset.faults import Fault
from withdrawal_cli.dataset.foreign import container
from withdrawal_cli.dataset.reading import decode_text
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.imports.draft import Draft

IMPORTS = {
    "timelinejs": "the JSON of TimelineJS 3",
    "csv": "the spreadsheet of TimelineJS, what timeline -f csv writes, or a table of your own",
}
"""Each kind and what it is; the module of its name reads it."""


def read(name: str, content: bytes, where: str) -> Draft:
    """Return what a file of the kind `name`, a key of `IMPORTS`, holds. Raises WithdrawalError."""
    try:
        text = decode_text(content)
    except Fault as fault:
        if kind := container(content):
            hint = "Unpack it, or save the table in it as CSV in UTF-8."
            raise WithdrawalError(f"this is {kind}", where=where, hint=hint) from None
        raise fault.located(where) from None
    if not text.strip():
        raise WithdrawalError("the file is empty", where=where)
    draft = Draft(where)
    # Only the module that is needed is loaded.
    import_module(f"{__name__}.{name}").read(text, draft)
    draft.connect()
    return draft
