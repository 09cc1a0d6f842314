"""Who may ask, who answers when, who hears of trouble, and what both sides undertake."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRule:
    """Who may open tickets where the plan names its contacts (domain.md §3.2).

    `partner_add_on` is the option that trades the plain slots for `partner_own_slots` people of the client
    and `partner_slots` of a solution partner; `partner_pattern` is a regular expression for the part of a
    partner's address before the `@`, `partner_example` shows one to people.
    """

    named_slots: int
    partner_add_on: str = ""
    partner_own_slots: int = 0
    partner_slots: int = 0
    partner_pattern: str = ""
    partner_example: str = ""
    same_domain: bool = True
    shared_mailboxes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductLimit:
    """What weekend cover does with a product: `excluded`, or only up to a rank (`limited`)."""

    product: str
    cover: str
    worst_ranks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Who works when (E6 to E8): dedicated team's calendar, weekend cover, warm handoffs, bookings."""

    dedicated_calendar: str = ""
    weekend_note: str = ""
    weekend_limits: tuple[ProductLimit, ...] = ()
    warm_handoff_ranks: tuple[int, ...] = ()
    booking_notice_days: int | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TierTemplate:
    """A default step of the escalation path; the contract names the people."""

    level: int
    label: str
    acknowledge_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRule:
    """What may be escalated and what the system escalates by itself (E1, E2)."""

    triggers: tuple[str, ...] = ()
    automatic_ranks: tuple[int, ...] = (1, 2)
    tiers: tuple[TierTemplate, ...] = ()
    development_priority: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OnboardingStep:
    """A line of the onboarding list; `owner` is `provider` or `client`, `day` counts from day 0."""

    key: str
    label: str
    owner: str
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """What the client undertakes, in a named group."""

    group: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTemplate:
    """A golden rule to start from: title and text with gaps that the client fills (domain.md §3.3)."""

    key: str
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A sentence of the agreement that no clock and no ledger counts, but that people look up."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A published edition of the document that the plan follows; the date is ISO 8601."""

    number: str
    published_on: str
    note: str = ""
