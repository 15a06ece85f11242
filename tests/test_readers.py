"""Tables in the programs that analysts open them with, with no option but those that docs/formats.md names."""

import json
import re
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.clients import client
from tests.conftest import ROOT, Run, event
from withdrawal_cli.safety import rearmed

pytestmark = pytest.mark.programs

ANSWERS = {
    "timeline": "timeline --all",
    "casualties": "casualties --all",
    "disputes": "disputes",
    "people": "people --all",
    "sources": "sources --all",
    "glossary": "glossary",
    "places": "places",
    "organizations": "organizations",
}
"""Long texts, quotation marks at the start, fields that are null for a hundred rows."""

FORMATS = ("csv", "tsv", "json", "jsonl")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every answer in every format, called as `people_csv.csv`."""
    path = tmp_path_factory.mktemp("answers")
    for name, line in ANSWERS.items():
        for suffix in FORMATS:
            ask(*line.split(), "-o", str(path / f"{name}_{suffix}.{suffix}"))
    return path


def ask(*arguments: str) -> None:
    subprocess.run([client("withdrawal"), *arguments], check=True, timeout=60)


TABLES = [f"{name}_{suffix}.{suffix}" for name in ANSWERS for suffix in FORMATS]


def texts(row: dict[str, Any], of: dict[str, Any]) -> dict[str, str]:
    """Return the texts of a row, those that `of` has as texts, as TSV and CSV may write them."""
    return {
        name: re.sub(r"\s+", " ", re.sub('[“”"]', '"', rearmed(str(row[name]))))
        for name, text in of.items()
        if isinstance(text, str) and not re.match(r"[\d\[-]", text)  # dates are read as dates
    }


def assert_read(folder: Path, table: str, rows: list[dict[str, Any]]) -> None:
    expected = json.loads((folder / re.sub(r"_.*", "_json.json", table)).read_text("utf-8"))
    assert (table, len(rows)) == (table, len(expected))
    assert list(rows[0]) == list(expected[0])
    for row, record in zip(rows, expected, strict=True):
        assert texts(row, record) == texts(record, record)


def run_program(*command: str, folder: Path) -> str:
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=True, timeout=300
    ).stdout


def test_pandas_and_polars_read_every_table(folder: Path) -> None:
    python = Path(client("sqlite-utils")).with_name("python")
    script = str(ROOT / "tests" / "read_tables.py")
    found = json.loads(run_program(str(python), script, *TABLES, folder=folder))
    assert len(found) == 2 * len(TABLES)
    for name, rows in found.items():
        assert_read(folder, name.split()[1], rows)


def test_duckdb_reads_every_table(folder: Path) -> None:
    queries = ";".join(f"FROM '{table}'" for table in TABLES)
    out = run_program(client("duckdb"), "-json", "-c", queries, folder=folder)
    answers = json.loads("[" + re.sub(r"\]\n(?=\[)", "],", out) + "]")
    for table, rows in zip(TABLES, answers, strict=True):
        assert_read(folder, table, rows)


def test_sqlite_utils_reads_every_table_when_it_is_told_the_format(folder: Path) -> None:
    kinds = {"csv": "csv", "tsv": "tsv", "json": "json", "jsonl": "nl"}
    files = [f"{table}:{kinds[table.partition('.')[2]]}" for table in TABLES]
    run_program(
        client("sqlite-utils"), "memory", *files, "SELECT 1", "--save", "all.db", folder=folder
    )
    database = sqlite3.connect(folder / "all.db")
    database.row_factory = sqlite3.Row
    for table in TABLES:
        query = f"SELECT * FROM {table.partition('.')[0]}"  # noqa: S608
        rows = database.execute(query)
        assert_read(folder, table, [dict(row) for row in rows])
    database.close()


def converted(source: Path, delimiter: int) -> str:
    """Return what LibreOffice has in its cells, as a flat sheet; 76 is UTF-8, which its dialog proposes."""
    run_program(
        client("soffice"), f"-env:UserInstallation=file://{source.parent}/profile", "--headless",
        f"--infilter=Text - txt - csv (StarCalc):{delimiter},34,76",
        "--convert-to", "fods", source.name, folder=source.parent,
    )  # fmt: skip
    return source.with_suffix(".fods").read_text("utf-8")


@pytest.mark.parametrize(("suffix", "delimiter"), [("csv", 44), ("tsv", 9)])
def test_libreoffice_knows_the_letters_and_runs_nothing(
    run: Run, write: Any, tmp_path: Path, suffix: str, delimiter: int
) -> None:
    titles = ["Женева", '=HYPERLINK("http://x","y")', "+1+1", "@SUM(1)", '"=1+1"', "\t=1+1", "-2+3"]
    path = write(events=[event(f"ev-{n}", title=title) for n, title in enumerate(titles)])
    excel = "--excel" if suffix == "csv" else ""
    fields = "--fields id,title"
    assert run(f"timeline --all {excel} {fields} --data {path} -o {tmp_path}/t.{suffix}").code == 0
    sheet = converted(tmp_path / f"t.{suffix}", delimiter)
    assert "<text:p>id<" in sheet  # without the mark
    assert "<text:p>Женева<" in sheet
    assert "table:formula" not in sheet
