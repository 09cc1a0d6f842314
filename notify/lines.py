"""The one-line news of each kind of event, for the bell, the digest and as a fallback anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from events.models import Record
from tickets.domain.lifecycle import CLIENT_WORDS, STAFF_WORDS, Status

Facts = Mapping[str, Any]
Line = Callable[[Record, Facts, bool], str]

OBJECTIVES: Final = {
    "first_response": "first response",
    "intervention": "start of work",
    "status_update": "status update",
    "resolution": "resolution",
}


def line_for(record: Record, *, is_staff: bool) -> str:
    """What happened in one line; it names the ticket and the person, and quotes nobody."""
    line = LINES.get(record.kind)
    if line is None:
        return f"{record.data.get('key') or 'Caredesk'}: {record.kind.replace('.', ' ').replace('_', ' ')}"
    return line(record, record.data, is_staff)


def objective_words(code: str) -> str:
    """What a clock measures, in words."""
    return OBJECTIVES.get(code, code.replace("_", " "))


def status_words(code: str, *, is_staff: bool) -> str:
    """The state of a ticket in the reader's words."""
    words = STAFF_WORDS if is_staff else CLIENT_WORDS
    return words[Status(code)]


def _posted(record: Record, facts: Facts, is_staff: bool) -> str:
    if facts.get("visibility") == "internal":
        return f"{facts['key']}: {record.actor_name} added an internal note"
    if facts.get("message_kind") == "resolution":
        return f"{facts['key']}: {record.actor_name} wrote the solution"
    return f"{facts['key']}: {record.actor_name} replied"


def _moved(record: Record, facts: Facts, is_staff: bool) -> str:
    return f"{facts['key']}: {status_words(str(facts['after']), is_staff=is_staff)}"


def _simple(words: str) -> Line:
    return lambda record, facts, is_staff: f"{facts.get('key', '')}: {words}".lstrip(": ")


def _clock(words: str) -> Line:
    def line(record: Record, facts: Facts, is_staff: bool) -> str:
        objective = facts.get("label") or objective_words(str(facts.get("objective", "")))
        return f"{facts.get('key', '')}: {str(objective).lower()} {words}"

    return line


def _by_actor(words: str) -> Line:
    return lambda record, facts, is_staff: f"{facts.get('key', '')}: {record.actor_name} {words}".lstrip(": ")


def _plain(words: str) -> Line:
    return lambda record, facts, is_staff: words


def _decided(record: Record, facts: Facts, is_staff: bool) -> str:
    return f"{facts.get('key', '')}: {record.actor_name} {facts.get('state', 'decided')} the request".lstrip(
        ": "
    )


def _handoff(words: str) -> Line:
    """A line with both teams; "nobody" where no team comes on."""

    def line(record: Record, facts: Facts, is_staff: bool) -> str:
        names = {"giver": facts.get("from_team", ""), "taker": facts.get("to_team") or "nobody"}
        return f"{facts.get('key', '')}: {words.format(who=record.actor_name, **names)}"

    return line


def _warned(record: Record, facts: Facts, is_staff: bool) -> str:
    return f"{facts.get('percent', '')} % of the support hours of this period are used"


def _exposed(record: Record, facts: Facts, is_staff: bool) -> str:
    return f"{facts['key']}: {facts['advisory']} concerns {', '.join(facts['environments'])}"


def _document(words: str, client_words: str = "") -> Line:
    def line(record: Record, facts: Facts, is_staff: bool) -> str:
        told = words if is_staff or not client_words else client_words
        return f"{facts['key']}: {told.format(str(facts['label']).lower())}"

    return line


def _paper(words: str) -> Line:
    return lambda record, facts, is_staff: f"{facts.get('title', 'A report')} {words}"


def _titled(words: str) -> Line:
    """A line about something with a title of its own: who did what, and its title."""
    return lambda record, facts, is_staff: f"{record.actor_name} {words}: {facts.get('title', '')}"


def _joined(words: str) -> Line:
    return lambda record, facts, is_staff: f"{facts.get('name', 'A system')} {words}"


def _mailing(words: str) -> Line:
    return lambda record, facts, is_staff: f"“{facts.get('title', '')}” {words}"


LINES: Final[Mapping[str, Line]] = {
    "ticket.opened": _by_actor("filed a new ticket"),
    "message.posted": _posted,
    "ticket.status_changed": _moved,
    "ticket.assigned": _simple("assigned to you"),
    "ticket.reclassified": _by_actor("changed the urgency or the type"),
    "participant.added": _by_actor("asked you to take part"),
    "urgency.proposed": _by_actor("proposes another urgency"),
    "urgency.answered": _by_actor("answered the proposed urgency"),
    "approval.asked": _by_actor("asks for an approval"),
    "approval.decided": _decided,
    "clock.at_risk": _clock("is at risk"),
    "clock.missed": _clock("is late"),
    "document.published": _document("the client can read the {}", "the {} is there to read"),
    "document.overdue": _document("the {} is late"),
    "change.planned": _by_actor("planned a change, step by step"),
    "escalation.raised": _by_actor("raised an escalation"),
    "escalation.climbed": _simple("the escalation went one tier up"),
    "escalation.unanswered": _simple("nobody answered the escalation, and no tier stands above"),
    "escalation.acknowledged": _by_actor("took the escalation on"),
    "escalation.resolved": _simple("the escalation is settled"),
    "handoff.due": _handoff("write the brief for {taker}; your shift ends in an hour"),
    "handoff.offered": _handoff("{giver} hands it over to {taker}"),
    "handoff.accepted": _handoff("{who} took it over for {taker}"),
    "handoff.declined": _handoff("{who} sent the handoff back"),
    "handoff.missed": _handoff("nobody of {taker} took it over from {giver}"),
    "handoff.lapsed": _handoff("a handoff from {giver} went by while Caredesk was not running"),
    "question.asked": _titled("asks the account executive"),
    "question.answered": _titled("answered"),
    "question.closed": _titled("closed the question"),
    "development.overdue": _simple("the day to ask the maker again has passed"),
    "booking.asked": _titled("wants an engineer at a weekend"),
    "booking.confirmed": _titled("confirmed the weekend engineer"),
    "booking.declined": _titled("declined the weekend engineer"),
    "booking.withdrawn": _titled("no longer needs the weekend engineer"),
    "balance.warned": _warned,
    "overage.requested": _plain("An approval for more support hours is asked for"),
    "overage.decided": _plain("The request for more support hours is decided"),
    "top_up.requested": _plain("A prepaid pack is asked for"),
    "top_up.decided": _plain("The request for a prepaid pack is decided"),
    "line.questioned": _by_actor("asks about a line of the statement"),
    "line.answered": _by_actor("answered your question about the statement"),
    "timer.idle": _simple("your timer is still running"),
    "occurrence.requested": _by_actor("asks for a service of the plan"),
    "occurrence.planned": _plain("A planned service has its day"),
    "occurrence.missed": _plain("A planned service was not delivered in time"),
    "occurrence.delivered": _plain("A planned service was delivered"),
    "occurrence.skipped": _plain("A planned service will not be delivered"),
    "occurrence.waived": _by_actor("gives up a planned service"),
    "occurrence.handed_over": _plain("A planned service is yours to see to"),
    "problem.recovered": _simple("monitoring says that it is well again"),
    "problem.returned": _simple("monitoring says that it has come back"),
    "exposure.found": _exposed,
    "window.announced": _plain("Maintenance of a system was announced"),
    "window.cancelled": _plain("Announced maintenance of a system was called off"),
    "onboarding.finished": _plain("Onboarding is complete: every step is done"),
    "assessment.published": _paper("is there to read"),
    "finding.decided": _by_actor("decided about a finding"),
    "review.published": _paper("is there to read"),
    "review.minuted": _paper("has its minutes"),
    "review.action_done": _by_actor("finished something taken on in a review"),
    "licences.published": _paper("is there to read"),
    "vendor.asked": _paper("is wanted of a vendor"),
    "vendor.moved": _paper("has news from the vendor"),
    "vendor.quoted": _paper("has a quote to decide on"),
    "vendor.decided": _paper("is decided"),
    "mailing.posted": _mailing("is there to read"),
    "mailing.tested": _mailing("as a test"),
    "mailing.held": _mailing("waits for your decision"),
    "mailing.sent": _mailing("is on its way to everybody"),
    "webinar.registered": _mailing("has a seat for you"),
    "finding.settled": _paper("was put right"),
    "interconnection.requested": _joined("is wanted as an interconnection"),
    "interconnection.assessed": _joined("is assessed, and waits for agreement"),
    "interconnection.agreed": _joined("is agreed to"),
    "interconnection.ended": _joined("is an interconnection no more"),
    "endpoint.suspended": _plain("A webhook address no longer answers and was suspended"),
    "delivery.given_up": _simple("a mail or webhook could not be delivered"),
}
