"""What must hold of a person's name, address, zone and password before they are stored."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.domain.texts import NAME_LIMIT, clean_address, clean_name
from accounts.domain.zones import known_zones
from accounts.models import Person
from events.domain.errors import Invalid


def sound_name(name: str) -> str:
    """The name fit for storing; raises `Invalid` when nothing is left of it."""
    clean = clean_name(name)
    if not 1 <= len(clean) <= NAME_LIMIT:
        raise Invalid("A name is needed.", fields={"name": f"One line, {NAME_LIMIT} characters at most."})
    return clean


def sound_address(email: str) -> str:
    """The address in lower case; raises `Invalid` when it is none."""
    address = clean_address(email)
    if not address:
        raise Invalid(
            "This is no e-mail address.", fields={"email": "Write one address, like ann@acme.example."}
        )
    return address


def sound_zone(zone: str) -> str:
    """The zone's name; raises `Invalid` for a zone that does not exist."""
    if zone not in known_zones():
        raise Invalid("There is no such time zone.", fields={"zone": "Choose a zone, like Europe/London."})
    return zone


def require_sound_password(password: str, person: Person) -> None:
    """Raise `Invalid`, with what is wrong, for a password that is too easily guessed for that person."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        words = " ".join(error.messages)
        raise Invalid(words, fields={"password": words}) from error
