"""One page for people: every record with its sources, readable without a program, a network or JavaScript.

The page carries its data, which `--data` reads back.
"""

import re
from base64 import b64encode
from collections.abc import Collection, Iterable
from hashlib import sha256
from importlib import resources
from string import ascii_lowercase
from typing import Any

import jinja2
from markupsafe import Markup

from withdrawal_cli.dataset.canonical import compact
from withdrawal_cli.dataset.pages import CARRIER, carry
from withdrawal_cli.dates import date_text, day_text
from withdrawal_cli.exports import Selection
from withdrawal_cli.exports.drawings import map_plan, strength_chart
from withdrawal_cli.formats.citations.text import plain as plain_text
from withdrawal_cli.formats.citations.text import reference
from withdrawal_cli.model import CASUALTIES, CATEGORIES, MEASURES, Dataset, Estimate, Source
from withdrawal_cli.queries.casualties import summarize_casualties
from withdrawal_cli.queries.citing import Entry, cite_self
from withdrawal_cli.queries.disputes import dispute_row, summarize_disputes
from withdrawal_cli.queries.filters import Filters
from withdrawal_cli.queries.lists import bibliographic_order, sortable, summarize_list
from withdrawal_cli.queries.map import sketch_map
from withdrawal_cli.queries.overview import summarize_overview
from withdrawal_cli.queries.spans import span_of
from withdrawal_cli.queries.strength import SilenceRow, summarize_strength
from withdrawal_cli.queries.timeline import chapters
from withdrawal_cli.safety import clean, is_web_address
from withdrawal_cli.wording import (
    CERTAINTY_MARKS,
    country_text,
    figure_of,
    life_text,
    number,
    short_source,
    spread_text,
)

TEMPLATES = resources.files(__package__) / "templates"


def render(selection: Selection) -> bytes:
    """Return the page."""
    style, script = (Markup(_narrow(_file(name))) for name in ("page.css", "page.js"))  # noqa: S704 (our own files)
    page = _environment(selection.dataset).get_template("page.html")
    text = page.render(
        **_contents(selection),
        style=style,
        script=script,
        policy=_policy(style, script),
        carrier=CARRIER,
        carried=carry(compact(selection.dataset)),
    )
    return (_unquoted(_narrow(text)) + "\n").encode()


def _contents(selection: Selection) -> dict[str, Any]:
    """Return what the page shows: the chosen events, and every other record of the file."""
    dataset = selection.dataset
    everything = Filters(all=True)
    sketch = sketch_map(dataset, selection.events)
    chosen = {event.id for event in selection.events}
    headed = chapters(dataset, selection.events)
    starts, ends = (
        [getattr(phase.date, end) for phase in dataset.phases] for end in ("earliest", "latest")
    )
    labels = _source_labels(dataset.sources)
    listed = {
        key: summarize_list(dataset, key, {}).rows
        for key in ("people", "places", "organizations", "sources")
    }
    return {
        "about": dataset.metadata,
        "selection": selection,
        "citation": plain_text(reference(cite_self(dataset)[0])),
        "card": summarize_overview(dataset),
        "drawing": strength_chart(dataset),
        "plan": map_plan(sketch),
        "spots": [row for row in sketch.rows if row.number],
        "beyond": [row.id for row in sketch.rows if not row.number],
        "numbers": {row.id: row.number for row in sketch.rows},
        "phases": dataset.phases,
        "first_day": min(starts, default=None) if None not in starts else None,
        "last_day": max(ends, default=None) if None not in ends else None,
        "categories": [
            name for name in CATEGORIES if any(event.category == name for event in selection.events)
        ],
        "chapters": headed,
        "chosen": chosen,
        "near": _near_anchors(dataset, chosen),
        "headed": {chapter.phase.id for chapter in headed if chapter.phase},
        "strength": summarize_strength(dataset, everything, every_side=True).series,
        "casualties": summarize_casualties(dataset, everything).sections,
        "others": _others(dataset),
        "disputes": [
            (question, dispute_row(question)) for question in summarize_disputes(dataset).found
        ],
        **listed,
        "label": labels,
        "sources": sorted(listed["sources"], key=lambda row: sortable(labels[row.id])),
    }


def _near_anchors(dataset: Dataset, chosen: Collection[str]) -> dict[str, str]:
    """Return a short anchor for each record on the page: thousands of links with whole ids would weigh 200 KB.

    Every record has its lasting anchor too, `event-ID` and so on, which the script puts in the address.
    """
    keys = ("people", "places", "organizations", "sources", "estimates", "disputes")
    shown = [*chosen, *(item.id for key in keys for item in getattr(dataset, key))]
    return {identifier: f"r{place}" for place, identifier in enumerate(sorted(shown), 1)}


def _others(dataset: Dataset) -> list[tuple[str, list[Estimate]]]:
    """Return the figures that count neither losses nor strength, under their measures."""
    measures = [measure for measure in MEASURES if measure not in (*CASUALTIES, "strength")]
    found = [
        (measure, [item for item in dataset.estimates if item.measure == measure])
        for measure in measures
    ]
    return [(measure, sorted(items, key=_order)) for measure, items in found if items]


def _order(estimate: Estimate) -> tuple[object, ...]:
    return estimate.side or "~", estimate.date.text if estimate.date else "~", estimate.id


def _environment(dataset: Dataset) -> jinja2.Environment:
    """Return the templates' world: what is written is escaped and clean; a name that is missing is a bug."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_file),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda content: (
            clean(content)
            if isinstance(content, str) and not isinstance(content, Markup)
            else content
        ),
    )
    events = {event.id: event for event in dataset.events}
    linked: dict[str, list[Estimate]] = {}
    for estimate in dataset.estimates:
        linked.setdefault(estimate.event or "", []).append(estimate)
    environment.filters |= {
        "date": lambda when: date_text(when) if when else "",
        "day": day_text,
        "number": number,
        "life": life_text,
        "country": country_text,
        "figure": figure_of,
        "spread": spread_text,
        "host": _host,
        "reference": lambda source: reference(Entry(source=source)),
    }
    environment.globals |= {
        "name": dataset.name,
        "marks": CERTAINTY_MARKS,
        "record": dataset.by_id,
        "figures_of": linked,
        "disputes_of": dataset.disputes_of,
        "days_of": lambda when: "{} {}".format(*span_of(when.earliest, when.latest)),
        "related_to": lambda event: sorted(
            (events[other] for other in event.related), key=lambda item: item.date.order
        ),
        "is_silence": lambda entry: isinstance(entry, SilenceRow),
        "is_web_address": is_web_address,
        "is_figure": lambda answer: isinstance(answer, Estimate),
    }
    return environment


def _file(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def _narrow(text: str) -> str:
    """Return the text without empty lines and without the space at the ends of lines, which mean nothing on the page."""
    return re.sub(r"\s*\n\s*", "\n", text.strip())


def _unquoted(text: str) -> str:
    """Return the page without quotation marks around the attributes that need none: outside of tags they are escaped."""
    return re.sub(r'="([\w#-]+)"(?=[ >\n])', r"=\1", text)


def _policy(*inline: str) -> str:
    """Return a content security policy by which the page runs and draws what it was made with, and fetches nothing."""
    style, script = (
        f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in inline
    )
    return f"default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"


def _host(url: str) -> str:
    """Return who is addressed, in short.

    >>> _host("https://www.un.org/en/chronicle")
    'un.org'
    """
    return url.split("/")[2].removeprefix("www.") or url


def _source_labels(sources: Iterable[Source]) -> dict[str, str]:
    """Return each source in a few words; those that read alike get a letter, in the order of the bibliography.

    >>> _source_labels([Source(id="one", type="book", title="One"), Source(id="two", type="book", title="One")])
    {'one': 'One n.d.-a', 'two': 'One n.d.-b'}
    """
    alike: dict[str, list[Source]] = {}
    for source in sorted(sources, key=bibliographic_order):
        alike.setdefault(short_source(source), []).append(source)
    labels = {}
    for said, members in alike.items():
        stem = said if members[0].issued else f"{said} n.d.-"
        for place, source in enumerate(members):
            labels[source.id] = f"{stem}{_letters(place)}" if len(members) > 1 else said
    return labels


def _letters(place: int) -> str:
    """Return the letters of a place in a list.

    >>> _letters(0), _letters(25), _letters(26)
    ('a', 'z', 'aa')
    """
    more, last = divmod(place, 26)
    return (_letters(more - 1) if more else "") + ascii_lowercase[last]
