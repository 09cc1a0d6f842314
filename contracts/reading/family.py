"""A family file: shared tables, and a `[[plan]]` entry for each plan of the family.

A table in a `[[plan]]` entry replaces the shared one of the same name; what stands under `[plan.add]`
lengthens the shared list instead.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from contracts.reading import tables as t
from contracts.reading.scope_tables import AddOnTable, ProactiveTable, ServiceTable

NEEDED = ("commitment", "promise_wording", "urgencies", "request_types", "calendars")


class PlanTables(t.Table):
    """Everything that a plan may state, nothing of it needed: a family shares it out over two places."""

    commitment: Literal["objective", "guarantee", "best_efforts"] | None = None
    promise_wording: t.Text | None = None
    urgencies: list[t.UrgencyTable] | None = None
    request_types: list[t.RequestTypeTable] | None = None
    calendars: t.Keys | None = None
    objectives: list[t.ObjectiveTable] | None = None
    targets: list[t.TargetTable] | None = None
    pauses: list[t.PauseTable] | None = None
    exempt_channels: t.Keys | None = None
    channel_notes: dict[t.Key, t.Text] | None = None
    non_production_urgency: t.Key | None = None
    client_owns_urgency: bool | None = None
    preconditions: list[t.PreconditionTable] | None = None
    at_risk_percent: Annotated[int, Field(ge=1, le=100)] | None = None
    hours: t.HoursTable | None = None
    services: list[ServiceTable] | None = None
    add_ons: list[AddOnTable] | None = None
    proactive: list[ProactiveTable] | None = None
    contacts: t.ContactsTable | None = None
    coverage: t.CoverageTable | None = None
    escalation: t.EscalationTable | None = None
    onboarding_days: Annotated[int, Field(ge=1)] | None = None
    onboarding: list[t.OnboardingTable] | None = None
    responsibilities: list[t.ResponsibilityTable] | None = None
    documents: list[t.DocumentTable] | None = None
    prices: t.Prices | None = None
    price_per: Literal["year", "pack", ""] | None = None
    close_after_days: Annotated[int, Field(ge=1)] | None = None
    update_notes: dict[t.Key, t.Text] | None = None
    requires_maintenance: bool | None = None
    account_reasons: list[t.Text] | None = None
    rule_templates: list[t.RuleTemplateTable] | None = None
    terms: list[t.TermTable] | None = None
    editions: list[t.EditionTable] | None = None


class PlanEntry(PlanTables):
    """One `[[plan]]`: its names, what it replaces, and what it adds."""

    key: t.Key
    title: t.Text
    summary: t.Text
    add: PlanTables | None = None


class Family(PlanTables):
    """A whole family file."""

    family: t.Key
    provider: t.Text
    plan: Annotated[list[PlanEntry], Field(min_length=1)]


def stated(family: Family, entry: PlanEntry) -> dict[str, Any]:
    """All that holds for one plan of the family: its own tables before the shared ones, additions last.

    A list takes additions at its end; a table takes them key by key.
    """
    merged: dict[str, Any] = {}
    for name in PlanTables.model_fields:
        value = getattr(entry, name)
        value = getattr(family, name) if value is None else value
        more = getattr(entry.add, name) if entry.add else None
        value = _joined(value, more) if more is not None else value
        if value is not None:
            merged[name] = value
    return merged


def _joined(value: Any, more: Any) -> Any:  # noqa: ANN401 - any table of the file
    if isinstance(value, list):
        return [*value, *more]
    if isinstance(value, dict):
        return {**value, **more}
    if isinstance(value, BaseModel) and isinstance(more, BaseModel):
        return value.model_copy(update={name: getattr(more, name) for name in more.model_fields_set})
    return more
