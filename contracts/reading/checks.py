"""What the tables of a plan must agree on among themselves: every name used is a name given.

Each check yields `(table, key, reason)`; the catalogue adds the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contracts.domain.plan import Commitment, Plan, Stance
from contracts.reading.calendar_files import BUSINESS
from contracts.reading.tables import TargetTable

Finding = tuple[str, str, str]
RANKS = (1, 2, 3, 4)


def findings(plan: Plan, *, targets: Iterable[TargetTable], known: Mapping[str, bool]) -> Iterator[Finding]:
    """Every disagreement inside one plan; `known` are the named calendars, and whether they have days."""
    yield from _twice(plan)
    yield from _scale(plan)
    yield from _calendars(plan, known)
    yield from _targets(plan, list(targets), known)
    yield from _amounts(plan)
    yield from _references(plan)
    yield from _contacts(plan)
    yield from _cadences(plan)
    yield from _hours(plan)
    yield from _wording(plan)


def _twice(plan: Plan) -> Iterator[Finding]:
    named = {
        "urgencies": [urgency.code for urgency in plan.urgencies],
        "request_types": [kind.code for kind in plan.request_types],
        "objectives": [rule.objective.value for rule in plan.objectives],
        "services": [service.key for service in plan.services],
        "add_ons": [add_on.key for add_on in plan.add_ons],
        "proactive": [service.key for service in plan.proactive],
        "onboarding": [step.key for step in plan.onboarding],
        "preconditions": [item.key for item in plan.preconditions],
        "rule_templates": [template.key for template in plan.rule_templates],
        "terms": [term.key for term in plan.terms],
        "escalation.tiers": [str(tier.level) for tier in plan.escalation.tiers],
        "hours.packs": [pack.key for pack in plan.hours.packs],
    }
    for table, keys in named.items():
        for key, times in Counter(keys).items():
            if times > 1:
                yield table, key, "stands twice"


def _scale(plan: Plan) -> Iterator[Finding]:
    ranks = Counter(urgency.rank for urgency in plan.urgencies)
    for rank in RANKS:
        if ranks[rank] != 1:
            yield "urgencies", "rank", f"rank {rank} stands {ranks[rank]} times; each of 1 to 4 stands once"
    codes = {urgency.code for urgency in plan.urgencies}
    if plan.non_production_urgency and plan.non_production_urgency not in codes:
        yield "top", "non_production_urgency", f"unknown urgency {plan.non_production_urgency!r}"
    for code in plan.update_notes:
        if code not in codes:
            yield "update_notes", code, "unknown urgency"


def _calendars(plan: Plan, known: Mapping[str, bool]) -> Iterator[Finding]:
    for name in plan.calendars:
        if name != BUSINESS and name not in known:
            yield "calendars", name, "unknown calendar: no file of that name under the calendars"
    if plan.coverage.dedicated_calendar and plan.coverage.dedicated_calendar not in plan.calendars:
        yield "coverage", "dedicated_calendar", f"unknown calendar {plan.coverage.dedicated_calendar!r}"


def _targets(plan: Plan, tables: list[TargetTable], known: Mapping[str, bool]) -> Iterator[Finding]:
    urgencies = [urgency.code for urgency in plan.urgencies]
    stated: Counter[tuple[str, str, str]] = Counter()
    for table in tables:
        where = f"targets.{table.objective}"
        yield from _target_table(plan, table, where, known)
        for kind in table.request_types:
            stated.update((table.objective, kind, code) for code in table.within)
    for objective, kind in dict.fromkeys((objective, kind) for objective, kind, _ in stated):
        for code in urgencies:
            times = stated[objective, kind, code]
            if times == 0:
                yield f"targets.{objective}", f"within.{code}", f"missing for request type {kind!r}"
            elif times > 1:
                yield f"targets.{objective}", f"within.{code}", f"stated twice for request type {kind!r}"


def _target_table(plan: Plan, table: TargetTable, where: str, known: Mapping[str, bool]) -> Iterator[Finding]:
    codes = {urgency.code for urgency in plan.urgencies}
    if table.objective not in {rule.objective.value for rule in plan.objectives}:
        yield where, "objective", f"no [[objectives]] table says what starts and meets {table.objective!r}"
    if table.calendar not in plan.calendars:
        yield where, "calendar", f"unknown calendar {table.calendar!r}"
    for kind in table.request_types:
        if kind not in {request_type.code for request_type in plan.request_types}:
            yield where, "request_types", f"unknown request type {kind!r}"
    for code, allowed in table.within.items():
        if code not in codes:
            yield where, f"within.{code}", "unknown urgency"
        if allowed.business_days is not None and not known.get(table.calendar, True):
            yield where, f"within.{code}", f"calendar {table.calendar!r} has no business days"


def _amounts(plan: Plan) -> Iterator[Finding]:
    for target in plan.targets:
        where = f"targets.{target.objective}.{target.request_type}.{target.urgency}"
        given = [amount for amount in (target.seconds, target.business_days) if amount is not None]
        if len(given) != 1 or given[0] <= 0:
            yield where, "within", "a target is an amount above nothing, in seconds or in business days"
        if target.calendar not in plan.calendars:
            yield where, "calendar", f"unknown calendar {target.calendar!r}"
    counted = {
        "close_after_days": plan.close_after_days,
        "onboarding_days": plan.onboarding_days,
        "hours.increment_minutes": plan.hours.increment_minutes,
    }
    for key, amount in counted.items():
        if amount < 1:
            yield "top", key, "must be at least 1"
    if not 1 <= plan.at_risk_percent <= 100:
        yield "top", "at_risk_percent", "must be between 1 and 100"


def _references(plan: Plan) -> Iterator[Finding]:
    add_ons = {add_on.key for add_on in plan.add_ons}
    kinds = {kind.code for kind in plan.request_types}
    services = {service.key for service in plan.services}
    for service in plan.services:
        where = f"services.{service.key}"
        if (service.stance == Stance.ADD_ON) != bool(service.add_on):
            yield where, "add_on", "named exactly when the stance is 'add_on'"
        yield from _unknown(where, "add_on", [service.add_on] if service.add_on else [], add_ons)
        yield from _unknown(where, "request_types", service.request_types, kinds)
    for proactive in plan.proactive:
        wanted = [proactive.add_on] if proactive.add_on else []
        yield from _unknown(f"proactive.{proactive.key}", "add_on", wanted, add_ons)
    for document in plan.documents:
        yield from _unknown(f"documents.{document.kind}", "request_types", document.request_types, kinds)
    for add_on in plan.add_ons:
        wanted = [add_on.bucket_category] if add_on.bucket_category else []
        yield from _unknown(f"add_ons.{add_on.key}", "bucket_category", wanted, services)
    objectives = {rule.objective for rule in plan.objectives}
    for pause in plan.pauses:
        yield from _unknown(f"pauses.{pause.status}", "objectives", pause.objectives, objectives)


def _unknown(where: str, key: str, wanted: Iterable[str], given: Iterable[str]) -> Iterator[Finding]:
    known = set(given)
    for name in wanted:
        if name not in known:
            yield where, key, f"unknown name {str(name)!r}"


def _contacts(plan: Plan) -> Iterator[Finding]:
    rule = plan.contacts
    if rule is None:
        return
    if rule.partner_add_on:
        yield from _unknown(
            "contacts", "partner_add_on", [rule.partner_add_on], [a.key for a in plan.add_ons]
        )
    try:
        re.compile(rule.partner_pattern)
    except re.error as fault:
        yield "contacts", "partner_pattern", f"not a regular expression: {fault}"


def _cadences(plan: Plan) -> Iterator[Finding]:
    needs = {"at_least": (True, False), "every": (True, False), "on_request": (True, True)}
    for service in plan.proactive:
        cadence = service.cadence
        months, limit = needs.get(cadence.kind, (False, False))
        if (cadence.every_months is not None, cadence.limit is not None) != (months, limit):
            yield (
                f"proactive.{service.key}.cadence",
                "kind",
                f"{cadence.kind!r} {'needs' if months else 'takes no'} every_months"
                f" and {'needs' if limit else 'takes no'} limit",
            )


def _hours(plan: Plan) -> Iterator[Finding]:
    rule = plan.hours
    if (rule.model == "prepaid") != bool(rule.packs):
        yield "hours", "packs", "stand exactly where the model is 'prepaid'"
    if (rule.model == "reserved") != bool(rule.periods):
        yield "hours", "periods", "stand exactly where the model is 'reserved'"
    for name in sorted(set(rule.drawing) & set(rule.free)):
        yield "hours", "free", f"{name!r} also stands among what draws"


def _wording(plan: Plan) -> Iterator[Finding]:
    if plan.commitment == Commitment.BEST_EFFORTS and plan.targets:
        yield "top", "commitment", "a plan of best efforts states no targets"
    if plan.commitment != Commitment.OBJECTIVE:
        return
    for where, text in _texts("", plan):
        if "guarantee" in text.lower():
            yield "top", where, "a plan of objectives does not speak of a guarantee (S18)"


def _texts(where: str, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any value of a plan
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(where, inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(where, inner)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _texts(where or name, getattr(value, name))
