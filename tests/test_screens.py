"""The screens, as golden files: what is ugly there is ugly on screen."""

from collections.abc import Callable

import pytest

from tests.conftest import Run

SCREENS = {
    "timeline-80": "timeline --width 80",
    "timeline-120": "timeline --width 120",
    "timeline-colour-80": "timeline --width 80 --during phase-one --key --color always",
    "overview-80": "overview --width 80",
    "overview-120": "overview --width 120",
    "phases-80": "phases --width 80",
    "casualties-80": "casualties --width 80 --side soviet --during 1988-05-15/1989-02-15 --certain",
    "casualties-120": "casualties --width 120 --side mujahideen --during 1988-05-15/1989-02-15 --certain",
    "casualties-by-year-80": "casualties --width 80 --by year --measure dead --source napisajattanacsok-yearly-nd",
    "show-event-80": "show geneva-accords --width 80",
    "show-person-80": "show boris-gromov --width 80",
    "show-dispute-80": "show gromovs-rank --width 80",
    "show-estimate-80": "show soviet-dead-in-withdrawal-523 --width 80",
    "show-place-80": "show friendship-bridge --width 80",
}


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_looks_as_it_did(run: Run, golden: Callable[[str, str], None], name: str) -> None:
    outcome = run(SCREENS[name])
    assert (outcome.code, outcome.err) == (0, "")
    golden(f"{name}.txt", outcome.out)


@pytest.mark.parametrize("name", [name for name in SCREENS if "colour" not in name])
def test_no_line_is_wider_than_the_screen(run: Run, name: str) -> None:
    columns = int(name.rsplit("-", 1)[1])
    assert max(map(len, run(SCREENS[name]).out.splitlines())) <= columns
