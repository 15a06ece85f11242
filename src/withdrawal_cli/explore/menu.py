"""The timeline on the left.

Not Textual's OptionList: that draws every option when it opens and at each new width (20,000 take
2.6 s, here 0.7 s). Not its Tree: that gives an entry one line, and most titles need two.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import ClassVar

from rich.cells import cell_len, chop_cells
from rich.console import Group
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from withdrawal_cli.explore.sheet import Sheet
from withdrawal_cli.views.timeline import Entry

INDENT = 2
"""The margin of the further lines of an entry."""


class Menu(Sheet):
    """A list of entries. The record of the picked one is shown beside it at once.

    An entry's lines are counted when the list is laid out, and drawn when they are scrolled to.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", "The next", show=False),
        Binding("up,k", "step(-1)", "The one before", show=False),
        Binding("tab,right,enter,l", "app.enter", "Into the record", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
        Binding("pagedown,space", "leap(1)", "A page down", show=False),
        Binding("pageup", "leap(-1)", "A page up", show=False),
        Binding("home", "end(0)", "The first", show=False),
        Binding("end", "end(-1)", "The last", show=False),
    ]

    class Picked(Message):
        """Another record was picked."""

        def __init__(self, record: str) -> None:
            super().__init__()
            self.record = record

    def __init__(self, *, id: str) -> None:  # noqa: A002 (Textual's name for it)
        super().__init__(id=id)
        self.entries: Sequence[Entry] = ()
        self.stops: Sequence[int] = ()
        "The numbers of the entries that lead to a record."
        self.tops: Sequence[int] = (0,)
        "The first line of each entry, and the line after the last."
        self.width = 0
        "The columns it is laid out for; between a resize and its event there may be others."
        self.drawn: dict[int, list[Strip]] = {}
        self.picked: int | None = None

    def show(self, entries: Sequence[Entry]) -> None:
        """Show other entries from the top."""
        self.entries = entries
        self.stops = [number for number, entry in enumerate(entries) if entry.record]
        self.picked = None
        self.lay_out()
        self.scroll_to(y=0, animate=False)

    def on_resize(self) -> None:
        """Keep in view what was: the picked entry, or the one on top."""
        top = self.scroll_offset.y
        number = self.entry_on(top)
        if self.picked is not None and (
            self.tops[self.picked] < top + self.rows and self.tops[self.picked + 1] > top
        ):
            number = self.picked
        self.lay_out()
        if number is not None:
            self.show_entry(number, center=number == self.picked)

    def lay_out(self) -> None:
        if self.columns <= 0:  # not on the screen yet
            return
        self.drawn.clear()
        self.width = self.columns
        heights = (len(self.line_starts(entry)) for entry in self.entries)
        self.tops = list(accumulate(heights, initial=0))
        self.virtual_size = Size(self.width, self.tops[-1])
        self.refresh()

    def line_starts(self, entry: Entry) -> list[int]:
        text = "".join(text for text, _ in entry.parts)
        return line_starts(text, max(self.width, 2), max(self.width - INDENT, 2))

    def line(self, number: int) -> Strip | None:
        entry = self.entry_on(number)
        if entry is None:
            return None
        if entry not in self.drawn:
            parts = self.entries[entry]
            first, *others = Text.assemble(*parts.parts).divide(self.line_starts(parts)[1:])
            lines = [first, *(Text(" " * INDENT).append_text(line) for line in others)]
            for line in lines:
                line.rstrip()
                line.no_wrap, line.overflow = True, "crop"
            self.drawn[entry] = [Strip(line) for line in self.draw(Group(*lines), self.width)]
        strip = self.drawn[entry][number - self.tops[entry]].adjust_cell_length(self.width)
        if entry == self.picked:
            return self.restyled(strip, 0, self.width, "sheet--picked")
        return strip

    def entry_on(self, line: int) -> int | None:
        return bisect_right(self.tops, line) - 1 if 0 <= line < self.tops[-1] else None

    def show_entry(self, number: int, *, center: bool = False) -> None:
        """Scroll an entry into view."""
        if number + 1 < len(self.tops):  # else nothing is laid out yet
            self.bring_into_view(self.tops[number], self.tops[number + 1] - 1, center=center)

    # --- picking ---------------------------------------------------------------------------------

    def pick(self, number: int) -> None:
        """Pick an entry, and have its record shown."""
        self.picked = number
        self.show_entry(number)
        self.refresh()
        self.post_message(self.Picked(self.entries[number].record or ""))

    def pick_record(self, record: str) -> None:
        """Pick the first entry of a record that is shown already, unless one of them is picked."""
        if self.picked is not None and self.entries[self.picked].record == record:
            return
        entries = (number for number in self.stops if self.entries[number].record == record)
        number = next(entries, None)
        if number is not None:
            self.picked = number
            self.show_entry(number, center=True)
            self.refresh()

    def action_step(self, step: int) -> None:
        self.pick_next(self.stops, step)

    def action_phase(self, step: int) -> None:
        """Pick the next heading of a phase (1), or the one before (-1)."""
        self.pick_next([number for number in self.stops if self.entries[number].heading], step)

    def pick_next(self, numbers: Sequence[int], step: int) -> None:
        """Pick the one of these entries that follows the picked one, or precedes it.

        With none picked, begin at the top line.
        """
        at = self.picked
        if at is None:
            at = (self.entry_on(self.scroll_offset.y) or 0) - 1
        following = bisect_right(numbers, at)
        if step > 0 and following < len(numbers):
            self.pick(numbers[following])
        elif step < 0 and (preceding := bisect_left(numbers, at)):
            self.pick(numbers[preceding - 1])

    def action_leap(self, pages: int) -> None:
        """Pick the entry a screen further down or up."""
        line = self.tops[self.picked] if self.picked is not None else self.scroll_offset.y
        wanted = line + pages * max(self.rows - 2, 1)
        if self.stops:
            self.pick(min(self.stops, key=lambda number: abs(self.tops[number] - wanted)))

    def action_end(self, index: int) -> None:
        if self.stops:
            self.pick(self.stops[index])

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        number = self.entry_on(at.y + self.scroll_offset.y) if at else None
        if number is not None and self.entries[number].record:
            self.pick(number)


def line_starts(text: str, first: int, others: int) -> list[int]:
    """Return where the lines of a text begin: the first `first` columns wide, the rest `others`.

    Rich wraps to a single width, without hanging indents.

    >>> line_starts("12 Dec 1979 The Politburo decides", 15, 13)
    [0, 16, 26]
    """
    starts, width, used = [0], first, 0
    for match in re.finditer(r"(\S+)(\s*)|^\s+", text):
        word, blank = match[1] or "", match[2] or match[0]
        if used and used + cell_len(word) > width:
            starts.append(match.start())
            width, used = others, 0
        while cell_len(word) > width:  # a word longer than a line is cut
            word = word[len(chop_cells(word, width)[0]) :]
            starts.append(match.end(1) - len(word))
            width = others
        used += cell_len(word + blank)
    return starts
