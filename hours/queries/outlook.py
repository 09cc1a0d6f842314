"""When a contract's hours run out (H10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Sum

from contracts.models import Contract
from contracts.queries import calendars_of_many
from hours.domain.forecast import WEEK_DAYS, WEEKS, Forecast
from hours.domain.forecast import forecast as forecast_of
from hours.domain.periods import local_date
from hours.models import LedgerEntry, Movement
from hours.queries.balance import COMMON_KINDS, Balance, balances_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursForecast:
    """The forecast with what it was made from: paid minutes left, and the day the present period ends.

    Days are those of the contract's `zone`.
    """

    zone: str
    available: int
    period_ends_on: date | None
    forecast: Forecast
    drawn_by_day: dict[date, int]

    @property
    def runs_out_early(self) -> bool:
        """Whether the hours are expected to run out before the period ends."""
        day = self.forecast.runs_out_on
        return day is not None and self.period_ends_on is not None and day < self.period_ends_on


def forecast(contract: Contract, *, at: datetime) -> HoursForecast:
    """When the paid minutes of all work run out at the pace of the trailing eight weeks (H10).

    Counts by the day worked, reversals off; buckets reserved for a category and overage are left out.
    """
    return forecasts_of([contract], at=at)[contract.pk]


def forecasts_of(
    contracts: Sequence[Contract],
    *,
    at: datetime,
    balances: Mapping[int, Balance] | None = None,
    zones: Mapping[int, str] | None = None,
) -> dict[int, HoursForecast]:
    """The forecasts of several contracts by contract id, in as many statements as for one.

    `balances` are those of the same moment, `zones` those of the contracts, where they are known already.
    """
    if zones is None:
        zones = {pk: calendars["business"].zone for pk, calendars in calendars_of_many(contracts).items()}
    if balances is None:
        balances = balances_of(contracts, at=at)
    farthest = at.date() - timedelta(days=WEEKS * WEEK_DAYS + 1)
    drawn = _drawn_by_day([contract.pk for contract in contracts], since=farthest)
    return {
        contract.pk: _forecast(
            contract, balances[contract.pk], drawn.get(contract.pk, {}), zone=zones[contract.pk], at=at
        )
        for contract in contracts
    }


def _forecast(
    contract: Contract, balance: Balance, drawn: Mapping[date, int], *, zone: str, at: datetime
) -> HoursForecast:
    today = local_date(at, zone)
    since = today - timedelta(days=WEEKS * WEEK_DAYS)
    recent = {on: minutes for on, minutes in drawn.items() if on > since}
    common = [line for line in balance.buckets if line.kind in COMMON_KINDS]
    ends = [line.expires_at for line in common if line.expires_at is not None]
    available = sum(line.remaining for line in common)
    return HoursForecast(
        zone=zone,
        available=available,
        period_ends_on=local_date(min(ends), zone) if ends else None,
        forecast=forecast_of(drawn=recent, available=available, today=today, since=contract.starts_on),
        drawn_by_day=recent,
    )


def _drawn_by_day(contract_ids: list[int], *, since: date) -> dict[int, dict[date, int]]:
    rows = (
        LedgerEntry.objects.filter(
            account__contract__in=contract_ids,
            kind__in=(Movement.DRAW, Movement.REVERSAL),
            time_entry__worked_on__gt=since,
            bucket__kind__in=COMMON_KINDS,
        )
        .order_by()
        .values_list("account__contract_id", "time_entry__worked_on")
        .annotate(total=Sum("minutes"))
    )
    found: dict[int, dict[date, int]] = {}
    for contract_id, on, total in rows:
        found.setdefault(contract_id, {})[on] = -total
    return found
