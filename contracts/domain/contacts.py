"""Who may hold a slot of a plan that names its contacts (domain.md §3.2), and who may open tickets."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from contracts.domain.plan import ContactRule

# fmt: off
SHARED_WORDS = frozenset((
    "abuse", "accounts", "admin", "administrator", "all", "billing", "contact", "desk", "everyone",
    "finance", "group", "hello", "help", "helpdesk", "info", "inbox", "it", "jira", "mail",
    "noreply", "office", "operations", "ops", "postmaster", "root", "sales", "security", "service",
    "servicedesk", "support", "sysadmin", "team", "tools", "webmaster",
))
# fmt: on
"""Local parts that name a mailbox of several people rather than one person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """How many contacts of each side a contract may name."""

    own: int
    partner: int


def slots_of(rule: ContactRule, *, add_ons: Collection[str]) -> Slots:
    """The slots of a contract with these add-ons: the partner option trades the plain ones for both kinds."""
    if rule.partner_add_on and rule.partner_add_on in add_ons:
        return Slots(own=rule.partner_own_slots, partner=rule.partner_slots)
    return Slots(own=rule.named_slots, partner=0)


def why_not_named(rule: ContactRule, *, email: str, is_partner: bool, domains: Collection[str]) -> str:
    """Why that address cannot be named, with the way to mend it; empty when it can.

    Letter case is ignored. `domains` are the client's own mail domains.
    """
    local, _, domain = email.strip().lower().rpartition("@")
    if not local or not domain:
        return "This is not an e-mail address."
    if rule.same_domain and domain not in {known.strip().lower() for known in domains}:
        return (
            f"The address must be in a domain of the client ({', '.join(sorted(domains)) or 'none known'})."
        )
    if is_partner and re.fullmatch(rule.partner_pattern, local) is None:
        return f"A partner's address reads {rule.partner_example}, with exactly one underscore."
    person = local.partition("_")[0] if is_partner else local
    if not rule.shared_mailboxes and is_shared_mailbox(person):
        return "A named contact is one person; a mailbox that several people read cannot be named."
    return ""


def is_shared_mailbox(local: str) -> bool:
    """Whether the part before the `@` names a group's mailbox: every word of it is such a word."""
    words = [word for word in re.split(r"[._+\-0-9]+", local.lower()) if word]
    return not words or all(word in SHARED_WORDS for word in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Whether somebody may open a ticket under a contract; if not, why, and the way out."""

    allowed: bool
    code: str = ""
    why: str = ""
    way_out: str = ""
