"""Under which terms the clocks of a contract run now: its plan, calendars and zone, for one statement."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Max, OuterRef, Q, Subquery

from contracts.domain.calendar import Calendar
from contracts.domain.plan import Plan
from contracts.models import Amendment, CalendarVersion, Contract
from contracts.queries import calendars_of, effective_plan
from slo.domain.terms import Terms, terms_of_plan

_BESIDE = "+"
_HALF = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The terms in force for one contract; two contracts that say the same share what was worked out.

    `digests` names the state of each calendar, by the name that the plan uses for it.
    """

    plan: Plan
    terms: Terms
    calendars: Mapping[str, Calendar]
    digests: Mapping[str, str]

    @property
    def zone(self) -> str:
        """The zone in which the contract's dates are told."""
        return self.calendars["business"].zone

    def rank(self, urgency: str) -> int:
        """The rank of an urgency; 4 for a code that a later plan does not have any more."""
        return next((one.rank for one in self.plan.urgencies if one.code == urgency), 4)


def standings_of(contract_ids: Iterable[int]) -> dict[int, Standing]:
    """The terms of several contracts by id: one statement when they are known already."""
    newest = CalendarVersion.objects.filter(calendar=OuterRef("calendar")).order_by("-number")
    shared = CalendarVersion.objects.filter(calendar__client__isnull=True).order_by("-id")
    stamps = Contract.objects.filter(id__in=set(contract_ids)).values_list(
        "id",
        "plan_version_id",
        "plan_version__digest",
        "counted_channels",
        "resolution_thresholds",
        Max("amendments__id"),
        Subquery(newest.values("digest")[:1]),
        Subquery(shared.values("id")[:1]),
        Subquery(shared.values("digest")[:1]),
    )
    rows = [(row[0], row[5], json.dumps(row[1:], sort_keys=True)) for row in stamps]
    amended = _amendments([row[0] for row in rows if row[1] is not None])
    return {
        contract_id: _standing(contract_id, stamp, amended.get(contract_id, ""))
        for contract_id, _, stamp in rows
    }


def standing_of(contract_id: int) -> Standing:
    """The terms of one contract."""
    return standings_of([contract_id])[contract_id]


def archived_calendars(digests: Iterable[str]) -> dict[str, Calendar]:
    """Calendars as they were when clocks were settled on them, by digest (S14)."""
    wanted = {digest: digest.split(_BESIDE) for digest in digests if digest}
    known = _states({part for parts in wanted.values() for part in parts})
    told: dict[str, Calendar] = {}
    for digest, (own, *business) in wanted.items():
        if own in known and not business:
            told[digest] = known[own]
        elif own in known and business[0] in known:
            told[digest] = known[own].at_home_with(known[business[0]])
    return told


def _states(digests: Collection[str]) -> dict[str, Calendar]:
    """Calendar versions by those digests, or by the beginnings of digests that were given."""
    begins = Q()
    for digest in digests:
        begins |= Q(digest__startswith=digest)
    rows = CalendarVersion.objects.filter(begins).only("digest", "content") if digests else ()
    states = {version.digest: version.content for version in rows}
    return {
        digest: Calendar.from_dict(content)
        for digest in digests
        for whole, content in states.items()
        if whole.startswith(digest)
    }


def digest_beside(own: str, business: str) -> str:
    """Name the state of a calendar that waits on the holidays of another: as long as one digest at most."""
    return f"{own[:_HALF]}{_BESIDE}{business[:_HALF]}"


def _amendments(contract_ids: list[int]) -> dict[int, str]:
    if not contract_ids:
        return {}
    told: dict[int, list[Any]] = {}
    rows = Amendment.objects.filter(contract_id__in=contract_ids).order_by("id")
    for contract_id, path, value in rows.values_list("contract_id", "path", "value"):
        told.setdefault(contract_id, []).append([path, value])
    return {contract_id: json.dumps(said, sort_keys=True) for contract_id, said in told.items()}


@lru_cache(maxsize=4096)
def _standing(contract_id: int, stamp: str, amendments: str) -> Standing:
    """Work out the terms; stamp and amendments change whenever anything that they are made of does."""
    contract = Contract.objects.select_related("plan_version").get(id=contract_id)
    plan = effective_plan(contract)
    own = Q(calendar_id=contract.calendar_id) | Q(calendar__client__isnull=True)
    versions = CalendarVersion.objects.current().filter(own).select_related("calendar").defer("content")
    digests = {
        "business" if version.calendar.client_id else version.calendar.name: version.digest
        for version in versions
    }
    calendars = calendars_of(contract)
    for name, calendar in calendars.items():
        if calendar.waits_on_local_holidays:
            digests[name] = digest_beside(digests[name], digests["business"])
    return Standing(
        plan=plan,
        terms=terms_of_plan(
            plan,
            thresholds=contract.resolution_thresholds,
            counted_channels=tuple(contract.counted_channels),
        ),
        calendars=calendars,
        digests=digests,
    )
