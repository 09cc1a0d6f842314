"""What only one family of plans promises, told through services and sweeps."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from contracts.models import Environment
from contracts.queries import effective_plan, onboarding_of
from contracts.services import (
    EnvironmentFacts,
    add_environment,
    announce_maintenance_window,
    save_calendar,
)
from events.domain.actor import SYSTEM
from events.domain.errors import NotAllowed
from hours.queries import balance_of
from hours.services import decide_top_up, log_time, request_top_up
from slo.models import Clock
from slo.queries import clocks_of, explain
from slo.services import rebuild, sweep_due
from tests.factories import actor_of, make_contact, moment, refused
from tests.flows.story import FILED, WEEK, Cast, cast_for, file_ticket, later
from tickets.models import Ticket
from tickets.services import add_participant, change_status, open_ticket, post_message, reclassify

#: A Saturday at noon in London.
SATURDAY = moment("2026-03-07 12:00")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def clocks(ticket: Ticket, objective: str = "first_response") -> list[Clock]:
    found = [one for one in clocks_of([ticket.pk])[ticket.pk] if one.objective == objective]
    return sorted(found, key=lambda one: one.ordinal)


def due(ticket: Ticket, objective: str = "first_response") -> datetime | None:
    return clocks(ticket, objective)[-1].due_at


def file(
    cast: Cast,
    *,
    urgency: str,
    at: datetime = FILED,
    kind: str = "incident",
    environment: Environment | None = None,
) -> Ticket:
    return open_ticket(
        actor=cast.client_side,
        at=at,
        contract=cast.contract,
        request_type=kind,
        urgency=urgency,
        environment=environment,
        subject="It fails",
        description="Since nine o'clock.",
    )


def close_day(cast: Cast, day: str, *, at: datetime) -> None:
    """Close the client's own calendar on a day, from that moment on."""
    save_calendar(
        actor=SYSTEM,
        at=at,
        client=cast.contract.client,
        name="Business hours",
        content={"tz": "Europe/London", "weekly": WEEK},
        closings={day: "Stock-taking"},
    )


def instance(cast: Cast, product: str = "Jira", *, is_production: bool = True) -> Environment:
    facts = EnvironmentFacts(product=product, is_production=is_production)
    return add_environment(actor=cast.desk_side, at=FILED, contract=cast.contract, name=product, facts=facts)


@pytest.mark.django_db
class TestTotalCare:
    """Four tiers, one table of objectives, hours that are reserved."""

    @pytest.mark.parametrize("tier", ["-on-demand", "", "-premium", "-enterprise"])
    @pytest.mark.parametrize(
        ("urgency", "expected"),
        [
            ("critical", "2026-03-04 10:30"),
            ("high", "2026-03-04 11:00"),
            ("medium", "2026-03-05 10:00"),
            ("low", "2026-03-06 10:00"),
        ],
    )
    def test_every_tier_answers_in_the_same_business_time(
        self, tier: str, urgency: str, expected: str
    ) -> None:
        ticket = file(cast_for(f"total-care{tier}"), urgency=urgency)
        assert due(ticket) == moment(expected)

    def test_nothing_is_owed_while_the_client_is_closed(self) -> None:
        ticket = file(cast_for("total-care"), at=SATURDAY, urgency="critical")
        assert due(ticket) == moment("2026-03-09 09:30")

    def test_asking_the_client_pauses_nothing(self) -> None:
        cast = cast_for("total-care")
        ticket = file(cast, urgency="high")
        change_status(actor=cast.desk_side, at=later(5), ticket=ticket, to="waiting_on_client")
        assert due(ticket) == later(60)


@pytest.mark.django_db
class TestManagedSelfHosted:
    """Incidents day and night, updates while they last, requests in business hours."""

    @pytest.fixture
    def cast(self) -> Cast:
        """The people of the story on the managed platform."""
        return cast_for("managed-self-hosted")

    def test_an_outage_counts_at_night_a_request_does_not(self, cast: Cast) -> None:
        outage = file(cast, at=SATURDAY, kind="outage-incident", urgency="critical")
        request = file(cast, at=SATURDAY, kind="service-request", urgency="critical")
        assert (due(outage), due(request)) == (SATURDAY + 30 * MINUTE, moment("2026-03-09 10:00"))

    def test_each_update_starts_the_next_interval(self, cast: Cast) -> None:
        ticket = file(cast, kind="outage-incident", urgency="critical")
        assert due(ticket, "status_update") == later(30)

        post_message(actor=cast.desk_side, at=later(20), ticket=ticket, body="We restart the node.")

        states = [(one.state, one.due_at) for one in clocks(ticket, "status_update")]
        assert states == [("met", later(30)), ("running", later(50))]

    def test_a_silent_interval_is_missed_and_the_next_one_owed(self, cast: Cast) -> None:
        ticket = file(cast, kind="performance-incident", urgency="high")
        sweep_due(at=later(121))
        states = [(one.state, one.due_at) for one in clocks(ticket, "status_update")]
        assert states == [("missed", later(120)), ("running", later(240))]

    def test_the_solution_ends_the_updates(self, cast: Cast) -> None:
        ticket = file(cast, kind="outage-incident", urgency="critical")
        change_status(actor=cast.desk_side, at=later(10), ticket=ticket, to="resolved", summary="Up again.")
        assert {one.state for one in clocks(ticket, "status_update")} <= {"met", "cancelled"}

    @pytest.mark.parametrize(
        ("kind", "urgency"), [("outage-incident", "normal"), ("service-request", "critical")]
    )
    def test_other_tickets_owe_no_regular_updates(self, cast: Cast, kind: str, urgency: str) -> None:
        assert clocks(file(cast, kind=kind, urgency=urgency), "status_update") == []


@pytest.mark.django_db
class TestPremier:
    """Named contacts, a week that spans the globe, weekends without a promise."""

    @pytest.fixture
    def cast(self) -> Cast:
        """The people of the story on Premier, the point of contact named."""
        return cast_for("premier-support")

    def test_the_night_counts_within_the_week(self, cast: Cast) -> None:
        ticket = file(cast, at=moment("2026-03-04 23:00"), urgency="level-1")
        assert due(ticket) == moment("2026-03-04 23:30")

    def test_at_the_weekend_the_clock_waits_for_sydney(self, cast: Cast) -> None:
        ticket = file(cast, at=SATURDAY, urgency="level-1")
        assert "weekend_coverage" in ticket.flags
        assert due(ticket) == moment("2026-03-08 23:30")

    def test_on_a_holiday_of_the_client_the_clock_waits_and_the_standard_team_works(self, cast: Cast) -> None:
        close_day(cast, "2026-03-05", at=FILED)
        ticket = file(cast, at=moment("2026-03-04 23:45"), urgency="level-1")
        assert due(ticket) == moment("2026-03-06 00:15")
        assert "weekend_coverage" in file(cast, at=moment("2026-03-05 12:00"), urgency="level-1").flags

    def test_a_closing_told_later_moves_what_is_open_and_tells_why(self, cast: Cast) -> None:
        ticket = file(cast, urgency="level-3")
        assert due(ticket) == later(8 * 60)
        close_day(cast, "2026-03-04", at=later(60))
        assert due(ticket) == moment("2026-03-05 08:00")
        (told,) = explain(ticket, at=later(60))
        assert next((part.kind, part.reason) for part in told.segments) == ("holiday", "Stock-taking")

    def test_what_was_answered_before_the_closing_was_told_keeps_its_explanation(self, cast: Cast) -> None:
        ticket = file(cast, urgency="level-3")
        post_message(actor=cast.desk_side, at=later(30), ticket=ticket, body="We look.", visibility="public")
        close_day(cast, "2026-03-04", at=later(60))
        (told,) = explain(ticket, at=later(90))
        assert (told.state, {part.kind for part in told.segments}) == ("met", {"open"})
        assert rebuild(at=later(90), check=True) == []

    def test_a_test_instance_is_level_4(self, cast: Cast) -> None:
        place = instance(cast, is_production=False)
        ticket = file(cast, urgency="level-1", environment=place)
        assert (ticket.urgency, due(ticket)) == ("level-4", later(24 * 60))

    def test_who_is_not_named_opens_nothing_and_hears_the_way_out(self, cast: Cast) -> None:
        colleague = make_contact(cast.contract.client, "member", email="ann@hald.example")
        with refused(NotAllowed, "Ask one of them to open it"):
            open_ticket(
                actor=actor_of(colleague),
                at=FILED,
                contract=cast.contract,
                request_type="incident",
                urgency="level-1",
                subject="It fails",
                description="Since nine.",
            )

    def test_anybody_may_take_part(self, cast: Cast) -> None:
        ticket = file(cast, urgency="level-2")
        for number in range(4):
            person = make_contact(cast.contract.client, "member", email=f"p{number}@hald.example")
            add_participant(actor=cast.client_side, at=later(number), ticket=ticket, person=person)
        assert ticket.participants.count() == 4

    def test_its_onboarding_has_steps_of_its_own(self, cast: Cast) -> None:
        steps = {step.key: step.due_on for step in onboarding_of(cast.contract)}
        assert {"named-contacts", "existing-issues", "phone-procedures", "initial-health-check"} <= set(steps)
        assert max(steps.values()) <= date(2026, 1, 15)


@pytest.mark.django_db
class TestStandardOfferings:
    """Hours day and night for the worst, business days for the rest."""

    @pytest.mark.parametrize(
        ("plan", "first", "second"), [("select", 2, 6), ("cloud", 1, 4), ("priority-server", 1, 2)]
    )
    def test_the_worst_are_answered_within_hours_of_any_day(self, plan: str, first: int, second: int) -> None:
        cast = cast_for(plan)
        answers = [due(file(cast, at=SATURDAY, urgency=level)) for level in ("level-1", "level-2")]
        assert answers == [SATURDAY + first * HOUR, SATURDAY + second * HOUR]

    @pytest.mark.parametrize("plan", ["select", "cloud", "priority-server"])
    def test_a_business_day_is_a_full_day_of_the_clients_calendar(self, plan: str) -> None:
        cast = cast_for(plan)
        answers = [
            due(file(cast, at=moment("2026-03-06 10:00"), urgency=level)) for level in ("level-3", "level-4")
        ]
        assert answers == [moment("2026-03-09 10:00"), moment("2026-03-10 10:00")]

    def test_a_closing_of_the_clients_own_moves_business_days(self) -> None:
        cast = cast_for("select")
        close_day(cast, "2026-03-05", at=FILED)
        assert due(file(cast, urgency="level-3")) == moment("2026-03-06 10:00")


@pytest.mark.django_db
class TestPayAsYouGo:
    """Packs of hours, best endeavours, no clock."""

    @pytest.fixture
    def cast(self) -> Cast:
        """The people of the story on prepaid hours."""
        return cast_for("pay-as-you-go")

    def buy(self, cast: Cast) -> None:
        order = request_top_up(actor=cast.client_side, at=FILED, contract=cast.contract, pack="20-hours")
        decide_top_up(actor=actor_of(cast.account_executive), at=later(5), top_up=order, confirm=True)

    def test_no_clock_runs_and_the_reason_shows(self, cast: Cast) -> None:
        ticket = file_ticket(cast)
        assert ticket.exempt_reason == effective_plan(cast.contract).promise_wording
        assert {one.state for one in clocks_of([ticket.pk])[ticket.pk]} <= {"exempt"}

    def test_a_pack_is_there_once_the_account_executive_confirms(self, cast: Cast) -> None:
        assert balance_of(cast.contract, at=FILED).available == 0
        self.buy(cast)
        assert balance_of(cast.contract, at=later(6)).available == 20 * 60

    @pytest.mark.parametrize(("is_bought", "state"), [(True, "drawn"), (False, "held")])
    def test_work_draws_from_the_pack_or_waits_for_one(self, cast: Cast, is_bought: bool, state: str) -> None:
        if is_bought:
            self.buy(cast)
        ticket = file_ticket(cast)
        facts = {"minutes": 50, "worked_on": FILED.date(), "note": "Looked at the proxy"}
        entry = log_time(actor=cast.desk_side, at=later(90), ticket=ticket, **facts)  # type: ignore[arg-type]
        assert (entry.state, entry.billed_minutes) == (state, 60)


@pytest.mark.django_db
class TestIDalko:
    """Guarantees on a calendar of their own, which pause while the client is asked."""

    @pytest.fixture
    def standard(self) -> Cast:
        """The people of the story on the smaller plan."""
        return cast_for("idalko-standard")

    @pytest.fixture
    def premium(self) -> Cast:
        """The people of the story on the larger one."""
        return cast_for("idalko-premium")

    def ask(self, cast: Cast, ticket: Ticket, minutes: int) -> None:
        change_status(
            actor=cast.desk_side,
            at=later(minutes),
            ticket=ticket,
            to="waiting_on_client",
            waiting_on=cast.poc,
            waiting_for="Which node?",
        )

    def test_an_evening_incident_counts_from_the_next_opening(self, standard: Cast) -> None:
        ticket = file(standard, at=moment("2026-03-04 19:00"), urgency="severity-a")
        assert due(ticket) == moment("2026-03-05 12:00")  # 08:00 UTC is nine in Brussels

    def test_a_public_holiday_of_belgium_is_closed(self, standard: Cast) -> None:
        ticket = file(standard, at=moment("2026-07-21 08:00"), urgency="severity-a")
        assert due(ticket) == moment("2026-07-22 11:00")

    def test_the_larger_plan_works_on_saturdays(self, premium: Cast) -> None:
        assert due(file(premium, at=SATURDAY, urgency="severity-a")) == SATURDAY + 2 * HOUR

    def test_the_intervention_waits_while_the_client_is_asked(self, premium: Cast) -> None:
        ticket = file(premium, urgency="severity-a")
        self.ask(premium, ticket, 30)
        assert clocks(ticket, "intervention")[0].state == "paused"

        post_message(actor=premium.client_side, at=later(90), ticket=ticket, body="The second one.")

        assert due(ticket, "intervention") == later(4 * 60 + 60)

    def test_updates_are_owed_during_the_intervention(self, premium: Cast) -> None:
        ticket = file(premium, urgency="severity-c")
        assert clocks(ticket, "status_update") == []
        change_status(actor=premium.desk_side, at=later(15), ticket=ticket, to="in_progress")
        assert due(ticket, "status_update") == later(15 + 120)

    def test_what_is_raised_and_settled_in_an_announced_window_cannot_be_missed(self, premium: Cast) -> None:
        place = instance(premium)
        window = {"starts_at": later(60), "ends_at": later(360), "summary": "Upgrade", "told": ["Bram"]}
        announce_maintenance_window(actor=premium.desk_side, at=FILED, environment=place, **window)  # type: ignore[arg-type]
        ticket = file(premium, at=later(90), urgency="severity-a", environment=place)
        sweep_due(at=later(300))
        change_status(actor=premium.desk_side, at=later(330), ticket=ticket, to="resolved", summary="Done.")
        assert {one.state for one in clocks(ticket)} == {"met"}

    def test_a_window_announced_too_late_excludes_nothing(self, premium: Cast) -> None:
        place = instance(premium)
        ticket = file(premium, urgency="severity-a", environment=place)
        window = {"starts_at": FILED, "ends_at": later(360), "summary": "Upgrade", "told": ["Bram"]}
        announce_maintenance_window(actor=premium.desk_side, at=later(1), environment=place, **window)  # type: ignore[arg-type]
        assert due(ticket) == later(120)

    def test_the_classification_is_the_clients_alone(self, premium: Cast) -> None:
        ticket = file(premium, urgency="severity-a")
        with refused(NotAllowed):
            reclassify(
                actor=premium.desk_side, at=later(5), ticket=ticket, urgency="severity-d", reason="Small"
            )
