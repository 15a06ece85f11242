"""Questions that people ask of this history, and that the bundled data answers; nothing is counted here."""

import json

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("bundled")


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("search Najib", "najibullah"),
        ("search Najibullah", "najibullah"),
        ("search 'Perez de Cuellar'", "javier-perez-de-cuellar"),
        ("search Громов", "boris-gromov"),
        ("search 523 --kind estimate 'whole withdrawal'", "soviet-dead-in-withdrawal-523"),
        ("search '\"bleeding wound\"'", "bleeding-wound-speech"),
        ("people --match gromov --sort events", "boris-gromov"),
        ("places --match salang --sort events", "salang-pass"),
        ("disputes soviet-dead-in-withdrawal", "soviet-dead-in-withdrawal"),
    ],
)
def test_a_question_finds_its_record(run: Run, line: str, first: str) -> None:
    outcome = run(f"{line} --json")
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out)[0]["id"] == first


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("show geneva-accords", "14 Apr 1988"),
        ("show gromov-crosses-bridge", "15 Feb 1989"),
        ("show friendship-bridge", "Hairatan"),
        ("on 1989-02-15", "Friendship Bridge"),
        ("disputes soviet-dead-in-withdrawal", "523"),
        ("strength --during 1988-05..1989-02", "100,300"),
        ("strength --during 1988-05..1989-02", "50,100"),
        ("overview", "Boris Gromov"),
    ],
)
def test_a_question_is_answered(run: Run, line: str, said: str) -> None:
    assert said in run(f"{line} --width 120").out


@pytest.mark.parametrize(
    "line",
    [
        *("overview", "timeline --all", "phases", "casualties", "casualties --by year", "strength"),
        *("on 1988-05-15", "on 1988-08", "disputes", "people", "places", "organizations"),
        *("sources", "map", "search kabul", "show kabul", "cite geneva-accords"),
    ],
)
def test_every_command_answers_in_every_shape(run: Run, line: str) -> None:
    for shape in ("", "--width 80", "--json", "-f csv"):
        if line.startswith("cite") and shape in ("--json", "-f csv"):
            continue  # a bibliography has formats of its own
        outcome = run(f"{line} {shape}")
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out
