"""What was agreed beyond a plan reads as words, on both sides."""

from typing import Any

import pytest

from tests.factories.promises import catalogue
from web.wording.amendments import place_in_words, value_in_words


@pytest.mark.parametrize(
    ("plan", "path", "words"),
    [
        ("total-care", "close_after_days", "Solved tickets close by themselves after (days)"),
        ("managed-self-hosted", "targets.status_update.outage-incident.critical", "Status update, Outage"),
        ("total-care", "services.licensing.stance", ": Stance"),
        ("total-care", "escalation.development_priority", "Escalation, development priority"),
    ],
)
def test_a_place_is_named_as_the_plan_names_it(plan: str, path: str, words: str) -> None:
    told = place_in_words(catalogue().plans[plan], path)
    assert words in told
    assert "_" not in told


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"seconds": 900}, "15 min"),
        ({"business_days": 1}, "1 business day"),
        ({"business_days": 2}, "2 business days"),
        ({"label": "Soon"}, "Label: Soon"),
        (True, "yes"),
        (False, "no"),
        (14, "14"),
        ("excluded", "not covered"),
        (["email", "phone"], "email, phone"),
        ([], "none"),
        (None, "nothing"),
    ],
)
def test_a_value_is_said_without_brackets(value: Any, words: str) -> None:  # noqa: ANN401
    assert value_in_words(value) == words
