"""What was promised: plan versions, contracts, calendars, contacts, environments, rules, interconnections."""

from contracts.models.calendars import BusinessCalendar, CalendarVersion
from contracts.models.contract import Amendment, Contract, PreconditionProof
from contracts.models.environments import Environment, MaintenanceWindow
from contracts.models.interconnections import Interconnection, Judgement
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
    "Interconnection",
    "Judgement",
    "MaintenanceWindow",
    "NamedContact",
    "OnboardingStep",
    "PlanVersion",
    "PreconditionProof",
    "Sop",
    "SopVersion",
]
