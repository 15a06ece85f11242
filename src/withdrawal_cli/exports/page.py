"""What `export html` shows: the chosen events, and every other record of the file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from string import ascii_lowercase

from withdrawal_cli.exports import Selection
from withdrawal_cli.exports.chart import Chart, strength_chart
from withdrawal_cli.exports.map_drawing import MapDrawing, draw_map
from withdrawal_cli.formats.citations.text import plain, reference
from withdrawal_cli.model import (
    CASUALTIES,
    CATEGORIES,
    MEASURES,
    Dataset,
    Estimate,
    Event,
    Source,
    Term,
    grouped,
)
from withdrawal_cli.queries.casualties import Section, summarize_casualties
from withdrawal_cli.queries.citing import cite_self
from withdrawal_cli.queries.disputes import Disagreement, summarize_disputes
from withdrawal_cli.queries.filters import Filters
from withdrawal_cli.queries.lists import (
    OrganizationRow,
    PersonRow,
    PlaceRow,
    SourceRow,
    bibliographic_order,
    sortable,
    summarize_list,
)
from withdrawal_cli.queries.map import MapRow, sketch_map
from withdrawal_cli.queries.overview import Overview, summarize_overview
from withdrawal_cli.queries.strength import Series, summarize_strength
from withdrawal_cli.queries.timeline import Chapter, chapters
from withdrawal_cli.values import Value, value
from withdrawal_cli.wording import short_source

WITH_ANCHORS = (
    "people", "places", "organizations", "sources", "estimates", "disputes", "terms"
)  # fmt: skip
"""The records that links lead to, besides the chosen events."""


@value
class Page(Value):
    """All that the templates read, under the name `page`."""

    selection: Selection
    dataset: Dataset
    citation: str
    "How to cite the dataset."
    card: Overview
    chart: Chart | None
    map: MapDrawing | None
    places_of_events: Sequence[MapRow]
    """Numbered places first to last as on the map; those off the map or without a position have no
    number."""
    map_numbers: Mapping[str, int]
    "Of the places on the map, by id."
    categories: Sequence[str]
    "Those that a chosen event has."
    chapters: Sequence[Chapter]
    phases_begin: date
    phases_end: date
    "The first and the last day of all phases; `date.min` or `date.max` where one is open."
    strength: Sequence[Series]
    casualties: Sequence[Section]
    other_figures: Sequence[tuple[str, Sequence[Estimate]]]
    "Those that count neither losses nor strength, under their measures."
    figures_of: Mapping[str, Sequence[Estimate]]
    "The figures of each event that has some, by its id."
    disputes: Sequence[Disagreement]
    "The key ones first."
    people: Sequence[PersonRow]
    organizations: Sequence[OrganizationRow]
    places: Sequence[PlaceRow]
    terms: Sequence[Term]
    "By name."
    sources: Sequence[SourceRow]
    "By label."
    source_labels: Mapping[str, str]
    "A short label for each source, by id; no two are alike."
    anchors: Mapping[str, str]
    """A short anchor for each record on the page, by id: thousands of links with whole ids would
    weigh 200 KB. Every record also has its lasting anchor, `event-ID` and so on, which the script
    puts into the address."""

    def name(self, identifier: str) -> str:
        return self.dataset.name(identifier)

    def disputes_of(self, identifier: str) -> Sequence[str]:
        return self.dataset.disputes_of.get(identifier, ())

    def events(self, ids: Iterable[str], without: Iterable[str] = ()) -> list[Event]:
        """Return events in order of date, also those that are not on the page."""
        left_out = set(without)
        found = (self.dataset.by_id[identifier] for identifier in ids if identifier not in left_out)
        events = [item for item in found if isinstance(item, Event)]
        return sorted(events, key=lambda item: item.date.order)

    def heading(self, chapter: Chapter) -> str:
        if chapter.phase:
            return chapter.phase.title + (", continued" if chapter.continued else "")
        if not self.dataset.phases:
            return "In order of date"
        if chapter.events[-1].date.order[1] < self.phases_begin:
            return "Before the first phase"
        if chapter.events[0].date.order[0] > self.phases_end:
            return "After the last phase"
        return "Outside the phases"


def make_page(selection: Selection) -> Page:
    """Return what the page of the selection shows."""
    dataset = selection.dataset
    everything = Filters(all=True)
    sketch = sketch_map(dataset, selection.events)
    labels = source_labels(dataset.sources)
    lists = {
        key: summarize_list(dataset, key, {}).rows
        for key in ("people", "organizations", "places", "sources")
    }
    on_page = [event.id for event in selection.events]
    on_page += [item.id for key in WITH_ANCHORS for item in getattr(dataset, key)]
    used_categories = {event.category for event in selection.events}
    phase_days = [phase.date.order for phase in dataset.phases]
    return Page(
        selection=selection,
        dataset=dataset,
        citation=plain(reference(cite_self(dataset)[0])),
        card=summarize_overview(dataset),
        chart=strength_chart(dataset),
        map=draw_map(sketch),
        places_of_events=sketch.rows,
        map_numbers={row.id: row.number for row in sketch.rows if row.number},
        categories=[name for name in CATEGORIES if name in used_categories],
        chapters=chapters(dataset, selection.events),
        phases_begin=min((first for first, _ in phase_days), default=date.min),
        phases_end=max((last for _, last in phase_days), default=date.max),
        strength=summarize_strength(dataset, everything, every_side=True).series,
        casualties=summarize_casualties(dataset, everything).sections,
        other_figures=other_figures(dataset),
        figures_of=grouped((item.event, item) for item in dataset.estimates if item.event),
        disputes=summarize_disputes(dataset, key_first=True, every=True).found,
        people=lists["people"],
        organizations=lists["organizations"],
        places=lists["places"],
        terms=sorted(dataset.terms, key=lambda term: sortable(term.name)),
        sources=sorted(lists["sources"], key=lambda row: sortable(labels[row.id])),
        source_labels=labels,
        anchors={identifier: f"r{index}" for index, identifier in enumerate(sorted(on_page), 1)},
    )


def other_figures(dataset: Dataset) -> list[tuple[str, list[Estimate]]]:
    """Return the figures that count neither losses nor strength, under their measures."""
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

    Those that read alike get a letter each, in the order of the bibliography, as APA has it.

    >>> one, two = (Source(id=name, type="book", title="One") for name in ("one", "two"))
    >>> source_labels([one, two])
    {'one': 'One n.d.-a', 'two': 'One n.d.-b'}
    """
    ordered = sorted(sources, key=bibliographic_order)
    alike = grouped((short_source(source), source) for source in ordered)
    labels = {}
    for label, members in alike.items():
        stem = label if members[0].issued else f"{label} n.d.-"
        for index, source in enumerate(members):
            labels[source.id] = f"{stem}{letters(index)}" if len(members) > 1 else label
    return labels


def letters(index: int) -> str:
    """Return an index as a spreadsheet counts its columns.

    >>> letters(0), letters(25), letters(26)
    ('a', 'z', 'aa')
    """
    more, last = divmod(index, 26)
    return (letters(more - 1) if more else "") + ascii_lowercase[last]
