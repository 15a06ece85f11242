"""`--certainty`: only what is stated as certain, less certain or uncertain."""

import json
from collections.abc import Callable

import pytest

from tests.conftest import Run
from tests.test_commands import WAR


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("timeline --certainty uncertain", ["long-quarrel"]),
        (
            "timeline --certainty uncertain --certainty less-certain",
            ["long-quarrel", "letter-sent"],
        ),
        ("timeline --certainty certain --key", ["siege-begins", "siege-ends"]),
        ("casualties --certainty less-certain", ["wounded-many"]),
    ],
)
def test_claims_are_chosen_by_how_sure_they_are(
    run: Run, write: Callable[..., str], line: str, found: list[str]
) -> None:
    rows = json.loads(run(f"{line} --json --data {write(**WAR)}").out)
    assert [row["id"] for row in rows] == found


def test_another_certainty_is_refused(run: Run) -> None:
    outcome = run("timeline --certainty sure")
    assert (outcome.code, outcome.out) == (2, "")
    assert (
        outcome.err
        == "withdrawal: there is no certainty 'sure'\nChoose from certain, less-certain, uncertain.\n"
    )
