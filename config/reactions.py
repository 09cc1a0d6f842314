"""Which event wakes which functions: the nervous system, on one page.

Read a row from left to right: they run in that order, in the transaction of the event, each app above the one
that recorded it; some (`ForMany`) answer at once all that a sweep recorded. Mail and hooks are not here but
in `notify.routing`: they are made from the record later.
"""

from typing import Final

from django.utils.module_loading import autodiscover_modules

from escalation import reactions as escalation
from events.services import Reaction, install_reactions
from hours import reactions as hours
from notify import reactions as notify
from notify.routing import ADDRESSED, ROUTES
from proactive import reactions as proactive
from slo import reactions as slo
from tickets import reactions as tickets

STATE: Final[dict[str, tuple[Reaction, ...]]] = {
    # Promises: contracts, calendars, windows.
    "contract.opened": (hours.open_hours, escalation.give_default_path, proactive.follow_contract),
    "contract.amended": (
        slo.follow_contract,
        hours.review_hours,
        escalation.follow_contract,
        proactive.follow_contract,
    ),
    "contract.moved": (
        slo.follow_contract,
        hours.review_hours,
        escalation.follow_contract,
        proactive.follow_contract,
    ),
    "contract.settled": (
        slo.follow_contract,
        hours.review_hours,
        escalation.follow_contract,
        proactive.follow_contract,
    ),
    "contact.named": (tickets.take_over_earlier_tickets,),
    "calendar.changed": (slo.follow_calendar, hours.follow_calendar),
    "environment.added": (proactive.follow_environment,),
    "environment.changed": (proactive.follow_environment,),
    "environment.retired": (proactive.follow_environment,),
    "window.announced": (slo.follow_window,),
    "window.cancelled": (slo.follow_window,),
    # Work: tickets, messages, time.
    "ticket.opened": (slo.start_clocks, escalation.route_opened),
    "message.posted": (slo.follow_message,),
    "ticket.status_changed": (slo.follow_status, escalation.follow_ticket, escalation.follow_vendor),
    "ticket.reclassified": (slo.follow_classification, escalation.follow_ticket),
    "ticket.assigned": (escalation.follow_ticket,),
    "ticket.details_changed": (slo.follow_details,),
    "ticket.merged": (slo.follow_merge, escalation.follow_ticket),
    "ticket.transferred": (
        slo.follow_transfer,
        escalation.follow_ticket,
        escalation.follow_new_contract,
    ),
    "time.logged": (slo.follow_work,),
    "timer.started": (slo.follow_work,),
    # Promises in danger.
    "clock.missed": (escalation.escalate_missed_clocks,),
}

# What people must find in the outbox with its cause, and what only wakes the worker that tells them.
TOLD: Final[dict[str, tuple[Reaction, ...]]] = {
    kind: (notify.route, notify.ring) if kind in notify.ROUTED_AT_ONCE else (notify.ring,)
    for kind in sorted({*ROUTES, *ADDRESSED})
}

REACTIONS: Final[dict[str, tuple[Reaction, ...]]] = {
    kind: STATE.get(kind, ()) + TOLD.get(kind, ()) for kind in sorted({*STATE, *TOLD})
}


def wire() -> None:
    """Connect the table to the event log; called once, when Django has loaded every model.

    Every kind of event is declared by then, also of apps whose services nobody has imported yet.
    """
    autodiscover_modules("events")
    install_reactions(REACTIONS)
