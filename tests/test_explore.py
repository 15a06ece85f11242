"""The browser, driven by its keys and by the mouse in a terminal without a screen."""

import asyncio
import os
import select
import shlex
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

pytest.importorskip("textual", reason="the extra explore is not installed")

from rich.segment import Segment
from rich.style import Style
from textual.pilot import Pilot
from textual.widgets import Footer, Input
from textual.widgets._footer import FooterKey

from tests.conftest import ABOUT, ROOT, Run, event
from tests.test_commands import WAR
from tools.manual import commands
from withdrawal_cli.commands.explore import save
from withdrawal_cli.dataset import load_dataset
from withdrawal_cli.explore.app import KEYS, Explorer
from withdrawal_cli.explore.history import History
from withdrawal_cli.explore.links import Link, Span, find_links
from withdrawal_cli.explore.page import Menu, Page

Step = str | Callable[[Pilot[None]], Awaitable[Any]]
"""A key to press, or something else to do."""


class Seen(NamedTuple):
    """What stands on the screen, and what the browser did."""

    text: str
    read: str
    "The id of the record on the right; empty for the overview."
    shown: list[str]
    "The ids of the events on the left."
    said: list[str]
    browser: Explorer


Browse = Callable[..., Seen]


@pytest.fixture
def browse(write: Callable[..., str]) -> Browse:
    """Return a function that opens the small war, or the arrays given, takes the steps and tells what is seen."""

    def drive(*steps: Step, record: str | None = None, size: tuple[int, int] = (80, 24), **arrays: Any) -> Seen:
        dataset = load_dataset(write(**(arrays or WAR)))

        async def run() -> Seen:
            browser = Explorer(dataset, record, partial(save, dataset))
            browser.NOTIFICATION_TIMEOUT = 1000  # type: ignore[misc] # so that what is said is still there to be seen
            async with browser.run_test(size=size, notifications=True) as pilot:
                await pilot.pause()
                for step in steps:
                    await (pilot.press(step) if isinstance(step, str) else step(pilot))
                await pilot.pause()
                return Seen(
                    text=screen_text(browser),
                    read=browser.history.now,
                    shown=[item.id for item in browser.timeline.events],
                    said=[note.message for note in browser._notifications],
                    browser=browser,
                )

        return asyncio.run(run())

    return drive


def screen_text(browser: Explorer) -> str:
    strips = browser.screen._compositor.render_strips()
    return "".join(f"{strip.text.rstrip()}\n" for strip in strips)


def click(words: str, widget: type[Page] = Page) -> Step:
    """Click on words where they stand in a page, in the last one if there are several."""

    async def do(pilot: Pilot[None]) -> None:
        page = pilot.app.screen.query(widget).last()
        lines = [strip.text for strip in page.strips]
        line = next((number for number, text in enumerate(lines) if words in text), -1)
        assert line >= 0, lines
        corner = page.content_region.offset - page.region.offset
        await pilot.click(page, offset=(corner.x + lines[line].index(words), corner.y + line - page.scroll_offset.y))

    return do


def write_in(words: str) -> Step:
    async def do(pilot: Pilot[None]) -> None:
        pilot.app.screen.query_one(Input).value = words

    return do


def reads(record: str) -> Step:
    """Hold that this record is read now; an empty one is the overview."""

    async def do(pilot: Pilot[None]) -> None:
        assert browser_of(pilot).history.now == record

    return do


def shows(*events: str) -> Step:
    """Hold that these events stand in the timeline now."""

    async def do(pilot: Pilot[None]) -> None:
        assert [item.id for item in browser_of(pilot).timeline.events] == list(events)

    return do


def says(words: str) -> Step:
    """Hold that these words stand on the screen now."""

    async def do(pilot: Pilot[None]) -> None:
        text = screen_text(browser_of(pilot))
        assert words in text, text

    return do


async def pause(pilot: Pilot[None]) -> None:
    """Wait until a search while typing has begun."""
    await pilot.pause(0.3)


def browser_of(pilot: Pilot[None]) -> Explorer:
    assert isinstance(pilot.app, Explorer)
    return pilot.app


# --- opening -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_it_opens_at_the_overview_with_the_timeline_beside_it(
    browse: Browse, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    seen = browse(size=size)
    assert (seen.read, len(seen.shown)) == ("", 6)
    golden(f"explore-{size[0]}.txt", seen.text)


def test_it_opens_at_any_record(browse: Browse, golden: Callable[[str, str], None]) -> None:
    seen = browse(record="siege-begins")
    assert seen.read == "siege-begins"
    golden("explore-record-80.txt", seen.text)


def test_a_record_of_each_kind_can_be_read(browse: Browse) -> None:
    async def read_all(pilot: Pilot[None]) -> None:
        for record in ("ann-lee", "old-town", "red-guard", "winter", "a-book", "dead-ten", "how-many", "reds"):
            browser_of(pilot).visit(record)
            await pilot.pause()
            assert record in screen_text(browser_of(pilot))

    browse(read_all)


@pytest.mark.parametrize("events", [[], [event("alone")]])
def test_the_smallest_legal_files_can_be_browsed(browse: Browse, events: list[dict[str, Any]]) -> None:
    keys = "down up pagedown end tab enter m escape s escape d escape f space enter slash a enter escape y g 1 9 0 0 enter escape"
    assert browse(*keys.split(), events=events).text


def test_foreign_text_is_shown_as_it_is(browse: Browse) -> None:
    title = "Odd [red]title[/] :cd: \x1b[31mred\x07 [@click=app.quit]x[/]"
    seen = browse("down", events=[event("odd", title=title, summary=title)], size=(120, 24))
    assert seen.text.count("Odd [red]title[/] :cd: \ufffd[31mred\ufffd [@click=app.quit]x[/]") == 2


# --- moving and following ------------------------------------------------------------------------


def test_moving_along_the_timeline_shows_each_event_and_phase(browse: Browse) -> None:
    browse(
        *("down", reads("winter"), "down", reads("undated-feast"), "down", reads("long-quarrel"), "up", reads("undated-feast")),
        *("end", reads("last-parade"), "down", reads("last-parade"), "home", reads("winter"), "up", reads("winter")),
        *("pagedown", reads("last-parade"), "pageup", reads("winter"), "space", reads("last-parade")),
    )


@pytest.mark.parametrize("enter", ["right", "enter", "tab"])
def test_a_link_is_followed_with_the_keys(browse: Browse, enter: str) -> None:
    browse(
        *(enter, "enter", reads("reds"), "alt+left", "tab", "tab", "shift+tab", "enter", reads("old-town")),
        *("alt+left", "left", enter, "down", "enter", reads("ann-lee"), "alt+left", "up", "up", "enter", reads("reds")),
        record="siege-begins",
    )


def test_tab_goes_through_all_links_and_leaves_after_the_last(browse: Browse) -> None:
    async def tab_on(pilot: Pilot[None]) -> None:
        page = browser_of(pilot).page
        for _ in page.links[1:]:
            await pilot.press("tab")
            assert pilot.app.focused is page
        await pilot.press("tab")
        assert pilot.app.focused is browser_of(pilot).menu

    browse("right", tab_on, "down", reads("letter-sent"), record="siege-begins")


def test_an_arrow_scrolls_where_there_is_no_link(browse: Browse) -> None:
    summary = "\n".join(f"line {number}" for number in range(50))
    events = [event("long-day", summary=summary, related=["other-day"]), event("other-day")]
    downs, ups = ["down"] * 20, ["up"] * 20
    browse(
        *("right", says("line 3"), *downs, says("line 49"), "enter", reads("other-day"), "alt+left", reads("long-day")),
        *(*ups, says("line 1\n"[:6])),
        record="long-day",
        events=events,
    )


def test_the_mouse_picks_events_and_follows_links(browse: Browse) -> None:
    browse(
        *(click("Category"), reads("siege-begins"), click("Ann Lee"), reads("ann-lee")),
        *(click("Siege ends", Menu), reads("siege-ends"), click("Winter, continued", Menu), reads("winter")),
        record="siege-begins",
    )


def test_the_mouse_can_do_what_the_footer_says(browse: Browse) -> None:
    async def press_disputes(pilot: Pilot[None]) -> None:
        keys = pilot.app.screen.query_one(Footer).query(FooterKey)
        await pilot.click(next(key for key in keys if key.description == "Disputes"))

    browse(press_disputes, says("How many Reds died?"))


def test_what_was_read_can_be_gone_back_to_and_forward(browse: Browse) -> None:
    browse(
        *("right", "tab", "tab", "enter", reads("ann-lee"), "left_square_bracket", reads("siege-begins")),
        *("right_square_bracket", reads("ann-lee"), "alt+left", "alt+left", reads(""), "alt+right", reads("siege-begins")),
        *("enter", reads("ann-lee")),  # the link that was followed is picked again
        record="siege-begins",
    )


def test_the_ends_of_what_was_read_are_told(browse: Browse) -> None:
    seen = browse("left_square_bracket", "right_square_bracket")
    assert seen.said == ["There is nothing to go back to.", "There is nothing to go forward to."]


def test_events_only_passed_on_the_way_are_not_gone_back_to() -> None:
    history = History()
    history.visit("one", passing=True)
    history.visit("two", passing=True)
    history.visit("person")
    assert [history.back(), history.back(), history.back()] == ["two", "", None]
    history.visit("three")
    assert history.forward() is None


# --- search, filter, jump ------------------------------------------------------------------------


def test_search_finds_every_kind_of_record(browse: Browse, golden: Callable[[str, str], None]) -> None:
    seen = browse(
        *("slash", *"Анна", "enter", "enter", reads("ann-lee"), "slash", *"10", "enter", "enter", reads("dead-ten")),
        *("slash", *"siege", "enter", "down"),
    )
    golden("explore-search-80.txt", seen.text)


def test_search_finds_while_words_are_typed_and_says_when_nothing_does(browse: Browse) -> None:
    browse(
        *("slash", *"altst", pause, says("Old Town"), "down", "enter", reads("old-town")),
        *("slash", *"xyzzy", "enter", says("Nothing matches xyzzy."), "escape", reads("old-town")),
        *("slash", "minus", "x", "enter", says("there is no word to look for")),
    )


def test_a_filter_narrows_the_timeline(browse: Browse, golden: Callable[[str, str], None]) -> None:
    seen = browse(
        *("f", "space", "enter", shows("siege-begins", "siege-ends")),
        *("f", "down", "space", "enter", shows("siege-begins")),
        *("f", "c", click("uncertain"), click("less certain"), "enter", shows("long-quarrel", "letter-sent")),
        *("f", click("Winter"), click("The Blues"), "enter", shows("letter-sent"), says("1 of 6 events")),
        *("f", "c", "escape", shows("letter-sent"), "f", "c", "space", "down"),
    )
    golden("explore-filter-80.txt", seen.text)


def test_a_filter_that_nothing_passes_says_so(browse: Browse) -> None:
    keys = ("f", "space", click("uncertain"), "enter", shows(), says("No event matches."), "down", "tab", "tab", "m", "escape")
    assert browse(*keys, "g", *"1900", "enter", says("no event is shown")).text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1900-02", "letter-sent"),
        ("28 Feb 1900", "siege-ends"),
        ("siege-begins+3w", "letter-sent"),
        ("..1900", "undated-feast"),
    ],
)
def test_a_typed_date_leads_to_the_first_event_from_there_on(browse: Browse, typed: str, read: str) -> None:
    browse("g", write_in(typed), "enter", reads(read))


def test_a_date_without_events_leads_to_the_nearest_and_says_so(browse: Browse) -> None:
    seen = browse("g", *"1950", "enter", reads("last-parade"))
    assert seen.said == ["No event shown begins in that time (1 Jan to 31 Dec 1950); this is the nearest."]


def test_what_is_no_date_is_refused_and_can_be_mended(browse: Browse) -> None:
    browse(
        "g",
        write_in("1900-13"),
        "enter",
        says("1900-13"),
        says("Write"),
        reads(""),
        "backspace",
        "2",
        "enter",
        reads("last-parade"),
    )


# --- the other views -----------------------------------------------------------------------------

LAND: dict[str, Any] = {
    **WAR,
    "dataset": {**ABOUT, "outline": "POLYGON ((0 0, 10 0, 10 4, 0 4, 0 0))"},
    "places": [{"id": "old-town", "name": "Old Town", "latitude": 2, "longitude": 3}],
    "estimates": [
        {"id": "reds-before", "measure": "strength", "side": "reds", "date": "1900-01-01", "best": 400},
        {"id": "reds-after", "measure": "strength", "side": "reds", "date": "1900-03-31", "low": 250, "high": 300},
    ],
}


@pytest.mark.parametrize(("key", "name"), [("m", "map"), ("s", "strength"), ("d", "disputes"), ("question_mark", "keys")])
def test_the_other_views_fill_the_screen(browse: Browse, golden: Callable[[str, str], None], key: str, name: str) -> None:
    golden(f"explore-{name}-80.txt", browse(key, **LAND).text)


def test_a_link_in_another_view_leads_back_to_the_record(browse: Browse) -> None:
    browse(
        *("d", "tab", "enter", reads("how-many"), says("Timeline"), "m", click("Old Town"), reads("old-town"), says("Timeline")),
        *("s", "tab", "enter", reads("reds-before"), "d", "m", "s", "escape", says("Timeline")),
        *("m", "slash", *"ann", "enter", "enter", reads("ann-lee"), says("Timeline")),
        **LAND,
    )


def test_the_map_shows_the_places_of_the_events_shown(browse: Browse) -> None:
    seen = browse("m", says("Old Town"), "escape", "f", click("press"), "enter", "m", says("Map"), **LAND)
    assert "Old Town" not in seen.text


def test_every_key_is_explained(browse: Browse) -> None:
    browse("question_mark", *(says(key) for key, _ in KEYS), "escape", "f1", says("light or dark"))


def test_light_and_dark(browse: Browse) -> None:
    assert not browse("t", says("Timeline")).browser.current_theme.dark
    assert browse("t", "t").browser.current_theme.dark


# --- taking away ---------------------------------------------------------------------------------


def test_the_citation_is_copied(browse: Browse) -> None:
    seen = browse("y", record="dead-ten")
    assert (seen.browser.clipboard, seen.said) == ("A Book. n.d.\n", ["Copied the citation: 1 work."])
    assert "withdrawal-cli" in browse("y").browser.clipboard
    assert browse("y", record="reds").said == ["there is nothing to cite"]


def test_the_events_shown_are_exported_in_the_format_of_the_suffix(
    browse: Browse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = ("events.json", "events.csv", "events.geojson", "events.md")
    seen = browse("f", "space", "enter", *(step for name in files for step in ("e", write_in(name), "enter")))
    assert seen.said == [f"Wrote 2 events to {name}." for name in files]
    for name in files:
        written = (tmp_path / name).read_text("utf-8")
        assert ("siege-begins" in written, "letter-sent" in written) == (True, False)


def test_an_export_is_what_the_command_writes(browse: Browse, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    keys = ("f", click("The Reds"), "enter", "e")
    browse(*keys, write_in("one.json"), "enter", "e", write_in("one.geojson"), "enter")
    for line in ("timeline --side reds -o two.json", "export geojson --side reds -o two.geojson"):
        assert run(f"{line} --data war.json").code == 0
    for suffix in (".json", ".geojson"):
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


def test_a_file_that_cannot_be_is_refused(browse: Browse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    seen = browse(
        *("e", "enter", says("there is no file name"), write_in("events.xls"), "enter", says("names no format")),
        *(write_in("war.json"), "enter", says("there is already a file of that name")),
        *(write_in("nowhere/a.csv"), "enter", says("cannot be written")),
    )
    assert seen.said == []


# --- the whole program ---------------------------------------------------------------------------


def test_links_are_found_where_they_are_drawn() -> None:
    first, second = Style(meta={"record": "kabul", "way": 1}), Style(meta={"record": "kabul", "way": 2})
    lines = [
        [Segment("in "), Segment("Ka", first), Segment("bul", first + Style(bold=True)), Segment(" or")],
        [Segment("  "), Segment("town ", first), Segment("Kabul", second)],
    ]
    assert find_links(lines) == [Link("kabul", (Span(0, 3, 8), Span(1, 2, 6))), Link("kabul", (Span(1, 7, 12),))]


EXAMPLES = [example for command in commands() if command.name == "explore" for example in command.examples]


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize(("key", "code"), [(b"q", 0), (b"\x03", 130)])
def test_the_program_opens_in_a_terminal_and_leaves_it(example: str, key: bytes, code: int) -> None:
    ours, its = pytest.importorskip("pty", reason="there is no pty").openpty()
    command = [sys.executable, "-m", "withdrawal_cli", *shlex.split(example)[1:]]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80", "LINES": "24"}
    with subprocess.Popen(command, stdin=its, stdout=its, stderr=its, env=environment, start_new_session=True) as program:
        drawn = read_until(ours, b"Search", 30)
        os.write(ours, key)
        while program.poll() is None:
            read_until(ours, b"\x1b[?1049l", 1)
        os.close(its)
    os.close(ours)
    assert b"Timeline" in drawn
    assert program.returncode == code


def read_until(terminal: int, wanted: bytes, seconds: float) -> bytes:
    read, end = b"", time.monotonic() + seconds
    while wanted not in read and time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            read += os.read(terminal, 65536)
    return read
