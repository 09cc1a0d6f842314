"""What is written once and mailed to many: insights, and the mails around an event (P5, P6)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from proactive.domain.mailings import Audience


class MailingKind(models.TextChoices):
    """What a mailing is."""

    INSIGHT = "insight", "Insight"
    INVITATION = "invitation", "Invitation"
    REMINDER = "reminder", "Reminder"
    CHANGE = "change", "News of an event"


class MailingState(models.TextChoices):
    """Where a mailing stands."""

    DRAFT = "draft", "Draft"
    SCHEDULED = "scheduled", "Scheduled"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    HELD = "held", "Held"
    LAPSED = "lapsed", "Not sent"


class Topic(models.TextChoices):
    """What an item of an insight is about."""

    ROADMAP = "roadmap", "Roadmap"
    APP = "app", "App"
    SERVICE = "service", "New service"
    STORY = "story", "Case study"
    NEWS = "news", "News"
    PRACTICE = "practice", "Good practice"


class Mailing(models.Model):
    """One mailing to many people; `plans`, `products` and `roles` narrow whom it goes to.

    Invitations, reminders and news belong to an event; the latter two are of one edition of it and go to
    whoever registered. While it is being sent, people are taken in the order of their ids: `reached_id` is
    the last, `handed` counts them, `wanted` is how many there were at the start. `at_any_hour` marks what a
    person sent off by hand, and what follows an event; `proven_at` is when the deliveries that it fulfilled
    were settled.
    """

    kind = models.CharField(max_length=12, choices=MailingKind.choices)
    title = models.CharField(max_length=200)
    intro = models.TextField(blank=True)
    plans = models.JSONField(default=list)
    products = models.JSONField(default=list)
    roles = models.JSONField(default=list)
    webinar = models.ForeignKey(
        "proactive.Webinar", null=True, on_delete=models.PROTECT, related_name="mailings"
    )
    hours_before = models.PositiveSmallIntegerField(null=True)
    edition = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=MailingState.choices, default=MailingState.DRAFT)
    reason = models.CharField(max_length=300, blank=True)
    author = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64, default="UTC")
    made_at = models.DateTimeField()
    send_at = models.DateTimeField(null=True)
    at_any_hour = models.BooleanField(default=False)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    proven_at = models.DateTimeField(null=True)
    wanted = models.PositiveIntegerField(default=0)
    handed = models.PositiveIntegerField(default=0)
    reached_id = models.BigIntegerField(default=0)

    class Meta:
        """The newest first; the sweep reads what waits or is under way; an event has one of each."""

        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("webinar",), condition=Q(kind="invitation"), name="mailing_invitation_once"
            ),
            models.UniqueConstraint(
                fields=("webinar", "edition", "hours_before"),
                condition=Q(kind="reminder"),
                name="mailing_reminder_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("scheduled", "sending")) | Q(send_at__isnull=False),
                name="mailing_says_when",
            ),
            models.CheckConstraint(
                condition=Q(kind="insight") | Q(webinar__isnull=False), name="mailing_around_its_event"
            ),
        )
        indexes = (
            models.Index(
                fields=("send_at",), condition=Q(state__in=("scheduled", "sending")), name="mailing_to_send"
            ),
            models.Index(
                fields=("id",), condition=Q(state="sent", proven_at__isnull=True), name="mailing_to_prove"
            ),
        )

    def __str__(self) -> str:
        """The title."""
        return self.title

    @property
    def audience(self) -> Audience:
        """Whom it goes to."""
        return Audience(plans=tuple(self.plans), products=tuple(self.products), roles=tuple(self.roles))


class MailingItem(models.Model):
    """One piece of an insight: about one product, or about all of them."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=10, choices=Topic.choices)
    product = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=500, blank=True)

    class Meta:
        """In the order of composing."""

        ordering = ("mailing_id", "position", "id")

    def __str__(self) -> str:
        """The title."""
        return self.title


class MailingRecipient(models.Model):
    """A person to whom a mailing was given to send, once, as a contact of that client."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="recipients")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        """One mail a person; a client's people find what they were sent."""

        constraints = (models.UniqueConstraint(fields=("mailing", "person"), name="mailing_once_a_person"),)
        indexes = (models.Index(fields=("client", "mailing"), name="mailing_of_client"),)

    def __str__(self) -> str:
        """Which mailing and whose."""
        return f"mailing {self.mailing_id} to person {self.person_id}"
