"""What was agreed beyond a plan, in words: the place of the plan, and what stands there now."""

from __future__ import annotations

from typing import Any

from contracts.domain.difference import Difference
from contracts.domain.plan import Plan
from contracts.models import Amendment
from web.wording.times import duration

_PLACES = {
    "close_after_days": "Solved tickets close by themselves after (days)",
    "at_risk_percent": "A clock is at risk from (percent of its time)",
    "hours.increment_minutes": "Time is billed in steps of (minutes)",
    "hours.rollover_periods": "Periods that unused hours stay",
    "non_production_urgency": "Urgency outside production",
    "onboarding_days": "Days of onboarding",
    "promise_wording": "What the times mean",
    "exempt_channels": "Channels without service levels",
}
_STANCES = {"included": "covered", "add_on": "with an add-on", "excluded": "not covered"}


def place_in_words(plan: Plan, path: str) -> str:
    """A place of the plan as a reader knows it; a place without words of its own is read out."""
    steps = path.split(".")
    if path in _PLACES:
        return _PLACES[path]
    if steps[0] == "targets" and len(steps) >= 4:
        return ", ".join(_target_words(plan, *steps[1:4]))
    if steps[0] == "services" and len(steps) > 1:
        labels = {one.key: one.label for one in plan.services}
        return ": ".join(filter(None, (labels.get(steps[1], steps[1]), _read_out(steps[2:]))))
    return _read_out(steps)


def value_in_words(value: Any) -> str:  # noqa: ANN401 - any JSON value of a plan
    """What was agreed to stand there."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if value.get("seconds") is not None:
            return duration(value["seconds"])
        if value.get("business_days") is not None:
            return f"{value['business_days']} business day{'' if value['business_days'] == 1 else 's'}"
        return ", ".join(f"{_read_out([name])}: {value_in_words(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(value_in_words(one) for one in value) or "none"
    return "nothing" if value in (None, "") else _STANCES.get(str(value), str(value))


def amendment_in_words(plan: Plan, amendment: Amendment) -> dict[str, Any]:
    """One amendment for a page: where, what, why, and who agreed for either side."""
    return {
        "path": amendment.path,
        "place": place_in_words(plan, amendment.path),
        "value": value_in_words(amendment.value),
        "reason": amendment.reason,
        "client": amendment.agreed_by_client,
        "provider": amendment.agreed_by_provider.name,
        "at": amendment.agreed_at,
    }


def change_in_words(plan: Plan, change: Difference) -> dict[str, Any]:
    """One place at which two versions differ, with what each says; None where it says nothing."""
    is_time = change.path.endswith(".seconds")
    before, after = (
        None if value is None else value_in_words({"seconds": value} if is_time else value)
        for value in (change.before, change.after)
    )
    return {
        "path": change.path,
        "place": place_in_words(plan, change.path),
        "before": before,
        "after": after,
    }


def _target_words(plan: Plan, objective: str, request_type: str, urgency: str) -> tuple[str, str, str]:
    rules = {str(one.objective): one.label for one in plan.objectives}
    kinds = {one.code: one.label for one in plan.request_types}
    urgencies = {one.code: one.label for one in plan.urgencies}
    return (
        rules.get(objective, _read_out([objective])),
        kinds.get(request_type, request_type),
        urgencies.get(urgency, urgency),
    )


def _read_out(steps: list[str]) -> str:
    words = ", ".join(step.replace("_", " ").replace("-", " ") for step in steps)
    return words[:1].upper() + words[1:]
