"""Reads the JSON of TimelineJS 3: https://timeline.knightlab.com/docs/json-format.html."""

from collections.abc import Mapping
from typing import Any

import msgspec

from withdrawal_cli.dataset.faults import Fault, shape_fault
from withdrawal_cli.dataset.reading import decode_json
from withdrawal_cli.imports.draft import Draft
from withdrawal_cli.imports.slides import Slide, add_era, add_event, add_title
from withdrawal_cli.values import Value, value

Number = int | float | str | None
"""TimelineJS takes numbers and text."""
HINT = "It is an object with a list 'events', each with 'start_date' and 'text'."


@value
class JsonDate(Value):
    """`start_date` and `end_date`."""

    year: Number = None
    month: Number = None
    day: Number = None
    hour: Number = None
    display_date: str | None = None


@value
class JsonText(Value):
    """`text`."""

    headline: str | None = None
    text: str | None = None


@value
class JsonMedia(Value):
    """`media`."""

    url: str | None = None
    caption: str | None = None
    credit: str | None = None


@value
class JsonSlide(Value):
    """A slide, or an era."""

    start_date: JsonDate | None = None
    end_date: JsonDate | None = None
    text: JsonText | None = None
    media: JsonMedia | None = None
    group: str | None = None
    display_date: str | None = None
    unique_id: str | None = None
    edtf: str | None = None


@value
class JsonTimeline(Value):
    """The whole file."""

    events: tuple[JsonSlide, ...]
    title: JsonSlide | None = None
    eras: tuple[JsonSlide, ...] = ()


KNOWN = {*JsonSlide.__dataclass_fields__, "autolink"}
"""The fields of a slide that are read, or that say how it looks and nothing else."""


def read(text: str, draft: Draft) -> None:
    """Add what the JSON holds to the draft. Raises WithdrawalError."""
    try:
        raw = decode_json(text.encode(), msgspec.json.Decoder())
        timeline = msgspec.convert(raw, JsonTimeline)
    except msgspec.ValidationError as error:
        fault = shape_fault(str(error))
        raise Fault(fault.path, fault.problem, HINT).located(draft.where) from None
    except Fault as fault:
        raise fault.located(draft.where) from None
    if timeline.title:
        add_title(draft, _slide(timeline.title, raw["title"], "title"))
    for add, key in ((add_era, "eras"), (add_event, "events")):
        slides = zip(getattr(timeline, key), raw.get(key, ()), strict=True)
        for number, (slide, fields) in enumerate(slides):
            add(draft, _slide(slide, fields, f"{key}[{number}]"))
    for name in raw:
        if name not in (*JsonTimeline.__dataclass_fields__, "scale"):
            draft.warn(f"the field {name!r} is not imported")


def _slide(slide: JsonSlide, fields: Mapping[str, Any], at: str) -> Slide:
    """Return a slide of either origin; `fields` is the same object with all that it has."""
    start, end = slide.start_date or JsonDate(), slide.end_date or JsonDate()
    text, media = slide.text or JsonText(), slide.media or JsonMedia()
    others = [name for name, content in fields.items() if content and name not in KNOWN]
    for name, content in (fields.get("media") or {}).items():
        if content and name not in JsonMedia.__dataclass_fields__:
            others.append(f"media {name}")
    return Slide(
        at=at,
        start=_parts(start),
        end=_parts(end),
        timed=any(date.hour not in (None, "") for date in (start, end)),
        display=slide.display_date or start.display_date or "",
        headline=text.headline or "",
        text=text.text or "",
        media=media.url or "",
        caption=media.caption or "",
        credit=media.credit or "",
        group=slide.group or "",
        unique_id=slide.unique_id or "",
        edtf=slide.edtf or "",
        others=tuple(others),
    )


def _parts(date: JsonDate) -> tuple[str, str, str]:
    parts = (date.year, date.month, date.day)
    year, month, day = ("" if part is None else str(part).strip() for part in parts)
    return year, month, day
