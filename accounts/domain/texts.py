"""What people type about themselves, made fit for storing and for the head of a mail."""

from __future__ import annotations

import re
import unicodedata

NAME_LIMIT = 200
ADDRESS_LIMIT = 254

#: One address, no display name: whatever could add a second recipient or a header is not in here.
_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")


def clean_name(name: str) -> str:
    """A name on one line, without control characters and without marks that turn the reading direction."""
    single = " ".join(name.split())
    return "".join(mark for mark in single if unicodedata.category(mark) not in {"Cc", "Cf", "Cs"}).strip()


def clean_address(email: str) -> str:
    """The address in lower case, or an empty text when it is none."""
    address = email.strip().lower()
    return address if len(address) <= ADDRESS_LIMIT and _ADDRESS.fullmatch(address) else ""
