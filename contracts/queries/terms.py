"""The terms that hold for one contract: its plan with what was agreed otherwise, and its calendars."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from contracts.domain.amending import amended
from contracts.domain.calendar import Calendar
from contracts.domain.canonical import canonical_text, plan_to_json
from contracts.domain.difference import Difference, differences
from contracts.domain.plan import Plan
from contracts.models import CalendarVersion, Contract, PlanVersion
from contracts.queries.catalogue import plan_of_version, plan_once_read
from events.together import read_together

BUSINESS = "business"
"""The name by which plans mean the contract's own calendar."""


def effective_plan(contract: Contract) -> Plan:
    """The plan as it holds for this contract: its version, amendments laid over it, counted channels too.

    Costs one statement for the amendments, none where they were fetched along (`with_terms`).
    """
    agreed = json.dumps([[amendment.path, amendment.value] for amendment in contract.amendments.all()])
    version = contract.plan_version
    return _overlaid(version.pk, version.digest, agreed, tuple(sorted(contract.counted_channels)))


@lru_cache(maxsize=512)
def _overlaid(version_id: int, digest: str, agreed: str, counted: tuple[str, ...]) -> Plan:
    plan = plan_once_read(version_id, digest)
    amendments = [(path, value) for path, value in json.loads(agreed)]
    if amendments:
        plan = amended(plan_to_json(plan), amendments)
    exempt = tuple(channel for channel in plan.exempt_channels if channel not in counted)
    return plan if exempt == plan.exempt_channels else replace(plan, exempt_channels=exempt)


def calendars_of(contract: Contract) -> dict[str, Calendar]:
    """The contract's own calendar as `business`, and the provider's by name, in their newest state (S14).

    One statement, none for a contract that came from `contracts_with_calendars`.
    """
    return calendars_of_many([contract])[contract.pk]


def calendars_of_many(contracts: Iterable[Contract]) -> dict[int, dict[str, Calendar]]:
    """The calendars of several contracts by contract id, in at most two statements for all of them."""
    wanted = list(contracts)
    read = [contract.__dict__.get(_CURRENT) for contract in wanted]
    if any(one is None for one in read):
        read = [list(_current(Q(calendar_id__in={contract.calendar_id for contract in wanted})))]
    versions = [version for one in read for version in one or ()]
    states = _calendars({version.pk: version.digest for version in versions})
    by_id = {version.calendar_id: states[version.pk] for version in versions}
    by_name = {
        version.calendar.name: states[version.pk]
        for version in versions
        if version.calendar.client_id is None
    }
    return {contract.pk: calendars_for(by_id[contract.calendar_id], shared=by_name) for contract in wanted}


def calendars_for(business: Calendar, *, shared: Mapping[str, Calendar]) -> dict[str, Calendar]:
    """The provider's calendars as they count beside that business calendar, and itself as `business`.

    One that waits on local holidays waits on those of the business calendar.
    """
    at_home = {name: calendar.at_home_with(business) for name, calendar in shared.items()}
    return {**at_home, BUSINESS: business}


def contracts_with_calendars(contracts: QuerySet[Contract]) -> list[Contract]:
    """Those contracts with the newest states of their calendars at hand, all in one statement.

    For an act that follows at once: what `calendars_of` says of them is as it was then.
    """
    versions = _current(Q(calendar_id__in=contracts.order_by().values("calendar_id")))
    read_together(contracts, versions)
    found = list(contracts)
    for contract in found:
        own = [
            one for one in versions if not one.calendar.client_id or one.calendar_id == contract.calendar_id
        ]
        contract.__dict__[_CURRENT] = own
    return found


_CURRENT = "_current_calendar_versions"


def _current(own: Q) -> QuerySet[CalendarVersion]:
    shared = Q(calendar__client__isnull=True)
    return CalendarVersion.objects.current().filter(own | shared).select_related("calendar").defer("content")


_KNOWN_AT_MOST = 2048
_known: dict[str, Calendar] = {}


def _calendars(digests: dict[int, str]) -> dict[int, Calendar]:
    if len(_known) > _KNOWN_AT_MOST:
        _known.clear()
    found = {digest: _known[digest] for digest in set(digests.values()) & set(_known)}
    missing = [version_id for version_id, digest in digests.items() if digest not in found]
    for version in CalendarVersion.objects.filter(id__in=missing).only("content", "digest"):
        found[version.digest] = Calendar.from_dict(version.content)
    _known.update(found)
    return {version_id: found[digest] for version_id, digest in digests.items()}


def version_difference(before: PlanVersion, after: PlanVersion) -> list[Difference]:
    """What changes for a contract that moves between two versions, place by place."""
    return differences(_body(before), _body(after))


def _body(version: PlanVersion) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(canonical_text(plan_to_json(plan_of_version(version))))
    return body
