"""A mail as it is ready to go: plain values, checked so that no header can be smuggled in."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

_LONGEST_HEADER = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclosedFile:
    """A text file that travels with a mail, as `text/<subtype>` with those parameters."""

    name: str
    content: bytes
    subtype: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    def as_part(self) -> MIMEText:
        """The file as a part of a mail."""
        part = MIMEText(self.content.decode(), self.subtype, "utf-8")
        for name, value in self.parameters.items():
            part.set_param(name, value)
        part.add_header("Content-Disposition", "attachment", filename=self.name)
        return part


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail to one person: both forms of its words, its files, and the headers that thread it."""

    to: str
    from_name: str
    return_path: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)
    files: tuple[EnclosedFile, ...] = ()

    def as_mail(self) -> EmailMultiAlternatives:
        """The mail with plain text and HTML; the envelope's sender is the return path, not the From line."""
        shown = f'"{quoted(self.from_name)}" <{support_address()}>'
        mail = EmailMultiAlternatives(
            subject=one_line(self.subject),
            body=self.text,
            from_email=self.return_path,
            to=[self.to],
            headers={**self.headers, "From": shown},
        )
        mail.attach_alternative(self.html, "text/html")
        for file in self.files:
            mail.attach(file.as_part())
        return mail


def one_line(text: str) -> str:
    """The text on one line without control characters, line separators, encoded words or turning marks."""
    flat = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp", "Cs") else sign for sign in text
    )
    return " ".join(flat.replace("=?", "= ?").split())[:_LONGEST_HEADER]


def quoted(name: str) -> str:
    """A name fit to stand before an address: one line, without the signs that end or split it."""
    return "".join(sign for sign in one_line(name) if sign not in '"\\<>,;:@()[]')[:80].strip() or "Caredesk"


def support_address() -> str:
    """The desk's own address, as it stands in the From line."""
    return f"support@{settings.MAIL_DOMAIN}"
