"""The JSON of TimelineJS 3 (https://timeline.knightlab.com/docs/json-format.html): a title, a slide for each event, eras.

Its dates have a year, a month and a day, the last two only where they are known; what else there is to say about a date stands
in `display_date`. Texts are HTML, and everything in them that is ours to quote is escaped.
"""

from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Any

from withdrawal_cli.dates import Edtf, Period, date_text
from withdrawal_cli.exports import Selection
from withdrawal_cli.formats.json import indented
from withdrawal_cli.model import Citation, Dataset, Event, Source
from withdrawal_cli.queries.timeline import stretches
from withdrawal_cli.safety import is_web_address, one_line
from withdrawal_cli.wording import doubts, number, short_source

TITLE_ID = "_title"
"""No slug, so that no event has it."""


def render(selection: Selection) -> bytes:
    """Return the timeline: the title, the events that have a start, and the phases that they fall in."""
    dataset = selection.dataset
    about = dataset.metadata
    events = [event for event in selection.events if event.date.earliest]
    document = {
        "title": {
            "unique_id": TITLE_ID,
            "text": {
                "headline": _html(about.title),
                "text": "".join(
                    map(_paragraph, (about.description, selection.notice, left_out(selection)))
                ),
            },
            "autolink": False,
        },
        "events": [_slide(dataset, event) for event in events],
        "eras": _eras(dataset, events),
    }
    return indented(document) + b"\n"


def left_out(selection: Selection) -> str:
    """Return how many events have no start, as a sentence; empty for none."""
    count = sum(event.date.earliest is None for event in selection.events)
    return (
        f"Events left out: {number(count)} (a timeline needs a start, and theirs is not known)."
        if count
        else ""
    )


def _slide(dataset: Dataset, event: Event) -> dict[str, Any]:
    slide = {
        "unique_id": event.id,
        **_dates(event.date),
        "display_date": date_text(event.date),
        "text": {"headline": _html(event.title), "text": _text(dataset, event)},
        "autolink": False,  # it would make links of what we made no link
    }
    return slide | ({"group": event.category} if event.category else {})


def _dates(when: Edtf) -> dict[str, dict[str, int]]:
    """Return `start_date`, and `end_date` where it is later; each as exact as it is known."""
    first, last = when.ends
    start = _parts(first.earliest, first.precision) if first else {}
    end = _parts(last.latest, last.precision) if last and when.latest else {}
    return {"start_date": start} | (
        {"end_date": end} if [*end.values()] > [*start.values()] else {}
    )


def _parts(day: date | None, precision: str) -> dict[str, int]:
    """Return as much of a day as is known; a season begins and ends in a month."""
    assert day
    parts = {"year": day.year, "month": day.month, "day": day.day}
    known = {"day": 3, "month": 2, "season": 2}.get(precision, 1)
    return dict(list(parts.items())[:known])


def _text(dataset: Dataset, event: Event) -> str:
    """Return summary, points, doubt and sources as HTML."""
    sources = dict.fromkeys(_source(dataset, citation) for citation in event.citations)
    parts = [
        _paragraph(event.summary or ""),
        _list(map(_html, event.points)),
        *map(_paragraph, doubts(dataset, event)),
        _paragraph("Sources") if sources else "",
        _list(sources),
    ]
    return "".join(parts)


def _source(dataset: Dataset, citation: Citation) -> str:
    source = dataset.by_id[citation.source]
    assert isinstance(source, Source)
    name = _html(short_source(source))
    if source.url and is_web_address(source.url):
        name = f'<a href="{escape(source.url)}">{name}</a>'
    return f"{name}, {_html(citation.locator)}" if citation.locator else name


def _paragraph(text: str) -> str:
    return f"<p>{_html(text)}</p>" if text else ""


def _list(items: Iterable[str]) -> str:
    lines = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{lines}</ul>" if lines else ""


def _html(text: str) -> str:
    return escape(one_line(text), quote=False)


def _eras(dataset: Dataset, events: list[Event]) -> list[dict[str, Any]]:
    """Return the phases that the events fall in, cut so that none overlap. TimelineJS refuses an era of a single day."""
    if not events:
        return []
    whole = Period(
        start=min(event.date.order[0] for event in events),
        end=max(day for event in events for day in (event.date.earliest, event.date.latest) if day),
    )
    seen: set[str] = set()
    eras = []
    for phase, period in stretches(dataset, whole):
        if period.start == period.end or not period.meet(whole):
            continue
        headline = _html(phase.title) + (", continued" if phase.id in seen else "")
        seen.add(phase.id)
        start, end = _parts(period.start, "day"), _parts(period.end, "day")
        eras.append({"start_date": start, "end_date": end, "text": {"headline": headline}})
    return eras
