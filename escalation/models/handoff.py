"""The baton of each critical ticket, and every handing over of it from one region to the next (E7)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

#: States in which a handoff still waits for somebody.
OPEN_STATES = ("due", "offered", "declined", "missed")


class HandoffState(models.TextChoices):
    """Where one handoff stands."""

    DUE = "due", "Brief to be written"
    OFFERED = "offered", "Waiting to be taken"
    DECLINED = "declined", "Declined"
    ACCEPTED = "accepted", "Taken"
    MISSED = "missed", "Not taken in time"
    LAPSED = "lapsed", "Missed by us"
    KEPT = "kept", "Already with the next team"
    DROPPED = "dropped", "No longer needed"


class Baton(models.Model):
    """That a ticket is handed round the sun, and which team has it now; there is none without an owner.

    `since` is when the team got it, or when the ticket came to need a baton; `look_at` is when the sweep has
    something to do with it next, None where the team's shift never ends.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    ticket = models.OneToOneField("tickets.Ticket", on_delete=models.PROTECT, related_name="baton")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    look_at = models.DateTimeField(null=True)

    class Meta:
        """The sweep reads those that want a look."""

        indexes = (
            models.Index(fields=("look_at",), condition=Q(look_at__isnull=False), name="baton_to_look_at"),
        )

    def __str__(self) -> str:
        """Whose baton, and where it is."""
        return f"{self.ticket_id} with {self.team_id}"


class HandoffQuerySet(models.QuerySet["Handoff"]):
    """Chainable questions to the handoffs."""

    def open(self) -> Self:
        """Those that still wait for somebody."""
        return self.filter(state__in=OPEN_STATES)


class Handoff(models.Model):
    """One passing of a ticket from the team that goes off to the one that comes on; once a shift's end.

    The brief says what is known (`findings`), what was tried and ruled out, what comes next, what the client
    was told and will be told when, and who is awake there. `to_team` is None where nobody comes on. What was
    not taken by `ends_at` is missed then, dated so, and can still be taken.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="handoffs")
    from_team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=HandoffState.choices, default=HandoffState.DUE)
    made_at = models.DateTimeField()
    findings = models.TextField(blank=True)
    tried = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    client_told = models.TextField(blank=True)
    next_update_at = models.DateTimeField(null=True)
    awake = models.CharField(max_length=300, blank=True)
    written_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    missed_at = models.DateTimeField(null=True)

    objects = HandoffQuerySet.as_manager()

    class Meta:
        """One handoff a ticket and shift's end; the board reads the open ones, the sweep by their end."""

        ordering = ("ends_at", "id")
        constraints = (models.UniqueConstraint(fields=("ticket", "ends_at"), name="handoff_once"),)
        indexes = (
            models.Index(
                fields=("ends_at",),
                condition=Q(state__in=("due", "offered", "declined", "missed")),
                name="handoff_open",
            ),
        )

    def __str__(self) -> str:
        """What is handed over when."""
        return f"{self.ticket_id} at {self.ends_at:%Y-%m-%d %H:%M}"

    @property
    def has_brief(self) -> bool:
        """Whether there is something to take over by."""
        return self.written_at is not None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in OPEN_STATES
