"""iCalendar, RFC 5545: an all-day event for each date that a calendar can show.

A calendar knows only days. A date known to the month lasts the whole month, an interval from its
first to its last day, a one-of set from the first day named to the last; a date that is not exact
stands in the title, and its event is TENTATIVE. A date that is open at one end, or known no closer
than a season, a year or a decade, would be a bar that says nothing, and is left out.
"""

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, vText
from icalendar import Event as CalendarEvent

from withdrawal_cli.dates import date_text
from withdrawal_cli.exports import Selection, left_out_note
from withdrawal_cli.model import Event, Place
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.safety import clean, one_line
from withdrawal_cli.wording import doubts, place_names, short_sources


def render(selection: Selection, *, anniversaries: bool = False) -> bytes:
    """Return a VCALENDAR. With `anniversaries` the exact days recur every year."""
    about = selection.dataset.metadata
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", f"-//withdrawal//{selection.program}//EN")
    calendar.add("X-WR-CALNAME", vText(one_line(about.title)))
    calendar.add("X-WR-CALDESC", vText(clean(f"{selection.notice} {left_out(selection)}".strip())))
    for event in filter(has_days, selection.events):
        entry = calendar_event(selection, event)
        # RFC 5545 wants a time of writing; the clock would make each export another
        entry.add("DTSTAMP", datetime.combine(about.released.order[0], time(), UTC))
        if anniversaries and event.date.exact and event.date.span == 1:
            entry.add("RRULE", {"FREQ": "YEARLY"})
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def left_out(selection: Selection) -> str:
    """Return how many events are too vague for a calendar, as a sentence; empty for none."""
    count = sum(not has_days(event) for event in selection.events)
    why = "open at one end, or known no closer than a season, a year or a decade"
    return left_out_note(count, why)


def has_days(event: Event) -> bool:
    """Whether the date is exact enough for a calendar."""
    when = event.date
    closed = when.earliest is not None and when.latest is not None
    # the day after the last must be one that Python knows
    return closed and when.latest != date.max and when.precision in ("day", "month")


def calendar_event(selection: Selection, event: Event) -> CalendarEvent:
    dataset, when = selection.dataset, event.date
    first, last = when.order
    dated = event.title if when.exact else f"{event.title} ({date_text(when)})"
    sources = short_sources(dataset, sources_of(event.citations))
    paragraphs = [
        "\n".join(filter(None, [event.summary, *(f"• {point}" for point in event.points)])),
        event.significance,
        "\n".join(doubts(dataset, event)),
        f"Sources: {sources}" if sources else "",
        selection.notice,
    ]
    entry = CalendarEvent()
    entry.add("UID", f"{event.id}@{dataset.metadata.id}")
    entry.add("DTSTART", first)
    entry.add("DTEND", last + timedelta(days=1))  # DTEND is exclusive, our last day is not
    entry.add("SUMMARY", one_line(dated))
    entry.add("DESCRIPTION", clean("\n\n".join(filter(None, paragraphs))))
    entry.add("STATUS", "CONFIRMED" if when.exact else "TENTATIVE")
    entry.add("TRANSP", "TRANSPARENT")  # nobody is busy on the day of a battle
    entry.add("CATEGORIES", [word for word in (event.category, event.importance) if word])
    entry.add("X-EDTF", vText(when.text))  # unknown to icalendar, which would not escape its commas
    if event.places:
        entry.add("LOCATION", one_line(place_names(dataset, event.places)))
    for place in (dataset.by_id[identifier] for identifier in event.places):
        if isinstance(place, Place) and place.latitude is not None and place.longitude is not None:
            # GEO holds one position, without exponents; four decimals are about ten metres
            entry.add("GEO", (round(place.latitude, 4), round(place.longitude, 4)))
            break
    return entry
