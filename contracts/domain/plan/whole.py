"""The whole plan: one frozen value that holds everything a plan file states."""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.domain.plan.hours import HoursRule, Price
from contracts.domain.plan.people import (
    ContactRule,
    Coverage,
    Edition,
    EscalationRule,
    OnboardingStep,
    Responsibility,
    RuleTemplate,
    Term,
)
from contracts.domain.plan.promises import (
    Commitment,
    Objective,
    ObjectiveRule,
    OwedDocument,
    PauseRule,
    Precondition,
    RequestType,
    Target,
    Urgency,
)
from contracts.domain.plan.scope import AddOn, ProactiveService, Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A complete, validated plan: everything domain.md §3 says that a plan states."""

    key: str
    family: str
    title: str
    provider: str
    summary: str
    commitment: Commitment
    promise_wording: str
    urgencies: tuple[Urgency, ...]
    request_types: tuple[RequestType, ...]
    calendars: tuple[str, ...]
    objectives: tuple[ObjectiveRule, ...] = ()
    targets: tuple[Target, ...] = ()
    pauses: tuple[PauseRule, ...] = ()
    exempt_channels: tuple[str, ...] = ()
    channel_notes: dict[str, str] = field(default_factory=dict)
    non_production_urgency: str = ""
    client_owns_urgency: bool = False
    preconditions: tuple[Precondition, ...] = ()
    at_risk_percent: int = 75
    hours: HoursRule = field(default_factory=HoursRule)
    services: tuple[Service, ...] = ()
    add_ons: tuple[AddOn, ...] = ()
    proactive: tuple[ProactiveService, ...] = ()
    contacts: ContactRule | None = None
    coverage: Coverage = field(default_factory=Coverage)
    escalation: EscalationRule = field(default_factory=EscalationRule)
    onboarding_days: int = 14
    onboarding: tuple[OnboardingStep, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    documents: tuple[OwedDocument, ...] = ()
    prices: tuple[Price, ...] = ()
    close_after_days: int = 7
    update_notes: dict[str, str] = field(default_factory=dict)
    requires_maintenance: bool = False
    account_reasons: tuple[str, ...] = ()
    rule_templates: tuple[RuleTemplate, ...] = ()
    terms: tuple[Term, ...] = ()
    editions: tuple[Edition, ...] = ()

    def urgency(self, code: str) -> Urgency:
        """The urgency of that code; raises `KeyError` when the plan has none."""
        for urgency in self.urgencies:
            if urgency.code == code:
                return urgency
        raise KeyError(code)

    def request_type(self, code: str) -> RequestType:
        """The request type of that code; raises `KeyError` when the plan has none."""
        for request_type in self.request_types:
            if request_type.code == code:
                return request_type
        raise KeyError(code)

    def service(self, key: str) -> Service:
        """The service category of that key; raises `KeyError` when the plan has none."""
        for service in self.services:
            if service.key == key:
                return service
        raise KeyError(key)

    def add_on(self, key: str) -> AddOn:
        """The add-on of that key; raises `KeyError` when the plan has none."""
        for add_on in self.add_ons:
            if add_on.key == key:
                return add_on
        raise KeyError(key)

    def target(self, *, objective: Objective, request_type: str, urgency: str) -> Target | None:
        """The promise for that combination, or None where the plan makes none."""
        for target in self.targets:
            if (target.objective, target.request_type, target.urgency) == (objective, request_type, urgency):
                return target
        return None
