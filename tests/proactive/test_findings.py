"""Findings (P2): written in a draft, decided by the client, made a ticket once, put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from proactive.invariants import INVARIANTS
from proactive.models import Finding
from proactive.queries import finding_for, open_findings
from proactive.services import (
    add_finding,
    change_finding,
    decide_finding,
    make_ticket_of,
    remove_finding,
    settle_finding,
)
from tests.factories import MONDAY, Desk, actor_of, make_desk, refused
from tests.factories.papers import WORDS, draft_assessment, published_assessment
from tickets.models import Ticket
from tickets.services import change_status


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Total Care."""
    return make_desk()


@pytest.fixture
def finding(desk: Desk) -> Finding:
    """A grave finding that the client has read."""
    return published_assessment(desk)[1]


def decide(desk: Desk, finding: Finding, decision: str, **more: object) -> Finding:
    """The point of contact decides."""
    return decide_finding(
        actor=actor_of(desk.poc),
        at=MONDAY,
        finding=finding,
        decision=decision,
        **more,  # type: ignore[arg-type]
    )


def test_findings_are_numbered_and_numbers_stay(desk: Desk) -> None:
    draft, actor = draft_assessment(desk), actor_of(desk.csm)
    first = add_finding(actor=actor, at=MONDAY, assessment=draft, words=WORDS)
    second = add_finding(actor=actor, at=MONDAY, assessment=draft, words=WORDS)
    remove_finding(actor=actor, at=MONDAY, finding=first)
    assert [one.number for one in Finding.objects.all()] == [second.number] == [2]


def test_a_draft_is_written_anew(desk: Desk) -> None:
    draft, actor = draft_assessment(desk), actor_of(desk.csm)
    made = add_finding(actor=actor, at=MONDAY, assessment=draft, words=WORDS)
    change_finding(actor=actor, at=MONDAY, finding=made, words=replace(WORDS, severity="low"))
    made.refresh_from_db()
    assert made.severity == "low"


@pytest.mark.parametrize("field", ["severity", "title", "detail", "recommendation"])
def test_a_finding_says_everything(desk: Desk, field: str) -> None:
    draft = draft_assessment(desk)
    words = replace(WORDS, **{field: " "})  # type: ignore[arg-type]
    with refused(Invalid, field=field):
        add_finding(actor=actor_of(desk.csm), at=MONDAY, assessment=draft, words=words)


def test_an_environment_of_another_scope_is_refused(desk: Desk) -> None:
    draft = draft_assessment(desk)
    other = draft_assessment(make_desk("OTHER")).places.get()
    with refused(Invalid, field="place"):
        add_finding(actor=actor_of(desk.csm), at=MONDAY, assessment=draft, words=replace(WORDS, place=other))


def test_what_is_published_is_not_written_anew(desk: Desk, finding: Finding) -> None:
    with refused(Conflict, match="published"):
        change_finding(actor=actor_of(desk.csm), at=MONDAY, finding=finding, words=WORDS)
    with refused(Conflict, match="published"):
        remove_finding(actor=actor_of(desk.csm), at=MONDAY, finding=finding)


def test_a_decision_says_who_and_when_and_can_be_changed(desk: Desk, finding: Finding) -> None:
    decide(desk, finding, "accept")
    decide(desk, finding, "plan", planned_on=date(2026, 6, 1), note="After the audit.")
    finding.refresh_from_db()
    assert (finding.decision, finding.planned_on) == ("plan", date(2026, 6, 1))
    assert (finding.decided_by, finding.decided_at) == (desk.poc.name, MONDAY)
    assert Record.objects.filter(kind="finding.decided").count() == 2


@pytest.mark.parametrize(
    ("decision", "field"), [("perhaps", "decision"), ("plan", "planned_on"), ("decline", "note")]
)
def test_a_decision_is_whole(desk: Desk, finding: Finding, decision: str, field: str) -> None:
    with refused(Invalid, field=field):
        decide(desk, finding, decision)


@pytest.mark.parametrize("role", ["member", "observer", "csm", "administrator"])
def test_only_a_point_of_contact_decides(desk: Desk, finding: Finding, role: str) -> None:
    with refused(NotAllowed):
        decide_finding(actor=actor_of(desk.person(role)), at=MONDAY, finding=finding, decision="accept")


def test_nobody_decides_about_a_draft(desk: Desk) -> None:
    draft = draft_assessment(desk)
    made = add_finding(actor=actor_of(desk.csm), at=MONDAY, assessment=draft, words=WORDS)
    with refused(NotHere):
        decide(desk, made, "accept")
    with pytest.raises(NotHere):
        finding_for(actor_of(desk.poc), finding_id=made.pk)


def test_a_finding_becomes_one_ticket_however_often_it_is_asked(desk: Desk, finding: Finding) -> None:
    first = make_ticket_of(actor=actor_of(desk.poc), at=MONDAY, finding=finding)
    again = make_ticket_of(actor=actor_of(desk.csm), at=MONDAY, finding=finding)
    assert (first, Ticket.objects.count()) == (again, 1)
    assert (first.requester, first.contract) == (desk.poc, desk.contract)
    assert WORDS.recommendation in first.messages.get().body


def test_a_ticket_by_staff_is_filed_for_whoever_decided(desk: Desk, finding: Finding) -> None:
    decide(desk, finding, "accept")
    ticket = make_ticket_of(actor=actor_of(desk.engineer), at=MONDAY, finding=finding)
    assert ticket.requester == desk.poc


@pytest.mark.parametrize("role", ["member", "observer", "account_executive"])
def test_others_make_no_ticket_of_it(desk: Desk, finding: Finding, role: str) -> None:
    with refused(NotAllowed):
        make_ticket_of(actor=actor_of(desk.person(role)), at=MONDAY, finding=finding)


def test_what_a_ticket_sees_to_is_decided_there(desk: Desk, finding: Finding) -> None:
    ticket = make_ticket_of(actor=actor_of(desk.poc), at=MONDAY, finding=finding)
    with refused(Conflict, match=ticket.key):
        decide(desk, finding, "decline", note="x")
    with refused(Conflict):
        settle_finding(actor=actor_of(desk.csm), at=MONDAY, finding=finding, note="Done.")


def test_open_is_what_is_neither_left_nor_put_right_nor_solved(desk: Desk) -> None:
    settled = published_assessment(desk)[1]
    assert open_findings(desk.contract) == [settled]
    settle_finding(actor=actor_of(desk.csm), at=MONDAY, finding=settled, note="Built anew.")
    assert open_findings(desk.contract) == []


def test_a_solved_ticket_closes_its_finding(desk: Desk, finding: Finding) -> None:
    ticket = make_ticket_of(actor=actor_of(desk.poc), at=MONDAY, finding=finding)
    assert open_findings(desk.contract) == [finding]
    change_status(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, to="resolved", summary="Built anew."
    )
    change_status(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, to="closed")
    assert open_findings(desk.contract) == []


def test_what_was_made_here_passes_the_doctor(desk: Desk, finding: Finding) -> None:
    decide(desk, finding, "decline", note="We move to another product.")
    assert [line for _, rule in INVARIANTS for line in rule()] == []


def test_the_doctor_sees_a_decision_about_a_draft(desk: Desk) -> None:
    draft = draft_assessment(desk)
    made = add_finding(actor=actor_of(desk.csm), at=MONDAY, assessment=draft, words=WORDS)
    Finding.objects.filter(pk=made.pk).update(decision="accept", decided_at=MONDAY)
    assert [line for _, rule in INVARIANTS for line in rule()] != []
