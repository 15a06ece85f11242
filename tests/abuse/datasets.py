"""Datasets that nobody wrote: legal ones made of the model's own classes, and ways to spoil one."""

import copy
import json
from collections.abc import Callable, Mapping
from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import settings
from hypothesis import strategies as st
from msgspec import NODEFAULT

from tests.test_check import WHOLE
from withdrawal_cli.dataset.reading import RECORDS
from withdrawal_cli.dataset.references import REFERENCES
from withdrawal_cli.dates import Edtf, parse_edtf
from withdrawal_cli.model import KINDS, Account, Belligerent, Citation, Estimate, Place, Source
from withdrawal_cli.values import defaults

COSTLY = settings(max_examples=settings().max_examples if settings().max_examples > 100 else 25)
"""For examples that take a tenth of a second each: as many as a long run asks for, and fewer in every other."""

Document = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

PORT = {
    "id": "port",
    "name": "Port",
    "latitude": 34.5,
    "longitude": 69.2,
    "country": "Here",
    "country_then": "There",
}
SOUND: Document = {
    **WHOLE,
    "dataset": {
        **WHOLE["dataset"],
        "outline": "POLYGON ((60 30, 75 30, 75 38, 60 30))",
        "citations": [{"source": "a-book"}],
    },
    "places": [
        {**WHOLE["places"][0], "latitude": 34.6, "longitude": 69.1, "summary": "Walls."},
        PORT,
    ],
    "routes": [{"id": "the-road", "name": "The road", "places": ["old-town", "port"]}],
    "people": [
        {
            **WHOLE["people"][0],
            "born": "1850~",
            "side": "reds",
            "roles": [{"title": "Clerk", "date": "1899/.."}],
        }
    ],
    "estimates": [
        *WHOLE["estimates"],
        {
            "id": "ten-thousand",
            "measure": "strength",
            "side": "reds",
            "date": "1900-01-05",
            "best": 10_000,
            "high": 12_000,
        },
        {
            "id": "half-left",
            "measure": "withdrawn",
            "side": "reds",
            "date": "1900-02",
            "low": 5_000,
            "event": "siege-ends",
        },
    ],
}
"""A small war with something of everything."""
CONTENT = json.dumps(SOUND).encode()
"""The same as a file."""

HOSTILE = (
    "", " ", "\x00", "\x1b[2J\x1b[31mred", "\x9b31m", "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "\x1b]52;c;ZWNobyBoaQ==\x07", "\x1bP+q\x1b\\", "[bold red]no markup[/] [link=https://x]y[/link] [/]", ":smile: :cd:",
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- --> ]]> &amp; &#x3C;", "<![ <![foo[",
    '=HYPERLINK("http://x")', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "\n=1+1", "\r\n+1", "  =1+1",
    "\u3000@SUM(A1)", "\ufeff-1+1", "\uff1d1+1", "\uff0b1", "\uff0d1+1", " \uff20SUM(A1)", "../../etc/passwd", "C:\\NUL",
    "javascript:alert(1)", "https://example.org/a b", "https://[::1", "https://x.example/\"><script>|", "http://", "data:text/html,x",
    "%s %d {0} {{ x }} {% raw %}", "$(id) `id` ; | & > <", "\u202egnp.exe", "\u2067abc\u2069", "\u061carabic",
    "\u200b\u2060\ufeff", "Z\u0334\u0321\u0353a\u0358\u0352l\u0346g\u0313o", "a\u20dd\u0489",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e6\U0001f1eb", "\ud7ff\ue000\ufffd\uffff\U0010ffff",
    "\u5317\u4eac \uff46\uff55\uff4c\uff4c", "\xdf \u0130 \u0131 \ufb01 \u01c4",
    "one\ntwo\r\nthree\u2028four\u2029five\x0bsix\x85seven", "| a | b |\n|---|---|\n# *x* _y_ ~~z~~ ![i](x)",
    "\"quoted\", 'too'; \\n \\", "BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT", "x" * 300, "word " * 80,
    "{\\bf x} \\input{/etc/passwd} @book{x,} % #1 $x_1$",
)  # fmt: skip
"""Texts that would be more than text somewhere: on a terminal, in a page, a spreadsheet, a calendar, a bibliography."""

TEXTS = st.sampled_from(HOSTILE) | st.text(max_size=20)
NUMBERS = st.integers(0, 200_000) | st.sampled_from(
    [0, 1, 2**31, 2**53 + 1, 2**63 - 1, 2**63, 10**18, 10**30]
)
YEARS = st.sampled_from(["1900", "1901", "0001", "9999", "1988", "190X", "19XX", "00XX", "99XX"])
PARTS = st.builds(
    "".join,
    st.tuples(
        YEARS,
        st.sampled_from(
            ["", "-01", "-02", "-12", "-21", "-24", "-01-31", "-12-31", "-02-XX", "-XX"]
        ),
    ),
)
MARKED = st.builds("".join, st.tuples(PARTS, st.sampled_from(["", "", "~", "?", "%"])))


def _is_edtf(text: str) -> bool:
    try:
        parse_edtf(text)
    except ValueError:
        return False
    return True


DATES = st.one_of(
    MARKED,
    st.builds(
        "{}/{}".format, MARKED | st.sampled_from(["", ".."]), MARKED | st.sampled_from(["", ".."])
    ),
    st.builds("[{}..{}]".format, MARKED | st.just(""), MARKED | st.just("")),
    st.builds("[{},{}]".format, MARKED, MARKED),
    st.builds("[..{},{}]".format, MARKED, MARKED),
    st.builds("[{},{}..]".format, MARKED, MARKED),
).filter(_is_edtf)
OUTLINES = st.sampled_from(
    [
        "POLYGON ((60 30, 75 30, 75 38, 60 30))",
        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((-180 -90, 180 -90, 180 90, -180 -90)))",
        "POLYGON ((0 0, 0 0, 0 0, 0 0))",
    ]
)


@st.composite
def legal_datasets(draw: Draw) -> Document:
    """Return a dataset that `check` has nothing to say of: every field of the model, filled or left out, with any text."""
    counts = draw(st.tuples(*[st.integers(0, 2)] * len(KINDS)))
    ids = {
        key: [f"{kind}-{number}" for number in range(count)]
        for (kind, key), count in zip(KINDS.items(), counts, strict=True)
    }
    document: Document = {"dataset": _record(draw, RECORDS["dataset"], "dataset", ids)}
    for key in KINDS.values():
        shape = get_args(RECORDS[key])[0]
        document[key] = [
            {**_record(draw, shape, key, ids), "id": identifier} for identifier in ids[key]
        ]
    _give_answers(draw, document)
    _keep_causes(document)
    return document


def _record(draw: Draw, shape: Any, key: str, ids: Mapping[str, list[str]]) -> Document:
    """Return an object of the fields of a class: those that it needs, and a few of the others."""
    record, hints = {}, get_type_hints(shape)
    needed = [name for name, default in defaults(shape).items() if default is NODEFAULT]
    others = [name for name in shape.__struct_fields__ if name not in needed]
    chosen = draw(st.lists(st.sampled_from(others), max_size=4, unique=True)) if others else []
    for name in (*needed, *chosen):
        content = _content(draw, shape, key, name, hints[name], ids)
        if content is not None:
            record[name] = content
    _make_sense(draw, shape, record, ids)
    return record


def _content(
    draw: Draw, shape: Any, key: str, name: str, kind: Any, ids: Mapping[str, list[str]]
) -> Any:
    target = _target(shape, key, name)
    if target is not None:
        known = [found for word in target for found in ids[word]]
        if get_origin(kind) is tuple:
            return draw(st.lists(st.sampled_from(known), max_size=3)) if known else []
        return draw(st.sampled_from(known)) if known else None
    if name == "id":
        return "the-file"
    if name == "outline":
        return draw(OUTLINES)
    kind = _inner(kind)
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        if inner is str:
            return draw(st.lists(TEXTS, max_size=3))
        if inner is Citation and not ids["sources"]:
            return []
        if inner is Belligerent and not ids["sides"]:
            return []
        return [_record(draw, inner, key, ids) for _ in range(draw(st.integers(0, 2)))]
    if get_origin(kind) is Literal:
        return draw(st.sampled_from(get_args(kind)))
    return draw(
        {str: TEXTS, Edtf: DATES, int: NUMBERS, bool: st.booleans(), float: st.just(0.0)}[kind]
    )


def _inner(kind: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        [kind] = [part for part in get_args(kind) if part is not NoneType]
    return kind


def _target(shape: Any, key: str, name: str) -> tuple[str, ...] | None:
    """Return the arrays whose ids may stand in a field."""
    if shape is Citation and name == "source":
        return ("sources",)
    if shape is Belligerent:
        return {"side": ("sides",), "commanders": ("people",)}.get(name)
    if key == "dataset" or shape is not get_args(RECORDS[key])[0]:
        return None
    if key == "disputes" and name == "about":
        return tuple(KINDS.values())
    found = REFERENCES.get(key, {}).get(name)
    return (found,) if found else None


def _make_sense(draw: Draw, shape: Any, record: Document, ids: Mapping[str, list[str]]) -> None:
    """Keep what `check` holds a record to beyond its form."""
    if shape is Estimate:
        numbers = sorted(draw(st.lists(NUMBERS, min_size=3, max_size=3)))
        for name, figure in zip(("low", "best", "high"), numbers, strict=True):
            record.pop(name, None)
            if draw(st.booleans()):
                record[name] = figure
        if not record.keys() & {"low", "best", "high"}:
            record.setdefault("text", "dozens")
        if draw(st.integers(0, 3)) == 3:
            record["measure"] = "strength"
    if shape in (Estimate, Account) and record.get("rank", "normal") != "normal":
        record["reason"] = draw(TEXTS.filter(bool))
    if shape is Place:
        record.pop("latitude", None)
        record.pop("longitude", None)
        if draw(st.booleans()):
            record["latitude"] = draw(st.floats(-90, 90) | st.sampled_from([-90, 90, 0, 5e-324]))
            record["longitude"] = draw(
                st.floats(-180, 180) | st.sampled_from([-180, 180, 0, 5e-324])
            )
    if shape is Source and "perspective" in record:
        record["perspective"] = draw(st.sampled_from(["press", "academic", *ids["sides"]]))


def _give_answers(draw: Draw, document: Document) -> None:
    """See to it that each dispute has two answers, and one at most that is preferred."""
    for dispute in document["disputes"]:
        accounts = dispute.setdefault("accounts", [])
        while len(accounts) < 2:
            accounts.append({"says": draw(TEXTS)})
        rivals = [
            estimate
            for estimate in document["estimates"]
            if estimate.get("dispute") == dispute["id"]
        ]
        for answer in [
            answer for answer in (*accounts, *rivals) if answer.get("rank") == "preferred"
        ][1:]:
            del answer["rank"]


def _keep_causes(document: Document) -> None:
    """Take out the links to an event that comes later, or that would close a circle."""
    dates = {event["id"]: parse_edtf(event["date"]) for event in document["events"]}
    before: set[str] = set()
    for event in document["events"]:
        if "follows" in event:
            ends = dates[event["id"]].latest or date.max
            event["follows"] = [
                cause
                for cause in event["follows"]
                if cause in before and (dates[cause].earliest or date.min) <= ends
            ]
        before.add(event["id"])


# --- spoilt ----------------------------------------------------------------------------------------

STRANGE: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers() | st.sampled_from([-1, 2**63, 2**64, -(2**64), 10**400]),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
    st.sampled_from(["event-0", "no-one", "1900-13", "2001/1999", "reds", "dead", "A B"]),
    st.sampled_from(
        [[], {}, [[]], [{}], [None], {"": None}, {"id": "x"}, [{"source": "no-book"}], ["event-0"]]
    ),
    st.recursive(
        st.none() | TEXTS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
        max_leaves=6,
    ),
)
"""What stands where something else should."""


@st.composite
def spoilt(draw: Draw, sound: Document) -> Document:
    """Return the dataset with one to four changes: a key dropped, renamed or added, another value, two values swapped."""
    document = copy.deepcopy(sound)
    for _ in range(draw(st.integers(1, 4))):
        holder, key = draw(st.sampled_from(_places(document)))
        change = draw(st.sampled_from(("drop", "replace", "rename", "swap", "repeat")))
        if change == "drop":
            del holder[key]
        elif change == "replace":
            holder[key] = draw(STRANGE)
        elif change == "rename" and isinstance(holder, dict):
            holder[draw(TEXTS)] = holder.pop(key)
        elif change == "repeat" and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        else:
            other, place = draw(st.sampled_from(_places(document)))
            holder[key], other[place] = copy.deepcopy(other[place]), copy.deepcopy(holder[key])
    return document


def _places(node: Any) -> list[tuple[Any, Any]]:
    """Return every place of a document, as what holds it and its key there; the document itself has none."""
    inner = (
        list(node.items())
        if isinstance(node, dict)
        else list(enumerate(node))
        if isinstance(node, list)
        else []
    )
    return [(node, key) for key, _ in inner] + [
        place for _, part in inner for place in _places(part)
    ]


SCRAPS = (
    b'"',
    b"{",
    b"[",
    b"]",
    b"}",
    b",",
    b"\\u",
    b"\\ud800",
    b"\xff",
    b"\xed\xa0\x80",
    b"\x00",
    b"1e999",
    b"-",
    b"9" * 5000,
)


@st.composite
def damaged(draw: Draw, content: bytes) -> bytes:
    """Return the bytes with some of them flipped, taken out, doubled or cut off, as disks and mails do it."""
    found = bytearray(content)
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, max(len(found) - 1, 0)))
        change = draw(st.sampled_from(("flip", "write", "cut", "end", "double")))
        length = draw(st.integers(1, 40))
        if change == "flip" and found:
            found[place] ^= 1 << draw(st.integers(0, 7))
        elif change == "write":
            found[place:place] = draw(st.sampled_from(SCRAPS))
        elif change == "cut":
            del found[place : place + length]
        elif change == "end":
            del found[place:]
        else:
            found[place:place] = found[place : place + length]
    return bytes(found)


def as_json(document: Any) -> bytes:
    return json.dumps(document).encode()
