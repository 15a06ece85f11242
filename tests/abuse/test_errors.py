"""What is said on standard error: foreign text in it commands no terminal and buries nothing."""

import json
from typing import Any, cast

import pytest
from typer.main import get_command

from tests.abuse.datasets import HOSTILE
from tests.abuse.program import ask, dangerous
from tests.conftest import ABOUT, event
from withdrawal_cli.cli import COMMANDS, app


def named(text: str, **more: object) -> bytes:
    return json.dumps(
        {"dataset": ABOUT, "events": [event("one", title=text), event("two", title=text)], **more}
    ).encode()


@pytest.mark.parametrize("text", HOSTILE)
def test_what_else_a_name_could_mean_is_told_without_its_commands(text: str) -> None:
    content = named(f"ab{text}\x1b[31m")
    outcome = ask("show", "ab", "--width", "80", "--data", "-", given=content)
    assert outcome.code == 0
    assert "Also: 'ab' is in 1 other record" in outcome.out
    assert dangerous(outcome.out) == set()


@pytest.mark.parametrize("date", ["9" * 1_000_000, "\x1b[31m" * 1000, "\u202e1988"])
def test_a_text_of_any_length_is_told_in_a_line_that_can_be_read(date: str) -> None:
    content = json.dumps({"dataset": ABOUT, "events": [event("one", date)]}).encode()
    refused, told = ask("timeline", "--data", "-", given=content), ask("check", "-", given=content)
    assert (refused.code, told.code) == (1, 1)
    for text in (refused.err, told.out):
        assert "is not an EDTF date" in text or text.splitlines()[0].endswith("…")
        assert max(map(len, text.splitlines())) < 2100
        assert dangerous(text) == set()


def test_a_remark_about_the_data_is_told_without_its_commands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("withdrawal_cli.output.is_terminal", lambda: True)
    about = {**ABOUT, "belligerents": [{"side": "reds"}]}
    estimate = {"id": "many", "measure": "strength", "side": "reds", "best": 1}
    content = named(
        "x",
        dataset=about,
        sides=[{"id": "reds", "name": "Reds\x1b]52;c;eA==\x07\u202e"}],
        estimates=[estimate],
    )
    outcome = ask("strength", "--data", "-", given=content)
    assert "those of Reds" in outcome.err
    assert dangerous(outcome.err) == set()


NUMBERS = [
    (name, parameter)
    for name in COMMANDS
    for parameter in cast("Any", get_command(app)).get_command(None, name).params
    if parameter.metavar == "N" or parameter.type.name in ("int", "integer", "float")
]
"""Every option of every command that takes a number."""


@pytest.mark.parametrize(
    ("name", "parameter"), NUMBERS, ids=lambda it: it if isinstance(it, str) else it.opts[-1]
)
@pytest.mark.parametrize(
    "given", ["9" * 5000, "-" + "9" * 4000, "1e9", "x" * 10_000, "\x1b[31m", ""]
)
def test_a_number_that_is_none_is_refused_in_a_short_line_with_a_hint(
    name: str, parameter: Any, given: str
) -> None:
    outcome = ask(name, f"{parameter.opts[-1]}={given}")
    assert (outcome.code, outcome.out) == (2, "")
    told, hint = outcome.err.splitlines()
    assert told.startswith(f"withdrawal: {parameter.opts[-1]} cannot be ")
    assert hint.startswith("Give ")
    assert len(told) < 120
    assert dangerous(outcome.err) == set()
