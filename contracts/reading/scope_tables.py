"""The tables of a plan file that say what is covered: services, add-ons and proactive services."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.reading.tables import Key, Keys, Prices, Table, Text, WorkMinutes

Months = Annotated[int, Field(ge=1)]


class ServiceTable(Table):
    """`[[services]]`."""

    key: Key
    label: Text
    group: Text
    stance: Literal["included", "add_on", "excluded"]
    items: list[Text] = []
    add_on: str = ""
    draws_hours: bool = True
    request_types: Keys = []
    note: str = ""


class CadenceTable(Table):
    """`cadence` of a proactive service."""

    kind: Literal["continuous", "as_needed", "at_least", "every", "per_contract", "on_request"]
    every_months: Months | None = None
    limit: Annotated[int, Field(ge=1)] | None = None


class ProactiveTable(Table):
    """`[[proactive]]`."""

    key: Key
    label: Text
    kind: Key
    cadence: CadenceTable
    description: Text
    add_on: str = ""
    at_onboarding: bool = False
    checklist: list[Text] = []
    environments: Keys = []
    minimum_score: Annotated[float, Field(ge=0, le=10)] | None = None


class AddOnTable(Table):
    """`[[add_ons]]`."""

    key: Key
    label: Text
    description: Text
    bucket: WorkMinutes = 0
    bucket_category: str = ""
    period: Literal["year", "once"] = "year"
    on_site_days: Annotated[int, Field(ge=0)] = 0
    prices: Prices = {}
    contact_slots: Annotated[int, Field(ge=0)] | None = None
    partner_slots: Annotated[int, Field(ge=0)] | None = None
