"""Lives that want to break a clock: storms of changes, answers at the edge, merges, edits in mid-flight."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest

from contracts.services import save_calendar
from events.domain.errors import DomainError
from slo.models import Clock, DueChange, Verdict
from slo.queries import explain, faults
from slo.services import project, rebuild, sweep_due
from tests.factories import Desk, actor_of, make_desk, make_ticket, reply
from tests.factories.promises import WEEKDAYS_9_TO_17
from tests.slo.reading import after, clock_of, said, states, verdicts
from tickets.models import Ticket
from tickets.services import change_status, merge_ticket, reclassify


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket of low urgency, opened on Monday at nine: sixteen open hours later is Tuesday at five."""
    return make_ticket(desk.contract, requester=desk.poc, urgency="low")


def sound(at_hours: float) -> None:
    """Rows, verdicts and the fold of the events agree at that moment."""
    assert rebuild(at=after(hours=at_hours), check=True) == []
    assert faults.clocks_judged_twice() == faults.clocks_without_verdict() == []
    assert faults.verdicts_without_clock() == faults.clocks_across_clients() == []


def close(desk: Desk, *days: str, hours: float) -> None:
    """These days are holidays of the contract's own calendar from then on, and no others."""
    content = {"tz": "Europe/London", "weekly": WEEKDAYS_9_TO_17, "holidays": dict.fromkeys(days, "Feast")}
    save_calendar(
        actor=actor_of(desk.administrator), at=after(hours=hours), client=desk.client,
        name=desk.contract.calendar.name, content=content,
    )  # fmt: skip


def move(desk: Desk, ticket: Ticket, to: str, *, minutes: float) -> None:
    """Staff move the ticket, asking the client where it waits for them."""
    asked = desk.poc if to == "waiting_on_client" else None
    change_status(
        actor=actor_of(desk.engineer), at=after(minutes=minutes), ticket=ticket, to=to, waiting_on=asked,
        waiting_for="May we?" if asked else "",
    )  # fmt: skip


class TestStormsOfUrgency:
    """S10: however often it changes, no change by itself makes anybody late."""

    URGENCIES = ("critical", "low", "high", "medium")

    def test_no_change_moves_due_before_itself(self, desk: Desk, ticket: Ticket) -> None:
        for step in range(40):
            at = after(minutes=10 * (step + 1))
            if at >= clock_of(ticket).due_at:  # type: ignore[operator]
                break
            urgency = self.URGENCIES[step % 4]
            reclassify(actor=actor_of(desk.poc), at=at, ticket=ticket, urgency=urgency, reason="So")
            assert clock_of(ticket).due_at > at  # type: ignore[operator]
        sound(1)

    def test_every_change_of_due_is_kept_and_they_form_a_chain(self, desk: Desk, ticket: Ticket) -> None:
        for minutes, urgency in enumerate(("high", "low", "medium", "low"), start=1):
            reclassify(
                actor=actor_of(desk.poc), at=after(minutes=minutes), ticket=ticket, urgency=urgency, reason=""
            )
        told = list(DueChange.objects.order_by("id"))
        assert all(one.after == other.before for one, other in pairwise(told))
        assert told[-1].after == clock_of(ticket).due_at == after(days=1, hours=8)

    def test_a_change_after_the_miss_brings_nothing_back(self, desk: Desk, ticket: Ticket) -> None:
        sweep_due(at=after(days=2))
        reclassify(actor=actor_of(desk.poc), at=after(days=2), ticket=ticket, urgency="critical", reason="So")
        assert (clock_of(ticket).state, verdicts(ticket)) == ("missed", ["at_risk", "missed"])
        sound(49)


class TestTheEdgeOfDue:
    """S2, S13: due itself is in time, a microsecond more is not."""

    @pytest.mark.parametrize(("late", "state"), [(0, "met"), (1, "missed")])
    def test_an_answer_at_due_and_one_just_after(
        self, desk: Desk, ticket: Ticket, late: int, state: str
    ) -> None:
        due = after(days=1, hours=8)
        reply(ticket, desk.engineer, at=due + timedelta(microseconds=late))
        sweep_due(at=after(days=2))
        assert clock_of(ticket).state == state
        sound(48)

    def test_a_sweep_at_due_itself_judges_nobody(self, ticket: Ticket) -> None:
        sweep_due(at=after(days=1, hours=8))
        assert (clock_of(ticket).state, said(ticket)) == ("running", ["clock.at_risk"])

    def test_a_withdrawal_at_due_itself_comes_before_the_miss(self, desk: Desk, ticket: Ticket) -> None:
        change_status(
            actor=actor_of(desk.engineer), at=after(days=1, hours=8), ticket=ticket, to="cancelled",
            reason="Filed twice",
        )  # fmt: skip
        sweep_due(at=after(days=2))
        assert (clock_of(ticket).state, "clock.missed" in said(ticket)) == ("cancelled", False)


class TestPauses:
    """S9: paused time is open time that is not counted, however finely it is cut."""

    def test_fifty_short_pauses_give_back_exactly_their_sum(self, guaranteed: Desk) -> None:
        ticket = make_ticket(guaranteed.contract, requester=guaranteed.poc)
        before = clock_of(ticket).due_at
        for minutes in range(1, 51):
            move(guaranteed, ticket, "waiting_on_client", minutes=minutes)
            reply(ticket, guaranteed.poc, at=after(minutes=minutes + 0.5))
        assert clock_of(ticket).due_at == before + timedelta(minutes=25)  # type: ignore[operator]
        told = next(one for one in explain(ticket, at=after(hours=1)) if one.objective == "first_response")
        assert sum(part.seconds for part in told.segments) == told.target_seconds
        sound(1)

    def test_a_ticket_that_waits_for_a_year_is_not_missed(self, guaranteed: Desk) -> None:
        ticket = make_ticket(guaranteed.contract, requester=guaranteed.poc)
        move(guaranteed, ticket, "waiting_on_client", minutes=10)
        sweep_due(at=after(days=365))
        assert "clock.missed" not in said(ticket)
        assert Clock.objects.filter(ticket=ticket, check_at__lte=after(days=365)).count() == 0
        sound(365 * 24)


class TestCalendarsInMidFlight:
    """S14: an edit moves what is open and nothing else, also between risk and miss."""

    def test_a_risk_that_was_told_is_not_told_again_when_the_due_time_moves(
        self, desk: Desk, ticket: Ticket
    ) -> None:
        sweep_due(at=after(days=1, hours=5))
        close(desk, "2026-03-03", hours=29.5)
        for day in (2, 3, 4):
            sweep_due(at=after(days=day, hours=9))
        assert said(ticket) == ["clock.at_risk", "clock.missed"]
        assert clock_of(ticket).missed_at == after(days=2, hours=8)
        sound(24 * 4 + 9)

    def test_an_edit_and_its_reversal_leave_the_due_time_and_both_changes(
        self, desk: Desk, ticket: Ticket
    ) -> None:
        before = clock_of(ticket).due_at
        close(desk, "2026-03-03", hours=1)
        close(desk, hours=2)
        assert clock_of(ticket).due_at == before
        assert [(one.before, one.after) for one in DueChange.objects.order_by("id")] == [
            (before, after(days=2, hours=8)),
            (after(days=2, hours=8), before),
        ]

    def test_an_edit_that_the_sweep_overtook_undoes_nothing(self, desk: Desk, ticket: Ticket) -> None:
        sweep_due(at=after(days=1, hours=9))
        close(desk, "2026-03-02", "2026-03-03", hours=33.5)
        sweep_due(at=after(days=9))
        assert (clock_of(ticket).missed_at, Verdict.objects.count()) == (after(days=1, hours=8), 2)
        sound(9 * 24)

    def test_hours_that_never_open_are_refused_and_the_clock_stays(self, desk: Desk, ticket: Ticket) -> None:
        before = clock_of(ticket).due_at
        with pytest.raises((DomainError, ValueError)):
            save_calendar(
                actor=actor_of(desk.administrator), at=after(hours=1), client=desk.client,
                name=desk.contract.calendar.name,
                content={"tz": "Europe/London", "weekly": {}, "holidays": {}},
            )  # fmt: skip
        assert clock_of(ticket).due_at == before

    def test_a_hundred_open_tickets_move_with_as_many_statements_as_two(
        self, desk: Desk, ticket: Ticket, django_assert_max_num_queries: Callable[..., object]
    ) -> None:
        for _ in range(30):
            make_ticket(desk.contract, requester=desk.poc, urgency="low")
        with django_assert_max_num_queries(40):  # type: ignore[attr-defined]
            close(desk, "2026-03-03", hours=1)
        assert set(Clock.objects.values_list("due_at", flat=True)) == {after(days=2, hours=8)}


class TestMerges:
    """S12: what is merged away is not counted; the ticket that remains keeps its own clocks."""

    def test_a_chain_of_merges_leaves_one_ticket_with_a_clock(self, desk: Desk) -> None:
        rows = [make_ticket(desk.contract, requester=desk.poc, urgency="low") for _ in range(4)]
        for minutes, (source, into) in enumerate(pairwise(rows), start=1):
            merge_ticket(actor=actor_of(desk.engineer), at=after(minutes=minutes), ticket=source, into=into)
        assert [states(row, "first_response") for row in rows] == [
            ["cancelled"], ["cancelled"], ["cancelled"], ["running"],
        ]  # fmt: skip
        sweep_due(at=after(days=3))
        assert Verdict.objects.filter(kind="missed").count() == 1
        sound(72)

    def test_what_was_missed_before_the_merge_stays_missed(self, desk: Desk, ticket: Ticket) -> None:
        sweep_due(at=after(days=2))
        other = make_ticket(desk.contract, requester=desk.poc, at=after(days=2))
        merge_ticket(actor=actor_of(desk.engineer), at=after(days=2, hours=1), ticket=ticket, into=other)
        assert states(ticket, "first_response") == ["missed"]
        sound(49)

    def test_intervals_of_updates_end_with_the_merge(self, db: None) -> None:
        desk = make_desk("MANA", "managed-self-hosted")
        one, other = (make_ticket(desk.contract, requester=desk.poc) for _ in range(2))
        sweep_due(at=after(minutes=40))
        merge_ticket(actor=actor_of(desk.engineer), at=after(minutes=45), ticket=one, into=other)
        sweep_due(at=after(hours=3))
        assert states(one, "status_update") == ["missed", "cancelled"]
        assert len(states(other, "status_update")) > 2
        sound(3)


class TestDoubledAndLate:
    """S13, S17: events seen twice, late or all at one moment change nothing."""

    def test_everything_at_one_moment_is_still_one_story(self, desk: Desk) -> None:
        ticket = make_ticket(desk.contract, requester=desk.poc)
        reply(ticket, desk.engineer, at=after())
        change_status(
            actor=actor_of(desk.engineer), at=after(), ticket=ticket, to="resolved", summary="It works."
        )
        assert (clock_of(ticket).state, clock_of(ticket).met_at) == ("met", after())
        sound(1)

    @pytest.mark.parametrize("times", [1, 7])
    def test_projecting_again_at_any_moment_changes_nothing(
        self, desk: Desk, ticket: Ticket, times: int
    ) -> None:
        sweep_due(at=after(days=1, hours=5))
        before = list(Clock.objects.values()), said(ticket)
        for _ in range(times):
            project(ticket_id=ticket.pk, at=after(days=1, hours=5), reason="Again")
        assert (list(Clock.objects.values()), said(ticket)) == before
        assert not DueChange.objects.exists()
