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
    sys.unraisablehook = None  # type: ignore[assignment] # short of memory, Python tells of every generator that it fails to close
    status = _status()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and not stream.closed:
                stream.flush()
    except OSError:
        status = status or 1
    os._exit(status)


def _status() -> int:
    """Run the program and return its exit status."""
    try:
        from withdrawal_cli.system.signals import end_cleanly_when_told

        end_cleanly_when_told()
        from withdrawal_cli.cli import main

        main()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except KeyboardInterrupt:  # in the first moment, before the program listens for it
        return 130
    except MemoryError:
        _leave_without_memory()
    except ImportError as error:  # a library that the little memory has no room for
        if "allocate memory" in str(error) or "map segment" in str(error):
            _leave_without_memory()
        raise
    return 0


def _leave_without_memory() -> None:
    """Say it and leave at once: tidying up takes memory too."""
    try:
        os.write(2, b"withdrawal: there is not enough memory for that\n")
    finally:
        os._exit(1)


if __name__ == "__main__":
    run()
