"""What `export html` shows: the chosen events, and what they cite and touch."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from string import ascii_lowercase
from typing import Any

from withdrawal_cli.dates import Period
from withdrawal_cli.exports import Selection
from withdrawal_cli.exports.chart import SIZES as CHART_SIZES
from withdrawal_cli.exports.chart import Chart, strength_chart
from withdrawal_cli.exports.map_drawing import PAGE_SHAPES, MapDrawing, draw_map
from withdrawal_cli.exports.plots import Plot, draw_plot
from withdrawal_cli.exports.strip import WIDTHS, Strip, draw_strip
from withdrawal_cli.formats.citations.text import plain, reference
from withdrawal_cli.model import (
    CASUALTIES,
    KINDS,
    MEASURES,
    Dataset,
    Estimate,
    Event,
    Phase,
    Source,
    Term,
    grouped,
)
from withdrawal_cli.queries.casualties import Section, summarize_casualties
from withdrawal_cli.queries.citing import cite_self
from withdrawal_cli.queries.compare import Comparison, compare_events, leading_sides
from withdrawal_cli.queries.disputes import Disagreement, summarize_disputes
from withdrawal_cli.queries.facts import Fact, headline_facts
from withdrawal_cli.queries.filters import Filters
from withdrawal_cli.queries.glossing import Glossary
from withdrawal_cli.queries.lists import (
    SourceRow,
    bibliographic_order,
    sortable,
    summarize_list,
)
from withdrawal_cli.queries.map import MapRow, sketch_map
from withdrawal_cli.queries.overview import Overview, summarize_overview
from withdrawal_cli.queries.strength import Series, summarize_strength
from withdrawal_cli.queries.timeline import chapters
from withdrawal_cli.queries.touched import touched
from withdrawal_cli.values import Value
from withdrawal_cli.wording import number, short_source

WORDS = {key: word for word, key in KINDS.items() if key not in ("sides", "routes", "phases")}
"""The kinds of record that links lead to, and the word that begins their anchors."""

FEW = 12
"""The people, places and so on that are shown at once; the others are one click away."""


class Chapter(Value):
    """Events under one heading."""

    phase: Phase | None
    "`None` for events outside every phase."
    continued: bool
    heading: str
    key: Sequence[Event]
    rest: Sequence[Event]
    "The other events, which are folded; a short chapter has them all in `key`."


class Shown(Value):
    """A list of records, the most important of which are shown at once."""

    first: Sequence[Any]
    rest: Sequence[Any]

    @property
    def count(self) -> int:
        return len(self.first) + len(self.rest)


class Page(Value):
    """All that the templates read, under the name `page`."""

    selection: Selection
    dataset: Dataset
    "What the chosen events cite and touch."
    citation: str
    "How to cite the dataset."
    card: Overview
    "Of the whole file."
    facts: Sequence[Fact]
    strips: Sequence[Strip]
    "One for each width of screen; none without a dated event."
    charts: Mapping[str, Chart]
    "By shape; none without a figure to draw."
    finding: str
    "What the chart shows, as its title."
    maps: Mapping[str, MapDrawing]
    "By shape; none if nothing has a position."
    places_of_events: Sequence[MapRow]
    "In order of the first event there."
    categories: Sequence[str]
    "Those that a chosen event has."
    chapters: Sequence[Chapter]
    strength: Sequence[Series]
    casualties: Sequence[Section]
    other_figures: Sequence[tuple[str, Sequence[Estimate]]]
    "Those that count neither losses nor strength, by measure."
    figures_of: Mapping[str, Sequence[Estimate]]
    "The figures of each event that has some, by its id."
    disputes: Mapping[str, Sequence[Disagreement]]
    "By importance, without those that no dispute has."
    people: Shown
    organizations: Shown
    places: Shown
    terms: Sequence[Term]
    "By name."
    sources: Sequence[SourceRow]
    "By label."
    source_labels: Mapping[str, str]
    "A short label for each source, by id; no two are alike."
    anchors: Mapping[str, str]
    "`event-ID`, `source-ID` and so on for each record on the page, by id."
    glossary: Glossary
    voices: Comparison | None
    "The two sides that most sources speak for, side by side; none without two such sides."

    def name(self, identifier: str) -> str:
        return self.dataset.name(identifier)

    def disputes_of(self, identifier: str) -> Sequence[str]:
        return self.dataset.disputes_of.get(identifier, ())

    def events(self, ids: Iterable[str], without: Iterable[str] = ()) -> list[Event]:
        """Return those of the events that are on the page, in order of date."""
        left_out = set(without)
        found = (self.dataset.by_id.get(name) for name in ids if name not in left_out)
        events = [item for item in found if isinstance(item, Event)]
        return sorted(events, key=lambda item: item.date.order)

    def plot(self, question: Disagreement) -> Plot | None:
        return draw_plot(question)


def make_page(selection: Selection) -> Page:
    """Return what the page of the selection shows."""
    whole, events = selection.dataset, selection.events
    card = summarize_overview(whole)
    dataset = touched(whole, events, card)
    everything = Filters(all=True)
    sketch = sketch_map(dataset, events)
    labels = source_labels(dataset.sources)
    sources = summarize_list(dataset, "sources", {}).rows
    used_categories = {event.category for event in events}
    charts = {shape: strength_chart(whole, shape) for shape in CHART_SIZES}
    maps = {shape: draw_map(sketch, shape) for shape in PAGE_SHAPES}
    found = list(make_chapters(whole, events))
    # one or two events are easier to read than to draw
    strips = [draw_strip(whole, events, width) for width in WIDTHS] if len(events) > 2 else []
    return Page(
        selection=selection,
        dataset=dataset,
        citation=plain(reference(cite_self(whole)[0])),
        card=card,
        facts=headline_facts(whole, card),
        strips=[strip for strip in strips if strip],
        charts={shape: chart for shape, chart in charts.items() if chart},
        finding=finding(card),
        maps={shape: drawing for shape, drawing in maps.items() if drawing},
        places_of_events=sketch.rows,
        categories=[name for name in whole.categories if name in used_categories],
        chapters=found,
        strength=summarize_strength(dataset, everything, every_side=True).series,
        casualties=summarize_casualties(dataset, everything).sections,
        other_figures=other_figures(dataset),
        figures_of=grouped((item.event, item) for item in dataset.estimates if item.event),
        disputes=grouped(
            (question.dispute.importance, question)
            for question in summarize_disputes(dataset, key_first=True, every=True).found
        ),
        people=shown_first(dataset, "people"),
        organizations=shown_first(dataset, "organizations"),
        places=shown_first(dataset, "places"),
        terms=sorted(dataset.terms, key=lambda term: sortable(term.name)),
        sources=sorted(sources, key=lambda row: sortable(labels[row.id])),
        source_labels=labels,
        anchors={
            item.id: f"{word}-{item.id}"
            for key, word in WORDS.items()
            for item in getattr(dataset, key)
        }
        | {item.phase.id: f"phase-{item.phase.id}" for item in found if item.phase},
        glossary=Glossary(dataset.terms),
        voices=two_voices(dataset, events),
    )


def two_voices(dataset: Dataset, events: Sequence[Event]) -> Comparison | None:
    """Return what the two sides with the most sources tell of events in the subject's time."""
    sides = leading_sides(dataset)
    if len(sides) < 2:
        return None
    subject = Period.of(dataset.metadata.subject)
    told = compare_events(
        dataset, sides[0], sides[1], [one for one in events if subject.overlaps(one.date)]
    )
    return told if all(told.events) else None


def finding(card: Overview) -> str:
    """Return the chart's title: how the strength of the leading side changed."""
    side = card.belligerents[0] if card.belligerents else None
    own = [row for row in card.strength if side and row.side == side.side and row.best is not None]
    if not side or len(own) < 2 or own[0].date == own[-1].date:
        return "Strength over time"
    days = f" in {number(card.days)} days" if card.days else ""
    change = f"from {number(own[0].best or 0)} to {number(own[-1].best or 0)}{days}"
    return f"{side.name}: {change}"


def make_chapters(dataset: Dataset, events: Iterable[Event]) -> Iterator[Chapter]:
    """Yield the events under the phases in which they begin, the key ones apart."""
    days = [phase.date.order for phase in dataset.phases]
    first = min((start for start, _ in days), default=date.min)
    last = max((end for _, end in days), default=date.max)
    for chapter in chapters(dataset, events):
        if chapter.phase:
            heading = chapter.phase.title + (", continued" if chapter.continued else "")
        elif not dataset.phases:
            heading = "In order of date"
        elif _beginning(chapter.events[-1]) < first:
            heading = "Before the first phase"
        elif _beginning(chapter.events[0]) > last:
            heading = "After the last phase"
        else:
            heading = "Outside the phases"
        key = [event for event in chapter.events if event.importance == "key"]
        rest = [event for event in chapter.events if event.importance != "key"]
        few = len(chapter.events) <= FEW // 2
        yield Chapter(
            phase=chapter.phase,
            continued=chapter.continued,
            heading=heading,
            key=chapter.events if few else key,
            rest=() if few else rest,
        )


def _beginning(event: Event) -> date:
    return event.date.earliest or event.date.latest or date.max


def shown_first(dataset: Dataset, key: str) -> Shown:
    """Return the records of an array, those that most key events name first.

    If there are few, all of them are shown.
    """
    rows = summarize_list(dataset, key, {}).rows
    if len(rows) <= FEW + FEW // 2:
        return Shown(first=rows, rest=())
    named = Counter(
        name
        for event in dataset.events
        if event.importance == "key"
        for name in getattr(event, key)
    )
    ranked = sorted(rows, key=lambda row: (-named[row.id], -row.events))
    first = {row.id for row in ranked[:FEW]}
    return Shown(
        first=[row for row in rows if row.id in first],
        rest=[row for row in rows if row.id not in first],
    )


def other_figures(dataset: Dataset) -> list[tuple[str, list[Estimate]]]:
    """Return the figures that count neither losses nor strength, by measure."""
    found: dict[str, list[Estimate]] = {
        measure: [] for measure in MEASURES if measure not in (*CASUALTIES, "strength")
    }
    for estimate in dataset.estimates:
        if estimate.measure in found:
            found[estimate.measure].append(estimate)
    for estimates in found.values():
        # "~" sorts after every slug and date
        estimates.sort(
            key=lambda item: (item.side or "~", item.date.text if item.date else "~", item.id)
        )
    return [(measure, estimates) for measure, estimates in found.items() if estimates]


def source_labels(sources: Iterable[Source]) -> dict[str, str]:
    """Return each source in a few words, by id.

    Those that read alike get a letter each, in the order of the bibliography, as in APA style.

    >>> one, two = (Source(id=name, type="book", title="One") for name in ("one", "two"))
    >>> source_labels([one, two])
    {'one': 'One n.d.-a', 'two': 'One n.d.-b'}
    """
    ordered = sorted(sources, key=bibliographic_order)
    alike = grouped((shorten(short_source(source), 48), source) for source in ordered)
    labels = {}
    for label, members in alike.items():
        stem = label if members[0].issued else f"{label} n.d.-"
        for index, source in enumerate(members):
            labels[source.id] = f"{stem}{letters(index)}" if len(members) > 1 else label
    return labels


def shorten(text: str, most: int) -> str:
    """Return a text that is cut after a word, but keeps a year at its end.

    >>> shorten("A very long title of a work 1988", 20)
    'A very long… 1988'
    >>> shorten("Trudy [Works of the 1980s]", 20)
    'Trudy [Works of…'
    """
    if len(text) <= most:
        return text
    stem, _, last = text.rpartition(" ")
    if not (last.isalnum() and last[:4].isdecimal()):
        stem, last = text, ""
    kept = stem[: most - len(last) - 2].rpartition(" ")[0] or stem[:most]
    return f"{kept.rstrip(' ,.:;')}… {last[:most]}".rstrip()


def letters(index: int) -> str:
    """Return an index as a spreadsheet counts its columns.

    >>> letters(0), letters(25), letters(26)
    ('a', 'z', 'aa')
    """
    more, last = divmod(index, 26)
    return (letters(more - 1) if more else "") + ascii_lowercase[last]
