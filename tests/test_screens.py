"""The screens, as golden files: what is ugly there is ugly on screen."""

import re
from collections.abc import Callable

import pytest

from tests.conftest import Run
from withdrawal_cli import __version__
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.model import KINDS
from withdrawal_cli.queries.show import describe
from withdrawal_cli.views import paint
from withdrawal_cli.views.show import detail_view

SCREENS = {
    "timeline-80": "timeline --width 80",
    "timeline-120": "timeline --width 120",
    "timeline-colour-80": "timeline --width 80 --during phase-one --key --color always",
    "overview-80": "overview --width 80",
    "overview-120": "overview --width 120",
    "phases-80": "phases --width 80",
    "casualties-80": "casualties --width 80 --side soviet --during 1988-05-15/1989-02-15 --surely",
    "casualties-120": "casualties --width 120 --side mujahideen",
    "casualties-by-year-80": "casualties --width 80 --by year --measure dead --source napisajattanacsok-yearly-nd",
    "show-event-80": "show geneva-accords --width 80",
    "show-person-80": "show boris-gromov --width 80",
    "show-dispute-80": "show gromovs-rank --width 80",
    "show-estimate-80": "show soviet-dead-in-withdrawal-523 --width 80",
    "show-place-80": "show friendship-bridge --width 80",
    "cite-80": "cite gromovs-rank geneva-accords --width 80",
    "cite-120": "cite gromovs-rank geneva-accords --width 120",
    "cite-pipe": "cite geneva-accords",
    "cite-bibtex": "cite geneva-accords -f bibtex --width 80",
    "cite-csl": "cite how-many-documents -f csl-json",
    "cite-self": "cite --self --width 80",
    "disputes-list-80": "disputes --width 80 -n 12",
    "disputes-list-120": "disputes --width 120 --about gromov-crosses-bridge --about fortieth-army",
    "disputes-figures-80": "disputes soviet-dead-in-withdrawal --width 80",
    "disputes-accounts-120": "disputes gromov-crossing-time --width 120",
    "people-80": "people --sort events -n 12 --width 80",
    "people-120": "people --sort events -n 12 --width 120",
    "people-40": "people --sort events -n 3 --width 40",
    "places-80": "places --sort events -n 12 --width 80",
    "places-120": "places --country 'soviet union' --width 120",
    "organizations-80": "organizations --kind mission --kind division --width 80",
    "organizations-120": "organizations --kind party --width 120",
    "sources-80": "sources --kind primary --sort events -n 8 --width 80",
    "sources-150": "sources --type book --sort events -n 8 --width 150",
    "sources-pipe": "sources --type book --language ru -n 5",
    "search-word-80": "search gromov bridge -n 8 --width 80",
    "search-number-80": "search 523 -n 5 --width 80",
    "search-number-120": "search 100000..120000 -n 4 --width 120",
    "search-colour-80": "search 'un mission' -n 4 --width 80 --color always",
}


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_looks_as_it_did(run: Run, golden: Callable[[str, str], None], name: str) -> None:
    outcome = run(SCREENS[name])
    assert (outcome.code, outcome.err) == (0, "")
    # "Version 0.0.0" stands for whichever program this is: a release changes no screen.
    shown = outcome.out.replace(f"cli. Version {__version__}.", "cli. Version 0.0.0.")
    golden(f"{name}.txt", shown)


@pytest.mark.parametrize(
    "name", [name for name in SCREENS if re.search(r"\d$", name) and "colour" not in name]
)
def test_no_line_but_that_of_an_address_is_wider_than_the_screen(run: Run, name: str) -> None:
    columns = int(name.rsplit("-", 1)[1])
    lines = run(SCREENS[name]).out.splitlines()
    assert [line for line in lines if len(line) > columns and "://" not in line] == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("side", "source")])
def test_each_source_that_show_lists_is_cited_above_by_its_number(kind: str) -> None:
    dataset = load_dataset()
    for record in getattr(dataset, KINDS[kind])[::40]:
        detail = describe(dataset, record.id)
        page = paint(detail_view(dataset, detail), "never", 300).partition("\nSources\n")[0]
        cited = {int(place) for place in re.findall(r"\[(\d+)[],]", page)}
        assert cited >= set(range(1, len(detail.bibliography) + 1)), record.id


@pytest.mark.parametrize(
    "line",
    [
        "overview",
        "phases",
        "casualties",
        "on 1995",
        "strength",
        "show 523",
        "disputes soviet-dead-in-withdrawal",
    ],
)
def test_a_screen_with_doubtful_figures_says_what_the_marks_mean(run: Run, line: str) -> None:
    assert "? less certain (?? uncertain)" in run(f"{line} --width 80").out


@pytest.mark.parametrize("line", ["strength --width 80", "on 1988-05-15 --width 80"])
def test_a_doubtful_figure_is_marked_on_every_screen(run: Run, line: str) -> None:
    assert "110,000?" in run(line).out
