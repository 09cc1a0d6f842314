"""Whether the sender of a mail is proven: by what our own mail server wrote down about it (threat 15)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import StrEnum

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"\s*([a-z0-9-]+)\s*=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"\b(header\.(?:from|d|i))\s*=\s*\"?@?([^\s;\"]+)", re.IGNORECASE)


class Proof(StrEnum):
    """How far the sender is proven."""

    PASS = "pass"  # noqa: S105  no password
    FAIL = "fail"
    NONE = "none"


def proof_of(verdicts: Sequence[str], *, domain: str, servers: Collection[str]) -> Proof:
    """Whether a server of ours confirmed the sender's domain, by DMARC or by an aligned DKIM signature.

    `verdicts` are the mail's Authentication-Results from the top, `servers` the names that ours sign them
    with. Only the topmost of ours counts: what stands below may have come with the mail.
    """
    ours = {name.lower() for name in servers}
    for verdict in verdicts:
        name, _, results = _COMMENT.sub(" ", verdict).partition(";")
        if (name.split() or [""])[0].lower() in ours:
            is_proven = any(_confirms(result, domain.lower()) for result in results.split(";"))
            return Proof.PASS if is_proven else Proof.FAIL
    return Proof.NONE


def _confirms(result: str, domain: str) -> bool:
    match = _RESULT.match(result)
    if match is None or match[2].lower() != "pass":
        return False
    named: dict[str, str] = {}
    for name, value in _PROPERTY.findall(result):
        named[name.lower()] = value.lower().rpartition("@")[2]
    if match[1].lower() == "dmarc":
        return named.get("header.from", domain) == domain
    if match[1].lower() == "dkim":
        signer = named.get("header.d") or named.get("header.i", "")
        return "." in signer and (domain == signer or domain.endswith(f".{signer}"))
    return False
