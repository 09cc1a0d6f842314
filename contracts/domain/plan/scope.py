"""What is covered: service categories, optional parts, and work nobody has to ask for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contracts.domain.plan.hours import Price


class Stance(StrEnum):
    """What the plan says about a service category (domain.md §3.1)."""

    INCLUDED = "included"
    ADD_ON = "add_on"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service category of the scope: what the plan says of it, and whether work on it draws hours."""

    key: str
    label: str
    group: str
    stance: Stance
    items: tuple[str, ...] = ()
    add_on: str = ""
    draws_hours: bool = True
    request_types: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """How often a proactive service is due (P1).

    `kind` is `continuous`, `as_needed`, `at_least` (`every_months`), `every` (`every_months`), `per_contract`
    (the number a year stands in the contract) or `on_request` (at most `limit` in `every_months`).
    """

    kind: str
    every_months: int | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProactiveService:
    """Work nobody has to ask for: a health assessment, a review, a mailing, monitoring.

    `environments` names the kinds of instance it reaches; `minimum_score` is the base score from which a
    published vulnerability counts (P9), the score itself included.
    """

    key: str
    label: str
    kind: str
    cadence: Cadence
    description: str
    add_on: str = ""
    at_onboarding: bool = False
    checklist: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    minimum_score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOn:
    """An optional part of a plan with its own scope, and perhaps a bucket of consultancy minutes a year."""

    key: str
    label: str
    description: str
    bucket_minutes: int = 0
    bucket_category: str = ""
    period: str = "year"
    on_site_days: int = 0
    prices: tuple[Price, ...] = ()
    contact_slots: int | None = None
    partner_slots: int | None = None
