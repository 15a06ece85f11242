"""Plain lines, for screen readers: nothing drawn, marks in words, and nothing lost that the screen says."""

import re
import unicodedata
from collections.abc import Callable

import pytest

from tests.conftest import Run, event
from tests.test_process import withdrawal
from withdrawal_cli.cli import COMMANDS
from withdrawal_cli.views.compare import LEGEND as BOTH_LEGEND
from withdrawal_cli.views.counts import LETTERS
from withdrawal_cli.views.disputes import SPREAD_LEGEND
from withdrawal_cli.views.outline import WIDTH
from withdrawal_cli.views.strength import LEGEND
from withdrawal_cli.wording import RANGE_LEGEND

LINES = [
    "overview",
    "timeline",
    "timeline --all --ids",
    "timeline --during 1988-08",
    "phases",
    "casualties",
    "casualties --all",
    "casualties --by year --all",
    "strength",
    "strength --all --notes",
    "on 15 May 1988",
    "on 1988-08",
    "show geneva-accords",
    "show boris-gromov",
    "show gromov",
    "show soviet-dead-in-withdrawal",
    "show soviet-dead-in-withdrawal-523 friendship-bridge phase-one",
    "show poltavabloggen-anniversary-2010",
    "search gromov",
    "search 523",
    "disputes",
    "disputes --all",
    "disputes soviet-dead-in-withdrawal gromovs-rank",
    "people",
    "places",
    "organizations",
    "sources --all",
    "glossary",
    "map",
    "map --all",
    "counts --by month",
    "counts --by month --grid",
    "counts --by phase",
    "compare soviet press",
    "quiz --answers",
    "narrate",
    "diff data/events.json tests/record.json",
    "compare soviet academic",
    "narrate --phase phase-one --key",
    "cite geneva-accords",
]
DRAWN = "≠•◆·×≤≥▪■"
"""Marks that a view draws by themselves; the blocks and arrows of Unicode are told by their range."""
LEGENDS = {*LETTERS} | set(
    re.findall(
        r"\w+",
        f"{BOTH_LEGEND} {RANGE_LEGEND} {SPREAD_LEGEND} {LEGEND} beyond the edge, or without a position c.",
    )
)
"""Their meaning is said where the mark stands."""


def is_drawn(letter: str) -> bool:
    return letter in DRAWN or 0x2190 <= ord(letter) <= 0x2BFF


@pytest.mark.parametrize("line", LINES)
def test_nothing_is_drawn_and_no_line_is_empty_of_words(run: Run, line: str) -> None:
    outcome = run(f"{line} --plain")
    assert (outcome.code, outcome.err) == (int(line.startswith("diff")), "")
    assert {letter for letter in outcome.out if is_drawn(letter)} == set()
    lines = outcome.out.splitlines()
    assert lines[0]
    assert "\n\n\n" not in outcome.out
    assert [text for text in lines if text and not any(map(str.isalnum, text))] == []


@pytest.mark.parametrize("line", [line for line in LINES if not line.startswith("cite")])
def test_nothing_that_the_screen_says_is_lost(run: Run, line: str) -> None:
    drawn = run(f"{line} --width {WIDTH}").out
    if line.startswith("map"):  # the picture and the numbers on it
        drawn = re.sub(r"(?m)^ *(\d+|-) |^[^\n]*[\u2800-\u28ff].*$", "", drawn)
    plain = run(f"{line} --plain").out
    # A column may break a word, so that a part of one counts.
    lost = {word for word in re.findall(r"\w+", drawn) if word not in plain}
    assert lost - LEGENDS == set()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("timeline", "Doubt: sources disagree on the date or number\n"),
        ("timeline", "Why it mattered: "),
        ("overview", "100,300, 15 May 1988, sources give "),
        ("overview", "523 (less certain), 15 May 1988 to 15 Feb 1989"),
        ("casualties", "Rivals: sources give 523 to 2,262\n"),
        ("disputes", "523 to 2,262, "),
        ("show geneva-accords", "(source 2, pp. 601-611)"),
        ("map", "Route: "),
        ("people --match gromov", "Name: Boris Gromov\n"),
    ],
)
def test_marks_and_ranges_are_said_in_words(run: Run, line: str, said: str) -> None:
    assert said in run(f"{line} --plain").out


def test_a_map_is_a_list_of_places(run: Run, write: Callable[..., str]) -> None:
    places = [{"id": "here", "name": "Here", "latitude": 34, "longitude": 69}]
    path = write(events=[event("one", places=["here"], importance="key")], places=places)
    assert run(f"map --plain --data {path}").out == "Place: Here\nDate: 1 Jan 1900\nEvent: One\n"


def test_what_two_voices_both_tell_is_said_so(run: Run, write: Callable[..., str]) -> None:
    sources = [
        {"id": f"a-{voice}", "type": "book", "title": voice, "perspective": voice}
        for voice in ("press", "academic")
    ]
    cited = [{"source": source["id"]} for source in sources]
    path = write(events=[event("one", citations=cited)], sources=sources)
    out = run(f"compare press academic --plain --data {path}").out
    assert "press: Both: One\nacademic: Both: One\n" in out


def test_question_marks_that_are_no_marks_stay(run: Run, write: Callable[..., str]) -> None:
    path = write(events=[event("one", "1900-01-01?", title="Who won in 1900?", importance="key")])
    out = run(f"timeline --plain --data {path}").out
    assert "Event: Who won in 1900?\n" in out
    assert "Date: 1 Jan 1900 (uncertain)\n" in out


def test_the_variable_does_the_same_where_an_answer_is_drawn_and_leaves_programs_alone() -> None:
    env = {"ACCESSIBLE": "1"}
    assert withdrawal("overview", env=env).stdout == withdrawal("overview", "--plain").stdout
    for line in ("timeline", "timeline --json", "show geneva-accords --json", "timeline -f csv"):
        assert withdrawal(*line.split(), env=env).stdout == withdrawal(*line.split()).stdout
    assert withdrawal("timeline", "--width", "80", env=env).stdout == (
        withdrawal("timeline", "--plain").stdout
    )
    assert withdrawal("overview", env={"ACCESSIBLE": "0"}).stdout == withdrawal("overview").stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_help_draws_nothing_either(run: Run, command: str) -> None:
    out = run(f"{command} --help").out
    assert {letter for letter in out if is_drawn(letter)} == set()


def test_every_command_that_draws_is_tried(run: Run) -> None:
    tried = {line.split()[0] for line in LINES}
    taken = {name for name in COMMANDS if "--plain" in run(f"{name} --help").out}
    assert taken - tried == {"help"}  # its pages are Markdown, and explain the marks


def test_a_page_of_help_is_its_markdown(run: Run) -> None:
    assert run("help dates --plain --width 80").out == run("help dates").out != ""


def test_the_letters_are_those_that_a_voice_can_read(run: Run) -> None:
    kinds = {unicodedata.category(letter) for letter in run("overview --plain").out}
    assert not kinds & {"So", "Co", "Cn"}
