"""Tables in the programs that analysts open them with, with no option but those that docs/formats.md names."""

import csv
import io
import json
import re
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from tests.clients import client
from tests.conftest import RECORD, ROOT, Run, event, status_of
from withdrawal_cli.formats.schemas import OUTPUTS
from withdrawal_cli.safety import rearmed

pytestmark = pytest.mark.programs

QUESTIONS = {
    "on": "on 15 February",
    "search": "search kabul",
    "show": "show geneva-accords mikhail-gorbachev kabul",
    "compare": "compare soviet academic",
    "diff": f"diff {RECORD}",
    "check": "check --strict broken.json",
}
"""What is asked where the name of a command does not do."""

ONE_OBJECT = {
    "overview": "overview",
    "on_month": "on 1988-05",
    "show_one": "show geneva-accords",
    "compare": QUESTIONS["compare"],
}
"""Answers about one thing: tables of one row, but no table in JSON."""

ANSWERS = {name: QUESTIONS.get(name, name) for name in OUTPUTS} | ONE_OBJECT
"""Every command whose answer is promised: a new one cannot be forgotten."""

FORMATS = ("csv", "tsv", "json", "jsonl")


def formats(name: str) -> tuple[str, ...]:
    if name == "check":
        return ("json",)
    return tuple(suffix for suffix in FORMATS if suffix != "json" or name not in ONE_OBJECT)


TABLES = [f"{name}_{suffix}.{suffix}" for name in ANSWERS for suffix in formats(name)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every answer in every format, called as `people_csv.csv`.

    With `--all` where a command has it: long texts, quotation marks at the start, and fields that
    are null for a hundred rows.
    """
    path = tmp_path_factory.mktemp("answers")
    broken = path / "broken.json"
    broken.write_text('{"dataset": {"id": "x"}, "events": [{"id": 1}, {"date": 2}]}')
    for name, line in ANSWERS.items():
        words = line.replace("broken.json", str(broken)).split()
        if name != "check":
            words += ["--data", str(ROOT / "data" / "events.json")]
            words += ["--all"] if " --all " in answer(words[0], "--help") else []
        for suffix in {"json", *formats(name)}:
            chosen = ["--json"] if name == "check" else ["-f", suffix]
            table = path / f"{name}_{suffix}.{suffix}"
            table.write_text(answer(*words, *chosen), encoding="utf-8", newline="")
    return path


def answer(*arguments: str) -> str:
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        assert status_of(arguments) in (0, 1)  # `check` and `diff` found something
        out.flush()
    return out.buffer.getvalue().decode()


def texts(row: dict[str, Any], of: dict[str, Any]) -> dict[str, str]:
    """Return the texts of a row, those that `of` has as texts, as TSV and CSV may write them."""
    return {
        name: re.sub(r"\s+", " ", re.sub('[“”"]', '"', rearmed(str(row[name]))))
        for name, text in of.items()
        # dates are read as dates, by LibreOffice in English too
        if isinstance(text, str) and not re.match(r"[\d\[-]|\w+ (\d+, )?\d{4}$", text)
    }


def assert_read(folder: Path, table: str, rows: list[dict[str, Any]]) -> None:
    told = json.loads((folder / f"{table.rpartition('_')[0]}_json.json").read_text("utf-8"))
    expected = told if isinstance(told, list) else [told]
    assert (table, len(rows)) == (table, len(expected))
    assert {*rows[0]} == {name for record in expected for name in record}
    if len({*map(tuple, expected)}) == 1:  # `show` gives records of several kinds
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
    tsv = "FROM read_csv('{}', delim = '\t', header = true)"
    queries = ";".join((tsv if ".tsv" in table else "FROM '{}'").format(table) for table in TABLES)
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


R = """
for (name in commandArgs(TRUE)) {
  table <- if (endsWith(name, ".tsv")) read.delim(name, quote = "") else read.csv(name)
  write.csv(table, file.path("r", name), row.names = FALSE, na = "")
}
"""


def test_r_reads_every_csv_and_tsv(folder: Path) -> None:
    (folder / "r").mkdir()
    tables = [table for table in TABLES if table.endswith(("csv", "tsv"))]
    run_program(client("Rscript"), "-e", R, *tables, folder=folder)
    for table in tables:
        assert_read(folder, table, written(folder / "r" / table))


def written(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SHEET = "Text - txt - csv (StarCalc)"


@pytest.mark.parametrize(("suffix", "delimiter"), [("csv", 44), ("tsv", 9)])
def test_libreoffice_reads_every_csv_and_tsv(folder: Path, suffix: str, delimiter: int) -> None:
    tables = [table for table in TABLES if table.endswith(suffix)]
    convert(folder, delimiter, f"csv:{SHEET}:44,34,76,1", *tables, "--outdir", "calc")
    for table in tables:
        assert_read(folder, table, written(folder / "calc" / table.replace(".tsv", ".csv")))


def convert(folder: Path, delimiter: int, to: str, *more: str) -> None:
    """Let LibreOffice read files and write them in a format; 76 is UTF-8, as its dialog proposes."""
    run_program(
        client("soffice"), f"-env:UserInstallation=file://{folder}/profile", "--headless",
        f"--infilter={SHEET}:{delimiter},34,76", "--convert-to", to, *more, folder=folder,
    )  # fmt: skip


@pytest.mark.parametrize(("suffix", "delimiter"), [("csv", 44), ("tsv", 9)])
def test_libreoffice_knows_the_letters_and_runs_nothing(
    run: Run, write: Any, tmp_path: Path, suffix: str, delimiter: int
) -> None:
    formulas = ['=HYPERLINK("http://x","y")', "+1+1", "@SUM(1)", '"=1+1"', "\t=1+1", "-2+3"]
    titles = ["Женева", "Dec 1979", *formulas]
    path = write(events=[event(f"ev-{n}", title=title) for n, title in enumerate(titles)])
    excel = "--excel" if suffix == "csv" else ""
    fields = "--fields id,title"
    assert run(f"timeline --all {excel} {fields} --data {path} -o {tmp_path}/t.{suffix}").code == 0
    convert(tmp_path, delimiter, "fods", f"t.{suffix}")
    sheet = (tmp_path / "t.fods").read_text("utf-8")
    assert "<text:p>id<" in sheet  # without the mark
    assert "<text:p>Женева<" in sheet
    assert "table:formula" not in sheet
    assert 'office:date-value="1979-12-01"' in sheet  # as the page warns


def test_months_stay_months_in_pandas_and_polars(
    run: Run, write: Callable[..., str], tmp_path: Path
) -> None:
    path = write(events=[event("one", "1900-05"), event("two", "1900-06")])
    tables = [f"t.{suffix}" for suffix in FORMATS]
    for table in tables:
        assert run(f"timeline --fields date --data {path} -o {tmp_path}/{table}").code == 0
    python = Path(client("sqlite-utils")).with_name("python")
    script = str(ROOT / "tests" / "read_tables.py")
    found = json.loads(run_program(str(python), script, *tables, folder=tmp_path))
    assert list(found.values()) == [[{"date": "1900-05"}, {"date": "1900-06"}]] * 2 * len(tables)
