"""What people worked: time entries and running timers."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q


class EntryState(models.TextChoices):
    """What became of an entry's billed minutes (H5, H7)."""

    DRAWN = "drawn", "Drawn"
    HELD = "held", "Held"
    DECLINED = "declined", "Declined by the client"
    NOT_BILLED = "not_billed", "Not billed"
    REVERSED = "reversed", "Taken back"
    REVERSAL = "reversal", "Takes an entry back"


class TimeEntryQuerySet(models.QuerySet["TimeEntry"]):
    """Chainable questions to time entries."""

    def held(self) -> Self:
        """Those that wait for minutes, oldest first (H5)."""
        return self.filter(state=EntryState.HELD).order_by("id")

    def standing(self) -> Self:
        """Those that count: neither taken back nor taking another back."""
        return self.exclude(state__in=(EntryState.REVERSED, EntryState.REVERSAL))

    def shown(self) -> Self:
        """With what a list shows of each."""
        return self.select_related("ticket", "person", "contract")


class TimeEntry(models.Model):
    """One piece of work: minutes worked and billed, by whom, on which day, on which ticket.

    Amounts never change: a correction is a reversal (the same amounts, negative, `reverses` the first) and a
    new entry that `corrects` it. Only `state`, `overage` and `settled_reason` move with the entry's fate; on
    PostgreSQL a trigger refuses every other change.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="time_entries")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="time_entries")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="time_entries")
    logged_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    worked_on = models.DateField()
    worked_minutes = models.IntegerField()
    billed_minutes = models.IntegerField()
    activity = models.CharField(max_length=40)
    category = models.CharField(max_length=60, blank=True)
    note = models.TextField()
    state = models.CharField(max_length=10, choices=EntryState.choices)
    not_billed_reason = models.CharField(max_length=300, blank=True)
    emergency_reason = models.CharField(max_length=300, blank=True)
    settled_reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    request_key = models.CharField(max_length=64, null=True)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversal")
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="correction")
    overage = models.ForeignKey(
        "hours.OverageRequest", null=True, on_delete=models.PROTECT, related_name="entries"
    )

    objects = TimeEntryQuerySet.as_manager()

    class Meta:
        """Sent once a key; 1 minute to 24 hours; a reversal is the negative of one entry, once."""

        ordering = ("id",)
        verbose_name_plural = "time entries"
        constraints = (
            models.UniqueConstraint(fields=("logged_by", "request_key"), name="time_entry_sent_once"),
            models.CheckConstraint(
                condition=Q(
                    reverses__isnull=True,
                    worked_minutes__range=(1, 1440),
                    billed_minutes__gte=F("worked_minutes"),
                )
                | Q(
                    reverses__isnull=False,
                    worked_minutes__range=(-1440, -1),
                    billed_minutes__lte=F("worked_minutes"),
                ),
                name="time_entry_minutes",
            ),
        )
        indexes = (
            models.Index(fields=("ticket", "id"), name="time_of_ticket"),
            models.Index(fields=("person", "worked_on"), name="time_of_person"),
            models.Index(fields=("contract", "at"), name="time_of_contract"),
            models.Index(fields=("contract", "id"), condition=Q(state="held"), name="time_held"),
            models.Index(fields=("client",), condition=Q(state="declined"), name="time_declined"),
        )

    def __str__(self) -> str:
        """Day, person and minutes."""
        return f"{self.worked_on} {self.person_id} {self.worked_minutes} min"


class TimerQuerySet(models.QuerySet["Timer"]):
    """Chainable questions to timers."""

    def open(self) -> Self:
        """Those neither stopped nor discarded."""
        return self.filter(ended_at__isnull=True)

    def running(self) -> Self:
        """Those that count at this moment."""
        return self.filter(ended_at__isnull=True, running_since__isnull=False)


class Timer(models.Model):
    """A stop-watch kept on the server, so that it survives reload and another device (H8).

    `counted_seconds` is what earlier runs gave; the present run adds the time since `running_since`, which is
    empty while paused. `reminded_at` is when its owner was reminded of the present run.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="timers")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="timers")
    started_at = models.DateTimeField()
    running_since = models.DateTimeField(null=True)
    counted_seconds = models.PositiveIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    activity = models.CharField(max_length=40)
    ended_at = models.DateTimeField(null=True)
    time_entry = models.OneToOneField(TimeEntry, null=True, on_delete=models.PROTECT, related_name="timer")

    objects = TimerQuerySet.as_manager()

    class Meta:
        """One running a person, one open a person and ticket."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(running_since__isnull=False, ended_at__isnull=True),
                name="timer_running_once",
            ),
            models.UniqueConstraint(
                fields=("person", "ticket"), condition=Q(ended_at__isnull=True), name="timer_open_once"
            ),
        )
        indexes = (
            models.Index(
                fields=("running_since",),
                condition=Q(running_since__isnull=False, reminded_at__isnull=True),
                name="timer_to_remind",
            ),
        )

    def __str__(self) -> str:
        """Whose timer on what."""
        return f"{self.person_id} on {self.ticket_id}"
