"""Calling people, and their coming."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from accounts import services
from accounts.models import Client, Invitation, Membership, Person, Role
from accounts.queries import actor_for, open_invitations, token_of
from events.domain.actor import SYSTEM, Actor
from events.domain.errors import Conflict, DomainError, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_client, make_contact, make_desk, refused

PASSWORD = "correct horse battery"
DAY = timedelta(hours=24)


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def call(
    desk: Desk, *, by: Person | None = None, email: str = "eve@acme.example", role: str = "member"
) -> Invitation:
    return services.invite(
        actor=actor_of(by or desk.poc), at=MONDAY, email=email, name="Eve", client=desk.client, role=role
    )


def come(token: str, *, after: timedelta = timedelta(hours=1), password: str = PASSWORD) -> Person:
    return services.accept_invitation(at=MONDAY + after, token=token, password=password)


def test_who_is_called_comes_with_a_password_of_their_own(desk: Desk) -> None:
    person = come(token_of(call(desk, email=" Eve@ACME.example ")))
    assert (person.email, person.name, person.zone) == ("eve@acme.example", "Eve", "Europe/London")
    assert person.check_password(PASSWORD)
    assert actor_for(person).roles == {desk.client.pk: "member"}
    assert Record.objects.filter(kind="membership.started", subject_id=person.pk).exists()


def test_the_token_is_nowhere_in_the_tables(desk: Desk) -> None:
    token = token_of(call(desk))
    assert token not in str(list(Invitation.objects.values()) + list(Record.objects.values()))


def test_the_mails_token_outlives_a_rotation_of_the_key(desk: Desk, settings: Settings) -> None:
    invitation = call(desk)
    token, former = token_of(invitation), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", [former]
    assert token_of(invitation) == token
    settings.SECRET_KEY_FALLBACKS = []
    assert token_of(invitation) == ""


def test_it_opens_once(desk: Desk) -> None:
    token = token_of(call(desk))
    come(token)
    with refused(NotHere, "does not open anything"):
        come(token)


@pytest.mark.parametrize(("after", "opens"), [(DAY - timedelta(seconds=1), True), (DAY, False)])
def test_it_holds_for_a_day(desk: Desk, after: timedelta, opens: bool) -> None:
    token = token_of(call(desk))
    if opens:
        assert come(token, after=after).pk
    else:
        with refused(NotHere):
            come(token, after=after)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token + " ",
        lambda token: " " + token,
        lambda token: token[:-1],
        lambda token: token + "=",
        lambda token: token.swapcase(),
        lambda token: "*" * len(token),
        lambda token: "%" * len(token),
        lambda token: "",
        lambda token: token[:-1] + "\u00e9",
    ],
)
def test_nothing_but_the_token_to_the_letter_opens_it(desk: Desk, spoil: object) -> None:
    token = token_of(call(desk))
    with refused(NotHere, "does not open anything"):
        come(spoil(token))  # type: ignore[operator]


def test_withdrawn_it_opens_nothing(desk: Desk) -> None:
    invitation = call(desk)
    for _ in range(2):
        services.withdraw_invitation(actor=actor_of(desk.poc), at=MONDAY, invitation=invitation)
    assert Record.objects.filter(kind="invitation.withdrawn").count() == 1
    with refused(NotHere):
        come(token_of(invitation))


def test_a_second_call_withdraws_the_first(desk: Desk) -> None:
    first, second = call(desk), call(desk)
    assert list(open_invitations(desk.client, at=MONDAY)) == [second]
    with refused(NotHere):
        come(token_of(first))


def test_of_a_client_that_left_nothing_opens(desk: Desk) -> None:
    invitation = call(desk)
    services.end_client(actor=SYSTEM, at=MONDAY, client=desk.client)
    with refused(NotHere):
        come(token_of(invitation))


def test_a_weak_password_leaves_the_invitation_open(desk: Desk) -> None:
    token = token_of(call(desk))
    with refused(Invalid, field="password"):
        come(token, password="password")
    assert come(token).pk


def test_an_address_with_an_account_signs_in_first(desk: Desk) -> None:
    known = make_contact(make_client("GAMMA"), "poc", email="eve@acme.example")
    token = token_of(call(desk))
    with refused(Conflict, "sign in"):
        come(token)
    services.accept_invitation(at=MONDAY, token=token, person=known)
    assert set(actor_for(known).roles.values()) == {"poc", "member"}


def test_somebody_else_who_is_signed_in_does_not_take_the_place(desk: Desk) -> None:
    token = token_of(call(desk))
    with refused(Conflict, "for eve@acme.example"):
        services.accept_invitation(at=MONDAY, token=token, person=desk.observer)


def test_staff_do_not_become_contacts(desk: Desk) -> None:
    token = token_of(call(desk, email=desk.engineer.email))
    with refused(Invalid, "Staff"):
        services.accept_invitation(at=MONDAY, token=token, person=desk.engineer)


@pytest.mark.parametrize("role", ["member", "observer", "engineer", "lead", "csm"])
def test_who_does_not_manage_people_calls_nobody(desk: Desk, role: str) -> None:
    with refused(NotAllowed):
        call(desk, by=desk.person(role))


def test_a_poc_calls_people_to_their_own_client_alone(desk: Desk) -> None:
    other = make_desk("BETA")
    with refused(NotAllowed):
        call(desk, by=other.poc)


@pytest.mark.parametrize("role", ["administrator", "engineer", "", "owner"])
def test_a_contact_is_called_to_a_contacts_role(desk: Desk, role: str) -> None:
    with refused(Invalid, field="role"):
        call(desk, role=role)


@pytest.mark.parametrize(
    "email", ["", "eve", "eve@", "a@b.example, c@d.example", "eve@x.example\r\nBcc: all@x.example"]
)
def test_only_one_plain_address_is_called(desk: Desk, email: str) -> None:
    with refused(Invalid, field="email"):
        call(desk, email=email)


def test_administrators_call_staff(desk: Desk) -> None:
    for_staff = {"email": "new@provider.example", "name": "New", "client": None, "role": "engineer"}
    with refused(NotAllowed):
        services.invite(actor=actor_of(desk.poc), at=MONDAY, **for_staff)  # type: ignore[arg-type]
    invitation = services.invite(actor=actor_of(desk.administrator), at=MONDAY, **for_staff)  # type: ignore[arg-type]
    assert come(token_of(invitation)).staff_role == "engineer"


def test_machines_call_nobody(desk: Desk) -> None:
    key = Actor(kind="integration", name="Jira", roles={desk.client.pk: "poc"})
    for actor in (SYSTEM, key):
        with refused(NotAllowed):
            services.invite(
                actor=actor, at=MONDAY, email="e@x.example", name="E", client=desk.client, role="poc"
            )


@pytest.mark.django_db(transaction=True)
def test_of_many_who_come_at_once_one_joins() -> None:
    desk = make_desk()
    token = token_of(call(desk))

    def attempt(_: int) -> bool:
        try:
            come(token)
        except DomainError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(attempt, range(4))) == 1
    assert Membership.objects.filter(client=desk.client, role=Role.MEMBER).count() == 2
    assert Client.objects.count() == 1
