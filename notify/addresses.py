"""Addresses that bring an answer back to where it belongs: replies to tickets, bounces to deliveries.

Each carries 130 bits of a keyed digest over its purpose and ids, so that nothing has to be stored and none
can be guessed from another; a token of one person or ticket is worth nothing for the next (X4).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from django.conf import settings

_LENGTH = 26
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_NOTE = "note"
_REPLY = re.compile(r"(reply|note)\+([0-9a-z]{1,13})\.([0-9a-z]{1,13})\.([a-z2-7]{26})")
_BOUNCE = re.compile(r"bounce\+([0-9a-z]{1,13})\.([a-z2-7]{26})")


@dataclass(frozen=True, slots=True)
class AnswerPlace:
    """Where an answer by mail belongs: the ticket, whose address it is, and whether it stays inside."""

    ticket_id: int
    person_id: int
    is_internal: bool = False


def reply_address(place: AnswerPlace) -> str:
    """The address by which that person answers on that ticket; a note is answered by a note."""
    purpose = _purpose(place)
    token = _digest(purpose, place.ticket_id, place.person_id, key=settings.SECRET_KEY)
    local = f"{purpose}+{_written(place.ticket_id)}.{_written(place.person_id)}.{token}"
    return f"{local}@{settings.MAIL_DOMAIN}"


def read_reply_address(address: str) -> AnswerPlace | None:
    """Where an answer to that address belongs; None for anything that we did not write, to the letter."""
    match = _REPLY.fullmatch(_local_part(address))
    if match is None:
        return None
    place = AnswerPlace(int(match[2], 36), int(match[3], 36), is_internal=match[1] == _NOTE)
    is_plain = (_written(place.ticket_id), _written(place.person_id)) == (match[2], match[3])
    is_ours = is_plain and _is_ours(match[4], match[1], place.ticket_id, place.person_id)
    return place if is_ours else None


def bounce_address(*, delivery_id: int) -> str:
    """The return path of one mail, to which a server reports that it could not deliver (F10)."""
    token = _digest("bounce", delivery_id, key=settings.SECRET_KEY)
    return f"bounce+{_written(delivery_id)}.{token}@{settings.MAIL_DOMAIN}"


def read_bounce_address(address: str) -> int | None:
    """The delivery of a return path of ours; None for anything else."""
    match = _BOUNCE.fullmatch(_local_part(address))
    if match is None:
        return None
    delivery_id = int(match[1], 36)
    return delivery_id if _is_ours(match[2], "bounce", delivery_id) else None


def _purpose(place: AnswerPlace) -> str:
    return _NOTE if place.is_internal else "reply"


def _local_part(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return local if domain.lower() == settings.MAIL_DOMAIN.lower() else ""


def _is_ours(token: str, *what: str | int) -> bool:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(hmac.compare_digest(token, _digest(*what, key=key)) for key in keys)


def _digest(*what: str | int, key: str) -> str:
    text = ":".join(str(part) for part in what).encode()
    derived = hashlib.sha256(b"caredesk mail addresses\0" + key.encode()).digest()
    return base64.b32encode(hmac.digest(derived, text, "sha256")).decode().lower()[:_LENGTH]


def _written(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits
