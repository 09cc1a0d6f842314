"""What must always hold of people and keys; an empty answer is health."""

from __future__ import annotations

from typing import Final

from django.db.models import F
from django.db.models.functions import Lower

from accounts.models import ApiKey, Assignment, Invitation, Membership, Person
from events.invariants import Check, named


def nobody_is_on_both_sides() -> list[str]:
    """Staff of the provider are contacts of nobody, and contacts have no duty of staff."""
    contacts = Membership.objects.filter(ended_at__isnull=True).exclude(person__staff_role="")
    staff = Assignment.objects.filter(person__staff_role="")
    return [
        *named(contacts, "makes a member of staff a contact"),
        *named(staff, "gives a contact a duty of staff"),
    ]


def closed_accounts_open_nothing() -> list[str]:
    """No key of a closed account is alive."""
    alive = ApiKey.objects.filter(person__is_active=False, revoked_at__isnull=True)
    return named(alive, "is alive, its person's account is closed")


def addresses_are_plain() -> list[str]:
    """Addresses stand in lower case, so that each is found."""
    return named(Person.objects.exclude(email=Lower(F("email"))), "has capital letters in the address")


def invitations_end_once() -> list[str]:
    """An accepted invitation says who came, and was not withdrawn."""
    nobody = Invitation.objects.filter(accepted_at__isnull=False, accepted_by__isnull=True)
    both = Invitation.objects.filter(accepted_at__isnull=False, withdrawn_at__isnull=False)
    return [*named(nobody, "was accepted by nobody"), *named(both, "was accepted and withdrawn")]


INVARIANTS: Final[tuple[tuple[str, Check], ...]] = (
    ("people: nobody is on both sides", nobody_is_on_both_sides),
    ("people: closed accounts open nothing", closed_accounts_open_nothing),
    ("people: addresses are plain", addresses_are_plain),
    ("people: invitations end once", invitations_end_once),
)
