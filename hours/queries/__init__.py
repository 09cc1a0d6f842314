"""Reading paid time: balances, entries, timers, requests, statements, forecasts."""

from hours.queries.balance import (
    Balance,
    BalanceLists,
    BucketLine,
    Estimate,
    balance_lists,
    balance_of,
    balances_of,
    estimate,
    estimate_of,
)
from hours.queries.entries import entries_of, entries_visible_to, entry_for
from hours.queries.faults import broken_chains, changed_months, ledger_faults
from hours.queries.outlook import HoursForecast, forecast, forecasts_of
from hours.queries.requests import (
    overage_for,
    overages_visible_to,
    packs_on_offer,
    question_for,
    questions_visible_to,
    top_up_for,
    top_ups_visible_to,
)
from hours.queries.statements import (
    Seal,
    digest_of,
    ledger_of,
    months_of,
    seal_of,
    statement,
    statement_month,
)
from hours.queries.terms import scope_of, zone_of
from hours.queries.timers import running_timer, timers_of
from hours.queries.timesheet import Timesheet, timesheet
from hours.queries.waiting import (
    Waiting,
    declined_entries,
    open_orders,
    open_overages,
    open_questions,
    waiting_of,
    waiting_parts,
)
from hours.queries.weeks import OpenWeek, handed_week, monday_of, open_weeks

__all__ = [
    "Balance",
    "BalanceLists",
    "BucketLine",
    "Estimate",
    "HoursForecast",
    "OpenWeek",
    "Seal",
    "Timesheet",
    "Waiting",
    "balance_lists",
    "balance_of",
    "balances_of",
    "broken_chains",
    "changed_months",
    "declined_entries",
    "digest_of",
    "entries_of",
    "entries_visible_to",
    "entry_for",
    "estimate",
    "estimate_of",
    "forecast",
    "forecasts_of",
    "handed_week",
    "ledger_faults",
    "ledger_of",
    "monday_of",
    "months_of",
    "open_orders",
    "open_overages",
    "open_questions",
    "open_weeks",
    "overage_for",
    "overages_visible_to",
    "packs_on_offer",
    "question_for",
    "questions_visible_to",
    "running_timer",
    "scope_of",
    "seal_of",
    "statement",
    "statement_month",
    "timers_of",
    "timesheet",
    "top_up_for",
    "top_ups_visible_to",
    "waiting_of",
    "waiting_parts",
    "zone_of",
]
