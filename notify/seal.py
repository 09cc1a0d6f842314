"""Sealing what we must keep readable for ourselves: signing secrets of endpoints.

The key comes from the installation's secret key; older ones still open what they sealed.
"""

from __future__ import annotations

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

PREFIX = "whsec_"


def new_hook_secret() -> str:
    """A signing secret of 256 random bits in the form of Standard Webhooks."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def sealed(secret: str) -> str:
    """The secret as it is stored."""
    return _box().encrypt(secret.encode()).decode()


def opened(stored: str) -> str:
    """The secret behind what is stored; raises `InvalidToken` when no key of ours sealed it."""
    return _box().decrypt(stored.encode()).decode()


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"caredesk endpoint secrets\0" + key.encode()).digest())
