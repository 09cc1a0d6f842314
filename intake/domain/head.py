"""The head of a mail, read without trust: every sign of it may be wrong, missing or doubled (threat 21).

Only the outermost head counts. Our own private headers have no meaning when they come in, so none is read.
"""

from __future__ import annotations

import codecs
import re
from binascii import Error as BadBase64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header

from intake.domain.identity import split_mail

_LINES_AT_MOST = 2_000
_VALUE_LIMIT = 8_000
_FIELD = re.compile(r"([!-9;-~]{1,80})[ \t]*:(.*)", re.DOTALL)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_ANGLED = re.compile(r"<([^<>]*)>")
_ADDRESS = re.compile(r"[^\s<>\"(),:;@\\\[\]]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_ID = re.compile(r"<[^<>\s]{1,250}>")
_ROUTES = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
#: Codecs that are text by name alone, or slow on purpose.
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})


@dataclass(frozen=True, slots=True)
class Sender:
    """Who says to have sent a mail: the address in lower case, and the name beside it."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """The part behind the sign."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head of a mail says; `sender` is None where it names nobody, or more than one.

    `addressed` are all addresses that the mail was sent or brought to; `refers_to` the ids of the mails that
    it answers; `automatic` says by which sign a program sent it, and is empty for what a person wrote.
    """

    sender: Sender | None
    subject: str
    date: str
    addressed: tuple[str, ...]
    refers_to: tuple[str, ...]
    automatic: str
    verdicts: tuple[str, ...]
    content_type: str

    @property
    def is_report(self) -> bool:
        """Whether the mail says of itself to be a report on the delivery of another."""
        kind = self.content_type.lower()
        return kind.startswith("multipart/report") and "delivery-status" in kind


def head_of(raw: bytes) -> Head:
    """The head of a mail; never fails, whatever the bytes are."""
    fields = list(_fields(split_mail(raw)[0]))
    return Head(
        sender=_sender(_all(fields, "from")),
        subject=_plain(decoded(_first(fields, "subject"))),
        date=_plain(_first(fields, "date"))[:100],
        addressed=_addressed(fields),
        refers_to=tuple(
            dict.fromkeys(_ID.findall(f"{_first(fields, 'in-reply-to')} {_first(fields, 'references')}"))
        )[:50],
        automatic=_automatic(fields),
        verdicts=tuple(_all(fields, "authentication-results")),
        content_type=_first(fields, "content-type"),
    )


def decoded(value: str) -> str:
    """A header's words with encoded ones resolved; what cannot be resolved stays as it came."""
    try:
        parts = decode_header(value)
    except (HeaderParseError, BadBase64, ValueError):
        return value
    return "".join(
        part if isinstance(part, str) else as_text(part, charset or "latin-1") for part, charset in parts
    )


def as_text(content: bytes, charset: str) -> str:
    """Bytes as text by that charset; by the likely ones where it is unknown or wrong."""
    for name in (charset, "utf-8", "cp1252"):
        if _is_charset(name):
            try:
                return content.decode(name)
            except (UnicodeError, LookupError, ValueError):
                continue
    return content.decode("latin-1")


def _is_charset(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in _NO_CHARSETS
    except (LookupError, ValueError):
        return False


def _fields(head: bytes) -> Iterator[tuple[str, str]]:
    """Name and unfolded value of each header line, names in lower case."""
    text = as_text(head, "utf-8").replace("\r\n", "\n").replace("\r", "\n")
    unfolded: list[str] = []
    for line in text.split("\n")[:_LINES_AT_MOST]:
        if line[:1] in (" ", "\t") and unfolded:
            if len(unfolded[-1]) < _VALUE_LIMIT:
                unfolded[-1] += f" {line.strip()}"
        else:
            unfolded.append(line)
    for line in unfolded:
        match = _FIELD.fullmatch(line[:_VALUE_LIMIT])
        if match is not None:
            yield match[1].lower(), match[2].strip()


def _all(fields: Sequence[tuple[str, str]], name: str) -> list[str]:
    return [value for other, value in fields if other == name]


def _first(fields: Sequence[tuple[str, str]], name: str) -> str:
    return next(iter(_all(fields, name)), "")


def _plain(text: str) -> str:
    """One line without control characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _sender(lines: list[str]) -> Sender | None:
    """The one sender; several lines, several addresses or a comment that could hide one are nobody."""
    if len(lines) != 1:
        return None
    bare = _QUOTED.sub(" ", lines[0])
    angled = _ANGLED.findall(bare)
    address = (angled[0] if len(angled) == 1 else bare).strip()
    around = _ANGLED.sub(" ", bare) if angled else ""
    if len(angled) > 1 or "@" in around or "," in around or not _ADDRESS.fullmatch(address):
        return None
    name = _plain(decoded(lines[0].partition("<")[0]).replace('"', " ")) if angled else ""
    return Sender(address.lower(), name[:200])


def _addressed(fields: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    lines = " ".join(value for name, value in fields if name in _ROUTES)
    return tuple(dict.fromkeys(_ADDRESS.findall(lines)))[:200]


def _automatic(fields: Sequence[tuple[str, str]]) -> str:
    """By which sign a program sent it, in the words of RFC 3834 and of what came before it."""
    marked = _first(fields, "auto-submitted").partition(";")[0].strip().lower()
    if marked not in ("", "no"):
        return "it is marked as sent by a program"
    if _first(fields, "precedence").strip().lower() in ("bulk", "junk", "list", "auto_reply"):
        return "it is marked as sent in bulk"
    if any(_all(fields, name) for name in ("list-id", "list-post", "mailing-list")):
        return "it came through a mailing list"
    if any(_all(fields, name) for name in ("x-autoreply", "x-autorespond", "x-autoresponder")):
        return "it is marked as an automatic answer"
    if "<>" in (value.strip() for value in _all(fields, "return-path")):
        return "no answer to it is wanted"
    return ""
