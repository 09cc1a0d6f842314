"""Who stands in a contract: named contacts, and engineers cleared to work for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from contracts.models.contract import Contract


class Clearance(models.Model):
    """An engineer cleared to work for a contract that restricts who may (VPN, client-run onboarding)."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="clearances")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A person is cleared once at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=("contract", "person"), condition=Q(ended_at__isnull=True), name="clearance_once"
            ),
        )

    def __str__(self) -> str:
        """Who is cleared for what."""
        return f"{self.person} for {self.contract}"


class NamedContact(models.Model):
    """A contact registered by name under a plan that limits who may open tickets; swaps stay on record."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="named_contacts")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    is_partner = models.BooleanField(default=False)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A person is named once at a time under a contract."""

        constraints = (
            models.UniqueConstraint(
                fields=("contract", "person"), condition=Q(ended_at__isnull=True), name="named_contact_once"
            ),
        )

    def __str__(self) -> str:
        """Who is named where."""
        return f"{self.person} for {self.contract}"
