"""Service reviews (P3): figures frozen, agenda before publishing, minutes once, actions of both sides."""

from __future__ import annotations

from datetime import date

import pytest

from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from proactive.models import Occurrence, Review, State
from proactive.paper_invariants import PAPER_INVARIANTS
from proactive.queries import overdue_actions, review_for, reviews_visible_to
from proactive.services import (
    ActionWords,
    add_action,
    finish_action,
    keep_minutes,
    make_programmes,
    publish_review,
    work_out_again,
    write_agenda,
)
from tests.factories import Desk, actor_of, make_desk, make_ticket, moment, refused, reply
from tests.factories.reviews import APRIL, draft_review, published_review

WORDS = ActionWords(text="Book the upgrade", side="client", owner="Mara", due_on=date(2026, 4, 10))


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Total Care with one review bought a year."""
    desk = make_desk(programme_counts={"service-review": 1})
    make_programmes(at=moment("2026-01-01 09:00"), contract=desk.contract)
    return desk


def minute(desk: Desk, review: Review, on: date = date(2026, 4, 1)) -> Review:
    """The success manager publishes the minutes."""
    return keep_minutes(
        actor=actor_of(desk.csm),
        at=APRIL,
        review=review,
        held_on=on,
        attendees="Mara and Clement",
        minutes="We go on as agreed.",
    )


def test_what_was_published_does_not_change_when_the_world_does(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc)
    reply(ticket, desk.engineer)
    made = published_review(desk)
    before = (made.pack, made.digest)
    make_ticket(desk.contract, requester=desk.poc, at=moment("2026-03-04 09:00"))
    with refused(Conflict, match="published"):
        work_out_again(actor=actor_of(desk.csm), at=APRIL, review=made)
    made.refresh_from_db()
    assert (made.pack, made.digest) == before


def test_a_draft_can_be_worked_out_anew(desk: Desk) -> None:
    draft = draft_review(desk)
    make_ticket(desk.contract, requester=desk.poc)
    again = work_out_again(actor=actor_of(desk.csm), at=APRIL, review=draft)
    assert again.digest != draft.digest


def test_it_is_not_published_without_an_agenda(desk: Desk) -> None:
    draft = draft_review(desk, agenda="")
    with refused(Invalid, match="agenda"):
        publish_review(actor=actor_of(desk.csm), at=APRIL, review=draft)


def test_the_agenda_of_a_published_one_stays(desk: Desk) -> None:
    made = published_review(desk)
    with refused(Conflict):
        write_agenda(actor=actor_of(desk.csm), at=APRIL, review=made, title="x", agenda="y")


def test_the_minutes_deliver_it(desk: Desk) -> None:
    owed = Occurrence.objects.filter(programme__service="service-review").earliest("id")
    made = published_review(desk, occurrence=owed)
    owed.refresh_from_db()
    before = owed.state
    minute(desk, made)
    owed.refresh_from_db()
    assert (before, owed.state) == (State.IN_PROGRESS, State.DELIVERED)
    assert "held on 01 Apr 2026" in owed.proof


def test_minutes_come_once_after_publishing_and_of_a_day_gone_by(desk: Desk) -> None:
    with refused(Conflict, match="Publish the figures"):
        minute(desk, draft_review(desk))
    made = published_review(desk)
    with refused(Invalid, field="held_on"):
        minute(desk, made, on=date(2026, 4, 3))
    minute(desk, made)
    with refused(Conflict, match="stay as they were read"):
        minute(desk, made)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 3, 31), date(2026, 3, 1)),
        (date(2026, 3, 1), date(2026, 4, 3)),
        (date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_is_in_order_over_and_within_the_contract(desk: Desk, first: date, last: date) -> None:
    with refused(Invalid, field="to_on"):
        draft_review(desk, from_on=first, to_on=last)


def test_a_delivery_has_one_review(desk: Desk) -> None:
    owed = Occurrence.objects.filter(programme__service="service-review").earliest("id")
    draft_review(desk, occurrence=owed)
    with refused(Conflict, match="prepared already"):
        draft_review(desk, occurrence=owed)


def test_points_of_contact_and_observers_read_it_and_members_do_not(desk: Desk) -> None:
    made = published_review(desk)
    draft_review(desk)
    for role in ("poc", "observer"):
        assert list(reviews_visible_to(actor_of(desk.person(role)))) == [made]
    assert not reviews_visible_to(actor_of(desk.member)).exists()
    with pytest.raises(NotHere):
        review_for(actor_of(make_desk("OTHER").poc), review_id=made.pk)


def test_an_action_is_the_clients_to_finish_or_ours(desk: Desk) -> None:
    made = published_review(desk)
    csm = actor_of(desk.csm)
    theirs = add_action(actor=csm, at=APRIL, review=made, words=WORDS)
    ours = add_action(
        actor=csm,
        at=APRIL,
        review=made,
        words=ActionWords(text="Send the plan", side="provider", owner="Clement", due_on=date(2026, 4, 9)),
    )
    finish_action(actor=actor_of(desk.poc), at=APRIL, action=theirs)
    with refused(NotAllowed):
        finish_action(actor=actor_of(desk.poc), at=APRIL, action=ours)
    theirs.refresh_from_db()
    assert (theirs.done_by, theirs.number, ours.number) == (desk.poc.name, 1, 2)


def test_what_is_late_stands_on_the_desk(desk: Desk) -> None:
    made = published_review(desk)
    late = add_action(actor=actor_of(desk.csm), at=APRIL, review=made, words=WORDS)
    csm = actor_of(desk.csm)
    assert list(overdue_actions(csm, today=date(2026, 4, 11))) == [late]
    assert not overdue_actions(csm, today=date(2026, 4, 10)).exists()


def test_what_is_still_open_stands_in_the_next_pack(desk: Desk) -> None:
    add_action(actor=actor_of(desk.csm), at=APRIL, review=published_review(desk), words=WORDS)
    sections = {one["key"]: one for one in draft_review(desk).pack["sections"]}
    assert sections["actions"]["tables"][0]["rows"][0]["cells"][0] == WORDS.text


@pytest.mark.parametrize("field", ["text", "side", "owner"])
def test_an_action_is_whole(desk: Desk, field: str) -> None:
    made = published_review(desk)
    facts = {"text": "x", "side": "client", "owner": "y", "due_on": date(2026, 4, 9), field: ""}
    with refused(Invalid, field=field):
        add_action(actor=actor_of(desk.csm), at=APRIL, review=made, words=ActionWords(**facts))  # type: ignore[arg-type]


def test_the_doctor_sees_figures_that_were_changed(desk: Desk) -> None:
    made = published_review(desk)
    assert [line for _, rule in PAPER_INVARIANTS for line in rule()] == []
    Review.objects.filter(pk=made.pk).update(pack={**made.pack, "plan": "Another"})
    assert [line for _, rule in PAPER_INVARIANTS for line in rule()] != []
