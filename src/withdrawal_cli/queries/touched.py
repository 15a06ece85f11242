"""What is left of a file around the events that were chosen: what they cite and touch."""

from collections.abc import Iterable, Sequence

from withdrawal_cli.model import Dataset, Event, Record, all_citations
from withdrawal_cli.queries.glossing import Glossary
from withdrawal_cli.queries.names import named_by
from withdrawal_cli.queries.overview import Overview
from withdrawal_cli.queries.strength import leading_side, readings


def touched(dataset: Dataset, events: Iterable[Event], card: Overview) -> Dataset:
    """Return the dataset with nothing but the events, the card, and what these name and cite.

    The figures of the strength chart stay too: without some of them it would show gaps in the
    record that are not there. Returns `dataset` itself where every event was chosen.
    """
    chosen = {event.id: event for event in events}
    if len(chosen) == len(dataset.events):
        return dataset
    figures = {row.id for row in (*card.strength, *card.casualties, *card.figures)}
    figures |= {item.id for item in readings(dataset, leading_side(dataset))}
    figures |= {item.id for item in dataset.estimates if item.event in chosen}
    asked = {
        dispute
        for identifier in (*chosen, *figures)
        for dispute in dataset.disputes_of.get(identifier, ())
    }
    estimates = [item for item in dataset.estimates if item.id in figures or item.dispute in asked]
    disputes = [dispute for dispute in dataset.disputes if dispute.id in asked]
    named = named_by(dataset, chosen.values())
    named.update(name for dispute in disputes for name in dispute.about)
    organizations = [item for item in dataset.organizations if item.id in named]
    named.update(item.leader for item in organizations if item.leader)
    glossary = Glossary(dataset.terms)
    texts = [paragraph.text for paragraph in dataset.metadata.story]
    for event in chosen.values():
        texts += [event.title, event.summary or "", event.significance or "", *event.points]
    for dispute in disputes:
        texts += [dispute.title, dispute.short_answer or "", dispute.explanation or ""]
    explained = {term for text in texts for term in glossary.terms_in(text)} | named
    kept: dict[str, Sequence[Record]] = {
        "events": list(chosen.values()),
        "estimates": estimates,
        "disputes": disputes,
        "people": [item for item in dataset.people if item.id in named],
        "places": [item for item in dataset.places if item.id in named],
        "organizations": organizations,
        "routes": dataset.routes,
        "phases": dataset.phases,
        "terms": [term for term in dataset.terms if term.id in explained],
    }
    cited = {
        citation.source
        for item in (dataset.metadata, *(item for items in kept.values() for item in items))
        for citation in all_citations(item)
    }
    left = Dataset(
        dataset.metadata,
        sides=dataset.sides,
        sources=tuple(source for source in dataset.sources if source.id in cited),
        **{key: tuple(items) for key, items in kept.items()},
    )
    left.voice, left.hearing = dataset.voice, dataset.hearing
    return left
