"""Two clients that have one of everything, and people of the one who try the doors of the other."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.test import Client as Browser

from accounts.models import Person
from accounts.services import disable_person, invite, issue_key, revoke_key
from contracts.models import Environment, OnboardingStep
from contracts.services import announce_maintenance_window, issue_interconnection_key, propose_rule
from escalation.models import Booking, Handoff
from escalation.services import (
    QuestionWords,
    ask_account_executive,
    raise_escalation,
    set_default_path,
)
from events.domain.actor import SYSTEM, Actor
from hours.services import log_time, question_line, request_overage, request_top_up, start_timer
from intake.services import ask_for_export, sort_mail
from notify.models import Delivery
from notify.services import add_endpoint
from proactive.domain.checks import Check, Level
from proactive.domain.signals import Signal
from proactive.models import Occurrence, Problem
from proactive.services import ActionWords, ItemWords, add_action, make_programmes
from proactive.services.problems import settle_alerts
from proactive.services.receiving import keep_signals
from proactive.services.watching import issue_monitoring_key
from tests.factories import (
    MONDAY,
    Desk,
    actor_of,
    make_contact,
    make_contract,
    make_desk,
    make_environment,
    make_team,
    make_ticket,
    moment,
)
from tests.factories.joined import make_interconnection
from tests.factories.mailings import announced_webinar, sent_insight
from tests.factories.papers import published_assessment
from tests.factories.reviews import APRIL, licences_and_matter, published_review
from tests.intake.letters import letter, received
from tickets.models import Document, Ticket
from tickets.services import (
    ask_approval,
    link_tickets,
    plan_change,
    post_message,
    propose_urgency,
    save_canned_reply,
    save_view,
    store_attachment,
)

NOON = moment("2026-03-02 12:00")
LATER = moment("2026-03-02 13:00")

#: What an address of nothing looks like, place by place; texts for texts, numbers for numbers.
MISSING = {"client": "zzzz", "key": "ZZZZ-9", "token": "nothing", "month": "2026-03"}
MISSING_ID = 999_999_999


@dataclass(frozen=True, kw_only=True)
class Half:
    """One client with its people, and what stands in each place of an address that is about it."""

    desk: Desk
    values: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class World:
    """The client whose things are looked for, and the one whose people look."""

    alpha: Half
    beta: Half
    people: dict[str, Person | None]
    keys: dict[str, str]

    def browser(self, who: str) -> Browser:
        """A browser in which that person has signed in; `stranger` has not."""
        browser = Browser()
        person = self.people[who]
        if person is not None:
            browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return browser


def make_tenancy_world() -> World:
    """Both clients, and everybody who must not get through to the first."""
    alpha, beta = _half("ALPHA"), _half("BETA")
    gone = make_contact(alpha.desk.client, "poc", name="Gone")
    disable_person(actor=SYSTEM, at=NOON, person=gone)
    theirs = beta.desk
    people: dict[str, Person | None] = {
        "stranger": None,
        "closed account": gone,
        "point of contact": theirs.poc,
        "member": theirs.member,
        "observer": theirs.observer,
        "engineer": theirs.engineer,
        "success manager": theirs.csm,
        "account executive": theirs.account_executive,
    }
    return World(alpha=alpha, beta=beta, people=people, keys=_keys(alpha.desk, theirs))


def _keys(ours: Desk, theirs: Desk) -> dict[str, str]:
    _, client_key = issue_key(actor=SYSTEM, at=MONDAY, name="Other desk", client=theirs.client)
    _, staff_key = issue_key(actor=SYSTEM, at=MONDAY, name="Script", person=theirs.engineer)
    dead, dead_key = issue_key(actor=SYSTEM, at=MONDAY, name="Dead", client=ours.client)
    revoke_key(actor=SYSTEM, at=MONDAY, key=dead)
    return {"no key": "", "client key": client_key, "staff key": staff_key, "dead key": dead_key}


def _half(key: str) -> Half:
    desk = make_desk(key)
    poc, engineer = actor_of(desk.poc), actor_of(desk.engineer)
    set_default_path(at=MONDAY, contract=desk.contract)
    ticket = make_ticket(desk.contract, requester=desk.poc, subject=f"Secret of {key}")
    other = make_ticket(desk.contract, requester=desk.poc, subject=f"Second secret of {key}")
    file = File(io.BytesIO(key.encode()), name=f"{key}.txt")
    attachment = store_attachment(actor=poc, at=NOON, client=desk.client, name=f"{key}.txt", content=file)
    message = post_message(
        actor=poc, at=NOON, ticket=ticket, body=f"Secret words of {key}", attachments=[attachment]
    )
    approval = ask_approval(
        actor=engineer,
        at=NOON,
        ticket=ticket,
        kind="other",
        question=f"May we, {key}?",
        asked_of_role="poc",
    )
    proposal = propose_urgency(actor=engineer, at=NOON, ticket=ticket, urgency="low", reason="Small")
    escalation = raise_escalation(actor=poc, at=NOON, ticket=ticket, ground="other", reason=key)
    link = link_tickets(actor=engineer, at=NOON, source=ticket, target=other, kind="relates")
    entry = log_time(
        actor=engineer, at=NOON, ticket=ticket, minutes=20, worked_on=NOON.date(), note=f"Work for {key}"
    )
    question = question_line(actor=poc, at=NOON, entry=entry, text=f"What for, {key}?")
    overage = request_overage(actor=engineer, at=NOON, ticket=ticket, minutes=60, text=f"More for {key}")
    start_timer(actor=engineer, at=NOON, ticket=ticket)
    delivery = Delivery.objects.filter(ticket=ticket).earliest("id")
    return Half(
        desk=desk,
        values={
            **_surroundings(desk, key),
            "client": desk.client.slug,
            "key": ticket.key,
            "attachment_id": attachment.pk,
            "message_id": message.pk,
            "approval_id": approval.pk,
            "proposal_id": proposal.pk,
            "escalation_id": escalation.pk,
            "link_id": link.pk,
            "entry_id": entry.pk,
            **_papers(desk, ticket),
            "question_id": question.pk,
            "request_id": overage.pk,
            "overage_id": overage.pk,
            "delivery_id": delivery.pk,
            "handoff_id": _handed(desk, ticket).pk,
        },
    )


def _handed(desk: Desk, ticket: Ticket) -> Handoff:
    """A handoff of the ticket, which lasts until the afternoon."""
    team = make_team(key=f"crew-{len(desk.client.key)}")
    return Handoff.objects.create(
        client=desk.client, ticket=ticket, from_team=team, ends_at=LATER, made_at=NOON
    )


def _asked_for(desk: Desk, key: str) -> dict[str, Any]:
    """A question to the account executive, and a booked weekend."""
    words = QuestionWords(topic="pricing", subject=f"Secret price of {key}", text=f"What does {key} pay?")
    question = ask_account_executive(actor=actor_of(desk.poc), at=NOON, client=desk.client, words=words)
    booking = Booking.objects.create(
        client=desk.client,
        contract=desk.contract,
        starts_at=LATER,
        ends_at=LATER.replace(hour=15),
        summary=f"Secret upgrade of {key}",
        asked_by_name=key,
        asked_at=MONDAY,
    )
    return {"commercial_id": question.pk, "booking_id": booking.pk}


def _papers(desk: Desk, ticket: Ticket) -> dict[str, Any]:
    """A document that the client reads, and a planned change."""
    document = Document.objects.create(
        client=desk.client, ticket=ticket, kind="root-cause", label="Root cause", published_at=NOON
    )
    document.editions.create(number=1, body=f"Secret cause of {desk.client.key}", published_at=NOON)
    steps = plan_change(actor=actor_of(desk.engineer), at=NOON, ticket=ticket, template="upgrade")
    return {"kind": document.kind, "template": "upgrade", "change_step_id": steps[0].pk}


def _mail(desk: Desk, key: str) -> int:
    """A mail of a contact whom nobody vouched for: it waits for the client's staff."""
    mail = received(letter(desk.poc.email, subject=f"Secret mail of {key}", proof=""), at=NOON)
    sort_mail(at=NOON)
    return mail.pk


def _kept_by(engineer: Actor, key: str) -> dict[str, Any]:
    view = save_view(actor=engineer, name=f"View of {key}", query="rank=1")
    text = save_canned_reply(actor=engineer, at=NOON, title=key, body=f"Text of {key}")
    return {"view_id": view.pk, "text_id": text.pk}


def _surroundings(desk: Desk, key: str) -> dict[str, Any]:
    environment = make_environment(desk.contract, f"Production of {key}")
    rule = propose_rule(
        actor=actor_of(desk.csm), at=NOON, contract=desk.contract, title=f"Rule of {key}", body="Ask first."
    )
    packs = make_contract(desk.client, "pay-as-you-go")
    top_up = request_top_up(actor=actor_of(desk.poc), at=NOON, contract=packs, pack="20-hours")
    programme = make_programmes(at=NOON, contract=desk.contract)[0]
    occurrence = Occurrence.objects.filter(programme__contract=desk.contract).earliest("id")
    assessment, finding = published_assessment(desk, environment)
    review = published_review(desk)
    licences, matter = licences_and_matter(desk)
    words = ActionWords(text=f"Secret act of {key}", side="client", owner=key, due_on=LATER.date())
    action = add_action(actor=actor_of(desk.csm), at=APRIL, review=review, words=words)
    webhook, _ = add_endpoint(
        actor=actor_of(desk.poc), at=NOON, client=desk.client, url=f"https://192.0.2.7/{key.lower()}"
    )
    joined = make_interconnection(desk, name=f"Secret system of {key}")
    api_key, _ = issue_interconnection_key(actor=actor_of(desk.poc), at=NOON, interconnection=joined)
    return {
        **_setting_up(desk, key),
        "interconnection_id": joined.pk,
        "export_id": ask_for_export(actor=actor_of(desk.administrator), at=NOON, client=desk.client).pk,
        "contract_id": desk.contract.pk,
        "environment_id": environment.pk,
        **_watched(desk, environment, key),
        **_asked_for(desk, key),
        "version_id": rule.pk,
        "sop_id": rule.sop_id,
        "top_up_id": top_up.pk,
        "programme_id": programme.pk,
        "occurrence_id": occurrence.pk,
        "assessment_id": assessment.pk,
        "place_id": assessment.places.earliest("id").pk,
        "finding_id": finding.pk,
        "licence_id": licences.pk,
        "vendor_id": matter.pk,
        **_mailed(desk, key),
        "review_id": review.pk,
        "action_id": action.pk,
        "key_id": api_key.pk,
        "person_id": desk.member.pk,
        "webhook_id": webhook.pk,
        "endpoint_id": webhook.pk,
        "plan_key": desk.contract.plan_version.key,
        "month": "2026-03",
        "act": "stop",
        "to": "resolved",
    }


def _watched(desk: Desk, environment: Environment, key: str) -> dict[str, Any]:
    window = announce_maintenance_window(
        actor=actor_of(desk.engineer),
        at=NOON,
        environment=environment,
        starts_at=LATER,
        ends_at=LATER.replace(hour=15),
        summary=f"Secret work of {key}",
        told=[desk.poc.email],
    )
    monitoring_key, _ = issue_monitoring_key(
        actor=SYSTEM, at=MONDAY, environment=environment, name=f"Nagios of {key}"
    )
    found = Signal(
        source="nagios", identity=key, name=f"Secret host of {key}", check=Check.LOAD, stated=Level.CRITICAL
    )
    keep_signals(at=NOON, environment=environment, signals=[found])
    settle_alerts(at=NOON)
    problem = Problem.objects.get(environment=environment)
    return {
        "window_id": window.pk,
        "check": "load",
        "monitoring_key_id": monitoring_key.pk,
        "problem_id": problem.pk,
    }


def _mailed(desk: Desk, key: str) -> dict[str, Any]:
    """An insight that was sent, and an event that people are invited to."""
    words = ItemWords(topic="news", title=f"Secret news of {key}", body="Read on.")
    insight = sent_insight(desk, words, at=NOON)
    webinar = announced_webinar(desk, at=NOON)
    return {
        "mailing_id": insight.pk,
        "item_id": insight.items.earliest("id").pk,
        "webinar_id": webinar.pk,
    }


def _setting_up(desk: Desk, key: str) -> dict[str, Any]:
    called = invite(
        actor=actor_of(desk.poc),
        at=NOON,
        email=f"new@{key.lower()}.example",
        name="New",
        client=desk.client,
        role="member",
    )
    step = OnboardingStep.objects.create(
        contract=desk.contract, key="kick-off", label="Kick-off", owner="client", due_on=NOON.date()
    )
    return {
        **_kept_by(actor_of(desk.engineer), key),
        "assignment_id": desk.client.assignments.earliest("id").pk,
        "calendar_id": desk.contract.calendar_id,
        "invitation_id": called.pk,
        "mail_id": _mail(desk, key),
        "step_id": step.pk,
        "precondition": "named-contacts",
    }
