"""What a change of the contract does to windows that are planned already, and what a contract year owes (P1).

Dates are calendar dates in the contract's zone; both ends of a window belong to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from proactive.domain.recurrence import Window, add_months

#: Kinds of service whose delivery must lie before the renewal, and by how many days (P4).
DAYS_AHEAD_OF_RENEWAL: Mapping[str, int] = {"licence_optimisation": 60}
_MONTHS_A_YEAR = 12


def ahead_of_renewal(window: Window, *, kind: str) -> Window:
    """The window as it is for that kind of service: some must be done well before the year ends (P4)."""
    days = DAYS_AHEAD_OF_RENEWAL.get(kind, 0)
    return Window(window.first_on, max(window.first_on, window.last_on - timedelta(days=days)))


def kept_window(old: Window, *, new: Window | None, today: date, ends_on: date | None) -> Window | None:
    """What becomes of an open window when the terms change; None when it is owed no more.

    A window that has not begun follows the new terms. One under way keeps its end unless the new terms give
    it longer, so that a change by itself makes nothing late; it never outlasts the contract.
    """
    if old.first_on > today:
        return new
    last = max(old.last_on, new.last_on) if new else old.last_on
    if ends_on is not None:
        last = max(old.first_on, min(last, ends_on))
    return Window(old.first_on, last)


def contract_year(starts_on: date, *, on: date) -> Window:
    """The year of the contract in which that date lies, counted from its first day."""
    years = max(0, on.year - starts_on.year)
    if add_months(starts_on, _MONTHS_A_YEAR * years) > on and years:
        years -= 1
    first = add_months(starts_on, _MONTHS_A_YEAR * years)
    return Window(first, add_months(starts_on, _MONTHS_A_YEAR * (years + 1)) - timedelta(days=1))
