"""Licences (P4): forecast from the last look, what could be saved, published ahead of the renewal."""

from __future__ import annotations

from datetime import date

import pytest

from events.domain.errors import Conflict, Invalid, NotHere
from proactive.domain.licences import Use, advice, forecast_of
from proactive.models import LicenceLine, LicenceReview, Occurrence, State
from proactive.queries import licence_review_for, licence_reviews_visible_to
from proactive.services import (
    LicenceCount,
    begin_licence_review,
    count_licences,
    make_programmes,
    publish_licence_review,
)
from tests.factories import MONDAY, Desk, actor_of, make_desk, moment, refused

RENEWAL = date(2027, 1, 1)
JIRA = LicenceCount(product="Jira", entitled=500, used=420, active=380)


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Total Care, with its programmes made."""
    desk = make_desk()
    make_programmes(at=MONDAY, contract=desk.contract)
    return desk


def begin(desk: Desk, occurrence: Occurrence | None = None) -> LicenceReview:
    """Begin a licence review."""
    return begin_licence_review(
        actor=actor_of(desk.csm),
        at=MONDAY,
        contract=desk.contract,
        renewal_on=RENEWAL,
        occurrence=occurrence,
    )


def publish(desk: Desk, review: LicenceReview) -> LicenceReview:
    """Publish it with a word."""
    return publish_licence_review(
        actor=actor_of(desk.csm), at=MONDAY, review=review, summary="Forty could be taken back."
    )


@pytest.mark.parametrize(
    ("before", "since", "ahead", "expected"),
    [(None, 0, 300, 420), (400, 100, 100, 440), (400, 100, 1, 421), (440, 100, 200, 380), (900, 1, 300, 0)],
)
def test_use_goes_on_changing_as_it_did(before: int | None, since: int, ahead: int, expected: int) -> None:
    found = forecast_of(420, used_before=before, days_since=since, days_ahead=ahead)
    assert found == expected


@pytest.mark.parametrize(
    ("use", "said"),
    [
        (Use(entitled=500, used=420, active=380, forecast=420), "80 need not be renewed"),
        (Use(entitled=400, used=420, active=420, forecast=450), "50 short by the renewal"),
        (Use(entitled=420, used=420, active=380, forecast=420), "take them back"),
        (Use(entitled=420, used=420, active=420, forecast=420), "Fits as it is."),
    ],
)
def test_what_could_be_done_is_said_in_words(use: Use, said: str) -> None:
    assert said in advice(use)


def test_it_is_due_two_months_before_the_year_ends(desk: Desk) -> None:
    owed = Occurrence.objects.filter(programme__kind="licence_optimisation").earliest("id")
    assert owed.window_last_on == date(2026, 11, 1)


def test_publishing_delivers_it(desk: Desk) -> None:
    owed = Occurrence.objects.filter(programme__kind="licence_optimisation").earliest("id")
    made = begin(desk, owed)
    count_licences(actor=actor_of(desk.csm), at=MONDAY, review=made, count=JIRA)
    publish(desk, made)
    owed.refresh_from_db()
    assert owed.state == State.DELIVERED


def test_the_forecast_goes_by_the_last_published_look(desk: Desk) -> None:
    first = begin(desk)
    count_licences(actor=actor_of(desk.csm), at=MONDAY, review=first, count=JIRA)
    publish(desk, first)
    later = moment("2026-06-10 09:00")
    more = LicenceCount(product="jira", entitled=500, used=520, active=500)
    line = count_licences(actor=actor_of(desk.csm), at=later, review=begin(desk), count=more)
    assert (line.used_before, line.forecast) == (420, 725)


def test_counting_a_product_again_corrects_it(desk: Desk) -> None:
    made = begin(desk)
    for entitled in (500, 450):
        again = LicenceCount(product="Jira", entitled=entitled, used=420, active=380)
        count_licences(actor=actor_of(desk.csm), at=MONDAY, review=made, count=again)
    assert LicenceLine.objects.get().entitled == 450


def test_not_more_are_used_than_given_out(desk: Desk) -> None:
    made = begin(desk)
    wrong = LicenceCount(product="Jira", entitled=500, used=1, active=2)
    with refused(Invalid, field="active"):
        count_licences(actor=actor_of(desk.csm), at=MONDAY, review=made, count=wrong)


def test_nothing_is_published_uncounted_and_what_is_published_stays(desk: Desk) -> None:
    made = begin(desk)
    with refused(Conflict, match="Count at least one"):
        publish(desk, made)
    count_licences(actor=actor_of(desk.csm), at=MONDAY, review=made, count=JIRA)
    publish(desk, made)
    with refused(Conflict, match="published"):
        count_licences(actor=actor_of(desk.csm), at=MONDAY, review=made, count=JIRA)


def test_members_and_strangers_do_not_read_it(desk: Desk) -> None:
    made = begin(desk)
    count_licences(actor=actor_of(desk.csm), at=MONDAY, review=made, count=JIRA)
    publish(desk, made)
    assert list(licence_reviews_visible_to(actor_of(desk.observer))) == [made]
    for person in (desk.member, make_desk("OTHER").poc):
        with pytest.raises(NotHere):
            licence_review_for(actor_of(person), review_id=made.pk)
