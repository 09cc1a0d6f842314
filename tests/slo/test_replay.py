"""S17: the same history under another plan or calendar, without writing anything."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from events.models import Record
from slo.models import Clock
from slo.queries.replaying import replay
from slo.services import sweep_due
from tests.factories import Desk, make_plan_version
from tests.factories.work import make_ticket, reply
from tests.slo.reading import after

ALWAYS = '{"always": true}'


@pytest.fixture
def history(guaranteed: Desk) -> Desk:
    """Two incidents on iDalko Premium: one answered after three hours, one after one."""
    for plan in ("idalko-standard", "pay-as-you-go"):
        make_plan_version(plan)
    for hours in (3, 1):
        ticket = make_ticket(guaranteed.contract, requester=guaranteed.poc)
        reply(ticket, guaranteed.engineer, at=after(hours=hours))
    sweep_due(at=after(days=3))
    return guaranteed


def test_a_slower_plan_would_have_kept_what_was_missed(history: Desk) -> None:
    told = replay(history.contract, until=after(days=3), plan="idalko-standard")
    changed = {(one.ticket, one.objective): (one.before, one.after) for one in told.differences}
    before, then = changed["GUAR-1", "first_response"]
    assert before is not None
    assert then is not None
    assert (before.state, before.late_minutes, then.state) == ("missed", 60, "met")


def test_the_minutes_of_lateness_are_told(history: Desk) -> None:
    told = replay(history.contract, until=after(days=3), plan="idalko-standard")
    late = [one.after for one in told.differences if one.objective == "intervention" and one.after]
    assert {one.state for one in late} == {"missed"}
    assert all(one.late_minutes > 0 for one in late)


def test_a_plan_of_best_endeavours_would_have_promised_nothing(history: Desk) -> None:
    told = replay(history.contract, until=after(days=3), plan="pay-as-you-go")
    assert told.after == {"exempt": 2}


def test_the_same_plan_changes_nothing(history: Desk) -> None:
    told = replay(history.contract, until=after(days=3), plan="idalko-premium")
    assert (told.tickets, told.differences) == (2, [])


def test_nothing_is_written(history: Desk) -> None:
    before = (list(Clock.objects.values()), Record.objects.count())
    replay(history.contract, until=after(days=3), plan="idalko-standard")
    assert (list(Clock.objects.values()), Record.objects.count()) == before


def test_only_tickets_of_the_period_are_replayed(history: Desk) -> None:
    told = replay(history.contract, until=after(days=3), from_=after(hours=1), plan="idalko-standard")
    assert told.tickets == 0


def test_progress_is_told(history: Desk) -> None:
    heard: list[tuple[int, int]] = []
    replay(
        history.contract,
        until=after(days=3),
        plan="idalko-standard",
        progress=lambda *told: heard.append(told),
    )
    assert heard == [(2, 2)]


def run(*arguments: object) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("replay", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_tells_changed_verdicts_as_json(history: Desk) -> None:
    told = json.loads(run(history.contract.pk, "--plan", "idalko-standard", "--json"))
    assert (told["plan"], told["tickets"]) == ("idalko-standard", 2)
    assert {"ticket", "objective", "ordinal", "before", "after"} == set(told["differences"][0])


def test_the_command_tells_them_in_words(history: Desk) -> None:
    told = run(history.contract.pk, "--plan", "idalko-standard", "--from", "2026-03-02", "--to", "2026-03-02")
    assert "GUAR-1 first_response 1: missed, due 2026-03-02 11:00, 60 min late -> met" in told


def test_the_command_replays_on_another_calendar(desk: Desk, tmp_path: Path) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, at=after(hours=-3))
    reply(ticket, desk.engineer, at=after(minutes=1))
    path = tmp_path / "always.json"
    path.write_text(ALWAYS)
    told = run(desk.contract.pk, "--calendar", path, "--days", 400)
    assert (
        "ACME-1 first_response 1: met, due 2026-03-02 09:30 -> missed, due 2026-03-02 06:30, 151 min late"
        in told
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((0, "--plan", "idalko-standard"), "no contract"),
        ((), "another plan"),
        (("--plan", "gold"), "Nobody offers"),
        (("--calendar", Path("/nowhere.json")), "nowhere"),
    ],
)
def test_what_cannot_be_replayed_is_said(desk: Desk, arguments: tuple[object, ...], words: str) -> None:
    contract = () if arguments and arguments[0] == 0 else (desk.contract.pk,)
    with pytest.raises(CommandError, match=words):
        run(*contract, *arguments)


def test_every_plan_can_stand_in_for_every_other(desk_on: Callable[[str], Desk]) -> None:
    plans = (
        "total-care",
        "managed-self-hosted",
        "premier-support",
        "select",
        "pay-as-you-go",
        "idalko-premium",
    )
    for plan in plans:
        make_plan_version(plan)
    desk = desk_on("managed-self-hosted")
    make_ticket(desk.contract, requester=desk.poc)
    for plan in plans:
        assert replay(desk.contract, until=after(hours=1), plan=plan).tickets == 1
