"""iCalendar, RFC 5545: an all-day event for each date that a calendar can show.

A calendar has days and nothing else. A date known to the month lasts the whole month, an interval from its first to its last
day, a one-of set from the first day named to the last; what is not exact says so in its title and is TENTATIVE. A date that is
open at one end, or known no closer than a season, a year or a decade, would be a bar that says nothing, and is left out.

Both ends of our dates are inclusive; DTEND is the day after the last.
"""

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, vText
from icalendar import Event as CalendarEvent

from withdrawal_cli.dates import Edtf, date_text
from withdrawal_cli.exports import Selection
from withdrawal_cli.model import Dataset, Event, Place
from withdrawal_cli.safety import clean, one_line
from withdrawal_cli.wording import doubts, number, place_names, short_sources


def render(selection: Selection, *, anniversaries: bool = False) -> bytes:
    """Return a VCALENDAR. With `anniversaries` the exact days come back every year."""
    about = selection.dataset.metadata
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", f"-//withdrawal//{selection.program}//EN")
    calendar.add("X-WR-CALNAME", vText(one_line(about.title)))
    calendar.add("X-WR-CALDESC", vText(clean(f"{selection.notice} {left_out(selection)}".strip())))
    for event in selection.events:
        span = _days(event.date)
        if span:
            entry = _entry(selection, event, *span)
            entry.add("DTSTAMP", datetime.combine(about.released.order[0], time(), UTC))
            if anniversaries and event.date.exact and event.date.span == 1:
                entry.add("RRULE", {"FREQ": "YEARLY"})
            calendar.add_component(entry)
    return bytes(calendar.to_ical())


def left_out(selection: Selection) -> str:
    """Return how many events are too vague for a calendar, as a sentence; empty for none."""
    count = sum(_days(event.date) is None for event in selection.events)
    why = "open at one end, or known no closer than a season, a year or a decade"
    return f"Events left out: {number(count)} ({why})." if count else ""


def _days(when: Edtf) -> tuple[date, date] | None:
    """Return the first day and the day after the last; `None` for what is too vague for a calendar."""
    if (
        when.earliest is None
        or when.latest in (None, date.max)
        or when.precision not in ("day", "month")
    ):
        return None
    return when.earliest, when.latest + timedelta(days=1)


def _entry(selection: Selection, event: Event, start: date, after: date) -> CalendarEvent:
    dataset = selection.dataset
    when = event.date
    entry = CalendarEvent()
    entry.add("UID", f"{event.id}@{dataset.metadata.id}")
    entry.add("DTSTART", start)
    entry.add("DTEND", after)
    entry.add(
        "SUMMARY", one_line(event.title if when.exact else f"{event.title} ({date_text(when)})")
    )
    entry.add("DESCRIPTION", clean(_description(selection, event)))
    entry.add("STATUS", "CONFIRMED" if when.exact else "TENTATIVE")
    entry.add("TRANSP", "TRANSPARENT")  # nobody is busy on the day of a battle
    entry.add("CATEGORIES", [word for word in (event.category, event.importance) if word])
    entry.add("X-EDTF", vText(when.text))  # unknown to icalendar, which would not escape its commas
    if event.places:
        entry.add("LOCATION", one_line(place_names(dataset, event.places)))
    position = _position(dataset, event)
    if position:
        entry.add("GEO", position)
    return entry


def _description(selection: Selection, event: Event) -> str:
    said = [event.summary or "", *(f"• {point}" for point in event.points)]
    sources = short_sources(selection.dataset, (citation.source for citation in event.citations))
    apart = [
        "\n".join(filter(None, said)),
        "\n".join(doubts(selection.dataset, event)),
        f"Sources: {sources}" if sources else "",
    ]
    return "\n\n".join(filter(None, [*apart, selection.notice]))


def _position(dataset: Dataset, event: Event) -> tuple[float, float] | None:
    """Return latitude and longitude of the first place that has them, to some ten metres: GEO knows no exponents."""
    for place in (dataset.by_id[identifier] for identifier in event.places):
        if isinstance(place, Place) and place.latitude is not None and place.longitude is not None:
            return round(place.latitude, 4), round(place.longitude, 4)
    return None
