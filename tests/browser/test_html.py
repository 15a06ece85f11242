"""The page for people, as its readers meet it: look.mjs opens it in a browser."""

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.test_export_html import LAND
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.exports import Selection, render
from withdrawal_cli.queries.filters import Choice, Filters

LOOK = Path(__file__).parent / "look.mjs"


def write_page(folder: Path, data: str | None) -> Path:
    dataset = load_dataset(data)
    events = tuple(Choice(dataset, Filters(all=True)).events())
    page = folder / f"{dataset.metadata.id}.html"
    page.write_bytes(
        render(
            "html",
            Selection(
                dataset=dataset,
                events=events,
                chosen_with="",
                program="withdrawal",
                command="withdrawal export html",
            ),
        )
    )
    return page


ONE_EVENT = {
    "dataset": {
        "id": "one-day", "title": "One day", "description": "A history of one event.",
        "version": "1.0.0", "released": "2020-01-01", "license": "CC0-1.0", "subject": "1900-01-01",
        "coverage": "1900",
    },
    "events": [{"id": "the-event", "date": "1900-01-01", "title": "It happened"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def found(
    tmp_path_factory: pytest.TempPathFactory, chromium: str, node_package: Callable[[str], Path]
) -> Any:
    """Return what look.mjs finds on the page of the bundled data, and axe on that and on small ones."""
    if not shutil.which("node"):
        pytest.skip("Node.js is not here")
    folder = tmp_path_factory.mktemp("pages")
    for name, arrays in (("land", LAND), ("one", ONE_EVENT)):
        (folder / f"{name}.json").write_text(json.dumps(arrays), encoding="utf-8")
    franklin = str(ROOT / "examples" / "franklin.json")
    files = (None, franklin, str(folder / "land.json"), str(folder / "one.json"))
    pages = [write_page(folder, data) for data in files]
    packages = [str(node_package(name)) for name in ("playwright-core", "axe-core")]
    command = ["node", str(LOOK), *packages, chromium, *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def anchors(**filters: Any) -> list[str]:
    return sorted(
        f"event-{event.id}" for event in Choice(load_dataset(), Filters(**filters)).events()
    )


WIDTHS = {"phone": 390, "tablet": 768, "desk": 1280}
each_width = pytest.mark.parametrize("width", WIDTHS)


def test_nothing_goes_wrong_and_nothing_is_asked_of_the_net(found: Any) -> None:
    assert found["errors"] == []
    assert {address.split(":")[0] for address in found["requests"]} == {"file"}


def test_the_first_screen_has_the_lede_the_facts_and_the_strip(found: Any) -> None:
    assert found["first_screen"] == {"h1": True, ".lede": True, ".facts": True, "#strip": True}


def test_every_event_is_there_with_javascript_and_without(found: Any) -> None:
    everything = anchors(all=True)
    assert found["whole"] == {"place": "", "status": "", "events": everything}
    assert found["plain"] == {"events": everything, "form": False, "opened": 1, "linked": True}


def test_words_narrow_and_stand_in_the_address_and_a_reload_keeps_them(found: Any) -> None:
    words = found["words"]
    assert words["place"] == "?text=bridge+TERMEZ"
    assert 0 < len(words["events"]) < 50
    assert found["folded_matches"] == len(words["events"])
    assert words["status"].startswith(
        f"{len(words['events'])} of {len(found['whole']['events'])} events, "
    )
    key = found["key"]
    assert key["place"] == "?text=bridge+TERMEZ&key=yes"
    assert set(key["events"]) < set(words["events"])
    assert found["reloaded"] == key


def test_phase_category_and_dispute_narrow_as_the_program_does(found: Any) -> None:
    phase, category = "phase-one", "military"
    chosen = found["chosen"]
    assert chosen["place"].startswith(f"?phase={phase}&category={category}&disputed=yes")
    assert chosen["events"] == anchors(phases=[phase], categories=[category], disputed=True)
    assert found["reset"] == found["whole"]


def test_the_contents_lead_to_what_is_left_and_say_how_much(found: Any) -> None:
    contents = dict(found["contents"])
    assert contents["#timeline"] == str(len(found["key"]["events"]))
    assert {"#overview", "#map"} <= set(contents)


def test_a_filter_acts_on_every_section(found: Any) -> None:
    data = load_dataset()
    counts = {"person": data.people, "place": data.places, "source": data.sources,
              "estimate": data.estimates, "dispute": data.disputes}  # fmt: skip
    assert all(found["sections"][kind] < len(records) / 4 for kind, records in counts.items())


def test_a_filter_without_a_result_explains_itself(found: Any) -> None:
    assert found["nothing"] == (
        "Nothing matches: with “zeppelin”, key ones only. Leave out the words, or show everything."
    )
    assert found["advice"].endswith("Leave out the last day, or show everything.")


def test_the_back_button_takes_back_each_choice_and_each_link(found: Any) -> None:
    phase, category = "phase-one", "military"
    assert found["back_from_footnote"] == found["chosen"]
    assert found["back_from_disputed"]["events"] == anchors(phases=[phase], categories=[category])
    assert found["back_from_category"]["events"] == anchors(phases=[phase])


def test_a_phase_that_is_not_there_narrows_nothing(found: Any) -> None:
    assert found["unknown_phase"]["events"] == found["whole"]["events"]


def test_a_link_to_what_the_filter_hides_shows_it_beside_the_rest(found: Any) -> None:
    link, key = found["shown_by_link"], found["key"]
    assert link["visible"]
    assert link["state"]["events"] == sorted([link["hidden"], *key["events"]])


def test_a_footnote_opens_the_folded_list_at_its_source(found: Any) -> None:
    assert found["footnote"]["place"].startswith(f"{found['chosen']['place']}#source-")
    assert found["footnote"]["visible"]


def test_every_link_within_the_page_leads_somewhere_and_an_unknown_one_is_answered(
    found: Any,
) -> None:
    assert found["numbered_anchors"] == 0
    assert found["deep_link"]
    assert all(0 <= top < 200 for top in found["section_link"]), found["section_link"]
    assert found["unknown_anchor"].startswith("This page has nothing under #no-such-thing.")
    assert found["bare_anchor"] == f"#{found['whole']['events'][-1]}"


@each_width
def test_the_page_fits_the_screen_with_one_strip(found: Any, width: str) -> None:
    seen = found["widths"][width]
    assert (seen["width"], seen["strips"]) == (WIDTHS[width], 1)
    assert seen["small"] == []
    assert seen["bar"] == 0


@each_width
def test_dragging_over_the_strip_filters_by_time(found: Any, width: str) -> None:
    dragged = found["widths"][width]["dragged"]
    times = dict(pair.split("=") for pair in dragged["place"].lstrip("?").split("&"))
    assert set(times) == {"from", "to"}
    assert dragged["events"] == anchors(start=times["from"], end=times["to"])
    assert dragged["shades"] >= 2
    assert 0 < dragged["spots"] < found["widths"][width]["all_spots"]


@each_width
def test_the_handles_of_the_strip_obey_the_keyboard(found: Any, width: str) -> None:
    seen = found["widths"][width]
    before, arrow, page = (
        datetime.strptime(f"{seen[name]} +0000", "%d %b %Y %z")
        for name in ("before_key", "after_key", "after_page")
    )
    assert (arrow - before, page - arrow) == (timedelta(days=1), timedelta(days=30))


@each_width
def test_a_phase_is_chosen_on_the_strip(found: Any, width: str) -> None:
    band = found["widths"][width]["band"]
    [phase] = [part.removeprefix("?phase=") for part in band["place"].split("&")]
    assert band["events"] == anchors(phases=[phase])


@each_width
def test_a_term_is_explained_where_it_stands(found: Any, width: str) -> None:
    meanings = [term.meaning for term in load_dataset().terms]
    assert any(meaning in found["widths"][width]["term"] for meaning in meanings)


def test_reference_managers_find_each_source_in_a_few_seconds(found: Any) -> None:
    assert found["sources"] == len(found["coins"]) > 0
    named = {coin["rft.identifier"] for coin in found["coins"] if "rft.identifier" in coin}
    urls = {source.url for source in load_dataset().sources if source.url}
    assert len(named) >= 0.9 * len(urls)
    assert all(coin["ctx_ver"] == "Z39.88-2004" and coin["rft.title"] for coin in found["coins"])


def test_axe_finds_nothing(found: Any) -> None:
    assert found["faults"] == []


def test_the_keyboard_comes_first_to_the_link_past_the_contents(found: Any) -> None:
    assert found["first_focus"] == "Skip to the content"


def test_it_is_dark_where_that_is_wished_and_dark_on_white_in_print(found: Any) -> None:
    assert found["colours"] == ["rgb(20, 24, 26)", "rgb(27, 33, 37)"]
    every = len(found["whole"]["events"])
    assert found["printed"] == {"events": every, "navigation": 0, "without_script": every}
