"""TimelineJS 3 (https://timeline.knightlab.com/docs/json-format.html): a title, slides, eras.

Its dates have a year, a month and a day, the last two only if known; `display_date` says what else
is known of a date, and `edtf`, a key of our own, holds the whole of it. Texts are HTML, in which
ours are escaped. A last key carries the dataset, for `new --from timelinejs`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Any

from withdrawal_cli.dataset.carrying import KEY, packed
from withdrawal_cli.dates import Edtf, Period, date_text, to_precision
from withdrawal_cli.exports import Selection, left_out_note
from withdrawal_cli.formats.json import indented
from withdrawal_cli.model import Citation, Dataset, Event
from withdrawal_cli.queries.timeline import phase_periods
from withdrawal_cli.safety import is_web_address, one_line
from withdrawal_cli.wording import doubts, short_source

TITLE_ID = "_title"
"""Not a slug, so no event can have this id."""
CONTINUED = ", continued"
"""What follows the name of a phase that another has cut in two."""


def render(selection: Selection) -> bytes:
    """Return the title, the events whose start is known, and the phases that they fall in."""
    dataset, about = selection.dataset, selection.dataset.metadata
    events = [event for event in selection.events if event.date.earliest]
    texts = (about.description, selection.notice, left_out(selection))
    document = {
        "title": {
            "unique_id": TITLE_ID,
            "text": {"headline": html(about.title), "text": "".join(map(paragraph, texts))},
            "autolink": False,
        },
        "events": [slide(dataset, event) for event in events],
        "eras": eras(dataset, events),
        KEY: packed(dataset),
    }
    return indented(document) + b"\n"


def left_out(selection: Selection) -> str:
    """Return how many events have no known start, as a sentence; empty for none."""
    count = sum(event.date.earliest is None for event in selection.events)
    why = "a timeline needs a start, and theirs is not known"
    return left_out_note(count, why)


def slide(dataset: Dataset, event: Event) -> dict[str, Any]:
    sources = dict.fromkeys(cited(dataset, citation) for citation in event.citations)
    text = [
        paragraph(event.summary or ""),
        bullets(map(html, event.points)),
        paragraph(event.significance or ""),
        *map(paragraph, doubts(dataset, event)),
        paragraph("Sources") if sources else "",
        bullets(sources),
    ]
    return {
        "unique_id": event.id,
        **start_and_end(event.date),
        "display_date": date_text(event.date),
        "edtf": event.date.text,
        "text": {"headline": html(event.title), "text": "".join(text)},
        "autolink": False,  # it would turn plain text into links
        **({"group": event.category} if event.category else {}),
    }


def start_and_end(when: Edtf) -> dict[str, dict[str, int]]:
    """Return `start_date`, and `end_date` if it is later; each as exact as it is known."""
    first, last = when.ends
    start = known_parts(first.earliest, first.precision) if first else {}
    end = known_parts(last.latest, last.precision) if last and when.latest else {}
    is_later = list(end.values()) > list(start.values())
    return {"start_date": start} | ({"end_date": end} if is_later else {})


def known_parts(day: date | None, precision: str) -> dict[str, int]:
    """Return as much of a day as is known; a season begins and ends in a month."""
    assert day
    parts = map(int, to_precision(day, precision).split("-"))
    return dict(zip(("year", "month", "day"), parts, strict=False))


def cited(dataset: Dataset, citation: Citation) -> str:
    """Return the source of a citation, linked if it has a web address, with the locator."""
    source = dataset.source(citation.source)
    name = html(short_source(source))
    if source.url and is_web_address(source.url):
        name = f'<a href="{escape(source.url)}">{name}</a>'
    return f"{name}, {html(citation.locator)}" if citation.locator else name


def paragraph(text: str) -> str:
    return f"<p>{html(text)}</p>" if text else ""


def bullets(items: Iterable[str]) -> str:
    lines = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{lines}</ul>" if lines else ""


def html(text: str) -> str:
    return escape(one_line(text), quote=False)


def eras(dataset: Dataset, events: Sequence[Event]) -> list[dict[str, Any]]:
    """Return the phases that the events fall in, cut so that none overlap."""
    time = Period.around(event.date for event in events)
    if not time:
        return []
    seen: set[str] = set()
    found = []
    for phase, period in phase_periods(dataset, time):
        # TimelineJS refuses an era of a single day
        if period.start == period.end or not period.meet(time):
            continue
        headline = html(phase.title) + (CONTINUED if phase.id in seen else "")
        seen.add(phase.id)
        start, end = known_parts(period.start, "day"), known_parts(period.end, "day")
        found.append({"start_date": start, "end_date": end, "text": {"headline": headline}})
    return found
