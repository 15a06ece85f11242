"""withdrawal: a history in a terminal, with a source for every statement.

import withdrawal_cli as w

w.load().timeline(during="1988-08")
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from withdrawal_cli.history import History as History
    from withdrawal_cli.history import load as load

__version__ = "1.1.0"


def __getattr__(name: str) -> Any:
    # The command line never asks for these, and importing them would slow its start.
    if name in ("History", "load"):
        from withdrawal_cli import history  # noqa: PLC0415

        return getattr(history, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
