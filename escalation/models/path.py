"""A contract's escalation path: who is asked, tier by tier."""

from __future__ import annotations

from django.db import models


class Tier(models.Model):
    """One step of a contract's path: who, how to reach them, and the open time to acknowledge (E1)."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="tiers")
    level = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    reach = models.CharField(max_length=200, blank=True)
    acknowledge_seconds = models.PositiveIntegerField()

    class Meta:
        """A level stands once a contract."""

        ordering = ("level",)
        constraints = (models.UniqueConstraint(fields=("contract", "level"), name="tier_once"),)

    def __str__(self) -> str:
        """Level and label."""
        return f"{self.level}. {self.label}"
