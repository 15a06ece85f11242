"""`withdrawal help`: topics are pages of the documentation."""

import shutil
import subprocess

import pytest

from tests.conftest import ROOT, Run
from withdrawal_cli.cli import COMMANDS
from withdrawal_cli.commands.help import TOPICS, read_page


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_markdown_in_a_pipe_and_drawn_on_a_screen(run: Run, topic: str) -> None:
    code, out, err = run(f"help {topic}")
    assert (code, err) == (0, "")
    assert out == read_page(topic)
    assert out.startswith("# ")
    assert len(out.splitlines()) > 5
    assert "<!--" not in out
    drawn = run(f"help {topic} --width 80 --color never")
    assert (drawn.code, drawn.err) == (0, "")
    title = out.splitlines()[0].removeprefix("# ")
    assert drawn.out.splitlines()[0] == title
    assert max(map(len, drawn.out.splitlines())) <= 80
    assert "](" not in drawn.out
    assert "**" not in drawn.out.replace("(**", "(")  # the arguments of a Python function


def test_a_page_has_colours_only_where_they_are_wanted(run: Run) -> None:
    assert "\x1b[" not in run("help marks --width 80").out
    assert "\x1b[36m--during\x1b[0m" in run("help dates --width 80 --color always").out


def test_a_screen_shown_in_a_page_is_not_broken_on_a_terminal_as_wide(run: Run) -> None:
    shown = "  1989                                              press [1]\n"
    assert shown in read_page("tutorial")
    drawn = run("help tutorial --width 80").out
    assert shown in drawn
    assert "How many Soviet soldiers died during the withdrawal?  soviet-dead-in" in drawn


def test_a_topic_is_a_section_or_a_whole_page() -> None:
    whole, section = read_page("asking"), read_page("marks")
    assert whole == (ROOT / "docs/asking.md").read_text("utf-8")
    assert section.startswith("# The marks\n")
    assert section.removeprefix("# The marks\n") in whole
    assert "\n## " not in section


@pytest.mark.parametrize("command", COMMANDS)
def test_the_name_of_a_command_is_its_help(run: Run, command: str) -> None:
    assert run(f"help {command}") == run(f"{command} --help")


def test_the_help_lists_the_topics(run: Run) -> None:
    listed = run("help").out.partition("Topics (withdrawal help TOPIC):\n")[2]
    assert [line.split()[0] for line in listed.splitlines()] == [*TOPICS]


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("dats", "Did you mean dates? "),
        ("exit", "Did you mean exit-codes? "),
        ("symbols", "Did you mean marks? "),
        ("csv", "Did you mean formats? "),
        ("start", "Did you mean tutorial? "),
        ("hindsight", "Did you mean voices? "),
        ("notebook", "Did you mean python? "),
        ("agent", "Did you mean assistants? "),
        ("gromov", ""),
        ("../README", ""),
    ],
)
def test_an_unknown_topic_is_answered_with_a_near_one_and_all(
    run: Run, name: str, suggestion: str
) -> None:
    outcome = run(f"help {name}")
    assert outcome == (
        2,
        "",
        (
            f"withdrawal: there is no topic {name!r}\n{suggestion}Choose from {', '.join(TOPICS)}. "
            "withdrawal --help lists the commands.\n"
        ),
    )


def test_no_two_topics_share_another_name() -> None:
    others = [name for topic in TOPICS.values() for name in topic.other_names.split()]
    assert len(others) == len(set(others))
    assert not {*others} & TOPICS.keys()


def test_a_tab_offers_topics_and_commands(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_WITHDRAWAL_COMPLETE", "zsh")
    assert run("help da").out == (
        "dates\tHow to write a time.\ndataset\tThe shape of a file of your own.\n"
    )
    assert run("help timel").out == "timeline\n"


def test_the_manual_page_is_printed_for_man(run: Run) -> None:
    page = run("help --man").out
    assert page == (ROOT / "man/withdrawal.1").read_text("utf-8")
    if shutil.which("man"):
        command = ["man", "--warnings", "-l", "-"]
        done = subprocess.run(command, input=page, capture_output=True, text=True, check=True)
        assert "WITHDRAWAL(1)" in done.stdout
