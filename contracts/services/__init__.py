"""Writes: loading plans, opening and changing contracts, and everything agreed around them."""

from contracts.services.amendments import amend, move_to_version
from contracts.services.calendars import save_calendar, with_holidays
from contracts.services.clearance import clear_engineer, end_clearance, record_precondition
from contracts.services.contacts import name_contact, release_contact, swap_contact
from contracts.services.contract import ContractFacts, end_contract, open_contract, settle_contract
from contracts.services.environments import (
    EnvironmentFacts,
    add_environment,
    announce_maintenance_window,
    cancel_maintenance_window,
    change_environment,
    retire_environment,
)
from contracts.services.interconnections import (
    Assessment,
    Wish,
    agree_to_interconnection,
    assess_interconnection,
    end_interconnection,
    issue_interconnection_key,
    map_interconnection,
    request_interconnection,
)
from contracts.services.onboarding import finish_step, hold_step, resume_step
from contracts.services.plans import Loaded, check_plans, load_plans
from contracts.services.rules import agree_to_rule, decline_rule, propose_rule

__all__ = [
    "Assessment",
    "ContractFacts",
    "EnvironmentFacts",
    "Loaded",
    "Wish",
    "add_environment",
    "agree_to_interconnection",
    "agree_to_rule",
    "amend",
    "announce_maintenance_window",
    "assess_interconnection",
    "cancel_maintenance_window",
    "change_environment",
    "check_plans",
    "clear_engineer",
    "decline_rule",
    "end_clearance",
    "end_contract",
    "end_interconnection",
    "finish_step",
    "hold_step",
    "issue_interconnection_key",
    "load_plans",
    "map_interconnection",
    "move_to_version",
    "name_contact",
    "open_contract",
    "propose_rule",
    "record_precondition",
    "release_contact",
    "request_interconnection",
    "resume_step",
    "retire_environment",
    "save_calendar",
    "settle_contract",
    "swap_contact",
    "with_holidays",
]
