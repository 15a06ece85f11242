"""A Data Package 2.0 (https://datapackage.org): a zip of CSV files, their description and a README.

Empty cells are null. Text that a spreadsheet would run as a formula is quoted with `'`, as in every
CSV of this program.
"""

import hashlib
import io
import re
import zipfile
from typing import Any

from withdrawal_cli.dataset.canonical import canonical
from withdrawal_cli.dataset.carrying import MEMBER
from withdrawal_cli.exports import Selection
from withdrawal_cli.exports.tables import Table, make_tables
from withdrawal_cli.formats.citations.text import plain, reference
from withdrawal_cli.formats.csv import lines
from withdrawal_cli.formats.json import indented
from withdrawal_cli.formats.markdown import escape, line
from withdrawal_cli.queries.citing import cite_self
from withdrawal_cli.wording import number

PROFILES = "https://datapackage.org/profiles/2.0"

WEB_ADDRESS = re.compile(r"https?://[!-~]+")
"""The standard wants URIs, which are ASCII."""


def render(selection: Selection) -> bytes:
    """Return the zip, its files sorted by name and without times."""
    tables = make_tables(selection)
    files: dict[str, bytes] = {}
    resources = []
    for table in tables:
        content = lines([[field.name for field in table.fields], *table.rows])
        files[f"data/{table.name}.csv"] = content
        resources.append(resource(table, content))
    files["datapackage.json"] = indented(descriptor(selection, resources)) + b"\n"
    files[MEMBER] = canonical(selection.dataset).encode()
    files["README.md"] = readme(selection, tables).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name)  # of 1 January 1980, the first day that a zip knows
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on every system, so that the bytes are the same
            entry.external_attr = 0o100644 << 16  # a plain file that all may read
            archive.writestr(entry, files[name])
    return out.getvalue()


def descriptor(selection: Selection, resources: list[dict[str, Any]]) -> dict[str, Any]:
    """Return `datapackage.json` without empty keys."""
    about = selection.dataset.metadata
    released = about.released
    is_day = released and released.exact and not released.lasted
    # the standard wants an identifier; any other licence is only in the description
    is_identifier = re.fullmatch(r"[-a-zA-Z0-9._]+", about.license)
    sources = []
    for source in selection.dataset.sources:
        path = {"path": source.url} if WEB_ADDRESS.fullmatch(source.url or "") else {}
        sources.append({"title": source.title, **path})
    found = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": about.id,
        "title": about.title,
        "description": f"{about.description}\n\n{selection.notice}",
        "homepage": about.url if WEB_ADDRESS.fullmatch(about.url or "") else None,
        "version": about.version,
        "created": f"{released.earliest}T00:00:00Z" if released and is_day else None,
        "licenses": [{"name": about.license}] if is_identifier else [],
        "contributors": [{"title": author, "roles": ["author"]} for author in about.authors],
        "sources": sources,
        "filters": selection.chosen_with,
        "program": selection.program,
        "resources": resources,
    }
    return {key: content for key, content in found.items() if content not in (None, [])}


def resource(table: Table, content: bytes) -> dict[str, Any]:
    """Return the description of a table and of the CSV file made from it."""
    fields = []
    for field, column in zip(table.fields, table.columns, strict=True):
        # a dataset may say "", and an empty cell is null there
        filled = field.required and "" not in column
        constraints: dict[str, Any] = {"required": True} if filled else {}
        if field.choices:
            constraints["enum"] = field.choices
        fields.append(
            {
                "name": field.name,
                "type": field.type,
                "description": field.description,
                "constraints": constraints,
            }
        )
    foreign_keys = [
        {"fields": found.fields, "reference": {"resource": found.table, "fields": found.to}}
        for found in table.references
    ]
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
            "fields": fields,
            "primaryKey": table.key,
            **({"foreignKeys": foreign_keys} if foreign_keys else {}),
        },
    }


def readme(selection: Selection, tables: list[Table]) -> str:
    """Return the README, in Markdown."""
    about, dataset = selection.dataset.metadata, selection.dataset
    filters = escape(selection.chosen_with)
    chosen = f"those chosen with {filters}" if filters else "all there are"
    rows = [(table.name, number(len(table.rows)), escape(table.description)) for table in tables]
    headings = [("table", "rows", "what a row is"), ("---", "---:", "---")]
    contents = "".join(map(line, [*headings, *rows]))
    return f"""\
# {escape(about.title)}

{escape(about.description)}

{escape(selection.notice)}

It holds {number(len(selection.events))} of {number(len(dataset.events))} events, {chosen},
and every record of the other kinds.

## To cite it

> {escape(plain(reference(cite_self(dataset)[0])))}

Cite the source of each figure too: `citations` leads from the `id` of a record to `sources`, with
the page.

## To read it

`datapackage.json` describes every table and field, with keys, for programs that know Data Packages
(https://datapackage.org). The files are CSV in UTF-8 with a header.

- An empty cell is *not known*; 0 is *stated as none*.
- Dates are EDTF, as exact as the source is (`1988-11~` about, `1988-05-15/1988-08-15` lasted,
  `[1988-08-04,1988-08-05]` one of these). `earliest` and `latest` are the first and the last day
  that a date can mean; both are included.
- Two figures are two sources. Nothing is averaged, and `killed` and `dead` are never added.
- A list in a record is a table of its own, with the place in the list as `position`.
- A text that a spreadsheet would take for a formula begins with `'`.

## Tables

{contents}"""
