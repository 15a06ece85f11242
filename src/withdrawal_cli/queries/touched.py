"""The part of a file that the chosen events cite and touch."""

from collections.abc import Container, Iterable, Iterator
from itertools import chain
from typing import Any, TypeVar

from withdrawal_cli.model import Dataset, Dispute, Event, Record, all_citations
from withdrawal_cli.queries.glossing import Glossary
from withdrawal_cli.queries.names import named_by
from withdrawal_cli.queries.overview import Overview
from withdrawal_cli.queries.strength import leading_side, readings

T = TypeVar("T", bound=Record)


def touched(dataset: Dataset, events: Iterable[Event], card: Overview) -> Dataset:
    """Return the dataset with nothing but the events, the card, and what these name and cite.

    All figures of the strength chart stay too, or it would show gaps that are not in the record.
    Returns `dataset` itself if every event was chosen.
    """
    chosen = {event.id: event for event in events}
    if len(chosen) == len(dataset.events):
        return dataset
    figures = {row.id for row in (*card.strength, *card.casualties, *card.figures)}
    figures |= {item.id for item in readings(dataset, leading_side(dataset))}
    figures |= {item.id for item in dataset.estimates if item.event in chosen}
    asked = set[str]().union(
        *(dataset.disputes_of.get(identifier, ()) for identifier in (*chosen, *figures))
    )
    figures |= {item.id for item in dataset.estimates if item.dispute in asked}
    disputes = _among(dataset.disputes, asked)
    named = named_by(dataset, chosen.values()).union(*(dispute.about for dispute in disputes))
    organizations = _among(dataset.organizations, named)
    named.update(item.leader for item in organizations if item.leader)
    glossary = Glossary(dataset.terms)
    texts = _texts(dataset, chosen.values(), disputes)
    named.update(term for text in texts if text for term in glossary.terms_in(text))
    kept: dict[str, tuple[Any, ...]] = {
        "events": tuple(chosen.values()),
        "estimates": _among(dataset.estimates, figures),
        "disputes": disputes,
        "people": _among(dataset.people, named),
        "places": _among(dataset.places, named),
        "organizations": organizations,
        "routes": dataset.routes,
        "phases": dataset.phases,
        "terms": _among(dataset.terms, named),
    }
    citing = (dataset.metadata, *chain.from_iterable(kept.values()))
    cited = {citation.source for item in citing for citation in all_citations(item)}
    sources = _among(dataset.sources, cited)
    left = Dataset(dataset.metadata, sides=dataset.sides, sources=sources, **kept)
    left.voice, left.hearing = dataset.voice, dataset.hearing
    return left


def _among(records: Iterable[T], ids: Container[str]) -> tuple[T, ...]:
    return tuple(item for item in records if item.id in ids)


def _texts(
    dataset: Dataset, events: Iterable[Event], disputes: Iterable[Dispute]
) -> Iterator[str | None]:
    """Yield the texts whose terms need explaining."""
    yield from (paragraph.text for paragraph in dataset.metadata.story)
    for event in events:
        yield from (event.title, event.summary, event.significance, *event.points)
    for dispute in disputes:
        yield from (dispute.title, dispute.short_answer, dispute.explanation)
