"""Weeks of work that their people handed in."""

from __future__ import annotations

from django.db import models


class HandedWeek(models.Model):
    """A person's word that a week is written down whole, with the sums as they then were.

    A week that changed afterwards is handed in once more: a further row with the next `number`.
    """

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="handed_weeks")
    monday = models.DateField()
    number = models.PositiveIntegerField()
    worked_minutes = models.PositiveIntegerField()
    billed_minutes = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        """Each time once; the last one counts."""

        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("person", "monday", "number"), name="week_handed_in_once"),
        )

    def __str__(self) -> str:
        """The week and its person."""
        return f"week of {self.monday}, {self.person_id}"
