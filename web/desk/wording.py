"""What an event says to staff: who got what, in the staff's own words, time and details too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tickets.domain.lifecycle import STAFF_WORDS, Status
from web.wording.amounts import hmm
from web.wording.events import EventWords, Facts, Words

_DETAILS = {
    "subject": "the subject",
    "category": "the service",
    "environment": "the system",
    "external_reference": "the client’s reference",
    "vendor_reference": "the maker’s reference",
}


FLAGS = {
    "excluded": "The plan leaves this work out",
    "needs_add_on": "Needs an add-on that the contract does not have",
    "weekend_coverage": "Weekend cover: the standard team works, and the clock waits for the week",
    "non_production": "Not a production system: the lowest urgency",
    "unsupported_instance": "No current maintenance, or an unsupported version: a lead decides",
    "not_named": "Filed for somebody who is not a named contact",
    "restricted_pool": "Only cleared engineers work here: service levels may suffer from the smaller pool",
}
COVERAGE = {
    "add_on": "needs an add-on that was not bought",
    "excluded": "outside the plan",
    "exception": "taken in as an agreed exception",
    "change": "taken in under a change request",
}


def flag_words(flags: Sequence[str]) -> list[str]:
    """What marks a ticket, in words for staff."""
    return [FLAGS.get(flag, flag.replace("_", " ").capitalize()) for flag in flags]


def staff_words(people: Mapping[int, str], teams: Mapping[int, str]) -> dict[str, EventWords]:
    """The staff's own lines; `people` and `teams` give names to the ids in the facts."""

    def assigned(facts: Facts) -> Words:
        owner = people.get(facts.get("assignee_id") or 0, "")
        team = teams.get(facts.get("team_id") or 0, "")
        why = f" {facts['reason']}" if facts.get("reason") else ""
        if facts.get("is_own_act"):
            return Words("user-check", f"took it.{why}")
        if owner:
            return Words("user-check", f"gave it to {owner}.{why}")
        if facts.get("before_id") is None:
            return Words("users", f"put it with {team or 'no team'}.{why}")
        return Words("user-minus", f"put it back into the queue{f' of {team}' if team else ''}.{why}")

    def added(facts: Facts) -> Words:
        return Words("user-plus", f"added {people.get(facts['person_id'], 'somebody')}.")

    def removed(facts: Facts) -> Words:
        return Words("user-minus", f"removed {people.get(facts['person_id'], 'somebody')}.")

    return {
        **_WORDS,
        "ticket.merged": _merged,
        "ticket.assigned": assigned,
        "participant.added": added,
        "participant.removed": removed,
    }


def _merged(facts: Facts) -> Words:
    held = ", ".join(f"{facts[name]} {name}" for name in _MANIFEST if facts.get(name))
    return Words("merge", f"merged it into {facts['into_key']}.{f' Stays here: {held}.' if held else ''}")


_MANIFEST = ("messages", "files", "people", "approvals")


def _status(facts: Facts) -> Words:
    after = Status(facts["after"])
    icons = {
        Status.RESOLVED: "circle-check",
        Status.CLOSED: "circle-check-big",
        Status.CANCELLED: "circle-slash",
    }
    waits = (Status.WAITING_ON_CLIENT, Status.WAITING_ON_VENDOR, Status.SCHEDULED)
    icon = icons.get(after, "circle-pause" if after in waits else "circle-play")
    told = facts.get("waiting_for") or (facts.get("reason") if facts.get("reason") != "reply" else "")
    return Words(icon, f"set it to {STAFF_WORDS[after]}.{f' {told}' if told else ''}")


def _details(facts: Facts) -> Words | None:
    changes = facts["changes"]
    if "watcher" in changes:
        _, after = changes["watcher"]
        return Words("eye", "watches it." if after else "no longer watches it.")
    if "tags" in changes:
        tags = ", ".join(changes["tags"][1])
        return Words("tag", f"tagged it {tags}." if tags else "removed the tags.")
    named = [_DETAILS.get(name, name.replace("_", " ")) for name in changes]
    return Words("pencil", f"changed {' and '.join(named)}.") if named else None


def _logged(facts: Facts) -> Words:
    worked, billed = facts["minutes"], facts["billed_minutes"]
    if facts["state"] == "not_billed":
        return Words("timer", f"logged {hmm(worked)}, not billed.")
    held = ", held until the client approves" if facts["state"] == "held" else ""
    return Words("timer", f"logged {hmm(worked)}, billed {hmm(billed)}{held}.")


def _risk(facts: Facts) -> Words | None:
    if facts.get("overtaken"):
        return None
    label = str(facts.get("label") or facts["objective"]).replace("_", " ").capitalize()
    return Words("clock-alert", f"{label} at risk.", names_actor=False)


def _day(facts: Facts) -> str:
    return f"{date.fromisoformat(facts['follow_up_on']):%d %b %Y}".lstrip("0")


def _followed_up(facts: Facts) -> Words:
    who = facts["vendor"] or "the maker"
    told = f"followed up with {who}: {facts['note'].rstrip('.')}. To be asked again by {_day(facts)}."
    return Words("message-circle-more", told)


_WORDS: dict[str, EventWords] = {
    "ticket.status_changed": _status,
    "ticket.details_changed": _details,
    "ticket.unlinked": lambda facts: Words("unlink", f"took the link with {facts['target_key']} away."),
    "time.logged": _logged,
    "time.reversed": lambda facts: Words("undo-2", f"took a time entry back: {facts['reason']}"),
    "timer.started": lambda _facts: Words("timer", "started the timer."),
    "timer.discarded": lambda _facts: Words("timer-off", "discarded the timer."),
    "clock.at_risk": _risk,
    "escalation.unanswered": lambda _facts: Words(
        "chevrons-up", "Nobody answered the escalation.", names_actor=False
    ),
    "document.drafted": lambda facts: Words("file-pen", f"wrote on the {facts['label'].lower()}."),
    "document.overdue": lambda facts: Words(
        "octagon-alert", f"The {facts['label'].lower()} is late.", names_actor=False
    ),
    "handoff.due": lambda facts: Words(
        "handshake", f"The brief for {facts['to_team'] or 'the next team'} is due.", names_actor=False
    ),
    "handoff.offered": lambda facts: Words(
        "handshake", f"wrote the brief for {facts['to_team'] or 'nobody yet'}."
    ),
    "handoff.accepted": lambda facts: Words("handshake", f"took it over from {facts['from_team']}."),
    "handoff.declined": lambda facts: Words("undo-2", f"sent the handoff back: {facts['reason']}"),
    "handoff.missed": lambda facts: Words(
        "octagon-alert",
        f"Nobody of {facts['to_team'] or 'any team'} took it over in time.",
        names_actor=False,
    ),
    "handoff.lapsed": lambda facts: Words(
        "clock-alert", "A handoff went by while Caredesk was not running.", names_actor=False
    ),
    "development.followed_up": _followed_up,
    "development.overdue": lambda facts: Words(
        "clock-alert", f"The maker was to be asked again by {_day(facts)}.", names_actor=False
    ),
    "line.questioned": lambda _facts: Words("message-circle-question-mark", "asked about a time entry."),
    "line.answered": lambda _facts: Words("message-circle-question-mark", "answered about a time entry."),
}
