"""What we wrote for other programs can be read back whole, and what is damaged or strange is refused."""

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Run, event

FRANKLIN = ROOT / "examples" / "franklin.json"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("suffix", ["zip", "sqlite", "geojson"])
@pytest.mark.parametrize("options", ["", "--key"])
def test_a_document_of_ours_is_read_as_the_dataset_it_was_made_of(
    run: Run, here: Path, suffix: str, options: str
) -> None:
    kind = {"zip": "datapackage"}.get(suffix, suffix)
    file = here / f"all.{suffix}"
    assert run(f"export {kind} {options} --data {FRANKLIN} -o {file}").code == 0
    assert run(f"check {file}") == (0, "", "")
    for line in ("timeline --all --json", "disputes --json", "overview --json"):
        assert run(f"{line} --data {file}").out == run(f"{line} --data {FRANKLIN}").out


@pytest.mark.parametrize("suffix", ["zip", "sqlite", "geojson", "html"])
def test_a_document_of_some_sources_holds_what_these_say(run: Run, here: Path, suffix: str) -> None:
    kind, file = {"zip": "datapackage"}.get(suffix, suffix), here / f"press.{suffix}"
    assert run(f"export {kind} --perspective press --data {FRANKLIN} -o {file}").code == 0
    line = "timeline --all --json"
    said = run(f"{line} --perspective press --data {FRANKLIN}").out
    assert run(f"{line} --data {file}").out == said != run(f"{line} --data {FRANKLIN}").out


def test_what_was_changed_in_a_document_since_is_not_seen(run: Run, here: Path) -> None:
    for kind, suffix in (("sqlite", "sqlite"), ("datapackage", "zip"), ("geojson", "geojson")):
        assert run(f"export {kind} --data {FRANKLIN} -o all.{suffix}").code == 0
    with closing(sqlite3.connect("all.sqlite")) as base, base:
        base.execute("UPDATE events SET title = 'Another title'")
    with zipfile.ZipFile("all.zip", "a") as archive:
        archive.writestr("data/more.csv", "Another title")
    document = json.loads(Path("all.geojson").read_text("utf-8"))
    document["features"][0]["properties"]["title"] = "Another title"
    Path("all.geojson").write_text(json.dumps(document), "utf-8")
    for file in here.iterdir():
        said = run(f"timeline --all --json --data {file}")
        assert said == run(f"timeline --all --json --data {FRANKLIN}"), file.name


def made(run: Run, file: Path) -> tuple[dict[str, object], str]:
    outcome = run(f"new made.json {file} --from timelinejs --force")
    assert outcome.code == 0
    assert run("check made.json") == (0, "", "")
    return json.loads(Path("made.json").read_text("utf-8")), outcome.err


@pytest.mark.parametrize("options", ["", "--key"])
def test_a_timeline_of_ours_comes_back_whole(run: Run, here: Path, options: str) -> None:
    file = here / "timeline.json"
    assert run(f"export timelinejs {options} --data {FRANKLIN} -o {file}").code == 0
    assert made(run, file) == (json.loads(FRANKLIN.read_text("utf-8")), "")


def test_what_was_changed_in_its_slides_is_imported(run: Run, here: Path) -> None:
    sent = json.loads(run(f"export timelinejs --data {FRANKLIN}").out)
    first, second, third, *_ = sent["events"]
    first["text"]["headline"] = "Another title"
    second["edtf"] = "1850-02~"
    third["group"] = "Ice"
    sent["events"].append({"start_date": {"year": 1900}, "text": {"headline": "Afterwards"}})
    file = here / "timeline.json"
    file.write_text(json.dumps(sent), "utf-8")
    dataset, told = made(run, file)
    expected = json.loads(FRANKLIN.read_text("utf-8"))
    assert isinstance(dataset["events"], list)
    returned = {one["id"]: one for one in dataset["events"]}
    changes = {
        first["unique_id"]: {"title": "Another title"},
        second["unique_id"]: {"date": "1850-02~"},
        third["unique_id"]: {"category": "Ice"},
    }
    for one in expected["events"]:
        assert returned.pop(one["id"]) == one | changes.get(one["id"], {})
    assert returned == {"afterwards": {"id": "afterwards", "date": "1900", "title": "Afterwards"}}
    assert told == ""


@pytest.mark.parametrize(
    ("changes", "date", "told"),
    [
        ({"start_date": {"year": 1850}}, "1850", []),
        ({"start_date": "June 1850", "end_date": {"year": 1851}}, "1850-06/1851", []),
        ({"start_date": {"year": 1850}, "display_date": "c. 1850"}, "1850~", []),
        ({"start_date": {"year": "x"}}, "1848-04-25", ["the date is not imported ('x' is not a date)"]),
        ({"start_date": None}, "1848-04-25", ["the date is not imported (there is no start date)"]),
        ({"edtf": "1850~"}, "1850~", []),
        ({"edtf": "some day"}, "1848-04-25", ["the key edtf is not imported ('some day' is not an EDTF date)"]),
        ({"display_date": "25 April 1848?"}, "1848-04-25?", []),
        ({"display_date": "one grey morning"}, "1848-04-25", ["the date is not imported ('one grey morning' is not a date)"]),
        ({"media": {"url": "//example.org/a.jpg"}, "background": {"url": "b.jpg"}}, "1848-04-25",
         ["the media is not imported", "the background is not imported"]),
        ({"text": {"headline": "\u200b", "text": "<p>New.</p>"}}, "1848-04-25",
         ["the text was changed: it is imported with what the export added"]),
    ],
)  # fmt: skip
def test_a_change_of_a_slide_is_imported_or_told(
    run: Run, here: Path, write: Any, changes: dict[str, Any], date: str, told: list[str]
) -> None:
    data = write(events=[event("last-words", "1848-04-25", title="The last message")])
    sent = json.loads(run(f"export timelinejs --data {data}").out)
    sent["events"][0] |= changes
    file = here / "timeline.json"
    file.write_text(json.dumps(sent), "utf-8")
    dataset, said = made(run, file)
    events: Any = dataset["events"]
    assert [(one["date"], one["title"]) for one in events] == [(date, "The last message")]
    assert said.splitlines() == [f"{file}: events[0]: {line}" for line in told]


def test_a_phase_that_the_export_cut_in_two_is_no_new_era(run: Run, here: Path, write: Any) -> None:
    phases = [
        {"id": "the-war", "title": "War & <peace>", "date": "1840/1850"},
        {"id": "the-pause", "title": "Pause", "date": "1845"},
    ]
    events = [event("the-start", "1841"), event("the-end", "1849")]
    file = here / "timeline.json"
    assert (
        run(f"export timelinejs --data {write(events=events, phases=phases)} -o {file}").code == 0
    )
    assert "continued" in file.read_text("utf-8")
    assert made(run, file)[1] == ""


def test_a_new_title_of_the_timeline_is_imported_and_a_new_era_told(run: Run, here: Path) -> None:
    sent = json.loads(run(f"export timelinejs --data {FRANKLIN}").out)
    sent["title"]["text"]["headline"] = "Lost in the <i>ice</i>"
    sent["eras"].append(
        {"start_date": {"year": 1850}, "end_date": {"year": 1859}, "text": {"headline": "Search"}}
    )
    file = here / "timeline.json"
    file.write_text(json.dumps(sent), "utf-8")
    dataset, said = made(run, file)
    about: Any = dataset["dataset"]
    assert about == json.loads(FRANKLIN.read_text("utf-8"))["dataset"] | {
        "title": "Lost in the ice"
    }
    assert said == f"{file}: eras[{len(sent['eras']) - 1}]: the era 'Search' is not imported\n"


def test_a_timeline_whose_dataset_is_damaged_is_imported_by_its_slides(
    run: Run, here: Path
) -> None:
    sent = json.loads(run(f"export timelinejs --data {FRANKLIN}").out)
    sent["withdrawal_dataset"] = "AAAA"
    file = here / "timeline.json"
    file.write_text(json.dumps(sent), "utf-8")
    dataset, told = made(run, file)
    assert isinstance(dataset["events"], list)
    assert len(dataset["events"]) == len(sent["events"])
    assert "the dataset in it is not imported, only its slides" in told


DAMAGED = "the dataset in this file is damaged\nExport it again.\n"


def test_a_damaged_document_is_refused(run: Run, here: Path) -> None:
    assert run(f"export sqlite --data {FRANKLIN} -o a.sqlite").code == 0
    with closing(sqlite3.connect("a.sqlite")) as base, base:
        base.execute("UPDATE withdrawal_dataset SET base64_of_zlib_of_json = 'AAAA'")
    assert run(f"export datapackage --data {FRANKLIN} -o a.zip").code == 0
    content = Path("a.zip").read_bytes()
    Path("b.zip").write_bytes(content[:-100])
    document = json.loads(run(f"export geojson --data {FRANKLIN}").out)
    Path("a.geojson").write_text(json.dumps(document | {"withdrawal_dataset": "?"}), "utf-8")
    for name in ("a.sqlite", "b.zip", "a.geojson"):
        outcome = run(f"timeline --data {here / name}")
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.endswith(DAMAGED), name


def test_a_database_and_an_archive_of_others_are_named(run: Run, here: Path) -> None:
    with closing(sqlite3.connect("other.sqlite")) as base, base:
        base.execute("CREATE TABLE other (a)")
        base.execute(
            "CREATE VIEW withdrawal_dataset AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT * FROM n"
        )
    with zipfile.ZipFile("other.zip", "w") as archive:
        archive.writestr("readme.txt", "text")
    for name, told in (("other.sqlite", "an SQLite database"), ("other.zip", "a ZIP archive")):
        outcome = run(f"timeline --data {here / name}")
        assert (outcome.code, outcome.out) == (1, "")
        assert told in outcome.err
