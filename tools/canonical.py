"""Write a dataset in canonical form, so that a diff shows what changed and nothing else.

    python -m tools.canonical data/events.json          rewrites the file
    python -m tools.canonical --check data/events.json  exits 1 when it is not in that form

Keys in the order of the dataclasses, fields at their default left out, two spaces, UTF-8 unescaped; events and phases
by date, sides as they stand, everything else by id.
"""

import sys
from dataclasses import MISSING
from pathlib import Path
from typing import Any

import msgspec

from withdrawal_cli.dataset import decode_dataset
from withdrawal_cli.dates import Edtf
from withdrawal_cli.model import KINDS, Dataset
from withdrawal_cli.values import Value


def canonical(dataset: Dataset) -> str:
    """Return the dataset as canonical JSON."""
    document: dict[str, Any] = {"dataset": _plain(dataset.dataset)}
    for key in KINDS.values():
        records = list(getattr(dataset, key))
        if key in ("events", "phases"):
            records.sort(key=lambda item: (item.date.order, item.id))
        elif key != "sides":
            records.sort(key=lambda item: item.id)
        document[key] = [_plain(item) for item in records]
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _plain(item: Any) -> Any:
    if isinstance(item, Edtf):
        return item.text
    if isinstance(item, tuple):
        return [_plain(part) for part in item]
    if not isinstance(item, Value):
        return item
    fields = item.__dataclass_fields__
    contents = {name: getattr(item, name) for name in fields}
    return {
        name: _plain(content)
        for name, content in contents.items()
        if fields[name].default is MISSING or content != fields[name].default
    }


def main(arguments: list[str]) -> int:
    """Rewrite or check the files named; return the exit status."""
    check = "--check" in arguments
    status = 0
    for name in (argument for argument in arguments if argument != "--check"):
        path = Path(name)
        before = path.read_text(encoding="utf-8")
        after = canonical(decode_dataset(before.encode(), name))
        if before == after:
            continue
        if check:
            print(f"{name} is not in canonical form; run python -m tools.canonical {name}", file=sys.stderr)
            status = 1
        else:
            path.write_text(after, encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
