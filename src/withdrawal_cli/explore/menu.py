"""The timeline on the left. Entries are drawn when they are seen: ten thousand open as fast as ten."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import ClassVar

from rich.cells import cell_len, chop_cells
from rich.console import Group
from rich.text import Text
from rich.theme import Theme
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from withdrawal_cli.explore.links import draw_lines
from withdrawal_cli.explore.sheet import Sheet
from withdrawal_cli.views.timeline import Entry

INDENT = 2
"""The columns by which the further lines of an entry are set in."""


class Menu(Sheet):
    """A list of entries, one of which is picked: its record is shown at once beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", "The next", show=False),
        Binding("up,k", "step(-1)", "The one before", show=False),
        Binding("tab,right,enter,l", "enter", "Into the record", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
        Binding("pagedown,space", "leap(1)", "A page down", show=False),
        Binding("pageup", "leap(-1)", "A page up", show=False),
        Binding("home", "end(0)", "The first", show=False),
        Binding("end", "end(-1)", "The last", show=False),
    ]

    class Picked(Message):
        """Another record of the menu was picked."""

        def __init__(self, record: str) -> None:
            super().__init__()
            self.record = record

    class Entered(Message):
        """The picked record is to be read."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 (Textual's name for it)
        super().__init__(id=id)
        self.entries: Sequence[Entry] = ()
        self.ways: Sequence[int] = ()
        "The places of the entries that lead to a record."
        self.tops: Sequence[int] = (0,)
        "The first line of each entry, and the line after the last."
        self.columns = 0
        "The room for which the lines are laid out; for a moment after a resize it is not the room that there is."
        self.drawn: dict[int, list[Strip]] = {}
        self.theme = Theme(inherit=False)
        self.picked: int | None = None

    def show(self, entries: Sequence[Entry]) -> None:
        """Show other entries from the top."""
        self.entries = entries
        self.ways = [place for place, entry in enumerate(entries) if entry.record]
        self.picked = None
        self.lay_out()
        self.scroll_to(y=0, animate=False)

    def on_resize(self) -> None:
        """Lay the lines out anew, and leave in view what was."""
        at = self._entry_on(self.scroll_offset.y)
        if self.picked is not None and self._is_seen(self.picked):
            at = self.picked
        self.lay_out()
        if at is not None:
            self._bring(at, center=at == self.picked)

    def lay_out(self) -> None:
        if self.room <= 0:
            return
        self.drawn.clear()
        self.columns = self.room
        self.tops = list(
            accumulate((len(self._breaks(entry)) for entry in self.entries), initial=0)
        )
        self.theme = self.own_theme()
        self.virtual_size = Size(self.room, self.tops[-1])
        self.refresh()

    def _breaks(self, entry: Entry) -> list[int]:
        return line_starts(
            "".join(text for text, _ in entry.parts),
            max(self.columns, 2),
            max(self.columns - INDENT, 2),
        )

    def line(self, number: int) -> Strip | None:
        place = self._entry_on(number)
        if place is None:
            return None
        if place not in self.drawn:
            self.drawn[place] = self._draw(self.entries[place])
        strip = self.drawn[place][number - self.tops[place]].adjust_cell_length(self.columns)
        return (
            self.restyled(strip, 0, self.columns, "sheet--picked")
            if place == self.picked
            else strip
        )

    def _draw(self, entry: Entry) -> list[Strip]:
        first, *others = Text.assemble(*entry.parts).divide(self._breaks(entry)[1:])
        lines = [first, *(Text(" " * INDENT).append_text(line) for line in others)]
        for line in lines:
            line.rstrip()
            line.no_wrap, line.overflow = True, "crop"
        return [Strip(line) for line in draw_lines(Group(*lines), self.columns, self.theme)]

    def _entry_on(self, line: int) -> int | None:
        return bisect_right(self.tops, line) - 1 if 0 <= line < self.tops[-1] else None

    def _is_seen(self, place: int) -> bool:
        top = self.scroll_offset.y
        return self.tops[place] < top + self.rows and self.tops[place + 1] > top

    def _bring(self, place: int, *, center: bool = False) -> None:
        if place + 1 < len(self.tops):
            self.bring_into_view(self.tops[place], self.tops[place + 1] - 1, center=center)

    # --- picking ---------------------------------------------------------------------------------

    def pick(self, place: int, *, center: bool = False) -> None:
        self.picked = place
        self._bring(place, center=center)
        self.refresh()

    def pick_record(self, record: str) -> None:
        """Pick the first entry of a record, if there is one and none of its entries is picked."""
        if self.picked is not None and self.entries[self.picked].record == record:
            return
        place = next((place for place in self.ways if self.entries[place].record == record), None)
        if place is not None:
            self.pick(place, center=True)

    def _pick_and_show(self, place: int) -> None:
        self.pick(place)
        self.post_message(self.Picked(self.entries[place].record or ""))

    def action_step(self, step: int) -> None:
        self._go(self.ways, step)

    def action_phase(self, step: int) -> None:
        """Pick the next heading of a phase, or the one before."""
        self._go([place for place in self.ways if self.entries[place].heading], step)

    def _go(self, places: Sequence[int], step: int) -> None:
        """Pick the place after the picked one, or before it; with none picked, after or before the top line."""
        at = (
            self.picked
            if self.picked is not None
            else (self._entry_on(self.scroll_offset.y) or 0) - 1
        )
        wanted = [place for place in places if (place > at if step > 0 else place < at)]
        if wanted:
            self._pick_and_show(wanted[0 if step > 0 else -1])

    def action_leap(self, pages: int) -> None:
        """Pick the entry that stands a screen further down or up."""
        line = self.tops[self.picked] if self.picked is not None else self.scroll_offset.y
        wanted = line + pages * max(self.rows - 2, 1)
        if self.ways:
            self._pick_and_show(min(self.ways, key=lambda place: abs(self.tops[place] - wanted)))

    def action_end(self, place: int) -> None:
        if self.ways:
            self._pick_and_show(self.ways[place])

    def action_enter(self) -> None:
        self.post_message(self.Entered())

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        place = self._entry_on(at.y + self.scroll_offset.y) if at else None
        if place is not None and self.entries[place].record:
            self._pick_and_show(place)


def line_starts(text: str, first: int, others: int) -> list[int]:
    """Return where the lines of a text begin that has `first` columns for its first line, `others` for the rest.

    >>> line_starts("12 Dec 1979 The Politburo decides", 15, 13)
    [0, 16, 26]
    """
    starts, room, used = [0], first, 0
    for match in re.finditer(r"(\S+)(\s*)|^\s+", text):
        word, blank = match[1] or "", match[2] or match[0]
        if used and used + cell_len(word) > room:
            starts.append(match.start())
            room, used = others, 0
        while cell_len(word) > room:
            piece = chop_cells(word, room)[0]
            word = word[len(piece) :]
            starts.append(match.end(1) - len(word))
            room = others
        used += cell_len(word + blank)
    return starts
