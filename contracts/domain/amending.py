"""What was agreed with one client beyond its plan, laid over the plan's body.

A path names a place of the plan in its own words: `close_after_days`, `hours.increment_minutes`,
`services.training.stance`, `targets.first_response.incident.critical`. Elements of a list are found by their
code or key; a target by objective, request type and urgency.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from contracts.domain.canonical import plan_from_json, type_faults
from contracts.domain.plan import Plan

NATURAL_KEYS = ("key", "code", "objective", "status", "kind", "level", "group", "product", "number")
TARGET_KEYS = ("objective", "request_type", "urgency")
FIXED = ("key", "family", "title", "provider")


class AmendmentRefused(ValueError):  # noqa: N818 - a refusal, named as one
    """A path that leads nowhere in the plan, or a value of another kind than stands there."""


def amended(body: Mapping[str, Any], amendments: Iterable[tuple[str, Any]]) -> Plan:
    """The plan with the amendments laid over it, later ones above earlier; raises `AmendmentRefused`."""
    overlaid: dict[str, Any] = deepcopy(dict(body))
    for path, value in amendments:
        _lay(overlaid, path, value)
    plan = plan_from_json(overlaid)
    if faults := list(type_faults(plan)):
        raise AmendmentRefused("; ".join(faults))
    return plan


def _lay(body: dict[str, Any], path: str, value: Any) -> None:  # noqa: ANN401 - any JSON value
    steps = path.split(".")
    if steps[0] in FIXED:
        raise AmendmentRefused(f"{path!r} is what the plan is; it cannot be agreed otherwise")
    holder: Any = body
    while steps:
        if isinstance(holder, list):
            holder = _element(holder, steps, path)
            if not steps:
                _merge(holder, value, path)
                return
        step = steps.pop(0)
        if not isinstance(holder, dict) or step not in holder:
            raise AmendmentRefused(f"the plan states nothing at {path!r}")
        if not steps:
            _require_kind(holder[step], value, path)
            holder[step] = value
            return
        holder = holder[step]


def _element(elements: list[Any], steps: list[str], path: str) -> Any:  # noqa: ANN401 - an element of the plan
    is_target = bool(elements) and isinstance(elements[0], dict) and set(TARGET_KEYS) <= set(elements[0])
    wanted = [steps.pop(0) for _ in range(min(3 if is_target else 1, len(steps)))]
    for element in elements:
        if isinstance(element, dict) and _names(element, is_target=is_target) == wanted:
            return element
    raise AmendmentRefused(f"the plan has no {'.'.join(wanted)!r} (asked for by {path!r})")


def _names(element: Mapping[str, Any], *, is_target: bool) -> list[str]:
    if is_target:
        return [str(element[key]) for key in TARGET_KEYS]
    return [str(element[key]) for key in NATURAL_KEYS if key in element][:1]


def _merge(element: dict[str, Any], value: Any, path: str) -> None:  # noqa: ANN401 - any JSON value
    if not isinstance(value, dict) or not value or not set(value) <= set(element):
        raise AmendmentRefused(f"{path!r} takes a table of what stands there, such as {sorted(element)[:3]}")
    if {"seconds", "business_days"} & set(value):
        element["seconds"] = element["business_days"] = None
    for key, part in value.items():
        _require_kind(element[key], part, f"{path}.{key}")
        element[key] = part


def _require_kind(old: Any, new: Any, path: str) -> None:  # noqa: ANN401 - any JSON value
    if old is not None and new is not None and type(old) is not type(new):
        raise AmendmentRefused(f"{path!r} holds a {type(old).__name__}, not a {type(new).__name__}")
