"""A file that is written whole or not at all."""

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
    """Write a file whole or not at all: beside its place first, then into it. Raises WithdrawalError.

    A file that appears at that place meanwhile is not replaced without `force`. A link is followed:
    what it leads to is replaced, and the link stays.
    """
    path = Path(name)
    if os.path.basename(name) in ("", ".", ".."):  # noqa: PTH119 (a Path drops the slash at the end)
        raise WithdrawalError("that is a folder's name", where=name, hint="Name a file.")
    try:
        mode = _mode(path, force=force)
        target = Path(os.path.realpath(path))
        _remove_left_over(target)
        with _part_of(target) as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(mode)
            if os.name == "nt":  # where no open file can be renamed
                file.close()
            _publish(Path(file.name), target, force=force)
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        raise WithdrawalError(
            f"the file cannot be written ({error.strerror})", where=str(path)
        ) from None


def _mode(path: Path, *, force: bool) -> int:
    """Return the permissions for a file: those of the one it replaces, or what is usual. Raises WithdrawalError, or OSError."""
    try:
        there = path.stat().st_mode
    except FileNotFoundError:
        if path.is_symlink() and not force:
            raise _taken(path) from None
        return 0o666 & ~_umask()
    if S_ISDIR(there):
        raise WithdrawalError("that is a folder", where=str(path), hint="Name a file.")
    if not S_ISREG(there):
        raise WithdrawalError(
            "that is not an ordinary file",
            where=str(path),
            hint="Leave out --output and redirect instead.",
        )
    if not force:
        raise _taken(path)
    return S_IMODE(there)


def _taken(path: Path) -> WithdrawalError:
    return WithdrawalError(
        "there is already a file of that name",
        where=str(path),
        hint="Choose another, or add --force.",
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _prefix(target: Path) -> str:
    return f".{target.name[:60]}."  # with what follows no longer than a name may be, 255 bytes


@contextmanager
def _part_of(target: Path) -> Iterator[IO[bytes]]:
    """Open a new file beside the target, locked for as long as it is open; it is removed at the end if it is still there."""
    while True:
        name = str(target.parent / f"{_prefix(target)}{os.urandom(4).hex()}.part")
        UNFINISHED.add(name)
        try:
            with open(name, "xb", opener=partial(os.open, mode=0o600)) as file:
                # Another writer that tidies up may have come between, and taken it for one left over.
                if _lock(file) is not False and os.fstat(file.fileno()).st_nlink:
                    yield file
                    return
        finally:
            Path(name).unlink(missing_ok=True)
            UNFINISHED.discard(name)


def _lock(file: IO[bytes]) -> bool | None:
    """Return whether nobody else holds the file, which is ours from now on; `None` where there is no telling."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock

        flock(file, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):  # Windows; a file system without locks
        return None
    return True


def _remove_left_over(target: Path) -> None:
    """Remove what earlier runs for this target left when `kill -9` or a power cut ended them, not what one writes now."""
    ours = re.compile(re.escape(_prefix(target)) + "[0-9a-f]{8}[.]part")
    with suppress(OSError):
        for name in filter(ours.fullmatch, os.listdir(target.parent)):  # noqa: PTH208 (names are enough, of many)
            _remove_unless_held(target.parent / name)


def _remove_unless_held(path: Path) -> None:
    with suppress(OSError):
        if os.name == "nt":
            path.unlink()  # which fails there while anybody has it open
        elif S_ISREG(path.lstat().st_mode):
            with path.open("r+b") as file:
                if _lock(file):
                    path.unlink()


def _publish(temporary: Path, target: Path, *, force: bool) -> None:
    """Give a finished file its name. Raises FileExistsError for one that was taken meanwhile and is not to be replaced."""
    if force:
        temporary.replace(target)
    elif os.name == "nt":
        temporary.rename(target)  # which never replaces there
    else:
        try:
            target.hardlink_to(temporary)
        except FileExistsError:
            raise
        except OSError:  # no hard links, as on FAT and some network drives: take the name first, then replace that file
            with target.open("xb"):
                UNFINISHED.add(str(target))
            try:
                temporary.replace(target)
            except OSError:
                target.unlink(missing_ok=True)
                raise
            finally:
                UNFINISHED.discard(str(target))
