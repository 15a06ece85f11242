"""Files that ask for the most work: one shape of input each, as large as is asked for.

    python -m benchmarks.crafted SHAPE BYTES FILE [CHANGED]

A shape is a function of a count. Those of `DATASETS` return a dataset, those of `IMPORTS` the text of a file for `new --from`,
and those of `PAGES` an HTML page. CHANGED is
where a dataset is written once more, with something of every record changed: `diff` compares the two.
"""

import json
import sys
from collections.abc import Callable
from math import log
from pathlib import Path
from typing import Any

Document = dict[str, Any]
Shape = Callable[[int], Document | str]

DAY = "1988-05-15"
LONG = "The convoy left the city at dawn and reached the river on the second day. "


def document(**records: Any) -> Document:
    """Return a dataset of these records with a card, and one event unless there are others."""
    card = {
        "id": "crafted", "title": "A crafted history", "description": "It asks for the most work.", "version": "1.0.0",
        "released": "2026-11-29", "license": "CC0-1.0", "subject": "1979/1989", "coverage": "1979/1989",
    }  # fmt: skip
    card.update(records.pop("dataset", {}))
    return {"dataset": card, "events": [event(0)], **records}


def event(number: int, **fields: Any) -> Document:
    """Return a key event on a day of its own."""
    return {
        "id": f"event-{number}",
        "date": f"{1980 + number // 336 % 10}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}",
        "title": f"Convoy {number} leaves",
        "importance": "key",
        **fields,
    }


def ids(word: str, count: int) -> list[str]:
    return [f"{word}-{number}" for number in range(count)]


def named(word: str, count: int, **fields: Any) -> list[Document]:
    return [
        {"id": identifier, "name": identifier.title(), **fields} for identifier in ids(word, count)
    ]


def sources(count: int, **fields: Any) -> list[Document]:
    return [
        {"id": identifier, "type": "book", "title": identifier.title(), **fields}
        for identifier in ids("source", count)
    ]


def figure(number: int, **fields: Any) -> Document:
    return {
        "id": f"figure-{number}",
        "measure": "killed",
        "best": number,
        "date": DAY,
        "side": "reds",
        **fields,
    }


def spread(count: int) -> Document:
    """Events on days of their own, as in a history that somebody wrote."""
    return document(events=[event(number, summary=LONG) for number in range(count)])


def one_day(count: int) -> Document:
    """Every event on one day."""
    return document(events=[event(number, date=DAY) for number in range(count)])


def one_day_phases(count: int) -> Document:
    """As many events as phases, all on one day."""
    phases = [
        {"id": f"phase-{number}", "title": f"Phase {number}", "date": DAY}
        for number in range(count)
    ]
    return document(events=[event(number, date=DAY) for number in range(count)], phases=phases)


def overlapping_phases(count: int) -> Document:
    """As many events as phases, each phase as long as the decade."""
    phases = [
        {"id": f"phase-{number}", "title": f"Phase {number}", "date": "1980/1989"}
        for number in range(count)
    ]
    return document(events=[event(number) for number in range(count)], phases=phases)


def nested_phases(count: int) -> Document:
    """Phases that begin on one day and end on others, and events in all of them."""
    phases = [
        {
            "id": f"phase-{number}",
            "title": f"Phase {number}",
            "date": f"1979-12-01/{event(number)['date']}",
        }
        for number in range(count)
    ]
    return document(events=[event(number) for number in range(count)], phases=phases)


def related(count: int) -> Document:
    """Every event related to every other."""
    everything = ids("event", count)
    return document(events=[event(number, related=everything) for number in range(count)])


def hub(count: int) -> Document:
    """Relate one event to every other, and every other to that one."""
    return document(
        events=[
            event(0, related=ids("event", count)),
            *(event(n, related=["event-0"]) for n in range(1, count)),
        ]
    )


def cites_all(count: int) -> Document:
    """Every event citing every source."""
    cited = [{"source": identifier} for identifier in ids("source", count)]
    return document(
        events=[event(number, citations=cited) for number in range(count)], sources=sources(count)
    )


def one_source(count: int) -> Document:
    """One source for all, cited with a page of its own each time."""
    events = [
        event(number, citations=[{"source": "source-0", "locator": str(number)}])
        for number in range(count)
    ]
    return document(events=events, sources=sources(1))


def one_place(count: int) -> Document:
    """One place for every event."""
    place = {"id": "kabul", "name": "Kabul", "latitude": 34.5, "longitude": 69.2}
    return document(
        events=[event(number, places=["kabul"]) for number in range(count)], places=[place]
    )


def one_spot(count: int) -> Document:
    """Places within one kilometre, and an event at each."""
    places = [
        {
            "id": f"place-{number}",
            "name": f"Place {number}",
            "latitude": 34.5 + number % 97 / 1e4,
            "longitude": 69 + number / 1e7,
        }
        for number in range(count)
    ]
    return document(
        events=[event(number, places=[f"place-{number}"]) for number in range(count)], places=places
    )


def one_event(count: int) -> Document:
    """One event with every place, person and organization."""
    many = {
        "places": ids("place", count),
        "people": ids("person", count),
        "organizations": ids("organization", count),
    }
    return document(
        events=[event(0, **many)],
        places=named("place", count, latitude=34.5, longitude=69.2),
        people=named("person", count),
        organizations=named("organization", count),
    )


def everybody(count: int) -> Document:
    """Every event with every place, person and organization."""
    many = {
        "places": ids("place", count),
        "people": ids("person", count),
        "organizations": ids("organization", count),
    }
    return document(
        events=[event(number, **many) for number in range(count)],
        places=[
            {**place, "latitude": number % 90, "longitude": number % 180}
            for number, place in enumerate(named("place", count))
        ],
        people=named("person", count),
        organizations=named("organization", count),
    )


def one_dispute(count: int) -> Document:
    """One dispute with every figure as a rival, and about every event."""
    dispute = {
        "id": "how-many",
        "title": "How many?",
        "about": ids("event", count),
        "explanation": "Nobody counted.",
    }
    return document(
        events=[event(number) for number in range(count)],
        estimates=[
            figure(number, dispute="how-many", event=f"event-{number}") for number in range(count)
        ],
        sides=[{"id": "reds", "name": "The Reds"}],
        disputes=[dispute],
    )


def one_dispute_accounts(count: int) -> Document:
    """One dispute with many rival accounts."""
    accounts = [{"says": f"Source {number} says so.", "date": DAY} for number in range(count)]
    return document(
        disputes=[
            {"id": "which-day", "title": "Which day?", "about": ["event-0"], "accounts": accounts}
        ]
    )


def many_disputes(count: int) -> Document:
    """Disputes of two figures each, all about one event."""
    disputes = [
        {"id": f"dispute-{number}", "title": f"How many in {number}?", "about": ["event-0"]}
        for number in range(count)
    ]
    estimates = [
        figure(number, dispute=f"dispute-{number // 2}", event="event-0")
        for number in range(2 * count)
    ]
    return document(
        disputes=disputes, estimates=estimates, sides=[{"id": "reds", "name": "The Reds"}]
    )


def figures(count: int) -> Document:
    """Figures of one day, measure and side."""
    estimates = [
        figure(number, measure=("strength", "killed")[number % 2]) for number in range(count)
    ]
    return document(estimates=estimates, sides=[{"id": "reds", "name": "The Reds"}])


def sides(count: int) -> Document:
    """Many sides, each with a figure, a commander and an event."""
    return document(
        dataset={
            "belligerents": [
                {"side": f"side-{n}", "commanders": [f"person-{n}"]} for n in range(count)
            ]
        },
        sides=named("side", count),
        people=[
            {**person, "side": f"side-{number}"}
            for number, person in enumerate(named("person", count))
        ],
        events=[event(number, side=f"side-{number}") for number in range(count)],
        estimates=[
            figure(n, side=f"side-{n}", measure=("strength", "killed")[n % 2]) for n in range(count)
        ],
    )


def long_text(count: int) -> Document:
    """One event with one long summary."""
    return document(events=[event(0, summary=LONG * count)])


def long_word(count: int) -> Document:
    """One event whose title and summary are one long word."""
    return document(events=[event(0, title="x" * count, summary="y" * count)])


def points(count: int) -> Document:
    """One event with a long list of points."""
    return document(events=[event(0, points=ids("point", count))])


def aliases(count: int) -> Document:
    """One person with many other names."""
    return document(
        people=[{"id": "gromov", "name": "Boris Gromov", "aliases": ids("alias", count)}]
    )


def roles(count: int) -> Document:
    """One person with many posts."""
    posts = [{"title": f"Clerk {number}", "date": event(number)["date"]} for number in range(count)]
    return document(people=[{"id": "gromov", "name": "Boris Gromov", "roles": posts}])


def outline(count: int) -> Document:
    """Draw a border of many corners."""
    corners = [
        f"{60 + number % 1000 / 100} {30 + number // 1000 % 1000 / 100}" for number in range(count)
    ]
    place = {"id": "kabul", "name": "Kabul", "latitude": 34.5, "longitude": 69.2}
    return document(
        dataset={"outline": f"POLYGON (({', '.join([*corners, corners[0]])}))"},
        places=[place],
        events=[event(0, places=["kabul"])],
    )


def route(count: int) -> Document:
    """One route through every place."""
    places = [
        {
            "id": f"place-{number}",
            "name": f"Place {number}",
            "latitude": number % 90,
            "longitude": number % 180,
        }
        for number in range(count)
    ]
    return document(
        places=places, routes=[{"id": "the-road", "name": "The road", "places": ids("place", count)}],
        events=[event(0, places=["place-0", "place-1"])],
    )  # fmt: skip


def one_of(count: int) -> Document:
    """Put every event on one of a hundred days, other ones each time."""
    sets = (
        ",".join(event(number * 7 + day)["date"] for day in range(100)) for number in range(count)
    )
    return document(events=[event(number, date=f"[{days}]") for number, days in enumerate(sets)])


def one_long_set(count: int) -> Document:
    """Put an event on one of more days than a date may name."""
    days = ",".join(event(number)["date"] for number in range(count))
    return document(events=[event(0, date=f"[{days}]")])


def doubled_titles(count: int) -> Document:
    """Every event with one title."""
    return document(events=[event(number, title="The convoy leaves") for number in range(count)])


def vocabulary(count: int) -> Document:
    """No word stands twice."""
    return document(
        events=[
            event(n, summary=" ".join(f"word{n}x{word}" for word in range(20)))
            for n in range(count)
        ]
    )


def unknown_fields(count: int) -> Document:
    """One event with many fields that are none."""
    return document(events=[event(0, **{f"categry{number}": 1 for number in range(count)})])


def repeated_unknown_field(count: int) -> Document:
    """Every event with a field that is none."""
    return document(events=[event(number, **{f"categry{number}": 1}) for number in range(count)])


def missing_ids(count: int) -> Document:
    """Every event at a place that is not there, and nearly has the name of another."""
    return document(
        events=[event(number, places=[f"plaza-{number}"]) for number in range(count)],
        places=named("place", count),
    )


def doubled_ids(count: int) -> Document:
    """Every event with one id."""
    return document(events=[event(number, id="event") for number in range(count)])


def wrong_types(count: int) -> Document:
    """Every event with a date that is none, and a list where a text should be."""
    return document(
        events=[event(number, date="the 5th of May", summary=[]) for number in range(count)]
    )


def not_text(count: int) -> Document:
    """List points none of which is text."""
    return document(events=[event(0, points=list(range(count)))])


def one_way(count: int) -> Document:
    """One event that names every other, and every other one that names none; each cites an address of its own."""
    addresses = [
        {**source, "url": f"https://example.org/{number}"}
        for number, source in enumerate(sources(count))
    ]
    events = [event(0, related=ids("event", count)), *(event(number) for number in range(1, count))]
    return document(events=events, sources=addresses)


DATASETS: dict[str, Shape] = {
    made.__name__.replace("_", "-"): made
    for made in (
        spread, one_day, one_day_phases, overlapping_phases, nested_phases, related, hub, cites_all, one_source,
        one_place, one_spot, one_event, everybody, one_dispute, one_dispute_accounts, many_disputes, figures, sides,
        long_text, long_word, points, aliases, roles, outline, route, one_of, doubled_titles, vocabulary,
        one_long_set, unknown_fields, repeated_unknown_field, missing_ids, doubled_ids, wrong_types, not_text, one_way,
    )
}  # fmt: skip
"""Those from `one-long-set` on are for `check`: some of them cannot be loaded."""
FAULTY = (
    "one-long-set",
    "unknown-fields",
    "repeated-unknown-field",
    "missing-ids",
    "doubled-ids",
    "wrong-types",
    "not-text",
    "one-way",
)


def slides(*texts: str) -> str:
    """Return a timeline of TimelineJS with a slide for each text."""
    start = {"year": 1988, "month": 5, "day": 15}
    return json.dumps(
        {
            "events": [
                {"start_date": start, "text": {"headline": "A day", "text": text}} for text in texts
            ]
        }
    )


def repeated_markup(piece: str) -> Shape:
    """Return the shape of a text that is one piece of markup over and over."""
    return lambda count: slides(piece * count)


def long_cells(headings: str, row: str, pieces: list[str], glue: str = "") -> str:
    """Return a table of rows that end in a long cell; 131,072 letters are the most that Python's csv reads."""
    at_once = 100_000 // max(map(len, pieces))
    cells = (glue.join(pieces[at : at + at_once]) for at in range(0, len(pieces), at_once))
    return "\n".join([headings, *(f'{row},"{cell}"' for cell in cells)])


def ours_in_long_cells(column: str, piece: str) -> Shape:
    """Return the shape of a table of our own with long cells in one column."""

    def made(count: int) -> str:
        pieces = [piece.format(number) for number in range(count)]
        return long_cells(f"date,title,{column}", "1988-05-15,A day", pieces, "; ")

    return made


THEIRS = "Year,Month,Day,Headline,Text,Media"
MARKUP = {
    "open-quote": "<a href='", "open-value": '<a b="', "values": "<a b=b=b=", "comment": "<!--", "bare-tag": "<a ", "less": "<",
    "end-tag": "</a", "declaration": "<!a", "cdata": "<![CDATA[", "instruction": "<?", "reference": "&#", "name": "&a",
    "script": "<script>", "script-comment": "<script><!--", "link": "<a href=https://example.org>x</a> ", "item": "<li>",
    "linked-item": "<li><a href=https://example.org>x</a>, 5", "slashes": "<a/", "one-link": "</p><a>", "quotes": "<a b='\"",
    "blanks": "<a" + " " * 9, "textarea": "<textarea></textare ", "style": "<style></styl",
}  # fmt: skip
IMPORTS: dict[str, Shape] = {
    "csv-one-headline": lambda count: "\n".join(
        [THEIRS, *["1988,5,15,The convoy leaves,,"] * count]
    ),
    "csv-headlines": lambda count: "\n".join(
        [THEIRS, *(f"1988,5,15,Convoy {n},,https://a.org/{n}" for n in range(count))]
    ),
    "csv-no-headline": lambda count: "\n".join([THEIRS, *["1988,5,15,,,"] * count]),
    "csv-bad-dates": lambda count: "\n".join(
        [THEIRS, *(f"x{number},5,15,Convoy,," for number in range(count))]
    ),
    "csv-columns": lambda count: (
        ",".join([THEIRS, *(f"col{number}" for number in range(count))]) + "\n1988,5,15,A day,,"
    ),
    "csv-empty-columns": lambda count: THEIRS + "," * count + "\n1988,5,15,A day,,",
    "csv-short-rows": lambda count: "\n".join(
        [
            ",".join([THEIRS, *(f"c{number}" for number in range(count))]),
            *["1988,5,15,A day"] * count,
        ]
    ),
    "csv-long-rows": lambda count: "\n".join([THEIRS, "1988,5,15,A day,,,x" + ",y" * count]),
    "csv-long-cells": lambda count: long_cells("Year,Headline,Text", "1988,A day", [LONG] * count),
    "csv-open-quote": lambda count: f'{THEIRS}\n1988,5,15,A day,"' + "x\n" * count,
    "csv-ours": lambda count: "\n".join(
        ["date,title,places,people", *(f"1988-05-15,A day,place-{n},person" for n in range(count))]
    ),
    "csv-ours-names": ours_in_long_cells("places", "place-{}"),
    "csv-ours-no-names": ours_in_long_cells("places", "%{}"),
    "csv-ours-points": ours_in_long_cells("points", "point {}"),
    "csv-ours-sources": ours_in_long_cells("sources", "source-{}"),
    "csv-ours-citations": ours_in_long_cells("citations", "source-{0} (p. {0})"),
    "csv-ours-open-citations": ours_in_long_cells("citations", "abc ("),
    "csv-ours-odd-citations": ours_in_long_cells("citations", "abc (x); abc (y)x"),
    "json-one-headline": lambda count: slides(*["A text."] * count),
    "json-links": lambda count: slides(
        "".join(f"<a href='https://a.org/{number}'>one</a>" for number in range(count))
    ),
    "json-fields": lambda count: json.dumps(
        {
            "events": [
                {
                    "start_date": {"year": 1988},
                    "text": {"headline": "A"},
                    **dict.fromkeys(ids("field", count), 1),
                }
            ]
        }
    ),
    "json-top-fields": lambda count: json.dumps(
        {**json.loads(slides("")), **dict.fromkeys(ids("field", count), 1)}
    ),
    "json-display": lambda count: json.dumps(
        {
            "events": [
                {
                    "start_date": {"year": 1988},
                    "display_date": "c. " * count,
                    "text": {"headline": "A"},
                }
            ]
        }
    ),
    "json-year": lambda count: json.dumps(
        {"events": [{"start_date": {"year": "1" * count}, "text": {"headline": "A"}}]}
    ),
    **{f"markup-{name}": repeated_markup(piece) for name, piece in MARKUP.items()},
}
"""The first word says what the file is: `csv` for the one kind, everything else TimelineJS."""

PAGES: dict[str, Shape] = {
    "page-open-scripts": lambda n: (
        "<!doctype html>" + '<script type="application/x-withdrawal-dataset" ' * n
    ),
    "page-scripts": lambda n: (
        "<!doctype html>" + '<script type="application/x-withdrawal-dataset">' * n
    ),
    "page-data": lambda n: (
        '<!doctype html><script type="application/x-withdrawal-dataset">' + "abcd" * n
    ),
    "page-blanks": lambda n: " " * n + "<!doctype html>",
}
SHAPES = {**DATASETS, **IMPORTS, **PAGES}


def crafted(name: str, size: int) -> bytes:
    """Return a file of the shape, of about so many bytes."""
    least, few, more = (len(_written(name, count)) for count in (1, 64, 256))
    power = log((more - least) / (few - least)) / log(
        4
    )  # some shapes grow with the square of the count
    count = 256
    for _ in range(2):
        share = (size - least) / (len(_written(name, count)) - least)
        count = max(1, round(count * share ** (1 / power)))
    return _written(name, count)


def _written(name: str, count: int) -> bytes:
    made = SHAPES[name](count)
    return (made if isinstance(made, str) else json.dumps(made, separators=(",", ":"))).encode()


def changed(content: bytes) -> bytes:
    """Return a dataset with another date, text or number in every record, and every third with another id."""
    document: Document = json.loads(content)
    for key, records in document.items():
        for number, record in enumerate(records if key != "dataset" else ()):
            if record.get("date", "")[:3] == "198":
                record["date"] = DAY if record["date"] != DAY else "1988-05-16"
            for name in ("title", "name", "summary", "explanation", "best"):
                if name in record:
                    record[name] = record[name] + (1 if name == "best" else "s")
            if number % 3 == 2 and key in ("estimates", "phases", "routes"):  # nothing names them
                record["id"] += "-renamed"
    return json.dumps(document, separators=(",", ":")).encode()


def main() -> None:
    """Write one file, or two."""
    name, size, target, *more = sys.argv[1:]
    content = crafted(name, int(size))
    Path(target).write_bytes(content)
    for other in more:
        Path(other).write_bytes(changed(content))


if __name__ == "__main__":
    main()
