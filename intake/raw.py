"""The mails themselves, as they came, in files named by their content: written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings

from intake.models import ReceivedMail


def keep_raw(raw: bytes) -> str:
    """Keep the bytes durably and give their path; the same bytes again are the same file.

    Raises `OSError` where they cannot be kept; then nothing is left behind.
    """
    digest = hashlib.sha256(raw).hexdigest()
    path = f"mail/{digest[:2]}/{digest}"
    target = Path(settings.MEDIA_ROOT) / path
    if target.exists() and target.stat().st_size == len(raw):
        return path
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{secrets.token_hex(8)}")
    try:
        with draft.open("xb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return path


def read_raw(mail: ReceivedMail) -> bytes:
    """The mail as it came; raises `OSError` when its file is gone."""
    return (Path(settings.MEDIA_ROOT) / mail.path).read_bytes()
