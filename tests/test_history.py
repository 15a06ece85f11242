"""The Python interface: the questions of the command line as methods, and the page that shows them."""

import doctest
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import withdrawal_cli as w
from tests.clients import client
from tests.conftest import ROOT, Run, event
from withdrawal_cli.errors import WithdrawalError


@pytest.mark.parametrize(
    ("ask", "line"),
    [
        (lambda history: history.timeline(), "timeline"),
        (lambda history: history.timeline(all=True), "timeline --all"),
        (lambda history: history.timeline(phase=["phase-one", "phase-two"], key=True), "timeline --phase phase-one --phase phase-two --key"),
        (lambda history: history.timeline(start="1988-05", end="1988-06", place="kabul"), "timeline --from 1988-05 --to 1988-06 --place kabul"),
        (lambda history: history.casualties(), "casualties"),
        (lambda history: history.casualties(side="soviet", measure="dead"), "casualties --side soviet --measure dead"),
        (lambda history: history.disputes(), "disputes"),
        (lambda history: history.disputes("gromovs-rank"), "disputes gromovs-rank"),
        (lambda history: history.disputes(about="boris-gromov", all=True), "disputes --about boris-gromov --all"),
        (lambda history: history.search("geneva accords"), "search geneva accords"),
    ],
)  # fmt: skip
def test_the_rows_are_those_of_the_command(
    run: Run, ask: Callable[[w.History], Any], line: str
) -> None:
    assert ask(w.load()).to_dicts() == json.loads(run(f"{line} --json").out)


def test_one_answer_is_one_object(run: Run) -> None:
    history = w.load()
    assert history.show("geneva-accords") == json.loads(run("show geneva-accords --json").out)
    assert history.on("15 May 1988").day == json.loads(run("on 15 May 1988 --json").out)["day"]


def test_the_sources_heard_are_chosen_when_it_is_loaded(run: Run) -> None:
    rows = w.load(perspective="press", known_by="1988-06").timeline(all=True)
    line = "timeline --all --perspective press --known-by 1988-06 --json"
    assert rows.to_dicts() == json.loads(run(line).out)


def test_rows_are_a_sequence(write: Callable[..., str]) -> None:
    rows = w.load(write(events=[event("one"), event("two"), event("six")])).timeline()
    assert (len(rows), rows[0].id, [row.id for row in rows[1:]]) == (3, "one", ["six", "two"])
    assert repr(rows[:2]) == "<2 rows>"


def test_a_notebook_shows_foreign_text_as_text(write: Callable[..., str]) -> None:
    rows = w.load(write(events=[event("one", title="<script>alert(1)</script>")])).timeline()
    table = rows._repr_html_()
    assert "<td>&lt;script&gt;alert(1)&lt;/script&gt;</td>" in table
    assert table.count("<tr>") == 2


def test_what_means_nothing_is_refused(write: Callable[..., str]) -> None:
    history = w.load(write(events=[event("one")]))
    with pytest.raises(WithdrawalError, match="nowhere"):
        history.timeline(place="nowhere")
    with pytest.raises(TypeError, match="colour"):
        history.timeline(colour="red")
    with pytest.raises(WithdrawalError, match="limit is -1"):
        history.search("siege", limit=-1)
    with pytest.raises(WithdrawalError, match="no such file"):
        w.load("nowhere.json")


def test_the_package_imports_nothing_until_it_is_asked() -> None:
    code = "import sys, withdrawal_cli; print([name for name in sys.modules if 'withdrawal_cli.' in name or name == 'msgspec'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.usefixtures("bundled")
def test_the_page_shows_what_python_prints() -> None:
    page = ROOT / "docs" / "python.md"
    text = page.read_text("utf-8")
    test = doctest.DocTestParser().get_doctest(text.replace("```", ""), {}, page.name, str(page), 0)
    assert len(test.examples) > 10
    found = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test)
    assert found.failed == 0


@pytest.mark.programs
@pytest.mark.parametrize(
    "code",
    [
        "import pandas; print(len(pandas.DataFrame(rows)))",
        "import polars; print(len(polars.DataFrame(rows, infer_schema_length=None)))",
    ],
)
@pytest.mark.usefixtures("bundled")
def test_other_libraries_take_the_rows(code: str) -> None:
    python = Path(client("datasette")).parent / "python"
    rows = w.load().casualties(all=True).to_dicts()
    done = subprocess.run(
        [python, "-c", f"import json, sys; rows = json.load(sys.stdin); {code}"],
        input=json.dumps(rows),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == (f"{len(rows)}\n", "")
