"""Talks with makers (P7): asked, followed up in time, quoted, decided once, closed."""

from __future__ import annotations

from datetime import date

import pytest

from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from proactive.models import VendorRequest
from proactive.queries import overdue_follow_ups, vendor_request_for, vendor_requests_visible_to
from proactive.services import (
    VendorWords,
    ask_vendor,
    close_vendor_request,
    decide_quote,
    follow_up,
    make_programmes,
    record_quote,
)
from tests.factories import MONDAY, Desk, actor_of, make_desk, moment, refused

WORDS = VendorWords(topic="quote", vendor="Maker", subject="500 licences")


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Total Care, whose plan carries talks with makers."""
    desk = make_desk()
    make_programmes(at=MONDAY, contract=desk.contract)
    return desk


@pytest.fixture
def asked(desk: Desk) -> VendorRequest:
    """Something that a point of contact asked for."""
    return ask_vendor(actor=actor_of(desk.poc), at=MONDAY, contract=desk.contract, words=WORDS)


def quote(desk: Desk, asked: VendorRequest) -> VendorRequest:
    """A quote of 1,234.50 euros, valid through March."""
    return record_quote(
        actor=actor_of(desk.csm),
        at=MONDAY,
        request=asked,
        minor_units=123_450,
        currency="eur",
        valid_until=date(2026, 3, 31),
    )


def test_a_step_sets_the_day_to_ask_again(desk: Desk, asked: VendorRequest) -> None:
    row = follow_up(
        actor=actor_of(desk.csm), at=MONDAY, request=asked, note="Written.", follow_up_on=date(2026, 3, 9)
    )
    assert (row.state, row.owner, row.notes.get().text) == ("waiting", desk.csm, "Written.")


def test_what_nobody_asked_about_again_stands_on_the_desk(desk: Desk, asked: VendorRequest) -> None:
    csm = actor_of(desk.csm)
    follow_up(actor=csm, at=MONDAY, request=asked, note="Written.", follow_up_on=date(2026, 3, 9))
    assert not overdue_follow_ups(csm, today=date(2026, 3, 9)).exists()
    assert list(overdue_follow_ups(csm, today=date(2026, 3, 10))) == [asked]
    close_vendor_request(actor=csm, at=MONDAY, request=asked, outcome="Not needed.")
    assert not overdue_follow_ups(csm, today=date(2026, 3, 10)).exists()


def test_a_quote_is_decided_once_by_a_point_of_contact(desk: Desk, asked: VendorRequest) -> None:
    quote(desk, asked)
    decided = decide_quote(actor=actor_of(desk.poc), at=MONDAY, request=asked, accept=True)
    assert (decided.state, decided.decided_by, decided.quote_currency) == ("accepted", desk.poc.name, "EUR")
    with refused(Conflict, match="Nothing is to be decided"):
        decide_quote(actor=actor_of(desk.poc), at=MONDAY, request=asked, accept=False)


@pytest.mark.parametrize("role", ["member", "observer", "csm", "administrator"])
def test_others_decide_nothing(desk: Desk, asked: VendorRequest, role: str) -> None:
    quote(desk, asked)
    with refused(NotAllowed):
        decide_quote(actor=actor_of(desk.person(role)), at=MONDAY, request=asked, accept=True)


def test_a_quote_that_ran_out_is_not_accepted(desk: Desk, asked: VendorRequest) -> None:
    quote(desk, asked)
    with refused(Conflict, match="run out"):
        decide_quote(actor=actor_of(desk.poc), at=moment("2026-04-01 09:00"), request=asked, accept=True)


def test_a_new_quote_is_to_be_decided_again(desk: Desk, asked: VendorRequest) -> None:
    quote(desk, asked)
    decide_quote(actor=actor_of(desk.poc), at=MONDAY, request=asked, accept=False, note="Too much.")
    assert quote(desk, asked).state == "quoted"


def test_a_plan_without_such_talks_carries_none(db: None) -> None:
    premier = make_desk(plan="premier-support")
    make_programmes(at=MONDAY, contract=premier.contract)
    with refused(Invalid, match="does not carry"):
        ask_vendor(actor=actor_of(premier.poc), at=MONDAY, contract=premier.contract, words=WORDS)


def test_what_is_wanted_is_said(desk: Desk) -> None:
    wrong = {"topic": ("x", "Maker", "y"), "vendor": ("quote", " ", "y"), "subject": ("quote", "Maker", "")}
    for field, (topic, vendor, subject) in wrong.items():
        words = VendorWords(topic=topic, vendor=vendor, subject=subject)
        with refused(Invalid, field=field):
            ask_vendor(actor=actor_of(desk.poc), at=MONDAY, contract=desk.contract, words=words)


def test_what_is_closed_stays_so(desk: Desk, asked: VendorRequest) -> None:
    close_vendor_request(actor=actor_of(desk.csm), at=MONDAY, request=asked, outcome="Bought elsewhere.")
    with refused(Conflict, match="closed"):
        quote(desk, asked)


def test_members_and_strangers_find_nothing(desk: Desk, asked: VendorRequest) -> None:
    assert list(vendor_requests_visible_to(actor_of(desk.observer))) == [asked]
    for person in (desk.member, make_desk("OTHER").csm):
        with pytest.raises(NotHere):
            vendor_request_for(actor_of(person), request_id=asked.pk)
