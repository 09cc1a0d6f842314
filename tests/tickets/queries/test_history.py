"""What happened on tickets, for people and for machines."""

from pytest_django import DjangoAssertNumQueries

from events.domain.actor import Actor
from tests.factories import MONDAY, Desk, actor_of, make_ticket, reply
from tickets.models import Ticket
from tickets.queries import events_for, feed, timeline_of
from tickets.services import ask_approval, assign, post_message, set_tags


def work_on(desk: Desk, ticket: Ticket) -> None:
    engineer = actor_of(desk.engineer)
    post_message(actor=engineer, at=MONDAY, ticket=ticket, body="Hm", visibility="internal")
    set_tags(actor=engineer, at=MONDAY, ticket=ticket, tags=["vpn"])
    assign(actor=engineer, at=MONDAY, ticket=ticket, assignee=desk.engineer)
    ask_approval(
        actor=engineer, at=MONDAY, ticket=ticket, kind="other", question="Ours?", asked_of_role="lead"
    )
    reply(ticket, desk.engineer)


def test_staff_read_the_whole_history_in_order(desk: Desk, ticket: Ticket) -> None:
    work_on(desk, ticket)
    kinds = [record.kind for record in events_for(actor_of(desk.lead), ticket)]
    assert kinds == [
        "ticket.opened",
        "message.posted",
        "ticket.details_changed",
        "ticket.assigned",
        "approval.asked",
        "message.posted",
    ]


def test_contacts_read_what_concerns_them(desk: Desk, ticket: Ticket) -> None:
    work_on(desk, ticket)
    kinds = [record.kind for record in events_for(actor_of(desk.poc), ticket)]
    assert kinds == ["ticket.opened", "ticket.assigned", "message.posted"]


def test_the_feed_of_an_integration_says_the_same_as_the_history(desk: Desk, ticket: Ticket) -> None:
    work_on(desk, ticket)
    integration = Actor(kind="integration", name="Jira", roles={desk.client.pk: "poc"})
    kinds = [record.kind for record in feed(integration)]
    assert kinds == [record.kind for record in events_for(actor_of(desk.poc), ticket)]


def test_the_feed_goes_on_where_it_stopped(desk: Desk, ticket: Ticket) -> None:
    work_on(desk, ticket)
    poc = actor_of(desk.poc)
    first = feed(poc, limit=1)
    rest = feed(poc, after=first[-1].pk)
    assert [record.pk for record in first + rest] == [record.pk for record in feed(poc)]


def test_a_members_feed_has_only_their_own_tickets(desk: Desk, ticket: Ticket) -> None:
    own = make_ticket(desk.contract, requester=desk.member)
    assert {record.subject_id for record in feed(actor_of(desk.member))} == {own.pk}


def test_nothing_of_another_client_is_in_the_feed(ticket: Ticket, other_desk: Desk) -> None:
    assert feed(actor_of(other_desk.poc)) == []


def test_timelines_of_many_tickets_cost_one_statement(
    desk: Desk, ticket: Ticket, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    second = make_ticket(desk.contract, requester=desk.poc)
    with django_assert_num_queries(1):
        timelines = timeline_of([ticket.pk, second.pk, 999_999])
    assert [len(timelines[pk]) for pk in (ticket.pk, second.pk, 999_999)] == [1, 1, 0]
