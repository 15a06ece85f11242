"""The package as a library, in a stranger's file: the gate runs it and checks its types against the installed package.

python library.py
mypy --strict library.py
"""

from datetime import date
from typing import assert_type

from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.dates import Edtf, parse_edtf
from withdrawal_cli.model import Dataset, Event


def main() -> None:
    dataset = load_dataset()
    assert_type(dataset, Dataset)
    assert_type(dataset.events, tuple[Event, ...])
    assert_type(dataset.events[0].date, Edtf)
    assert_type(parse_edtf("1988-05").latest, date | None)
    assert any(event.date.earliest == date(1989, 2, 15) for event in dataset.events)


if __name__ == "__main__":
    main()
