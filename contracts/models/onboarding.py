"""The checklist by which a contract begins."""

from __future__ import annotations

from django.db import models

from contracts.models.contract import Contract


class OnboardingStep(models.Model):
    """One line of a contract's onboarding checklist."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="onboarding")
    key = models.SlugField(max_length=60)
    label = models.CharField(max_length=200)
    owner = models.CharField(max_length=12)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    waiting_since = models.DateTimeField(null=True)
    waited_seconds = models.PositiveBigIntegerField(default=0)

    class Meta:
        """A step stands once a contract."""

        ordering = ("due_on", "id")
        constraints = (models.UniqueConstraint(fields=("contract", "key"), name="onboarding_step_once"),)

    def __str__(self) -> str:
        """What is to do."""
        return self.label
