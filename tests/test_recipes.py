"""The pages: every command in them runs, and prints what stands under it."""

import json
import os
import re
from pathlib import Path

import pytest

from tests.clients import absent
from tests.conftest import ROOT, Run
from tools.recipes import (
    PAGES,
    MissingError,
    Session,
    Step,
    main,
    played,
    sessions,
    shortened,
    with_steps,
)

SESSIONS = [
    session for page in PAGES for session in sessions(page, (ROOT / page).read_text("utf-8"))
]
STEADY = {"jq", "python3"}
"""Programs whose output is the same in every version. That of others is held only where their versions are known: in the gate."""
SMALL = """\
# Small

<!-- needs: sh -->
```console
$ echo one &&
> echo two
one
two
$ true
$ echo an error >&2; false
an error
```

```sh
$ not a session
```
"""


@pytest.mark.docs
@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: f"{session.page}:{session.line}")
@pytest.mark.skipif(os.name == "nt", reason="the sessions are in bash")
def test_what_a_page_shows_is_what_its_commands_print(session: Session, tmp_path: Path) -> None:
    try:
        steps = played(session, tmp_path)
    except MissingError as missing:
        absent(str(missing))
    if (
        steps != session.steps
        and not set(session.needs) <= STEADY
        and not os.environ.get("WITHDRAWAL_REQUIRE_CLIENTS")
    ):
        pytest.skip(
            f"another version of {' or '.join(session.needs)}, or a fault; WITHDRAWAL_REQUIRE_CLIENTS=1 shows it"
        )
    for found, shown in zip(steps, session.steps, strict=True):
        command = "\n".join(shown.command)
        assert "\n".join(found.printed) == "\n".join(shown.printed), (
            f"{command}\n\nIf it is right: python -m tools.recipes"
        )


@pytest.mark.parametrize("heading", ["Run it", "Test it"])
def test_the_front_page_has_the_commands_that_the_gate_runs(heading: str) -> None:
    assert re.search(
        rf"(?m)^### {heading}\n\n```sh\npython3 .+\n```$", (ROOT / "README.md").read_text("utf-8")
    )


def test_the_front_page_answers_six_questions() -> None:
    text = (ROOT / "README.md").read_text("utf-8").split("## Six questions")[1].split("\n## ")[0]
    questions = re.findall("(?m)^### (.+)$", text)
    assert len(questions) == 6
    assert all(question.endswith("?") for question in questions)
    asked = {session.heading for session in SESSIONS if session.page == "README.md"}
    assert set(questions) <= asked


ADVICE = re.findall(
    "`withdrawal ([^`]+)`",
    re.sub(r"(?ms)^```.*?^```$", "", (ROOT / "README.md").read_text("utf-8")),
)
"""The commands in the sentences of the front page."""


@pytest.mark.parametrize("command", ADVICE)
@pytest.mark.usefixtures("bundled")
def test_a_command_that_someone_is_advised_to_type_runs(
    run: Run, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(command).code == 0


@pytest.mark.usefixtures("bundled")
def test_the_front_page_counts_what_the_record_holds(run: Run) -> None:
    opening = (ROOT / "README.md").read_text("utf-8").partition("![")[0]
    counts = json.loads(run("overview --json").out)["counts"]
    counted = dict(
        reversed(found)
        for found in re.findall(r"(\d{3}) (events|sources)", " ".join(opening.split()))
    )
    assert counted == {kind: str(counts[kind]) for kind in ("events", "sources")}


TUTORIAL = (ROOT / "docs/tutorial.md").read_text("utf-8")
QUOTED = re.search(r"(?m)^> How many(?:.*\n>)+ .*", TUTORIAL)[0].replace("\n>\n", "\n\n")  # type: ignore[index]
PARAGRAPH, *NOTES = [re.sub(r"\n?> ", " ", block).strip() for block in QUOTED.split("\n\n")]


def test_the_tutorial_installs_the_program_as_the_front_page_does() -> None:
    install = re.search(r"(?m)^python3 -m venv .+? install -q \.", TUTORIAL)
    assert install
    assert f"\n{install[0]} && " in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.usefixtures("bundled")
def test_the_paragraph_of_the_tutorial_has_the_notes_that_cite_prints(run: Run) -> None:
    printed = run("cite kstu-withdrawal-nd chicagotribune-casualties-1988 soviet-dead-13833").out
    printed += run("cite braithwaite-afgantsy-2011 okorokov-secret-wars-nd").out
    references = printed.splitlines()
    assert len(NOTES) == 5
    assert all(note[len("[1] ") :] in references for note in NOTES)
    assert re.findall(r"\[(\d)\]", PARAGRAPH) == ["1", "2", "3", "4", "5"]


@pytest.mark.usefixtures("bundled")
def test_the_paragraph_of_the_tutorial_has_the_figures_of_the_record(run: Run) -> None:
    figures = run(
        "casualties --side soviet --measure dead --measure killed --fields best -f tsv"
    ).out
    for number in re.findall(r"\b\d+,\d+|\b523\b", PARAGRAPH):
        assert number.replace(",", "") in figures.split()


def test_there_are_twenty_recipes_and_each_runs() -> None:
    headings = re.findall("(?m)^## (.+)$", (ROOT / "docs/recipes.md").read_text("utf-8"))
    assert [int(heading.partition(".")[0]) for heading in headings] == list(range(1, 21))
    assert {session.heading for session in SESSIONS if session.page == "docs/recipes.md"} == set(
        headings
    )


def test_no_page_has_a_session_that_is_not_run() -> None:
    for folder in (ROOT, ROOT / "docs", ROOT / "examples", ROOT / "data"):
        for path in folder.glob("*.md"):
            if "```console" in path.read_text("utf-8"):
                assert str(path.relative_to(ROOT).as_posix()) in PAGES


def test_a_session_is_read_as_commands_and_what_they_print() -> None:
    [session] = sessions("page.md", SMALL)
    assert session == Session(
        page="page.md",
        heading="Small",
        line=4,
        length=7,
        needs=("sh",),
        steps=[
            Step(["echo one &&", "echo two"], ["one", "two"]),
            Step(["true"], []),
            Step(["echo an error >&2; false"], ["an error"]),
        ],
    )


@pytest.mark.skipif(os.name == "nt", reason="the sessions are in bash")
def test_a_session_that_prints_something_else_is_found_and_written_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = SMALL.replace("two\n$", "three\nfour\n$").replace("\nan error", "\na mistake")
    page = tmp_path / "page.md"
    page.write_text(wrong, encoding="utf-8")
    assert main(["--check", str(page)]) == 1
    assert "Small: it prints something else today" in capsys.readouterr().err
    assert page.read_text("utf-8") == wrong
    assert main([str(page)]) == 0
    assert page.read_text("utf-8") == SMALL
    assert main(["--check", str(page)]) == 0


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (["1", "…"], ["one", "…"]),
        (["…", "5"], ["…", "five"]),
        (["1", "2", "…", "5"], ["one", "two", "…", "five"]),
        (["1", "2", "3", "4", "…"], ["one", "two", "three", "four", "…"]),
        (["1", "2", "3", "4", "…", "5"], ["one", "two", "three", "four", "five"]),
        (["1"], ["one", "two", "three", "four", "five"]),
    ],
)
def test_a_page_may_leave_out_a_part_of_an_output(shown: list[str], expected: list[str]) -> None:
    assert shortened(["one", "two", "three", "four", "five"], shown) == expected


@pytest.mark.skipif(os.name == "nt", reason="the sessions are in bash")
def test_a_session_that_does_not_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.recipes.SECONDS", 1)
    [session] = sessions("page.md", SMALL.replace("$ true", "$ sleep 60"))
    ended, stopped, *_ = played(session, tmp_path)
    assert ended == session.steps[0]
    assert stopped.printed == ["", "stopped after 1 seconds"]


@pytest.mark.parametrize("need", ["no-such-program", "python3 with no_such_module"])
def test_a_session_is_not_run_without_what_it_needs(need: str, tmp_path: Path) -> None:
    [session] = sessions("page.md", SMALL.replace("needs: sh", f"needs: {need}"))
    with pytest.raises(MissingError, match=need):
        played(session, tmp_path)


@pytest.mark.parametrize("printed", ["$ echo", "```", "> more"])
def test_what_could_not_be_read_back_is_refused(printed: str) -> None:
    [session] = sessions("page.md", SMALL)
    with pytest.raises(ValueError, match="reads as a command or a fence"):
        with_steps(SMALL, session, [Step(["cat file"], [printed])])
