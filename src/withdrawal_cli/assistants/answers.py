"""The answers to an assistant's questions, as JSON objects.

Each is short by default and says what it leaves out and how to get it. Every statement comes with
its id, how sure it is, its rivals, and its sources in a form that can be quoted.
"""

from collections.abc import Sequence
from typing import Any

from withdrawal_cli.dates import date_text
from withdrawal_cli.formats.citations.text import plain, reference
from withdrawal_cli.formats.provenance import reproduction
from withdrawal_cli.model import Account, Citation, Dataset, Dispute, Estimate, Event, Source
from withdrawal_cli.queries.casualties import summarize_casualties
from withdrawal_cli.queries.citing import Entry, bibliography, cite_records
from withdrawal_cli.queries.disputes import (
    Disagreement,
    DisputeFilters,
    disagreement,
    summarize_disputes,
)
from withdrawal_cli.queries.filters import filters_of, resolve_period
from withdrawal_cli.queries.on import summarize_briefing
from withdrawal_cli.queries.search import hit_row, search_records
from withdrawal_cli.queries.show import describe
from withdrawal_cli.queries.timeline import summarize_timeline
from withdrawal_cli.wording import claim_text, figure_of, names, spread_text

SOURCES = 3
"""The most sources given for one statement; the rest are counted."""
ANSWERS = 6
"""The most rival answers given to one question; the rest are counted."""
MENTIONS = 8
"""The most records listed by name alone."""

Answer = dict[str, Any]


class Answers:
    """What an assistant may ask a dataset. Limits are numbers of records."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset

    def search(self, question: str, limit: int = 8) -> Answer:
        """Return the records that answer a question, or contain the words, best first."""
        found = search_records(self.dataset, tuple(dict.fromkeys(question.split())))
        hits = []
        for hit in found.hits[:limit]:
            row = hit_row(self.dataset, found.query, hit)
            told: Answer = {
                "kind": row.record,
                "id": row.id,
                "title": row.title,
                "says": row.summary if row.excerpt == row.title else row.excerpt,
            }
            if row.date:
                told["date"] = date_text(row.date)
            if row.dispute:
                told |= {"dispute": row.dispute, "short_answer": row.short_answer}
            hits.append(told)
        return self._answer(hits, len(found.hits), unknown_words=list(found.unknown))

    def show(self, name: str) -> Answer:
        """Return one record of any kind, with its figures, disputes and sources."""
        detail = describe(self.dataset, name)
        record = detail.record
        told: Answer = {"kind": detail.kind, "id": record.id, "name": self.dataset.name(record.id)}
        if isinstance(record, Event):
            told |= self._event(record)
        elif isinstance(record, Estimate):
            told |= self._figure(record)
        elif isinstance(record, Source):
            told |= self._source(Citation(source=record.id))
        for key in ("summary", "significance", "meaning", "note", "explanation"):
            if text := getattr(record, key, None):
                told[key] = text
        if isinstance(record, Dispute):
            told |= self._question(disagreement(self.dataset, record), every=True)
        told |= {
            "figures": [self._figure(one) for one in detail.estimates[:ANSWERS]],
            "disputes": [
                {"id": one.id, "question": one.title, "short_answer": one.short_answer}
                for one in detail.disputes[:ANSWERS]
            ],
            "events": [self._mention(event) for event in detail.events[:ANSWERS]],
        }
        if not isinstance(record, Source):
            told |= self._sources(getattr(record, "citations", ()), every=True)
        counts = {
            "figures": len(detail.estimates),
            "disputes": len(detail.disputes),
            "events": len(detail.events),
        }
        left = {key: count - ANSWERS for key, count in counts.items() if count > ANSWERS}
        others = [one.id for one in detail.others[:MENTIONS]]
        return self._answer([told], 1, could_also_mean=others, not_shown=left)

    def timeline(
        self,
        during: str | None = None,
        phase: str | None = None,
        side: str | None = None,
        person: str | None = None,
        place: str | None = None,
        match: str | None = None,
        everything: bool = False,
        limit: int = 15,
    ) -> Answer:
        """Return events in order: the key ones, or every one that the filters choose."""
        filters = filters_of(
            during=during, phase=phase, side=side, person=person, place=place, match=match,
            all=everything,
        )  # fmt: skip
        report = summarize_timeline(self.dataset, filters, limit=limit)
        events = [{"id": event.id, **self._event(event)} for event in report.events]
        return self._answer(events, report.matched, report.total)

    def on(self, date: str) -> Answer:
        """Return what happened on a day or in a month, and what came before and after."""
        briefing = summarize_briefing(self.dataset, resolve_period(self.dataset, date))
        told: Answer = {
            "date": date_text(briefing.date),
            "phases": [phase.title for phase in briefing.phases],
            "events": [self._mention(event) for event in briefing.events[:MENTIONS]],
        }
        for key, row in (("before", briefing.before), ("after", briefing.after)):
            if row:
                told[key] = [self._mention(row)]
        return self._answer([told], 1)

    def casualties(
        self,
        side: str | None = None,
        measure: str | None = None,
        during: str | None = None,
        match: str | None = None,
        limit: int = 12,
    ) -> Answer:
        """Return figures of people lost: the key ones, or every one that the filters choose."""
        filters = filters_of(side=side, measure=measure, during=during, match=match)
        report = summarize_casualties(self.dataset, filters, limit=limit)
        figures = [self._figure(estimate) for estimate in report.estimates]
        return self._answer(figures, report.matched, report.total)

    def disputes(
        self, about: str | None = None, match: str | None = None, limit: int = 6
    ) -> Answer:
        """Return questions on which sources disagree, with their short answers and rivals."""
        filters = DisputeFilters(about=[about] if about else (), match=[match] if match else ())
        report = summarize_disputes(self.dataset, (), filters, key_first=True, limit=limit)
        found = [
            {"id": one.dispute.id, "question": one.dispute.title, **self._question(one)}
            for one in report.found
        ]
        return self._answer(found, report.matched, report.total)

    def cite(self, ids: Sequence[str]) -> Answer:
        """Return the bibliography of records, in the form of the Chicago Manual."""
        entries = bibliography(self.dataset, cite_records(self.dataset, ids))
        cited = [
            {"id": entry.source.id, "citation": plain(reference(entry)), "url": entry.source.url}
            for entry in entries
        ]
        return self._answer(cited, len(cited))

    # --- statements ------------------------------------------------------------------------------

    def _event(self, event: Event) -> Answer:
        told: Answer = {
            "date": date_text(event.date),
            "edtf": event.date.text,
            "title": event.title,
            "summary": event.summary,
            "certainty": event.certainty,
        }
        if event.significance:
            told["significance"] = event.significance
        if event.places:
            told["places"] = names(self.dataset, event.places)
        if disputes := self.dataset.disputes_of.get(event.id):
            told["disputed_in"] = list(disputes)
        return told | self._sources(event.citations)

    def _figure(self, estimate: Estimate) -> Answer:
        told: Answer = {
            "id": estimate.id,
            "figure": claim_text(estimate),
            "measure": estimate.measure,
            "side": self.dataset.name(estimate.side) if estimate.side else None,
            "date": date_text(estimate.date) if estimate.date else None,
            "counts": estimate.scope,
            "part_only": estimate.part,
            "certainty": estimate.certainty,
            "rank": estimate.rank,
        }
        if estimate.reason:
            told["reason"] = estimate.reason
        if estimate.dispute:
            question = disagreement(self.dataset, self.dataset.dispute(estimate.dispute))
            told["rivals"] = {
                "dispute": estimate.dispute,
                "range": spread_text(question.spread) or None,
                "short_answer": question.dispute.short_answer,
            }
        return told | self._sources(estimate.citations)

    def _question(self, question: Disagreement, *, every: bool = False) -> Answer:
        answers = question.answers if every else question.answers[:ANSWERS]
        told: Answer = {
            "short_answer": question.dispute.short_answer,
            "range": spread_text(question.spread) or None,
            "why_they_differ": question.dispute.explanation,
            "answers": [
                {
                    "says": answer.says if isinstance(answer, Account) else figure_of(answer),
                    "counts": getattr(answer, "scope", None),
                    "rank": answer.rank,
                    "certainty": answer.certainty,
                    **self._sources(answer.citations),
                }
                for answer in answers
            ],
        }
        if len(question.answers) > len(answers):
            told["answers_not_shown"] = len(question.answers) - len(answers)
        return told

    def _sources(self, citations: Sequence[Citation], *, every: bool = False) -> Answer:
        """Return the sources of a statement; more than a few are counted."""
        shown = citations if every else citations[:SOURCES]
        told: Answer = {"sources": list(map(self._source, shown))}
        if len(citations) > len(shown):
            told["sources_not_shown"] = len(citations) - len(shown)
        return told

    def _source(self, citation: Citation) -> Answer:
        source = self.dataset.source(citation.source)
        locators = (citation.locator,) if citation.locator else ()
        return {
            "id": source.id,
            "citation": plain(reference(Entry(source=source, locators=locators))),
            "locator": citation.locator,
            "perspective": source.perspective,
        }

    def _mention(self, item: Any) -> Answer:
        return {"id": item.id, "date": date_text(item.date), "title": item.title}

    # --- around them -----------------------------------------------------------------------------

    def _answer(self, items: Sequence[Answer], matched: int, total: int = 0, **more: Any) -> Answer:
        """Return an answer with what it leaves out, and the data it comes from.

        Empty values in `more` are dropped. `total` is how many such records the file has, if that
        is more than match.
        """
        told: Answer = {"answer": items} | {key: part for key, part in more.items() if part}
        if total > matched:
            told["in_the_file"] = total
        if matched > len(items):
            told["left_out"] = f"{matched - len(items)} more of {matched}; raise limit for them"
        if self.dataset.hearing:
            told["heard"] = self.dataset.hearing
        about = self.dataset.metadata
        return told | {"data": f"{about.title}, {about.version}, {about.license}"}

    @property
    def provenance(self) -> str:
        """The program and the file that answer."""
        return reproduction(self.dataset, "withdrawal mcp")
