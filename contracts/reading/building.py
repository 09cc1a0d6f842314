"""From checked tables to the frozen plan: lengths, prices and targets take the shape that is counted in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from contracts.domain.canonical import plan_from_json
from contracts.domain.plan import Plan
from contracts.reading.family import Family, PlanEntry, stated


def build_plan(family: Family, entry: PlanEntry) -> Plan:
    """The plan of one `[[plan]]` entry; the tables must have been found complete before."""
    merged = stated(family, entry)
    per = merged.pop("price_per", "")
    body: dict[str, Any] = {
        "key": entry.key,
        "family": family.family,
        "title": entry.title,
        "provider": family.provider,
        "summary": entry.summary,
    }
    for name, value in merged.items():
        body[name] = _SHAPES.get(name, _plain)(value)
    body["prices"] = _prices(merged.get("prices", {}), per=per)
    return plan_from_json(body)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any table of the file
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.model_dump() if hasattr(value, "model_dump") else value


def _prices(prices: Mapping[str, int], *, per: str) -> list[dict[str, Any]]:
    return [{"currency": currency, "minor_units": units, "per": per} for currency, units in prices.items()]


def _targets(tables: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - list[TargetTable]
    return [
        {
            "objective": table.objective,
            "request_type": request_type,
            "urgency": urgency,
            "calendar": table.calendar,
            "seconds": allowed.seconds,
            "business_days": allowed.business_days,
            "repeats": table.repeats,
        }
        for table in tables
        for request_type in table.request_types
        for urgency, allowed in table.within.items()
        if allowed.seconds is not None or allowed.business_days is not None
    ]


def _hours(table: Any) -> dict[str, Any]:  # noqa: ANN401 - HoursTable
    body: dict[str, Any] = table.model_dump()
    body["increment_minutes"] = body.pop("increment")
    for pack in body["packs"]:
        pack["minutes"] = pack.pop("work")
        pack["prices"] = _prices(pack["prices"], per="pack")
    return body


def _add_ons(tables: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - list[AddOnTable]
    bodies: list[dict[str, Any]] = [table.model_dump() for table in tables]
    for body in bodies:
        body["bucket_minutes"] = body.pop("bucket")
        body["prices"] = _prices(body["prices"], per=body["period"])
    return bodies


def _escalation(table: Any) -> dict[str, Any]:  # noqa: ANN401 - EscalationTable
    body: dict[str, Any] = table.model_dump()
    for tier in body["tiers"]:
        tier["acknowledge_seconds"] = tier.pop("acknowledge")
    return body


_SHAPES: Mapping[str, Callable[[Any], Any]] = {
    "targets": _targets,
    "hours": _hours,
    "add_ons": _add_ons,
    "escalation": _escalation,
}
