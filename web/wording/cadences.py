"""How often a proactive service comes, in words."""

from __future__ import annotations

from proactive.models import Programme

_EVERY = {1: "every month", 3: "every quarter", 12: "once a year"}
_TIMES = {0: "as agreed", 1: "once a year", 2: "twice a year"}


def cadence_words(programme: Programme) -> str:
    """How often: `every month or better`, `on request, every quarter at most`, `as needed`."""
    months = programme.every_months
    every = _EVERY.get(months or 0, f"every {months} months")
    words = {
        "continuous": "always",
        "as_needed": "as needed",
        "every": every,
        "at_least": f"{every} or better",
        "per_contract": _TIMES.get(programme.count_a_year, f"{programme.count_a_year} times a year"),
        "on_request": f"on request, {every} at most",
    }
    return words.get(programme.cadence_kind, "")
