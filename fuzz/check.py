"""python -m fuzz.check: every fault of a file, and none only of what is loaded."""

import atheris

from fuzz import fuzz
from fuzz.words import WORDS

with atheris.instrument_imports(include=["withdrawal_cli", "json"]):
    from withdrawal_cli.dataset.checking import check_file
    from withdrawal_cli.dataset.reading import decode_dataset
    from withdrawal_cli.dataset.references import faults
    from withdrawal_cli.errors import WithdrawalError


def door(data: bytes) -> None:
    """Feed one file."""
    rows, strict = check_file(data), check_file(data, strict=True)
    assert len(strict) >= len(rows)
    assert all(row.problem for row in strict)
    try:
        sound = not list(faults(decode_dataset(data, "war.json")))
    except WithdrawalError:
        sound = False
    assert sound or rows


if __name__ == "__main__":
    fuzz(door, WORDS)
