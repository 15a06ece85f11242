"""A Data Package 2.0 (https://datapackage.org): a zip of CSV files, of `datapackage.json` that describes them, and of a README.

Empty cells are null. Text that a spreadsheet would run as a formula is quoted with `'`, as in every CSV of ours.
"""

import hashlib
import io
import re
import zipfile
from typing import Any

from withdrawal_cli.exports import Selection
from withdrawal_cli.exports.tables import Field, Reference, Table, make_tables
from withdrawal_cli.formats.citations.text import plain, reference
from withdrawal_cli.formats.csv import lines
from withdrawal_cli.formats.json import indented
from withdrawal_cli.formats.markdown import escape, line
from withdrawal_cli.model import Metadata, Source
from withdrawal_cli.queries.citing import cite_self
from withdrawal_cli.wording import number

PROFILES = "https://datapackage.org/profiles/2.0"


def render(selection: Selection) -> bytes:
    """Return the zip, its files in order of name and without the time of day."""
    tables = make_tables(selection)
    files = {f"data/{table.name}.csv": _csv(table) for table in tables}
    resources = [_resource(table, files[f"data/{table.name}.csv"]) for table in tables]
    files["datapackage.json"] = indented(_descriptor(selection, resources)) + b"\n"
    files["README.md"] = _readme(selection, tables).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name)  # of 1 January 1980, the first day that a zip knows
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


def _csv(table: Table) -> bytes:
    return lines([[field.name for field in table.fields], *table.rows])


def _descriptor(selection: Selection, resources: list[dict[str, Any]]) -> dict[str, Any]:
    about = selection.dataset.metadata
    released = about.released
    found = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": about.id,
        "title": about.title,
        "description": f"{about.description}\n\n{selection.notice}",
        "homepage": _web_address(about.url),
        "version": about.version,
        "created": f"{released.earliest}T00:00:00Z"
        if released.exact and not released.lasted
        else None,
        "licenses": _licenses(about),
        "contributors": [{"title": author, "roles": ["author"]} for author in about.authors],
        "sources": [_source(source) for source in selection.dataset.sources],
        "filters": selection.filters,
        "program": selection.program,
        "resources": resources,
    }
    return {key: content for key, content in found.items() if content not in (None, [])}


def _licenses(about: Metadata) -> list[dict[str, str]]:
    """Return the licence, if it is an identifier; one in other words stands in the description alone."""
    return [{"name": about.license}] if re.fullmatch(r"[-a-zA-Z0-9._]+", about.license) else []


def _source(source: Source) -> dict[str, str]:
    address = _web_address(source.url)
    return {"title": source.title} | ({"path": address} if address else {})


def _web_address(url: str | None) -> str | None:
    return url if url and re.fullmatch(r"https?://[!-~]+", url) else None


def _resource(table: Table, content: bytes) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "path": f"data/{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "$schema": f"{PROFILES}/tableschema.json",
            "fields": [_field(field) for field in table.fields],
            "primaryKey": table.key,
            **(
                {"foreignKeys": [_foreign_key(found) for found in table.references]}
                if table.references
                else {}
            ),
        },
    }


def _field(field: Field) -> dict[str, Any]:
    constraints = {"required": True} if field.required else {}
    return {
        "name": field.name,
        "type": field.type,
        "description": field.description,
        "constraints": constraints | ({"enum": field.choices} if field.choices else {}),
    }


def _foreign_key(found: Reference) -> dict[str, Any]:
    return {"fields": found.fields, "reference": {"resource": found.table, "fields": found.to}}


def _readme(selection: Selection, tables: list[Table]) -> str:
    """Return the README, in Markdown."""
    about, dataset = selection.dataset.metadata, selection.dataset
    chosen = (
        f"those chosen with {escape(selection.filters)}" if selection.filters else "all there are"
    )
    return f"""\
# {escape(about.title)}

{escape(about.description)}

{escape(selection.notice)}

It holds {number(len(selection.events))} of {number(len(dataset.events))} events, {chosen}, and every record of the other kinds.

## To cite it

> {escape(plain(reference(cite_self(dataset)[0])))}

Cite the source of each figure too: `citations` leads from the `id` of a record to `sources`, with the page.

## To read it

`datapackage.json` describes every table and field, with keys, for programs that know Data Packages (https://datapackage.org).
The files are CSV in UTF-8 with a header.

- An empty cell is *not known*; 0 is *stated as none*.
- Dates are EDTF, as the source lets one say them (`1988-11~` about, `1988-05-15/1988-08-15` lasted, `[1988-08-04,1988-08-05]`
  one of these). `earliest` and `latest` are the first and the last day that one can mean; both are included.
- Two figures are two sources. Nothing is averaged, and `killed` and `dead` are never added.
- A list in a record is a table of its own, with the place in the list as `position`.
- A text that a spreadsheet would take for a formula begins with `'`.

## Tables

{_contents(tables)}"""


def _contents(tables: list[Table]) -> str:
    """Return a Markdown table of the tables."""
    rows = [(table.name, number(len(table.rows)), escape(table.description)) for table in tables]
    headings = [("table", "rows", "what a row is"), ("---", "---:", "---")]
    return "".join(map(line, [*headings, *rows]))
