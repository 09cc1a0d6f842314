"""When somebody answers: the sentence under the greeting, from what the plan promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from contracts.domain.calendar import Calendar
from contracts.domain.plan import Objective, Plan, Target
from web.wording.calendars import open_now


def opening_words(plan: Plan, calendars: Mapping[str, Calendar], *, zone: ZoneInfo, now: datetime) -> str:
    """Until or from when support is open, and what is answered day and night all the same."""
    targets = [one for one in plan.targets if one.objective == Objective.FIRST_RESPONSE]
    always = [one for one in targets if one.business_days is None and calendars[one.calendar].is_always]
    if targets and len(always) == len(targets):
        return "Support is open day and night."
    measured = {one.calendar for one in targets if one not in always} or {"business"}
    name = "business" if "business" in measured else min(measured)
    return " ".join(filter(None, (open_now(calendars[name], zone=zone, now=now), _always(plan, always))))


def _always(plan: Plan, always: list[Target]) -> str:
    if not always:
        return ""
    kinds = {one.request_type for one in always}
    urgencies = {one.urgency for one in always}
    if len(always) != len(kinds) * len(urgencies):
        return "Some tickets are answered day and night; the form says which."
    said = []
    if len(urgencies) < len(plan.urgencies):
        said.append(_listed(one.label for one in plan.urgencies if one.code in urgencies))
    if len(kinds) < len(plan.request_types):
        said.append(_listed(one.label.lower() for one in plan.request_types if one.code in kinds))
    return f"Day and night we answer: {', '.join(said)}."


def _listed(labels: Iterable[str]) -> str:
    words = list(labels)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
