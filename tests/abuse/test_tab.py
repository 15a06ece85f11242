"""What a stranger's data file can do to a person who presses TAB and ENTER, in the real shells: nothing."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.abuse.program import dangerous
from tests.conftest import ABOUT, event
from tests.shells import SHELLS, Shell, shell
from tests.test_process import COMMAND, environment
from withdrawal_cli.cli import main
from withdrawal_cli.completion import SCRIPTS, quote_for_bash

HOSTILE = [
    "$(touch X)", "`touch X`", ";touch${IFS}X;#", "&touch X", "|touch X", ">X", "<X", "\\$(touch X)", "*", "[w]?", "{x,y}", "~",
    "a b", "  two", "trail ", "it's", 'a"b', "end'", 'end"', "a\\b", "end\\", "!!", "!x", "^a^b", "#c", "%s", "a:b:c", "a=b",
    "-n", "$IFS", "é’ß", "；＄（touch X）", "\u0301x", "Ω\U0001f600", "\"'$(touch X)'\"",
]  # fmt: skip
"""What means more than itself in some shell; each stands behind letters of its own in a value."""
ALONE = [
    "$(touch X)",
    "-rf",
    "--",
    "~",
    "~root",
    "*",
    "=ls",
    "#c",
    "!!",
    "^a^b",
    "%1",
    "{x,y}",
    "'",
    '"',
    "\\",
    " ",
    "\u0301",
]
"""What means more than itself at the start of a word."""
UNSEEN = [
    "Zz\ntouch X",
    "Zz\rtouch X\r",
    "Zz\ttouch X",
    "Zz\x03\x1b[A",
    "Zz\x1b]52;c;eA==\x07",
    "Zz\x9b31m",
    "Zz\u202eX",
    "Zz\x7f",
]
"""What would press keys, command the terminal or look like something else."""

MARKS = ["", "'", '"']
"""What people begin a value with."""

PLACE = {"latitude": 34.5, "longitude": 69.2}
SOURCE = {"kind": "press", "type": "book", "language": "en", "title": "A book"}
COMPLETERS: dict[str, tuple[str, dict[str, Any], str]] = {
    "places --country": ("places", PLACE, "country"),
    "places --country ": ("places", PLACE, "country_then"),
    "places --kind": ("places", PLACE, "kind"),
    "organizations --kind": ("organizations", {}, "kind"),
    "sources --type": ("sources", SOURCE, "type"),
    "sources --language": ("sources", SOURCE, "language"),
    "sources --perspective": ("sources", SOURCE, "perspective"),
}
"""The completers that offer texts of the file, each with the array, what else a record needs, and the field."""


def stem(number: int) -> str:
    return f"Z{chr(97 + number // 26)}{chr(97 + number % 26)}"


def write(path: Path, key: str, more: dict[str, Any], field: str, values: list[str]) -> None:
    records = [
        {
            "id": f"record-{number}",
            "title" if key == "sources" else "name": value,
            **more,
            field: value,
        }
        for number, value in enumerate(values)
    ]
    path.write_text(json.dumps({"dataset": ABOUT, "events": [], key: records}), "utf-8")


def hold_to_the_value(opened: Shell, line: str, typed: str, words: list[str]) -> None:
    """Hold that what is typed, a TAB and ENTER call the program with these words, and run nothing else."""
    assert opened.run(f"{line}{typed}\t\r") == words, (line, typed, opened.screen)
    assert list(opened.work.iterdir()) == [], (line, typed, words)


@pytest.mark.parametrize("name", SHELLS)
@pytest.mark.parametrize("mark", MARKS, ids=["bare", "single", "double"])
@pytest.mark.parametrize("sign", [" ", "="], ids=["word", "equals"])
def test_a_value_reaches_the_program_as_it_is_whatever_was_typed_before(
    name: str, mark: str, sign: str, tmp_path: Path
) -> None:
    values = [f"{stem(number)}{text}" for number, text in enumerate(HOSTILE)]
    write(tmp_path / "war.json", *COMPLETERS["places --country"], values)
    # Behind a mark or a sign a part of the table is enough for one run: bash itself reads all of it in a test below.
    chosen = (
        values if (mark, sign) == ("", " ") else values[MARKS.index(mark) + 3 * (sign == "=") :: 6]
    )
    with shell(name, tmp_path) as opened:
        for value in chosen:
            passed = ["--country", value] if sign == " " else [f"--country={value}"]
            hold_to_the_value(
                opened, f"withdrawal places --data ../war.json --country{sign}", f"{mark}{value[:3]}",
                ["places", "--data", "../war.json", *passed],
            )  # fmt: skip


@pytest.mark.parametrize("name", SHELLS)
def test_so_does_a_value_of_every_completer(name: str, tmp_path: Path) -> None:
    values = [f"{stem(number)}{text}" for number, text in enumerate(["$(touch X)", "`touch X`;*"])]
    with shell(name, tmp_path) as opened:
        for option, (key, more, field) in COMPLETERS.items():
            write(tmp_path / "war.json", key, more, field, values)
            for value in values:
                words = [*option.split()[:1], "--data", "../war.json", *option.split()[1:], value]
                hold_to_the_value(
                    opened, "withdrawal " + " ".join(words[:-1]) + " ", value[:3], words
                )


@pytest.mark.parametrize("name", [shell for shell in SHELLS if shell.values != ("bash",)])
@pytest.mark.parametrize("mark", MARKS, ids=["bare", "single", "double"])
def test_so_does_a_value_found_by_what_stands_inside_it(
    name: str, mark: str, tmp_path: Path
) -> None:
    values = [
        f"{text}y{stem(number)}"
        for number, text in enumerate(["$(touch X)", "`touch X`", ";touch${IFS}X;#", 'it\'s "a b"'])
    ]
    write(tmp_path / "war.json", *COMPLETERS["places --country"], values)
    with shell(name, tmp_path) as opened:
        for value in values:
            words = ["places", "--data", "../war.json", "--country", value]
            hold_to_the_value(
                opened,
                "withdrawal places --data ../war.json --country ",
                f"{mark}{value[-4:]}",
                words,
            )


@pytest.mark.parametrize("name", SHELLS)
def test_so_does_the_only_value_there_is_with_nothing_typed(name: str, tmp_path: Path) -> None:
    with shell(name, tmp_path) as opened:
        for value in ALONE:
            if name == "fish" and value.startswith("~"):
                continue  # it is not offered: see below
            write(tmp_path / "war.json", *COMPLETERS["sources --type"], [value])
            words = ["sources", "--data", "../war.json", "--type", value]
            hold_to_the_value(opened, "withdrawal sources --data ../war.json --type ", "", words)


def test_fish_is_not_offered_a_leading_tilde(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """It would insert it without a quotation mark, and pass somebody's home."""
    write(tmp_path / "war.json", *COMPLETERS["sources --type"], ["~", "~root", "a~"])
    monkeypatch.setenv("_WITHDRAWAL_COMPLETE", "fish")
    main(["sources", "--data", str(tmp_path / "war.json"), "--type", ""])
    assert capsys.readouterr() == ("a~\n", "")


@pytest.mark.parametrize("name", SHELLS)
def test_what_cannot_be_seen_is_not_offered(name: str, tmp_path: Path) -> None:
    write(tmp_path / "war.json", *COMPLETERS["places --country"], UNSEEN)
    with shell(name, tmp_path) as opened:
        words = ["places", "--data", "../war.json", "--country", "Zz"]
        hold_to_the_value(opened, "withdrawal places --data ../war.json --country ", "Zz", words)


@pytest.mark.parametrize("name", SHELLS)
def test_a_choice_of_values_is_only_shown(name: str, tmp_path: Path) -> None:
    """As far as they agree they are typed; that may end in a backslash, which asks for another line."""
    write(tmp_path / "war.json", *COMPLETERS["places --country"], [f"Zz{text}" for text in HOSTILE])
    with shell(name, tmp_path) as opened:
        for mark in MARKS:
            opened.press(f"withdrawal places --data ../war.json --country {mark}Zz\t\t\t")
            opened.wait_for(lambda: "touch" in opened.screen, 10)
            assert "touch" in opened.screen
            opened.cancel()
            assert opened.run("withdrawal done\r") == ["done"]
            assert list(opened.work.iterdir()) == []


@pytest.mark.parametrize("name", SHELLS)
def test_a_title_is_shown_beside_its_id_and_does_nothing(name: str, tmp_path: Path) -> None:
    titles = [*HOSTILE, *UNSEEN, "%F{red}%B", "a\\tb:c", "x" * 3000]
    events = [event(f"event-{number}", title=title) for number, title in enumerate(titles)]
    (tmp_path / "war.json").write_text(json.dumps({"dataset": ABOUT, "events": events}), "utf-8")
    with shell(name, tmp_path) as opened:
        opened.press("withdrawal show --data ../war.json event-\t\t")
        opened.wait_for(lambda: "event-9" in opened.screen, 10)
        seen = opened.screen
        opened.cancel()
        assert opened.run("withdrawal show --data ../war.json event-17\t\r") == [
            "show",
            "--data",
            "../war.json",
            "event-17",
        ]
    assert list(opened.work.iterdir()) == []
    assert ("$(touch X)" in seen) == (name != "bash")
    assert not {"\u202e", "\x9b"} & set(seen)
    assert "]52;" not in seen.replace("\ufffd]52;", "")


@pytest.mark.parametrize("mark", MARKS)
def test_bash_reads_what_is_quoted_for_it_as_what_it_was(mark: str) -> None:
    texts = [*HOSTILE, *ALONE]
    quoted = [quote_for_bash(text, mark) for text in texts]
    line = " ".join(
        f"{mark}{word}" if mark and word.endswith(mark) else f"{mark}{word}{mark}"
        for word in quoted
    )
    done = subprocess.run(["bash", "-c", f"printf '%s\\0' {line}"], capture_output=True, check=True)
    assert done.stdout.decode().split("\0")[:-1] == texts


BROKEN = [
    "",
    "{",
    '{"dataset": 1}',
    "\x00",
    '{"dataset": {}, "places": [{"country": ["$(touch X)"]}]}',
]
STRANGE = [
    ("complete_bash", (), {}),
    ("complete_bash", (), {"COMP_WORDS": "withdrawal ti", "COMP_CWORD": "abc"}),
    ("complete_bash", (), {"COMP_WORDS": "withdrawal ti", "COMP_CWORD": "-5"}),
    ("complete_bash", (), {"COMP_WORDS": "withdrawal ti", "COMP_CWORD": "9" * 5000}),
    ("source_bash", (), {}),
    ("x", ("timeline",), {}),
    *((shell, words, {}) for shell in SCRIPTS for words in [(), ("",), ("'",), ("\\",), ("a", "b", "c"), ("\udcff",)]),
    ("bash", ("withdrawal show $(", "$("), {}),
    ("bash", ("withdrawal show x", "not the end of it"), {}),
    ("zsh", ("timeline", "--data", "-", "--phase", ""), {}),
    ("zsh", ("timeline", "--data", "/dev/zero", "--phase", ""), {}),
    ("zsh", ("timeline", "--data", "~nobody-such/x", "--phase", ""), {}),
    ("zsh", ("--version", ""), {}),
    ("zsh", ("--no-such", "show", ""), {}),
    ("zsh", ("no-such", ""), {}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words", "more"), STRANGE)
def test_a_tab_that_makes_no_sense_says_nothing(
    name: str, words: tuple[str, ...], more: dict[str, str]
) -> None:
    asked = {**environment(**more), "_WITHDRAWAL_COMPLETE": name}
    done = subprocess.run(
        [*COMMAND, *words], env=asked, capture_output=True, check=False, timeout=20
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert name in SCRIPTS or not done.stdout  # scripts of before quoting get nothing to insert
    assert b"version" not in done.stdout.split(b"\t")[0]


@pytest.mark.parametrize("content", BROKEN)
def test_a_tab_says_nothing_about_a_file_at_fault(
    content: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "war.json").write_text(content)
    monkeypatch.setenv("_WITHDRAWAL_COMPLETE", "zsh")
    main(["places", "--data", str(tmp_path / "war.json"), "--country", ""])
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("end", "said"),
    [(">/dev/full", b"No space left on device"), (">&-", b"standard output is closed")],
)
def test_a_tab_that_cannot_answer_has_no_traceback(end: str, said: bytes) -> None:
    line = f"{' '.join(COMMAND)} ti {end}"
    asked = {**environment(), "_WITHDRAWAL_COMPLETE": "zsh"}
    done = subprocess.run(
        ["bash", "-c", line], env=asked, capture_output=True, check=False, timeout=20
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert said in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "koi8-r", "latin-1"])
def test_nothing_is_offered_in_place_of_what_the_terminal_cannot_say(
    encoding: str, tmp_path: Path
) -> None:
    """The nearest ASCII of full-width signs would be live: `＄（` is `$(`."""
    write(tmp_path / "war.json", *COMPLETERS["places --country"], ["Zz；＄（touch X）", "Zzland"])
    asked = {**environment(PYTHONIOENCODING=encoding), "_WITHDRAWAL_COMPLETE": "bash"}
    line = f"withdrawal places --data {tmp_path / 'war.json'} --country Zz"
    done = subprocess.run(
        [*COMMAND, line, "Zz"], env=asked, capture_output=True, check=True, timeout=20
    )
    assert done.stdout == b"Zzland\n"


def test_no_description_commands_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    events = [event(f"event-{number}", title=title) for number, title in enumerate(UNSEEN)]
    (tmp_path / "war.json").write_text(json.dumps({"dataset": ABOUT, "events": events}), "utf-8")
    monkeypatch.setenv("_WITHDRAWAL_COMPLETE", "fish")
    main(["show", "--data", os.fspath(tmp_path / "war.json"), "event"])
    out = capsys.readouterr().out
    assert len(out.splitlines()) == len(UNSEEN)
    assert dangerous(out) == set()
