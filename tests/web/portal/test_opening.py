"""The sentence under the greeting says when somebody answers, as each plan has it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from contracts.queries import calendars_of, effective_plan
from tests.factories import Desk, make_contract, moment
from web.portal.opening import opening_words

SUNDAY, TUESDAY = moment("2026-03-08 12:00"), moment("2026-03-10 12:00")
CASES = (
    ("total-care", TUESDAY, "Support is open until 17:00 GMT."),
    ("total-care", SUNDAY, "Support opens Mon 9 Mar, 09:00 GMT."),
    ("managed-self-hosted", SUNDAY, "Day and night we answer: outage incident and performance incident."),
    ("select", SUNDAY, "Day and night we answer: Level 1"),
    ("premier-support", SUNDAY, "Support opens 23:00 GMT."),
    ("pay-as-you-go", TUESDAY, "Support is open until 17:00 GMT."),
    ("idalko-premium", TUESDAY, "Support is open until 18:00 GMT."),
)


@pytest.mark.parametrize(("plan", "now", "words"), CASES)
def test_each_plan_says_when_somebody_answers(desk: Desk, plan: str, now: datetime, words: str) -> None:
    contract = make_contract(desk.client, plan, name=f"On {plan}")
    said = opening_words(
        effective_plan(contract), calendars_of(contract), zone=ZoneInfo("Europe/London"), now=now
    )
    assert words in said
