"""Reads the JSON of TimelineJS 3: https://timeline.knightlab.com/docs/json-format.html."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from withdrawal_cli.dataset.canonical import encoded
from withdrawal_cli.dataset.carrying import KEY, unpacked
from withdrawal_cli.dataset.faults import Fault
from withdrawal_cli.dataset.reading import dataset_of, decode_date, decode_json, document_type
from withdrawal_cli.dataset.references import faults
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.exports.timelinejs import CONTINUED, html, slide
from withdrawal_cli.imports.draft import Draft, visible
from withdrawal_cli.imports.markup import plain
from withdrawal_cli.imports.slides import Slide, add_era, add_event, add_title, update_event
from withdrawal_cli.model import Dataset
from withdrawal_cli.safety import quoted

HINT = "It is an object with a list 'events', each with 'start_date' and 'text'."

FIELDS = {
    "start_date": ("year", "month", "day", "hour", "minute", "second", "millisecond", "format",
                   "display_date"),
    "text": ("headline", "text"),
    "media": ("url", "caption", "credit"),
}  # fmt: skip
"""The objects in a slide, and the fields of each that are read or only say how it looks."""
FIELDS["end_date"] = FIELDS["start_date"]

BARE = {"start_date": "year", "end_date": "year", "text": "text", "media": "url"}
"""What a text or a number means in place of an object: `"media": "https://..."`."""

KNOWN = {*FIELDS, "group", "display_date", "unique_id", "edtf", "autolink"}
"""The fields of a slide that are read or only say how it looks."""

ESCAPED = re.compile(
    r"\\(?:ud[89ab]..\\ud[c-f]..|(?P<half>ud[89a-f]..)|.)", re.IGNORECASE | re.DOTALL
)
"""An escape in JSON: a surrogate pair, half of one, or any other."""

EMPTY: tuple[Any, ...] = (None, "", [], {}, False)
"""Empty contents: PHP writes an empty object as a list."""


def read(text: str, draft: Draft) -> None:
    """Add what the JSON holds to the draft. Raises WithdrawalError."""
    try:
        # Floats as text: Python cannot read `1e400`, which should cost only its own field.
        decoder = msgspec.json.Decoder(float_hook=str)
        timeline = decode_json(_repaired(draft, text).encode(), decoder)
    except Fault as fault:
        raise fault.located(draft.where) from None
    events = timeline.get("events") if isinstance(timeline, dict) else None
    if not isinstance(events, list | dict):
        problem = "this is not the JSON of a TimelineJS timeline"
        raise WithdrawalError(problem, where=draft.where, hint=HINT)
    if isinstance(timeline.get("dataset"), dict) and KEY not in timeline:
        hint = "Every command reads it with --data."
        raise WithdrawalError("this is a dataset already", where=draft.where, hint=hint)
    if ours := _carried(draft, timeline.get(KEY)):
        _update(draft, ours, timeline)
        return
    for add, key in ((add_title, "title"), (add_era, "eras"), (add_event, "events")):
        for at, fields in _objects(draft, key, timeline.get(key)):
            add(draft, _slide(draft, fields, at))
    for name, content in timeline.items():
        if name not in ("events", "title", "eras", "scale", KEY) and content not in EMPTY:
            draft.warn(f"the field {quoted(name)} is not imported")


def _repaired(draft: Draft, text: str) -> str:
    """Return the JSON with U+FFFD for half a surrogate pair: a cut emoji leaves `\\ud83d`."""
    if not re.search(r"\\ud[89a-f]", text, re.IGNORECASE):
        return text
    found = ESCAPED.sub(lambda match: "\\ufffd" if match["half"] else match[0], text)
    if found != text:
        draft.warn("letters that were cut in half are imported as \ufffd")
    return found


def _carried(draft: Draft, packed: Any) -> Dataset | None:
    """Return the dataset that a timeline of ours carries."""
    if not isinstance(packed, str):
        return None
    try:
        decoder: Any = msgspec.json.Decoder(document_type(), dec_hook=decode_date)
        dataset = dataset_of(decode_json(unpacked(packed), decoder))
        for fault in faults(dataset):
            raise fault
    except Fault as fault:
        draft.warn(f"the dataset in it is not imported, only its slides ({fault.problem})")
        return None
    return dataset


def _update(draft: Draft, dataset: Dataset, timeline: dict[str, Any]) -> None:
    """Take the dataset as it was exported, with what has changed in its slides since."""
    draft.take(dataset)
    about = dataset.metadata
    for at, fields in _objects(draft, "title", timeline.get("title")):
        title = visible(plain(_slide(draft, fields, at).headline))
        if title and title != plain(html(about.title)):
            draft.metadata = encoded(replace(about, title=title))
    phases = {plain(html(phase.title)) for phase in dataset.phases}
    for at, fields in _objects(draft, "eras", timeline.get("eras")):
        era = plain(_slide(draft, fields, at).headline)
        if era.removesuffix(CONTINUED) not in phases:
            draft.warn(f"the era {quoted(era)} is not imported", at)
    events = {event.id: event for event in dataset.events}
    for at, fields in _objects(draft, "events", timeline["events"]):
        event = events.get(str(fields.get("unique_id")))
        exported = slide(dataset, event) if event else None
        if event is None or exported is None:
            add_event(draft, _slide(draft, fields, at))
        elif fields != exported:
            update_event(draft, _slide(draft, fields, at), event, _slide(draft, exported, at))


def _unwrapped(content: Any) -> Any:
    """Return the only item of a list, as which some programs write an object; else `content`."""
    return content[0] if isinstance(content, list) and len(content) == 1 else content


def _objects(draft: Draft, key: str, slides: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the slides that are objects, with where they stand."""
    if key == "title" or (isinstance(slides, dict) and slides.keys() & FIELDS.keys()):
        slides = [_unwrapped(slides)]  # a slide alone, without its list
    elif isinstance(slides, dict):  # what an array of PHP that lacks a number becomes
        slides = list(slides.values())
    if not isinstance(slides, list):
        if slides not in EMPTY:
            draft.warn(f"the {key} are not a list; they are left out")
        return
    for number, fields in enumerate(map(_unwrapped, slides)):
        at = key if key == "title" else f"{key}[{number}]"
        if isinstance(fields, dict):
            yield at, fields
        elif fields not in EMPTY:
            draft.warn(f"{quoted(str(fields))} is not a slide; it is left out", at)


def _parts(draft: Draft, fields: dict[str, Any], at: str) -> dict[str, dict[str, Any]]:
    """Return the objects in a slide, an empty one for any that is missing or not an object."""
    parts: dict[str, dict[str, Any]] = {}
    for name in FIELDS:
        content = _unwrapped(fields.get(name))
        if isinstance(content, str | int) and content not in EMPTY and content is not True:
            content = {BARE[name]: content}
        if not isinstance(content, dict) and content not in EMPTY:
            problem = f"the {name} {quoted(str(content))} is not an object; it is not imported"
            draft.warn(problem, at)
        parts[name] = content if isinstance(content, dict) else {}
    return parts


def _others(fields: dict[str, Any], parts: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield the names of what a slide has but no record can hold."""
    yield from (
        name for name, content in fields.items() if content not in EMPTY and name not in KNOWN
    )
    for name, known in FIELDS.items():
        yield from (
            f"{name} {key}" for key, content in parts[name].items() if key not in known and content
        )


def _slide(draft: Draft, fields: dict[str, Any], at: str) -> Slide:
    """Return a slide with every content as text; warns of anything that is not."""
    parts = _parts(draft, fields, at)

    def cell(content: Any, name: str) -> str:
        if isinstance(content, str):
            return content.strip()
        if isinstance(content, int) and not isinstance(content, bool):
            return str(content)
        if content not in EMPTY:
            draft.warn(f"the {name} {quoted(str(content))} is not text; it is not imported", at)
        return ""

    start, end = (
        tuple(cell(parts[date].get(part), part) for part in ("year", "month", "day"))
        for date in ("start_date", "end_date")
    )
    text, media = parts["text"], parts["media"]
    return Slide(
        at=at,
        start=(start[0], start[1], start[2]),
        end=(end[0], end[1], end[2]),
        timed=any(parts[date].get("hour") not in (None, "") for date in ("start_date", "end_date")),
        display=cell(fields.get("display_date"), "display date")
        or cell(parts["start_date"].get("display_date"), "display date"),
        headline=cell(text.get("headline"), "headline"),
        text=cell(text.get("text"), "text"),
        media=cell(media.get("url"), "media"),
        caption=cell(media.get("caption"), "caption"),
        credit=cell(media.get("credit"), "credit"),
        group=cell(fields.get("group"), "group"),
        unique_id=cell(fields.get("unique_id"), "unique_id"),
        edtf=cell(fields.get("edtf"), "edtf"),
        others=tuple(_others(fields, parts)),
    )
