"""Where answers go: standard output or a file, drawn or plain; remarks go to standard error."""

import codecs
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from math import ceil
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO

from withdrawal_cli.errors import UsageError, WithdrawalError
from withdrawal_cli.formats import PICTURES, Listing, choose_fields, choose_format, render, utf8
from withdrawal_cli.options import OutputOptions, ScreenOptions
from withdrawal_cli.safety import width
from withdrawal_cli.system.files import write_file
from withdrawal_cli.system.messages import message
from withdrawal_cli.system.pager import chosen_pager, feed, start_pager
from withdrawal_cli.system.terminal import SCREENFUL, is_terminal

if TYPE_CHECKING:
    from rich.console import RenderableType

INVISIBLE = re.compile("\x1b(?:\\[[0-9;]*m|\\]8;[^\x1b]*\x1b\\\\)")
"""The colours and links in a drawn answer, which take no room."""

_NEAREST_ASCII = {
    "–": "-",
    "—": "-",
    "…": "...",
    "·": "|",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
    "×": "x",
    "•": "*",
    "“": '"',
    "”": '"',
}
_NEAREST_ASCII |= (
    dict.fromkeys("─━═╌┄", "-")
    | dict.fromkeys("│┃║", "|")
    | dict.fromkeys("█▉▊▋▇▆▅▄▌▐■▪", "#")
    | dict.fromkeys("▍▎▏", "|")
    | dict.fromkeys("░▒▁▂▃", ".")
)


def answer(
    listing: Listing,
    output: OutputOptions,
    screen: ScreenOptions,
    *,
    draw: Callable[[], "RenderableType"] | None = None,
    note: str | None = None,
    left_out: str = "",
) -> None:
    """Write the answer in the format and to the file that the options ask for.

    `draw` makes the screen where it is more than the listing's columns, and `left_out` stands under
    it: what the screen leaves out. `note` is a remark for a person at a terminal.
    """
    name = choose_format(output.format, output.json, output.output)
    if is_drawn(output, screen):
        from withdrawal_cli.views import paint

        screenful = paint(_drawn(listing, draw, left_out), screen.color, screen.width)
        show_pieces([utf8(screenful)], screen)
    elif name in PICTURES:
        if output.fields is not None:
            raise UsageError(
                f"--format {name} shows the screen and has no fields",
                hint="Leave out --fields, or choose another format.",
            )
        from withdrawal_cli.views import picture

        document = picture(_drawn(listing, draw, left_out), name, screen.width)
        write_to(output.output, [utf8(document)], force=output.force, screen=screen)
    else:
        pieces = render(name, choose_fields(listing, output.fields))
        write_to(output.output, pieces, force=output.force, screen=screen)
    if note:
        talk(note)


def _drawn(
    listing: Listing, draw: Callable[[], "RenderableType"] | None, left_out: str
) -> "RenderableType":
    from rich.console import Group

    from withdrawal_cli.views import words
    from withdrawal_cli.views.lists import ListView

    drawing = draw() if draw else ListView(listing)
    return Group(drawing, words(f"\n{left_out}", "quiet")) if left_out else drawing


def is_drawn(output: OutputOptions, screen: ScreenOptions) -> bool:
    """Whether the answer is drawn on the terminal, not written as plain lines or for a program."""
    name = choose_format(output.format, output.json, output.output)
    return name == "table" and output.fields is None and output.output is None and is_screen(screen)


def shown_limit(
    limit: int | None, output: OutputOptions, screen: ScreenOptions, most: int = SCREENFUL
) -> int | None:
    """Return how many records to show: the limit given, else `most` on a screen, else all."""
    if limit is not None:
        return limit
    picture = choose_format(output.format, output.json, output.output) in PICTURES
    return most if picture or is_drawn(output, screen) else None


def write_to(
    output: str | None, pieces: Iterable[bytes], *, force: bool, screen: ScreenOptions
) -> None:
    """Write pieces of UTF-8 to the file `output`, or show them on standard output."""
    if output is not None and output != "-":
        write_file(output, pieces, force=force)
    else:
        show_pieces(pieces, screen)


def show_pieces(pieces: Iterable[bytes], screen: ScreenOptions) -> None:
    """Write pieces of UTF-8 to standard output, through a pager where they are taller than it."""
    words = [] if screen.no_pager or not is_terminal() else chosen_pager()
    pieces = iter(pieces)
    first: list[bytes] = []
    if words and overflows(pieces, first):
        sys.stdout.flush()
        encoding = _encoding(sys.stdout)
        if pager := start_pager(words, encoding):
            feed(pager, (_encoded(piece, encoding) for piece in chain(first, pieces)))
            return
    write_pieces(chain(first, pieces))


def overflows(pieces: Iterator[bytes], first: list[bytes]) -> bool:
    """Whether the pieces are taller than the terminal; moves to `first` those that it takes."""
    columns, rows = get_terminal_size()
    free = rows - 2  # for the remark under the answer, and the prompt
    for piece in pieces:
        first.append(piece)
        for line in INVISIBLE.sub("", piece.decode()).split("\n")[:-1]:
            free -= max(ceil(width(line) / columns), 1)
        if free < 0:
            return True
    return False


def write(text: str) -> None:
    """Write a text to standard output, in its encoding."""
    write_pieces([utf8(text)])


def deliver(document: bytes, output: str | None, *, force: bool) -> None:
    """Write a document byte by byte: to the file `output`, or to standard output."""
    if output is not None and output != "-":
        write_file(output, [document], force=force)
        return
    if b"\0" in document and is_terminal():
        raise UsageError(
            "that document is not for a screen", hint="Name a file for it with -o FILE."
        )
    write_pieces([document], encode=False)


def write_pieces(pieces: Iterable[bytes], *, encode: bool = True) -> None:
    """Write pieces of UTF-8 to standard output; `encode`: in its encoding, not as they are.

    A closed pipe ends the program silently. Raises WithdrawalError when the disk is full.
    """
    if sys.stdout is None:  # as under pythonw, or after `>&-`
        raise WithdrawalError("standard output is closed")
    try:
        for piece in pieces:
            _write(sys.stdout, piece, encode=encode)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        raise SystemExit(0) from None
    except OSError as error:
        _forget_stdout()
        raise WithdrawalError(f"standard output cannot be written ({error.strerror})") from None


def is_screen(screen: ScreenOptions) -> bool:
    """Whether to draw: on a terminal, or where colour or a width is asked for."""
    forced = os.environ.get("FORCE_COLOR", "") not in ("", "0") and screen.color != "never"
    return screen.width is not None or screen.color == "always" or forced or is_terminal()


def talk(text: str) -> None:
    """Tell a person at a terminal something about the answer; a program hears nothing."""
    if is_terminal():
        remark(text)


def remark(text: str) -> None:
    """Tell what an answer leaves out: always, since the answer is wrong without it."""
    if sys.stderr is not None:
        _write(sys.stderr, utf8(message(text) + "\n"))


def _write(stream: TextIO, piece: bytes, *, encode: bool = True) -> None:
    """Write UTF-8; `encode`: in the stream's encoding, with ASCII for what that lacks."""
    encoding = _encoding(stream)
    if encode:
        piece = _encoded(piece, encoding)
    buffer = getattr(stream, "buffer", None)
    if buffer is None:  # a stream of text alone, such as io.StringIO
        stream.write(piece.decode(encoding if encode else "utf-8"))
        return
    stream.flush()
    buffer.write(piece)


def _encoding(stream: TextIO) -> str:
    return codecs.lookup(stream.encoding or "utf-8").name


def _encoded(piece: bytes, encoding: str) -> bytes:
    """Return UTF-8 in another encoding, with ASCII for what that lacks."""
    return piece if encoding == "utf-8" else piece.decode().encode(encoding, "withdrawal-ascii")


def _to_ascii(error: UnicodeError) -> tuple[str, int]:
    """Replace characters that an encoding lacks: an error handler for `codecs`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    import unicodedata

    replaced = ""
    for letter in error.object[error.start : error.end]:
        without_accents = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
        replaced += _NEAREST_ASCII.get(letter) or without_accents or "?"
    return replaced, error.end


codecs.register_error("withdrawal-ascii", _to_ascii)


def _forget_stdout() -> None:
    """Point stdout at nothing, so that the flush at exit does not fail again.

    See https://docs.python.org/3/library/signal.html#note-on-sigpipe.
    """
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 (it lives as long as the process)
