"""The page for people, as its readers meet it: look.mjs opens it in a browser."""

import json
import shutil
import subprocess
from collections.abc import Callable
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


@pytest.fixture(scope="module")
def found(
    tmp_path_factory: pytest.TempPathFactory, chromium: str, node_package: Callable[[str], Path]
) -> Any:
    """Return what look.mjs finds on the page of the bundled data, and axe on that, on the example and on a small war."""
    if not shutil.which("node"):
        pytest.skip("Node.js is not here")
    folder = tmp_path_factory.mktemp("pages")
    (folder / "land.json").write_text(json.dumps(LAND), encoding="utf-8")
    pages = [
        write_page(folder, data)
        for data in (None, str(ROOT / "examples" / "franklin.json"), str(folder / "land.json"))
    ]
    packages = [str(node_package(name)) for name in ("playwright-core", "axe-core")]
    command = ["node", str(LOOK), *packages, chromium, *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def anchors(**filters: Any) -> list[str]:
    return [f"event-{event.id}" for event in Choice(load_dataset(), Filters(**filters)).events()]


def test_nothing_goes_wrong_and_nothing_is_asked_of_the_net(found: Any) -> None:
    assert found["errors"] == []
    assert {address.split(":")[0] for address in found["requests"]} == {"file"}


def test_every_event_is_there_with_javascript_and_without(found: Any) -> None:
    everything = anchors(all=True)
    assert found["whole"] == {"place": "", "status": "", "events": everything}
    assert found["plain"] == {"events": everything, "form": False}


def test_words_narrow_and_stand_in_the_address_and_a_reload_keeps_them(found: Any) -> None:
    words = found["words"]
    assert words["place"] == "?text=bridge+TERMEZ"
    assert 0 < len(words["events"]) < 50
    assert words["status"].startswith(
        f"{len(words['events'])} of {len(found['whole']['events'])} events, "
    )
    key = found["key"]
    assert key["place"] == "?text=bridge+TERMEZ&key=yes"
    assert set(key["events"]) < set(words["events"])
    assert found["reloaded"] == key


def test_phase_category_and_dispute_narrow_as_the_program_does(found: Any) -> None:
    phase, category = load_dataset().phases[0].id, "military"
    chosen = found["chosen"]
    assert chosen["place"].startswith(f"?phase={phase}&category={category}&disputed=yes")
    assert chosen["events"] == anchors(phases=[phase], categories=[category], disputed=True)
    assert found["reset"] == found["whole"]


def test_the_contents_lead_to_what_is_left_and_say_how_much(found: Any) -> None:
    contents = dict(found["contents"])
    assert contents["#timeline"] == str(len(found["key"]["events"]))
    assert not {"#overview", "#map"} & set(contents)


def test_the_back_button_takes_back_each_choice_and_each_link(found: Any) -> None:
    phase, category = load_dataset().phases[0].id, "military"
    assert found["back_from_footnote"] == found["chosen"]
    assert found["back_from_disputed"]["events"] == anchors(phases=[phase], categories=[category])
    assert found["back_from_category"]["events"] == anchors(phases=[phase])


def test_a_phase_that_is_not_there_narrows_nothing(found: Any) -> None:
    assert found["unknown_phase"]["events"] == found["whole"]["events"]


def test_a_link_to_what_the_filter_hides_shows_it_beside_the_rest(found: Any) -> None:
    first, key = found["whole"]["events"][0], found["key"]
    assert first not in key["events"]
    assert found["shown_by_link"] == {
        **key,
        "events": [first, *key["events"]],
        "place": f"{key['place']}#{first}",
    }


def test_a_footnote_leads_to_the_lasting_anchor_of_its_source(found: Any) -> None:
    assert found["footnote"].startswith(f"{found['chosen']['place']}#source-")


def test_a_phone_shows_the_page_without_scrolling_sideways(found: Any) -> None:
    assert found["phone"] == 360


def test_axe_finds_nothing(found: Any) -> None:
    assert found["faults"] == []


def test_the_keyboard_comes_first_to_the_link_past_the_contents(found: Any) -> None:
    assert found["first_focus"] == "Skip to the content"


def test_it_is_dark_where_that_is_wished_and_dark_on_white_in_print(found: Any) -> None:
    assert found["colours"] == ["rgb(20, 24, 26)", "rgb(29, 35, 39)"]
    assert found["printed"] == {"events": len(found["whole"]["events"]), "navigation": 0}
