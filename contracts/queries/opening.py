"""Who may open a ticket under a contract, said with the reason and the way out."""

from __future__ import annotations

from datetime import date

from accounts.models import Membership, Person
from contracts.domain.contacts import Opening
from contracts.models import Contract
from contracts.queries.surroundings import named_contacts_of
from contracts.queries.terms import effective_plan


def may_open(contract: Contract, requester: Person, on: date) -> Opening:
    """Whether that contact of the client may open a ticket on that date.

    The contract must be in force, the contact a point of contact or member, and a named contact where the
    plan names them (`not_named`: such a ticket can be filed all the same, without service levels, S11).
    """
    if contract.starts_on > on:
        return _refused(
            "not_begun", f"{contract.name} begins on {contract.starts_on:%d %B %Y}.", "File then."
        )
    if contract.ends_on is not None and contract.ends_on < on:
        return _refused(
            "ended", f"{contract.name} ended on {contract.ends_on:%d %B %Y}.", "Ask your account executive."
        )
    membership = Membership.objects.filter(
        client_id=contract.client_id, person=requester, ended_at__isnull=True
    ).first()
    if membership is None or membership.role == "observer":
        return _refused(
            "observer",
            "Observers read and do not open tickets.",
            "Ask a point of contact to open it for you.",
        )
    if effective_plan(contract).contacts is None:
        return Opening(allowed=True)
    named = [row.person for row in named_contacts_of(contract)]
    if requester in named:
        return Opening(allowed=True)
    names = ", ".join(person.name for person in named) or "nobody yet"
    return _refused(
        "not_named",
        f"Only named contacts open tickets under {contract.name}: {names}.",
        "Ask one of them to open it and add you as a participant, or have a slot swapped.",
    )


def _refused(code: str, why: str, way_out: str) -> Opening:
    return Opening(allowed=False, code=code, why=why, way_out=way_out)
