"""Files are written whole or not at all."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from stat import S_IMODE, S_ISDIR, S_ISREG
from typing import IO

from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.system.signals import UNFINISHED


def write_file(name: str, pieces: Iterable[bytes], *, force: bool) -> None:
    """Write a file whole or not at all: a temporary one beside it first. Raises WithdrawalError.

    Without `force`, a file that another program makes meanwhile is not replaced either. A link is
    followed: its target is replaced, and the link stays.
    """
    path = Path(name)
    if os.path.basename(name) in ("", ".", ".."):  # noqa: PTH119 (a Path drops a final slash)
        raise WithdrawalError("that is a folder's name", where=name, hint="Name a file.")
    try:
        mode = _mode(path, force=force)
        target = Path(os.path.realpath(path))
        _remove_left_over(target)
        with _temporary_beside(target) as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(mode)
            if os.name == "nt":  # Windows renames no open file
                file.close()
            _publish(Path(file.name), target, force=force)
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        raise WithdrawalError(
            f"the file cannot be written ({error.strerror})", where=str(path)
        ) from None


def _mode(path: Path, *, force: bool) -> int:
    """Return the permissions of the file that `path` replaces, or the usual ones for a new file.

    Raises WithdrawalError for what is not to be replaced, or OSError.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if path.is_symlink() and not force:
            raise _taken(path) from None
        umask = os.umask(0)  # can only be read by setting it
        os.umask(umask)
        return 0o666 & ~umask
    if S_ISDIR(mode):
        raise WithdrawalError("that is a folder", where=str(path), hint="Name a file.")
    if not S_ISREG(mode):
        raise WithdrawalError(
            "that is not an ordinary file",
            where=str(path),
            hint="Leave out --output and redirect instead.",
        )
    if not force:
        raise _taken(path)
    return S_IMODE(mode)


def _taken(path: Path) -> WithdrawalError:
    return WithdrawalError(
        "there is already a file of that name",
        where=str(path),
        hint="Choose another, or add --force.",
    )


def _prefix(target: Path) -> str:
    return f".{target.name[:60]}."  # 60 letters of up to four bytes: a name has at most 255 bytes


@contextmanager
def _temporary_beside(target: Path) -> Iterator[IO[bytes]]:
    """Open a new file beside the target, locked while open; remove it unless it was renamed."""
    while True:
        name = str(target.parent / f"{_prefix(target)}{os.urandom(4).hex()}.part")
        UNFINISHED.add(name)
        try:
            with open(name, "xb", opener=partial(os.open, mode=0o600)) as file:
                # Between open and lock, another writer may have removed it as a left-over.
                if _lock(file) is not False and os.fstat(file.fileno()).st_nlink:
                    yield file
                    return
        finally:
            Path(name).unlink(missing_ok=True)
            UNFINISHED.discard(name)


def _lock(file: IO[bytes]) -> bool | None:
    """Lock the file; `False` if somebody else has, `None` if there is no way to know."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock

        flock(file, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):  # Windows; a file system without locks
        return None
    return True


def _remove_left_over(target: Path) -> None:
    """Remove what `kill -9` or a power cut left behind, but no file that is being written now."""
    ours = re.compile(re.escape(_prefix(target)) + "[0-9a-f]{8}[.]part")
    with suppress(OSError):
        for name in filter(ours.fullmatch, os.listdir(target.parent)):  # noqa: PTH208 (only names)
            path = target.parent / name
            with suppress(OSError):
                if os.name == "nt":
                    path.unlink()  # Windows refuses while anybody has it open
                elif S_ISREG(path.lstat().st_mode):
                    with path.open("r+b") as file:
                        if _lock(file):
                            path.unlink()


def _publish(temporary: Path, target: Path, *, force: bool) -> None:
    """Give a finished file its name. Raises FileExistsError if the name is taken by now."""
    if force:
        temporary.replace(target)
    elif os.name == "nt":
        temporary.rename(target)  # never replaces a file on Windows
    else:
        try:
            target.hardlink_to(temporary)
        except FileExistsError:
            raise
        except OSError:
            # No hard links, as on FAT and some network drives: take the name, then replace it.
            with target.open("xb"):
                UNFINISHED.add(str(target))
            try:
                temporary.replace(target)
            except OSError:
                target.unlink(missing_ok=True)
                raise
            finally:
                UNFINISHED.discard(str(target))
