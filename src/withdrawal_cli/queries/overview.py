"""The whole thing at a glance."""

from collections.abc import Sequence
from datetime import date

from withdrawal_cli.dates import Day, Edtf, Period
from withdrawal_cli.model import RANKS, Belligerent, Citation, Dataset, Estimate, Measure
from withdrawal_cli.queries.phases import exactly, measured
from withdrawal_cli.queries.rows import EstimateRow, estimate_row, sources_of
from withdrawal_cli.values import Row, field, row

LOSSES: tuple[Measure, ...] = ("dead", "killed", "wounded", "missing")


@row
class BelligerentRow(Row):
    """A side in the war, and who commanded it."""

    mirrors = Belligerent

    side: str
    name: str = field("Of the side.")
    commanders: Sequence[str]
    note: str | None


@row
class OverviewPhaseRow(Row):
    """A phase in outline."""

    id: str = field("Slug.")
    title: str = field("As it is shown.")
    date: Edtf = field("EDTF.")
    days: int | None = field("From the first to the last, both counted; null when an end is open.")


@row
class Overview(Row):
    """The subject of the file on one card."""

    id: str = field("Slug of the dataset.")
    title: str = field("What it is called.")
    part_of: str | None = field("The larger thing that the subject belongs to.")
    date: Edtf = field("The time of the subject (EDTF).")
    earliest: Day | None = field("The first day of the subject; null when that is open.")
    latest: Day | None = field("The last day of the subject; null when that is open.")
    approximate: bool = field("Whether the time of the subject carries `~` or `%`.")
    uncertain: bool = field("Whether the time of the subject carries `?` or `%`.")
    days: int | None = field("From the first to the last, both counted; null when an end is open.")
    location: str | None = field("Where it happened, in words.")
    result: str | None = field("How it ended, in words.")
    belligerents: Sequence[BelligerentRow] = field(
        "The sides in the war, the one that the file is about first."
    )
    strength: Sequence[EstimateRow] = field(
        "The figures of whole forces on the first and on the last day."
    )
    casualties: Sequence[EstimateRow] = field(
        "The figures that count exactly the time of the subject, of the belligerents."
    )
    phases: Sequence[OverviewPhaseRow] = field("The phases, in the order of the file.")
    counts: dict[str, int] = field("How many records of each kind the file has.")
    version: str = field("Of the data.")
    released: Edtf = field("The day of this version (EDTF).")
    license: str = field("SPDX identifier.")
    sources: Sequence[str] = field("Ids of the sources cited by the card, each once.")
    citations: Sequence[Citation] = field("What the facts of this card rest on.")


def summarize_overview(dataset: Dataset) -> Overview:
    """Return the card: strength on the first and the last day, the preferred first, casualties of exactly the whole time."""
    about = dataset.metadata
    whole = Period.of(about.subject)
    sides = [belligerent.side for belligerent in about.belligerents]
    known = sorted(measured(dataset, "strength"), key=lambda item: RANKS.index(item.rank))
    strength = [item for day in (whole.start, whole.end) for item in _on(known, day)]
    losses: dict[str | None, list[EstimateRow]] = {}
    for item in exactly(measured(dataset, *LOSSES), whole):
        losses.setdefault(item.side, []).append(estimate_row(item))
    return Overview(
        id=about.id,
        title=about.title,
        part_of=about.part_of,
        date=about.subject,
        earliest=about.subject.earliest,
        latest=about.subject.latest,
        approximate=about.subject.approximate,
        uncertain=about.subject.uncertain,
        days=about.subject.span,
        location=about.location,
        result=about.result,
        belligerents=[
            BelligerentRow(
                side=item.side,
                name=dataset.name(item.side),
                commanders=item.commanders,
                note=item.note,
            )
            for item in about.belligerents
        ],
        strength=[estimate_row(item) for item in strength],
        casualties=[row for side in sides for row in losses.get(side, ())],
        phases=[
            OverviewPhaseRow(id=phase.id, title=phase.title, date=phase.date, days=phase.date.span)
            for phase in dataset.phases
        ],
        counts={
            "events": len(dataset.events),
            "estimates": len(dataset.estimates),
            "disputes": len(dataset.disputes),
            "people": len(dataset.people),
            "places": len(dataset.places),
            "sources": len(dataset.sources),
        },
        version=about.version,
        released=about.released,
        license=about.license,
        sources=sources_of(about.citations),
        citations=about.citations,
    )


def _on(estimates: Sequence[Estimate], day: date | None) -> list[Estimate]:
    """Return the estimates made for exactly one day."""
    return [
        item
        for item in estimates
        if item.date and day and item.date.earliest == item.date.latest == day
    ]
