"""Who may do what with contracts and what surrounds them (domain.md §2)."""

from __future__ import annotations

from accounts.models import Client
from contracts.models import Contract, Interconnection, OnboardingStep
from events.domain.actor import Actor

_SERVING = ("engineer", "lead", "csm", "administrator")


def may_manage_catalogue(actor: Actor) -> bool:
    """Plans and the provider's own calendars are loaded by the system or an administrator."""
    return actor.is_system or actor.staff_role == "administrator"


def may_manage_contracts(actor: Actor, client: Client) -> bool:
    """Account executives manage contracts and calendars of their clients, administrators of all."""
    if actor.is_system or actor.staff_role == "administrator":
        return True
    return actor.staff_role == "account_executive" and actor.sees_client(client.id)


def may_name_contacts(actor: Actor, contract: Contract) -> bool:
    """A point of contact fills the client's slots; who manages the contract or sees to success may too."""
    return (
        _is_poc(actor, contract) or may_manage_contracts(actor, contract.client) or _is_csm(actor, contract)
    )


def may_change_environments(actor: Actor, contract: Contract) -> bool:
    """Staff who serve the client and its points of contact keep the list of instances."""
    return _is_poc(actor, contract) or _serves(actor, contract)


def may_announce_windows(actor: Actor, contract: Contract) -> bool:
    """Either side announces maintenance: the client's points of contact and staff who serve it."""
    return _is_poc(actor, contract) or _serves(actor, contract)


def may_record_preconditions(actor: Actor, contract: Contract) -> bool:
    """Staff who serve the client note that a precondition is in place."""
    return _serves(actor, contract) or may_manage_contracts(actor, contract.client)


def may_clear_engineers(actor: Actor, contract: Contract) -> bool:
    """Leads, the client's success managers and administrators say who may work where that is restricted."""
    return actor.is_system or (
        actor.staff_role in ("lead", "csm", "administrator") and _serves(actor, contract)
    )


def may_propose_rules(actor: Actor, contract: Contract) -> bool:
    """Either side proposes golden rules: points of contact, and staff who serve the client."""
    return _is_poc(actor, contract) or _serves(actor, contract)


def may_agree_for_client(actor: Actor, contract: Contract) -> bool:
    """A point of contact agrees to golden rules for the client."""
    return _is_poc(actor, contract)


def may_agree_for_provider(actor: Actor, contract: Contract) -> bool:
    """The success manager agrees to golden rules for the provider; an administrator may in their stead."""
    return _is_csm(actor, contract) or actor.staff_role == "administrator"


def may_tick_onboarding(actor: Actor, step: OnboardingStep) -> bool:
    """Staff who serve the client tick every step, a point of contact those that the client owns."""
    if _serves(actor, step.contract):
        return True
    return step.owner == "client" and _is_poc(actor, step.contract)


def may_request_interconnections(actor: Actor, client_id: int) -> bool:
    """A point of contact asks for its system to be joined to the desk, and ends that; no key does."""
    return actor.kind == "person" and actor.role_at(client_id) == "poc"


def may_assess_interconnections(actor: Actor, contract: Contract) -> bool:
    """Staff who serve the client say whether it can be done and whether it is safe."""
    return _serves(actor, contract) and actor.person_id is not None


def may_agree_to_interconnections(actor: Actor, contract: Contract) -> bool:
    """Whoever manages the contract agrees to an interconnection for the provider, or ends it."""
    return may_manage_contracts(actor, contract.client) and actor.person_id is not None


def may_map_interconnections(actor: Actor, interconnection: Interconnection) -> bool:
    """Both sides keep the maps: points of contact, staff who serve the client, its own key."""
    return (
        _is_poc(actor, interconnection.contract) and actor.interconnection_id in (None, interconnection.pk)
    ) or _serves(actor, interconnection.contract)


def _is_poc(actor: Actor, contract: Contract) -> bool:
    return actor.role_at(contract.client_id) == "poc"


def _is_csm(actor: Actor, contract: Contract) -> bool:
    return actor.staff_role == "csm" and actor.sees_client(contract.client_id)


def _serves(actor: Actor, contract: Contract) -> bool:
    return actor.is_system or (actor.staff_role in _SERVING and actor.sees_client(contract.client_id))
