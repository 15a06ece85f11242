"""The GeoJSON export, as geojsonhint of Mapbox reads it, which holds a document against RFC 7946."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Run

HINT = 'process.stdout.write(JSON.stringify(require(process.argv[1]).hint(require("fs").readFileSync(0, "utf8"))))'


@pytest.fixture
def hints(node_package: Callable[[str], Path]) -> Callable[[str], Any]:
    """Return a function that gives what geojsonhint finds in a document."""
    if not shutil.which("node"):
        pytest.skip("Node.js is not here")
    package = str(node_package("@mapbox/geojsonhint"))

    def find(document: str) -> Any:
        done = subprocess.run(
            ["node", "-e", HINT, package],
            input=document,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return json.loads(done.stdout)

    return find


@pytest.mark.parametrize(
    "options", ["", f"--data {ROOT / 'examples' / 'franklin.json'}", "--during 1900"]
)
def test_geojsonhint_has_nothing_to_say(
    run: Run, hints: Callable[[str], Any], options: str
) -> None:
    assert hints(run(f"export geojson {options}").out) == []


def test_geojsonhint_sees_what_is_wrong(run: Run, hints: Callable[[str], Any]) -> None:
    document = json.loads(run("export geojson --key").out)
    geometries = filter(None, (feature["geometry"] for feature in document["features"]))
    next(found for found in geometries if found["type"] == "Point")["coordinates"].pop()
    assert [found["message"] for found in hints(json.dumps(document))] == [
        "position must have 2 or more elements"
    ]
