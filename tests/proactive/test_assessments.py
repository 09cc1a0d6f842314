"""Health assessments (P2): scope, points, publishing, and that what is published stays."""

from __future__ import annotations

import pytest
from django.utils import timezone

from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from proactive.models import Assessment, Check, Occurrence, State
from proactive.queries import assessment_for, assessments_visible_to, checks_of
from proactive.services import (
    Answer,
    begin_assessment,
    make_programmes,
    publish_assessment,
    record_checks,
    write_summary,
)
from tests.factories import MONDAY, Desk, actor_of, make_desk, make_environment, moment, refused
from tests.factories.papers import draft_assessment, published_assessment


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Premier, whose first health check belongs to the onboarding."""
    desk = make_desk(plan="premier-support")
    make_programmes(at=MONDAY, contract=desk.contract)
    return desk


@pytest.fixture
def initial(desk: Desk) -> Occurrence:
    """The health check of the onboarding."""
    return Occurrence.objects.get(programme__contract=desk.contract, is_initial=True)


def test_each_environment_gets_the_points_of_its_product_and_of_the_plan(
    desk: Desk, initial: Occurrence
) -> None:
    jira = make_environment(desk.contract)
    wiki = make_environment(desk.contract, "Wiki", product="Confluence")
    made = draft_assessment(desk, jira, wiki, occurrence=initial, looked_at=False)
    topics = {(check.place.name, check.topic) for check in checks_of(made)}
    assert {("Production", "Other improvements"), ("Wiki", "Other improvements")} <= topics
    assert any("Index" in check.text for check in checks_of(made) if check.place.name == "Production")
    assert not any("Index" in check.text for check in checks_of(made) if check.place.name == "Wiki")


def test_the_scope_keeps_the_version_that_was_looked_at(desk: Desk) -> None:
    environment = make_environment(desk.contract)
    made = draft_assessment(desk, environment)
    environment.version = "11.0"
    environment.save()
    assert str(made.places.get()) == "Production (Jira 10.3)"


def test_beginning_begins_the_delivery_and_publishing_delivers_it(desk: Desk, initial: Occurrence) -> None:
    draft = draft_assessment(desk, occurrence=initial)
    initial.refresh_from_db()
    before = initial.state
    publish_assessment(actor=actor_of(desk.csm), at=moment("2026-03-09 09:00"), assessment=draft)
    initial.refresh_from_db()
    assert (before, initial.state) == (State.IN_PROGRESS, State.DELIVERED)
    assert initial.proof == f"{draft.title}, with 0 findings"


def test_a_delivery_has_one_assessment(desk: Desk, initial: Occurrence) -> None:
    draft_assessment(desk, occurrence=initial)
    environment = make_environment(desk.contract, "Second")
    with refused(Conflict, match="begun already"):
        draft_assessment(desk, environment, occurrence=initial)
    assert Assessment.objects.count() == 1


def test_a_delivery_of_another_service_is_refused(desk: Desk) -> None:
    other = make_desk("OTHER")
    make_programmes(at=MONDAY, contract=other.contract)
    review = Occurrence.objects.filter(programme__contract=other.contract).earliest("id")
    environment = make_environment(other.contract)
    with refused(Invalid, match="another service"):
        draft_assessment(other, environment, occurrence=review)


def test_a_scope_is_needed_and_is_of_the_contract(desk: Desk) -> None:
    foreign = make_environment(make_desk("OTHER").contract)
    retired = make_environment(desk.contract, "Old", retired_at=timezone.now())
    for scope in ([], [foreign], [retired]):
        with refused(Invalid, field="environments"):
            begin_assessment(actor=actor_of(desk.csm), at=MONDAY, contract=desk.contract, environments=scope)


def test_it_is_not_published_before_every_point_was_looked_at(desk: Desk) -> None:
    draft = draft_assessment(desk, looked_at=False)
    with refused(Conflict, match="not looked at"):
        publish_assessment(actor=actor_of(desk.csm), at=MONDAY, assessment=draft)


def test_it_is_not_published_without_a_summary(desk: Desk) -> None:
    draft = draft_assessment(desk)
    Assessment.objects.update(summary="")
    with refused(Invalid, match="summary"):
        publish_assessment(actor=actor_of(desk.csm), at=MONDAY, assessment=draft)


def test_what_is_published_stays_as_it_was_read(desk: Desk) -> None:
    made, _ = published_assessment(desk)
    check = Check.objects.filter(assessment=made).earliest("id")
    actor, answers = actor_of(desk.csm), {check.pk: Answer(outcome="")}
    with refused(Conflict, match="published"):
        publish_assessment(actor=actor, at=MONDAY, assessment=made)
    with refused(Conflict, match="published"):
        write_summary(actor=actor, at=MONDAY, assessment=made, title="x", summary="y")
    with refused(Conflict, match="published"):
        record_checks(actor=actor, at=MONDAY, assessment=made, answers=answers)
    assert Record.objects.filter(kind="assessment.published").count() == 1


def test_an_answer_is_one_of_the_outcomes_and_of_this_assessment(desk: Desk) -> None:
    draft = draft_assessment(desk, looked_at=False)
    check = Check.objects.filter(assessment=draft).earliest("id")
    for answers in ({check.pk: Answer(outcome="splendid")}, {999_999: Answer(outcome="fine")}):
        with refused(Invalid):
            record_checks(actor=actor_of(desk.csm), at=MONDAY, assessment=draft, answers=answers)


def test_contacts_read_what_is_published_alone(desk: Desk) -> None:
    draft = draft_assessment(desk)
    made, _ = published_assessment(desk, make_environment(desk.contract, "Second"))
    assert list(assessments_visible_to(actor_of(desk.observer))) == [made]
    assert {one.pk for one in assessments_visible_to(actor_of(desk.engineer))} == {draft.pk, made.pk}
    with pytest.raises(NotHere):
        assessment_for(actor_of(desk.poc), assessment_id=draft.pk)


def test_another_client_finds_nothing(desk: Desk) -> None:
    made, _ = published_assessment(desk)
    other = make_desk("OTHER")
    for person in (other.poc, other.csm):
        with pytest.raises(NotHere):
            assessment_for(actor_of(person), assessment_id=made.pk)


def test_contacts_and_account_executives_write_none(desk: Desk) -> None:
    environment = make_environment(desk.contract)
    for role in ("poc", "account_executive"):
        actor = actor_of(desk.person(role))
        with refused(NotAllowed):
            begin_assessment(actor=actor, at=MONDAY, contract=desk.contract, environments=[environment])
