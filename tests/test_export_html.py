"""The page for people, as it is written; how it behaves in a browser is tested in tests/browser."""

import bz2
import json
import re
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from zlib import compress, decompress

import pytest

from tests.conftest import ABOUT, Run, event
from withdrawal_cli import __version__
from withdrawal_cli.dataset.pages import CARRIER
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.exports.chart import strength_chart
from withdrawal_cli.exports.map_drawing import draw_map
from withdrawal_cli.exports.plots import draw_plot
from withdrawal_cli.exports.strip import draw_strip
from withdrawal_cli.model import KINDS, Dataset
from withdrawal_cli.queries.disputes import disagreement
from withdrawal_cli.queries.facts import headline_facts
from withdrawal_cli.queries.map import sketch_map
from withdrawal_cli.queries.overview import summarize_overview

LOCATED = [{"source": "the-book", "locator": "p. 7"}, {"source": "the-paper"}]
LAND: dict[str, Any] = {
    "dataset": {
        **ABOUT,
        "belligerents": [{"side": "redcoats", "commanders": ["ann-lee"]}, {"side": "townsfolk", "note": "various"}],
        "story": [{"text": "They came and left.", "citations": LOCATED}, {"text": "Many died."}],
        "outline": "POLYGON ((0 50, 4 50, 4 53, 0 53, 0 50))",
        "citations": LOCATED,
    },
    "sides": [{"id": "redcoats", "name": "Redcoats"}, {"id": "townsfolk", "name": "Townsfolk"}],
    "sources": [
        {"id": "the-book", "type": "book", "title": "The war", "authors": ["Roe, Jo"], "issued": "1950", "url": "https://example.org/a?b"},
        {"id": "the-paper", "type": "webpage", "title": "News", "container": "The Paper", "note": "Short."},
        {"id": "the-paper-two", "type": "webpage", "title": "More news", "container": "The Paper", "url": "javascript:alert(1)"},
    ],
    "places": [
        {"id": "old-town", "name": "Old Town", "latitude": 51.5, "longitude": 1.0, "wikidata": "Q84", "precision": "district",
         "citations": LOCATED},
        {"id": "nowhere", "name": "Nowhere"},
    ],
    "people": [
        {
            "id": "ann-lee", "name": "Ann Lee", "aliases": ["Lee"], "born": "1850", "side": "redcoats", "summary": "Led.",
            "roles": [{"title": "General", "date": "1899/1900", "citations": LOCATED}], "citations": LOCATED,
        },
    ],
    "organizations": [{"id": "the-guard", "name": "The Guard", "kind": "regiment", "side": "redcoats", "leader": "ann-lee"}],
    "routes": [{"id": "the-road", "name": "The road", "places": ["old-town", "nowhere"]}],
    "phases": [
        {"id": "the-siege", "title": "The siege", "date": "1900-01", "summary": "Long.", "citations": LOCATED},
        {"id": "the-end", "title": "The end", "date": "1900-02/1900-03"},
    ],
    "events": [
        event(
            "siege-begins", "1900-01-10~", places=["old-town", "nowhere"], people=["ann-lee"], organizations=["the-guard"],
            category="military", importance="key", summary="They came.",
            significance="It began the war.",
            points=["By night"], related=["siege-ends"], citations=LOCATED,
        ),
        event("siege-ends", "1900-02-01", certainty="uncertain", category="political", side="townsfolk", citations=LOCATED,
              related=["siege-begins"], follows=["siege-begins"]),
    ],
    "estimates": [
        {"id": "men-at-first", "measure": "strength", "side": "redcoats", "date": "1900-01-01",
         "low": 900, "best": 1000, "high": 1200},
        {"id": "men-at-last", "measure": "strength", "side": "redcoats", "date": "1900-03~", "low": 400,
         "certainty": "less-certain"},
        {"id": "men-on-wall", "measure": "strength", "side": "redcoats", "date": "1900-02-01", "best": 50, "part": True},
        {"id": "dead-by-book", "measure": "dead", "side": "redcoats", "best": 20, "dispute": "how-many-died",
         "importance": "key",
         "event": "siege-begins", "date": "1900-01-10/1900-02", "rank": "preferred", "reason": "Counted.", "citations": LOCATED},
        {"id": "dead-by-paper", "measure": "dead", "side": "redcoats", "text": "dozens", "dispute": "how-many-died",
         "rank": "deprecated", "reason": "Rumour.", "citations": LOCATED},
        {"id": "guns-lost", "measure": "guns", "unit": "guns", "high": 3},
    ],
    "disputes": [
        {"id": "how-many-died", "title": "How many died?", "about": ["siege-begins", "ann-lee", "townsfolk"],
         "explanation": "They differ.", "importance": "key", "short_answer": "About 20.",
         "accounts": [{"says": "Nobody knows.", "certainty": "less-certain", "citations": LOCATED}]},
    ],
    "terms": [
        {"id": "sap-trench", "name": "Sap", "aliases": ["Zap"], "meaning": "A trench to the wall.", "citations": LOCATED},
    ],
}  # fmt: skip
"""A small war with a record of every kind."""


class Reading(HTMLParser):
    """What a page holds: its ids, where its links lead, its headings and what it would fetch."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.headings: list[int] = []
        self.fetched: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: content or "" for name, content in attrs}
        if "id" in given:
            self.ids[given["id"]] += 1
        if tag == "a":
            self.links.append(given["href"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.fetched += [
            content
            for name, content in given.items()
            if name in ("src", "srcset", "data", "action", "style")
        ]
        is_inside = given.get("href", "").startswith("data:")
        if tag in ("link", "iframe", "object", "embed", "base") and not is_inside:
            self.fetched.append(tag)


Page = Callable[..., str]


@pytest.fixture
def page(run: Run, write: Callable[..., str]) -> Page:
    """Return a function that makes the page of the arrays given, or of the bundled data."""

    def make(options: str = "", **arrays: object) -> str:
        data = f" --data {write(**arrays)}" if arrays else ""
        outcome = run(f"export html {options}{data}")
        assert (outcome.code, outcome.err) == (0, "")
        return outcome.out

    return make


@pytest.mark.parametrize("arrays", [{}, LAND], ids=["bundled", "small"])
def test_every_record_has_its_anchor_once_and_every_link_leads_to_one(
    page: Page, arrays: dict[str, object], tmp_path: Path
) -> None:
    text = page(**arrays)
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    dataset = load_dataset(str(tmp_path / "page.html"))
    reading = Reading(text)
    kinds = set(KINDS) - {"side", "route"}
    expected = {f"{kind}-{item.id}" for kind in kinds for item in getattr(dataset, KINDS[kind])}
    assert expected <= set(reading.ids)
    assert [name for name, count in reading.ids.items() if count > 1] == []
    assert {link[1:] for link in reading.links if link.startswith("#")} <= set(reading.ids)
    assert {link.split(":")[0] for link in reading.links if not link.startswith("#")} <= {
        "https",
        "http",
    }


@pytest.mark.parametrize("arrays", [{}, LAND], ids=["bundled", "small"])
def test_headings_follow_in_order_under_one_first(page: Page, arrays: dict[str, object]) -> None:
    headings = Reading(page(**arrays)).headings
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))


def test_the_page_fetches_nothing_and_runs_only_what_it_was_made_with(page: Page) -> None:
    text = page()
    assert Reading(text).fetched == []
    assert "url(" not in text
    assert "@import" not in text
    hashes = [
        f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'" for part in inline(text)
    ]
    assert (
        f"default-src &#39;none&#39;; style-src {hashes[0]}; script-src {hashes[1]};".replace(
            "'", "&#39;"
        )
        in text
    )


def test_the_page_of_the_bundled_record_has_at_most_two_megabytes(page: Page) -> None:
    assert len(page().encode()) <= 2_000_000


def inline(text: str) -> list[str]:
    return re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", text, re.DOTALL)


# --- the data inside -----------------------------------------------------------------------------


def test_the_page_is_a_dataset_again(page: Page, run: Run, tmp_path: Path) -> None:
    made = tmp_path / "withdrawal.html"
    made.write_text(page(), encoding="utf-8")
    for line in (
        "timeline --all --json",
        "casualties --json",
        "disputes --json",
        "sources --json",
    ):
        assert run(f"{line} --data {made}") == run(line)
    for line in ("export geojson", "export html"):
        exported = (run(f"{line} --data {made}").out, run(line).out)
        of_page, of_file = (
            re.sub(r"To repeat it: .*?, SHA-256 \w+\.", "", text) for text in exported
        )
        assert of_page == of_file


def test_a_chosen_part_still_carries_the_whole(
    page: Page, run: Run, write: Callable[..., str], tmp_path: Path
) -> None:
    made = tmp_path / "part.html"
    made.write_text(page("--match 'siege ends'", **LAND), encoding="utf-8")
    assert run(f"timeline --all --json --data {made}") == run(
        f"timeline --all --json --data {write(**LAND)}"
    )


NONE = "this page holds no dataset\nOnly pages of withdrawal export html have one."
UNSOUND = "the dataset in this page is damaged\nTake another copy of the page."
DAMAGED = b64encode(b"not a zlib stream").decode()
NOT_JSON = b64encode(compress(b"{")).decode()
UNKNOWN = b64encode(
    bz2.compress(b'[{"id":\x05__},\x05aa,\x04z,\x01abcde,\x03]\x0200000000')
).decode()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("<!doctype html><p>Hello", NONE),
        ("\ufeff \n<!DOCTYPE HTML><p>Hello", NONE),
        (f'<!doctype html><script type="{CARRIER}">{DAMAGED}</script>', UNSOUND),
        (f'<!doctype html><script type="{CARRIER}">%%</script>', UNSOUND),
        (f'<!doctype html><script type="{CARRIER}">{UNKNOWN}</script>', UNSOUND),
        (f'<!doctype html><script type="{CARRIER}">{NOT_JSON}</script>', "this is not JSON (Input data was truncated)"),
        ("<html><p>Hello", "this is not JSON (line 1: JSON is malformed: invalid character)"),
    ],
)  # fmt: skip
def test_a_page_without_a_sound_dataset_is_refused(
    run: Run, tmp_path: Path, content: str, problem: str
) -> None:
    file = tmp_path / "page.html"
    file.write_text(content, encoding="utf-8")
    outcome = run(f"timeline --data {file}")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"withdrawal: {file}: {problem}\n")


def test_a_page_is_checked_as_a_file_is(page: Page, run: Run, tmp_path: Path) -> None:
    made = tmp_path / "land.html"
    made.write_text(page(**LAND), encoding="utf-8")
    assert run(f"check {made} --json").code == 0
    made.write_text("<!doctype html>", encoding="utf-8")
    assert [row["problem"] for row in json.loads(run(f"check {made} --json").out)] == [
        "this page holds no dataset"
    ]


# --- what is written -----------------------------------------------------------------------------


def test_foreign_text_is_text(page: Page) -> None:
    hostile = "<img src=x onerror=alert(1)>\"'&amp; \x1b[31m \u202e {{ 7 * 7 }}"
    events = [
        event("hostile", summary=hostile, points=[hostile], citations=LOCATED) | {"title": hostile}
    ]
    text = page(**{**LAND, "events": events, "estimates": [], "disputes": []})
    assert "<img" not in text
    assert not {"\x1b", "\u202e"} & set(text)
    assert "&lt;img src=x onerror=alert(1)&gt;\"'&amp;amp; \ufffd[31m \ufffd {{ 7 * 7 }}" in text
    assert 'href="javascript:' not in text
    assert "javascript:alert(1)" in text


def test_what_was_chosen_and_of_what_stands_on_the_page(page: Page) -> None:
    text = page("--match 'siege ends'", **LAND)
    assert (
        f"A small war, data 1.0.0 of 2020-01-01, CC0-1.0; made by withdrawal {__version__}, chosen with --match 'siege ends'. "
        f"To repeat it: withdrawal export html --match 'siege ends' --data war.json ({__version__})."
        in text
    )
    assert "1 of 2 events" in text
    assert Reading(text).ids["event-siege-ends"] == 1
    assert Reading(text).ids["event-siege-begins"] == 0


def test_the_page_says_how_to_cite_it(page: Page, run: Run, write: Callable[..., str]) -> None:
    data = write(**LAND)
    citation = run(f"cite --self --data {data} -f text").out.splitlines()[0]
    assert f"<p>To cite it: {citation} For a figure" in page(**LAND)


def test_a_figure_without_a_number_says_what_it_counts_first(page: Page) -> None:
    text = page(**LAND)
    assert "<li><a href=#estimate-dead-by-paper>dead: dozens</a>" in text
    assert "<li><a href=#estimate-dead-by-book>20 dead</a>" in text


def test_each_claim_has_its_sources_with_the_locator(page: Page) -> None:
    text = page(**LAND)
    sources = (
        "<small>(<a href=#source-the-book>Roe 1950</a>, p. 7; "
        "<a href=#source-the-paper>The Paper n.d.-b</a>)</small>"
    )
    assert f"They came. {sources}" in text
    assert "<b class=preferred>Preferred:</b> Counted. <small>" in text
    assert "<b class=aside>Set aside:</b> Rumour. <small>" in text


def test_the_story_opens_the_page(page: Page) -> None:
    text = page(**LAND)
    header, _, rest = text.partition("</header>")
    assert "<p class=lede>They came and left. <small>(<a href=#source-the-book>" in header
    assert "<p>Many died.<p" in rest.partition("</section>")[0]


def test_the_parts_of_the_page_stand_in_the_order_that_the_page_on_formats_names(
    page: Page,
) -> None:
    rival = {"id": "dead-by-poet", "measure": "dead", "best": 90, "dispute": "how-many-died"}
    key = {"measure": "dead", "importance": "key"}
    voices = [
        {"id": f"book-{side}", "type": "book", "title": side, "perspective": side}
        for side in ("redcoats", "townsfolk")
    ]
    text = page(
        **LAND
        | {
            "sources": [*LAND["sources"], *voices],
            "events": LAND["events"]
            + [
                event(f"told-{source['perspective']}", citations=[{"source": source["id"]}])
                for source in voices
            ],
            "estimates": [*LAND["estimates"], rival]
            + [key | {"id": f"dead-{number}", "best": number} for number in range(9)],
        }
    )
    header, _, rest = text.partition("</header>")
    opening = ["class=lede", "class=facts", "id=strip"]
    assert sorted(opening, key=header.index) == opening
    facts = header.split("class=facts")[1].split("</ul>")[0]
    assert facts.count("<li>") == 3
    assert "</a> <em>Sources disagree. About 20.</em>" in facts
    assert re.findall(r"<section id=([\w-]+)", rest) == [
        *("overview", "drawdown", "map", "timeline", "disputes", "voices", "casualties"),
        *("others", "people", "organizations", "places", "glossary", "sources"),
    ]


def test_an_event_says_why_it_mattered_and_what_it_follows_from_once(page: Page) -> None:
    text = page(**LAND)
    assert "<p class=significance>It began the war.<p>" in text
    assert "Follows from: <a href=#event-siege-begins>Siege begins</a>" in text
    assert text.count("See also") == 1  # of the first event, to the second
    assert "<li><a href=#event-siege-ends>Siege ends</a>" in text


def test_a_cause_that_was_not_chosen_is_not_on_the_page(page: Page) -> None:
    assert "Follows from" not in page("--match 'siege ends'", **LAND)


def test_key_questions_come_first_each_with_its_short_answer(page: Page) -> None:
    minor = {"id": "which-wall", "title": "Which wall?", "importance": "detail"}
    plain = {"id": "which-day", "title": "Which day?"}
    text = page(**{**LAND, "disputes": [minor, plain, *LAND["disputes"]]})
    order = [name for name in Reading(text).ids if name.startswith("dispute-")]
    assert order == ["dispute-how-many-died", "dispute-which-day", "dispute-which-wall"]
    assert "<li id=dispute-how-many-died class=key>" in text
    assert "<h3><span>How many died?</span> About 20.</h3>" in text
    assert "<h3>Which wall?</h3>" in text


@pytest.mark.parametrize("marked", [False, True])
def test_questions_are_more_only_than_key_ones(page: Page, marked: bool) -> None:
    figures = [
        {"id": f"men-{side}-{number}", "measure": "strength", "side": "redcoats", "best": number,
         "dispute": f"question-{number}"}
        for number in range(5)
        for side in ("left", "right")
    ]  # fmt: skip
    disputes = [
        {"id": f"question-{number}", "title": f"How many were there at stop {number}?"}
        for number in range(5)
    ]
    if marked:
        disputes[0] |= {"importance": "key", "short_answer": "None."}
    text = page(**{**LAND, "estimates": figures, "disputes": disputes})
    section = text.split("<section id=disputes")[1].split("</section>")[0]
    assert ("<summary>4 more questions" in section) == marked
    assert ("<details class=more" in section) == marked


def test_key_figures_are_marked(page: Page) -> None:
    rows = re.findall(r"<tr id=estimate-([\w-]+) class=key", page(**LAND))
    assert rows == ["dead-by-book"]


def test_the_glossary_explains_terms(page: Page) -> None:
    text = page(**LAND)
    assert "<li><a href=#glossary>Glossary</a>" in text
    assert "<li id=term-sap-trench><h3>Sap</h3><p class=quiet>Also Zap<p>" in text
    assert "<p>A trench to the wall. <small>(" in text
    assert "href=#glossary" not in page(**{**LAND, "terms": []})


def test_a_term_leads_to_the_glossary_where_it_is_first_used(page: Page) -> None:
    story = [{"text": "A sap, a Sap and a Zapper."}]
    text = page(**{**LAND, "dataset": {**LAND["dataset"], "story": story}})
    assert (
        "<p class=lede>A sap, a <a class=term href=#term-sap-trench>Sap</a> and a Zapper.<" in text
    )


def test_a_position_says_how_exact_it_is(page: Page) -> None:
    assert "51.5, 1.0 (somewhere in the district)" in page(**LAND)


def test_doubt_has_the_marks_of_the_screen(page: Page) -> None:
    text = page(**LAND)
    assert "Nobody knows. <i>? less certain</i>" in text
    assert "<i>?? uncertain</i>" in text


@pytest.mark.parametrize(
    ("when", "heading"),
    [
        ("1899", "Before the first phase"),
        ("1900-04", "After the last phase"),
        ("1899/1901", "Before the first phase"),
        ("../1899", "Before the first phase"),
    ],
)
def test_events_outside_the_phases_stand_before_or_after_them(
    page: Page, when: str, heading: str
) -> None:
    lone = event("alone", when, citations=LOCATED)
    assert f"<h3>{heading}</h3>" in page(
        **{**LAND, "events": [lone], "estimates": [], "disputes": []}
    )


# --- pictures ------------------------------------------------------------------------------------


def small(write: Callable[..., str], **arrays: object) -> Dataset:
    return load_dataset(write(**{**LAND, **arrays}))


def test_the_chart_draws_what_sources_say_and_nothing_between(write: Callable[..., str]) -> None:
    chart = strength_chart(small(write))
    assert chart is not None
    (first, _), (last, _) = chart.marks
    assert (first.estimate.id, last.estimate.id) == ("men-at-first", "men-at-last")
    assert first.left == first.right
    assert first.low is not None
    assert first.best is not None
    assert first.high is not None
    assert first.low > first.best > first.high
    assert last.right > last.left
    assert (last.best, last.high) == (None, None)
    assert [tick.text for tick in chart.figure_ticks] == [
        "0",
        "200",
        "400",
        "600",
        "800",
        "1,000",
        "1,200",
    ]
    assert [(gap.silence.after.isoformat(), gap.silence.days) for gap in chart.gaps] == []


def test_the_chart_shows_where_the_record_is_silent(write: Callable[..., str]) -> None:
    chart = strength_chart(small(write, estimates=LAND["estimates"][:1]))
    assert chart is not None
    [gap] = chart.gaps
    assert (gap.silence.days, gap.left, gap.right) == (89, chart.bounds[0], chart.bounds[1])


def test_a_label_of_the_chart_is_nearest_to_its_own_mark(write: Callable[..., str]) -> None:
    figures = [
        {"id": f"men-{number}", "measure": "strength", "side": "redcoats", "date": "1900-01-01",
         **numbers}
        for number, numbers in enumerate(
            [{"low": 1150, "high": 1200}, {"best": 1150}, {"best": 1100}, {"best": 1050},
             {"best": 1003}]
        )
    ]  # fmt: skip
    for dataset in (small(write, estimates=figures, disputes=[]), load_dataset()):
        for shape in ("landscape", "portrait"):
            chart = strength_chart(dataset, shape)
            assert chart is not None
            for mark, label in chart.marks:
                if label is None:
                    continue
                middle = label.y - 4
                away = {
                    other.estimate.id: min(abs(height - middle) for height in other.heights)
                    for other, _ in chart.marks
                    if other.left == mark.left
                }
                assert away[mark.estimate.id] <= min(away.values()) + 2, (label, away)
    chart = strength_chart(load_dataset())
    assert chart is not None
    assert "0" in [label and label.text for _, label in chart.marks]


@pytest.mark.parametrize(
    "fields",
    [
        {"subject": "1800"},
        {"subject": "1900-01-01/.."},
        {"belligerents": []},
        {"subject": "1900-02"},
    ],
)
def test_without_a_figure_in_the_time_of_the_subject_there_is_no_chart(
    write: Callable[..., str], fields: dict[str, object]
) -> None:
    assert strength_chart(small(write, dataset={**ABOUT, **LAND["dataset"], **fields})) is None


@pytest.mark.parametrize("subject", ["0001-01-01", "9999-12-31", "0001/9999"])
def test_a_chart_can_lie_at_either_end_of_time(write: Callable[..., str], subject: str) -> None:
    day = "0001-01-01" if "/" in subject else subject
    estimates = [
        {"id": "men-then", "measure": "strength", "side": "redcoats", "date": day, "best": 0}
    ]
    chart = strength_chart(
        small(write, dataset={**LAND["dataset"], "subject": subject}, estimates=estimates)
    )
    assert chart is not None
    assert 1 <= len(chart.date_ticks) <= 12


def test_the_map_has_north_above_and_east_to_the_right_and_the_names_of_places(
    write: Callable[..., str],
) -> None:
    dataset = small(write)
    drawing = draw_map(sketch_map(dataset, dataset.events))
    assert drawing is not None
    [spot] = drawing.spots
    assert spot.label is not None
    assert (spot.row.name, spot.label.text) == ("Old Town", "Old Town")
    east, north = re.findall(r"l([\d.]+) 0 0(-[\d.]+)-\1 0 0 ", drawing.outline[0].path)[0]
    assert float(east) > 0
    three_degrees = -float(north)
    assert drawing.bar_text == "50 km"
    assert drawing.bar_length == pytest.approx(three_degrees * 50 / 333.6, abs=0.1)


def test_no_map_is_drawn_of_nothing(write: Callable[..., str]) -> None:
    dataset = load_dataset(write(events=[event("one")]))
    assert draw_map(sketch_map(dataset, dataset.events)) is None


def test_the_map_shows_the_neighbours_behind_the_outline(write: Callable[..., str]) -> None:
    neighbour = {"name": "Far Land", "outline": "POLYGON ((4 50, 8 50, 8 53, 4 53, 4 50))",
                 "latitude": 51.0, "longitude": 3.9}  # fmt: skip
    dataset = small(write, dataset={**LAND["dataset"], "neighbours": [neighbour]})
    drawing = draw_map(sketch_map(dataset, dataset.events))
    assert drawing is not None
    assert [(line.name, line.label is not None) for line in drawing.neighbours] == [
        ("Far Land", True)
    ]


def test_names_on_the_map_keep_off_the_routes(write: Callable[..., str]) -> None:
    places = [
        {"id": f"stop-{number}", "name": f"Stop {number}", "latitude": 51.5, "longitude": number}
        for number in range(1, 4)
    ]
    dataset = small(
        write,
        places=places,
        routes=[{"id": "the-road", "name": "Road", "places": [place["id"] for place in places]}],
        events=[event("march", places=[place["id"] for place in places])],
        estimates=[],
        disputes=[],
    )
    drawing = draw_map(sketch_map(dataset, dataset.events))
    assert drawing is not None
    drawn = [*(spot.label for spot in drawing.spots), *(road.label for road in drawing.routes)]
    labels = [label for label in drawn if label]
    assert len(labels) >= 3
    road = drawing.spots[0].y
    on_road = [label for label in labels if label.y - 10 < road < label.y]
    # the ends of the road have room beyond them
    assert all(
        (label.anchor == "end" and label.x < min(spot.x for spot in drawing.spots))
        or (label.anchor == "start" and label.x > max(spot.x for spot in drawing.spots))
        for label in on_road
    )


def test_a_route_keeps_its_name_among_towns_with_long_names(write: Callable[..., str]) -> None:
    towns: list[dict[str, Any]] = [
        {"id": f"town-{column}-{row}", "name": f"The Free and Royal Town of Number {column}{row}",
         "latitude": 51.5 - row / 25, "longitude": (1.1, 2)[column]}
        for row in range(-1, 6)
        for column in range(2)
    ]  # fmt: skip
    dataset = small(
        write,
        places=[*towns, {"id": "south", "name": "South", "latitude": 51, "longitude": 2.1},
                {"id": "north", "name": "North", "latitude": 52, "longitude": 2.1}],
        routes=[{"id": "the-road", "name": "The old road: from end to end",
                 "places": ["south", "town-1-0", "north"]}],
        events=[event("fight", "1900-02", places=[town["id"] for town in towns])],
        estimates=[], disputes=[],
    )  # fmt: skip
    drawing = draw_map(sketch_map(dataset, dataset.events))
    assert drawing is not None
    assert [route.label and route.label.text for route in drawing.routes] == ["The old road"]
    assert sum(spot.label is not None for spot in drawing.spots) >= 5


@pytest.mark.parametrize("shape", ["landscape", "portrait", "print"])
def test_the_place_with_the_most_events_is_named_whatever_the_width(shape: str) -> None:
    dataset = load_dataset()
    drawing = draw_map(sketch_map(dataset, dataset.events), shape)
    assert drawing is not None
    most = max(drawing.spots, key=lambda spot: len(spot.row.events))
    assert most.label is not None


def test_a_figure_in_another_unit_says_what_it_counts_first(page: Page) -> None:
    figures = [
        {"id": "tanks-lost", "measure": "equipment", "unit": "tanks", "best": 5},
        {"id": "guns-taken", "measure": "guns", "unit": "guns and mortars", "best": 6},
    ]
    text = page(**{**LAND, "estimates": [figure | {"event": "siege-begins"} for figure in figures]})
    assert "<a href=#estimate-tanks-lost>equipment: 5 tanks</a>" in text
    assert "<a href=#estimate-guns-taken>6 guns and mortars</a>" in text


def test_names_on_the_strip_are_whole_where_there_is_room(write: Callable[..., str]) -> None:
    title = "The regiment leaves the town by the old road to the north"
    dataset = small(write, events=[event("leave", "1900-01-20", importance="key") | {"title": title}],
                    estimates=[], disputes=[])  # fmt: skip
    labels = []
    for width in (1100, 360):
        strip = draw_strip(dataset, dataset.events, width)
        assert strip is not None
        labels += [mark.label and mark.label.text for mark in strip.keys]
    assert labels == [title, "The regiment leaves the town by…"]


def test_the_phone_has_drawings_of_its_own(write: Callable[..., str]) -> None:
    dataset = small(write)
    chart = strength_chart(dataset, "portrait")
    drawing = draw_map(sketch_map(dataset, dataset.events), "portrait")
    assert chart is not None
    assert drawing is not None
    assert (chart.width, drawing.width) == (360, 380)
    assert chart.height > chart.width


def test_the_strip_has_a_mark_for_each_event_in_its_place(write: Callable[..., str]) -> None:
    events = [
        event("first-day", "1900-01-01", importance="key"),
        *(event(f"same-day-{number}", "1900-02-01") for number in range(3)),
        event("all-march", "1900-02-15/1900-03-31"),
        event("long-after", "1950"),
    ]
    dataset = small(write, events=events, estimates=[], disputes=[])
    strip = draw_strip(dataset, dataset.events, 1100)
    assert strip is not None
    assert [mark.event.id for mark in strip.keys] == ["first-day"]
    assert strip.keys[0].label is not None
    [height] = re.findall(r"^M[\d.]+ [\d.]+v-([\d.]+)$", strip.dots)
    assert float(height) == pytest.approx(2 * strip.dot_step, abs=0.2)
    assert len(re.findall("H", strip.lines)) == 1
    assert (strip.before, strip.after) == (0, 1)
    assert [band.phase.id for band in strip.bands] == ["the-siege", "the-end"]


def test_an_event_that_began_long_before_is_not_marked_in_the_middle(
    write: Callable[..., str],
) -> None:
    about = {**LAND["dataset"], "subject": "1900-03"}
    phases = [{"id": "all-of-it", "title": "All of it", "date": "1899/1902"}]
    events = [
        event("arms-come", "1899-03/1901", importance="key"),
        event("army-marches", "1900-02-27/1900-04-01", importance="key"),
    ]
    dataset = small(write, dataset=about, phases=phases, events=events, estimates=[], disputes=[])
    strip = draw_strip(dataset, dataset.events, 1100)
    assert strip is not None
    first, last = strip.keys
    assert first.x < 10
    assert 300 < last.x < 800


def test_names_end_or_begin_at_what_they_name_in_every_typeface(write: Callable[..., str]) -> None:
    events = [event(f"day-{day}", f"1900-{day}", importance="key") for day in ("01-02", "03-30")]
    dataset = small(write, events=events, estimates=[], disputes=[])
    strip = draw_strip(dataset, dataset.events, 360)
    assert strip is not None
    labels = [(mark.label and (mark.label.anchor, mark.label.x - mark.x)) for mark in strip.keys]
    assert labels == [("start", 4), ("end", -4)]


def test_dates_at_the_edge_of_a_strip_are_whole(page: Page) -> None:
    about = {**LAND["dataset"], "subject": "1900-01-01/1900-03-02"}
    events = [*LAND["events"], event("army-rests", "1900-02-10")]
    text = page(**{**LAND, "dataset": about, "phases": [], "events": events})
    strips = re.findall(r"<svg class=.strip.*?</svg>", text, flags=re.DOTALL)
    assert len(strips) == 3
    for strip in strips:
        [width] = re.findall(r'viewBox="0 0 (\d+)', strip)
        ticks = re.findall(
            r'<text x="?([\d.]+)"? y="?[\d.]+"? class="?tick( end)?"?>([^<]*)', strip
        )
        assert ticks
        for x, ends, text in ticks:
            assert float(x) + (0 if ends else 6 * len(text)) <= int(width)


@pytest.mark.parametrize("when", ["0001-01-01", "9999-12-31", "../1900", "19XX", "1900/.."])
def test_a_strip_can_be_of_one_event_anywhere(write: Callable[..., str], when: str) -> None:
    about = {**ABOUT, "subject": when if ".." not in when else "1900"}
    dataset = load_dataset(write(dataset=about, events=[event("alone", when)]))
    strip = draw_strip(dataset, dataset.events, 360)
    assert strip is not None
    assert len(re.findall("v|H", strip.dots + strip.lines)) <= 1


def test_one_event_is_told_and_not_drawn(page: Page) -> None:
    text = page(events=[event("alone", "1900-01-01")])
    assert "<figure id=strip" not in text
    assert (
        text.count("Made by hand for the tests.</") + text.count(">Made by hand for the tests.\n")
        == 1
    )


def test_nothing_to_draw_makes_no_strip(write: Callable[..., str]) -> None:
    assert draw_strip(load_dataset(write()), [], 360) is None


def test_rivals_stand_on_one_scale(write: Callable[..., str]) -> None:
    figures = [
        {"id": "by-book", "best": 20, "rank": "preferred", "reason": "Counted."},
        {"id": "by-paper", "low": 10, "high": 40},
        {"id": "by-poet", "low": 30},
        {"id": "in-guns", "best": 3, "unit": "guns"},
    ]
    estimates = [{"measure": "dead", "dispute": "how-many-died"} | figure for figure in figures]
    dataset = small(write, estimates=estimates)
    plot = draw_plot(disagreement(dataset, dataset.disputes[0]))
    assert plot is not None
    assert (plot.first, plot.last) == ("0", "40")
    assert plot.bars["by-book"].dot == 50
    assert plot.bars["by-paper"].range == (25.5, 99)
    assert plot.bars["by-poet"].is_open
    assert "in-guns" not in plot.bars


# --- what the page opens with, and what it leaves out ---------------------------------------------


def facts(dataset: Dataset) -> list[tuple[str, str]]:
    found = headline_facts(dataset, summarize_overview(dataset))
    return [(fact.figure, fact.about) for fact in found]


def test_the_page_opens_with_the_change_of_strength_and_the_disputed_dead(
    write: Callable[..., str],
) -> None:
    key = {"importance": "key", "measure": "strength", "side": "redcoats"}
    estimates = [
        key | {"id": "men-at-first", "date": "1900-01-01", "best": 1000},
        key | {"id": "men-at-last", "date": "1900-03-31", "best": 0},
        {"id": "dead-by-book", "measure": "dead", "best": 20, "dispute": "how-many-died",
         "importance": "key"},
        {"id": "dead-by-paper", "measure": "dead", "best": 90, "dispute": "how-many-died"},
    ]  # fmt: skip
    dataset = small(write, estimates=estimates)
    assert facts(dataset) == [("1,000 → 0", "men-at-first"), ("20 to 90", "how-many-died")]


def test_two_figures_of_one_day_are_no_change(write: Callable[..., str]) -> None:
    key = {"importance": "key", "measure": "strength", "side": "redcoats", "date": "1900-01-01"}
    dataset = small(
        write,
        estimates=[key | {"id": "men-some", "best": 3}, key | {"id": "men-more", "best": 5}],
    )
    assert [figure for figure, _ in facts(dataset)] == ["5", "3"]


def test_a_history_without_figures_opens_without_facts(page: Page) -> None:
    assert "class=facts" not in page(events=[event("alone")])


def test_a_choice_keeps_only_what_it_cites_and_touches(page: Page) -> None:
    lone = event("alone", "1950", people=["joe-bloggs"], citations=[{"source": "the-other"}])
    arrays = {
        **LAND,
        "events": [*LAND["events"], lone],
        "people": [*LAND["people"], {"id": "joe-bloggs", "name": "Joe Bloggs"}],
        "sources": [*LAND["sources"], {"id": "the-other", "type": "book", "title": "Other"}],
    }
    everything, chosen = set(Reading(page(**arrays)).ids), set(Reading(page("--key", **arrays)).ids)
    left_out = {name for name in everything - chosen if name.startswith(("person", "source"))}
    assert left_out == {"person-joe-bloggs", "source-the-other", "source-the-paper-two"}
    alone = set(Reading(page("--during 1950", **arrays)).ids)
    assert {"person-joe-bloggs", "source-the-other", "event-alone"} <= alone
    assert "organization-the-guard" not in alone
    assert {"estimate-men-at-first", "estimate-men-at-last"} <= alone  # the strength over time


def test_a_page_says_whose_word_it_is(run: Run, write: Callable[..., str], tmp_path: Path) -> None:
    made = tmp_path / "known.html"
    assert run(f"export html --known-by 1950 --data {write(**LAND)} -o {made}").code == 0
    text = made.read_text(encoding="utf-8")
    assert "As known on 31 Dec 1950" in text
    assert "id=source-the-paper>" not in text


def test_search_engines_and_reference_managers_find_the_dataset(page: Page) -> None:
    about = {**LAND["dataset"], "title": "War </script><b>", "authors": ["Roe, Jo"]}
    text = page(**{**LAND, "dataset": about})
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found
    assert json.loads(found[1])["name"] == "War </script><b>"
    assert json.loads(found[1])["temporalCoverage"] == "1899/1901"
    assert '<meta name=DC.creator content="Roe, Jo">' in text
    assert '<meta property="og:title" content="War &lt;/script&gt;&lt;b&gt;">' in text


# --- the data, whose texts the page has already ---------------------------------------------------


def test_a_page_that_a_browser_wrote_anew_is_read(page: Page, run: Run, tmp_path: Path) -> None:
    made = tmp_path / "saved.html"
    text = page(**LAND).replace("=event-siege-begins", '="event-siege-begins"')
    made.write_text(text.replace("They came. <small>", "They came.  \n<small>"), encoding="utf-8")
    assert run(f"show siege-begins --json --data {made}").code == 0


def test_a_page_whose_texts_were_changed_is_damaged(page: Page, run: Run, tmp_path: Path) -> None:
    made = tmp_path / "changed.html"
    text = page(**{**LAND, "events": [event("siege-begins", summary="They came by night in boats.")],
                   "estimates": [], "disputes": []})  # fmt: skip
    made.write_text(text.replace("They came by night", "They left by night"), encoding="utf-8")
    outcome = run(f"timeline --data {made}")
    assert outcome.code == 1
    assert "the dataset in this page is damaged" in outcome.err


def test_texts_that_look_like_references_come_back(run: Run, page: Page, tmp_path: Path) -> None:
    odd = '\\u0001ABCDEFG and a "quoted" text of some length & <b>markup</b>'
    events = [event("odd-one", summary=odd), event("odd-two", summary=f"  {odd}\n{odd}")]
    made = tmp_path / "odd.html"
    made.write_text(page(events=events), encoding="utf-8")
    rows = json.loads(run(f"timeline --all --json --data {made}").out)
    assert [row["summary"] for row in rows] == [item["summary"] for item in events]


def test_the_data_is_base64_of_bzip2_of_json_in_which_texts_of_the_page_are_references(
    page: Page,
) -> None:
    said = "They came by night, over the wall."
    arrays = LAND | {
        "events": [event("siege-begins", summary=said)],
        "estimates": [],
        "disputes": [],
    }
    text = page(**arrays)
    found = re.search(f'<script type="?{CARRIER}"?>([^<]+)<', text)
    assert found
    document = bz2.decompress(b64decode(found[1], validate=True))
    assert document.startswith(b'{"dataset":{"id":"a-small-war",')
    assert said in text
    assert said.encode() not in document


def test_a_large_dataset_is_carried_as_it_is(run: Run, page: Page, tmp_path: Path) -> None:
    """To find what a page of megabytes says twice took longer than the rest of the export."""
    events = [event(f"event-{n}", summary=f"Told by {n}. " * 40) for n in range(1_000, 9_000)]
    made = tmp_path / "large.html"
    made.write_text(page(events=events), encoding="utf-8")
    carried = re.search(f'<script type="?{CARRIER}"?>([^<]+)<', made.read_text("utf-8"))
    assert carried
    document = json.loads(decompress(b64decode(carried[1])))
    assert document["events"][-1]["summary"] == events[-1]["summary"]
    assert json.loads(run(f"timeline --all --json --data {made}").out)[-1]["id"] == "event-8999"


def test_two_sides_stand_beside_each_other(page: Page) -> None:
    sources = [
        {"id": f"book-{side}", "type": "book", "title": side, "perspective": side}
        for side in ("reds", "blues")
    ]
    text = page(
        sides=[{"id": "reds", "name": "The Reds"}, {"id": "blues", "name": "The Blues"}],
        sources=sources,
        events=[
            event("parade", citations=[{"source": "book-reds"}]),
            event("famine", "1900-02-01", citations=[{"source": "book-blues"}]),
        ],
    )
    told = text.split("<section id=voices")[1].split("</details>")[0]
    months = re.findall(r"<h3>(\w+ \d+)</h3>(.*?)</section>", told, re.DOTALL)
    assert [month for month, _ in months] == ["Jan 1900", "Feb 1900"]
    assert [("Parade" in told, "Silent" in told) for _, told in months] == [
        (True, True), (False, True),
    ]  # fmt: skip


def test_one_side_alone_is_not_compared(page: Page) -> None:
    assert "id=voices" not in page(**LAND)
