"""JSON Schemas (2020-12) of files and answers, made from the records and rows themselves.

What a field means is declared beside it in the model or the row: see `values.field`.
"""

from collections.abc import Sequence
from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT

from withdrawal_cli import model
from withdrawal_cli.dataset.checking import FaultRow
from withdrawal_cli.dataset.reading import RECORDS
from withdrawal_cli.dates import Edtf
from withdrawal_cli.model import KINDS
from withdrawal_cli.queries.compare import Comparison
from withdrawal_cli.queries.counts import CountRow
from withdrawal_cli.queries.diff import ChangeRow
from withdrawal_cli.queries.disputes import DisputeRow
from withdrawal_cli.queries.lists import OrganizationRow, PersonRow, PlaceRow, SourceRow, TermRow
from withdrawal_cli.queries.map import MapRow
from withdrawal_cli.queries.narration import PassageRow
from withdrawal_cli.queries.on import Briefing
from withdrawal_cli.queries.overview import Overview
from withdrawal_cli.queries.phases import PhaseRow
from withdrawal_cli.queries.quiz.question import QuestionRow
from withdrawal_cli.queries.rows import EstimateRow, EventRow
from withdrawal_cli.queries.search import HitRow
from withdrawal_cli.queries.show import DETAILS, TiesRow
from withdrawal_cli.queries.strength import StrengthRow
from withdrawal_cli.values import defaults, meanings

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

OUTPUTS: dict[str, Any] = {
    "overview": Overview,
    "timeline": list[EventRow],
    "phases": list[PhaseRow],
    "casualties": list[EstimateRow],
    "strength": list[StrengthRow],
    "on": Briefing | list[EventRow],
    "show": None,
    "search": list[HitRow],
    "disputes": list[DisputeRow],
    "people": list[PersonRow],
    "places": list[PlaceRow],
    "organizations": list[OrganizationRow],
    "sources": list[SourceRow],
    "glossary": list[TermRow],
    "compare": Comparison,
    "narrate": list[PassageRow],
    "counts": list[CountRow],
    "quiz": list[QuestionRow],
    "diff": list[ChangeRow],
    "map": list[MapRow],
    "check": list[FaultRow],
}
"""The answer of each command with `--json`. `on` gives events for a day without a year, and `show`
gives a record of any kind, or several."""

_ONE = "([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(-([0-9]{2}|XX)){0,2}[?~%]?"
_END = rf"({_ONE}|\.\.)?"
_MEMBER = rf" *({_ONE}|({_ONE})?\.\.{_ONE}|{_ONE}\.\.) *"
EDTF = rf"^({_ONE}|{_END}/{_END}|\[{_MEMBER}(,{_MEMBER})*\])$"
"""The form of a date; `withdrawal check` knows the calendar as well."""

_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    Edtf: {"type": "string", "format": "edtf", "pattern": EDTF},
    NoneType: {"type": "null"},
}

_LIMITS: dict[tuple[str, str], Schema] = {
    **{
        (kind.__name__, "id"): {"pattern": "^[a-z0-9-]{3,64}$"}
        for kind in (model.Metadata, *get_args(model.Record))
    },
    **{("Estimate", name): {"minimum": 0} for name in ("low", "best", "high")},
    ("Place", "latitude"): {"minimum": -90, "maximum": 90},
    ("Place", "longitude"): {"minimum": -180, "maximum": 180},
}
"""Limits of single fields, which their types do not express."""

_REASONED = {
    "if": {"required": ["rank"], "properties": {"rank": {"enum": ["preferred", "deprecated"]}}},
    "then": {"required": ["reason"], "properties": {"reason": {"type": "string", "minLength": 1}}},
}
_RULES: dict[str, Schema] = {
    "Account": _REASONED,
    "Estimate": {
        **_REASONED,
        "anyOf": [
            {"required": [name], "properties": {name: {"type": kind}}}
            for name, kind in (
                ("low", "integer"),
                ("best", "integer"),
                ("high", "integer"),
                ("text", "string"),
            )
        ],
    },
}
"""Rules between the fields of a record."""


def input_schema() -> Schema:
    """Return the schema of a file, which needs only `dataset` and `events`, and no unknown keys."""
    schemas = _Schemas(promised=False)
    keys = {
        key: {**schemas.of(kind), "description": (get_args(kind) or (kind,))[0].__doc__}
        for key, kind in RECORDS.items()
    }
    return {
        "$schema": DIALECT,
        "$id": "urn:withdrawal-cli:dataset",
        "title": "A dataset",
        "description": "What happened, who says so, where sources disagree: a file for --data.",
        "type": "object",
        "properties": {
            "$schema": {"type": "string", "description": "Where this schema is, for editors."},
            **keys,
        },
        "required": ["dataset", "events"],
        "additionalProperties": False,
        "$defs": schemas.definitions,
    }


def output_schema(command: str) -> Schema:
    """Return the schema of what a command of OUTPUTS gives with `--json`."""
    schemas = _Schemas(promised=True)
    answer = _details(schemas) if command == "show" else schemas.of(OUTPUTS[command])
    return {
        "$schema": DIALECT,
        "$id": f"urn:withdrawal-cli:output:{command}",
        "title": f"withdrawal {command} --json",
        **answer,
        "$defs": schemas.definitions,
    }


def _details(schemas: "_Schemas") -> Schema:
    """Return the schema of a record with what is tied to it, or of an array of them."""
    ties = schemas.definition(TiesRow)["properties"]
    for kind, key in KINDS.items():
        full = schemas.definition(DETAILS.get(kind) or get_args(RECORDS[key])[0])
        record = {"const": kind, "description": "The kind of record."}
        full["properties"] = {"record": record, **full["properties"], **ties}
        full["required"] = list(full["properties"])
        schemas.definitions[f"{kind.capitalize()}Detail"] = full
    schemas.definitions["Detail"] = {
        "oneOf": [{"$ref": f"#/$defs/{kind.capitalize()}Detail"} for kind in KINDS]
    }
    one = {"$ref": "#/$defs/Detail"}
    return {"anyOf": [one, {"type": "array", "items": one}]}


class _Schemas:
    """Makes schemas of types, and keeps those of classes as definitions.

    `promised`: an answer, which has every key and may have more in later versions. Otherwise a
    file, which may leave out what has a default, and has no unknown keys.
    """

    def __init__(self, *, promised: bool) -> None:
        self.promised = promised
        self.definitions: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:
        if kind in _PLAIN:
            return dict(_PLAIN[kind])
        outer, inner = get_origin(kind), get_args(kind)
        if outer is Literal:
            return {"enum": list(inner)}
        if outer in (Union, UnionType):
            return _either([self.of(part) for part in inner])
        if outer is dict:
            return {"type": "object", "additionalProperties": self.of(inner[1])}
        if outer in (tuple, list, Sequence):
            return {"type": "array", "items": self.of(inner[0])}
        if kind.__name__ not in self.definitions:
            self.definitions[kind.__name__] = self.definition(kind)
        return {"$ref": f"#/$defs/{kind.__name__}"}

    def definition(self, kind: Any) -> Schema:
        """Return the schema of a record or a row."""
        descriptions, hints = meanings(kind), get_type_hints(kind)
        properties = {
            name: {**self.of(hints[name]), "description": descriptions[name]}
            for name in kind.__struct_fields__
        }
        schema = {
            "description": kind.__doc__,
            "type": "object",
            "properties": properties,
            "required": list(properties),
        }
        if self.promised:
            return schema
        for name, default in defaults(kind).items():
            properties[name] |= _LIMITS.get((kind.__name__, name), {})
            if default is not NODEFAULT:
                properties[name]["default"] = default
        required = [name for name, content in properties.items() if "default" not in content]
        return {
            **schema,
            "required": required,
            "additionalProperties": False,
            **_RULES.get(kind.__name__, {}),
        }


def _either(parts: list[Schema]) -> Schema:
    """Return the schema of a union, in short form if at most one type has constraints.

    >>> _either([{"type": "string"}, {"type": "null"}])
    {'type': ['string', 'null']}
    """
    first, *others = parts
    if others == [{"type": "null"}] and "enum" in first:
        return {"enum": [*first["enum"], None]}
    if all("type" in part and (part is first or part.keys() == {"type"}) for part in parts):
        return {**first, "type": [part["type"] for part in parts]}
    return {"anyOf": parts}
