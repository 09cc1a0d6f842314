"""Writing the work: one function a use case, each one transaction that locks its ticket first."""

from tickets.services.approvals import ask_approval, decide_approval
from tickets.services.assignment import assign
from tickets.services.attachments import drop_unsent, store_attachment
from tickets.services.calls import log_call
from tickets.services.changes import add_change_step, plan_change, tick_change_step, untick_change_step
from tickets.services.classification import answer_urgency_proposal, propose_urgency, reclassify
from tickets.services.closing import close_due
from tickets.services.cover import seek_cover
from tickets.services.details import change_details, set_tags
from tickets.services.documents import draft_document, mark_overdue_documents, publish_document
from tickets.services.drafts import discard_draft, save_draft
from tickets.services.due import note_next_due
from tickets.services.families import tell_family
from tickets.services.finding import rebuild_words
from tickets.services.links import link_tickets, unlink_tickets
from tickets.services.merging import merge_ticket, split_ticket
from tickets.services.messages import post_message, redact_message
from tickets.services.opening import open_ticket
from tickets.services.people import add_participant, remove_participant, unwatch, watch
from tickets.services.presence import forget_presence, note_presence
from tickets.services.rating import rate_ticket
from tickets.services.sharing import (
    change_view,
    move_view,
    remove_canned_reply,
    remove_view,
    save_canned_reply,
    save_view,
)
from tickets.services.status import change_status
from tickets.services.transfer import move_earlier_tickets
from tickets.services.writing import ByMail

__all__ = [
    "ByMail",
    "add_change_step",
    "add_participant",
    "answer_urgency_proposal",
    "ask_approval",
    "assign",
    "change_details",
    "change_status",
    "change_view",
    "close_due",
    "decide_approval",
    "discard_draft",
    "draft_document",
    "drop_unsent",
    "forget_presence",
    "link_tickets",
    "log_call",
    "mark_overdue_documents",
    "merge_ticket",
    "move_earlier_tickets",
    "move_view",
    "note_next_due",
    "note_presence",
    "open_ticket",
    "plan_change",
    "post_message",
    "propose_urgency",
    "publish_document",
    "rate_ticket",
    "rebuild_words",
    "reclassify",
    "redact_message",
    "remove_canned_reply",
    "remove_participant",
    "remove_view",
    "save_canned_reply",
    "save_draft",
    "save_view",
    "seek_cover",
    "set_tags",
    "split_ticket",
    "store_attachment",
    "tell_family",
    "tick_change_step",
    "unlink_tickets",
    "untick_change_step",
    "unwatch",
    "watch",
]
