"""`python -m withdrawal_cli`, and the command `withdrawal`."""

import gc
import os
import sys


def run() -> None:
    """Run the program and leave at once.

    The garbage collector is off, because a run is short and makes no cycles worth collecting, and
    `os._exit` leaves the interpreter to the operating system: each saves about a tenth of a run.
    """
    gc.disable()
    # Without memory, Python would print a line for every generator that it fails to close.
    sys.unraisablehook = None  # type: ignore[assignment]
    status = _status()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and not stream.closed:
                stream.flush()
    except OSError:
        status = status or 1
    os._exit(status)


def _status() -> int:
    try:
        from withdrawal_cli.system.signals import end_cleanly_when_told

        end_cleanly_when_told()
        from withdrawal_cli.cli import main

        main()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except KeyboardInterrupt:  # before the handler was installed
        return 130
    except MemoryError:
        _leave_without_memory()
    except ImportError as error:  # a shared library that did not fit into memory
        if "allocate memory" in str(error) or "map segment" in str(error):
            _leave_without_memory()
        raise
    except SystemError as error:  # an import of CPython 3.11 that lost its MemoryError
        if str(error).endswith(("without exception set", "without setting an exception")):
            _leave_without_memory()
        raise
    return 0


def _leave_without_memory() -> None:
    """Say so and leave at once: tidying up takes memory too."""
    try:
        os.write(2, b"withdrawal: there is not enough memory for that\n")
    finally:
        os._exit(1)


if __name__ == "__main__":
    run()
