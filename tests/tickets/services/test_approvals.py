"""Asking for decisions and deciding."""

from typing import Any

import pytest

from accounts import services as accounts
from accounts.models import Person
from contracts.models import Sop, SopVersion
from events.domain.actor import SYSTEM, Actor
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_ticket, refused
from tickets.models import Approval, Ticket
from tickets.permissions import may_decide
from tickets.queries import approval_for, approvals_of, open_approvals
from tickets.services import ask_approval, change_status, decide_approval


def ask(desk: Desk, ticket: Ticket, **facts: Any) -> Approval:  # noqa: ANN401
    facts = {"kind": "exception", "question": "Take it all the same?", "asked_of_role": "poc", **facts}
    return ask_approval(actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, **facts)


def decide(approval: Approval, by: Person, *, approve: bool = True, comment: str = "") -> Approval:
    return decide_approval(actor=actor_of(by), at=MONDAY, approval=approval, approve=approve, comment=comment)


def golden_rule(desk: Desk, *, role: str = "poc") -> SopVersion:
    sop = Sop.objects.create(contract=desk.contract, number=3, title="Production changes")
    return SopVersion.objects.create(
        sop=sop,
        number=1,
        body="Ask first.",
        categories=["configuration"],
        approval_role=role,
        proposed_by=desk.csm,
        proposed_at=MONDAY,
        in_force_at=MONDAY,
    )


def test_a_question_is_asked_and_recorded(desk: Desk, ticket: Ticket) -> None:
    approval = ask(desk, ticket)
    record = Record.objects.get(kind="approval.asked")
    assert (approval.state, approval.asked_by) == ("asked", desk.engineer)
    assert (record.data["visibility"], record.data["asked_of_role"]) == ("public", "poc")


def test_it_is_decided_once_with_who_and_when(desk: Desk, ticket: Ticket) -> None:
    approval = decide(ask(desk, ticket), desk.poc)
    assert (approval.state, approval.decided_by, approval.decided_at) == ("approved", desk.poc, MONDAY)
    with refused(Conflict, "approved already"):
        decide(approval, desk.poc, approve=False, comment="No")


def test_declining_says_why(desk: Desk, ticket: Ticket) -> None:
    approval = ask(desk, ticket)
    with refused(Invalid, field="comment"):
        decide(approval, desk.poc, approve=False, comment=" ")
    assert decide(approval, desk.poc, approve=False, comment="Too dear").state == "declined"


@pytest.mark.parametrize(
    ("asked_of", "deciders"),
    [
        ("poc", {"poc"}),
        ("member", {"poc", "member"}),
        ("lead", {"lead"}),
        ("csm", {"csm"}),
        ("administrator", {"administrator"}),
        ("engineer", {"engineer"}),
    ],
)
def test_the_decision_belongs_to_the_role_asked(
    desk: Desk, ticket: Ticket, asked_of: str, deciders: set[str]
) -> None:
    approval = ask(desk, ticket, kind="other", asked_of_role=asked_of)
    roles = ("poc", "member", "observer", "engineer", "lead", "csm", "account_executive", "administrator")
    assert {role for role in roles if may_decide(actor_of(desk.person(role)), approval)} == deciders


def test_staff_do_not_decide_for_the_client(desk: Desk, ticket: Ticket) -> None:
    approval = ask(desk, ticket)
    for role in ("engineer", "lead", "csm", "administrator"):
        with refused(NotAllowed):
            decide(approval, desk.person(role))


def test_a_machine_decides_nothing(desk: Desk, ticket: Ticket) -> None:
    approval = ask(desk, ticket)
    for actor in (SYSTEM, Actor(kind="integration", name="Jira", roles={desk.client.pk: "poc"})):
        with refused(NotAllowed):
            decide_approval(actor=actor, at=MONDAY, approval=approval, approve=True)


def test_another_client_finds_nothing_to_decide(desk: Desk, ticket: Ticket, other_desk: Desk) -> None:
    approval = ask(desk, ticket)
    with refused(NotHere):
        decide(approval, other_desk.poc)
    with pytest.raises(NotHere):
        approval_for(actor_of(other_desk.poc), approval.pk)


def test_one_person_asked_decides_alone(desk: Desk, ticket: Ticket) -> None:
    approval = ask(desk, ticket, asked_of_role="", asked_of=desk.poc)
    with refused(NotAllowed):
        decide(approval, desk.lead)
    assert decide(approval, desk.poc).state == "approved"


def test_who_lost_their_role_decides_no_more(desk: Desk, ticket: Ticket) -> None:
    approval = ask(desk, ticket)
    accounts.end_membership(actor=SYSTEM, at=MONDAY, membership=desk.poc.memberships.get())
    with refused(NotHere):
        decide(approval, desk.poc)


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"kind": "wish"}, "kind"),
        ({"question": " "}, "question"),
        ({"asked_of_role": ""}, "asked_of"),
        ({"asked_of_role": "king"}, "asked_of"),
    ],
)
def test_a_question_that_nobody_can_answer_is_refused(
    desk: Desk, ticket: Ticket, fault: dict[str, str], field: str
) -> None:
    with refused(Invalid, field=field):
        ask(desk, ticket, **fault)


def test_only_people_of_this_client_or_colleagues_are_asked(
    desk: Desk, ticket: Ticket, other_desk: Desk
) -> None:
    with refused(Invalid, field="asked_of"):
        ask(desk, ticket, asked_of_role="", asked_of=other_desk.poc)
    assert ask(desk, ticket, kind="other", asked_of_role="", asked_of=desk.lead).asked_of == desk.lead


def test_the_same_open_question_is_not_asked_twice(desk: Desk, ticket: Ticket) -> None:
    decide(ask(desk, ticket), desk.poc, approve=False, comment="No")
    ask(desk, ticket)
    with refused(Conflict):
        ask(desk, ticket)


@pytest.mark.parametrize("role", ["poc", "account_executive"])
def test_only_staff_who_work_ask(desk: Desk, ticket: Ticket, role: str) -> None:
    with refused(NotAllowed):
        ask_approval(
            actor=actor_of(desk.person(role)),
            at=MONDAY,
            ticket=ticket,
            kind="other",
            question="May I?",
            asked_of_role="lead",
        )


def test_what_staff_decide_inside_does_not_exist_for_the_client(desk: Desk, ticket: Ticket) -> None:
    inside, outside = ask(desk, ticket, asked_of_role="lead", kind="other"), ask(desk, ticket)
    assert list(approvals_of(actor_of(desk.poc), ticket)) == [outside]
    assert list(approvals_of(actor_of(desk.lead), ticket)) == [inside, outside]
    with pytest.raises(NotHere):
        approval_for(actor_of(desk.poc), inside.pk)


def test_everybody_sees_what_waits_for_them(desk: Desk, ticket: Ticket, other_desk: Desk) -> None:
    for_lead, for_poc = ask(desk, ticket, asked_of_role="lead", kind="other"), ask(desk, ticket)
    assert list(open_approvals(actor_of(desk.lead))) == [for_lead]
    assert list(open_approvals(actor_of(desk.poc))) == [for_poc]
    assert list(open_approvals(actor_of(other_desk.poc))) == []
    decide(for_poc, desk.poc)
    assert list(open_approvals(actor_of(desk.poc))) == []


@pytest.mark.parametrize(("kind", "coverage"), [("exception", "exception"), ("change_request", "change")])
def test_an_agreement_covers_excluded_work(desk: Desk, kind: str, coverage: str) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, category="licensing")
    decide(ask(desk, ticket, kind=kind), desk.poc)
    ticket.refresh_from_db()
    assert ticket.coverage == coverage


def test_an_agreement_that_is_declined_covers_nothing(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, category="licensing")
    decide(ask(desk, ticket), desk.poc, approve=False, comment="No")
    ticket.refresh_from_db()
    assert ticket.coverage == "excluded"


class TestGoldenRules:
    """An SOP that demands an approval (domain.md §3.3)."""

    def test_the_ticket_asks_by_itself(self, desk: Desk) -> None:
        rule = golden_rule(desk)
        ticket = make_ticket(desk.contract, requester=desk.poc, category="configuration")
        approval = ticket.approvals.get()
        assert (approval.kind, approval.rule_version, approval.asked_of_role) == ("golden_rule", rule, "poc")
        assert "Golden rule 3" in approval.question

    def test_other_categories_are_free(self, desk: Desk) -> None:
        golden_rule(desk)
        ticket = make_ticket(desk.contract, requester=desk.poc, category="reporting")
        assert not ticket.approvals.exists()

    def test_a_rule_without_an_approval_asks_nothing(self, desk: Desk) -> None:
        golden_rule(desk, role="")
        ticket = make_ticket(desk.contract, requester=desk.poc, category="configuration")
        assert not ticket.approvals.exists()

    def test_work_does_not_start_before_the_approval(self, desk: Desk) -> None:
        golden_rule(desk)
        ticket = make_ticket(desk.contract, requester=desk.poc, category="configuration")
        engineer = actor_of(desk.engineer)
        with refused(Conflict, "cannot start"):
            change_status(actor=engineer, at=MONDAY, ticket=ticket, to="in_progress")
        decide(ticket.approvals.get(), desk.poc)
        assert change_status(actor=engineer, at=MONDAY, ticket=ticket, to="in_progress").status

    def test_nor_after_it_was_declined(self, desk: Desk) -> None:
        golden_rule(desk)
        ticket = make_ticket(desk.contract, requester=desk.poc, category="configuration")
        decide(ticket.approvals.get(), desk.poc, approve=False, comment="Not this week")
        with refused(Conflict):
            change_status(actor=actor_of(desk.lead), at=MONDAY, ticket=ticket, to="in_progress")
