"""API keys."""

from datetime import datetime, timedelta

import pytest

from accounts import services
from accounts.models import ApiKey
from accounts.queries import actor_by_key, keys_of
from events.domain.actor import SYSTEM
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_desk, refused


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def issue(desk: Desk, *, expires_at: datetime | None = None) -> tuple[ApiKey, str]:
    return services.issue_key(
        actor=actor_of(desk.poc), at=MONDAY, name="Jira", client=desk.client, expires_at=expires_at
    )


def opens(secret: str, at: datetime = MONDAY) -> bool:
    try:
        actor_by_key(secret, at=at)
    except NotHere:
        return False
    return True


def test_a_clients_key_acts_as_an_integration_of_that_client_alone(desk: Desk) -> None:
    key, secret = issue(desk)
    actor, found = actor_by_key(secret, at=MONDAY)
    assert (actor.kind, actor.person_id, actor.roles) == ("integration", None, {desk.client.pk: "poc"})
    assert (found, actor.api_key_id) == (key, key.pk)


def test_the_secret_is_nowhere_in_the_tables(desk: Desk) -> None:
    _, secret = issue(desk)
    random_part = secret.split("_", 2)[2]
    assert random_part not in str(list(ApiKey.objects.values()) + list(Record.objects.values()))


def test_a_staff_key_acts_as_its_person_with_the_rights_of_now(desk: Desk) -> None:
    key, secret = services.issue_key(
        actor=actor_of(desk.administrator), at=MONDAY, name="Script", person=desk.engineer, scopes=("read",)
    )
    actor, _ = actor_by_key(secret, at=MONDAY)
    assert (actor.person_id, actor.staff_role, actor.api_key_id) == (desk.engineer.pk, "engineer", key.pk)
    services.end_duty(actor=SYSTEM, at=MONDAY, assignment=desk.engineer.assignments.get())
    assert actor_by_key(secret, at=MONDAY)[0].client_ids == frozenset()


@pytest.mark.parametrize("spoil", [lambda s: s + " ", lambda s: s[:-1], lambda s: s.upper(), lambda s: ""])
def test_nothing_but_the_secret_to_the_letter_opens(desk: Desk, spoil: object) -> None:
    _, secret = issue(desk)
    assert opens(secret)
    assert not opens(spoil(secret))  # type: ignore[operator]


def test_a_key_ends_at_its_moment(desk: Desk) -> None:
    _, secret = issue(desk, expires_at=MONDAY + timedelta(days=1))
    assert opens(secret, MONDAY + timedelta(hours=23, minutes=59))
    assert not opens(secret, MONDAY + timedelta(days=1))


def test_revoked_it_is_dead_at_once(desk: Desk) -> None:
    key, secret = issue(desk)
    for _ in range(2):
        services.revoke_key(actor=actor_of(desk.poc), at=MONDAY, key=key)
    assert not opens(secret)
    assert list(keys_of(desk.client)) == []
    assert Record.objects.filter(kind="api_key.revoked").count() == 1


def test_it_dies_with_its_person_and_with_its_client(desk: Desk) -> None:
    _, of_client = issue(desk)
    _, of_person = services.issue_key(
        actor=actor_of(desk.administrator), at=MONDAY, name="Script", person=desk.engineer
    )
    services.disable_person(actor=SYSTEM, at=MONDAY, person=desk.engineer)
    services.end_client(actor=SYSTEM, at=MONDAY, client=desk.client)
    assert (opens(of_person), opens(of_client)) == (False, False)


def test_rotated_both_open_for_the_overlap(desk: Desk) -> None:
    key, former = issue(desk)
    successor, secret = services.rotate_key(actor=actor_of(desk.poc), at=MONDAY, key=key)
    assert (opens(former), opens(secret)) == (True, True)
    later = MONDAY + timedelta(hours=24)
    assert (opens(former, later), opens(secret, later)) == (False, True)
    assert (successor.client, successor.scopes, successor.name) == (key.client, key.scopes, key.name)


def test_a_rotation_lengthens_no_life(desk: Desk) -> None:
    key, former = issue(desk, expires_at=MONDAY + timedelta(hours=2))
    successor, _ = services.rotate_key(actor=actor_of(desk.poc), at=MONDAY, key=key)
    assert not opens(former, MONDAY + timedelta(hours=2))
    assert successor.expires_at == MONDAY + timedelta(hours=2)


def test_a_dead_key_has_no_successor(desk: Desk) -> None:
    key, _ = issue(desk)
    services.revoke_key(actor=SYSTEM, at=MONDAY, key=key)
    with refused(Conflict):
        services.rotate_key(actor=actor_of(desk.poc), at=MONDAY, key=key)


@pytest.mark.parametrize("role", ["member", "observer", "engineer", "lead", "csm", "account_executive"])
def test_keys_are_for_pocs_and_administrators(desk: Desk, role: str) -> None:
    key, _ = issue(desk)
    actor = actor_of(desk.person(role))
    with refused(NotAllowed):
        services.issue_key(actor=actor, at=MONDAY, name="x", client=desk.client)
    with refused(NotAllowed):
        services.revoke_key(actor=actor, at=MONDAY, key=key)
    with refused(NotAllowed):
        services.rotate_key(actor=actor, at=MONDAY, key=key)


def test_a_poc_issues_no_key_of_staff_or_of_another_client(desk: Desk) -> None:
    other = make_desk("BETA")
    poc = actor_of(desk.poc)
    with refused(NotAllowed):
        services.issue_key(actor=poc, at=MONDAY, name="x", person=desk.engineer)
    with refused(NotAllowed):
        services.issue_key(actor=poc, at=MONDAY, name="x", client=other.client)


def test_a_key_has_one_owner_and_a_contract_of_its_client(desk: Desk) -> None:
    other, administrator = make_desk("BETA"), actor_of(desk.administrator)
    for owners in ({}, {"client": desk.client, "person": desk.engineer}, {"person": desk.poc}):
        with refused(Invalid):
            services.issue_key(actor=administrator, at=MONDAY, name="x", **owners)
    with refused(Invalid, field="contract"):
        services.issue_key(
            actor=administrator, at=MONDAY, name="x", client=desk.client, contract_id=other.contract.pk
        )


def test_its_last_use_is_kept_by_the_minute(desk: Desk) -> None:
    key, _ = issue(desk)
    for seconds in (0, 59):
        services.note_key_used(key=key, at=MONDAY + timedelta(seconds=seconds))
        key.refresh_from_db()
    assert key.last_used_at == MONDAY
    services.note_key_used(key=key, at=MONDAY + timedelta(seconds=60))
    key.refresh_from_db()
    assert key.last_used_at == MONDAY + timedelta(seconds=60)
