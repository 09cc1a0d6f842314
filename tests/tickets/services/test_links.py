"""How tickets relate, merge, split and follow each other."""

import pytest

from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_ticket, refused, reply
from tickets.domain.links import REVERSE_WORDS, WORDS, LinkKind
from tickets.models import Link, Ticket
from tickets.queries import links_of
from tickets.services import change_status, link_tickets, merge_ticket, split_ticket, unlink_tickets


def relate(desk: Desk, source: Ticket, target: Ticket, kind: str = "blocks") -> Link:
    return link_tickets(actor=actor_of(desk.engineer), at=MONDAY, source=source, target=target, kind=kind)


@pytest.fixture
def second(desk: Desk, ticket: Ticket) -> Ticket:
    return make_ticket(desk.contract, requester=desk.member)


def test_every_relation_reads_from_both_sides() -> None:
    assert set(WORDS) == set(REVERSE_WORDS) == set(LinkKind)


def test_a_relation_is_seen_from_both_sides(desk: Desk, ticket: Ticket, second: Ticket) -> None:
    relate(desk, ticket, second)
    engineer = actor_of(desk.engineer)
    assert [(seen.words, seen.ticket) for seen in links_of(engineer, ticket)] == [("blocks", second)]
    assert [(seen.words, seen.ticket) for seen in links_of(engineer, second)] == [("is blocked by", ticket)]


def test_a_member_does_not_see_a_relation_to_a_ticket_of_others(
    desk: Desk, ticket: Ticket, second: Ticket
) -> None:
    relate(desk, ticket, second)
    assert links_of(actor_of(desk.member), second) == []


def test_relating_again_changes_nothing(desk: Desk, ticket: Ticket, second: Ticket) -> None:
    assert relate(desk, ticket, second) == relate(desk, ticket, second)
    assert Record.objects.filter(kind="ticket.linked").count() == 1


def test_a_ticket_does_not_relate_to_itself(desk: Desk, ticket: Ticket) -> None:
    with refused(Invalid, field="target"):
        relate(desk, ticket, ticket)


def test_tickets_of_two_clients_do_not_relate(desk: Desk, ticket: Ticket, other_desk: Desk) -> None:
    foreign = make_ticket(other_desk.contract, requester=other_desk.poc)
    with refused(NotHere):
        relate(desk, ticket, foreign)
    with refused(Invalid, field="target"):
        link_tickets(actor=actor_of(desk.lead), at=MONDAY, source=ticket, target=foreign, kind="relates")


@pytest.mark.parametrize("kind", ["follow_up", "split", "marries"])
def test_only_relations_that_people_make_are_taken(
    desk: Desk, ticket: Ticket, second: Ticket, kind: str
) -> None:
    with refused(Invalid, field="kind"):
        relate(desk, ticket, second, kind)


def test_contacts_do_not_relate_tickets(desk: Desk, ticket: Ticket, second: Ticket) -> None:
    with refused(NotAllowed):
        link_tickets(actor=actor_of(desk.poc), at=MONDAY, source=ticket, target=second, kind="blocks")


def test_a_relation_is_taken_away(desk: Desk, ticket: Ticket, second: Ticket) -> None:
    link = relate(desk, ticket, second)
    with refused(NotAllowed):
        unlink_tickets(actor=actor_of(desk.poc), at=MONDAY, link=link)
    for _ in range(2):
        unlink_tickets(actor=actor_of(desk.engineer), at=MONDAY, link=link)
    assert not Link.objects.exists()
    assert Record.objects.filter(kind="ticket.unlinked").count() == 1


class TestFamilies:
    """Parents and children."""

    def test_a_ticket_has_one_parent(self, desk: Desk, ticket: Ticket, second: Ticket) -> None:
        third = make_ticket(desk.contract, requester=desk.poc)
        relate(desk, ticket, third, "parent")
        with refused(Conflict, "has a parent"):
            relate(desk, second, third, "parent")

    def test_no_ticket_is_its_own_ancestor(self, desk: Desk, ticket: Ticket, second: Ticket) -> None:
        third = make_ticket(desk.contract, requester=desk.poc)
        relate(desk, ticket, second, "parent")
        relate(desk, second, third, "parent")
        with refused(Conflict, "above"):
            relate(desk, third, ticket, "parent")


class TestMerging:
    """Two tickets that are one."""

    def test_the_merged_one_is_over_and_says_where_it_went(
        self, desk: Desk, ticket: Ticket, second: Ticket
    ) -> None:
        merge_ticket(actor=actor_of(desk.engineer), at=MONDAY, ticket=second, into=ticket)
        second.refresh_from_db()
        assert (second.status, second.merged_into, second.closed_at) == ("cancelled", ticket, MONDAY)
        assert Record.objects.get(kind="ticket.merged").data["into_key"] == "ACME-1"

    def test_its_people_take_part_in_the_other(self, desk: Desk, ticket: Ticket, second: Ticket) -> None:
        merge_ticket(actor=actor_of(desk.engineer), at=MONDAY, ticket=second, into=ticket)
        assert [row.person for row in ticket.participants.all()] == [desk.member]

    def test_later_replies_go_to_the_other(self, desk: Desk, ticket: Ticket, second: Ticket) -> None:
        merge_ticket(actor=actor_of(desk.engineer), at=MONDAY, ticket=second, into=ticket)
        assert reply(second, desk.member, "And this?").ticket == ticket

    def test_its_texts_stay_where_they_were_written(self, desk: Desk, ticket: Ticket, second: Ticket) -> None:
        reply(second, desk.engineer, "CANARY")
        merge_ticket(actor=actor_of(desk.engineer), at=MONDAY, ticket=second, into=ticket)
        bodies = list(ticket.messages.values_list("body", flat=True))
        assert bodies == ["Since this morning the board stays empty.", "ACME-2 goes on here."]

    @pytest.mark.parametrize("which", ["ticket", "second"])
    def test_both_must_be_open(self, desk: Desk, ticket: Ticket, second: Ticket, which: str) -> None:
        over = {"ticket": ticket, "second": second}[which]
        change_status(actor=actor_of(desk.poc), at=MONDAY, ticket=over, to="cancelled")
        with refused(Conflict):
            merge_ticket(actor=actor_of(desk.engineer), at=MONDAY, ticket=second, into=ticket)

    def test_contacts_and_strangers_do_not_merge(
        self, desk: Desk, ticket: Ticket, second: Ticket, other_desk: Desk
    ) -> None:
        with refused(NotAllowed):
            merge_ticket(actor=actor_of(desk.poc), at=MONDAY, ticket=second, into=ticket)
        with refused(NotHere):
            merge_ticket(actor=actor_of(other_desk.engineer), at=MONDAY, ticket=second, into=ticket)


class TestSplitting:
    """One ticket that is two."""

    def test_a_message_becomes_a_ticket_of_its_own(self, desk: Desk, ticket: Ticket) -> None:
        message = reply(ticket, desk.poc, "By the way, the wiki is slow too.")
        made = split_ticket(actor=actor_of(desk.engineer), at=MONDAY, message=message, subject="Slow wiki")
        assert (made.key, made.subject, made.requester) == ("ACME-2", "Slow wiki", desk.poc)
        assert made.messages.get().body == message.body
        assert Link.objects.get(source=made, kind="split").target == ticket

    def test_an_internal_note_starts_no_ticket_that_the_client_reads(
        self, desk: Desk, ticket: Ticket
    ) -> None:
        message = reply(ticket, desk.engineer)
        message.__class__.objects.filter(pk=message.pk).update(visibility="internal")
        with refused(Conflict):
            split_ticket(actor=actor_of(desk.engineer), at=MONDAY, message=message, subject="x")

    def test_contacts_do_not_split(self, desk: Desk, ticket: Ticket) -> None:
        message = reply(ticket, desk.poc)
        with refused(NotAllowed):
            split_ticket(actor=actor_of(desk.poc), at=MONDAY, message=message, subject="x")
