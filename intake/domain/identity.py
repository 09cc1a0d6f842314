"""Which mail is which: told from its bytes alone, before anything of it is understood (F19)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

#: How much of a mail is looked at for its Message-ID; no honest head is longer.
HEAD_LIMIT = 256 * 1024
_ID_LIMIT = 250
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_MESSAGE_ID = re.compile(
    rb"^message-id[ \t]*:[ \t]*(?:\r?\n[ \t]+)?(\S{1,600})", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes two mails one: the same id with the same body; where there is no id, the same bytes.

    The same id with another body is another mail, and the same mail by two ways is one.
    """

    message_id: str
    digest: str


def identity_of(raw: bytes) -> Identity:
    """The identity of a mail as it came from the server."""
    head, body = split_mail(raw)
    found = _MESSAGE_ID.search(head)
    if found is None:
        return Identity("", hashlib.sha256(raw).hexdigest())
    message_id = found[1].decode("ascii", "replace").replace("\x00", "")[:_ID_LIMIT]
    return Identity(message_id, hashlib.sha256(body).hexdigest())


def split_mail(raw: bytes) -> tuple[bytes, bytes]:
    """Head and body; a head that does not end within its bound is cut there."""
    end = _END_OF_HEAD.search(raw, 0, HEAD_LIMIT)
    if end is None:
        return raw[:HEAD_LIMIT], raw[HEAD_LIMIT:]
    return raw[: end.start() + 1], raw[end.end() :]


def is_head_endless(raw: bytes) -> bool:
    """Whether the head is larger than any honest one."""
    return len(raw) > HEAD_LIMIT and _END_OF_HEAD.search(raw, 0, HEAD_LIMIT) is None
