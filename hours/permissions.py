"""Who may do what with paid time (domain.md §2), read from the one table of rights."""

from __future__ import annotations

from accounts.domain.rights import Reach, Right, reach, role_reach
from contracts.models import Contract
from events.domain.actor import Actor
from hours.models import TimeEntry, Timer


def may_log_time(actor: Actor, client_id: int, *, person_id: int | None) -> bool:
    """Engineers and success managers log their own time, leads and administrators their team's too."""
    granted = reach(actor, Right.LOG_TIME, client_id)
    return granted is Reach.ALL or (granted is Reach.OWN and person_id == actor.person_id is not None)


def may_keep_timesheet(actor: Actor) -> bool:
    """Staff whose role logs time, be it their own alone."""
    return role_reach(actor.staff_role, Right.LOG_TIME) > Reach.NONE


def may_see_open_weeks(actor: Actor) -> bool:
    """Leads and administrators see whose week is still to be handed in."""
    return role_reach(actor.staff_role, Right.LOG_TIME) is Reach.ALL


def may_correct(actor: Actor, entry: TimeEntry) -> bool:
    """One's own entries, and for leads and administrators everybody's."""
    return may_log_time(actor, entry.client_id, person_id=entry.person_id)


def may_waive(actor: Actor, client_id: int) -> bool:
    """Leads and administrators mark work as not billed, and decide about declined entries."""
    return reach(actor, Right.LOG_TIME, client_id) is Reach.ALL


def may_run_timer(actor: Actor, timer: Timer) -> bool:
    """A timer belongs to its person alone."""
    return actor.person_id is not None and actor.person_id == timer.person_id


def may_ask_overage(actor: Actor, client_id: int) -> bool:
    """Whoever works for the client may ask ahead."""
    return reach(actor, Right.LOG_TIME, client_id) > Reach.NONE


def may_decide_for_client(actor: Actor, client_id: int) -> bool:
    """A point of contact, in person, approves overage and orders packs."""
    return not actor.is_system and reach(actor, Right.APPROVE_FOR_CLIENT, client_id) > Reach.NONE


def may_confirm_top_up(actor: Actor, client_id: int) -> bool:
    """Account executives confirm the orders of their clients; administrators any."""
    return reach(actor, Right.MANAGE_CONTRACTS, client_id) > Reach.NONE


def may_see_hours(actor: Actor, contract: Contract) -> bool:
    """Staff of the client, its points of contact, observers and integrations; members do not see money."""
    if not actor.sees_client(contract.client_id):
        return False
    if actor.contract_id is not None and actor.contract_id != contract.pk:
        return False
    return actor.is_staff or actor.is_system or actor.role_at(contract.client_id) in ("poc", "observer")


def may_question(actor: Actor, client_id: int) -> bool:
    """A point of contact, or an integration in its place, asks about a line."""
    return not actor.is_staff and actor.role_at(client_id) == "poc"
