"""Each check of the ground floors finds the fault that it is for, and is silent about a healthy world."""

import json
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from accounts import services as accounts
from accounts.models import Invitation, Person
from accounts.queries import token_of
from config.invariants import INVARIANTS
from events.invariants import tenant_references
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_environment, make_ticket, reply
from tickets.models import Attachment, Message, Participant, Ticket, TicketCounter, Watcher
from tickets.services import (
    add_participant,
    assign,
    change_status,
    link_tickets,
    merge_ticket,
    post_message,
    store_attachment,
    watch,
)

World = tuple[Desk, Desk]


def broken() -> set[str]:
    return {name for name, check in INVARIANTS if check() and not name.startswith(("outbox", "clocks"))}


@pytest.fixture
def world(desk: Desk, other_desk: Desk) -> World:
    """Two clients whose tickets went through a bit of everything."""
    engineer, poc = actor_of(desk.engineer), actor_of(desk.poc)
    first, second, third = (make_ticket(desk.contract, requester=desk.poc) for _ in range(3))
    make_ticket(other_desk.contract, requester=other_desk.poc)
    file = store_attachment(actor=poc, at=MONDAY, client=desk.client, name="a.txt", content=ContentFile(b"x"))
    post_message(actor=poc, at=MONDAY, ticket=first, body="Look", attachments=[file])
    assign(actor=engineer, at=MONDAY, ticket=first, assignee=desk.engineer)
    watch(actor=engineer, at=MONDAY, ticket=first)
    add_participant(actor=poc, at=MONDAY, ticket=first, person=desk.member)
    link_tickets(actor=engineer, at=MONDAY, source=first, target=second, kind="relates")
    merge_ticket(actor=engineer, at=MONDAY, ticket=second, into=first)
    change_status(actor=engineer, at=MONDAY, ticket=third, to="resolved", summary="Done.")
    reply(third, desk.poc, "No")
    invitation = accounts.invite(
        actor=poc, at=MONDAY, email="e@acme.example", name="E", client=desk.client, role="member"
    )
    accounts.accept_invitation(at=MONDAY, token=token_of(invitation), password="correct horse battery")
    return desk, other_desk


def cross_a_watcher(desk: Desk, other: Desk) -> None:
    Watcher.objects.update(client=other.client)


def cross_a_message(desk: Desk, other: Desk) -> None:
    Message.objects.filter(client=desk.client).update(client=other.client)


def skip_a_number(desk: Desk, other: Desk) -> None:
    Ticket.objects.filter(key="ACME-3").update(number=9)


def lose_the_counter(desk: Desk, other: Desk) -> None:
    TicketCounter.objects.update(last_number=0)


def let_a_stranger_ask(desk: Desk, other: Desk) -> None:
    Ticket.objects.filter(client=desk.client).update(requester=other.poc)


def let_a_stranger_in(desk: Desk, other: Desk) -> None:
    Participant.objects.update(person=other.poc)


def assign_a_contact(desk: Desk, other: Desk) -> None:
    Ticket.objects.filter(key="ACME-1").update(assignee=desk.poc)


def go_elsewhere(desk: Desk, other: Desk) -> None:
    Ticket.objects.filter(key="ACME-1").update(environment=make_environment(other.contract))


def forget_the_end(desk: Desk, other: Desk) -> None:
    Ticket.objects.filter(status="cancelled").update(closed_at=None)


def move_without_a_word(desk: Desk, other: Desk) -> None:
    Ticket.objects.filter(key="ACME-1").update(status="in_progress")


def misfile_a_record(desk: Desk, other: Desk) -> None:
    Record.objects.filter(kind="ticket.linked").update(client=other.client)


def misplace_a_file(desk: Desk, other: Desk) -> None:
    Attachment.objects.update(ticket=Ticket.objects.get(key="ACME-3"))


def forget_a_kind(desk: Desk, other: Desk) -> None:
    Record.objects.filter(kind="ticket.linked").update(kind="ticket.knotted")


def turn_a_cause_round(desk: Desk, other: Desk) -> None:
    first = Record.objects.earliest("id")
    Record.objects.filter(pk=first.pk).update(cause=Record.objects.latest("id"))


def hire_a_contact(desk: Desk, other: Desk) -> None:
    Person.objects.filter(pk=desk.poc.pk).update(staff_role="lead")


def write_an_address_large(desk: Desk, other: Desk) -> None:
    Person.objects.filter(pk=desk.poc.pk).update(email="ANN@acme.example")


def come_as_nobody(desk: Desk, other: Desk) -> None:
    Invitation.objects.update(accepted_by=None)


def close_but_keep_the_key(desk: Desk, other: Desk) -> None:
    administrator = actor_of(desk.administrator)
    accounts.issue_key(actor=administrator, at=MONDAY, name="x", person=desk.engineer)
    Person.objects.filter(pk=desk.engineer.pk).update(is_active=False)


def test_a_healthy_world_has_no_fault(world: World) -> None:
    assert broken() == set()


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (cross_a_watcher, "tenancy: nothing crosses clients"),
        (cross_a_message, "tenancy: nothing crosses clients"),
        (skip_a_number, "tickets: numbers have no gap"),
        (lose_the_counter, "tickets: numbers have no gap"),
        (let_a_stranger_ask, "tickets: people belong to the client"),
        (let_a_stranger_in, "tickets: people belong to the client"),
        (assign_a_contact, "tickets: people belong to the client"),
        (go_elsewhere, "tickets: places belong to the contract"),
        (forget_the_end, "tickets: states agree with their moments"),
        (move_without_a_word, "tickets: states agree with the log"),
        (misfile_a_record, "tickets: the log knows the client"),
        (misplace_a_file, "tickets: files stay with their message"),
        (forget_a_kind, "log: every kind is declared"),
        (turn_a_cause_round, "log: causes come first"),
        (hire_a_contact, "people: nobody is on both sides"),
        (write_an_address_large, "people: addresses are plain"),
        (come_as_nobody, "people: invitations end once"),
        (close_but_keep_the_key, "people: closed accounts open nothing"),
    ],
)
def test_each_fault_is_found(world: World, spoil: Callable[[Desk, Desk], None], name: str) -> None:
    spoil(*world)
    assert name in broken()


def test_every_table_that_names_a_client_is_covered() -> None:
    covered = {(model.__name__, field) for model, field in tenant_references()}
    assert {("Ticket", "contract"), ("Message", "ticket"), ("Attachment", "message")} <= covered
    assert ("ApiKey", "contract") in covered


def test_the_doctor_says_so_in_json_and_by_its_exit(world: World) -> None:
    out = StringIO()
    call_command("doctor", "--only", "tickets", stdout=out)
    assert json.loads(out.getvalue())["healthy"] is True
    skip_a_number(*world)
    spoiled = StringIO()
    with pytest.raises(CommandError, match="numbers have no gap"):
        call_command("doctor", stdout=spoiled)
    assert json.loads(spoiled.getvalue())["healthy"] is False
