"""Questions as people type them, and the records of the bundled data that answer them.

They were written down before the search was tried on them. They are about the data: where a record
is renamed, its line here changes too.
"""

import json

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("bundled")

QUESTIONS = {
    # What readers asked in the first trials of the program.
    "When did the withdrawal begin and end?": (
        "phase-one geneva-accords-in-force first-column-leaves-jalalabad "
        "gorbachev-announces-withdrawal soviet-withdrawal-completed geneva-accords"
    ),
    "Why did the Soviets leave?": "why-the-soviet-union-left",
    "How many Soviets died?": "soviet-dead-in-war soviet-dead-in-withdrawal",
    "How many Afghans died?": "afghan-dead-in-war",
    "Who decided?": "which-meeting-decided politburo-decides-to-leave",
    "Who was the last man out?": "last-soviet-out gromov-crosses-bridge boris-gromov",
    "What was the Geneva agreement?": "geneva-accords term-geneva-instruments",
    "How many troops were there?": (
        "force-strength-1988 peak-strength soviet-strength-100300 soviet-strength-disclosed"
    ),
    "What came afterwards?": "aftermath why-kabul-held-out najibullah-resigns kabul-falls",
    "What happened after the withdrawal?": "aftermath",
    "What did the Stingers do?": "term-stinger stingers-supplied first-stinger",
    # A student.
    "Was it a defeat?": "was-it-a-defeat",
    "What did the war cost the USSR?": "cost-of-war",
    "Who was Najibullah?": "najibullah",
    "why did gorbachev want to withdraw": (
        "why-the-soviet-union-left politburo-decides-to-leave gorbachev-announces-withdrawal "
        "which-meeting-decided"
    ),
    "Did the war cause the collapse of the Soviet Union?": "war-and-soviet-collapse",
    # A teacher.
    "what does mujahideen mean": "term-mujahideen",
    "when did the withdrawal begin": "geneva-accords-in-force",
    "when did the withdrawal end": "soviet-withdrawal-completed gromov-crosses-bridge",
    "what happened on the Salang road": "operation-typhoon",
    "what was national reconciliation": (
        "term-national-reconciliation national-reconciliation-announced"
    ),
    "what is the friendship bridge": "friendship-bridge term-friendship-bridge",
    "when did the last soviet soldier leave": (
        "last-soviet-out gromov-crosses-bridge soviet-withdrawal-completed last-troops-leave-kabul"
    ),
    "refugees in Pakistan": "refugees-in-pakistan refugees-pakistan-registered-3200000-1990",
    # A journalist.
    "how many soldiers are still missing": "soviet-missing missing-left-behind",
    "14,453": "soviet-dead-14453",
    "were Soviet soldiers left behind": "missing-left-behind soviet-left-behind",
    "who killed Zia": "zia-crash-cause zia-killed-in-air-crash",
    "how many civilians were killed in Typhoon": "typhoon-dead operation-typhoon",
    "who was the last Soviet soldier killed": "last-soviet-killed igor-lyakhovich-killed",
    # An analyst.
    "when did Kabul fall": "kabul-falls kabul-fall-day",
    "truce with Massoud": "truce-with-massoud",
    "why did Najibullah survive the withdrawal": "why-kabul-held-out",
    "American aid to the mujahideen": "us-aid-total us-aid-total-jones",
    "who was the last soldier out": "last-soviet-out gromov-crosses-bridge",
    "who won the war": "was-it-a-defeat",
    "how much did the war cost": "cost-of-war",
    "how many Stingers": "stingers-number",
    "who signed the Geneva accords": "geneva-accords",
}

NOT_FIRST = {
    "When did the withdrawal begin and end?",  # two questions: what mentions both is first
    "when did the last soviet soldier leave",  # those who left Kabul left, too
}
"""Questions of which an answer need only be among the first three."""


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_first_record_answers(run: Run, question: str) -> None:
    first = [row["id"] for row in json.loads(run("search --json", question).out)[:3]]
    right = set(QUESTIONS[question].split())
    assert right.intersection(first if question in NOT_FIRST else first[:1]), first
