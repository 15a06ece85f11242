"""The locks and the audit: what they hold, and that no answer is never taken for a good one."""

import json
import re

import pytest

from tests.conftest import ROOT
from tools import audit, lock

PIN = re.compile(r"[\w.-]+==\S+( ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


@pytest.mark.parametrize("group", lock.LOCKS)
def test_a_lock_holds_exact_versions_with_hashes_and_no_address_of_an_index(group: str) -> None:
    lines = lock.lock_path(group).read_text("utf-8").splitlines()
    strange = [
        line
        for line in lines
        if not line.lstrip().startswith("#")
        and not PIN.fullmatch(line)
        and not HASH.fullmatch(line)
    ]
    assert strange == []
    assert [line for line in lines if "://" in line] == []
    assert len(lock.pins("\n".join(lines))) == sum(map(bool, map(PIN.fullmatch, lines))) > 0


def test_the_locks_are_all_there_is_in_their_folder() -> None:
    assert {path.name for path in (ROOT / "requirements").iterdir()} == {
        f"{group}.txt" for group in lock.LOCKS
    }


def test_pins_are_read_with_their_markers() -> None:
    text = "rich==15.0.0 \\\n    --hash=sha256:0a\n    # via a\ncolorama==0.4.6 ; os_name == 'nt' \\\n    --hash=sha256:0b\n"
    assert lock.pins(text) == [
        lock.Pin("rich", "15.0.0", ""),
        lock.Pin("colorama", "0.4.6", "os_name == 'nt'"),
    ]


REPORT = json.dumps({
    "dependencies": [
        {"name": "good", "version": "1.0", "vulns": []},
        {"name": "bad", "version": "2.0", "vulns": [{"id": "PYSEC-1"}, {"id": "PYSEC-2"}]},
        {"name": "unheard-of", "skip_reason": "Dependency not found on PyPI and could not be audited: unheard-of (3.0)"},
    ]
})  # fmt: skip


@pytest.mark.parametrize(
    ("report", "asked", "said", "status", "strict"),
    [
        (
            REPORT,
            ["good==1.0"],
            ["1 of 1 locked versions were audited and have no known vulnerability"],
            0,
            0,
        ),
        (
            REPORT,
            ["good==1.0", "bad==2.0"],
            [
                "VULNERABLE bad==2.0: PYSEC-1, PYSEC-2",
                "1 of 2 locked versions were audited and have no known vulnerability",
            ],
            1,
            1,
        ),
        (
            REPORT,
            ["good==1.0", "unheard-of==3.0"],
            [
                "1 of 2 locked versions were audited and have no known vulnerability",
                "NOT AUDITED: the advisory service gave no answer for unheard-of==3.0",
            ],
            0,
            1,
        ),
        (
            "",
            ["good==1.0", "bad==2.0"],
            [
                "0 of 2 locked versions were audited and have no known vulnerability",
                "NOT AUDITED: the advisory service gave no answer for any of them",
            ],
            0,
            1,
        ),
    ],
    ids=["clean", "vulnerable", "unanswered", "unreachable"],
)
def test_no_answer_is_never_taken_for_a_good_one(
    report: str,
    asked: list[str],
    said: list[str],
    status: int,
    strict: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = lock.pins("\n".join(asked))
    monkeypatch.setattr(audit, "ask", lambda _: audit.read_report(report))
    monkeypatch.setattr(audit, "pins", lambda _: found)
    assert (audit.main([]), capsys.readouterr().out.splitlines()) == (status, said)
    assert audit.main(["--strict"]) == strict


def test_a_package_that_is_locked_twice_is_asked_for_in_two_lists() -> None:
    assert audit.without_repeats(["numpy==2.4", "numpy==2.5", "rich==15"]) == [
        ["numpy==2.4", "rich==15"],
        ["numpy==2.5"],
    ]
