"""Everything that must always hold, from the ground floor up; the command `doctor` asks it all."""

from __future__ import annotations

from typing import Final

from accounts import invariants as accounts
from escalation import invariants as escalation
from events import invariants as events
from events.invariants import MOST_NAMED, Check
from events.queries import database_now
from hours import invariants as hours
from intake import invariants as intake
from notify import invariants as notify
from proactive import invariants as proactive
from slo.queries import faults as slo
from slo.services import rebuild
from tickets import invariants as tickets


def clocks_equal_their_fold() -> list[str]:
    """Every clock says what the fold of its ticket's events says (S17)."""
    found = rebuild(at=database_now(), check=True)
    return [
        f"{one.ticket} {one.objective} {one.ordinal}: {one.field} is {one.stored}, its fold {one.folded}."
        for one in found[:MOST_NAMED]
    ]


INVARIANTS: Final[tuple[tuple[str, Check], ...]] = (
    *events.INVARIANTS,
    *accounts.INVARIANTS,
    *tickets.INVARIANTS,
    ("clocks: nothing crosses clients", slo.clocks_across_clients),
    ("clocks: judged once", slo.clocks_judged_twice),
    ("clocks: what is judged has its verdict", slo.clocks_without_verdict),
    ("clocks: verdicts have their clock", slo.verdicts_without_clock),
    ("clocks: equal to their fold", clocks_equal_their_fold),
    *hours.INVARIANTS,
    *escalation.INVARIANTS,
    *proactive.INVARIANTS,
    *notify.INVARIANTS,
    *intake.INVARIANTS,
)
