"""Makes reviews of services and licences, and a matter with a maker."""

from datetime import date

from proactive.models import LicenceReview, Occurrence, Review, VendorRequest
from proactive.services import (
    LicenceCount,
    VendorWords,
    ask_vendor,
    begin_licence_review,
    count_licences,
    prepare_review,
    publish_licence_review,
    publish_review,
    write_agenda,
)
from tests.factories.desks import Desk
from tests.factories.moments import moment
from tests.factories.people import actor_of

APRIL = moment("2026-04-02 09:00")


def draft_review(
    desk: Desk,
    *,
    from_on: date = date(2026, 3, 1),
    to_on: date = date(2026, 3, 31),
    agenda: str = "1. Figures\n2. Upgrade",
    occurrence: Occurrence | None = None,
) -> Review:
    """A draft over March, with an agenda unless it is left empty."""
    actor = actor_of(desk.csm)
    made = prepare_review(
        actor=actor, at=APRIL, contract=desk.contract, from_on=from_on, to_on=to_on, occurrence=occurrence
    )
    return write_agenda(actor=actor, at=APRIL, review=made, title=made.title, agenda=agenda)


def published_review(desk: Desk, *, occurrence: Occurrence | None = None) -> Review:
    """A published review over March."""
    draft = draft_review(desk, occurrence=occurrence)
    return publish_review(actor=actor_of(desk.csm), at=APRIL, review=draft)


def licences_and_matter(desk: Desk) -> tuple[LicenceReview, VendorRequest]:
    """A published look at the licences, and something asked of a maker."""
    actor = actor_of(desk.csm)
    made = begin_licence_review(actor=actor, at=APRIL, contract=desk.contract, renewal_on=date(2027, 1, 1))
    count = LicenceCount(product="Jira", entitled=500, used=420, active=380)
    count_licences(actor=actor, at=APRIL, review=made, count=count)
    publish_licence_review(actor=actor, at=APRIL, review=made, summary="Take some back.")
    words = VendorWords(topic="quote", vendor="Maker", subject="500 licences")
    return made, ask_vendor(actor=actor, at=APRIL, contract=desk.contract, words=words)
