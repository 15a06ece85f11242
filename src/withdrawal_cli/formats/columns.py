"""The columns that people read, declared once for each kind of row.

Pipes, Markdown and drawn lists all use them; each also says how a screen shows it.
"""

from collections.abc import Callable, Sequence
from sys import maxsize
from typing import Any

from withdrawal_cli.model import Dataset
from withdrawal_cli.queries.rows import dispute_marks
from withdrawal_cli.values import Value
from withdrawal_cli.wording import (
    claim_text,
    country_text,
    date_of,
    dated_figures,
    day_of_subject,
    first_of,
    issued_text,
    life_text,
    losses_text,
    main_role,
    names,
    number,
    short_sources,
    spread_text,
    work_text,
)

PIPE = maxsize
"""The width of a pipe, where every column fits."""
WIDE = 110
"""From this many columns on, a screen shows what narrower ones leave out."""
ROOMY = 60
"""From this many columns on a list shows more than names and events."""


class Column(Value):
    """A column of a table for people."""

    heading: str
    cell: Callable[[Dataset, Any], str]
    "Makes the text of a row's cell; the dataset has the names behind the ids in the row."
    figure: bool = False
    "Whether it is aligned to the right."
    style: str = ""
    "A name of the theme; a pipe has no styles."
    most: int | None = None
    "Its greatest width on a screen."
    share: int | None = None
    "Its share of the width that the other columns leave."
    least: int = 0
    "It is shown on screens of at least this width."
    usual: int | None = None
    "The width in a pipe; a longer cell overflows on its own line, without widening the others."
    below: int | None = None
    "It is shown on screens narrower than this; never in a pipe."

    def fits(self, width: int) -> bool:
        """Whether it is shown on a screen of this width (`PIPE` for a pipe)."""
        return self.least <= width and (self.below is None or width < self.below)


def _field(heading: str, name: str, **look: Any) -> Column:
    """Return the column of a field that holds text or nothing."""
    return Column(heading=heading, cell=lambda _, row: getattr(row, name) or "", **look)


def _text(heading: str, text: Callable[[Any], str], **look: Any) -> Column:
    """Return the column of a text made from the row."""
    return Column(heading=heading, cell=lambda _, row: text(row), **look)


def _number(
    heading: str, name: str, written: Callable[[Any, Any], str] | None = None, **look: Any
) -> Column:
    """Return the column of a number; an unknown one is empty.

    `written` makes its text from the row and the number, if commas are not enough.
    """

    def cell(_: Dataset, row: Any) -> str:
        content = getattr(row, name)
        if content is None:
            return ""
        return written(row, content) if written else number(content)

    return Column(heading=heading, cell=cell, figure=True, **look)


def _named(heading: str, name: str, **look: Any) -> Column:
    """Return the column of a field that holds the id of a record, shown as its name."""

    def cell(dataset: Dataset, row: Any) -> str:
        identifier = getattr(row, name)
        return dataset.name(identifier) if identifier else ""

    return Column(heading=heading, cell=cell, **look)


DATE = _text("Date", date_of, style="date")
ID = _field("Id", "id", style="quiet", most=36, least=WIDE)
SOURCES_OF = Column(heading="Source", cell=lambda dataset, row: short_sources(dataset, row.sources))


def _end(row: Any, end: int) -> str:
    """Return one end of a figure; a percentage has its sign, so as not to look like a count."""
    return f"{number(end)}{'%' if row.unit == '%' else ''}"


ENDS = (_number("Low", "low", _end), _number("Best", "best", _end), _number("High", "high", _end))
TIES = (
    _number("Events", "events", style="figure"),
    _number("Figures", "estimates", style="figure", least=ROOMY),
)
"""The last columns of the lists of people, places, organizations and sources."""


def _certainty(dataset: Dataset, event: Any) -> str:
    disputed, _ = dispute_marks(dataset, event)
    return f"{event.certainty}, disputed" if disputed else str(event.certainty)


EVENTS = (
    _text("Date", date_of, style="date", usual=25),
    _field("Title", "title", usual=60),
    _field("Id", "id", style="quiet", usual=36),
    Column(
        heading="Place",
        cell=lambda dataset, event: first_of(event.places, dataset.place_names.__getitem__),
        usual=20,
    ),
    Column(heading="Certainty", cell=_certainty),
)
"""About 160 columns in a pipe; phases, and all the places, are in the formats for programs."""

CASUALTIES = (
    _named("Side", "side"),
    _field("Measure", "measure"),
    *ENDS,
    _field("Text", "text"),
    _text("Period", date_of),
    _field("Rank", "rank"),
    _field("Certainty", "certainty"),
    SOURCES_OF,
    _field("Dispute", "dispute"),
    _field("Id", "id"),
    _field("Scope", "scope"),
)

STRENGTH = (
    DATE,
    *ENDS,
    _field("Text", "text"),
    _field("Unit", "unit"),
    _named("Side", "side"),
    _text("Counts", lambda row: "a part" if row.part else "the whole"),
    _field("Rank", "rank"),
    _field("Certainty", "certainty"),
    Column(heading="Perspective", cell=lambda dataset, row: names(dataset, row.perspectives)),
    SOURCES_OF,
    _field("Dispute", "dispute"),
    _field("Id", "id"),
    _field("Scope", "scope"),
)

DISPUTES = (
    _field("Question", "title"),
    _number("Answers", "answers"),
    _text("Spread", spread_text),
    _field("Id", "id"),
    Column(heading="About", cell=lambda dataset, row: first_of(row.about, dataset.name)),
    _field("Preferred", "preferred"),
    _field("Importance", "importance"),
    _field("Short answer", "short_answer"),
)

PHASES = (
    _field("Phase", "title"),
    _text("Dates", date_of),
    _number("Days", "days"),
    _number("Events", "events"),
    _text("Troops out", lambda phase: "; ".join(map(claim_text, phase.withdrawn))),
    _text("Garrisons", lambda phase: "; ".join(map(claim_text, phase.garrisons))),
    Column(
        heading="Casualties", cell=lambda dataset, phase: losses_text(dataset, phase.casualties)
    ),
    _field("Id", "id"),
    _field("Summary", "summary"),
)


def _role_and_side(dataset: Dataset, person: Any) -> str:
    role, side = main_role(dataset, person), dataset.name(person.side) if person.side else ""
    return f"{role}\n({side})" if role and side else role or side


PEOPLE = (
    _field("Name", "name", share=2),
    _text("Life", life_text, style="date", most=15, least=ROOMY),
    Column(heading="Role and side", cell=_role_and_side, share=3, below=WIDE),
    Column(heading="Role", cell=main_role, share=3, least=WIDE),
    _named("Side", "side", style="quiet", most=20, least=WIDE),
    *TIES,
    ID,
)


def _degrees(_: Any, degrees: float) -> str:
    return f"{degrees:.4f}"


POSITION = (
    _number("Latitude", "latitude", _degrees, style="quiet", least=WIDE),
    _number("Longitude", "longitude", _degrees, style="quiet", least=WIDE),
)

PLACES = (
    _field("Name", "name", share=2),
    _field("Kind", "kind", most=16, least=ROOMY),
    _text("Country", country_text, style="quiet", share=2),
    *POSITION,
    *TIES,
    ID,
)

ORGANIZATIONS = (
    _field("Name", "name", share=1),
    _field("Kind", "kind", most=16, least=ROOMY),
    _named("Side", "side", style="quiet", most=20),
    _named("Leader", "leader", style="quiet", most=20, least=WIDE),
    *TIES,
    ID,
)


def _forms(_: Dataset, term: Any) -> str:
    return ", ".join(filter(None, [term.native_name, *term.aliases]))


def _meaning_and_forms(dataset: Dataset, term: Any) -> str:
    forms = _forms(dataset, term)
    return f"{term.meaning}\n(also {forms})" if forms else str(term.meaning)


GLOSSARY = (
    _field("Term", "name", style="heading", most=26),
    Column(heading="Meaning", cell=_meaning_and_forms, share=1, below=WIDE),
    Column(heading="Other forms", cell=_forms, style="quiet", most=26, least=WIDE),
    _field("Meaning", "meaning", share=1, least=WIDE),
    ID,
)

PASSAGES = (
    _field("Phase", "phase"),
    DATE,
    _field("Event", "event"),
    _field("Text", "text"),
    SOURCES_OF,
)

COMPARISON = (
    _field("A", "left"),
    _field("B", "right"),
    _text("Events of A", lambda found: number(found.events[0])),
    _text("Events of B", lambda found: number(found.events[1])),
    _text("Contradictions", lambda found: "; ".join(row.title for row in found.contradictions)),
)

CHANGES = (
    _field("Change", "change"),
    _field("Kind", "kind"),
    _field("Id", "id", usual=36),
    _field("Field", "field"),
    _field("Before", "before", usual=40),
    _field("After", "after", usual=40),
    _field("Cause", "cause"),
)

COUNTS = (
    _field("Of", "name", share=1),
    _number("Events", "events", style="figure"),
    _number("Key", "key_events"),
)

QUIZ = (
    _field("Question", "question", usual=60),
    _text("Choices", lambda row: "; ".join(row.choices)),
    _field("Answer", "answer"),
    _field("Reason", "reason"),
    SOURCES_OF,
    _field("Record", "record"),
)

SOURCES = (
    _text("Source", work_text, share=1, below=PIPE),
    _text("Authors", lambda source: "; ".join(source.authors), least=PIPE),
    _field("Title", "title", least=PIPE),
    _text(
        "Container",
        lambda source: source.container or source.publisher or "",
        least=PIPE,
    ),
    _text("Issued", issued_text, style="date", most=15, least=ROOMY),
    _field("Type", "type", least=PIPE),
    _field("Kind", "kind", most=16, least=ROOMY),
    _field("Perspective", "perspective", style="quiet", most=16, least=140),
    _field("Language", "language", least=PIPE),
    *TIES,
    ID,
)

MAP = (
    _text("No", lambda row: str(row.number or ""), figure=True),
    _field("Place", "name"),
    *POSITION,
    _text("Events", lambda row: number(len(row.events)), figure=True),
    _text("First", date_of),
    _field("Title", "title"),
    _field("Id", "id"),
)

HITS = (
    _field("Record", "record"),
    _field("Id", "id"),
    _field("Title", "title"),
    DATE,
    _field("Matched", "matched"),
    _field("Excerpt", "excerpt"),
)

RECORDS = (
    _text("Record", lambda detail: detail["record"]),
    _text("Id", lambda detail: detail["id"]),
    Column(heading="Name", cell=lambda dataset, detail: dataset.name(detail["id"])),
)


def _commanders(dataset: Dataset, card: Any) -> str:
    return "; ".join(
        names(dataset, item.commanders) or item.note or "" for item in card.belligerents
    )


OVERVIEW = (
    _field("Title", "title"),
    DATE,
    _field("Location", "location"),
    _field("Result", "result"),
    _text(
        "Belligerents",
        lambda card: "; ".join(item.name for item in card.belligerents),
    ),
    Column(heading="Commanders", cell=_commanders),
    _text("Strength", lambda card: dated_figures(card.strength)),
    Column(heading="Casualties", cell=lambda dataset, card: losses_text(dataset, card.casualties)),
)


def _silence(briefing: Any) -> str:
    silence = briefing.silence
    return f"{silence.after} to {silence.before}" if silence else ""


def _troops_out(briefing: Any) -> str:
    return "; ".join(claim_text(item) for phase in briefing.phases for item in phase.withdrawn)


def _titles(events: Sequence[Any]) -> str:
    return "; ".join(event.title for event in events)


BRIEFING = (
    DATE,
    _text("Day", day_of_subject),
    _text("Phases", lambda briefing: _titles(briefing.phases)),
    _text("Strength", lambda briefing: dated_figures(briefing.strength)),
    _text("Silence", _silence),
    _text("Troops out", _troops_out),
    _text(
        "Events",
        lambda briefing: _titles([event for event in briefing.events if event.falls == "within"]),
    ),
    _text(
        "Before",
        lambda briefing: _titles([briefing.before] if briefing.before else []),
    ),
    _text(
        "After",
        lambda briefing: _titles([briefing.after] if briefing.after else []),
    ),
    Column(
        heading="Casualties",
        cell=lambda dataset, briefing: losses_text(dataset, briefing.casualties),
    ),
)
