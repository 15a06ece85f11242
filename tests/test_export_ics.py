"""A calendar that other programs read."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from icalendar.parser import Contentline

from tests.conftest import ABOUT, RECORD, Run, event, repetition
from tests.test_process import on_a_terminal
from withdrawal_cli import __version__
from withdrawal_cli.dataset.reading import decode_dataset
from withdrawal_cli.dates import parse_edtf
from withdrawal_cli.exports import Selection
from withdrawal_cli.exports.ics import folded, render
from withdrawal_cli.safety import clean, one_line

SIEGE = {
    "sources": [
        {
            "id": "the-book",
            "type": "book",
            "title": "A book",
            "authors": ["Doe, Jane"],
            "issued": "1910",
        }
    ],
    "places": [
        {"id": "nowhere", "name": "Nowhere"},
        {"id": "old-town", "name": "Old Town", "latitude": 51.5, "longitude": -0.00001},
    ],
    "events": [
        event(
            "siege-begins",
            "1900-01-10",
            summary="The siege began; at dawn, some say.",
            points=["Two guns", "Ten men"],
            significance="It began the war.",
            category="military",
            importance="key",
            certainty="less-certain",
            places=["nowhere", "old-town"],
            citations=[{"source": "the-book", "locator": "p. 3"}],
        )
    ],
    "disputes": [
        {"id": "which-day", "title": "On which day did it begin?", "about": ["siege-begins"]}
    ],
}


@pytest.fixture
def calendar(run: Run, write: Callable[..., str]) -> Callable[..., list[Any]]:
    """Return a function that exports events of these dates, or a whole file, and gives the VEVENTs that icalendar reads."""

    def made(*dates: str, options: str = "", **arrays: Any) -> list[Any]:
        named = [event(f"event-{number}", when) for number, when in enumerate(dates)]
        outcome = run(f"export ics {options} --data {write(**arrays or {'events': named})}")
        assert outcome.code == 0
        return entries_of(outcome.out)

    return made


def entries_of(content: str | bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


@pytest.mark.parametrize(
    ("when", "first", "last", "status", "summary"),
    [
        ("1900-01-10", "1900-01-10", "1900-01-10", "CONFIRMED", "Event 0"),
        ("1900-01-10/1900-02-03", "1900-01-10", "1900-02-03", "CONFIRMED", "Event 0"),
        ("1900-01-10~", "1900-01-10", "1900-01-10", "TENTATIVE", "Event 0 (c. 10 Jan 1900)"),
        ("1900-01-10?", "1900-01-10", "1900-01-10", "TENTATIVE", "Event 0 (10 Jan 1900?)"),
        (
            "1900-01-10/1900-02-03?",
            "1900-01-10",
            "1900-02-03",
            "TENTATIVE",
            "Event 0 (10 Jan 1900 – 3 Feb 1900?)",
        ),
        ("1900-02", "1900-02-01", "1900-02-28", "TENTATIVE", "Event 0 (Feb 1900)"),
        (
            "1900-02/1900-03-05",
            "1900-02-01",
            "1900-03-05",
            "TENTATIVE",
            "Event 0 (Feb 1900 – 5 Mar 1900)",
        ),
        (
            "[1900-01-10,1900-01-12]",
            "1900-01-10",
            "1900-01-12",
            "TENTATIVE",
            "Event 0 (10 or 12 Jan 1900)",
        ),
        (
            "[1900-01-10..1900-02]",
            "1900-01-10",
            "1900-02-28",
            "TENTATIVE",
            "Event 0 (between 10 Jan 1900 and Feb 1900)",
        ),
        ("0033-04-03", "0033-04-03", "0033-04-03", "CONFIRMED", "Event 0"),
    ],
)
def test_a_date_lasts_all_its_days_and_says_so_when_it_is_not_exact(
    calendar: Callable[..., list[Any]], when: str, first: str, last: str, status: str, summary: str
) -> None:
    [entry] = calendar(when)
    assert (
        entry["DTSTART"].dt.isoformat(),
        (entry["DTEND"].dt - timedelta(days=1)).isoformat(),
    ) == (first, last)
    assert (entry["STATUS"], str(entry["SUMMARY"])) == (status, summary)
    assert entry["X-EDTF"].replace("\\", "") == when


@pytest.mark.parametrize(
    "when",
    [
        "1900",
        "190X",
        "1900-22",
        "1900-01/1900",
        "1900-01-10/..",
        "../1900-01-10",
        "[..1900-01-10]",
        "1900-01/",
    ],
)
def test_what_is_too_vague_for_a_calendar_is_left_out(
    calendar: Callable[..., list[Any]], when: str
) -> None:
    assert calendar(when) == []


def test_what_is_left_out_is_counted_also_where_nobody_looks_and_in_the_file(
    run: Run, write: Callable[..., str], tmp_path: Path
) -> None:
    data = write(
        events=[
            event("one-day", "1900-01-10"),
            event("one-year", "1900"),
            event("no-end", "1900-01/.."),
        ]
    )
    target = tmp_path / "war.ics"
    again = repetition("export ics --data war.json", data)
    _, talk = on_a_terminal("export", "ics", "--data", data, "-o", str(target))
    counted = "Events left out: 2 (open at one end, or known no closer than a season, a year or a decade)."
    assert talk == f"3 of 3 events.\n{counted}\n"
    assert run(f"export ics --data {data} -o {target} --force") == (0, "", f"{counted}\n")
    described = str(Calendar.from_ical(target.read_bytes())["X-WR-CALDESC"]).replace("\\", "")
    assert (
        described
        == f"A small war, data 1.0.0 of 2020-01-01, CC0-1.0; made by withdrawal {__version__}. {again} {counted}"
    )


def test_an_event_carries_its_text_doubt_sources_place_and_notice(
    calendar: Callable[..., list[Any]],
) -> None:
    [entry] = calendar(**SIEGE)
    assert str(entry["DESCRIPTION"]).split("\n") == [
        "The siege began; at dawn, some say.",
        "• Two guns",
        "• Ten men",
        "",
        "It began the war.",
        "",
        "Less certain.",
        "Sources disagree: On which day did it begin?",
        "",
        "Sources: Doe 1910",
        "",
        f"A small war, data 1.0.0 of 2020-01-01, CC0-1.0; made by withdrawal {__version__}.",
    ]
    assert entry["UID"] == "siege-begins@a-small-war"
    assert entry["LOCATION"] == "Nowhere, Old Town"
    assert entry["GEO"].to_ical() == "51.5;-0.0"
    assert entry["CATEGORIES"].cats == ["military", "key"]
    assert entry["DTSTAMP"].to_ical() == b"20200101T000000Z"
    assert entry["TRANSP"] == "TRANSPARENT"


@pytest.mark.parametrize(
    ("released", "stamp"),
    [("2020-01-01", "20200101"), ("2020-05", "20200501"), (None, "18990101")],
)
def test_the_stamp_is_the_day_of_the_release_or_else_the_first_of_the_coverage(
    calendar: Callable[..., list[Any]], released: str | None, stamp: str
) -> None:
    about = ABOUT | {"released": released}
    [entry] = calendar(dataset=about, events=[event("one-day")])
    assert entry["DTSTAMP"].to_ical() == f"{stamp}T000000Z".encode()


def test_an_event_without_anything_has_no_empty_lines(calendar: Callable[..., list[Any]]) -> None:
    [entry] = calendar("1900-01-10")
    assert (
        entry["DESCRIPTION"]
        == f"A small war, data 1.0.0 of 2020-01-01, CC0-1.0; made by withdrawal {__version__}."
    )
    assert not {"LOCATION", "GEO", "RRULE"} & set(entry)
    assert entry["CATEGORIES"].cats == ["notable"]


def test_anniversaries_repeat_exact_days_and_nothing_else(
    calendar: Callable[..., list[Any]],
) -> None:
    entries = calendar(
        "1900-01-10", "1900-01-10~", "1900-01-10/1900-01-11", "1900-02", options="--anniversaries"
    )
    rules = {entry["X-EDTF"]: entry["RRULE"].to_ical() for entry in entries if "RRULE" in entry}
    assert rules == {"1900-01-10": b"FREQ=YEARLY"}


def test_anniversaries_are_refused_elsewhere(run: Run) -> None:
    assert run("export geojson --anniversaries") == (
        2,
        "",
        "withdrawal: --anniversaries is for ics, not geojson\nLeave it out, or export ics.\n",
    )


def rendered(title: str, summary: str) -> bytes:
    document = {
        "dataset": ABOUT,
        "events": [{**event("one-day"), "title": title, "summary": summary}],
    }
    dataset = decode_dataset(json.dumps(document).encode(), "hand-made")
    return render(
        Selection(
            dataset=dataset,
            events=dataset.events,
            chosen_with="",
            program=f"withdrawal {__version__}",
            command="withdrawal export",
        )
    )


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
    lambda text: "\\N" not in text
)
"""But for \\N, which icalendar takes for a line break."""


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_comes_back_clean_from_lines_that_are_not_too_long(
    title: str, summary: str
) -> None:
    content = rendered(title, summary)
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(line.decode() and len(line) <= 75 for line in lines), (
        "a letter is cut, or a line too long"
    )
    assert not set(b"\r\n") & set(b"".join(lines))
    assert Calendar.from_ical(content).to_ical() == content, "icalendar writes it in another way"
    [entry] = entries_of(content)
    assert str(entry["SUMMARY"]) == one_line(title)
    assert str(entry["DESCRIPTION"]).startswith(clean(summary))


def test_foreign_text_cannot_add_to_the_calendar() -> None:
    content = rendered(
        "Short\r\nEND:VEVENT\r\nBEGIN:VALARM",
        "Наджибулла; ушёл, 50\\% \r\nATTACH:file:///etc/passwd\x1b[31m",
    )
    [entry] = Calendar.from_ical(content).subcomponents
    assert str(entry["SUMMARY"]) == "Short END:VEVENT BEGIN:VALARM"
    assert str(entry["DESCRIPTION"]).startswith(
        "Наджибулла; ушёл, 50\\% �\nATTACH:file:///etc/passwd�[31m\n\n"
    )


# --- a whole history, through the programs that people use ---------------------------------------


def test_icalendar_reads_back_every_event_that_a_calendar_can_show(run: Run) -> None:
    known = {item["id"]: item["date"] for item in json.loads(RECORD.read_text("utf-8"))["events"]}
    content = run("export ics --anniversaries").out
    read = Calendar.from_ical(content)
    assert read["X-WR-CALNAME"] == "The Soviet withdrawal from Afghanistan"
    assert read.to_ical() == content.encode(), "icalendar writes it in another way"
    entries = entries_of(content)
    assert [entry.errors for entry in entries if entry.errors] == []
    assert all(entry["DTSTART"].dt < entry["DTEND"].dt for entry in entries)
    there = {entry["UID"].split("@")[0]: entry["X-EDTF"].replace("\\", "") for entry in entries}
    assert there == {identifier: known[identifier] for identifier in there}
    assert len(there) == len(entries)
    missing = sorted({when for identifier, when in known.items() if identifier not in there})
    assert [when for when in missing if parse_edtf(when).precision in ("day", "month")] == []


@pytest.fixture
def khal(tmp_path: Path) -> Callable[..., str]:
    """Return a function that runs khal on a calendar of its own, or skip the test."""
    program = shutil.which("khal")
    if program is None:
        pytest.skip("khal is not here")
    (tmp_path / "khal").mkdir()
    config = tmp_path / "khal.conf"
    config.write_text(
        f"[calendars]\n[[history]]\npath = {tmp_path}/khal\n[sqlite]\npath = :memory:\n"
        "[default]\ndefault_calendar = history\n"
        "[locale]\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ntimeformat = %H:%M\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    )

    def run_khal(*arguments: str) -> str:
        environment = {"HOME": str(tmp_path), "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}
        command = [program, "-c", str(config), *arguments]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True, timeout=300
        ).stdout

    return run_khal


def test_khal_imports_the_bundled_calendar_and_lists_every_event(
    run: Run, khal: Callable[..., str], tmp_path: Path
) -> None:
    target = tmp_path / "withdrawal.ics"
    assert run(f"export ics -o {target}").code == 0
    entries = entries_of(target.read_bytes())
    khal("import", "--batch", "-a", "history", str(target))
    first, last = (
        min(entry["DTSTART"].dt for entry in entries),
        max(entry["DTEND"].dt for entry in entries),
    )
    listed = khal(
        "list", "--once", "--format", "{uid}\t{title}", str(first), str(last)
    ).splitlines()
    assert {line for line in listed if "\t" in line} == {
        f"{entry['UID']}\t{entry['SUMMARY']}" for entry in entries
    }


def test_khal_has_an_event_once_that_is_imported_twice(
    khal: Callable[..., str], tmp_path: Path
) -> None:
    for title in ("Before", "After"):
        target = tmp_path / "war.ics"
        target.write_bytes(rendered(title, "It happened."))
        khal("import", "--batch", "-a", "history", str(target))
    listed = khal("list", "--format", "{title}", "1900-01-01", "1900-01-02")
    assert [line for line in listed.splitlines() if line in ("Before", "After")] == ["After"]


def test_khal_shows_an_anniversary(run: Run, khal: Callable[..., str], tmp_path: Path) -> None:
    target = tmp_path / "withdrawal.ics"
    assert (
        run(f"export ics --from 1989-02-15 --to 1989-02-15 --anniversaries -o {target}").code == 0
    )
    khal("import", "--batch", "-a", "history", str(target))
    assert "gromov-crosses-bridge@" in khal("list", "--format", "{uid}", "1999-02-15", "1999-02-16")


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")), st.integers(0, 90)
)
def test_lines_are_folded_where_icalendar_folds_them(text: str, times: int) -> None:
    line = "DESCRIPTION:" + (text + "é漢😀\\,^") * times
    assert folded(line) == Contentline(line).to_ical() + b"\r\n"  # type: ignore[no-untyped-call]
