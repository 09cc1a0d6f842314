"""What an event on a ticket is called between two messages; kinds that a message tells say nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tickets.domain.lifecycle import CLIENT_WORDS, Status
from web.wording.times import duration

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """A line: its icon, its sentence, and whether the sentence begins with who did it."""

    icon: str
    text: str
    names_actor: bool = True


EventWords = Callable[[Facts], Words | None]


def words_of(kind: str, facts: Facts, special: Mapping[str, EventWords]) -> Words | None:
    """The line of an event; `special` words of one side win; None where nothing is to be said."""
    teller = special.get(kind) or _WORDS.get(kind)
    return teller(facts) if teller else None


def _status(facts: Facts) -> Words | None:
    after = Status(facts["after"])
    texts = {
        Status.IN_PROGRESS: ("circle-play", "took it up."),
        Status.WAITING_ON_CLIENT: ("circle-pause", "waits for an answer."),
        Status.WAITING_ON_VENDOR: ("circle-pause", "waits for the maker."),
        Status.SCHEDULED: ("calendar-clock", "planned it for later."),
        Status.RESOLVED: ("circle-check", "marked it solved."),
        Status.CLOSED: ("circle-check-big", "closed it."),
        Status.CANCELLED: ("circle-slash", "withdrew it."),
    }
    icon, text = texts.get(after, ("circle", f"set it to {CLIENT_WORDS[after]}."))
    reason = f" {facts['reason']}" if facts.get("reason") else ""
    return Words(icon, text + reason)


def _reclassified(facts: Facts) -> Words | None:
    if facts["before_urgency"] != facts["urgency"]:
        return Words("signal", f"changed the urgency from {facts['before_urgency']} to {facts['urgency']}.")
    return Words("shapes", f"changed the kind to {facts['request_type']}.")


def _assigned(facts: Facts) -> Words | None:
    if facts.get("assignee_id") is None and facts.get("team_id") is None:
        return Words("user-minus", "handed it back to the queue.")
    if facts.get("assignee_id") is None:
        return Words("users", "put it with a team.")
    return Words("user-check", "gave it an owner.")


def _clock(icon: str, text: str) -> EventWords:
    def words(facts: Facts) -> Words | None:
        label = str(facts.get("label") or facts.get("objective", "")).replace("_", " ").capitalize()
        return Words(icon, f"{label} {text}", names_actor=False)

    return words


def _agreed(facts: Facts) -> Words | None:
    if not facts["interval_seconds"]:
        return Words("bell", "ended the agreement on updates.")
    every = duration(facts["interval_seconds"])
    return Words("bell", f"agreed with {facts['agreed_with']} on an update every {every}.")


def _owed(facts: Facts) -> Words | None:
    label = facts["label"].lower()
    if facts["due_at"] is None:
        return Words("file-clock", f"The {label} waits until it is solved again.", names_actor=False)
    return Words("file-clock", f"A {label} is owed now.", names_actor=False)


def _ticked(facts: Facts) -> Words | None:
    remark = f" {facts['remark']}" if facts.get("remark") else ""
    done = "ticked off" if facts["is_done"] else "took the tick back from"
    return Words("square-check" if facts["is_done"] else "square", f"{done}: {facts['label']}.{remark}")


def _proposal_answered(facts: Facts) -> Words | None:
    why = f": {facts['answer']}" if facts.get("answer") else "."
    return Words("signal", f"{facts['state']} the proposed urgency{why}")


def _just(icon: str, text: str) -> EventWords:
    return lambda _facts: Words(icon, text)


_WORDS: dict[str, EventWords] = {
    "ticket.status_changed": _status,
    "ticket.reclassified": _reclassified,
    "ticket.assigned": _assigned,
    "ticket.merged": lambda facts: Words("merge", f"merged it into {facts['into_key']}."),
    "ticket.transferred": lambda facts: Words("forward", "moved it to another contract."),
    "ticket.linked": lambda facts: Words("link", f"linked it with {facts['target_key']}."),
    "ticket.rated": lambda facts: Words("star", f"rated it {facts['rating']} of 5."),
    "participant.added": _just("user-plus", "added somebody."),
    "participant.removed": _just("user-minus", "removed somebody."),
    "approval.asked": _just("badge-check", "asked for an approval."),
    "approval.decided": lambda facts: Words("badge-check", f"answered: {facts['state']}."),
    "urgency.proposed": lambda facts: Words("signal", f"proposed {facts['proposed']}: {facts['reason']}"),
    "urgency.answered": _proposal_answered,
    "document.owed": _owed,
    "document.published": lambda facts: Words("file-check", f"published the {facts['label'].lower()}."),
    "change.planned": lambda facts: Words(
        "list-checks", f"planned it as a change: {facts['title'].lower()}."
    ),
    "change.step_added": lambda facts: Words("list-plus", f"added a step: {facts['label']}."),
    "change.step_ticked": _ticked,
    "clock.met": _clock("circle-check", "in time."),
    "clock.missed": _clock("octagon-alert", "late."),
    "update.agreed": _agreed,
    "problem.opened": _just("activity", "opened it for what monitoring found."),
    "escalation.raised": _just("chevrons-up", "escalated it."),
    "escalation.climbed": lambda facts: Words(
        "chevrons-up", f"The escalation went to tier {facts['level']}.", False
    ),
    "escalation.acknowledged": _just("handshake", "took the escalation."),
    "escalation.resolved": lambda facts: Words("circle-check", f"ended the escalation: {facts['text']}"),
}
