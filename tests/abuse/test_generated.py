"""Datasets that nobody wrote, legal ones and spoilt ones: each command answers or refuses in plain words, and `check` knows."""

import json

from hypothesis import event, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.abuse.datasets import COSTLY, SOUND, Document, as_json, damaged, legal_datasets, spoilt
from tests.abuse.program import ask, hold_to_promises, questions
from tests.conftest import Outcome
from withdrawal_cli.dataset.checking import check_file
from withdrawal_cli.dataset.reading import decode_dataset
from withdrawal_cli.dataset.references import faults
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.formats.schemas import output_schema
from withdrawal_cli.model import KINDS

DAYS = ("1900-01-01", "1900", "1900-01..1901", "0001", "9999-12-31")
FAULTS = Draft202012Validator(output_schema("check"))
PICKS = st.integers(0, 100_000)


def ids_in(document: Document) -> tuple[str, ...]:
    return tuple(record["id"] for key in KINDS.values() for record in document.get(key, ()))


def ask_one(pick: int, ids: tuple[str, ...], content: bytes) -> Outcome:
    """Ask one of all questions and hold the outcome to what is promised."""
    lines = questions(ids, DAYS)
    line = lines[pick % len(lines)]
    outcome = ask(*line, "--data", "-", given=content)
    hold_to_promises(outcome, line)
    return outcome


def is_loaded(content: bytes) -> bool:
    try:
        return not list(faults(decode_dataset(content, "-")))
    except WithdrawalError:
        return False


def hold_to_check(content: bytes) -> bool:
    """Hold `check` to what it promises of any file: it is silent only of what can be loaded. Return whether it is silent."""
    told, listed = ask("check", "-", given=content), ask("check", "-", "--json", given=content)
    hold_to_promises(told, ("check",))
    hold_to_promises(listed, ("check", "--json"))
    check_file(content, strict=True)
    found = json.loads(listed.out)
    assert FAULTS.is_valid(found)
    assert told.code == listed.code == int(bool(found))
    assert bool(told.out) == bool(found)
    assert found or is_loaded(content)
    return not found


@COSTLY
@given(document=legal_datasets(), pick=PICKS)
def test_every_question_about_a_legal_dataset_is_answered_in_the_form_asked_for(
    document: Document, pick: int
) -> None:
    content = as_json(document)
    assert hold_to_check(content)
    outcome = ask_one(pick, ids_in(document), content)
    assert outcome.code == 0 or "there is nothing to cite" in outcome.err


@COSTLY
@given(document=spoilt(SOUND), pick=PICKS)
def test_a_spoilt_dataset_is_answered_or_refused_and_check_says_why(
    document: Document, pick: int
) -> None:
    content = as_json(document)
    event(f"check is silent: {hold_to_check(content)}")
    outcome = ask_one(pick, ids_in(SOUND), content)
    assert (
        outcome.code == 0
        or not is_loaded(content)
        or "no record" in outcome.err
        or "can mean" in outcome.err
    )
    if not is_loaded(content):
        assert outcome.code == 1


@given(content=damaged(as_json(SOUND)), pick=PICKS)
def test_a_damaged_file_is_answered_or_refused_and_check_says_why(
    content: bytes, pick: int
) -> None:
    event(f"check is silent: {hold_to_check(content)}")
    ask_one(pick, ids_in(SOUND), content)
