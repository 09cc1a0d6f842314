"""What a support plan promises, as frozen values: the shape that every plan file is read into.

Amounts of time are whole seconds, hours of work whole minutes, prices integer minor units (pence, cents).
Nothing here knows a particular plan; `contracts.reading` turns a TOML file into a `Plan`.
"""

from contracts.domain.plan.hours import HoursRule, Pack, Price
from contracts.domain.plan.people import (
    ContactRule,
    Coverage,
    Edition,
    EscalationRule,
    OnboardingStep,
    ProductLimit,
    Responsibility,
    RuleTemplate,
    Term,
    TierTemplate,
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
from contracts.domain.plan.scope import AddOn, Cadence, ProactiveService, Service, Stance
from contracts.domain.plan.whole import Plan

__all__ = [
    "AddOn",
    "Cadence",
    "Commitment",
    "ContactRule",
    "Coverage",
    "Edition",
    "EscalationRule",
    "HoursRule",
    "Objective",
    "ObjectiveRule",
    "OnboardingStep",
    "OwedDocument",
    "Pack",
    "PauseRule",
    "Plan",
    "Precondition",
    "Price",
    "ProactiveService",
    "ProductLimit",
    "RequestType",
    "Responsibility",
    "RuleTemplate",
    "Service",
    "Stance",
    "Target",
    "Term",
    "TierTemplate",
    "Urgency",
]
