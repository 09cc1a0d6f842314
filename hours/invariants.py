"""What must always hold of paid time; an empty answer is health."""

from __future__ import annotations

from typing import Final

from events.invariants import Check
from hours.queries.faults import broken_chains, changed_months, ledger_faults

INVARIANTS: Final[tuple[tuple[str, Check], ...]] = (
    ("hours: ledger, balances and entries reconcile", ledger_faults),
    ("hours: statements chain", broken_chains),
    ("hours: closed months stay as they were", changed_months),
)
