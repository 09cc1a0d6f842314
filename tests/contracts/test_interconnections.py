"""Interconnections: asked for, assessed, agreed to by both sides before a key works, and ended (X2)."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.queries import actor_by_key
from accounts.services import rotate_key
from contracts.domain.mapping import Maps
from contracts.models import Interconnection
from contracts.services import (
    Assessment,
    Wish,
    agree_to_interconnection,
    assess_interconnection,
    end_interconnection,
    issue_interconnection_key,
    map_interconnection,
    request_interconnection,
)
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_desk, refused
from tests.factories.joined import MAPS, SOUND, ask_for_interconnection, make_interconnection


@pytest.fixture
def desk(db: None) -> Desk:
    """A client and its people."""
    return make_desk()


def kinds() -> list[str]:
    """What was recorded of interconnections, in order."""
    found = Record.objects.filter(subject_type="interconnection").order_by("id")
    return list(found.values_list("kind", flat=True))


def test_the_way_from_the_wish_to_the_key(desk: Desk) -> None:
    made = make_interconnection(desk)
    _, secret = issue_interconnection_key(actor=actor_of(desk.poc), at=MONDAY, interconnection=made)
    actor, _ = actor_by_key(secret, at=MONDAY)
    assert (actor.interconnection_id, actor.contract_id) == (made.pk, desk.contract.pk)
    assert made.is_in_force
    assert [kind.partition(".")[2] for kind in kinds()] == [
        *("requested", "assessed", "agreed", "agreed", "mapped")
    ]


@pytest.mark.parametrize("role", ["member", "observer", "engineer", "administrator"])
def test_only_a_point_of_contact_asks_for_one(desk: Desk, role: str) -> None:
    wish = Wish(name="Jira", product="Jira", wishes="All")
    with refused(NotAllowed):
        request_interconnection(
            actor=actor_of(desk.person(role)), at=MONDAY, contract=desk.contract, wish=wish
        )


def test_a_name_stands_once(desk: Desk) -> None:
    ask_for_interconnection(desk)
    with refused(Invalid):
        ask_for_interconnection(desk)


def test_nothing_is_agreed_to_before_it_is_assessed(desk: Desk) -> None:
    made = ask_for_interconnection(desk)
    with refused(Conflict):
        agree_to_interconnection(actor=actor_of(desk.poc), at=MONDAY, interconnection=made)


@pytest.mark.parametrize("field", ["feasibility", "security"])
def test_what_cannot_be_done_or_is_not_safe_is_not_agreed_to(desk: Desk, field: str) -> None:
    facts = {name: getattr(SOUND, name) for name in Assessment.__dataclass_fields__}
    made = ask_for_interconnection(desk)
    act: dict[str, Any] = {"at": MONDAY, "interconnection": made}
    assess_interconnection(actor=actor_of(desk.csm), assessment=Assessment(**{**facts, field: "no"}), **act)
    with refused(Conflict):
        agree_to_interconnection(actor=actor_of(desk.poc), **act)


def test_the_client_does_not_assess_its_own_wish(desk: Desk) -> None:
    made = ask_for_interconnection(desk)
    with refused(NotAllowed):
        assess_interconnection(actor=actor_of(desk.poc), at=MONDAY, interconnection=made, assessment=SOUND)


def test_one_side_alone_opens_nothing(desk: Desk) -> None:
    made = ask_for_interconnection(desk)
    assess_interconnection(actor=actor_of(desk.csm), at=MONDAY, interconnection=made, assessment=SOUND)
    agree_to_interconnection(actor=actor_of(desk.poc), at=MONDAY, interconnection=made)
    agree_to_interconnection(actor=actor_of(desk.poc), at=MONDAY, interconnection=made)
    with refused(Conflict):
        issue_interconnection_key(actor=actor_of(desk.poc), at=MONDAY, interconnection=made)


def test_a_new_assessment_asks_both_sides_anew(desk: Desk) -> None:
    made = ask_for_interconnection(desk)
    csm = actor_of(desk.csm)
    assess_interconnection(actor=csm, at=MONDAY, interconnection=made, assessment=SOUND)
    agree_to_interconnection(actor=actor_of(desk.poc), at=MONDAY, interconnection=made)
    assess_interconnection(actor=csm, at=MONDAY, interconnection=made, assessment=SOUND)
    assert Interconnection.objects.get().client_agreed_at is None


def test_its_end_shuts_its_keys_also_those_that_were_rotated(desk: Desk) -> None:
    made = make_interconnection(desk)
    poc = actor_of(desk.poc)
    key, secret = issue_interconnection_key(actor=poc, at=MONDAY, interconnection=made)
    _, successor = rotate_key(actor=poc, at=MONDAY, key=key)
    end_interconnection(actor=poc, at=MONDAY, interconnection=made, reason="We changed systems.")
    for one in (secret, successor):
        with pytest.raises(NotHere):
            actor_by_key(one, at=MONDAY)


@pytest.mark.parametrize(
    ("maps", "field"),
    [
        (Maps(fields=(("nonsense", "x"),)), "fields"),
        (Maps(fields=(("subject", "x"),)), "fields"),
        (Maps(urgencies=(("P1", "nonsense"),)), "urgencies"),
        (Maps(states=(("Open", "new"), ("open", "closed"))), "states"),
    ],
)
def test_maps_that_make_no_sense_are_refused_by_table(desk: Desk, maps: Maps, field: str) -> None:
    made = make_interconnection(desk)
    with refused(Invalid, field=field):
        map_interconnection(actor=actor_of(desk.poc), at=MONDAY, interconnection=made, maps=maps)


def test_the_same_maps_again_are_no_news(desk: Desk) -> None:
    made = make_interconnection(desk)
    before = len(kinds())
    map_interconnection(actor=actor_of(desk.poc), at=MONDAY, interconnection=made, maps=MAPS)
    assert len(kinds()) == before
