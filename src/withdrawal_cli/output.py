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
from typing import TYPE_CHECKING, NamedTuple, TextIO

from withdrawal_cli.errors import UsageError, WithdrawalError
from withdrawal_cli.formats import (
    LISTING_FORMATS,
    PICTURES,
    Listing,
    choose_fields,
    choose_format,
    render,
    utf8,
)
from withdrawal_cli.model import Dataset
from withdrawal_cli.options import AnswerOptions, DrawingOptions, ScreenOptions
from withdrawal_cli.safety import width
from withdrawal_cli.system.files import write_file
from withdrawal_cli.system.messages import message
from withdrawal_cli.system.terminal import SCREENFUL, is_accessible, is_terminal, wants_color

if TYPE_CHECKING:
    from rich.console import RenderableType

INVISIBLE = "\x1b(?:\\[[0-9;]*m|\\]8;[^\x1b]*\x1b\\\\)"
"""The colours and links in a drawn answer, which take no room."""

PAGE_WIDTH = 80
"""The columns of a page in a file."""

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
    options: AnswerOptions,
    *,
    draw: Callable[[], "RenderableType"] | None = None,
    note: str | None = None,
    left_out: str = "",
    page: bool = False,
    found: bool | None = None,
) -> None:
    """Write the answer in the format and to the file that the options ask for.

    `draw` makes a screen that is more than the listing's columns; `left_out` stands under it and
    says what it leaves out. A `page` is drawn in a pipe too, because columns would lose most of it.
    `note` is a remark for a person at a terminal. `found`, for `--exit-status`, is whether anything
    was found; if `None`, whether there is a row.
    """
    if found is None and options.exit_status:
        listing, found = listing.peeked()
    write_answer(_pieces(listing, options, draw, left_out, page=page), options)
    if note:
        talk(note)
    if options.exit_status and not found:
        raise SystemExit(1)


def _pieces(
    listing: Listing,
    options: AnswerOptions,
    draw: Callable[[], "RenderableType"] | None,
    left_out: str,
    *,
    page: bool,
) -> Iterable[bytes]:
    """Return the answer in the format asked for: drawn, as a document, or rendered row by row."""
    name, drawn = form_of(options, page=page)
    as_document = page and name == "markdown" and options.fields is None
    if not (drawn or as_document):
        remark_hearing(listing.dataset)
        return _rendered(choose_fields(listing, options.fields), name, options)
    if options.fields is not None:
        raise UsageError(
            f"--format {name} shows the screen and has no fields",
            hint="Leave out --fields, or choose another format.",
        )
    left_out = "\n".join(filter(None, (left_out, listing.dataset.hearing)))
    drawing = _drawn(listing, draw, left_out)
    if drawn:
        return [utf8(_document(drawing, name, options))]
    from withdrawal_cli.views.document import document

    return [utf8(document(listing.dataset, drawing)), _made_by(listing.dataset)]


def _rendered(listing: Listing, name: str, options: AnswerOptions) -> Iterable[bytes]:
    if name == "table" and options.output is None and wants_color(options.color):
        from withdrawal_cli.views import ink

        return render(name, listing, ink=ink)
    pieces = render(name, listing)
    if name == "markdown":
        return chain(pieces, [_made_by(listing.dataset)])
    return chain([codecs.BOM_UTF8], pieces) if options.excel else pieces


def _made_by(dataset: Dataset) -> bytes:
    """Return the last line of a document: how to make it again."""
    from withdrawal_cli.formats.markdown import escape
    from withdrawal_cli.formats.provenance import command, reproduction

    return utf8(f"\n{escape(reproduction(dataset, command()))}\n")


def answer_line(line: str, options: AnswerOptions) -> None:
    """Write an answer that is one line of text, or empty for none. Raises UsageError."""
    if options.json or options.format or options.fields:
        raise UsageError(
            "--brief is one line of text",
            hint="Leave out --brief, or --json, --format and --fields.",
        )
    write_answer([utf8(line)], options)
    if options.exit_status and not line:
        raise SystemExit(1)


def _drawn(
    listing: Listing, draw: Callable[[], "RenderableType"] | None, left_out: str
) -> "RenderableType":
    from rich.console import Group

    from withdrawal_cli.views import words
    from withdrawal_cli.views.lists import ListView

    drawing = draw() if draw else ListView(listing)
    return Group(drawing, words(f"\n{left_out}", "quiet")) if left_out else drawing


def _document(drawing: "RenderableType", name: str, options: AnswerOptions) -> str:
    if name in ("table", "text"):
        return drawn_text(drawing, options, in_file=options.output is not None)
    from withdrawal_cli.views import picture

    return picture(drawing, name, options.width)


def drawn_text(drawing: "RenderableType", screen: ScreenOptions, *, in_file: bool = False) -> str:
    """Return the screen as text, or as plain lines if those are asked for."""
    if screen.plain or is_accessible():
        from withdrawal_cli.views.plain import plain

        return plain(drawing)
    from withdrawal_cli.views import paint

    if not in_file:
        return paint(drawing, screen.color, screen.width)
    # What a file holds does not depend on the terminal at which it was made.
    color = "never" if screen.color == "auto" else screen.color
    return paint(drawing, color, screen.width or PAGE_WIDTH)


class Form(NamedTuple):
    """How an answer is written."""

    name: str
    "Of the format."
    drawn: bool
    "Whether it is a drawing, not rows."


def form_of(options: AnswerOptions, *, page: bool = False) -> Form:
    """Return how to write an answer; `text` is the default for a page without chosen fields."""
    formats = LISTING_FORMATS
    if page and options.fields is None:
        formats = {"text": formats["text"]} | formats
    name = choose_format(options.format, options.json, options.output, formats)
    to_screen = options.plain or (options.output is None and is_screen(options))
    drawn = name in PICTURES or (name == "table" and options.fields is None and to_screen)
    return Form(name, drawn)


def shown_limit(
    limit: int | None, options: AnswerOptions, most: int = SCREENFUL, *, page: bool = False
) -> int | None:
    """Return how many records to show: the limit given, else `most` on a screen, else all."""
    if limit is not None:
        return limit
    return most if form_of(options, page=page).drawn else None


def write_answer(pieces: Iterable[bytes], options: AnswerOptions) -> None:
    """Write pieces of UTF-8 to where the options say."""
    write_to(options.output, pieces, force=options.force, screen=options)


def write_to(
    output: str | None, pieces: Iterable[bytes], *, force: bool, screen: ScreenOptions
) -> None:
    """Write pieces of UTF-8 to the file `output`, or show them on standard output."""
    if output is not None and output != "-":
        write_file(output, pieces, force=force)
    else:
        show_pieces(pieces, no_pager=screen.no_pager)


def show_pieces(pieces: Iterable[bytes], *, no_pager: bool) -> None:
    """Write pieces of UTF-8 to standard output, through a pager if they are taller than it."""
    if no_pager or not is_terminal():
        write_pieces(pieces)
        return
    from withdrawal_cli.system.pager import chosen_pager, feed, start_pager, terminal_state

    words = chosen_pager()
    pieces = iter(pieces)
    first: list[bytes] = []
    if words and overflows(pieces, first):
        sys.stdout.flush()
        encoding = _encoding(sys.stdout)
        terminal = terminal_state()  # a pager changes it at once
        if pager := start_pager(words, encoding):
            feed(pager, (_encoded(piece, encoding) for piece in chain(first, pieces)), terminal)
            return
    write_pieces(chain(first, pieces))


def overflows(pieces: Iterator[bytes], first: list[bytes]) -> bool:
    """Whether the pieces are taller than the terminal; those read so far go to `first`."""
    columns, rows = get_terminal_size()
    free = rows - 2  # for the remark under the answer, and the prompt
    for piece in pieces:
        first.append(piece)
        for line in re.sub(INVISIBLE, "", piece.decode()).split("\n")[:-1]:
            free -= max(ceil(width(line) / columns), 1)
        if free < 0:
            return True
    return False


def write(text: str) -> None:
    """Write a text to standard output, in its encoding."""
    write_pieces([utf8(text)])


def deliver(pieces: Iterable[bytes], output: str | None, *, force: bool) -> None:
    """Write a document, its bytes unchanged, to the file `output` or to standard output."""
    if output is not None and output != "-":
        write_file(output, pieces, force=force)
        return
    write_pieces(pieces, encode=False)


def refuse_screen(document: bytes, name: str) -> None:
    """Raise UsageError for a binary file or a page on a terminal; `name` is what to call it."""
    if is_terminal() and (b"\0" in document or document.startswith(b"<!")):
        hint = f"Name a file for it, as with -o {name}."
        raise UsageError("that document is not for a screen", hint=hint)


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
        raise WithdrawalError(f"standard output cannot be written to ({error.strerror})") from None


def is_screen(screen: DrawingOptions) -> bool:
    """Whether to draw: on a terminal, or if a width is given. Colour changes no layout."""
    return screen.width is not None or is_terminal()


def talk(text: str) -> None:
    """Write a remark to standard error if a person is there to read it."""
    if is_terminal():
        remark(text)


def remark_hearing(dataset: Dataset) -> None:
    """Say which sources are heard, if not all, beside an answer that does not say so itself."""
    if dataset.hearing:
        remark(dataset.hearing)


def remark(text: str) -> None:
    """Write a remark without which the answer would mislead, even in a pipe."""
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
