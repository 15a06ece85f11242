"""`python -m withdrawal_cli`, and the command `withdrawal`."""

import gc
import os
import sys


def run() -> None:
    """Run the program and leave at once.

    The garbage collector rests, because a run is short and makes no cycles worth collecting, and the interpreter is not
    taken down piece by piece, because the operating system does it faster: each saves about a tenth of a run.
    """
    gc.disable()
    try:
        from withdrawal_cli.cli import main

        main()
    except SystemExit as leaving:
        status = leaving.code
    except KeyboardInterrupt:  # before the program could listen for it
        status = 130
    else:
        status = 0
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and not stream.closed:
                stream.flush()
    except OSError:
        status = status or 1
    os._exit(status if isinstance(status, int) else int(status is not None))


if __name__ == "__main__":
    run()
