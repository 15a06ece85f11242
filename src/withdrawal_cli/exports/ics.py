"""iCalendar, RFC 5545: an all-day event for each date that a calendar can show.

A calendar knows only days. A date known to the month lasts the whole month, an interval from its
first to its last day, a one-of set from the first day named to the last; a date that is not exact
is in the title, and its event is TENTATIVE. A date that is open at one end, or known no closer
than a season, a year or a decade, would be a bar that says nothing, and is left out.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from icalendar import Calendar, vText

from withdrawal_cli.dates import date_text
from withdrawal_cli.exports import Selection, left_out_note
from withdrawal_cli.model import Event
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.safety import clean, one_line
from withdrawal_cli.wording import doubts, place_names, short_sources

END = b"END:VCALENDAR\r\n"
LONGEST = 74
"""In octets, of a line or a part of one; RFC 5545 allows 75 with the space before a part."""
NEEDS_ESCAPE = re.compile(r"[\\;,\r\n]")


def render(selection: Selection, *, anniversaries: bool = False) -> bytes:
    """Return a VCALENDAR. With `anniversaries` the exact days recur every year."""
    about = selection.dataset.metadata
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", f"-//withdrawal//{selection.program}//EN")
    calendar.add("X-WR-CALNAME", vText(one_line(about.title)))
    calendar.add("X-WR-CALDESC", vText(clean(f"{selection.notice} {left_out(selection)}".strip())))
    entries = (
        b"".join(map(folded, lines(selection, event, anniversaries=anniversaries)))
        for event in selection.events
        if has_days(event)
    )
    return b"".join([calendar.to_ical().removesuffix(END), *entries, END])


def left_out(selection: Selection) -> str:
    """Return how many events are too vague for a calendar, as a sentence; empty for none."""
    count = sum(not has_days(event) for event in selection.events)
    why = "open at one end, or known no closer than a season, a year or a decade"
    return left_out_note(count, why)


def has_days(event: Event) -> bool:
    """Whether the date is exact enough for a calendar."""
    when = event.date
    closed = when.earliest is not None and when.latest is not None
    return closed and when.precision in ("day", "month")


def lines(selection: Selection, event: Event, *, anniversaries: bool) -> Iterator[str]:
    """Yield the lines of a VEVENT in the order of icalendar.

    Building its components for thousands of events would take eight times as long.
    """
    dataset, when = selection.dataset, event.date
    first, last = when.order
    dated = event.title if when.exact else f"{event.title} ({date_text(when)})"
    # RFC 5545 wants a time of writing; with the clock's, no two exports would be alike
    released = (dataset.metadata.released or dataset.metadata.coverage).order[0]
    yield "BEGIN:VEVENT"
    yield f"SUMMARY:{escaped(one_line(dated))}"
    yield f"DTSTART;VALUE=DATE:{digits(first)}"
    if last < date.max:
        # DTEND is exclusive, our last day is not
        yield f"DTEND;VALUE=DATE:{digits(last + timedelta(days=1))}"
    else:  # the day after the year 9999 cannot be written
        yield f"DURATION:P{when.span}D"
    yield f"DTSTAMP:{digits(released)}T000000Z"
    yield f"UID:{escaped(f'{event.id}@{dataset.metadata.id}')}"
    if anniversaries and when.exact and when.span == 1:
        # Without the day counted from the end, 29 February would come back in leap years alone.
        leap_day = ";BYMONTH=2;BYMONTHDAY=-1" if (first.month, first.day) == (2, 29) else ""
        yield f"RRULE:FREQ=YEARLY{leap_day}"
    words = filter(None, (event.category, event.importance))
    yield f"CATEGORIES:{','.join(map(escaped, words))}"
    yield f"DESCRIPTION:{escaped(description(selection, event))}"
    positions = (getattr(dataset.by_id[name], "position", None) for name in event.places)
    if position := next(filter(None, positions), None):
        longitude, latitude = position
        # GEO holds one position, without exponents; four decimals are about ten metres
        yield f"GEO:{round(latitude, 4)};{round(longitude, 4)}"
    if event.places:
        yield f"LOCATION:{escaped(one_line(place_names(dataset, event.places)))}"
    yield f"STATUS:{'CONFIRMED' if when.exact else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy on the day of a battle
    yield f"X-EDTF:{escaped(when.text)}"
    yield "END:VEVENT"


def description(selection: Selection, event: Event) -> str:
    sources = short_sources(selection.dataset, sources_of(event.citations))
    paragraphs = [
        "\n".join(filter(None, [event.summary, *(f"• {point}" for point in event.points)])),
        event.significance,
        "\n".join(doubts(selection.dataset, event)),
        f"Sources: {sources}" if sources else "",
        selection.credit,
    ]
    return clean("\n\n".join(filter(None, paragraphs)))


def digits(day: date) -> str:
    """Return a day as a DATE value."""
    return day.isoformat().replace("-", "")


def escaped(text: str) -> str:
    """Return a text as a TEXT value."""
    return vText(text).to_ical().decode() if NEEDS_ESCAPE.search(text) else text


def folded(line: str) -> bytes:
    """Return a line in UTF-8 with its line break, folded if it is too long.

    It is folded as by icalendar, which looks at each letter: that took two thirds of an export.
    Here each fold is looked for from the last octet that fits.
    """
    octets = line.encode()
    if len(octets) <= LONGEST:
        return octets + b"\r\n"
    parts, start = [], 0
    while len(octets) - start > LONGEST:
        end = start + LONGEST
        while octets[end] & 0b1100_0000 == 0b1000_0000:  # inside a letter
            end -= 1
        if octets[end - 1] in b"\\^":  # keeps an escape in one
            end -= 1
        parts.append(octets[start:end])
        start = end
    return b"\r\n ".join([*parts, octets[start:]]) + b"\r\n"
