"""The story of a file, and the key facts on a card."""

from collections.abc import Sequence

from withdrawal_cli.dates import Day, Edtf, Period
from withdrawal_cli.model import (
    CASUALTIES,
    MEASURES,
    RANKS,
    Belligerent,
    Citation,
    Dataset,
    Estimate,
    Measure,
    Paragraph,
)
from withdrawal_cli.queries.phases import exactly, measured
from withdrawal_cli.queries.rows import DAYS, EstimateRow, date_fields, estimate_row, sources_of
from withdrawal_cli.values import Row, field, mirrored

LOSSES: tuple[Measure, ...] = ("dead", "killed", "wounded", "missing")
"""The casualties on the card of a file that marks no key figures; the sick would bury them."""


class BelligerentRow(Row):
    """A side in the war, and who commanded it."""

    mirrors = Belligerent

    side: str
    name: str = field("Of the side.")
    commanders: Sequence[str]
    note: str | None


class OverviewPhaseRow(Row):
    """A phase in outline."""

    id: str = field("Slug.")
    title: str = field("As it is shown.")
    date: Edtf = field("EDTF.")
    days: int | None = field(DAYS)


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
    days: int | None = field(DAYS)
    location: str | None = field("Where it happened, in words.")
    result: str | None = field("How it ended, in words.")
    belligerents: Sequence[BelligerentRow] = field(
        "The sides in the war, the one that the file is about first."
    )
    strength: Sequence[EstimateRow] = field(
        "The key figures of strength; in a file that marks no key figures, those of whole forces "
        "on the first and on the last day."
    )
    casualties: Sequence[EstimateRow] = field(
        "The key figures of people lost; in a file that marks no key figures, the dead, killed, "
        "wounded and missing of the belligerents in exactly the time of the subject."
    )
    phases: Sequence[OverviewPhaseRow] = field("The phases, in the order of the file.")
    counts: dict[str, int] = field(
        "How many events, estimates, disputes, people, places and sources the file has."
    )
    version: str = field("Of the data.")
    released: Edtf | None = field("The day of this version (EDTF).")
    license: str = field("SPDX identifier; `NOASSERTION` where nobody has said.")
    sources: Sequence[str] = field("Ids of the sources in `citations`, each once.")
    citations: Sequence[Citation] = field("What the facts of this card rest on.")
    story: Sequence[Paragraph] = field("What happened and why, in short paragraphs.")
    figures: Sequence[EstimateRow] = field(
        "The other key figures: troops out, refugees, cost and so on."
    )


def summarize_overview(dataset: Dataset) -> Overview:
    """Return the card of the file."""
    about = dataset.metadata
    key = [item for item in dataset.estimates if item.importance == "key"]
    strength, losses, others = _key_figures(dataset, key) if key else _figures_of_subject(dataset)
    return Overview(
        id=about.id,
        title=about.title,
        part_of=about.part_of,
        date=about.subject,
        **date_fields(about.subject),
        days=about.subject.span,
        location=about.location,
        result=about.result,
        belligerents=[
            BelligerentRow(**mirrored(BelligerentRow, item), name=dataset.name(item.side))
            for item in about.belligerents
        ],
        strength=list(map(estimate_row, strength)),
        casualties=list(map(estimate_row, losses)),
        phases=[
            OverviewPhaseRow(id=phase.id, title=phase.title, date=phase.date, days=phase.date.span)
            for phase in dataset.phases
        ],
        counts={
            kind: len(getattr(dataset, kind))
            for kind in ("events", "estimates", "disputes", "people", "places", "sources")
        },
        version=about.version,
        released=about.released,
        license=about.license,
        sources=sources_of(about.citations),
        citations=about.citations,
        story=about.story,
        figures=list(map(estimate_row, others)),
    )


def _key_figures(dataset: Dataset, key: Sequence[Estimate]) -> tuple[list[Estimate], ...]:
    """Return the key figures of strength by date, those of people lost by side, and the others."""

    def order(item: Estimate) -> tuple[object, ...]:
        measure = MEASURES.index(item.measure)
        return dataset.side_order[item.side], measure, item.date_order, item.id

    by_side = sorted(key, key=order)
    strength = [item for item in by_side if item.measure == "strength"]
    strength.sort(key=lambda item: item.date_order)
    losses = [item for item in by_side if item.measure in CASUALTIES]
    others = [item for item in by_side if item.measure not in ("strength", *CASUALTIES)]
    return strength, losses, others


def _figures_of_subject(dataset: Dataset) -> tuple[list[Estimate], ...]:
    """Return the strength on the first and the last day, and what the belligerents lost in all."""
    period = Period.of(dataset.metadata.subject)
    forces = sorted(measured(dataset, "strength"), key=lambda item: RANKS.index(item.rank))
    days = [Period(start=day, end=day) for day in (period.start, period.end) if day]
    sides = {item.side: index for index, item in enumerate(dataset.metadata.belligerents)}
    losses = [item for item in exactly(measured(dataset, *LOSSES), period) if item.side in sides]
    losses.sort(key=lambda item: sides[item.side or ""])
    return [item for day in days for item in exactly(forces, day)], losses, []
