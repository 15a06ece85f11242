"""Whether an answer has the form that it is said to have."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
from icalendar import Calendar
from jsonschema import Draft202012Validator

from withdrawal_cli.formats.schemas import OUTPUTS, output_schema


def hold_to_form(line: tuple[str, ...], out: str) -> None:
    """Hold the answer to a command line to the form that its last words ask for."""
    name, form = line[0], line[-1]
    if form in ("json", "csl-json", "geojson", "timelinejs"):
        answer = json.loads(out, parse_constant=_refuse)
        if name in OUTPUTS:
            assert [error.message for error in _validator(name).iter_errors(answer)] == [], line
    elif form == "jsonl":
        rows = [json.loads(row, parse_constant=_refuse) for row in out.split("\n")[:-1]]
        assert out == "" or out.endswith("\n")
        assert all(isinstance(row, dict) for row in rows)
    elif form == "csv":
        assert out.endswith("\r\n")
        assert (
            len({len(row) for row in csv.reader(io.StringIO(out, newline=""), strict=True)}) == 1
        ), line
    elif form == "tsv":
        assert len({row.count("\t") for row in out.split("\n")[:-1]}) == 1, line
    elif form == "markdown":
        # A list is one table, a page is a document that has some.
        for table in re.findall(r"(?m)(?:^\|.*\n)+", out):
            cells = {row.replace("\\|", "").count("|") for row in table.splitlines()}
            assert len(cells) == 1, line
        unescaped = re.sub(r"\\.", "", out)
        assert not re.search(r"<(?!https?://)|(?m:^[|>]? *(?:===|---$))", unescaped), line
    elif form == "svg":
        ET.fromstring(out)  # noqa: S314 (it is our own drawing, and has no entities)
    elif form == "ics":
        assert all(len(row.encode()) <= 75 for row in out.split("\r\n")), line
        assert Calendar.from_ical(out).name == "VCALENDAR"


def hold_binary_to_form(line: tuple[str, ...], out: bytes) -> None:
    """Hold a document that is no text to its form."""
    if line[-1] == "sqlite":
        assert rows_of_sqlite(out, "PRAGMA integrity_check") == [("ok",)]
        assert rows_of_sqlite(out, "PRAGMA foreign_key_check") == []
    elif line[-1] == "datapackage":
        with zipfile.ZipFile(io.BytesIO(out)) as archive:
            assert archive.testzip() is None
            assert not [name for name in archive.namelist() if name.startswith("/") or ".." in name]
    elif line[-1] == "xlsx":
        for sheet in openpyxl.load_workbook(io.BytesIO(out)):
            types = {cell.data_type for row in sheet.iter_rows() for cell in row}
            assert types <= {"s", "n", "d"}, (line, sheet.title)


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(output_schema(name))


def _refuse(word: str) -> None:
    raise AssertionError(f"{word} is not JSON")


def rows_of_sqlite(document: bytes, query: str) -> list[tuple[Any, ...]]:
    """Return what a database says to a query."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(document)
        return base.execute(query).fetchall()
