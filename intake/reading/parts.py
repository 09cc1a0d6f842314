"""The parts of a mail, taken out within bounds on depth, number and size (threat 21).

What breaks a bound, or breaks the parser, is an `UnreadableError` with words for staff; nothing is unpacked,
nothing is fetched, and what looks like a mail inside a mail stays a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from typing import TYPE_CHECKING

from intake.domain.head import as_text, decoded
from intake.domain.identity import is_head_endless
from intake.domain.reports import Report, report_in
from intake.reading.html import plain_of

DEPTH_AT_MOST = 20
PARTS_AT_MOST = 200
_MULTIPARTS_AT_MOST = 60
_HEADS_AT_MOST = 3 * PARTS_AT_MOST
_TEXT_LIMIT = 400_000
_MULTIPART = re.compile(rb"^content-type[ \t]*:[ \t\r\n]*multipart/", re.IGNORECASE | re.MULTILINE)
_PART = re.compile(rb"^content-(?:type|disposition)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "text/plain": "txt",
    "text/html": "html",
    "text/calendar": "ics",
    "application/pdf": "pdf",
    "message/rfc822": "eml",
}

if TYPE_CHECKING:
    Part = Message[str, str]
else:
    Part = Message


class UnreadableError(Exception):
    """The mail breaks a bound or cannot be understood; the text says how, for staff."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that came with a mail, under the name that its sender gave it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a mail holds: its words as plain text, its files, and the report where it is one."""

    text: str = ""
    files: tuple[File, ...] = ()
    report: Report | None = None


@dataclass(slots=True)
class _Found:
    """What was found so far while walking through the parts."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    report: Report | None = None


def content_of(raw: bytes) -> Content:
    """What the mail holds; raises `UnreadableError` with the reason where a bound is broken.

    Of a text in two forms the plain one counts, unless it is empty. Pictures inside the text become files.
    """
    if is_head_endless(raw):
        raise UnreadableError("Its head is larger than that of any honest mail.")
    if len(_MULTIPART.findall(raw)) > _MULTIPARTS_AT_MOST:
        raise UnreadableError(f"It is nested more than {_MULTIPARTS_AT_MOST} times.")
    if len(_PART.findall(raw)) > _HEADS_AT_MOST:
        raise UnreadableError(f"It has more than {PARTS_AT_MOST} parts.")
    try:
        found = _walked(message_from_bytes(raw, policy=compat32))
    except UnreadableError:
        raise
    except (RecursionError, MemoryError, ValueError, LookupError, TypeError, AttributeError) as fault:
        raise UnreadableError(f"Its parts cannot be told apart ({type(fault).__name__}).") from fault
    text = "\n\n".join(found.plain).strip() or "\n\n".join(plain_of(one) for one in found.html).strip()
    return Content(text=text, files=tuple(found.files), report=found.report)


def _walked(message: Part) -> _Found:
    found = _Found()
    waiting: list[tuple[Part, int]] = [(message, 0)]
    seen = 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if seen > PARTS_AT_MOST:
            raise UnreadableError(f"It has more than {PARTS_AT_MOST} parts.")
        if depth > DEPTH_AT_MOST:
            raise UnreadableError(f"It is nested more than {DEPTH_AT_MOST} deep.")
        if part.get_content_type() == "message/delivery-status":
            found.report = found.report or report_in(_report_fields(part))
        elif part.is_multipart() and part.get_content_maintype() != "message":
            waiting += [(inner, depth + 1) for inner in reversed(list(_inner(part)))]
        else:
            _take(part, found)
    return found


def _inner(part: Part) -> Iterator[Part]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (one for one in payload if isinstance(one, Message))


def _take(part: Part, found: _Found) -> None:
    """One part that holds no others: words, or a file."""
    kind = part.get_content_type()
    name = _name(part)
    is_words = kind in ("text/plain", "text/html") and not name
    if is_words and part.get_content_disposition() != "attachment":
        content = _bytes(part)
        words = as_text(content[:_TEXT_LIMIT], part.get_content_charset() or "utf-8")
        (found.plain if kind == "text/plain" else found.html).append(words)
        if len(content) > _TEXT_LIMIT:
            found.files.append(File(name=f"message.{_ENDINGS[kind]}", content=content))
        return
    content = _bytes(part)
    if content:
        ending = _ENDINGS.get(kind, "bin")
        found.files.append(File(name=name or f"part-{len(found.files) + 1}.{ending}", content=content))


def _name(part: Part) -> str:
    try:
        return decoded(part.get_filename() or "").strip()
    except (ValueError, LookupError, TypeError):
        return "unnamed"


def _bytes(part: Part) -> bytes:
    if part.get_content_maintype() == "message":
        inner = next(_inner(part), None)
        return _written(inner) if inner is not None else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _written(inner: Part) -> bytes:
    """A mail inside a mail, as a file of its own; its head has no meaning for us."""
    try:
        return inner.as_bytes(policy=compat32)
    except (UnicodeError, ValueError, LookupError, TypeError, AttributeError, KeyError):
        return str(inner.get_payload()).encode(errors="replace")


def _report_fields(part: Part) -> list[tuple[str, str]]:
    """The lines of the machine-readable part: those of the mail, then those of its one recipient."""
    return [(name, str(value)) for block in _inner(part) for name, value in list(block.items())[:50]][:200]
