"""Urgency and request type."""

import pytest

from accounts.models import Person
from events.domain.actor import SYSTEM
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_desk, make_ticket, refused
from tickets.models import Ticket, UrgencyProposal
from tickets.queries import disputes_of, open_proposal, proposals_of
from tickets.services import answer_urgency_proposal, change_status, propose_urgency, reclassify


def propose(desk: Desk, ticket: Ticket, urgency: str = "low") -> UrgencyProposal:
    return propose_urgency(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, urgency=urgency, reason="One user, one page."
    )


def answer(proposal: UrgencyProposal, by: Person, *, accept: bool) -> UrgencyProposal:
    words = "It stops us."
    return answer_urgency_proposal(
        actor=actor_of(by), at=MONDAY, proposal=proposal, accept=accept, answer=words
    )


def test_the_client_sets_another_urgency(desk: Desk, ticket: Ticket) -> None:
    row = reclassify(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, urgency="low")
    facts = Record.objects.get(kind="ticket.reclassified").data
    assert (row.urgency, row.rank) == ("low", 4)
    assert (facts["before_urgency"], facts["urgency"], facts["rank"]) == ("critical", "low", 4)


def test_the_client_sets_another_request_type(desk: Desk, ticket: Ticket) -> None:
    row = reclassify(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, request_type="request")
    assert (row.request_type, row.urgency) == ("request", "critical")


def test_setting_what_stands_already_changes_nothing(desk: Desk, ticket: Ticket) -> None:
    row = reclassify(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, urgency="critical")
    assert row.version == 1
    assert not Record.objects.filter(kind="ticket.reclassified").exists()


@pytest.mark.parametrize("role", ["engineer", "lead", "csm", "administrator"])
def test_staff_propose_and_do_not_set_the_urgency(desk: Desk, ticket: Ticket, role: str) -> None:
    with refused(NotAllowed, "propose"):
        reclassify(actor=actor_of(desk.person(role)), at=MONDAY, ticket=ticket, urgency="low", reason="Small")


@pytest.mark.parametrize("role", ["observer", "account_executive"])
def test_who_only_reads_classifies_nothing(desk: Desk, ticket: Ticket, role: str) -> None:
    with refused(NotAllowed):
        reclassify(actor=actor_of(desk.person(role)), at=MONDAY, ticket=ticket, urgency="low", reason="x")


def test_a_ticket_without_a_requester_is_classified_by_staff(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, actor=SYSTEM, channel="monitoring")
    row = reclassify(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, urgency="high", reason="Only a test node"
    )
    assert row.urgency == "high"


def test_staff_correct_the_request_type_with_a_reason(desk: Desk, ticket: Ticket) -> None:
    engineer = actor_of(desk.engineer)
    with refused(Invalid, field="reason"):
        reclassify(actor=engineer, at=MONDAY, ticket=ticket, request_type="request")
    row = reclassify(actor=engineer, at=MONDAY, ticket=ticket, request_type="request", reason="A wish")
    assert row.request_type == "request"


def test_where_levels_are_guaranteed_the_client_alone_classifies(db: None) -> None:
    desk = make_desk(plan="idalko-standard")
    ticket = make_ticket(desk.contract, requester=desk.poc)
    with refused(NotAllowed, "client alone"):
        reclassify(actor=actor_of(desk.lead), at=MONDAY, ticket=ticket, request_type="incident", reason="So")


@pytest.mark.parametrize(("field", "code"), [("urgency", "severity-a"), ("request_type", "wish")])
def test_only_codes_of_the_plan_are_taken(desk: Desk, ticket: Ticket, field: str, code: str) -> None:
    with refused(Invalid, field=field):
        reclassify(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, **{field: code})


def test_a_final_ticket_keeps_its_classification(desk: Desk, ticket: Ticket) -> None:
    change_status(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, to="cancelled")
    with refused(Conflict):
        reclassify(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, urgency="low")


class TestProposing:
    """Staff propose, the client decides."""

    def test_a_proposal_changes_nothing_yet(self, desk: Desk, ticket: Ticket) -> None:
        proposal = propose(desk, ticket)
        ticket.refresh_from_db()
        assert (ticket.urgency, proposal.state, open_proposal(ticket)) == ("critical", "proposed", proposal)
        assert Record.objects.get(kind="urgency.proposed").data["proposed"] == "low"

    def test_accepted_it_holds(self, desk: Desk, ticket: Ticket) -> None:
        answer(propose(desk, ticket), desk.poc, accept=True)
        ticket.refresh_from_db()
        assert (ticket.urgency, ticket.rank, open_proposal(ticket)) == ("low", 4, None)
        kinds = list(Record.objects.order_by("id").values_list("kind", flat=True))[-2:]
        assert kinds == ["urgency.answered", "ticket.reclassified"]

    def test_declined_both_views_stand(self, desk: Desk, ticket: Ticket) -> None:
        proposal = answer(propose(desk, ticket), desk.poc, accept=False)
        ticket.refresh_from_db()
        assert (ticket.urgency, proposal.state, proposal.answered_by) == ("critical", "declined", desk.poc)
        assert not Record.objects.filter(kind="ticket.reclassified").exists()

    def test_both_views_are_read_beside_each_other(self, desk: Desk, ticket: Ticket) -> None:
        reclassify(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, urgency="high", reason="Payday")
        answer(propose(desk, ticket), desk.poc, accept=False)
        propose(desk, ticket, "medium")
        history = Record.objects.filter(subject_type="ticket", subject_id=ticket.pk).order_by("id")
        newest, oldest = disputes_of(proposals_of(ticket), history)
        assert (newest.is_open, oldest.is_open) == (True, False)
        assert (oldest.client_reason, oldest.proposal.answer) == ("Payday", "It stops us.")

    def test_declining_says_why(self, desk: Desk, ticket: Ticket) -> None:
        proposal = propose(desk, ticket)
        with refused(Invalid, field="answer"):
            answer_urgency_proposal(
                actor=actor_of(desk.poc), at=MONDAY, proposal=proposal, accept=False, answer=" "
            )

    def test_where_the_plan_says_so_the_client_has_the_last_word(self, db: None) -> None:
        desk = make_desk("IDAL", plan="idalko-standard")
        ticket = make_ticket(desk.contract, requester=desk.poc, urgency="severity-a")
        answer(propose(desk, ticket, "severity-c"), desk.poc, accept=False)
        with refused(Conflict, "the last word.*It stops us"):
            propose(desk, ticket, "severity-c")
        reclassify(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, urgency="severity-b")
        assert propose(desk, ticket, "severity-c").state == "proposed"

    def test_there_is_one_open_proposal(self, desk: Desk, ticket: Ticket) -> None:
        propose(desk, ticket)
        with refused(Conflict):
            propose(desk, ticket, "medium")

    def test_it_is_answered_once(self, desk: Desk, ticket: Ticket) -> None:
        proposal = answer(propose(desk, ticket), desk.poc, accept=False)
        with refused(Conflict):
            answer(proposal, desk.poc, accept=True)

    def test_another_may_follow_the_answer(self, desk: Desk, ticket: Ticket) -> None:
        answer(propose(desk, ticket), desk.poc, accept=False)
        assert propose(desk, ticket, "medium").state == "proposed"

    def test_an_urgency_that_the_client_sets_supersedes_it(self, desk: Desk, ticket: Ticket) -> None:
        proposal = propose(desk, ticket)
        reclassify(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, urgency="high")
        proposal.refresh_from_db()
        assert (proposal.state, open_proposal(ticket)) == ("superseded", None)

    @pytest.mark.parametrize("role", ["engineer", "lead", "observer", "account_executive"])
    def test_only_the_client_answers(self, desk: Desk, ticket: Ticket, role: str) -> None:
        proposal = propose(desk, ticket)
        with refused(NotAllowed):
            answer(proposal, desk.person(role), accept=True)

    def test_another_client_finds_nothing_to_answer(
        self, desk: Desk, ticket: Ticket, other_desk: Desk
    ) -> None:
        proposal = propose(desk, ticket)
        with refused(NotHere):
            answer(proposal, other_desk.poc, accept=True)

    @pytest.mark.parametrize("role", ["poc", "observer", "account_executive"])
    def test_only_staff_who_work_propose(self, desk: Desk, ticket: Ticket, role: str) -> None:
        with refused(NotAllowed):
            propose_urgency(
                actor=actor_of(desk.person(role)), at=MONDAY, ticket=ticket, urgency="low", reason="x"
            )

    @pytest.mark.parametrize(
        ("urgency", "reason", "field"), [("critical", "x", "urgency"), ("low", " ", "reason")]
    )
    def test_it_says_something_else_and_why(
        self, desk: Desk, ticket: Ticket, urgency: str, reason: str, field: str
    ) -> None:
        with refused(Invalid, field=field):
            propose_urgency(
                actor=actor_of(desk.lead), at=MONDAY, ticket=ticket, urgency=urgency, reason=reason
            )
