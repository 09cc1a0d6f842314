"""Who is told of what, by which channel, with which template: the one table.

A person who stands in several rows of one event is told once, by the first of them. Nobody is told of what
they did themselves, save by a receipt. In-app notices need no template: their line is in `notify.lines`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from events.models import Record
from notify.circle import Circle, tier_part

Facts = Mapping[str, Any]

MAIL = "email"
BELL = "inapp"
BOTH = (MAIL, BELL)


def always(facts: Facts) -> bool:
    """Rows that need nothing but their event."""
    return True


@dataclass(frozen=True, kw_only=True)
class Route:
    """One row of the table: to whom, how, with which words, and when.

    Each entry of `to` is a way to find people: its parts are tried in order, and the first in which
    anybody stands is told. `group` is what a person chooses mails by. `is_internal` marks what only those may
    hear who read internal notes, `is_bulk` what is written to many and waits for everything else.
    """

    to: tuple[tuple[str, ...], ...]
    by: tuple[str, ...] = BOTH
    template: str
    group: str
    when: Callable[[Facts], bool] = always
    is_receipt: bool = False
    is_internal: bool = False
    is_bulk: bool = False

    def parts(self, facts: Facts) -> Iterator[str]:
        """Every part that has to be known to find this row's people."""
        for way in self.to:
            for part in way:
                yield _levelled(part, facts)

    def people(self, record: Record, circle: Circle) -> Iterator[tuple[int, str]]:
        """The people to tell, each with the part that makes them hear of it; not the one who did it."""
        for way in self.to:
            for part in way:
                standing = circle.standing(_levelled(part, record.data), record)
                for person in standing:
                    if self.is_receipt or person != record.actor_id:
                        yield person, part
                if standing:
                    break


def _levelled(part: str, facts: Facts) -> str:
    return tier_part(facts.get("level") or 1) if part == "tier" else part


def after(*statuses: str) -> Callable[[Facts], bool]:
    """Rows for a ticket's entry into one of these states."""
    return lambda facts: facts.get("after") in statuses


def _is_back_at_work(facts: Facts) -> bool:
    return facts.get("before") == "resolved" and facts.get("after") == "in_progress"


def _is_public(facts: Facts) -> bool:
    return facts.get("visibility") == "public" and facts.get("message_kind") != "description"


def _is_answer_of_ours(facts: Facts) -> bool:
    is_ours = facts.get("author_kind") in ("staff", "system")
    return _is_public(facts) and is_ours and facts.get("message_kind") != "resolution"


def _is_solution(facts: Facts) -> bool:
    return _is_public(facts) and facts.get("message_kind") == "resolution"


def _is_from_the_client(facts: Facts) -> bool:
    return _is_public(facts) and facts.get("author_kind") in ("contact", "integration")


def _is_note(facts: Facts) -> bool:
    return facts.get("visibility") == "internal"


def _is_in_time(facts: Facts) -> bool:
    """Whether a clock at risk still runs; one that was overtaken by its end is recorded and not told."""
    return not facts.get("overtaken")


def _is_person_asked(facts: Facts) -> bool:
    return bool(facts.get("asked_of_id"))


def _is_asked(*roles: str) -> Callable[[Facts], bool]:
    """Rows for a question to anybody in one of these roles."""
    return lambda facts: not _is_person_asked(facts) and (facts.get("asked_of_role") or "") in roles


def _is_for_the_client(facts: Facts) -> bool:
    return bool(facts.get("visibility", "public") == "public")


def _names_somebody(facts: Facts) -> bool:
    return bool(facts.get("told_ids"))


def _is_mailing(kind: str) -> Callable[[Facts], bool]:
    """Rows for a mailing of that kind."""
    return lambda facts: facts.get("mailing_kind") == kind


def _is_no_mailing(facts: Facts) -> bool:
    """Whether people have not had the delivered thing itself in their mail."""
    return not facts.get("by_mailing")


def _is_by_monitoring(facts: Facts) -> bool:
    return bool(facts.get("channel") == "monitoring")


REQUESTER = ("requester",)
PARTICIPANTS = ("participant",)
CLIENT_SIDE = (REQUESTER, PARTICIPANTS)
DESK = ("assignee", "team", "engineer")
OWNER = ("assignee",)
WATCHERS = ("watcher",)
POCS = ("poc",)
CSM = ("success",)
ACCOUNT = ("account",)
ENGINEERS = ("engineer",)
LEADS = ("lead",)
TIER = ("named", "tier")
NAMED = ("named",)
ASKER = ("named", "poc")
COMMERCIAL = ("account", "success", "lead")
SUBSCRIBERS = ("subscriber",)

#: Kind of mailing to its template and to the group that a person chooses such mails by.
_MAILINGS: Final = {
    "insight": ("insight", "insights"),
    "invitation": ("invitation", "insights"),
    "reminder": ("webinar_reminder", "registrations"),
    "change": ("webinar_changed", "registrations"),
}


def _mailings(to: tuple[str, ...], **options: bool) -> tuple[Route, ...]:
    """A row for each kind of mailing."""
    return tuple(
        Route(to=(to,), by=(MAIL,), template=template, group=group, when=_is_mailing(kind), **options)
        for kind, (template, group) in _MAILINGS.items()
    )


ROUTES: Final[Mapping[str, tuple[Route, ...]]] = {
    "ticket.opened": (
        Route(to=CLIENT_SIDE, by=(MAIL,), template="ticket_received", group="tickets", is_receipt=True),
        Route(to=(DESK,), template="ticket_opened", group="queue"),
        Route(to=(POCS,), template="ticket_by_monitoring", group="tickets", when=_is_by_monitoring),
    ),
    "message.posted": (
        Route(to=CLIENT_SIDE, template="reply_from_us", group="tickets", when=_is_answer_of_ours),
        Route(to=(WATCHERS,), by=(BELL,), template="", group="watching", when=_is_answer_of_ours),
        Route(to=CLIENT_SIDE, template="ticket_solved", group="tickets", when=_is_solution),
        Route(to=(DESK, WATCHERS), template="reply_from_client", group="queue", when=_is_from_the_client),
        Route(to=CLIENT_SIDE, template="reply_from_client", group="tickets", when=_is_from_the_client),
        Route(to=(OWNER, WATCHERS), template="note_added", group="queue", when=_is_note, is_internal=True),
    ),
    "ticket.status_changed": (
        Route(
            to=(NAMED, REQUESTER),
            template="waiting_for_you",
            group="tickets",
            when=after("waiting_on_client"),
        ),
        Route(to=CLIENT_SIDE, template="ticket_closed", group="tickets", when=after("closed", "cancelled")),
        Route(to=(DESK, WATCHERS), template="ticket_reopened", group="queue", when=_is_back_at_work),
        Route(to=(OWNER, WATCHERS), by=(BELL,), template="", group="watching"),
    ),
    "ticket.assigned": (Route(to=(OWNER,), template="ticket_assigned", group="queue"),),
    "ticket.reclassified": (
        Route(to=CLIENT_SIDE, template="ticket_reclassified", group="tickets"),
        Route(to=(DESK, WATCHERS), by=(BELL,), template="", group="queue"),
    ),
    "participant.added": (Route(to=(NAMED,), template="participant_added", group="tickets"),),
    "urgency.proposed": (Route(to=(REQUESTER, POCS), template="urgency_proposed", group="decisions"),),
    "urgency.answered": (Route(to=(OWNER, WATCHERS), template="urgency_answered", group="queue"),),
    "approval.asked": (
        Route(to=(NAMED,), template="approval_asked", group="decisions", when=_is_person_asked),
        Route(to=(POCS,), template="approval_asked", group="decisions", when=_is_asked("", "poc", "member")),
        Route(
            to=(ACCOUNT,),
            template="approval_asked",
            group="decisions",
            when=_is_asked("account_executive"),
        ),
        Route(to=(CSM,), template="approval_asked", group="decisions", when=_is_asked("csm")),
        Route(to=(ENGINEERS,), template="approval_asked", group="decisions", when=_is_asked("engineer")),
        Route(
            to=(LEADS,), template="approval_asked", group="decisions", when=_is_asked("lead", "administrator")
        ),
    ),
    "approval.decided": (
        Route(to=(DESK,), template="approval_decided", group="decisions"),
        Route(to=(REQUESTER,), template="approval_decided", group="decisions", when=_is_for_the_client),
    ),
    "clock.at_risk": (
        Route(to=(DESK,), template="clock_at_risk", group="clocks", when=_is_in_time),
        Route(to=(WATCHERS,), by=(BELL,), template="", group="watching", when=_is_in_time),
    ),
    "clock.missed": (
        Route(to=(DESK, LEADS, CSM), template="clock_missed", group="clocks"),
        Route(to=(WATCHERS,), by=(BELL,), template="", group="watching"),
    ),
    "document.published": (
        Route(to=(*CLIENT_SIDE, POCS), template="document_published", group="tickets"),
        Route(to=(WATCHERS,), by=(BELL,), template="", group="watching"),
    ),
    "document.overdue": (Route(to=(DESK, LEADS, CSM), template="document_overdue", group="clocks"),),
    "change.planned": (Route(to=CLIENT_SIDE, by=(BELL,), template="", group="tickets"),),
    "escalation.raised": (
        Route(to=(TIER,), template="escalation_raised", group="escalations"),
        Route(to=(OWNER, CSM), by=(BELL,), template="", group="escalations"),
    ),
    "escalation.climbed": (
        Route(to=(TIER,), template="escalation_climbed", group="escalations"),
        Route(to=(OWNER, CSM), by=(BELL,), template="", group="escalations"),
    ),
    "escalation.unanswered": (Route(to=(LEADS, CSM), template="escalation_unanswered", group="escalations"),),
    "escalation.acknowledged": (
        Route(to=(REQUESTER, POCS), template="escalation_acknowledged", group="tickets"),
        Route(to=(OWNER,), by=(BELL,), template="", group="escalations"),
    ),
    "escalation.resolved": (
        Route(to=(REQUESTER, POCS), template="escalation_resolved", group="tickets"),
        Route(to=(OWNER, CSM), by=(BELL,), template="", group="escalations"),
    ),
    "handoff.due": (Route(to=(NAMED,), template="handoff_due", group="handoffs"),),
    "handoff.offered": (Route(to=(NAMED,), template="handoff_offered", group="handoffs", is_internal=True),),
    "handoff.accepted": (Route(to=(NAMED,), by=(BELL,), template="", group="handoffs"),),
    "handoff.declined": (
        Route(to=(NAMED,), template="handoff_declined", group="handoffs", is_internal=True),
    ),
    "handoff.missed": (Route(to=(NAMED, LEADS), template="handoff_missed", group="handoffs"),),
    "handoff.lapsed": (Route(to=(LEADS,), by=(BELL,), template="", group="handoffs"),),
    "question.asked": (Route(to=(COMMERCIAL,), template="question_asked", group="decisions"),),
    "question.answered": (
        Route(to=(ASKER,), template="question_answered", group="questions"),
        Route(to=(POCS,), by=(BELL,), template="", group="questions"),
    ),
    "question.closed": (
        Route(to=(NAMED,), by=(BELL,), template="", group="questions", when=_names_somebody),
        Route(to=(ACCOUNT,), by=(BELL,), template="", group="questions"),
    ),
    "development.overdue": (Route(to=(DESK,), template="development_overdue", group="queue"),),
    "booking.asked": (Route(to=(CSM, LEADS), template="booking_asked", group="decisions"),),
    "booking.confirmed": (
        Route(to=(NAMED,), template="booking_yours", group="queue"),
        Route(to=(POCS,), template="booking_confirmed", group="proactive"),
        Route(to=(CSM,), by=(BELL,), template="", group="proactive"),
    ),
    "booking.declined": (Route(to=(POCS,), template="booking_declined", group="proactive"),),
    "booking.withdrawn": (
        Route(to=(NAMED,), template="booking_withdrawn", group="queue"),
        Route(to=(CSM, LEADS), by=(BELL,), template="", group="proactive"),
    ),
    "balance.warned": (
        Route(to=(POCS,), template="balance_warned", group="hours"),
        Route(to=(CSM,), by=(BELL,), template="", group="hours"),
    ),
    "overage.requested": (Route(to=(POCS,), template="overage_requested", group="decisions"),),
    "overage.decided": (
        Route(to=(LEADS,), template="overage_decided", group="hours"),
        Route(to=(ENGINEERS,), by=(BELL,), template="", group="hours"),
    ),
    "top_up.requested": (Route(to=(ACCOUNT,), template="top_up_requested", group="decisions"),),
    "top_up.decided": (Route(to=(POCS,), template="top_up_decided", group="hours"),),
    "line.questioned": (Route(to=(DESK, LEADS), template="line_questioned", group="hours"),),
    "line.answered": (Route(to=(POCS,), template="line_answered", group="hours"),),
    "timer.idle": (Route(to=(NAMED,), by=(BELL,), template="", group="queue"),),
    "occurrence.requested": (Route(to=(CSM,), template="occurrence_requested", group="proactive"),),
    "occurrence.planned": (Route(to=(POCS,), template="occurrence_planned", group="proactive"),),
    "occurrence.missed": (Route(to=(CSM,), template="occurrence_missed", group="proactive"),),
    "occurrence.delivered": (
        Route(to=(POCS,), template="occurrence_delivered", group="proactive", when=_is_no_mailing),
    ),
    "occurrence.skipped": (Route(to=(POCS,), template="occurrence_skipped", group="proactive"),),
    "occurrence.waived": (Route(to=(CSM,), by=(BELL,), template="", group="proactive"),),
    "occurrence.handed_over": (Route(to=(NAMED,), by=(BELL,), template="", group="proactive"),),
    "problem.recovered": (Route(to=(DESK, WATCHERS), by=(BELL,), template="", group="queue"),),
    "problem.returned": (Route(to=(DESK, WATCHERS), by=(BELL,), template="", group="queue"),),
    "exposure.found": (Route(to=(CSM,), by=(BELL,), template="", group="queue"),),
    "window.announced": (Route(to=(POCS, ENGINEERS), template="maintenance_announced", group="proactive"),),
    "window.cancelled": (Route(to=(POCS, ENGINEERS), template="maintenance_called_off", group="proactive"),),
    "onboarding.finished": (Route(to=(POCS, CSM, ACCOUNT), by=(BELL,), template="", group="proactive"),),
    "assessment.published": (Route(to=(POCS,), template="paper_published", group="proactive"),),
    "finding.decided": (Route(to=(CSM,), template="finding_decided", group="proactive"),),
    "review.published": (Route(to=(POCS,), template="paper_published", group="proactive"),),
    "review.minuted": (Route(to=(POCS,), template="review_minuted", group="proactive"),),
    "review.action_done": (Route(to=(CSM,), by=(BELL,), template="", group="proactive"),),
    "licences.published": (Route(to=(POCS,), template="paper_published", group="proactive"),),
    "vendor.asked": (Route(to=(CSM,), template="vendor_asked", group="proactive"),),
    "vendor.moved": (Route(to=(POCS,), by=(BELL,), template="", group="proactive"),),
    "vendor.quoted": (Route(to=(POCS,), template="vendor_quoted", group="decisions"),),
    "vendor.decided": (Route(to=(CSM, ACCOUNT), template="vendor_decided", group="proactive"),),
    "mailing.posted": _mailings(SUBSCRIBERS, is_bulk=True),
    "mailing.tested": _mailings(NAMED, is_receipt=True),
    "mailing.held": (Route(to=(NAMED,), by=(BELL,), template="", group="proactive"),),
    "mailing.sent": (Route(to=(NAMED,), by=(BELL,), template="", group="proactive"),),
    "webinar.registered": (
        Route(to=(NAMED,), by=(MAIL,), template="webinar_registered", group="registrations", is_receipt=True),
    ),
    "finding.settled": (Route(to=(POCS,), by=(BELL,), template="", group="proactive"),),
    "interconnection.requested": (
        Route(to=(CSM, LEADS), template="interconnection_requested", group="decisions"),
    ),
    "interconnection.assessed": (
        Route(to=(POCS,), template="interconnection_assessed", group="decisions"),
        Route(to=(ACCOUNT,), template="interconnection_assessed", group="decisions"),
    ),
    "interconnection.agreed": (Route(to=(POCS, CSM, ACCOUNT), by=(BELL,), template="", group="decisions"),),
    "interconnection.ended": (Route(to=(POCS, CSM, LEADS), by=(BELL,), template="", group="decisions"),),
    "endpoint.suspended": (Route(to=(POCS, CSM), template="endpoint_suspended", group="decisions"),),
    "delivery.given_up": (Route(to=(CSM,), by=(BELL,), template="", group="queue"),),
}

#: Told to an address that has no account yet: event kind to template and to the fact that holds the address.
ADDRESSED: Final[Mapping[str, tuple[str, str]]] = {"person.invited": ("person_invited", "email")}

#: Groups that a person may turn off or have once a day, with their words on the settings page.
GROUPS: Final[Mapping[str, str]] = {
    "tickets": "Tickets that I filed or take part in",
    "queue": "Tickets that I work on",
    "watching": "Tickets that I watch",
    "clocks": "Objectives at risk and missed",
    "escalations": "Escalations",
    "handoffs": "Handoffs between regions",
    "decisions": "What I am asked to decide",
    "questions": "Questions to the account executive",
    "hours": "Support hours",
    "proactive": "Reviews, assessments and other planned work",
    "insights": "Insights and invitations to events",
    "registrations": "Events that I registered for",
}

#: What a person cannot turn off, since somebody waits for them.
ALWAYS_AT_ONCE: Final = frozenset({"decisions"})

#: Kinds whose mails are rows in the transaction of their cause; those of all others follow by the sweep.
AT_ONCE: Final = ("ticket.opened", "message.posted", "person.invited")


def routes_for(record: Record) -> tuple[Route, ...]:
    """The rows of the table that this record wakes."""
    return tuple(route for route in ROUTES.get(record.kind, ()) if route.when(record.data))


def route_named(kind: str, template: str) -> Route | None:
    """The row that made a delivery, found again when it is sent; None when the table has none any more."""
    return next((route for route in ROUTES.get(kind, ()) if route.template == template), None)


def group_of(kind: str, template: str) -> str:
    """The group that a person chooses such mails by."""
    route = route_named(kind, template)
    return route.group if route else ""


def is_routed(kind: str) -> bool:
    """Whether anybody is told of such events at all."""
    return bool(ROUTES.get(kind)) or kind in ADDRESSED
