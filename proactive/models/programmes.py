"""Work nobody has to ask for: a contract's programmes, and each delivery that is owed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class State(models.TextChoices):
    """Where one delivery stands."""

    PLANNED = "planned", "Planned"
    IN_PROGRESS = "in_progress", "In progress"
    DELIVERED = "delivered", "Delivered"
    MISSED = "missed", "Missed"
    SKIPPED = "skipped", "Skipped"


OPEN_STATES = (State.PLANNED, State.IN_PROGRESS)


class Programme(models.Model):
    """One proactive service under one contract, made from its plan (P1).

    `planned_until` is up to when windows have been made; the sweep reads those that run short. `counts_from`
    is the day from which the present terms hold: windows that ended before it are not owed.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="programmes")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="programmes")
    service = models.SlugField(max_length=60)
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    cadence_kind = models.CharField(max_length=20)
    every_months = models.PositiveSmallIntegerField(null=True)
    limit = models.PositiveSmallIntegerField(null=True)
    count_a_year = models.PositiveSmallIntegerField(default=0)
    at_onboarding = models.BooleanField(default=False)
    owner = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    planned_until = models.DateField(null=True)
    counts_from = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A service stands once a contract; the sweep asks for those whose planning runs short."""

        ordering = ("label",)
        constraints = (models.UniqueConstraint(fields=("contract", "service"), name="programme_once"),)
        indexes = (
            models.Index(
                fields=("planned_until",), condition=Q(ended_at__isnull=True), name="programme_to_plan"
            ),
        )

    def __str__(self) -> str:
        """The name people know."""
        return self.label


class Occurrence(models.Model):
    """One delivery of a programme: its window, its day, its owner, its state and its proof (P1).

    `deadline_on` is the window's last day, or the later day to which it was moved. A missed one can still be
    delivered; `missed_at` then stays beside `delivered_at`. `waived_by` names who of the client gave it up;
    `mailing` is the mailing that fulfilled it.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="occurrences")
    window_first_on = models.DateField()
    window_last_on = models.DateField()
    due_on = models.DateField()
    deadline_on = models.DateField()
    planned_on = models.DateField(null=True)
    is_initial = models.BooleanField(default=False)
    requested_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    owner = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    skipped_at = models.DateTimeField(null=True)
    proof = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    waived_by = models.CharField(max_length=200, blank=True)
    mailing = models.ForeignKey("proactive.Mailing", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Never two for one window; overdue ones and the calendar have their indexes."""

        ordering = ("due_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("programme", "window_first_on", "is_initial"),
                condition=Q(requested_on__isnull=True),
                name="occurrence_once",
            ),
            models.CheckConstraint(
                condition=Q(window_last_on__gte=F("window_first_on")), name="occurrence_window_in_order"
            ),
        )
        indexes = (
            models.Index(
                fields=("deadline_on",),
                condition=Q(state__in=("planned", "in_progress")),
                name="occurrence_open",
            ),
            models.Index(fields=("client", "due_on"), name="occurrence_of_client"),
        )

    def __str__(self) -> str:
        """Which service, by when."""
        return f"{self.programme} by {self.due_on}"
