"""Every address under `/api/v1/`; what matches none is answered like a foreign thing."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path, register_converter
from django.urls.converters import IntConverter, StringConverter

from api import documents
from api.operations import Missing, Resource
from api.resources import (
    approvals,
    attachments,
    bookings,
    clocks,
    contracts,
    coverage,
    development,
    environments,
    escalations,
    handoffs,
    history,
    hours,
    interconnections,
    links,
    messages,
    onboarding,
    overage,
    participants,
    plans,
    programmes,
    questions,
    relations,
    replay,
    service_levels,
    sops,
    tickets,
    time_entries,
    top_ups,
    transitions,
    urgency,
    webhooks,
    windows,
)

app_name = "api"


class TicketKey(StringConverter):
    """`ACME-42`, in any letter case."""

    regex = "[A-Za-z][A-Za-z0-9]{1,9}-[1-9][0-9]{0,8}"


class PlanKey(StringConverter):
    """The key of a plan."""

    regex = "[a-z0-9-]{1,60}"


class RowId(IntConverter):
    """An id that fits in the database's column."""

    regex = "[1-9][0-9]{0,17}"


class Month(StringConverter):
    """`2026-03`."""

    regex = "2[0-9]{3}-(?:0[1-9]|1[0-2])"


for _converter, _name in ((TicketKey, "ticket"), (PlanKey, "plan"), (RowId, "row"), (Month, "month")):
    register_converter(_converter, _name)

_TICKET = "tickets/<ticket:key>"
_CONTRACT = "contracts/<row:contract_id>"
_ADDRESSES: dict[str, type[Resource]] = {
    "plans": plans.PlanList,
    "plans/<plan:plan_key>": plans.OnePlan,
    "coverage": coverage.Coverage,
    "tickets": tickets.TicketList,
    _TICKET: tickets.OneTicket,
    f"{_TICKET}/messages": messages.Messages,
    f"{_TICKET}/transitions": transitions.Transitions,
    f"{_TICKET}/clocks": clocks.Clocks,
    f"{_TICKET}/events": history.TicketEvents,
    f"{_TICKET}/attachments": attachments.Attachments,
    f"{_TICKET}/attachments/<row:attachment_id>/content": attachments.AttachmentContent,
    f"{_TICKET}/participants": participants.Participants,
    f"{_TICKET}/participants/<row:person_id>": participants.OneParticipant,
    f"{_TICKET}/escalations": escalations.Escalations,
    f"{_TICKET}/escalations/<row:escalation_id>/acknowledgement": escalations.Acknowledgement,
    f"{_TICKET}/escalations/<row:escalation_id>/not-satisfied": escalations.NotSatisfied,
    f"{_TICKET}/escalations/<row:escalation_id>/outcome": escalations.Outcome,
    f"{_TICKET}/handoffs": handoffs.Handoffs,
    f"{_TICKET}/handoffs/<row:handoff_id>/take-over": handoffs.TakeOver,
    f"{_TICKET}/handoffs/<row:handoff_id>/send-back": handoffs.SendBack,
    f"{_TICKET}/urgency-proposals": urgency.UrgencyProposals,
    f"{_TICKET}/urgency-proposals/<row:proposal_id>/answer": urgency.UrgencyAnswer,
    f"{_TICKET}/vendor-follow-ups": development.VendorFollowUps,
    f"{_TICKET}/approvals": approvals.Approvals,
    f"{_TICKET}/approvals/<row:approval_id>/decision": approvals.Decision,
    f"{_TICKET}/links": links.Links,
    f"{_TICKET}/links/<row:link_id>": links.OneLink,
    f"{_TICKET}/rating": relations.Ratings,
    f"{_TICKET}/merge": relations.Merges,
    f"{_TICKET}/messages/<row:message_id>/split": relations.Splits,
    "events": history.Feed,
    "time-entries": time_entries.TimeEntries,
    "contracts": contracts.ContractList,
    _CONTRACT: contracts.OneContract,
    f"{_CONTRACT}/replay": replay.Replay,
    f"{_CONTRACT}/hours": hours.Balance,
    f"{_CONTRACT}/ledger": hours.Ledger,
    f"{_CONTRACT}/statements/<month:month>": hours.Statement,
    f"{_CONTRACT}/overage-requests": overage.OverageRequests,
    f"{_CONTRACT}/overage-requests/<row:overage_id>/decision": overage.OverageDecisions,
    f"{_CONTRACT}/top-ups": top_ups.TopUps,
    f"{_CONTRACT}/top-ups/<row:top_up_id>/decision": top_ups.TopUpDecisions,
    f"{_CONTRACT}/environments": environments.Environments,
    f"{_CONTRACT}/environments/<row:environment_id>": environments.OneEnvironment,
    f"{_CONTRACT}/maintenance-windows": windows.Windows,
    f"{_CONTRACT}/maintenance-windows/<row:window_id>": windows.OneWindow,
    f"{_CONTRACT}/sops": sops.Sops,
    f"{_CONTRACT}/sops/<row:sop_id>/agreement": sops.SopAgreement,
    f"{_CONTRACT}/bookings": bookings.Bookings,
    f"{_CONTRACT}/bookings/<row:booking_id>/decision": bookings.BookingDecision,
    f"{_CONTRACT}/bookings/<row:booking_id>/withdrawal": bookings.BookingWithdrawal,
    f"{_CONTRACT}/onboarding": onboarding.Onboarding,
    f"{_CONTRACT}/programmes": programmes.Programmes,
    f"{_CONTRACT}/occurrences": programmes.Occurrences,
    "development-escalations": development.DevelopmentQueue,
    "questions": questions.Questions,
    "questions/<row:commercial_id>": questions.OneQuestion,
    "questions/<row:commercial_id>/lines": questions.QuestionLines,
    "questions/<row:commercial_id>/closure": questions.QuestionClosure,
    "interconnections": interconnections.Interconnections,
    "interconnections/<row:interconnection_id>": interconnections.OneInterconnection,
    "interconnections/<row:interconnection_id>/dry-run": interconnections.MapsDryRun,
    "interconnections/<row:interconnection_id>/tickets": interconnections.TheirTickets,
    "reports/service-levels": service_levels.ServiceLevels,
    "webhooks": webhooks.Webhooks,
    "webhooks/<row:webhook_id>": webhooks.OneWebhook,
    "webhooks/<row:webhook_id>/secret": webhooks.WebhookSecret,
    "webhooks/<row:webhook_id>/deliveries": webhooks.Deliveries,
    "webhooks/<row:webhook_id>/deliveries/<row:delivery_id>/redeliver": webhooks.Redelivery,
}

urlpatterns: list[URLPattern] = [
    path("openapi.json", documents.for_clients, name="openapi"),
    path("openapi-staff.json", documents.for_staff, name="openapi-staff"),
    *(path(address, view.as_view(), name=view.__name__) for address, view in _ADDRESSES.items()),
    re_path(r"^.*$", Missing.as_view()),
]
