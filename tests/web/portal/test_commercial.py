"""Questions to the account executive in the portal, and escalations that are led there (E4)."""

from __future__ import annotations

from escalation.models import CommercialQuestion, Escalation
from escalation.services import answer_client, set_default_path
from tests.factories import MONDAY, Desk, actor_of, make_contract, make_ticket
from tests.web.portal.conftest import Door, EnterAs

TYPED = {"topic": "renewal", "subject": "Next year", "text": "When do we sign?", "submission_id": "a1"}


def test_a_question_is_asked_read_asked_back_and_closed(desk: Desk, enter: EnterAs) -> None:
    poc = enter("poc")
    assert poc.post("commercial", {**TYPED, "text": ""}).status_code == 422
    poc.post("commercial", TYPED)
    poc.post("commercial", TYPED)
    one = CommercialQuestion.objects.get()
    assert one.contract == desk.contract
    answer_client(actor=actor_of(desk.account_executive), at=MONDAY, question=one, text="In <May>.")
    page = poc.page("commercial_question", commercial_id=one.pk)
    assert "In &lt;May&gt;." in page
    poc.post("commercial_question", {"text": "Which day?"}, commercial_id=one.pk)
    poc.post("close_commercial", commercial_id=one.pk)
    one.refresh_from_db()
    assert (one.state, one.lines.count()) == ("closed", 3)


def test_of_several_contracts_one_may_be_named(desk: Desk, enter: EnterAs) -> None:
    packs = make_contract(desk.client, "pay-as-you-go")
    assert packs.name in enter("poc").page("commercial")
    enter("poc").post("commercial", {**TYPED, "contract": packs.pk})
    assert CommercialQuestion.objects.get().contract == packs


def test_an_observer_reads_and_a_member_sees_only_their_own(desk: Desk, enter: EnterAs) -> None:
    enter("poc").post("commercial", TYPED)
    observer = enter("observer")
    assert "Next year" in observer.page("commercial")
    assert 'name="topic"' not in observer.page("commercial")
    assert observer.post("commercial", {**TYPED, "submission_id": "a2"}).status_code == 403
    assert CommercialQuestion.objects.count() == 1
    assert "Next year" not in enter("member").page("commercial")


def escalated(door: Door, key: str, **typed: str) -> str:
    """What the page says when a contact escalates for another reason."""
    return door.post("escalate", {"ground": "other", **typed}, key=key).content.decode()


def test_an_escalation_about_prices_is_led_to_the_account_executive(desk: Desk, enter: EnterAs) -> None:
    set_default_path(at=MONDAY, contract=desk.contract)
    poc, ticket = enter("poc"), make_ticket(desk.contract, requester=desk.poc)
    words = "The invoice is wrong, and nobody tells us the price."
    page = escalated(poc, ticket.key, reason=words)
    assert "Your account executive answers those" in page
    assert words in page
    assert not Escalation.objects.exists()
    begun = poc.post("commercial", {"reason": words, "from": "escalation"}).content.decode()
    assert words in begun
    assert not CommercialQuestion.objects.exists()
    escalated(poc, ticket.key, reason=words, is_meant="1")
    assert Escalation.objects.get().reason == words


def test_an_escalation_with_another_ground_is_never_held_up(desk: Desk, enter: EnterAs) -> None:
    set_default_path(at=MONDAY, contract=desk.contract)
    ticket = make_ticket(desk.contract, requester=desk.poc)
    escalated(enter("poc"), ticket.key, ground="late_response", reason="We pay a high price for this.")
    assert Escalation.objects.exists()


def test_a_question_keeps_the_ticket_that_it_came_from(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc)
    poc = enter("poc")
    assert f'value="{ticket.key}"' in poc.page("commercial", f"?ticket={ticket.key}")
    poc.post("commercial", {**TYPED, "ticket": ticket.key})
    assert CommercialQuestion.objects.get().ticket == ticket
