"""Service reviews in the portal (P3)."""

from __future__ import annotations

import re
from datetime import date

import pytest

from proactive.models import Review
from proactive.services import ActionWords, add_action
from tests.factories import Desk, actor_of, make_desk
from tests.factories.reviews import APRIL, draft_review, published_review
from tests.web.portal.conftest import EnterAs


@pytest.fixture
def review(desk: Desk) -> Review:
    """A published review."""
    return published_review(desk)


def test_every_address_in_the_figures_opens_in_the_portal(review: Review, enter: EnterAs) -> None:
    poc = enter("poc")
    page = poc.page("review", review_id=review.pk)
    found = set(re.findall(r'<dd class="cd-tile__n"><a href="([^"]+)"', page))
    assert len(found) >= 5
    assert {poc.browser.get(one.replace("&amp;", "&")).status_code for one in found} == {200}
    assert "/success/" not in page


def test_it_stands_among_the_reports(review: Review, enter: EnterAs) -> None:
    assert review.title in enter("observer").page("services")
    assert review.title not in enter("member").page("services")


def test_drafts_members_and_strangers_find_nothing(desk: Desk, review: Review, enter: EnterAs) -> None:
    draft = draft_review(desk)
    assert enter("poc").get("review", review_id=draft.pk).status_code == 404
    assert enter("member").get("review", review_id=review.pk).status_code == 404
    stranger = enter(person=make_desk("ORCA").poc, slug="orca")
    assert stranger.get("review_pdf", review_id=review.pk).status_code == 404


def test_what_one_took_on_is_said_to_be_done(desk: Desk, review: Review, enter: EnterAs) -> None:
    words = ActionWords(text="Book the upgrade", side="client", owner="Mara", due_on=date(2026, 4, 10))
    action = add_action(actor=actor_of(desk.csm), at=APRIL, review=review, words=words)
    poc = enter("poc")
    assert "Book the upgrade" in poc.page("review", review_id=review.pk)
    poc.post("action_done", action_id=action.pk)
    action.refresh_from_db()
    assert action.done_by == desk.poc.name


def test_it_can_be_had_as_a_file(review: Review, enter: EnterAs) -> None:
    assert enter("poc").get("review_pdf", review_id=review.pk).content[:5] == b"%PDF-"
