"""python -m fuzz.typed: what a user types for a time is a period in order, or refused with UsageError."""

import atheris

from fuzz import fuzz

with atheris.instrument_imports(include=["withdrawal_cli", "dateutil"]):
    from withdrawal_cli.dates import Edtf, parse_edtf
    from withdrawal_cli.dates.time_expressions import parse_period
    from withdrawal_cli.errors import UsageError

WORDS = (
    "1988", "15", "May", "may", "january", "feb", "spring ", "winter ", "early ", "mid-", "late ", "Q2", "-W20", "..",
    "today", "+30d", "-2w", "+1m", "+9999y", "siege", "/", "-", "5/4/88", "4/5/1988", "15th of ", ", ", "~", "?", "[", "]",
    "198X", "07:00", "0001", "9999",
)  # fmt: skip


def resolve(identifier: str) -> Edtf | None:
    return {"siege": parse_edtf("1900-01-10/1900-03"), "feast": parse_edtf("[..1900-03-15]")}.get(
        identifier
    )


def door(data: bytes) -> None:
    """Feed one text."""
    try:
        period = parse_period(
            data.decode("utf-8", "surrogateescape"),
            resolve,
            lambda word: [word[:3]] if word else [],
        )
    except UsageError:
        return
    assert not (period.start and period.end and period.end < period.start)


if __name__ == "__main__":
    fuzz(door, WORDS)
