"""python -m fuzz.edtf: EDTF text is a date whose parts agree, or refused with ValueError."""

import atheris

from fuzz import fuzz

with atheris.instrument_imports(include=["withdrawal_cli"]):
    from withdrawal_cli.dates import PRECISIONS, Period, date_text, parse_edtf, range_text

WORDS = (
    "1988",
    "198X",
    "19XX",
    "0001",
    "9999",
    "-05",
    "-12",
    "-15",
    "-31",
    "-XX",
    "-21",
    "-24",
    "..",
    "/",
    "[",
    "]",
    ",",
    "~",
    "?",
    "%",
)


def door(data: bytes) -> None:
    """Feed one text."""
    text = data.decode("utf-8", "surrogateescape")
    try:
        when = parse_edtf(text)
    except ValueError as error:
        if isinstance(error, UnicodeError) or not str(error):
            raise AssertionError(repr(text)) from error
        return
    assert when.text == text
    assert when.precision in PRECISIONS
    assert when.earliest or when.latest or text.startswith("[")  # a set may be open at both ends
    assert when.earliest is None or when.latest is None or when.earliest <= when.latest
    assert date_text(when)
    assert range_text(Period.of(when))


if __name__ == "__main__":
    fuzz(door, WORDS)
