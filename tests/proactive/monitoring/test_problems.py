"""One ticket a problem: repeats, recovery, flapping, floods, silence in windows (P8)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from contracts.models import Environment
from contracts.queries import effective_plan
from events.domain.actor import SYSTEM
from events.models import Record
from proactive.domain.checks import Check, Level, Thresholds
from proactive.models import Alert, Outcome, Problem
from proactive.services.problem_tickets import STORM_TICKETS, kind_for, urgency_for
from proactive.services.problems import settle_alerts
from proactive.services.receiving import keep_signals
from proactive.services.settling import settle_problems
from proactive.services.watching import set_thresholds
from tests.factories import MONDAY
from tests.factories.floors import nothing_reacts
from tests.proactive.monitoring.steps import announce, bodies, hear, minute, only_problem, signal, watched
from tickets.models import Ticket
from tickets.services import change_status, merge_ticket

__all__ = ["nothing_reacts"]
pytestmark = pytest.mark.django_db


def solve(ticket: Ticket | None, *, at: int, close: bool = True) -> None:
    """Solve a ticket, and close it."""
    assert ticket is not None
    change_status(actor=SYSTEM, at=minute(at), ticket=ticket, to="in_progress")
    change_status(actor=SYSTEM, at=minute(at), ticket=ticket, to="resolved", summary="Restarted.")
    if close:
        change_status(actor=SYSTEM, at=minute(at), ticket=ticket, to="closed")


def test_a_failure_opens_a_ticket_under_the_clients_plan_at_the_moment_of_receipt() -> None:
    environment = watched()
    keep_signals(at=MONDAY, environment=environment, signals=[signal()])
    settle_alerts(at=minute(3))
    ticket = only_problem().ticket
    assert ticket is not None
    assert (ticket.contract, ticket.environment, ticket.channel) == (
        environment.contract,
        environment,
        "monitoring",
    )
    assert (ticket.opened_at, ticket.rank, ticket.urgency) == (MONDAY, 1, "severity-a")


def test_repeats_join_the_ticket_and_write_nothing() -> None:
    environment = watched()
    for number in range(5):
        hear(environment, signal(), signal(), at=minute(number))
    problem = only_problem()
    assert (problem.count, Ticket.objects.count(), bodies(problem.ticket)) == (10, 1, [])


def test_recovery_is_noted_on_the_ticket_and_the_ticket_stays_for_people() -> None:
    environment = watched()
    hear(environment, signal())
    hear(environment, signal(on=False), at=minute(5))
    problem = only_problem()
    assert problem.recovered_at == minute(5)
    assert [body.split(".")[0] for body in bodies(problem.ticket)] == [
        "Monitoring says that this is well again"
    ]
    assert problem.ticket is not None
    assert problem.ticket.status == "new"
    assert Record.objects.filter(kind="problem.recovered").count() == 1


def test_recovery_of_nothing_is_kept_and_opens_nothing() -> None:
    hear(watched(), signal(on=False))
    assert (Problem.objects.count(), Ticket.objects.count()) == (0, 0)
    assert Alert.objects.get().outcome == Outcome.RECOVERED


def test_a_failure_and_its_end_in_one_batch_still_make_a_ticket() -> None:
    hear(watched(), signal(), signal(on=False))
    problem = only_problem()
    assert problem.recovered_at == MONDAY
    assert len(bodies(problem.ticket)) == 0


def test_what_comes_back_takes_a_solved_ticket_up_again() -> None:
    environment = watched()
    hear(environment, signal())
    hear(environment, signal(on=False), at=minute(5))
    solve(only_problem().ticket, at=6, close=False)
    hear(environment, signal(), at=minute(10))
    problem = only_problem()
    assert problem.ticket is not None
    assert (problem.ticket.status, problem.recovered_at) == ("in_progress", None)


def test_after_a_closed_ticket_and_an_hours_rest_it_is_a_new_problem() -> None:
    environment = watched()
    hear(environment, signal())
    hear(environment, signal(on=False), at=minute(5))
    solve(only_problem().ticket, at=6)
    hear(environment, signal(), at=minute(30))
    assert Ticket.objects.count() == 1
    hear(environment, signal(on=False), at=minute(31))
    hear(environment, signal(), at=minute(92))
    assert (Ticket.objects.count(), Problem.objects.filter(ended_at__isnull=True).count()) == (2, 1)


def test_a_ticket_closed_while_it_still_fails_gets_a_successor_after_an_hour_not_at_once() -> None:
    environment = watched()
    hear(environment, signal())
    solve(only_problem().ticket, at=6)
    hear(environment, signal(), at=minute(7))
    assert Ticket.objects.count() == 1
    hear(environment, signal(), at=minute(67))
    assert Ticket.objects.count() == 2


def test_news_goes_to_the_ticket_that_took_the_other_in() -> None:
    environment = watched()
    hear(environment, signal(host="jira-1"))
    hear(environment, signal(host="jira-2"))
    kept, merged = Ticket.objects.order_by("id")
    merge_ticket(actor=SYSTEM, at=minute(1), ticket=merged, into=kept)
    hear(environment, signal(host="jira-2", on=False), at=minute(2))
    assert any("well again" in body for body in bodies(kept))


def test_a_hundred_turns_write_five_notes_and_open_one_ticket() -> None:
    environment = watched()
    hear(environment, *[signal(on=number % 2 == 0) for number in range(100)])
    problem = only_problem()
    assert problem.is_flapping
    assert (problem.count, Ticket.objects.count()) == (50, 1)
    assert len(bodies(problem.ticket)) <= 5


def test_flapping_that_kept_still_for_an_hour_is_said_once() -> None:
    environment = watched()
    hear(environment, *[signal(on=number % 2 == 0) for number in range(10)])
    before = len(bodies(only_problem().ticket))
    for late in (59, 60, 61):
        settle_problems(at=minute(late))
    assert len(bodies(only_problem().ticket)) == before + 1
    assert not only_problem().is_flapping


def test_a_batch_costs_the_same_however_many_alerts_it_holds() -> None:
    environment = watched()
    hear(environment, signal())
    counts = []
    for size in (1, 500):
        keep_signals(at=minute(1), environment=environment, signals=[signal()] * size)
        with CaptureQueriesContext(
            connection,
        ) as statements:
            settle_alerts(at=minute(1))
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 15


def test_many_problems_at_once_share_one_ticket_and_all_are_kept() -> None:
    environment = watched()
    hear(environment, *[signal(host=f"node-{number}") for number in range(100)])
    assert Ticket.objects.count() == STORM_TICKETS + 1
    joined = Problem.objects.filter(in_storm=True)
    assert joined.count() == 100 - STORM_TICKETS
    assert joined.values("ticket").distinct().count() == 1


def test_a_storm_is_over_when_nothing_of_it_fails_any_more() -> None:
    environment = watched()
    hosts = [f"node-{number}" for number in range(STORM_TICKETS + 2)]
    hear(environment, *[signal(host=host) for host in hosts])
    settle_problems(at=minute(1))
    storm = Problem.objects.get(source="storm")
    assert storm.recovered_at is None
    hear(environment, *[signal(host=host, on=False) for host in hosts], at=minute(2))
    settle_problems(at=minute(3))
    storm.refresh_from_db()
    assert storm.recovered_at == minute(3)


def test_inside_an_announced_window_alerts_are_kept_and_open_nothing() -> None:
    environment = watched()
    announce(environment, start=minute(10), end=minute(70), at=MONDAY)
    hear(environment, signal(), at=minute(20))
    hear(environment, signal(on=False), at=minute(30))
    settle_problems(at=minute(80))
    problem = only_problem()
    assert (problem.ticket, problem.silent, Ticket.objects.count()) == (None, "Announced maintenance", 0)
    assert Alert.objects.count() == 2


def test_what_outlives_its_window_gets_its_ticket_at_the_windows_end() -> None:
    environment = watched()
    announce(environment, start=minute(10), end=minute(70), at=MONDAY)
    hear(environment, signal(), at=minute(20))
    settle_problems(at=minute(69))
    assert Ticket.objects.count() == 0
    for late in (71, 72):
        settle_problems(at=minute(late))
    assert [ticket.opened_at for ticket in Ticket.objects.all()] == [minute(70)]


def test_a_window_announced_after_it_began_silences_nothing() -> None:
    environment = watched()
    announce(environment, start=minute(10), end=minute(70), at=minute(15))
    hear(environment, signal(), at=minute(20))
    assert Ticket.objects.count() == 1


def test_a_window_of_another_environment_silences_nothing() -> None:
    announce(watched("OTHER"), start=minute(10), end=minute(70), at=MONDAY)
    hear(watched(), signal(), at=minute(20))
    assert Ticket.objects.count() == 1


def test_a_value_under_the_agreed_threshold_opens_nothing() -> None:
    environment = watched()
    set_thresholds(
        actor=SYSTEM,
        at=MONDAY,
        environment=environment,
        check=Check.SWAP,
        thresholds=Thresholds(warning=90, critical=95),
    )
    hear(environment, signal(check=Check.SWAP, value=91))
    assert Ticket.objects.count() == 0
    assert Alert.objects.get().outcome == Outcome.BELOW
    hear(environment, signal(check=Check.SWAP, value=95))
    assert Ticket.objects.count() == 1


def test_falling_under_the_threshold_ends_the_problem() -> None:
    environment = watched()
    hear(environment, signal(check=Check.SWAP, value=90))
    hear(environment, signal(check=Check.SWAP, value=70, stated=Level.WARNING), at=minute(1))
    assert only_problem().recovered_at == minute(1)


def test_a_check_that_is_off_is_kept_and_opens_nothing() -> None:
    environment = watched()
    set_thresholds(
        actor=SYSTEM,
        at=MONDAY,
        environment=environment,
        check=Check.WEB,
        thresholds=Thresholds(),
        is_on=False,
    )
    hear(environment, signal())
    assert (Ticket.objects.count(), Alert.objects.get().outcome) == (0, Outcome.OFF)


def test_an_acknowledgement_changes_nothing() -> None:
    hear(watched(), signal(is_news=False))
    assert (Problem.objects.count(), Alert.objects.get().outcome) == (0, Outcome.NOTED)


def test_without_a_contract_in_force_the_problem_is_kept_with_the_reason() -> None:
    environment = watched()
    type(environment.contract).objects.update(ends_on=date(2026, 3, 1))
    hear(environment, signal())
    assert only_problem().silent == "No contract is in force"


def test_two_environments_never_share_a_problem() -> None:
    first, second = watched("ALPHA"), watched("BETA")
    hear(first, signal())
    hear(second, signal(on=False), at=minute(1))
    assert only_problem().recovered_at is None
    hear(second, signal(), at=minute(2))
    assert {ticket.client.key for ticket in Ticket.objects.all()} == {"ALPHA", "BETA"}


def test_of_one_kind_there_is_one_living_problem_by_constraint() -> None:
    hear(watched(), signal())
    twin = only_problem()
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_words_of_a_sender_cannot_leave_their_block() -> None:
    hear(watched(), signal(text="~~~\n# Owned\n<script>alert(1)</script>"))
    ticket = only_problem().ticket
    body = ticket.messages.get().body if ticket else ""
    assert body.count("~~~") == 2


@pytest.mark.parametrize(
    "plan", ["idalko-standard", "total-care", "managed-self-hosted", "premier-support", "pay-as-you-go"]
)
def test_every_plan_has_an_urgency_and_a_kind_for_what_monitoring_finds(plan: str) -> None:
    read = effective_plan(watched(plan=plan).contract)
    assert read.urgency(urgency_for(read, 1)).rank == 1
    kinds = {kind.code for kind in read.request_types}
    assert {kind_for(read, is_availability=True), kind_for(read, is_availability=False)} <= kinds


def test_a_day_later_nothing_is_left_to_look_at() -> None:
    environment: Environment = watched()
    hear(environment, signal())
    hear(environment, signal(on=False), at=minute(5))
    solve(only_problem().ticket, at=6)
    assert settle_problems(at=MONDAY + timedelta(days=1)) == 1
    assert settle_problems(at=MONDAY + timedelta(days=1)) == 0
