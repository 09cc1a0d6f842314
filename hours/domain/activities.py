"""What sort of work an entry is, and whether it draws from paid hours (H7)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

REQUESTED_WORK = "requested_work"
ON_SITE_WORK = "on_site_work"

#: The words for people; a plan's file may name more, which are shown by their key.
LABELS = {
    REQUESTED_WORK: "Requested work",
    "vpn_setup": "VPN set-up",
    "client_onboarding": "Onboarding asked for by the client",
    "interconnection": "Connection of ticketing systems",
    "platform_vendor_liaison": "Vendor liaison on a platform issue",
    "proactive_service": "Proactive service",
    "procurement_vendor_liaison": "Vendor liaison on quotes and roadmap",
    "success_management": "Success management",
    "escalation": "Escalation",
}

ALWAYS_FREE = ("proactive_service", "procurement_vendor_liaison", "success_management", "escalation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Whether an entry draws, and if not, why; `blocked` says that it may not be drawn as things stand."""

    draws: bool
    reason: str = ""
    blocked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What decides besides the activity: the plan's rule, the category's stance, and what was agreed."""

    has_hours: bool
    drawing: Collection[str]
    free: Collection[str]
    stance: str = "included"
    draws_hours: bool = True
    group: str = ""
    add_on_label: str = ""
    has_add_on: bool = False
    is_agreed: bool = False


def known(scope: Scope) -> list[str]:
    """The activities that may be logged under the plan, in the order for a list of choices."""
    return list(dict.fromkeys([*LABELS, *scope.drawing, *scope.free]))


def label(activity: str) -> str:
    """The words for an activity."""
    return LABELS.get(activity) or activity.replace("_", " ").capitalize()


def decide(activity: str, scope: Scope) -> Drawing:
    """Whether work of that activity draws (H7).

    Free activities never draw, nor does anything under a plan without hours. Work on an excluded category
    or on an add-on that the contract lacks is blocked until an exception or a change request stands.
    """
    if not scope.has_hours:
        return Drawing(draws=False, reason="The plan has no hours.")
    if is_free(activity, scope):
        return Drawing(draws=False, reason=f"{label(activity)} never takes hours.")
    if not scope.is_agreed:
        if blocked := _blocked(scope):
            return Drawing(draws=False, reason=blocked, blocked=True)
        if not scope.draws_hours:
            return Drawing(draws=False, reason="The plan includes this without taking hours.")
    return Drawing(draws=True)


def is_free(activity: str, scope: Scope) -> bool:
    """Whether the activity never draws; the plan's own lists come before the general rule."""
    if activity in scope.drawing:
        return False
    return activity in scope.free or activity in ALWAYS_FREE


def _blocked(scope: Scope) -> str:
    if scope.stance == "excluded":
        return (
            f"The plan excludes this ({scope.group}). Record an agreed exception or a change request on the "
            "ticket first, or let a lead log it as not billed."
        )
    if scope.stance == "add_on" and not scope.has_add_on:
        return (
            f"This needs {scope.add_on_label}, which the contract lacks. Quote it by a change request, "
            "record an agreed exception, or let a lead log it as not billed."
        )
    return ""
