"""Licences and talks with makers in the portal (P4, P7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from proactive.models import LicenceReview, VendorRequest
from proactive.services import (
    LicenceCount,
    VendorWords,
    ask_vendor,
    begin_licence_review,
    count_licences,
    make_programmes,
    publish_licence_review,
    record_quote,
)
from tests.factories import Desk, actor_of
from tests.web.portal.conftest import EnterAs

NOW = timezone.now()
WORDS = VendorWords(topic="quote", vendor="Maker", subject="500 licences")


@pytest.fixture
def asked(desk: Desk) -> VendorRequest:
    """A matter with a quote that waits for a decision."""
    make_programmes(at=NOW, contract=desk.contract)
    made = ask_vendor(actor=actor_of(desk.poc), at=NOW, contract=desk.contract, words=WORDS)
    return record_quote(
        actor=actor_of(desk.csm),
        at=NOW,
        request=made,
        minor_units=123_450,
        currency="EUR",
        valid_until=NOW.date() + timedelta(days=30),
    )


def test_a_quote_is_accepted(asked: VendorRequest, enter: EnterAs) -> None:
    poc = enter("poc")
    assert "€1,234.50" in poc.page("vendor", vendor_id=asked.pk)
    poc.post("decide_quote", {"decision": "accept", "note": "Good."}, vendor_id=asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.notes.latest("id").text) == ("accepted", "Good.")


def test_something_is_asked_for(desk: Desk, asked: VendorRequest, enter: EnterAs) -> None:
    typed = {"contract": desk.contract.pk, "topic": "roadmap", "vendor": "Maker", "subject": "Next year"}
    assert enter("poc").post("vendors", {**typed, "subject": ""}).status_code == 422
    enter("poc").post("vendors", typed)
    assert VendorRequest.objects.count() == 2
    assert "Next year" in enter("observer").page("vendors")


def test_a_member_finds_none_of_it(asked: VendorRequest, enter: EnterAs) -> None:
    member = enter("member")
    assert member.get("vendors").status_code == 404
    assert member.get("vendor", vendor_id=asked.pk).status_code == 404


def test_a_published_licence_review_is_read(desk: Desk, enter: EnterAs) -> None:
    actor, renewal = actor_of(desk.csm), NOW.date() + timedelta(days=200)
    made = begin_licence_review(actor=actor, at=NOW, contract=desk.contract, renewal_on=renewal)
    count = LicenceCount(product="Jira", entitled=500, used=420, active=380)
    count_licences(actor=actor, at=NOW, review=made, count=count)
    assert enter("poc").get("licences", licence_id=made.pk).status_code == 404
    publish_licence_review(actor=actor, at=NOW, review=made, summary="Take some back.")
    page = enter("poc").page("licences", licence_id=LicenceReview.objects.get().pk)
    assert "40 given out and not used" in page
