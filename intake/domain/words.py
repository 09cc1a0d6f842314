"""What the words of a mail ask for: an escalation (E2), an urgency and a type for a new ticket."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_ANSWER = re.compile(r"\s*(?:re|aw|sv|antw|ref|rép|fwd?|wg|tr)\s*(?:\[\d+\])?\s*:\s*", re.IGNORECASE)
_ESCALATE = re.compile(r"escalate\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)
_WISH = re.compile(r"\s*(urgency|type)\s*:\s*(.{1,80}?)\s*", re.IGNORECASE)
_LINES_LOOKED_AT = 6


def bare_subject(subject: str) -> str:
    """A subject without the marks of answering and passing on."""
    while (match := _ANSWER.match(subject)) is not None:
        subject = subject[match.end() :]
    return subject.strip()


def escalation_in(*, subject: str, text: str) -> str | None:
    """Why the sender calls for a higher tier; None when they do not (E2).

    A person asks for it by beginning the subject or the first line with `ESCALATE:`. The reason is what
    follows on that line, else the text.
    """
    first = text.lstrip().partition("\n")[0].strip()
    for line in (first, bare_subject(subject)):
        match = _ESCALATE.fullmatch(line)
        if match is not None:
            return match[1].strip() or text.strip() or "Asked for by mail."
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The urgency and the type that a mail asks for, as codes of the plan; empty where it says none."""

    urgency: str = ""
    request_type: str = ""


def wishes_in(text: str, *, urgencies: Mapping[str, str], request_types: Mapping[str, str]) -> Wishes:
    """What lines like `Urgency: High` at the head of the text ask for; the maps lead from label to code.

    Letter case does not matter; a word that the plan does not know asks for nothing.
    """
    known = {"urgency": _lowered(urgencies), "type": _lowered(request_types)}
    found: dict[str, str] = {}
    for line in text.lstrip().split("\n")[:_LINES_LOOKED_AT]:
        match = _WISH.fullmatch(line)
        if match is not None:
            what = match[1].lower()
            found.setdefault(what, known[what].get(match[2].lower(), ""))
    return Wishes(urgency=found.get("urgency", ""), request_type=found.get("type", ""))


def _lowered(codes: Mapping[str, str]) -> dict[str, str]:
    by_label = {label.lower(): code for label, code in codes.items()}
    return {**{code.lower(): code for code in codes.values()}, **by_label}
