"""A family shares tables; a plan replaces them, or adds to them."""

from pathlib import Path

import pytest

from contracts.domain.plan import Commitment, Plan
from contracts.reading import read_catalogue

FAMILY = """
family = "small"
provider = "Us"
commitment = "objective"
promise_wording = "We aim at these."
calendars = ["business"]
close_after_days = 5
account_reasons = ["Prices"]

[[request_types]]
code = "request"
label = "Request"

[channel_notes]
portal = "Here."
"""
URGENCIES = "".join(
    f'[[urgencies]]\ncode = "u{rank}"\nlabel = "U{rank}"\nrank = {rank}\ndescription = "So bad."\n'
    for rank in (1, 2, 3, 4)
)
PLANS = """
[[plan]]
key = "plain"
title = "Plain"
summary = "As the family says."

[[plan]]
key = "rich"
title = "Rich"
summary = "More of it."
close_after_days = 9

[plan.add]
account_reasons = ["Growth"]
channel_notes = { phone = "There." }
"""


@pytest.fixture
def small(tmp_path: Path) -> dict[str, Plan]:
    (tmp_path / "small.toml").write_text(FAMILY + URGENCIES + PLANS, "utf-8")
    return read_catalogue(plans=tmp_path, calendars=tmp_path / "none").plans


def test_a_plan_takes_what_its_family_states(small: dict[str, Plan]) -> None:
    plain = small["plain"]
    assert (plain.family, plain.provider, plain.close_after_days) == ("small", "Us", 5)
    assert plain.commitment is Commitment.OBJECTIVE


def test_a_plans_own_value_replaces_the_shared_one(small: dict[str, Plan]) -> None:
    assert small["rich"].close_after_days == 9


def test_additions_lengthen_what_is_shared(small: dict[str, Plan]) -> None:
    assert small["rich"].account_reasons == ("Prices", "Growth")
    assert small["rich"].channel_notes == {"portal": "Here.", "phone": "There."}


def test_additions_of_one_plan_leave_the_others_alone(small: dict[str, Plan]) -> None:
    assert small["plain"].account_reasons == ("Prices",)


def test_a_plan_of_few_words_takes_defaults(small: dict[str, Plan]) -> None:
    assert (small["plain"].hours.has_hours, small["plain"].targets, small["plain"].contacts) == (
        False,
        (),
        None,
    )
