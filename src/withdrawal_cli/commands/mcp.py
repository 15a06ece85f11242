"""`withdrawal mcp`: answer an assistant over the Model Context Protocol."""

import gc
import sys

from withdrawal_cli.errors import UsageError, WithdrawalError
from withdrawal_cli.options import DataOptions, takes_options
from withdrawal_cli.system.installation import how_to_install


@takes_options
def mcp(data_options: DataOptions) -> None:
    """Answer an assistant over the Model Context Protocol.

    A server on standard input and output with read-only tools (search, show, timeline, on,
    casualties, disputes, cite), which an assistant starts by itself: docs/assistants.md shows the
    set-up. It needs the official SDK, the extra mcp; without it, this command prints what to
    install.

    \b
    withdrawal mcp </dev/null
    withdrawal mcp --data mine.json --known-by 1989-02-15 </dev/null
    """
    if data_options.data == "-":
        raise UsageError(
            "--data - leaves no standard input for the protocol",
            hint="Give --data the name of a file.",
        )
    if sys.stdin is None or sys.stdout is None:  # as after `<&-` and `>&-`
        raise WithdrawalError("standard input or standard output is closed")
    try:
        from withdrawal_cli.assistants.server import make_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise WithdrawalError(
            "mcp needs its SDK", hint=f"Try:\n  {how_to_install('mcp')}"
        ) from None
    server = make_server(data_options.load())
    gc.enable()  # unlike a command, a server runs for hours
    try:
        server.run("stdio")
    except ExceptionGroup as group:  # of the SDK's tasks
        if group.subgroup(OSError) is None:
            raise
        if group.subgroup(BrokenPipeError) is None:
            raise WithdrawalError("standard output cannot be written to") from None
