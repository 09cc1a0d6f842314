"""Which route shows what: a new route belongs into one line here, or the tenancy test fails.

* `PORTAL`: below a client's address; nobody gets in but that client's contacts.
* `DESK`, `SUCCESS`, `SETUP`: about one thing of a client; staff who do not see the client, contacts and
  strangers find nothing there.
* `LISTS`: of staff; they show only what the reader sees.
* `API`, `API_LISTS`: the same two for bearers of keys.
* `SHARED`: staff's pages about what belongs to no client.
* `OPEN`: without anything of a client; also what the front door and signing in consist of.
* `SECRETS`: whoever knows the secret in the address or in the header gets in, and nobody else.
"""

from __future__ import annotations


def _named(space: str, words: str) -> set[str]:
    return {f"{space}:{word}" for word in words.split()}


PORTAL = _named(
    "portal",
    """
    home tickets file hours decide_overage order_pack statement statement_csv statement_pdf report
    report_clocks report_csv report_pdf notices read_notices profile people set_role remove sops agree decline
    plan new_ticket new_ticket_answer keep_draft ticket reply keep_reply confirm reopen escalate not_satisfied
    set_urgency answer_proposal decide seek_cover add_person remove_person rate question calendar
    services ask_service give_up document onboarding finish_step assessment assessment_pdf decide_finding
    finding_ticket review review_pdf action_done licences vendors vendor decide_quote
    systems announce call_off commercial commercial_question close_commercial
    bookings withdraw_booking
    interconnections interconnection agree_interconnection end_interconnection interconnection_key
    revoke_interconnection_key interconnection_maps
    webhooks webhook change_webhook renew_secret suspend_webhook resume_webhook remove_webhook webhook_again
    events event event_file insight
    calendar_feed
    """,
)

DESK = _named(
    "desk",
    """
    file ticket write keep_draft log_call split redact send_again assign take watch unwatch status move
    urgency kind tags details link unlink merge tell_children colleagues
    add_person remove_person ask_approval escalate acknowledge
    resolve_escalation start_timer timer log_time correct_entry take_back_entry waive_entry ask_hours more
    agree_updates end_agreement document plan_change add_step tick rule ask_again answer_line decide_order
    write_brief take_handoff send_back suggest
    problem one_mail file_mail open_mail discard_mail
    presence texts_on_ticket
    change_view move_view remove_view change_text remove_text
    commercial_question close_commercial booking follow_up_vendor
    """,
)

SUCCESS = _named(
    "success",
    """
    client replay occurrence plan_day begin deliver skip waive hand_over begin_assessment assessment
    assessment_pdf assessment_summary checks new_finding publish_assessment finding drop_finding
    finding_ticket finding_settled begin_review review review_pdf review_again review_agenda publish_review
    review_minutes new_action action_done begin_licences licences count publish_licences new_vendor vendor
    vendor_follow_up vendor_quote vendor_close onboarding move_step
    """,
)

SETUP = _named(
    "setup",
    """
    client end_client assign_duty end_duty contacts set_role remove_contact withdraw_contact open_contract
    new_calendar calendar change_calendar keys rotate_key revoke_key webhooks webhook change_webhook
    renew_secret suspend_webhook resume_webhook remove_webhook webhook_again contract settle end_contract
    amend move contract_people name_contact swap_contact release_contact clear unclear path environments
    monitoring watch change_monitor revoke_monitoring_key
    add_environment change_environment retire_environment announce call_off beginning finish_step hold_step
    exports fetch_export
    interconnections interconnection assess_interconnection agree_interconnection end_interconnection
    interconnection_maps
    resume_step prove rules propose_rule propose_wording agree_rule decline_rule send_again
    """,
)

LISTS = {
    "desk:queue",
    "desk:search",
    "desk:monitoring",
    "desk:jump",
    "desk:narrow",
    "desk:escalations",
    "desk:documents",
    "desk:handoffs",
    "desk:coverage",
    "desk:commercial",
    "desk:bookings",
    "desk:development",
    "desk:timesheet",
    "desk:hours",
    "desk:notices",
    "desk:mail",
    "success:portfolio",
    "success:report",
    "success:report_clocks",
    "success:report_csv",
    "success:report_pdf",
    "success:proactive",
    "success:vendors",
    "success:insights",
    "success:events",
    "setup:clients",
    "setup:outbox",
}

API = _named(
    "api",
    """
    OneTicket Messages Transitions Clocks TicketEvents Attachments AttachmentContent Participants
    OneParticipant Handoffs TakeOver SendBack OneQuestion QuestionLines QuestionClosure
    Bookings BookingDecision BookingWithdrawal VendorFollowUps UrgencyProposals UrgencyAnswer
    Escalations Acknowledgement NotSatisfied Outcome Approvals Decision Links OneLink
    OneContract Replay Balance
    Ledger Statement OverageRequests OverageDecisions TopUps TopUpDecisions Environments OneEnvironment
    OneInterconnection MapsDryRun TheirTickets Ratings Merges Splits
    Windows OneWindow Sops SopAgreement Onboarding Programmes Occurrences OneWebhook WebhookSecret Deliveries
    Redelivery
    """,
)

API_LISTS = _named(
    "api",
    """
    PlanList OnePlan Coverage TicketList Feed TimeEntries ContractList ServiceLevels Webhooks Interconnections
    Questions DevelopmentQueue
    """,
)

SHARED = (
    _named(
        "success",
        """
    insight new_insight edit_insight new_item edit_item drop_item test_insight schedule_insight send_insight
    recall_insight event new_event edit_event announce_event test_event call_event_off attendance
    """,
    )
    | _named(
        "desk",
        """
    bulk new_ticket new_ticket_answer timesheet_add timesheet_fill timesheet_hand_in notices_read profile
    profile_keys profile_away calendar_feed views save_view texts new_text pulse
    """,
    )
    | _named(
        "setup",
        """
    plans plan plan_difference people set_staff_role close_account reopen_account withdraw_staff new_team team
    team_hours front
    """,
    )
)

OPEN = {
    "home",
    "healthz",
    "readyz",
    "metrics",
    "accounts/signup/",
    "accounts/email/",
    "api/docs",
    "api:openapi",
    "api:openapi-staff",
    "api/v1/^.*$",
    "mails",
}

SECRETS = {"mail_off", "feed", "intake:nagios", "intake:alertmanager"}

#: Signing in is a library's; it knows people and sessions, and nothing of clients.
OPEN_BELOW = ("accounts/",)

#: Places that name nothing of a client, beside those that are no things at all.
SHARED_PLACES = {"setup:move": ("version_id",)}

TABLE = {
    "portal": PORTAL,
    "desk": DESK,
    "success": SUCCESS,
    "setup": SETUP,
    "lists": LISTS,
    "api": API,
    "api_lists": API_LISTS,
    "shared": SHARED,
    "open": OPEN,
    "secrets": SECRETS,
}
