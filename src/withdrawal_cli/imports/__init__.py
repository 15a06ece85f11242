"""A file of another program to a dataset: one module for each kind, loaded when it is used.

What a file says and a dataset cannot hold is told, never dropped in silence.
"""

from importlib import import_module

from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.imports.draft import Draft

IMPORTS = {
    "timelinejs": "the JSON of TimelineJS 3",
    "csv": "the spreadsheet of TimelineJS, or what timeline -f csv writes",
}
"""Each kind and what it is; the module of its name reads it."""


def read(name: str, content: bytes, where: str) -> Draft:
    """Return what the file `where` holds, of the kind `name`, a key of `IMPORTS`. Raises WithdrawalError."""
    draft = Draft(where)
    import_module(f"{__name__}.{name}").read(_text(content, where), draft)
    return draft


def _text(content: bytes, where: str) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise WithdrawalError("the file is UTF-16", where=where, hint="Save it as UTF-8.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise WithdrawalError(
            f"line {line} is not UTF-8", where=where, hint="Save the file as UTF-8."
        ) from None
    if not text.strip():
        raise WithdrawalError("the file is empty", where=where)
    return text
