"""The proactive calendar: what is shown to whom, and what is done about a delivery."""

import pytest

from events.models import Record
from proactive.models import Occurrence, State
from proactive.services import make_programmes, mark_missed
from tests.factories import Desk, make_desk, moment
from tests.web.success.world import signed_in, text_of


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Total Care, with its programmes made."""
    found = make_desk()
    make_programmes(at=moment("2026-01-01 09:00"), contract=found.contract)
    return found


@pytest.fixture
def owed(desk: Desk) -> Occurrence:
    """The first delivery that is owed."""
    return Occurrence.objects.filter(client=desk.client).order_by("due_on").first()  # type: ignore[return-value]


def address(owed: Occurrence, act: str = "") -> str:
    """Where a delivery, or an act on it, is."""
    return f"/success/proactive/{owed.pk}/{act}"


def test_the_month_of_a_delivery_shows_it(desk: Desk, owed: Occurrence) -> None:
    page = text_of(signed_in(desk.csm), f"/success/proactive/?month={owed.due_on:%Y-%m}")
    assert owed.programme.label in page
    assert f"{owed.due_on:%B %Y}" in page


def test_what_is_late_stands_above_the_month(desk: Desk, owed: Occurrence) -> None:
    mark_missed(at=moment("2027-01-01 09:00"))
    assert "Overdue" in text_of(signed_in(desk.csm), "/success/proactive/?client=acme")


def test_a_month_that_cannot_be_read_is_the_present_one(desk: Desk) -> None:
    assert "Proactive work" in text_of(signed_in(desk.csm), "/success/proactive/?month=13-13")


def test_a_delivery_of_another_client_is_not_there(desk: Desk, owed: Occurrence) -> None:
    other = make_desk("OTHER")
    browser = signed_in(other.csm)
    assert browser.get(address(owed)).status_code == 404
    assert browser.post(address(owed, "begin/")).status_code == 404
    assert Occurrence.objects.get(pk=owed.pk).state == State.PLANNED


def test_a_delivery_is_begun_and_delivered_with_its_proof(desk: Desk, owed: Occurrence) -> None:
    browser = signed_in(desk.csm)
    browser.post(address(owed, "begin/"))
    browser.post(address(owed, "deliver/"), {"proof": "The report is in the wiki."})
    owed.refresh_from_db()
    assert (owed.state, owed.proof) == (State.DELIVERED, "The report is in the wiki.")


def test_a_day_outside_the_window_needs_a_reason_and_keeps_what_was_typed(
    desk: Desk, owed: Occurrence
) -> None:
    before = Record.objects.count()
    answer = signed_in(desk.csm).post(address(owed, "day/"), {"on": "2029-05-05", "reason": ""})
    assert answer.status_code == 422
    assert "2029-05-05" in answer.content.decode()
    assert Record.objects.count() == before


def test_skipping_needs_words(desk: Desk, owed: Occurrence) -> None:
    assert signed_in(desk.csm).post(address(owed, "skip/"), {"reason": ""}).status_code == 422
    assert Occurrence.objects.get(pk=owed.pk).state == State.PLANNED


def test_an_account_executive_looks_and_does_not_act(desk: Desk, owed: Occurrence) -> None:
    browser = signed_in(desk.account_executive)
    assert "Say it is delivered" not in text_of(browser, address(owed))
    assert browser.post(address(owed, "begin/")).status_code == 403


def test_looking_at_an_act_does_nothing(desk: Desk, owed: Occurrence) -> None:
    assert signed_in(desk.csm).get(address(owed, "begin/")).status_code == 404


def test_the_client_gives_it_up_by_somebodys_word(desk: Desk, owed: Occurrence) -> None:
    browser = signed_in(desk.csm)
    assert browser.post(address(owed, "waive/"), {"reason": "They said so."}).status_code == 422
    browser.post(address(owed, "waive/"), {"waived_by": desk.poc.name, "reason": "Not this year."})
    owed.refresh_from_db()
    assert (owed.state, owed.waived_by) == (State.SKIPPED, desk.poc.name)


def test_it_is_passed_on_to_a_colleague(desk: Desk, owed: Occurrence) -> None:
    browser = signed_in(desk.csm)
    browser.post(address(owed, "owner/"), {"owner": desk.lead.pk})
    assert desk.lead.name in text_of(browser, address(owed))
