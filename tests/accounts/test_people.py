"""Clients, people, their places and their sessions."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate, get_user
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.test import Client as Browser

from accounts import services
from accounts.models import Duty, Membership, Person, Role
from accounts.queries import (
    actor_by_id,
    actor_for,
    client_for,
    clients_visible_to,
    contacts_of,
    people_visible_to,
    points_of_contact,
    staff_with_duty,
)
from events.domain.actor import SYSTEM
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_client, make_contact, make_desk, make_staff, refused
from tests.factories.people import PASSWORD

NEW_PASSWORD = "an even longer password"


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def is_signed_in(browser: Browser) -> bool:
    request = HttpRequest()
    request.session = browser.session
    return get_user(request).is_authenticated


class TestClients:
    """Tenants."""

    @pytest.mark.parametrize("key", ["", "A", "1ACME", "AC-ME", "ABCDEFGHIJK", "ÄCME"])
    def test_a_key_is_short_and_plain(self, db: None, key: str) -> None:
        with refused(Invalid, field="key"):
            services.add_client(actor=SYSTEM, at=MONDAY, key=key, name="X", zone="UTC")

    def test_a_key_is_given_once_whatever_its_letter_case(self, desk: Desk) -> None:
        with refused(Invalid, field="key"):
            make_client("acme")

    def test_its_zone_exists(self, db: None) -> None:
        with refused(Invalid, field="zone"):
            make_client("ACME", zone="Mars/Olympus")

    @pytest.mark.parametrize("role", ["poc", "engineer", "lead", "csm"])
    def test_not_everybody_adds_or_ends_them(self, desk: Desk, role: str) -> None:
        actor = actor_of(desk.person(role))
        with refused(NotAllowed):
            services.add_client(actor=actor, at=MONDAY, key="NEW", name="New", zone="UTC")
        with refused(NotAllowed):
            services.end_client(actor=actor, at=MONDAY, client=desk.client)

    def test_once_ended_nothing_of_it_opens_for_its_people(self, desk: Desk) -> None:
        for _ in range(2):
            services.end_client(actor=SYSTEM, at=MONDAY, client=desk.client)
        assert actor_for(desk.poc).roles == {}
        assert Record.objects.filter(kind="client.ended").count() == 1

    def test_foreign_and_missing_clients_give_the_same_answer(self, desk: Desk) -> None:
        poc = actor_of(make_desk("BETA").poc)
        assert client_for(poc, slug="beta").key == "BETA"
        for slug in ("acme", "nobody", "", "acme'", "acme\x00"):
            with pytest.raises(NotHere):
                client_for(poc, slug=slug)

    def test_each_sees_their_clients(self, desk: Desk) -> None:
        beta = make_desk("BETA")
        assert set(clients_visible_to(actor_of(desk.csm))) == {desk.client}
        assert set(clients_visible_to(actor_of(desk.lead))) == {desk.client, beta.client}


class TestAccounts:
    """Accounts of people."""

    def test_an_address_has_one_account_whatever_its_letter_case(self, desk: Desk) -> None:
        with refused(Invalid, field="email"):
            make_contact(desk.client, email=desk.poc.email.upper())
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.create(email=desk.poc.email.upper(), name="Twin")

    @pytest.mark.parametrize("role", ["lead", "csm", "account_executive", "poc"])
    def test_only_administrators_hire(self, desk: Desk, role: str) -> None:
        with refused(NotAllowed):
            services.add_person(
                actor=actor_of(desk.person(role)),
                at=MONDAY,
                email="x@provider.example",
                name="X",
                staff_role="engineer",
            )

    def test_a_closed_account_is_nobody_and_can_be_opened_again(self, desk: Desk) -> None:
        services.disable_person(actor=actor_of(desk.administrator), at=MONDAY, person=desk.engineer)
        desk.engineer.refresh_from_db()
        assert actor_by_id(desk.engineer.pk) is None
        assert (actor_for(desk.engineer).staff_role, actor_for(desk.engineer).client_ids) == ("", frozenset())
        services.enable_person(actor=actor_of(desk.administrator), at=MONDAY, person=desk.engineer)
        assert actor_by_id(desk.engineer.pk) is not None

    @pytest.mark.parametrize("role", ["poc", "lead", "account_executive"])
    def test_not_everybody_closes_accounts(self, desk: Desk, role: str) -> None:
        for act in (services.disable_person, services.enable_person):
            with refused(NotAllowed):
                act(actor=actor_of(desk.person(role)), at=MONDAY, person=desk.engineer)

    def test_people_change_their_own_details(self, desk: Desk) -> None:
        row = services.change_person(
            actor=actor_of(desk.poc), at=MONDAY, person=desk.poc, name="Ann\r\nBcc: x", zone="Asia/Kolkata"
        )
        assert (row.name, row.zone) == ("Ann Bcc: x", "Asia/Kolkata")
        with refused(NotAllowed):
            services.change_person(actor=actor_of(desk.lead), at=MONDAY, person=desk.poc, name="Bob")

    @pytest.mark.parametrize(("field", "value"), [("name", " \n"), ("zone", "Moon")])
    def test_nonsense_is_refused(self, desk: Desk, field: str, value: str) -> None:
        with refused(Invalid, field=field):
            services.change_person(actor=SYSTEM, at=MONDAY, person=desk.poc, **{field: value})

    def test_an_absence_is_said_by_oneself_or_a_lead(self, desk: Desk) -> None:
        until = MONDAY + timedelta(days=7)
        for by in (desk.engineer, desk.lead):
            services.set_absence(actor=actor_of(by), at=MONDAY, person=desk.engineer, until=until)
        with refused(NotAllowed):
            services.set_absence(actor=actor_of(desk.csm), at=MONDAY, person=desk.engineer, until=None)
        desk.engineer.refresh_from_db()
        assert desk.engineer.away_until == until

    def test_a_role_of_staff_changes_at_once(self, desk: Desk) -> None:
        row = services.change_staff_role(
            actor=actor_of(desk.administrator), at=MONDAY, person=desk.engineer, staff_role="lead"
        )
        assert actor_for(row).sees_every_client
        with refused(NotAllowed):
            services.change_staff_role(
                actor=actor_of(desk.lead), at=MONDAY, person=desk.lead, staff_role="administrator"
            )

    def test_a_contact_does_not_become_staff(self, desk: Desk) -> None:
        with refused(Invalid):
            services.change_staff_role(actor=SYSTEM, at=MONDAY, person=desk.poc, staff_role="lead")


class TestPlaces:
    """Memberships and duties."""

    def test_a_person_stands_once_at_a_client(self, desk: Desk) -> None:
        with refused(Conflict):
            services.add_member(
                actor=SYSTEM, at=MONDAY, client=desk.client, person=desk.poc, role=Role.MEMBER
            )

    def test_who_left_may_come_back(self, desk: Desk) -> None:
        services.end_membership(actor=SYSTEM, at=MONDAY, membership=desk.poc.memberships.get())
        services.add_member(actor=SYSTEM, at=MONDAY, client=desk.client, person=desk.poc, role=Role.OBSERVER)
        assert actor_for(desk.poc).roles == {desk.client.pk: "observer"}

    def test_leaving_ends_every_right_at_once_and_is_recorded_once(self, desk: Desk) -> None:
        membership = desk.member.memberships.get()
        for _ in range(2):
            services.end_membership(actor=actor_of(desk.poc), at=MONDAY, membership=membership)
        assert actor_for(desk.member).roles == {}
        assert Record.objects.filter(kind="membership.ended").count() == 1

    def test_another_role_holds_at_once(self, desk: Desk) -> None:
        membership = desk.member.memberships.get()
        services.change_role(actor=actor_of(desk.poc), at=MONDAY, membership=membership, role=Role.POC)
        assert actor_for(desk.member).roles == {desk.client.pk: "poc"}
        services.end_membership(actor=SYSTEM, at=MONDAY, membership=membership)
        with refused(Conflict):
            services.change_role(actor=SYSTEM, at=MONDAY, membership=membership, role=Role.MEMBER)

    @pytest.mark.parametrize("role", ["member", "observer", "engineer", "lead", "csm"])
    def test_not_everybody_manages_people(self, desk: Desk, role: str) -> None:
        actor, membership = actor_of(desk.person(role)), desk.poc.memberships.get()
        with refused(NotAllowed):
            services.change_role(actor=actor, at=MONDAY, membership=membership, role=Role.OBSERVER)
        with refused(NotAllowed):
            services.end_membership(actor=actor, at=MONDAY, membership=membership)

    def test_a_poc_manages_their_own_client_alone(self, desk: Desk) -> None:
        other = make_desk("BETA")
        with refused(NotAllowed):
            services.end_membership(
                actor=actor_of(other.poc), at=MONDAY, membership=desk.poc.memberships.get()
            )

    def test_staff_are_no_contacts_and_contacts_no_staff(self, desk: Desk) -> None:
        with refused(Invalid):
            services.add_member(actor=SYSTEM, at=MONDAY, client=desk.client, person=desk.lead, role=Role.POC)
        with refused(Invalid):
            services.assign_duty(
                actor=SYSTEM, at=MONDAY, client=desk.client, person=desk.poc, duty=Duty.SERVES
            )

    def test_a_duty_makes_a_client_ones_own_until_it_ends(self, desk: Desk) -> None:
        engineer, lead = make_staff("engineer"), actor_of(desk.lead)
        for _ in range(2):
            assignment = services.assign_duty(
                actor=lead, at=MONDAY, client=desk.client, person=engineer, duty=Duty.SERVES
            )
        assert actor_for(engineer).sees_client(desk.client.pk)
        assert engineer in staff_with_duty(desk.client.pk, Duty.SERVES)
        services.end_duty(actor=lead, at=MONDAY, assignment=assignment)
        assert not actor_for(engineer).sees_client(desk.client.pk)

    def test_not_everybody_assigns_duties(self, desk: Desk) -> None:
        for role in ("poc", "engineer", "csm"):
            with refused(NotAllowed):
                services.assign_duty(
                    actor=actor_of(desk.person(role)),
                    at=MONDAY,
                    client=desk.client,
                    person=desk.engineer,
                    duty=Duty.SUCCESS,
                )

    def test_contacts_know_their_colleagues_and_nobody_else(self, desk: Desk) -> None:
        other = make_desk("BETA")
        known = set(people_visible_to(actor_of(desk.poc)))
        assert known == {desk.poc, desk.member, desk.observer}
        assert other.poc in people_visible_to(actor_of(desk.engineer))
        assert {row.person for row in contacts_of(desk.client)} == known
        assert list(points_of_contact(desk.client.pk)) == [desk.poc]

    def test_a_team_is_of_staff(self, desk: Desk) -> None:
        team = services.add_team(
            actor=SYSTEM, key="emea", name="EMEA", region="emea", zone="UTC", people=[desk.engineer]
        )
        services.set_team(actor=actor_of(desk.lead), team=team, people=[desk.lead])
        assert list(team.people.all()) == [desk.lead]
        with refused(Invalid):
            services.set_team(actor=SYSTEM, team=team, people=[desk.poc])


class TestSessions:
    """What ends a session."""

    def test_closing_an_account_ends_its_sessions_and_no_others(self, desk: Desk) -> None:
        theirs, others = signed_in(desk.engineer), signed_in(desk.poc)
        services.disable_person(actor=SYSTEM, at=MONDAY, person=desk.engineer)
        services.enable_person(actor=SYSTEM, at=MONDAY, person=desk.engineer)
        assert (is_signed_in(theirs), is_signed_in(others)) == (False, True)

    def test_a_new_password_ends_them(self, desk: Desk) -> None:
        session = signed_in(desk.poc)
        row = services.change_password(
            actor=actor_of(desk.poc), at=MONDAY, person=desk.poc, password=NEW_PASSWORD
        )
        assert row.check_password(NEW_PASSWORD)
        assert not is_signed_in(session)
        assert "password" not in str(Record.objects.get(kind="person.password_changed").data)

    def test_people_sign_out_everywhere(self, desk: Desk) -> None:
        sessions = [signed_in(desk.poc) for _ in range(3)]
        services.end_sessions(actor=actor_of(desk.poc), at=MONDAY, person=desk.poc)
        assert not any(map(is_signed_in, sessions))

    def test_nobody_else_does_it_for_them(self, desk: Desk) -> None:
        lead = actor_of(desk.lead)
        with refused(NotAllowed):
            services.change_password(actor=lead, at=MONDAY, person=desk.poc, password=NEW_PASSWORD)
        with refused(NotAllowed):
            services.end_sessions(actor=lead, at=MONDAY, person=desk.poc)

    @pytest.mark.parametrize("weak", ["short", "password1234"])
    def test_a_password_is_not_easily_guessed(self, desk: Desk, weak: str) -> None:
        with refused(Invalid, field="password"):
            services.change_password(actor=actor_of(desk.poc), at=MONDAY, person=desk.poc, password=weak)

    def test_an_address_signs_in_whatever_its_letter_case(self, desk: Desk) -> None:
        assert authenticate(None, username=desk.poc.email.upper(), password=PASSWORD) == desk.poc


def test_ended_memberships_are_kept(desk: Desk) -> None:
    services.end_membership(actor=SYSTEM, at=MONDAY, membership=desk.poc.memberships.get())
    assert Membership.objects.get(person=desk.poc).ended_at == MONDAY
