"""The export that TimelineJS shows, as TimelineJS shows it."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run, event

PAGE = """\
<!doctype html>
<meta charset="utf-8">
<link rel="stylesheet" href="PACKAGE/dist/css/timeline.css">
<div id="timeline" style="width: 1200px; height: 800px"></div>
<script src="PACKAGE/dist/js/timeline.js"></script>
<script id="data" type="application/json">DATA</script>
<script>
  const errors = [];
  addEventListener("error", (fault) => errors.push(fault.message));
  addEventListener("unhandledrejection", (fault) => errors.push(String(fault.reason)));
  const data = JSON.parse(document.getElementById("data").textContent);
  const timeline = new TL.Timeline("timeline", data, { script_path: "PACKAGE/dist/js/" });
  const all = (selector, look) => [...document.querySelectorAll(selector)].map(look);
  const look = () => {
    const seen = document.createElement("script");
    seen.id = "seen";
    seen.type = "application/json";
    seen.textContent = JSON.stringify({
      errors: [...errors, ...timeline.config.getErrors()],
      slides: Object.fromEntries(all(".tl-slide", (slide) => [slide.id, {
        headline: slide.querySelector(".tl-headline")?.textContent,
        date: slide.querySelector(".tl-headline-date")?.textContent,
        text: slide.querySelector(".tl-text-content")?.innerHTML,
      }])),
      markers: all(".tl-timemarker", (marker) => marker.id.replace(/-marker$/, "")),
      eras: all(".tl-timeera", (era) => era.textContent),
      links: all(".tl-slide a", (link) => link.href),
    }).replaceAll("<", "\\\\u003c");
    document.body.append(seen);
  };
  timeline.on("ready", () => setTimeout(look, 1000));
</script>
"""

Show = Callable[[str], Any]


@pytest.fixture
def show(browse: Callable[[str], str], node_package: Callable[[str], Path]) -> Show:
    """Return a function that shows a timeline in TimelineJS and gives what is to be seen."""
    package = node_package("@knight-lab/timelinejs")

    def seen(document: str) -> Any:
        page = browse(
            PAGE.replace("PACKAGE", package.as_uri()).replace(
                "DATA", document.replace("<", "\\u003c")
            )
        )
        found = re.search(
            r'<script id="seen" type="application/json">(.*?)</script>', page, re.DOTALL
        )
        assert found, "TimelineJS was never ready"
        return json.loads(found[1])

    return seen


def test_timelinejs_shows_every_event_of_the_bundled_data(run: Run, show: Show) -> None:
    document = run("export timelinejs").out
    events = {slide["unique_id"]: slide for slide in json.loads(document)["events"]}
    seen = show(document)
    assert seen["errors"] == []
    assert sorted(seen["markers"]) == sorted(events)
    assert {name: slide["date"] for name, slide in seen["slides"].items() if name in events} == {
        name: slide["display_date"] for name, slide in events.items()
    }
    assert set(seen["slides"]) - set(events) == {"_title"}
    assert seen["eras"] == [era["text"]["headline"] for era in json.loads(document)["eras"]]
    assert len(seen["links"]) == sum(
        slide["text"]["text"].count("<a href=") for slide in events.values()
    )


def test_timelinejs_shows_every_kind_of_date_and_foreign_text_as_text(
    run: Run, write: Callable[..., str], show: Show
) -> None:
    dates = [
        "0033-04-03",
        "1900",
        "190X",
        "1900-22",
        "1900-01/..",
        "[1900-01-10,1900-01-12]",
        "1900-01-20/1900-01",
        "../1900",
    ]
    hostile = '<img src="x" onerror="throw 1"><script>throw 2</script> & http://example.org/'
    data = write(
        events=[
            *(event(f"event-{number}", when) for number, when in enumerate(dates)),
            event("hostile", "1900-05", summary=hostile) | {"title": hostile},
        ],
        phases=[
            {"id": "all-of-it", "title": hostile, "date": "1900-01/.."},
            {"id": "one-day", "title": "One day", "date": "1900-02-01"},
        ],
    )
    seen = show(run(f"export timelinejs --data {data}").out)
    assert seen["errors"] == []
    assert sorted(seen["markers"]) == [
        *(f"event-{number}" for number in range(len(dates) - 1)),
        "hostile",
    ]
    assert seen["slides"]["event-0"]["date"] == "3 Apr AD 33"
    assert seen["slides"]["hostile"]["headline"] == hostile
    assert seen["slides"]["hostile"]["text"].startswith(
        '<p>&lt;img src="x" onerror="throw 1"&gt;&lt;script&gt;'
    )
    assert seen["eras"] == [hostile, f"{hostile}, continued"]
    assert seen["links"] == []
