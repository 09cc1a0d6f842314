"""The pack of a review (P3): its numbers are those of its period, and each opens its source."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from proactive.domain.pack import digest_of, hours_words, months_between, period_before, share_words
from proactive.queries.pack import pack_of
from tests.factories import Desk, actor_of, make_desk, make_ticket, moment, reply
from tests.factories.papers import published_assessment
from tests.factories.reviews import APRIL
from tests.slo.reading import after
from tests.web.success.world import worked_desk
from tickets.services import change_status, rate_ticket

MARCH = {"from_on": date(2026, 3, 1), "to_on": date(2026, 3, 31)}


def sections(desk: Desk, **period: Any) -> dict[str, Any]:  # noqa: ANN401 - dates
    """The sections of the pack by key."""
    made = pack_of(desk.contract, at=APRIL, **{**MARCH, **period})
    return {one["key"]: one for one in made["sections"]}


def figures(section: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What each number of a section is, and was before."""
    return {one["label"]: (one["words"], one["before"]) for one in section["figures"]}


@pytest.fixture
def desk(db: None) -> Desk:
    """Six tickets: two answered in time, one late, one exempt, one withdrawn, one still running."""
    return worked_desk()


def test_service_levels_are_those_of_the_report(desk: Desk) -> None:
    found = sections(desk)["service-levels"]
    assert figures(found)["Met"] == ("2", "0")
    assert figures(found)["Met of counted"][0] == share_words(2, int(figures(found)["Missed"][0]) + 2)
    assert found["charts"][0]["kind"] == "line"
    assert found["tables"][0]["rows"][0]["cells"][0] == "First response"


def test_what_lies_outside_the_period_does_not_count(desk: Desk) -> None:
    found = sections(desk, from_on=date(2026, 3, 3))
    assert figures(found["tickets"])["Opened"] == ("0", "6")


def test_every_number_of_service_levels_tickets_and_hours_has_a_source(desk: Desk) -> None:
    found = sections(desk)
    for key in ("service-levels", "tickets", "hours", "satisfaction"):
        assert all(one["source"] for one in found[key]["figures"]), key


def test_ratings_and_open_findings_stand_in_it(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc)
    reply(ticket, desk.engineer, at=after(minutes=2))
    change_status(
        actor=actor_of(desk.engineer), at=after(minutes=9), ticket=ticket, to="resolved", summary="Done."
    )
    change_status(actor=actor_of(desk.poc), at=after(minutes=10), ticket=ticket, to="closed")
    rate_ticket(actor=actor_of(desk.poc), at=after(minutes=11), ticket=ticket, rating=2, comment="Slow.")
    published_assessment(desk)
    found = sections(desk)
    assert figures(found["satisfaction"])["Mean rating"][0] == "2.0 of 5"
    assert found["satisfaction"]["tables"][0]["rows"][0]["cells"] == [ticket.key, "2", "Slow."]
    assert figures(found["findings"]) == {"High": ("1", "")}


def test_the_pack_of_one_client_holds_nothing_of_another(desk: Desk) -> None:
    before = sections(desk)
    worked_desk("ORCA")
    assert sections(desk) == before


def test_the_same_facts_give_the_same_digest(desk: Desk) -> None:
    first, second = (pack_of(desk.contract, at=APRIL, **MARCH) for _ in range(2))
    assert digest_of(first) == digest_of(second)
    assert digest_of(first) != digest_of({**first, "plan": "x"})


def test_a_plan_without_hours_has_no_part_on_them(db: None) -> None:
    assert "hours" not in sections(make_desk(plan="premier-support"))


def test_the_period_before_is_as_long() -> None:
    assert period_before(date(2026, 3, 1), date(2026, 3, 31)) == (date(2026, 1, 29), date(2026, 2, 28))


def test_months_and_amounts_in_words() -> None:
    assert [f"{one:%b}" for one in months_between(date(2026, 1, 31), date(2026, 3, 1))] == [
        "Jan",
        "Feb",
        "Mar",
    ]
    assert (hours_words(75), hours_words(-30), share_words(0, 0)) == ("1:15", "−0:30", "–")
    assert share_words(999, 1000) == "99.9 %"
    assert moment("2026-04-02 09:00") == APRIL
