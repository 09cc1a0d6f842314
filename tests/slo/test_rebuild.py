"""S17: clocks can be built from the log again, and a difference is found and put right."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from slo.models import Clock, DueChange, Verdict
from slo.queries import faults
from slo.services import rebuild, sweep_due
from tests.factories import Desk, actor_of
from tests.factories.work import make_ticket, reply
from tests.slo.reading import after, said
from tickets.models import Ticket
from tickets.services import change_status, reclassify


@pytest.fixture
def ticket(managed: Desk) -> Ticket:
    """An outage with a history: missed, answered late, updated, another urgency, solved, taken up again."""
    ticket = make_ticket(managed.contract, requester=managed.poc)
    sweep_due(at=after(minutes=40))
    reply(ticket, managed.engineer, at=after(minutes=50))
    reclassify(actor=actor_of(managed.poc), at=after(minutes=55), ticket=ticket, urgency="high")
    staff = actor_of(managed.engineer)
    change_status(actor=staff, at=after(hours=1), ticket=ticket, to="resolved", summary="It works again.")
    reply(ticket, managed.poc, "It does not.", at=after(hours=1.5))
    sweep_due(at=after(hours=2))
    return ticket


def stored() -> list[dict[str, object]]:
    """All clocks, without their ids."""
    rows = Clock.objects.order_by("ticket", "objective", "ordinal").values()
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def test_what_the_services_wrote_is_what_the_events_say(ticket: Ticket) -> None:
    assert rebuild(at=after(hours=2), check=True) == []


@pytest.mark.parametrize(
    ("objective", "damage"),
    [
        ("first_response", {"state": "met", "missed_at": None}),
        ("status_update", {"due_at": after(days=1)}),
        ("status_update", {"at_risk_at": after(days=1)}),
    ],
)
def test_a_difference_is_found_and_put_right(
    ticket: Ticket, objective: str, damage: dict[str, object]
) -> None:
    before = stored()
    Clock.objects.filter(objective=objective).update(**damage)
    assert rebuild(at=after(hours=2), check=True) != []
    rebuild(at=after(hours=2), check=False)
    assert (stored(), rebuild(at=after(hours=2), check=True)) == (before, [])


def test_checking_writes_nothing(ticket: Ticket) -> None:
    Clock.objects.filter(objective="first_response").update(state="met")
    before = stored()
    rebuild(at=after(hours=2), check=True)
    assert stored() == before


def test_all_clocks_can_be_lost_and_come_back_with_their_verdicts(ticket: Ticket) -> None:
    before, words = stored(), said(ticket)
    verdicts = sorted(Verdict.objects.values_list("clock__objective", "clock__ordinal", "kind", "at"))
    Verdict.objects.all().delete()
    DueChange.objects.all().delete()
    Clock.objects.all().delete()
    rebuild(at=after(hours=2), check=False)
    found = sorted(Verdict.objects.values_list("clock__objective", "clock__ordinal", "kind", "at"))
    assert (stored(), said(ticket), found) == (before, words, verdicts)


def test_a_clock_that_the_events_do_not_know_is_found(ticket: Ticket) -> None:
    one = Clock.objects.get(objective="first_response")
    one.pk, one.ordinal, one._state.adding = None, 7, True
    one.save()
    assert [(found.ordinal, found.folded) for found in rebuild(at=after(hours=2), check=True)] == [(7, None)]


def test_what_waits_for_the_sweep_is_no_difference(ticket: Ticket) -> None:
    assert rebuild(at=after(days=1), check=True) == []


def test_the_command_ends_badly_on_a_difference(ticket: Ticket) -> None:
    Clock.objects.update(check_at=None)
    Clock.objects.filter(objective="first_response").update(state="met")
    with pytest.raises(CommandError, match="differences"):
        call_command("rebuild_clocks", "--check", stdout=StringIO())


def test_the_command_puts_right(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc)
    reply(ticket, desk.engineer, at=after(hours=1))
    Clock.objects.update(met_at=None)
    out = StringIO()
    call_command("rebuild_clocks", stdout=out)
    assert "put right" in out.getvalue()
    assert Clock.objects.get().met_at == after(hours=1)


def test_the_invariants_hold_and_each_finds_its_fault(ticket: Ticket) -> None:
    checks = (faults.clocks_across_clients, faults.clocks_judged_twice, faults.clocks_without_verdict)
    assert [check() for check in (*checks, faults.verdicts_without_clock)] == [[], [], [], []]
    Clock.objects.filter(objective="first_response").update(missed_at=None, state="met")
    assert len(faults.clocks_without_verdict()) == 1
    assert len(faults.verdicts_without_clock()) == 1
