"""Golden rules: numbered documents of a contract, in versions that both sides agree to."""

from __future__ import annotations

from django.db import models

from contracts.models.contract import Contract


class Sop(models.Model):
    """A golden rule: a numbered document of one contract, in versions that both sides agree to."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="sops")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)

    class Meta:
        """Golden rules are numbered within their contract."""

        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("contract", "number"), name="sop_number_once"),)

    def __str__(self) -> str:
        """Number and title."""
        return f"{self.number}. {self.title}"


class SopVersion(models.Model):
    """One wording of a golden rule; in force from the moment when both sides have agreed."""

    sop = models.ForeignKey(Sop, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.TextField()
    categories = models.JSONField(default=list)
    approval_role = models.CharField(max_length=24, blank=True)
    proposed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    client_agreed_by = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    client_agreed_at = models.DateTimeField(null=True)
    provider_agreed_by = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    provider_agreed_at = models.DateTimeField(null=True)
    in_force_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)

    class Meta:
        """Versions are numbered within their rule, the newest first."""

        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("sop", "number"), name="sop_version_once"),)

    def __str__(self) -> str:
        """Rule and version."""
        return f"{self.sop}, version {self.number}"
