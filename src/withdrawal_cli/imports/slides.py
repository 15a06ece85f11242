"""Turns what TimelineJS calls slides and eras, from its JSON or its spreadsheet, into records."""

from typing import Any

from msgspec.structs import replace

from withdrawal_cli.dates import Edtf, Period, parse_edtf
from withdrawal_cli.dates.time_expressions import parse_date
from withdrawal_cli.errors import UsageError
from withdrawal_cli.imports.dates import TIME_OF_DAY, Parts, parts_date, read_date, read_span
from withdrawal_cli.imports.draft import Draft, category, title_of, visible, web_address
from withdrawal_cli.imports.markup import plain, read_html
from withdrawal_cli.model import Event
from withdrawal_cli.safety import quoted
from withdrawal_cli.values import Row


class Slide(Row):
    """One slide or era, every cell as text; a missing one is empty."""

    at: str
    "Its position in the file: `row 3` or `events[2]`."
    start: Parts = ("", "", "")
    end: Parts = ("", "", "")
    timed: bool = False
    "Whether a time of day is given."
    display: str = ""
    edtf: str = ""
    "The date as our own export adds it."
    headline: str = ""
    text: str = ""
    media: str = ""
    caption: str = ""
    credit: str = ""
    group: str = ""
    unique_id: str = ""
    others: tuple[str, ...] = ()
    "The names of anything else it has, such as a background."


def add_title(draft: Draft, slide: Slide) -> None:
    """Take title and description of the dataset from the title slide."""
    draft.title = visible(plain(slide.headline)) or draft.title
    draft.description = _told(draft, slide)
    if slide.start[0]:
        draft.warn("the start date is not imported", slide.at)


def add_era(draft: Draft, slide: Slide) -> None:
    """Add a phase if the era has a date and a headline."""
    if dated := _date_and_title(draft, slide):
        date, title = dated
        summary = _told(draft, slide)
        draft.add("phases", draft.new_id(title), title=title, date=date, summary=summary)


def _told(draft: Draft, slide: Slide) -> str:
    """Return the text of a slide that becomes no event; warn of what else it has."""
    prose = read_html(slide.text)
    for link in prose.links:
        draft.warn(f"the link {quoted(link.url)} is not imported", slide.at)
    for tag in prose.shown:
        draft.warn(f"what <{tag}> shows is not imported", slide.at)
    has = [name for name in ("media", "caption", "credit", "group") if getattr(slide, name)]
    for name in (*has, *slide.others):
        draft.warn(f"the {name} is not imported", slide.at)
    return " ".join((prose.summary, *prose.points)).strip()


def add_event(draft: Draft, slide: Slide) -> None:
    """Add an event if the slide has a date and a headline; its links and media become sources."""
    dated = _date_and_title(draft, slide)
    if not dated:
        return
    date, title = dated
    prose = read_html(slide.text)
    for tag in prose.shown:
        draft.warn(f"what <{tag}> shows is not imported", slide.at)
    # Taken before its sources take theirs: an id that both could have is the event's.
    identifier = draft.new_id(title, slide.unique_id)
    citations = [
        draft.cite(address, link.text, link.after)
        for link in prose.links
        if (address := _address(draft, slide, link.url, "link"))
    ]
    for name in ("caption", "credit"):
        if getattr(slide, name) and not slide.media:
            draft.warn(f"the {name} is not imported: there is no media", slide.at)
    if slide.media and (address := _address(draft, slide, slide.media, "media")):
        credit = plain(slide.credit)
        caption = plain(slide.caption) or f"[Media of: {title}]"
        note = f"Credit: {credit}" if credit else ""
        citations.append(draft.cite(address, caption, note=note))
    draft.add(
        "events",
        identifier,
        date=date,
        title=title,
        summary=prose.summary,
        points=list(prose.points),
        category=category(slide.group),
        citations=citations,
    )
    for name in slide.others:
        draft.warn(f"the {name} is not imported", slide.at)


def update_event(draft: Draft, slide: Slide, event: Event, exported: Slide) -> None:
    """Update the record of an event with what was changed in its slide since the export."""
    changed: dict[str, Any] = {}
    if date := _changed_date(draft, slide, exported):
        changed["date"] = parse_edtf(date)
    if slide.headline != exported.headline and (title := visible(plain(slide.headline))):
        changed["title"] = title
    if slide.text != exported.text:
        prose = read_html(slide.text)
        changed |= {"summary": prose.summary or None, "points": prose.points}
        draft.warn("the text was changed: it is imported with what the export added", slide.at)
    if slide.group != exported.group:
        changed["category"] = category(slide.group) or None
    added = ("media",) if slide.media else ()
    for name in (*added, *slide.others):
        draft.warn(f"the {name} is not imported", slide.at)
    draft.put("events", replace(event, **changed))


def _changed_date(draft: Draft, slide: Slide, exported: Slide) -> str | None:
    """Return the date of a slide in EDTF if it is no longer what was exported.

    An edit changes one of three: the numbers, the words or our own key. The others still say the
    old date.
    """
    said = "" if slide.display == exported.display else slide.display
    if slide.edtf not in ("", exported.edtf):
        # With the old date to fall back on, if the new one is not a date.
        return _date(draft, replace(slide, start=("", "", ""), display=exported.edtf))
    try:
        if (slide.start, slide.end) != (exported.start, exported.end):
            if not slide.start[0]:
                raise UsageError("there is no start date")
            parts_date(*slide.start)
            return _date(draft, replace(slide, edtf="", display=said))
        if said and parse_date(said):
            return _date(draft, replace(slide, edtf=""))
    except UsageError as error:
        draft.warn(f"the date is not imported ({error.problem})", slide.at)
    return None


def _address(draft: Draft, slide: Slide, url: str, what: str) -> str | None:
    # A browser sends a space as %20; two addresses in one cell are not an address.
    address = web_address(url.strip().replace(" ", "%20") if url.count("//") < 2 else url)
    if not address:
        problem = f"the {what} {quoted(url)} is not a web address; it is not imported"
        draft.warn(problem, slide.at)
    return address


def _date_and_title(draft: Draft, slide: Slide) -> tuple[str, str] | None:
    """Return the date in EDTF, and the title; `None`, with a warning, if one is missing.

    A missing title is made from the text, or from the caption of the media.
    """
    date, title = _date(draft, slide), visible(plain(slide.headline))
    if not title:
        prose = read_html(slide.text)
        said = prose.summary or "; ".join((*prose.points, *(link.text for link in prose.links)))
        title = title_of(said or plain(slide.caption))
        made = "its title is made from its text" if title else "it is left out"
        draft.warn(f"there is no headline; {made}", slide.at)
    return (date, title) if date and title else None


def _date(draft: Draft, slide: Slide) -> str | None:
    """Return the date of a slide in EDTF; `None`, with a warning, if there is none.

    Our own key has all of it. Otherwise it is in numbers, to which the display date adds doubt.
    """
    if slide.edtf:
        try:
            whole = parse_edtf(slide.edtf)
            if _may_begin(whole, slide.start):
                return whole.text
            reason = f"{slide.edtf!r} is not the time of the start date"
        except ValueError as error:
            reason = str(error)
        draft.warn(f"the key edtf is not imported ({reason})", slide.at)
    try:
        shown = read_date(draft, slide.at, slide.display) if slide.display else None
    except UsageError:
        shown = None
    if not slide.start[0] and not shown:
        draft.warn("there is no start date; it is left out", slide.at)
        return None
    when = _in_numbers(draft, slide) if slide.start[0] else shown
    if when is None or when == shown:
        return when.text if when else None
    if shown and _says_the_same(shown, when):
        return shown.text
    if slide.display:
        draft.warn(f"the display date {quoted(slide.display)} is not imported", slide.at)
    return when.text


def _may_begin(whole: Edtf, start: Parts) -> bool:
    """Whether a date shares days with the start date, or that is not a date."""
    try:
        return not start[0] or Period.of(whole).overlaps(parts_date(*start))
    except UsageError:
        return True


def _in_numbers(draft: Draft, slide: Slide) -> Edtf | None:
    """Return the date from start to end; `None`, with a warning, if the start is not a date."""
    # A whole stamp may stand in place of the year.
    start, end = (TIME_OF_DAY.sub("", parts[0]) for parts in (slide.start, slide.end))
    is_timed = slide.timed or (start, end) != (slide.start[0], slide.end[0])

    def read(year: str, month: str, day: str) -> Edtf:
        when = parts_date(year, month, day)
        if is_timed:
            draft.warn("the time of day is not imported", slide.at)
        return when

    return read_span(draft, slide.at, (start, *slide.start[1:]), (end, *slide.end[1:]), read)


def _says_the_same(shown: Edtf, when: Edtf) -> bool:
    """Whether words mean the same days as the numbers, or a longer time that begins with them.

    The numbers only place a slide, so 1 May 1988 may stand for `May 1988`.
    """
    if Period.of(shown) == Period.of(when):
        return True
    return not when.lasted and shown.earliest == when.earliest and Period.of(shown).contains(when)
