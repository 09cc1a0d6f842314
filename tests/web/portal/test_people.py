"""The client's people: a point of contact invites, sets roles and removes; nobody else does."""

import pytest

from accounts.models import Invitation, Membership
from tests.factories import Desk
from tests.web.portal.conftest import EnterAs

GUEST = {"name": "Ada Lark", "email": "ada@acme.example", "role": "member"}


def role_of(desk: Desk) -> str:
    """The member's role now, or an empty text."""
    found = Membership.objects.filter(person=desk.member, ended_at__isnull=True).first()
    return found.role if found else ""


def test_a_point_of_contact_invites(enter: EnterAs) -> None:
    assert enter().post("people", GUEST).status_code == 302
    assert Invitation.objects.get().email == "ada@acme.example"


def test_an_address_that_is_none_comes_back_with_what_was_typed(enter: EnterAs) -> None:
    reply = enter().post("people", {**GUEST, "email": "ada"})
    assert reply.status_code == 422
    assert "Ada Lark" in reply.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", ["member", "observer"])
def test_others_read_the_list_and_invite_nobody(enter: EnterAs, desk: Desk, role: str) -> None:
    page = enter(role).page("people")
    assert desk.poc.name in page
    assert "Send invitation" not in page
    assert enter(role).post("people", GUEST).status_code == 403
    assert not Invitation.objects.exists()


def test_a_role_is_set_and_a_colleague_removed(enter: EnterAs, desk: Desk) -> None:
    door = enter()
    door.post("set_role", {"role": "observer"}, person_id=desk.member.pk)
    assert role_of(desk) == "observer"
    door.post("remove", person_id=desk.member.pk)
    assert role_of(desk) == ""


@pytest.mark.parametrize("role", ["member", "observer"])
def test_others_change_nobody(enter: EnterAs, desk: Desk, role: str) -> None:
    door = enter(role)
    assert door.post("set_role", {"role": "poc"}, person_id=desk.member.pk).status_code == 403
    assert door.post("remove", person_id=desk.member.pk).status_code == 403
    assert role_of(desk) == "member"


def test_people_of_another_client_are_not_here(enter: EnterAs, other: Desk) -> None:
    assert enter().post("remove", person_id=other.member.pk).status_code == 404
    assert enter().post("set_role", {"role": "poc"}, person_id=other.member.pk).status_code == 404
    assert role_of(other) == "member"


def test_a_role_that_does_not_exist_is_refused(enter: EnterAs, desk: Desk) -> None:
    assert enter().post("set_role", {"role": "owner"}, person_id=desk.member.pk).status_code == 422
    assert role_of(desk) == "member"
