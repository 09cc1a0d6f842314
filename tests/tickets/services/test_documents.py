"""Documents that plans owe after incidents: by when, drafted, published, late (domain.md §4)."""

from datetime import datetime, timedelta

import pytest

from events.domain.actor import SYSTEM
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_desk, make_ticket, moment, refused
from tickets.invariants import what_is_written_can_be_found
from tickets.models import Document, Ticket, TicketWords
from tickets.queries import (
    documents_of,
    found_by,
    owed_documents,
    papers_of,
    snippets_for,
    visible_to,
)
from tickets.services import (
    change_status,
    draft_document,
    mark_overdue_documents,
    merge_ticket,
    publish_document,
    rebuild_words,
    reclassify,
)

KIND = "root_cause"


@pytest.fixture
def desk(db: None) -> Desk:
    """A client whose incidents end in a root cause analysis."""
    return make_desk("HOST", plan="managed-self-hosted")


@pytest.fixture
def outage(desk: Desk) -> Ticket:
    """An outage of the worst urgency, opened on Monday at nine."""
    return make_ticket(desk.contract, requester=desk.poc, request_type="outage-incident", urgency="critical")


def solve(ticket: Ticket, desk: Desk, at: datetime = MONDAY) -> Document | None:
    """The incident is solved; what is owed then."""
    change_status(
        actor=actor_of(desk.engineer), at=at, ticket=ticket, to="resolved", summary="Restarted the node."
    )
    return Document.objects.filter(ticket=ticket).first()


def publish(ticket: Ticket, desk: Desk, body: str = "The disk was full.", at: datetime = MONDAY) -> None:
    publish_document(actor=actor_of(desk.engineer), at=at, ticket=ticket, kind=KIND, body=body)


def test_a_solved_outage_owes_its_root_cause_five_business_days_later(desk: Desk, outage: Ticket) -> None:
    owed = solve(outage, desk)
    assert owed is not None
    assert (owed.kind, owed.label) == (KIND, "Root cause analysis")
    assert owed.due_at == moment("2026-03-06 17:00")
    record = Record.objects.get(kind="document.owed")
    assert record.data["due_at"] == "2026-03-06T17:00:00+00:00"


def test_an_incident_solved_at_night_counts_from_the_next_opening(desk: Desk, outage: Ticket) -> None:
    owed = solve(outage, desk, at=moment("2026-03-02 22:00"))
    assert owed is not None
    assert owed.due_at == moment("2026-03-09 17:00")


@pytest.mark.parametrize(
    ("kind", "urgency", "is_owed"),
    [
        ("outage-incident", "critical", True),
        ("outage-incident", "high", True),
        ("outage-incident", "normal", False),
        ("performance-incident", "high", True),
        ("performance-incident", "low", False),
        ("service-request", "critical", False),
    ],
)
def test_the_two_worst_urgencies_of_incidents_owe_one(
    desk: Desk, kind: str, urgency: str, is_owed: bool
) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, request_type=kind, urgency=urgency)
    assert (solve(ticket, desk) is not None) is is_owed


def test_pay_as_you_go_investigates_major_incidents(db: None) -> None:
    desk = make_desk("PACK", plan="pay-as-you-go")
    ticket = make_ticket(desk.contract, requester=desk.poc, request_type="major-incident")
    owed = solve(ticket, desk)
    assert owed is not None
    assert owed.kind == "post_incident"


def test_a_plan_that_owes_none_owes_none(db: None) -> None:
    desk = make_desk("CARE")
    assert solve(make_ticket(desk.contract, requester=desk.poc), desk) is None


def test_work_taken_up_again_is_not_due_until_it_is_solved_again(desk: Desk, outage: Ticket) -> None:
    solve(outage, desk)
    change_status(actor=actor_of(desk.poc), at=MONDAY, ticket=outage, to="in_progress")
    assert Document.objects.get().due_at is None
    again = solve(outage, desk, at=moment("2026-03-04 09:00"))
    assert again is not None
    assert again.due_at == moment("2026-03-10 17:00")


def test_closing_keeps_what_is_due(desk: Desk, outage: Ticket) -> None:
    owed = solve(outage, desk)
    change_status(actor=actor_of(desk.poc), at=MONDAY, ticket=outage, to="closed")
    assert owed is not None
    assert Document.objects.get().due_at == owed.due_at


def test_a_smaller_incident_no_longer_owes_one(desk: Desk, outage: Ticket) -> None:
    solve(outage, desk)
    reclassify(actor=actor_of(desk.poc), at=MONDAY, ticket=outage, urgency="low")
    assert Document.objects.get().due_at is None
    reclassify(actor=actor_of(desk.poc), at=MONDAY, ticket=outage, urgency="high")
    assert Document.objects.get().due_at == moment("2026-03-06 17:00")


def test_an_incident_that_goes_on_elsewhere_owes_nothing_itself(desk: Desk, outage: Ticket) -> None:
    solve(outage, desk)
    into = make_ticket(desk.contract, requester=desk.poc)
    merge_ticket(actor=actor_of(desk.engineer), at=MONDAY, ticket=outage, into=into)
    assert Document.objects.get().due_at is None


def test_a_draft_can_be_begun_before_the_solution_and_is_staffs_alone(desk: Desk, outage: Ticket) -> None:
    draft_document(actor=actor_of(desk.engineer), at=MONDAY, ticket=outage, kind=KIND, body="The disk")
    assert documents_of(outage)[0].draft == "The disk"
    assert papers_of(outage) == []
    solve(outage, desk)
    assert [(paper.body, paper.edition) for paper in papers_of(outage)] == [("", 0)]


def test_the_same_draft_again_changes_nothing(desk: Desk, outage: Ticket) -> None:
    for _ in range(2):
        draft_document(actor=actor_of(desk.engineer), at=MONDAY, ticket=outage, kind=KIND, body="The disk")
    assert Record.objects.filter(kind="document.drafted").count() == 1


def test_a_published_document_is_the_clients_to_read(desk: Desk, outage: Ticket) -> None:
    solve(outage, desk)
    publish(outage, desk)
    paper = papers_of(outage)[0]
    assert (paper.body, paper.edition, paper.by) == ("The disk was full.", 1, desk.engineer.name)
    assert not owed_documents(SYSTEM).exists()


def test_a_correction_is_the_next_edition_and_both_stay(desk: Desk, outage: Ticket) -> None:
    publish(outage, desk)
    publish(outage, desk, "The disk was full, twice.", at=MONDAY + timedelta(days=1))
    document = Document.objects.get()
    assert [edition.number for edition in document.editions.all()] == [2, 1]
    assert document.published_at == MONDAY
    assert papers_of(outage)[0].edition == 2


def test_the_wording_that_the_client_has_is_not_published_again(desk: Desk, outage: Ticket) -> None:
    publish(outage, desk)
    with refused(Conflict, "has this wording"):
        publish(outage, desk)


def test_an_empty_document_is_not_published(desk: Desk, outage: Ticket) -> None:
    with refused(Invalid, field="body"):
        publish(outage, desk, " \n")


def test_a_document_that_the_plan_does_not_owe_is_not_written(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, request_type="service-request")
    with refused(Invalid, "owes no such document", field="kind"):
        publish(ticket, desk)


def test_a_text_that_is_too_long_is_refused(desk: Desk, outage: Ticket) -> None:
    with refused(Invalid, field="body"):
        draft_document(actor=actor_of(desk.engineer), at=MONDAY, ticket=outage, kind=KIND, body="x" * 100_001)


@pytest.mark.parametrize("role", ["poc", "member", "observer", "account_executive"])
def test_others_than_staff_who_work_write_nothing(desk: Desk, role: str) -> None:
    by = desk.person(role)
    requester = by if role in ("poc", "member") else desk.poc
    ticket = make_ticket(desk.contract, requester=requester, request_type="outage-incident")
    for act in (draft_document, publish_document):
        with refused(NotAllowed):
            act(actor=actor_of(by), at=MONDAY, ticket=ticket, kind=KIND, body="Mine")


def test_another_clients_staff_find_nothing(outage: Ticket, other_desk: Desk) -> None:
    with refused(NotHere):
        publish(outage, other_desk)


def test_what_is_owed_is_listed_the_earliest_first_to_those_who_see_the_client(
    desk: Desk, other_desk: Desk
) -> None:
    for hours in (5, 1):
        ticket = make_ticket(desk.contract, requester=desk.poc, request_type="outage-incident")
        solve(ticket, desk, at=MONDAY + timedelta(hours=hours))
    owed = list(owed_documents(actor_of(desk.csm)))
    assert [one.ticket.key for one in owed] == ["HOST-2", "HOST-1"]
    assert not owed_documents(actor_of(other_desk.csm)).exists()


def test_lateness_is_recorded_once_and_not_at_the_moment_itself(desk: Desk, outage: Ticket) -> None:
    owed = solve(outage, desk)
    assert owed is not None
    assert owed.due_at is not None
    assert mark_overdue_documents(at=owed.due_at) == 0
    late = owed.due_at + timedelta(seconds=1)
    assert [mark_overdue_documents(at=late) for _ in range(3)] == [1, 0, 0]
    assert Record.objects.get(kind="document.overdue").data["key"] == outage.key


def test_what_was_published_is_never_late(desk: Desk, outage: Ticket) -> None:
    solve(outage, desk)
    publish(outage, desk)
    assert mark_overdue_documents(at=MONDAY + timedelta(days=60)) == 0


def test_a_second_solution_can_be_late_anew(desk: Desk, outage: Ticket) -> None:
    solve(outage, desk)
    mark_overdue_documents(at=MONDAY + timedelta(days=30))
    change_status(actor=actor_of(desk.poc), at=MONDAY + timedelta(days=31), ticket=outage, to="in_progress")
    solve(outage, desk, at=MONDAY + timedelta(days=32))
    assert mark_overdue_documents(at=MONDAY + timedelta(days=60)) == 1


def keys_found(desk: Desk, role: str, text: str) -> list[str]:
    """The tickets that somebody finds by those words."""
    actor = actor_of(desk.person(role))
    return [one.key for one in found_by(actor, visible_to(actor), text)]


def test_a_draft_is_found_by_staff_alone_until_it_is_published(desk: Desk, outage: Ticket) -> None:
    draft_document(actor=actor_of(desk.engineer), at=MONDAY, ticket=outage, kind=KIND, body="A turbine broke")
    assert keys_found(desk, "engineer", "turbine") == [outage.key]
    assert keys_found(desk, "poc", "turbine") == keys_found(desk, "account_executive", "turbine") == []
    publish(outage, desk, "The gearbox broke")
    assert keys_found(desk, "poc", "gearbox") == [outage.key]
    assert keys_found(desk, "engineer", "turbine") == []


def test_the_line_of_a_document_is_shown_where_it_was_found(desk: Desk, outage: Ticket) -> None:
    publish(outage, desk, "The gearbox broke")
    draft_document(actor=actor_of(desk.engineer), at=MONDAY, ticket=outage, kind=KIND, body="A turbine broke")
    for role, text, is_internal in (("poc", "gearbox", False), ("engineer", "turbine", True)):
        shown = snippets_for(actor_of(desk.person(role)), [outage.pk], text)[outage.pk]
        assert (shown.anchor, shown.is_internal) == ("documents", is_internal)
    assert not snippets_for(actor_of(desk.poc), [outage.pk], "turbine")


def test_the_words_of_documents_are_put_right(desk: Desk, outage: Ticket) -> None:
    publish(outage, desk, "The gearbox broke")
    assert (rebuild_words(), what_is_written_can_be_found()) == ([], [])
    TicketWords.objects.filter(document__isnull=False).delete()
    assert len(what_is_written_can_be_found()) == 1
    assert rebuild_words() == [outage.key]
    assert keys_found(desk, "poc", "gearbox") == [outage.key]
