"""Secrets that open something: made from 256 random bits, shown once, kept only as a digest.

A secret reads `cd_<prefix>_<random>`; the prefix finds the row and may be shown in lists and logs. The random
part is long enough that a plain SHA-256 is as good as a slow hash.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

PREFIX_LENGTH = 10
_PREFIX = re.compile(r"[0-9a-f]{10}")


@dataclass(frozen=True, slots=True)
class NewSecret:
    """A secret at the one moment when it is known in full."""

    text: str
    prefix: str
    digest: str


def new_secret() -> NewSecret:
    """Make a secret for an API key."""
    prefix = secrets.token_hex(PREFIX_LENGTH // 2)
    text = f"cd_{prefix}_{secrets.token_urlsafe(32)}"
    return NewSecret(text=text, prefix=prefix, digest=digest_of(text))


def digest_of(secret: str) -> str:
    """The digest under which a secret is stored and found; the whole text counts, to the letter."""
    return hashlib.sha256(secret.encode()).hexdigest()


TOKEN_LENGTH = 43


def new_token() -> str:
    """A secret that stands in an address: 256 random bits."""
    return secrets.token_urlsafe(32)


def new_nonce() -> str:
    """256 random bits that go into one invitation's token."""
    return secrets.token_hex(32)


def invitation_token(*, key: bytes, nonce: str) -> str:
    """The token of the invitation with that nonce; table or key alone do not say it."""
    mac = hmac.new(key, b"invitation:" + nonce.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def invitation_digest(*, key: bytes, nonce: str) -> str:
    """The digest under which an invitation is found by its token."""
    return digest_of(invitation_token(key=key, nonce=nonce))


def is_token(text: object) -> bool:
    """Whether that could be a token at all: a text of exactly its length and letters."""
    return (
        isinstance(text, str)
        and len(text) == TOKEN_LENGTH
        and all(mark.isascii() and (mark.isalnum() or mark in "-_") for mark in text)
    )


def split_secret(secret: str) -> str:
    """The visible prefix of a secret, or an empty text that matches no row."""
    parts = secret.split("_", 2)
    is_ours = len(parts) == 3 and parts[0] == "cd" and _PREFIX.fullmatch(parts[1])
    return parts[1] if is_ours else ""
