"""What success managers write in the demo world: assessments, reviews, licences, talks with makers."""

from __future__ import annotations

from datetime import datetime, timedelta

from config.demo.desk import Desk
from config.demo.player import Story
from contracts.queries import environments_of
from proactive.models import Check, Occurrence
from proactive.services import (
    ActionWords,
    Answer,
    FindingWords,
    LicenceCount,
    VendorWords,
    add_action,
    add_finding,
    ask_vendor,
    begin_assessment,
    begin_licence_review,
    count_licences,
    decide_finding,
    follow_up,
    keep_minutes,
    prepare_review,
    publish_assessment,
    publish_licence_review,
    publish_review,
    record_checks,
    record_quote,
    write_agenda,
    write_summary,
)

_FINDINGS = (
    FindingWords(
        severity="high",
        topic="Performance",
        title="The search index was last built before the upgrade",
        detail="Searches miss some of what changed since. The log names the affected segments.",
        recommendation="Build it anew in the next maintenance window; allow two hours.",
    ),
    FindingWords(
        severity="medium",
        topic="Configuration",
        title="One in three custom fields is used by nobody",
        detail="142 of 410 fields hold no value in any open ticket and slow down every screen.",
        recommendation="Agree on a list with the owners, then hide and later remove the unused ones.",
    ),
    FindingWords(
        severity="low",
        topic="Security",
        title="Two access tokens have no end",
        detail="Both belong to a former integration and were last used in spring.",
        recommendation="Revoke them, and give new ones a life of a year.",
    ),
)
_AGENDA = "1. How the service did\n2. Findings and what to do about them\n3. Plans for the next quarter"
_MINUTES = (
    "We went through the figures; the answer times hold.\n\n"
    "* The upgrade is planned for the next quarter.\n* Findings of the assessment are taken up one by one."
)


def write_for(desk: Desk, owed: Occurrence, *, at: datetime) -> bool:
    """Write what fulfils that delivery and publish it; false where a sentence is proof enough."""
    writer = _WRITERS.get(owed.programme.kind)
    return writer(desk, owed, at) if writer else False


def vendor_matter(desk: Desk, *, now: datetime) -> Story:
    """A quote that waits for the client's decision, and one on which somebody should have asked again."""
    at = now - timedelta(days=9)
    yield at
    poc, csm = desk.by(desk.pocs[0]), desk.by(desk.csm)
    words = VendorWords(topic="quote", vendor="The maker", subject="Fifty more licences from next year")
    first = ask_vendor(actor=poc, at=at, contract=desk.contract, words=words)
    words = VendorWords(topic="roadmap", vendor="The maker", subject="When the old editor goes")
    second = ask_vendor(actor=poc, at=at, contract=desk.contract, words=words)
    day = (at + timedelta(days=5)).date()
    follow_up(actor=csm, at=at, request=second, note="Asked our contact there.", follow_up_on=day)
    at = now - timedelta(days=1)
    yield at
    record_quote(
        actor=csm,
        at=at,
        request=first,
        minor_units=412_500,
        currency="EUR",
        valid_until=(now + timedelta(days=21)).date(),
        note="The quote came in; the price holds for the whole year.",
    )


def _assess(desk: Desk, owed: Occurrence, at: datetime) -> bool:
    scope = list(environments_of(desk.contract))
    if not scope:
        return False
    actor = desk.by(desk.csm)
    made = begin_assessment(actor=actor, at=at, contract=desk.contract, environments=scope, occurrence=owed)
    answers = {check.pk: Answer(outcome="fine") for check in Check.objects.filter(assessment=made)}
    record_checks(actor=actor, at=at, assessment=made, answers=answers)
    findings = [
        add_finding(actor=actor, at=at, assessment=made, words=words)
        for words in _FINDINGS[: desk.rng.randint(2, 3)]
    ]
    summary = "The systems are in good order. One thing should be done soon; the others can be planned."
    write_summary(actor=actor, at=at, assessment=made, title=made.title, summary=summary)
    publish_assessment(actor=actor, at=at, assessment=made)
    decide_finding(actor=desk.by(desk.pocs[0]), at=at, finding=findings[0], decision="accept")
    return True


def _review(desk: Desk, owed: Occurrence, at: datetime) -> bool:
    actor, last = desk.by(desk.csm), (at - timedelta(days=1)).date()
    first = max(desk.contract.starts_on, last - timedelta(days=90))
    if first > last:
        return False
    made = prepare_review(
        actor=actor, at=at, contract=desk.contract, from_on=first, to_on=last, occurrence=owed
    )
    write_agenda(actor=actor, at=at, review=made, title=made.title, agenda=_AGENDA)
    publish_review(actor=actor, at=at, review=made)
    people = f"{desk.pocs[0].name}, {desk.csm.name}"
    keep_minutes(actor=actor, at=at, review=made, held_on=last, attendees=people, minutes=_MINUTES)
    for text, side, owner, days in (
        ("Name a day for the upgrade", "client", desk.pocs[0].name, 21),
        ("Send the plan of the upgrade", "provider", desk.csm.name, 30),
    ):
        words = ActionWords(text=text, side=side, owner=owner, due_on=last + timedelta(days=days))
        add_action(actor=actor, at=at, review=made, words=words)
    return True


def _count(desk: Desk, owed: Occurrence, at: datetime) -> bool:
    actor = desk.by(desk.csm)
    made = begin_licence_review(
        actor=actor,
        at=at,
        contract=desk.contract,
        renewal_on=(at + timedelta(days=60)).date(),
        occurrence=owed,
    )
    for product, entitled, used, active in (("Jira", 500, 431, 388), ("Confluence", 400, 402, 395)):
        count = LicenceCount(product=product, entitled=entitled, used=used, active=active)
        count_licences(actor=actor, at=at, review=made, count=count)
    summary = "Forty licences are given out and not used; taking them back covers the growth."
    publish_licence_review(actor=actor, at=at, review=made, summary=summary)
    return True


_WRITERS = {"health_assessment": _assess, "service_review": _review, "licence_optimisation": _count}
