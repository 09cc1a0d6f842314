"""Writes: programmes and their windows, what they owe delivered, and what is written for it."""

from proactive.services.asking import ask_for
from proactive.services.assessments import (
    Answer,
    begin_assessment,
    publish_assessment,
    record_checks,
    write_summary,
)
from proactive.services.delivery import deliver, hand_over, plan_for, skip, start, waive
from proactive.services.findings import (
    FindingWords,
    add_finding,
    change_finding,
    decide_finding,
    make_ticket_of,
    remove_finding,
    settle_finding,
)
from proactive.services.licences import (
    LicenceCount,
    begin_licence_review,
    count_licences,
    publish_licence_review,
)
from proactive.services.missing import mark_missed
from proactive.services.planning import make_programmes, plan_occurrences
from proactive.services.reviews import (
    ActionWords,
    add_action,
    finish_action,
    keep_minutes,
    prepare_review,
    publish_review,
    work_out_again,
    write_agenda,
)
from proactive.services.vendors import (
    VendorWords,
    ask_vendor,
    close_vendor_request,
    decide_quote,
    follow_up,
    record_quote,
)

__all__ = [
    "ActionWords",
    "Answer",
    "FindingWords",
    "LicenceCount",
    "VendorWords",
    "add_action",
    "add_finding",
    "ask_for",
    "ask_vendor",
    "begin_assessment",
    "begin_licence_review",
    "change_finding",
    "close_vendor_request",
    "count_licences",
    "decide_finding",
    "decide_quote",
    "deliver",
    "finish_action",
    "follow_up",
    "hand_over",
    "keep_minutes",
    "make_programmes",
    "make_ticket_of",
    "mark_missed",
    "plan_for",
    "plan_occurrences",
    "prepare_review",
    "publish_assessment",
    "publish_licence_review",
    "publish_review",
    "record_checks",
    "record_quote",
    "remove_finding",
    "settle_finding",
    "skip",
    "start",
    "waive",
    "work_out_again",
    "write_agenda",
    "write_summary",
]
