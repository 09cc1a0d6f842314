"""Reading what was promised: contracts, their terms and calendars, and what surrounds them."""

from contracts.queries.catalogue import (
    business_calendars_of,
    newest_version,
    offered_plans,
    plan_of_version,
    shared_calendars,
)
from contracts.queries.contract import contract_for, contract_on, contracts_in_force, visible_to
from contracts.queries.interconnections import interconnection_for, interconnections_visible_to, maps_of
from contracts.queries.opening import may_open
from contracts.queries.surroundings import (
    OnboardingState,
    cleared_people,
    environments_of,
    environments_visible_to,
    governing_sops,
    maintenance_intervals,
    named_contacts_of,
    onboarding_of,
    onboarding_state,
    overdue_onboarding,
    sops_in_force,
    sops_visible_to,
    unmet_preconditions,
    waited_for,
    windows_visible_to,
)
from contracts.queries.terms import (
    calendars_for,
    calendars_of,
    calendars_of_many,
    contracts_with_calendars,
    effective_plan,
    version_difference,
)

__all__ = [
    "OnboardingState",
    "business_calendars_of",
    "calendars_for",
    "calendars_of",
    "calendars_of_many",
    "cleared_people",
    "contract_for",
    "contract_on",
    "contracts_in_force",
    "contracts_with_calendars",
    "effective_plan",
    "environments_of",
    "environments_visible_to",
    "governing_sops",
    "interconnection_for",
    "interconnections_visible_to",
    "maintenance_intervals",
    "maps_of",
    "may_open",
    "named_contacts_of",
    "newest_version",
    "offered_plans",
    "onboarding_of",
    "onboarding_state",
    "overdue_onboarding",
    "plan_of_version",
    "shared_calendars",
    "sops_in_force",
    "sops_visible_to",
    "unmet_preconditions",
    "version_difference",
    "visible_to",
    "waited_for",
    "windows_visible_to",
]
