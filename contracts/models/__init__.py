"""What was promised: plan versions, contracts, calendars, contacts by name, environments, golden rules."""

from contracts.models.calendars import BusinessCalendar, CalendarVersion
from contracts.models.contract import Amendment, Contract, PreconditionProof
from contracts.models.environments import Environment, MaintenanceWindow
from contracts.models.onboarding import OnboardingStep
from contracts.models.people import Clearance, NamedContact
from contracts.models.plans import PlanVersion
from contracts.models.rules import Sop, SopVersion

__all__ = [
    "Amendment",
    "BusinessCalendar",
    "CalendarVersion",
    "Clearance",
    "Contract",
    "Environment",
    "MaintenanceWindow",
    "NamedContact",
    "OnboardingStep",
    "PlanVersion",
    "PreconditionProof",
    "Sop",
    "SopVersion",
]
