"""Interconnections: a client's own ticketing system and this desk, joined by agreement (X2)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from contracts.models.contract import Contract


class Judgement(models.TextChoices):
    """What an assessment comes to."""

    YES = "yes", "Yes"
    CONDITIONS = "conditions", "With conditions"
    NO = "no", "No"


class Interconnection(models.Model):
    """A wish to join a client's ticketing system to this desk: asked for, assessed, agreed by both, ended.

    No key of it opens anything before `in_force_at` or after `ended_at`. `maps` are the tables of
    `contracts.domain.mapping.Maps`.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="interconnections")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="interconnections")
    name = models.CharField(max_length=120)
    product = models.CharField(max_length=120)
    address = models.CharField(max_length=500, blank=True)
    wishes = models.TextField()
    requested_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    feasibility = models.CharField(max_length=12, choices=Judgement.choices, blank=True)
    feasibility_text = models.TextField(blank=True)
    security = models.CharField(max_length=12, choices=Judgement.choices, blank=True)
    security_text = models.TextField(blank=True)
    estimate_minutes = models.PositiveIntegerField(null=True)
    assessed_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField(null=True)
    client_agreed_by = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    client_agreed_at = models.DateTimeField(null=True)
    provider_agreed_by = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    provider_agreed_at = models.DateTimeField(null=True)
    in_force_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    ended_reason = models.CharField(max_length=300, blank=True)
    maps = models.JSONField(default=dict)

    class Meta:
        """A name stands once a contract; in force is only what was assessed and agreed to by both sides."""

        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("contract", "name"),
                condition=Q(ended_at__isnull=True),
                name="interconnection_name_once",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at__isnull=True)
                | Q(
                    assessed_at__isnull=False,
                    client_agreed_at__isnull=False,
                    provider_agreed_at__isnull=False,
                ),
                name="interconnection_agreed_by_both",
            ),
        )

    def __str__(self) -> str:
        """What the client calls it."""
        return self.name

    @property
    def is_in_force(self) -> bool:
        """Whether its keys open something now."""
        return self.in_force_at is not None and self.ended_at is None

    @property
    def is_feasible(self) -> bool:
        """Whether both assessments are there and neither says no."""
        return bool(self.feasibility and self.security) and Judgement.NO not in (
            self.feasibility,
            self.security,
        )

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if self.ended_at is not None:
            return "ended"
        if self.in_force_at is not None:
            return "in force"
        if self.assessed_at is None:
            return "waits for assessment"
        return "waits for agreement" if self.is_feasible else "cannot be done"
