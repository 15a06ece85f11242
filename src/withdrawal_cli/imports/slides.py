"""What TimelineJS calls slides and eras, from its JSON or its spreadsheet, to events and phases."""

import re
from functools import lru_cache

from withdrawal_cli.dates import Edtf, Period, date_text, parse_edtf
from withdrawal_cli.errors import UsageError
from withdrawal_cli.imports.draft import Draft, quoted
from withdrawal_cli.imports.markup import plain, read_html
from withdrawal_cli.model import CATEGORIES
from withdrawal_cli.safety import is_web_address
from withdrawal_cli.time_expressions import parse_period
from withdrawal_cli.values import Value, value

PARTS = ("year", "month", "day")
DISPLAY = re.compile(r"(c\. ?|ca\.? |circa |about |around )?(.*?)( ?\?)?")
"""What a display date says of its doubt, before and after its words."""


@value
class Slide(Value):
    """One slide or era, every cell as text; nothing is empty."""

    place: str
    "Where it stands in its file."
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
    if slide.media:
        draft.doubt("the media is not carried", slide.place)
    _doubt_others(draft, slide)


def add_era(draft: Draft, slide: Slide) -> None:
    """Add a phase, if the era says when it was and what it is called."""
    when, title = _date(draft, slide), _headline(draft, slide)
    if when and title:
        draft.add(
            "phases", title, title=title, date=when.text, summary=read_html(slide.text).summary
        )


def add_event(draft: Draft, slide: Slide) -> None:
    """Add an event, if the slide says when it was and what it is called; its links and media become sources."""
    when, title = _date(draft, slide), _headline(draft, slide)
    if not when or not title:
        return
    prose = read_html(slide.text)
    for tag in prose.shown:
        draft.doubt(f"what <{tag}> shows is not carried", slide.place)
    event = draft.add(
        "events",
        title,
        slide.unique_id,
        date=when.text,
        title=title,
        summary=prose.summary,
        points=list(prose.points),
        category=_category(draft, slide),
    )
    citations = [
        draft.cite(link.url, link.words, link.after)
        for link in prose.links
        if _is_address(draft, slide, link.url, "link")
    ]
    if slide.media and _is_address(draft, slide, slide.media, "media"):
        credit = plain(slide.credit)
        caption = plain(slide.caption) or f"[Media of: {title}]"
        citations.append(
            draft.cite(slide.media, caption, note=f"Credit: {credit}" if credit else "")
        )
    event.update({"citations": citations} if citations else {})
    _doubt_others(draft, slide)


def _headline(draft: Draft, slide: Slide) -> str:
    title = plain(slide.headline)
    if not title:
        draft.doubt("there is no headline; it is left out", slide.place)
    return title


def _date(draft: Draft, slide: Slide) -> Edtf | None:
    """Return the date in EDTF; `None`, with a doubt, when there is none that we can keep."""
    if not slide.start[0]:
        draft.doubt("there is no start date; it is left out", slide.place)
        return None
    try:
        start = parse_edtf(_edtf(slide.start))
    except ValueError as error:
        draft.doubt(f"{error}; it is left out", slide.place)
        return None
    if slide.timed:
        draft.doubt("the time of day is not carried", slide.place)
    return _as_shown(draft, slide, _lasting(draft, slide, start))


def _lasting(draft: Draft, slide: Slide, start: Edtf) -> Edtf:
    """Return the date with its end, if there is one."""
    if not slide.end[0]:
        return start
    try:
        end = parse_edtf(_edtf(slide.end))
        return start if start == end else parse_edtf(f"{start.text}/{end.text}")
    except ValueError as error:
        draft.doubt(f"the end is not carried ({error})", slide.place)
        return start


def _as_shown(draft: Draft, slide: Slide, when: Edtf) -> Edtf:
    """Return the date with the doubt of its display date: `c.` is approximate, a question mark uncertain."""
    if not slide.display:
        return when
    about, words, unsure = DISPLAY.fullmatch(" ".join(slide.display.split()).casefold()).groups()  # type: ignore[union-attr]
    if words == date_text(when).casefold() or _reads_as(words, when):
        mark = {(True, True): "%", (True, False): "~", (False, True): "?"}.get(
            (bool(about), bool(unsure)), ""
        )
        if not mark or "/" not in when.text:
            return parse_edtf(when.text + mark)
    draft.doubt(f"the display date {quoted(slide.display)} is not carried", slide.place)
    return when


def _reads_as(words: str, when: Edtf) -> bool:
    try:
        return parse_period(words, lambda _: None) == Period.of(when)
    except UsageError:
        return False


@lru_cache(maxsize=1 << 12)
def _edtf(parts: tuple[str, str, str]) -> str:
    """Return year, month and day as EDTF. Raises ValueError for what is no number.

    >>> _edtf(("1,848", "4", "")), _edtf(("44", "", ""))
    ('1848-04', '0044')
    """
    numbers = []
    for name, part in zip(PARTS, parts, strict=True):
        digits = "".join(part.replace(",", "").split())
        if digits.startswith("-") and name == "year":
            raise ValueError(f"{digits!r}: years go from 0001 to 9999")
        if part and not (digits.isascii() and digits.isdigit()):
            raise ValueError(f"the {name} {quoted(part)} is not a number")
        if len(digits.lstrip("0")) > 4:
            raise ValueError(f"the {name} {quoted(part)} is too large")
        numbers.append(digits[-4:])
    year, month, day = numbers
    if day and not month:
        raise ValueError("there is a day without a month")
    return "-".join(
        [f"{int(year):04}", *(f"{int(number):02}" for number in (month, day) if number)]
    )


def _category(draft: Draft, slide: Slide) -> str:
    """Return the group if it is one of our categories."""
    group = slide.group.strip().casefold()
    if group and group not in CATEGORIES:
        draft.doubt(
            f"the group {quoted(slide.group)} is no category ({', '.join(CATEGORIES)}); it is not carried",
            slide.place,
        )
        return ""
    return group


def _is_address(draft: Draft, slide: Slide, url: str, what: str) -> bool:
    if is_web_address(url):
        return True
    draft.doubt(f"the {what} {quoted(url)} is not a web address; it is not carried", slide.place)
    return False


def _doubt_others(draft: Draft, slide: Slide) -> None:
    for name in slide.others:
        draft.doubt(f"the {name} is not carried", slide.place)
