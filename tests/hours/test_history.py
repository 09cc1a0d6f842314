"""Random histories of a contract, held against a slow ledger that keeps every minute apart (H2 to H5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hours import services
from hours.models import EntryState, OverageRequest, TimeEntry
from hours.queries import broken_chains, ledger_faults
from tests.factories import MONDAY
from tests.hours.conftest import Hours, make_hours

RESERVED = 300
steps = st.lists(
    st.one_of(
        st.tuples(st.just("log"), st.integers(1, 240)),
        st.tuples(st.just("reverse"), st.integers(0, 20)),
        st.tuples(st.just("decide"), st.sampled_from([0, 15, 60, 300])),
        st.tuples(st.just("wait"), st.integers(1, 40)),
    ),
    max_size=14,
)


@dataclass
class SlowLedger:
    """One March, April, … of reserved minutes as a list of tokens; what is drawn is remembered by entry."""

    at: datetime = MONDAY
    purse: list[str] = field(default_factory=lambda: ["reserved"] * RESERVED)
    drawn: dict[int, list[str]] = field(default_factory=dict)
    held: list[tuple[int, int]] = field(default_factory=list)

    def log(self, entry_id: int, minutes: int) -> str:
        """Take the tokens, reserved ones first, or hold the entry whole."""
        if len(self.purse) < minutes:
            self.held.append((entry_id, minutes))
            return "held"
        self.purse.sort(reverse=True)
        self.drawn[entry_id], self.purse = self.purse[:minutes], self.purse[minutes:]
        return "drawn"

    def reverse(self, entry_id: int) -> None:
        """Put the tokens back, then draw what is held; those of an ended period become this period's."""
        self.held = [one for one in self.held if one[0] != entry_id]
        self.purse += self.drawn.pop(entry_id, [])
        self.draw_held()

    def approve(self, minutes: int) -> None:
        """Add tokens of overage, then draw what is held."""
        self.purse += ["overage"] * minutes
        self.draw_held()

    def draw_held(self) -> None:
        """Try every held entry once, oldest first."""
        waiting, self.held = self.held, []
        for entry_id, minutes in waiting:
            self.log(entry_id, minutes)

    def wait(self, days: int) -> None:
        """Let days pass; a new month takes what is left of the old one and brings its own."""
        before, self.at = self.at, self.at + timedelta(days=days)
        if (before.year, before.month) != (self.at.year, self.at.month):
            self.purse = [one for one in self.purse if one == "overage"] + ["reserved"] * RESERVED


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_the_ledger_does_what_a_slow_one_does(db: None, history: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        made, slow = make_hours(reserved=RESERVED), SlowLedger()
        services.open_account(contract=made.contract, at=slow.at)
        for act, amount in history:
            play(made, slow, act, amount)
            balance = made.balance(slow.at)
            assert balance.available == len(slow.purse)
            assert balance.held == sum(minutes for _, minutes in slow.held)
        services.close_months(at=slow.at + timedelta(days=70))
        assert ledger_faults() == []
        assert broken_chains() == []
        transaction.set_rollback(True)


def play(made: Hours, slow: SlowLedger, act: str, amount: int) -> None:
    """Do the same thing on both."""
    entries = TimeEntry.objects.filter(contract=made.contract)
    standing = list(entries.filter(state__in=(EntryState.DRAWN, EntryState.HELD)).order_by("id"))
    if act == "log":
        entry = made.log(amount, at=slow.at)
        assert entry.state == slow.log(entry.pk, entry.billed_minutes)
    elif act == "reverse" and standing:
        chosen = standing[amount % len(standing)]
        services.reverse_entry(actor=made.actor("engineer"), at=slow.at, entry=chosen, reason="Wrong")
        slow.reverse(chosen.pk)
    elif act == "decide":
        decide(made, slow, amount)
    elif act == "wait":
        slow.wait(amount)
        services.grant_periods(at=slow.at)


def decide(made: Hours, slow: SlowLedger, amount: int) -> None:
    """Approve so many minutes of the open request, or decline it with none."""
    request = OverageRequest.objects.filter(contract=made.contract, state="asked").first()
    if request is None:
        return
    mine = list(request.entries.filter(state=EntryState.HELD).values_list("pk", flat=True))
    facts: dict[str, Any] = {"actor": made.actor("poc"), "at": slow.at, "overage": request}
    if amount:
        services.decide_overage(**facts, approve=True, minutes=amount)
        slow.approve(amount)
    else:
        services.decide_overage(**facts, approve=False)
        slow.held = [one for one in slow.held if one[0] not in mine]
