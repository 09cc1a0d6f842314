"""The main story of the desk, through services and sweeps alone, once under every plan of the catalogue."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.mail import EmailMessage

from accounts.queries import actor_by_key
from accounts.services import issue_key
from contracts.queries import effective_plan
from escalation.queries import of_ticket, open_for
from events.domain.actor import SYSTEM
from hours.queries import balance_of, statement
from hours.services import grant_periods, log_time
from notify.models import Delivery
from notify.services import deliver_due, dispatch
from slo.models import Clock, Verdict
from slo.queries import clocks_of, compliance, explain
from slo.services import sweep_due
from tests.factories import actor_of
from tests.factories.promises import catalogue
from tests.flows.story import FILED, Cast, cast_for, file_ticket, later
from tickets.models import Ticket, Visibility
from tickets.queries import events_for, messages_for
from tickets.services import assign, change_status, post_message

PLANS = sorted(catalogue().plans)


@pytest.fixture(params=PLANS)
def cast(request: pytest.FixtureRequest, db: None) -> Cast:
    """The people of the story, under each plan."""
    return cast_for(request.param)


@pytest.fixture
def total_care(db: None) -> Cast:
    """The people of the story on Total Care."""
    return cast_for("total-care")


def first_response(ticket: Ticket) -> Clock | None:
    """The ticket's first-response clock; None where the plan has none."""
    return next((one for one in clocks_of([ticket.pk])[ticket.pk] if one.objective == "first_response"), None)


def test_a_ticket_has_a_number_of_its_client_and_its_history_from_the_start(cast: Cast) -> None:
    ticket = file_ticket(cast)

    assert ticket.key == "HALD-1"
    assert events_for(cast.client_side, ticket)[0].kind == "ticket.opened"


def test_the_first_answer_is_due_by_the_business_calendar(total_care: Cast) -> None:
    ticket = file_ticket(total_care)

    clock = first_response(ticket)
    assert clock is not None
    assert clock.due_at == later(30)


def test_receipt_and_desk_mail_are_rows_of_the_same_transaction(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    file_ticket(cast)

    told = set(Delivery.objects.filter(channel="email").values_list("person__email", flat=True))
    assert {cast.poc.email, cast.engineer.email} <= told
    assert mailoutbox == []


def test_the_worker_delivers_what_was_written(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    ticket = file_ticket(cast)

    deliver_due(at=later(1))

    assert sorted(mail.to[0] for mail in mailoutbox) == sorted({cast.poc.email, cast.engineer.email})
    assert all(mail.subject.startswith(ticket.key) for mail in mailoutbox)


def test_an_internal_note_moves_no_clock_and_stays_with_staff(cast: Cast) -> None:
    ticket = file_ticket(cast)
    assign(actor=cast.desk_side, at=later(1), ticket=ticket, assignee=cast.engineer)
    before = first_response(ticket)

    post_message(
        actor=cast.desk_side, at=later(2), ticket=ticket, body="Sesame", visibility=Visibility.INTERNAL
    )

    after = first_response(ticket)
    assert (before and before.state, before and before.due_at) == (
        after and after.state,
        after and after.due_at,
    )
    assert "Sesame" not in [one.body for one in messages_for(cast.client_side, ticket)]


def test_a_public_reply_meets_the_first_response_and_reaches_the_client(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    ticket = file_ticket(cast)

    post_message(actor=cast.desk_side, at=later(5), ticket=ticket, body="We are on it.")
    deliver_due(at=later(6))

    clock = first_response(ticket)
    assert clock is None or clock.state in ("met", "exempt")
    assert any("We are on it." in str(mail.body) for mail in mailoutbox if mail.to == [cast.poc.email])


def test_twenty_minutes_are_billed_as_thirty_and_drawn_from_reserved_hours(total_care: Cast) -> None:
    ticket = file_ticket(total_care)

    entry = log_time(
        actor=total_care.desk_side,
        at=later(60),
        ticket=ticket,
        minutes=20,
        worked_on=date(2026, 3, 4),
        note="Looked at the proxy",
    )

    assert (entry.worked_minutes, entry.billed_minutes, entry.state) == (20, 30, "drawn")
    assert balance_of(total_care.contract, at=later(60)).available == 1200 - 30
    line = statement(total_care.contract, date(2026, 3, 1)).lines[-1]
    assert (line.ticket, line.minutes, line.balance) == (ticket.key, -30, 1170)


def test_a_solved_ticket_is_confirmed_and_closed(cast: Cast) -> None:
    ticket = file_ticket(cast)

    change_status(
        actor=cast.desk_side, at=later(30), ticket=ticket, to="resolved", summary="The proxy was restarted."
    )
    closed = change_status(actor=cast.client_side, at=later(40), ticket=ticket, to="closed")

    assert closed.status == "closed"
    assert "The proxy was restarted." in [one.body for one in messages_for(cast.client_side, ticket)]


def test_a_ticket_left_alone_is_at_risk_then_missed_at_its_due_time_once(total_care: Cast) -> None:
    ticket = file_ticket(total_care)

    for minutes in (23, 31, 45, 240):
        sweep_due(at=later(minutes))

    verdicts = Verdict.objects.filter(clock__ticket=ticket, clock__objective="first_response").order_by("id")
    assert [(one.kind, one.at) for one in verdicts] == [
        ("at_risk", later(23).replace(minute=22, second=30)),
        ("missed", later(30)),
    ]


def test_a_missed_first_response_tells_the_first_tier(
    total_care: Cast, mailoutbox: list[EmailMessage]
) -> None:
    ticket = file_ticket(total_care)

    sweep_due(at=later(31))
    dispatch(at=later(31))
    deliver_due(at=later(32))

    assert [(one.level, one.ground) for one in of_ticket(ticket)] == [(1, "late_response")]
    assert any(mail.to == [total_care.csm.email] for mail in mailoutbox)


def test_the_clients_own_system_files_by_key_and_reads_clocks_and_events(total_care: Cast) -> None:
    _, secret = issue_key(actor=SYSTEM, at=FILED, name="Their desk", client=total_care.contract.client)
    machine, _ = actor_by_key(secret, at=FILED)

    ticket = file_ticket(total_care, actor=machine)

    assert [one.objective for one in explain(ticket, at=later(1))] == ["first_response"]
    assert "ticket.opened" in [one.kind for one in events_for(machine, ticket)]


def test_the_success_manager_sees_attainment_hours_and_open_escalations(total_care: Cast) -> None:
    file_ticket(total_care)
    sweep_due(at=later(31))
    grant_periods(at=later(31))
    csm = actor_of(total_care.csm)

    rows = compliance(csm, from_=date(2026, 3, 1), to=date(2026, 3, 31), group_by=["client"])

    assert [(one.figures.met, one.figures.missed) for one in rows.rows] == [(0, 1)]
    assert [one.client_id for one in open_for(csm)] == [total_care.contract.client_id]
    assert balance_of(total_care.contract, at=later(31)).available == 1200


def test_every_plan_states_what_its_clocks_promise(cast: Cast) -> None:
    ticket = file_ticket(cast)
    plan = effective_plan(cast.contract)

    clocks = [one for one in explain(ticket, at=later(1)) if not one.exempt_reason]

    assert {one.objective for one in clocks} <= {str(rule.objective) for rule in plan.objectives}
    assert all(sum(part.seconds for part in one.segments) in (one.target_seconds, 0) for one in clocks)
