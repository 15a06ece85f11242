"""The browser, driven by its keys and by the mouse in a terminal without a screen."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("textual", reason="the extra explore is not installed")

import textual.app
import textual.pilot
import textual.screen
from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Footer, Input
from textual.widgets._footer import FooterKey

from tests.conftest import ABOUT, Run, event
from tests.test_commands import WAR
from withdrawal_cli.commands.explore import save
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.explore.app import KEYS, Explorer
from withdrawal_cli.explore.history import History
from withdrawal_cli.explore.links import Link, Span, find_links
from withdrawal_cli.explore.menu import Menu, line_starts
from withdrawal_cli.explore.page import Page
from withdrawal_cli.explore.sheet import Sheet

Step = str | Callable[[Pilot[None]], Awaitable[Any]]
"""A key to press, or something else to do."""


class Seen(NamedTuple):
    """What stands on the screen, and what the browser did."""

    text: str
    segments: list[Segment]
    read: str
    "The id of the record on the right; empty for the overview."
    shown: list[str]
    "The ids of the events on the left."
    said: list[str]
    browser: Explorer


Browse = Callable[..., Seen]


async def settle(_least: float = 0, _most: float = 0) -> None:
    """Wait until nothing is left to do at once or in a moment.

    Textual's own `wait_for_idle` sleeps for 20 ms at a time, twice after each key, and takes a process
    that a busy machine does not let run for an idle one.
    """
    loop: Any = asyncio.get_running_loop()
    end = loop.time() + 5
    await asyncio.sleep(0)
    while loop.time() < end:
        soon = loop.time() + 0.02
        if loop._ready:
            await asyncio.sleep(0)
        elif any(not timer.cancelled() and timer.when() < soon for timer in loop._scheduled):
            await asyncio.sleep(0.001)
        else:
            break


@pytest.fixture
def browse(write: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> Browse:
    """Return a function that opens the small war, or the arrays given, takes the steps and tells what is seen."""
    monkeypatch.delenv("TMUX", raising=False)  # whoever runs the tests keeps what they copied
    # Draw at once, and wait for what is left to do instead of watching how busy the process is.
    monkeypatch.setattr(textual.screen, "UPDATE_PERIOD", 1 / 500)
    monkeypatch.setattr(textual.app, "wait_for_idle", settle)
    monkeypatch.setattr(textual.pilot, "wait_for_idle", settle)

    def drive(
        *steps: Step, record: str | None = None, size: tuple[int, int] = (80, 24), **arrays: Any
    ) -> Seen:
        dataset = load_dataset(write(**(arrays or WAR)))

        async def run() -> Seen:
            browser = Explorer(dataset, record, partial(save, dataset, None))
            browser.NOTIFICATION_TIMEOUT = 1000  # type: ignore[misc] # so that what is said is still there to be seen
            async with browser.run_test(size=size, notifications=True) as pilot:
                await pilot.pause()
                for step in steps:
                    await (pilot.press(step) if isinstance(step, str) else step(pilot))
                await pilot.pause()
                return Seen(
                    text=screen_text(browser),
                    segments=list(segments_on_top(browser)),
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


def segments_on_top(browser: Explorer) -> Iterator[Segment]:
    """Yield what is drawn; of a dialog, not what it stands over."""
    dialogs = browser.screen.query(".dialog")
    region = dialogs.first().region if dialogs else browser.screen.region
    for line, strip in enumerate(browser.screen._compositor.render_strips()):
        if region.y <= line < region.bottom:
            yield from strip.crop(region.x, region.right)


def click(words: str, widget: type[Sheet] = Page) -> Step:
    """Click on words where they stand in a page, in the last one if there are several."""

    async def do(pilot: Pilot[None]) -> None:
        page = pilot.app.screen.query(widget).last()
        lines = [
            strip.text if (strip := page.line(number)) else ""
            for number in range(page.virtual_size.height)
        ]
        line = next((number for number, text in enumerate(lines) if words in text), -1)
        assert line >= 0, lines
        corner = page.content_region.offset - page.region.offset
        await pilot.click(
            page,
            offset=(corner.x + lines[line].index(words), corner.y + line - page.scroll_offset.y),
        )

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
        for record in (
            "ann-lee",
            "old-town",
            "red-guard",
            "winter",
            "a-book",
            "dead-ten",
            "how-many",
            "reds",
        ):
            browser_of(pilot).visit(record)
            await pilot.pause()
            assert record in screen_text(browser_of(pilot))

    browse(read_all)


@pytest.mark.parametrize("events", [[], [event("alone")]])
def test_the_smallest_legal_files_can_be_browsed(
    browse: Browse, events: list[dict[str, Any]]
) -> None:
    moves = "down up n p pagedown end tab enter m escape s escape d escape question_mark escape"
    choices = "f space enter c slash x enter escape y g 1 9 0 0 enter escape"
    assert browse(*moves.split(), *choices.split(), events=events).text


def test_foreign_text_is_shown_as_it_is(browse: Browse) -> None:
    title = "Odd [red]title[/] :cd: \x1b[31mred\x07 [@click=app.quit]x[/]"
    seen = browse("down", events=[event("odd", title=title, summary=title)], size=(120, 24))
    assert seen.text.count("Odd [red]title[/] :cd: \ufffd[31mred\ufffd [@click=app.quit]x[/]") == 2


# --- moving and following ------------------------------------------------------------------------


def test_moving_along_the_timeline_shows_each_event_and_phase(browse: Browse) -> None:
    browse(
        *(
            "down",
            reads("winter"),
            "down",
            reads("undated-feast"),
            "down",
            reads("long-quarrel"),
            "up",
            reads("undated-feast"),
        ),
        *(
            "end",
            reads("last-parade"),
            "down",
            reads("last-parade"),
            "home",
            reads("winter"),
            "up",
            reads("winter"),
        ),
        *(
            "pagedown",
            reads("last-parade"),
            "pageup",
            reads("winter"),
            "space",
            reads("last-parade"),
        ),
    )


def test_the_phases_are_gone_through(browse: Browse) -> None:
    browse(
        *(
            "n",
            reads("winter"),
            "n",
            reads("the-siege"),
            "n",
            reads("winter"),
            "n",
            reads("winter"),
        ),
        *(
            "p",
            reads("the-siege"),
            "down",
            "down",
            "p",
            reads("the-siege"),
            "p",
            "p",
            reads("winter"),
            "down",
            reads("undated-feast"),
        ),
    )


@pytest.mark.parametrize("enter", ["right", "enter", "tab"])
def test_a_link_is_followed_with_the_keys(browse: Browse, enter: str) -> None:
    browse(
        *(enter, "enter", reads("old-town"), "alt+left"),
        *("tab", "tab", "shift+tab", "enter", reads("ann-lee")),
        *("alt+left", "left", enter, "down", "enter", reads("winter")),
        *("alt+left", "up", "up", "up", "enter", reads("reds")),
        record="siege-begins",
    )


def test_the_first_link_picked_leads_to_a_record_that_says_something(browse: Browse) -> None:
    events = [event("alone", side="reds", places=["moor"], people=["ann-lee", "bob-ray"])]
    records = {
        "sides": [{"id": "reds", "name": "The Reds"}],
        "places": [{"id": "moor", "name": "The Moor"}],
        "people": [{"id": "ann-lee", "name": "Ann Lee"}, {"id": "bob-ray", "name": "Bob Ray"}],
    }
    # a side has only its name, a place has the event that happened there
    browse("right", "enter", reads("moor"), record="alone", events=events, **records)
    # where all are alike bare, it is the first
    estimates = [{"id": "five", "measure": "dead", "side": "reds", "best": 5}]
    figure = {"estimates": estimates, "sides": records["sides"], "events": [event("alone")]}
    browse("right", "enter", reads("reds"), record="five", **figure)


def test_tab_goes_through_all_links_and_leaves_after_the_last(browse: Browse) -> None:
    async def tab_on(pilot: Pilot[None]) -> None:
        page = browser_of(pilot).page
        assert page.picked is not None
        for _ in page.links[page.picked + 1 :]:
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
        *(
            "right",
            says("line 3"),
            *downs,
            says("line 49"),
            "enter",
            reads("other-day"),
            "alt+left",
            reads("long-day"),
        ),
        *(*ups, says("line 1\n"[:6])),
        record="long-day",
        events=events,
    )


def test_the_mouse_picks_events_and_follows_links(browse: Browse) -> None:
    browse(
        *(click("Category"), reads("siege-begins"), click("Ann Lee"), reads("ann-lee")),
        *(
            click("Siege ends", Menu),
            reads("siege-ends"),
            click("Winter, continued", Menu),
            reads("winter"),
        ),
        record="siege-begins",
    )


def test_the_mouse_can_do_what_the_footer_says(browse: Browse) -> None:
    async def press_disputes(pilot: Pilot[None]) -> None:
        keys = pilot.app.screen.query_one(Footer).query(FooterKey)
        await pilot.click(next(key for key in keys if key.description == "Disputes"))

    browse(press_disputes, says("How many Reds died?"))


def test_what_was_read_can_be_gone_back_to_and_forward(browse: Browse) -> None:
    browse(
        *(
            "right",
            "tab",
            "enter",
            reads("ann-lee"),
            "left_square_bracket",
            reads("siege-begins"),
        ),
        *(
            "right_square_bracket",
            reads("ann-lee"),
            "alt+left",
            "alt+left",
            reads(""),
            "alt+right",
            reads("siege-begins"),
        ),
        *("enter", reads("ann-lee")),  # the link that was followed is picked again
        record="siege-begins",
    )


def test_back_leads_to_where_a_record_was_left(browse: Browse) -> None:
    tops: list[int] = []

    async def note_the_top(pilot: Pilot[None]) -> None:
        tops.append(browser_of(pilot).page.scroll_offset.y)

    summary = "\n".join(f"line {number}" for number in range(50))
    browse(
        *(
            "right",
            *["pagedown"] * 2,
            note_the_top,
            "slash",
            *"other",
            "enter",
            reads("other-day"),
            "backspace",
            note_the_top,
        ),
        record="long-day",
        events=[event("long-day", summary=summary), event("other-day")],
    )
    assert tops[0] == tops[1] > 0


def test_back_leads_to_the_view_that_a_record_was_followed_from(browse: Browse) -> None:
    browse(
        *(
            "d",
            "tab",
            "enter",
            reads("how-many"),
            "tab",
            "enter",
            reads("siege-begins"),
            "alt+left",
            reads("how-many"),
        ),
        *(
            "alt+left",
            says("on Siege begins"),
            "alt+right",
            reads("how-many"),
            "alt+left",
            says("on Siege begins"),
            "escape",
            reads("winter"),
        ),
        *(
            "m",
            "s",
            "escape",
            says("Timeline"),
            reads("winter"),
            "alt+right",
            says("on Siege begins"),
            "m",
            "alt+left",
            says("on Siege begins"),
        ),
        *("d", "enter", reads("how-many")),  # the link that was followed is picked again
        record="winter",
    )


def test_the_ends_of_what_was_read_are_told(browse: Browse) -> None:
    seen = browse("left_square_bracket", "right_square_bracket")
    assert seen.said == ["There is nothing to go back to.", "There is nothing to go forward to."]


def test_events_only_passed_on_the_way_are_not_gone_back_to() -> None:
    history = History()
    history.visit("one", passing=True)
    history.visit("two", passing=True)
    history.visit("person")
    assert [history.move(-1), history.move(-1), history.move(-1)] == ["two", "", None]
    history.visit("three")
    assert history.move(1) is None


# --- search, filter, jump ------------------------------------------------------------------------


def test_search_finds_every_kind_of_record(
    browse: Browse, golden: Callable[[str, str], None]
) -> None:
    seen = browse(
        *("slash", *"Анна", "enter", reads("ann-lee"), "slash", *"10", "enter", reads("dead-ten")),
        *("slash", *"siege", "down", "down", "up"),
    )
    golden("explore-search-80.txt", seen.text)


def test_search_finds_while_words_are_typed_and_says_when_nothing_does(browse: Browse) -> None:
    browse(
        *("slash", *"altst", pause, says("Old Town"), "enter", reads("old-town")),
        *("slash", *"xyzzy", "enter", says("Nothing matches xyzzy."), "escape", reads("old-town")),
        *("slash", "minus", "x", "enter", says("there is no word to look for")),
    )


def test_what_is_typed_before_a_dialog_stands_is_not_lost(browse: Browse) -> None:
    async def type_ahead(pilot: Pilot[None]) -> None:
        for key, character in (("slash", "/"), *zip("ann", "ann", strict=True)):
            pilot.app.post_message(Key(key, character))
        for _ in range(100):
            await pilot.pause(0.1)
            if [field.value for field in pilot.app.screen.query(Input)] == ["ann"]:
                await pilot.pause(0.5)  # what is found stands a moment after what is typed
                return
        pytest.fail("it is lost")

    browse(type_ahead, "enter", reads("ann-lee"))


def test_enter_opens_the_best_of_what_was_found_and_arrows_another(browse: Browse) -> None:
    browse(
        *(
            "slash",
            *"siege",
            "enter",
            reads("the-siege"),
            "slash",
            *"siege",
            "down",
            "enter",
            reads("siege-begins"),
        ),
        *("slash", *"siege", "tab", "tab", "shift+tab", "enter", reads("siege-begins")),
        *(
            "slash",
            *"siege",
            pause,
            click("Siege ends"),
            reads("siege-ends"),
            "slash",
            "enter",
            "down",
            says("Search"),
            "escape",
        ),
    )


def test_a_filter_narrows_the_timeline(browse: Browse, golden: Callable[[str, str], None]) -> None:
    seen = browse(
        *("f", "space", "enter", shows("siege-begins", "siege-ends")),
        *("f", "down", "space", "enter", shows("siege-begins")),
        *(
            "f",
            "c",
            click("uncertain"),
            click("less certain"),
            "enter",
            shows("long-quarrel", "letter-sent"),
        ),
        *(
            "f",
            click("Winter"),
            click("The Blues"),
            "enter",
            shows("letter-sent"),
            says("1 of 6, c for all"),
        ),
        *("f", "c", "escape", shows("letter-sent"), "f", "c", "space", "down"),
    )
    golden("explore-filter-80.txt", seen.text)


def test_a_filter_is_seen_and_taken_off(browse: Browse) -> None:
    browse(
        *(
            "f",
            click("Winter"),
            click("The Blues"),
            "enter",
            says("Only Winter, The Blues"),
            says("1 of 6, c for all"),
        ),
        *(
            "f",
            says("[x] Winter"),
            says("[x] The Blues"),
            "escape",
            "c",
            says("Timeline"),
            says("6 events"),
        ),
        shows(
            "undated-feast",
            "long-quarrel",
            "siege-begins",
            "letter-sent",
            "siege-ends",
            "last-parade",
        ),
    )


def test_a_filter_that_nothing_passes_says_so(browse: Browse) -> None:
    keys = (
        "f",
        "space",
        click("uncertain"),
        "enter",
        shows(),
        says("No event matches."),
        "down",
        "tab",
        "tab",
        "m",
        "escape",
    )
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
def test_a_typed_date_leads_to_the_first_event_from_there_on(
    browse: Browse, typed: str, read: str
) -> None:
    browse("g", write_in(typed), "enter", reads(read))


def test_a_typed_day_leads_to_the_most_important_of_its_events(browse: Browse) -> None:
    day = "1988-05-15"
    events = [
        event("a-paper-says", day, importance="detail"),
        event("b-rumour", day, importance="key", certainty="uncertain"),
        event("c-withdrawal-begins", day, importance="key"),
        event("d-parade", day, importance="key"),
        event("next-day", "1988-05-16", importance="key"),
    ]
    typed = ("g", write_in("15 May 1988"), "enter")
    browse(*typed, reads("c-withdrawal-begins"), events=events)
    browse(*typed, reads("a-paper-says"), events=[events[0], events[4]])


def test_a_date_without_events_leads_to_the_nearest_and_says_so(browse: Browse) -> None:
    seen = browse("g", *"1950", "enter", reads("last-parade"))
    assert seen.said == [
        "No event shown begins in that time (1 Jan to 31 Dec 1950); this is the nearest."
    ]


def test_what_is_no_date_is_refused_and_can_be_mended(browse: Browse) -> None:
    browse(
        "g",
        write_in("1900-00"),
        "enter",
        says("1900-00"),
        says("Write"),
        reads(""),
        "backspace",
        "2",
        "enter",
        reads("letter-sent"),
    )


# --- the other views -----------------------------------------------------------------------------

LAND: dict[str, Any] = {
    **WAR,
    "dataset": {**ABOUT, "outline": "POLYGON ((0 0, 10 0, 10 4, 0 4, 0 0))"},
    "places": [{"id": "old-town", "name": "Old Town", "latitude": 2, "longitude": 3}],
    "estimates": [
        {
            "id": "reds-before",
            "measure": "strength",
            "side": "reds",
            "date": "1900-01-01",
            "best": 400,
        },
        {
            "id": "reds-after",
            "measure": "strength",
            "side": "reds",
            "date": "1900-03-31",
            "low": 250,
            "high": 300,
        },
    ],
}


@pytest.mark.parametrize(
    ("key", "name"), [("m", "map"), ("s", "strength"), ("d", "disputes"), ("question_mark", "keys")]
)
def test_the_other_views_fill_the_screen(
    browse: Browse, golden: Callable[[str, str], None], key: str, name: str
) -> None:
    golden(f"explore-{name}-80.txt", browse(key, **LAND).text)


def test_a_link_in_another_view_leads_back_to_the_record(browse: Browse) -> None:
    browse(
        *(
            "d",
            "tab",
            "enter",
            reads("how-many"),
            says("Timeline"),
            "m",
            click("Old Town"),
            reads("old-town"),
            says("Timeline"),
        ),
        *(
            "s",
            "tab",
            "enter",
            reads("reds-before"),
            "d",
            "m",
            "s",
            "escape",
            reads("reds-before"),
            says("Timeline"),
        ),
        *("m", "slash", *"ann", "enter", reads("ann-lee"), says("Timeline")),
        **LAND,
    )


def test_the_map_shows_the_places_of_the_events_shown(browse: Browse) -> None:
    seen = browse(
        "m", says("Old Town"), "escape", "f", click("press"), "enter", "m", says("Map"), **LAND
    )
    assert "Old Town" not in seen.text


WORDS: dict[str, Any] = {
    "terms": [
        {"id": "shura", "name": "shura", "meaning": "A council."},
        {"id": "dra", "name": "DRA", "aliases": ["Democratic Republic"], "meaning": "The state."},
        {"id": "kor", "name": "kor", "meaning": "A house; the state pays for it."},
    ],
    "events": [
        event("council", summary="Shura and DRA meet.", significance="It saved the state."),
        event("republic", title="The Democratic Republic falls", summary="No korps helped."),
    ],
}


def test_the_terms_that_a_record_uses_are_linked(browse: Browse) -> None:
    seen = " ".join(browse(record="council", **WORDS).text.split())
    assert "Glossary shura, DRA" in seen
    assert "It saved the state." in seen
    seen = " ".join(browse(record="republic", **WORDS).text.split())
    assert "Glossary DRA" in seen  # a part of a word is not a term
    browse("right", "enter", reads("shura"), says("A council."), record="council", **WORDS)


def test_the_glossary_is_a_key_away(browse: Browse) -> None:
    steps = ("w", says("A council."), "tab", "enter", reads("dra"), "alt+left", says("A council."))
    browse(*steps, **WORDS)
    assert "This file explains no terms." in browse("w").text


def test_the_map_fits_the_screen(browse: Browse) -> None:
    """The places of a square country, of which the whole width would not leave the south."""
    corners = {"north": (9.5, 5), "south": (0.5, 5)}
    places = [
        {"id": name, "name": name.title(), "latitude": latitude, "longitude": longitude}
        for name, (latitude, longitude) in corners.items()
    ]
    seen = browse(
        "m",
        size=(100, 30),
        dataset={**ABOUT, "outline": "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))"},
        places=places,
        events=[event("first", "1900", places=["north"]), event("then", "1901", places=["south"])],
    )
    frame = [line.strip("┃▁▂▃▄▅▆▇█ ") for line in seen.text.splitlines()[1:-2]]
    assert [line.strip("\u2800") for line in frame].count("") < len(frame)
    picture = "\n".join(
        line for line in frame if any("\u2800" < letter < "\u2900" for letter in line)
    )
    assert "1" in picture
    assert "2" in picture


def test_every_key_is_explained(browse: Browse) -> None:
    browse("question_mark", *(says(key) for key, _ in KEYS), "escape", "f1", says("light or dark"))


def test_light_and_dark(browse: Browse) -> None:
    assert not browse("t", says("Timeline")).browser.current_theme.dark
    assert browse("t", "t").browser.current_theme.dark


# --- taking away ---------------------------------------------------------------------------------


def test_the_citation_is_copied(browse: Browse) -> None:
    seen = browse("y", record="dead-ten")
    assert (seen.browser.clipboard, seen.said) == ("A Book. n.d.\n", ["A Book. n.d."])
    assert "Copied the citation" in seen.text


def test_under_tmux_it_is_said_how_the_copy_gets_through(
    browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def enter_tmux(_: Pilot[None]) -> None:
        monkeypatch.setenv("TMUX", "/nowhere,1,0")

    assert browse(enter_tmux, "y", record="dead-ten").said == [
        "A Book. n.d.\ntmux lets it through after: set -s set-clipboard on"
    ]


def test_what_can_be_cited_and_what_cannot(browse: Browse) -> None:
    assert "withdrawal-cli" in browse("y").browser.clipboard
    assert browse("y", record="reds").said == ["there is nothing to cite"]


def test_the_events_shown_are_exported_in_the_format_of_the_suffix(
    browse: Browse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = ("events.json", "events.csv", "events.geojson", "events.md")
    seen = browse(
        "f", "space", "enter", *(step for name in files for step in ("e", write_in(name), "enter"))
    )
    assert seen.said == [f"Wrote 2 events to {name}." for name in files]
    for name in files:
        written = (tmp_path / name).read_text("utf-8")
        assert ("siege-begins" in written, "letter-sent" in written) == (True, False)


def test_an_export_is_what_the_command_writes(
    browse: Browse, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    keys = ("f", click("The Reds"), "enter", "e")
    browse(*keys, write_in("one.json"), "enter", "e", write_in("one.geojson"), "enter")
    for line in ("timeline --side reds -o two.json", "export geojson --side reds -o two.geojson"):
        assert run(f"{line} --data war.json").code == 0
    for suffix in (".json", ".geojson"):
        one, two = ((tmp_path / f"{name}{suffix}").read_text("utf-8") for name in ("one", "two"))
        assert one == two.replace(" --data war.json", "")  # the browser was given the data itself


def test_a_file_that_cannot_be_is_refused(
    browse: Browse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    seen = browse(
        *(
            "e",
            "enter",
            says("there is no file name"),
            write_in("events.xls"),
            "enter",
            says("names no format"),
        ),
        *(write_in("war.json"), "enter", says("there is already a file of that name")),
        *(write_in("nowhere/a.csv"), "enter", says("cannot be written")),
    )
    assert seen.said == []


# --- room, colours and size ----------------------------------------------------------------------


def resize(columns: int, rows: int) -> Step:
    async def do(pilot: Pilot[None]) -> None:
        await pilot.resize_terminal(columns, rows)
        await pilot.pause()

    return do


def test_too_small_a_terminal_says_so_and_goes_on_when_it_grows(browse: Browse) -> None:
    browse(
        *(
            resize(50, 24),
            says("The terminal is too small: explore needs"),
            "slash",
            "down",
            "m",
            resize(30, 8),
        ),
        *(
            resize(60, 15),
            says("Timeline"),
            reads("winter"),
            "slash",
            *"ann",
            resize(59, 15),
            says("too small"),
        ),
        *(resize(80, 24), says("Ann Lee"), "enter", reads("ann-lee")),
        record="winter",
    )
    seen = browse(size=(40, 10), record="winter")
    assert "too small" in seen.text
    assert seen.read == "winter"


def test_what_is_picked_stays_in_view_when_the_room_changes(browse: Browse) -> None:
    events = [
        event(f"day-{number:02}", f"1900-01-{number:02}", title="A day on which much was said " * 2)
        for number in range(1, 31)
    ]

    async def is_seen(pilot: Pilot[None]) -> None:
        menu = browser_of(pilot).menu
        assert menu.picked is not None
        assert menu.scroll_offset.y <= menu.tops[menu.picked] < menu.scroll_offset.y + menu.rows

    browse(
        *["down"] * 20, is_seen, resize(120, 20), is_seen, resize(60, 40), is_seen, events=events
    )


def test_only_what_is_seen_of_a_long_timeline_is_drawn(browse: Browse) -> None:
    events = [
        event(f"day-{number}", title="A day on which much was said") for number in range(3000)
    ]

    async def count(pilot: Pilot[None]) -> None:
        menu = browser_of(pilot).menu
        assert len(menu.entries) == 3001
        assert 5 < len(menu.drawn) < 150

    browse(count, "end", "home", "pagedown", count, "t", count, record="day-1500", events=events)


@given(words=st.text(alphabet="ab –\u00ad\u4e2d\u0301", max_size=80), first=st.integers(4, 12))
def test_lines_are_broken_where_they_fit_and_nothing_is_lost(words: str, first: int) -> None:
    starts = line_starts(words, first, first - 2)
    lines = [words[start:end] for start, end in pairwise([*starts, len(words)])]
    assert "".join(lines) == words
    assert all(
        cell_len(line.rstrip()) <= (first if place == 0 else first - 2)
        for place, line in enumerate(lines)
        if line.strip()
    )


def luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.get_truecolor()]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


async def is_readable(pilot: Pilot[None]) -> None:
    """Hold that every word stands out from its ground: https://www.w3.org/TR/WCAG21/#contrast-minimum."""
    for text, style, _ in segments_on_top(browser_of(pilot)):
        if any(letter.isalnum() for letter in text):
            assert style is not None
            assert style.color is not None
            assert style.bgcolor is not None
            dim, bright = sorted((luminance(style.color), luminance(style.bgcolor)))
            assert (bright + 0.05) / (dim + 0.05) >= 4.5, (text, style)


@pytest.mark.parametrize("light", [False, True], ids=["dark", "light"])
def test_every_word_can_be_read_in_light_and_dark(browse: Browse, *, light: bool) -> None:
    seen = browse(
        *(["t"] if light else []),
        *(
            is_readable,
            "right",
            is_readable,
            "y",
            is_readable,
            "slash",
            is_readable,
            *"siege",
            "down",
            pause,
            is_readable,
            "escape",
        ),
        *(
            "f",
            "space",
            is_readable,
            "escape",
            "g",
            is_readable,
            *"x",
            "enter",
            is_readable,
            "escape",
        ),
        *("m", is_readable, "s", is_readable, "d", "down", is_readable, "f1", is_readable),
        record="siege-begins",
        **LAND,
    )
    assert seen.browser.current_theme.dark is not light


def test_without_colour_there_is_none_and_what_is_picked_is_still_seen(
    browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    seen = browse("right", record="siege-begins")
    styles = [(text, style) for text, style, _ in seen.segments if style]
    assert {
        (style.color and style.color.name, style.bgcolor and style.bgcolor.name)
        for _, style in styles
    } == {("default", "default")}
    assert [text for text, style in styles if style.reverse and text.strip(" ▁▂▃▄▅▆▇")] == [
        "Old Town"
    ]
    assert "┏━ Event" in seen.text


# --- the whole program ---------------------------------------------------------------------------


def test_links_are_found_where_they_are_drawn() -> None:
    first, second = (
        Style(meta={"record": "kabul", "way": 1}),
        Style(meta={"record": "kabul", "way": 2}),
    )
    lines = [
        [
            Segment("in "),
            Segment("Ka", first),
            Segment("bul", first + Style(bold=True)),
            Segment(" or"),
        ],
        [Segment("  "), Segment("town ", first), Segment("Kabul", second)],
    ]
    assert find_links(lines) == [
        Link("kabul", (Span(0, 3, 8), Span(1, 2, 6))),
        Link("kabul", (Span(1, 7, 12),)),
    ]
