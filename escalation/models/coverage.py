"""When teams work and as what, and whose turn it is in them."""

from __future__ import annotations

from django.db import models


class CrewKind(models.TextChoices):
    """As what a team works (E6)."""

    DEDICATED = "dedicated", "Dedicated team of a plan"
    STANDARD = "standard", "Standard team"
    WEEKEND = "weekend", "Weekend team"


class TeamHours(models.Model):
    """The hours a team keeps, and as what it works (E6); a team without them has no stated hours.

    `content` is what `Calendar.from_dict` takes, holidays written out; `country`, `holiday_region` and
    `closings` are what it was made from. `products` names what the team works on; empty means everything.
    `gives_by_turn` lets new tickets go to a person at once.
    """

    team = models.OneToOneField("accounts.Team", on_delete=models.PROTECT, related_name="hours")
    kind = models.CharField(max_length=12, choices=CrewKind.choices, default=CrewKind.STANDARD)
    content = models.JSONField()
    country = models.CharField(max_length=8, blank=True)
    holiday_region = models.CharField(max_length=16, blank=True)
    closings = models.JSONField(default=dict)
    products = models.JSONField(default=list)
    gives_by_turn = models.BooleanField(default=False)
    set_at = models.DateTimeField()

    class Meta:
        """By team."""

        ordering = ("team",)

    def __str__(self) -> str:
        """Whose hours they are."""
        return f"hours of {self.team}"


class Turn(models.Model):
    """When routing last gave a ticket to somebody of a team: who waits longest is next."""

    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        """A person has one turn in a team."""

        constraints = (models.UniqueConstraint(fields=("team", "person"), name="turn_once"),)

    def __str__(self) -> str:
        """Whose turn."""
        return f"{self.person_id} in {self.team_id}"
