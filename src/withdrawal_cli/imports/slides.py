"""Turns what TimelineJS calls slides and eras, from its JSON or its spreadsheet, into records."""

import re
from functools import lru_cache

from withdrawal_cli.dates import Edtf, Period, date_text, parse_edtf
from withdrawal_cli.errors import UsageError
from withdrawal_cli.imports.draft import Draft, quoted
from withdrawal_cli.imports.markup import plain, read_html
from withdrawal_cli.model import CATEGORIES
from withdrawal_cli.safety import is_web_address
from withdrawal_cli.time_expressions import parse_period
from withdrawal_cli.values import Row, row

DISPLAY = re.compile(r"(c\. ?|ca\.? |circa |about |around )?(.*?)( ?\?)?")
"""A display date: approximate or not, its words, uncertain or not."""
QUALIFIERS = {(True, True): "%", (True, False): "~", (False, True): "?", (False, False): ""}
"""How EDTF marks a date that is approximate, uncertain, or both."""


@row  # a long file has hundreds of thousands
class Slide(Row):
    """One slide or era, every cell as text; an empty text for what is not there."""

    at: str
    "Its position in the file: `row 3` or `events[2]`."
    start: tuple[str, str, str] = ("", "", "")
    "Year, month and day."
    end: tuple[str, str, str] = ("", "", "")
    timed: bool = False
    "Whether a time of day is given."
    display: str = ""
    headline: str = ""
    text: str = ""
    media: str = ""
    caption: str = ""
    credit: str = ""
    group: str = ""
    unique_id: str = ""
    others: tuple[str, ...] = ()
    "The names of what else it has, such as a background."


def add_title(draft: Draft, slide: Slide) -> None:
    """Take title and description of the dataset from the title slide."""
    draft.title = plain(slide.headline) or draft.title
    prose = read_html(slide.text)
    draft.description = " ".join((prose.summary, *prose.points)).strip()
    for name in (("media",) if slide.media else ()) + slide.others:
        draft.warn(f"the {name} is not imported", slide.at)


def add_era(draft: Draft, slide: Slide) -> None:
    """Add a phase if the era has a date and a headline."""
    if dated := _date_and_title(draft, slide):
        date, title = dated
        draft.add(
            "phases",
            draft.new_id(title),
            title=title,
            date=date,
            summary=read_html(slide.text).summary,
        )


def add_event(draft: Draft, slide: Slide) -> None:
    """Add an event if the slide has a date and a headline; its links and media become sources."""
    dated = _date_and_title(draft, slide)
    if not dated:
        return
    date, title = dated
    prose = read_html(slide.text)
    for tag in prose.shown:
        draft.warn(f"what <{tag}> shows is not imported", slide.at)
    category = slide.group.strip().casefold()
    if category and category not in CATEGORIES:
        known = ", ".join(CATEGORIES)
        problem = f"the group {quoted(slide.group)} is no category ({known}); it is not imported"
        draft.warn(problem, slide.at)
        category = ""
    # Taken before its sources take theirs: an id that both could have is the event's.
    identifier = draft.new_id(title, slide.unique_id)
    citations = [
        draft.cite(link.url, link.text, link.after)
        for link in prose.links
        if _is_address(draft, slide, link.url, "link")
    ]
    if slide.media and _is_address(draft, slide, slide.media, "media"):
        credit = plain(slide.credit)
        caption = plain(slide.caption) or f"[Media of: {title}]"
        note = f"Credit: {credit}" if credit else ""
        citations.append(draft.cite(slide.media, caption, note=note))
    draft.add(
        "events",
        identifier,
        date=date,
        title=title,
        summary=prose.summary,
        points=list(prose.points),
        category=category,
        citations=citations,
    )
    for name in slide.others:
        draft.warn(f"the {name} is not imported", slide.at)


def _is_address(draft: Draft, slide: Slide, url: str, what: str) -> bool:
    found = is_web_address(url)
    if not found:
        problem = f"the {what} {quoted(url)} is not a web address; it is not imported"
        draft.warn(problem, slide.at)
    return found


def _date_and_title(draft: Draft, slide: Slide) -> tuple[str, str] | None:
    """Return the date in EDTF, and the title; `None`, with a warning, where one is missing."""
    date, title = _date(draft, slide), plain(slide.headline)
    if not title:
        draft.warn("there is no headline; it is left out", slide.at)
    return (date, title) if date and title else None


def _date(draft: Draft, slide: Slide) -> str | None:
    if not slide.start[0]:
        draft.warn("there is no start date; it is left out", slide.at)
        return None
    try:
        when = parse_edtf(edtf_text(*slide.start))
    except ValueError as error:
        draft.warn(f"{error}; it is left out", slide.at)
        return None
    if slide.timed:
        draft.warn("the time of day is not imported", slide.at)
    if slide.end[0]:
        try:
            end = parse_edtf(edtf_text(*slide.end))
            if end != when:
                when = parse_edtf(f"{when.text}/{end.text}")
        except ValueError as error:
            draft.warn(f"the end is not imported ({error})", slide.at)
    qualifier = _qualifier(slide.display, when)
    if qualifier is None:
        draft.warn(f"the display date {quoted(slide.display)} is not imported", slide.at)
    return when.text + (qualifier or "")


def _qualifier(display: str, when: Edtf) -> str | None:
    """Return how EDTF marks what a display date says; `None` where it says something else."""
    match = DISPLAY.fullmatch(" ".join(display.split()).casefold())
    if not display or not match:
        return ""
    approximately, text, uncertain = match.groups()
    if text != date_text(when).casefold():
        try:
            if parse_period(text, lambda _: None) != Period.of(when):
                return None
        except UsageError:
            return None
    qualifier = QUALIFIERS[bool(approximately), bool(uncertain)]
    # In an interval EDTF marks each end, and nothing says which one is meant.
    return None if qualifier and "/" in when.text else qualifier


@lru_cache(maxsize=1 << 12)  # the events of a chronicle share their days
def edtf_text(year: str, month: str, day: str) -> str:
    """Return year, month and day as EDTF. Raises ValueError for what is not a number.

    >>> edtf_text("1,848", "4", ""), edtf_text("44", "", "")
    ('1848-04', '0044')
    """
    numbers = []
    for name, part in (("year", year), ("month", month), ("day", day)):
        digits = "".join(part.replace(",", "").split())
        if digits.startswith("-") and name == "year":
            raise ValueError(f"{digits!r}: years go from 0001 to 9999")
        if part and not (digits.isascii() and digits.isdigit()):
            raise ValueError(f"the {name} {quoted(part)} is not a number")
        if len(digits.lstrip("0")) > 4:
            raise ValueError(f"the {name} {quoted(part)} is too large")
        numbers.append(digits[-4:])
    if numbers[2] and not numbers[1]:
        raise ValueError("there is a day without a month")
    return "-".join(
        [f"{int(numbers[0]):04}", *(f"{int(number):02}" for number in numbers[1:] if number)]
    )
