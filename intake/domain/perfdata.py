"""Reading Nagios's performance data: the value that one of our thresholds is about.

The form is `'label'=value[unit];[warn];[crit];[min];[max]`, several divided by blanks, as the standard
plugins write it. What cannot be read is no value, and never a fault: the state that Nagios gives then counts.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from proactive.domain.checks import Check

_ITEM = re.compile(r"(?:'(?P<quoted>[^']{1,80})'|(?P<plain>[^\s'=]{1,80}))=(?P<rest>\S{1,200})")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")
_MOST_ITEMS = 40


@dataclass(frozen=True, slots=True)
class _Figure:
    value: float
    largest: float | None


def value_in(check: Check, perfdata: str) -> float | None:
    """The value of that check in the unit of its thresholds, or None where the data does not say it."""
    figures = _figures(perfdata)
    if not figures:
        return None
    if check in (Check.DISK_ROOT, Check.DISK_DATA, Check.DISK_HOME):
        return _free_of_used(next(iter(figures.values())))
    if check is Check.SWAP:
        figure = figures.get("swap")
        free = _share(figure) if figure else None
        return None if free is None else 100 - free
    names = {Check.USERS: "users", Check.LOAD: "load5", Check.PROCESSES: "procs"}
    wanted = figures.get(names.get(check, ""))
    return wanted.value if wanted else None


def _figures(perfdata: str) -> dict[str, _Figure]:
    found: dict[str, _Figure] = {}
    for match in list(_ITEM.finditer(perfdata))[:_MOST_ITEMS]:
        parts = match["rest"].split(";")
        value = _number(parts[0])
        if value is not None:
            largest = _number(parts[4]) if len(parts) > 4 else None
            found.setdefault((match["quoted"] or match["plain"]).lower(), _Figure(value, largest))
    return found


def _number(text: str) -> float | None:
    match = _NUMBER.match(text)
    value = float(match[0]) if match else math.nan
    return value if math.isfinite(value) else None


def _share(figure: _Figure) -> float | None:
    if figure.largest is None or figure.largest <= 0:
        return None
    return max(0.0, min(100.0, 100 * figure.value / figure.largest))


def _free_of_used(figure: _Figure) -> float | None:
    used = _share(figure)
    return None if used is None else 100 - used
