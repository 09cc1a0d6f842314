"""The statement of one month: opening, movements, closing, and the digest that chains the months (H9)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One movement of the ledger: signed minutes, and for work the ticket, person, day and both amounts."""

    number: int
    at: str
    kind: str
    minutes: int
    bucket: str
    balance: int
    ticket: str = ""
    person: str = ""
    worked_on: str = ""
    worked_minutes: int = 0
    billed_minutes: int = 0
    entry_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementBody:
    """What a statement says; `month` is written 2026-10, moments are ISO 8601 in UTC.

    `aside` lists the entries that moved nothing: held, declined and not billed ones.
    """

    contract_id: int
    month: str
    zone: str
    opening: int
    closing: int
    lines: tuple[Line, ...] = ()
    aside: tuple[Line, ...] = ()

    def sums(self) -> dict[str, int]:
        """The movements by kind, in the order in which they first occur."""
        sums: dict[str, int] = {}
        for line in self.lines:
            sums[line.kind] = sums.get(line.kind, 0) + line.minutes
        return sums

    @property
    def is_balanced(self) -> bool:
        """Whether closing = opening + movements."""
        return self.closing == self.opening + sum(line.minutes for line in self.lines)


def body_to_json(body: StatementBody) -> dict[str, Any]:
    """The statement as JSON primitives."""
    return json.loads(json.dumps(asdict(body)))  # type: ignore[no-any-return]


def body_from_json(stored: Mapping[str, Any]) -> StatementBody:
    """The statement that a stored body holds."""
    rest = {key: value for key, value in stored.items() if key not in ("lines", "aside")}
    return StatementBody(**rest, lines=_lines(stored["lines"]), aside=_lines(stored["aside"]))


def digest(stored: Mapping[str, Any], *, previous: str) -> str:
    """SHA-256 over the body and the digest of the month before, in hexadecimal."""
    text = json.dumps([previous, stored], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One stored month of a chain, as `chain_faults` reads it."""

    body: Mapping[str, Any]
    digest: str
    previous_digest: str


def chain_faults(links: Sequence[Link]) -> list[str]:
    """What is wrong with a contract's chain of months, oldest first; nothing for a sound one."""
    faults = []
    previous, closing = "", 0
    for link in links:
        body = body_from_json(link.body)
        if link.previous_digest != previous:
            faults.append(f"{body.month}: not chained to the month before")
        if link.digest != digest(link.body, previous=link.previous_digest):
            faults.append(f"{body.month}: the text does not match its digest")
        if body.opening != closing:
            faults.append(f"{body.month}: does not open with the closing balance of the month before")
        if not body.is_balanced:
            faults.append(f"{body.month}: closing is not opening plus movements")
        previous, closing = link.digest, body.closing
    return faults


def _lines(stored: Sequence[Mapping[str, Any]]) -> tuple[Line, ...]:
    return tuple(Line(**line) for line in stored)
