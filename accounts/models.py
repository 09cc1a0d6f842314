"""Who there is: clients (the tenants), people, their memberships and duties, teams, API keys, invitations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

KEY_FORMAT = RegexValidator(r"^[A-Z][A-Z0-9]{1,9}$", "Two to ten capital letters or digits, a letter first.")


class Client(models.Model):
    """A tenant: an organisation under contract. Nothing of one client may reach another.

    `key` starts its ticket numbers (ACME-42) and, in lower case, its address in the portal.
    """

    key = models.CharField(max_length=10, unique=True, validators=[KEY_FORMAT])
    name = models.CharField(max_length=200)
    zone = models.CharField(max_length=64, default="UTC")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Clients are listed by name."""

        ordering = ("name",)

    def __str__(self) -> str:
        """The name people know."""
        return self.name

    @property
    def slug(self) -> str:
        """The client's part of an address, as in `/p/<slug>/`."""
        return self.key.lower()


class StaffRole(models.TextChoices):
    """What a member of the provider's staff does (domain.md §2); empty for contacts."""

    ENGINEER = "engineer", "Engineer"
    LEAD = "lead", "Lead"
    CSM = "csm", "Client success manager"
    ACCOUNT_EXECUTIVE = "account_executive", "Account executive"
    ADMINISTRATOR = "administrator", "Administrator"


class PersonManager(BaseUserManager["Person"]):
    """Makes people; Django's own commands call it, everything else goes through services."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> Person:
        """Store a person under the address in lower case, with a hashed password or none usable."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str, **fields: object) -> Person:
        """Store an administrator who may also read Django's admin pages."""
        fields = {"staff_role": StaffRole.ADMINISTRATOR, "is_superuser": True, **fields}
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> Person:
        """Find a person by address, whatever the letter case typed."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in by e-mail: a contact of clients, or staff of the provider. Never both."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200)
    staff_role = models.CharField(max_length=24, choices=StaffRole.choices, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    away_until = models.DateTimeField(null=True, blank=True)
    session_epoch = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = PersonManager()

    class Meta:
        """One account an address, whatever its letter case."""

        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(Lower("email"), name="person_email_once"),)

    def __str__(self) -> str:
        """The name people know."""
        return self.name

    @property
    def is_staff(self) -> bool:
        """Whether the person may open Django's admin pages: administrators only."""
        return self.staff_role == StaffRole.ADMINISTRATOR

    def get_session_auth_hash(self) -> str:
        """What a session must carry to stay open: it changes with the password and with `session_epoch`."""
        return self._session_hash(secret=None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under each former secret key, so that a rotation of the key signs nobody out."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret=secret)

    def _session_hash(self, *, secret: str | None) -> str:
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac("accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def works_here(self) -> bool:
        """Whether the person is staff of the provider."""
        return bool(self.staff_role)


class Role(models.TextChoices):
    """What a contact may do for a client."""

    POC = "poc", "Point of contact"
    MEMBER = "member", "Member"
    OBSERVER = "observer", "Observer"


class Membership(models.Model):
    """A person's place at a client; ended ones are kept, and give no right any more."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    since = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A person stands once at a client at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=("client", "person"), condition=Q(ended_at__isnull=True), name="membership_once"
            ),
        )

    def __str__(self) -> str:
        """Who, where and as what."""
        return f"{self.person} at {self.client} ({self.role})"


class Duty(models.TextChoices):
    """What a member of staff does for a client."""

    SERVES = "serves", "Serves as engineer"
    SUCCESS = "success", "Client success manager"
    ACCOUNT = "account", "Account executive"


class Assignment(models.Model):
    """A member of staff who serves a client or watches over it: what makes it one of *their clients*."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    duty = models.CharField(max_length=12, choices=Duty.choices)

    class Meta:
        """A person has a duty at a client once."""

        constraints = (models.UniqueConstraint(fields=("client", "person", "duty"), name="assignment_once"),)

    def __str__(self) -> str:
        """Who does what for whom."""
        return f"{self.person} {self.duty} {self.client}"


class Team(models.Model):
    """Engineers who work together in a region, or the dedicated team of a plan."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    region = models.CharField(max_length=40, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    people = models.ManyToManyField(Person, related_name="teams", blank=True)

    class Meta:
        """Teams are listed by name."""

        ordering = ("name",)

    def __str__(self) -> str:
        """The name people know."""
        return self.name


class ApiKey(models.Model):
    """A secret by which an integration of one client, or a script of one member of staff, acts.

    One of an interconnection opens nothing but while that is in force, agreed by both sides (X2).

    Only a keyed digest is stored; the secret is shown once. `prefix` finds the row and may be shown.
    """

    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT, related_name="api_keys")
    contract = models.ForeignKey(
        "contracts.Contract", null=True, on_delete=models.PROTECT, related_name="api_keys"
    )
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="api_keys")
    interconnection = models.ForeignKey(
        "contracts.Interconnection", null=True, on_delete=models.PROTECT, related_name="api_keys"
    )
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        """A key belongs to a client or to a member of staff, never to both or neither."""

        constraints = (
            models.CheckConstraint(
                condition=Q(client__isnull=False, person__isnull=True)
                | Q(client__isnull=True, person__isnull=False),
                name="api_key_of_one_owner",
            ),
        )

    def __str__(self) -> str:
        """The name and the visible part."""
        return f"{self.name} ({self.prefix}…)"


class CalendarFeed(models.Model):
    """The private address by which one person's calendar program reads along; only its digest is stored.

    Of a contact it shows one client; of staff, for whom `client` is empty, what they see. A person has one
    living address for each; a new one ends the former.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="calendar_feeds")
    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first; one living address a person and client."""

        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "client"),
                condition=Q(ended_at__isnull=True, client__isnull=False),
                name="calendar_feed_once_a_client",
            ),
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(ended_at__isnull=True, client__isnull=True),
                name="calendar_feed_once_at_the_desk",
            ),
        )

    def __str__(self) -> str:
        """Whose it is."""
        return f"calendar of person {self.person_id}"


class Invitation(models.Model):
    """A single-use, short-lived call to join a client, or the staff; the token itself is not stored.

    The token is found by `digest`, and made again for the mail from `nonce` and the installation's secret key
    (`accounts.domain.secrets.invitation_token`): a copy of the table alone opens nothing.
    """

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200)
    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=24)
    nonce = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Who is called."""
        return self.email
