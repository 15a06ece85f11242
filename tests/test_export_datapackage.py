"""A Data Package that frictionless finds valid."""

import csv
import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clients import client
from tests.conftest import ABOUT, Run, event, repetition
from tests.test_export_tables import WAR
from withdrawal_cli import __version__

Files = dict[str, bytes]


@pytest.fixture
def package(run: Run, tmp_path: Path) -> Callable[..., Files]:
    """Return a function that exports what the options choose and gives the files in the zip."""

    def export(options: str = "") -> Files:
        target = tmp_path / "package.zip"
        assert run(f"export datapackage {options} --force -o {target}") == (0, "", "")
        with zipfile.ZipFile(target) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    return export


def described(files: Files) -> Any:
    return json.loads(files["datapackage.json"])


def rows(files: Files, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"data/{name}.csv"].decode(), newline="")))


def test_the_zip_has_its_files_in_order_and_no_time(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "package.zip"
    run(f"export datapackage -o {target}")
    with zipfile.ZipFile(target) as archive:
        entries = archive.infolist()
        assert archive.testzip() is None
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {"README.md", "datapackage.json", "data/events.csv"} < {
        entry.filename for entry in entries
    }
    assert {(entry.date_time, entry.compress_type) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_DEFLATED)
    }


def test_the_description_says_what_it_is_of_whom_and_under_which_licence(
    package: Callable[..., Files], write: Callable[..., str]
) -> None:
    about = ABOUT | {"url": "https://example.org", "authors": ["Lee, Ann"]}
    path = write(**WAR | {"dataset": about})
    found = described(package(f"--match siege --data {path}"))
    again = repetition("export datapackage --match siege --data war.json", path)
    resources = found.pop("resources")
    assert found == {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "a-small-war",
        "title": "A small war",
        "description": "Made by hand for the tests.\n\nA small war, data 1.0.0 of 2020-01-01, CC0-1.0; "
        f"made by withdrawal {__version__}, chosen with --match siege. {again}",
        "homepage": "https://example.org",
        "version": "1.0.0",
        "created": "2020-01-01T00:00:00Z",
        "licenses": [{"name": "CC0-1.0"}],
        "contributors": [{"title": "Lee, Ann", "roles": ["author"]}],
        "sources": [
            {"title": "Sieges"},
            {"title": "A letter", "path": "https://example.org/letter"},
        ],
        "filters": "--match siege",
        "program": f"withdrawal {__version__}",
    }
    assert [resource["name"] for resource in resources][:4] == [
        "records",
        "metadata",
        "dataset_authors",
        "dataset_belligerents",
    ]


@pytest.mark.parametrize(
    ("about", "missing"),
    [
        ({"license": "All rights reserved"}, "licenses"),
        ({"released": "2020-05"}, "created"),
        ({"released": "2020-05-01~"}, "created"),
        ({"url": "javascript:alert(1)"}, "homepage"),
        ({}, "contributors"),
    ],
)
def test_what_the_standard_has_no_word_for_is_left_out(
    package: Callable[..., Files], write: Callable[..., str], about: dict[str, str], missing: str
) -> None:
    found = described(package(f"--data {write(dataset=ABOUT | about)}"))
    assert missing not in found
    assert about.get("license", "CC0-1.0") in found["description"]


def test_a_table_is_described_with_its_fields_and_keys(
    package: Callable[..., Files], write: Callable[..., str]
) -> None:
    resources = {
        found["name"]: found for found in described(package(f"--data {write(**WAR)}"))["resources"]
    }
    schema = resources["dispute_account_citations"]["schema"]
    assert schema["primaryKey"] == ["dispute", "account", "position"]
    assert schema["foreignKeys"] == [
        {
            "fields": ["dispute", "account"],
            "reference": {"resource": "dispute_accounts", "fields": ["dispute", "position"]},
        },
        {"fields": ["source"], "reference": {"resource": "sources", "fields": ["id"]}},
    ]
    fields = {field["name"]: field for field in resources["events"]["schema"]["fields"]}
    assert fields["importance"] == {
        "name": "importance",
        "type": "string",
        "description": "`key` (28 to 40 of them tell the whole story), `notable` or `detail`.",
        "constraints": {"required": True, "enum": ["key", "notable", "detail"]},
    }
    assert (fields["earliest"]["type"], fields["earliest"]["constraints"]) == ("date", {})


def test_a_field_is_not_required_where_the_data_has_an_empty_text(
    package: Callable[..., Files], write: Callable[..., str]
) -> None:
    def required(path: str) -> set[str]:
        resources = described(package(f"--data {path}"))["resources"]
        return {
            f"{found['name']}.{field['name']}"
            for found in resources
            for field in found["schema"]["fields"]
            if field["constraints"].get("required")
        }

    some = {"metadata.description", "records.name", "events.title"}
    assert some < required(write(events=[event("one")]))
    bare = write(dataset={"title": "Bare"}, events=[event("one", title="")])
    assert not some & required(bare)
    assert {"metadata.title", "events.id"} < required(bare)


def test_each_file_is_what_is_described(package: Callable[..., Files]) -> None:
    files = package()
    for resource in described(files)["resources"]:
        content = files[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (
            len(content),
            f"sha256:{hashlib.sha256(content).hexdigest()}",
        )
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert content.decode().partition("\r\n")[0] == ",".join(names)
        assert all(field["description"].endswith(".") for field in resource["schema"]["fields"])


def test_the_profile_of_the_standard_knows_no_empty_list(
    package: Callable[..., Files], write: Callable[..., str]
) -> None:
    def lists(content: Any) -> Iterator[list[Any]]:
        for part in content.values() if isinstance(content, dict) else content:
            if isinstance(part, list):
                yield part
            if isinstance(part, dict | list):
                yield from lists(part)

    for options in ("", f"--data {write()}"):
        assert all(lists(described(package(options))))


def test_numbers_are_numbers_and_formulas_are_disarmed(
    package: Callable[..., Files], write: Callable[..., str]
) -> None:
    files = package(
        f"--data {write(**WAR | {'events': [event('one', title='=1+1')], 'disputes': [], 'estimates': []})}"
    )
    assert [(row["latitude"], row["longitude"]) for row in rows(files, "places")] == [
        ("-51.5", "-0.1"),
        ("", ""),
    ]
    assert [row["title"] for row in rows(files, "events")] == ["'=1+1"]


def test_the_readme_says_how_to_cite_it_and_what_was_chosen(
    package: Callable[..., Files], write: Callable[..., str]
) -> None:
    about = ABOUT | {"description": "See ![](https://example.org/spy.png)"}
    text = package(f"--match siege --data {write(**WAR | {'dataset': about})}")[
        "README.md"
    ].decode()
    assert "> A small war. Version 1.0.0, 1 Jan 2020. CC0-1.0.\n" in text
    assert (
        f"A small war, data 1.0.0 of 2020-01-01, CC0-1.0; made by withdrawal {__version__}, chosen with --match siege. "
        "To repeat it: withdrawal export datapackage --match siege --data war.json " in text
    )
    assert (
        "It holds 2 of 3 events, those chosen with --match siege,\nand every record of the other kinds.\n"
        in text
    )
    assert r"See !\[\](https" in text
    assert "| events | 2 | Something that happened. |\n" in text


def validate(target: Path) -> subprocess.CompletedProcess[str]:
    command = [client("frictionless"), "validate", "package.zip", "--type", "package"]
    return subprocess.run(
        command, cwd=target.parent, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.programs
@pytest.mark.parametrize("options", ["", "--phase phase-one --key"])
def test_frictionless_finds_the_bundled_package_valid(
    package: Callable[..., Files], tmp_path: Path, options: str
) -> None:
    package(options)
    done = validate(tmp_path / "package.zip")
    assert done.returncode == 0, done.stdout


@pytest.mark.programs
@pytest.mark.parametrize(
    "arrays",
    [
        WAR,
        {},
        {"dataset": {"title": "Bare"}, "people": [{"id": "nobody", "name": ""}]},
        {"events": [event("one", title='=1+1, "two"', summary="Line\r\nbreak\x1b\ttab")]},
    ],
)
def test_frictionless_finds_a_small_package_valid(
    package: Callable[..., Files], write: Callable[..., str], tmp_path: Path, arrays: dict[str, Any]
) -> None:
    package(f"--data {write(**arrays)}")
    done = validate(tmp_path / "package.zip")
    assert done.returncode == 0, done.stdout


@pytest.mark.programs
def test_frictionless_finds_a_reference_that_leads_nowhere(
    package: Callable[..., Files], write: Callable[..., str], tmp_path: Path
) -> None:
    files = package(f"--data {write(**WAR)}")
    files["data/event_places.csv"] = files["data/event_places.csv"].replace(
        b"old-town", b"new-town"
    )
    with zipfile.ZipFile(tmp_path / "package.zip", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    done = validate(tmp_path / "package.zip")
    assert done.returncode == 1
    assert "foreign-key" in done.stdout
