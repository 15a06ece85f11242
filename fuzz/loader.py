"""python -m fuzz.loader: a file is a dataset with its faults, or refused with WithdrawalError."""

import atheris

from fuzz import fuzz
from fuzz.words import WORDS

with atheris.instrument_imports(include=["withdrawal_cli"]):
    from withdrawal_cli.dataset.canonical import canonical
    from withdrawal_cli.dataset.reading import decode_dataset
    from withdrawal_cli.dataset.references import faults
    from withdrawal_cli.errors import WithdrawalError


def door(data: bytes) -> None:
    """Feed one file. What is sound is written in canonical form and read again: it is the same."""
    try:
        dataset = decode_dataset(data, "war.json")
    except WithdrawalError as error:
        if not (error.problem and str(error.where).startswith("war.json")):
            raise AssertionError(str(error)) from error
        return
    if not list(faults(dataset)):
        again = decode_dataset(canonical(dataset).encode(), "war.json")
        assert set(again.by_id.values()) == set(dataset.by_id.values())


if __name__ == "__main__":
    fuzz(door, WORDS)
